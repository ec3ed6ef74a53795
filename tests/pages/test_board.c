/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The staff's pages at the real collector: the numbers are those of the
 * interface, nobody sees another unit, filters narrow, a part renews itself,
 * comments are masked, searched and paged, and every page is well formed.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "tests/kit/people.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>
#include "server/view/number.h"
#include "shared/limits.h"
#include "tests/view/html_check.h"

#define LEAST  5 /* answers; fewer are not shown apart */
#define PERIOD "2020-01-01..2099-12-31"
#define SAID   45 /* comments that are given */

static struct rig rig;
static struct person district, local;
static char *import; /* a token */

/* ------------------------------------------------------------------ setting */

static const struct reply *
see(const struct person *p, const char *path)
{
	return person_get(&rig, p, path);
}

/* A few dossiers of two units, some of them late, some of them elsewhere. */
static void
import_dossiers(void)
{
	char path[200];
	FILE *f;

	snprintf(path, sizeof(path), "%s/dossiers.csv", rig.folder);
	f = fopen(path, "w");
	assert_non_null(f);
	fputs("code,unit,field,procedure,received_at,due_at,finished_at,"
	      "outcome,phone,consent,authority\n",
	    f);
	for (int i = 0; i < 900; i++)
		fprintf(f,
		    "H08.35-260105-%06d,%s,ho-tich,,2026-01-05,2026-01-%02d,"
		    "2026-01-15,%s,,0,%s\n",
		    i, i % 3 == 0 ? "22972" : "22969", i % 10 == 0 ? 12 : 20,
		    i % 20 == 0 ? "refused" : "granted",
		    i % 4 == 0 ? "Công an huyện" : "");
	fclose(f);
	assert_int_equal(
	    rig_run(&rig, "", "import", "dossiers", path, NULL), 0);
}

/* Comments of three people a day over some days, of two units. */
static void
give_comments(void)
{
	json_t *answers = json_array();
	char members[400];

	for (int i = 0; i < SAID; i++) {
		snprintf(members, sizeof(members),
		    "{\"desk\":\"%s\",\"field\":\"ho-tich\",\"answered_at\":"
		    "\"%s\",\"scores\":{\"overall\":%d},\"comment\":"
		    "\"Góp ý số %d: %s\"}",
		    i % 3 == 0 ? "PRC1" : "LH1",
		    time_from_now(-(int64_t)(i / 3) * 86400000), i % 5 + 1,
		    i + 100,
		    i % 9 == 0 ? "CHỜ lâu, gọi 0912 345 678 <b>" : "cảm ơn");
		json_array_append_new(answers, new_answer(members));
	}
	json_decref(post_answers(&rig, import, answers));
}

static int
setup(void **state)
{
	(void)state;
	rig_make(&rig, "");
	person_add(&rig, "lan", "viewer", NULL);
	person_add(&rig, "binh", "manager", "22969");
	rig_run(&rig, "", "sample", "--answers", "4000", "--days", "60", NULL);
	rig_sql(&rig, "DELETE FROM remark"); /* only those given below */
	import_dossiers();
	rig_serve(&rig);
	import = rig_device(&rig, "import", NULL);
	give_comments();
	district = person_sign_in(&rig, "lan");
	local = person_sign_in(&rig, "binh");
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	free(import);
	rig_check(&rig);
	rig_remove(&rig);
	return 0;
}

/* ------------------------------------------------------------------ numbers */

static json_t *
rows_of(const char *query)
{
	char path[200];
	json_t *json, *rows;

	snprintf(
	    path, sizeof(path), "/api/v1/scores?period=" PERIOD "%s", query);
	json = reply_json(see(&district, path));
	rows = json_incref(json_object_get(json, "rows"));
	json_decref(json);
	return rows;
}

/* The row of a table that leads to this page. */
static char *
table_row(const char *html, const char *folder, const char *code)
{
	char href[120];
	const char *at, *end;

	snprintf(href, sizeof(href),
	    "role=\"rowheader\"><a href=\"/staff/%s/%s?", folder, code);
	at = strstr(html, href);
	end = at == NULL ? NULL : strstr(at, "</tr>");
	return end == NULL ? NULL : strndup(at, (size_t)(end - at));
}

static void
assert_holds(const char *row, const char *what)
{
	if (strstr(row, what) == NULL)
		fail_msg("%s is not in %s", what, row);
}

