/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The fingers on the glass: how many there are, and whether one rests in the
 * corner, which opens the operator's page. Pure; times are clock_mono.
 */
#ifndef HAILONG_KIOSK_FINGERS_H
#define HAILONG_KIOSK_FINGERS_H

#include <stdbool.h>
#include <stdint.h>

#define FINGERS_MOST      10
#define FINGERS_CORNER_MS (10 * 1000) /* at rest there, alone */
#define FINGERS_HOLD_MS   2000        /* a long press */

struct finger {
	uintptr_t id;
	int64_t since;
	double x, y; /* now */
	double from_x, from_y;
	bool strayed; /* left the place where it came down */
};

struct fingers {
	struct finger list[FINGERS_MOST];
	int now;    /* on the glass */
	int most;   /* at once since the glass was empty */
	int reach;  /* px a finger may move without leaving its place */
	int corner; /* px, the edge of the corner at the upper left */
};

/* A finger comes down, moves, leaves; px. An id that is not known, or one
 * finger too many, is ignored. */
void fingers_down(
    struct fingers *f, uintptr_t id, double x, double y, int64_t now);
void fingers_move(struct fingers *f, uintptr_t id, double x, double y);
void fingers_up(struct fingers *f, uintptr_t id);
/* Forgets all fingers: the window lost their events. */
void fingers_none(struct fingers *f);
/* The finger of that id, NULL when it is not on the glass. */
const struct finger *fingers_find(const struct fingers *f, uintptr_t id);
/* True when one finger alone has rested in the corner long enough. */
bool fingers_in_corner(const struct fingers *f, int64_t now);

#endif
