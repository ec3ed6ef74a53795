/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A register's file through the page, at the real collector: what its columns
 * mean is said once and kept, what it brings is shown before anything is
 * stored, the good rows go in, the bad ones come back as a file, and no number
 * of a citizen is shown on the way.
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
#include <time.h>
#include <unistd.h>
#include "shared/buf.h"
#include "shared/civil.h"
#include "shared/clock.h"

#define HERE "/staff/admin/dossiers"
/* As no program names them. */
#define STRANGE "M;D;L;N1;N2;N3;K;S;Y;X\n"

static const struct reply *
send_file(const struct person *p, const char *name, const char *bytes)
{
	char headers[500];
	struct buf body;
	const struct reply *reply;

	snprintf(headers, sizeof(headers),
	    "%sContent-Type: multipart/form-data; boundary=x7\r\n", p->headers);
	buf_init(&body);
	buf_printf(&body,
	    "--x7\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\n%s"
	    "\r\n--x7\r\nContent-Disposition: form-data; name=\"file\"; "
	    "filename=\"%s\"\r\n\r\n%s\r\n--x7--\r\n",
	    p->csrf, name, bytes);
	reply = ask(&office_rig, "POST", HERE, headers, body.data, body.size);
	buf_finish(&body);
	return reply;
}

/* The address of the page that a file has. */
static const char *
page_of_file(const char *name, const char *bytes)
{
	const struct reply *reply = send_file(&admin, name, bytes);
	char *where = reply_header(reply, "Location");
	const char *kept;

	assert_status(reply, 303);
	assert_non_null(where);
	kept = arena_strdup(&arena, where);
	free(where);
	return kept;
}

/* Waits until a page says how it ended. */
static const struct reply *
over(const char *where)
{
	const struct reply *reply = look(&admin, where);

	for (int i = 0; i < RIG_PATIENCE * 10; i++) {
		if (strstr(reply->body, "http-equiv=\"refresh\"") == NULL)
			return reply;
		usleep(100000);
		reply = look(&admin, where);
	}
	fail_msg("%s is never over", where);
	return reply;
}

static void
test_columns_said_once(void **state)
{
	static const char first[] =
	    "DANH SÁCH\n\n" STRANGE
	    "H11-240102-0701;Thị trấn Liên Hương;Đất đai;02/01/2024;"
	    "09/01/2024;08/01/2024;Đã trả kết quả;0912345678;Có;abc\n"
	    "H11-240102-0702;22972;;02/01/2024;;;Đang xử lý;;;0987654321\n";
	const char *where =
	    page_of_file("C:\\s\xE1\xBB\x95 th\xC3\xA1ng.csv", first);
	const struct reply *reply = look(&admin, where);

	(void)state;
	assert_shows(reply, "sổ tháng.csv");
	assert_shows(reply, "column &quot;code&quot; is missing");
	/* proposed by what stands in them */
	assert_shows(reply, "<option value=\"code\" selected>");
	assert_shows(reply, "<option value=\"phone\" selected>");
	assert_shows(reply, "<option value=\"received_at\" selected>");
	assert_hides(reply, "0912345678");
	assert_hides(reply, "0987654321");
	assert_sql("SELECT count(*) FROM dossier WHERE code LIKE '%070_'", "0");
	/* wrong: twice, or without what a dossier needs */
	reply = post(&admin, where, "step=columns&keep=x&c0=code&c1=code");
	assert_status(reply, 422);
	assert_shows(reply, "Có hai cột");
	reply = post(&admin, where, "step=columns&keep=x&c0=code&c1=unit");
	assert_status(reply, 422);
	assert_goes(post(&admin, where,
			"step=columns&keep=So+A&c0=code&c1=unit&c2=field&"
			"c3=received_at&c4=due_at&c5=finished_at&c6=outcome&"
			"c7=phone&c8=consent&c9="),
	    where);
	reply = look(&admin, where);
	assert_shows(reply, "<strong>So A</strong>");
	assert_shows(reply, "Hồ sơ mới</th><td class=\"n\">2</td>");
	assert_shows(reply, "Dòng bị để lại</th><td class=\"n\">0</td>");
	assert_shows(reply, "value=\"whole\"");
	assert_hides(reply, "0912345678");
	assert_goes(post(&admin, where, "step=whole"), where);
	reply = over(where);
	assert_shows(reply, "Đã nạp xong");
	assert_sql("SELECT count(*) FROM dossier WHERE code LIKE '%070_'", "2");
	assert_sql("SELECT count(*) FROM invitation i JOIN dossier d ON "
		   "d.key = i.dossier WHERE d.code = 'H11-240102-0701'",
	    "1");
	assert_sql("SELECT login || ' ' || place || ' ' || object FROM audit "
		   "WHERE act = 'dossier.import' ORDER BY id DESC LIMIT 1",
	    arena_printf(&arena, "%s pages sổ tháng.csv", admin.login));
	/* sent twice, it counts once */
	assert_shows(post(&admin, where, "step=whole"), "Đã nạp xong");
	assert_shows(look(&admin, HERE), "sổ tháng.csv");
}

