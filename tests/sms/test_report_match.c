/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which sending a delivery report is about, as a table. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
#include "sms/text/report_match.h"

#define S   1000LL
#define MIN (60 * S)

static void
test_table(void **state)
{
	static const struct {
		const char *what;
		struct report_flight flights[3];
		size_t n;
		int reference;
		int64_t sent_at;
		int meant;
	} cases[] = {
	    {"nothing open", {{0, 0}}, 0, 1, 10 * MIN, REPORT_MATCH_NONE},
	    {"the one", {{7, 10 * MIN}}, 1, 7, 10 * MIN, 0},
	    {"another's", {{8, 10 * MIN}}, 1, 7, 10 * MIN, REPORT_MATCH_NONE},
	    {"our clock is hours wrong", {{7, 10 * MIN}}, 1, 7, 430 * MIN, 0},
	    {"no time stamp", {{7, 10 * MIN}}, 1, 7, 0, 0},
	    {"references began anew: the second",
		{{1, 90 * MIN}, {2, 91 * MIN}, {1, 10 * MIN}}, 3, 1, 90 * MIN,
		0},
	    {"references began anew: the first",
		{{1, 90 * MIN}, {2, 91 * MIN}, {1, 10 * MIN}}, 3, 1, 10 * MIN,
		2},
	    {"the same within seconds: nobody knows",
		{{1, 10 * MIN}, {1, 10 * MIN + 9 * S}}, 2, 1, 10 * MIN,
		REPORT_MATCH_NONE},
	    {"within half a minute: the nearer",
		{{1, 10 * MIN}, {1, 10 * MIN + 30 * S}}, 2, 1,
		10 * MIN + 28 * S, 1},
	    {"two, and a clock that is wrong", {{1, 10 * MIN}, {1, 90 * MIN}},
		2, 1, 70 * MIN, REPORT_MATCH_NONE},
	    {"two, and no time stamp", {{1, 90 * MIN}, {1, 10 * MIN}}, 2, 1, 0,
		REPORT_MATCH_NONE},
	    {"an answer was lost", {{-1, 10 * MIN}}, 1, 5, 10 * MIN + S, 0},
	    {"long ago", {{-1, 10 * MIN}}, 1, 5, 90 * MIN, REPORT_MATCH_NONE},
	    {"two answers were lost", {{-1, 10 * MIN}, {-1, 50 * MIN}}, 2, 5,
		10 * MIN, REPORT_MATCH_NONE},
	    {"the reference goes before the lost answer",
		{{-1, 10 * MIN}, {5, 12 * MIN}}, 2, 5, 10 * MIN, 1},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		int meant = report_match(cases[i].flights, cases[i].n,
		    cases[i].reference, cases[i].sent_at);

		if (meant != cases[i].meant)
			fail_msg("%s: %d", cases[i].what, meant);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_table)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
