/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Honest days at a desk, as they come: more people than usual on some days and
 * hours, families together, one network for the whole office, a child who
 * drums, a kiosk without a network. Random, but by a seed alone.
 */
#ifndef HAILONG_TESTS_ATTACK_HONEST_H
#define HAILONG_TESTS_ATTACK_HONEST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "server/core/burst/burst.h"

struct honest_desk {
	const char *code, *channel; /* "web" or "kiosk" */
	double mean;                /* answers of a usual day */
	uint64_t random;            /* state: begin with a seed, not 0 */
};

/* A number from 0 to below 1. */
double honest_random(uint64_t *state);
/* The answers of a day (days since 1970) into a list with room for `room`, by
 * the time when they arrive; returns how many. Ids are numbered by *next. */
size_t honest_day(struct honest_desk *desk, int32_t day, uint64_t *next,
    struct burst_answer *list, size_t room);

#endif
