/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The beginning of a session, however it came about: its cookies, its row, its
 * deed in the audit log. */
#ifndef HAILONG_SERVER_PAGES_ACCOUNT_SESSION_H
#define HAILONG_SERVER_PAGES_ACCOUNT_SESSION_H

#include "server/secret/token.h"
#include "server/http/request.h"
#include "server/store/audit.h"

struct staff;

/* A session that is to begin; of the request's arena. */
struct new_session {
	const char *login;
	const char *to;    /* the page to go to then */
	const char *known; /* value of the second cookie, NULL: none */
	char token[TOKEN_TEXT], csrf[TOKEN_TEXT];
	int64_t life; /* of the session, ms */
	struct deed deed;
};

/* Prepares one for a person who has shown who he is; how: NULL, or what is to
 * stand in the log ("code", "recovery"). */
struct new_session *new_session_make(struct ctx *ctx, struct request *req,
    const struct staff *staff, const char *how);
/* Writes it, on the writer thread; ends the session that the browser had. */
bool new_session_write(
    struct db *db, struct request *req, struct new_session *s);
/* Sets the cookies and goes to s->to. */
int new_session_reply(struct ctx *ctx, struct request *req,
    struct response *res, const struct new_session *s);
/* Takes the session's cookie away. */
void session_out(struct ctx *ctx, struct request *req, struct response *res);

/* The page to go to after signing in, as the address or form wishes (next);
 * NULL: the board. Only an address of ours that is plain ASCII: never another
 * host, never a second header. */
const char *new_session_next(const struct request *req);

#endif
