/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A unit's report at the real collector: prepared by itself, found on the
 * board, written, refused where something lacks, submitted, returned, accepted
 * by another person; the closing waits for it; measures are told in the next
 * report. The period is the month before this one, and the setting that months
 * are reported.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "tests/kit/work_rig.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "server/core/score/period.h"
#include "shared/civil.h"
#include "shared/clock.h"
#include "tests/view/html_check.h"

#define WORDS "words.tthc."
#define LATE  7 /* dossiers of the unit */

static struct period month, quarter;
static char name[PERIOD_TEXT], period_path[80], report_path[100];
static struct person second;

static void
say_then(int day, int score)
{
	char members[200], when[CIVIL_TIME_TEXT];

	civil_format_time(
	    civil_day_start(month.first + day) + 36000000, 420, when);
	snprintf(members, sizeof(members),
	    "{\"desk\":\"LH1\",\"field\":\"ho-tich\",\"answered_at\":\"%s\","
	    "\"scores\":{\"overall\":%d}}",
	    when, score);
	say(members, (char[UUID_TEXT]){0});
}

static void
import_late_dossiers(void)
{
	char path[200], received[CIVIL_DATE_TEXT], finished[CIVIL_DATE_TEXT];
	struct civil day = civil_from_day(month.first);
	FILE *f;

	snprintf(path, sizeof(path), "%s/late.csv", rig.folder);
	civil_format_date(month.first, received);
	civil_format_date(month.first + 9, finished);
	f = fopen(path, "w");
	assert_non_null(f);
	fputs("code,unit,field,procedure,received_at,due_at,finished_at,"
	      "outcome,phone,consent\n",
	    f);
	for (int i = 0; i < 90; i++)
		fprintf(f,
		    "H08.35-%02d%02d%02d-%06d,22969,ho-tich,,%s,%s,%s,granted,,"
		    "0\n",
		    day.year % 100, day.month, day.day, i, received,
		    i < LATE ? received : finished, finished);
	fclose(f);
	assert_int_equal(
	    rig_run(&rig, "", "import", "dossiers", path, NULL), 0);
}

static int
reports_setup(void **state)
{
	int32_t today = civil_local_day(clock_now());

	work_setup(state);
	person_add(&rig, "hai", "manager", NULL);
	second = person_sign_in(&rig, "hai");
	assert_true(period_at(PERIOD_MONTH, today, PERIOD_CALENDAR, &month));
	assert_true(period_previous(&month, &month));
	assert_true(
	    period_at(PERIOD_QUARTER, today, PERIOD_CALENDAR, &quarter));
	assert_true(period_previous(&quarter, &quarter));
	period_name(&month, name);
	snprintf(period_path, sizeof(period_path), "/staff/periods/%s", name);
	snprintf(report_path, sizeof(report_path), "%s/22969", period_path);
	rig_run(&rig, "", "setting", "set", "report_month", "5", NULL);
	rig_run(&rig, "", "setting", "set", "explain_days", "30", NULL);
	import_late_dossiers();
	for (int i = 0; i < 60; i++)
		say_then(i % 28, i % 3 == 0 ? 5 : 2);
	/* at its start, and each hour, a collector looks what is due */
	assert_int_equal(rig_stop(&rig), 0);
	rig_serve(&rig);
	for (int i = 0; i < RIG_PATIENCE * 20 &&
			sql("SELECT count(*) FROM submission WHERE period = "
			    "'%s'",
			    name) < 12;
	     i++)
		usleep(50000);
	return 0;
}

/* A day that a measure may be due on. */
static const char *
soon(void)
{
	static char day[CIVIL_DATE_TEXT];

	civil_format_date(civil_local_day(clock_now()) + 30, day);
	return day;
}

static const struct reply *
see(const struct person *p, const char *address)
{
	const struct reply *page = person_get(&rig, p, address);
	char error[200];

	assert_status(page, 200);
	if (!html_check(page->body, true, error))
		fail_msg("%s: %s", address, error);
	return page;
}

static void
assert_has(const struct reply *page, const char *words)
{
	if (strstr(page->body, words) == NULL)
		fail_msg("lacks %s in %s", words, page->body);
}

static void
assert_lacks(const struct reply *page, const char *words)
{
	if (strstr(page->body, words) != NULL)
		fail_msg("has %s", words);
}

