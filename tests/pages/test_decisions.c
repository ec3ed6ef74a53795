/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What counts, at the real collector: setting aside and back, the queue of
 * doubts, forms from paper. Counts follow every decision while answers come
 * in, and a citizen's or a colleague's words stay words.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "shared/buf.h"
#include "tests/kit/work_rig.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "server/core/text/urlencoded.h"
#include "tests/kit/clients.h"
#include "tests/view/html_check.h"

#define PERIOD "2020-01-01..2099-12-31"

/* ------------------------------------------------------------ what counts */

static int64_t
set_aside_in_scores(void)
{
	json_t *body = reply_json(
	    person_get(&rig, &manager, "/api/v1/scores?period=" PERIOD));
	int64_t n = json_integer_value(json_object_get(
	    json_array_get(json_object_get(body, "rows"), 0), "set_aside"));

	json_decref(body);
	return n;
}

static void
test_aside(void **state)
{
	int64_t before = set_aside_in_scores();
	const struct reply *page;
	char id[UUID_TEXT], form[UUID_TEXT];

	(void)state;
	say_low("LH1", id);
	for (int i = 0; i < 6; i++) {
		char others[UUID_TEXT];

		say("{\"desk\":\"LH1\"}", others);
	}
	page = decide(&local, id, "aside", "test", "thử máy", false);
	assert_status(page, 200);
	assert_non_null(strstr(page->body, "name=\"save\""));
	assert_non_null(strstr(page->body, "class=\"data effect\""));
	assert_non_null(strstr(page->body, "Phải giải trình"));
	assert_false(is_aside(id));
	assert_status(decide(&local, id, "aside", "", "x", true), 422);
	assert_status(decide(&local, id, "aside", "corrected", "x", true), 422);
	assert_status(decide(&local, id, "aside", "other", "", true), 422);
	assert_status(decide(&local, id, "aside", "test", "", true), 422);
	assert_status(decide(&local, id, "drop", "test", "x", true), 422);
	assert_status(decide(&worker, id, "aside", "test", "x", true), 403);
	assert_status(decide(&auditor, id, "aside", "test", "x", true), 403);
	assert_status(person_get(&rig, &worker, path_of("answers", id)), 403);
	assert_false(is_aside(id));
	snprintf(form, sizeof(form), "%s", new_id());
	assert_leads_to(person_post(&rig, &local, path_of("answers", id), "act",
			    "aside", "reason", "other", "words", "thử máy mới",
			    "id", form, "save", "1", NULL),
	    "?done=proposed");
	assert_false(is_aside(id)); /* proposed, and no more */
	assert_int_equal(set_aside_in_scores(), before);
	page = person_get(&rig, &local, path_of("answers", id));
	assert_non_null(strstr(page->body, "thử máy mới"));
	assert_null(strstr(page->body, "name=\"act\""));
	assert_leads_to(decide(&manager, id, "aside", "test", "x", true),
	    "?done=proposed.nothing");
	confirm_proposal(&auditor, form);
	assert_true(is_aside(id));
	assert_int_equal(set_aside_in_scores(), before + 1);
	page = person_get(&rig, &auditor, "/staff/aside");
	assert_non_null(strstr(page->body, id));
	assert_null(strstr(page->body, "0912345678"));
	page = person_get(&rig, &manager, "/staff/aside?unit=22972");
	assert_null(strstr(page->body, id));
	assert_status(person_get(&rig, &local, "/staff/aside?unit=22972"), 404);
	assert_status(person_get(&rig, &local, "/staff/aside?after=x"), 404);
	assert_status(person_get(&rig, &worker, "/staff/aside"), 403);
	/* its case stays open */
	assert_non_null(
	    strstr(person_get(&rig, &worker, "/staff/cases")->body, id));
	assert_leads_to(decide(&manager, id, "aside", "test", "x", true),
	    "?done=proposed.nothing");
	assert_status(decide(&manager, id, "aside", "test", "x", false), 409);
	page = person_get(&rig, &auditor, path_of("answers", id));
	assert_non_null(strstr(page->body, "thử máy mới"));
	assert_null(strstr(page->body, "name=\"act\""));
	by_two(&manager, &auditor, id, "restore", "wrong", "");
	assert_false(is_aside(id));
	assert_int_equal(set_aside_in_scores(), before);
	assert_int_equal(
	    sql("SELECT count(*) FROM audit WHERE object = '%s' AND act IN "
		"('answer.aside', 'answer.restore') AND unit = '22969' AND "
		"login = 'thanhtra' AND reason IN ('other', 'wrong')",
		id),
	    2);
	assert_int_equal(sql("SELECT count(*) FROM audit WHERE unit = '22969' "
			     "AND act IN ('proposal.propose', "
			     "'proposal.confirm')"),
	    4);
	rig_check(&rig);
}

