/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Values that many ask for at about the same time and that cost something to
 * make: one caller makes it, the others share it. For any thread.
 */
#ifndef HAILONG_SERVER_CACHE_SINGLE_FLIGHT_H
#define HAILONG_SERVER_CACHE_SINGLE_FLIGHT_H

#include <stddef.h>
#include <stdint.h>

struct single_flight;

/* First member of each value. The cache fills it; a value does not change once
 * it is made. */
struct flight_value {
	int holders;           /* under the lock of the cache */
	int64_t made_at, cost; /* microseconds */
};

/* How old a value may be, in microseconds. */
struct flight_age {
	int64_t most;  /* to be given away … */
	int64_t costs; /* … and so many times its cost; 0: whatever it cost */
	int64_t former; /* while it is being made anew */
};

/* Makes a value from the caller's context, without a lock; NULL: it failed. */
typedef struct flight_value *flight_make(void *context);
/* Frees a value that has no holders left. */
typedef void flight_free(struct flight_value *value);

/* Keeps the values of the n keys asked for last. Ends the program when there is
 * no memory. */
struct single_flight *single_flight_create(
    size_t n, struct flight_age age, flight_free *free_value);
/* No thread may be in it and no value held. NULL is allowed. */
void single_flight_destroy(struct single_flight *f);

/* The value of a key, held until single_flight_release: a kept one that is
 * young enough; else the one that make makes, in this thread; or, while another
 * thread makes it, the former one, and the new one where the former is too old.
 * NULL when this thread's make failed. */
struct flight_value *single_flight_hold(
    struct single_flight *f, const char *key, flight_make *make, void *context);
/* Ends a hold; a value that is no longer kept is freed with its last one. */
void single_flight_release(struct single_flight *f, struct flight_value *value);

#endif
