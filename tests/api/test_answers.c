/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * POST /api/v1/answers of the real collector: what is stored, what is refused
 * and with which words, who may, and that one bad answer or one bad client
 * harms nobody else.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "tests/kit/rig.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "shared/limits.h"

#define JSON_TYPE "Content-Type: application/json\r\n"

static struct rig rig;
static char *import; /* tokens */
static char *kiosk;  /* of LH1 */

static int
setup(void **state)
{
	(void)state;
	rig_make(&rig, "[limits]\nrequest_seconds = 1\n");
	import = rig_device(&rig, "import", NULL);
	kiosk = rig_device(&rig, "kiosk", "LH1");
	rig_serve(&rig);
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	free(import);
	free(kiosk);
	rig_check(&rig);
	rig_remove(&rig);
	return 0;
}

static void
assert_healthy(void)
{
	assert_status(get(&rig, "/healthz"), 200);
}

static json_t *
post_one(const char *token, const char *members)
{
	return post_answers(&rig, token, json_pack("[o]", new_answer(members)));
}

/* ------------------------------------------------------------------- stored */

/* Everything the contract's example has. */
static void
test_all_members(void **state)
{
	json_t *results = post_one(import,
	    "{\"form\":\"one-stop\",\"form_version\":1,\"field\":\"dat-dai\","
	    "\"scores\":{\"overall\":5,\"attitude\":4,\"feedback\":null},"
	    "\"reasons\":[\"waiting\"],\"comment\":\"Cảm ơn 👍\","
	    "\"lang\":\"vi\",\"assisted\":\"none\",\"flags\":[\"burst\"],"
	    "\"seq\":812}");

	(void)state;
	assert_string_equal(result(results, 0, "status"), "stored");
	assert_string_equal(
	    rig_sql(&rig, "SELECT unit||' '||desk||' '||field||' '||channel||"
			  "' '||scores||' '||reasons||' '||flags||' '||seq "
			  "FROM answer WHERE seq = 812"),
	    "22969 LH1 dat-dai api overall=5 attitude=4 feedback=- waiting "
	    "burst 812");
	assert_string_equal(
	    rig_sql(&rig, "SELECT comment FROM remark"), "Cảm ơn 👍");
	assert_string_equal(
	    rig_sql(&rig, "SELECT d.kind||' '||a.zone||' '||a.lang||' '||"
			  "a.assisted||' '||length(a.digest)||' '||a.sample "
			  "FROM answer a JOIN device d ON d.id = a.device "
			  "WHERE seq = 812"),
	    "import 420 vi none 16 0");
	json_decref(results);
}

static void
test_duplicate_and_conflict(void **state)
{
	json_t *answer = new_answer("{\"comment\":\"một\"}");
	json_t *changed = json_deep_copy(answer);
	json_t *results;

	(void)state;
	json_object_set_new(changed, "comment", json_string("hai"));
	for (int i = 0; i < 3; i++) {
		results = post_answers(&rig, import,
		    json_pack("[o]", json_deep_copy(i < 2 ? answer : changed)));
		assert_string_equal(
		    result(results, 0, "status"), i == 0   ? "stored"
						  : i == 1 ? "duplicate"
							   : "conflict");
		assert_string_equal(result(results, 0, "id"),
		    json_string_value(json_object_get(answer, "id")));
		json_decref(results);
	}
	assert_string_equal(
	    rig_sql(&rig, "SELECT count(*) FROM remark WHERE comment = 'hai'"),
	    "0");
	json_decref(answer);
	json_decref(changed);
}

/* The same within one batch, and order is kept. */
static void
test_one_batch(void **state)
{
	static const char *const want[] = {
	    "stored", "stored", "duplicate", "conflict", "invalid", "stored"};
	json_t *one = new_answer(""), *list = json_array();
	json_t *changed = json_deep_copy(one), *results;

	(void)state;
	json_object_set_new(
	    changed, "scores", json_pack("{s:i}", "overall", 1));
	json_array_append(list, one);
	json_array_append_new(list, new_answer(""));
	json_array_append(list, one);
	json_array_append_new(list, changed);
	json_array_append_new(list, new_answer("{\"desk\":\"X\"}"));
	json_array_append_new(list, new_answer(""));
	json_incref(list);
	results = post_answers(&rig, import, list);
	assert_int_equal(json_array_size(results), 6);
	for (size_t i = 0; i < 6; i++) {
		assert_string_equal(result(results, i, "status"), want[i]);
		assert_string_equal(result(results, i, "id"),
		    json_string_value(
			json_object_get(json_array_get(list, i), "id")));
	}
	json_decref(results);
	json_decref(list);
	json_decref(one);
}

