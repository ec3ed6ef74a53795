/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The audit log: what was done and by whom. What writes expects an open
 * transaction.
 */
#ifndef HAILONG_SERVER_STORE_PEOPLE_AUDIT_H
#define HAILONG_SERVER_STORE_PEOPLE_AUDIT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "shared/uuid.h"

struct arena;
struct db;

/* Something that was done, and by whom. NULL where there is nothing to say. */
struct deed {
	struct uuid
	    id; /* zeros: store_audit gives one; the same is kept once */
	int64_t at;
	const char *login, *role, *place; /* place: pages, command, api, rule */
	const char *act;                  /* "unit.change" */
	const char *unit, *object;
	const char *before, *after; /* JSON */
	const char *reason;
};

/* What to look for; NULL: anything. act is the beginning of an act's word, of
 * letters and dots only; unit is that one and those below it. */
struct deed_query {
	struct uuid before; /* ids before this one; all 0xff: from the newest */
	struct uuid since;  /* and none before this one; zeros: to the oldest */
	int64_t from, to;   /* times, ms, both included */
	const char *login, *object, *act, *unit;
	size_t most;
};

/* Adds a deed to the log, in the transaction of the deed itself. */
bool store_audit(struct db *db, const struct deed *deed);
/* The newest ones first, into the arena. */
bool store_audit_list(struct db *db, struct arena *a,
    const struct deed_query *query, struct deed **list, size_t *count);

#endif
