/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Whoever holds one link to a dossier sends it with the id of an answer that
 * others gave: on the web, at a kiosk, for another dossier. It claimed the
 * dossier for that answer, whose citizen never spoke of it; now it claims
 * nothing, and the link goes on serving.
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

#define DOSSIER "H11.35-261102-0001"
#define OTHER   "H11.35-261102-0002"
#define CALLED  "H11.35-261102-0003"

static struct rig rig;
static char *kiosk, *import;

static int
setup(void **state)
{
	json_t *dossiers = json_pack(
	    "{s:[{s:s,s:s,s:s},{s:s,s:s,s:s},{s:s,s:s,s:s}]}", "dossiers",
	    "code", DOSSIER, "unit", "22972", "received_at", "2026-11-02",
	    "code", OTHER, "unit", "22972", "received_at", "2026-11-02", "code",
	    CALLED, "unit", "22972", "received_at", "2026-11-02");

	(void)state;
	rig_make(&rig, "");
	kiosk = rig_device(&rig, "kiosk", "LH1");
	import = rig_device(&rig, "import", NULL);
	rig_serve(&rig);
	assert_status(
	    device_ask(&rig, import, "/api/v1/dossiers", dossiers), 200);
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	free(kiosk);
	free(import);
	rig_check(&rig);
	rig_remove(&rig);
	return 0;
}

/* The path of a new link to a dossier, malloc'ed. */
static char *
link_to(const char *dossier)
{
	char *at;

	assert_int_equal(
	    rig_run(&rig, "", "link", "--dossier", dossier, NULL), 0);
	at = strstr(rig.said, "/d/");
	assert_non_null(at);
	return strndup(at, strcspn(at, " \r\n"));
}

static int
send_form(const char *path, const char *id, const char *rest)
{
	char body[200];

	snprintf(body, sizeof(body), "id=%s&lang=vi&%s", id, rest);
	return rig_post(&rig, path, body)->status;
}

/* Gives an answer at the kiosk; its status. */
static const char *
at_kiosk(const char *id, const char *token)
{
	static char status[20];
	json_t *results, *one = new_answer("");

	json_object_set_new(one, "id", json_string(id));
	if (token != NULL)
		json_object_set_new(one, "token", json_string(token));
	results = post_answers(&rig, kiosk, json_pack("[o]", one));
	snprintf(status, sizeof(status), "%s", result(results, 0, "status"));
	json_decref(results);
	return status;
}

#define WEB      "01938f5e-7c1a-7f00-9a51-3f0d3c1f8a01"
#define WEB_DESK "01938f5e-7c1a-7f00-9a51-3f0d3c1f8a02"
#define KIOSK    "01938f5e-7c1a-7f00-9a51-3f0d3c1f8a03"
#define TIED     "01938f5e-7c1a-7f00-9a51-3f0d3c1f8a04"
#define FRESH    "01938f5e-7c1a-7f00-9a51-3f0d3c1f8a05"
#define FRESH_2  "01938f5e-7c1a-7f00-9a51-3f0d3c1f8a06"

static const char *
claims(void)
{
	return rig_sql(&rig, "SELECT count(*) FROM dossier_answer");
}

static void
test_foreign_ids(void **state)
{
	static const char *const ids[] = {WEB, WEB_DESK, KIOSK, TIED};
	/* the same words as there, and others */
	static const char *const said[] = {"overall=4", "overall=1",
	    "overall=4&comment=x", "overall=5&attitude=5"};
	char *link = link_to(DOSSIER), *other = link_to(OTHER);

	(void)state;
	assert_int_equal(send_form("/f/LH1", WEB, "overall=4"), 200);
	/* of the desk that stands for the dossier's unit */
	assert_int_equal(send_form("/f/PRC1", WEB_DESK, "overall=4"), 200);
	assert_string_equal(at_kiosk(KIOSK, NULL), "stored");
	assert_int_equal(send_form(other, TIED, "overall=4"), 200);
	assert_string_equal(claims(), "1");
	for (size_t i = 0; i < sizeof(ids) / sizeof(ids[0]); i++)
		for (size_t k = 0; k < sizeof(said) / sizeof(said[0]); k++)
			assert_int_equal(send_form(link, ids[i], said[k]), 410);
	assert_string_equal(claims(), "1");
	assert_string_equal(rig_sql(&rig, "SELECT count(*) FROM answer"), "4");
	/* the citizen's own answer, and once more the same */
	assert_status(get(&rig, link), 200);
	assert_int_equal(send_form(link, FRESH, "overall=2"), 200);
	assert_int_equal(send_form(link, FRESH, "overall=2"), 200);
	assert_int_equal(send_form(link, FRESH_2, "overall=5"), 410);
	assert_string_equal(claims(), "2");
	free(link);
	free(other);
}

/* The same by a call's token at the kiosk. */
static void
test_foreign_id_at_a_call(void **state)
{
	json_t *call, *body = json_pack("{s:s}", "dossier", CALLED);
	char token[60];

	(void)state;
	assert_status(
	    device_ask(&rig, import, "/api/v1/desks/LH1/serve", body), 200);
	call = reply_json(
	    device_ask(&rig, kiosk, "/api/v1/kiosk/call?after=-1", NULL));
	snprintf(token, sizeof(token), "%s",
	    json_string_value(json_object_get(call, "token")));
	json_decref(call);
	assert_string_equal(at_kiosk(WEB, token), "conflict");
	assert_string_equal(at_kiosk(FRESH, token), "conflict");
	assert_string_equal(claims(), "2");
	assert_string_equal(at_kiosk(FRESH_2, token), "stored");
	assert_string_equal(claims(), "3");
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_foreign_ids),
	    cmocka_unit_test(test_foreign_id_at_a_call),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
