/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Every page over the sample documents of data/pages (NAME-CASE.json for
 * NAME.html, in the folders of server/pages; a row's "bar": [share, lo, hi,
 * target] becomes its chart) in every language: it renders, stays in its size,
 * is well formed (html_check.h), holds nothing our Content-Security-Policy
 * forbids and no key for a word. HAILONG_PREVIEW=DIR keeps the pages to look
 * at.
 */
#include "server/pages/templates.h"

#include <glob.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>
#include "server/static/static.h"
#include "server/view/chart.h"
#include "shared/arena.h"
#include "tests/view/html_check.h"

#define FOLDER     "data/pages/"
#define FIRST_PAGE (15 * 1000) /* contract: bytes of a citizen's first page */

static const struct static_file *
find_static(const char *name)
{
	for (size_t i = 0; i < static_files_count; i++) {
		if (strcmp(static_files[i].name, name) == 0)
			return &static_files[i];
	}
	fail_msg("no static file %s", name);
	return NULL;
}

/* Walks the document; wherever a "bar" is, a "chart" comes beside it. */
static void
add_charts(json_t *value)
{
	const char *key;
	json_t *member;
	size_t i;
	json_array_foreach (value, i, member)
		add_charts(member);
	json_object_foreach (value, key, member)
		add_charts(member);
	json_t *bar = json_object_get(value, "bar");
	if (bar == NULL)
		return;
	struct chart_interval c = {.title = "91,5% (88,1–93,2%)",
	    .has_target = true,
	    .target = json_number_value(json_array_get(bar, 3)),
	    .share = json_number_value(json_array_get(bar, 0)),
	    .lo = json_number_value(json_array_get(bar, 1)),
	    .hi = json_number_value(json_array_get(bar, 2)),
	    .from = 50};
	c.has_share = c.has_interval = json_is_number(json_array_get(bar, 0));
	if (json_object_get(value, "population") != NULL) {
		c.labels = c.target > 88 ? "90%" : "85%";
		c.left = "50%";
	}
	struct buf svg;
	buf_init(&svg);
	assert_true(chart_interval(&c, &svg));
	json_object_set_new(value, "chart", json_string(buf_text(&svg)));
	buf_finish(&svg);
}

static json_t *
load(const char *path, enum lang lang)
{
	json_error_t where;
	json_t *doc = json_load_file(path, 0, &where);
	if (doc == NULL)
		fail_msg("%s:%d: %s", path, where.line, where.text);
	enum lang other = lang == LANG_VI ? LANG_EN : LANG_VI;
	json_object_set_new(doc, "lang", json_string(lang_code(lang)));
	json_object_set_new(doc, "other",
	    json_pack("{s:s, s:s}", "lang", lang_code(other), "href",
		other == LANG_EN ? "?lang=en" : "?lang=vi"));
	json_object_set_new(doc, "icon", json_string("icon.svg"));
	add_charts(doc);
	return doc;
}

static void
keep(const char *name, const void *data, size_t size)
{
	char path[300];
	const char *folder = getenv("HAILONG_PREVIEW");
	if (folder == NULL)
		return;
	snprintf(path, sizeof(path), "%s/%s", folder, name);
	FILE *f = fopen(path, "w");
	assert_non_null(f);
	fwrite(data, 1, size, f);
	fclose(f);
}

