/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Databases as former versions left them (data/golden, one for each schema),
 * brought up to this version with a power cut at every change of the disk: all
 * the answers are there, unchanged, and counted. The answers are those of the
 * ledger, so every column is compared.
 *
 * The way up is one transaction for each schema, so that the first changes of
 * one file are the later ones of the file before it: the further a way leads,
 * the fewer of its changes are cut.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "tests/rigs/ledger.h"

#include <sqlite3.h>
#include <stdio.h>
#include <string.h>
#include "shared/buf.h"
#include "tests/rigs/disk.h"

#define ANSWERS 100
#define DENSE   50 /* changes, from the start, of which each one is cut */

static struct ledger ledger;

/* NULL: there is none of that schema. */
static struct disk_image *
golden(int schema)
{
	char path[60];
	sqlite3 *db = NULL;
	struct buf text;

	snprintf(path, sizeof(path), "data/golden/schema-%d.sql", schema);
	buf_init(&text);
	if (!buf_read_file(&text, path, 1 << 24)) {
		buf_finish(&text);
		return NULL;
	}
	disk_clear();
	assert_int_equal(sqlite3_open(LEDGER_PATH, &db), SQLITE_OK);
	assert_int_equal(
	    sqlite3_exec(db, "PRAGMA journal_mode=WAL", NULL, NULL, NULL),
	    SQLITE_OK);
	assert_int_equal(
	    sqlite3_exec(db, buf_text(&text), NULL, NULL, NULL), SQLITE_OK);
	sqlite3_close(db);
	buf_finish(&text);
	disk_cut(SURVIVES_NOTHING);
	return disk_image();
}

/* Brings it up, with the power gone at this change; false: it never went. */
static bool
bring_up(const struct disk_image *image, int64_t at, enum survival survival)
{
	struct findings f;
	bool dark;

	disk_restore(image);
	disk_seed((uint64_t)at);
	disk_dark_at(at);
	db_close(db_open(LEDGER_URL, DB_CREATE));
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

static void
test_every_schema(void **state)
{
	struct disk_image *image;
	unsigned cuts;
	bool dark;
	int schema;

	(void)state;
	ledger.count = ANSWERS;
	for (int n = 0; n < ANSWERS; n++)
		ledger.state[n] = ACKNOWLEDGED;
	for (schema = 1; (image = golden(schema)) != NULL; schema++) {
		cuts = 0;
		hush();
		for (int64_t at = 1; at == 1 || dark; at += 1 + at / DENSE)
			for (int s = 0; s < SURVIVALS; s++) {
				dark = bring_up(image, at, (enum survival)s);
				cuts += dark;
			}
		unhush();
		printf("from schema %d: %u cuts\n", schema, cuts);
		fflush(stdout);
		disk_image_free(image);
	}
	assert_true(schema > 1);
	disk_clear();
}

static int
install(void **state)
{
	(void)state;
	disk_install();
	disk_seed(1);
	return 0;
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_every_schema),
	};

	return cmocka_run_group_tests(tests, install, NULL);
}
