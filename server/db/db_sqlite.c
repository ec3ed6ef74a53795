/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * SQLite, the default engine: the only file that includes sqlite3.h.
 *
 * SQLite takes $1 for a name and numbers the names as they appear, so
 * "BETWEEN $2 AND $1" gives $2 the first place. Each statement therefore keeps
 * an order: order[n] is SQLite's place of $n+1, looked up once by name.
 *
 * A statement is prepared on first use and kept. Should it be asked again while
 * its rows are still read (a walk down a tree), the second asker gets a
 * statement of its own for that time.
 *
 * The log (WAL) is copied into the database by another thread (db_checkpoint),
 * so that no commit waits for it; but a log that is written to all the time is
 * never copied to its last page, and only then can it begin anew. So the commit
 * that finds it too long copies the rest itself.
 *
 * What is committed to a file that is not at its path any more is lost, and
 * SQLite does not say so: a writer's transaction looks (shared/same_file.h)
 * when it has begun, before it may harm a log of somebody else's, and again
 * when it is on the disk, before anybody is told.
 *
 * A statement is looked at now and then while it runs: one that is broken off,
 * or of a connection that may not take so long (db_patience), ends.
 */
#include "server/db/db_engine.h"

#include <assert.h>
#include <limits.h>
#include <pthread.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "shared/clock.h"
#include "shared/log.h"
#include "shared/private_file.h"
#include "shared/same_file.h"

extern const char sql_sqlite[];

struct prepared {
	sqlite3_stmt *stmt; /* NULL until first used */
	bool busy;          /* its rows are being read */
	unsigned char order[DB_PARAMETERS_MAX];
};

struct sqlite {
	struct db db;
	sqlite3 *handle;
	int copied;        /* code of the last checkpoint of our own */
	int64_t began;     /* the statement at hand, clock_mono */
	int lock_patience; /* ms that another process's lock may take */
	struct same_file files;
	struct prepared prepared[STATEMENT_COUNT];
};

static struct sqlite *
sqlite_of(struct db *db)
{
	return (struct sqlite *)db;
}

#define LOG_PAGES  10000 /* too long: about 40 MB */
#define LOOK_STEPS 20000 /* of SQLite's machine: some milliseconds */

static enum db_trouble
trouble_of(int code)
{
	switch (code) {
	case SQLITE_IOERR_READ: /* a page that the disk does not give */
	case SQLITE_IOERR_SHORT_READ:
	case SQLITE_IOERR_CORRUPTFS:
		return DB_DAMAGED;
	default:
		break;
	}
	switch (code & 0xff) {
	case SQLITE_CORRUPT:
	case SQLITE_NOTADB:
	case SQLITE_FORMAT:
		return DB_DAMAGED;
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
	case SQLITE_PROTOCOL: /* the race for the WAL's locks */
		return DB_BUSY;
	case SQLITE_FULL:
		return DB_FULL;
	case SQLITE_INTERRUPT:
		return DB_STOPPED;
	case SQLITE_IOERR:
	case SQLITE_CANTOPEN:
	case SQLITE_READONLY:
		return DB_DISK;
	default:
		return DB_BROKEN;
	}
}

/* After a failed fsync the system takes the bytes for written: to try again is
 * to be told a lie. Only a new process, which writes them anew
 * (sqlite_end_statement), knows what the disk has. */
static void
end_without_disk(int code)
{
	if (code != SQLITE_IOERR_FSYNC && code != SQLITE_IOERR_DIR_FSYNC)
		return;
	log_error("sqlite: the disk did not take what was written (fsync "
		  "failed); this program ends here and must be started again, "
		  "nothing that was acknowledged is lost. Look at the disk");
	abort();
}

/* SQLite's messages name tables and columns, never a value. */
static bool
sqlite_fail(struct sqlite *s, const char *name)
{
	int code = sqlite3_extended_errcode(s->handle);

	end_without_disk(code);
	db_fail(&s->db, name, trouble_of(code), sqlite3_errmsg(s->handle));
	return false;
}

static int
copy_log(struct sqlite *s, int mode)
{
	int code = sqlite3_wal_checkpoint_v2(s->handle, NULL, mode, NULL, NULL);

	end_without_disk(code);
	return code;
}

/* After each commit. */
static int
after_commit(void *data, sqlite3 *handle, const char *name, int pages)
{
	struct sqlite *s = data;
	int code;

	s->db.log_pages = pages;
	if (pages < LOG_PAGES)
		return SQLITE_OK;
	code = copy_log(s, SQLITE_CHECKPOINT_PASSIVE);
	if (code != s->copied && code != SQLITE_OK && code != SQLITE_BUSY)
		log_warn("sqlite: checkpoint: %s; the file %s-wal grows until "
			 "it succeeds",
		    sqlite3_errstr(code), sqlite3_db_filename(handle, name));
	s->copied = code;
	return SQLITE_OK; /* the commit itself is on disk */
}

