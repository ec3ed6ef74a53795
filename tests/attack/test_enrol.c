/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Invented keys that ask to be let in as kiosks, from one source and from many:
 * a kiosk of another office waits and is approved as ever, and one that is
 * crowded out comes in by its code.
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
#include "shared/buf.h"
#include "shared/keys.h"
#include "shared/limits.h"

static struct rig rig;
static struct person admin;

static int
setup(void **state)
{
	(void)state;
	rig_make(&rig, "");
	person_add(&rig, "chi", "admin", NULL);
	rig_run(&rig, "", "setting", "set", "second_factor", "0", NULL);
	rig_serve(&rig);
	admin = person_sign_in(&rig, "chi");
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	rig_remove(&rig);
	return 0;
}

/* A kiosk's request; source NULL: none is told. */
static const struct reply *
enrol_from(const char *source, const struct key *k, const char *code)
{
	char text[KEY_TEXT],
	    headers[160] = "Content-Type: application/json\r\n";
	const struct reply *reply;
	struct buf b;

	key_public_text(k->public, text);
	buf_init(&b);
	buf_printf(&b, "{\"code\":\"%s\",\"key\":\"%s\",\"version\":\"1\"}",
	    code, text);
	key_sign_json(k, &b);
	if (source != NULL)
		snprintf(headers + strlen(headers),
		    sizeof(headers) - strlen(headers), "Hailong-Source: %s\r\n",
		    source);
	reply = ask(
	    &rig, "POST", "/api/v1/kiosk/enrol", headers, buf_text(&b), b.size);
	buf_finish(&b);
	return reply;
}

/* So many invented kiosks, from as many nets or from one; how many may wait.
 */
static int
invent(int n, bool one_net)
{
	static const char letters[] = "ABCDEFGHJKLMNPQRSTUVWXYZ";
	static int number;
	char code[9], source[60];
	int waiting = 0;
	struct key k;

	for (int i = 0; i < n; i++, number++) {
		snprintf(code, sizeof(code), "AAAA%c%c%cP",
		    letters[number % 24], letters[number / 24 % 24],
		    letters[number / 576 % 24]);
		snprintf(source, sizeof(source), "2001:db8:1:%x::%x",
		    one_net ? 0 : (unsigned)number + 1, (unsigned)i);
		key_make(&k);
		waiting += enrol_from(source, &k, code)->status == 200;
	}
	return waiting;
}

static const struct reply *
approve(const char *code)
{
	return person_post(&rig, &admin, "/staff/devices", "kind", "kiosk",
	    "code", code, "desk", "LH1", NULL);
}

static void
assert_status_word(const struct reply *reply, const char *word)
{
	json_t *json = reply_json(reply);

	assert_status(reply, 200);
	assert_string_equal(
	    json_string_value(json_object_get(json, "status")), word);
	json_decref(json);
}

/* Of one source so many are let ask, and no kiosk loses its place. */
static void
test_one_source(void **state)
{
	struct key k, late;
	const struct reply *page;
	char *retry;

	(void)state;
	key_make(&k);
	key_make(&late);
	assert_status_word(
	    enrol_from("203.0.113.9", &k, "WXYZ2345"), "waiting");
	/* of one /64, whatever comes behind it */
	assert_int_equal(invent(300, true), LIMIT_ENROL_SOURCE);
	page = enrol_from("2001:db8:1:0:ffff::", &late, "WXYZ2346");
	assert_problem(page, 429, "too_many");
	retry = reply_header(page, "Retry-After");
	assert_non_null(retry);
	free(retry);
	assert_status_word(
	    enrol_from("203.0.113.9", &k, "WXYZ2345"), "waiting");
	page = approve("WXYZ2345");
	assert_status(page, 200);
	assert_null(strstr(page->body, "máy lạ"));
	assert_status_word(
	    enrol_from("203.0.113.9", &k, "WXYZ2345"), "approved");
	/* one behind the flooding address: its code is awaited */
	page = approve("WXYZ2346");
	assert_status(page, 200);
	assert_non_null(strstr(page->body, "máy lạ"));
	assert_status_word(
	    enrol_from("2001:db8:1:0:ffff::", &late, "WXYZ2346"), "approved");
	assert_string_equal(
	    rig_sql(&rig, "SELECT count(*) FROM device WHERE kind = 'kiosk' "
			  "AND desk = 'LH1' AND key IS NOT NULL"),
	    "2");
	assert_string_equal(
	    rig_sql(&rig, "SELECT count(*) FROM audit WHERE act = "
			  "'device.add'"),
	    "2");
}

/* Of many sources: a kiosk that is crowded out at each moment comes in. */
static void
test_many_sources(void **state)
{
	struct key k;

	(void)state;
	key_make(&k);
	enrol_from("203.0.113.9", &k, "WXYZ2345");
	assert_int_equal(invent(260, false), 260);
	assert_string_equal(
	    rig_sql(&rig, "SELECT count(*) FROM enrolment WHERE code = "
			  "'WXYZ2345'"),
	    "0");
	assert_status(approve("WXYZ2345"), 200);
	assert_int_equal(invent(260, false), 260);
	assert_status_word(
	    enrol_from("203.0.113.9", &k, "WXYZ2345"), "approved");
	assert_string_equal(
	    rig_sql(&rig, "SELECT count(*) <= 201 FROM enrolment"), "1");
}

/* With nobody about, a mistyped code is told as one. */
static void
test_mistyped(void **state)
{
	(void)state;
	assert_status(approve("WXYZ2345"), 422);
	assert_string_equal(
	    rig_sql(&rig, "SELECT count(*) FROM enrolment"), "0");
}

#define CASE(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    CASE(test_one_source),
	    CASE(test_many_sources),
	    CASE(test_mistyped),
	};

	return cmocka_run_group_tests_name("attack_enrol", tests, NULL, NULL);
}
