/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Every key that the programs use has words in every language that is whole.
 * Keys are found in the sources as the literals in the key's argument of
 * text(), text_find(), text_fill() and their kin, and in the templates as
 * {{_ key}}. Of a key that is put together at run time ("face.%d",
 * {{_ face.[level]}}) the beginning is checked: some key must begin so.
 */
#include "shared/text.h"

#include <ctype.h>
#include <ftw.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "shared/buf.h"

static size_t missing;
static struct buf po[LANG_WHOLE]; /* the files as written */

/* True when a language has words for the key; of a key with a variable part
 * only what stands before it is compared. */
static bool
has_words(enum lang lang, const char *key)
{
	size_t fixed = strcspn(key, "%[");
	char beginning[160];

	if (key[fixed] == '\0') {
		return text_find(lang, key) != NULL;
	}
	snprintf(
	    beginning, sizeof(beginning), "\nmsgid \"%.*s", (int)fixed, key);
	return strstr(buf_text(&po[lang]), beginning) != NULL;
}

/* A key without words is named with its file; the test fails at the end, so
 * that one run names them all. */
static void
check_key(const char *path, const char *start, size_t n)
{
	char key[128];

	if (n == 0 || n >= sizeof(key)) {
		return;
	}
	memcpy(key, start, n);
	key[n] = '\0';
	for (int i = 0; i < LANG_WHOLE; i++) {
		if (!has_words((enum lang)i, key)) {
			print_error("%s: key \"%s\" has no words in %s\n", path,
			    key, lang_code((enum lang)i));
			missing++;
		}
	}
}

/* Checks the literals in the given argument (from 0) of a call whose opening
 * bracket was just passed. */
static void
check_call(const char *path, const char *at, int wanted)
{
	int depth = 1, argument = 0;

	for (; *at && depth > 0; at++) {
		if (*at == '(') {
			depth++;
		} else if (*at == ')') {
			depth--;
		} else if (*at == ',' && depth == 1) {
			argument++;
		} else if (*at == '"') {
			const char *start = ++at;
			while (*at && *at != '"') {
				at += *at == '\\' ? 2 : 1;
			}
			if (argument == wanted) {
				check_key(path, start, (size_t)(at - start));
			}
		}
	}
}

static void
check_source(const char *path, const char *code)
{
	static const struct {
		const char *call;
		int argument;
	} calls[] = {{"text(", 1}, {"text_find(", 1}, {"text_fill(", 2},
	    {"page_text(", 1}, {"page_fill(", 1}, {"page_text_of(", 1},
	    {"page_problem(", 1},
	    /* the kiosk's, in the language on its screen */
	    {"words_text(", 1}, {"words_fill(", 1}, {"part_bar_button(", 1},
	    {"part_count_refresh(", 1}, {"aloud_text(", 1}};

	for (size_t i = 0; i < sizeof(calls) / sizeof(*calls); i++) {
		for (const char *at = code;
		     (at = strstr(at, calls[i].call)) != NULL; at++) {
			if (at > code &&
			    (isalnum((unsigned char)at[-1]) || at[-1] == '_')) {
				continue; /* the end of another name */
			}
			check_call(path, at + strlen(calls[i].call),
			    calls[i].argument);
		}
	}
}

static void
check_template(const char *path, const char *html)
{
	while ((html = strstr(html, "{{_"))) {
		html += 3 + strspn(html + 3, " ");
		check_key(path, html, strcspn(html, " }"));
	}
}

static int
check_file(const char *path, const struct stat *st, int kind, struct FTW *ftw)
{
	const char *ending = strrchr(path, '.');
	struct buf b;

	(void)st;
	(void)ftw;
	if (kind != FTW_F || !ending) {
		return 0;
	}
	bool is_code = strcmp(ending, ".c") == 0 || strcmp(ending, ".h") == 0;
	if (!is_code && strcmp(ending, ".html") != 0) {
		return 0;
	}
	buf_init(&b);
	assert_true(buf_read_file(&b, path, 4 << 20));
	if (is_code) {
		check_source(path, buf_text(&b));
	} else {
		check_template(path, buf_text(&b));
	}
	buf_finish(&b);
	return 0;
}

static void
test_used(void **state)
{
	static const char *const rooms[] = {"../kiosk", "../sms", "../server"};

	(void)state;
	missing = 0;
	for (size_t i = 0; i < sizeof(rooms) / sizeof(*rooms); i++) {
		assert_int_equal(nftw(rooms[i], check_file, 16, FTW_PHYS), 0);
	}
	assert_int_equal(missing, 0);
}

/* The finder itself: it must see a missing key in each way of writing it. */
static void
test_finder(void **state)
{
	static const struct {
		const char *source;
		size_t missing; /* keys, each counted in two languages */
	} table[] = {
	    {"text(lang, \"kiosk.thanks\")", 0},
	    {"text(lang, \"no.such\")", 1},
	    {"text(f(a, b), x ? \"no.such\" : \"no.other\")", 2},
	    {"text_find(\n\t    LANG_VI, \"no.such\")", 1},
	    {"text_fill(a, lang, \"no.such\", \"no.name\", \"x\", NULL)", 1},
	    {"text(lang, key, \"no.such\")", 0},
	    {"buf_text(&b, \"no.such\")", 0},
	    {"text(lang, arena_printf(a, \"face.%d\", 5))", 0},
	    {"text(lang, arena_printf(a, \"no.%d\", 5))", 1},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(table) / sizeof(*table); i++) {
		missing = 0;
		check_source("(expected)", table[i].source);
		assert_int_equal(missing, table[i].missing * LANG_WHOLE);
	}
	missing = 0;
	check_template("(expected)",
	    "{{_ no.such}}{{_no.such}}{{_ no.[x]}}{{x}}{{_ face.[x]}}");
	assert_int_equal(missing, 3 * LANG_WHOLE);
}

static int
setup(void **state)
{
	char path[64];

	(void)state;
	for (int i = 0; i < LANG_WHOLE; i++) {
		snprintf(path, sizeof(path), "../shared/po/%s.po",
		    lang_code((enum lang)i));
		buf_init(&po[i]);
		assert_true(buf_read_file(&po[i], path, 1 << 20));
	}
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	for (int i = 0; i < LANG_WHOLE; i++) {
		buf_finish(&po[i]);
	}
	return 0;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_finder),
	    cmocka_unit_test(test_used),
	};
	return cmocka_run_group_tests(tests, setup, teardown);
}
