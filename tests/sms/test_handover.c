/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the courier makes of each answer the collector may give. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
#include <jansson.h>
#include <stdio.h>
#include <string.h>
#include "shared/buf.h"
#include "sms/handover.h"
#include "tests/sms/parts.h"

#define NOW   1795330000000LL
#define PHONE "+84912345678"
#define ID_A  "01938f5e-7c1a-7f00-9a51-3f0d3c1f8a11"

static struct spool *spool;
static struct handover h;

/* What the twin of courier_request answers: "%" stands for the first id of the
 * request, two lines for two requests are not needed. */
static int answer_status;
static const char *answer_text;
static char asked[4000];

static int
twin(const char *url, const char *token, const char *method, const char *path,
    const char *body, char **reply)
{
	const char *id = body == NULL ? NULL : strstr(body, "\"id\":\"");
	struct buf out;

	(void)url;
	(void)token;
	snprintf(asked, sizeof(asked), "%s %s %s", method, path,
	    body == NULL ? "" : body);
	buf_init(&out);
	for (const char *c = answer_text; c != NULL && *c != '\0'; c++) {
		if (*c == '%' && id != NULL)
			buf_printf(&out, "%.36s", id + 6);
		else
			buf_putc(&out, *c);
	}
	*reply = strdup(buf_text(&out));
	buf_finish(&out);
	return answer_status;
}

static int
setup(void **state)
{
	(void)state;
	spool = fresh_spool();
	h = (struct handover){.spool = spool, .request = twin};
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	spool_close(spool);
	remove_spool();
	return 0;
}

static void
wrote(int second, const char *text)
{
	struct modem_part part = make_part(PHONE, second, 0, 1, 1, text);

	spool_part(spool, "gsm1", &part, NOW + second);
	spool_join(spool, NOW, 1000);
}

static void
test_messages(void **state)
{
	static const struct {
		int status;
		const char *text;
		enum handover_result result;
		const char *waiting;
	} cases[] = {
	    {200, "{\"results\":[{\"id\":\"%\",\"status\":\"stored\"}]}",
		HANDOVER_DONE, ""},
	    {200, "{\"results\":[{\"id\":\"%\",\"status\":\"duplicate\"}]}",
		HANDOVER_DONE, ""},
	    {200,
		"{\"results\":[{\"id\":\"%\",\"status\":\"invalid\","
		"\"error\":\"no\"}]}",
		HANDOVER_DONE, ""},
	    {200, "{\"results\":[{\"id\":\"%\",\"status\":\"busy\"}]}",
		HANDOVER_FAILED, "5"},
	    {200, "{\"results\":[{\"id\":null,\"status\":\"stored\"}]}",
		HANDOVER_FAILED, "5"},
	    {200, "{}", HANDOVER_FAILED, "5"},
	    {200, "[]", HANDOVER_FAILED, "5"},
	    {200, "<html>captive portal", HANDOVER_FAILED, "5"},
	    {200, "", HANDOVER_FAILED, "5"},
	    {202, "{\"results\":[{\"id\":\"%\",\"status\":\"stored\"}]}",
		HANDOVER_FAILED, "5"},
	    {503, "", HANDOVER_FAILED, "5"}, {401, "", HANDOVER_FAILED, "5"},
	    {0, "", HANDOVER_FAILED, "5"},
	    {400, "", HANDOVER_FAILED, ""}, /* alone and refused: set aside */
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		wrote(1, "5");
		answer_status = cases[i].status;
		answer_text = cases[i].text;
		assert_int_equal(handover_messages(&h), cases[i].result);
		assert_string_equal(waiting_texts(spool), cases[i].waiting);
		teardown(state);
		setup(state);
	}
	assert_int_equal(handover_messages(&h), HANDOVER_IDLE);
}

static void
test_request(void **state)
{
	json_t *body, *m;

	(void)state;
	wrote(1, "LH1 5 cảm ơn");
	answer_status = 0;
	handover_messages(&h);
	assert_memory_equal(asked, "POST /api/v1/sms/messages {", 27);
	body = json_loads(strchr(asked, '{'), 0, NULL);
	m = json_array_get(json_object_get(body, "messages"), 0);
	assert_string_equal(
	    json_string_value(json_object_get(m, "from")), PHONE);
	assert_string_equal(
	    json_string_value(json_object_get(m, "text")), "LH1 5 cảm ơn");
	assert_string_equal(
	    json_string_value(json_object_get(m, "modem")), "gsm1");
	assert_string_equal(json_string_value(json_object_get(m, "sent_at")),
	    "2026-11-22T13:46:41+07:00");
	assert_true(json_is_false(json_object_get(m, "partial")));
	json_decref(body);
}

