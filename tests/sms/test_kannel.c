/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a request of Kannel's means, as a table. The real Kannel: kannel.sh. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
#include "sms/kannel/kannel.h"

#define ID   "03792e32-30a8-4349-a89a-e06076040229"
#define FROM "+84912345678"
#define TIME "2026-11-26 00:55:21"

static void
test_table(void **state)
{
	static const struct {
		struct kannel_words words;
		enum kannel_kind kind;
		bool failed;
	} cases[] = {
	    {{"/in", ID, NULL, FROM, TIME, "0", "LH1 5"}, KANNEL_MESSAGE, 0},
	    {{"/in", ID, NULL, "84912345678", TIME, "2", "rất tốt"},
		KANNEL_MESSAGE, 0},
	    {{"/in", ID, NULL, FROM, TIME, "1", "binary"}, KANNEL_NOTHING, 0},
	    {{"/in", ID, NULL, "VIETTEL", TIME, "0", "5"}, KANNEL_NOTHING, 0},
	    {{"/in", ID, NULL, "191", TIME, "0", "5"}, KANNEL_NOTHING, 0},
	    {{"/in", ID, NULL, FROM, TIME, "0", "5 \xff"}, KANNEL_WRONG, 0},
	    {{"/in", ID, NULL, NULL, TIME, "0", "5"}, KANNEL_WRONG, 0},
	    {{"/in", "7", NULL, FROM, TIME, "0", "5"}, KANNEL_WRONG, 0},
	    {{"/in", NULL, NULL, FROM, TIME, "0", "5"}, KANNEL_WRONG, 0},
	    {{"/", ID, NULL, FROM, TIME, "0", "5"}, KANNEL_WRONG, 0},
	    {{"/report", ID, "1", NULL, NULL, NULL, ""}, KANNEL_REPORT, 0},
	    {{"/report", ID, "2", NULL, NULL, NULL, ""}, KANNEL_REPORT, 1},
	    {{"/report", ID, "16", NULL, NULL, NULL, ""}, KANNEL_REPORT, 1},
	    {{"/report", ID, "4", NULL, NULL, NULL, ""}, KANNEL_NOTHING, 0},
	    {{"/report", ID, "8", NULL, NULL, NULL, ""}, KANNEL_NOTHING, 0},
	    {{"/report", ID, NULL, NULL, NULL, NULL, ""}, KANNEL_WRONG, 0},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct kannel_request r;

		if (kannel_read(&cases[i].words, &r) != cases[i].kind)
			fail_msg("case %zu", i);
		if (cases[i].kind == KANNEL_REPORT)
			assert_int_equal(r.failed, cases[i].failed);
		if (cases[i].kind != KANNEL_MESSAGE)
			continue;
		assert_string_equal(r.number, FROM);
		assert_string_equal(r.uuid, ID);
		assert_true(r.sent_at == 1795654521000LL);
	}
}

/* What may stand in an address as it is. */
static void
test_secret(void **state)
{
	static const struct {
		const char *secret;
		bool good;
	} secrets[] = {{"", false}, {"change-me", false},
	    {"0123456789abcde", false}, {"0123456789abcdef", true},
	    {"0123456789-_ABCDEFGHIJKLMNOPQRSTUVWXYZ", true},
	    {"0123456789abcde ", false}, {"0123456789abcdef:", false},
	    {"0123456789abcdef@", false}, {"0123456789abcdef/", false},
	    {"0123456789abcdef%20", false}, {"0123456789abcdef\xc4\x91", false},
	    {"0123456789012345678901234567890123456789012345678901234567890123",
		true},
	    {"0123456789012345678901234567890123456789012345678901234567890123"
	     "4",
		false}};

	(void)state;
	for (size_t i = 0; i < sizeof(secrets) / sizeof(secrets[0]); i++)
		if (kannel_secret_good(secrets[i].secret) != secrets[i].good)
			fail_msg("%s", secrets[i].secret);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_secret), cmocka_unit_test(test_table)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
