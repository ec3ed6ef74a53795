/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A new kiosk asks to be taken in: it shows a code of eight letters and a QR,
 * an administrator approves it for a desk on the collector's staff page, and
 * the token comes sealed for this device's key. A thread asks every few
 * seconds; a code lives for ten minutes, then there is another one.
 */
#ifndef HAILONG_KIOSK_ENROL_H
#define HAILONG_KIOSK_ENROL_H

#include <stdbool.h>
#include "kiosk/identity.h"
#include "shared/limits.h"

struct enrol;

enum enrol_state {
	ENROL_OFFLINE, /* the collector is not reached */
	ENROL_WAITING, /* it knows the code, which is not approved yet */
	ENROL_APPROVED /* identity is complete and kept */
};

struct enrol_view {
	enum enrol_state state;
	char code[LIMIT_ENROL_CODE + 1];
	char address[LIMIT_ADDRESS_BYTES + 1]; /* of the page to approve on */
	int minutes;                           /* the code's life, rounded up */
};

/* Starts; NULL, logged, when it cannot. The identity is the thread's until
 * enrol_stop; it has a key. */
struct enrol *enrol_start(
    const char *url, const char *outbox, struct identity *identity);
/* What to show now. */
void enrol_look(struct enrol *e, struct enrol_view *out);
/* As courier_alive. */
int64_t enrol_alive(const struct enrol *e);
/* Ends the thread; NULL is allowed. */
void enrol_stop(struct enrol *e);

/* A code for people to read and type: eight of 32 letters and digits, none that
 * is taken for another (0 O 1 I). */
void enrol_code(char out[LIMIT_ENROL_CODE + 1]);

#endif
