/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Rows of the catalogue in the pages, at the real collector: what is changed is
 * shown before it is saved, saved whole, holds at once and stands in the audit
 * log; what must not be is refused in the reader's words.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "tests/kit/office_parts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "shared/buf.h"
#include "shared/limits.h"

/* ------------------------------------------------------------------ one row */

static void
test_index(void **state)
{
	const struct reply *reply = look(&admin, "/staff/admin");

	(void)state;
	assert_shows(reply, "/staff/admin/catalogue/desks");
	assert_shows(reply, "/staff/admin/settings");
	assert_shows(look(&admin, "/staff/admin?lang=en"), "Administration");
	assert_shows(look(&admin, "/staff/"), "href=\"/staff/admin\"");
}

/* Nothing is written before it is saved; then it holds at once. */
static void
test_rename(void **state)
{
	const struct reply *reply;
	const char *mark;

	(void)state;
	reply = look(&admin, "/staff/admin/catalogue/units/22969");
	assert_shows(reply, "value=\"Thị trấn Liên Hương\"");
	reply = post(&admin, "/staff/admin/change/units",
	    "step=show&" UNIT "Li%C3%AAn+H%C6%B0%C6%A1ng");
	assert_status(reply, 200);
	assert_shows(reply, "Thị trấn Liên Hương");
	assert_shows(reply, ">Liên Hương<");
	assert_shows(reply, "Không con số nào của Quý");
	mark = hidden(reply, "mark");
	assert_sql("SELECT name FROM unit WHERE code = '22969'",
	    "Thị trấn Liên Hương");
	/* back to the form, with what was entered */
	reply = post(&admin, "/staff/admin/change/units",
	    "step=edit&" UNIT "Li%C3%AAn+H%C6%B0%C6%A1ng");
	assert_shows(reply, "value=\"Liên Hương\"");
	reply = post(&admin, "/staff/admin/change/units",
	    arena_printf(&arena,
		"step=save&mark=%s&" UNIT "Li%%C3%%AAn+H%%C6%%B0%%C6%%A1ng",
		mark));
	assert_goes(reply, "/staff/admin/catalogue/units/22969?done=saved");
	assert_sql("SELECT name FROM unit WHERE code = '22969'", "Liên Hương");
	assert_shows(look(&admin, "/staff/units/22969"), "Liên Hương");
	reply = look(&admin, "/staff/admin/catalogue/units/22969?done=saved");
	assert_shows(reply, "Đã lưu");
	assert_shows(reply, "<del>Thị trấn Liên Hương</del>");
	assert_sql("SELECT login || ' ' || role || ' ' || place || ' ' || unit "
		   "FROM audit WHERE act = 'unit.change' AND object = '22969'",
	    "admin admin pages 22969");
	/* sent again it is nothing new */
	reply = post(&admin, "/staff/admin/change/units",
	    "step=save&mark=0&" UNIT "Li%C3%AAn+H%C6%B0%C6%A1ng");
	assert_goes(reply, "/staff/admin/catalogue/units/22969?done=nothing");
}

/* What was shown was compared with another catalogue: it is shown anew. */
static void
test_stale(void **state)
{
	const struct reply *reply = post(
	    &admin, "/staff/admin/change/units", "step=show&" UNIT "Kh%C3%A1c");
	const char *mark = hidden(reply, "mark");

	(void)state;
	change("units", UNIT "Hai");
	reply = post(&admin, "/staff/admin/change/units",
	    arena_printf(
		&arena, "step=save&mark=%s&" UNIT "Kh%%C3%%A1c", mark));
	assert_status(reply, 409);
	assert_shows(reply, "vừa được người khác thay đổi");
	assert_shows(reply, "<td>Hai</td>");
	assert_sql("SELECT name FROM unit WHERE code = '22969'", "Hai");
	change(
	    "units", UNIT "Th%E1%BB%8B+tr%E1%BA%A5n+Li%C3%AAn+H%C6%B0%C6%A1ng");
}

