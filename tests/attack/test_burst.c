/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Scripts against the real collector: posts to a desk's form that turn "not
 * met" into "met", that make a unit with a register "invalid", and a stream by
 * one kiosk's token. All of it is stored and acknowledged; the figures tell of
 * the burst and are shown without it, and one decision takes it out or in.
 *
 * HAILONG_ATTACK=full sends as many as were sent when it was found (2,000 posts
 * and 20,000 answers), at their speed, and the posts at a tenth of it too.
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

#define DOSSIERS 300
#define HONEST   40 /* answers by the import, half of them satisfied */
#define PERIOD   "2020-01-01..2099-12-31"

static bool
in_full(void)
{
	const char *asked = getenv("HAILONG_ATTACK");

	return asked != NULL && strcmp(asked, "full") == 0;
}

static json_t *
row_of_unit(const char *unit)
{
	json_t *body = reply_json(person_get(
	    &rig, &manager, "/api/v1/scores?by=unit&period=" PERIOD));
	json_t *rows = json_object_get(body, "rows"), *row = NULL;

	for (size_t i = 0; row == NULL && i < json_array_size(rows); i++) {
		const char *code = json_string_value(json_object_get(
		    json_object_get(json_array_get(rows, i), "scope"), "unit"));

		if (strcmp(code, unit) == 0)
			row = json_incref(json_array_get(rows, i));
	}
	json_decref(body);
	assert_non_null(row);
	return row;
}

static int64_t
number_of(json_t *row, const char *part, const char *key)
{
	return json_integer_value(json_object_get(
	    part == NULL ? row : json_object_get(row, part), key));
}

static const char *
word_of(json_t *row, const char *part, const char *key)
{
	return json_string_value(json_object_get(
	    part == NULL ? row : json_object_get(row, part), key));
}

/* A register of DOSSIERS for Liên Hương, and honest answers. */
static void
prepare(void)
{
	char path[120];
	json_t *answers = json_array(), *results;
	FILE *out;

	snprintf(path, sizeof(path), "%s/register.csv", rig.folder);
	out = fopen(path, "w");
	assert_non_null(out);
	fprintf(out, "code,unit,field,procedure,received_at,due_at,finished_at,"
		     "outcome,phone,consent\n");
	for (int i = 0; i < DOSSIERS; i++)
		fprintf(out,
		    "H08.35-260105-%04d,22969,chung-thuc,,2026-01-05,,"
		    "2026-01-06,granted,,0\n",
		    i);
	fclose(out);
	if (rig_run(&rig, "", "import", "dossiers", path, NULL) != 0)
		fail_msg("%s", rig.said);
	for (int i = 0; i < HONEST; i++)
		json_array_append_new(answers,
		    new_answer(i % 2 == 0 ? "{\"field\":\"chung-thuc\"}"
					  : "{\"field\":\"chung-thuc\","
					    "\"scores\":{\"overall\":2}}"));
	results = post_answers(&rig, import, answers);
	for (int i = 0; i < HONEST; i++)
		assert_string_equal(
		    result(results, (size_t)i, "status"), "stored");
	json_decref(results);
}

/* Posts to the form, so many ms apart; every one must be acknowledged. */
static void
script(const char *desk, int posts, int apart)
{
	char path[20], body[80];

	snprintf(path, sizeof(path), "/f/%s", desk);
	for (int i = 0; i < posts; i++) {
		snprintf(body, sizeof(body), "id=%s&overall=5", new_id());
		assert_status(rig_post(&rig, path, body), 200);
		if (apart > 0)
			usleep((useconds_t)apart * 1000);
	}
}

/* The hidden value of the queue's only burst. */
static void
find_burst(const char *flag, char out[120])
{
	char path[60];
	const struct reply *page;

	snprintf(path, sizeof(path), "/staff/queue?flag=%s", flag);
	page = person_get(&rig, &manager, path);
	assert_status(page, 200);
	snprintf(out, 120, "%s", hidden(page, "burst"));
	assert_true(out[0] != '\0');
}

