/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The citizen's form of the real collector, as a browser without JavaScript
 * uses it: small, without cookie, kept when something is wrong, counted once.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "tests/kit/rig.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "shared/uuid.h"

#define FIRST_PAGE (15 * 1000) /* bytes, html and style together */

static struct rig rig;

static int
setup(void **state)
{
	(void)state;
	rig_make(&rig, "");
	rig_serve(&rig);
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	rig_check(&rig);
	rig_remove(&rig);
	return 0;
}

/* The value that follows `before` in a page, up to a quote or '>'. */
static char *
after(const struct reply *reply, const char *before)
{
	const char *at = strstr(reply->body, before);

	if (at == NULL)
		fail_msg("no %s in: %.3000s", before, reply->body);
	at += strlen(before);
	return strndup(at, strcspn(at, "\"> "));
}

static void
assert_has(const struct reply *reply, const char *words)
{
	if (strstr(reply->body, words) == NULL)
		fail_msg("no \"%s\" in: %.4000s", words, reply->body);
}

static void
assert_has_not(const struct reply *reply, const char *words)
{
	if (strstr(reply->body, words) != NULL)
		fail_msg("\"%s\" in: %.4000s", words, reply->body);
}

/* Fills a form: an id of its own and these fields. */
static const struct reply *
send_with(const char *id, const char *fields)
{
	char body[512];

	snprintf(body, sizeof(body), "id=%s&%s", id, fields);
	return rig_post(&rig, "/f/LH1", body);
}

static const struct reply *
send_form(const char *fields)
{
	char id[UUID_TEXT];
	struct uuid uuid;

	uuid_new(&uuid);
	uuid_format(&uuid, id);
	return send_with(id, fields);
}

/* ---------------------------------------------------------------- the pages */

/* Every desk's, the district's with all its fields too. */
static void
test_first_page_is_small(void **state)
{
	static const char *const desks[] = {"TP1", "TPD1", "LH1", "BT1"};

	(void)state;
	for (size_t i = 0; i < 4; i++) {
		char path[32], *css, *style;
		const struct reply *page;
		size_t size;

		snprintf(path, sizeof(path), "/f/%s", desks[i]);
		page = get(&rig, path);
		assert_status(page, 200);
		size = page->size;
		css = after(page, "<link rel=\"stylesheet\" href=\"");
		page = get(&rig, css);
		assert_status(page, 200);
		size += page->size;
		style = reply_header(page, "Cache-Control");
		assert_non_null(strstr(style, "immutable"));
		if (size > FIRST_PAGE)
			fail_msg("%s: %zu bytes", desks[i], size);
		free(style);
		free(css);
	}
}

static void
test_headers(void **state)
{
	const struct reply *page = get(&rig, "/f/LH1");
	char *policy = reply_header(page, "Content-Security-Policy");
	char *cache = reply_header(page, "Cache-Control");
	char *frame = reply_header(page, "X-Frame-Options");

	(void)state;
	assert_non_null(strstr(policy, "frame-ancestors 'none'"));
	assert_string_equal(frame, "DENY");
	assert_null(reply_header(page, "Set-Cookie"));
	assert_non_null(strstr(policy, "default-src 'none'"));
	assert_null(strstr(policy, "unsafe"));
	assert_string_equal(cache, "no-store");
	assert_has_not(page, "<script");
	assert_has_not(page, " style=");
	free(policy);
	free(cache);
	free(frame);
}

static void
test_languages(void **state)
{
	const struct reply *page;

	(void)state;
	page = get(&rig, "/f/LH1");
	assert_has(page, "<html lang=\"vi\">");
	assert_has(page, "Rất hài lòng");
	page = get(&rig, "/f/LH1?lang=en");
	assert_has(page, "<html lang=\"en\">");
	assert_has(page, "Very satisfied");
	assert_has(page, "name=\"lang\" value=\"en\"");
	page = get(&rig, "/f/LH1?lang=xx");
	assert_has(page, "<html lang=\"vi\">");
	page = send_form("overall=5&lang=en");
	assert_status(page, 200);
	assert_has(page, "<html lang=\"en\">");
	assert_string_equal(
	    rig_sql(&rig, "SELECT lang FROM answer WHERE lang <> 'vi'"), "en");
}

static void
test_unknown_desk(void **state)
{
	static const char *const paths[] = {
	    "/f/XX9", "/f/", "/f/LH1/", "/f/lh1%2f"};

	(void)state;
	for (size_t i = 0; i < sizeof(paths) / sizeof(paths[0]); i++) {
		int status = get(&rig, paths[i])->status;

		if (status != 404 && status != 400)
			fail_msg("%s: %d", paths[i], status);
	}
	assert_status(rig_post(&rig, "/f/XX9", "overall=5"), 404);
	assert_has(get(&rig, "/f/%3Cscript%3E"), "<html");
	assert_has_not(get(&rig, "/f/%3Cscript%3E"), "<script>");
}

/* ---------------------------------------------------------------- an answer */

/* The way of a browser: the page's own id, all that it offers. */
static void
test_a_whole_answer(void **state)
{
	const struct reply *page = get(&rig, "/f/LH1");
	char *id = after(page, "name=\"id\" value=\"");
	char *receipt;

	(void)state;
	page = send_with(id,
	    "lang=vi&overall=2&field=ho-tich&reasons=waiting&reasons=late&"
	    "access=4&procedure=na&attitude=&comment=Ch%E1%BB%9D%0D%0Al%C3%A2u"
	    "%21%0D%0A");
	assert_status(page, 200);
	receipt = after(page, "<p class=\"receipt\">");
	assert_int_equal(strcspn(receipt, "<"), 9); /* XXXX-XXXX */
	assert_string_equal(
	    rig_sql(&rig,
		"SELECT desk||' '||field||' '||channel||' '||scores||' '||"
		"reasons||' '||flags||'|'||device FROM answer "
		"WHERE scores LIKE 'overall=2 %'"),
	    "LH1 ho-tich web overall=2 access=4 procedure=- waiting late |");
	assert_string_equal(
	    rig_sql(&rig, "SELECT comment FROM remark"), "Chờ\nlâu!");
	free(receipt);
	free(id);
}