/* A field in another group has another target: grave, and seen beforehand. */
static void
test_grave(void **state)
{
	static const char form[] =
	    "key=dat-dai&name=%C4%90%E1%BA%A5t+%C4%91ai&group=justice";
	const struct reply *reply;
	const char *mark;

	(void)state;
	reply = post(&admin, "/staff/admin/change/fields",
	    arena_printf(&arena, "step=show&%s", form));
	assert_status(reply, 200);
	assert_shows(reply, "Trong đó: đất đai, xây dựng, đầu tư");
	assert_shows(reply, "chỉ tiêu 85%");
	assert_shows(reply, "chỉ tiêu 90%");
	assert_shows(reply, "name=\"sure\"");
	mark = hidden(reply, "mark");
	reply = post(&admin, "/staff/admin/change/fields",
	    arena_printf(&arena, "step=save&mark=%s&%s", mark, form));
	assert_status(reply, 409);
	assert_shows(reply, "cần xác nhận");
	reply = post(&admin, "/staff/admin/change/fields",
	    arena_printf(&arena, "step=save&sure=1&mark=%s&%s", mark, form));
	assert_status(reply, 303);
	assert_sql("SELECT grp FROM field WHERE code = 'dat-dai'", "justice");
	change("fields", "key=dat-dai&name=%C4%90%E1%BA%A5t+%C4%91ai&"
			 "group=land-construction-investment");
}

static void
test_target(void **state)
{
	(void)state;
	change("targets", "population=tthc&from=2030-01-01&percent=92,5+%25");
	assert_sql("SELECT percent4 FROM target WHERE population = 'tthc' AND "
		   "from_day > 20000",
	    "925000");
	assert_shows(look(&admin, "/staff/admin/catalogue/targets"), "92,5%");
	assert_shows(look(&admin, "/staff/admin/catalogue/targets/"
				  "tthc.2030-01-01"),
	    "value=\"92.5\"");
	change("targets", "key=tthc.2030-01-01&remove=1");
	assert_sql("SELECT count(*) FROM target", "4");
}

/* A new desk can be rated at once; with answers it cannot be taken away. */
static void
test_desk(void **state)
{
	const struct reply *reply;

	(void)state;
	assert_status(get(&office_rig, "/f/LH2"), 404);
	/* no unit is chosen by us */
	reply = look(&admin, "/staff/admin/new/desks");
	assert_shows(reply, "<option value=\"\" selected>(chọn)<");
	assert_status(post(&admin, "/staff/admin/change/desks",
			  "step=show&code=LH2&unit=&name=Q&fields=ho-tich"),
	    422);
	change("desks", "code=LH2&unit=22969&name=Qu%E1%BA%A7y+2&"
			"fields=ho-tich&fields=chung-thuc");
	reply = get(&office_rig, "/f/LH2");
	assert_status(reply, 200);
	assert_shows(reply, "Quầy 2");
	assert_sql("SELECT field FROM desk_field WHERE desk = 'LH2' AND place "
		   "= 0",
	    "ho-tich");
	reply = rig_post(&office_rig, "/f/LH2", "overall=5&lang=vi");
	assert_status(reply, 200);
	reply = post(
	    &admin, "/staff/admin/change/desks", "step=show&key=LH2&remove=1");
	assert_status(reply, 422);
	assert_shows(reply, "không thể xóa quầy LH2");
	/* the ticks come in the catalogue's order: looked at, nothing is
	 * changed; renamed, the fields keep their places */
	assert_goes(post(&admin, "/staff/admin/change/desks",
			"step=show&key=LH2&unit=22969&name=Qu%E1%BA%A7y+2+"
			"&fields=chung-thuc&fields=ho-tich"),
	    "/staff/admin/catalogue/desks/LH2?done=nothing");
	change("desks", "key=LH2&unit=22969&name=Q2&fields=chung-thuc&"
			"fields=ho-tich");
	assert_sql("SELECT field FROM desk_field WHERE desk = 'LH2' AND place "
		   "= 0",
	    "ho-tich");
	change("desks", "code=LH3&unit=22969&name=Q&fields=ho-tich");
	change("desks", "key=LH3&remove=1");
	assert_status(get(&office_rig, "/f/LH3"), 404);
}