/* What fails is told by the commit that finds the log too long. */
static bool
checkpoint(struct db *db)
{
	int code = copy_log(sqlite_of(db), SQLITE_CHECKPOINT_PASSIVE);

	return code == SQLITE_OK || code == SQLITE_BUSY;
}

/* What this program reads may never have reached the disk, when the one before
 * it died of a failed fsync: the WAL is synced anew and every page of it
 * written into the database again. */
static bool
sqlite_end_statement(struct db *db)
{
	struct sqlite *s = sqlite_of(db);
	int code = copy_log(s, SQLITE_CHECKPOINT_FULL);

	if (code == SQLITE_BUSY)
		log_warn("sqlite: another program is reading the database; "
			 "what it holds is settled later");
	return code == SQLITE_OK || code == SQLITE_BUSY ||
	       sqlite_fail(s, "checkpoint");
}

static pthread_once_t configured = PTHREAD_ONCE_INIT;

/* SQLite's memory statistics take a mutex at each allocation, a seventh of the
 * writer's time; they are not read. Only possible before its first use. */
static void
sqlite_configure(void)
{
	sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}

/* What citizens said is for the collector's own user to read, whatever the
 * umask was and whatever an earlier version left. Files that SQLite adds take
 * the database's mode; what belongs to another user stays as that user wants
 * it. */
static void
keep_private(const char *path)
{
	static const char *const ends[] = {"", "-wal", "-shm"};
	char name[PATH_MAX];

	for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++)
		if (snprintf(name, sizeof(name), "%s%s", path, ends[i]) <
		    (int)sizeof(name))
			private_file(name);
}

/* Nonzero ends the statement. */
static int
too_long(void *context)
{
	struct sqlite *s = context;
	int limit = db_limit(&s->db);

	return db_interrupted(&s->db) ||
	       (limit > 0 && clock_mono() - s->began > limit);
}

#define BUSY_LOOK_MS 4
#define BUSY_MOST_MS 10000 /* unless sqlite_patience says another */

/* Another process has the lock: looked again so often that a pause between two
 * of its transactions is not missed; SQLite's own way looks ten times a
 * second. */
static int
wait_for_lock(void *context, int looks)
{
	const struct sqlite *s = context;

	if (looks >= s->lock_patience / BUSY_LOOK_MS)
		return 0;
	usleep(BUSY_LOOK_MS * 1000);
	return 1;
}

static bool
sqlite_patience(struct db *db, int ms)
{
	sqlite_of(db)->lock_patience = ms;
	return true;
}

