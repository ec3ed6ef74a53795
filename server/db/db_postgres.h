/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the files of the engine PostgreSQL share; no other file includes
 * this, nor libpq-fe.h. */
#ifndef HAILONG_SERVER_DB_DB_POSTGRES_H
#define HAILONG_SERVER_DB_DB_POSTGRES_H

#include <libpq-fe.h>
#include "server/db/db_engine.h"
#include "shared/buf.h"

#define POSTGRES_SENT 8

/* A statement as it was prepared. */
enum form { ONE_ROW, MANY_ROWS, FORMS };

struct postgres {
	struct db db;
	PGconn *connection;
	char *url;
	struct redial *redial; /* makes it anew; NULL: nothing does */
	bool lost;             /* must be made again */
	bool unreachable;      /* that was tried in vain, and said */
	const char *gave_up;   /* why we gave it up ourselves; NULL */
	bool silent;           /* that was for want of an answer */
	bool warned;           /* a warning came since this was cleared */
	/* types each statement was prepared with; NULL: not yet */
	char *prepared[FORMS][STATEMENT_COUNT];
	struct buf columns[DB_PARAMETERS_MAX]; /* of many rows; reused */
	int begin;   /* BEGIN still to be sent with the first statement, or 0 */
	bool wrote;  /* the transaction surely has */
	int careful; /* so many times more, because not all rows were new */
	/* statements that were sent, but whose results are not read yet */
	int sent[POSTGRES_SENT];
	int nsent;
};

/* db_postgres_wait.c: what libpq's PQgetResult, PQexec and PQprepare do; but
 * they wait no longer than limit ms (0: as long as it takes), nor while the
 * server is silent or the connection is to be broken off. Then it is given up,
 * and what they give is a failure of the connection. */
PGresult *postgres_result(struct postgres *p, int limit);
PGresult *postgres_exec(struct postgres *p, const char *text);
PGresult *postgres_make(struct postgres *p, const char *name, const char *text,
    int count, const Oid *types);
/* PQdescribePrepared, likewise. */
PGresult *postgres_describe(struct postgres *p, const char *name);

/* db_postgres_redial.c: makes connections on a thread of its own, again and
 * again until there is one, so that nobody waits for a network. */
struct redial;
/* Begins. The address is copied; read_write: never a standby; seconds: how long
 * one address may take. NULL, logged, when there is no thread. */
struct redial *redial_start(const char *url, bool read_write, int seconds);
/* Waits up to ms for a connection, or for the next failure. NULL: none yet; why
 * then gets the last failure, "" without one. */
PGconn *redial_take(struct redial *r, int ms, char *why, size_t size);
/* Whether the last try got no answer, rather than a refusal; so it is until one
 * has ended. */
bool redial_silent(struct redial *r);
/* Gives it up; the thread sees to the rest. NULL is allowed. */
void redial_end(struct redial *r);

/* db_postgres_trouble.c: logs what the server or the library says of a failure;
 * false. The result may be NULL. */
bool postgres_fail(
    struct postgres *p, const char *name, const PGresult *result);
/* Binary parameters: PostgreSQL's numbers begin with the highest byte. */
struct parameters {
	const char *bytes[DB_PARAMETERS_MAX];
	int sizes[DB_PARAMETERS_MAX];
	int binary[DB_PARAMETERS_MAX];
	uint64_t numbers[DB_PARAMETERS_MAX];
};

/* PostgreSQL's number of the type of a parameter. */
Oid postgres_oid(char type, enum form form);
/* An integer of 1 to 8 bytes, the highest first. */
int64_t postgres_integer(const unsigned char *bytes, int size);
/* Prepares a statement, unless that was done. */
bool postgres_prepare(
    struct postgres *p, int statement, const char *types, enum form form);
/* Sends a prepared one and waits for nothing. */
bool postgres_send(struct postgres *p, int statement, enum form form,
    const struct parameters *all);
/* One of the layer's own statements, both. */
bool postgres_send_own(struct postgres *p, int own);
/* Waits for all that was sent. The last one's result; NULL, logged, when
 * anything failed. */
PGresult *postgres_receive(struct postgres *p);
/* The same, for what may take so many ms (0: as long as it takes). */
PGresult *postgres_receive_in(struct postgres *p, int limit);
/* The same where no result is wanted. */
bool postgres_drain(struct postgres *p);
/* Forgets what was prepared on a connection that is no more. */
void postgres_forget(struct postgres *p);

/* The engine's functions (db_engine.h) that have to do with statements. */
bool postgres_check(struct db *db, int statement);
bool postgres_query(
    struct rows *r, const char *types, const struct db_value *values);
bool postgres_run_rows(struct db *db, int statement, size_t n, db_row *row,
    const void *context, bool *told);
enum step postgres_next(struct rows *r);
int64_t postgres_int(struct rows *r, int column);
double postgres_double(struct rows *r, int column);
const char *postgres_text(struct rows *r, int column);
const void *postgres_blob(struct rows *r, int column, size_t *size);
bool postgres_null(struct rows *r, int column);
void postgres_finish(struct rows *r);

static inline struct postgres *
postgres_of(struct db *db)
{
	return (struct postgres *)db;
}

static inline bool
postgres_succeeded(const PGresult *result)
{
	ExecStatusType status = PQresultStatus(result);

	return status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK;
}

#endif
