/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What is typed, at every entrance of the real collector: the same bytes are
 * kept as the same text, and spoil nothing beside them.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "tests/kit/typed_texts.h"
#include "tests/kit/work_rig.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "shared/buf.h"

#define JSON_TYPE "Content-Type: application/json\r\n"

/* Appends the bytes as a form has them, or as a JSON string has them. */
static void
put_form(struct buf *out, const struct typed_text *t)
{
	for (size_t i = 0; i < t->size; i++)
		buf_printf(out, "%%%02X", (unsigned char)t->bytes[i]);
}

static void
put_string(struct buf *out, const struct typed_text *t)
{
	buf_putc(out, '"');
	for (size_t i = 0; i < t->size; i++) {
		unsigned char c = (unsigned char)t->bytes[i];

		if (c == '"' || c == '\\' || c < 0x20)
			buf_printf(out, "\\u%04x", c);
		else
			buf_putc(out, (char)c);
	}
	buf_putc(out, '"');
}

/* Fails unless the first column of the row is what is kept of the text. */
static void
assert_kept(size_t i, const char *entrance, const char *select, const char *id)
{
	char sql[300];
	const char *got;

	snprintf(sql, sizeof(sql), "SELECT %s = %s", select, blob(id));
	got = rig_sql(&rig, sql);
	if (strcmp(got, typed_texts[i].kept) != 0)
		fail_msg("%s, text %zu: \"%s\", not \"%s\"", entrance, i, got,
		    typed_texts[i].kept);
}

#define REMARK "comment FROM remark WHERE answer"

static void
assert_flagged(size_t i, const char *id)
{
	char sql[200];

	snprintf(sql, sizeof(sql), "SELECT flags FROM answer WHERE id = %s",
	    blob(id));
	assert_string_equal(
	    rig_sql(&rig, sql), typed_texts[i].cleaned ? "cleaned" : "");
	snprintf(sql, sizeof(sql), "SELECT doubt FROM answer WHERE id = %s",
	    blob(id));
	assert_string_equal(rig_sql(&rig, sql), "0");
}

/* The id of a page that was asked for a minute ago: it was read before it was
 * sent, so that a few at each desk are no burst. */
static const char *
read_page_id(void)
{
	static char text[UUID_TEXT];
	struct uuid now, then;

	uuid_new(&now);
	uuid_v7(uuid_time(&now) - 60000, now.bytes + 6, &then);
	uuid_format(&then, text);
	return text;
}

static void
test_form(void **state)
{
	static const char *const desks[] = {"LH1", "PRC1", "PD1", "PP1", "VH1",
	    "VT1", "PL1", "PT1", "HM1", "CC1", "BT1", "TP1", "TPD1", "TPX1",
	    "TPT1"};

	(void)state;
	for (size_t i = 0; i < typed_text_count; i++) {
		const char *id = read_page_id();
		char path[20];
		struct buf form;

		snprintf(path, sizeof(path), "/f/%s",
		    desks[i % (sizeof(desks) / sizeof(desks[0]))]);
		buf_init(&form);
		buf_printf(&form, "id=%s&overall=5&comment=", id);
		put_form(&form, &typed_texts[i]);
		assert_status(rig_post(&rig, path, buf_text(&form)), 200);
		assert_kept(i, "form", REMARK, id);
		assert_flagged(i, id);
		/* sent again, and as the page would bring it back */
		assert_status(rig_post(&rig, path, buf_text(&form)), 200);
		buf_finish(&form);
	}
}

/* A score is missing: the text comes back, and can be sent. */
static void
test_form_refused(void **state)
{
	(void)state;
	for (size_t i = 0; i < typed_text_count; i++) {
		const struct reply *page;
		struct buf form;

		buf_init(&form);
		buf_puts(&form, "comment=");
		put_form(&form, &typed_texts[i]);
		page = rig_post(&rig, "/f/LH1", buf_text(&form));
		assert_status(page, 422);
		if (strpbrk(typed_texts[i].kept, "<&\"'") == NULL)
			assert_non_null(
			    strstr(page->body, typed_texts[i].kept));
		buf_finish(&form);
	}
}

