/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The people who sign in. What writes expects an open transaction. */
#ifndef HAILONG_SERVER_STORE_PEOPLE_STAFF_H
#define HAILONG_SERVER_STORE_PEOPLE_STAFF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "server/db/db.h"

struct arena;

struct staff {
	const char *login, *role, *unit; /* unit NULL: the whole district */
	const char *name;     /* as others read it; "" or NULL: none */
	const char *password; /* Argon2id text; not of a list */
	bool start;           /* given by an admin, to be changed */
	int64_t password_at;  /* since when it is this one */
	int64_t created_at, disabled_at, signed_in_at; /* 0: never */
	const char *factor; /* in its envelope, "" none; not of a list */
	int64_t factor_at;  /* 0: none */
};

/* One person, into the arena. */
enum step store_staff(
    struct db *db, struct arena *a, const char *login, struct staff *out);
/* The person whom a login means as somebody typed it (core/text/person_name.h);
 * one of a former version may have capitals in the login, and is found by it as
 * it stands. */
enum step store_staff_meant(
    struct db *db, struct arena *a, const char *entered, struct staff *out);
/* *added is false when the login exists. */
bool store_staff_add(struct db *db, const struct staff *staff, bool *added);
/* All of them by login, into the arena. */
bool store_staff_list(
    struct db *db, struct arena *a, struct staff **list, size_t *count);
/* Whether, but for this login, an enabled admin of the whole district is left.
 * Holds until the transaction ends, also against other collectors. */
bool store_staff_other_admin(struct db *db, const char *login, bool *left);
/* Gives another role, unit (NULL: the whole district) and name, and keeps what
 * was given up (table staff_post). */
bool store_staff_change(struct db *db, const char *login, const char *role,
    const char *unit, const char *name, int64_t now, bool *found);
/* Disables and ends all sessions; *found: there was an enabled one. */
bool store_staff_disable(
    struct db *db, const char *login, int64_t now, bool *found);
/* *found: there was a disabled one. */
bool store_staff_enable(struct db *db, const char *login, bool *found);
/* Sets a password (start: to be changed at the next sign-in) and ends all
 * sessions. */
bool store_staff_password(struct db *db, const char *login,
    const char *password, bool start, int64_t now, bool *found);
/* True when the person's password is a start password that was given longer
 * than LIMIT_START_MS ago: it opens nothing any more. */
bool staff_start_over(const struct staff *staff, int64_t now);

#endif
