/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A period at the real collector: two persons close it, each refusal with its
 * sentence and nothing done, the board and the interface are final then, what
 * came later is told, a revision takes it up, and what few said is not told by
 * a difference. The quarter is the one before this one, so that it is over.
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
#include "server/core/score/period.h"
#include "shared/civil.h"
#include "shared/clock.h"
#include "tests/view/html_check.h"

static struct period quarter;
static char name[PERIOD_TEXT], path[80];
static struct person second; /* another manager of the district */
static struct person admin;

static int
periods_setup(void **state)
{
	struct period now;

	work_setup(state);
	person_add(&rig, "hai", "manager", NULL);
	person_add(&rig, "quantri", "admin", NULL);
	assert_int_equal(
	    rig_run(&rig, "", "setting", "set", "second_factor", "0", NULL), 0);
	second = person_sign_in(&rig, "hai");
	admin = person_sign_in(&rig, "quantri");
	now = period_current_quarter(
	    civil_local_day(clock_now()), PERIOD_CALENDAR);
	assert_true(period_previous(&now, &quarter));
	period_name(&quarter, name);
	snprintf(path, sizeof(path), "/staff/periods/%s", name);
	/* the quarter may have ended yesterday */
	assert_int_equal(
	    rig_run(&rig, "", "setting", "set", "explain_days", "0", NULL), 0);
	return 0;
}