/* All of them in one batch: none spoils another. */
static void
test_batch(void **state)
{
	char ids[100][UUID_TEXT];
	json_t *results;
	struct buf body;

	(void)state;
	buf_init(&body);
	buf_puts(&body, "{\"answers\":[");
	for (size_t i = 0; i < typed_text_count; i++) {
		snprintf(ids[i], UUID_TEXT, "%s", new_id());
		buf_printf(&body,
		    "%s{\"id\":\"%s\",\"desk\":\"LH1\",\"answered_at\":\"%s\","
		    "\"scores\":{\"overall\":5},\"comment\":",
		    i == 0 ? "" : ",", ids[i], time_from_now(0));
		put_string(&body, &typed_texts[i]);
		buf_putc(&body, '}');
	}
	buf_puts(&body, "]}");
	for (int again = 0; again < 2; again++) {
		char head[200];
		const struct reply *reply;
		json_t *json;

		snprintf(head, sizeof(head),
		    JSON_TYPE "Authorization: Bearer %s\r\n", import);
		reply = ask(&rig, "POST", "/api/v1/answers", head,
		    buf_text(&body), body.size);
		assert_status(reply, 200);
		json = reply_json(reply);
		results = json_object_get(json, "results");
		for (size_t i = 0; i < typed_text_count; i++) {
			assert_string_equal(result(results, i, "status"),
			    again ? "duplicate" : "stored");
			assert_kept(i, "answers", REMARK, ids[i]);
			assert_flagged(i, ids[i]);
		}
		json_decref(json);
	}
	buf_finish(&body);
}

/* What is wrong with one stays with that one; the ids are told. */
static void
test_neighbours(void **state)
{
	static const struct {
		const char *members, *status, *error;
	} rows[] = {
	    {"\"comment\":\"tot \\ud83d\"", "stored", ""},
	    {"\"comment\":\"\\ude00 tot \\ud83d\\ud83d\\ude00\"", "stored", ""},
	    {"\"comment\":\"\\ud83d\\u0041\"", "stored", ""},
	    {"\"comment\":\"\\\\ud83d\"", "stored", ""},
	    {"\"comment\":\"cut \xe1\xba\"", "stored", ""},
	    {"\"comment\":\"a\",\"comment\":\"b\"", "invalid",
		"a key occurs twice in one object"},
	    {"\"lang\":\"vi\",\"l\\u0061ng\":\"vi\"", "invalid",
		"a key occurs twice in one object"},
	    {"\"scores\":{\"overall\":1}", "invalid",
		"a key occurs twice in one object"},
	    {"\"com\xff\":\"b\"", "invalid", "not UTF-8"},
	    {"\"com\\u0000\":\"b\"", "invalid", "a key holds a NUL"},
	    {"\"com\\ud83d\":\"b\"", "invalid", "a key holds a NUL"},
	    {"\"field\":\"dat-dai\\ud83d\"", "invalid", "field: not a code"},
	    {"\"field\":\"dat\xff\"", "invalid", "field: not a code"},
	    {"\"reasons\":[\"late\\u0007\"]", "invalid", "reasons: not a code"},
	    {"\"clock\":{\"boot\":\"b\",\"boot\":\"b\",\"mono\":1}", "invalid",
		"clock: a key occurs twice in one object"},
	    {"\"lang\":\"vi\"", "stored", ""},
	};
	size_t n = sizeof(rows) / sizeof(rows[0]);
	const struct reply *reply;
	char head[200];
	struct buf body;
	json_t *json, *results;

	(void)state;
	buf_init(&body);
	buf_puts(&body, "{\"answers\":[");
	for (size_t i = 0; i < n; i++)
		buf_printf(&body,
		    "%s{\"id\":\"%s\",\"desk\":\"LH1\",\"answered_at\":\"%s\","
		    "\"scores\":{\"overall\":5},%s}",
		    i == 0 ? "" : ",", new_id(), time_from_now(0),
		    rows[i].members);
	buf_puts(&body, "]}");
	snprintf(head, sizeof(head), JSON_TYPE "Authorization: Bearer %s\r\n",
	    import);
	reply = ask(
	    &rig, "POST", "/api/v1/answers", head, buf_text(&body), body.size);
	assert_status(reply, 200);
	json = reply_json(reply);
	results = json_object_get(json, "results");
	assert_int_equal(json_array_size(results), n);
	for (size_t i = 0; i < n; i++) {
		if (strcmp(result(results, i, "status"), rows[i].status) != 0 ||
		    strcmp(result(results, i, "error"), rows[i].error) != 0)
			fail_msg("%s: %s %s", rows[i].members,
			    result(results, i, "status"),
			    result(results, i, "error"));
		assert_int_equal(
		    strlen(result(results, i, "id")), UUID_TEXT - 1);
	}
	json_decref(json);
	buf_finish(&body);
}

