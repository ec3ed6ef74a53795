/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Clocks that were never set, set late, set wrong, or right all along. */
#include "server/core/device/answer_time.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#define NOW    1795140903000LL /* 2026-11-20 */
#define MINUTE 60000LL
#define DAY    86400000LL

static void
test_decisions(void **state)
{
	static const struct {
		const char *what;
		struct answer_time_said said;
		enum answer_time decision;
		int64_t at;
	} table[] = {
	    {"right, and we know the boot",
		{NOW - MINUTE, 5 * MINUTE, false, true, NOW - 6 * MINUTE},
		ANSWER_TIME_AS_SAID, NOW - MINUTE},
	    {"a second off is right",
		{NOW - MINUTE + 1000, 5 * MINUTE, true, true, NOW - 6 * MINUTE},
		ANSWER_TIME_AS_SAID, NOW - MINUTE + 1000},
	    {"1970, and we know the boot",
		{5 * MINUTE, 5 * MINUTE, false, true, NOW - 6 * MINUTE},
		ANSWER_TIME_CORRECTED, NOW - MINUTE},
	    {"a day ahead, and it believed itself",
		{NOW + DAY, 5 * MINUTE, true, true, NOW - 6 * MINUTE},
		ANSWER_TIME_CORRECTED, NOW - MINUTE},
	    {"30 days ago, offline since",
		{NOW - 400 * DAY, 5 * MINUTE, false, true, NOW - 30 * DAY},
		ANSWER_TIME_CORRECTED, NOW - 30 * DAY + 5 * MINUTE},
	    {"corrected never after it arrived",
		{0, 6 * MINUTE + 1000, false, true, NOW - 6 * MINUTE},
		ANSWER_TIME_CORRECTED, NOW},
	    {"a boot that cannot be",
		{NOW - MINUTE, 60 * MINUTE, false, true, NOW - 6 * MINUTE},
		ANSWER_TIME_UNCERTAIN, NOW - MINUTE},
	    {"unknown boot, kept right by a server of time",
		{NOW - DAY, 5 * MINUTE, true, false, 0}, ANSWER_TIME_AS_SAID,
		NOW - DAY},
	    {"unknown boot, ahead in spite of it",
		{NOW + DAY, 5 * MINUTE, true, false, 0}, ANSWER_TIME_UNCERTAIN,
		NOW},
	    {"unknown boot, a time that may be",
		{NOW - DAY, 5 * MINUTE, false, false, 0}, ANSWER_TIME_UNCERTAIN,
		NOW - DAY},
	    {"unknown boot, 1970: of arrival",
		{5 * MINUTE, 5 * MINUTE, false, false, 0},
		ANSWER_TIME_UNCERTAIN, NOW},
	    {"unknown boot, ten years ahead: of arrival",
		{NOW + 3650 * DAY, 5 * MINUTE, false, false, 0},
		ANSWER_TIME_UNCERTAIN, NOW},
	};
	int64_t at;

	(void)state;
	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
		enum answer_time d =
		    answer_time_decide(&table[i].said, NOW, &at);

		if (d != table[i].decision || at != table[i].at)
			fail_msg("%s: %d, %lld", table[i].what, (int)d,
			    (long long)(at - NOW));
	}
}

/* Without a clock: what cannot be is of arrival. */
static void
test_bare(void **state)
{
	static const struct {
		int64_t wall;
		enum answer_time decision;
		int64_t at;
	} table[] = {
	    {NOW, ANSWER_TIME_AS_SAID, NOW},
	    {NOW - 400 * DAY, ANSWER_TIME_AS_SAID, NOW - 400 * DAY},
	    {NOW + DAY, ANSWER_TIME_AS_SAID, NOW + DAY},
	    {ANSWER_TIME_FLOOR_MS, ANSWER_TIME_AS_SAID, ANSWER_TIME_FLOOR_MS},
	    {ANSWER_TIME_FLOOR_MS - 1, ANSWER_TIME_UNCERTAIN, NOW},
	    {0, ANSWER_TIME_UNCERTAIN, NOW},
	    {5 * MINUTE, ANSWER_TIME_UNCERTAIN, NOW},
	    {-DAY, ANSWER_TIME_UNCERTAIN, NOW},
	    {946684800000LL, ANSWER_TIME_UNCERTAIN, NOW}, /* 2000 */
	};

	(void)state;
	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
		int64_t at;

		assert_int_equal(answer_time_bare(table[i].wall, NOW, &at),
		    table[i].decision);
		assert_true(at == table[i].at);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_decisions),
	    cmocka_unit_test(test_bare),
	};

	return cmocka_run_group_tests_name("instant", tests, NULL, NULL);
}
