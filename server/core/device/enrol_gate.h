/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * How many new kiosks may ask from one source: invented keys by the thousand
 * shall not take the places of those that wait to be let in. A key that asks
 * again, as a kiosk does every few seconds, is no new one. Pure, in memory.
 */
#ifndef HAILONG_SERVER_CORE_DEVICE_ENROL_GATE_H
#define HAILONG_SERVER_CORE_DEVICE_ENROL_GATE_H

#include <stdbool.h>
#include <stdint.h>

struct enrol_gate;

/* Makes one that nothing has passed; the caller destroys it. */
struct enrol_gate *enrol_gate_create(void);
/* Frees it. NULL is allowed. */
void enrol_gate_destroy(struct enrol_gate *g);

/* Lets a key (a hash of it) of a source (a keyed hash; 0 not known, then it is
 * let in) ask. Else in how many ms it may; 0: now. */
int64_t enrol_gate_wait(
    struct enrol_gate *g, uint64_t source, uint64_t key, int64_t now);
/* True when one was turned away within the life of a code: somebody floods, and
 * a kiosk that is not seen may only have been crowded out. */
bool enrol_gate_crowded(const struct enrol_gate *g, int64_t now);

#endif
