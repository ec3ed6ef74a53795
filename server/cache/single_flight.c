/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A few slots, looked through from end to end under one lock, which takes less
 * than a hash would save. A slot is reused for a new key when it was asked for
 * longest ago and no thread is making its value. Making happens with the lock
 * open; all waiting threads look again whenever a value is made or failed, so
 * that after a failure the next of them tries itself.
 */
#include "server/cache/single_flight.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include "shared/clock.h"

struct flight {
	char *key;                  /* owned; NULL: empty */
	struct flight_value *value; /* NULL: none yet */
	bool under_way;             /* a thread makes it anew */
	int64_t asked;              /* when it was asked for last; a counter */
};

struct single_flight {
	pthread_mutex_t lock;
	pthread_cond_t landed;
	struct flight_age age;
	flight_free *free_value;
	int64_t asked;
	size_t n;
	struct flight flights[];
};

struct single_flight *
single_flight_create(size_t n, struct flight_age age, flight_free *free_value)
{
	struct single_flight *f =
	    calloc(1, sizeof(*f) + n * sizeof(f->flights[0]));

	if (f == NULL)
		abort();
	pthread_mutex_init(&f->lock, NULL);
	pthread_cond_init(&f->landed, NULL);
	f->age = age;
	f->free_value = free_value;
	f->n = n;
	return f;
}

/* Under the lock. */
static void
let_value_go(struct single_flight *f, struct flight_value *value)
{
	if (value != NULL && --value->holders == 0)
		f->free_value(value);
}

void
single_flight_destroy(struct single_flight *f)
{
	if (f == NULL)
		return;
	for (size_t i = 0; i < f->n; i++) {
		let_value_go(f, f->flights[i].value);
		free(f->flights[i].key);
	}
	pthread_cond_destroy(&f->landed);
	pthread_mutex_destroy(&f->lock);
	free(f);
}

/* The slot of a key; else the one asked for longest ago, emptied for it. NULL:
 * the values of all others are being made. */
static struct flight *
flight_of(struct single_flight *f, const char *key)
{
	struct flight *oldest = NULL;

	for (size_t i = 0; i < f->n; i++) {
		struct flight *p = &f->flights[i];

		if (p->key != NULL && strcmp(p->key, key) == 0)
			return p;
		if (!p->under_way &&
		    (oldest == NULL || p->asked < oldest->asked))
			oldest = p;
	}
	if (oldest == NULL)
		return NULL;
	let_value_go(f, oldest->value);
	oldest->value = NULL;
	free(oldest->key);
	oldest->key = strdup(key);
	if (oldest->key == NULL)
		abort();
	return oldest;
}

static bool
young(const struct flight_value *value, int64_t most)
{
	int64_t age;

	if (value == NULL)
		return false;
	age = clock_micro() - value->made_at;
	return age >= 0 && age <= most;
}

static bool
young_enough(const struct single_flight *f, const struct flight_value *value)
{
	int64_t most = f->age.most;

	if (value != NULL && f->age.costs > 0 &&
	    value->cost < most / f->age.costs)
		most = value->cost * f->age.costs;
	return young(value, most);
}

/* Makes the value, with the lock open meanwhile. */
static struct flight_value *
make_anew(
    struct single_flight *f, struct flight *p, flight_make *make, void *context)
{
	int64_t began = clock_micro();
	struct flight_value *value;

	p->under_way = true;
	pthread_mutex_unlock(&f->lock);
	value = make(context);
	pthread_mutex_lock(&f->lock);
	p->under_way = false;
	pthread_cond_broadcast(&f->landed);
	if (value == NULL)
		return NULL;
	value->holders = 1;
	value->made_at = clock_micro();
	value->cost = value->made_at - began;
	let_value_go(f, p->value);
	p->value = value;
	return value;
}

/* Under the lock. */
static struct flight_value *
find_flight(
    struct single_flight *f, const char *key, flight_make *make, void *context)
{
	for (;;) {
		struct flight *p = flight_of(f, key);

		if (p != NULL) {
			p->asked = ++f->asked;
			if (!p->under_way && !young_enough(f, p->value))
				return make_anew(f, p, make, context);
			if (!p->under_way || young(p->value, f->age.former))
				return p->value;
		}
		pthread_cond_wait(&f->landed, &f->lock);
	}
}

struct flight_value *
single_flight_hold(
    struct single_flight *f, const char *key, flight_make *make, void *context)
{
	struct flight_value *value;

	pthread_mutex_lock(&f->lock);
	value = find_flight(f, key, make, context);
	if (value != NULL)
		value->holders++;
	pthread_mutex_unlock(&f->lock);
	return value;
}

void
single_flight_release(struct single_flight *f, struct flight_value *value)
{
	pthread_mutex_lock(&f->lock);
	let_value_go(f, value);
	pthread_mutex_unlock(&f->lock);
}