/* Share, answers and verdict of a row are those of the interface. */
static void
compare_row(const char *html, const char *folder, json_t *row, const char *code)
{
	int64_t n = json_integer_value(json_object_get(row, "valid"));
	int64_t x = json_integer_value(json_object_get(row, "satisfied"));
	int t4 = (int)(json_number_value(json_object_get(row, "target")) * 1e4);
	char word[NUMBER_TEXT], *there;

	if (n == 0)
		return;
	there = table_row(html, folder, code);
	if (there == NULL)
		fail_msg("no row of %s", code);
	if (n < LEAST) {
		assert_holds(there, "dưới 5");
		assert_null(strstr(there, "<small>"));
	} else {
		number_share(x, n, t4, ',', word);
		assert_holds(there, word);
		number_count(n, ',', word);
		assert_holds(there, word);
		assert_holds(
		    there, json_string_value(json_object_get(row, "verdict")));
	}
	free(there);
}

static void
compare_rows(const char *path, const char *query, const char *folder)
{
	json_t *rows = rows_of(query), *row;
	char *html = strdup(see(&district, path)->body);
	size_t i;

	assert_true(json_array_size(rows) > 5);
	json_array_foreach (rows, i, row) {
		json_t *scope = json_object_get(row, "scope");
		const char *code = json_string_value(json_object_get(
		    scope, strcmp(folder, "units") == 0 ? "unit" : "field"));

		if (code != NULL && code[0] != '\0')
			compare_row(html, folder, row, code);
	}
	free(html);
	json_decref(rows);
}

static void
test_numbers(void **state)
{
	(void)state;
	compare_rows("/staff/?period=" PERIOD, "&by=unit", "units");
	compare_rows("/staff/?period=" PERIOD, "&by=field", "fields");
	compare_rows("/staff/?unit=22969&period=" PERIOD,
	    "&by=field&unit=22969", "fields");
	compare_rows("/staff/units/22972?period=" PERIOD,
	    "&by=field&unit=22972", "fields");
}

/* ------------------------------------------------------------ who sees what */

static void
test_own_unit_only(void **state)
{
	static const char *const paths[] = {"/staff/?period=" PERIOD,
	    "/staff/units/22969?period=" PERIOD,
	    "/staff/fields/ho-tich?period=" PERIOD,
	    "/staff/comments?period=" PERIOD};
	static const char *const others[] = {
	    "Phan Rí Cửa", "Vĩnh Tân", "Huyện Tuy Phong", "PRC1", "22972"};

	(void)state;
	/* nothing to choose, nothing to compare */
	assert_null(strstr(see(&local, paths[0])->body, "name=\"unit\""));
	assert_null(strstr(see(&local, paths[0])->body, "id=\"units\""));
	for (size_t i = 0; i < sizeof(paths) / sizeof(paths[0]); i++) {
		const struct reply *page = see(&local, paths[i]);

		assert_status(page, 200);
		for (size_t k = 0; k < sizeof(others) / sizeof(others[0]); k++)
			if (strstr(page->body, others[k]) != NULL)
				fail_msg("%s shows %s", paths[i], others[k]);
	}
}

/* A foreign unit is as one that does not exist, to the byte. */
static void
test_foreign_is_unknown(void **state)
{
	static const char *const pairs[][2] = {
	    {"/staff/units/22972", "/staff/units/99999"},
	    {"/staff/units/595", "/staff/units/nope"},
	    {"/staff/?unit=22972", "/staff/?unit=99999"},
	    {"/staff/comments?unit=595", "/staff/comments?unit=x"},
	    {"/staff/fields/ho-tich?unit=22972", "/staff/fields/x?unit=22969"},
	};
	char *first;

	(void)state;
	for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++) {
		const struct reply *page = see(&local, pairs[i][0]);
		const char *main;

		assert_status(page, 404);
		first = strdup(strstr(page->body, "<main"));
		page = see(&local, pairs[i][1]);
		assert_status(page, 404);
		main = strstr(page->body, "<main");
		assert_string_equal(first, main);
		free(first);
	}
}

