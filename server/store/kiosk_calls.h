/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * One-time tokens: links for citizens, calls of the desk's software, and what
 * citizens add to their answer afterwards. Functions that write expect an open
 * transaction, as in store.h.
 */
#ifndef HAILONG_SERVER_STORE_KIOSK_CALLS_H
#define HAILONG_SERVER_STORE_KIOSK_CALLS_H

#include "server/core/dossier/binding.h"
#include "server/store/store.h"

/* --------------------------------------------------------------------
 * dossier_links.c
 */

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

/* A new link; forgets those that nobody can use any more. */
bool store_link_add(struct db *db, const struct link_row *link);
/* What a token is tied to; strings are the arena's. */
enum step store_binding(
    struct db *db, struct arena *a, const char *token, struct binding *out);
/* Whether a dossier has an answer; STEP_DONE: there is no such dossier. */
enum step store_dossier_rated(struct db *db, const char *dossier, bool *rated);
/* Takes the dossier for an answer; *mine is false when another has it. */
bool store_dossier_claim(
    struct db *db, const char *dossier, const struct uuid *answer, bool *mine);

/* --------------------------------------------------------------------
 * kiosk_calls.c
 */

struct desk_call {
	int64_t number, expires_at;
	const char *dossier, *field;
};

/* Raises the desk's call; out->number is the new one. */
bool store_call(struct db *db, const char *desk, const char *dossier,
    const char *field, int64_t expires_at, int64_t *number);
enum step store_call_get(
    struct db *db, struct arena *a, const char *desk, struct desk_call *out);
/* Rises with every call of any desk; -1 when it cannot be read. */
int64_t store_call_total(struct db *db);
/* The token of a call: no row holds it, it is made from a secret. */
bool store_call_token(struct db *db, struct arena *a, const char *desk,
    int64_t number, char out[LINK_TOKEN]);

/* ----------------------------------------------------------------
 * late_comments.c
 */

/* An answer with this token has come. */
bool store_late_comment_answer(
    struct db *db, const char *token, const struct uuid *answer, int64_t now);
/* A comment for it has come; *taken is false when it has one already. Empty
 * comments are not given. */
bool store_late_comment_put(struct db *db, const char *token,
    const char *comment, int64_t now, bool *taken);
/* Whether a comment may still be given; false also when it cannot be read. */
bool store_late_comment_open(struct db *db, const char *token);

#endif
