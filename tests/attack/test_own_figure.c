/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A unit's manager who wants a better figure: every unhappy answer of the unit
 * was once his to set aside as "abuse", and the board rose from 93.3 to 97.6 %.
 * Every way there is, tried at the real collector, alone, with a second
 * account, with colleagues of the unit, after a move to the district; nothing
 * of it moves the figure, and what two people in their right do still works.
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

#define PERIOD "2020-01-01..2099-12-31"
#define GOOD   28
#define LOW    2

static char low[LOW][UUID_TEXT];  /* at LH1, of 22969 */
static char typed[UUID_TEXT];     /* from paper, likewise */
static char own[UUID_TEXT];       /* at TP1, the district's own desk */
static char form[UUID_TEXT];      /* what lienhuong proposed about low[0] */
static char confirmed[UUID_TEXT]; /* … and what was confirmed, and undone */
static char theirs[UUID_TEXT];    /* what quanly proposed about own */
static char burst[120];
static struct person second, unit_auditor, neighbour, admin, moved, promoted,
    other_manager;

/* ----------------------------------------------------------------- the house
 */

static void
flood(void)
{
	char body[80];
	const struct reply *page;

	for (int i = 0; i < 40; i++) {
		snprintf(body, sizeof(body), "id=%s&overall=1", new_id());
		assert_status(rig_post(&rig, "/f/LH1", body), 200);
	}
	page = person_get(&rig, &local, "/staff/queue?flag=unusual_unasked");
	snprintf(burst, sizeof(burst), "%s", hidden(page, "burst"));
	assert_true(burst[0] != '\0');
}

static void
say_all(void)
{
	char id[UUID_TEXT], today[16];

	for (int i = 0; i < GOOD; i++)
		say("{\"desk\":\"LH1\"}", id);
	for (int i = 0; i < LOW; i++)
		say_low("LH1", low[i]);
	say_low("TP1", own);
	snprintf(typed, sizeof(typed), "%s", new_id());
	snprintf(today, sizeof(today), "%.10s", time_from_now(0));
	assert_status(
	    person_post(&rig, &local_worker, "/staff/paper", "id", typed,
		"desk", "LH1", "day", today, "overall", "1", NULL),
	    303);
}

/* The admin gives a person another role or unit, as the page has it. */
static void
give(const char *login, const char *role, const char *unit)
{
	char path[80], was[80];

	snprintf(path, sizeof(path), "/staff/admin/people/%s", login);
	snprintf(was, sizeof(was), "%s",
	    hidden(person_post(&rig, &admin, path, "act", "change", "role",
		       role, "unit", unit, "id", new_id(), NULL),
		"was"));
	assert_status(person_post(&rig, &admin, path, "act", "change", "role",
			  role, "unit", unit, "id", new_id(), "save", "1",
			  "sure", "1", "was", was, NULL),
	    303);
}

static void
propose(
    const struct person *p, const char *answer, const char *act, const char *id)
{
	assert_leads_to(person_post(&rig, p, path_of("answers", answer), "act",
			    act, "reason", "abuse", "words", "phá rối", "id",
			    id, "save", "1", NULL),
	    "?done=proposed");
}

static int
prepare(void **state)
{
	work_setup(state);
	person_add(&rig, "lienhuong2", "manager", "22969");
	person_add(&rig, "kiemtralh", "auditor", "22969");
	person_add(&rig, "phanri2", "manager", "22972");
	person_add(&rig, "quantri", "admin", NULL);
	person_add(&rig, "chuyen", "manager", "22969");
	person_add(&rig, "len", "manager", NULL);
	person_add(&rig, "quanly2", "manager", NULL);
	second = person_sign_in(&rig, "lienhuong2");
	unit_auditor = person_sign_in(&rig, "kiemtralh");
	neighbour = person_sign_in(&rig, "phanri2");
	admin = person_sign_in(&rig, "quantri");
	other_manager = person_sign_in(&rig, "quanly2");
	say_all();
	flood();
	snprintf(confirmed, sizeof(confirmed), "%s", new_id());
	propose(&local, low[0], "aside", confirmed);
	confirm_proposal(&manager, confirmed);
	by_two(&manager, &auditor, low[0], "restore", "wrong", "");
	snprintf(form, sizeof(form), "%s", new_id());
	propose(&local, low[0], "aside", form);
	snprintf(theirs, sizeof(theirs), "%s", new_id());
	propose(&manager, own, "aside", theirs);
	/* moved to the district since; and made its auditor since */
	give("chuyen", "manager", "");
	give("len", "auditor", "");
	moved = person_sign_in(&rig, "chuyen");
	promoted = person_sign_in(&rig, "len");
	return 0;
}

