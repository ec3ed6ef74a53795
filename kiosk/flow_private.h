/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What flow.c (the table of events, time), flow_asked.c (one answer) and
 * flow_idle.c (before an answer) use of each other: flow.c calls both,
 * flow_asked.c calls flow_idle.c. Included by these three only. Times are
 * clock_mono in ms; what returns unsigned returns effects (enum flow_effect).
 */
#ifndef HAILONG_KIOSK_FLOW_PRIVATE_H
#define HAILONG_KIOSK_FLOW_PRIVATE_H

#include "kiosk/flow.h"

/* Screens as bits of a set. */
#define ON(screen) (1u << (screen))

/* What an event does on a screen where it counts; returns the effects, 0 when
 * the event's value is out of range. */
typedef unsigned flow_handler(struct flow *f, const struct flow_event *e);

/* flow_idle.c */

/* Changes to a screen, also to the same one anew. */
unsigned flow_go(struct flow *f, enum flow_screen screen, int64_t now);
/* The screen to begin on, by settings, hours, trouble and call. */
enum flow_screen flow_first_screen(const struct flow *f);
/* Makes ready for the next citizen: the first screen, the first language, a
 * call that waits. */
unsigned flow_go_home(struct flow *f, int64_t now);
/* Copies a token; NULL or one that does not fit gives "". */
void flow_copy_token(char out[FLOW_TOKEN], const char *token);
/* Time has passed before an answer; idle: ms since the last touch. Back to
 * the first screen when the call has ended or the touch was long ago. */
unsigned flow_tick_idle(struct flow *f, int64_t idle, int64_t now);
flow_handler flow_on_call, flow_on_wake, flow_on_hours;

/* flow_asked.c */

/* Ends the answer, if one is open: it changes no more; then the first screen.
 */
unsigned flow_finish(struct flow *f, int64_t now);
flow_handler flow_on_face, flow_on_choose, flow_on_toggle, flow_on_score,
    flow_on_send, flow_on_skip, flow_on_again, flow_on_next, flow_on_continue,
    flow_on_touch, flow_on_language, flow_on_done;

#endif
