/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What comes in is checked here, for every channel alike: an answer of a known
 * shape (shared/answer.h) against the catalogue and against who sent it, giving
 * an entry as it will stand in the table.
 */
#ifndef HAILONG_SERVER_INTAKE_CHECK_H
#define HAILONG_SERVER_INTAKE_CHECK_H

#include <stdbool.h>
#include <stdint.h>
#include "server/core/catalogue/catalogue.h"
#include "shared/answer.h"

struct entry;

/* Who sends an answer, and what follows from it. */
struct sender {
	const char *channel;       /* kiosk, web, sms, api, paper */
	const char *device;        /* id; "" for the web form */
	const char *desk;          /* a device's own desk, NULL: must be said */
	bool own_desk_only;        /* kiosk: may rate no other desk … */
	const char *const *former; /* … but those where it stood before */
	size_t nformer;
};

/* Checks an answer and fills the entry, whose strings live in the arena, the
 * answer or the catalogue. now: our clock. False with one sentence in error. */
bool check_answer(const struct answer *answer, const struct sender *sender,
    const struct catalogue *catalogue, int64_t now, struct arena *a,
    struct entry *out, char error[LIMIT_ERROR_BYTES]);

/* Sets an entry's time, day and flags: at is when it was given by our
 * reckoning, now when it came; flag is one more of ours, NULL for none. */
void check_time(const struct answer *answer, int64_t at, const char *flag,
    int64_t now, struct arena *a, struct entry *out);

#endif
