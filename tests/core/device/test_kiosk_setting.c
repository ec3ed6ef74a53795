/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What may be set of kiosks, and whose value holds. */
#include "server/core/device/kiosk_setting.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

static void
test_check(void **state)
{
	static const struct {
		const char *key, *value, *error;
	} table[] = {
	    {"question", "received", NULL},
	    {"question", "receive",
		"question: one of: general received result"},
	    {"question", "", "question: one of: general received result"},
	    {"question", "general received",
		"question: one of: general received result"},
	    {"reasons", "0", NULL},
	    {"reasons", "5", NULL},
	    {"reasons", "6", "reasons: one of: 0..5"},
	    {"reasons", "2x", "reasons: one of: 0..5"},
	    {"reasons", "-1", "reasons: one of: 0..5"},
	    {"qr", "yes", NULL},
	    {"qr", "on", "qr: one of: yes no"},
	    {"languages", "vi en", NULL},
	    {"languages", "en", NULL},
	    {"languages", "vi xx", "languages: one of: vi en …"},
	    {"languages", "", "languages: one of: vi en …"},
	    {"hours", "", NULL},
	    {"hours", "Mon-Fri 07:00-11:30", NULL},
	    {"hours", "always",
		"hours: one of: Mon-Fri 07:00-11:30 13:30-17:00; closed "
		"2027-02-05; not a day (Mon … Sun) or closed at \"always\""},
	    {"pin", "123456", "no such setting: pin"},
	    {"colour", "blue", "no such setting: colour"},
	};
	char error[LIMIT_ERROR_BYTES];

	(void)state;
	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
		bool ok =
		    kiosk_setting_check(table[i].key, table[i].value, error);

		if (ok != (table[i].error == NULL))
			fail_msg("line %zu", i);
		if (!ok)
			assert_string_equal(error, table[i].error);
	}
}

/* The defaults may be set, so that a desk can differ from all others. */
static void
test_defaults_are_allowed(void **state)
{
	char error[LIMIT_ERROR_BYTES];

	(void)state;
	for (const struct kiosk_key *k = kiosk_keys; k->name != NULL; k++)
		if (!kiosk_setting_check(k->name, k->fallback, error))
			fail_msg("%s", error);
}

static void
test_whose_value(void **state)
{
	static const struct kiosk_value list[] = {{"", "reasons", "3"},
	    {"LH1", "reasons", "0"}, {"LH1", "qr", "yes"},
	    {"", KIOSK_PIN, "hash"}};
	const size_t n = 4;

	(void)state;
	assert_int_equal(kiosk_setting_number(list, n, "LH1", "reasons"), 0);
	assert_int_equal(kiosk_setting_number(list, n, "TP1", "reasons"), 3);
	assert_int_equal(kiosk_setting_number(list, 0, "TP1", "reasons"), 2);
	assert_true(kiosk_setting_yes(list, n, "LH1", "qr"));
	assert_false(kiosk_setting_yes(list, n, "TP1", "qr"));
	assert_string_equal(
	    kiosk_setting_at(list, n, "TP1", KIOSK_PIN), "hash");
	assert_string_equal(kiosk_setting_at(list, 0, "TP1", KIOSK_PIN), "");
}

/* What was rated comes first, in that order; the rest stays as it is. */
static void
test_field_order(void **state)
{
	static const char *const fields[] = {"a", "b", "c", "d", "e"};
	static const struct {
		const char *used[6];
		const char *order;
	} table[] = {
	    {{NULL}, "abcde"},
	    {{"a"}, "abcde"},
	    {{"e"}, "eabcd"},
	    {{"c", "a"}, "cabde"},
	    {{"e", "d", "c", "b", "a"}, "edcba"},
	    {{"x"}, "abcde"},
	    {{"x", "d", "y", "b"}, "dbace"},
	    {{"d", "d"}, "dabce"},
	};

	(void)state;
	for (size_t t = 0; t < sizeof(table) / sizeof(table[0]); t++) {
		size_t nused = 0, order[5];
		char got[6] = "";

		while (table[t].used[nused] != NULL)
			nused++;
		kiosk_field_order(fields, 5, table[t].used, nused, order);
		for (size_t i = 0; i < 5; i++)
			got[i] = fields[order[i]][0];
		assert_string_equal(got, table[t].order);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_check),
	    cmocka_unit_test(test_defaults_are_allowed),
	    cmocka_unit_test(test_whose_value),
	    cmocka_unit_test(test_field_order),
	};

	return cmocka_run_group_tests_name("kiosk_setting", tests, NULL, NULL);
}