/* The unit's figure, and the district's own, as the interface has them. */
static void
figures(const char *unit, char out[200])
{
	char path[120];
	json_t *body, *row;

	snprintf(
	    path, sizeof(path), "/api/v1/scores?period=%s&by=unit", PERIOD);
	body = reply_json(person_get(&rig, &auditor, path));
	for (size_t i = 0;; i++) {
		row = json_array_get(json_object_get(body, "rows"), i);
		assert_non_null(row);
		if (strcmp(json_string_value(json_object_get(
			       json_object_get(row, "scope"), "unit")),
			unit) == 0)
			break;
	}
	snprintf(out, 200, "%lld of %lld, %lld aside, %lld unusual",
	    (long long)json_integer_value(json_object_get(row, "satisfied")),
	    (long long)json_integer_value(json_object_get(row, "valid")),
	    (long long)json_integer_value(json_object_get(row, "set_aside")),
	    (long long)json_integer_value(
		json_object_get(json_object_get(row, "unusual"), "valid")));
	json_decref(body);
}

/* --------------------------------------------------------------- the attempts
 */

/* A form of pairs, "act=aside&reason=…", in which these words are filled in. */
static const char *
fill(const char *text)
{
	static char out[2000];
	const struct {
		const char *word, *value;
	} words[] = {{"LOW0", low[0]}, {"LOW1", low[1]}, {"TYPED", typed},
	    {"OWN", own}, {"FORM", form}, {"DONE", confirmed},
	    {"THEIRS", theirs}, {"BURST", burst}, {"FRESH", new_id()}};
	size_t n = 0;

	while (*text != '\0') {
		size_t length = 0;

		for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
			if (strncmp(text, words[i].word,
				strlen(words[i].word)) == 0) {
				length = strlen(words[i].word);
				n += (size_t)snprintf(out + n, sizeof(out) - n,
				    "%s", words[i].value);
				break;
			}
		text += length;
		if (length == 0)
			out[n++] = *text++;
		assert_true(n + UUID_TEXT < sizeof(out));
	}
	out[n] = '\0';
	return out;
}

