/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The calendar against a plain walk through all its days, times against a
 * table of what RFC 3339 allows, zones against dates computed by another
 * program (Python's zoneinfo).
 */
#include "shared/civil.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

static const int month_days[] = {
    31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

static void
next_day(struct civil *date)
{
	bool leap = date->year % 4 == 0 &&
		    (date->year % 100 != 0 || date->year % 400 == 0);
	int last = month_days[date->month - 1] + (date->month == 2 && leap);

	if (++date->day <= last)
		return;
	date->day = 1;
	if (++date->month <= 12)
		return;
	date->month = 1;
	date->year++;
}

static void
every_day_of_9999_years(void **state)
{
	struct civil date = {1, 1, 1}, back;
	int32_t day = -719162; /* 0001-01-01, a Monday */
	int weekday = 1;

	(void)state;
	for (; date.year <= 9999; next_day(&date), day++) {
		back = civil_from_day(day);
		if (civil_to_day(date) != day || back.year != date.year ||
		    back.month != date.month || back.day != date.day ||
		    !civil_valid(date) || civil_weekday(day) != weekday)
			fail_msg("%d: %04d-%02d-%02d", day, date.year,
			    date.month, date.day);
		weekday = weekday % 7 + 1;
	}
	assert_int_equal(day, 2932897);
}

static void
days_far_away(void **state)
{
	static const int32_t days[] = {INT32_MIN, INT32_MAX, -719163, -719528,
	    -719529, -1000000, 2932897, 100000000};
	char text[CIVIL_DATE_TEXT];

	(void)state;
	for (size_t i = 0; i < COUNT(days); i++) {
		struct civil date = civil_from_day(days[i]);

		assert_int_equal(civil_to_day(date), days[i]);
		assert_in_range(date.month, 1, 12);
		assert_in_range(date.day, 1, 31);
		civil_format_date(days[i], text);
	}
	civil_format_date(INT32_MIN, text);
	assert_string_equal(text, "-5877641-06-23");
	civil_format_date(INT32_MAX, text);
	assert_string_equal(text, "5881580-07-11");
}

static const struct {
	const char *text;
	int32_t day; /* INT32_MIN: refused */
} dates[] = {
    {"1970-01-01", 0},
    {"2026-11-20", 20777},
    {"2024-02-29", 19782},
    {"2000-02-29", 11016},
    {"0001-01-01", -719162},
    {"9999-12-31", 2932896},
    {"0000-12-31", INT32_MIN},
    {"2023-02-29", INT32_MIN},
    {"1900-02-29", INT32_MIN},
    {"2026-04-31", INT32_MIN},
    {"2026-13-01", INT32_MIN},
    {"2026-00-10", INT32_MIN},
    {"2026-11-00", INT32_MIN},
    {"2026-11-32", INT32_MIN},
    {"2026-1-01", INT32_MIN},
    {"2026-11-1", INT32_MIN},
    {"26-11-20", INT32_MIN},
    {"2026/11/20", INT32_MIN},
    {"20261120", INT32_MIN},
    {"2026-11-20 ", INT32_MIN},
    {" 2026-11-20", INT32_MIN},
    {"+026-11-20", INT32_MIN},
    {"2026-11-2o", INT32_MIN},
    {"12026-11-20", INT32_MIN},
    {"2026-11-20T", INT32_MIN},
    {"", INT32_MIN},
};

static void
reads_dates(void **state)
{
	char text[CIVIL_DATE_TEXT];
	int32_t day;

	(void)state;
	for (size_t i = 0; i < COUNT(dates); i++) {
		bool ok = civil_parse_date(dates[i].text, &day);

		if (ok != (dates[i].day != INT32_MIN) ||
		    (ok && day != dates[i].day))
			fail_msg("%s", dates[i].text);
		if (ok) {
			civil_format_date(day, text);
			assert_string_equal(text, dates[i].text);
		}
	}
}

/* again: what civil_format_time writes; NULL: the time is refused. */
static const struct {
	const char *text;
	int64_t ms;
	int offset;
	const char *again;
} times[] = {
    {"2026-11-20T09:15:03+07:00", 1795140903000, 420,
	"2026-11-20T09:15:03+07:00"},
    {"2026-11-20T02:15:03Z", 1795140903000, 0, "2026-11-20T02:15:03Z"},
    {"2026-11-20t02:15:03z", 1795140903000, 0, "2026-11-20T02:15:03Z"},
    {"2026-11-20 02:15:03Z", 1795140903000, 0, "2026-11-20T02:15:03Z"},
    {"2026-11-20T02:15:03-00:00", 1795140903000, 0, "2026-11-20T02:15:03Z"},
    {"2026-11-20T02:15:03.5Z", 1795140903500, 0, "2026-11-20T02:15:03.500Z"},
    {"2026-11-20T02:15:03.000Z", 1795140903000, 0, "2026-11-20T02:15:03Z"},
    {"2026-11-20T02:15:03.0019999999999Z", 1795140903001, 0,
	"2026-11-20T02:15:03.001Z"},
    {"1969-12-31T23:59:59.999Z", -1, 0, "1969-12-31T23:59:59.999Z"},
    {"1970-01-01T00:00:00+23:59", -86340000, 1439, "1970-01-01T00:00:00+23:59"},
    {"1969-12-31T00:30:00-23:59", 1740000, -1439, "1969-12-31T00:30:00-23:59"},
    {"2016-12-31T23:59:60Z", 1483228799000, 0, "2016-12-31T23:59:59Z"},
    {"2017-01-01T06:59:60.25+07:00", 1483228799250, 420,
	"2017-01-01T06:59:59.250+07:00"},
    {"0001-01-01T00:00:00Z", -62135596800000, 0, "0001-01-01T00:00:00Z"},
    {"9999-12-31T23:59:59Z", 253402300799000, 0, "9999-12-31T23:59:59Z"},
    {"0001-01-01T00:00:00+07:00", -62135622000000, 420,
	"0001-01-01T00:00:00+07:00"},
    {"2026-11-20T09:15:03", 0, 0, NULL},
    {"2026-11-20T09:15:03+0700", 0, 0, NULL},
    {"2026-11-20T09:15:03+7:00", 0, 0, NULL},
    {"2026-11-20T09:15:03+07", 0, 0, NULL},
    {"2026-11-20T09:15:03+24:00", 0, 0, NULL},
    {"2026-11-20T09:15:03+07:60", 0, 0, NULL},
    {"2026-11-20T09:15:03 +07:00", 0, 0, NULL},
    {"2026-11-20T09:15:03+07:00 ", 0, 0, NULL},
    {"2026-11-20T09:15:03Zulu", 0, 0, NULL},
    {"2026-11-20T09:15+07:00", 0, 0, NULL},
    {"2026-11-20T24:00:00Z", 0, 0, NULL},
    {"2026-11-20T23:60:00Z", 0, 0, NULL},
    {"2026-11-20T23:59:61Z", 0, 0, NULL},
    {"2026-11-20T12:00:60Z", 0, 0, NULL},
    {"2016-12-31T23:59:60+07:00", 0, 0, NULL},
    {"2026-11-20T09:15:03.Z", 0, 0, NULL},
    {"2026-11-20T09:15:03,5Z", 0, 0, NULL},
    {"2026-11-20T9:15:03Z", 0, 0, NULL},
    {"2026-11-20_09:15:03Z", 0, 0, NULL},
    {"2026-11-20  09:15:03Z", 0, 0, NULL},
    {"2026-02-29T09:15:03Z", 0, 0, NULL},
    {"0000-01-01T00:00:00Z", 0, 0, NULL},
    {"10000-01-01T00:00:00Z", 0, 0, NULL},
    {"2026-11-20", 0, 0, NULL},
    {"1795140903", 0, 0, NULL},
    {"now", 0, 0, NULL},
    {"", 0, 0, NULL},
};

static void
reads_and_writes_times(void **state)
{
	char again[CIVIL_TIME_TEXT];
	int64_t ms;
	int offset;

	(void)state;
	for (size_t i = 0; i < COUNT(times); i++) {
		bool ok = civil_parse_time(times[i].text, &ms, &offset);

		if (ok != (times[i].again != NULL) ||
		    (ok && (ms != times[i].ms || offset != times[i].offset)))
			fail_msg("%s", times[i].text);
		if (ok) {
			civil_format_time(ms, offset, again);
			assert_string_equal(again, times[i].again);
		}
	}
	civil_format_time(INT64_MIN, -1439, again);
	civil_format_time(INT64_MAX, 1439, again);
}

static const struct {
	const char *zone, *day;
	int64_t start; /* seconds */
	int offset;
} starts[] = {
    {"Asia/Ho_Chi_Minh", "2026-11-20", 1795107600, 420},
    {"UTC", "1969-12-31", -86400, 0},
    {"Asia/Kathmandu", "2026-01-01", 1767204900, 345},
    {"Pacific/Kiritimati", "2026-01-01", 1767175200, 840},
    {"Europe/Berlin", "2026-03-29", 1774738800, 60},
    {"Europe/Berlin", "2026-03-30", 1774821600, 120},
    /* the day begins at 01:00, the day before is an hour longer */
    {"America/Sao_Paulo", "2018-11-04", 1541300400, -120},
    {"America/Sao_Paulo", "2018-02-18", 1518922800, -180},
    /* a day that never was begins and ends with the next one */
    {"Pacific/Apia", "2011-12-30", 1325239200, 840},
    {"Pacific/Apia", "2011-12-31", 1325239200, 840},
    /* local mean time, -03:06:28 */
    {"America/Sao_Paulo", "1900-01-01", -2208977612, -186},
};

static void
days_of_zones(void **state)
{
	int32_t day;

	(void)state;
	for (size_t i = 0; i < COUNT(starts); i++) {
		int64_t start = starts[i].start * 1000;

		assert_true(civil_set_zone(starts[i].zone));
		assert_true(civil_parse_date(starts[i].day, &day));
		if (civil_day_start(day) != start ||
		    civil_offset(start) != starts[i].offset)
			fail_msg("%s %s", starts[i].zone, starts[i].day);
		assert_true(civil_local_day(start) >= day);
		assert_true(civil_local_day(start - 1) < day);
	}
}

static void
days_follow_each_other(void **state)
{
	(void)state;
	assert_true(civil_set_zone("Asia/Ho_Chi_Minh"));
	for (int32_t day = 18000; day < 22000; day += 13) {
		int64_t start = civil_day_start(day);

		assert_int_equal(start, day * 86400000LL - 7 * 3600000LL);
		assert_int_equal(civil_local_day(start), day);
		assert_int_equal(civil_local_day(start + 86399999), day);
		assert_int_equal(civil_local_day(start + 86400000), day + 1);
	}
	assert_int_equal(civil_local_day(INT64_MAX), INT32_MAX);
	assert_int_equal(civil_local_day(INT64_MIN), INT32_MIN);
}

static void
refuses_zones(void **state)
{
	static const char *const names[] = {"", "Asia/Hanoi", "Asia", "../etc",
	    "Asia/../UTC", "/usr/share/zoneinfo/UTC", "zone.tab", "UTC+7",
	    "Asia/Ho Chi Minh", ":UTC", "<+07>-7", "tzdata.zi"};

	(void)state;
	assert_true(civil_set_zone("Asia/Ho_Chi_Minh"));
	for (size_t i = 0; i < COUNT(names); i++)
		if (civil_set_zone(names[i]))
			fail_msg("%s", names[i]);
	assert_int_equal(civil_offset(0), 480); /* Saigon in 1970: +08:00 */
	assert_int_equal(civil_offset(1795107600000), 420);
}

static void
honours_tzdir(void **state)
{
	(void)state;
	assert_int_equal(setenv("TZDIR", "/nonexistent", 1), 0);
	assert_false(civil_set_zone("Asia/Ho_Chi_Minh"));
	assert_int_equal(unsetenv("TZDIR"), 0);
	assert_true(civil_set_zone("Asia/Ho_Chi_Minh"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(every_day_of_9999_years),
	    cmocka_unit_test(days_far_away),
	    cmocka_unit_test(reads_dates),
	    cmocka_unit_test(reads_and_writes_times),
	    cmocka_unit_test(days_of_zones),
	    cmocka_unit_test(days_follow_each_other),
	    cmocka_unit_test(refuses_zones),
	    cmocka_unit_test(honours_tzdir),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
