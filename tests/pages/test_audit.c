/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The audit log's page and file at the real collector: who sees which deeds,
 * what an auditor can find again, and that no word in it, whoever wrote it, is
 * anything but a word: in HTML, in a spreadsheet, in a header.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "tests/kit/browser.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "shared/limits.h"
#include "tests/view/html_check.h"

#define AUDIT "/staff/audit"

static struct rig rig;
static struct browser chief, auditor, local;

static void
named_person(const char *login, const char *name)
{
	assert_int_equal(
	    rig_run(&rig, PASSWORD "\n", "user", "add", login, "--final",
		"--role", "viewer", "--name", name, NULL),
	    0);
}

static int
setup(void **state)
{
	(void)state;
	rig_make(&rig, "");
	person_add(&rig, "chief", "admin", NULL);
	person_add(&rig, "auditor", "auditor", NULL);
	person_add(&rig, "local", "auditor", "22969");
	person_add(&rig, "near", "viewer", "22969");
	person_add(&rig, "far", "viewer", "22972");
	named_person("hoa.tran", "Trần Thị Hòa");
	named_person("binh", "Lê Văn Bình");
	named_person("binh.le", "Lê Văn Bình");
	rig_serve(&rig);
	sign_in(&chief, &rig, "chief", PASSWORD);
	sign_in(&auditor, &rig, "auditor", PASSWORD);
	sign_in(&local, &rig, "local", PASSWORD);
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	rig_remove(&rig);
	return 0;
}

static const char *by = "lan"; /* who does them */

/* A deed of another room of the house, as it might come to stand there. */
static void
insert(unsigned n, long long at, const char *act, const char *object,
    const char *before, const char *after, const char *reason)
{
	char sql[12000], quoted[5][2000];
	const char *const words[] = {act, object, before, after, reason};

	for (int i = 0; i < 5; i++) {
		char *out = quoted[i];

		for (const char *c = words[i]; *c != '\0'; c++) {
			if (*c == '\'')
				*out++ = '\'';
			*out++ = *c;
		}
		*out = '\0';
	}
	snprintf(sql, sizeof(sql),
	    "INSERT INTO audit (id, at, login, role, place, act, unit, object, "
	    "before, after, reason) VALUES (X'%012llx7000%016x', %lld, '%s', "
	    "'admin', 'pages', '%s', '22969', '%s', '%s', '%s', '%s')",
	    (unsigned long long)at, n, at, by, quoted[0], quoted[1], quoted[2],
	    quoted[3], quoted[4]);
	rig_sql(&rig, sql);
}

#define NOV_1 1793466000000LL /* 2026-11-01 00:00 in Việt Nam */
#define DAY   86400000LL

/* The codes of the catalogue have words, as on its own pages. */
static void
test_words_of_cells(void **state)
{
	static const struct {
		const char *key, *code, *words;
	} cells[] = {{"fields", "ho-tich|dat-dai", "Hộ tịch, Đất đai"},
	    {"fields", "ho-tich|gone", "Hộ tịch, gone"},
	    {"unit", "22969", "Thị trấn Liên Hương"},
	    {"parent", "595", "Huyện Tuy Phong"},
	    {"successor", "22972", "Thị trấn Phan Rí Cửa"},
	    {"level", "commune", "Xã"},
	    {"population", "agency", "Sự phục vụ của cơ quan hành chính"},
	    {"group", "justice", "Tư pháp"},
	    {"from", "2026-01-31", "31/01/2026"},
	    {"valid_from", "2026-02-28", "28/02/2026"},
	    {"role", "viewer", "Người xem"}};
	char after[200], shown[200];

	(void)state;
	for (unsigned i = 0; i < sizeof(cells) / sizeof(cells[0]); i++) {
		snprintf(after, sizeof(after), "{\"%s\":\"%s\"}", cells[i].key,
		    cells[i].code);
		insert(5000 + i, NOV_1 + 9 * DAY, "catalogue.words", "words",
		    "", after, "");
	}
	for (unsigned i = 0; i < sizeof(cells) / sizeof(cells[0]); i++) {
		snprintf(shown, sizeof(shown), "<dd>%s</dd>", cells[i].words);
		assert_shows(browse(&auditor, AUDIT "?object=words"), shown);
	}
}