static void
test_attempts(void **state)
{
	static const struct {
		const char *tried;
		const struct person *who;
		const char *path, *form;
		int status;
	} rows[] = {
	    /* alone */
	    {"set aside on the answer's page", &local, "/staff/answers/LOW1",
		"act=aside&reason=abuse&words=x&id=FRESH&save=1", 303},
	    {"… by the queue", &local, "/staff/queue",
		"act=aside&reason=abuse&words=x&id=FRESH&ids=LOW1", 303},
	    {"… many at once", &local, "/staff/queue",
		"act=aside&reason=abuse&words=x&id=FRESH&ids=LOW0 LOW1", 303},
	    {"… as a whole burst", &local, "/staff/queue",
		"act=aside&reason=burst&words=x&id=FRESH&burst=BURST", 303},
	    {"accept a burst", &local, "/staff/queue",
		"act=count&words=x&id=FRESH&burst=BURST", 404},
	    {"drop a paper form that was typed in", &local_worker,
		"/staff/paper", "undo=TYPED&id=FRESH", 303},
	    {"… somebody else's", &local, "/staff/paper", "undo=TYPED&id=FRESH",
		404},
	    {"take an old decision back", &local, "/staff/queue",
		"act=undo&words=x&id=FRESH&decision=DONE", 303},
	    {"take it back without a word", &local, "/staff/queue",
		"act=undo&id=FRESH&decision=DONE", 422},
	    {"a decision that is none", &local, "/staff/queue",
		"act=undo&words=x&id=FRESH&decision=FORM", 404},
	    {"confirm what he proposed", &local, "/staff/proposals/FORM",
		"act=confirm&id=FRESH", 403},
	    {"… by the form that proposed it", &local, "/staff/proposals/FORM",
		"act=confirm&id=FORM", 403},
	    {"confirm once more what was undone", &local,
		"/staff/proposals/DONE", "act=confirm&id=FRESH", 409},
	    {"propose under the id of what was confirmed", &local,
		"/staff/answers/LOW1",
		"act=aside&reason=abuse&words=x&id=DONE&save=1", 303},
	    {"say it is confirmed", &local, "/staff/answers/LOW1",
		"act=aside&reason=abuse&words=x&id=FRESH&save=1&state="
		"confirmed&confirmed=1",
		303},
	    {"another act", &local, "/staff/answers/LOW1",
		"act=undo&reason=abuse&words=x&id=FRESH&save=1", 422},
	    {"another act of the queue", &local, "/staff/queue",
		"act=restore&words=x&id=FRESH&ids=LOW1", 422},
	    {"an answer of the neighbour's among them", &local, "/staff/queue",
		"act=aside&reason=abuse&words=x&id=FRESH&ids=LOW1 OWN", 404},
	    /* with others of the unit */
	    {"a second account of the unit confirms", &second,
		"/staff/proposals/FORM", "act=confirm&id=FRESH", 403},
	    {"… refuses, to have it proposed by another", &second,
		"/staff/proposals/FORM", "act=refuse&words=x&id=FRESH", 403},
	    {"… withdraws", &second, "/staff/proposals/FORM",
		"act=withdraw&id=FRESH", 403},
	    {"an auditor of the unit confirms", &unit_auditor,
		"/staff/proposals/FORM", "act=confirm&id=FRESH", 403},
	    {"… sets aside himself", &unit_auditor, "/staff/answers/LOW1",
		"act=aside&reason=abuse&words=x&id=FRESH&save=1", 403},
	    {"a caseworker of the unit confirms", &local_worker,
		"/staff/proposals/FORM", "act=confirm&id=FRESH", 403},
	    /* from elsewhere */
	    {"the neighbour's manager confirms", &neighbour,
		"/staff/proposals/FORM", "act=confirm&id=FRESH", 404},
	    {"… proposes", &neighbour, "/staff/answers/LOW1",
		"act=aside&reason=abuse&words=x&id=FRESH&save=1", 404},
	    {"an admin confirms", &admin, "/staff/proposals/FORM",
		"act=confirm&id=FRESH", 403},
	    {"a caseworker of the district confirms", &worker,
		"/staff/proposals/FORM", "act=confirm&id=FRESH", 403},
	    {"a reader confirms", &viewer, "/staff/proposals/FORM",
		"act=confirm&id=FRESH", 403},
	    {"one moved to the district since confirms", &moved,
		"/staff/proposals/FORM", "act=confirm&id=FRESH", 403},
	    /* the district itself */
	    {"the district's manager confirms about the district",
		&other_manager, "/staff/proposals/THEIRS",
		"act=confirm&id=FRESH", 403},
	    {"… who proposed it", &manager, "/staff/proposals/THEIRS",
		"act=confirm&id=FRESH", 403},
	    {"a unit, about the district", &local, "/staff/proposals/THEIRS",
		"act=confirm&id=FRESH", 404},
	    {"a manager of the district made its auditor since", &promoted,
		"/staff/proposals/THEIRS", "act=confirm&id=FRESH", 403},
	    /* beside the pages */
	    {"the interface", &local, "/api/v1/answers", "act=aside", 401},
	    {"an address that is none", &local, "/staff/aside", "answer=LOW1",
		405},
	};
	char was[200], is[200], district[200];

	(void)state;
	figures("22969", was);
	figures("595", district);
	assert_non_null(strstr(was, " 0 aside"));
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		char path[120], text[2000];
		const struct reply *reply;

		snprintf(path, sizeof(path), "%s", fill(rows[i].path));
		snprintf(text, sizeof(text), "%s", fill(rows[i].form));
		reply = person_send(&rig, rows[i].who, path, text);
		if (reply->status != rows[i].status)
			fail_msg("%s: %d, not %d", rows[i].tried, reply->status,
			    rows[i].status);
		figures("22969", is);
		if (strcmp(is, was) != 0)
			fail_msg("%s: %s, not %s", rows[i].tried, is, was);
		figures("595", is);
		if (strcmp(is, district) != 0)
			fail_msg("%s: %s, not %s", rows[i].tried, is, district);
	}
	assert_int_equal(sql("SELECT count(*) FROM answer WHERE aside = 1"), 0);
	/* every refusal left the proposals as they were */
	assert_int_equal(sql("SELECT count(*) FROM proposal WHERE state = "
			     "'proposed' AND id IN (%s)",
			     blob(form)),
	    1);
	rig_check(&rig);
}

static void
assert_told(const struct person *p, const char *path)
{
	const struct reply *page = person_get(&rig, p, path);

	assert_status(page, 200);
	assert_non_null(
	    strstr(page->body, "Loại 1 phiếu (Phá rối, không phải ý kiến 1); "
			       "nếu tính cả: "));
}

/* Two in their right: the figure says how many stand aside, the cases stay. */
static void
test_right(void **state)
{
	char is[200];

	(void)state;
	confirm_proposal(&other_manager, form);
	confirm_proposal(&auditor, theirs);
	figures("22969", is);
	assert_non_null(strstr(is, " 1 aside"));
	/* the figure says so wherever it stands, and what it is with them */
	assert_told(&local, "/staff/units/22969?period=" PERIOD);
	assert_told(&manager, "/staff/?period=" PERIOD);
	figures("595", is);
	assert_non_null(strstr(is, " 1 aside"));
	assert_int_equal(
	    sql("SELECT count(*) FROM answer WHERE aside = 1 AND matter = 1"),
	    2);
	assert_non_null(
	    strstr(person_get(&rig, &worker, "/staff/cases")->body, low[0]));
	rig_check(&rig);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_attempts),
	    cmocka_unit_test(test_right),
	};

	return cmocka_run_group_tests(tests, prepare, work_teardown);
}
