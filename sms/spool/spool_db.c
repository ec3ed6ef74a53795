/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The spool's SQLite: sql/spool.sql is embedded whole and cut by
 * shared/statements.c. Workers and the courier are processes of their own, each
 * with its own connection; a busy timeout of 10 s lets them wait for one
 * another. A write that fails is never tried again by the same process: the
 * caller ends, and a new process starts from what is on disk.
 */
#include "sms/spool/spool_db.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "shared/log.h"
#include "shared/statements.h"
#include "shared/private_file.h"
#include "sms/spool/spool.h"

extern const char spool_sql[];

static const char *const names[S_COUNT] = {"secret_read", "secret_make",
    "begin", "commit", "rollback", "part_add", "part_seen", "part_gone",
    "part_waiting", "part_joined", "message_add", "message_take",
    "message_waiting", "message_handed", "message_refused", "message_resend",
    "message_resend_wish", "outgoing_add", "outgoing_claim", "outgoing_ready",
    "outgoing_outcome", "outgoing_again", "outgoing_recover", "outgoing_expire",
    "outgoing_untold", "outgoing_told", "outgoing_depth", "outgoing_delivered",
    "flight_add", "flight_settle", "flight_open", "flight_end",
    "flight_end_all", "modem_start", "modem_state", "modem_look", "modem_list",
    "wish_add", "wish_next", "wish_answer", "wish_read", "figures",
    "poison_add", "pin_tried", "pin_try", "pin_accepted", "purge_part",
    "purge_message", "purge_outgoing", "purge_flight", "purge_wish",
    "purge_poison"};

static bool
run_script(struct spool *s, const char *name)
{
	char *script = statement_copy(spool_sql, name);
	bool ok = sqlite3_exec(s->db, script, NULL, NULL, NULL) == SQLITE_OK;

	free(script);
	return ok;
}

static bool
prepare_spool_db(struct spool *s)
{
	for (size_t i = 0; i < S_COUNT; i++) {
		size_t bytes;
		const char *sql = statement_find(spool_sql, names[i], &bytes);

		if (sqlite3_prepare_v3(s->db, sql, (int)bytes,
			SQLITE_PREPARE_PERSISTENT, &s->statements[i],
			NULL) != SQLITE_OK)
			return false;
	}
	return true;
}

static bool
read_secret(struct spool *s)
{
	unsigned char fresh[sizeof(s->secret)];
	sqlite3_stmt *st = spool_statement(s, S_SECRET_MAKE);
	bool ok = true;

	randombytes_buf(fresh, sizeof(fresh));
	spool_bind_blob(st, ":key", fresh, sizeof(fresh));
	if (!spool_run(s, st))
		return false;
	st = spool_statement(s, S_SECRET_READ);
	if (!spool_step(s, st, &ok) ||
	    sqlite3_column_bytes(st, 0) != (int)sizeof(s->secret))
		return false;
	memcpy(s->secret, sqlite3_column_blob(st, 0), sizeof(s->secret));
	sqlite3_reset(st);
	return true;
}

/* A file of a former version is brought up; the first process to open it is
 * alone. */
static bool
make_tables(struct spool *s)
{
	sqlite3_stmt *st = NULL;
	size_t bytes;
	const char *sql = statement_find(spool_sql, "version", &bytes);
	int version = 0;
	bool ok = true;

	if (sqlite3_prepare_v2(s->db, sql, (int)bytes, &st, NULL) != SQLITE_OK)
		return false;
	if (sqlite3_step(st) == SQLITE_ROW && sqlite3_column_int(st, 1) == 1)
		version = sqlite3_column_int(st, 0) < 2
			      ? 1
			      : sqlite3_column_int(st, 0);
	sqlite3_finalize(st);
	if (version == 1)
		ok = run_script(s, "from_version_1");
	if (version == 1 || version == 2)
		ok = ok && run_script(s, "from_version_2");
	ok = ok && run_script(s, "schema");
	return version == 1 ? ok && run_script(s, "after_version_1") : ok;
}

bool
spool_db_open(struct spool *s, const char *path, char *error, size_t error_size)
{
	/* Made here for its owner alone. One that is there is not opened: to
	 * close it would take the locks of this process away
	 * (shared/private_file.c). */
	int fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);

	memset(s, 0, sizeof(*s));
	if (fd < 0 && errno != EEXIST) {
		snprintf(
		    error, error_size, "spool %s: %s", path, strerror(errno));
		return false;
	}
	if (fd >= 0)
		close(fd);
	private_file(path); /* one of an earlier version */
	if (sodium_init() < 0 ||
	    sqlite3_open_v2(path, &s->db, SQLITE_OPEN_READWRITE, NULL) !=
		SQLITE_OK ||
	    !run_script(s, "setup") || !make_tables(s) ||
	    !prepare_spool_db(s) || !read_secret(s)) {
		snprintf(error, error_size, "spool %s: %s", path,
		    s->db == NULL ? "no memory" : sqlite3_errmsg(s->db));
		return false;
	}
	same_file_begin(&s->files, path);
	return true;
}

