/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Looking words up and filling their placeholders. The words themselves are
 * looked after by test_words.c.
 */
#include "shared/arena.h"
#include "shared/text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

static void
test_lang(void **state)
{
	(void)state;
	for (int i = 0; i < LANG_COUNT; i++) {
		enum lang found = LANG_COUNT;
		bool offered = lang_offered((enum lang)i);
		assert_int_equal(
		    lang_find(lang_code((enum lang)i), &found), offered);
		assert_int_equal(found, offered ? i : LANG_COUNT);
	}
	assert_true(lang_offered(LANG_VI) && lang_offered(LANG_EN));
	static const char *const wrong[] = {"", "v", "VI", "vi_VN", "km"};
	for (size_t i = 0; i < sizeof(wrong) / sizeof(*wrong); i++) {
		enum lang untouched = LANG_EN;
		assert_false(lang_find(wrong[i], &untouched));
		assert_int_equal(untouched, LANG_EN);
	}
}

static void
test_lookup(void **state)
{
	static const struct {
		enum lang lang;
		const char *key, *words;
	} table[] = {
	    {LANG_VI, "kiosk.thanks", "Cảm ơn Ông/Bà!"},
	    {LANG_EN, "kiosk.thanks", "Thank you!"},
	    {LANG_VI, "kiosk.question",
		"Hôm nay Ông/Bà hài lòng ở mức\u00a0nào?"},
	    {LANG_VI, "face.1", "Rất không hài lòng"},
	    {LANG_EN, "face.5", "Very satisfied"},
	    {LANG_VI, "", NULL},
	    {LANG_VI, "a", NULL},
	    {LANG_VI, "kiosk.thank", NULL},
	    {LANG_VI, "kiosk.thanksx", NULL},
	    {LANG_VI, "zzz", NULL},
	    {LANG_EN, "Kiosk.thanks", NULL},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(table) / sizeof(*table); i++) {
		const char *key = table[i].key, *words = table[i].words;
		if (words) {
			assert_string_equal(
			    text_find(table[i].lang, key), words);
			assert_string_equal(text(table[i].lang, key), words);
		} else {
			assert_null(text_find(table[i].lang, key));
			assert_ptr_equal(text(table[i].lang, key), key);
		}
	}
}

/* A language that nobody has translated yet speaks Vietnamese. */
static void
test_empty_language(void **state)
{
	(void)state;
	for (int i = LANG_CJM; i < LANG_COUNT; i++) {
		if (!lang_offered((enum lang)i)) {
			assert_null(text_find((enum lang)i, "kiosk.thanks"));
			assert_string_equal(text((enum lang)i, "kiosk.thanks"),
			    text(LANG_VI, "kiosk.thanks"));
			assert_string_equal(
			    text((enum lang)i, "no.such"), "no.such");
		}
	}
}

static void
test_expand(void **state)
{
	/* each line is expanded with s = "20" and name = "{s}" */
	static const struct {
		const char *words, *expected;
	} table[] = {
	    {"", ""},
	    {"no placeholder", "no placeholder"},
	    {"{s}", "20"},
	    {"Còn {s} giây.", "Còn 20 giây."},
	    {"{s}{s}", "2020"},
	    {"{name} {s}", "{s} 20"}, /* a value is never read again */
	    {"{other}", "{other}"},
	    {"{S}", "{S}"},
	    {"{ s}", "{ s}"},
	    {"{ss} {}", "{ss} {}"},
	    {"{s", "{s"},
	    {"s}", "s}"},
	    {"{{s}}", "{20}"},
	    {"{x{s}", "{x20"},
	    {"{", "{"},
	};
	struct arena a;

	(void)state;
	arena_init(&a);
	for (size_t i = 0; i < sizeof(table) / sizeof(*table); i++) {
		assert_string_equal(text_expand(&a, table[i].words, "s", "20",
					"name", "{s}", NULL),
		    table[i].expected);
	}
	assert_string_equal(text_expand(&a, "a {s}", NULL), "a {s}");
	arena_finish(&a);
}

static void
test_fill(void **state)
{
	struct arena a;

	(void)state;
	arena_init(&a);
	assert_string_equal(
	    text_fill(&a, LANG_VI, "kiosk.idle.count", "s", "20", NULL),
	    "Còn 20 giây. Phần đã chọn sẽ được gửi.");
	assert_string_equal(text_fill(&a, LANG_EN, "sms.thanks", "score", "5",
				"word", text(LANG_EN, "sms.word.5"), NULL),
	    "Thank you. Recorded: 5 - very satisfied. If this is wrong, text "
	    "another digit. Officers do not see your phone number. "
	    "To stop: TC");
	assert_string_equal(
	    text_fill(&a, LANG_VI, "no.such {s}", "s", "1", NULL), "no.such 1");
	arena_finish(&a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_lang),
	    cmocka_unit_test(test_lookup),
	    cmocka_unit_test(test_empty_language),
	    cmocka_unit_test(test_expand),
	    cmocka_unit_test(test_fill),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
