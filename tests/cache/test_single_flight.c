/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * One makes, the others share: counted under many threads, with makers that
 * wait at a gate until the test opens it.
 */
#include "server/cache/single_flight.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdlib.h>
#include <cmocka.h>
#include <pthread.h>
#include <semaphore.h>
#include <stdatomic.h>
#include <unistd.h>

#define THREADS 16
#define HOUR    (3600 * 1000000LL)

struct number {
	struct flight_value value;
	int n;
};

/* What one caller brings; gate NULL: nothing holds its maker up. */
struct call {
	struct single_flight *f;
	const char *key;
	bool fails;
	sem_t *began, *gate;
	struct number *got;
};

static atomic_int made, freed;

static struct flight_value *
make_number(void *context)
{
	struct call *c = context;
	struct number *number;

	if (c->began != NULL)
		sem_post(c->began);
	if (c->gate != NULL)
		sem_wait(c->gate);
	if (c->fails)
		return NULL;
	number = calloc(1, sizeof(*number));
	number->n = ++made;
	return &number->value;
}

static void
free_number(struct flight_value *value)
{
	freed++;
	free(value);
}

static void *
call_in_thread(void *context)
{
	struct call *c = context;

	c->got =
	    (struct number *)single_flight_hold(c->f, c->key, make_number, c);
	return NULL;
}

/* One call, given back at once; the number it was given, 0: none. */
static int
ask(struct single_flight *f, const char *key)
{
	struct call c = {.f = f, .key = key};
	int n;

	call_in_thread(&c);
	n = c.got->n;
	single_flight_release(f, &c.got->value);
	return n;
}

static struct single_flight *
create(size_t n, int64_t most, int64_t costs, int64_t former)
{
	made = freed = 0;
	return single_flight_create(
	    n, (struct flight_age){most, costs, former}, free_number);
}

static void
test_all_share(void **state)
{
	struct single_flight *f = create(2, HOUR, 0, HOUR);
	struct call calls[THREADS];
	pthread_t threads[THREADS];
	sem_t began, gate;

	(void)state;
	sem_init(&began, 0, 0);
	sem_init(&gate, 0, 0);
	for (int i = 0; i < THREADS; i++) {
		calls[i] = (struct call){
		    .f = f, .key = "board", .began = &began, .gate = &gate};
		pthread_create(&threads[i], NULL, call_in_thread, &calls[i]);
	}
	sem_wait(&began);
	assert_int_equal(ask(f, "other"), 1); /* another key is not held up */
	sem_post(&gate);
	for (int i = 0; i < THREADS; i++) {
		pthread_join(threads[i], NULL);
		assert_int_equal(calls[i].got->n, 2);
		single_flight_release(f, &calls[i].got->value);
	}
	assert_int_equal(made, 2);
	assert_int_equal(freed, 0);
	single_flight_destroy(f);
	assert_int_equal(freed, 2);
	sem_destroy(&began);
	sem_destroy(&gate);
}

/* Too old at once: who comes while it is made anew takes the former one. */
static void
test_former(void **state)
{
	struct single_flight *f = create(2, -1, 0, HOUR);
	sem_t began, gate;
	struct call c = {
	    .f = f, .key = "board", .began = &began, .gate = &gate};
	pthread_t thread;

	(void)state;
	sem_init(&began, 0, 0);
	sem_init(&gate, 0, 0);
	assert_int_equal(ask(f, "board"), 1);
	pthread_create(&thread, NULL, call_in_thread, &c);
	sem_wait(&began);
	assert_int_equal(ask(f, "board"), 1);
	sem_post(&gate);
	pthread_join(thread, NULL);
	assert_int_equal(c.got->n, 2);
	single_flight_release(f, &c.got->value);
	assert_int_equal(ask(f, "board"), 3);
	single_flight_destroy(f);
	assert_int_equal(freed, 3);
	sem_destroy(&began);
	sem_destroy(&gate);
}

