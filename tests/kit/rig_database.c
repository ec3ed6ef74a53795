/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What stands in the database, asked past the collector: SQLite's file is read
 * directly, PostgreSQL through psql. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "tests/kit/rig.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "shared/buf.h"
#include "tests/db/postgres_server.h"

#define VALUE 4096

/* ------------------------------------------------------------------- SQLite */

static sqlite3_stmt *
prepare(struct rig *r, const char *sql, sqlite3 **db)
{
	sqlite3_stmt *statement;
	char path[96];

	snprintf(path, sizeof(path), "%s/db", r->folder);
	assert_int_equal(sqlite3_open(path, db), SQLITE_OK);
	sqlite3_busy_timeout(*db, RIG_PATIENCE * 1000);
	assert_int_equal(
	    sqlite3_prepare_v2(*db, sql, -1, &statement, NULL), SQLITE_OK);
	return statement;
}

static size_t
missing_in_sqlite(struct rig *r, const struct uuid *ids, size_t n)
{
	sqlite3 *db;
	sqlite3_stmt *statement =
	    prepare(r, "SELECT 1 FROM answer WHERE id = ?", &db);
	size_t missing = 0;

	for (size_t i = 0; i < n; i++) {
		sqlite3_bind_blob(statement, 1, ids[i].bytes,
		    (int)sizeof(ids[i].bytes), SQLITE_STATIC);
		missing += sqlite3_step(statement) != SQLITE_ROW;
		sqlite3_reset(statement);
	}
	sqlite3_finalize(statement);
	sqlite3_close(db);
	return missing;
}

static void
ask_sqlite(struct rig *r, const char *sql, char value[VALUE])
{
	sqlite3 *db;
	sqlite3_stmt *statement = prepare(r, sql, &db);

	if (sqlite3_step(statement) == SQLITE_ROW &&
	    sqlite3_column_text(statement, 0) != NULL)
		snprintf(value, VALUE, "%s",
		    (const char *)sqlite3_column_text(statement, 0));
	sqlite3_finalize(statement);
	sqlite3_close(db);
}

/* --------------------------------------------------------------- PostgreSQL */

static void
ask_postgres(struct rig *r, const char *sql, char value[VALUE])
{
	char *answer = postgres_server_ask(r->postgres, r->name, sql);

	assert_non_null(answer);
	snprintf(value, VALUE, "%.*s", (int)strcspn(answer, "|\n"), answer);
	free(answer);
}

static size_t
missing_in_postgres(struct rig *r, const struct uuid *ids, size_t n)
{
	char text[UUID_TEXT], value[VALUE];
	struct buf sql;

	buf_init(&sql);
	buf_puts(&sql, "SELECT count(*) FROM (VALUES (NULL::uuid)");
	for (size_t i = 0; i < n; i++) {
		uuid_format(&ids[i], text);
		buf_printf(&sql, ",('%s')", text);
	}
	buf_puts(&sql, ") AS v (id) WHERE id IS NOT NULL AND NOT EXISTS "
		       "(SELECT 1 FROM answer a WHERE a.id = uuid_send(v.id))");
	ask_postgres(r, buf_text(&sql), value);
	buf_finish(&sql);
	return strtoul(value, NULL, 10);
}

/* --------------------------------------------------------------------- both */

size_t
rig_missing(struct rig *r, const struct uuid *ids, size_t n)
{
	return r->postgres == NULL ? missing_in_sqlite(r, ids, n)
				   : missing_in_postgres(r, ids, n);
}

void *
rig_sql_hold(struct rig *r)
{
	sqlite3 *db = NULL;

	assert_memory_equal(r->url, "sqlite:", 7);
	assert_int_equal(sqlite3_open(r->url + 7, &db), SQLITE_OK);
	sqlite3_busy_timeout(db, RIG_PATIENCE * 1000);
	assert_int_equal(
	    sqlite3_exec(db, "BEGIN IMMEDIATE", NULL, NULL, NULL), SQLITE_OK);
	return db;
}

void
rig_sql_release(void *held)
{
	assert_int_equal(
	    sqlite3_exec(held, "ROLLBACK", NULL, NULL, NULL), SQLITE_OK);
	sqlite3_close(held);
}

const char *
rig_sql(struct rig *r, const char *sql)
{
	static char value[VALUE];

	value[0] = '\0';
	if (r->postgres == NULL)
		ask_sqlite(r, sql, value);
	else
		ask_postgres(r, sql, value);
	return value;
}
