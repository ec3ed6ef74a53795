/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Databases of former versions, brought up to this one with a power cut at the
 * changes of the disk: all the answers are there, unchanged, and counted. The
 * answers are those of the ledger, so every column is compared.
 *
 * The first schema and the newest that a former version left are kept in full
 * (data/golden/schema-N.sql) and walk the whole way. Those between are made by
 * the upgrades, must consist of what the versions of their time had made of
 * theirs (data/golden/shape.tsv), and each walks one step.
 *
 * The way up is one transaction for each schema, so that the later changes of
 * the whole way are those of the steps: the further a way leads, the fewer of
 * its changes are cut. Processes share the ways to survive (my_share).
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "tests/rigs/ledger.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "server/db/db_engine.h"
#include "shared/buf.h"
#include "tests/rigs/disk.h"

#define ANSWERS 100
#define DENSE   50 /* changes, from the start, of which each one is cut */
#define FIRST   1  /* the schemas that are kept in full */
#define NEWEST  12
#define SHAPE   "data/golden/shape.tsv"

extern const char sql_schema[];

static struct ledger ledger;

/* ------------------------------------------------------------ the databases */

/* A file of data/golden, NUL-terminated; free it with buf_finish. */
static void
read_golden(struct buf *text, const char *path)
{
	buf_init(text);
	assert_true(buf_read_file(text, path, 1 << 24));
}

/* What lies on the disk once the power is gone; free with disk_image_free. */
static struct disk_image *
safe_image(void)
{
	disk_cut(SURVIVES_NOTHING);
	return disk_image();
}

static struct disk_image *
golden(int schema)
{
	char path[60];
	sqlite3 *db = NULL;
	struct buf text;

	snprintf(path, sizeof(path), "data/golden/schema-%d.sql", schema);
	read_golden(&text, path);
	disk_clear();
	assert_int_equal(sqlite3_open(LEDGER_PATH, &db), SQLITE_OK);
	assert_int_equal(
	    sqlite3_exec(db, "PRAGMA journal_mode=WAL", NULL, NULL, NULL),
	    SQLITE_OK);
	assert_int_equal(
	    sqlite3_exec(db, buf_text(&text), NULL, NULL, NULL), SQLITE_OK);
	sqlite3_close(db);
	buf_finish(&text);
	return safe_image();
}

/* Brings the database on the disk up to this schema; false: it could not. */
static bool
upgrade_to(int schema)
{
	struct sql_upgrade list[64] = {{0, NULL}};
	struct db *db = db_connect(LEDGER_URL, DB_CREATE);
	bool done;

	for (int i = 0;
	     sql_upgrades[i].number != 0 && sql_upgrades[i].number <= schema;
	     i++) {
		list[i] = sql_upgrades[i];
		list[i + 1].number = 0;
	}
	done = db != NULL && db_upgrade_with(db, sql_schema, list);
	db_close(db);
	return done;
}

/* The database of a step, made of the image of the one before. */
static struct disk_image *
next_schema(const struct disk_image *before, int schema)
{
	disk_restore(before);
	assert_true(upgrade_to(schema));
	return safe_image();
}

/* ---------------------------------------------------------------- the shape */

/* Without comments, each run of white space one blank, none at the end. */
static void
normalize(const char *sql, char *out, size_t size)
{
	size_t n = 0;

	while (*sql != '\0' && n + 2 < size) {
		if (strncmp(sql, "--", 2) == 0) {
			sql += strcspn(sql, "\n");
		} else if (strchr(" \t\n", *sql) != NULL) {
			if (n > 0 && out[n - 1] != ' ')
				out[n++] = ' ';
			sql++;
		} else {
			out[n++] = *sql++;
		}
	}
	if (n > 0 && out[n - 1] == ' ')
		n--;
	out[n] = '\0';
}

/* Whether shape.tsv has this object in this schema, with this definition. */
static bool
expected(const char *shape, int schema, const char *name, const char *sql)
{
	char line[4300];
	const char *at;

	for (int from = 1; from <= schema; from++)
		for (int to = schema; to <= NEWEST; to++) {
			snprintf(line, sizeof(line), "\n%d\t%d\t%s\t%s\n", from,
			    to, name, sql);
			at = strstr(shape, line);
			if (at != NULL)
				return true;
		}
	return false;
}

/* How many objects shape.tsv has in this schema. */
static int
count_expected(const char *shape, int schema)
{
	int from, to, n = 0;

	for (; shape != NULL; shape = strchr(shape + 1, '\n'))
		n += sscanf(shape, "\n%d\t%d\t", &from, &to) == 2 &&
		     from <= schema && schema <= to;
	return n;
}

