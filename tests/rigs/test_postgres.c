/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The real collector on PostgreSQL under load, while its connections are cut at
 * any moment, also between a commit and the word that it came through, and
 * while the server starts again: acknowledged answers are there as they were
 * sent, nothing is counted twice. A moment of trouble is no reason to refuse:
 * the writer tries again.
 *
 * HAILONG_KILLS=N rounds of cut connections (60), HAILONG_RESTARTS=N of the
 * server (4).
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "tests/kit/clients.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "tests/db/postgres_server.h"

#define CLIENTS 6
#define BATCH   20

static struct postgres_server server;
static struct rig rig;
static struct clients *clients;

static long
option(const char *name, long usual)
{
	const char *text = getenv(name);

	return text == NULL ? usual : strtol(text, NULL, 10);
}

static void
sql(const char *text)
{
	assert_true(postgres_server_sql(&server, "postgres", text));
}

static int
start(void **state)
{
	static char *token;

	(void)state;
	if (!postgres_server_start(&server))
		return -1;
	sql("CREATE DATABASE trial");
	rig_make_postgres(&rig, &server, "trial");
	free(token);
	token = rig_device(&rig, "import", NULL);
	rig_serve(&rig);
	clients = clients_start(&rig, token, CLIENTS, BATCH);
	return 0;
}

/* What was acknowledged is there, what is there was sent, and all of it is
 * counted. */
static int
stop(void **state)
{
	size_t refused, later;
	char stored[24];

	(void)state;
	clients_wait(clients, 100);
	clients_stop(clients);
	clients_judge(clients, &rig, true);
	snprintf(stored, sizeof(stored), "%s",
	    rig_sql(&rig, "SELECT count(*) FROM answer"));
	refused = clients_refused(clients, &later);
	printf("%zu acknowledged, %s stored, %zu sent, %zu refused\n",
	    clients_acknowledged(clients), stored, clients_sent(clients),
	    refused);
	assert_true(strtoul(stored, NULL, 10) >= clients_acknowledged(clients));
	assert_true(strtoul(stored, NULL, 10) <= clients_sent(clients));
	assert_int_equal(refused, later);
	clients_free(clients);
	rig_remove(&rig);
	postgres_server_stop(&server);
	return 0;
}

/* The writer's connection and all others of the collector. */
static void
test_cut_at_any_moment(void **state)
{
	unsigned chance = 1;

	(void)state;
	for (long i = option("HAILONG_KILLS", 60); i > 0; i--) {
		clients_wait(clients, 1 + (size_t)rand_r(&chance) % 100);
		usleep((unsigned)rand_r(&chance) % 3000);
		sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
		    "WHERE application_name = 'hailong'");
		if (i % 20 == 0)
			clients_judge(clients, &rig, false);
	}
}

/* The commit is done, but waits for a standby that does not exist: there the
 * connection is cut, and the collector never hears of it. */
static void
test_cut_between_commit_and_reply(void **state)
{
	(void)state;
	for (int i = 0; i < 5; i++) {
		sql("ALTER SYSTEM SET synchronous_standby_names = 'nobody'");
		sql("SELECT pg_reload_conf()");
		sql("DO $$ BEGIN FOR i IN 1..3000 LOOP "
		    "PERFORM pg_stat_clear_snapshot(); "
		    "IF (SELECT count(pg_terminate_backend(pid)) "
		    "FROM pg_stat_activity WHERE wait_event = 'SyncRep') > 0 "
		    "THEN RETURN; END IF; PERFORM pg_sleep(0.01); END LOOP; "
		    "RAISE 'nobody waits for the standby'; END $$");
		sql("ALTER SYSTEM RESET synchronous_standby_names");
		sql("SELECT pg_reload_conf()");
		clients_wait(clients, 50);
		clients_judge(clients, &rig, false);
	}
}

static void
test_server_starts_again(void **state)
{
	(void)state;
	for (long i = option("HAILONG_RESTARTS", 4); i > 0; i--) {
		clients_wait(clients, 50);
		if (i % 2 == 0)
			postgres_server_abort(&server);
		else
			postgres_server_kill(&server);
		assert_true(postgres_server_launch(&server));
		clients_wait(clients, 50);
		clients_judge(clients, &rig, false);
	}
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(
		test_cut_at_any_moment, start, stop),
	    cmocka_unit_test_setup_teardown(
		test_cut_between_commit_and_reply, start, stop),
	    cmocka_unit_test_setup_teardown(
		test_server_starts_again, start, stop),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