/* The next file with that header is read by itself; what changes is told, and
 * what is bad comes back. */
static void
test_changes_and_bad_rows(void **state)
{
	static const char next[] = STRANGE
	    "H11-240102-0701;22969;dat-dai;02/01/2024;09/01/2024;08/01/2024;"
	    "Đã trả kết quả;0912345678;Có;\n"
	    "H11-240102-0702;22972;;02/01/2024;;10/01/2024;Từ chối;;;\n"
	    "H11-240102-0703;Xã Không Có;;02/01/2024;;;;0912345678;1;\n";
	const char *where = page_of_file("b.csv", next);
	const struct reply *reply = look(&admin, where);

	(void)state;
	assert_shows(reply, "<strong>So A</strong>");
	assert_shows(reply, "Hồ sơ thay đổi</th><td class=\"n\">1</td>");
	assert_shows(reply, "Không thay đổi</th><td class=\"n\">1</td>");
	assert_shows(reply, "Kết quả giải quyết: – → Từ chối");
	assert_shows(
	    reply, "Đơn vị: không có đơn vị nào như vậy: “Xã Không Có”");
	assert_hides(reply, "value=\"whole\"");
	reply = ask(&office_rig, "GET", arena_printf(&arena, "%s/bad", where),
	    admin.headers, NULL, 0);
	assert_status(reply, 200);
	assert_non_null(strstr(reply->body,
	    "M,D,L,N1,N2,N3,K,S,Y,X,reason\r\nH11-240102-0703,Xã Không Có"));
	/* whole is refused, and nothing stored */
	assert_goes(post(&admin, where, "step=whole"), where);
	assert_shows(over(where), "1 of 3 rows are bad");
	assert_sql("SELECT outcome FROM dossier WHERE code = "
		   "'H11-240102-0702'",
	    "");
	where = page_of_file("b.csv", next);
	assert_goes(post(&admin, where, "step=part"), where);
	assert_shows(over(where), "Dòng bị để lại</th><td class=\"n\">1</td>");
	assert_sql("SELECT outcome FROM dossier WHERE code = "
		   "'H11-240102-0702'",
	    "refused");
}

/* What it does to the quarter that runs. */
static void
test_effect(void **state)
{
	int32_t today = civil_local_day(clock_now());
	struct civil date = civil_from_day(today);
	char day[20], file[600];
	const char *where;

	(void)state;
	snprintf(day, sizeof(day), "%04d-%02d-%02d", date.year, date.month,
	    date.day);
	snprintf(file, sizeof(file),
	    "code,unit,field,procedure,received_at,due_at,finished_at,outcome,"
	    "phone,consent\nH11-%02d%02d%02d-0801,22969,dat-dai,,%s,,%s,"
	    "granted,,\n",
	    date.year % 100, date.month, date.day, day, day);
	where = page_of_file("c.csv", file);
	assert_shows(look(&admin, where), "1 hồ sơ đã giải quyết");
	assert_goes(post(&admin, where, "step=drop"), HERE "?done=dropped");
	assert_goes(ask(&office_rig, "GET", where, admin.headers, NULL, 0),
	    HERE "?done=gone");
	assert_shows(look(&admin, HERE "?done=gone"), "Tệp không còn ở đây");
}

static void
test_no_tables(void **state)
{
	(void)state;
	assert_shows(look(&admin, page_of_file("a.xls", "<html><table>")),
	    "this is a web page");
	assert_shows(look(&admin, page_of_file("a.csv", "a\n\"b\n")),
	    "a quote is opened");
	assert_status(send_file(&admin, "a.csv", ""), 422);
	assert_shows(look(&auditor, HERE), "sổ tháng.csv");
	assert_status(send_file(&auditor, "a.csv", "x"), 403);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_columns_said_once),
	    cmocka_unit_test(test_changes_and_bad_rows),
	    cmocka_unit_test(test_effect),
	    cmocka_unit_test(test_no_tables),
	};

	return cmocka_run_group_tests(tests, office_setup, office_teardown);
}