static void
test_filters(void **state)
{
	static const struct {
		const char *path;
		int status;
		const char *has, *lacks;
	} cases[] = {
	    {"/staff/?period=nonsense", 200, "Quý", NULL},
	    {"/staff/?unit=22969&period=" PERIOD, 200, "Liên Hương",
		"data-key=\"Xã Phan Dũng\""},
	    {"/staff/?unit=595&period=" PERIOD, 200, "Xã Phan Dũng", NULL},
	    {"/staff/?field=ho-tich&period=" PERIOD, 200, "Hộ tịch",
		"id=\"fields\""},
	    {"/staff/?channel=sms&period=" PERIOD, 200, "channel=sms",
		"Máy đánh giá&nbsp;"},
	    {"/staff/?channel=fax", 404, NULL, NULL},
	    {"/staff/?field=fax", 404, NULL, NULL},
	    {"/staff/comments?score=6", 404, NULL, NULL},
	    {"/staff/comments?after=2026", 404, NULL, NULL},
	    {"/staff/?lang=en&unit=22969", 200,
		"href=\"/staff/?lang=vi&amp;unit=22969\"", NULL},
	    {"/staff/units/22969?field=ho-tich&period=" PERIOD, 200,
		"href=\"/staff/?period=2020-01-01..2099-12-31&amp;field="
		"ho-tich\"",
		NULL},
	    {"/staff/units/595?period=" PERIOD, 200, "không gồm đơn vị cấp",
		NULL},
	    /* the same days, but links keep the period only if it was said */
	    {"/staff/", 200, "href=\"/staff/units/22969\"", NULL},
	    {"/staff/?lang=en", 200, "href=\"/staff/units/22969?lang=en\"",
		NULL},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const struct reply *page = see(&district, cases[i].path);

		assert_status(page, cases[i].status);
		if (cases[i].has != NULL &&
		    strstr(page->body, cases[i].has) == NULL)
			fail_msg("%s lacks %s", cases[i].path, cases[i].has);
		if (cases[i].lacks != NULL &&
		    strstr(page->body, cases[i].lacks) != NULL)
			fail_msg("%s has %s", cases[i].path, cases[i].lacks);
	}
}

/* Any period of the list, days of one's own, and what is none. */
static void
test_periods_asked(void **state)
{
	static const struct {
		const char *query;
		const char *has[3], *lacks;
	} cases[] = {
	    {"period=2025-Q1",
		{"<h1>Quý I năm 2025</h1>", "value=\"2025-Q1\" selected"},
		"Không có kỳ"},
	    {"period=2024-12",
		{"<h1>Tháng 12 năm 2024</h1>", "<optgroup label=\"2024\">"},
		"Không có kỳ"},
	    {"period=2030-9M",
		{"<h1>9 tháng đầu năm 2030</h1>", "<optgroup label=\"2030\">"},
		"Không có kỳ"},
	    /* days filled in, the list left as it was */
	    {"period=2026-Q1&shown=2026-Q1&from=2026-02-01&to=2026-02-14",
		{"<h1>Từ 01/02/2026 đến 14/02/2026</h1>",
		    "value=\"2026-02-01..2026-02-14\" selected",
		    "name=\"from\" type=\"date\" value=\"2026-02-01\""},
		"Không có kỳ"},
	    {"from=2026-02-01&to=2026-02-01",
		{"<h1>Từ 01/02/2026 đến 01/02/2026</h1>"}, "Không có kỳ"},
	    /* another period chosen from the list: the days are left from
	     * before */
	    {"period=2026-Q1&shown=2026-02-01..2026-02-14&from=2026-02-01&"
	     "to=2026-02-14",
		{"<h1>Quý I năm 2026</h1>",
		    "name=\"from\" type=\"date\" value=\"\""},
		"Không có kỳ"},
	    {"period=2026-Q1&shown=2026-Q1&from=&to=",
		{"<h1>Quý I năm 2026</h1>"}, "Không có kỳ"},
	    /* none */
	    {"period=2026-Q5", {"Không có kỳ “2026-Q5”", "<h1>Quý"}, NULL},
	    {"period=2026-6M&field=ho-tich", {"Không có kỳ “2026-6M”"}, NULL},
	    {"period=%3Cx%3E", {"Không có kỳ “&lt;x&gt;”"}, NULL},
	    {"from=2026-02-14&to=2026-02-01",
		{"Không có kỳ “2026-02-14..2026-02-01”",
		    "name=\"to\" type=\"date\" value=\"2026-02-01\""},
		NULL},
	    {"from=2026-02-30&to=2026-03-01",
		{"Không có kỳ “2026-02-30..2026-03-01”"}, NULL},
	    {"period=2026-Q1&shown=2026-Q1&from=2026-02-01&to=",
		{"Không có kỳ “2026-02-01..”"}, NULL},
	    {"period=1999-Q1", {"Không có kỳ “1999-Q1”"}, NULL},
	};
	static const char *const paths[] = {"/staff/", "/staff/units/22969",
	    "/staff/fields/ho-tich", "/staff/comments"};
	char path[300];

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const struct reply *page;

		snprintf(path, sizeof(path), "/staff/?%s", cases[i].query);
		page = see(&district, path);
		for (size_t j = 0; j < 3 && cases[i].has[j] != NULL; j++)
			if (strstr(page->body, cases[i].has[j]) == NULL)
				fail_msg("%s lacks %s", path, cases[i].has[j]);
		if (cases[i].lacks != NULL &&
		    strstr(page->body, cases[i].lacks) != NULL)
			fail_msg("%s has %s", path, cases[i].lacks);
	}
	for (size_t i = 0; i < sizeof(paths) / sizeof(paths[0]); i++) {
		snprintf(path, sizeof(path), "%s?period=Q3", paths[i]);
		assert_non_null(
		    strstr(see(&district, path)->body, "Không có kỳ “Q3”"));
	}
}

