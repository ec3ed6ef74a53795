/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The table of settings: defaults within bounds, words for each of them, values
 * read strictly, and which way is dangerous. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "server/core/catalogue/setting.h"

#include <stdio.h>
#include "shared/text.h"

static void
test_table(void **state)
{
	char key[100];

	(void)state;
	for (int i = 0; i < SETTING_COUNT; i++) {
		const struct setting_kind *k = &setting_kinds[i];
		enum setting found;

		assert_true(setting_find(k->key, &found));
		assert_int_equal(found, i);
		assert_true(k->least <= k->otherwise);
		assert_true(k->otherwise <= k->most);
		for (int lang = LANG_VI; lang <= LANG_EN; lang++) {
			snprintf(key, sizeof(key), "setting.%s.title", k->key);
			assert_non_null(text_find((enum lang)lang, key));
			snprintf(key, sizeof(key), "setting.%s.what", k->key);
			assert_non_null(text_find((enum lang)lang, key));
		}
	}
	assert_false(setting_find("time_zone", &(enum setting){0}));
}

static void
test_values(void **state)
{
	static const char *const bad[] = {"", "0", "25", "-1", "+5", "5 ", " 5",
	    "5.0", "0x5", "99999999999999999999", "năm", NULL};
	int64_t value = 7;

	(void)state;
	for (int i = 0; bad[i] != NULL; i++)
		assert_false(
		    setting_read(SETTING_SESSION_HOURS, bad[i], &value));
	assert_int_equal(value, 7);
	assert_true(setting_read(SETTING_SESSION_HOURS, "24", &value));
	assert_int_equal(value, 24);
	assert_false(setting_read(SETTING_ENGLISH, "2", &value));
	assert_true(setting_read(SETTING_ENGLISH, "0", &value));
}

static void
test_danger(void **state)
{
	(void)state;
	assert_true(setting_dangerous(SETTING_CELL_LEAST, 5, 3));
	assert_false(setting_dangerous(SETTING_CELL_LEAST, 5, 10));
	assert_false(setting_dangerous(SETTING_CELL_LEAST, 5, 5));
	assert_true(setting_dangerous(SETTING_SESSION_HOURS, 12, 24));
	assert_false(setting_dangerous(SETTING_SESSION_HOURS, 12, 8));
	assert_true(setting_dangerous(SETTING_SECOND_FACTOR, 1, 0));
	assert_false(setting_dangerous(SETTING_ENGLISH, 1, 0));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_table),
	    cmocka_unit_test(test_values),
	    cmocka_unit_test(test_danger),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