/* Those who waited for one that failed try themselves, one after the other. */
static void
test_failure(void **state)
{
	struct single_flight *f = create(2, HOUR, 0, HOUR);
	struct call calls[THREADS];
	pthread_t threads[THREADS];
	sem_t began, gate;

	(void)state;
	sem_init(&began, 0, 0);
	sem_init(&gate, 0, 0);
	for (int i = 0; i < THREADS; i++) {
		calls[i] = (struct call){.f = f,
		    .key = "board",
		    .fails = true,
		    .began = &began,
		    .gate = &gate};
		pthread_create(&threads[i], NULL, call_in_thread, &calls[i]);
	}
	for (int i = 0; i < THREADS; i++) {
		sem_wait(&began);
		sem_post(&gate);
	}
	for (int i = 0; i < THREADS; i++) {
		pthread_join(threads[i], NULL);
		assert_null(calls[i].got);
	}
	assert_int_equal(ask(f, "board"), 1);
	single_flight_destroy(f);
	sem_destroy(&began);
	sem_destroy(&gate);
}

/* The key asked for longest ago goes; who holds its value keeps it. */
static void
test_oldest_goes(void **state)
{
	struct single_flight *f = create(2, HOUR, 0, HOUR);
	struct call c = {.f = f, .key = "a"};

	(void)state;
	call_in_thread(&c);
	assert_int_equal(ask(f, "b"), 2);
	assert_int_equal(ask(f, "b"), 2);
	assert_int_equal(ask(f, "c"), 3);
	assert_int_equal(freed, 0);
	assert_int_equal(c.got->n, 1);
	single_flight_release(f, &c.got->value);
	assert_int_equal(freed, 1);
	assert_int_equal(ask(f, "b"), 2);
	assert_int_equal(ask(f, "a"), 4);
	single_flight_destroy(f);
	assert_int_equal(freed, 4);
}

/* With every slot on its way a new key waits for one. */
static void
test_full(void **state)
{
	struct single_flight *f = create(1, HOUR, 0, HOUR);
	sem_t began, gate;
	struct call first = {
	    .f = f, .key = "a", .began = &began, .gate = &gate};
	struct call second = {.f = f, .key = "b"};
	pthread_t threads[2];

	(void)state;
	sem_init(&began, 0, 0);
	sem_init(&gate, 0, 0);
	pthread_create(&threads[0], NULL, call_in_thread, &first);
	sem_wait(&began);
	pthread_create(&threads[1], NULL, call_in_thread, &second);
	usleep(20 * 1000);
	assert_int_equal(made, 0);
	sem_post(&gate);
	pthread_join(threads[0], NULL);
	pthread_join(threads[1], NULL);
	assert_int_equal(first.got->n, 1);
	assert_int_equal(second.got->n, 2);
	single_flight_release(f, &first.got->value);
	single_flight_release(f, &second.got->value);
	single_flight_destroy(f);
	assert_int_equal(freed, 2);
	sem_destroy(&began);
	sem_destroy(&gate);
}

/* The limit is a multiple of what the value cost: next to nothing here. */
static void
test_cheap_is_made_anew(void **state)
{
	struct single_flight *f = create(1, HOUR, 1, HOUR);

	(void)state;
	assert_int_equal(ask(f, "a"), 1);
	while (ask(f, "a") == 1)
		usleep(1000);
	assert_int_equal(made, 2);
	single_flight_destroy(f);
}

static void *
ask_often(void *context)
{
	static const char *const keys[] = {"a", "b", "c", "d", "e"};

	for (int i = 0; i < 500; i++)
		ask(context, keys[i % 5]);
	return NULL;
}

/* More keys than slots, all too old: for the thread sanitizer's eyes. */
static void
test_storm(void **state)
{
	struct single_flight *f = create(3, 20, 0, 20);
	pthread_t threads[THREADS];

	(void)state;
	for (int i = 0; i < THREADS; i++)
		pthread_create(&threads[i], NULL, ask_often, f);
	for (int i = 0; i < THREADS; i++)
		pthread_join(threads[i], NULL);
	single_flight_destroy(f);
	assert_int_equal(made, freed);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_all_share),
	    cmocka_unit_test(test_former),
	    cmocka_unit_test(test_failure),
	    cmocka_unit_test(test_oldest_goes),
	    cmocka_unit_test(test_full),
	    cmocka_unit_test(test_cheap_is_made_anew),
	    cmocka_unit_test(test_storm),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