/* One proposes it about the whole burst, another confirms; until then it is
 * undecided. */
static void
decide_burst(const char *act, const char *burst)
{
	char form[UUID_TEXT];
	int64_t waiting = sql("SELECT count(*) FROM answer WHERE doubt = 3");

	snprintf(form, sizeof(form), "%s", new_id());
	assert_leads_to(
	    person_post(&rig, &manager, "/staff/queue", "act", act, "id", form,
		"burst", burst, "reason", "burst", "words", "đã xem", NULL),
	    "?done=proposed");
	assert_int_equal(
	    sql("SELECT count(*) FROM answer WHERE doubt = 3"), waiting);
	confirm_proposal(&auditor, form);
}

/* 310 posts make more answers than dossiers: the unit is not invalid, the
 * figure says what waits, and one decision restores what was before. */
static void
test_register(void **state)
{
	const int posts = 310;
	json_t *row, *before;
	char burst[120], decision[40], form[UUID_TEXT];
	const struct reply *page;

	(void)state;
	prepare();
	before = row_of_unit("22969");
	assert_true(json_is_null(json_object_get(before, "unusual")));
	script("LH1", posts, 0);
	row = row_of_unit("22969");
	assert_int_equal(number_of(row, NULL, "valid"), HONEST + posts);
	assert_int_equal(number_of(row, "unusual", "valid"), posts);
	assert_int_equal(number_of(row, "unusual", "satisfied"), posts);
	assert_string_not_equal(word_of(row, NULL, "verdict"), "invalid");
	assert_string_equal(word_of(row, "unusual", "verdict"),
	    word_of(before, NULL, "verdict"));
	assert_true(json_equal(
	    json_object_get(json_object_get(row, "unusual"), "share"),
	    json_object_get(before, "share")));
	assert_int_equal(
	    number_of(json_object_get(row, "classes"), "verified", "valid"), 0);
	json_decref(row);
	rig_check(&rig);
	page = person_get(&rig, &manager, "/staff/?unit=22969&period=" PERIOD);
	assert_non_null(strstr(page->body, "bất thường chưa xét: 310 phiếu"));
	/* one matter, whatever flags its answers have */
	page = person_get(&rig, &manager, "/staff/queue");
	assert_non_null(strstr(page->body, "<h2>310 phiếu"));
	assert_null(
	    strstr(strstr(page->body, "name=\"burst\"") + 1, "name=\"burst\""));
	find_burst("unusual_unasked", burst);
	script("LH1", 5, 0); /* that the page does not show */
	decide_burst("aside", burst);
	row = row_of_unit("22969");
	assert_int_equal(number_of(row, NULL, "valid"), HONEST + 5);
	assert_int_equal(number_of(row, NULL, "set_aside"), posts);
	assert_int_equal(number_of(row, "unusual", "valid"), 5);
	json_decref(row);
	rig_check(&rig);
	page = person_get(&rig, &manager, "/staff/queue");
	assert_non_null(strstr(page->body, "<h3>310 phiếu"));
	snprintf(decision, sizeof(decision), "%s", hidden(page, "decision"));
	/* taken back: a burst again, with the five */
	snprintf(form, sizeof(form), "%s", new_id());
	assert_leads_to(
	    person_post(&rig, &manager, "/staff/queue", "act", "undo", "id",
		form, "decision", decision, "words", "chưa rõ", NULL),
	    "?done=proposed");
	confirm_proposal(&auditor, form);
	row = row_of_unit("22969");
	assert_int_equal(number_of(row, NULL, "valid"), HONEST + posts + 5);
	assert_int_equal(number_of(row, NULL, "set_aside"), 0);
	assert_int_equal(number_of(row, "unusual", "valid"), posts + 5);
	json_decref(row);
	rig_check(&rig);
	/* kept: counted like any other */
	find_burst("unusual_unasked", burst);
	decide_burst("count", burst);
	row = row_of_unit("22969");
	assert_int_equal(number_of(row, NULL, "valid"), HONEST + posts + 5);
	assert_true(json_is_null(json_object_get(row, "unusual")));
	/* now a person answers for it: rule 1 counts them all */
	assert_string_equal(word_of(row, NULL, "verdict"), "invalid");
	json_decref(row);
	json_decref(before);
	rig_check(&rig);
}