static void
test_found_again(void **state)
{
	const struct reply *page;

	(void)state;
	insert(1, NOV_1 + DAY, "unit.change", "22969",
	    "{\"name\":\"Thị trấn cũ\",\"parent\":\"595\"}",
	    "{\"name\":\"Thị trấn mới\",\"parent\":\"595\"}", "đổi tên");
	insert(2, NOV_1 + 2 * DAY, "unit.change", "22969",
	    "{\"valid_to\":null}", "{\"valid_to\":\"2027-06-30\"}", "");
	insert(3, NOV_1 + 3 * DAY, "target.add", "tthc", "", "{\"percent\":91}",
	    "");
	page = browse(&auditor, AUDIT "?object=22969");
	assert_status(page, 200);
	assert_shows(page, "Toàn bộ lịch sử của 22969");
	assert_shows(page, "<td>Thị trấn cũ</td><td>Thị trấn mới</td>");
	assert_shows(page, "Lý do: đổi tên");
	assert_shows(page, "30/06/2027");
	assert_lacks(page, "tthc</a>");
	page = browse(&auditor, AUDIT "?act=target.");
	assert_shows(page, "tthc</a>");
	assert_lacks(page, ">22969</a>");
	page =
	    browse(&auditor, AUDIT "?login=lan&from=2026-11-02&to=2026-11-02");
	assert_shows(page, "Thị trấn mới");
	assert_lacks(page, "2027-06-30");
	page = browse(&auditor, AUDIT "?login=lan&from=2026-11-04");
	assert_lacks(page, "Thị trấn mới");
	assert_shows(page, "tthc</a>");
	page = browse(&auditor, AUDIT "?login=nobody");
	assert_status(page, 200);
	assert_shows(page, "Không có việc nào khớp");
	page = browse(&auditor, AUDIT "?lang=en&act=session.");
	assert_shows(page, "Signed in");
}

/* Found by the words that pages show in place of the login. */
static void
test_found_by_name(void **state)
{
	static const struct {
		const char *words, *shown, *lacking;
	} cases[] = {
	    {"Trần Thị Hòa", "DEED-HOA", "DEED-BINH"},
	    {"trần thị hòa", "DEED-HOA", "DEED-BINH"},
	    {"tran thi hoa", "DEED-HOA", "DEED-BINH"},
	    {"  Trần   Thị Hòa ", "DEED-HOA", "DEED-BINH"},
	    {"Hòa", "DEED-HOA", "DEED-BINH"},
	    {"hoa.tran", "DEED-HOA", "DEED-BINH"},
	    {"Lê Văn Bình (binh)", "DEED-BINH", "DEED-LE"},
	    {"le van binh (binh.le)", "DEED-LE", "DEED-BINH"},
	    {"binh", "DEED-BINH", "DEED-LE"},
	    {"binh.le", "DEED-LE", "DEED-BINH"},
	    {"lan", "lan", "DEED-HOA"},
	    /* two are called so: the words with the login tell which */
	    {"Lê Văn Bình", "Không có việc nào khớp", "DEED-"},
	    {"Nguyễn Văn Không", "Không có việc nào khớp", "DEED-"},
	    {"%", "Không có việc nào khớp", "DEED-"},
	};
	static const char *const deeds[][2] = {{"hoa.tran", "DEED-HOA"},
	    {"binh", "DEED-BINH"}, {"binh.le", "DEED-LE"}};
	char text[400];

	(void)state;
	for (unsigned i = 0; i < 3; i++) {
		by = deeds[i][0];
		insert(100 + i, NOV_1 + DAY, "unit.change", deeds[i][1], "",
		    "{\"name\":\"x\"}", "");
	}
	by = "lan";
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const struct reply *page;

		snprintf(text, sizeof(text), AUDIT "?login=%s",
		    encoded(cases[i].words));
		page = browse(&auditor, text);
		assert_status(page, 200);
		if (strstr(page->body, cases[i].shown) == NULL ||
		    strstr(page->body, cases[i].lacking) != NULL)
			fail_msg("%s", cases[i].words);
	}
}

