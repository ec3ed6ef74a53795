/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The pages on which the house is kept in order, at the real collector: what is
 * changed is shown before it is saved, saved whole, holds at once and stands in
 * the audit log; what must not be is refused in the reader's words; auditors
 * read and change nothing; whatever a name says, pages show it as text.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "tests/server/rig.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "server/archive.h"
#include "shared/buf.h"
#include "shared/limits.h"
#include "tests/view/html_check.h"

#define PASSWORD "ba con mèo đen"
#define FORM     "Content-Type: application/x-www-form-urlencoded\r\n"

static struct rig rig;

struct person {
	char headers[300], csrf[64];
};

static struct person admin, auditor;
static struct arena arena;

/* -------------------------------------------------------------------- asking
 */

static void
sign_in(struct person *p, const char *login)
{
	char form[200], *cookie, *at;
	const struct reply *reply;

	assert_int_equal(rig_run(&rig, PASSWORD "\n", "user", "add", login,
			     "--role", login, NULL),
	    0);
	snprintf(form, sizeof(form),
	    "login=%s&password=ba+con+m%%C3%%A8o+%%C4%%91en", login);
	reply = post_form(&rig, "/login", form);
	assert_status(reply, 303);
	cookie = reply_header(reply, "Set-Cookie");
	cookie[strcspn(cookie, ";")] = '\0';
	snprintf(p->headers, sizeof(p->headers), "Cookie: %s\r\n", cookie);
	free(cookie);
	reply = ask(&rig, "GET", "/staff/", p->headers, NULL, 0);
	at = strstr(reply->body, "name=\"csrf\" value=\"");
	assert_non_null(at);
	at += strlen("name=\"csrf\" value=\"");
	snprintf(p->csrf, sizeof(p->csrf), "%.*s", (int)strcspn(at, "\""), at);
}

static int
setup(void **state)
{
	(void)state;
	rig_make(&rig, "");
	assert_int_equal(rig_run(&rig, "", "sample", "--answers", "3000",
			     "--days", "20", "--seed", "7", NULL),
	    0);
	rig_serve(&rig);
	sign_in(&admin, "admin");
	sign_in(&auditor, "auditor");
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	rig_check(&rig);
	rig_remove(&rig);
	arena_finish(&arena);
	return 0;
}

/* Every page that is looked at is well formed; the citizens' form is written
 * shorter (form.html), and looked at by test_form. */
static void
assert_formed(const struct reply *reply, const char *path)
{
	char error[200];

	if (strstr(reply->body, "/static/form.") == NULL &&
	    !html_check(reply->body, true, error))
		fail_msg("%s: %s", path, error);
}

static const struct reply *
look(const struct person *p, const char *path)
{
	const struct reply *reply = ask(&rig, "GET", path, p->headers, NULL, 0);

	assert_status(reply, 200);
	assert_formed(reply, path);
	return reply;
}

static const struct reply *
post(const struct person *p, const char *path, const char *form)
{
	char headers[500], *body;
	const struct reply *reply;

	snprintf(headers, sizeof(headers), "%s" FORM, p->headers);
	assert_true(asprintf(&body, "csrf=%s&%s", p->csrf, form) > 0);
	reply = ask(&rig, "POST", path, headers, body, strlen(body));
	free(body);
	if (reply->status != 303 && reply->status != 413)
		assert_formed(reply, path);
	return reply;
}

static void
assert_shows(const struct reply *reply, const char *words)
{
	if (strstr(reply->body, words) == NULL)
		fail_msg("not \"%s\" in: %s", words, reply->body);
}

static void
assert_hides(const struct reply *reply, const char *words)
{
	if (strstr(reply->body, words) != NULL)
		fail_msg("\"%s\" in: %s", words, reply->body);
}

static void
assert_goes(const struct reply *reply, const char *where)
{
	char *location;

	assert_status(reply, 303);
	location = reply_header(reply, "Location");
	assert_string_equal(location, where);
	free(location);
}

