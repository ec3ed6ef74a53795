/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Acting on answers at the real collector: who may do what with a case, that a
 * form counts once and nobody overwrites a colleague, that another unit's
 * answers do not exist, that counts follow every decision while answers come
 * in, and that a citizen's or a colleague's words stay words.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "tests/server/people.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "server/core/urlencoded.h"
#include "shared/limits.h"
#include "tests/server/clients.h"
#include "tests/view/html_check.h"

#define PERIOD "2020-01-01..2099-12-31"

static struct rig rig;
static char *import; /* a token */
static struct person worker, manager, auditor, viewer, local, local_worker;

static int
setup(void **state)
{
	(void)state;
	rig_make(&rig, "");
	person_add(&rig, "canbo", "caseworker", NULL);
	person_add(&rig, "quanly", "manager", NULL);
	person_add(&rig, "thanhtra", "auditor", NULL);
	person_add(&rig, "xem", "viewer", NULL);
	person_add(&rig, "lienhuong", "manager", "22969");
	person_add(&rig, "canbolh", "caseworker", "22969");
	person_add(&rig, "phanri", "caseworker", "22972");
	import = rig_device(&rig, "import", NULL);
	rig_serve(&rig);
	worker = person_sign_in(&rig, "canbo");
	manager = person_sign_in(&rig, "quanly");
	auditor = person_sign_in(&rig, "thanhtra");
	viewer = person_sign_in(&rig, "xem");
	local = person_sign_in(&rig, "lienhuong");
	local_worker = person_sign_in(&rig, "canbolh");
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	rig_check(&rig);
	rig_remove(&rig);
	free(import);
	return 0;
}

/* ---------------------------------------------------------------- the parts */

/* Stores an answer with these members over it; its id. */
static void
say(const char *members, char id[UUID_TEXT])
{
	json_t *answer = new_answer(members), *results;

	snprintf(id, UUID_TEXT, "%s",
	    json_string_value(json_object_get(answer, "id")));
	results = post_answers(&rig, import, json_pack("[o]", answer));
	assert_string_equal(result(results, 0, "status"), "stored");
	json_decref(results);
}

static void
say_low(const char *desk, char id[UUID_TEXT])
{
	char members[200];

	snprintf(members, sizeof(members),
	    "{\"desk\":\"%s\",\"scores\":{\"overall\":1},\"reasons\":"
	    "[\"waiting\"],\"comment\":\"gọi 0912345678 không ai nghe\"}",
	    desk);
	say(members, id);
}

static const char *
path_of(const char *folder, const char *id)
{
	static _Thread_local char path[100];

	snprintf(path, sizeof(path), "/staff/%s/%s", folder, id);
	return path;
}

static int64_t
sql(const char *format, ...)
{
	char text[500];
	va_list args;

	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	return atoll(rig_sql(&rig, text));
}

/* An id as SQLite's blob literal. */
static const char *
blob(const char *id)
{
	static char text[40];
	size_t n = 0;

	text[n++] = 'x';
	text[n++] = '\'';
	for (; *id != '\0'; id++)
		if (*id != '-')
			text[n++] = *id;
	text[n++] = '\'';
	text[n] = '\0';
	return text;
}

static int64_t
steps_of(const char *id)
{
	return sql(
	    "SELECT count(*) FROM work_step WHERE answer = %s", blob(id));
}

static bool
is_aside(const char *id)
{
	return sql("SELECT aside FROM answer WHERE id = %s", blob(id)) != 0;
}

static void
assert_leads_to(const struct reply *reply, const char *end)
{
	char *where = reply_header(reply, "Location");

	assert_status(reply, 303);
	assert_non_null(strstr(where, end));
	free(where);
}

/* A form of a case as its page has it now. */
static const struct reply *
act(const struct person *p, const char *id, const char *what, const char *words,
    const char *person, const char *due)
{
	char seen[UUID_TEXT];

	snprintf(seen, sizeof(seen), "%s",
	    hidden(person_get(&rig, p, path_of("cases", id)), "seen"));
	return person_post(&rig, p, path_of("cases", id), "act", what, "id",
	    new_id(), "seen", seen, "words", words, "person", person, "due",
	    due, NULL);
}

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

static const struct reply *
decide(const struct person *p, const char *id, const char *what,
    const char *reason, const char *words, bool save)
{
	return person_post(&rig, p, path_of("answers", id), "act", what,
	    "reason", reason, "words", words, "id", new_id(),
	    save ? "save" : "show", "1", NULL);
}