/* A burst of 14 is one line, decided at once and undone at once. */
static void
test_queue(void **state)
{
	char id[UUID_TEXT], form[UUID_TEXT], decision[UUID_TEXT];
	char ids[5000], undo[UUID_TEXT];
	const struct reply *page;
	json_t *list = json_array(), *results;

	(void)state;
	for (int i = 0; i < 14; i++) {
		json_t *answer =
		    new_answer("{\"desk\":\"LH1\",\"flags\":[\"burst\"]}");

		json_object_set_new(answer, "answered_at",
		    json_string(time_from_now(-600000 + i * 8000)));
		json_array_append_new(list, answer);
	}
	results = post_answers(&rig, import, list);
	json_decref(results);
	say("{\"desk\":\"PRC1\",\"flags\":[\"closed_hours\"]}", id);
	assert_status(person_get(&rig, &viewer, "/staff/queue"), 403);
	assert_status(person_get(&rig, &worker, "/staff/queue"), 403);
	page = person_get(&rig, &auditor, "/staff/queue");
	assert_non_null(strstr(page->body, "<h2>14 phiếu"));
	assert_null(strstr(page->body, "name=\"act\""));
	page = person_get(&rig, &local, "/staff/queue");
	assert_non_null(strstr(page->body, "<h2>14 phiếu"));
	assert_null(strstr(page->body, id)); /* of another unit */
	snprintf(ids, sizeof(ids), "%s", hidden(page, "ids"));
	assert_int_equal(strlen(ids), 14 * UUID_TEXT - 1);
	assert_status(
	    person_post(&rig, &local, "/staff/queue", "act", "aside", "id",
		new_id(), "ids", ids, "reason", "because", "words", "x", NULL),
	    422);
	assert_status(
	    person_post(&rig, &local, "/staff/queue", "act", "aside", "id",
		new_id(), "ids", ids, "reason", "repeated", NULL),
	    422);
	assert_status(person_post(&rig, &auditor, "/staff/queue", "act",
			  "count", "id", new_id(), "ids", ids, NULL),
	    403);
	snprintf(form, sizeof(form), "%s", new_id());
	for (int i = 0; i < 2; i++)
		assert_leads_to(person_post(&rig, &local, "/staff/queue", "act",
				    "aside", "id", form, "ids", ids, "reason",
				    "repeated", "words", "một em nhỏ", NULL),
		    "?done=proposed");
	assert_int_equal(sql("SELECT answers FROM proposal WHERE words = "
			     "'một em nhỏ'"),
	    14);
	assert_int_equal(
	    sql("SELECT count(*) FROM answer WHERE aside = 1 AND flags = "
		"'burst'"),
	    0);
	/* it waits there, and no more here */
	assert_null(strstr(
	    person_get(&rig, &local, "/staff/queue")->body, "<h2>14 phiếu"));
	assert_leads_to(decide_proposal(&manager, form, "confirm", "đã xem"),
	    "?done=confirmed");
	assert_status(
	    decide_proposal(&manager, form, "confirm", "đã xem"), 409);
	assert_int_equal(
	    sql("SELECT count(*) FROM answer WHERE aside = 1 AND flags = "
		"'burst'"),
	    14);
	assert_int_equal(sql("SELECT count(*) FROM audit WHERE act = "
			     "'answer.aside' AND reason = 'repeated'"),
	    14);
	page = person_get(&rig, &local, "/staff/queue");
	assert_null(strstr(page->body, "<h2>14 phiếu"));
	assert_non_null(strstr(page->body, "<h3>14 phiếu"));
	snprintf(decision, sizeof(decision), "%s", hidden(page, "decision"));
	assert_string_equal(decision, form);
	assert_status(person_post(&rig, &manager, "/staff/queue", "act", "undo",
			  "id", new_id(), "decision", new_id(), NULL),
	    404);
	assert_status(person_post(&rig, &manager, "/staff/queue", "act", "undo",
			  "id", new_id(), "decision", form, NULL),
	    422);
	snprintf(undo, sizeof(undo), "%s", new_id());
	assert_leads_to(
	    person_post(&rig, &manager, "/staff/queue", "act", "undo", "id",
		undo, "decision", form, "words", "không đúng", NULL),
	    "?done=proposed");
	assert_status(decide_proposal(&manager, undo, "confirm", ""), 403);
	assert_status(decide_proposal(&local, undo, "confirm", ""), 403);
	assert_leads_to(
	    decide_proposal(&auditor, undo, "confirm", ""), "?done=confirmed");
	assert_leads_to(
	    person_post(&rig, &manager, "/staff/queue", "act", "undo", "id",
		new_id(), "decision", form, "words", "không đúng", NULL),
	    "?done=proposed.nothing");
	assert_int_equal(
	    sql("SELECT count(*) FROM answer WHERE aside = 1 AND flags = "
		"'burst'"),
	    0);
	assert_non_null(strstr(
	    person_get(&rig, &local, "/staff/queue")->body, "<h2>14 phiếu"));
	assert_leads_to(person_post(&rig, &local, "/staff/queue", "act",
			    "count", "id", new_id(), "ids", ids, NULL),
	    "?done=count");
	rig_check(&rig);
}