/* What a unit sends: its words and the measures for both that it missed. */
static const struct reply *
send_report(const struct person *p, const char *act, const char *words,
    const char *remedy, const char *person, const char *due)
{
	const char *seen = hidden(see(p, report_path), "seen");

	return person_post(&rig, p, report_path, "id", new_id(), "seen", seen,
	    "act", act, "explanation", words, "apologies", "5", WORDS, remedy,
	    "person.tthc.", person, "due.tthc.", due, WORDS "ho-tich", remedy,
	    "person.tthc.ho-tich", person, "due.tthc.ho-tich", due, NULL);
}

static const struct reply *
decide_report(const struct person *p, const char *act, const char *reason)
{
	const char *seen = hidden(see(p, report_path), "seen");

	return person_post(&rig, p, report_path, "id", new_id(), "seen", seen,
	    "act", act, "reason", reason, NULL);
}

static void
assert_state(const char *state)
{
	assert_string_equal(
	    rig_sql(&rig,
		"SELECT state FROM submission WHERE unit = '22969' ORDER BY "
		"changed_at DESC LIMIT 1"),
	    state);
}

/* Twelve drafts by themselves, once, told in the log; and who finds them. */
static void
test_prepared(void **state)
{
	(void)state;
	assert_int_equal(sql("SELECT count(*) FROM submission WHERE period = "
			     "'%s' AND state = 'draft'",
			     name),
	    12);
	assert_int_equal(
	    sql("SELECT count(*) FROM audit WHERE act = 'period.prepare' AND "
		"object = '%s' AND place = 'rule'",
		name),
	    1);
	assert_has(
	    see(&local, "/staff/"), "Thị trấn Liên Hương: chưa nộp báo cáo");
	assert_lacks(see(&local, "/staff/"), "Phan Rí Cửa: chưa nộp");
	assert_has(see(&manager, "/staff/"), "12 đơn vị chưa nộp báo cáo");
	assert_lacks(see(&viewer, "/staff/"), "chưa nộp báo cáo");
	assert_has(see(&manager, period_path), "Báo cáo của các đơn vị");
	/* another unit's is not there for the unit */
	assert_lacks(see(&local, period_path), "Phan Rí Cửa");
	snprintf(report_path, sizeof(report_path), "%s/22972", period_path);
	assert_status(person_get(&rig, &local, report_path), 404);
	snprintf(report_path, sizeof(report_path), "%s/22969", period_path);
}

static void
test_lacking(void **state)
{
	static const struct {
		const char *words, *remedy, *person, *due, *says;
	} cases[] = {
	    {"", "", "", "", "hãy viết giải trình"},
	    {"Vì thiếu người", "", "", "", "hãy ghi biện pháp khắc phục"},
	    {"Vì thiếu người", "Thêm người", "", "2030-01-31",
		"Mỗi biện pháp cần đủ"},
	    {"Vì thiếu người", "Thêm người", "Lan", "", "Mỗi biện pháp cần đủ"},
	    {"Vì thiếu người", "Thêm người", "Lan", "2030-02-30",
		"Thời hạn của biện pháp không hợp lệ"},
	    {"Vì thiếu người", "Thêm người", "Lan", "2019-02-03",
		"Thời hạn của biện pháp không hợp lệ"},
	};
	const struct reply *page = see(&local, report_path);

	(void)state;
	assert_has(page, "Chưa đạt: Hộ tịch");
	assert_has(page, "trong 7 hồ sơ");
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		page = send_report(&local, "submit", cases[i].words,
		    cases[i].remedy, cases[i].person, cases[i].due);
		assert_status(page, 422);
		assert_has(page, cases[i].says);
		assert_has(page, cases[i].words);
	}
	page = person_post(&rig, &local, report_path, "id", new_id(), "seen",
	    "0", "act", "save", "explanation", "x", "apologies", "8", NULL);
	assert_status(page, 422);
	assert_has(page, "không vượt quá số hồ sơ trễ hẹn");
	assert_status(person_post(&rig, &worker, report_path, "id", new_id(),
			  "seen", "0", "act", "save", NULL),
	    403);
	assert_int_equal(sql("SELECT count(*) FROM measure"), 0);
}