/* One message that spoils the batch must not keep the others back. */
static void
test_spoiled_batch(void **state)
{
	(void)state;
	wrote(1, "bad");
	wrote(2, "5");
	answer_status = 400;
	answer_text = "";
	assert_int_equal(handover_messages(&h), HANDOVER_FAILED);
	assert_string_equal(waiting_texts(spool), "bad|5");
	assert_int_equal(handover_messages(&h), HANDOVER_FAILED);
	assert_string_equal(waiting_texts(spool), "5");
	answer_status = 200;
	answer_text = "{\"results\":[{\"id\":\"%\",\"status\":\"stored\"}]}";
	assert_int_equal(handover_messages(&h), HANDOVER_DONE);
	assert_string_equal(waiting_texts(spool), "");
}

static void
test_outbox(void **state)
{
	static const struct {
		const char *row;
		int depth, failed;
	} cases[] = {
	    {"{\"id\":\"" ID_A "\",\"to\":\"" PHONE "\",\"text\":\"Cam on\"}",
		1, 0},
	    {"{\"id\":\"" ID_A "\",\"to\":\"VIETTEL\",\"text\":\"Cam on\"}", 0,
		1},
	    {"{\"id\":\"" ID_A "\",\"to\":\"191\",\"text\":\"Cam on\"}", 0, 1},
	    {"{\"id\":\"" ID_A "\",\"to\":\"" PHONE "\",\"text\":\"\"}", 0, 1},
	    {"{\"id\":\"" ID_A "\",\"to\":\"" PHONE "\"}", 0, 1},
	    {"{\"id\":\"x\",\"to\":\"" PHONE "\",\"text\":\"Cam on\"}", 0, 0},
	    {"{}", 0, 0},
	    {"7", 0, 0},
	};
	char text[300];

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct spool_report *reports;
		struct arena a;
		size_t n;

		snprintf(
		    text, sizeof(text), "{\"messages\":[%s]}", cases[i].row);
		answer_status = 200;
		answer_text = text;
		assert_int_equal(handover_outbox(&h), HANDOVER_DONE);
		assert_int_equal(handover_outbox(&h), HANDOVER_DONE);
		assert_string_equal(asked, "GET /api/v1/sms/outbox?max=20 ");
		assert_int_equal(spool_depth(spool), cases[i].depth);
		arena_init(&a);
		assert_true(spool_reports(spool, &a, 5, &reports, &n));
		assert_int_equal(n, cases[i].failed);
		arena_finish(&a);
		teardown(state);
		setup(state);
	}
}

static void
test_reports(void **state)
{
	struct spool_outgoing out;
	bool found;

	(void)state;
	assert_int_equal(handover_reports(&h), HANDOVER_IDLE);
	spool_outgoing(spool, ID_A, PHONE, "Cam on", true, NOW);
	spool_claim(spool, "gsm1", NOW, &out, &found);
	spool_outcome(spool, ID_A, SPOOL_NOT_SENT, 21, NOW);
	answer_status = 503;
	answer_text = "";
	assert_int_equal(handover_reports(&h), HANDOVER_FAILED);
	assert_non_null(strstr(asked, "\"status\":\"failed\""));
	assert_non_null(strstr(asked, "\"code\":21"));
	answer_status = 200;
	answer_text = "{\"results\":[{\"id\":\"%\",\"status\":\"duplicate\"}]}";
	assert_int_equal(handover_reports(&h), HANDOVER_DONE);
	assert_int_equal(handover_reports(&h), HANDOVER_IDLE);
}

int
main(void)
{
#define CASE(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
	const struct CMUnitTest tests[] = {
	    CASE(test_messages),
	    CASE(test_request),
	    CASE(test_spoiled_batch),
	    CASE(test_outbox),
	    CASE(test_reports),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
