/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * An upgrade of the schema that is cut at every change of the disk: afterwards
 * one whole schema or the other is there, and starting again finishes it. On
 * the trial schemas of tests/db, which have three versions.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "server/db/db_engine.h"

#include <stdio.h>
#include <string.h>
#include "tests/rigs/disk.h"

#define URL "sqlite:/disk/trial"

extern const char sql_schema[];
extern const char sql_schema_1[];

static struct disk_image *
first_version(void)
{
	static const struct sql_upgrade none[] = {{0, NULL}};
	struct db *db = db_connect(URL, DB_CREATE);

	assert_non_null(db);
	assert_true(db_upgrade_with(db, sql_schema_1, none));
	for (int64_t i = 1; i <= 50; i++)
		assert_true(db_run(db, Q_THING_INSERT, NULL, "it", i, "x"));
	db_close(db);
	disk_cut(SURVIVES_NOTHING);
	return disk_image();
}

static int64_t
things(struct db *db)
{
	struct rows *r = db_query(db, Q_THING_COUNT, "");
	int64_t n = rows_next(r) == STEP_ROW ? rows_int(r, 0) : -1;

	rows_close(r);
	return n;
}

/* How far it came, and that nothing is missing. */
static int
number_now(void)
{
	struct db *db = db_connect(URL, DB_WRITE);
	int number;

	assert_non_null(db);
	number = db_schema_number(db);
	assert_int_equal(things(db), 50);
	db_close(db);
	return number;
}

static void
test_cut_anywhere(void **state)
{
	unsigned reached[4] = {0}, cuts = 0;
	struct disk_image *image;
	struct db *db;
	bool dark = true;
	int number;

	(void)state;
	disk_install();
	disk_seed(1);
	image = first_version();
	for (int64_t at = 1; dark; at++)
		for (int s = 0; s < SURVIVALS; s++) {
			disk_restore(image);
			disk_seed((uint64_t)at);
			disk_dark_at(at);
			db_close(db_open(URL, DB_CREATE));
			dark = disk_dark();
			cuts += dark;
			disk_cut((enum survival)s);
			number = number_now();
			assert_in_range(number, 1, 3);
			reached[number]++;
			db = db_open(URL, DB_CREATE);
			assert_non_null(db);
			assert_int_equal(db_schema_number(db), 3);
			assert_int_equal(things(db), 50);
			db_close(db);
		}
	printf("%u cuts; left at schema 1, 2, 3: %u, %u, %u times\n", cuts,
	    reached[1], reached[2], reached[3]);
	assert_true(reached[1] > 0 && reached[2] > 0 && reached[3] > 0);
	disk_image_free(image);
	disk_clear();
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_cut_anywhere),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
