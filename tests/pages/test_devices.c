/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The care for devices at the real collector: the pages under /staff/devices.
 * Who sees which, another name, another desk with what was given left where it
 * was, a device's end, new ones without a screen; each in the audit log.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "tests/kit/people.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define LIST "/staff/devices"

static struct rig rig;
static struct person chi, lan; /* of the district; of 22969 */
static char *kiosk;
static char id[64], path[100];

static int
setup(void **state)
{
	(void)state;
	rig_make(&rig, "");
	person_add(&rig, "chi", "admin", NULL);
	person_add(&rig, "lan", "admin", "22969");
	kiosk = rig_device(&rig, "kiosk", "LH1");
	snprintf(id, sizeof(id), "%s", rig_sql(&rig, "SELECT id FROM device"));
	snprintf(path, sizeof(path), LIST "/%s", id);
	rig_serve(&rig);
	chi = person_sign_in(&rig, "chi");
	lan = person_sign_in(&rig, "lan");
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	free(kiosk);
	rig_check(&rig);
	rig_remove(&rig);
	return 0;
}

static void
assert_says(const struct reply *reply, int status, const char *words)
{
	assert_status(reply, status);
	assert_non_null(strstr(reply->body, words));
}

/* What the log kept of the newest deed of this name. */
static void
assert_deed(const char *act, const char *before, const char *after)
{
	char sql[200], both[400];

	snprintf(sql, sizeof(sql),
	    "SELECT before || '|' || after FROM audit WHERE act = '%s' ORDER "
	    "BY id DESC",
	    act);
	snprintf(both, sizeof(both), "%s|%s", before, after);
	assert_string_equal(rig_sql(&rig, sql), both);
}

/* Posts an answer of this desk with the kiosk's token; its status. */
static const char *
deliver(const char *desk)
{
	char members[60];
	json_t *list = json_array(), *results;
	static char status[20];

	snprintf(members, sizeof(members), "{\"desk\":\"%s\"}", desk);
	json_array_append_new(list, new_answer(members));
	results = post_answers(&rig, kiosk, list);
	snprintf(status, sizeof(status), "%s", result(results, 0, "status"));
	json_decref(results);
	return status;
}

static void
test_name(void **state)
{
	char longest[300];

	(void)state;
	assert_status(person_post(&rig, &chi, path, "act", "rename", "name",
			  "Máy <b>cửa vào", NULL),
	    303);
	assert_says(person_get(&rig, &chi, LIST), 200, "Máy &lt;b&gt;cửa vào");
	assert_says(person_get(&rig, &chi, path), 200, id);
	assert_deed("device.rename", "{\"name\":\"\"}",
	    "{\"name\":\"Máy <b>cửa vào\"}");
	memset(longest, 'x', 61);
	longest[61] = '\0';
	assert_says(person_post(&rig, &chi, path, "act", "rename", "name",
			longest, NULL),
	    422, "60");
	assert_status(person_post(&rig, &chi, path, "act", "melt", NULL), 422);
}

static void
test_move(void **state)
{
	(void)state;
	assert_string_equal(deliver("LH1"), "stored");
	assert_string_equal(deliver("PRC1"), "invalid");
	assert_status(
	    person_post(&rig, &chi, path, "act", "move", "desk", "LH1", NULL),
	    422); /* it is there */
	assert_status(
	    person_post(&rig, &chi, path, "act", "move", "desk", "XX9", NULL),
	    422);
	assert_status(
	    person_post(&rig, &lan, path, "act", "move", "desk", "PRC1", NULL),
	    422); /* not hers to move it to */
	assert_status(
	    person_post(&rig, &chi, path, "act", "move", "desk", "PRC1", NULL),
	    303);
	assert_deed("device.move", "{\"desk\":\"LH1\"}", "{\"desk\":\"PRC1\"}");
	usleep(50000);
	assert_string_equal(deliver("PRC1"), "stored");
	assert_string_equal(deliver("LH1"), "stored"); /* given before */
	assert_string_equal(deliver("TP1"), "invalid");
	assert_string_equal(
	    rig_sql(&rig, "SELECT count(*) FROM answer WHERE desk = "
			  "'LH1' AND unit = '22969'"),
	    "2");
	/* it is no longer in her unit */
	assert_status(person_get(&rig, &lan, path), 404);
}

/* How a device fares, as it says itself; its reply. */
static const struct reply *
beat(const char *token, const char *path_of, json_t *body)
{
	const struct reply *reply = device_ask(&rig, token, path_of, body);

	assert_status(reply, 200);
	return reply;
}

/* The office asks for what was refused: seen, asked by one press, told to the
 * device with each heartbeat, in the log. */
