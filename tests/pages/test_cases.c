/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Cases at the real collector: who may do what with one, that a form counts
 * once and nobody overwrites a colleague, that another unit's answers do not
 * exist.
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
#include "shared/limits.h"

/* -------------------------------------------------------------------- cases */

static void
test_who_sees_cases(void **state)
{
	char id[UUID_TEXT], content[UUID_TEXT];
	const struct reply *page;

	(void)state;
	say_low("LH1", id);
	say("{\"reasons\":[\"waiting\"]}", content); /* satisfied: no case */
	assert_status(person_get(&rig, &viewer, "/staff/cases"), 403);
	assert_status(person_get(&rig, &viewer, path_of("cases", id)), 403);
	assert_status(
	    person_get(&rig, &worker, path_of("cases", content)), 404);
	assert_status(person_get(&rig, &worker, "/staff/cases/x"), 404);
	assert_status(
	    person_get(&rig, &worker, path_of("cases", new_id())), 404);
	assert_status(person_get(&rig, &worker, "/staff/cases?list=x"), 404);
	assert_status(person_get(&rig, &worker, "/staff/cases?after=x"), 404);
	page = person_get(&rig, &worker, path_of("cases", id));
	assert_status(page, 200);
	assert_null(strstr(page->body, "0912345678"));
	assert_non_null(strstr(page->body, "Chờ đợi lâu"));
	page = person_get(&rig, &auditor, path_of("cases", id));
	assert_status(page, 200);
	assert_null(strstr(page->body, "name=\"act\"")); /* reads only */
	assert_status(act(&auditor, id, "take", "", "", ""), 403);
	assert_status(act(&viewer, id, "take", "", "", ""), 403);
	assert_int_equal(steps_of(id), 0);
	page = person_get(&rig, &manager, "/staff/");
	assert_non_null(strstr(page->body, "href=\"/staff/cases\""));
	page = person_get(&rig, &viewer, "/staff/");
	assert_null(strstr(page->body, "/staff/cases"));
}

static void
test_a_case(void **state)
{
	char id[UUID_TEXT], form[UUID_TEXT], path[100];
	const struct reply *page;

	(void)state;
	say_low("LH1", id);
	snprintf(path, sizeof(path), "%s", path_of("cases", id));
	snprintf(form, sizeof(form), "%s", new_id());
	for (int i = 0; i < 2; i++) /* pressed twice: one step */
		assert_leads_to(person_post(&rig, &worker, path, "act", "take",
				    "id", form, "seen", "", NULL),
		    "?done=take");
	assert_int_equal(steps_of(id), 1);
	/* somebody who has not seen that: told so, with his words kept */
	page = person_post(&rig, &local, path, "act", "take", "id", new_id(),
	    "seen", "", "words", "tôi làm nhé", NULL);
	assert_status(page, 409);
	assert_non_null(strstr(page->body, "tôi làm nhé"));
	assert_int_equal(steps_of(id), 1);
}

static void
test_wrong_entries(void **state)
{
	static const struct {
		const char *act, *words, *person, *due;
	} rows[] = {
	    {"save", "", "", ""}, /* nothing to save */
	    {"save", "x", "canbolh", "2001-01-01"},
	    {"save", "x", "canbolh", "2099-01-01"},
	    {"save", "x", "canbolh", "ngày mai"},
	    {"save", "x", "phanri", ""},   /* another unit's */
	    {"save", "x", "thanhtra", ""}, /* an auditor */
	    {"save", "x", "nobody", ""},
	    {"done", "", "", ""}, /* what was done? */
	    {"dance", "x", "", ""},
	    {"note", "x", "", ""}, /* no button of that name */
	};
	char id[UUID_TEXT], *longest = malloc(LIMIT_NOTE_CHARS * 2 + 10);

	(void)state;
	say_low("LH1", id);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const struct reply *page = act(&worker, id, rows[i].act,
		    rows[i].words, rows[i].person, rows[i].due);

		assert_status(page, 422);
		assert_non_null(strstr(page->body, "role=\"alert\""));
	}
	longest[0] = '\0';
	for (int i = 0; i < LIMIT_NOTE_CHARS; i++)
		strcat(longest, "ô");
	strcat(longest, "x");
	assert_status(act(&worker, id, "done", longest, "", ""), 422);
	assert_int_equal(steps_of(id), 0);
	longest[strlen(longest) - 1] = '\0';
	assert_leads_to(
	    act(&worker, id, "done", longest, "", ""), "?done=done");
	assert_status(person_post(&rig, &worker, path_of("cases", id), "act",
			  "reopen", "id", "x", NULL),
	    422);
	free(longest);
}