/* Half an emoji is no other half: the id tells a repeat from a conflict by what
 * was sent. */
static void
test_conflicts(void **state)
{
	static const char *const texts[] = {
	    "\"x\\u0007\"", "\"x\"", "\"x\\u000b\"", "\"x \"", "\"x\xff\""};
	static const char *const want[] = {
	    "stored", "conflict", "conflict", "conflict", "conflict"};
	const char *id = new_id(), *at = time_from_now(0);
	char head[200], body[400];

	(void)state;
	snprintf(head, sizeof(head), JSON_TYPE "Authorization: Bearer %s\r\n",
	    import);
	for (size_t i = 0; i < 5; i++) {
		json_t *json;
		int size = snprintf(body, sizeof(body),
		    "{\"answers\":[{\"id\":\"%s\",\"desk\":\"LH1\","
		    "\"answered_at\":\"%s\",\"scores\":{\"overall\":5},"
		    "\"comment\":%s}]}",
		    id, at, texts[i]);

		json = reply_json(ask(
		    &rig, "POST", "/api/v1/answers", head, body, (size_t)size));
		assert_string_equal(
		    result(json_object_get(json, "results"), 0, "status"),
		    want[i]);
		json_decref(json);
	}
}

static void
test_sms(void **state)
{
	char *gateway = rig_device(&rig, "sms", NULL), head[200];
	char ids[100][UUID_TEXT];
	const struct reply *reply;
	struct buf body;

	(void)state;
	buf_init(&body);
	buf_puts(&body, "{\"messages\":[");
	for (size_t i = 0; i < typed_text_count; i++) {
		snprintf(ids[i], UUID_TEXT, "%s", new_id());
		buf_printf(&body,
		    "%s{\"id\":\"%s\",\"from\":\"+84912%06zu\","
		    "\"received_at\":\"%s\",\"text\":",
		    i == 0 ? "" : ",", ids[i], i, time_from_now(0));
		put_string(&body, &typed_texts[i]);
		buf_putc(&body, '}');
	}
	buf_puts(&body, "]}");
	snprintf(head, sizeof(head), JSON_TYPE "Authorization: Bearer %s\r\n",
	    gateway);
	for (int again = 0; again < 2; again++) {
		json_t *json;

		reply = ask(&rig, "POST", "/api/v1/sms/messages", head,
		    buf_text(&body), body.size);
		assert_status(reply, 200);
		json = reply_json(reply);
		for (size_t i = 0; i < typed_text_count; i++)
			assert_string_equal(
			    result(
				json_object_get(json, "results"), i, "status"),
			    again ? "duplicate" : "stored");
		json_decref(json);
	}
	for (size_t i = 0; i < typed_text_count; i++)
		assert_kept(i, "sms", "text FROM sms_in WHERE id", ids[i]);
	buf_finish(&body);
	free(gateway);
}

static void
test_paper(void **state)
{
	char today[16];

	(void)state;
	snprintf(today, sizeof(today), "%.10s", time_from_now(0));
	for (size_t i = 0; i < typed_text_count; i++) {
		const char *id = new_id();
		struct buf form;

		buf_init(&form);
		buf_printf(&form,
		    "id=%s&desk=LH1&day=%s&overall=5&comment=", id, today);
		put_form(&form, &typed_texts[i]);
		assert_status(
		    person_send(&rig, &worker, "/staff/paper", buf_text(&form)),
		    303);
		assert_kept(i, "paper", REMARK, id);
		assert_flagged(i, id);
		buf_finish(&form);
	}
}

