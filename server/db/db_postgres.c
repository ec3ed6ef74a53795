/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * PostgreSQL, the engine for more than one machine: connection and commit. The
 * statements: db_postgres_rows.c. What fails: db_postgres_trouble.c.
 *
 * A lost connection is DB_GONE; another one is made beside the work
 * (db_postgres_redial.c) and taken by the next statement outside a transaction.
 * Only the first that meets the loss waits for it, so long as it may; until it
 * is there, what follows fails at once. What was under way is the caller's to
 * repeat.
 *
 * A commit counts when the server says COMMIT and nothing else. It says
 * ROLLBACK, without an error, when the transaction had failed; and it warns
 * when an administrator cut short the wait for the standby: then the rows may
 * die with this machine, so that is no commit either. The warning's words are
 * the server's language, so any warning during COMMIT counts.
 */
#include "server/db/db_postgres.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "shared/log.h"

#define DIAL_SECONDS 10 /* for one address, where nothing presses */

extern const char sql_postgres[];
extern const char sql_postgres_rows[];

static void
on_notice(void *context, const PGresult *result)
{
	struct postgres *p = context;
	const char *severity =
	    PQresultErrorField(result, PG_DIAG_SEVERITY_NONLOCALIZED);

	if (severity && strcmp(severity, "WARNING") == 0) {
		p->warned = true;
		log_warn("postgresql: %s",
		    PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY));
	}
}

/* Takes the connection that is being made, waiting so many ms at most. */
static bool
reconnect(struct postgres *p, int ms)
{
	int wait = db_wait(&p->db);
	PGconn *connection;
	char why[200];

	if (p->redial == NULL)
		p->redial = redial_start(p->url, p->db.mode != DB_READ,
		    wait == 0     ? DIAL_SECONDS
		    : wait < 2000 ? 2
				  : wait / 1000);
	if (p->redial == NULL) {
		p->db.trouble = DB_GONE;
		return false;
	}
	connection = redial_take(p->redial, ms, why, sizeof(why));
	if (connection == NULL) {
		if (!p->unreachable) /* said once is enough */
			db_fail(&p->db, "connect", DB_GONE,
			    why[0] == '\0' ? "no answer in time" : why);
		p->unreachable = true;
		p->db.late = redial_silent(p->redial);
		p->db.trouble = DB_GONE;
		return false;
	}
	redial_end(p->redial);
	p->redial = NULL;
	PQfinish(p->connection);
	p->connection = connection;
	PQsetNoticeReceiver(connection, on_notice, p);
	PQsetnonblocking(connection, 1);
	p->unreachable = false;
	p->gave_up = NULL;
	p->silent = false;
	return true;
}

static bool
connect_to(struct db *db, const char *url)
{
	struct postgres *p = postgres_of(db);

	p->url = strcpy(db_alloc(strlen(url) + 1), url);
	return reconnect(p, DB_OPEN_MS);
}

static void
close_connection(struct db *db)
{
	struct postgres *p = postgres_of(db);
	int i;

	postgres_forget(p);
	for (i = 0; i < DB_PARAMETERS_MAX; i++)
		buf_finish(&p->columns[i]);
	redial_end(p->redial);
	PQfinish(p->connection);
	free(p->url);
}

/* The first to meet the loss waits for the new connection; but not who has just
 * waited in vain for an answer. */
static int
patience_left(const struct postgres *p)
{
	int ms = db_wait(&p->db);

	if (ms == 0)
		return DB_OPEN_MS;
	return p->unreachable || p->silent ? 0 : ms;
}

static bool
postgres_ready(struct db *db)
{
	struct postgres *p = postgres_of(db);

	if (!p->lost)
		return true;
	postgres_forget(p);
	if (!reconnect(p, patience_left(p)))
		return false;
	p->lost = false;
	if (!db_greet(db)) {
		p->lost = true;
		return false;
	}
	db->connections++;
	log_info("postgresql: connected again");
	return true;
}

/* A script cannot be part of a pipeline. */
static bool
postgres_script_run(struct db *db, const char *name, const char *text)
{
	struct postgres *p = postgres_of(db);
	PGresult *result;
	char *copy;
	bool ok;

	if (!postgres_drain(p))
		return false;
	copy = db_uncover(text, "/*postgres:");
	result = postgres_exec(p, copy);
	free(copy);
	ok = postgres_succeeded(result) || postgres_fail(p, name, result);
	PQclear(result);
	return ok;
}

static bool
begin_postgres(struct db *db, int own)
{
	struct postgres *p = postgres_of(db);

	p->begin = own; /* goes with the first statement */
	p->wrote = false;
	return true;
}

static bool
commit(struct db *db, int own)
{
	struct postgres *p = postgres_of(db);
	PGresult *result;
	bool ok;

	p->warned = false;
	if ((own == OWN_COMMIT && !p->wrote &&
		!postgres_send_own(p, OWN_MARK)) ||
	    !postgres_send_own(p, own))
		return false;
	result = postgres_receive_in(p, db_wait(db));
	ok = result && !p->warned && strcmp(PQcmdStatus(result), "COMMIT") == 0;
	if (result && !ok) {
		p->lost = true;
		db_fail(db, db->statements.list[own].name, DB_GONE,
		    "not confirmed; it counts as not committed");
	}
	PQclear(result);
	return ok;
}

/* The server rolls back when it loses us. */
static void
postgres_rollback(struct db *db)
{
	struct postgres *p = postgres_of(db);
	bool begun = p->begin == 0;
	PGresult *result;

	p->begin = 0;
	postgres_drain(p);
	if (p->lost || !begun)
		return;
	result = postgres_exec(p, db->statements.list[OWN_ROLLBACK].text);
	p->lost = !postgres_succeeded(result);
	PQclear(result);
}

/* What is waited for sees the mark itself (db_postgres_wait.c). */
static void
postgres_break_off(struct db *db)
{
	(void)db;
}

/* The server ends a writer's wait for a lock; of all else the end is here. */
static bool
postgres_patience(struct db *db, int ms)
{
	struct postgres *p = postgres_of(db);
	struct parameters all = {.binary = {1}};
	char text[16];

	if (db->mode != DB_WRITE)
		return true;
	snprintf(text, sizeof(text), "%d", ms);
	all.bytes[0] = text;
	all.sizes[0] = (int)strlen(text);
	return postgres_prepare(p, OWN_PATIENCE, "t", ONE_ROW) &&
	       postgres_send(p, OWN_PATIENCE, ONE_ROW, &all) &&
	       postgres_drain(p);
}

/* The server recovers by itself, from a log of its own. */
static bool
postgres_end_statement(struct db *db)
{
	(void)db;
	return true;
}

const struct engine engine_postgres = {
    .name = "postgresql",
    .script = sql_postgres,
    .rows = sql_postgres_rows,
    .size = sizeof(struct postgres),
    .open = connect_to,
    .close = close_connection,
    .settle = postgres_end_statement,
    .ready = postgres_ready,
    .script_run = postgres_script_run,
    .begin = begin_postgres,
    .commit = commit,
    .rollback = postgres_rollback,
    .check = postgres_check,
    .query = postgres_query,
    .run_rows = postgres_run_rows,
    .next = postgres_next,
    .get_int = postgres_int,
    .get_double = postgres_double,
    .get_text = postgres_text,
    .get_blob = postgres_blob,
    .get_null = postgres_null,
    .finish = postgres_finish,
    .interrupt = postgres_break_off,
    .patience = postgres_patience,
};
