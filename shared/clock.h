/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Time as the programs see it; tests set it. */
#ifndef HAILONG_SHARED_CLOCK_H
#define HAILONG_SHARED_CLOCK_H

#include <stdint.h>

/* Milliseconds since 1970-01-01 UTC. */
int64_t clock_now(void);
/* Milliseconds since boot, suspended time included (CLOCK_BOOTTIME): never
 * jumps. */
int64_t clock_mono(void);
/* Microseconds of a clock that only runs forward, to measure how long something
 * took. */
int64_t clock_micro(void);
/* Tests: clock_now() answers this from now on; negative: the real clock. */
void clock_set(int64_t ms);

#endif
