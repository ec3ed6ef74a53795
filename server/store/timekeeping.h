/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The collector's watch over its machine's clock (core/trusted_clock.h): looks
 * each second, keeps in the database what the next start needs, and lets old
 * things be erased only while two sources agree on the time.
 */
#ifndef HAILONG_SERVER_STORE_TIMEKEEPING_H
#define HAILONG_SERVER_STORE_TIMEKEEPING_H

#include <stdbool.h>
#include <stdint.h>
#include "server/core/trusted_clock.h"

struct db;
struct job_list;

/* How long things are kept that are erased. */
struct keeping {
	int contact_days, text_days; /* [privacy] of the settings */
	int64_t session_idle;        /* ms after which a session is over */
};

struct timekeeping {
	struct trusted_clock clock;
	bool told;         /* the doubt that is there now was logged */
	int64_t confirmed; /* the newest confirmation that was heard */
	int64_t look_at, erase_at, audit_at; /* clock_mono */
	_Atomic int64_t off; /* ms; of the clock, for other threads */
};

/* Reads what was kept and looks; logs a doubt. False when the database does not
 * answer. Changes nothing; also for a command before it acts. */
bool timekeeping_begin(struct timekeeping *k, struct db *db);
/* Looks, when a second is over; hears a confirmation; adds the errands that are
 * due: what is to be kept, to tell what commands did, and each hour, while the
 * clock is believed, an erasure. The loop's: errands are for the writer. */
void timekeeping_turn(struct timekeeping *k, struct db *db,
    const struct keeping *keeping, struct job_list *errands);
/* An administrator says that this machine's clock is right: kept, and heard by
 * the collectors that run. In the caller's transaction. */
bool timekeeping_confirm(struct db *db);

#endif
