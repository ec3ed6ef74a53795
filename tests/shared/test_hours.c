/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Opening hours: what may be written, when a desk is open, what people read. */
#include "shared/hours.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
#include <cmocka.h>
#include "shared/civil.h"

#define OFFICE                                                                 \
	"Mon-Fri 07:00-11:30 13:30-17:00; Sat 07:30-11:00; "                   \
	"closed 2027-02-05..2027-02-11; closed 2026-09-02"

static int32_t
day_of(const char *date)
{
	int32_t day;

	assert_true(civil_parse_date(date, &day));
	return day;
}

static void
test_open(void **state)
{
	static const struct {
		const char *date;
		int hour, minute;
		bool open;
	} table[] = {
	    {"2026-11-23", 6, 59, false}, /* a Monday */
	    {"2026-11-23", 7, 0, true},
	    {"2026-11-23", 11, 29, true},
	    {"2026-11-23", 11, 30, false},
	    {"2026-11-23", 13, 29, false},
	    {"2026-11-27", 16, 59, true},
	    {"2026-11-28", 7, 29, false}, /* Saturday */
	    {"2026-11-28", 10, 59, true},
	    {"2026-11-28", 14, 0, false},
	    {"2026-11-29", 9, 0, false}, /* Sunday */
	    {"2027-02-05", 9, 0, false}, /* Tết */
	    {"2027-02-11", 9, 0, false},
	    {"2027-02-12", 9, 0, true},
	    {"2026-09-02", 9, 0, false},
	};
	char error[LIMIT_ERROR_BYTES];
	struct hours h;

	(void)state;
	assert_true(hours_read(OFFICE, &h, error));
	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++)
		if (hours_open(&h, day_of(table[i].date),
			table[i].hour * 60 + table[i].minute) != table[i].open)
			fail_msg("line %zu", i);
}

static void
test_always(void **state)
{
	char error[LIMIT_ERROR_BYTES];
	struct hours h;
	struct arena a;

	(void)state;
	arena_init(&a);
	assert_true(hours_read("  ", &h, error));
	assert_true(hours_open(&h, day_of("2026-11-29"), 3));
	assert_string_equal(hours_words(&a, &h, LANG_VI), "");
	assert_true(hours_read("closed 2026-09-02", &h, error));
	assert_true(hours_open(&h, day_of("2026-09-01"), 3));
	assert_false(hours_open(&h, day_of("2026-09-02"), 3));
	assert_true(hours_read("Sun 00:00-24:00;", &h, error));
	assert_true(hours_open(&h, day_of("2026-11-29"), 24 * 60 - 1));
	arena_finish(&a);
}

static void
test_words(void **state)
{
	char error[LIMIT_ERROR_BYTES];
	struct hours h;
	struct arena a;

	(void)state;
	arena_init(&a);
	assert_true(hours_read(OFFICE, &h, error));
	assert_string_equal(hours_words(&a, &h, LANG_VI),
	    "Thứ Hai–Thứ Sáu: 7:00–11:30, 13:30–17:00; "
	    "Thứ Bảy: 7:30–11:00");
	assert_string_equal(hours_words(&a, &h, LANG_EN),
	    "Monday–Friday: 7:00–11:30, 13:30–17:00; "
	    "Saturday: 7:30–11:00");
	arena_finish(&a);
}

static void
test_refused(void **state)
{
	static const struct {
		const char *text, *error;
	} table[] = {
	    {"Mo 07:00-11:00",
		"not a day (Mon … Sun) or closed at \"Mo 07:00-11:00\""},
	    {"Mon", "no time (07:00-11:30) at \"the end\""},
	    {"Mon-Foo 07:00-11:00",
		"not a day (Mon … Sun) at \"Foo 07:00-11:00\""},
	    {"Fri-Mon 07:00-11:00",
		"days run backwards at \"Fri-Mon 07:00-11:00\""},
	    {"Mon 7:00-11:00", "not a time (07:00-11:30) at \"7:00-11:00\""},
	    {"Mon 11:00-07:00", "not a time (07:00-11:30) at \"11:00-07:00\""},
	    {"Mon 07:00-24:01", "not a time (07:00-11:30) at \"07:00-24:01\""},
	    {"Mon 07:60-08:00", "not a time (07:00-11:30) at \"07:60-08:00\""},
	    {"Mon 07:00", "not a time (07:00-11:30) at \"07:00\""},
	    {"Mon 01:00-02:00 03:00-04:00 05:00-06:00 07:00-08:00 09:00-10:00",
		"too many times at \"09:00-10:00\""},
	    {"closed 2026-02-30",
		"not a date (2027-02-05) at \"closed 2026-02-30\""},
	    {"closed 2026-02-05..x",
		"not a date (2027-02-05) at \"closed 2026-02-05..x\""},
	    {"closed 2026-02-05..2026-02-04",
		"dates run backwards at \"closed 2026-02-05..2\""},
	    {"closed 2026-02-05 Mon", "expected a semicolon at \"Mon\""},
	    {"closed", "not a date (2027-02-05) at \"closed\""},
	};
	char error[LIMIT_ERROR_BYTES];
	struct hours h;

	(void)state;
	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
		assert_false(hours_read(table[i].text, &h, error));
		assert_string_equal(error, table[i].error);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_open),
	    cmocka_unit_test(test_always),
	    cmocka_unit_test(test_words),
	    cmocka_unit_test(test_refused),
	};

	return cmocka_run_group_tests_name("hours", tests, NULL, NULL);
}
