/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Two collectors on one PostgreSQL, sent the same answers at the same time: in
 * batches by chance out of a window that moves on, in any order, many times
 * over. Nobody waits in a circle, everything is stored once and counted once,
 * and both say of it what is true.
 *
 * HAILONG_BATCHES=N batches of each client (250).
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "tests/kit/clients.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "tests/db/postgres_server.h"

#define COLLECTORS 2
#define CLIENTS    8 /* half of them at each */
#define BATCH      40
#define WINDOW     150
#define MOST       200000 /* answers */
#define REQUEST    12000

static struct postgres_server server;
static struct rig rigs[COLLECTORS];
static char *token;

static struct uuid ids[MOST];
static atomic_bool sent[MOST], acknowledged[MOST];
static atomic_size_t moved; /* where the window begins */
static atomic_size_t stored, refused;
static long batches;

/* Different answers out of the window, in any order. */
static size_t
choose(unsigned *chance, size_t list[BATCH])
{
	size_t from = moved, n = 1 + (size_t)rand_r(chance) % BATCH, i, k;

	for (i = 0; i < n;) {
		list[i] = from + (size_t)rand_r(chance) % WINDOW;
		for (k = 0; k < i && list[k] != list[i]; k++)
			;
		if (k == i)
			i++;
	}
	return n;
}

static size_t
occurrences(const char *text, const char *word)
{
	size_t n = 0;

	for (; (text = strstr(text, word)) != NULL; text++)
		n++;
	return n;
}

/* Sends one batch; false when it is refused, or answered with a lie. */
static bool
send_batch(int fd, const size_t list[BATCH], size_t n)
{
	char request[REQUEST + 400];
	struct uuid chosen[BATCH];
	struct reply reply = {0};
	size_t size;
	bool ok;

	for (size_t i = 0; i < n; i++) {
		chosen[i] = ids[list[i]];
		sent[list[i]] = true;
	}
	size = clients_request(token, chosen, n, request, sizeof(request));
	ok = rig_send(fd, request, size) && rig_read(fd, &reply) &&
	     clients_confirmed(&reply, n);
	if (ok)
		stored += occurrences(reply.body, "\"stored\"");
	for (size_t i = 0; ok && i < n; i++)
		acknowledged[list[i]] = true;
	reply_finish(&reply);
	return ok;
}

static void *
run(void *arg)
{
	size_t number = (size_t)(uintptr_t)arg, list[BATCH], n;
	unsigned chance = (unsigned)number;
	int fd = rig_connect(&rigs[number % COLLECTORS]);

	for (long i = 0; i < batches && fd >= 0; i++) {
		n = choose(&chance, list);
		if (!send_batch(fd, list, n))
			refused++;
		if (moved + WINDOW + 20 < MOST)
			moved += 5;
	}
	close(fd);
	return NULL;
}

static size_t
marked(const atomic_bool list[MOST])
{
	size_t n = 0;

	for (size_t i = 0; i < MOST; i++)
		n += list[i];
	return n;
}

/* Ids that are not in the order in which they are sent. */
static void
make_ids(void)
{
	for (size_t i = 0; i < MOST; i++) {
		uint32_t mixed = (uint32_t)i * 2654435761u;

		memcpy(ids[i].bytes, &mixed, sizeof(mixed));
		memcpy(ids[i].bytes + 12, &i, 4);
		ids[i].bytes[6] = 0x70;
		ids[i].bytes[8] = 0x80;
	}
}

static void
run_clients(void)
{
	pthread_t threads[CLIENTS];

	for (size_t i = 0; i < CLIENTS; i++)
		assert_int_equal(pthread_create(&threads[i], NULL, run,
				     (void *)(uintptr_t)i),
		    0);
	for (size_t i = 0; i < CLIENTS; i++)
		pthread_join(threads[i], NULL);
}

static void
assert_all_there(void)
{
	static struct uuid known[MOST];
	char count[24];
	size_t n = 0;

	for (size_t i = 0; i < MOST; i++)
		if (acknowledged[i])
			known[n++] = ids[i];
	assert_int_equal(rig_missing(&rigs[0], known, n), 0);
	snprintf(count, sizeof(count), "%zu", marked(sent));
	assert_string_equal(
	    rig_sql(&rigs[1], "SELECT count(*) FROM answer"), count);
}

static void
test_same_answers_at_once(void **state)
{
	const char *text = getenv("HAILONG_BATCHES");
	const char *deadlocks;

	(void)state;
	batches = text == NULL ? 250 : strtol(text, NULL, 10);
	make_ids();
	run_clients();
	deadlocks = rig_sql(&rigs[0],
	    "SELECT deadlocks FROM pg_stat_database WHERE datname = 'shared'");
	printf("%zu sent, %zu acknowledged, %zu times called new, %zu refused, "
	       "%s deadlocks\n",
	    marked(sent), marked(acknowledged), (size_t)stored, (size_t)refused,
	    deadlocks);
	assert_string_equal(deadlocks, "0");
	assert_int_equal(refused, 0);
	assert_int_equal(marked(acknowledged), marked(sent));
	assert_int_equal(stored, marked(sent)); /* each is new once */
	assert_all_there();
	rig_check(&rigs[0]);
}

static int
start(void **state)
{
	(void)state;
	if (!postgres_server_start(&server) ||
	    !postgres_server_sql(&server, "postgres", "CREATE DATABASE shared"))
		return -1;
	for (int i = 0; i < COLLECTORS; i++)
		rig_make_postgres(&rigs[i], &server, "shared");
	token = rig_device(&rigs[0], "import", NULL);
	for (int i = 0; i < COLLECTORS; i++)
		rig_serve(&rigs[i]);
	return 0;
}

static int
stop(void **state)
{
	(void)state;
	for (int i = 0; i < COLLECTORS; i++)
		rig_remove(&rigs[i]);
	free(token);
	postgres_server_stop(&server);
	return 0;
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_same_answers_at_once),
	};

	return cmocka_run_group_tests(tests, start, stop);
}