/* Upper and lower case of an id are the same id. */
static void
test_id_in_capitals(void **state)
{
	json_t *one =
	    new_answer("{\"id\":\"01938F5E-7C1A-7F00-9A51-3F0D3C1F8A11\"}");
	json_t *other = json_deep_copy(one), *results;

	(void)state;
	json_object_set_new(
	    other, "id", json_string("01938f5e-7c1a-7f00-9a51-3f0d3c1f8a11"));
	results = post_answers(&rig, import, json_pack("[o,o]", one, other));
	assert_string_equal(result(results, 0, "status"), "stored");
	assert_string_equal(result(results, 1, "status"), "duplicate");
	json_decref(results);
}

static void
test_strange_times_are_flagged(void **state)
{
	static const struct {
		int64_t minutes;
		const char *flags;
	} times[] = {{9, ""}, {11, "ahead"}, {-34 * 1440, ""},
	    {-36 * 1440, "late"}, {60 * 24 * 400, "ahead"}};
	char members[120], sql[120];
	json_t *results;

	(void)state;
	for (int i = 0; i < 5; i++) {
		snprintf(members, sizeof(members),
		    "{\"answered_at\":\"%s\",\"seq\":%d}",
		    time_from_now(times[i].minutes * 60000), 9000 + i);
		results = post_one(import, members);
		assert_string_equal(result(results, 0, "status"), "stored");
		json_decref(results);
		snprintf(sql, sizeof(sql),
		    "SELECT flags FROM answer WHERE seq = %d", 9000 + i);
		assert_string_equal(rig_sql(&rig, sql), times[i].flags);
	}
}

/* 17:30 UTC is the next day in Vietnam, whatever offset the sender writes. */
static void
test_period_by_local_day(void **state)
{
	static const char *const times[] = {"2026-06-30T17:30:00Z",
	    "2026-07-01T00:30:00+07:00", "2026-06-30T12:30:00-05:00"};
	char members[100];

	(void)state;
	for (int i = 0; i < 3; i++) {
		snprintf(members, sizeof(members),
		    "{\"desk\":\"PD1\",\"answered_at\":\"%s\"}", times[i]);
		json_decref(post_one(import, members));
	}
	assert_string_equal(
	    rig_sql(&rig, "SELECT group_concat(DISTINCT day) FROM answer "
			  "WHERE desk = 'PD1'"),
	    "20635"); /* 2026-07-01 */
}

/* -------------------------------------------------------------- bad answers */

static const struct {
	const char *members, *error;
} bad[] = {
    {"{\"id\":null}", "id: missing"},
    {"{\"id\":\"1\"}", "id: not a UUID"},
    {"{\"id\":\"01938f5e-7c1a-7f00-9a51-3f0d3c1f8a1\"}", "id: not a UUID"},
    {"{\"id\":\"01938f5e-7c1a-7f00-9a51-3f0d3c1f8a1g\"}", "id: not a UUID"},
    {"{\"id\":\"00000000-0000-0000-0000-000000000000\"}", "id: not a UUID"},
    {"{\"id\":5}", "id: not a UUID"},
    {"{\"desk\":\"XX9\"}", "desk: no such desk \"XX9\""},
    {"{\"desk\":null}", "desk: missing"},
    {"{\"desk\":\"LH1'; --\"}", "desk: not a code"},
    {"{\"field\":\"dat-dat\"}", "field: no such field \"dat-dat\""},
    {"{\"form\":\"two-stop\"}", "form: no such form \"two-stop\""},
    {"{\"form_version\":9}", "form_version: not a version of \"one-stop\""},
    {"{\"scores\":{\"overall\":5,\"speed\":4}}",
	"scores: no such criterion \"speed\""},
    {"{\"scores\":{\"overall\":0}}", "scores.overall: must be"},
    {"{\"scores\":{\"overall\":6}}", "scores.overall: must be"},
    {"{\"scores\":{\"overall\":-1}}", "scores.overall: must be"},
    {"{\"scores\":{\"overall\":4.5}}", "scores.overall: must be"},
    {"{\"scores\":{\"overall\":\"5\"}}", "scores.overall: must be"},
    {"{\"scores\":{\"overall\":null}}", "scores.overall: must be"},
    {"{\"scores\":{\"overall\":5,\"access\":6}}", "scores.access: must be"},
    {"{\"scores\":{\"access\":5}}", "scores.overall: missing"},
    {"{\"scores\":{}}", "scores.overall: missing"},
    {"{\"scores\":5}", "scores: not an object"},
    {"{\"answered_at\":null}", "answered_at: missing"},
    {"{\"answered_at\":\"yesterday\"}", "answered_at: not an RFC 3339"},
    {"{\"answered_at\":\"2026-11-20 09:15\"}", "answered_at: not an RFC 3339"},
    {"{\"answered_at\":\"2026-11-20T09:15:03\"}",
	"answered_at: not an RFC 3339"},
    {"{\"answered_at\":\"2026-02-30T09:15:03Z\"}",
	"answered_at: not an RFC 3339"},
    {"{\"answered_at\":1790000000}", "answered_at: not an RFC 3339"},
    {"{\"reasons\":[\"rain\"]}", "reasons: no such reason \"rain\""},
    {"{\"reasons\":\"waiting\"}", "reasons: not a list"},
    {"{\"reasons\":[\"waiting\",\"waiting\"]}", "reasons: \"waiting\" twice"},
    {"{\"comment\":5}", "comment: not a string"},
    {"{\"coment\":\"x\"}", "unknown key \"coment\""},
    {"{\"assisted\":\"boss\"}", "assisted: must be"},
    {"{\"lang\":\"v\"}", "lang: must be"},
    {"{\"seq\":-1}", "seq: must be"},
};

