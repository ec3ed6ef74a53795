/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The catalogue out and in as one file, and the settings, at the real
 * collector. Auditors read and change nothing; whatever a name says, pages show
 * it as text.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "server/core/catalogue/folder.h"
#include "tests/kit/office_parts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "server/core/text/archive.h"
#include "shared/buf.h"
#include "shared/limits.h"

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
	reply = ask(&office_rig, "POST", "/staff/admin/import", headers,
	    body.data, body.size);
	buf_finish(&body);
	return reply;
}

#define FIELD(name, value)                                                     \
	"--x7\r\nContent-Disposition: form-data; name=\"" name                 \
	"\"\r\n\r\n" value "\r\n"

static struct buf
download(void)
{
	const struct reply *reply = ask(
	    &office_rig, "GET", "/staff/admin/export", admin.headers, NULL, 0);
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

/* Many small cells are short in a file and long as the text that the page
 * carries: refused before it is shown, since it could not be saved. */
static void
test_too_large_to_carry(void)
{
	struct buf first = download(), csv, packed;
	struct refusals refusals = {0};
	struct folder_file *files;
	const struct reply *reply;
	size_t n;

	assert_true(archive_unpack(
	    &arena, first.data, first.size, &files, &n, &refusals));
	buf_init(&csv);
	buf_puts(&csv, "code,name,group\n");
	for (int i = 0; i < 55000; i++)
		buf_printf(&csv, "f%d,x,g\n", i);
	for (size_t i = 0; i < n; i++)
		if (strcmp(files[i].name, "fields.csv") == 0) {
			files[i].data = buf_text(&csv);
			files[i].size = csv.size;
		}
	buf_init(&packed);
	assert_true(archive_pack(files, n, &packed));
	reply = upload(packed.data, packed.size, "");
	assert_status(reply, 422);
	assert_shows(reply, "tệp nén chứa quá nhiều");
	buf_finish(&packed);
	buf_finish(&csv);
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
	test_too_large_to_carry();
	assert_status(upload(zeros, 2 * LIMIT_BODY_BYTES, ""), 413);
	free(zeros);
}

/* ----------------------------------------------------------------- settings */

static void
test_settings(void **state)
{
	/* the desk's form, and two links that can no longer be used */
	static const char *const forms[] = {"/f/LH1?lang=en",
	    "/d/AAAAAAAAAAAAAAAAAAAAAA?lang=en", "/f/LH1?lang=en&more=nothing"};
	const struct reply *reply;

	(void)state;
	reply = look(&admin, "/staff/admin/settings");
	assert_shows(reply, "name=\"session_hours\" value=\"12\"");
	assert_shows(reply, "Asia/Ho_Chi_Minh");
	look(&admin, "/staff/admin/settings?lang=en");
	reply = post(&admin, "/staff/admin/settings",
	    "step=save&english=0&was.english=1");
	assert_goes(reply, "/staff/admin/settings?done=saved");
	for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++) {
		reply = get(&office_rig, forms[i]);
		assert_shows(reply, "<html lang=\"vi\"");
		assert_hides(reply, "lang=\"en\"");
	}
	assert_sql("SELECT before || after FROM audit WHERE act = "
		   "'setting.change' AND object = 'english'",
	    "{\"value\":\"1\"}{\"value\":\"0\"}");
	assert_status(post(&admin, "/staff/admin/settings",
			  "step=save&english=1&was.english=0"),
	    303);
	assert_shows(get(&office_rig, "/f/LH1?lang=en"), "lang=\"en\"");
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

/* ----------------------------------------------------------------- auditors */

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

/* ----------------------------------------------------------- stored scripts */

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
	    "/staff/admin/catalogue/forms/one-stop.1",
	    "/f/LH1?id=01938f5e-7c1a-7f00-9a51-3f0d3c1f8a77", NULL};
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
		    "/staff/admin/catalogue/forms/one-stop.%zu", i + 2);
		look_harmless(
		    ask(&office_rig, "GET", newest, admin.headers, NULL, 0),
		    newest);
		for (int k = 0; pages[k] != NULL; k++)
			look_harmless(ask(&office_rig, "GET", pages[k],
					  admin.headers, NULL, 0),
			    pages[k]);
	}
	look_harmless(
	    ask(&office_rig, "GET", "/staff/cases", auditor.headers, NULL, 0),
	    "/staff/cases");
	look_harmless(
	    ask(&office_rig, "GET", "/staff/queue", auditor.headers, NULL, 0),
	    "/staff/queue");
	/* as what is sought, chosen or asked for */
	for (size_t i = 0; i < sizeof(payloads) / sizeof(payloads[0]); i++) {
		const char *path = arena_printf(
		    &arena, "/staff/admin?done=%s", encoded(payloads[i]));

		look_harmless(
		    ask(&office_rig, "GET", path, admin.headers, NULL, 0),
		    path);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_in_and_out),
	    cmocka_unit_test(test_hostile_uploads),
	    cmocka_unit_test(test_settings),
	    cmocka_unit_test(test_auditor_reads),
	    cmocka_unit_test(test_stored_scripts),
	};

	return cmocka_run_group_tests(tests, office_setup, office_teardown);
}
