/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * While the machine runs there is no doubt how much time has passed, so a clock
 * that shows anything else has jumped. After a start nobody knows how long it
 * was off: then the clock may be ahead of what was kept by a long weekend, and
 * not behind it. Which hour the local time has, summer or winter, is no matter:
 * both sources are UTC.
 */
#include "server/core/trusted_clock.h"

#include <stddef.h>

static int64_t
expected(const struct trusted_clock *t, int64_t mono)
{
	return t->wall + (mono - t->mono);
}

static void
agree(struct trusted_clock *t, int64_t wall, int64_t mono)
{
	t->wall = wall;
	t->mono = mono;
	t->slack = 0;
}

enum clock_word
trusted_clock_start(struct trusted_clock *t, const struct clock_record *kept,
    int64_t newest, int64_t wall, int64_t mono)
{
	*t = (struct trusted_clock){0};
	if (kept == NULL && newest == 0) {
		agree(t, wall, mono);
		return CLOCK_AGREES;
	}
	agree(t, kept == NULL ? newest : kept->wall, mono);
	if (kept != NULL && kept->same_boot && mono >= kept->mono) {
		t->mono = kept->mono;
		return trusted_clock_look(t, wall, mono);
	}
	t->slack = CLOCK_OFF_MS;
	/* it was doubted: what it was ahead by is no time that has passed */
	if (kept != NULL && kept->off > 0 &&
	    t->slack > kept->off - 2 * CLOCK_STEP_MS)
		t->slack = kept->off > 2 * CLOCK_STEP_MS
			       ? kept->off - 2 * CLOCK_STEP_MS
			       : 0;
	return trusted_clock_look(t, wall, mono);
}

enum clock_word
trusted_clock_look(struct trusted_clock *t, int64_t wall, int64_t mono)
{
	int64_t off = wall - expected(t, mono);

	t->word = off > CLOCK_STEP_MS + t->slack ? CLOCK_AHEAD
		  : off < -CLOCK_STEP_MS         ? CLOCK_BEHIND
						 : CLOCK_AGREES;
	t->off = t->word == CLOCK_AGREES ? 0 : off;
	if (t->word == CLOCK_AGREES &&
	    (t->slack > 0 || mono - t->mono >= CLOCK_RENEW_MS))
		agree(t, wall, mono);
	return t->word;
}

int64_t
trusted_clock_now(const struct trusted_clock *t, int64_t wall, int64_t mono)
{
	int64_t due = expected(t, mono);

	return wall < due ? wall : due;
}

void
trusted_clock_confirm(struct trusted_clock *t, int64_t wall, int64_t mono)
{
	agree(t, wall, mono);
	t->word = CLOCK_AGREES;
	t->off = 0;
}