/* Each of them between two good ones, which are stored. */
static void
test_bad_answers(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		json_t *results = post_answers(&rig, import,
		    json_pack("[o,o,o]", new_answer(""),
			new_answer(bad[i].members), new_answer("")));
		bool has_id = strncmp(bad[i].error, "id:", 3) != 0;

		assert_string_equal(result(results, 0, "status"), "stored");
		assert_string_equal(result(results, 2, "status"), "stored");
		if (strcmp(result(results, 1, "status"), "invalid") != 0 ||
		    strncmp(result(results, 1, "error"), bad[i].error,
			strlen(bad[i].error)) != 0)
			fail_msg("%s: %s", bad[i].members,
			    result(results, 1, "error"));
		assert_int_equal(json_is_null(json_object_get(
				     json_array_get(results, 1), "id")),
		    !has_id);
		json_decref(results);
	}
}

static void
test_not_an_object(void **state)
{
	json_t *results = post_answers(
	    &rig, import, json_pack("[n,i,s,[],o]", 1, "x", new_answer("")));

	(void)state;
	for (size_t i = 0; i < 4; i++)
		assert_string_equal(result(results, i, "status"), "invalid");
	assert_string_equal(result(results, 4, "status"), "stored");
	json_decref(results);
}

/* Characters count, not bytes: 2,000 three-byte letters are allowed. */
static void
test_long_comments(void **state)
{
	(void)state;
	for (int n = LIMIT_COMMENT_CHARS; n <= LIMIT_COMMENT_CHARS + 1; n++) {
		json_t *answer = new_answer("");
		char *comment = calloc(1, (size_t)n * 3 + 1);
		json_t *results;

		for (int i = 0; i < n; i++)
			strcpy(comment + i * 3, "ạ");
		json_object_set_new(answer, "comment", json_string(comment));
		results = post_answers(&rig, import, json_pack("[o]", answer));
		assert_string_equal(result(results, 0, "status"),
		    n == LIMIT_COMMENT_CHARS ? "stored" : "invalid");
		assert_string_equal(result(results, 0, "error"),
		    n == LIMIT_COMMENT_CHARS
			? ""
			: "comment: longer than 2000 characters");
		json_decref(results);
		free(comment);
	}
}

/* --------------------------------------------------------------- bad bodies */

static const struct reply *
post_raw(const char *token, const char *type, const char *body, size_t size)
{
	char headers[300];

	snprintf(headers, sizeof(headers), "Authorization: Bearer %s\r\n%s",
	    token, type);
	return ask(&rig, "POST", "/api/v1/answers", headers, body, size);
}