static void
test_resend(void **state)
{
	static const char *const ask = "/api/v1/kiosk/heartbeat";
	const struct reply *reply;

	(void)state;
	reply = beat(kiosk, ask, json_pack("{s:i}", "refused", 0));
	assert_null(strstr(reply->body, "resend"));
	assert_null(strstr(person_get(&rig, &lan, path)->body, "Gửi lại"));
	beat(kiosk, ask, json_pack("{s:i}", "refused", 37));
	assert_says(person_get(&rig, &lan, path), 200, "<dd>37</dd>");
	assert_says(person_get(&rig, &lan, path), 200, "Gửi lại phiếu bị từ");
	assert_says(person_get(&rig, &lan, LIST), 200, "Có phiếu bị từ chối");
	assert_status(
	    person_post(&rig, &lan, path, "act", "resend", NULL), 303);
	assert_deed("device.resend", "", "");
	assert_says(person_get(&rig, &lan, path), 200, "chờ máy nhận");
	usleep(5000);
	reply = beat(kiosk, ask, json_pack("{s:i}", "refused", 0));
	assert_non_null(strstr(reply->body, "\"resend\":1"));
	assert_null(strstr(person_get(&rig, &lan, path)->body, "chờ máy nhận"));
}

/* The same of a gateway; what has no heartbeat cannot be asked. */
static void
test_resend_others(void **state)
{
	char *sms = rig_device(&rig, "sms", NULL);
	char *import = rig_device(&rig, "import", NULL);
	static const char *const ask = "/api/v1/sms/heartbeat";
	const struct reply *reply;
	char address[200];

	(void)state;
	usleep(50000);
	beat(sms, ask, json_pack("{s:{s:i}}", "spool", "refused", 5));
	snprintf(address, sizeof(address), LIST "/%s",
	    rig_sql(&rig, "SELECT id FROM device WHERE kind = 'sms'"));
	assert_says(person_get(&rig, &chi, address), 200, "<dd>5</dd>");
	assert_status(
	    person_post(&rig, &chi, address, "act", "resend", NULL), 303);
	reply = beat(sms, ask, json_pack("{s:{s:i}}", "spool", "refused", 5));
	assert_non_null(strstr(reply->body, "\"resend\":1"));
	snprintf(address, sizeof(address), LIST "/%s",
	    rig_sql(&rig, "SELECT id FROM device WHERE kind = 'import'"));
	assert_status(
	    person_post(&rig, &chi, address, "act", "resend", NULL), 422);
	free(sms);
	free(import);
}

static void
test_end(void **state)
{
	(void)state;
	assert_status(
	    person_post(&rig, &lan, path, "act", "revoke", NULL), 422);
	assert_string_equal(deliver("LH1"), "stored");
	assert_status(
	    person_post(&rig, &lan, path, "act", "revoke", "sure", "1", NULL),
	    303);
	usleep(50000);
	assert_status(device_ask(&rig, kiosk, "/api/v1/kiosk", NULL), 401);
	assert_status(person_get(&rig, &lan, path), 404);
	assert_null(strstr(person_get(&rig, &chi, LIST)->body, id));
}

/* The token is shown once, and works. */
static void
test_others(void **state)
{
	const struct reply *reply;
	char token[65] = "";
	const char *at;

	(void)state;
	assert_status(person_post(&rig, &lan, LIST, "kind", "sms", NULL), 422);
	assert_status(
	    person_post(&rig, &chi, LIST, "kind", "toaster", NULL), 422);
	reply = person_post(&rig, &chi, LIST, "kind", "sms", NULL);
	assert_status(reply, 200);
	at = strstr(reply->body, "<code>");
	assert_non_null(at);
	sscanf(at, "<code>%64[^<]", token);
	assert_null(strstr(person_get(&rig, &chi, LIST)->body, token));
	usleep(50000);
	assert_status(device_ask(&rig, token, "/api/v1/sms/heartbeat",
			  json_pack("{s:[{s:s}]}", "modems", "state", "lost")),
	    200);
	assert_says(
	    person_get(&rig, &chi, LIST), 200, "Có mô-đem chưa sẵn sàng");
	/* it has no desk: the district's, not the commune's */
	assert_null(strstr(person_get(&rig, &lan, LIST)->body, "mô-đem"));
	assert_deed("device.add", "", "{\"kind\":\"sms\"}");
}

#define CASE(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    CASE(test_name),
	    CASE(test_move),
	    CASE(test_resend),
	    CASE(test_resend_others),
	    CASE(test_end),
	    CASE(test_others),
	};

	return cmocka_run_group_tests_name("server_care", tests, NULL, NULL);
}
