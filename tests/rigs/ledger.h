/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What was sent and what was acknowledged, kept outside the disk: the judge of
 * the rigs. An answer is a pure function of its number, so that what the
 * database holds can be compared to the last column.
 */
#ifndef HAILONG_TESTS_RIGS_LEDGER_H
#define HAILONG_TESTS_RIGS_LEDGER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "server/core/score/tally.h"
#include "server/db/db.h"

#define LEDGER_MOST 4000 /* answers */
#define LEDGER_PATH "/disk/db"
#define LEDGER_URL  "sqlite:" LEDGER_PATH

struct ledger {
	enum { UNSENT, SENT, ACKNOWLEDGED } state[LEDGER_MOST];
	uint32_t commit[LEDGER_MOST]; /* the last that tried it */
	uint32_t commits;
	unsigned count; /* numbers in use: 0..count-1 */
	/* Called in the midst of each transaction; NULL: nothing happens. */
	void (*meanwhile)(void);
};

/* What a look at the database found; all but stored should be 0. */
struct findings {
	unsigned stored;
	unsigned lost;    /* acknowledged, not there */
	unsigned changed; /* there, with another content */
	unsigned strange; /* there, never sent */
	unsigned split;   /* commits of which only a part is there */
	bool miscounted;  /* tallies differ from a recount */
	bool damaged;     /* integrity_check, or it cannot be opened */
};

/* Stores these answers in one commit of the product's; true, and noted, when
 * all of them were acknowledged. */
bool ledger_commit(struct ledger *l, struct db *db, struct tallies *tallies,
    const unsigned *numbers, size_t n);
/* Opens the database as a starting collector does and looks. */
struct findings ledger_look(const struct ledger *l);
/* Adds up; true when there is nothing to complain of. */
bool findings_add(struct findings *sum, const struct findings *more);
bool findings_good(const struct findings *f);
void findings_print(const char *title, const struct findings *f);

/* Standard error to nowhere, while errors are made on purpose; and back. */
void hush(void);
void unhush(void);
/* A number from the environment, or the usual one. */
long option(const char *name, long usual);
/* Whether the n-th piece of the work is this process's: HAILONG_SHARE=2/4 says
 * that four processes share it and this is the second; without it all is. */
bool my_share(unsigned n);
/* How many of the ways to survive (enum survival) are this process's. */
unsigned my_survivals(void);

#endif
