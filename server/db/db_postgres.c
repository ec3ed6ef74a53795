/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * PostgreSQL, the engine for more than one machine: connection and commit. The
 * statements: db_postgres_rows.c. What fails: db_postgres_trouble.c.
 *
 * A lost connection is DB_GONE; it is made again by the next statement outside
 * a transaction. What was under way is the caller's to repeat.
 *
 * A commit counts when the server says COMMIT and nothing else. It says
 * ROLLBACK, without an error, when the transaction had failed; and it warns
 * when an administrator cut short the wait for the standby: then the rows may
 * die with this machine, so that is no commit either. The warning's words are
 * the server's language, so any warning during COMMIT counts.
 */
#include "server/db/db_postgres.h"

#include <stdlib.h>
#include <string.h>
#include "shared/log.h"

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

static bool
connect_to(struct db *db, const char *url)
{
	/* before dbname: the address may say otherwise; after: it may not.
	 * tcp_user_timeout finds a dead machine in 30 s instead of 15 min. */
	const char *const names[] = {"connect_timeout", "tcp_user_timeout",
	    "application_name", "target_session_attrs", "dbname",
	    "client_encoding", NULL};
	const char *const values[] = {"10", "30000", "hailong",
	    db->mode == DB_READ ? "any" : "read-write", url, "UTF8", NULL};
	struct postgres *p = postgres_of(db);

	p->connection = PQconnectdbParams(names, values, 1);
	PQsetNoticeReceiver(p->connection, on_notice, p);
	if (PQstatus(p->connection) != CONNECTION_OK)
		return postgres_fail(p, "connect", NULL);
	return true;
}

static void
close_connection(struct db *db)
{
	struct postgres *p = postgres_of(db);
	int i;

	postgres_forget(p);
	for (i = 0; i < DB_PARAMETERS_MAX; i++)
		buf_finish(&p->columns[i]);
	PQfinish(p->connection);
}

static bool
postgres_ready(struct db *db)
{
	struct postgres *p = postgres_of(db);

	if (!p->lost)
		return true;
	postgres_forget(p);
	PQreset(p->connection);
	if (PQstatus(p->connection) != CONNECTION_OK) {
		if (!p->unreachable)
			postgres_fail(p, "connect", NULL);
		p->unreachable = true; /* said once is enough */
		db->trouble = DB_GONE;
		return false;
	}
	p->unreachable = false;
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
	result = PQexec(p->connection, copy);
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
	result = postgres_receive(p);
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
	result = PQexec(p->connection, db->statements.list[OWN_ROLLBACK].text);
	p->lost = !postgres_succeeded(result);
	PQclear(result);
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
};
