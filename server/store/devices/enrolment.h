/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Kiosks that ask to become devices. What writes expects an open transaction.
 */
#ifndef HAILONG_SERVER_STORE_DEVICES_ENROLMENT_H
#define HAILONG_SERVER_STORE_DEVICES_ENROLMENT_H

#include <stdbool.h>
#include <stdint.h>
#include "shared/keys.h"

struct arena;
struct db;

enum enrolled {
	ENROLLED_WAITING,
	ENROLLED_APPROVED,
	ENROLLED_TAKEN /* the code is another kiosk's */
};

/* What an approval came to. */
enum approval {
	APPROVAL_NONE,    /* no kiosk waits with this code */
	APPROVAL_DONE,    /* it is a device now */
	APPROVAL_AWAITED, /* it will be, as soon as it asks */
};

/* A kiosk's request, and what is known of it. Strings of the answer are the
 * arena's. */
struct enrolment {
	uint8_t key[KEY_PUBLIC];
	const char *code, *version;
	enum enrolled state;
	const char *device, *desk, *sealed; /* when approved */
	int64_t expires_at;
};

/* Notes the request and fills in the rest; false when the database refused. */
bool store_enrol(
    struct db *db, struct arena *a, struct enrolment *e, int64_t now);
/* Approves the kiosk that waits with this code as a new device of that name for
 * a desk. Where none waits, and others may have crowded it out (crowded, or the
 * places are all taken), its code is awaited for LIMIT_ENROL_MS: then it is let
 * in when it asks. False when the database refused. */
bool store_enrol_approve(struct db *db, const char *code, const char *desk,
    const char *device, bool crowded, int64_t now, enum approval *approval);
/* Whether a code is awaited; false also when it cannot be read. */
bool store_enrol_awaited(struct db *db, const char *code);

#endif