/* Dossiers: 600 of Liên Hương, of which 60 late and 150 elsewhere. */
static void
test_dossiers(void **state)
{
	const struct reply *page =
	    see(&district, "/staff/units/22969?period=2026-01");

	(void)state;
	assert_status(page, 200);
	assert_holds(page->body, "<td class=\"n\">600</td>");
	assert_holds(page->body, "<td class=\"n\">60</td>");
	assert_holds(page->body, "<td class=\"n\">150</td>");
}

/* ----------------------------------------------------------------- the part */

static void
test_live(void **state)
{
	const char *path = "/staff/?live=1&period=" PERIOD;
	const struct reply *part = see(&district, path);
	char *tag = reply_header(part, "ETag"), headers[500], weak[500];
	json_t *answers = json_array();
	int status = 304;

	(void)state;
	assert_status(part, 200);
	assert_non_null(tag);
	assert_null(strstr(part->body, "<html"));
	assert_null(strstr(part->body, "csrf"));
	snprintf(headers, sizeof(headers), "%sIf-None-Match: %s\r\n",
	    district.headers, tag);
	assert_status(ask(&rig, "GET", path, headers, NULL, 0), 304);
	snprintf(weak, sizeof(weak), "%sIf-None-Match: W/%s\r\n",
	    district.headers, tag);
	assert_status(ask(&rig, "GET", path, weak, NULL, 0), 304);
	/* the whole page bears the tag of its part */
	assert_holds(
	    see(&district, "/staff/?period=" PERIOD)->body, "data-tag=");
	/* another reader's part is another one */
	assert_status(see(&local, path), 200);
	json_array_append_new(answers, new_answer(""));
	json_decref(post_answers(&rig, import, answers));
	for (int i = 0; i < RIG_PATIENCE * 10 && status == 304; i++) {
		usleep(100000);
		status = ask(&rig, "GET", path, headers, NULL, 0)->status;
	}
	assert_int_equal(status, 200);
	free(tag);
}

/* A page left open does not keep its reader signed in. */
static void
test_live_is_no_use(void **state)
{
	char before[40];

	(void)state;
	rig_sql(&rig, "UPDATE session SET seen_at = seen_at - 600000");
	snprintf(before, sizeof(before), "%s",
	    rig_sql(&rig, "SELECT max(seen_at) FROM session"));
	for (int i = 0; i < 5; i++)
		assert_status(see(&district, "/staff/?live=1"), 200);
	usleep(300000);
	assert_string_equal(
	    rig_sql(&rig, "SELECT max(seen_at) FROM session"), before);
}

