/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A kiosk at the real collector: its settings, its heartbeat, and the commands
 * of administrators that take effect while the collector serves.
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
#include <sys/stat.h>
#include <unistd.h>
#include "shared/catalogue.h"
#include "shared/civil.h"

static struct rig rig;
static char *kiosk; /* of LH1 */

static int
setup(void **state)
{
	(void)state;
	rig_make(&rig, "[sms]\nnumber = 0912 345 678\n");
	kiosk = rig_device(&rig, "kiosk", "LH1");
	rig_serve(&rig);
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

/* The kiosk's GET, with the ETag it has ("" for none). */
static const struct reply *
fetch(const char *etag)
{
	char headers[300];

	snprintf(headers, sizeof(headers), "Authorization: Bearer %s\r\n%s%s%s",
	    kiosk, etag[0] == '\0' ? "" : "If-None-Match: ", etag,
	    etag[0] == '\0' ? "" : "\r\n");
	return ask(&rig, "GET", "/api/v1/kiosk", headers, NULL, 0);
}

static const char *
text_at(const json_t *json, const char *one, const char *other)
{
	const char *text = json_string_value(
	    json_object_get(json_object_get(json, one), other));

	return text == NULL ? "" : text;
}

static void
test_settings(void **state)
{
	json_t *json;

	(void)state;
	assert_status(fetch(""), 200);
	json = reply_json(fetch(""));
	assert_string_equal(text_at(json, "desk", "code"), "LH1");
	assert_string_equal(
	    text_at(json, "desk", "unit_name"), "Thị trấn Liên Hương");
	assert_string_equal(text_at(json, "form", "code"), "one-stop");
	assert_true(json_is_true(json_object_get(json, "ask_field")));
	assert_true(json_array_size(json_object_get(json, "fields")) > 3);
	assert_string_equal(
	    json_string_value(json_object_get(json, "sms_number")),
	    "0912 345 678");
	json_decref(json);
}

static void
test_etag(void **state)
{
	char *etag = reply_header(fetch(""), "ETag");
	const struct reply *reply;

	(void)state;
	assert_non_null(etag);
	reply = fetch(etag);
	assert_status(reply, 304);
	assert_int_equal(reply->size, 0);
	assert_status(fetch("\"other\""), 200);
	free(etag);
}

static void
write_catalogue(const char *folder)
{
	char path[200];
	FILE *f;

	snprintf(path, sizeof(path), "%s/forms", folder);
	assert_int_equal(mkdir(folder, 0700), 0);
	assert_int_equal(mkdir(path, 0700), 0);
	for (const struct catalogue_file *c = catalogue_files; c->name != NULL;
	     c++) {
		const char *at = strstr(c->data, "UBND thị trấn Liên Hương");

		snprintf(path, sizeof(path), "%s/%s", folder, c->name);
		f = fopen(path, "w");
		assert_non_null(f);
		if (at != NULL && strcmp(c->name, "desks.csv") == 0)
			fprintf(f, "%.*sLiên Hương%s", (int)(at - c->data),
			    c->data, at + strlen("UBND thị trấn Liên Hương"));
		else
			fwrite(c->data, 1, c->size, f);
		assert_int_equal(fclose(f), 0);
	}
}

/* A desk renamed by `init --catalogue` while the collector serves. */
static void
test_new_catalogue(void **state)
{
	char *etag = reply_header(fetch(""), "ETag"), *changed;
	char folder[100];
	json_t *json;

	(void)state;
	snprintf(folder, sizeof(folder), "%s/catalogue", rig.folder);
	write_catalogue(folder);
	if (rig_run(&rig, "", "init", "--catalogue", folder, NULL) != 0)
		fail_msg("%s", rig.said);
	for (int i = 0; i < 200 && fetch(etag)->status == 304; i++)
		usleep(10000); /* at once, within ms */
	assert_status(fetch(etag), 200);
	json = reply_json(fetch(etag));
	assert_string_equal(
	    text_at(json, "desk", "name"), "Bộ phận Một cửa Liên Hương");
	changed = reply_header(fetch(""), "ETag");
	assert_string_not_equal(etag, changed);
	json_decref(json);
	free(changed);
	free(etag);
}

static void
test_heartbeat(void **state)
{
	const char *path = "/api/v1/kiosk/heartbeat";
	json_t *json = json_pack(
	    "{s:s, s:i, s:i}", "version", "0.1.0", "outbox", 3, "free_mb", 900);
	const struct reply *reply = device_ask(&rig, kiosk, path, json);
	int64_t ms;
	int offset;

	(void)state;
	assert_status(reply, 200);
	json = reply_json(reply);
	assert_true(civil_parse_time(
	    json_string_value(json_object_get(json, "time")), &ms, &offset));
	assert_int_equal(offset, 420);
	json_decref(json);
	assert_string_equal(
	    rig_sql(&rig, "SELECT heartbeat FROM device WHERE heard_at > 0"),
	    "{\"version\":\"0.1.0\",\"outbox\":3,\"free_mb\":900}");
	assert_problem(device_ask(&rig, kiosk, path, json_pack("[i]", 1)), 400,
	    "bad_shape");
	assert_problem(
	    ask(&rig, "POST", path, "", "{}", 2), 401, "unauthorized");
	json = json_object();
	for (int i = 0; i < 600; i++) {
		char key[12];

		snprintf(key, sizeof(key), "key%d", i);
		json_object_set_new(json, key, json_integer(i));
	}
	assert_problem(device_ask(&rig, kiosk, path, json), 400, "bad_shape");
}

/* Only kiosks have a desk's settings. */
static void
test_other_devices(void **state)
{
	static const char *const kinds[] = {"sms", "import", "viewer"};

	(void)state;
	for (size_t i = 0; i < 3; i++) {
		char *token = rig_device(&rig, kinds[i], NULL);

		assert_problem(device_ask(&rig, token, "/api/v1/kiosk", NULL),
		    403, "forbidden");
		free(token);
	}
}

/* Revoked: out with the very next request; others stay. */
static void
test_revoke(void **state)
{
	char *token = rig_device(&rig, "kiosk", "PD1"), id[100];
	json_t *json;

	(void)state;
	/* a device that was added while the collector serves is known */
	json = reply_json(device_ask(&rig, token, "/api/v1/kiosk", NULL));
	assert_string_equal(text_at(json, "desk", "code"), "PD1");
	json_decref(json);
	snprintf(id, sizeof(id), "%s",
	    rig_sql(&rig, "SELECT id FROM device WHERE desk = 'PD1'"));
	assert_int_equal(rig_run(&rig, "", "device", "revoke", id, NULL), 0);
	assert_problem(device_ask(&rig, token, "/api/v1/kiosk", NULL), 401,
	    "unauthorized");
	assert_problem(device_ask(&rig, token, "/api/v1/answers",
			   json_pack("{s:[o]}", "answers", new_answer(""))),
	    401, "unauthorized");
	assert_status(fetch(""), 200);
	assert_int_equal(rig_run(&rig, "", "device", "revoke", id, NULL), 1);
	assert_int_equal(rig_run(&rig, "", "device", "list", NULL), 0);
	assert_non_null(strstr(rig.said, id));
	assert_null(strstr(rig.said, token));
	free(token);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_settings),
	    cmocka_unit_test(test_etag),
	    cmocka_unit_test(test_new_catalogue),
	    cmocka_unit_test(test_heartbeat),
	    cmocka_unit_test(test_other_devices),
	    cmocka_unit_test(test_revoke),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
