/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The database is taken away under the real collector: removed, moved,
 * replaced, written over, its log gone; a PostgreSQL server that comes back
 * from an older copy. From that moment nothing is acknowledged, the sender is
 * told to come again, /healthz says why; and it is known how it goes on: what
 * was put back is used again by itself, else the collector is started anew.
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
#include "tests/db/postgres_server.h"

#define AFTER 20 /* answers that are sent when it is gone */

static void
deed_in(const char *folder, const char *line)
{
	char command[600];

	snprintf(command, sizeof(command), "cd %s && %s", folder, line);
	assert_int_equal(system(command), 0);
}

static json_t *
one_answer(void)
{
	return json_pack("{s:[o]}", "answers", new_answer(""));
}

/* How many of AFTER new answers are acknowledged. */
static int
acknowledged(const struct rig *rig, const char *token)
{
	int n = 0;

	for (int i = 0; i < AFTER; i++) {
		const struct reply *reply =
		    device_ask(rig, token, "/api/v1/answers", one_answer());

		n += reply->status == 200;
		if (reply->status == 503)
			assert_non_null(strstr(reply->head, "Retry-After"));
	}
	return n;
}

static void
expect_reason(const struct rig *rig, const char *says)
{
	assert_status(get(rig, "/healthz"), 503);
	if (strstr(get(rig, "/healthz")->body, says) == NULL)
		fail_msg(
		    "\"%s\" and not \"%s\"", get(rig, "/healthz")->body, says);
}

/* It finds out by itself that all is well again. */
static void
wait_until_well(const struct rig *rig)
{
	for (int i = 0; i < RIG_PATIENCE * 20; i++) {
		if (get(rig, "/healthz")->status == 200)
			return;
		usleep(50000);
	}
	fail_msg("it is put right and the collector does not say so");
}

static const struct {
	const char *title, *deed, *says;
	const char *back; /* puts it right; NULL: it must start again */
} deeds[] = {
    {"removed", "rm db", "removed or moved", NULL},
    {"removed with its log", "rm db db-wal db-shm", "removed or moved", NULL},
    {"moved", "mv db old", "removed or moved", "mv old db"},
    {"replaced by a copy", "cp db x && mv x db", "was replaced", NULL},
    {"replaced by nothing", "rm db && touch y db", "was replaced", NULL},
    {"copied over", "head -c 8192 fresh > x && cp x db", "became smaller",
	NULL},
    {"emptied", ": > db", "became smaller", NULL},
    {"its log removed", "rm db-wal", "log (-wal, -shm) was removed", NULL},
    {"its index removed", "rm db-shm", "log (-wal, -shm) was removed", NULL},
    {"its log moved", "mv db-wal w", "log (-wal, -shm)", "mv w db-wal"},
    {"a second name", "ln db second", "second name", "rm second"},
};

static void
test_file(void **state)
{
	int sum = 0;

	(void)state;
	for (size_t i = 0; i < sizeof(deeds) / sizeof(deeds[0]); i++) {
		static struct rig rig;
		char *token;
		int n;

		rig_make(&rig, "");
		token = rig_device(&rig, "import", NULL);
		deed_in(rig.folder, "cp db fresh");
		rig_serve(&rig);
		assert_int_equal(acknowledged(&rig, token), AFTER);
		deed_in(rig.folder, deeds[i].deed);
		n = acknowledged(&rig, token);
		printf("%s: %d of %d acknowledged after it\n", deeds[i].title,
		    n, AFTER);
		sum += n;
		if (n == 0) {
			expect_reason(&rig, deeds[i].says);
			if (deeds[i].back != NULL) {
				deed_in(rig.folder, deeds[i].back);
				wait_until_well(&rig);
			} else {
				rig_kill(&rig);
				deed_in(rig.folder,
				    "rm -f db db-wal db-shm && cp fresh db");
				rig_serve(&rig);
			}
			assert_int_equal(acknowledged(&rig, token), AFTER);
			rig_check(&rig);
		} else {
			rig_kill(&rig);
		}
		free(token);
		rig_remove(&rig);
	}
	assert_int_equal(sum, 0);
}

/* Idle: /healthz knows, though nobody writes. */
static void
test_idle(void **state)
{
	static struct rig rig;

	(void)state;
	rig_make(&rig, "");
	rig_serve(&rig);
	deed_in(rig.folder, "mv db old");
	expect_reason(&rig, "removed or moved");
	deed_in(rig.folder, "mv old db");
	wait_until_well(&rig);
	rig_remove(&rig);
}

/* -------------------------------------------------------------- PostgreSQL */

/* A server that ends and comes back from a copy of its folder: of before the
 * last answers, or of after them. */
static void
come_back(struct rig *rig, struct postgres_server *server, bool older)
{
	char *token = rig_device(rig, "import", NULL);
	int n;

	rig_serve(rig);
	assert_int_equal(acknowledged(rig, token), AFTER);
	if (!older)
		assert_int_equal(acknowledged(rig, token), AFTER);
	postgres_server_abort(server);
	deed_in(server->folder, "rm -rf copy && cp -a data copy");
	assert_true(postgres_server_launch(server));
	wait_until_well(rig);
	if (older)
		assert_true(acknowledged(rig, token) > 0);
	postgres_server_abort(server);
	deed_in(server->folder, "rm -rf data && cp -a copy data");
	assert_true(postgres_server_launch(server));
	wait_until_well(rig);
	/* the first one after it may find its connection lost */
	n = acknowledged(rig, token) > 0 ? acknowledged(rig, token) : 0;
	printf("back from %s copy: %d of %d acknowledged after it\n",
	    older ? "an older" : "the newest", n, AFTER);
	assert_int_equal(n, older ? 0 : AFTER);
	if (older) {
		expect_reason(rig, "lacks answers that were confirmed");
		assert_int_equal(rig_stop(rig), 0);
		rig_serve(rig);
		assert_int_equal(acknowledged(rig, token), AFTER);
	}
	rig_check(rig);
	free(token);
}

static void
test_server_set_back(void **state)
{
	static struct postgres_server server;
	static struct rig rig;

	(void)state;
	assert_true(postgres_server_start(&server));
	for (int older = 0; older < 2; older++) {
		assert_true(postgres_server_sql(&server, "postgres",
		    older ? "CREATE DATABASE one" : "CREATE DATABASE two"));
		rig_make_postgres(&rig, &server, older ? "one" : "two");
		come_back(&rig, &server, older);
		rig_remove(&rig);
	}
	postgres_server_stop(&server);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_file),
	    cmocka_unit_test(test_idle),
	    cmocka_unit_test(test_server_set_back),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
