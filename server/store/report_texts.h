/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What staff wrote for reports: the head of the house's papers (period ""), and
 * the passages of one report (period "2026-Q3"); each of one unit, "" of the
 * whole district. What writes expects an open transaction.
 */
#ifndef HAILONG_SERVER_STORE_REPORT_TEXTS_H
#define HAILONG_SERVER_STORE_REPORT_TEXTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct db;
struct report_text;

/* The texts of a unit's report of a period, with those of its head, into the
 * arena, by key. */
bool store_report_texts(struct db *db, struct arena *a, const char *unit,
    const char *period, struct report_text **list, size_t *count);
/* Writes one; words "" take it back, and what is proposed stands again. */
bool store_report_text_put(struct db *db, const char *unit, const char *period,
    const char *key, const char *words, const char *login, int64_t at);

#endif