static void
test_policy(void **state)
{
	const struct reply *page = see(&district, "/staff/");
	char *policy = reply_header(page, "Content-Security-Policy"), src[60];
	const char *at = strstr(page->body, "<script src=\"");

	(void)state;
	assert_non_null(strstr(policy, "script-src 'self'"));
	assert_null(strstr(policy, "unsafe"));
	free(policy);
	assert_non_null(at);
	snprintf(
	    src, sizeof(src), "%.*s", (int)strcspn(at + 13, "\""), at + 13);
	page = get(&rig, src);
	assert_status(page, 200);
	policy = reply_header(page, "Cache-Control");
	assert_non_null(strstr(policy, "immutable"));
	free(policy);
	policy = reply_header(get(&rig, "/f/LH1"), "Content-Security-Policy");
	assert_null(strstr(policy, "script"));
	free(policy);
}

/* ----------------------------------------------------------------- comments */

static size_t
count(const char *html, const char *what)
{
	size_t n = 0;

	while ((html = strstr(html, what)) != NULL) {
		html += strlen(what);
		n++;
	}
	return n;
}

static void
test_comments(void **state)
{
	static const struct {
		const char *query;
		size_t found;
	} cases[] = {{"", LIMIT_PAGE_REMARKS}, {"&q=cho+lau", 5},
	    {"&q=CH%E1%BB%9C++L%C3%82U", 5}, {"&q=khong+co", 0}, {"&q=%25", 0},
	    {"&score=1", 9}, {"&unit=22972", 15},
	    {"&field=ho-tich", LIMIT_PAGE_REMARKS}, {"&field=dat-dai", 0},
	    {"&channel=api", LIMIT_PAGE_REMARKS}, {"&channel=web", 0}};
	char path[200];

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const struct reply *page;

		snprintf(path, sizeof(path),
		    "/staff/comments?period=" PERIOD "%s", cases[i].query);
		page = see(&district, path);
		assert_status(page, 200);
		if (count(page->body, "<blockquote>") != cases[i].found)
			fail_msg(
			    "%s: %zu", path, count(page->body, "<blockquote>"));
		assert_null(strstr(page->body, "0912"));
		assert_null(strstr(page->body, "345"));
		assert_null(strstr(page->body, "<b>"));
	}
	assert_holds(
	    see(&district, "/staff/comments?q=cho+lau&period=" PERIOD)->body,
	    "gọi ••• &lt;b&gt;");
	/* what is masked cannot be asked for, digit by digit */
	assert_int_equal(
	    count(see(&district, "/staff/comments?q=0912&period=" PERIOD)->body,
		"<blockquote>"),
	    0);
}

/* From page to page by its link, each comment once. */
static void
test_comment_pages(void **state)
{
	char *path = strdup("/staff/comments?period=" PERIOD);
	size_t seen = 0, pages = 0;

	(void)state;
	for (; path != NULL && pages < 10; pages++) {
		char *body = strdup(see(&district, path)->body);
		char *at = strstr(body, "\">Góp ý cũ hơn");

		seen += count(body, "<blockquote>");
		free(path);
		path = NULL;
		if (at != NULL) {
			*at = '\0';
			path = strdup(strrchr(body, '"') + 1);
			for (char *amp; (amp = strstr(path, "&amp;")) != NULL;)
				memmove(amp + 1, amp + 5, strlen(amp + 5) + 1);
		}
		free(body);
	}
	free(path);
	assert_int_equal(seen, SAID);
	assert_int_equal(pages, 3);
}

/* Where four people answered, nothing of what they wrote is shown. */
static void
test_few(void **state)
{
	json_t *answers = json_array();
	const char *path = "/staff/comments?field=karaoke&unit=22975&period="
			   "2026-02-02..2026-02-03";

	(void)state;
	for (int i = 0; i < 4; i++)
		json_array_append_new(answers,
		    new_answer("{\"desk\":\"PD1\",\"field\":\"karaoke\","
			       "\"answered_at\":\"2026-02-02T08:00:00+07:00\","
			       "\"comment\":\"chỉ mình tôi\"}"));
	json_decref(post_answers(&rig, import, answers));
	sleep(2); /* older than any kept look at the counts */
	assert_null(strstr(see(&district, path)->body, "mình tôi"));
	assert_holds(see(&district, path)->body, "Quá ít phiếu để hiện");
	path = "/staff/units/22975?period=2026-02-02..2026-02-03";
	assert_null(strstr(see(&district, path)->body, "mình tôi"));
	assert_holds(see(&district, path)->body, "dưới 5");
	answers = json_array();
	json_array_append_new(answers,
	    new_answer("{\"desk\":\"PD1\",\"field\":\"thu-vien\","
		       "\"answered_at\":\"2026-02-02T08:00:00+07:00\"}"));
	json_decref(post_answers(&rig, import, answers));
	sleep(2);
	/* five in the unit: the words are shown, but not field and desk */
	path = "/staff/comments?unit=22975&period=2026-02-02..2026-02-03";
	assert_holds(see(&district, path)->body, "mình tôi");
	assert_null(strstr(see(&district, path)->body, "(PD1)"));
	assert_null(strstr(see(&district, path)->body, "<span>Karaoke"));
}

