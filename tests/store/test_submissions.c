/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Units' reports in the store, on both engines: prepared once, changed only as
 * they were seen, measures kept one for each target. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "server/store/period/submissions.h"

#include <string.h>
#include "server/store/people/audit.h"
#include "shared/arena.h"
#include "tests/db/engines.h"
#include "tests/kit/store_parts.h"

static const char *const units[] = {"22969", "22972", "22975"};
static struct period quarter;

static struct deed
deed_of(const char *act, unsigned n)
{
	return (struct deed){.id = numbered(n),
	    .at = STORE_NOW,
	    .login = "lan",
	    .role = "manager",
	    .place = "pages",
	    .act = act,
	    .unit = "",
	    .object = "2026-Q3"};
}

static int64_t
prepare(struct db *db, size_t n)
{
	struct deed deed = deed_of("period.prepare", 1000 + (unsigned)n);
	int64_t made;

	assert_true(db_begin(db));
	assert_true(store_submissions_prepare(
	    db, &quarter, 20800, units, n, &deed, &made));
	assert_true(db_commit(db));
	return made;
}

static void
test_prepared_once(void **state)
{
	struct db *db = fresh_store();
	struct submission *list;
	struct arena a;
	size_t n;

	(void)state;
	assert_true(period_parse("2026-Q3", PERIOD_CALENDAR, &quarter));
	assert_int_equal(prepare(db, 2), 2);
	assert_int_equal(prepare(db, 2), 0);
	assert_int_equal(prepare(db, 3), 1); /* a unit that was added */
	arena_init(&a);
	assert_true(store_submissions(db, &a, &quarter, &list, &n));
	assert_int_equal(n, 3);
	for (size_t i = 0; i < n; i++) {
		assert_string_equal(list[i].unit, units[i]);
		assert_int_equal(list[i].state, SUBMISSION_DRAFT);
		assert_int_equal(list[i].due, 20800);
		assert_int_equal(list[i].apologies, APOLOGIES_UNSAID);
	}
	assert_true(store_submissions(db, &a, NULL, &list, &n));
	assert_int_equal(n, 3);
	arena_finish(&a);
	db_close(db);
}

/* Writes what a unit says; false: it stood otherwise than it was seen. */
static bool
change(struct db *db, const struct submission *seen, const char *words,
    const char *remedy, int64_t at, unsigned n)
{
	struct deed deed = deed_of("report.save", n);
	struct measure m = {.id = numbered(n),
	    .population = "tthc",
	    .field = "",
	    .words = remedy,
	    .person = "An",
	    .due = 20900};
	struct submission_change c = {.of = quarter,
	    .before = *seen,
	    .after = *seen,
	    .measures = &m,
	    .nmeasures = 1,
	    .audit = &deed};

	c.after.state = SUBMISSION_SUBMITTED;
	c.after.words = words;
	c.after.changed_at = at;
	assert_true(db_begin(db));
	assert_true(store_submission_change(db, &c));
	assert_true(db_commit(db));
	return !c.stale;
}

static void
test_changed_as_seen(void **state)
{
	struct db *db = fresh_store();
	struct submission seen = {.period = "2026-Q3",
	    .unit = "22969",
	    .due = 20800,
	    .words = "",
	    .changed_by = "",
	    .submitted_by = "",
	    .decided_by = "",
	    .reason = ""};
	struct submission now;
	struct measure *list;
	struct arena a;
	size_t n;

	(void)state;
	arena_init(&a);
	/* what was not prepared is made by the first who writes */
	assert_true(change(db, &seen, "thiếu người", "thêm người", 5, 1));
	assert_false(change(db, &seen, "khác", "không", 6, 2));
	assert_int_equal(
	    store_submission(db, &a, &quarter, "22969", &now), STEP_ROW);
	assert_string_equal(now.words, "thiếu người");
	assert_int_equal(now.changed_at, 5);
	assert_int_equal(
	    store_submission(db, &a, &quarter, "22972", &now), STEP_DONE);
	assert_int_equal(
	    store_submission(db, &a, &quarter, "22969", &now), STEP_ROW);
	assert_true(change(db, &now, "nữa", "thêm hai người", 7, 3));
	assert_true(store_measures(db, &a, "22969", &list, &n));
	assert_int_equal(n, 1);
	assert_string_equal(list[0].words, "thêm hai người");
	assert_string_equal(list[0].state, "open");
	assert_true(store_measures(db, &a, NULL, &list, &n));
	assert_int_equal(n, 1);
	assert_true(store_measures(db, &a, "22972", &list, &n));
	assert_int_equal(n, 0);
	arena_finish(&a);
	db_close(db);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_prepared_once),
	    cmocka_unit_test(test_changed_as_seen),
	};

	return run_on_engines(
	    "submissions", tests, sizeof(tests) / sizeof(tests[0]));
}
