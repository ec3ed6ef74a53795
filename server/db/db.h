/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The two engines behind one interface: SQLite (embedded, the default) and
 * PostgreSQL. Statements stand in sql/queries.sql and are called by name
 * (Q_…, made at build time); their text is the same for both.
 *
 * A struct db belongs to one thread. Whatever fails is logged here, once, with
 * the statement's name and the engine's message; never with a parameter. A
 * failed fsync of SQLite's ends the process, after one line.
 */
#ifndef HAILONG_SERVER_DB_DB_H
#define HAILONG_SERVER_DB_DB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include "queries.h" /* enum query, made from sql/queries.sql */

struct db;
struct db_pulse;
struct rows;

/* Three words, never two: "no more" is not "it broke". */
enum step { STEP_ROW, STEP_DONE, STEP_FAIL };

enum db_mode {
	DB_CREATE, /* init: make what is missing, upgrade the schema */
	DB_WRITE,  /* read and write an existing database */
	DB_READ,   /* read only; of several servers it may be a standby that
		      lags: for commands that show */
	DB_FRESH,  /* read only, but never from a standby: what was committed
		      is seen, who was revoked is out */
	DB_QUICK   /* the same for a thread that must not wait (db_patience) */
};

/* Why a statement failed, so that the writer knows what to do. */
enum db_trouble {
	DB_FINE,
	DB_BUSY,    /* a lock or serialization conflict: try again */
	DB_FULL,    /* no space: answer 503, try again later */
	DB_GONE,    /* connection lost; the next transaction makes it anew */
	DB_DISK,    /* the disk refused: nothing to be done from here */
	DB_MOVED,   /* the open file is not the one at its path any more */
	DB_STOPPED, /* broken off: db_interrupt, or it took too long */
	DB_DAMAGED, /* pages that cannot be read, or are no sense */
	DB_BROKEN,  /* anything else: a bug */
};

/* Opens "sqlite:PATH" or "postgresql://…". With DB_CREATE a missing schema is
 * made and an older one upgraded, step by step, each in a transaction. NULL,
 * logged, when it cannot; also when the schema is newer than this program, or
 * missing or older without DB_CREATE. */
struct db *db_open(const char *url, enum db_mode mode);
/* From now on what a connection waits for ends, as a serving collector wants it
 * (commands wait as long as it takes; 0: so again). In ms, before the first
 * db_open; the limits are:
 *   DB_QUICK  a tenth, for a call as for a lost connection's return
 *   DB_WRITE  the whole for a commit, a lock and a connection; a statement
 *             may take longer as long as the server gives a sign of life
 *   others    the whole for a connection: whoever owns it watches over the
 *             rest, and calls db_interrupt
 * What is late fails with DB_GONE (PostgreSQL: the connection is given up, and
 * made anew beside the work) or DB_STOPPED (SQLite). */
void db_patience(int ms);
/* What was set. */
int db_patience_set(void);
/* Closes; NULL is allowed. */
void db_close(struct db *db);
/* Puts on disk what an earlier process may have left in the system's memory
 * only. Before a server acknowledges anything; false, logged, if it cannot. */
bool db_settle(struct db *db);
/* Whether commits gather in a log until db_checkpoint copies them into the
 * database (SQLite). */
bool db_has_log(const struct db *db);
/* Pages of the log after this connection's last commit; falls when the log
 * begins anew. */
int64_t db_log_pages(const struct db *db);
/* Copies what the log has, as far as no reader needs it, without blocking any;
 * true when all that could be done was done. To be called on another connection
 * than the one that commits. */
bool db_checkpoint(struct db *db);
/* Bytes that the database takes on its disk; -1, logged, when it cannot be
 * told. */
int64_t db_size(struct db *db);
/* NULL while the database's files are those at their path (SQLite; always of
 * PostgreSQL); else what is wrong and what to do, a sentence. A writer's
 * transactions look by themselves and fail with DB_MOVED. */
const char *db_misplaced(struct db *db);
/* How often the connection was made; more than before: it may be another
 * server, or one that was set back. */
int db_connections(const struct db *db);
/* True once a statement of this connection met DB_DAMAGED. */
bool db_damaged(const struct db *db);
/* A sentence about something that is wrong with the pages. */
typedef void db_finding(void *context, const char *sentence);
/* Has the engine look over every page of the file; full: also whether indexes
 * and tables agree, which takes several times as long. Tells up to 100
 * findings. False, logged, when it could not be looked over to the end for
 * another reason than damage. PostgreSQL looks after its pages itself: nothing
 * is told. */