/* The value of a hidden input of the page that was just shown. */
static const char *
hidden(const struct reply *reply, const char *name)
{
	const char *key = arena_printf(&arena, "name=\"%s\" value=\"", name);
	const char *at = strstr(reply->body, key);

	if (at == NULL)
		fail_msg("no %s in: %s", name, reply->body);
	at += strlen(key);
	return arena_strndup(&arena, at, strcspn(at, "\""));
}

/* Shows a change and saves it, ticked. */
static void
change(const char *sheet, const char *form)
{
	const char *path =
	    arena_printf(&arena, "/staff/admin/change/%s", sheet);
	const struct reply *reply =
	    post(&admin, path, arena_printf(&arena, "step=show&%s", form));
	const char *mark;

	assert_status(reply, 200);
	mark = hidden(reply, "mark");
	reply = post(&admin, path,
	    arena_printf(&arena, "step=save&sure=1&mark=%s&%s", mark, form));
	if (reply->status != 303)
		fail_msg("%s %s: %s", sheet, form, reply->body);
}

static void
assert_sql(const char *sql, const char *value)
{
	assert_string_equal(rig_sql(&rig, sql), value);
}

#define UNIT                                                                   \
	"key=22969&parent=595&level=town&valid_from=2010-01-01&"               \
	"valid_to=2025-06-30&name="

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
	assert_status(get(&rig, "/f/LH2"), 404);
	change("desks", "code=LH2&unit=22969&name=Qu%E1%BA%A7y+2&"
			"fields=ho-tich&fields=chung-thuc");
	reply = get(&rig, "/f/LH2");
	assert_status(reply, 200);
	assert_shows(reply, "Quầy 2");
	assert_sql("SELECT field FROM desk_field WHERE desk = 'LH2' AND place "
		   "= 0",
	    "ho-tich");
	reply = post_form(&rig, "/f/LH2", "overall=5&lang=vi");
	assert_status(reply, 200);
	reply = post(
	    &admin, "/staff/admin/change/desks", "step=show&key=LH2&remove=1");
	assert_status(reply, 422);
	assert_shows(reply, "không thể xóa quầy LH2");
	change("desks", "code=LH3&unit=22969&name=Q&fields=ho-tich");
	change("desks", "key=LH3&remove=1");
	assert_status(get(&rig, "/f/LH3"), 404);
}