/* -------------------------------------------------------------------- paper */

static void
test_paper(void **state)
{
	static const char *const wrong[][2] = {{"overall", ""},
	    {"overall", "6"}, {"overall", "0"}, {"overall", "55"},
	    {"access", "9"}, {"reasons", "7"}, {"reasons", "11"},
	    {"reasons", "x"}, {"desk", "XX9"}, {"day", "2099-01-01"},
	    {"day", "2001-01-01"}, {"day", "hôm nay"}, {"field", "no-field"}};
	char id[UUID_TEXT], form[UUID_TEXT], today[16];
	const struct reply *page;

	(void)state;
	snprintf(today, sizeof(today), "%.10s", time_from_now(0));
	assert_status(person_get(&rig, &viewer, "/staff/paper"), 403);
	/* whoever has one desk need not choose; nobody's is chosen by us */
	assert_null(
	    strstr(person_get(&rig, &local_worker, "/staff/paper")->body,
		"Chọn quầy"));
	page = person_get(&rig, &worker, "/staff/paper");
	assert_non_null(strstr(page->body, "name=\"desk\" required>"));
	assert_non_null(strstr(page->body, "<option value=\"\">Chọn quầy<"));
	assert_null(strstr(page->body, "<option value=\"TP1\" selected>"));
	page = person_get(&rig, &worker, "/staff/paper?desk=LH1");
	assert_non_null(strstr(page->body, "<option value=\"LH1\" selected>"));
	assert_status(person_post(&rig, &worker, "/staff/paper", "id", new_id(),
			  "desk", "", "day", today, "overall", "2", NULL),
	    422);
	snprintf(id, sizeof(id), "%s", new_id());
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		/* the first value of a name counts */
		page = person_post(&rig, &local_worker, "/staff/paper",
		    wrong[i][0], wrong[i][1], "id", id, "desk", "LH1", "day",
		    today, "overall", "2", NULL);
		assert_status(page, 422);
		assert_string_equal(hidden(page, "id"), id);
	}
	for (int i = 0; i < 2; i++)
		assert_leads_to(
		    person_post(&rig, &local_worker, "/staff/paper", "id", id,
			"desk", "LH1", "day", today, "field", "ho-tich",
			"overall", "2", "access", "4", "feedback", "0",
			"reasons", "1 3", "comment", "  viết tay  ", NULL),
		    i == 0 ? "done=paper" : "done=paper.again");
	assert_int_equal(
	    sql("SELECT count(*) FROM answer WHERE id = %s AND channel = "
		"'paper' AND device = 'canbolh' AND unit = '22969' AND field = "
		"'ho-tich' AND scores = 'overall=2 access=4 feedback=-' AND "
		"reasons = 'waiting guidance' AND matter = 1",
		blob(id)),
	    1);
	assert_int_equal(
	    sql("SELECT count(*) FROM remark WHERE answer = %s AND "
		"comment = 'viết tay'",
		blob(id)),
	    1);
	assert_int_equal(steps_of(id), 1);
	assert_int_equal(
	    sql("SELECT count(*) FROM audit WHERE act = 'answer.paper' AND "
		"object = '%s' AND login = 'canbolh'",
		id),
	    1);
	page = person_post(&rig, &local_worker, "/staff/paper", "id", id,
	    "desk", "LH1", "day", today, "overall", "5", NULL);
	assert_status(page, 409);
	page = person_get(&rig, &local_worker, "/staff/paper");
	assert_non_null(strstr(page->body, "hôm nay: 1<"));
	/* somebody else's entry is not mine to take back */
	assert_status(person_post(&rig, &worker, "/staff/paper", "undo", id,
			  "id", new_id(), NULL),
	    404);
	assert_false(is_aside(id));
	snprintf(form, sizeof(form), "%s", new_id());
	for (int i = 0; i < 2; i++)
		assert_leads_to(person_post(&rig, &local_worker, "/staff/paper",
				    "undo", id, "id", form, NULL),
		    "done=proposed");
	assert_leads_to(person_post(&rig, &local_worker, "/staff/paper", "undo",
			    id, "id", new_id(), NULL),
	    "done=proposed.nothing");
	assert_false(is_aside(id));
	assert_leads_to(
	    decide_proposal(&manager, form, "confirm", ""), "?done=confirmed");
	assert_true(is_aside(id));
	assert_int_equal(sql("SELECT count(*) FROM aside WHERE answer = %s AND "
			     "reason = 'wrong' AND login = 'quanly'",
			     blob(id)),
	    1);
	assert_int_equal(
	    sql("SELECT count(*) FROM work_step WHERE answer = %s AND act = "
		"'aside' AND login = 'quanly' AND person = 'canbolh'",
		blob(id)),
	    1);
	rig_check(&rig);
}