bool db_inspect(struct db *db, bool full, db_finding *tell, void *context);
/* Ends what this connection is at, and whatever it is asked further, with
 * DB_STOPPED; from any thread, while the connection is not being closed. */
void db_interrupt(struct db *db);
/* Whether that was said. */
bool db_interrupted(const struct db *db);
/* It may be used again. Not while it works. */
void db_go_on(struct db *db);

/* Asks a PostgreSQL ten times in the patience whether it lives, on a thread and
 * a connection of its own. While it gives no sign for two fifths of the
 * patience, no call waits on: a server that stands still holds nobody. NULL
 * where there is nothing to ask: SQLite, or no patience. */
struct db_pulse *db_pulse_start(const char *url);
/* Ends it; NULL is allowed. */
void db_pulse_stop(struct db_pulse *pulse);
/* "sqlite" or "postgresql". */
const char *db_engine(const struct db *db);

/* Takes the database for a collector of this process; *fd (-1: nothing to keep)
 * is for db_hold_end. False, logged, when another collector has it. */
bool db_hold(const char *url, int *fd);
/* Gives it back; -1 is allowed. */
void db_hold_end(int fd);

/* Transactions. A writer's begin takes the write lock at once (SQLite: BEGIN
 * IMMEDIATE). A lost connection may show only at the first statement. commit
 * returns true only when it is on disk; when it returns
 * false the transaction is over too, rolled back or (DB_GONE, DB_DISK) unknown.
 */
bool db_begin(struct db *db);
bool db_commit(struct db *db);
void db_rollback(struct db *db);
/* A read transaction: every query until db_commit sees one state. */
bool db_begin_read(struct db *db);

/* Starts a statement. types has one letter for each parameter, in the order
 * $1, $2, …: i int64_t, I const int64_t * (NULL: null), d double,
 * t const char * (NULL: null), b const void * and size_t (NULL: null). Copies
 * what it needs. Never NULL: what fails shows at rows_next. A statement that
 * fails inside a transaction spoils it: nothing more runs in it, db_commit
 * says false. */
struct rows *db_query(struct db *db, enum query q, const char *types, ...);
/* The next row. */
enum step rows_next(struct rows *r);
/* Columns from 0; a null gives 0, 0.0, NULL; text and blob live until the next
 * rows_next or rows_close. */
int64_t rows_int(struct rows *r, int column);
double rows_double(struct rows *r, int column);
const char *rows_text(struct rows *r, int column);
const void *rows_blob(struct rows *r, int column, size_t *size);
bool rows_null(struct rows *r, int column);
/* Ends the statement; NULL is allowed. */
void rows_close(struct rows *r);

/* Runs a statement that gives no rows (or whose rows do not matter). *changed,
 * unless NULL, gets the number of rows inserted, updated or deleted. */
bool db_run(
    struct db *db, enum query q, int64_t *changed, const char *types, ...);
/* One parameter of a row. */
struct db_value {
	char type; /* i I d t b, as above */
	bool null;
	int64_t integer;
	double real;
	const void *bytes;
	size_t size;
};

static inline struct db_value
db_int(int64_t n)
{
	return (struct db_value){.type = 'i', .integer = n};
}

/* NULL gives null. */
static inline struct db_value
db_text(const char *text)
{
	return (struct db_value){.type = 't',
	    .null = text == NULL,
	    .bytes = text,
	    .size = text == NULL ? 0 : strlen(text)};
}

static inline struct db_value
db_blob(const void *bytes, size_t size)
{
	return (struct db_value){
	    .type = 'b', .null = bytes == NULL, .bytes = bytes, .size = size};
}

/* Fills in the parameters $1, $2, … of row i: of the same types in every row.
 * What they point to must live until the next call. */
typedef void db_row(const void *context, size_t i, struct db_value *values);

/* Runs a statement for n rows, in their order. told[i], unless told is NULL,
 * becomes whether the statement inserted, changed or found anything for row i.
 * On PostgreSQL it is one statement for all of them, whose text stands under
 * the same name in sql/postgres_rows.sql; and when nothing is to be told, a
 * failure inside a transaction may show only at the next statement, or at
 * db_commit. */
bool db_run_rows(struct db *db, enum query q, size_t n, db_row *row,
    const void *context, bool *told);

/* What went wrong last on this connection. */
enum db_trouble db_trouble(const struct db *db);
/* The name of a statement, as queries.sql has it. */
const char *db_query_name(enum query q);
/* Prepares every statement, for the tests; logs each that fails. A statement
 * is otherwise prepared once for each connection, on first use. */
bool db_prepare_all(struct db *db);

#endif
