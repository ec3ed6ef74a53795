/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The plan's reports: which periods have one, by when, how long units explain,
 * which units; and whose figures a closed period has. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "server/core/period/plan.h"

#include <string.h>
#include "server/core/catalogue/catalogue.h"
#include "server/core/period/closed_period.h"
#include "server/core/period/workday.h"
#include "shared/civil.h"

static struct unit units[] = {{"A", "", "district", "A", 0, INT32_MAX},
    {"B", "A", "commune", "B", 0, INT32_MAX},
    {"C", "A", "commune", "C", 30000, INT32_MAX},
    {"D", "A", "commune", "D", 0, INT32_MAX}};
static struct desk desks[] = {{"A1", "a", &units[0], NULL, 0},
    {"B1", "b", &units[1], NULL, 0}, {"C1", "c", &units[2], NULL, 0}};

static struct catalogue
house(void)
{
	struct catalogue c = {.units = units,
	    .nunits = sizeof(units) / sizeof(*units),
	    .desks = desks,
	    .ndesks = sizeof(desks) / sizeof(*desks)};

	for (int i = 0; i < SETTING_COUNT; i++)
		c.settings[i] = setting_kinds[i].otherwise;
	return c;
}

static int32_t
day_of(const char *date)
{
	int32_t day;

	assert_true(civil_parse_date(date, &day));
	return day;
}

static void
test_dates(void **state)
{
	static const struct {
		const char *period;
		bool has;
		const char *due, *explain;
	} cases[] = {
	    {"2026-Q3", true, "2026-10-10", "2026-10-07"},
	    {"2026-H1", true, "2026-07-10", "2026-07-07"},
	    {"2026-9M", true, "2026-10-10", "2026-10-07"},
	    {"2026", true, "2027-01-15", "2027-01-08"},
	    {"2026-H2", false, "2027-01-10", "2027-01-08"},
	    {"2026-07", false, "2026-07-31", "2026-08-07"},
	    {"2026-07-01..2026-07-31", false, "2026-07-31", "2026-08-07"},
	};
	struct catalogue c = house();

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct period p;

		assert_true(period_parse(cases[i].period, PERIOD_CALENDAR, &p));
		assert_int_equal(plan_has(&c, &p), cases[i].has);
		assert_int_equal(plan_due(&c, &p), day_of(cases[i].due));
		assert_int_equal(
		    plan_explain_until(&c, &p), day_of(cases[i].explain));
	}
}

static void
test_days_off_move_it(void **state)
{
	struct day_off tet[] = {{day_of("2026-10-05"), true, "x"},
	    {day_of("2026-10-03"), false, "y"}};
	struct catalogue c = house();
	struct period p;

	(void)state;
	c.days_off = tet;
	c.ndays_off = 1;
	assert_true(period_parse("2026-Q3", PERIOD_CALENDAR, &p));
	assert_int_equal(plan_explain_until(&c, &p), day_of("2026-10-08"));
	c.ndays_off = 2; /* the Saturday is worked instead */
	assert_int_equal(plan_explain_until(&c, &p), day_of("2026-10-07"));
}

static void
test_periods(void **state)
{
	static const char *const calendar[] = {"2026", "2026-Q4", "2026-9M",
	    "2026-Q3", "2026-H1", "2026-Q2", NULL};
	static const char *const nd09[] = {
	    "2027", "2027-9M", "2027-H1", "2027-Q1", "2026", "2026-Q4", NULL};
	const struct {
		int64_t cut;
		const char *first, *today;
		const char *const *names;
	} cases[] = {
	    {0, "2026-05-20", "2026-12-20", calendar},
	    {1, "2026-10-01", "2026-12-20", nd09},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct catalogue c = house();
		struct period *list;
		struct arena a;
		size_t n;

		arena_init(&a);
		c.settings[SETTING_PERIOD_ND09] = cases[i].cut;
		plan_periods(&c, day_of(cases[i].first), day_of(cases[i].today),
		    &a, &list, &n);
		for (size_t k = 0; k < n; k++) {
			char name[PERIOD_TEXT];

			period_name(&list[k], name);
			assert_non_null(cases[i].names[k]);
			assert_string_equal(name, cases[i].names[k]);
		}
		assert_null(cases[i].names[n]);
		arena_finish(&a);
	}
}

/* Those with a desk that were there by its end. */
static void
test_units(void **state)
{
	const struct unit **list;
	struct catalogue c = house();
	struct period p;
	struct arena a;
	size_t n;

	(void)state;
	arena_init(&a);
	assert_true(period_parse("2026-Q3", PERIOD_CALENDAR, &p));
	plan_units(&c, &p, &a, &list, &n);
	assert_int_equal(n, 2);
	assert_string_equal(list[0]->code, "A");
	assert_string_equal(list[1]->code, "B");
	arena_finish(&a);
}

/* A closed period keeps the days it was closed with; others go by the setting.
 */
static void
test_closed(void **state)
{
	struct closed_period closed = {.snapshot = 7, .revision = 2};
	const struct closed_period *found;
	struct catalogue c = house();
	struct period p;

	(void)state;
	assert_true(period_parse("2026-Q3", PERIOD_CALENDAR, &closed.period));
	c.closed = &closed;
	c.nclosed = 1;
	c.settings[SETTING_PERIOD_ND09] = 1;
	assert_true(closed_period_parse(&c, "2026-Q3", &p, &found));
	assert_ptr_equal(found, &closed);
	assert_int_equal(p.first, day_of("2026-07-01"));
	assert_true(closed_period_parse(&c, "2026-Q2", &p, &found));
	assert_null(found);
	assert_int_equal(p.first, day_of("2026-03-15"));
	/* the same days under another name are another period */
	assert_true(
	    closed_period_parse(&c, "2026-07-01..2026-09-30", &p, &found));
	assert_null(found);
	assert_false(closed_period_parse(&c, "2026-Q5", &p, &found));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_dates),
	    cmocka_unit_test(test_days_off_move_it),
	    cmocka_unit_test(test_periods),
	    cmocka_unit_test(test_units),
	    cmocka_unit_test(test_closed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