/* Every form of the catalogue may be typed in, by its newest version. */
static void
test_paper_forms(void **state)
{
	char id[UUID_TEXT], today[16];
	const struct reply *page;

	(void)state;
	snprintf(today, sizeof(today), "%.10s", time_from_now(0));
	snprintf(id, sizeof(id), "%s", new_id());
	page = person_get(
	    &rig, &local_worker, "/staff/paper?form=sipas-2022&desk=LH1");
	assert_non_null(strstr(page->body, "name=\"s22-19\""));
	assert_null(strstr(page->body, "name=\"feedback\""));
	assert_string_equal(hidden(page, "form"), "sipas-2022");
	assert_leads_to(person_post(&rig, &local_worker, "/staff/paper", "id",
			    id, "form", "sipas-2022", "desk", "LH1", "day",
			    today, "overall", "4", "s22-01", "5", NULL),
	    "?form=sipas-2022&");
	assert_int_equal(sql("SELECT count(*) FROM answer WHERE id = %s AND "
			     "form = 'sipas-2022' AND channel = 'paper' AND "
			     "scores = 'overall=4 s22-01=5'",
			     blob(id)),
	    1);
	assert_status(
	    person_get(&rig, &local_worker, "/staff/paper?form=no-form"), 404);
	assert_status(person_post(&rig, &local_worker, "/staff/paper", "id",
			  new_id(), "form", "no-form", "desk", "LH1", "day",
			  today, "overall", "4", NULL),
	    404);
	rig_check(&rig);
}

