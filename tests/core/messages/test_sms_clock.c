/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Whose clock counts, at the edges and with clocks that were seen. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
#include "server/core/messages/sms_clock.h"
#include "shared/civil.h"
#include "shared/limits.h"

static void
test_clocks(void **state)
{
	static const struct {
		const char *received, *operator;
		bool doubted;
	} cases[] = {
	    {"2026-11-10T09:00:00+07:00", "2026-11-10T08:59:58+07:00", false},
	    {"2026-11-10T09:00:00+07:00", "2001-01-01T00:00:00+07:00", true},
	    {"2026-11-10T09:00:00+07:00", "2069-11-10T09:00:00+07:00", true},
	    /* local time, labelled +00 */
	    {"2026-12-31T18:00:00+07:00", "2026-12-31T18:00:00+00:00", true},
	    {"2026-11-10T10:00:00+07:00", "2026-11-10T17:00:00+07:00", true},
	    /* labelled +07 where it was UTC: seven hours old, which may be */
	    {"2026-11-10T10:00:00+07:00", "2026-11-10T03:00:00+07:00", false},
	    /* the edges */
	    {"2026-11-10T09:00:00+07:00", "2026-11-10T09:10:00+07:00", false},
	    {"2026-11-10T09:00:00+07:00", "2026-11-10T09:10:01+07:00", true},
	    {"2026-11-10T09:00:00+07:00", "2026-10-06T09:00:00+07:00", false},
	    {"2026-11-10T09:00:00+07:00", "2026-10-06T08:59:59+07:00", true},
	    /* a month offline is no wrong clock */
	    {"2026-11-10T09:00:00+07:00", "2026-10-11T09:00:00+07:00", false},
	};
	bool doubted;

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		int64_t received, operator, said;
		int zone;

		assert_true(
		    civil_parse_time(cases[i].received, &received, &zone));
		assert_true(
		    civil_parse_time(cases[i].operator, & operator, & zone));
		said = sms_clock_said_at(received, operator, & doubted);
		if (doubted != cases[i].doubted)
			fail_msg(
			    "%s at %s", cases[i].operator, cases[i].received);
		assert_true(said == (doubted ? received : operator));
	}
	assert_true(sms_clock_said_at(5, 0, &doubted) == 5);
	assert_false(doubted);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_clocks)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
