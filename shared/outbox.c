/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The outbox on SQLite. Its SQL is sql/outbox.sql, embedded and cut by
 * shared/statements.c. Every call is one durable commit, unless the caller
 * gathers several between outbox_begin and outbox_commit.
 *
 * The one race worth knowing: a citizen may change an answer while the courier
 * is sending it. outbox_due therefore marks what it gives away (`taken`), a
 * put unmarks it, and outbox_done deletes only what is still marked: the
 * changed body stays and is sent too, and the collector's word about it
 * (conflict) is kept with it. Holds make this rare, the mark makes it safe.
 */
#include "shared/outbox.h"

#include <errno.h>
#include <pthread.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include "shared/clock.h"
#include "shared/limits.h"
#include "shared/log.h"
#include "shared/outbox_file.h"
#include "shared/statements.h"
#include "shared/private_file.h"
#include "shared/same_file.h"

extern const char outbox_sql[];

enum statement {
	S_BEGIN,
	S_COMMIT,
	S_ROLLBACK,
	S_PUT,
	S_RELEASE,
	S_DUE,
	S_TAKE,
	S_DONE,
	S_REFUSE,
	S_DEPTH,
	S_REFUSED,
	S_RESEND,
	S_RESENT,
	S_RESEND_WISH,
	S_COUNTER_READ,
	S_COUNTER_WRITE,
	S_PROBE,
	S_COUNT
};

static const char *const names[S_COUNT] = {"begin", "commit", "rollback", "put",
    "release", "due", "take", "done", "refuse", "depth", "refused", "resend",
    "resent", "resend_wish", "counter_read", "counter_write", "probe"};

struct outbox {
	char *path;
	struct outbox_file *file;
	sqlite3 *db;
	sqlite3_stmt *statements[S_COUNT];
	struct same_file files;
	int64_t seq;
	bool gathering; /* between outbox_begin and outbox_commit */
	bool spoiled;   /* something failed there: commit must not succeed */
};

static void
outbox_complain(const struct outbox *o, const char *deed)
{
	log_error(
	    "outbox %s: cannot %s: %s", o->path, deed, sqlite3_errmsg(o->db));
}

/* Runs several statements without parameters that stand under one name. */
static bool
run_all_of(struct outbox *o, const char *name)
{
	char *text = statement_copy(outbox_sql, name);
	bool ok = sqlite3_exec(o->db, text, NULL, NULL, NULL) == SQLITE_OK;

	free(text);
	return ok;
}

static void
bind_int(sqlite3_stmt *s, const char *name, int64_t value)
{
	int at = sqlite3_bind_parameter_index(s, name);

	if (at)
		sqlite3_bind_int64(s, at, value);
}

static void
bind_text(sqlite3_stmt *s, const char *name, const char *value)
{
	int at = sqlite3_bind_parameter_index(s, name);

	if (at)
		sqlite3_bind_text(s, at, value, -1, SQLITE_TRANSIENT);
}

/* A statement ready to step, with what any of them may ask for: the id, the
 * boot and the two clocks. */
static sqlite3_stmt *
outbox_ready(struct outbox *o, enum statement which, const struct uuid *id)
{
	sqlite3_stmt *s = o->statements[which];
	char text[UUID_TEXT];

	sqlite3_reset(s);
	sqlite3_clear_bindings(s);
	bind_text(s, ":boot", clock_boot());
	bind_int(s, ":mono", clock_mono());
	bind_int(s, ":wall", clock_now());
	if (id) {
		uuid_format(id, text);
		bind_text(s, ":id", text);
	}
	return s;
}

/* Steps a statement that gives no rows. */
static bool
finish_outbox(sqlite3_stmt *s)
{
	int rc = sqlite3_step(s);

	sqlite3_reset(s);
	return rc == SQLITE_DONE;
}

static bool
begin_outbox(struct outbox *o)
{
	return o->gathering || finish_outbox(outbox_ready(o, S_BEGIN, NULL));
}