/* --------------------------------------------------------------------- form */

/* Surveys by the forms of SIPAS stand by factor, beside the one-stop answers
 * and never added to them. */
static void
test_factors(void **state)
{
	static const char page[] = "/staff/units/22981?period=2022-Q1";
	json_t *answers = json_array();
	const char *at;

	(void)state;
	for (int i = 0; i < 10; i++)
		json_array_append_new(answers,
		    new_answer("{\"form\":\"sipas-2022\",\"desk\":\"VH1\","
			       "\"answered_at\":\"2022-02-01T08:00:00+07:00\","
			       "\"scores\":{\"overall\":4,\"s22-01\":5,"
			       "\"s22-02\":2,\"s22-05\":5,\"s22-19\":null}}"));
	json_decref(post_answers(&rig, import, answers));
	at = strstr(see(&district, page)->body, "<h2 id=\"criteria\"");
	assert_non_null(at);
	at = strstr(at, "class=\"factor\"><th scope=\"row\">Tiếp cận dịch vụ<");
	assert_non_null(at);
	assert_non_null(at = strstr(at, ">50,0%<"));
	assert_non_null(at = strstr(at, ">20<")); /* two answers of each */
	assert_non_null(at = strstr(at, "class=\"item\"><th scope=\"row\">"
					"Cơ quan cung cấp thông tin"));
	assert_non_null(at = strstr(at, ">100,0%<"));
	assert_non_null(at = strstr(at, ">0,0%<"));
	assert_non_null(at = strstr(at, "class=\"factor\"><th scope=\"row\">"
					"Thủ tục hành chính<"));
	assert_non_null(strstr(at, "Tất cả tiêu chí"));
	assert_null(strstr(see(&district, page)->body, "s22-"));
}

static void
test_well_formed(void **state)
{
	static const char *const paths[] = {"/staff/?period=" PERIOD,
	    "/staff/?period=2026-01", "/staff/?period=2021",
	    "/staff/?field=dat-dai", "/staff/?channel=web&unit=595",
	    "/staff/units/595?period=" PERIOD, "/staff/units/22969",
	    "/staff/units/22999?period=2021", "/staff/fields/dat-dai",
	    "/staff/fields/karaoke?period=2025-Q1",
	    "/staff/?from=2026-02-01&to=x%22%3E",
	    "/staff/comments?period=" PERIOD,
	    "/staff/comments?q=%22%3E%3Cx&period=2021"};
	char path[200], error[200];

	(void)state;
	for (size_t i = 0; i < sizeof(paths) / sizeof(paths[0]); i++)
		for (int en = 0; en < 2; en++) {
			const struct reply *page;

			snprintf(path, sizeof(path), "%s%s", paths[i],
			    en == 0                         ? ""
			    : strchr(paths[i], '?') == NULL ? "?lang=en"
							    : "&lang=en");
			page = see(&district, path);
			assert_status(page, 200);
			if (!html_check(page->body, true, error))
				fail_msg("%s: %s", path, error);
			if (strstr(page->body, "{") != NULL)
				fail_msg(
				    "%s: %.80s", path, strstr(page->body, "{"));
		}
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_numbers),
	    cmocka_unit_test(test_own_unit_only),
	    cmocka_unit_test(test_foreign_is_unknown),
	    cmocka_unit_test(test_filters),
	    cmocka_unit_test(test_periods_asked),
	    cmocka_unit_test(test_dossiers),
	    cmocka_unit_test(test_live),
	    cmocka_unit_test(test_live_is_no_use),
	    cmocka_unit_test(test_policy),
	    cmocka_unit_test(test_comments),
	    cmocka_unit_test(test_comment_pages),
	    cmocka_unit_test(test_few),
	    cmocka_unit_test(test_factors),
	    cmocka_unit_test(test_well_formed),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
