/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * One-time tokens for citizens: what each is tied to, and the dossier that an
 * answer takes. What writes expects an open transaction.
 */
#ifndef HAILONG_SERVER_STORE_DOSSIER_DOSSIER_LINKS_H
#define HAILONG_SERVER_STORE_DOSSIER_DOSSIER_LINKS_H

#include <stdbool.h>
#include <stdint.h>
#include "server/db/db.h"
#include "shared/limits.h"

struct arena;
struct binding;
struct uuid;

struct link_row {
	uint8_t token_hash[TOKEN_HASH];
	const char *kind; /* "link", "call" */
	const char *dossier, *ticket, *desk, *field;
	int64_t created_at, expires_at;
};

/* Makes a token of 128 random bits as text for people's addresses. */
#define LINK_BYTES 16
#define LINK_TOKEN 23 /* bytes of the text with its NUL */
void link_token(char out[LINK_TOKEN]);
/* Looks like such a token. */
bool link_token_valid(const char *token);

/* Forgets those that cannot be used any more at the time by, a trusted one. */
bool store_links_expire(struct db *db, int64_t by);
/* A new link. */
bool store_link_add(struct db *db, const struct link_row *link);
/* What a token is tied to; strings are the arena's. */
enum step store_binding(
    struct db *db, struct arena *a, const char *token, struct binding *out);
/* Whether a dossier has an answer; STEP_DONE: there is no such dossier. */
enum step store_dossier_rated(struct db *db, const char *dossier, bool *rated);
/* The same, and whose it is; strings are the arena's. */
enum step store_dossier_of(struct db *db, struct arena *a, const char *dossier,
    bool *rated, const char **unit, const char **field);
/* Takes the dossier for an answer that is to be stored or was stored as this
 * dossier's; *mine is false when another has it, and when the id is that of an
 * answer which was given elsewhere: that one claims nothing. */
bool store_dossier_claim(
    struct db *db, const char *dossier, const struct uuid *answer, bool *mine);

#endif