static void
test_hand_over(void **state)
{
	char id[UUID_TEXT];
	const struct reply *page;

	(void)state;
	say_low("LH1", id);
	assert_leads_to(
	    act(&worker, id, "save", "nhờ anh", "canbolh", ""), "?done=hand");
	page = person_get(&rig, &local_worker, "/staff/cases?list=mine");
	assert_non_null(strstr(page->body, id));
	page = person_get(&rig, &worker, "/staff/cases?list=mine");
	assert_null(strstr(page->body, id));
	page = person_get(&rig, &worker, "/staff/cases?person=canbolh");
	assert_non_null(strstr(page->body, id));
	page = person_get(&rig, &worker, "/staff/cases?list=new");
	assert_null(strstr(page->body, id));
	assert_leads_to(
	    act(&local_worker, id, "save", "đang gọi", "canbolh", ""),
	    "?done=note");
	assert_leads_to(
	    act(&local_worker, id, "done", "đã xin lỗi", "canbolh", ""),
	    "?done=done");
	page = person_get(&rig, &worker, "/staff/cases?list=done");
	assert_non_null(strstr(page->body, id));
	page = person_get(&rig, &worker, "/staff/cases");
	assert_null(strstr(page->body, id));
	assert_leads_to(act(&worker, id, "reopen", "", "", ""), "?done=reopen");
	page = person_get(&rig, &worker, path_of("cases", id));
	assert_non_null(strstr(page->body, "đã xin lỗi"));
	assert_int_equal(steps_of(id), 4);
	assert_int_equal(
	    sql("SELECT count(*) FROM audit WHERE object = '%s'", id), 4);
	assert_int_equal(
	    sql("SELECT count(*) FROM audit WHERE before || after || reason "
		"LIKE '%%xin l%%'"),
	    0);
}

/* Ticked in the list, handed over at once. */
static void
test_hand_over_many(void **state)
{
	char one[UUID_TEXT], two[UUID_TEXT], other[UUID_TEXT], form[UUID_TEXT];
	const struct reply *page;

	(void)state;
	say_low("LH1", one);
	say_low("LH1", two);
	say_low("PRC1", other);
	snprintf(form, sizeof(form), "%s", new_id());
	assert_status(person_post(&rig, &local, "/staff/cases", "id", form,
			  "person", "canbolh", NULL),
	    422); /* none is ticked */
	assert_status(person_post(&rig, &local, "/staff/cases", "id", form,
			  "case", one, "person", "phanri", NULL),
	    422);
	assert_status(person_post(&rig, &manager, "/staff/cases", "id", form,
			  "case", one, "case", other, "person", "phanri", NULL),
	    422); /* may not have the first */
	assert_status(
	    person_post(&rig, &local, "/staff/cases", "id", form, "case", one,
		"case", other, "person", "canbolh", NULL),
	    404);
	assert_status(person_post(&rig, &auditor, "/staff/cases", "id", form,
			  "case", one, "person", "canbolh", NULL),
	    403);
	assert_int_equal(steps_of(one), 0);
	for (int i = 0; i < 2; i++)
		assert_leads_to(
		    person_post(&rig, &local, "/staff/cases?list=new", "id",
			form, "case", one, "case", two, "person", "canbolh",
			NULL),
		    i == 0 ? "?list=new&done=hand" : "?list=new&done=same");
	assert_int_equal(steps_of(one), 1);
	page = person_get(&rig, &local_worker, "/staff/cases?list=mine");
	assert_non_null(strstr(page->body, one));
	assert_non_null(strstr(page->body, two));
	/* from one to the next of the same list */
	page = person_get(
	    &rig, &local_worker, "/staff/cases?list=mine&unit=22969");
	assert_non_null(strstr(page->body, "?list=mine&amp;unit=22969\""));
}

/* ------------------------------------------------------------- other units */

static void
test_another_unit(void **state)
{
	char own[UUID_TEXT], other[UUID_TEXT], both[2 * UUID_TEXT];

	(void)state;
	say_low("LH1", own);
	say_low("PRC1", other);
	snprintf(both, sizeof(both), "%s %s", own, other);
	assert_status(person_get(&rig, &local, path_of("cases", other)), 404);
	assert_status(person_get(&rig, &local, path_of("answers", other)), 404);
	assert_status(person_get(&rig, &local, "/staff/cases?unit=22972"), 404);
	assert_status(person_get(&rig, &local, "/staff/queue?unit=22972"), 404);
	assert_status(act(&local, other, "take", "", "", ""), 404);
	assert_status(
	    person_post(&rig, &local, path_of("answers", other), "act", "aside",
		"reason", "test", "id", new_id(), "save", "1", NULL),
	    404);
	assert_status(person_post(&rig, &local, "/staff/queue", "act", "aside",
			  "reason", "test", "id", new_id(), "ids", both, NULL),
	    404);
	assert_status(
	    person_post(&rig, &local, "/staff/queue", "act", "aside", "reason",
		"test", "id", new_id(), "ids", new_id(), NULL),
	    404);
	assert_status(
	    person_post(&rig, &local, "/staff/paper", "id", new_id(), "desk",
		"PRC1", "day", "2026-11-20", "overall", "5", NULL),
	    422);
	assert_false(is_aside(own));
	assert_false(is_aside(other));
	assert_int_equal(steps_of(other), 0);
	assert_null(
	    strstr(person_get(&rig, &local, "/staff/cases")->body, other));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_who_sees_cases),
	    cmocka_unit_test(test_a_case),
	    cmocka_unit_test(test_wrong_entries),
	    cmocka_unit_test(test_hand_over),
	    cmocka_unit_test(test_hand_over_many),
	    cmocka_unit_test(test_another_unit),
	};

	return cmocka_run_group_tests(tests, work_setup, work_teardown);
}