static void
test_aside(void **state)
{
	int64_t before = set_aside_in_scores();
	const struct reply *page;
	char id[UUID_TEXT];

	(void)state;
	say_low("LH1", id);
	for (int i = 0; i < 6; i++) {
		char others[UUID_TEXT];

		say("{\"desk\":\"LH1\"}", others);
	}
	page = decide(&local, id, "aside", "test", "", false);
	assert_status(page, 200);
	assert_non_null(strstr(page->body, "name=\"save\""));
	assert_non_null(strstr(page->body, "class=\"data effect\""));
	assert_false(is_aside(id));
	assert_status(decide(&local, id, "aside", "", "x", true), 422);
	assert_status(decide(&local, id, "aside", "corrected", "x", true), 422);
	assert_status(decide(&local, id, "aside", "other", "", true), 422);
	assert_status(decide(&local, id, "drop", "test", "", true), 422);
	assert_status(decide(&worker, id, "aside", "test", "", true), 403);
	assert_status(decide(&auditor, id, "aside", "test", "", true), 403);
	assert_status(person_get(&rig, &worker, path_of("answers", id)), 403);
	assert_false(is_aside(id));
	assert_leads_to(
	    decide(&local, id, "aside", "other", "thử máy mới", true),
	    "?done=aside");
	assert_true(is_aside(id));
	assert_int_equal(set_aside_in_scores(), before + 1);
	/* nobody's case while it does not count */
	assert_null(
	    strstr(person_get(&rig, &worker, "/staff/cases")->body, id));
	assert_leads_to(
	    decide(&manager, id, "aside", "test", "", true), "?done=same");
	assert_status(decide(&manager, id, "aside", "test", "", false), 409);
	page = person_get(&rig, &auditor, path_of("answers", id));
	assert_non_null(strstr(page->body, "thử máy mới"));
	assert_null(strstr(page->body, "name=\"act\""));
	assert_leads_to(decide(&manager, id, "restore", "wrong", "", true),
	    "?done=restore");
	assert_false(is_aside(id));
	assert_int_equal(set_aside_in_scores(), before);
	assert_int_equal(
	    sql("SELECT count(*) FROM audit WHERE object = '%s' AND act IN "
		"('answer.aside', 'answer.restore') AND unit = '22969' AND "
		"reason IN ('other', 'wrong')",
		id),
	    2);
	rig_check(&rig);
}

/* A burst of 14 is one line, decided at once and undone at once. */
static void
test_queue(void **state)
{
	char id[UUID_TEXT], form[UUID_TEXT], decision[UUID_TEXT];
	char ids[5000];
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
		new_id(), "ids", ids, "reason", "because", NULL),
	    422);
	assert_status(person_post(&rig, &auditor, "/staff/queue", "act",
			  "count", "id", new_id(), "ids", ids, NULL),
	    403);
	snprintf(form, sizeof(form), "%s", new_id());
	for (int i = 0; i < 2; i++)
		assert_leads_to(
		    person_post(&rig, &local, "/staff/queue", "act", "aside",
			"id", form, "ids", ids, "reason", "repeated", NULL),
		    i == 0 ? "?done=aside" : "?done=same");
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
	assert_leads_to(person_post(&rig, &manager, "/staff/queue", "act",
			    "undo", "id", new_id(), "decision", form, NULL),
	    "?done=undo");
	assert_leads_to(person_post(&rig, &manager, "/staff/queue", "act",
			    "undo", "id", new_id(), "decision", form, NULL),
	    "?done=same");
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
	char id[UUID_TEXT], today[16];
	const struct reply *page;

	(void)state;
	snprintf(today, sizeof(today), "%.10s", time_from_now(0));
	assert_status(person_get(&rig, &viewer, "/staff/paper"), 403);
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
	for (int i = 0; i < 2; i++)
		assert_leads_to(person_post(&rig, &local_worker, "/staff/paper",
				    "undo", id, "id", new_id(), NULL),
		    i == 0 ? "done=paper.undo" : "done=same");
	assert_true(is_aside(id));
	assert_int_equal(sql("SELECT count(*) FROM aside WHERE answer = %s AND "
			     "reason = 'wrong' AND login = 'canbolh'",
			     blob(id)),
	    1);
	rig_check(&rig);
}

/* ------------------------------------------------------------------- storms */

static char stormy[20][UUID_TEXT];

static void *
storm(void *data)
{
	const struct person *p = data;
	unsigned random = (unsigned)p->csrf[0] * 7919u + (unsigned)p->csrf[1];
	const struct reply *last = NULL;

	for (int i = 0; i < 60; i++) {
		const char *id;

		random = random * 1103515245u + 12345u;
		id = stormy[(random >> 16) % 20];
		last = decide(p, id, (random >> 24) % 2 ? "aside" : "restore",
		    "test", "", true);
	}
	reply_finish((struct reply *)(uintptr_t)last); /* the thread's last */
	return NULL;
}

/* Three people set the same answers aside and back while others come in. */
static void
test_storm(void **state)
{
	struct person people[3] = {manager, local, manager};
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
		assert_leads_to(
		    decide(&local, id, "aside", "other", payload, true),
		    "done=");
		if (n % 10 != 0)
			continue;
		assert_harmless(
		    decide(&local, id, "restore", "other", payload, false));
		assert_harmless(
		    person_get(&rig, &auditor, path_of("cases", id)));
		assert_harmless(
		    person_get(&rig, &auditor, path_of("answers", id)));
		assert_leads_to(
		    decide(&local, id, "restore", "other", payload, true),
		    "done=");
		/* refused, and shown again as it was entered */
		person_post(&rig, &local_worker, "/staff/paper", "overall", "9",
		    "comment", payload, "reasons", payload, "id", payload,
		    "desk", payload, "day", payload, "field", payload, NULL);
	}
	assert_harmless(person_get(&rig, &local, "/staff/queue"));
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
	    cmocka_unit_test(test_who_sees_cases),
	    cmocka_unit_test(test_a_case),
	    cmocka_unit_test(test_wrong_entries),
	    cmocka_unit_test(test_hand_over),
	    cmocka_unit_test(test_another_unit),
	    cmocka_unit_test(test_aside),
	    cmocka_unit_test(test_queue),
	    cmocka_unit_test(test_paper),
	    cmocka_unit_test(test_storm),
	    cmocka_unit_test(test_words_stay_words),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
