/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Periods: text to days and back, the one before, and what is refused. */
#include "server/core/score/period.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
#include <cmocka.h>
#include "shared/civil.h"

static const struct {
	const char *text, *first, *last;
	const char *previous; /* "": none */
} periods[] = {
    {"2026-Q1", "2026-01-01", "2026-03-31", "2025-Q4"},
    {"2026-Q3", "2026-07-01", "2026-09-30", "2026-Q2"},
    {"2026-Q4", "2026-10-01", "2026-12-31", "2026-Q3"},
    {"2026-H1", "2026-01-01", "2026-06-30", "2025-H2"},
    {"2026-H2", "2026-07-01", "2026-12-31", "2026-H1"},
    {"2026-9M", "2026-01-01", "2026-09-30", "2025-9M"},
    {"2026", "2026-01-01", "2026-12-31", "2025"},
    {"2026-07", "2026-07-01", "2026-07-31", "2026-06"},
    {"2026-01", "2026-01-01", "2026-01-31", "2025-12"},
    {"2024-02", "2024-02-01", "2024-02-29", "2024-01"},
    {"2100-02", "2100-02-01", "2100-02-28", "2100-01"},
    {"2026-07-01..2026-09-30", "2026-07-01", "2026-09-30",
	"2026-03-31..2026-06-30"},
    {"2026-07-01..2026-07-01", "2026-07-01", "2026-07-01",
	"2026-06-30..2026-06-30"},
    {"2025-12-15..2026-06-14", "2025-12-15", "2026-06-14",
	"2025-06-16..2025-12-14"},
    {"2000", "2000-01-01", "2000-12-31", ""},
    {"2000-Q1", "2000-01-01", "2000-03-31", ""},
    {"2000-01-05..2000-01-31", "2000-01-05", "2000-01-31", ""},
    {"2999", "2999-01-01", "2999-12-31", "2998"},
};

static void
check(const struct period *p, const char *name, const char *first,
    const char *last)
{
	char text[PERIOD_TEXT];
	int32_t day;

	period_name(p, text);
	assert_string_equal(text, name);
	assert_true(civil_parse_date(first, &day));
	assert_int_equal(p->first, day);
	assert_true(civil_parse_date(last, &day));
	assert_int_equal(p->last, day);
}

static void
test_periods(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(periods) / sizeof(*periods); i++) {
		struct period p, before;
		bool found;
		char name[PERIOD_TEXT] = "";

		assert_true(period_parse(periods[i].text, PERIOD_CALENDAR, &p));
		check(&p, periods[i].text, periods[i].first, periods[i].last);
		found = period_previous(&p, &before);
		if (found) {
			period_name(&before, name);
			assert_int_equal(before.kind, p.kind);
		}
		assert_string_equal(name, periods[i].previous);
	}
}

/* The one before ends the day before, for the kinds that fill the year. */
static void
test_no_gap(void **state)
{
	struct period p, before;

	(void)state;
	for (enum period_cut cut = 0; cut < PERIOD_CUT_COUNT; cut++) {
		assert_true(period_parse("2040-12", cut, &p));
		for (int i = 0; i < 400; i++) {
			assert_true(period_previous(&p, &before));
			assert_int_equal(before.cut, cut);
			assert_int_equal(before.last + 1, p.first);
			p = before;
		}
	}
}

