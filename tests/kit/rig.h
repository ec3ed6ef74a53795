/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The real hailong-server in a temporary folder: its commands, and the
 * collector serving on a free port with SQLite, or with a PostgreSQL that the
 * test has started. HTTP is spoken over plain
 * sockets, so that a test may also say what no library would. Every wait ends
 * after RIG_PATIENCE seconds. cmocka.h must be included before this.
 */
#ifndef HAILONG_TESTS_KIT_RIG_H
#define HAILONG_TESTS_KIT_RIG_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>
#include "shared/uuid.h"

#define RIG_PATIENCE 600 /* for what hangs; no machine is so slow */

struct postgres_server;

struct rig {
	char folder[64];
	char config[96]; /* server.ini */
	char url[160];   /* of the database */
	/* where that is PostgreSQL, and the database's name; NULL: SQLite */
	const struct postgres_server *postgres;
	const char *name;
	char listen[128];  /* its [server] listen */
	char said[131072]; /* what the last command wrote */
	pid_t server;      /* 0: not running */
};

/* A response; body is NUL-terminated and belongs to the reply. */
struct reply {
	int status;
	char head[8192]; /* status line and headers */
	char *body;
	size_t size;
};

/* ------------------------------------------------------------- the program */

/* Makes the folder with a server.ini (more: further lines, "" for none) and
 * runs init. */
void rig_make(struct rig *r, const char *more);
/* The same on a database of this server, empty or not. */
void rig_make_postgres(
    struct rig *r, const struct postgres_server *server, const char *name);
/* Writes server.ini; listen NULL: a free port of 127.0.0.1. Unless more begins
 * with "patience = N\n" it is so long that no slow machine is taken for a
 * database that stands still. */
void rig_config(struct rig *r, const char *listen, const char *more);
/* Stops the collector, which must end well, and removes the folder. */
void rig_remove(struct rig *r);
/* Runs a command (words closed by NULL) with this standard input ("" for
 * none); r->said gets both outputs. Returns the exit status. */
int rig_run(struct rig *r, const char *input, ...) __attribute__((sentinel));
/* Starts the collector and waits until /healthz says 200. */
void rig_serve(struct rig *r);
/* SIGTERM; waits; the exit status. */
int rig_stop(struct rig *r);
/* SIGKILL; waits. */
void rig_kill(struct rig *r);
/* Fails the test when the tallies differ from a recount. */
void rig_check(struct rig *r);
/* Adds a device (desk NULL: none); its token, malloc'ed. */
char *rig_device(struct rig *r, const char *kind, const char *desk);
/* The first column of a query's first row as text, "" without one; lives until
 * the next call. Asks the database itself. */
const char *rig_sql(struct rig *r, const char *sql);

/* Another program holds the SQLite database, so that nothing can be written
 * (…_hold), and lets it go again. */
void *rig_sql_hold(struct rig *r);
void rig_sql_release(void *held);

/* How many of these answers are not in the database. */
size_t rig_missing(struct rig *r, const struct uuid *ids, size_t n);

/* -------------------------------------------------------------------- HTTP */

/* A connection to the collector; -1 when there is none. */
int rig_connect(const struct rig *r);
/* Sends all bytes; false when the peer has closed. */
bool rig_send(int fd, const void *bytes, size_t size);
/* Reads one response; false when it does not come whole. Free with
 * reply_finish. */
bool rig_read(int fd, struct reply *reply);
void reply_finish(struct reply *reply);

/* One request on a connection of its own. headers: lines ended by CRLF, ""
 * for none; size of the body is added when there is one. The reply lives until
 * the thread's next call; status 0: none came. */
const struct reply *ask(const struct rig *r, const char *method,
    const char *path, const char *headers, const char *body, size_t size);
/* GET and form POST without further headers; a desk's QR leads on to the
 * address of an answer, which is followed. */
const struct reply *get(const struct rig *r, const char *path);
const struct reply *rig_post(
    const struct rig *r, const char *path, const char *body);
/* A device's GET, or POST of JSON (freed here) where json is not NULL. */
const struct reply *device_ask(
    const struct rig *r, const char *token, const char *path, json_t *json);
/* The reply's body as JSON; fails when it is none. The caller owns it. */
json_t *reply_json(const struct reply *reply);
/* The value of a header of the reply, malloc'ed; NULL when it has none. */
char *reply_header(const struct reply *reply, const char *name);
/* Fails the test, showing the body, unless the status is this one. */
void assert_status(const struct reply *reply, int status);
/* The same and error.code. */
void assert_problem(const struct reply *reply, int status, const char *code);

/* ----------------------------------------------------------------- answers */

/* An answer of now at LH1 with overall 5, a fresh id, and these members (JSON
 * text of an object, "" for none) over it; null takes a member away. */
json_t *new_answer(const char *members);
/* Posts a list of answers (freed here); the results, owned by the caller. */
json_t *post_answers(const struct rig *r, const char *token, json_t *answers);
/* Members of results[i]; "" when null or absent. */
const char *result(json_t *results, size_t i, const char *member);
/* RFC 3339 text of so many ms from now; lives until the thread's next call. */
const char *time_from_now(int64_t ms);

#endif