static void
test_not_to_be_read(void **state)
{
	static const char *const queries[] = {"?from=yesterday",
	    "?from=2026-02-30", "?from=2026-11-02&to=2026-11-01",
	    "?from=0001-01-01", "?act=%25", "?act=UNIT", "?act=a_b", "?after=x",
	    "?after=00000000-0000-0000-0000-000000000000"};

	(void)state;
	for (size_t i = 0; i < sizeof(queries) / sizeof(queries[0]); i++) {
		char path[100];

		snprintf(path, sizeof(path), AUDIT "%s", queries[i]);
		assert_status(browse(&auditor, path), 422);
		snprintf(path, sizeof(path), AUDIT ".csv%s", queries[i]);
		assert_status(browse(&auditor, path), 422);
	}
	assert_status(browse(&auditor, AUDIT "?unit=nowhere"), 404);
	assert_status(browse(&auditor, AUDIT ".csv?unit=nowhere"), 404);
}

/* Bound to a unit: its deeds, and no sign of others. */
static void
test_bound(void **state)
{
	const struct reply *page = browse(&local, AUDIT);

	(void)state;
	assert_status(page, 200);
	assert_shows(page, ">near</a>");
	assert_lacks(page, ">far</a>");
	assert_lacks(page, ">chief</a>");
	assert_lacks(page, "22972");
	assert_shows(browse(&auditor, AUDIT), ">far</a>");
	assert_status(browse(&local, AUDIT "?unit=22972"), 404);
	assert_status(browse(&local, AUDIT ".csv?unit=22972"), 404);
	page = browse(&local, AUDIT "?object=far");
	assert_shows(page, "Không có việc nào khớp");
	page = browse(&local, AUDIT ".csv?object=far");
	assert_status(page, 200);
	assert_lacks(page, "22972");
}

static void
test_pages(void **state)
{
	char path[200], older[40], *nav;
	const struct reply *page;
	size_t seen = 0;

	(void)state;
	for (unsigned i = 0; i < 2 * LIMIT_PAGE_DEEDS + 7; i++)
		insert(100 + i, NOV_1 - 100 * DAY + i, "desk.change", "LH1",
		    "{\"name\":\"a\"}", "{\"name\":\"b\"}", "");
	snprintf(path, sizeof(path), AUDIT "?object=LH1");
	for (int pages = 0; pages < 5; pages++) {
		page = browse(&auditor, path);
		assert_status(page, 200);
		for (const char *at = page->body;
		     (at = strstr(at, "<li class=\"card\">")) != NULL; at++)
			seen++;
		nav = strstr(page->body, "<nav class=\"pages\"");
		assert_non_null(nav);
		nav = strstr(nav, "after=");
		if (nav == NULL)
			break;
		snprintf(older, sizeof(older), "%.36s", nav + strlen("after="));
		snprintf(
		    path, sizeof(path), AUDIT "?object=LH1&after=%s", older);
	}
	assert_int_equal(seen, 2 * LIMIT_PAGE_DEEDS + 7);
}

/* ----------------------------------------------------------------- the file */

static void
test_file(void **state)
{
	const struct reply *file = browse(&auditor, AUDIT ".csv?object=22969");
	char *type = reply_header(file, "Content-Type");

	(void)state;
	assert_status(file, 200);
	assert_string_equal(type, "text/csv; charset=utf-8");
	free(type);
	assert_memory_equal(file->body, "\xef\xbb\xbfLúc,Người thực hiện,",
	    strlen("\xef\xbb\xbfLúc,Người thực hiện,"));
	assert_shows(file, "2026-11-02T00:00:00+07:00,lan,admin,pages,"
			   "unit.change,");
	assert_shows(file, "\"{\"\"name\"\":\"\"Thị trấn cũ\"\",");
	assert_shows(file, "đổi tên\r\n");
	/* that it was taken along stands in the log */
	assert_shows(
	    browse(&auditor, AUDIT "?act=audit."), "Tải nhật ký hoạt động về");
	assert_status(ask(&rig, "GET", AUDIT ".csv", "", NULL, 0), 303);
}

