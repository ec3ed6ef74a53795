/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the courier makes of each answer the collector may give. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "shared/buf.h"
#include "shared/civil.h"
#include "shared/clock.h"
#include "sms/handover.h"
#include "tests/sms/handover_twin.h"
#include "tests/sms/parts.h"

#define NOW   TWIN_NOW
#define PHONE TWIN_PHONE
#define ID_A  "01938f5e-7c1a-7f00-9a51-3f0d3c1f8a11"
#define ID_B  "01938f5e-7c1a-7f00-9a51-3f0d3c1f8a12"
#define BEAT  "{\"time\":\"2026-11-22T13:46:41+07:00\""
#define ID_C  "01938f5e-7c1a-7f00-9a51-3f0d3c1f8a13"

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
	    {503, "", HANDOVER_FAILED, "5"},
	    {401, "", HANDOVER_FAILED, "5"},
	    {0, "", HANDOVER_FAILED, "5"},
	    {400, "", HANDOVER_FAILED, "5"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		wrote(1, "5");
		answer_status = cases[i].status;
		answer_text = cases[i].text;
		assert_int_equal(handover_messages(&h), cases[i].result);
		assert_string_equal(waiting_texts(spool), cases[i].waiting);
		twin_teardown(state);
		twin_setup(state);
	}
	assert_int_equal(handover_messages(&h), HANDOVER_IDLE);
}

static struct spool_message
whole(const char *id, const char *text)
{
	struct spool_message m = {.modem = "kannel",
	    .from = PHONE,
	    .text = text,
	    .received_at = NOW,
	    .sent_at = NOW};

	memcpy(m.id, id, UUID_TEXT);
	return m;
}

/* One answer about several: each goes its own way, and what it says is kept
 * together or, when the disk refuses, not at all. */
static void
test_several(void **state)
{
	const struct spool_message list[] = {
	    whole(ID_A, "LH1 5"), whole(ID_B, "LH1 4"), whole(ID_C, "LH1 3")};

	(void)state;
	assert_true(spool_take(spool, list, 3));
	answer_status = 200;
	answer_text = "{\"results\":[{\"id\":\"" ID_A
		      "\",\"status\":\"stored\"},{\"id\":\"" ID_B
		      "\",\"status\":\"invalid\"},{\"id\":\"" ID_C
		      "\",\"status\":\"duplicate\"}]}";
	assert_true(spool_begin(spool)); /* so that it cannot begin its own */
	assert_int_equal(handover_messages(&h), HANDOVER_BROKEN);
	assert_string_equal(waiting_texts(spool), "LH1 5|LH1 4|LH1 3");
	assert_int_equal(handover_messages(&h), HANDOVER_DONE);
	assert_string_equal(waiting_texts(spool), "");
	assert_int_equal(refused_messages(), 1);
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

/* One message that spoils the batch must not keep the others back, nor be given
 * up before others went through. */
static void
test_spoiled_batch(void **state)
{
	(void)state;
	wrote(1, "5");
	wrote(2, "poison");
	answer_status = 200;
	answer_text = NULL;
	take_all_turns(20);
	assert_string_equal(waiting_texts(spool), "poison");
	assert_int_equal(refused_messages(), 0);
	wrote(3, "4");
	take_all_turns(20);
	assert_string_equal(waiting_texts(spool), "");
	assert_int_equal(refused_messages(), 1);
}

/* What it can not give up must not stop replies to others. */
static void
test_suspect_rests(void **state)
{
	(void)state;
	wrote(1, "poison");
	answer_status = 200;
	answer_text = NULL;
	assert_int_equal(handover_messages(&h), HANDOVER_DONE);
	assert_int_equal(handover_messages(&h), HANDOVER_IDLE);
	assert_true(h.messages.again_at > clock_mono());
	*asked = '\0';
	assert_int_equal(handover_messages(&h), HANDOVER_IDLE);
	assert_string_equal(asked, "");
	assert_int_equal(h.failures, 0);
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
		assert_true(spool_unreported(spool, &a, 0, 5, &reports, &n));
		assert_int_equal(n, cases[i].failed);
		arena_finish(&a);
		twin_teardown(state);
		twin_setup(state);
	}
}