/* ------------------------------------------------------------------- storms */

static char stormy[20][UUID_TEXT];

/* Who proposes, and who decides. */
struct pair_of_people {
	struct person first, second;
};

static void *
storm(void *data)
{
	const struct pair_of_people *p = data;
	unsigned random =
	    (unsigned)p->first.csrf[0] * 7919u + (unsigned)p->first.csrf[1];
	const struct reply *last = NULL;
	char form[UUID_TEXT];

	for (int i = 0; i < 60; i++) {
		const char *id;

		random = random * 1103515245u + 12345u;
		id = stormy[(random >> 16) % 20];
		snprintf(form, sizeof(form), "%s", new_id());
		person_post(&rig, &p->first, path_of("answers", id), "act",
		    (random >> 24) % 2 ? "aside" : "restore", "reason", "test",
		    "words", "bão", "id", form, "save", "1", NULL);
		last = decide_proposal(&p->second, form,
		    (random >> 28) % 4 == 0 ? "refuse" : "confirm", "bão");
	}
	reply_finish((struct reply *)(uintptr_t)last); /* the thread's last */
	return NULL;
}

/* Three pairs set the same answers aside and back while others come in. */
static void
test_storm(void **state)
{
	struct pair_of_people people[3] = {
	    {manager, auditor}, {local, manager}, {local, auditor}};
	struct clients *clients;
	pthread_t threads[3];

	(void)state;
	for (int i = 0; i < 20; i++)
		say_low("LH1", stormy[i]);
	clients = clients_start(&rig, import, 2, 5);
	for (int i = 0; i < 3; i++)
		assert_int_equal(
		    pthread_create(&threads[i], NULL, storm, &people[i]), 0);
	for (int i = 0; i < 3; i++)
		pthread_join(threads[i], NULL);
	clients_stop(clients);
	clients_judge(clients, &rig, false);
	clients_free(clients);
	rig_check(&rig);
	/* every change has its step and its deed, nothing else has */
	assert_int_equal(
	    sql("SELECT count(*) FROM work_step WHERE act IN ('aside', "
		"'restore', 'count', 'undo')"),
	    sql("SELECT count(*) FROM audit WHERE act LIKE 'answer.%%' AND act "
		"<> 'answer.paper'"));
	/* and each is of two people */
	assert_true(sql("SELECT count(*) FROM work_step WHERE act IN ('aside', "
			"'restore', 'undo')") > 0);
	assert_int_equal(
	    sql("SELECT count(*) FROM work_step s WHERE act IN ('aside', "
		"'restore', 'undo') AND NOT EXISTS (SELECT 1 FROM proposal p "
		"WHERE p.id = s.id AND p.state = 'confirmed' AND "
		"p.decided_by = s.login AND p.login = s.person AND "
		"p.login <> p.decided_by)"),
	    0);
	assert_int_equal(
	    sql("SELECT count(*) FROM proposal_answer WHERE open = 1"), 0);
}

/* ---------------------------------------------------------- hostile words */

/* The n-th of a hundred ways to be more than words. */
static void
hostile(int n, char out[200])
{
	static const char *const before[] = {"", "\">", "'>", "</textarea>",
	    "</title>", "-->", "]]>", "\" x=\"", "</blockquote>", "{{{"};
	static const char *const what[] = {"<script>alert(%d)</script>",
	    "<img src=x onerror=alert(%d)>", "<svg onload=alert(%d)>",
	    "<a href=\"javascript:alert(%d)\">x</a>",
	    "\" autofocus onfocus=alert(%d) x=\"", "<iframe srcdoc=\"%d\">",
	    "<style>*{display:none}/*%d*/</style>", "<base href=//x%d>",
	    "<form action=//x%d><button>", "{{#csrf}}%d{{/csrf}}<b>"};
	size_t length = (size_t)snprintf(out, 200, "%s", before[n / 10]);

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
	snprintf(out + length, 200 - length, what[n % 10], 1000 + n);
#pragma GCC diagnostic pop
}