static void
test_the_way(void **state)
{
	const struct reply *page;

	(void)state;
	assert_status(send_report(&local, "save", "Nháp", "", "", ""), 303);
	/* over what a colleague has written meanwhile */
	assert_status(person_post(&rig, &local, report_path, "id", new_id(),
			  "seen", "0", "act", "save", "explanation", "x", NULL),
	    409);
	assert_status(decide_report(&manager, "accept", ""), 409);
	assert_status(send_report(&local, "submit", "Vì thiếu người",
			  "Thêm người trực", "Nguyễn Văn A", soon()),
	    303);
	assert_state("submitted");
	assert_int_equal(sql("SELECT count(*) FROM measure"), 2);
	page = see(&local, report_path);
	assert_lacks(page, "name=\"act\"");
	assert_has(page, "đã xin lỗi: 5; chưa xin lỗi: 2");
	assert_status(decide_report(&manager, "return", " "), 422);
	assert_status(decide_report(&manager, "return", "Nêu rõ hơn"), 303);
	assert_has(see(&local, "/staff/"), "báo cáo bị trả lại");
	assert_has(see(&local, report_path), "Nêu rõ hơn");
	/* the district writes for the unit, then another one accepts */
	assert_status(send_report(&manager, "submit", "Vì thiếu người trực",
			  "Thêm một người", "Nguyễn Văn A", soon()),
	    303);
	assert_status(decide_report(&manager, "accept", ""), 422);
	assert_status(decide_report(&second, "accept", "Tốt"), 303);
	assert_state("accepted");
	assert_string_equal(rig_sql(&rig, "SELECT words FROM measure LIMIT 1"),
	    "Thêm một người");
	assert_int_equal(sql("SELECT count(*) FROM measure"), 2);
	assert_lacks(see(&local, "/staff/"), "báo cáo bị trả lại");
	assert_int_equal(
	    sql("SELECT count(*) FROM audit WHERE act LIKE 'report.%%' AND "
		"unit = '22969'"),
	    5);
}

/* Closed before the days to explain are over only when all are accepted; then
 * what was accepted stays. */
static void
test_closing_waits(void **state)
{
	const struct reply *page = see(&manager, period_path);

	(void)state;
	assert_has(page, "Đơn vị còn trong thời gian giải trình");
	assert_status(
	    person_post(&rig, &manager, period_path, "id", new_id(), "state",
		"open", "proposed", "0", "act", "close", "reason", "x", NULL),
	    422);
	rig_sql(&rig, "UPDATE submission SET state = 'accepted'");
	assert_status(
	    person_post(&rig, &manager, period_path, "id", new_id(), "state",
		"open", "proposed", "0", "act", "close", "reason", "x", NULL),
	    303);
	assert_has(see(&second, "/staff/"), "chờ người thứ hai xác nhận");
	assert_lacks(see(&manager, "/staff/"), "chờ người thứ hai xác nhận");
	page = see(&second, period_path);
	assert_status(
	    person_post(&rig, &second, period_path, "id", new_id(), "state",
		"proposed", "proposed", hidden(page, "proposed"), "act",
		"confirm", "reason", "y", NULL),
	    303);
	assert_status(decide_report(&manager, "return", "Muộn rồi"), 409);
	assert_has(see(&local, report_path), "Số liệu dưới đây đã chốt");
}

/* The next report tells what became of a measure. */
static void
test_measures_go_on(void **state)
{
	char qname[PERIOD_TEXT], path[100], id[80], field[40], result_[80];
	const struct reply *page;

	(void)state;
	period_name(&quarter, qname);
	snprintf(path, sizeof(path), "/staff/periods/%s", qname);
	if (sql("SELECT count(*) FROM submission WHERE period = '%s'", qname) ==
	    0)
		assert_status(person_post(&rig, &manager, path, "id", new_id(),
				  "act", "prepare", NULL),
		    303);
	snprintf(path, sizeof(path), "/staff/periods/%s/22969", qname);
	page = see(&local, path);
	assert_has(page, "Thêm một người");
	assert_has(page, "Đang thực hiện");
	snprintf(id, sizeof(id), "%s", strstr(page->body, "name=\"state."));
	assert_int_equal(sscanf(id, "name=\"state.%36[0-9a-f-]", field), 1);
	snprintf(id, sizeof(id), "state.%s", field);
	snprintf(result_, sizeof(result_), "result.%s", field);
	assert_status(person_post(&rig, &local, path, "id", new_id(), "seen",
			  hidden(page, "seen"), "act", "save", id, "done",
			  result_, "", NULL),
	    422);
	assert_status(person_post(&rig, &local, path, "id", new_id(), "seen",
			  hidden(see(&local, path), "seen"), "act", "save", id,
			  "done", result_, "Đã thêm một người trực", NULL),
	    303);
	assert_int_equal(sql("SELECT count(*) FROM measure WHERE state = "
			     "'done' AND result = 'Đã thêm một người trực'"),
	    1);
	page = see(&local, path);
	assert_has(page, "Đã xong");
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_prepared),
	    cmocka_unit_test(test_lacking),
	    cmocka_unit_test(test_the_way),
	    cmocka_unit_test(test_closing_waits),
	    cmocka_unit_test(test_measures_go_on),
	};

	return cmocka_run_group_tests(tests, reports_setup, work_teardown);
}
