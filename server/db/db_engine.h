/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the files of server/db share; of other files only the tests of the room
 * include this.
 *
 * An engine is one struct of functions. db.c keeps what is the same for both:
 * the cut statements, the state of the transaction, the last trouble. A
 * statement that fails spoils its transaction on both engines, as PostgreSQL
 * has it: until db_rollback nothing more runs, and db_commit says false. SQLite
 * alone would keep the transaction after some errors and drop it after others.
 */
#ifndef HAILONG_SERVER_DB_DB_ENGINE_H
#define HAILONG_SERVER_DB_DB_ENGINE_H

#include <stdatomic.h>
#include "server/db/db.h"
#include "upgrades.h" /* struct sql_upgrade, made from sql/upgrade/ */

/* The layer's own statements, numbered after those of queries.sql; their text
 * is in sql/sqlite.sql and sql/postgres.sql. */
enum {
	OWN_WRITER = Q_COUNT, /* settings of a connection that writes */
	OWN_READER,           /* and of one that only reads */
	OWN_BEGIN,
	OWN_BEGIN_READ,
	OWN_MARK,
	OWN_COMMIT,
	OWN_COMMIT_READ,
	OWN_ROLLBACK,
	OWN_SCHEMA_LOCK,
	OWN_DATABASE_SIZE,
	OWN_SCHEMA_EXISTS,
	OWN_QUICK_CHECK,
	OWN_FULL_CHECK,
	OWN_PATIENCE,
	OWN_PULSE,
	STATEMENT_COUNT
};

#define DB_PARAMETERS_MAX 64 /* of one statement */

/* One statement, cut from its file. */
struct statement {
	const char *name;
	const char *text;
	const char *rows; /* the same for many rows; NULL: one by one */
	const char *copy; /* the same for many new rows; NULL: there is none */
	int parameters;   /* the highest n of $n */
};

/* All statements of a connection. */
struct statements {
	struct statement list[STATEMENT_COUNT];
	const char *connect; /* head of the engine's file: run on connecting */
	char *copies[3];     /* owned; the texts above point into these */
};

enum transaction {
	TRANSACTION_NONE,
	TRANSACTION_OPEN,
	TRANSACTION_FAILED /* a statement failed: only rollback is left */
};

/* A connection. Each engine's own struct begins with this. */
struct db {
	const struct engine *engine;
	enum db_mode mode;
	enum db_trouble trouble;
	enum transaction transaction;
	bool reading;      /* it was begun to read only */
	int64_t log_pages; /* SQLite: after the last commit */
	int connections;   /* so often was it made */
	bool damaged;      /* DB_DAMAGED was met */
	bool opened;       /* db_open is over: deadlines hold */
	bool late;         /* what failed last got no answer in time */
	atomic_bool interrupted;
	struct statements statements;
};

/* A running statement; cursor belongs to the engine. */
struct rows {
	struct db *db;
	int statement;
	bool failed; /* logged; the next step says so */
	bool done;
	bool own;        /* SQLite: the cursor is not the shared one */
	bool borrow;     /* the values outlive the statement: no copies */
	int row;         /* PostgreSQL: current row */
	int64_t changed; /* known when done */
	void *cursor;    /* sqlite3_stmt or PGresult; NULL when failed */
};

/* Every function that can fail logs through db_fail. */
struct engine {
	const char *name;
	const char *script; /* sql_sqlite or sql_postgres */
	const char *rows;   /* sql_postgres_rows or NULL */
	size_t size;        /* of the struct that begins with struct db */
	bool (*open)(struct db *db, const char *url);
	/* Frees the connection, also a half-opened one, but not db. */
	void (*close)(struct db *db);
	bool (*settle)(struct db *db);
	bool (*checkpoint)(struct db *db); /* NULL: there is no log */
	/* NULL: there are no files of ours. */
	const char *(*misplaced)(struct db *db);
	/* Outside a transaction: connects again if the connection is lost. */
	bool (*ready)(struct db *db);
	/* Runs a text of one or more statements without parameters. */
	bool (*script_run)(struct db *db, const char *name, const char *text);
	bool (*begin)(struct db *db, int own);
	bool (*commit)(struct db *db, int own);
	void (*rollback)(struct db *db);
	/* Tries whether a statement can be prepared. */
	bool (*check)(struct db *db, int statement);
	/* Starts r->statement. */
	bool (*query)(
	    struct rows *r, const char *types, const struct db_value *values);
	/* Runs a statement for n rows (more than none). */
	bool (*run_rows)(struct db *db, int statement, size_t n, db_row *row,
	    const void *context, bool *told);
	enum step (*next)(struct rows *r);
	int64_t (*get_int)(struct rows *r, int column);
	double (*get_double)(struct rows *r, int column);
	const char *(*get_text)(struct rows *r, int column);
	const void *(*get_blob)(struct rows *r, int column, size_t *size);
	bool (*get_null)(struct rows *r, int column);
	void (*finish)(struct rows *r);
	void (*interrupt)(struct db *db);
	/* Has a fresh connection wait so many ms at most. */
	bool (*patience)(struct db *db, int ms);
};

extern const struct engine engine_sqlite;
extern const struct engine engine_postgres;

/* Cuts queries.sql and the engine's own files at their marks. */
void statements_init(struct statements *s, const struct engine *engine);
/* Frees the texts. */
void statements_finish(struct statements *s);

/* A copy of a text in which the comments that begin with these words ("sqlite:"
 * after the star) are no comments any more: what only one engine understands
 * stands so in the common text. Freed with free(). */
char *db_uncover(const char *text, const char *opening);
/* Zeroed memory; a process out of memory aborts. Freed with free(). */
void *db_alloc(size_t size);
/* Notes the trouble, spoils an open transaction and logs one line: engine,
 * name of the statement, message. The message must not carry a parameter. */
void db_fail(struct db *db, const char *name, enum db_trouble trouble,
    const char *message);
#define DB_OPEN_MS                                                             \
	60000 /* to open a connection, all in all, where it presses */
/* What a call of this connection may take, in ms; 0: as long as it takes. */
int db_limit(const struct db *db);
/* What a connection, a lock or a commit may take (db_patience), in ms; 0: as
 * long as it takes. */
int db_wait(const struct db *db);
/* The mark of a server that gives no sign of life: since when (clock_mono); 0:
 * it does. Set by the pulse. */
extern _Atomic int64_t db_silent_since;
/* Whether it has been silent for too long. */
bool db_silent(void);
/* db_open without a look at the schema. */
struct db *db_connect(const char *url, enum db_mode mode);
/* Settings of a fresh connection: the engine's head script, then the writer's
 * or the reader's. */
bool db_greet(struct db *db);
/* Runs one of the layer's own statements, which have no parameters, and gives
 * the first column of its first row: 0 without a row, -1 on failure. */
int64_t db_own(struct db *db, int own);

/* The schema's number in the database, 0 when it has none; -1, logged, when it
 * cannot be read. */
int db_schema_number(struct db *db);
/* Makes a missing schema from its text (numbered as the last of list) or leads
 * an older one up, one transaction for each step. list ends with number 0. */
bool db_upgrade_with(
    struct db *db, const char *schema, const struct sql_upgrade *list);
/* Whether the schema has exactly the number of list's last; logged if not. */
bool db_schema_fits(struct db *db, const struct sql_upgrade *list);

#endif