/* Whether what was written can be found again; false, logged. */
static bool
outbox_in_place(struct outbox *o)
{
	const char *wrong = same_file_look(&o->files);

	if (wrong != NULL)
		log_error("outbox %s: %s", o->path, wrong);
	return wrong == NULL;
}

/* Ends what begin began; a failed part undoes the whole. deed NULL: why it
 * failed has been said. */
static bool
end(struct outbox *o, bool ok, const char *deed)
{
	if (!ok && deed)
		outbox_complain(o, deed);
	if (o->gathering) {
		o->spoiled = o->spoiled || !ok;
		return ok;
	}
	if (ok && !finish_outbox(outbox_ready(o, S_COMMIT, NULL))) {
		outbox_complain(o, deed);
		ok = false;
	}
	if (!ok && !sqlite3_get_autocommit(o->db))
		finish_outbox(outbox_ready(o, S_ROLLBACK, NULL));
	return ok && outbox_in_place(o);
}

/* SQLite's last error in the words of errno; 0 tells "damaged". */
static int
error_number(sqlite3 *db)
{
	switch (sqlite3_errcode(db)) {
	case SQLITE_CORRUPT:
	case SQLITE_NOTADB:
		return 0;
	case SQLITE_FULL:
		return ENOSPC;
	case SQLITE_BUSY:
		return EBUSY;
	case SQLITE_CANTOPEN:
	case SQLITE_READONLY:
		return EACCES;
	default:
		return EIO;
	}
}

static bool
sound(struct outbox *o, bool *damaged)
{
	sqlite3_stmt *s = NULL;
	int rc = SQLITE_ERROR;
	size_t bytes;
	const char *text = statement_find(outbox_sql, "check", &bytes);

	*damaged = false;
	if (sqlite3_prepare_v2(o->db, text, (int)bytes, &s, NULL) ==
		SQLITE_OK &&
	    (rc = sqlite3_step(s)) == SQLITE_ROW)
		*damaged =
		    strcmp((const char *)sqlite3_column_text(s, 0), "ok") != 0;
	sqlite3_finalize(s);
	return rc == SQLITE_ROW && !*damaged;
}

static bool
prepare_outbox(struct outbox *o)
{
	const char *text;
	size_t bytes;
	size_t i;

	for (i = 0; i < S_COUNT; i++) {
		text = statement_find(outbox_sql, names[i], &bytes);
		if (sqlite3_prepare_v3(o->db, text, (int)bytes,
			SQLITE_PREPARE_PERSISTENT, &o->statements[i],
			NULL) != SQLITE_OK)
			return false;
	}
	return true;
}

static bool
read_counter(struct outbox *o)
{
	sqlite3_stmt *s = outbox_ready(o, S_COUNTER_READ, NULL);
	bool ok = sqlite3_step(s) == SQLITE_ROW;

	if (ok)
		o->seq = sqlite3_column_int64(s, 0);
	sqlite3_reset(s);
	return ok;
}

static void
close_database(struct outbox *o)
{
	size_t i;

	for (i = 0; i < S_COUNT; i++) {
		sqlite3_finalize(o->statements[i]);
		o->statements[i] = NULL;
	}
	sqlite3_close(o->db);
	o->db = NULL;
	same_file_finish(&o->files);
}

/* False with errno, and *damaged for a file that is no longer an outbox. The
 * first opening looks the file over; a second connection must not, nor may it
 * rename what the first is using. */
static bool
open_outbox_database(struct outbox *o, bool first, bool *damaged)
{
	const int flags =
	    SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX;
	bool ok;
	int error;

	*damaged = false;
	ok = sqlite3_open_v2(o->path, &o->db, flags, NULL) == SQLITE_OK;
	/* for this user alone, whatever the umask was; files beside it follow
	 */
	private_file(o->path);
	same_file_begin(&o->files, o->path);
	ok = ok && run_all_of(o, "setup") && (!first || sound(o, damaged)) &&
	     run_all_of(o, "schema") && prepare_outbox(o) && read_counter(o);
	if (ok)
		return true;
	error = *damaged ? 0 : error_number(o->db);
	*damaged = error == 0;
	if (*damaged)
		log_error("outbox %s: the file is damaged", o->path);
	else
		outbox_complain(o, "open it");
	close_database(o);
	errno = error ? error : EIO;
	return false;
}