static void
test_formulas(void **state)
{
	static const char *const formulas[] = {"=1+1", "=cmd|'/c calc'!A0",
	    "+SUM(A1)", "-2+3+cmd", "@SUM(1)", "\t=1", " =1", "＝1+1",
	    "=HYPERLINK(\"http://x\")"};

	(void)state;
	for (unsigned i = 0; i < sizeof(formulas) / sizeof(formulas[0]); i++)
		insert(1000 + i, NOV_1 + 5 * DAY, "case.note", formulas[i], "",
		    "", formulas[i]);
	{
		const struct reply *file =
		    browse(&auditor, AUDIT ".csv?act=case.");

		assert_status(file, 200);
		assert_shows(file, "'=1+1,");
		for (const char *at = file->body; *at != '\0'; at++)
			if ((*at == ',' || *at == '\n') && at[1] != '\0')
				assert_null(
				    strchr("=+-@\t", at[1 + (at[1] == '"')]));
	}
}

/* ------------------------------------------------------------------ hostile */

static const char *const payloads[] = {"<script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>", "'><svg/onload=alert(1)>",
    "</caption></table><script>alert(1)</script>", "javascript:alert(1)",
    "{{csrf}}", "{{{_ x}}}", "<!--", "-->", "]]>", "&lt;script&gt;",
    "\" onmouseover=\"alert(1)", "<a href=javascript:alert(1)>x</a>",
    "<iframe src=//evil.example>", "<base href=//evil.example>", "%3Cscript%3E",
    "\xe2\x80\xae<b>", "<style>*{display:none}</style>",
    "<form action=//evil.example><input name=csrf>",
    "<meta http-equiv=refresh content=0;url=//evil.example>"};

static void
test_stored_words(void **state)
{
	char error[LIMIT_ERROR_BYTES], before[500], after[500];
	static const char *const bad[] = {"<script", "<img src=x", "<iframe",
	    "<base", "<style", "<svg/", "<meta http-equiv", "onerror=alert(1)>",
	    "<a href=javascript", "href=\"javascript"};

	(void)state;
	for (unsigned i = 0; i < sizeof(payloads) / sizeof(payloads[0]); i++) {
		char escaped[200];
		size_t n = 0;

		for (const char *c = payloads[i]; *c != '\0'; c++) {
			if (*c == '"' || *c == '\\')
				escaped[n++] = '\\';
			escaped[n++] = *c;
		}
		escaped[n] = '\0';
		snprintf(before, sizeof(before), "{\"%s\":\"%s\"}", escaped,
		    escaped);
		snprintf(after, sizeof(after), "{\"%s\":[\"%s\"]}", escaped,
		    escaped);
		insert(2000 + i, NOV_1 + 6 * DAY, "form.publish", payloads[i],
		    before, i % 2 == 0 ? after : payloads[i], payloads[i]);
	}
	for (int en = 0; en < 2; en++) {
		const struct reply *page = browse(&auditor,
		    en ? AUDIT "?act=form.&lang=en" : AUDIT "?act=form.");

		assert_status(page, 200);
		for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
			assert_lacks(page, bad[i]);
		if (!html_check(page->body, true, error))
			fail_msg("%s", error);
	}
}

/* The same words in the address: shown again, and not obeyed. */
static void
test_words_in_addresses(void **state)
{
	char path[3000], error[LIMIT_ERROR_BYTES];

	(void)state;
	for (size_t i = 0; i < sizeof(payloads) / sizeof(payloads[0]); i++) {
		const struct reply *page;

		snprintf(path, sizeof(path), AUDIT "?object=%s&login=%s",
		    encoded(payloads[i]), encoded(payloads[i]));
		page = browse(&auditor, path);
		assert_status(page, 200);
		assert_lacks(page, "<script");
		if (!html_check(page->body, true, error))
			fail_msg("%s", error);
		snprintf(path, sizeof(path), "/staff/admin/people/%s",
		    encoded(payloads[i]));
		assert_status(browse(&chief, path), 404);
		snprintf(path, sizeof(path), "/staff/account?done=%s",
		    encoded(payloads[i]));
		assert_lacks(browse(&chief, path), "role=\"status\"");
	}
	assert_status(
	    browse(&auditor, AUDIT "?object=x%0D%0ASet-Cookie:%20x=y"), 200);
}