/* Wrong names of a burst are refused; a unit's manager decides no other's. */
static void
test_refused(void **state)
{
	static const char *const wrong[] = {"x", "22972 PRC1 web",
	    "22972 PRC1 web day 1", "22972 PRC1 web 20000 soon"};
	char burst[120];

	(void)state;
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
		assert_status(
		    person_post(&rig, &manager, "/staff/queue", "act", "count",
			"id", new_id(), "burst", wrong[i], "words", "", NULL),
		    422);
	assert_status(
	    person_post(&rig, &manager, "/staff/queue", "act", "count", "id",
		new_id(), "burst", "22972 PRC1 web 20000 1", "words", "", NULL),
	    404);
	script("PRC1", 40, 0);
	find_burst("unusual_unasked", burst);
	assert_status(
	    person_post(&rig, &local, "/staff/queue", "act", "aside", "id",
		new_id(), "burst", burst, "reason", "burst", "words", "", NULL),
	    404);
	assert_int_equal(sql("SELECT count(*) FROM answer WHERE desk = 'PRC1' "
			     "AND doubt = 3 AND aside = 0"),
	    40);
}

/* One kiosk's token, faster than fingers: stored, acknowledged, flagged; what
 * an outbox brings of two days is not. */
static void
test_kiosk(void **state)
{
	int batches = in_full() ? 20 : 2;
	char *token = rig_device(&rig, "kiosk", "PD1");
	json_t *answers, *results;

	(void)state;
	answers = json_array();
	for (int i = 0; i < 300; i++) { /* of two days, one in ten minutes */
		char members[200];

		snprintf(members, sizeof(members),
		    "{\"desk\":\"PD1\",\"seq\":%d,\"answered_at\":\"%s\"}",
		    i + 1, time_from_now(-(300 - i) * 600 * 1000LL));
		json_array_append_new(answers, new_answer(members));
	}
	json_decref(post_answers(&rig, token, answers));
	assert_int_equal(
	    sql("SELECT count(*) FROM answer WHERE desk = 'PD1'"), 300);
	assert_int_equal(sql("SELECT count(*) FROM answer WHERE desk = 'PD1' "
			     "AND doubt = 3"),
	    0);
	for (int k = 0; k < batches; k++) {
		answers = json_array();
		for (int i = 0; i < 1000; i++)
			json_array_append_new(
			    answers, new_answer("{\"desk\":\"PD1\"}"));
		results = post_answers(&rig, token, answers);
		for (size_t i = 0; i < 1000; i++)
			assert_string_equal(
			    result(results, i, "status"), "stored");
		json_decref(results);
	}
	assert_true(sql("SELECT count(*) FROM answer WHERE desk = 'PD1' AND "
			"doubt = 3") >= batches * 1000);
	rig_check(&rig);
	free(token);
}

/* The words of a burst, by the page; the tick or not. */
static const struct reply *
remove_words(const struct person *p, const char *decision, const char *sure)
{
	return person_post(&rig, p, "/staff/admin/words", "id", new_id(),
	    "decision", decision, "sure", sure, NULL);
}

/* What a burst wrote is removed by an administrator, once it is decided and
 * with a tick; its scores stay, and so does what others wrote. */