struct outbox *
outbox_open(const char *path)
{
	static pthread_mutex_t opening = PTHREAD_MUTEX_INITIALIZER;
	struct outbox *o = calloc(1, sizeof(*o));
	bool first, damaged, ok = false;
	int error;

	if (!o || !(o->path = strdup(path))) {
		free(o);
		return NULL;
	}
	if (clock_boot()[0] == '\0')
		log_warn("no boot id; holds may end early");
	pthread_mutex_lock(&opening);
	o->file = outbox_file_hold(path, &first);
	if (o->file)
		ok = open_outbox_database(o, first, &damaged) ||
		     (first && damaged && outbox_file_set_aside(path) &&
			 open_outbox_database(o, first, &damaged));
	error = errno;
	if (!ok) {
		outbox_close(o);
		o = NULL;
	}
	pthread_mutex_unlock(&opening);
	errno = error;
	return o;
}

void
outbox_close(struct outbox *o)
{
	if (!o)
		return;
	close_database(o);
	outbox_file_release(o->file);
	free(o->path);
	free(o);
}

static bool
write_counter(struct outbox *o)
{
	sqlite3_stmt *s = outbox_ready(o, S_COUNTER_WRITE, NULL);

	bind_int(s, ":value", o->seq);
	return finish_outbox(s);
}

bool
outbox_put(
    struct outbox *o, const struct uuid *id, const char *body, int64_t hold_ms)
{
	sqlite3_stmt *s;
	const char *deed = "store an answer";
	bool ok = begin_outbox(o);

	if (ok) {
		s = outbox_ready(o, S_PUT, id);
		bind_text(s, ":body", body);
		bind_int(s, ":hold", hold_ms);
		bind_int(s, ":room", LIMIT_OUTBOX_ROWS);
		ok = finish_outbox(s);
		if (ok && sqlite3_changes(o->db) == 0) {
			ok = false;
			deed = NULL;
			log_error("outbox %s is full (%d unsent): see why the "
				  "collector is not reached",
			    o->path, LIMIT_OUTBOX_ROWS);
		}
		ok = ok && write_counter(o);
	}
	return end(o, ok, deed);
}

bool
outbox_release(struct outbox *o, const struct uuid *id)
{
	return end(o,
	    begin_outbox(o) && finish_outbox(outbox_ready(o, S_RELEASE, id)),
	    "release an answer");
}

static void
add_outbox_row(struct outbox_row **rows, size_t *n, sqlite3_stmt *s)
{
	struct outbox_row *row;

	*rows = reallocarray(*rows, *n + 1, sizeof(**rows));
	if (!*rows)
		abort();
	row = &(*rows)[*n];
	row->seq = sqlite3_column_int64(s, 0);
	row->body = strdup((const char *)sqlite3_column_text(s, 2));
	if (!row->body)
		abort();
	if (uuid_parse((const char *)sqlite3_column_text(s, 1), &row->id))
		(*n)++;
	else
		free((void *)row->body);
}

struct outbox_row *
outbox_due(struct outbox *o, size_t skip, size_t max, size_t *n)
{
	struct outbox_row *rows = NULL;
	sqlite3_stmt *s;
	bool ok;
	int rc = SQLITE_DONE;
	size_t i;

	*n = 0;
	ok = begin_outbox(o);
	if (ok) {
		s = outbox_ready(o, S_DUE, NULL);
		bind_int(s, ":max", (int64_t)max);
		bind_int(s, ":skip", (int64_t)skip);
		while ((rc = sqlite3_step(s)) == SQLITE_ROW)
			add_outbox_row(&rows, n, s);
		sqlite3_reset(s);
	}
	ok = ok && rc == SQLITE_DONE;
	for (i = 0; i < *n && ok; i++)
		ok = finish_outbox(outbox_ready(o, S_TAKE, &rows[i].id));
	if (!end(o, ok, "read what is due") || *n == 0) {
		outbox_rows_free(rows, *n);
		rows = NULL;
		*n = 0;
	}
	return rows;
}