/* ------------------------------------------------------------------ refusals
 */

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
		"key=22969&parent=595&level=town&valid_from=1.1.2010&name=x",
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
	marks = strdup(rig_sql(&rig, "SELECT value FROM meta WHERE key = "
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
	assert_status(ask(&rig, "GET", "/staff/admin/catalogue/units/x%2F..",
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

/* --------------------------------------------------------------------- forms
 */

/* Everything the editor of the newest version would send, with this reason's
 * words. */
static const char *
form_fields(const char *reason)
{
	return arena_printf(&arena,
	    "code=one-stop&title.vi=T%%C3%%AAn&overall.vi=C%%C3%%A2u+chung"
	    "&overall.en=Overall&criteria.0.code=access&criteria.0.vi=N%%C6%%"
	    "A1i"
	    "&criteria.1.code=&reasons.0.code=waiting&reasons.0.vi=%s"
	    "&reasons.1.code=queue&reasons.1.vi=Ch%%E1%%BB%%97+ng%%E1%%BB%%93i"
	    "&reasons.2.code=&reasons.2.vi=",
	    reason);
}

static void
test_new_version(void **state)
{
	const struct reply *reply;
	char *before;

	(void)state;
	before = strdup(rig_sql(&rig,
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
	assert_shows(get(&rig, "/f/LH1"), "Chờ đợi lâu");
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
	reply = get(&rig, "/f/LH1");
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

/* ------------------------------------------------------------ in and out */

static const struct reply *
upload(const char *bytes, size_t size, const char *more)
{
	char headers[500];
	struct buf body;
	const struct reply *reply;

	snprintf(headers, sizeof(headers),
	    "%sContent-Type: multipart/form-data; boundary=x7\r\n",
	    admin.headers);
	buf_init(&body);
	buf_printf(&body,
	    "--x7\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\n%s"
	    "\r\n%s",
	    admin.csrf, more);
	if (bytes != NULL) {
		buf_puts(&body,
		    "--x7\r\nContent-Disposition: form-data; name=\"file\"; "
		    "filename=\"a.zip\"\r\n\r\n");
		buf_add(&body, bytes, size);
		buf_puts(&body, "\r\n");
	}
	buf_puts(&body, "--x7--\r\n");
	reply = ask(
	    &rig, "POST", "/staff/admin/import", headers, body.data, body.size);
	buf_finish(&body);
	return reply;
}

#define FIELD(name, value)                                                     \
	"--x7\r\nContent-Disposition: form-data; name=\"" name                 \
	"\"\r\n\r\n" value "\r\n"

static struct buf
download(void)
{
	const struct reply *reply =
	    ask(&rig, "GET", "/staff/admin/export", admin.headers, NULL, 0);
	char *name = reply_header(reply, "Content-Disposition");
	struct buf kept;

	assert_status(reply, 200);
	assert_string_equal(
	    name, "attachment; filename=\"hailong-catalogue.zip\"");
	free(name);
	buf_init(&kept);
	buf_add(&kept, reply->body, reply->size);
	return kept;
}

static void
test_in_and_out(void **state)
{
	struct buf first = download(), again = download(), changed;
	struct refusals refusals = {0};
	struct folder_file *files;
	const struct reply *reply;
	const char *mark, *folder, *end;
	size_t n;

	(void)state;
	assert_int_equal(first.size, again.size);
	assert_memory_equal(first.data, again.data, first.size);
	assert_goes(upload(first.data, first.size, ""),
	    "/staff/admin/import?done=nothing");
	assert_true(archive_unpack(
	    &arena, first.data, first.size, &files, &n, &refusals));
	for (size_t i = 0; i < n; i++)
		if (strcmp(files[i].name, "targets.csv") == 0) {
			files[i].data = arena_printf(&arena, "%s%s",
			    files[i].data, "agency,,2031-01-01,93\n");
			files[i].size = strlen(files[i].data);
		}
	buf_init(&changed);
	assert_true(archive_pack(files, n, &changed));
	reply = upload(changed.data, changed.size, "");
	assert_status(reply, 200);
	assert_shows(reply, "93%");
	assert_shows(reply, "Thay đổi (1)");
	mark = hidden(reply, "mark");
	folder = strstr(reply->body, "name=\"folder\" value=\"");
	assert_non_null(folder);
	folder += strlen("name=\"folder\" value=\"");
	end = strchr(folder, '"');
	/* as a browser would send the carried folder: unescaped */
	{
		char *json =
		    arena_strndup(&arena, folder, (size_t)(end - folder));
		static const char *const names[] = {"&quot;", "\"", "&lt;", "<",
		    "&gt;", ">", "&#39;", "'", "&amp;", "&", NULL};

		for (int i = 0; names[i] != NULL; i += 2)
			for (char *at; (at = strstr(json, names[i])) != NULL &&
				       strcmp(names[i], "&amp;") != 0;) {
				*at = names[i + 1][0];
				memmove(at + 1, at + strlen(names[i]),
				    strlen(at + strlen(names[i])) + 1);
			}
		reply = upload(NULL, 0,
		    arena_printf(&arena,
			FIELD("step", "save") FIELD("mark", "%s")
			    FIELD("folder", "%s"),
			mark, json));
	}
	assert_goes(reply, "/staff/admin?done=imported");
	assert_sql(
	    "SELECT count(*) FROM target WHERE population = 'agency'", "2");
	/* and the old folder takes it away again, asking twice */
	reply = upload(first.data, first.size, "");
	assert_status(reply, 200);
	assert_shows(reply, "name=\"sure\"");
	change("targets", "key=agency.2031-01-01&remove=1");
	buf_finish(&changed);
	buf_finish(&again);
	buf_finish(&first);
}

static void
test_hostile_uploads(void **state)
{
	char *zeros = calloc(1, 2 * LIMIT_BODY_BYTES);
	const struct reply *reply;

	(void)state;
	reply = upload("no zip", 6, "");
	assert_status(reply, 422);
	assert_shows(reply, "không phải là .zip");
	assert_status(upload(NULL, 0, ""), 422);
	assert_status(upload("", 0, ""), 422);
	assert_status(upload(NULL, 0, FIELD("folder", "{}")), 422);
	assert_status(upload(NULL, 0, FIELD("folder", "[[[[")), 422);
	assert_status(
	    upload(NULL, 0, FIELD("step", "save") FIELD("folder", "null")),
	    422);
	assert_status(upload(zeros, 900 * 1024, ""), 422);
	assert_status(upload(zeros, 2 * LIMIT_BODY_BYTES, ""), 413);
	free(zeros);
}

/* ------------------------------------------------------------------ settings
 */

static void
test_settings(void **state)
{
	const struct reply *reply;

	(void)state;
	reply = look(&admin, "/staff/admin/settings");
	assert_shows(reply, "name=\"session_hours\" value=\"12\"");
	assert_shows(reply, "Asia/Ho_Chi_Minh");
	look(&admin, "/staff/admin/settings?lang=en");
	reply = post(&admin, "/staff/admin/settings",
	    "step=save&english=0&was.english=1");
	assert_goes(reply, "/staff/admin/settings?done=saved");
	assert_hides(get(&rig, "/f/LH1?lang=en"), "lang=\"en\"");
	assert_sql("SELECT before || after FROM audit WHERE act = "
		   "'setting.change' AND object = 'english'",
	    "{\"value\":\"1\"}{\"value\":\"0\"}");
	assert_status(post(&admin, "/staff/admin/settings",
			  "step=save&english=1&was.english=0"),
	    303);
	assert_shows(get(&rig, "/f/LH1?lang=en"), "lang=\"en\"");
	/* dangerous: shown, asked, asked again */
	reply = post(&admin, "/staff/admin/settings",
	    "step=show&cell_least=3&session_hours=12");
	assert_status(reply, 200);
	assert_shows(reply, "name=\"sure\"");
	assert_hides(reply, "session_hours");
	reply = post(&admin, "/staff/admin/settings",
	    "step=save&cell_least=3&was.cell_least=5");
	assert_status(reply, 409);
	reply = post(&admin, "/staff/admin/settings",
	    "step=save&cell_least=3&was.cell_least=4&sure=1");
	assert_status(reply, 409);
	assert_sql(
	    "SELECT count(*) FROM setting WHERE key = 'cell_least'", "0");
	reply = post(&admin, "/staff/admin/settings",
	    "step=save&cell_least=10&was.cell_least=5");
	assert_status(reply, 303);
	assert_shows(look(&admin, "/staff/comments"), "dưới 10 phiếu");
	reply = post(&admin, "/staff/admin/settings",
	    "step=show&cell_least=1000&session_hours=x");
	assert_status(reply, 422);
	assert_shows(reply, "value=\"1000\"");
	assert_shows(reply, "aria-invalid");
}

/* ------------------------------------------------------------------- auditors
 */

static void
test_auditor_reads(void **state)
{
	static const char *const pages[] = {"/staff/admin",
	    "/staff/admin/catalogue/units",
	    "/staff/admin/catalogue/units/22969",
	    "/staff/admin/catalogue/desks/LH1",
	    "/staff/admin/catalogue/forms/one-stop.1", "/staff/admin/import",
	    "/staff/admin/settings", NULL};

	(void)state;
	for (int i = 0; pages[i] != NULL; i++) {
		const struct reply *reply = look(&auditor, pages[i]);

		assert_shows(reply, "chỉ xem, không sửa");
		assert_hides(reply, "name=\"step\"");
		assert_hides(reply, "type=\"file\"");
	}
	assert_status(post(&auditor, "/staff/admin/change/units",
			  "step=save&sure=1&" UNIT "x"),
	    403);
	assert_status(
	    post(&auditor, "/staff/admin/settings", "english=0"), 403);
}

/* ------------------------------------------------------------- stored scripts
 */

static const char *const payloads[] = {
    "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "'><svg/onload=alert(1)>",
    "</textarea><script>alert(1)</script>",
    "</title><script>alert(1)</script>",
    "<a href=javascript:alert(1)>x</a>",
    "{{{csrf}}}{{> board}}{{_ way.admin}}",
    "{title}{name}{count}",
    "<!--<b onclick=alert(1)>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "\\\"-alert(1)-\\\"",
    "\xe2\x80\xae<script>alert(1)</script>",
};

static const char *
encoded(const char *text)
{
	struct buf out;
	const char *kept;

	buf_init(&out);
	for (; *text != '\0'; text++)
		buf_printf(&out, "%%%02X", (unsigned char)*text);
	kept = arena_strdup(&arena, buf_text(&out));
	buf_finish(&out);
	return kept;
}

static void
look_harmless(const struct reply *reply, const char *path)
{
	static const char *const tags[] = {"<script>alert", "<img src=x",
	    "<svg/onload", "<a href=javascript", "<b onclick", NULL};

	assert_status(reply, 200);
	assert_formed(reply, path);
	for (int i = 0; tags[i] != NULL; i++)
		if (strstr(reply->body, tags[i]) != NULL)
			fail_msg("%s: %s is a tag", path, tags[i]);
}

static void
test_stored_scripts(void **state)
{
	static const char *const pages[] = {"/staff/", "/staff/units/22969",
	    "/staff/fields/ho-tich", "/staff/comments", "/staff/admin",
	    "/staff/admin/catalogue/units",
	    "/staff/admin/catalogue/units/22969",
	    "/staff/admin/catalogue/units/22972",
	    "/staff/admin/catalogue/successors",
	    "/staff/admin/catalogue/fields",
	    "/staff/admin/catalogue/fields/ho-tich",
	    "/staff/admin/catalogue/desks", "/staff/admin/catalogue/desks/LH1",
	    "/staff/admin/new/desks", "/staff/admin/catalogue/forms",
	    "/staff/admin/catalogue/forms/one-stop.1", "/f/LH1", NULL};
	char newest[100];

	(void)state;
	for (size_t i = 0; i < sizeof(payloads) / sizeof(payloads[0]); i++) {
		const char *p = encoded(payloads[i]);

		change("units", arena_printf(&arena, UNIT "%s", p));
		change("fields", arena_printf(&arena,
				     "key=ho-tich&name=%s&group=justice", p));
		change("desks", arena_printf(&arena,
				    "key=LH1&unit=22969&name=%s&fields=ho-tich&"
				    "fields=dat-dai",
				    p));
		change("forms", form_fields(p));
		snprintf(newest, sizeof(newest),
		    "/staff/admin/catalogue/forms/one-stop.%zu", i + 3);
		look_harmless(
		    ask(&rig, "GET", newest, admin.headers, NULL, 0), newest);
		for (int k = 0; pages[k] != NULL; k++)
			look_harmless(
			    ask(&rig, "GET", pages[k], admin.headers, NULL, 0),
			    pages[k]);
	}
	/* as what is sought, chosen or asked for */
	for (size_t i = 0; i < sizeof(payloads) / sizeof(payloads[0]); i++) {
		const char *path = arena_printf(
		    &arena, "/staff/admin?done=%s", encoded(payloads[i]));

		look_harmless(
		    ask(&rig, "GET", path, admin.headers, NULL, 0), path);
	}
}

#define TEST(function) cmocka_unit_test(function)

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST(test_index),
	    TEST(test_rename),
	    TEST(test_stale),
	    TEST(test_grave),
	    TEST(test_target),
	    TEST(test_desk),
	    TEST(test_refused),
	    TEST(test_overlong),
	    TEST(test_new_version),
	    TEST(test_in_and_out),
	    TEST(test_hostile_uploads),
	    TEST(test_settings),
	    TEST(test_auditor_reads),
	    TEST(test_stored_scripts),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
