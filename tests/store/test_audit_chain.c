/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The chain of the audit log on both engines: it holds with several writers and
 * after an upgrade, and every way to tamper with the rows is found out, but
 * those that nothing inside the database can tell; these by a hash that was
 * kept elsewhere.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "server/db/db.h"
#include "server/store/people/audit.h"
#include "server/store/people/audit_chain.h"
#include "tests/kit/store_parts.h"

#include <pthread.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "tests/db/engines.h"

#define DEEDS   6
#define WRITERS 4
#define EACH    25

static bool
add_deed(struct db *db, int n)
{
	char object[24];

	snprintf(object, sizeof(object), "desk-%d", n);
	return store_audit(db, &(struct deed){.at = 1000 + n,
				   .login = "lan",
				   .role = "admin",
				   .place = "pages",
				   .act = "desk.change",
				   .unit = "595",
				   .object = object,
				   .before = "{\"name\":\"a\"}",
				   .after = "{\"name\":\"b\"}",
				   .reason = "vì"});
}

static struct db *
chained_store(void)
{
	struct db *db = fresh_store();

	for (int i = 1; i <= DEEDS; i++) {
		assert_true(db_begin(db));
		assert_true(add_deed(db, i));
		assert_true(db_commit(db));
	}
	return db;
}

/* SQL of somebody who may do everything, the triggers aside. */
static void
tamper(const char *sql)
{
	const char *url = store_address();
	char command[2048];
	sqlite3 *file;
	char *error = NULL;

	if (tried_server() != NULL) {
		snprintf(command, sizeof(command),
		    "psql -X -q -v ON_ERROR_STOP=1 -c 'SET "
		    "session_replication_role = replica' -c \"%s\" '%s'",
		    sql, url);
		assert_int_equal(system(command), 0);
		return;
	}
	assert_int_equal(
	    sqlite3_open(url + strlen("sqlite:"), &file), SQLITE_OK);
	assert_int_equal(
	    sqlite3_exec(file,
		"DROP TRIGGER IF EXISTS audit_stays; DROP TRIGGER IF EXISTS "
		"audit_remains; DROP TRIGGER IF EXISTS audit_link_stays; DROP "
		"TRIGGER IF EXISTS audit_link_remains",
		NULL, NULL, NULL),
	    SQLITE_OK);
	if (sqlite3_exec(file, sql, NULL, NULL, &error) != SQLITE_OK)
		fail_msg("%s: %s", sql, error);
	sqlite3_close(file);
}

static bool
holds(struct db *db, struct audit_chain *c)
{
	assert_true(audit_chain_check(db, c));
	return c->wrong == 0 && c->unlinked == 0 && !c->headless;
}

static void
test_holds(void **state)
{
	struct db *db = chained_store();
	struct audit_chain c;
	struct deed twice = {.at = 1,
	    .login = "",
	    .role = "",
	    .place = "rule",
	    .act = "unit.change",
	    .object = ""};

	(void)state;
	assert_true(holds(db, &c));
	assert_int_equal(c.deeds, DEEDS);
	assert_int_equal(c.seq, DEEDS);
	uuid_new(&twice.id);
	for (int i = 0; i < 3; i++) { /* kept once, linked once */
		assert_true(db_begin(db));
		assert_true(store_audit(db, &twice));
		assert_true(db_commit(db));
	}
	assert_true(db_begin(db)); /* what is rolled back leaves no gap */
	assert_true(add_deed(db, 99));
	db_rollback(db);
	assert_true(db_begin(db));
	assert_true(add_deed(db, 7));
	assert_true(db_commit(db));
	assert_true(holds(db, &c));
	assert_int_equal(c.links, DEEDS + 2);
	assert_true(audit_chain_has(db, c.seq, c.hash));
	assert_false(audit_chain_has(db, c.seq - 1, c.hash));
	db_close(db);
}