void
outbox_rows_free(struct outbox_row *rows, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		free((void *)rows[i].body);
	free(rows);
}

bool
outbox_done(struct outbox *o, const struct uuid *id)
{
	return end(o,
	    begin_outbox(o) && finish_outbox(outbox_ready(o, S_DONE, id)),
	    "let an answer go");
}

bool
outbox_refused(struct outbox *o, const struct uuid *id, const char *reason)
{
	sqlite3_stmt *s;
	bool ok = begin_outbox(o);

	if (ok) {
		s = outbox_ready(o, S_REFUSE, id);
		bind_text(s, ":reason", reason);
		ok = finish_outbox(s) &&
		     finish_outbox(outbox_ready(o, S_DONE, id));
	}
	return end(o, ok, "set an answer aside");
}

bool
outbox_depth(struct outbox *o, int64_t *rows, int64_t *oldest_ms)
{
	sqlite3_stmt *s = outbox_ready(o, S_DEPTH, NULL);
	bool ok = sqlite3_step(s) == SQLITE_ROW;

	*rows = ok ? sqlite3_column_int64(s, 0) : 0;
	*oldest_ms = ok ? sqlite3_column_int64(s, 1) : 0;
	sqlite3_reset(s);
	if (!ok)
		outbox_complain(o, "count its rows");
	return ok;
}

int64_t
outbox_set_aside(struct outbox *o)
{
	sqlite3_stmt *s = outbox_ready(o, S_REFUSED, NULL);
	int64_t n =
	    sqlite3_step(s) == SQLITE_ROW ? sqlite3_column_int64(s, 0) : -1;

	sqlite3_reset(s);
	if (n < 0)
		outbox_complain(o, "count what was refused");
	return n;
}

/* True when the wish is new, and kept as heard. */
static bool
hear_wish(struct outbox *o, int64_t wish, bool *ok)
{
	sqlite3_stmt *s;

	if (wish == 0)
		return true;
	s = outbox_ready(o, S_RESEND_WISH, NULL);
	bind_int(s, ":value", wish);
	*ok = finish_outbox(s);
	return *ok && sqlite3_changes(o->db) > 0;
}

int64_t
outbox_resend(struct outbox *o, int64_t wish)
{
	int64_t n = 0;
	bool ok = begin_outbox(o);
	sqlite3_stmt *s;

	if (ok && hear_wish(o, wish, &ok)) {
		s = outbox_ready(o, S_RESEND, NULL);
		bind_int(s, ":room", LIMIT_OUTBOX_ROWS);
		ok = finish_outbox(s) &&
		     finish_outbox(outbox_ready(o, S_RESENT, NULL));
		n = sqlite3_changes(o->db);
	}
	return end(o, ok, "send again what was refused") ? n : -1;
}

int64_t
outbox_next_seq(struct outbox *o)
{
	return ++o->seq;
}

void
outbox_raise_seq(struct outbox *o, int64_t seen)
{
	if (seen > o->seq)
		o->seq = seen;
}

bool
outbox_begin(struct outbox *o)
{
	bool ok = begin_outbox(o);

	o->gathering = ok;
	o->spoiled = false;
	if (!ok)
		outbox_complain(o, "begin to write");
	return ok;
}

bool
outbox_commit(struct outbox *o)
{
	o->gathering = false;
	return end(o, !o->spoiled, "finish writing");
}

bool
outbox_usable(struct outbox *o)
{
	sqlite3_stmt *s;
	int64_t rows, oldest;
	bool ok = begin_outbox(o);

	if (ok) {
		s = outbox_ready(o, S_PROBE, NULL);
		bind_int(s, ":value", clock_now());
		ok = finish_outbox(s);
	}
	ok = end(o, ok, "write");
	return ok && outbox_depth(o, &rows, &oldest) &&
	       rows < LIMIT_OUTBOX_ROWS;
}