/* An answer of the closed quarter, on this day of it. */
static void
say_then(int day, int score)
{
	char members[200], when[CIVIL_TIME_TEXT];

	civil_format_time(
	    civil_day_start(quarter.first + day) + 36000000, 420, when);
	snprintf(members, sizeof(members),
	    "{\"desk\":\"LH1\",\"field\":\"ho-tich\",\"answered_at\":\"%s\","
	    "\"scores\":{\"overall\":%d}}",
	    when, score);
	say(members, (char[UUID_TEXT]){0});
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

/* Sends the form as the person's page has it now. */
static const struct reply *
decide_period(const struct person *p, const char *deed, const char *reason)
{
	const struct reply *page = see(p, path);
	const char *state = hidden(page, "state");
	const char *proposed = hidden(page, "proposed");

	return person_post(&rig, p, path, "id", new_id(), "state", state,
	    "proposed", proposed, "act", deed, "reason", reason, NULL);
}

/* The rows of the interface. */
static char *
rows_now(void)
{
	char address[120];

	snprintf(
	    address, sizeof(address), "/api/v1/scores?by=unit&period=%s", name);
	return strdup(person_get(&rig, &manager, address)->body);
}

static const char *
listed_state(void)
{
	static char state[20];
	char *line;

	assert_int_equal(rig_run(&rig, "", "period", "list", NULL), 0);
	line = strstr(rig.said, name);
	assert_non_null(line);
	assert_int_equal(sscanf(line, "%*s %*s %*s %19s", state), 1);
	return state;
}

static void
test_who_may(void **state)
{
	(void)state;
	for (int day = 0; day < 60; day++)
		say_then(day, day % 10 == 0 ? 2 : 5);
	/* nobody but the district's managers proposes */
	assert_lacks(see(&worker, path), "name=\"reason\"");
	assert_lacks(see(&viewer, path), "name=\"reason\"");
	assert_lacks(see(&local, path), "name=\"reason\"");
	assert_lacks(see(&auditor, path), "name=\"reason\"");
	assert_status(
	    person_post(&rig, &local, path, "id", new_id(), "state", "open",
		"proposed", "0", "act", "close", "reason", "x", NULL),
	    422);
	assert_status(
	    person_post(&rig, &worker, path, "id", new_id(), "state", "open",
		"proposed", "0", "act", "close", "reason", "x", NULL),
	    403);
	assert_status(decide_period(&manager, "close", "  "), 422);
	assert_status(decide_period(&manager, "confirm", "x"), 409);
	assert_status(
	    person_get(&rig, &manager, "/staff/periods/2999-Q1"), 404);
	assert_status(
	    person_get(&rig, &manager, "/staff/periods/2026-01-01..2026-01-02"),
	    404);
	assert_string_equal(listed_state(), "open");
}

static void
test_closed_by_two(void **state)
{
	char board[120], *before, *after;

	(void)state;
	snprintf(board, sizeof(board), "/staff/?period=%s", name);
	before = rows_now();
	assert_non_null(strstr(before, "\"final\":false"));
	free(before);
	assert_has(see(&manager, board), "Tạm tính đến");
	assert_status(decide_period(&manager, "close", "Đủ số liệu"), 303);
	assert_string_equal(listed_state(), "proposed");
	assert_has(see(&second, path), "Đủ số liệu");
	/* not by the one who proposed, nor of what has changed meanwhile */
	assert_status(
	    person_post(&rig, &manager, path, "id", new_id(), "state",
		"proposed", "proposed", hidden(see(&second, path), "proposed"),
		"act", "confirm", "reason", "x", NULL),
	    422);
	assert_status(person_post(&rig, &second, path, "id", new_id(), "state",
			  "proposed", "proposed", "1", "act", "confirm",
			  "reason", "x", NULL),
	    409);
	assert_string_equal(listed_state(), "proposed");
	assert_status(decide_period(&second, "confirm", "Đã xem"), 303);
	assert_string_equal(listed_state(), "closed");
	before = rows_now();
	assert_non_null(strstr(before, "\"final\":true"));
	assert_null(strstr(before, "anytime"));
	assert_has(see(&manager, board), "Số liệu đã chốt lúc");
	assert_lacks(see(&manager, board), "Tạm tính đến");
	assert_lacks(see(&manager, path), "Đến sau khi chốt");
	for (int day = 0; day < 20; day++)
		say_then(day, 1);
	after = rows_now();
	assert_string_equal(after, before);
	assert_has(see(&manager, path), "thêm 20 phiếu");
	assert_has(see(&manager, board), "thêm 20 phiếu");
	assert_status(decide_period(&second, "revise", "Phiếu đến muộn"), 303);
	assert_string_equal(listed_state(), "revising");
	assert_has(see(&auditor, path), "value=\"confirm\"");
	assert_status(decide_period(&auditor, "confirm", "Đúng"), 303);
	free(after);
	after = rows_now();
	assert_string_not_equal(after, before);
	assert_non_null(strstr(after, "\"final\":true"));
	assert_has(see(&manager, path), "So với lần trước: thêm 20 phiếu.");
	assert_has(see(&manager, path), "Lần chốt số 2");
	free(before);
	free(after);
}

/* What fewer than the smallest group said is not told by what came later. */
static void
test_few(void **state)
{
	const struct reply *page;

	(void)state;
	say_then(3, 1);
	page = see(&manager, path);
	assert_has(page, "thêm dưới 5 phiếu");
	assert_lacks(page, "thêm 1 phiếu");
	assert_has(page, "<td>– phiếu hợp lệ, –");
}

static void
test_reopened(void **state)
{
	(void)state;
	assert_status(decide_period(&manager, "reopen", "Sai đơn vị"), 303);
	assert_status(decide_period(&manager, "decline", "Thôi"), 303);
	assert_string_equal(listed_state(), "closed");
	assert_status(decide_period(&manager, "reopen", "Sai đơn vị"), 303);
	assert_status(decide_period(&second, "confirm", "Đồng ý"), 303);
	assert_string_equal(listed_state(), "open");
	assert_int_equal(
	    sql("SELECT count(*) FROM audit WHERE act LIKE 'period.%%'"), 8);
	assert_int_equal(sql("SELECT count(*) FROM snapshot"), 2);
}

/* While the clock is in doubt nothing is closed, and the page says why. */
static void
test_clock(void **state)
{
	const struct reply *page;

	(void)state;
	rig_stop(&rig);
	rig_sql(&rig,
	    "UPDATE meta SET value = '1000000 5 0 another' WHERE key = "
	    "'clock'");
	rig_serve(&rig);
	page = see(&manager, path);
	assert_has(page, "Đồng hồ của máy chủ đang sai");
	assert_lacks(page, "value=\"close\"");
	assert_status(
	    person_post(&rig, &manager, path, "id", new_id(), "state", "open",
		"proposed", "0", "act", "close", "reason", "x", NULL),
	    422);
	assert_int_equal(rig_run(&rig, "", "clock", "--confirm", NULL), 0);
}

/* Days off move the last day to explain. */
static void
test_days_off(void **state)
{
	(void)state;
	assert_status(
	    person_post(&rig, &admin, "/staff/periods", "id", new_id(), "act",
		"off", "day", "2030-02-04", "name", "Tết", NULL),
	    303);
	assert_status(
	    person_post(&rig, &admin, "/staff/periods", "id", new_id(), "act",
		"off", "day", "2030-02-30", "name", "Tết", NULL),
	    422);
	assert_status(
	    person_post(&rig, &local, "/staff/periods", "id", new_id(), "act",
		"off", "day", "2030-02-05", "name", "x", NULL),
	    403);
	assert_has(see(&manager, "/staff/periods"), "04/02/2030 – Tết");
	assert_lacks(see(&manager, "/staff/periods"), "name=\"day\"");
	assert_status(person_post(&rig, &admin, "/staff/periods", "id",
			  new_id(), "act", "remove", "day", "2030-02-04", NULL),
	    303);
	assert_lacks(see(&manager, "/staff/periods"), "04/02/2030");
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_who_may),
	    cmocka_unit_test(test_closed_by_two),
	    cmocka_unit_test(test_few),
	    cmocka_unit_test(test_reopened),
	    cmocka_unit_test(test_days_off),
	    cmocka_unit_test(test_clock),
	};

	return cmocka_run_group_tests(tests, periods_setup, work_teardown);
}