static const struct {
	const char *sql;
	int64_t first; /* link that is named; 0: another sign */
} tampered[] = {
    {"UPDATE audit SET login = 'x' WHERE object = 'desk-3'", 3},
    {"UPDATE audit SET role = 'x' WHERE object = 'desk-3'", 3},
    {"UPDATE audit SET place = 'api' WHERE object = 'desk-3'", 3},
    {"UPDATE audit SET act = 'x' WHERE object = 'desk-3'", 3},
    {"UPDATE audit SET unit = '' WHERE object = 'desk-3'", 3},
    {"UPDATE audit SET object = 'x' WHERE object = 'desk-1'", 1},
    {"UPDATE audit SET before = '' WHERE object = 'desk-3'", 3},
    {"UPDATE audit SET after = '' WHERE object = 'desk-6'", 6},
    {"UPDATE audit SET reason = '' WHERE object = 'desk-3'", 3},
    {"UPDATE audit SET at = at + 1 WHERE object = 'desk-3'", 3},
    /* from one column into the next */
    {"UPDATE audit SET before = '', after = before || after", 1},
    {"DELETE FROM audit WHERE object = 'desk-2'", 2},
    {"DELETE FROM audit WHERE object = 'desk-6'", 6},
    {"DELETE FROM audit", 1},
    {"DELETE FROM audit_link WHERE seq = 4", 4},
    {"DELETE FROM audit_link WHERE seq = 6", 0},
    {"DELETE FROM audit_link", 0},
    {"UPDATE audit_link SET hash = '' WHERE seq = 2", 2},
    {"UPDATE audit_link SET seq = seq + 10 WHERE seq > 3", 4},
    /* two deeds change places */
    {"UPDATE audit_link SET seq = -seq WHERE seq IN (2, 3); UPDATE "
     "audit_link SET seq = 5 + seq WHERE seq < 0",
	2},
    {"DELETE FROM audit WHERE object = 'desk-6'; DELETE FROM audit_link "
     "WHERE seq = 6",
	0},
    {"UPDATE audit_head SET seq = 3", 0},
    {"DELETE FROM audit_head", 0},
    {"UPDATE audit_head SET hash = 'x'", 0},
    {"INSERT INTO audit (id, at, login, role, place, act, unit, object, "
     "before, after, reason) SELECT CAST(object AS BYTEA), 1, '', '', '', '', "
     "'', '', '', '', '' FROM audit WHERE object = 'desk-2'",
	0},
};

static void
test_tampered(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(tampered) / sizeof(tampered[0]); i++) {
		struct db *db = chained_store();
		struct audit_chain c;

		db_close(db);
		tamper(tampered[i].sql);
		db = db_open(store_address(), DB_READ);
		assert_non_null(db);
		if (holds(db, &c) || c.first != tampered[i].first)
			fail_msg("%s: %lld wrong, first %lld, %lld unlinked",
			    tampered[i].sql, (long long)c.wrong,
			    (long long)c.first, (long long)c.unlinked);
		db_close(db);
	}
}

/* The end cut off, the head set back: inside nothing is wrong; a hash that was
 * kept elsewhere tells. */
static void
test_cut_off(void **state)
{
	struct db *db = chained_store();
	struct audit_chain kept, c;

	(void)state;
	assert_true(holds(db, &kept));
	db_close(db);
	tamper("DELETE FROM audit WHERE object IN ('desk-5', 'desk-6'); "
	       "DELETE FROM audit_link WHERE seq > 4; UPDATE audit_head SET "
	       "seq = 4, hash = (SELECT hash FROM audit_link WHERE seq = 4)");
	db = db_open(store_address(), DB_READ);
	assert_true(holds(db, &c));
	assert_int_equal(c.seq, 4);
	assert_false(audit_chain_has(db, kept.seq, kept.hash));
	db_close(db);
}

/* Deeds of before the chain. */
static void
test_upgrade(void **state)
{
	struct db *db = chained_store();
	struct audit_chain c;

	(void)state;
	db_close(db);
	tamper("DELETE FROM audit_link; DELETE FROM audit_head");
	db = db_open(store_address(), DB_WRITE);
	assert_non_null(db);
	assert_false(holds(db, &c));
	assert_int_equal(c.unlinked, DEEDS);
	for (int i = 0; i < 2; i++) { /* done again, it does nothing */
		assert_true(db_begin(db));
		assert_true(audit_chain_begin(db));
		assert_true(db_commit(db));
		assert_true(holds(db, &c));
		assert_int_equal(c.links, DEEDS);
	}
	db_close(db);
}

static void *
write_many(void *arg)
{
	struct db *db = db_open(arg, DB_WRITE);
	int done = 0;

	assert_non_null(db);
	while (done < EACH) {
		bool ok = db_begin(db) && add_deed(db, done) && db_commit(db);

		if (!ok)
			db_rollback(db);
		done += ok;
	}
	db_close(db);
	return NULL;
}

static void
test_several_writers(void **state)
{
	struct db *db = chained_store();
	pthread_t threads[WRITERS];
	struct audit_chain c;
	char url[300];

	(void)state;
	snprintf(url, sizeof(url), "%s", store_address());
	for (int i = 0; i < WRITERS; i++)
		assert_int_equal(
		    pthread_create(&threads[i], NULL, write_many, url), 0);
	for (int i = 0; i < WRITERS; i++)
		pthread_join(threads[i], NULL);
	assert_true(holds(db, &c));
	assert_int_equal(c.links, DEEDS + WRITERS * EACH);
	db_close(db);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_holds),
	    cmocka_unit_test(test_tampered),
	    cmocka_unit_test(test_cut_off),
	    cmocka_unit_test(test_upgrade),
	    cmocka_unit_test(test_several_writers),
	};

	return run_on_engines(
	    "audit_chain", tests, sizeof(tests) / sizeof(tests[0]));
}