/* Over-long everything is refused in words, or cut off, and changes nothing. */
static void
test_over_long(void **state)
{
	size_t size = 1 << 20;
	char *form = malloc(size + 100), path[5000];
	struct browser b = {.rig = &rig};
	int status;

	(void)state;
	memset(form, 'a', size);
	memcpy(form, "login=chief&password=", 21);
	form[size - 200] = '\0';
	status = submit(&b, "/login", form)->status;
	assert_true(status == 413 || status == 422);
	form[60000] = '\0';
	assert_status(submit(&b, "/login", form), 422);
	memcpy(form, "password=x&login=aaaa", 21);
	assert_status(submit(&b, "/login", form), 422);
	memcpy(form, "role=viewer&unit=&login=", 24);
	assert_status(submit(&chief, "/staff/admin/people", form), 422);
	memcpy(form, "password=x&again=x&new=", 23);
	assert_status(submit(&chief, "/staff/account/password", form), 422);
	memcpy(form, "act=off&envelope=x&code=", 24);
	assert_status(submit(&chief, "/staff/account/factor", form), 409);
	memcpy(form, "login=chief&code=1&envelope=", 28);
	assert_status(submit(&b, "/login/code", form), 403);
	form[300] = '\0';
	snprintf(path, sizeof(path), AUDIT "?object=%s", form + 30);
	assert_status(browse(&auditor, path), 422);
	snprintf(path, sizeof(path), "/staff/admin/people/%s", form + 30);
	assert_status(browse(&chief, path), 404);
	free(form);
}

/* Who exists cannot be told by words: the whole page is the same but for the
 * name that was typed. */
static void
test_guessing_people(void **state)
{
	struct browser b = {.rig = &rig};
	static const char *const logins[] = {"chief", "chiem"};
	char *pages[2];

	(void)state;
	for (int i = 0; i < 2; i++) {
		const struct reply *reply = knock(&b, logins[i], "not it");
		char *at;

		assert_status(reply, 403);
		pages[i] = strdup(reply->body);
		while ((at = strstr(pages[i], logins[i])) != NULL)
			memcpy(at, "*****", 5);
	}
	assert_string_equal(pages[0], pages[1]);
	free(pages[0]);
	free(pages[1]);
}

/* A session that somebody planted is not the one that begins, and ends. */
static void
test_fixation(void **state)
{
	struct browser thief, b = {.rig = &rig};
	char planted[200];

	(void)state;
	person_add(&rig, "mark", "viewer", NULL);
	strcpy(
	    b.session, "hailong=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA");
	strcpy(planted, b.session);
	assert_status(knock(&b, "mark", PASSWORD), 303);
	assert_string_not_equal(b.session, planted);
	/* the thief's own living session */
	sign_in(&thief, &rig, "near", PASSWORD);
	strcpy(b.session, thief.session);
	assert_status(knock(&b, "mark", PASSWORD), 303);
	assert_string_not_equal(b.session, thief.session);
	assert_status(browse(&thief, "/staff/account"), 303);
	assert_shows(browse(&b, "/staff/account"), ">mark</a>");
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_words_of_cells),
	    cmocka_unit_test(test_found_again),
	    cmocka_unit_test(test_found_by_name),
	    cmocka_unit_test(test_not_to_be_read),
	    cmocka_unit_test(test_bound),
	    cmocka_unit_test(test_pages),
	    cmocka_unit_test(test_file),
	    cmocka_unit_test(test_formulas),
	    cmocka_unit_test(test_stored_words),
	    cmocka_unit_test(test_words_in_addresses),
	    cmocka_unit_test(test_over_long),
	    cmocka_unit_test(test_guessing_people),
	    cmocka_unit_test(test_fixation),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
