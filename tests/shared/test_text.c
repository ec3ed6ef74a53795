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
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
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

/* ------------------------------------------------------ words that came later
 */

static char file[4096];
static size_t file_size;

static void
put32(size_t at, uint32_t n, bool swapped)
{
	if (swapped)
		n = __builtin_bswap32(n);
	memcpy(file + at, &n, 4);
}

/* An .mo file of so many pairs in the given order. */
static void
make_mo(const char *const (*pairs)[2], uint32_t n, bool swapped)
{
	const uint32_t header[] = {0x950412de, 0, n, 28, 28 + 8 * n, 0, 0};

	file_size = 28 + 16 * n;
	for (size_t i = 0; i < 7; i++)
		put32(4 * i, header[i], swapped);
	for (uint32_t k = 0; k < 2; k++)
		for (uint32_t i = 0; i < n; i++) {
			size_t length = strlen(pairs[i][k]);

			put32(28 + 8 * (k * n + i), (uint32_t)length, swapped);
			put32(
			    32 + 8 * (k * n + i), (uint32_t)file_size, swapped);
			memcpy(file + file_size, pairs[i][k], length + 1);
			file_size += length + 1;
		}
}

static const char *const roglai[][2] = {{"", "Language: rog\n"},
    {"button.skip", "b\u01b0\u1edbc"}, {"kiosk.question", "H\u00ea?"}};

static void
test_words_that_came_later(void **state)
{
	static char kept[2][4096];
	enum lang lang;

	(void)state;
	for (int swapped = 0; swapped < 2; swapped++) {
		make_mo(roglai, 3, swapped);
		memcpy(kept[swapped], file, file_size);
		assert_true(text_take(LANG_ROG, kept[swapped], file_size));
		assert_true(lang_find("rog", &lang) && lang == LANG_ROG);
		assert_string_equal(
		    text(LANG_ROG, "kiosk.question"), "H\u00ea?");
		assert_string_equal(
		    text(LANG_ROG, "face.1"), text(LANG_VI, "face.1"));
		assert_false(text_take(LANG_VI, kept[swapped], file_size));
		assert_false(text_take(LANG_EN, kept[swapped], file_size));
	}
}

/* Whatever else the file is, the words of before stay. */
static void
test_words_that_are_none(void **state)
{
	static const struct {
		const char *what;
		size_t at;
		uint32_t n;
	} broken[] = {
	    {"another kind of file", 0, 0x464c457f},
	    {"more pairs than it has room for", 8, 100000},
	    {"pairs beyond all numbers", 8, 0xffffffff},
	    {"keys behind the end", 12, 4000},
	    {"words behind the end", 16, 0xfffffff0},
	    {"a key that is longer than the file", 28, 5000},
	    {"a key that is too long by one", 36, 12},
	    {"a length that wraps around", 28, 0xffffffff},
	    {"a key behind the end", 32, 4000},
	    {"words without an end", 52, 3},
	};
	static const char *const cut[][2] = {{"kiosk.question", "H\xc3?"}};
	static const char *const twice[][2] = {{"a", "b"}, {"a", "c"}};
	const char *before = text(LANG_KPM, "kiosk.question");

	(void)state;
	for (size_t i = 0; i < sizeof(broken) / sizeof(*broken); i++) {
		make_mo(roglai, 3, false);
		put32(broken[i].at, broken[i].n, false);
		if (text_take(LANG_KPM, file, file_size))
			fail_msg("%s was taken", broken[i].what);
	}
	make_mo(cut, 1, false);
	assert_false(text_take(LANG_KPM, file, file_size));
	make_mo(twice, 2, false);
	assert_false(text_take(LANG_KPM, file, file_size));
	make_mo(roglai, 3, false);
	for (size_t size = 0; size < file_size; size++)
		assert_false(text_take(LANG_KPM, file, size));
	assert_ptr_equal(text(LANG_KPM, "kiosk.question"), before);
}

static void
test_folder(void **state)
{
	char folder[] = "/tmp/hailong-words-XXXXXX", path[100];
	FILE *f;

	(void)state;
	assert_non_null(mkdtemp(folder));
	text_add_folder("");
	text_add_folder("/nowhere");
	text_add_folder(folder); /* empty */
	assert_false(lang_offered(LANG_CJM));
	snprintf(path, sizeof(path), "%s/cjm", folder);
	assert_int_equal(mkdir(path, 0700), 0);
	snprintf(path, sizeof(path), "%s/cjm/words.mo", folder);
	for (int half = 1; half >= 0; half--) {
		make_mo(roglai, 3, false);
		f = fopen(path, "w");
		fwrite(file, 1, half ? file_size / 2 : file_size, f);
		fclose(f);
		text_add_folder(folder);
		assert_int_equal(lang_offered(LANG_CJM), !half);
	}
	assert_string_equal(text(LANG_CJM, "button.skip"), "b\u01b0\u1edbc");
	remove(path);
	snprintf(path, sizeof(path), "%s/cjm", folder);
	remove(path);
	remove(folder);
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
	    cmocka_unit_test(test_words_that_are_none),
	    cmocka_unit_test(test_words_that_came_later),
	    cmocka_unit_test(test_folder),
	    cmocka_unit_test(test_expand),
	    cmocka_unit_test(test_fill),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
