/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The operator's PIN as it is typed on the glass, and how often. Pure but for
 * the hash; times are clock_mono. */
#ifndef HAILONG_KIOSK_PIN_H
#define HAILONG_KIOSK_PIN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define PIN_LONGEST 12 /* digits */
#define PIN_FREE    3  /* wrong tries before one has to wait */
#define PIN_COUNTED 99 /* more of them make no difference */

struct pin {
	char typed[PIN_LONGEST + 1];
	int wrong; /* tries in a row */
	int64_t locked_until;
};

/* As it was left by an earlier run, with so many tries wrong in a row: after
 * too many one has to wait, from now. */
void pin_begin(struct pin *p, int wrong, int64_t now);
/* A digit, 0 to 9; ignored when there is no room or one has to wait. */
void pin_digit(struct pin *p, int digit, int64_t now);
/* Forgets what was typed. */
void pin_erase(struct pin *p);
/* Tries what was typed and forgets it. "" as hash: no PIN is right. */
bool pin_try(struct pin *p, const char *hash, int64_t now);
/* Seconds until one may try again, 0: now. */
int pin_wait(const struct pin *p, int64_t now);

#endif
