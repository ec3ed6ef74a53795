/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The audit log as a chain: every deed has a number and a hash of itself, its
 * number and the hash before. Whoever changes, takes away, adds or reorders
 * rows in the database leaves a chain that does not hold. It bears no secret:
 * who rewrites everything from some deed on, links included, is found out only
 * by a hash that was kept elsewhere (the collector's log tells each).
 */
#ifndef HAILONG_SERVER_STORE_PEOPLE_AUDIT_CHAIN_H
#define HAILONG_SERVER_STORE_PEOPLE_AUDIT_CHAIN_H

#include <stdbool.h>
#include <stdint.h>
#include "server/secret/token.h"

struct db;
struct deed;

/* What a walk along the chain found. */
struct audit_chain {
	int64_t deeds, links; /* rows of each */
	int64_t seq;          /* of the last link, 0: none */
	char hash[DIGEST_TEXT];
	int64_t wrong;    /* links that do not hold … */
	int64_t first;    /* … the first of them, 0: none */
	int64_t unlinked; /* deeds outside the chain */
	bool headless;    /* the head is not the last link: the end is gone */
};

/* Adds the link of a deed that has just been added, its id filled in, in the
 * same transaction; other writers wait for its end. False, logged, when the
 * database refuses. */
bool audit_chain_add(struct db *db, const struct deed *deed);
/* Links the deeds that were there before the chain, in the order of their ids,
 * in the open transaction. False, logged, when the database refuses. */
bool audit_chain_begin(struct db *db);
/* Walks the whole chain; false, logged, when it cannot be read. What it finds
 * wrong is in out. */
bool audit_chain_check(struct db *db, struct audit_chain *out);
/* Whether the chain has this hash at this number: what was kept elsewhere. On
 * failure of the database false, too. */
bool audit_chain_has(struct db *db, int64_t seq, const char *hash);

/* From now on each deed is told in the log, with number and hash: so that the
 * journal, sent to another machine, keeps what the chain alone cannot. Once, at
 * the start of the collector. */
void audit_chain_tell(void);
/* Tells what other programs did since the last time; the first time nothing. On
 * the thread that adds deeds. False when the database does not answer. */
bool audit_chain_look(struct db *db);

#endif
