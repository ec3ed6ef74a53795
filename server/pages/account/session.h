/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The beginning of a session, however it came about: its cookies, its row, its
 * deed in the audit log. */
#ifndef HAILONG_SERVER_PAGES_ACCOUNT_SESSION_H
#define HAILONG_SERVER_PAGES_ACCOUNT_SESSION_H

#include <stdbool.h>
#include <stdint.h>
#include "server/secret/token.h"
#include "server/store/people/audit.h"

struct page;
struct request;
struct staff;

/* A session that is to begin; of the request's arena. */
struct new_session {
	const char *login;
	const char *to;    /* the page to go to then */
	const char *known; /* value of the second cookie, NULL: none */
	char token[TOKEN_TEXT], csrf[TOKEN_TEXT];
	int64_t life, idle; /* of a session, ms: at most, and unused */
	struct deed deed;
};

/* Prepares one for a person who has shown who he is; how: NULL, or what is to
 * stand in the log ("code", "recovery"). */
struct new_session *session_make(
    const struct page *page, const struct staff *staff, const char *how);
/* Writes it, on the writer thread; ends the session that the browser had. False
 * when the database refused. */
bool session_write(struct db *db, struct request *req, struct new_session *s);
/* Sets the cookies and goes to s->to. */
int session_begin(const struct page *page, const struct new_session *s);
/* Takes the session's cookie away. */
void session_out(const struct page *page);

/* The page to go to after signing in, as the address or form wishes (next);
 * NULL: the board. Only an address of ours that is plain ASCII: never another
 * host, never a second header. */
const char *session_next(const struct page *page);

#endif