/* ----------------------------------------------------------------- refusals */

static void
test_refused(void **state)
{
	static const struct {
		const char *sheet, *form, *says;
	} cases[] = {
	    {"units", UNIT, "tên thiếu"},
	    {"units", UNIT "%3D1%2B1", "bảng tính sẽ hiểu là công thức"},
	    {"units", UNIT "%40SUM(1)", "công thức"},
	    {"units", UNIT "a%0Ab", "xuống dòng"},
	    {"units",
		"key=22969&parent=22969&level=town&valid_from=2010-01-01&name="
		"x",
		"nằm trong chính nó"},
	    {"units",
		"key=22969&parent=595&level=town&valid_from=31.2.2010&name=x",
		"phải là ngày có thật"},
	    {"units",
		"code=22969&parent=595&level=town&valid_from=2010-01-01&"
		"name=x",
		"mã bị trùng"},
	    {"desks", "code=lh1&unit=22969&name=x", "chữ hoa"},
	    {"desks", "code=A+1&unit=22969&name=x", "không phải là mã"},
	    {"desks", "code=A1&unit=nowhere&name=x", "không có đơn vị này"},
	    {"desks", "code=A1&unit=22969&name=x&fields=nothing",
		"không có lĩnh vực này"},
	    {"targets", "population=tthc&from=2030-01-01&percent=100",
		"nhỏ hơn 100"},
	    {"targets", "population=tthc&from=2022-01-01&percent=90",
		"đã có cho cùng ngày"},
	    {"targets", "population=x&from=2030-01-01&percent=90",
		"không có loại chỉ tiêu"},
	    {"successors", "unit=22969&successor=22969&from=2030-01-01",
		"nằm trong chính nó"},
	};
	char *marks;

	(void)state;
	marks =
	    strdup(rig_sql(&office_rig, "SELECT value FROM meta WHERE key = "
					"'generation'"));
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const struct reply *reply = post(&admin,
		    arena_printf(
			&arena, "/staff/admin/change/%s", cases[i].sheet),
		    arena_printf(&arena, "step=save&sure=1&%s", cases[i].form));

		assert_status(reply, 422);
		assert_shows(reply, cases[i].says);
		assert_shows(reply, "role=\"alert\"");
	}
	assert_sql("SELECT value FROM meta WHERE key = 'generation'", marks);
	free(marks);
	assert_status(post(&admin, "/staff/admin/change/units",
			  "step=show&key=nobody&name=x"),
	    404);
	assert_status(post(&admin, "/staff/admin/change/people", "x=1"), 404);
	assert_status(
	    ask(&office_rig, "GET", "/staff/admin/catalogue/units/x%2F..",
		admin.headers, NULL, 0),
	    404);
}

/* Names and forms of a megabyte. */
static void
test_overlong(void **state)
{
	char *name = malloc(60001);
	const struct reply *reply;

	(void)state;
	memset(name, 'a', 60000);
	name[60000] = '\0';
	reply = post(&admin, "/staff/admin/change/units",
	    arena_printf(&arena, "step=show&" UNIT "%s", name));
	assert_status(reply, 422);
	reply = post(&admin, "/staff/admin/change/units",
	    arena_printf(&arena, "step=show&" UNIT "%s%s", name, name));
	assert_status(reply, 413);
	reply = post(&admin, "/staff/admin/settings",
	    arena_printf(&arena, "cell_least=%s", name));
	assert_status(reply, 422);
	free(name);
}

/* -------------------------------------------------------------------- forms */