/* A note on a case. */
static void
test_notes(void **state)
{
	char id[UUID_TEXT], path[100];

	(void)state;
	say_low("LH1", id);
	snprintf(path, sizeof(path), "%s", path_of("cases", id));
	for (size_t i = 0; i < typed_text_count; i++) {
		const char *step = new_id();
		struct buf form;
		char seen[64];

		if (typed_texts[i].kept[0] == '\0')
			continue; /* nothing to save */
		snprintf(seen, sizeof(seen), "%s",
		    hidden(person_get(&rig, &worker, path), "seen"));
		buf_init(&form);
		buf_printf(&form, "act=save&id=%s&seen=%s&words=", step, seen);
		put_form(&form, &typed_texts[i]);
		assert_status(
		    person_send(&rig, &worker, path, buf_text(&form)), 303);
		assert_kept(i, "note", "words FROM work_step WHERE id", step);
		buf_finish(&form);
	}
}

/* A comment by the QR of a kiosk's thanks. */
static void
test_late_comments(void **state)
{
	(void)state;
	/* whose answers are awaited */
	free(rig_device(&rig, "kiosk", "LH1"));
	for (size_t i = 0; i < typed_text_count; i++) {
		char token[30];
		struct buf form;

		if (typed_texts[i].kept[0] == '\0')
			continue;
		snprintf(token, sizeof(token), "abcdefghijklmnopqrst%02d",
		    (int)(i % 100));
		buf_init(&form);
		buf_printf(&form, "more=%s&comment=", token);
		put_form(&form, &typed_texts[i]);
		assert_status(rig_post(&rig, "/f/LH1", buf_text(&form)), 200);
		buf_finish(&form);
	}
	/* as many as there are texts, each as it is kept */
	for (size_t i = 0; i < typed_text_count; i++) {
		char sql[400];

		if (typed_texts[i].kept[0] == '\0' ||
		    strchr(typed_texts[i].kept, '\'') != NULL)
			continue;
		snprintf(sql, sizeof(sql),
		    "SELECT count(*) > 0 FROM addition WHERE comment = '%s'",
		    typed_texts[i].kept);
		if (strcmp(rig_sql(&rig, sql), "1") != 0)
			fail_msg("late comment %zu", i);
	}
}

/* ----------------------------------------------- what could not be taken */

#define FORM_TYPE "Content-Type: application/x-www-form-urlencoded\r\n"

/* A note, sent without a session: it goes along through the login, wrong
 * password and all, and is stored after one press, once. */
static void
test_session_over(void **state)
{
	static const char words[] = "words=%C4%90%C3%A3+g%E1%BB%8Di+%E2%80%9C"
				    "%C3%B4ng+A%22%0D%0Ab%07%C3%A0+B";
	char id[UUID_TEXT], path[100], step[UUID_TEXT], seen[64], form[600];
	char login[900], cookie[200], again[900];
	const struct reply *page;
	char *header;

	(void)state;
	say_low("LH1", id);
	snprintf(path, sizeof(path), "%s", path_of("cases", id));
	snprintf(step, sizeof(step), "%s", new_id());
	snprintf(seen, sizeof(seen), "%s",
	    hidden(person_get(&rig, &worker, path), "seen"));
	snprintf(form, sizeof(form), "csrf=old&act=save&id=%s&seen=%s&%s", step,
	    seen, words);
	page = rig_post(&rig, path, form);
	assert_status(page, 401);
	assert_string_equal(hidden(page, "kept"), path);
	assert_string_equal(hidden(page, "kept.act"), "save");
	assert_string_equal(hidden(page, "kept.csrf"), "");
	assert_non_null(strstr(page->body, "Đã gọi “ông A&quot;\nbà B"));
	assert_int_equal(steps_of(id), 0);
	for (int right = 0; right < 2; right++) {
		snprintf(login, sizeof(login),
		    "login=%s&%s&kept=%s&kept.act=save&kept.id=%s&kept.seen=%s"
		    "&kept.%s",
		    worker.login, right ? PASSWORD_FORM : "password=wrong",
		    path, step, seen, words);
		page = rig_post(&rig, "/login", login);
		assert_status(page, right ? 200 : 403);
		if (!right)
			assert_string_equal(hidden(page, "kept.id"), step);
	}
	assert_non_null(strstr(page->body, "bà B</textarea>"));
	assert_int_equal(steps_of(id), 0); /* nothing without a press */
	header = reply_header(page, "Set-Cookie");
	snprintf(cookie, sizeof(cookie), FORM_TYPE "Cookie: %.*s\r\n",
	    (int)strcspn(header, ";"), header);
	free(header);
	snprintf(again, sizeof(again), "csrf=%s&act=save&id=%s&seen=%s&%s",
	    hidden(page, "csrf"), step, seen, words);
	for (int i = 0; i < 2; i++)
		assert_status(
		    ask(&rig, "POST", path, cookie, again, strlen(again)), 303);
	assert_int_equal(steps_of(id), 1);
}

