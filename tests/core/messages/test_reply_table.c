/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The table of words as a person keeps it: what is understood, what is refused
 * and with which line; then the table of the house itself: each class is
 * explained in its head and has a word, each word is found in a text.
 */
#include "server/core/messages/reply_table.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>
#include "server/core/messages/reply.h"
#include "shared/buf.h"

#define HOUSE_TABLE "../server/core/messages/reply_words.tsv"

static void
test_rows(void **state)
{
	/* a BOM and CR LF of a spreadsheet, blanks round cells, a decomposed
	 * spelling, a picture with a variation selector */
	static const char text[] = "\xEF\xBB\xBF# words\r\n"
				   "version\t7\t\t\t\r\n"
				   "\r\n"
				   "Rất  \tvery\r\n"
				   "RKHL\tcore+lead\tpleased+very+not\r\n"
				   " good\tcore\tgood\t\tnote\r\n"
				   "xin\tgive+join\r\n"
				   "quá trời\tmuch\t\t=qua\xCC\x81|quà\r\n"
				   "hơi\tsoft\ta-bit\r\n"
				   "mười\tnumber\t10\r\n"
				   "off\topt-out\r\n"
				   "❤️\tface\tglad\r\n"
				   "👍\tthumb\t4\r\n"
				   "☹\tface\t2\r\n"
				   "☆\tstar\tempty\r\n"
				   "a\treason\twaiting\r\n"
				   "b\treason\tlate";
	struct reply_table t;
	struct arena a;
	char error[200] = "";

	(void)state;
	arena_init(&a);
	if (!reply_table_read(
		&a, text, sizeof(text) - 1, &t, error, sizeof(error)))
		fail_msg("%s", error);
	assert_int_equal(t.version, 7);
	assert_int_equal(t.word_count, 8);
	assert_string_equal(t.words[0].words, "rat");
	assert_null(t.words[0].marked);
	assert_true(t.words[1].classes == (W_CORE | W_LEAD));
	assert_int_equal(t.words[1].core, CORE_PLEASED);
	assert_true(t.words[1].holds_not && t.words[1].holds_very);
	assert_string_equal(t.words[2].words, "god");
	assert_true(t.words[3].classes == (W_GIVE | W_JOIN));
	assert_string_equal(t.words[4].words, "qua troi");
	assert_string_equal(t.words[4].marked, "=quá|quà");
	assert_int_equal(t.words[5].soft, SOFT_A_BIT);
	assert_int_equal(t.words[6].number, 10);
	assert_string_equal(t.words[7].words, "off");
	assert_int_equal(t.picture_count, 4);
	assert_int_equal(t.pictures[0].code, 0x2764);
	assert_int_equal(t.pictures[0].level, 0);
	assert_int_equal(t.pictures[0].sign, 1);
	assert_true(t.pictures[1].thumb && t.pictures[1].sign == 1);
	assert_int_equal(t.pictures[2].sign, -1);
	assert_true(t.pictures[3].star && t.pictures[3].level == 0);
	assert_int_equal(t.reason_count, 2);
	assert_string_equal(t.reasons[1], "late");
	arena_finish(&a);
}

/* What is wrong in the last line, and what is said of it. */
static const struct {
	const char *text, *error;
} faults[] = {
    {"", "line 2: the table has no words"},
    {"ngày", "line 2: 2 to 5 columns are wanted, with one tab between them; "
	     "here are 1"},
    {"ngày unit", "line 2: 2 to 5 columns are wanted, with one tab between "
		  "them; here are 1"},
    {"ngày\tunit\t\t\t\t", "line 2: 2 to 5 columns are wanted, with one tab "
			   "between them; here are 6"},
    {"ngày\tunti", "line 2: there is no class \"unti\""},
    {"ngày\tunit+", "line 2: there is no class \"\""},
    {"ngày\t", "line 2: there is no class \"\""},
    {"ngày\tunit\n# a note\nNGAY\tunit+danger",
	"line 4: the word \"NGAY\" stands in line 2 already"},
    {"looong\tunit\nlong\tunit",
	"line 3: the word \"long\" stands in line 2 already"},
    {"5 ngày\tunit", "line 2: the word \"5 ngày\" must be letters with one "
		     "blank between syllables"},
    {"hai  long\tunit", "line 2: the word \"hai  long\" must be letters with "
			"one blank between syllables"},
    {"\tunit", "line 2: the word \"\" must be letters with one blank between "
	       "syllables"},
    {"ưng\tcore", "line 2: the class core takes no value \"\""},
    {"ưng\tcore\tplease", "line 2: the class core takes no value \"please\""},
    {"ưng\tcore\tpleased+no",
	"line 2: the class core takes no value \"pleased+no\""},
    {"hơi\tsoft\tbit", "line 2: the class soft takes no value \"bit\""},
    {"hai\tnumber\t11", "line 2: the class number takes no value \"11\""},
    {"hai\tnumber\t2x", "line 2: the class number takes no value \"2x\""},
    {"ngày\tunit\t5", "line 2: the class unit takes no value \"5\""},
    {"chậm\tcore\tslow\tchậm|lâu",
	"line 2: \"lâu\" is no spelling of \"cham\""},
    {"chậm\tcore\tslow\t!", "line 2: \"\" is no spelling of \"cham\""},
    {"tc\topt-out+polite", "line 2: the class of a command stands alone"},
    {"vui\tface\tglad", "line 2: \"vui\" is not one picture"},
    {"😍😍\tface\t5", "line 2: \"😍😍\" is not one picture"},
    {"😍\tface\t6", "line 2: the class face takes no value \"6\""},
    {"☆\tstar\t1", "line 2: the class star takes no value \"1\""},
    {"😍\tface\t5\n😍\tthumb\t5",
	"line 3: the picture \"😍\" stands there already"},
    {"b\treason\twaiting",
	"line 2: the letters of the reasons must be a, b, c, …"},
    {"a\treason\tChờ lâu", "line 2: \"Chờ lâu\" is no code of a reason"},
    {"ng\xE0y\tunit", "line 2: this is not UTF-8"},
};

