/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Time as the programs see it; tests set it. */
#ifndef HAILONG_SHARED_CLOCK_H
#define HAILONG_SHARED_CLOCK_H

#include <stdbool.h>
#include <stdint.h>

#define CLOCK_BOOT_TEXT 40 /* room for a boot's id and its NUL */

/* Milliseconds since 1970-01-01 UTC. */
int64_t clock_now(void);
/* Milliseconds since boot, suspended time included (CLOCK_BOOTTIME): never
 * jumps. */
int64_t clock_mono(void);
/* Tells this boot of the machine from all others, so that times of clock_mono
 * can be compared; "" when the system does not say. Static memory. */
const char *clock_boot(void);
/* True when the system's time is kept right by a server of time. */
bool clock_synced(void);
/* Microseconds of a clock that only runs forward, to measure how long something
 * took. */
int64_t clock_micro(void);
/* Tests: clock_now() answers this from now on; negative: the real clock. */
void clock_set(int64_t ms);

#endif
