/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Tallies: counts by day, unit, desk, field, channel, form and criterion. One
 * struct gathers what a batch of answers adds (or a recount finds), with equal
 * keys coalesced; sorted, it is written in one order by everyone, so that two
 * writers on one database never wait for each other in a circle.
 */
#ifndef HAILONG_SERVER_CORE_SCORE_TALLY_H
#define HAILONG_SERVER_CORE_SCORE_TALLY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "shared/arena.h"

#define TALLY_WORDS 6

/* Codes of the catalogue, also as a list; field "": unknown. */
struct tally_key {
	int64_t day;
	union {
		struct {
			const char *unit, *desk, *field, *channel, *form,
			    *criterion;
		};
		const char *words[TALLY_WORDS];
	};
};

/* Before the name of a reason in the place of a criterion; no criterion's code
 * has a dot. */
#define TALLY_REASON "reason."

/* Before "REASON.CRITERION" in the place of a criterion: the scores of answers
 * that are set aside for a reason, which no other tally has. */
#define TALLY_ASIDE_OF "aside."
#define TALLY_NAME     64 /* room for a criterion, or a reason */

/* How an answer stands, as bits; without any it is simply counted. */
enum tally_mark {
	TALLY_ASIDE = 1 << 0,   /* set aside: counted nowhere else */
	TALLY_UNUSUAL = 1 << 1, /* in an unusual burst, not decided yet */
	/* by who can be known to have been served: of a kiosk, or tied to a
	 * dossier; the others are of the class "open" */
	TALLY_VERIFIED = 1 << 2
};

/* A part of the valid answers. */
struct tally_part {
	int64_t valid, satisfied;
};

struct tally {
	struct tally_key key;
	int64_t n[6];  /* n[1..5] by score, n[0] not applicable */
	int64_t aside; /* set aside; in none of the others */
	struct tally_part unusual, verified; /* of n[1..5] */
	uint64_t hash;                       /* of the key */
};

struct tallies {
	struct arena arena; /* owns the keys' strings */
	struct tally *rows; /* count of them; owned */
	size_t count, room;
	uint32_t *slots; /* hash: index + 1 into rows; owned */
	size_t nslots;
	struct tally_key last;        /* of the row that was found last, */
	uint64_t hashes[TALLY_WORDS]; /* and of its words */
};

/* Makes an empty set. */
void tallies_init(struct tallies *t);
/* Frees it; empty and usable again. */
void tallies_finish(struct tallies *t);
/* Forgets the rows, keeps memory for the next batch. */
void tallies_clear(struct tallies *t);
/* The row of a key, made with zero counts when new; valid until the next
 * tallies_row. Copies the key's strings. */
struct tally *tallies_row(struct tallies *t, const struct tally_key *key);
/* Adds `by` (1 or -1) answers with this score, 0 n/a, 1..5, and these marks. */
void tallies_add(struct tallies *t, const struct tally_key *key, int score,
    unsigned marks, int64_t by);
/* Adds all that one stored answer says: scores is the text of column
 * answer.scores ("overall=5 attitude=4 feedback=-"), reasons that of
 * answer.reasons ("waiting late"). A reason counts as the criterion
 * "reason.waiting", with the general score; key->criterion is ignored. why:
 * the reason that one was set aside for (NULL, "" or one that is too long: some
 * other), whose scores are kept under it. False when a text is not of that
 * form. */
bool tallies_add_answer(struct tallies *t, struct tally_key key,
    const char *scores, const char *reasons, unsigned marks, const char *why,
    int64_t by);
/* Takes the name of TALLY_ASIDE_OF apart: its reason, and the criterion, which
 * is a part of the name. False for another one. */
bool tally_aside_of(
    const char *name, char reason[TALLY_NAME], const char **criterion);
/* Adds what one tally counts to another of the same kind. */
void tally_add(struct tally *to, const struct tally *from);
/* Sorts the rows by key, all parts ascending. Slots are not valid afterwards:
 * call tallies_clear before adding more. */
void tallies_sort(struct tallies *t);
/* The rows of the days first..last of a sorted set, borrowed: to be read only,
 * and not finished. */
struct tallies tallies_part(
    const struct tallies *sorted, int64_t first, int64_t last);
/* The counts of `days` by month: key.day is the month's number
 * (server/core/score/period.h). Sorted; borrows the strings of days; no row may
 * be added. */
void tallies_months(const struct tallies *days, struct tallies *out);
/* Order of two keys. */
int tally_key_compare(const struct tally_key *a, const struct tally_key *b);

#endif
