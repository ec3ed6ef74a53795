/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Dossiers as the one-stop software announces them (core/dossier/dossier.h),
 * and their counts. What writes expects an open transaction.
 */
#ifndef HAILONG_SERVER_STORE_DOSSIER_DOSSIERS_H
#define HAILONG_SERVER_STORE_DOSSIER_DOSSIERS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "server/db/db.h"

struct arena;
struct dossier;
struct dossier_counts;

enum announced {
	ANNOUNCED_NEW,
	ANNOUNCED_CHANGED,
	ANNOUNCED_SAME,
	ANNOUNCED_KINDS
};

/* Takes the turn of those who write dossiers, until the transaction ends;
 * store_dossiers does it too. */
bool store_dossiers_turn(struct db *db);
/* Writes dossiers, each replacing what was known of it, and moves the counts of
 * those finished; became[i] says what it was. Of the same code within the list
 * the later one stays. now is when we heard of them. Until the transaction ends
 * no other one writes any. */
bool store_dossiers(struct db *db, const struct dossier *list, size_t n,
    int64_t now, enum announced *became);
/* What is known of a dossier, into the arena. */
enum step store_dossier(
    struct db *db, struct arena *a, const char *key, struct dossier *out);
/* Dossiers finished on the days first..last by unit and field (by_day: and by
 * day), into the arena. */
bool store_dossier_counts(struct db *db, struct arena *a, int32_t first,
    int32_t last, bool by_day, struct dossier_counts *out);
/* Adds to such counts (not by day) how many of the dossiers have an answer tied
 * to them. */
bool store_dossiers_tied(struct db *db, struct arena *a, int32_t first,
    int32_t last, struct dossier_counts *out);
/* The same by day, counted anew from the dossiers themselves. */
bool store_dossier_recount(
    struct db *db, struct arena *a, struct dossier_counts *out);

#endif
