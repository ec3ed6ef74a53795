/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * kill -9 under load, at a time by chance, again and again: acknowledged
 * answers are there as they were sent, what was not acknowledged is sent again
 * and counted once, tallies equal a recount.
 *
 * HAILONG_KILLS=N rounds (100).
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
#include "shared/clock.h"

#define CLIENTS 8
#define BATCH   20

/* Starts it; how long until it was ready, in ms. */
static int64_t
serve(struct rig *rig)
{
	int64_t began = clock_mono();

	rig_serve(rig);
	return clock_mono() - began;
}

static long
rounds(void)
{
	const char *text = getenv("HAILONG_KILLS");

	return text == NULL ? 100 : strtol(text, NULL, 10);
}

static void
test_killed_under_load(void **state)
{
	static struct rig rig;
	struct clients *clients = NULL;
	int64_t ready, longest = 0;
	unsigned chance = 1;
	char count[24];
	char *token;

	(void)state;
	rig_make(&rig, "");
	token = rig_device(&rig, "import", NULL);
	for (long round = 1; round <= rounds(); round++) {
		ready = serve(&rig);
		longest = ready > longest ? ready : longest;
		if (clients == NULL)
			clients = clients_start(&rig, token, CLIENTS, BATCH);
		clients_wait(clients, 1 + (size_t)rand_r(&chance) % 300);
		usleep((unsigned)rand_r(&chance) % 5000);
		rig_kill(&rig);
		clients_judge(clients, &rig, round % 25 == 0);
	}
	serve(&rig);
	clients_wait(clients, 100);
	clients_stop(clients);
	clients_judge(clients, &rig, true);
	/* the last batch of each came through, or was never told of */
	snprintf(count, sizeof(count), "%s",
	    rig_sql(&rig, "SELECT count(*) FROM answer"));
	printf("%ld kills: %zu acknowledged, %s stored, %zu sent; ready after "
	       "%lld ms at most\n",
	    rounds(), clients_acknowledged(clients), count,
	    clients_sent(clients), (long long)longest);
	assert_true(strtoul(count, NULL, 10) >= clients_acknowledged(clients));
	assert_true(strtoul(count, NULL, 10) <= clients_sent(clients));
	assert_string_equal(
	    rig_sql(&rig, "SELECT sum(n1+n2+n3+n4+n5) FROM tally"), count);
	assert_string_equal(rig_sql(&rig, "PRAGMA integrity_check"), "ok");
	clients_free(clients);
	free(token);
	rig_remove(&rig);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_killed_under_load),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