static void
test_refused(void **state)
{
	static const char *const refused[] = {"", "2", "202", "20266", "1999",
	    "3000", "2026-", "2026-Q", "2026-Q0", "2026-Q5", "2026-q3",
	    "2026-Q33", "2026-Q3 ", " 2026", "2026-H0", "2026-H3", "2026-6M",
	    "2026-9m", "2026-9M1", "2026-0", "2026-7", "2026-00", "2026-13",
	    "2026-077", "2026-07-01", "2026/07", "-2026", "+2026", "2026-+7",
	    "2026-07-01..", "..2026-07-01", "2026-07-01..2026-06-30",
	    "2026-02-29..2026-03-01", "2026-07-01..2026-09-31",
	    "2026-07-01...2026-09-30", "2026-07-01..2026-09-30 ",
	    "2026-7-1..2026-9-30", "1999-12-31..2000-01-31",
	    "2999-12-01..3000-01-01", "2026-07-01_.2026-09-30"};
	struct period p = {.year = 7};

	(void)state;
	for (size_t i = 0; i < sizeof(refused) / sizeof(*refused); i++) {
		if (period_parse(refused[i], PERIOD_ND09, &p))
			fail_msg("\"%s\" was taken", refused[i]);
		assert_int_equal(p.year, 7);
	}
}

/* Decree 09/2019, article 12, as DOMAIN 5.1 has it: leap years, the border of
 * the year, the border of a century. */