static void
expect_fault(const char *text, const char *wanted)
{
	struct reply_table t;
	struct arena a;
	char error[300] = "";

	arena_init(&a);
	if (reply_table_read(&a, text, strlen(text), &t, error, sizeof(error)))
		fail_msg("taken: %s", text);
	if (strcmp(error, wanted) != 0)
		fail_msg("%s\n said: %s\nwanted: %s", text, error, wanted);
	arena_finish(&a);
}

static void
test_faults(void **state)
{
	char text[400];

	(void)state;
	for (size_t i = 0; i < sizeof(faults) / sizeof(faults[0]); i++) {
		snprintf(text, sizeof(text), "version\t1\n%s", faults[i].text);
		expect_fault(text, faults[i].error);
	}
	expect_fault("ngày\tunit",
	    "line 1: the first row must be: version, a tab, a number");
	expect_fault("version\tx", "line 1: the version is a number from 1 on");
	expect_fault("version\t0", "line 1: the version is a number from 1 on");
}

/* The house's own table; it belongs to the arena. */
static const char *
read_house_table(struct arena *a, struct reply_table *t)
{
	char error[300] = "";
	struct buf file;
	const char *text;

	buf_init(&file);
	assert_true(buf_read_file(&file, HOUSE_TABLE, 1 << 20));
	text = arena_strdup(a, buf_text(&file));
	buf_finish(&file);
	if (!reply_table_read(a, text, strlen(text), t, error, sizeof(error)))
		fail_msg("%s", error);
	return text;
}

/* The head explains the class: its name stands as a word in a comment before
 * the first row. */
static bool
explained(struct arena *a, const char *text, const char *name)
{
	const char *version = strstr(text, "\nversion");
	const char *head = arena_strndup(a, text, (size_t)(version - text));
	size_t n = strlen(name);

	for (const char *at = head; (at = strstr(at, name)); at += n)
		if ((at[-1] == ' ') && (at[n] == ' ' || at[n] == ','))
			return true;
	return false;
}

static void
test_house_classes(void **state)
{
	struct reply_table t;
	struct arena a;
	const char *text;
	uint64_t used = 0, bits = 0;

	(void)state;
	arena_init(&a);
	text = read_house_table(&a, &t);
	assert_int_equal(t.version, reply_reader_version);
	for (size_t i = 0; i < t.word_count; i++)
		used |= t.words[i].classes;
	for (size_t i = 0; i < W_CLASS_COUNT; i++) {
		const struct reply_class *class = &reply_classes[i];
		bits |= class->bit;
		if (!(used & class->bit))
			fail_msg("class %s has no word", class->name);
		if (!explained(&a, text, class->name))
			fail_msg("class %s is not explained", class->name);
	}
	assert_true(bits == UINT64_MAX >> (64 - W_CLASS_COUNT));
	arena_finish(&a);
}

/* Each word of the table, written without diacritics, is found where a text
 * consists of it. */
static void
test_house_words(void **state)
{
	struct reply_table t;
	struct arena a;

	(void)state;
	arena_init(&a);
	read_house_table(&a, &t);
	assert_int_equal(t.word_count, word_begins[26]);
	for (size_t i = 0; i < t.word_count; i++) {
		const struct word *word = &t.words[i], *found = NULL;
		const char *text = word->words;
		struct pieces p;

		if (word->marked && *word->marked == '!')
			text = arena_strndup(&a, word->marked + 1,
			    strcspn(word->marked + 1, "|"));
		assert_true(reply_fold(&a, text, &p));
		if (word->classes & W_EXACT) {
			assert_true(word_is(text, word->classes));
		} else if (word_at(&p, 0, word->classes, &found) != p.count ||
			   strcmp(found->words, word->words) != 0) {
			fail_msg("\"%s\" is not found", text);
		}
	}
	arena_finish(&a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_rows),
	    cmocka_unit_test(test_faults), cmocka_unit_test(test_house_classes),
	    cmocka_unit_test(test_house_words)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