static void
test_reports(void **state)
{
	struct spool_turn gsm1 = turn_of_modem("gsm1");
	struct spool_outgoing out;
	bool found;

	(void)state;
	assert_int_equal(handover_reports(&h), HANDOVER_IDLE);
	queue_text(spool, ID_A, PHONE, "Cam on", NOW);
	spool_claim(spool, &gsm1, NOW, &out, &found);
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

/* An answer goes before an invitation, and what is too late does not go. */
static void
test_urgent_and_until(void **state)
{
	struct spool_turn gsm1 = turn_of_modem("gsm1");
	struct spool_outgoing out;
	bool found;

	(void)state;
	answer_status = 200;
	answer_text =
	    "{\"messages\":[{\"id\":\"" ID_A "\",\"to\":\"" PHONE "\","
	    "\"text\":\"Moi\",\"urgent\":false,"
	    "\"until\":\"2026-11-22T20:00:00+07:00\"},"
	    "{\"id\":\"" ID_B "\",\"to\":\"" PHONE "\","
	    "\"text\":\"Cam on\",\"urgent\":true},"
	    "{\"id\":\"" ID_C "\",\"to\":\"" PHONE "\","
	    "\"text\":\"Moi\",\"until\":\"tonight\"}]}";
	assert_int_equal(handover_outbox(&h), HANDOVER_DONE);
	assert_int_equal(spool_depth(spool), 2);
	assert_true(spool_claim(spool, &gsm1, clock_now(), &out, &found));
	assert_string_equal(out.text, "Cam on");
	assert_false(
	    spool_ready(spool, &gsm1, clock_now() + 24 * 3600 * 1000LL));
	assert_true(spool_expire(spool, 1795352400001LL)); /* 20:00:00.001 */
	assert_int_equal(spool_depth(spool), 0);
}

static void
test_heartbeat(void **state)
{
	struct spool_turn gsm1 = turn_of_modem("gsm1");
	json_t *body, *m;

	(void)state;
	wrote(1, "5");
	spool_modem_start(spool, &gsm1, NOW);
	spool_modem_state(
	    spool, "gsm1", "trouble", "no answer in time", 2, NOW);
	answer_status = 200;
	answer_text = BEAT "}";
	assert_int_equal(handover_heartbeat(&h), HANDOVER_DONE);
	assert_memory_equal(asked, "POST /api/v1/sms/heartbeat {", 28);
	body = json_loads(strchr(asked, '{'), 0, NULL);
	m = json_object_get(body, "spool");
	assert_int_equal(json_integer_value(json_object_get(m, "waiting")), 1);
	m = json_array_get(json_object_get(body, "modems"), 0);
	assert_string_equal(
	    json_string_value(json_object_get(m, "state")), "trouble");
	assert_int_equal(json_integer_value(json_object_get(m, "stuck")), 2);
	assert_true(json_is_null(json_object_get(m, "signal")));
	assert_null(strstr(asked, "+84"));
	json_decref(body);
	answer_status = 404; /* a collector of before heartbeats */
	assert_int_equal(handover_heartbeat(&h), HANDOVER_FAILED);
	assert_int_equal(h.failures, 0);
}

/* The office wishes to have again what was refused: once for each wish. */
static void
test_resend(void **state)
{
	(void)state;
	wrote(1, "5");
	answer_status = 200;
	for (int wish = 0; wish < 3; wish++) {
		answer_text = "{\"results\":[{\"id\":\"%\",\"status\":"
			      "\"invalid\",\"error\":\"no\"}]}";
		handover_messages(&h);
		assert_int_equal(refused_messages(), 1);
		answer_text = wish < 2 ? BEAT ",\"resend\":1795330000000}"
				       : BEAT ",\"resend\":1795330000001}";
		assert_int_equal(handover_heartbeat(&h), HANDOVER_DONE);
		assert_non_null(strstr(asked, "\"refused\":1"));
		assert_string_equal(waiting_texts(spool), wish == 1 ? "" : "5");
	}
	answer_text = NULL;
	take_all_turns(2);
	assert_int_equal(refused_messages(), 0);
	assert_int_equal(waiting_messages(), 0);
	assert_int_equal(spool_resend(spool, 0), 0);
}

/* Nothing is forgotten before both clocks have come so far. */
static void
test_purge(void **state)
{
	const struct spool_message m = whole(ID_A, "LH1 5");
	const int64_t late = NOW + SPOOL_KEEP_MS + 60000;
	const struct {
		int64_t ours, theirs;
		bool gone;
	} clocks[] = {{late, NOW, false}, {NOW, late, false},
	    {late, late - 120000, false}, {late, late, true}};
	char time[CIVIL_TIME_TEXT], text[100];

	(void)state;
	for (size_t i = 0; i < sizeof(clocks) / sizeof(clocks[0]); i++) {
		clock_set(NOW);
		assert_true(spool_take(spool, &m, 1));
		answer_status = 200;
		answer_text = "{\"results\":[{\"id\":\"" ID_A
			      "\",\"status\":\"stored\"}]}";
		assert_int_equal(handover_messages(&h),
		    i == 0 ? HANDOVER_DONE : HANDOVER_IDLE);
		clock_set(clocks[i].ours);
		civil_format_time(clocks[i].theirs, 0, time);
		snprintf(text, sizeof(text), "{\"time\":\"%s\"}", time);
		answer_text = text;
		assert_int_equal(handover_heartbeat(&h), HANDOVER_DONE);
		/* what is still known is not taken for a new one */
		assert_true(spool_take(spool, &m, 1));
		assert_int_equal(waiting_messages(), clocks[i].gone);
	}
	clock_set(-1);
}

int
main(void)
{
#define CASE(f) cmocka_unit_test_setup_teardown(f, twin_setup, twin_teardown)
	const struct CMUnitTest tests[] = {
	    CASE(test_messages),
	    CASE(test_several),
	    CASE(test_request),
	    CASE(test_spoiled_batch),
	    CASE(test_suspect_rests),
	    CASE(test_outbox),
	    CASE(test_reports),
	    CASE(test_urgent_and_until),
	    CASE(test_heartbeat),
	    CASE(test_purge),
	    CASE(test_resend),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