static void
check_page(const char *path, enum lang lang)
{
	static const char *const forbidden[] = {
	    "style=", "<script>", "<style", "onclick=", "http://", "{{", "}}"};
	char name[60], out[100], error[LIMIT_ERROR_BYTES] = "";
	bool whole;
	struct buf page;
	const char *below = path + strlen(FOLDER), *base;
	snprintf(name, sizeof(name), "%.*s", (int)strcspn(below, "-."), below);
	base = strrchr(path, '/') + 1;
	json_t *doc = load(path, lang);
	buf_init(&page);
	if (!template_render(&page_templates, name, doc, lang, &page, error))
		fail_msg("%s: %s", path, error);
	snprintf(out, sizeof(out), "%.*s.%s.html", (int)strcspn(base, "."),
	    base, lang_code(lang));
	keep(out, page.data, page.size);
	for (size_t i = 0; i < sizeof(forbidden) / sizeof(*forbidden); i++) {
		const char *p = strstr(buf_text(&page), forbidden[i]);
		/* the one URL that is no address */
		while (p != NULL && strncmp(p, "http://www.w3.org/", 18) == 0)
			p = strstr(p + 1, forbidden[i]);
		if (p != NULL)
			fail_msg("%s holds %.60s", out, p);
	}
	whole = strstr(name, "_part") == NULL;
	/* citizens' pages save the quotes for their 15 kB */
	if (strncmp(name, "citizen/", 8) != 0 && strcmp(name, "error") != 0 &&
	    !html_check(buf_text(&page), whole, error))
		fail_msg("%s: %s", out, error);
	if (strcmp(name, "citizen/form") == 0)
		assert_in_range(
		    page.size + *find_static("form.css")->size, 1, FIRST_PAGE);
	json_decref(doc);
	buf_finish(&page);
}

static void
test_samples(void **state)
{
	(void)state;
	glob_t found;
	assert_int_equal(glob(FOLDER "*.json", 0, NULL, &found), 0);
	assert_int_equal(glob(FOLDER "*/*.json", GLOB_APPEND, NULL, &found), 0);
	for (size_t i = 0; i < found.gl_pathc; i++) {
		for (int lang = 0; lang < LANG_WHOLE; lang++)
			check_page(found.gl_pathv[i], (enum lang)lang);
	}
	globfree(&found);
}

/* A key that is spelled out has words in every language; those with a
 * [bracket] are listed in test_bracket_words. */
static void
expect_words(void *data, const char *key)
{
	(void)data;
	for (int lang = 0; lang < LANG_WHOLE; lang++) {
		if (strchr(key, '[') == NULL &&
		    text_find((enum lang)lang, key) == NULL)
			fail_msg("no %s words for %s",
			    lang_code((enum lang)lang), key);
	}
}

static void
test_words(void **state)
{
	(void)state;
	char error[LIMIT_ERROR_BYTES];
	for (size_t i = 0; i < page_templates.count; i++) {
		if (!template_words(&page_templates,
			page_templates.files[i].name, expect_words, NULL,
			error))
			fail_msg("%s", error);
	}
}

static void
test_bracket_words(void **state)
{
	(void)state;
	static const char *const keys[] = {"face.1", "face.2", "face.3",
	    "face.4", "face.5", "lang.vi", "lang.en", "error.400", "error.403",
	    "error.404", "error.405", "error.413", "error.500", "error.503",
	    "verdict.word.met", "verdict.word.not_met",
	    "verdict.word.not_yet_known", "verdict.word.too_few",
	    "verdict.word.invalid", "verdict.word.no_data", "population.tthc",
	    "population.tthc-land", "population.agency",
	    "population.health-education", "channel.kiosk", "channel.web",
	    "channel.sms", "channel.paper", "channel.api", "case.state.new",
	    "case.state.hand", "case.state.done", "queue.done.aside",
	    "queue.done.count", "step.take", "step.hand", "step.due",
	    "step.note", "step.done", "step.reopen", "step.aside",
	    "step.restore", "step.count", "step.undo", "step.paper"};
	for (size_t i = 0; i < sizeof(keys) / sizeof(*keys); i++)
		expect_words(NULL, keys[i]);
}

static void
test_static(void **state)
{
	(void)state;
	assert_int_equal(static_files_count, 5);
	for (size_t i = 0; i < static_files_count; i++) {
		const struct static_file *f = &static_files[i];
		assert_int_equal(strlen(f->data), *f->size);
		keep(f->name, f->data, *f->size);
	}
	assert_string_equal(find_static("icon.svg")->mime, "image/svg+xml");
	assert_string_equal(
	    find_static("style.css")->mime, "text/css; charset=utf-8");
	assert_string_equal(
	    find_static("live.js")->mime, "text/javascript; charset=utf-8");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_samples),
	    cmocka_unit_test(test_words),
	    cmocka_unit_test(test_bracket_words),
	    cmocka_unit_test(test_static),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
