/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Unusual bursts among the answers of a commit (core/burst/burst.h): flagged
 * where they stand, with those that came before and belong to them, in the same
 * transaction. An answer in a burst has a flag of its own and waits with the
 * others of its desk, channel and day for one decision (answer.doubt 3).
 */
#ifndef HAILONG_SERVER_STORE_CASES_BURSTS_H
#define HAILONG_SERVER_STORE_CASES_BURSTS_H

#include <stdbool.h>
#include <stddef.h>

struct bursts;
struct db;
struct entry;
struct tallies;

/* Makes one with nothing in it; the caller destroys it. */
struct bursts *bursts_create(void);
/* Frees it. NULL is allowed. */
void bursts_destroy(struct bursts *b);

/* Before the first transaction of a batch. */
void bursts_begin(struct bursts *b);
/* Flags the entries that come into a burst that is known, before they are
 * stored. Reads on a new day what is usual. b NULL: nothing. False when the
 * database refused; likewise below. */
bool bursts_look(
    struct db *db, struct bursts *b, struct entry **entries, size_t n);
/* Counts those that were stored, and marks what turns out to be a burst. */
bool bursts_mark(struct db *db, struct tallies *tallies, struct bursts *b,
    struct entry **entries, size_t n);
/* After the commit, or its failure: what was counted stays, or does not. */
void bursts_done(struct bursts *b, bool kept);

#endif