/* The database on the disk consists of what it did when a version of its time
 * had made it. */
static void
check_shape(const char *shape, int schema)
{
	sqlite3 *db = NULL;
	sqlite3_stmt *s = NULL;
	char sql[4096];
	int n = 0;

	assert_int_equal(sqlite3_open(LEDGER_PATH, &db), SQLITE_OK);
	assert_int_equal(sqlite3_prepare_v2(db,
			     "SELECT name, sql FROM sqlite_schema "
			     "WHERE sql IS NOT NULL",
			     -1, &s, NULL),
	    SQLITE_OK);
	while (sqlite3_step(s) == SQLITE_ROW) {
		const char *name = (const char *)sqlite3_column_text(s, 0);

		normalize(
		    (const char *)sqlite3_column_text(s, 1), sql, sizeof(sql));
		if (!expected(shape, schema, name, sql))
			fail_msg("schema %d, %s: not of its time: %s", schema,
			    name, sql);
		n++;
	}
	sqlite3_finalize(s);
	sqlite3_close(db);
	assert_int_equal(n, count_expected(shape, schema));
}

/* --------------------------------------------------------------------- cuts */

/* Brings it up to a schema with the power gone at this change, then to the
 * newest; false: the power never went. */
static bool
bring_up(const struct disk_image *image, int schema, int64_t at,
    enum survival survival)
{
	struct findings f;
	bool dark;

	disk_restore(image);
	disk_seed((uint64_t)at);
	disk_dark_at(at);
	upgrade_to(schema);
	dark = disk_dark();
	disk_cut(survival);
	db_close(db_open(LEDGER_URL, DB_CREATE));
	f = ledger_look(&ledger);
	if (!findings_good(&f) || f.stored != ANSWERS) {
		unhush();
		findings_print("golden", &f);
		fail_msg("cut at change %lld", (long long)at);
	}
	return dark;
}

/* Cuts the way up to a schema: each of its first changes, then fewer. */
static void
cut_way(const struct disk_image *image, int from, int to)
{
	unsigned cuts = 0;
	bool dark = true;

	hush();
	for (int64_t at = 1; dark; at += 1 + at / DENSE)
		for (unsigned s = 0; s < SURVIVALS; s++)
			if (my_share(s)) {
				dark =
				    bring_up(image, to, at, (enum survival)s);
				cuts += dark;
			}
	unhush();
	printf("from schema %d to %d: %u cuts\n", from, to, cuts);
	fflush(stdout);
	assert_true(cuts > 0);
}

/* ---------------------------------------------------------------- the tests */

static int
newest_schema(void)
{
	int n = 0;

	while (sql_upgrades[n].number != 0)
		n++;
	return sql_upgrades[n - 1].number;
}

static void
test_whole_way(void **state)
{
	static const int schemas[] = {FIRST, NEWEST};
	struct disk_image *image;

	(void)state;
	for (size_t i = 0; i < sizeof(schemas) / sizeof(schemas[0]); i++) {
		image = golden(schemas[i]);
		cut_way(image, schemas[i], newest_schema());
		disk_image_free(image);
	}
}

static void
test_each_step(void **state)
{
	struct disk_image *image = golden(FIRST), *next;
	struct buf shape;

	(void)state;
	read_golden(&shape, SHAPE);
	check_shape(buf_text(&shape), FIRST);
	for (int schema = FIRST + 1; schema <= NEWEST; schema++) {
		next = next_schema(image, schema);
		check_shape(buf_text(&shape), schema);
		if (schema > FIRST + 1)
			cut_way(image, schema - 1, schema);
		disk_image_free(image);
		image = next;
	}
	disk_image_free(image);
	buf_finish(&shape);
}

/* The newest that is kept is as its version left it, too. */
static void
test_shape_of_the_newest(void **state)
{
	struct buf shape;

	(void)state;
	read_golden(&shape, SHAPE);
	disk_image_free(golden(NEWEST));
	check_shape(buf_text(&shape), NEWEST);
	buf_finish(&shape);
}

static int
install(void **state)
{
	(void)state;
	disk_install();
	disk_seed(1);
	ledger.count = ANSWERS;
	for (int n = 0; n < ANSWERS; n++)
		ledger.state[n] = ACKNOWLEDGED;
	return 0;
}

static int
remove_disk(void **state)
{
	(void)state;
	disk_clear();
	return 0;
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_whole_way),
	    cmocka_unit_test(test_each_step),
	    cmocka_unit_test(test_shape_of_the_newest),
	};

	return cmocka_run_group_tests(tests, install, remove_disk);
}
