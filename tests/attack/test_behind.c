/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Two PostgreSQL servers, the first in the collector's address a standby that
 * is an hour behind: there the stolen kiosk is still trusted, the person who
 * was dismissed still signs in, and nobody has a session. Nothing is asked of
 * it. (A former collector read from whichever server came first.)
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
#include "tests/db/postgres_server.h"

static struct postgres_server first, second;
static struct rig rig;
static char *old_kiosk, *old_id;

static int
begin(void **state)
{
	(void)state;
	assert_true(postgres_server_start(&first));
	assert_true(
	    postgres_server_sql(&first, "postgres", "CREATE DATABASE trial"));
	rig_make_postgres(&rig, &first, "trial");
	old_kiosk = rig_device(&rig, "kiosk", "LH1");
	old_id =
	    strdup(rig_sql(&rig, "SELECT id FROM device WHERE kind = 'kiosk'"));
	person_add(&rig, "old", "manager", NULL);
	assert_true(postgres_server_standby(&second, &first, "1h"));
	snprintf(rig.url, sizeof(rig.url),
	    "postgresql://hailong@/trial?host=%.50s,%.50s", second.folder,
	    first.folder);
	rig_config(&rig, NULL, "");
	rig_serve(&rig);
	return 0;
}

static int
end(void **state)
{
	(void)state;
	rig_remove(&rig);
	postgres_server_stop(&second);
	postgres_server_stop(&first);
	free(old_kiosk);
	free(old_id);
	return 0;
}

static int
deed(const char *a, const char *b, const char *c, const char *input)
{
	return rig_run(&rig, input, a, b, c, NULL);
}

static int
status_of_kiosk(const char *token)
{
	return device_ask(&rig, token, "/api/v1/kiosk", NULL)->status;
}

/* What the standby knows, so that the rest means something. */
static void
test_it_is_behind(void **state)
{
	char *there;

	(void)state;
	free(rig_device(&rig, "viewer", NULL));
	there = postgres_server_ask(&second, "trial",
	    "SELECT (SELECT count(*) FROM device WHERE kind = 'viewer'), "
	    "pg_is_in_recovery()");
	assert_non_null(there);
	assert_string_equal(there, "0|t\n");
	free(there);
}

static void
test_devices(void **state)
{
	char *kiosk;

	(void)state;
	kiosk = rig_device(&rig, "kiosk", "LH1");
	assert_int_equal(status_of_kiosk(kiosk), 200); /* it is new */
	assert_int_equal(status_of_kiosk(old_kiosk), 200);
	assert_int_equal(deed("device", "revoke", old_id, ""), 0);
	assert_int_equal(status_of_kiosk(old_kiosk), 401);
	assert_status(device_ask(&rig, old_kiosk, "/api/v1/answers",
			  json_pack("{s:[o]}", "answers", new_answer(""))),
	    401);
	assert_int_equal(status_of_kiosk(kiosk), 200);
	free(kiosk);
}

/* Each page that a fresh person opens knows of the session. */
static void
test_fresh_person(void **state)
{
	static const char *const pages[] = {"/staff/", "/staff/comments",
	    "/staff/cases", "/staff/account", "/staff/account/password",
	    "/staff/account/factor", "/staff/queue", "/staff/messages"};
	struct person fresh;

	(void)state;
	person_add(&rig, "fresh", "manager", NULL);
	fresh = person_sign_in(&rig, "fresh");
	for (size_t i = 0; i < sizeof(pages) / sizeof(pages[0]); i++)
		assert_status(person_get(&rig, &fresh, pages[i]), 200);
	/* the one session that there is */
	assert_non_null(strstr(
	    person_get(&rig, &fresh, "/staff/account")->body, "sessions"));
	assert_status(person_post(&rig, &fresh, "/logout", NULL), 303);
	assert_status(person_get(&rig, &fresh, "/staff/"), 303);
}

static void
test_another_password(void **state)
{
	(void)state;
	person_sign_in(&rig, "old");
	assert_int_equal(
	    deed("user", "password", "old", "cong cha nhu nui thai son\n"), 0);
	assert_status(
	    rig_post(&rig, "/login", "login=old&" PASSWORD_FORM), 403);
	assert_status(rig_post(&rig, "/login",
			  "login=old&password=cong+cha+nhu+nui+thai+son"),
	    303);
}

static void
test_dismissed(void **state)
{
	struct person person;

	(void)state;
	person_add(&rig, "gone", "manager", NULL);
	person = person_sign_in(&rig, "gone");
	assert_status(person_get(&rig, &person, "/staff/"), 200);
	assert_int_equal(deed("user", "disable", "gone", ""), 0);
	assert_status(person_get(&rig, &person, "/staff/"), 303);
	assert_status(
	    rig_post(&rig, "/login", "login=gone&" PASSWORD_FORM), 403);
}

/* What was answered a moment ago is in the scores. */
static void
test_answers(void **state)
{
	char *import = rig_device(&rig, "import", NULL);
	json_t *list = json_array();
	struct person person;

	(void)state;
	for (int i = 0; i < 37; i++)
		json_array_append_new(list, new_answer(""));
	json_decref(post_answers(&rig, import, list));
	person_add(&rig, "reader", "viewer", NULL);
	person = person_sign_in(&rig, "reader");
	assert_non_null(
	    strstr(person_get(&rig, &person, "/staff/")->body, "37"));
	free(import);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_it_is_behind),
	    cmocka_unit_test(test_devices),
	    cmocka_unit_test(test_fresh_person),
	    cmocka_unit_test(test_another_password),
	    cmocka_unit_test(test_dismissed),
	    cmocka_unit_test(test_answers),
	};

	return cmocka_run_group_tests(tests, begin, end);
}
