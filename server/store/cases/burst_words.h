/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The words of unusual bursts that a person has decided about: answers without
 * a name that somebody sent in numbers, with words that fill the disk or the
 * pages. They can be removed; the answers and their counts stay as they were
 * decided.
 */
#ifndef HAILONG_SERVER_STORE_CASES_BURST_WORDS_H
#define HAILONG_SERVER_STORE_CASES_BURST_WORDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "shared/uuid.h"

struct arena;
struct db;

/* A decision about a burst of the form of a desk, whose answers have words. */
struct burst_words {
	struct uuid decision; /* its step's id */
	int64_t at;
	const char *login, *act; /* "aside", "count" */
	const char *unit, *desk;
	int32_t first, last; /* days of its answers */
	int64_t answers, words, characters;
};

/* The newest `most` of them, into the arena; false when the database did not
 * answer, likewise below. */
bool store_burst_words(struct db *db, struct arena *a, size_t most,
    struct burst_words **list, size_t *count);
/* In a transaction: removes the words of one, and what could be added to its
 * answers later; *n: how many there were. */
bool store_burst_words_remove(
    struct db *db, const struct uuid *decision, int64_t *n);

#endif
