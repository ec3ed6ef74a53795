/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Working days: against the days on which offices were really closed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "server/core/period/workday.h"

#include "shared/civil.h"

static int32_t
day_of(const char *date)
{
	int32_t day;

	assert_true(civil_parse_date(date, &day));
	return day;
}

/* Made-up days of 2022 and 2023 as the ministry of labour announced them. */
static void
test_days(void **state)
{
	static const struct {
		const char *date;
		bool works;
	} cases[] = {
	    {"2021-12-31", true},
	    {"2022-01-01", false},
	    {"2022-01-02", false},
	    {"2022-01-03", false},
	    {"2022-01-04", true},
	    {"2022-04-29", true},
	    {"2022-04-30", false},
	    {"2022-05-01", false},
	    {"2022-05-02", false},
	    {"2022-05-03", false},
	    {"2022-05-04", true},
	    {"2022-09-02", false},
	    {"2022-09-05", true},
	    {"2023-01-02", false},
	    {"2023-01-03", true},
	    {"2023-05-01", false},
	    {"2023-05-02", false},
	    {"2023-05-03", true},
	    {"2023-09-04", false},
	    {"2023-09-05", true},
	    {"2024-02-29", true},
	    {"2026-01-01", false},
	    {"2026-01-02", true},
	    {"2026-04-30", false},
	    {"2026-05-01", false},
	    {"2026-05-04", true},
	    {"2027-05-03", false},
	    {"2028-01-03", false},
	    {"2028-05-02", false},
	    {"2028-05-03", true},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		if (workday_is(day_of(cases[i].date), NULL, 0) !=
		    cases[i].works)
			fail_msg("%s", cases[i].date);
}

static void
test_after(void **state)
{
	/* Tết of 2026, and a Saturday that is worked for a Monday. */
	const struct day_off entered[] = {{day_of("2026-02-16"), true, ""},
	    {day_of("2026-02-17"), true, ""}, {day_of("2026-02-18"), true, ""},
	    {day_of("2026-02-19"), true, ""}, {day_of("2026-02-20"), true, ""},
	    {day_of("2026-08-31"), true, ""},
	    {day_of("2026-08-22"), false, ""}};
	const struct {
		const char *from;
		int count;
		const char *to;
	} cases[] = {
	    {"2026-09-30", 5, "2026-10-07"},
	    {"2026-06-30", 5, "2026-07-07"},
	    {"2026-12-31", 5, "2027-01-08"},
	    {"2026-03-31", 5, "2026-04-07"},
	    {"2026-09-30", 0, "2026-09-30"},
	    {"2026-10-03", 1, "2026-10-05"},
	    {"2026-02-14", 5, "2026-02-27"},
	    {"2026-08-21", 1, "2026-08-22"},
	    {"2026-08-28", 1, "2026-09-01"},
	    {"2026-09-14", 5, "2026-09-21"},
	    {"2026-04-29", 1, "2026-05-04"},
	    {"2024-02-28", 2, "2024-03-01"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		char text[CIVIL_DATE_TEXT];

		civil_format_date(
		    workday_after(day_of(cases[i].from), cases[i].count,
			entered, sizeof(entered) / sizeof(*entered)),
		    text);
		assert_string_equal(text, cases[i].to);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_days),
	    cmocka_unit_test(test_after),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
