/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Golden pairs in data/template: NAME.in is a template, NAME.json its document
 * (its "lang" chooses the words), NAME.out the page; NAME.bad is a template
 * that must be refused with the sentence in NAME.err. Partials: *.partial.
 * Limits that no file of a sensible size reaches are tried below them.
 */
#include "server/view/template.h"

#include <glob.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#define FOLDER   "data/template/"
#define PARTIALS 8
#define FILE_MAX 100000

static struct buf texts[PARTIALS + 1];
static char names[PARTIALS + 1][40];
static struct template_file files[PARTIALS + 1];
static struct template_set set = {files, 1};

/* "data/template/lists.in" with "json" gives "data/template/lists.json". */
static void
sibling(const char *path, const char *suffix, char out[200])
{
	int stem = (int)(strrchr(path, '.') - path);
	snprintf(out, 200, "%.*s.%s", stem, path, suffix);
}

static void
read_text(const char *path, struct buf *out)
{
	buf_clear(out);
	if (!buf_read_file(out, path, FILE_MAX))
		fail_msg("cannot read %s", path);
}

static void
take(size_t i, const char *path)
{
	const char *base = strrchr(path, '/') + 1;
	snprintf(names[i], sizeof(names[i]), "%.*s",
	    (int)(strchr(base, '.') - base), base);
	read_text(path, &texts[i]);
	files[i] = (struct template_file){names[i], buf_text(&texts[i])};
}

static int
load_partials(void **state)
{
	(void)state;
	glob_t found;
	if (glob(FOLDER "*.partial", 0, NULL, &found) != 0)
		return -1;
	for (size_t i = 0; i < found.gl_pathc && i < PARTIALS; i++)
		take(set.count++, found.gl_pathv[i]);
	globfree(&found);
	return 0;
}

static int
free_partials(void **state)
{
	(void)state;
	for (size_t i = 0; i <= PARTIALS; i++)
		buf_finish(&texts[i]);
	return 0;
}

static enum lang
doc_lang(const json_t *doc)
{
	enum lang lang = LANG_VI;
	const char *code = json_string_value(json_object_get(doc, "lang"));
	if (code != NULL)
		assert_true(lang_find(code, &lang));
	return lang;
}

static void
check_pair(const char *path)
{
	char other[200];
	char error[LIMIT_ERROR_BYTES] = "";
	struct buf want, got;
	json_error_t where;
	buf_init(&want);
	buf_init(&got);
	take(0, path);
	sibling(path, "json", other);
	json_t *doc = json_load_file(other, 0, &where);
	if (doc == NULL)
		fail_msg("%s: %s", other, where.text);
	sibling(path, "out", other);
	read_text(other, &want);
	if (!template_render(&set, names[0], doc, doc_lang(doc), &got, error))
		fail_msg("%s", error);
	assert_string_equal(buf_text(&got), buf_text(&want));
	assert_true(template_check(&set, names[0], error));
	json_decref(doc);
	buf_finish(&want);
	buf_finish(&got);
}

static void
check_bad(const char *path)
{
	char other[200];
	char error[LIMIT_ERROR_BYTES] = "";
	struct buf want, got;
	buf_init(&want);
	buf_init(&got);
	buf_puts(&got, "before");
	take(0, path);
	sibling(path, "err", other);
	read_text(other, &want);
	json_t *doc = json_pack("{s:s, s:{s:i}, s:[i], s:b}", "word", "w",
	    "object", "n", 1, "list", 1, "yes", 1);
	assert_false(
	    template_render(&set, names[0], doc, LANG_VI, &got, error));
	strncat(error, "\n", sizeof(error) - strlen(error) - 1);
	assert_string_equal(error, buf_text(&want));
	assert_string_equal(buf_text(&got), "before");
	json_decref(doc);
	buf_finish(&want);
	buf_finish(&got);
}

static void
each(const char *pattern, void (*check)(const char *path))
{
	glob_t found;
	assert_int_equal(glob(pattern, 0, NULL, &found), 0);
	for (size_t i = 0; i < found.gl_pathc; i++)
		check(found.gl_pathv[i]);
	globfree(&found);
}

static void
test_golden(void **state)
{
	(void)state;
	each(FOLDER "*.in", check_pair);
}

static void
test_refused(void **state)
{
	(void)state;
	each(FOLDER "*.bad", check_bad);
}

/* Renders a text alone over [[[…]]] lists of ten; the sentence it is refused
 * with, or "" when it is not. */
static const char *
refusal(const char *words)
{
	static char error[LIMIT_ERROR_BYTES];
	struct template_file one = {"one", words};
	struct template_set alone = {&one, 1};
	struct buf out;
	error[0] = '\0';
	buf_init(&out);
	json_t *ten = json_array();
	for (int i = 0; i < 10; i++)
		json_array_append_new(ten, json_string("0123456789abcdef"));
	json_t *doc = json_pack("{s:o}", "a", ten);
	template_render(&alone, "one", doc, LANG_VI, &out, error);
	json_decref(doc);
	buf_finish(&out);
	return error;
}

static const char *
repeat(struct buf *out, const char *left, const char *middle, const char *right,
    int times)
{
	buf_clear(out);
	for (int i = 0; i < times; i++)
		buf_puts(out, left);
	buf_puts(out, middle);
	for (int i = 0; i < times; i++)
		buf_puts(out, right);
	return buf_text(out);
}

static void
test_limits(void **state)
{
	(void)state;
	struct buf b;
	buf_init(&b);
	assert_string_equal(
	    refusal(repeat(&b, "{{^x}}", "", "{{/x}}", TEMPLATE_SECTIONS)), "");
	assert_string_equal(
	    refusal(repeat(&b, "{{^x}}", "", "{{/x}}", TEMPLATE_SECTIONS + 1)),
	    "one:1: more than 32 sections inside each other");
	assert_string_equal(refusal("{{> one}}"),
	    "one:1: more than 8 partials inside each other");
	assert_string_equal(refusal(repeat(&b, "{{#a}}", "{{.}}", "{{/a}}", 7)),
	    "one:1: the page becomes too long");
	assert_string_equal(refusal("{{> two}}"), "one:1: no template two");
	buf_finish(&b);
}

/* A page that exceeds the stack: partials with sections around them. */
static void
test_stack(void **state)
{
	(void)state;
	struct buf b;
	buf_init(&b);
	repeat(&b, "{{#w}}", "{{> one}}", "{{/w}}", 20);
	struct template_file one = {"one", buf_text(&b)};
	struct template_set alone = {&one, 1};
	struct buf out;
	char error[LIMIT_ERROR_BYTES];
	buf_init(&out);
	json_t *doc = json_pack("{s:s}", "w", "w");
	assert_false(template_render(&alone, "one", doc, LANG_VI, &out, error));
	assert_string_equal(
	    error, "one:1: sections and partials are nested too deep");
	json_decref(doc);
	buf_finish(&out);
	buf_finish(&b);
}

static void
test_unknown(void **state)
{
	(void)state;
	struct buf out;
	char error[LIMIT_ERROR_BYTES];
	buf_init(&out);
	assert_false(
	    template_render(&set, "nowhere", NULL, LANG_VI, &out, error));
	assert_string_equal(error, "nowhere: no such template");
	assert_false(template_check(&set, "nowhere", error));
	buf_finish(&out);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_golden),
	    cmocka_unit_test(test_refused),
	    cmocka_unit_test(test_limits),
	    cmocka_unit_test(test_stack),
	    cmocka_unit_test(test_unknown),
	};
	return cmocka_run_group_tests(tests, load_partials, free_partials);
}