/* The page is well formed, and nothing of the payload that has a meaning in
 * HTML stands there as it came. */
static void
assert_harmless(const struct reply *page)
{
	char payload[200], error[200];

	assert_status(page, 200);
	if (!html_check(page->body, true, error))
		fail_msg("%s", error);
	for (int n = 0; n < 100; n++) {
		hostile(n, payload);
		if (strpbrk(payload, "<\"") != NULL &&
		    strstr(page->body, payload) != NULL)
			fail_msg("raw: %s", payload);
	}
	assert_null(strstr(page->body, "<img src=x"));
	assert_null(strstr(page->body, "<script>"));
	assert_null(strstr(page->body, "<svg onload"));
}

static void
test_words_stay_words(void **state)
{
	char id[UUID_TEXT], payload[200];

	(void)state;
	for (int n = 0; n < 100; n++) {
		json_t *answer = new_answer(
		    "{\"desk\":\"LH1\",\"scores\":{\"overall\":1},\"reasons\":"
		    "[\"waiting\"],\"flags\":[\"burst\"]}");
		json_t *results;

		hostile(n, payload);
		json_object_set_new(answer, "comment", json_string(payload));
		snprintf(id, sizeof(id), "%s",
		    json_string_value(json_object_get(answer, "id")));
		results = post_answers(&rig, import, json_pack("[o]", answer));
		json_decref(results);
		assert_leads_to(
		    act(&local, id, "save", payload, "lienhuong", ""), "done=");
		by_two(&local, &manager, id, "aside", "other", payload);
		if (n % 10 != 0)
			continue;
		assert_harmless(
		    decide(&local, id, "restore", "other", payload, false));
		assert_harmless(
		    person_get(&rig, &auditor, path_of("cases", id)));
		assert_harmless(
		    person_get(&rig, &auditor, path_of("answers", id)));
		by_two(&local, &auditor, id, "restore", "other", payload);
		assert_leads_to(
		    decide(&local, id, "aside", "other", payload, true),
		    "done=proposed");
		assert_harmless(person_get(&rig, &local, "/staff/proposals"));
		/* refused, and shown again as it was entered */
		person_post(&rig, &local_worker, "/staff/paper", "overall", "9",
		    "comment", payload, "reasons", payload, "id", payload,
		    "desk", payload, "day", payload, "field", payload, NULL);
	}
	assert_harmless(person_get(&rig, &local, "/staff/queue"));
	assert_harmless(person_get(&rig, &local, "/staff/aside"));
	assert_harmless(person_get(&rig, &local, "/staff/queue?lang=en"));
	assert_harmless(
	    person_get(&rig, &local, "/staff/cases?person=lienhuong"));
	assert_harmless(person_get(&rig, &local, "/staff/cases?lang=en"));
	assert_harmless(person_get(&rig, &local, "/staff/paper"));
	assert_harmless(person_get(&rig, &local, "/staff/comments"));
	for (int n = 0; n < 100; n += 7) { /* in the address */
		struct buf address;

		hostile(n, payload);
		buf_init(&address);
		buf_puts(&address, "/staff/cases?list=mine&done=");
		urlencoded_put(&address, payload, false);
		buf_puts(&address, "&person=");
		urlencoded_put(&address, payload, false);
		assert_harmless(person_get(&rig, &local, buf_text(&address)));
		buf_finish(&address);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_aside),
	    cmocka_unit_test(test_queue),
	    cmocka_unit_test(test_paper),
	    cmocka_unit_test(test_paper_forms),
	    cmocka_unit_test(test_storm),
	    cmocka_unit_test(test_words_stay_words),
	};

	return cmocka_run_group_tests(tests, work_setup, work_teardown);
}