static void
test_nd09(void **state)
{
	static const struct {
		const char *text, *first, *last, *previous;
	} cases[] = {
	    {"2026-Q1", "2025-12-15", "2026-03-14", "2025-Q4"},
	    {"2026-Q2", "2026-03-15", "2026-06-14", "2026-Q1"},
	    {"2026-Q3", "2026-06-15", "2026-09-14", "2026-Q2"},
	    {"2026-Q4", "2026-09-15", "2026-12-14", "2026-Q3"},
	    {"2026-H1", "2025-12-15", "2026-06-14", "2025-H2"},
	    {"2026-H2", "2026-06-15", "2026-12-14", "2026-H1"},
	    {"2026-9M", "2025-12-15", "2026-09-14", "2025-9M"},
	    {"2026", "2025-12-15", "2026-12-14", "2025"},
	    {"2026-01", "2025-12-15", "2026-01-14", "2025-12"},
	    {"2026-12", "2026-11-15", "2026-12-14", "2026-11"},
	    {"2024-03", "2024-02-15", "2024-03-14", "2024-02"},
	    {"2024-02", "2024-01-15", "2024-02-14", "2024-01"},
	    {"2000-03", "2000-02-15", "2000-03-14", "2000-02"},
	    {"2100-03", "2100-02-15", "2100-03-14", "2100-02"},
	    {"2000-Q1", "1999-12-15", "2000-03-14", ""},
	    {"2026-06-10..2026-06-20", "2026-06-10", "2026-06-20",
		"2026-05-30..2026-06-09"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct period p, before;
		char name[PERIOD_TEXT] = "";

		assert_true(period_parse(cases[i].text, PERIOD_ND09, &p));
		check(&p, cases[i].text, cases[i].first, cases[i].last);
		if (period_previous(&p, &before))
			period_name(&before, name);
		assert_string_equal(name, cases[i].previous);
	}
}

/* Every day of 60 years lies in the period of its kind, and in no other. */
static void
test_at(void **state)
{
	int32_t first, last;

	(void)state;
	assert_true(civil_parse_date("2000-01-20", &first));
	assert_true(civil_parse_date("2060-11-30", &last));
	for (enum period_cut cut = 0; cut < PERIOD_CUT_COUNT; cut++)
		for (enum period_kind kind = 0; kind < PERIOD_RANGE; kind++)
			for (int32_t day = first; day < last; day++) {
				struct period p, read;
				char name[PERIOD_TEXT];
				bool in = period_at(kind, day, cut, &p);

				assert_int_equal(p.kind, kind);
				assert_int_equal(
				    in, p.first <= day && day <= p.last);
				assert_true(in || kind == PERIOD_NINE_MONTHS);
				period_name(&p, name);
				assert_true(period_parse(name, cut, &read));
				assert_int_equal(read.first, p.first);
				assert_int_equal(read.last, p.last);
			}
	assert_false(period_at(
	    PERIOD_RANGE, first, PERIOD_CALENDAR, &(struct period){0}));
}

static void
test_days_begun(void **state)
{
	static const struct {
		const char *period, *today;
		int days;
	} cases[] = {
	    {"2026-Q4", "2026-09-30", 0},
	    {"2026-Q4", "2026-10-01", 1},
	    {"2026-Q4", "2026-11-20", 51},
	    {"2026-Q4", "2026-12-31", 92},
	    {"2026-Q4", "2027-02-01", 92},
	    {"2024-02", "2024-03-01", 29},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct period p;
		int32_t today;

		assert_true(period_parse(cases[i].period, PERIOD_CALENDAR, &p));
		assert_true(civil_parse_date(cases[i].today, &today));
		assert_int_equal(period_days_begun(&p, today), cases[i].days);
	}
}

static void
test_current_quarter(void **state)
{
	static const struct {
		const char *day, *name, *first, *last;
		enum period_cut cut;
	} cases[] = {
	    {"2026-01-01", "2026-Q1", "2026-01-01", "2026-03-31", 0},
	    {"2026-03-31", "2026-Q1", "2026-01-01", "2026-03-31", 0},
	    {"2026-04-01", "2026-Q2", "2026-04-01", "2026-06-30", 0},
	    {"2026-11-20", "2026-Q4", "2026-10-01", "2026-12-31", 0},
	    {"2027-12-31", "2027-Q4", "2027-10-01", "2027-12-31", 0},
	    {"2026-12-14", "2026-Q4", "2026-09-15", "2026-12-14", PERIOD_ND09},
	    {"2026-12-15", "2027-Q1", "2026-12-15", "2027-03-14", PERIOD_ND09},
	    {"2026-06-14", "2026-Q2", "2026-03-15", "2026-06-14", PERIOD_ND09},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct period p;
		int32_t day;

		assert_true(civil_parse_date(cases[i].day, &day));
		p = period_current_quarter(day, cases[i].cut);
		check(&p, cases[i].name, cases[i].first, cases[i].last);
	}
}

/* Every day of 900 years, some before 1970, knows its month. */
static void
test_months(void **state)
{
	(void)state;
	for (int32_t day = -150000; day < 180000; day++) {
		struct civil date = civil_from_day(day);
		int64_t month = period_month(day);

		assert_int_equal(month, date.year * 12 + date.month - 1);
		assert_int_equal(period_month_first(month), day - date.day + 1);
	}
}

static void
test_whole_months(void **state)
{
	static const struct {
		const char *first, *last;
		int months; /* from the first day's month or the next on */
	} cases[] = {{"2026-07-01", "2026-09-30", 3},
	    {"2026-07-01", "2026-07-31", 1}, {"2026-07-01", "2026-07-30", 0},
	    {"2026-07-02", "2026-07-31", 0}, {"2026-06-30", "2026-08-01", 1},
	    {"2026-06-15", "2026-08-31", 2}, {"2024-02-01", "2024-02-28", 0},
	    {"2023-02-01", "2023-02-28", 1}, {"2025-12-31", "2026-01-01", 0},
	    {"2025-12-01", "2026-01-31", 2}, {"2026-07-15", "2026-07-15", 0},
	    {"2026-01-01", "2026-12-31", 12}};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		int64_t from, to, begins;
		int32_t first, last;
		bool any;

		assert_true(civil_parse_date(cases[i].first, &first));
		assert_true(civil_parse_date(cases[i].last, &last));
		any = period_whole_months(first, last, &from, &to);
		assert_int_equal(any, cases[i].months > 0);
		if (!any)
			continue;
		begins = period_month(first);
		assert_int_equal(from,
		    period_month_first(begins) == first ? begins : begins + 1);
		assert_int_equal(to - from + 1, cases[i].months);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_periods),
	    cmocka_unit_test(test_no_gap),
	    cmocka_unit_test(test_refused),
	    cmocka_unit_test(test_nd09),
	    cmocka_unit_test(test_at),
	    cmocka_unit_test(test_days_begun),
	    cmocka_unit_test(test_current_quarter),
	    cmocka_unit_test(test_months),
	    cmocka_unit_test(test_whole_months),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
