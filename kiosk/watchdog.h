/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Whether the kiosk lives, for the system's watchdog: its loop turns, its
 * threads move, and pictures reach the screen. Pure; times are clock_mono.
 */
#ifndef HAILONG_KIOSK_WATCHDOG_H
#define HAILONG_KIOSK_WATCHDOG_H

#include <stdbool.h>
#include <stdint.h>

/* Longer than any wait of a thread that shows no sign of life. */
#define WATCHDOG_THREADS_MS (25 * 1000)

struct watchdog {
	unsigned frames; /* painted, when it was asked last */
	bool asked;
};

/* True when the watchdog may be told that all is well; to be asked once a beat,
 * by the loop itself. threads: the last sign of life of the slowest thread.
 * screens: connected now; without one no picture can be painted, which is no
 * fault. */
bool watchdog_ask(struct watchdog *w, int64_t now, int64_t threads,
    unsigned frames, int screens);

#endif
