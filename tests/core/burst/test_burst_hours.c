/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A desk's own hours decide how much is usual: a table of moments. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>
#include "server/core/burst/burst.h"
#include "shared/civil.h"

#define OFFICE "Mon-Fri 07:00-11:30 13:30-17:00"
#define MARKET "Sat-Sun 08:00-20:00"

static const struct {
	const char *hours; /* NULL: none are known */
	const char *at;
	bool open;
} moments[] = {
    {NULL, "2026-11-25T09:00:00+07:00", true}, /* a Wednesday */
    {NULL, "2026-11-25T19:00:00+07:00", false},
    {NULL, "2026-11-25T06:30:00+07:00", false},
    {NULL, "2026-11-28T09:00:00+07:00", true},
    {NULL, "2026-11-29T09:00:00+07:00", false},
    {"", "2026-11-29T09:00:00+07:00", false}, /* always: nothing is said */
    {OFFICE, "2026-11-25T09:00:00+07:00", true},
    {OFFICE, "2026-11-25T06:10:00+07:00", true}, /* an hour before */
    {OFFICE, "2026-11-25T05:30:00+07:00", false},
    {OFFICE, "2026-11-25T12:30:00+07:00", true}, /* at noon */
    {OFFICE, "2026-11-25T17:50:00+07:00", true},
    {OFFICE, "2026-11-25T18:30:00+07:00", false},
    {OFFICE, "2026-11-28T09:00:00+07:00", false}, /* a Saturday */
    {MARKET, "2026-11-29T19:30:00+07:00", true},
    {MARKET, "2026-11-29T21:30:00+07:00", false},
    {MARKET, "2026-11-25T09:00:00+07:00", false},
};

/* How many different answers of a kiosk within ten minutes pass as usual. */
static size_t
usual_of(const struct hours *hours, int64_t at)
{
	const struct burst_usual usual = {"LH1", "kiosk", 400, 400, 20};
	struct burst_watch *w = burst_watch_create(7);
	const struct uuid *ids;
	size_t count, n = 0;

	burst_learn(w, &usual, 1);
	for (;; n++) {
		struct burst_answer a = {.desk = "LH1",
		    .channel = "kiosk",
		    .device = "kiosk-1",
		    .hours = hours,
		    .at = at + (int64_t)(n % 10) * 60000,
		    .received_at = at,
		    .said = n + 1};

		memcpy(a.id.bytes, &n, sizeof(n));
		if (burst_add(w, &a, false, &ids, &count) != BURST_NONE)
			break;
	}
	burst_watch_destroy(w);
	return n;
}

static void
test_hours(void **state)
{
	char error[LIMIT_ERROR_BYTES];
	struct hours hours;
	int64_t at;
	int offset;
	size_t open = 0, closed = 0, n;

	(void)state;
	assert_true(civil_set_zone("Asia/Ho_Chi_Minh"));
	for (size_t i = 0; i < sizeof(moments) / sizeof(moments[0]); i++) {
		assert_true(civil_parse_time(moments[i].at, &at, &offset));
		memset(&hours, 0, sizeof(hours));
		if (moments[i].hours != NULL && moments[i].hours[0] != '\0')
			assert_true(
			    hours_read(moments[i].hours, &hours, error));
		n = usual_of(moments[i].hours == NULL ? NULL : &hours, at);
		if (i == 0)
			open = n;
		else if (i == 1)
			closed = n;
		else if (n != (moments[i].open ? open : closed))
			fail_msg("%s at %s: %zu", moments[i].hours,
			    moments[i].at, n);
	}
	assert_true(open > closed + 50);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_hours)};

	return cmocka_run_group_tests_name("burst_hours", tests, NULL, NULL);
}
