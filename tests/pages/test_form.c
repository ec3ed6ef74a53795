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
#include <unistd.h>
#include "shared/uuid.h"

#define FIRST_PAGE (15 * 1000) /* bytes, html and style together */

static struct rig rig;

static int
setup(void **state)
{
	(void)state;
	rig_make(&rig, "patience = 2\n");       /* for test_busy */
	free(rig_device(&rig, "kiosk", "LH1")); /* whose answers are awaited */
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

/* As people type them, and as other programs decorate them. */
/* Every text that a citizen may come to see is filled. */
static void
test_filled(void **state)
{
	static const char *const paths[] = {"/", "/?lang=en", "/f/LH1",
	    "/f/LH1?lang=en", "/f/XX9", "/d/none", "/nothing"};

	(void)state;
	for (size_t i = 0; i < sizeof(paths) / sizeof(paths[0]); i++)
		assert_has_not(get(&rig, paths[i]), "{");
}

static void
test_forgiven_addresses(void **state)
{
	static const char *const paths[] = {"/f/LH1", "/f/lh1", "/f/Lh1",
	    "/f/LH1/", "/f/lh1%2f", "/f/LH1.", "/f/lh1./",
	    "/f/LH1?utm_source=zalo", "/f/LH1?fbclid=x&lang=vi",
	    "/f/lh1?id=nonsense"};

	(void)state;
	for (size_t i = 0; i < sizeof(paths) / sizeof(paths[0]); i++) {
		const struct reply *page =
		    ask(&rig, "GET", paths[i], "", NULL, 0);
		char *to = reply_header(page, "Location");

		assert_status(page, 303);
		assert_int_equal(strlen(to), strlen("/f/LH1?id=") + 36);
		assert_memory_equal(to, "/f/LH1?id=", 10);
		page = ask(&rig, "GET", to, "", NULL, 0);
		assert_status(page, 200);
		assert_has(page, to + 10);
		free(to);
	}
	assert_status(rig_post(&rig, "/f/lh1/", "overall=4"), 200);
}

static void
test_unknown_desk(void **state)
{
	static const char *const paths[] = {
	    "/f/XX9", "/f/", "/f/LH11", "/f/lh1%2fx", "/f/."};

	(void)state;
	for (size_t i = 0; i < sizeof(paths) / sizeof(paths[0]); i++) {
		int status = get(&rig, paths[i])->status;

		if (status != 404 && status != 400)
			fail_msg("%s: %d", paths[i], status);
	}
	assert_status(rig_post(&rig, "/f/XX9", "overall=5"), 404);
	assert_has(get(&rig, "/f/XX9"), "href=\"/\"");
	assert_has_not(get(&rig, "/f/XX9"), "/staff");
	assert_has(get(&rig, "/"), "href=\"/f/LH1\"");
	assert_has(get(&rig, "/?lang=en"), "href=\"/f/LH1?lang=en\"");
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

/* The page after the same form was sent with other content: it says what
 * stands, by the first one's receipt, and leads on to another answer. */
static void
assert_kept(const struct reply *page, const char *receipt)
{
	assert_status(page, 409);
	assert_has(page, receipt);
	assert_has(page, "href=\"/f/LH1\"");
	assert_has_not(page, "name=\"overall\"");
	assert_has_not(page, "Cảm ơn Ông/Bà. Ý kiến đã được ghi nhận.");
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
	assert_kept(send_with(id, "overall=4"), receipt);
	assert_kept(send_with(id, "overall=3&comment=x"), receipt);
	assert_kept(send_with(id, "overall=3&reasons=waiting"), receipt);
	assert_kept(send_with(id, "overall=3&attitude=1"), receipt);
	assert_kept(send_with(id, "overall=3&field=dat-dai"), receipt);
	assert_kept(send_with(id, "overall=3&lang=en"), receipt);
	assert_string_equal(rig_sql(&rig, count), "1");
	free(receipt);
	free(again);
	free(id);
}

/* The address bears the answer: back, reload and the other language are the
 * same one; whoever scans the QR next has another, and no words of the first.
 */
static void
test_address_of_an_answer(void **state)
{
	const struct reply *page = get(&rig, "/f/LH1");
	char *action = after(page, "action=\"");
	char *id = after(page, "name=\"id\" value=\""), *next, *receipt, *again;
	char english[120];

	(void)state;
	assert_non_null(strstr(action, id));
	assert_has_not(page, "đã được ghi nhận từ trước");
	receipt = after(send_with(id, "overall=5&comment=b%C3%AD+m%E1%BA%ADt"),
	    "<p class=\"receipt\">");
	receipt[strcspn(receipt, "<")] = '\0';
	for (int i = 0; i < 2; i++) { /* back, reload */
		page = get(&rig, action);
		assert_status(page, 200);
		next = after(page, "name=\"id\" value=\"");
		assert_string_equal(next, id);
		assert_has_not(page, "bí mật");
		/* it does not ask as if nothing had been said */
		assert_has(page, "đã được ghi nhận từ trước");
		assert_has(page, receipt);
		assert_has(page, "href=\"/f/LH1\"");
		free(next);
	}
	free(receipt);
	snprintf(english, sizeof(english), "/f/LH1?lang=en&amp;id=%s", id);
	assert_has(page, english);
	snprintf(english, sizeof(english), "/f/LH1?lang=en&id=%s", id);
	next = after(get(&rig, english), "name=\"id\" value=\"");
	assert_string_equal(next, id);
	free(next);
	/* sent again to that address, with its id in it alone */
	receipt = after(
	    rig_post(&rig, action, "overall=5&comment=b%C3%AD+m%E1%BA%ADt"),
	    "<p class=\"receipt\">");
	again = after(send_with(id, "overall=5&comment=b%C3%AD+m%E1%BA%ADt"),
	    "<p class=\"receipt\">");
	assert_string_equal(receipt, again);
	assert_string_equal(rig_sql(&rig, "SELECT count(*) FROM remark WHERE "
					  "comment = 'bí mật'"),
	    "1");
	next = after(get(&rig, "/f/LH1"), "name=\"id\" value=\"");
	assert_string_not_equal(next, id);
	free(next);
	free(receipt);
	free(again);
	free(action);
	free(id);
}

/* Asked for in the other language, the form keeps what was entered; nothing is
 * stored. */
static void
test_language_keeps(void **state)
{
	const char *count = "SELECT count(*) FROM answer";
	char *before = strdup(rig_sql(&rig, count));
	const struct reply *page = send_with(
	    "01938f5e-7c1a-7f00-9a51-3f0d3c1f8a78", "comment=gi%E1%BB%AF");

	(void)state;
	assert_status(page, 422);
	assert_has(page, "<button form=\"form\" name=\"switch\" value=\"en\"");
	page = send_with("01938f5e-7c1a-7f00-9a51-3f0d3c1f8a78",
	    "lang=vi&overall=4&reasons=late&comment=gi%E1%BB%AF&switch=en");
	assert_status(page, 200);
	assert_has(page, "<html lang=\"en\">");
	assert_has(page, "giữ</textarea>");
	assert_has(page, "value=4 checked>");
	assert_has(page, "value=late checked>");
	assert_has(page, "01938f5e-7c1a-7f00-9a51-3f0d3c1f8a78");
	assert_has_not(page, "role=\"alert\"");
	assert_string_equal(rig_sql(&rig, count), before);
	free(before);
}

/* The same for a comment after the kiosk: its language link stays on it, and a
 * double press is answered as the first. */
static void
test_more(void **state)
{
	static const char fields[] =
	    "more=abcdefghijklmnopqrstuv&comment=th%C3%AAm";
	const struct reply *page;

	(void)state;
	page = get(&rig, "/f/LH1?more=abcdefghijklmnopqrstuv");
	assert_has(page, "/f/LH1?lang=en&amp;more=abcdefghijklmnopqrstuv");
	page = get(&rig, "/f/LH1?lang=en&more=abcdefghijklmnopqrstuv");
	assert_has(page, "name=\"more\" value=\"abcdefghijklmnopqrstuv\"");
	page = rig_post(&rig, "/f/LH1?more=abcdefghijklmnopqrstuv",
	    "more=abcdefghijklmnopqrstuv&comment=th%C3%AAm&switch=en");
	assert_status(page, 200);
	assert_has(page, "thêm</textarea>");
	for (int i = 0; i < 3; i++)
		assert_status(rig_post(&rig, "/f/LH1", fields), 200);
	page = rig_post(
	    &rig, "/f/LH1", "more=abcdefghijklmnopqrstuv&comment=kh%C3%A1c");
	assert_status(page, 410);
	assert_has(page, "lần gửi đầu được giữ nguyên");
	assert_has(page, "khác</textarea>");
	assert_has(page, "href=\"/f/LH1\"");
	assert_string_equal(
	    rig_sql(&rig, "SELECT count(*) FROM addition WHERE used = 1"), "1");
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
	/* it says what to do, and not that the page was sent wrongly */
	for (size_t i = 7; i < 10; i++)
		assert_has(send_form(bodies[i]), "không còn trên phiếu");
	assert_status(send_with("nonsense", "overall=5"), 422);
	/* a fresh id, or the next attempt would fail for ever */
	assert_has_not(send_with("nonsense", "overall=5"), "nonsense");
}

/* While nothing can be written, the form comes back with everything that was
 * entered and one button; that pressed later, it counts, once. */
static void
test_busy(void **state)
{
	static const char *const entered[] = {
	    "value=\"01938f5e-7c1a-7f00-9a51-3f0d3c1f8b50\"",
	    "id=o2 value=2 checked>", "value=ho-tich selected>",
	    "value=waiting checked>", "value=late checked>",
	    "name=access value=1 checked>", "name=attitude value=na checked>",
	    "phải chờ &lt;lâu&gt; &amp; về"};
	static const char body[] =
	    "id=01938f5e-7c1a-7f00-9a51-3f0d3c1f8b50&overall=2&field=ho-tich"
	    "&reasons=waiting&reasons=late&access=1&attitude=na"
	    "&comment=ph%E1%BA%A3i+ch%E1%BB%9D+%3Cl%C3%A2u%3E+%26+v%E1%BB%81";
	static const char path[] =
	    "/f/LH1?id=01938f5e-7c1a-7f00-9a51-3f0d3c1f8b50";
	const char *count = "SELECT count(*) FROM answer WHERE scores = "
			    "'overall=2 access=1 attitude=-'";
	const struct reply *page;
	void *held = rig_sql_hold(&rig);
	char *later;

	(void)state;
	page = rig_post(&rig, path, body);
	assert_status(page, 503);
	for (size_t i = 0; i < sizeof(entered) / sizeof(entered[0]); i++)
		assert_has(page, entered[i]);
	assert_has(page, "Hệ thống đang bận.");
	assert_has_not(page, "đã được ghi nhận");
	assert_null(strstr(
	    strstr(page->body, "<button>") + 1, "<button>")); /* one of them */
	later = reply_header(page, "Retry-After");
	assert_non_null(later);
	free(later);
	rig_sql_release(held);
	assert_string_equal(rig_sql(&rig, count), "0");
	for (int i = 0; i < 2; i++) {
		while ((page = rig_post(&rig, path, body))->status == 503)
			usleep(100 * 1000); /* it looks whether it is over */
		assert_status(page, 200);
	}
	assert_string_equal(rig_sql(&rig, count), "1");
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
	/* far too long: it comes back whole, to be shortened */
	memcpy(body, "overall=4&comment=", 18);
	memcpy(body + 99990, "&access=5", 9);
	for (int way = 0; way < 2; way++) {
		const struct reply *page = rig_post(&rig,
		    way == 0 ? "/f/LH1?id=01938f5e-7c1a-7f00-9a51-3f0d3c1f8a79"
			     : "/f/LH1?more=abcdefghijklmnopqrstuw&x=1",
		    body);

		assert_status(page, 413);
		assert_has(page, "role=\"alert\"");
		assert_has(page, "01938f5e-7c1a-7f00-9a51-3f0d3c1f8a79");
		assert_has(page, "name=access value=5 checked>");
		assert_non_null(
		    strstr(page->body, "aaaaaaaaaaaaaaaaaaaaaaaaa"));
		if (way == 0)
			memcpy(body + 10,
			    "id=01938f5e-7c1a-7f00-9a51-3f0d3c1f8a79&comment=",
			    48);
	}
	free(body);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_first_page_is_small),
	    cmocka_unit_test(test_headers),
	    cmocka_unit_test(test_languages),
	    cmocka_unit_test(test_filled),
	    cmocka_unit_test(test_forgiven_addresses),
	    cmocka_unit_test(test_unknown_desk),
	    cmocka_unit_test(test_a_whole_answer),
	    cmocka_unit_test(test_sent_twice),
	    cmocka_unit_test(test_address_of_an_answer),
	    cmocka_unit_test(test_language_keeps),
	    cmocka_unit_test(test_more),
	    cmocka_unit_test(test_without_an_id),
	    cmocka_unit_test(test_what_was_entered_is_kept),
	    cmocka_unit_test(test_wrong_input),
	    cmocka_unit_test(test_busy),
	    cmocka_unit_test(test_not_a_form),
	    cmocka_unit_test(test_long_comments),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
