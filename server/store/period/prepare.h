/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * At the end of a period the units' reports are prepared by themselves: a draft
 * for each, which those responsible find on their board.
 */
#ifndef HAILONG_SERVER_STORE_PERIOD_PREPARE_H
#define HAILONG_SERVER_STORE_PERIOD_PREPARE_H

#include <stdbool.h>
#include <stdint.h>

struct catalogue;
struct db;
struct job_list;

/* So many days after its end a period is still prepared: a collector may have
 * been off, and nothing asks for the reports of years ago. */
#define PREPARE_DAYS 31

struct preparing {
	int64_t look_at; /* clock_mono; 0: at once */
};

/* Looks, each hour while the clock is believed, for periods of the plan that
 * have ended and lack a draft, and adds the errands that make them. The
 * loop's: errands are for the writer. */
void preparing_turn(struct preparing *p, struct db *db,
    const struct catalogue *c, bool believed, struct job_list *errands);

#endif