static void
test_bad_bodies(void **state)
{
	static const struct {
		const char *body, *code;
	} bodies[] = {
	    {"", "not_json"},
	    {"{", "not_json"},
	    {"answers", "not_json"},
	    {"{\"answers\":[],\"answers\":[]}", "bad_shape"},
	    {"{\"answers\":[{\"comment\":\"\\ud83d\"}]", "not_json"},
	    {"{\"answers\":[{\"comment\":\"a\nb\"}]}", "not_json"},
	    {"[]", "bad_shape"},
	    {"5", "bad_shape"},
	    {"{}", "bad_shape"},
	    {"{\"answers\":[]}", "bad_shape"},
	    {"{\"answers\":{}}", "bad_shape"},
	    {"{\"answers\":null}", "bad_shape"},
	    {"{\"answers\":[{}],\"more\":1}", "bad_shape"},
	    {"{\"answer\":[{}]}", "bad_shape"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(bodies) / sizeof(bodies[0]); i++)
		assert_problem(post_raw(import, JSON_TYPE, bodies[i].body,
				   strlen(bodies[i].body)),
		    400, bodies[i].code);
	assert_healthy();
}

static void
test_deep_json(void **state)
{
	char body[2100] = "{\"answers\":";
	size_t n = strlen(body);

	(void)state;
	memset(body + n, '[', 1000);
	memset(body + n + 1000, ']', 1000);
	body[n + 2000] = '}';
	assert_problem(
	    post_raw(import, JSON_TYPE, body, n + 2001), 400, "not_json");
	assert_healthy();
}

static void
test_many_answers(void **state)
{
	(void)state;
	for (size_t n = LIMIT_BATCH_ANSWERS; n <= LIMIT_BATCH_ANSWERS + 1;
	     n++) {
		json_t *list = json_array();

		for (size_t i = 0; i < n; i++)
			json_array_append_new(list, new_answer(""));
		device_ask(&rig, import, "/api/v1/answers",
		    json_pack("{s:o}", "answers", json_incref(list)));
		if (n > LIMIT_BATCH_ANSWERS) {
			assert_problem(
			    device_ask(&rig, import, "/api/v1/answers",
				json_pack("{s:O}", "answers", list)),
			    400, "bad_shape");
		} else {
			json_t *results =
			    post_answers(&rig, import, json_incref(list));

			assert_int_equal(json_array_size(results), n);
			for (size_t i = 0; i < n; i++)
				assert_string_equal(
				    result(results, i, "status"), "duplicate");
			json_decref(results);
		}
		json_decref(list);
	}
}

static void
test_content_types(void **state)
{
	static const char *const types[] = {"", "Content-Type: text/plain\r\n",
	    "Content-Type: application/jsonx\r\n",
	    "Content-Type: application/x-www-form-urlencoded\r\n"};
	const char *body = "{\"answers\":[{}]}";

	(void)state;
	for (size_t i = 0; i < 4; i++)
		assert_problem(post_raw(import, types[i], body, strlen(body)),
		    415, "unsupported_type");
	assert_status(post_raw(import,
			  "Content-Type: Application/JSON; charset=utf-8\r\n",
			  body, strlen(body)),
	    200);
}

static void
test_too_large(void **state)
{
	size_t size = 2 * LIMIT_BODY_BYTES;
	char *body = malloc(size);

	(void)state;
	memset(body, ' ', size);
	assert_problem(
	    post_raw(import, JSON_TYPE, body, size), 413, "too_large");
	/* one byte too many, and not one */
	assert_problem(post_raw(import, JSON_TYPE, body, LIMIT_BODY_BYTES + 1),
	    413, "too_large");
	assert_problem(post_raw(import, JSON_TYPE, body, LIMIT_BODY_BYTES), 400,
	    "not_json");
	free(body);
	assert_healthy();
}

/* ------------------------------------------------------------- bad clients */

static const char half[] = "POST /api/v1/answers HTTP/1.1\r\nHost: x\r\n"
			   "Content-Type: application/json\r\n"
			   "Content-Length: 100\r\n\r\n{\"answers\":[";

/* A body that stops half-way, and the client goes. */
static void
test_half_a_body(void **state)
{
	(void)state;
	for (int i = 0; i < 20; i++) {
		int fd = rig_connect(&rig);

		assert_true(rig_send(fd, half, sizeof(half) - 1));
		close(fd);
	}
	assert_healthy();
}

/* A client that drips one byte after the other is cut off ([limits]
 * request_seconds is 1 here). */
static void
test_dripping_body(void **state)
{
	int fd = rig_connect(&rig);
	struct reply reply = {0};
	int sent = 0;

	(void)state;
	assert_true(rig_send(fd, half, sizeof(half) - 1));
	while (sent < 80 && rig_send(fd, " ", 1)) {
		usleep(50000);
		sent++;
	}
	assert_true(sent < 80);
	assert_false(rig_read(fd, &reply));
	reply_finish(&reply);
	close(fd);
	assert_healthy();
}

static void
test_bad_requests(void **state)
{
	static const char *const requests[] = {
	    "GET /healthz HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
	    "GET /healthz HTTP/1.1\r\n\r\n",
	    "POST /api/v1/answers HTTP/1.1\r\nHost: x\r\n"
	    "Content-Length: 2\r\nContent-Length: 3\r\n\r\n{} ",
	    "POST /api/v1/answers HTTP/1.1\r\nHost: x\r\n"
	    "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n"
	    "0\r\n\r\n",
	    "GET /f/%ff HTTP/1.1\r\nHost: x\r\n\r\n",
	    "GET /f/LH1%00x HTTP/1.1\r\nHost: x\r\n\r\n",
	    "GET /f/LH1?lang=en%00 HTTP/1.1\r\nHost: x\r\n\r\n",
	    "GET /f/LH1?lang=%ff HTTP/1.1\r\nHost: x\r\n\r\n",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(requests) / sizeof(requests[0]); i++) {
		struct reply reply = {0};
		int fd = rig_connect(&rig);

		assert_true(rig_send(fd, requests[i], strlen(requests[i])));
		if (rig_read(fd, &reply) && reply.status != 400)
			fail_msg("%d for %s", reply.status, requests[i]);
		reply_finish(&reply);
		close(fd);
	}
	assert_healthy();
}

/* ---------------------------------------------------------------------- who */

static void
test_who_may(void **state)
{
	char *viewer = rig_device(&rig, "viewer", NULL);
	char *sms = rig_device(&rig, "sms", NULL);
	char longest[200];
	json_t *results;

	(void)state;
	memset(longest, 'x', sizeof(longest) - 1);
	longest[sizeof(longest) - 1] = '\0';
	assert_problem(ask(&rig, "POST", "/api/v1/answers", JSON_TYPE, "{}", 2),
	    401, "unauthorized");
	assert_problem(
	    post_raw("wrong", JSON_TYPE, "{}", 2), 401, "unauthorized");
	assert_problem(post_raw("", JSON_TYPE, "{}", 2), 401, "unauthorized");
	assert_problem(
	    post_raw(longest, JSON_TYPE, "{}", 2), 401, "unauthorized");
	assert_problem(post_raw(viewer, JSON_TYPE, "{}", 2), 403, "forbidden");
	results = post_one(sms, "{\"seq\":7001}");
	assert_string_equal(result(results, 0, "status"), "stored");
	json_decref(results);
	results = post_one(kiosk, "{\"desk\":null,\"seq\":7002}");
	assert_string_equal(result(results, 0, "status"), "stored");
	json_decref(results);
	assert_string_equal(
	    rig_sql(&rig, "SELECT group_concat(channel||desk) FROM answer "
			  "WHERE seq IN (7001, 7002) ORDER BY seq"),
	    "smsLH1,kioskLH1");
	/* a kiosk rates its own desk only */
	results = post_one(kiosk, "{\"desk\":\"TP1\"}");
	assert_string_equal(result(results, 0, "status"), "invalid");
	assert_string_equal(result(results, 0, "error"),
	    "desk: this kiosk rates its own desk, not \"TP1\"");
	json_decref(results);
	free(viewer);
	free(sms);
}

static void
test_addresses(void **state)
{
	(void)state;
	assert_problem(get(&rig, "/api/v1/answers"), 405, "method_not_allowed");
	assert_problem(get(&rig, "/api/v1/nothing"), 404, "not_found");
	assert_problem(ask(&rig, "DELETE", "/api/v1/answers", "", NULL, 0), 405,
	    "method_not_allowed");
	assert_status(get(&rig, "/healthz"), 200);
	assert_string_equal(get(&rig, "/healthz")->body, "ok\n");
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_all_members),
	    cmocka_unit_test(test_duplicate_and_conflict),
	    cmocka_unit_test(test_one_batch),
	    cmocka_unit_test(test_id_in_capitals),
	    cmocka_unit_test(test_strange_times_are_flagged),
	    cmocka_unit_test(test_period_by_local_day),
	    cmocka_unit_test(test_bad_answers),
	    cmocka_unit_test(test_not_an_object),
	    cmocka_unit_test(test_long_comments),
	    cmocka_unit_test(test_bad_bodies),
	    cmocka_unit_test(test_deep_json),
	    cmocka_unit_test(test_many_answers),
	    cmocka_unit_test(test_content_types),
	    cmocka_unit_test(test_too_large),
	    cmocka_unit_test(test_half_a_body),
	    cmocka_unit_test(test_dripping_body),
	    cmocka_unit_test(test_bad_requests),
	    cmocka_unit_test(test_who_may),
	    cmocka_unit_test(test_addresses),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