void
spool_db_close(struct spool *s)
{
	for (size_t i = 0; i < S_COUNT; i++)
		sqlite3_finalize(s->statements[i]);
	sqlite3_close(s->db);
	same_file_finish(&s->files);
	sodium_memzero(s, sizeof(*s));
}

sqlite3_stmt *
spool_statement(struct spool *s, enum spool_statement which)
{
	sqlite3_reset(s->statements[which]);
	sqlite3_clear_bindings(s->statements[which]);
	return s->statements[which];
}

static int
place_spool_db(sqlite3_stmt *st, const char *name)
{
	int at = sqlite3_bind_parameter_index(st, name);

	if (at == 0) {
		log_error("spool: statement without %s", name);
		abort();
	}
	return at;
}

void
spool_bind_int(sqlite3_stmt *st, const char *name, int64_t value)
{
	sqlite3_bind_int64(st, place_spool_db(st, name), value);
}

void
spool_bind_text(sqlite3_stmt *st, const char *name, const char *value)
{
	sqlite3_bind_text(
	    st, place_spool_db(st, name), value, -1, SQLITE_STATIC);
}

void
spool_bind_blob(
    sqlite3_stmt *st, const char *name, const void *value, size_t bytes)
{
	sqlite3_bind_blob(st, place_spool_db(st, name), bytes == 0 ? "" : value,
	    (int)bytes, SQLITE_STATIC);
}

static void
log_failure(struct spool *s)
{
	log_error("spool: %s; nothing is deleted from a modem until it can be "
		  "stored: check the disk",
	    sqlite3_errmsg(s->db));
}

bool
spool_run(struct spool *s, sqlite3_stmt *st)
{
	bool ok = sqlite3_step(st) == SQLITE_DONE;
	const char *wrong;

	if (!ok)
		log_failure(s);
	sqlite3_reset(st);
	wrong = same_file_look(&s->files);
	if (wrong != NULL)
		log_error("spool: %s; nothing is deleted from a modem", wrong);
	return ok && wrong == NULL;
}

bool
spool_step(struct spool *s, sqlite3_stmt *st, bool *ok)
{
	int step = sqlite3_step(st);

	if (step == SQLITE_ROW)
		return true;
	if (step != SQLITE_DONE) {
		log_failure(s);
		*ok = false;
	}
	sqlite3_reset(st);
	return false;
}

bool
spool_has_row(struct spool *s, sqlite3_stmt *st)
{
	bool ok = true, found = spool_step(s, st, &ok);

	sqlite3_reset(st);
	return found;
}

bool
spool_begin(struct spool *s)
{
	return spool_run(s, spool_statement(s, S_BEGIN));
}

bool
spool_end(struct spool *s, bool ok)
{
	if (ok && spool_run(s, spool_statement(s, S_COMMIT)))
		return true;
	if (!sqlite3_get_autocommit(s->db))
		spool_run(s, spool_statement(s, S_ROLLBACK));
	return false;
}

void
spool_hash(const struct spool *s, const struct spool_piece *pieces, size_t n,
    unsigned char key[SPOOL_KEY_BYTES])
{
	crypto_generichash_state state;

	crypto_generichash_init(
	    &state, s->secret, sizeof(s->secret), SPOOL_KEY_BYTES);
	for (size_t i = 0; i < n; i++) {
		uint64_t size = pieces[i].size;

		crypto_generichash_update(
		    &state, (const void *)&size, sizeof(size));
		crypto_generichash_update(
		    &state, pieces[i].bytes, pieces[i].size);
	}
	crypto_generichash_final(&state, key, SPOOL_KEY_BYTES);
}

void
spool_number_key(const struct spool *s, const char *number,
    unsigned char key[SPOOL_KEY_BYTES])
{
	const struct spool_piece piece = {number, strlen(number)};

	spool_hash(s, &piece, 1, key);
}

void
spool_copy(char *out, size_t size, sqlite3_stmt *st, int column)
{
	const char *text = (const char *)sqlite3_column_text(st, column);

	out[0] = '\0';
	if (text != NULL)
		strncat(out, text, size - 1);
}
