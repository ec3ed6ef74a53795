/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The audit log on both engines: what was done is found again newest first, by
 * who, what and when; and the database itself refuses to change or take away a
 * row of it, also from somebody who writes the SQL himself.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "server/db/db.h"
#include "server/store/people/audit.h"
#include "shared/arena.h"
#include "tests/kit/store_parts.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "tests/db/engines.h"

static struct arena arena;

static struct db *
audited_store(void)
{
	struct db *db = fresh_store();
	const struct deed deeds[] = {
	    {.at = 1000,
		.login = "lan",
		.role = "admin",
		.place = "pages",
		.act = "unit.change",
		.unit = "595",
		.object = "22969",
		.before = "{\"name\":\"a\"}",
		.after = "{\"name\":\"b\"}"},
	    {.at = 2000,
		.login = "root",
		.role = "",
		.place = "command",
		.act = "user.add",
		.object = "lan"},
	    {.at = 3000,
		.login = "lan",
		.role = "admin",
		.place = "pages",
		.act = "unit.close",
		.unit = "595",
		.object = "22969",
		.reason = "sáp nhập"},
	};

	for (size_t i = 0; i < sizeof(deeds) / sizeof(deeds[0]); i++)
		assert_true(store_audit(db, &deeds[i]));
	return db;
}

static size_t
ask(struct db *db, struct deed_query q, struct deed **list)
{
	size_t count;

	if (q.to == 0)
		q.to = INT64_MAX;
	if (q.most == 0)
		q.most = 100;
	memset(&q.before, 0xff, sizeof(q.before));
	assert_true(store_audit_list(db, &arena, &q, list, &count));
	return count;
}

static void
test_found(void **state)
{
	struct db *db = audited_store();
	struct deed *list, *rest;
	struct deed_query next = {.to = INT64_MAX, .most = 2};
	size_t count;

	(void)state;
	assert_int_equal(ask(db, (struct deed_query){0}, &list), 3);
	assert_string_equal(list[0].act, "unit.close");
	assert_string_equal(list[0].reason, "sáp nhập");
	assert_string_equal(list[2].before, "{\"name\":\"a\"}");
	assert_string_equal(list[1].unit, "");
	assert_int_equal(
	    ask(db, (struct deed_query){.login = "lan"}, &list), 2);
	assert_int_equal(
	    ask(db, (struct deed_query){.act = "unit."}, &list), 2);
	assert_int_equal(
	    ask(db, (struct deed_query){.object = "lan"}, &list), 1);
	assert_int_equal(
	    ask(db, (struct deed_query){.from = 2000, .to = 2999}, &list), 1);
	assert_int_equal(ask(db, (struct deed_query){.unit = "595"}, &list), 2);
	assert_int_equal(
	    ask(db, (struct deed_query){.unit = "22969"}, &list), 0);
	assert_int_equal(ask(db, (struct deed_query){.most = 2}, &list), 2);
	next.before = list[1].id;
	assert_true(store_audit_list(db, &arena, &next, &rest, &count));
	assert_int_equal(count, 1);
	assert_string_equal(rest[0].act, "unit.change");
	db_close(db);
}

static int
run(const char *url, const char *sql)
{
	sqlite3 *file;
	int code;

	assert_int_equal(
	    sqlite3_open(url + strlen("sqlite:"), &file), SQLITE_OK);
	code = sqlite3_exec(file, sql, NULL, NULL, NULL);
	sqlite3_close(file);
	return code;
}

/* SQL from somebody who goes to the database himself is refused. */
static void
refuse(const char *url, const char *sql)
{
	char command[1024];

	if (tried_server() != NULL) {
		snprintf(command, sizeof(command),
		    "psql -X -q -c \"%s\" '%s' 2>/dev/null", sql, url);
		assert_int_equal(system("psql --version >/dev/null"), 0);
		assert_int_not_equal(system(command), 0);
		return;
	}
	assert_int_equal(run(url, sql), SQLITE_CONSTRAINT);
}

static void
test_only_added(void **state)
{
	struct db *db = audited_store();
	struct deed again;
	const char *url = store_address();
	struct deed *list;

	(void)state;
	refuse(url, "UPDATE audit SET login = 'x'");
	refuse(url, "DELETE FROM audit WHERE login = 'lan'");
	refuse(url, "DELETE FROM audit");
	if (tried_server() != NULL)
		refuse(url, "TRUNCATE audit");
	else /* ends well and does nothing */
		assert_int_equal(
		    run(url, "REPLACE INTO audit SELECT id, 0, '', '', "
			     "'', '', '', '', '', '', '' FROM audit"),
		    SQLITE_OK);
	assert_int_equal(
	    ask(db, (struct deed_query){.login = "lan"}, &list), 2);
	assert_int_equal(ask(db, (struct deed_query){0}, &list), 3);
	again = list[0]; /* as the writer does after it lost its connection */
	assert_true(store_audit(db, &again));
	assert_int_equal(ask(db, (struct deed_query){0}, &list), 3);
	db_close(db);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_found),
	    cmocka_unit_test(test_only_added),
	};

	return run_on_engines("audit", tests, sizeof(tests) / sizeof(tests[0]));
}