/* A page of a former session of the same person: one more press. */
static void
test_stale_csrf(void **state)
{
	char id[UUID_TEXT], path[100], step[UUID_TEXT], form[400], head[500];
	const struct reply *page;

	(void)state;
	say_low("LH1", id);
	snprintf(head, sizeof(head), FORM_TYPE "%s", worker.headers);
	snprintf(path, sizeof(path), "%s", path_of("cases", id));
	snprintf(step, sizeof(step), "%s", new_id());
	snprintf(form, sizeof(form),
	    "csrf=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA&act=save&id=%s&"
	    "seen=&words=ghi+ch%%C3%%BA",
	    step);
	page = ask(&rig, "POST", path, head, form, strlen(form));
	assert_status(page, 403);
	assert_int_equal(steps_of(id), 0);
	assert_string_equal(hidden(page, "csrf"), worker.csrf);
	assert_string_equal(hidden(page, "id"), step);
	assert_non_null(strstr(page->body, "ghi chú</textarea>"));
	/* none at all, or another site's form: nothing is offered */
	page = ask(&rig, "POST", path, head, "act=save&words=a+b", 18);
	assert_status(page, 403);
	assert_null(strstr(page->body, "a b</textarea>"));
	snprintf(head, sizeof(head),
	    FORM_TYPE "%sSec-Fetch-Site: cross-site\r\n", worker.headers);
	snprintf(form, sizeof(form), "csrf=%s&act=save&words=a+b", worker.csrf);
	page = ask(&rig, "POST", path, head, form, strlen(form));
	assert_status(page, 403);
	assert_null(strstr(page->body, "a b</textarea>"));
}

/* What is never kept, and where it never goes. */
static void
test_not_kept(void **state)
{
	static const char *const addresses[] = {"https://evil.example/",
	    "//evil.example/staff/", "/login", "/f/LH1", "/staff/%0d%0a x",
	    "/staff/\\evil", "javascript:alert(1)", ""};
	const struct reply *page = rig_post(&rig, "/staff/account/password",
	    "csrf=x&old=secret+words&password=other+secret");

	(void)state;
	assert_status(page, 401);
	assert_null(strstr(page->body, "secret"));
	for (size_t i = 0; i < sizeof(addresses) / sizeof(*addresses); i++) {
		char form[300];

		snprintf(form, sizeof(form),
		    "login=%s&%s&kept=%s&kept.words=a+b", worker.login,
		    PASSWORD_FORM, addresses[i]);
		page = rig_post(&rig, "/login", form);
		assert_status(page, 303);
		assert_null(strstr(page->body, "a b"));
	}
}

/* Words of 401, 403 and 404 for people at work. */
static void
test_office_errors(void **state)
{
	const struct reply *page = person_get(&rig, &worker, "/staff/nowhere");

	(void)state;
	assert_status(page, 404);
	assert_non_null(strstr(page->body, "href=\"/staff/cases\""));
	assert_null(strstr(page->body, "QR"));
	page = person_get(&rig, &viewer, "/staff/cases");
	assert_status(page, 403);
	assert_non_null(strstr(page->body, "class=\"ways\""));
	page = rig_post(&rig, "/logout", "");
	assert_status(page, 401);
	assert_non_null(strstr(page->body, "đăng nhập"));
	assert_null(strstr(page->body, "không được"));
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_form),
	    cmocka_unit_test(test_form_refused),
	    cmocka_unit_test(test_batch),
	    cmocka_unit_test(test_neighbours),
	    cmocka_unit_test(test_conflicts),
	    cmocka_unit_test(test_sms),
	    cmocka_unit_test(test_paper),
	    cmocka_unit_test(test_notes),
	    cmocka_unit_test(test_late_comments),
	    cmocka_unit_test(test_session_over),
	    cmocka_unit_test(test_stale_csrf),
	    cmocka_unit_test(test_not_kept),
	    cmocka_unit_test(test_office_errors),
	};

	return cmocka_run_group_tests(tests, work_setup, work_teardown);
}