static void
test_words_removed(void **state)
{
	struct person admin;
	char body[120], burst[120], decision[40], unit[20];
	const struct reply *page;
	const int posts = 60;
	json_t *row, *after;

	(void)state;
	person_add(&rig, "quantri", "admin", NULL);
	admin = person_sign_in(&rig, "quantri");
	for (int i = 0; i < posts; i++) {
		snprintf(body, sizeof(body),
		    "id=%s&overall=4&comment=r%%C3%%A1c+%d", new_id(), i);
		assert_status(rig_post(&rig, "/f/CC1", body), 200);
	}
	json_decref(post_answers(&rig, import,
	    json_pack(
		"[o]", new_answer("{\"desk\":\"CC1\",\"comment\":\"chậm\"}"))));
	page = person_get(&rig, &admin, "/staff/admin/words");
	assert_status(page, 200);
	assert_null(strstr(page->body, "CC1")); /* not decided */
	snprintf(
	    body, sizeof(body), "SELECT unit FROM answer WHERE desk = 'CC1'");
	snprintf(unit, sizeof(unit), "%s", rig_sql(&rig, body));
	snprintf(body, sizeof(body), "unusual_unasked&unit=%s", unit);
	find_burst(body, burst);
	decide_burst("aside", burst);
	row = row_of_unit(unit);
	page = person_get(&rig, &admin, "/staff/admin/words");
	if (strstr(page->body, "60 phiếu, 60 góp ý") == NULL)
		fail_msg("%s", strstr(page->body, "<h1>"));
	assert_null(strstr(page->body, "rác"));
	snprintf(decision, sizeof(decision), "%s", hidden(page, "decision"));
	assert_status(person_get(&rig, &manager, "/staff/admin/words"), 403);
	assert_status(remove_words(&manager, decision, "1"), 403);
	assert_status(remove_words(&auditor, decision, "1"), 403);
	assert_status(remove_words(&admin, decision, ""), 422);
	assert_status(remove_words(&admin, "x", "1"), 422);
	assert_status(remove_words(&admin, new_id(), "1"), 404);
	assert_int_equal(sql("SELECT count(*) FROM remark r JOIN answer a ON "
			     "a.id = r.answer WHERE a.desk = 'CC1'"),
	    posts + 1);
	assert_leads_to(remove_words(&admin, decision, "1"), "?done=removed");
	assert_string_equal(
	    rig_sql(&rig, "SELECT group_concat(comment) FROM remark r JOIN "
			  "answer a ON a.id = r.answer WHERE a.desk = 'CC1'"),
	    "chậm");
	assert_int_equal(
	    sql("SELECT count(*) FROM addition x JOIN answer a ON a.id = "
		"x.answer WHERE a.desk = 'CC1'"),
	    0);
	after = row_of_unit(unit);
	assert_true(json_equal(row, after));
	assert_int_equal(sql("SELECT count(*) FROM audit WHERE act = "
			     "'words.remove' AND login = 'quantri' AND before "
			     "LIKE '%%\"words\":60%%'"),
	    1);
	assert_status(remove_words(&admin, decision, "1"), 404);
	page = person_get(&rig, &admin, "/staff/admin/words");
	assert_null(strstr(page->body, "CC1"));
	json_decref(row);
	json_decref(after);
	rig_check(&rig);
}

/* As it was found: 2,000 posts in 9 s, and at a tenth of that. */
static void
test_in_full(void **state)
{
	(void)state;
	if (!in_full())
		return;
	script("VH1", 2000, 0);
	assert_int_equal(
	    sql("SELECT count(*) FROM answer WHERE desk = 'VH1' AND doubt = 3"),
	    2000);
	script("VT1", 2000, 45);
	assert_int_equal(
	    sql("SELECT count(*) FROM answer WHERE desk = 'VT1' AND doubt = 3"),
	    2000);
	script("PL1", 310, 45);
	assert_int_equal(
	    sql("SELECT count(*) FROM answer WHERE desk = 'PL1' AND doubt = 3"),
	    310);
	rig_check(&rig);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_register),
	    cmocka_unit_test(test_refused),
	    cmocka_unit_test(test_kiosk),
	    cmocka_unit_test(test_words_removed),
	    cmocka_unit_test(test_in_full),
	};

	return cmocka_run_group_tests(tests, work_setup, work_teardown);
}