static bool
open_file(struct db *db, const char *url)
{
	static const int flags[] = {
	    [DB_CREATE] = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE,
	    [DB_WRITE] = SQLITE_OPEN_READWRITE,
	    [DB_READ] = SQLITE_OPEN_READONLY,
	    [DB_FRESH] = SQLITE_OPEN_READONLY,
	    [DB_QUICK] = SQLITE_OPEN_READONLY,
	};
	struct sqlite *s = sqlite_of(db);
	const char *path = url + strlen("sqlite:");

	pthread_once(&configured, sqlite_configure);
	if (sqlite3_open_v2(path, &s->handle,
		flags[db->mode] | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE,
		NULL) != SQLITE_OK)
		return sqlite_fail(s, "open");
	/* "x" is a name, never a text: the same mistakes fail on both engines
	 */
	sqlite3_db_config(s->handle, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
	sqlite3_db_config(s->handle, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
	sqlite3_db_config(s->handle, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	s->lock_patience = BUSY_MOST_MS;
	sqlite3_busy_handler(s->handle, wait_for_lock, s);
	same_file_begin(&s->files, path);
	sqlite3_progress_handler(s->handle, LOOK_STEPS, too_long, s);
	if (flags[db->mode] == SQLITE_OPEN_READONLY)
		return true;
	keep_private(path);
	sqlite3_wal_hook(s->handle, after_commit, s);
	if (sqlite3_db_readonly(s->handle, "main") != 1)
		return true;
	/* SQLite opens it all the same, and fails at the first write */
	db_fail(db, "open", DB_DISK,
	    "the file, or the file system it is on, can only be read");
	return false;
}

static void
close_file(struct db *db)
{
	struct sqlite *s = sqlite_of(db);
	int i;

	for (i = 0; i < STATEMENT_COUNT; i++)
		sqlite3_finalize(s->prepared[i].stmt);
	sqlite3_close(s->handle);
	same_file_finish(&s->files);
}

static bool
sqlite_script_run(struct db *db, const char *name, const char *text)
{
	struct sqlite *s = sqlite_of(db);
	char *copy = db_uncover(text, "/*sqlite:");
	int code;

	code = sqlite3_exec(s->handle, copy, NULL, NULL, NULL);
	free(copy);
	return code == SQLITE_OK || sqlite_fail(s, name);
}

/* After some errors SQLite has already rolled back by itself. */
static void
sqlite_rollback(struct db *db)
{
	struct sqlite *s = sqlite_of(db);

	if (!sqlite3_get_autocommit(s->handle))
		sqlite3_exec(s->handle, db->statements.list[OWN_ROLLBACK].text,
		    NULL, NULL, NULL);
}

/* A file does not hang up; but a rollback may have failed, for want of memory:
 * it is made up for, or no transaction could begin ever again. */
static bool
sqlite_ready(struct db *db)
{
	sqlite_rollback(db);
	return true;
}

/* Looks up the place of every $n. */
static bool
find_order(struct sqlite *s, int statement)
{
	const struct statement *st = &s->db.statements.list[statement];
	struct prepared *p = &s->prepared[statement];
	char name[12];
	int n;
	int place;

	for (n = 0; n < st->parameters; n++) {
		snprintf(name, sizeof(name), "$%d", n + 1);
		place = sqlite3_bind_parameter_index(p->stmt, name);
		p->order[n] = (unsigned char)place;
		if (place == 0)
			break;
	}
	if (n == sqlite3_bind_parameter_count(p->stmt))
		return true;
	db_fail(&s->db, st->name, DB_BROKEN,
	    "parameters must be $1 to $n, each of them used");
	sqlite3_finalize(p->stmt);
	p->stmt = NULL;
	return false;
}

static bool
prepare_sqlite(struct sqlite *s, int statement)
{
	const struct statement *st = &s->db.statements.list[statement];
	struct prepared *p = &s->prepared[statement];

	if (p->stmt)
		return true;
	if (sqlite3_prepare_v3(s->handle, st->text, -1,
		SQLITE_PREPARE_PERSISTENT, &p->stmt, NULL) != SQLITE_OK)
		return sqlite_fail(s, st->name);
	return find_order(s, statement);
}

static bool
sqlite_check(struct db *db, int statement)
{
	return prepare_sqlite(sqlite_of(db), statement);
}

static int
bind(sqlite3_stmt *stmt, int place, const struct db_value *v, bool borrow)
{
	sqlite3_destructor_type keep =
	    borrow ? SQLITE_STATIC : SQLITE_TRANSIENT;

	if (v->null)
		return sqlite3_bind_null(stmt, place);
	switch (v->type) {
	case 'i':
	case 'I':
		return sqlite3_bind_int64(stmt, place, v->integer);
	case 'd':
		return sqlite3_bind_double(stmt, place, v->real);
	case 't':
		return sqlite3_bind_text64(
		    stmt, place, v->bytes, v->size, keep, SQLITE_UTF8);
	default:
		return sqlite3_bind_blob64(
		    stmt, place, v->bytes, v->size, keep);
	}
}

/* The kept statement, or one of its own while that is in use. */
static bool
take_sqlite(struct sqlite *s, struct rows *r)
{
	const struct statement *st = &s->db.statements.list[r->statement];
	struct prepared *p = &s->prepared[r->statement];
	sqlite3_stmt *stmt;

	if (!prepare_sqlite(s, r->statement))
		return false;
	r->own = p->busy;
	if (!r->own) {
		p->busy = true;
		r->cursor = p->stmt;
		return true;
	}
	if (sqlite3_prepare_v3(s->handle, st->text, -1, 0, &stmt, NULL) !=
	    SQLITE_OK)
		return sqlite_fail(s, st->name);
	r->cursor = stmt;
	return true;
}

static bool
bind_all(struct sqlite *s, sqlite3_stmt *stmt, int statement,
    const struct db_value *values, bool borrow)
{
	const struct statement *st = &s->db.statements.list[statement];
	const unsigned char *order = s->prepared[statement].order;
	int i;

	for (i = 0; i < st->parameters; i++)
		if (bind(stmt, order[i], &values[i], borrow) != SQLITE_OK)
			return sqlite_fail(s, st->name);
	return true;
}

static bool
query(struct rows *r, const char *types, const struct db_value *values)
{
	struct sqlite *s = sqlite_of(r->db);

	(void)types;
	s->began = clock_mono();
	return take_sqlite(s, r) &&
	       bind_all(s, r->cursor, r->statement, values, r->borrow);
}

/* Runs what is bound; *told, unless NULL, becomes whether it changed or found
 * anything. */
static bool
run_bound(struct sqlite *s, sqlite3_stmt *stmt, bool *told)
{
	int code = sqlite3_step(stmt);

	if (told)
		*told = code == SQLITE_ROW ||
			(code == SQLITE_DONE && !sqlite3_stmt_readonly(stmt) &&
			    sqlite3_changes64(s->handle) > 0);
	return sqlite3_reset(stmt) == SQLITE_OK;
}

static const char *
misplaced(struct db *db)
{
	return same_file_look(&sqlite_of(db)->files);
}

/* Begins or commits. */
static bool
run_own(struct db *db, int own)
{
	struct sqlite *s = sqlite_of(db);
	const char *wrong = NULL;

	if (!prepare_sqlite(s, own))
		return false;
	if (!run_bound(s, s->prepared[own].stmt, NULL))
		return sqlite_fail(s, db->statements.list[own].name);
	if (own == OWN_BEGIN || own == OWN_COMMIT)
		wrong = misplaced(db);
	if (wrong == NULL)
		return true;
	sqlite_rollback(db);
	db_fail(db, db->statements.list[own].name, DB_MOVED, wrong);
	return false;
}

/* Nothing is allocated or copied for a row. */
static bool
run_rows(struct db *db, int statement, size_t n, db_row *row,
    const void *context, bool *told)
{
	struct sqlite *s = sqlite_of(db);
	struct prepared *p = &s->prepared[statement];
	struct db_value values[DB_PARAMETERS_MAX];
	bool ok = true;
	size_t i;

	if (!prepare_sqlite(s, statement))
		return false;
	assert(!p->busy);
	for (i = 0; ok && i < n; i++) {
		row(context, i, values);
		ok = bind_all(s, p->stmt, statement, values, true) &&
		     (run_bound(s, p->stmt, told ? &told[i] : NULL) ||
			 sqlite_fail(s, db->statements.list[statement].name));
	}
	sqlite3_clear_bindings(p->stmt);
	return ok;
}

static enum step
sqlite_next(struct rows *r)
{
	struct sqlite *s = sqlite_of(r->db);

	switch (sqlite3_step(r->cursor)) {
	case SQLITE_ROW:
		return STEP_ROW;
	case SQLITE_DONE:
		if (!sqlite3_stmt_readonly(r->cursor))
			r->changed = sqlite3_changes64(s->handle);
		sqlite3_reset(r->cursor); /* lets go of the read lock */
		return STEP_DONE;
	default:
		sqlite_fail(s, s->db.statements.list[r->statement].name);
		return STEP_FAIL;
	}
}

static int64_t
get_int(struct rows *r, int column)
{
	return sqlite3_column_int64(r->cursor, column);
}

static double
get_double(struct rows *r, int column)
{
	return sqlite3_column_double(r->cursor, column);
}

static const char *
get_text(struct rows *r, int column)
{
	return (const char *)sqlite3_column_text(r->cursor, column);
}

static bool
get_null(struct rows *r, int column)
{
	return sqlite3_column_type(r->cursor, column) == SQLITE_NULL;
}

/* SQLite gives NULL for an empty blob too; here only null is NULL. */
static const void *
get_blob(struct rows *r, int column, size_t *size)
{
	const void *bytes = sqlite3_column_blob(r->cursor, column);

	*size = (size_t)sqlite3_column_bytes(r->cursor, column);
	return bytes || get_null(r, column) ? bytes : "";
}

static void
finish_sqlite(struct rows *r)
{
	if (r->own) {
		sqlite3_finalize(r->cursor);
		return;
	}
	sqlite3_reset(r->cursor);
	sqlite3_clear_bindings(r->cursor);
	sqlite_of(r->db)->prepared[r->statement].busy = false;
}

static void
sqlite_break_off(struct db *db)
{
	sqlite3_interrupt(sqlite_of(db)->handle);
}

const struct engine engine_sqlite = {
    .name = "sqlite",
    .script = sql_sqlite,
    .size = sizeof(struct sqlite),
    .open = open_file,
    .close = close_file,
    .settle = sqlite_end_statement,
    .checkpoint = checkpoint,
    .misplaced = misplaced,
    .ready = sqlite_ready,
    .script_run = sqlite_script_run,
    .begin = run_own,
    .commit = run_own,
    .rollback = sqlite_rollback,
    .check = sqlite_check,
    .query = query,
    .run_rows = run_rows,
    .next = sqlite_next,
    .get_int = get_int,
    .get_double = get_double,
    .get_text = get_text,
    .get_blob = get_blob,
    .get_null = get_null,
    .finish = finish_sqlite,
    .interrupt = sqlite_break_off,
    .patience = sqlite_patience,
};
