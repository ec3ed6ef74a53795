/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The collector's own SQL on both engines: the schema is made, and every
 * statement of sql/queries.sql can be prepared, has parameters $1 to $n and,
 * on PostgreSQL, only columns that the layer reads.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "server/db/db.h"
#include "tests/db/engines.h"

#include <string.h>

static void
test_every_statement_prepares(void **state)
{
	struct db *db = db_open(fresh_url(), DB_CREATE);

	(void)state;
	assert_non_null(db);
	assert_true(db_prepare_all(db));
	assert_int_equal(db_trouble(db), DB_FINE);
	db_close(db);
}

static void
test_prepared_for_readers(void **state)
{
	const char *url = fresh_url();
	struct db *db = db_open(url, DB_CREATE);

	(void)state;
	assert_non_null(db);
	db_close(db);
	db = db_open(url, DB_READ);
	assert_non_null(db);
	assert_true(db_prepare_all(db));
	db_close(db);
}

static void
test_names_are_known(void **state)
{
	(void)state;
	assert_string_equal(db_query_name(Q_META_GET), "meta_get");
	assert_string_equal(db_query_name(Q_ANSWER_ADD), "answer_add");
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_every_statement_prepares),
	    cmocka_unit_test(test_prepared_for_readers),
	    cmocka_unit_test(test_names_are_known),
	};

	return run_on_engines("queries", tests, 3);
}