/* Pressed twice, or sent again from a bad connection, it counts once; with
 * other content the first stays and the citizen is told. */
static void
test_sent_twice(void **state)
{
	const char *count = "SELECT count(*) FROM answer WHERE device = '' AND "
			    "scores = 'overall=3'";
	char *id = after(get(&rig, "/f/LH1"), "name=\"id\" value=\"");
	char *receipt, *again;

	(void)state;
	receipt = after(send_with(id, "overall=3"), "<p class=\"receipt\">");
	again = after(send_with(id, "overall=3"), "<p class=\"receipt\">");
	assert_string_equal(receipt, again);
	assert_string_equal(rig_sql(&rig, count), "1");
	assert_status(send_with(id, "overall=4"), 409);
	assert_status(send_with(id, "overall=3&comment=x"), 409);
	assert_string_equal(rig_sql(&rig, count), "1");
	free(receipt);
	free(again);
	free(id);
}

/* An integrator's own form need not make ids. */
static void
test_without_an_id(void **state)
{
	(void)state;
	assert_status(rig_post(&rig, "/f/TPX1", "overall=5"), 200);
	assert_string_equal(
	    rig_sql(&rig, "SELECT field FROM answer WHERE desk = 'TPX1'"),
	    "xay-dung"); /* a desk with one field implies it */
}

/* -------------------------------------------------------------- wrong input */

static void
test_what_was_entered_is_kept(void **state)
{
	const struct reply *page =
	    send_with("01938f5e-7c1a-7f00-9a51-3f0d3c1f8a77",
		"field=dat-dai&reasons=late&access=3&attitude=na&"
		"comment=%3Cb%3E%22h%C3%A0i+l%C3%B2ng%22");

	(void)state;
	assert_status(page, 422);
	assert_has(page, "role=\"alert\"");
	assert_has(page, "01938f5e-7c1a-7f00-9a51-3f0d3c1f8a77");
	assert_has(page, "<option value=dat-dai selected>");
	assert_has(page, "value=late checked>");
	assert_has(page, "name=access value=3 checked>");
	assert_has(page, "name=attitude value=na checked>");
	assert_has(page, "&lt;b&gt;");
	assert_has(page, "hài lòng");
	assert_has_not(page, "<b>");
	assert_has(page, "<details open>");
}

static void
test_wrong_input(void **state)
{
	static const char *const bodies[] = {"", "comment=only+words",
	    "overall=", "overall=0", "overall=6", "overall=55", "overall=na",
	    "overall=5&access=6", "overall=5&access=x",
	    "overall=5&reasons=rain", "overall=5&reasons=late&reasons=late",
	    "overall=5&field=dat-dat", "overall=5&field=%3Cb%3E",
	    "overall=5%00", "overall=%075", "overall=5&field=dat-dai%0B",
	    "overall=5&reasons=late%00", "overall=5&access=%ff"};

	(void)state;
	for (size_t i = 0; i < sizeof(bodies) / sizeof(bodies[0]); i++) {
		const struct reply *page = send_form(bodies[i]);

		if (page->status != 422)
			fail_msg("%s: %d", bodies[i], page->status);
		assert_has(page, "<form");
		assert_has(page, "role=\"alert\"");
	}
	assert_status(send_with("nonsense", "overall=5"), 422);
	/* a fresh id, or the next attempt would fail for ever */
	assert_has_not(send_with("nonsense", "overall=5"), "nonsense");
}

/* The form of the contract, written as it is to be. */
static void
test_not_a_form(void **state)
{
	(void)state;
	assert_status(rig_post(&rig, "/f/LH1", "overall=5&comment=%"), 400);
	assert_status(ask(&rig, "POST", "/f/LH1",
			  "Content-Type: text/plain\r\n", "overall=5", 9),
	    422);
	assert_status(ask(&rig, "PUT", "/f/LH1", "", "x", 1), 405);
}

/* 2,000 characters as a browser counts them: a line end is one. */
static void
test_long_comments(void **state)
{
	static const char head[] = "overall=4&comment=";
	char *body = calloc(1, 100000);

	(void)state;
	assert_non_null(body);
	for (int more = 0; more < 2; more++) {
		char *at = stpcpy(body, head);

		for (int i = 0; i < 1000; i++)
			at = stpcpy(at, "%E1%BA%A1");
		for (int i = 0; i < 500 - 1; i++)
			at = stpcpy(at, "%0D%0Ax");
		stpcpy(at, more ? "xyz" : "xy");
		assert_status(rig_post(&rig, "/f/LH1", body), more ? 422 : 200);
	}
	memset(body, 'a', 99999);
	assert_status(rig_post(&rig, "/f/LH1", body), 413);
	free(body);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_first_page_is_small),
	    cmocka_unit_test(test_headers),
	    cmocka_unit_test(test_languages),
	    cmocka_unit_test(test_unknown_desk),
	    cmocka_unit_test(test_a_whole_answer),
	    cmocka_unit_test(test_sent_twice),
	    cmocka_unit_test(test_without_an_id),
	    cmocka_unit_test(test_what_was_entered_is_kept),
	    cmocka_unit_test(test_wrong_input),
	    cmocka_unit_test(test_not_a_form),
	    cmocka_unit_test(test_long_comments),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