static void
test_new_version(void **state)
{
	const struct reply *reply;
	char *before;

	(void)state;
	before = strdup(rig_sql(&office_rig,
	    "SELECT document FROM form WHERE code = 'one-stop' AND version = "
	    "1"));
	reply = look(&admin, "/staff/admin/catalogue/forms/one-stop.1");
	assert_shows(reply, "Phiên bản 2");
	assert_shows(reply, "value=\"Chờ đợi lâu\"");
	/* as citizens will see it, before anything is saved */
	reply = post(
	    &admin, "/staff/admin/draft", form_fields("Qu%C3%A1+l%C3%A2u"));
	assert_status(reply, 200);
	assert_shows(reply, "Quá lâu");
	assert_shows(reply, "Câu chung");
	assert_shows(reply, "không gửi được phiếu");
	assert_hides(reply, "<button>");
	assert_shows(get(&office_rig, "/f/LH1"), "Chờ đợi lâu");
	reply = post(&admin, "/staff/admin/change/forms",
	    arena_printf(
		&arena, "step=show&%s", form_fields("Qu%C3%A1+l%C3%A2u")));
	assert_status(reply, 200);
	assert_shows(reply, "Quá lâu");
	change("forms", form_fields("Qu%C3%A1+l%C3%A2u"));
	assert_sql(
	    "SELECT max(version) FROM form WHERE code = 'one-stop'", "2");
	assert_sql("SELECT document FROM form WHERE code = 'one-stop' AND "
		   "version = 1",
	    before);
	free(before);
	reply = get(&office_rig, "/f/LH1");
	assert_shows(reply, "Quá lâu");
	assert_shows(reply, "Câu chung");
	assert_shows(reply, "value=queue");
	assert_hides(reply, "name=attitude");
	assert_shows(
	    look(&admin, "/staff/admin/forms/one-stop/1"), "Chờ đợi lâu");
	assert_sql(
	    "SELECT count(*) FROM audit WHERE act = 'form.publish'", "1");
	/* words that nobody could read are refused */
	reply = post(&admin, "/staff/admin/change/forms",
	    arena_printf(&arena, "step=show&%s", form_fields("")));
	assert_status(reply, 422);
	assert_status(
	    post(&admin, "/staff/admin/change/forms", "step=show&code=none"),
	    404);
}

/* The largest form there may be is shown, and what is shown is saved. */
static void
test_largest_form(void **state)
{
	static const char *const lists[] = {"criteria", "reasons"};
	static const int many[] = {LIMIT_CRITERIA - 1, LIMIT_FORM_REASONS};
	const struct reply *reply;
	struct buf form, words;

	(void)state;
	buf_init(&form);
	buf_init(&words);
	for (int i = 0; i < LIMIT_QUESTION_BYTES / 3; i++)
		buf_puts(&words, "%E1%BA%BF");
	buf_puts(&form, "code=one-stop&title.vi=x&overall.vi=x&overall.en=x");
	for (int l = 0; l < 2; l++)
		for (int i = 0; i < many[l]; i++)
			buf_printf(&form,
			    "&%s.%d.code=q%d&%s.%d.vi=%s&%s.%d.en=%s", lists[l],
			    i, i, lists[l], i, buf_text(&words), lists[l], i,
			    buf_text(&words));
	change("forms", buf_text(&form));
	/* one more reason is refused, and said so */
	buf_printf(&form, "&reasons.%d.code=more&reasons.%d.vi=x",
	    LIMIT_FORM_REASONS, LIMIT_FORM_REASONS);
	reply = post(&admin, "/staff/admin/change/forms",
	    arena_printf(&arena, "step=show&%s", buf_text(&form)));
	assert_status(reply, 422);
	assert_shows(reply, "quá nhiều lý do");
	buf_finish(&form);
	buf_finish(&words);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_index),
	    cmocka_unit_test(test_rename),
	    cmocka_unit_test(test_stale),
	    cmocka_unit_test(test_grave),
	    cmocka_unit_test(test_target),
	    cmocka_unit_test(test_desk),
	    cmocka_unit_test(test_refused),
	    cmocka_unit_test(test_overlong),
	    cmocka_unit_test(test_new_version),
	    cmocka_unit_test(test_largest_form),
	};

	return cmocka_run_group_tests(tests, office_setup, office_teardown);
}
