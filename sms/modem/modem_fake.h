/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A modem without a modem: slots and a list of what was sent, in memory, with
 * faults on request. For tests of the worker; the simulator of tests/modem
 * stands in for hardware.
 */
#ifndef HAILONG_SMS_MODEM_MODEM_FAKE_H
#define HAILONG_SMS_MODEM_MODEM_FAKE_H

#include "sms/modem/modem.h"

#define FAKE_SLOTS 300
#define FAKE_SENT  32

struct modem_fake {
	struct modem modem; /* first: a struct modem * is one of these */
	struct modem_part slots[FAKE_SLOTS];
	bool used[FAKE_SLOTS];
	char sent[FAKE_SENT][200]; /* "NUMBER TEXT" */
	int nsent;
	struct modem_report reports[FAKE_SENT]; /* to be taken */
	int nreports;
	struct modem_state state; /* what look says */
	int cursor;
	int reference; /* of the last part taken */
	/* what the next calls do */
	enum modem_result open_result;
	enum modem_result send_result;
	enum modem_result look_result;
	enum modem_result wait_result;
	int send_code;
	int absent;         /* so many times present says no */
	int parts;          /* of a sending, that are taken before its result */
	int refuse_removes; /* so many removes are refused */
	int lose_at;        /* reading this slot loses the modem, -1 none */
	int garble_at;      /* reading this slot is MODEM_UNREADABLE, -1 none */
	const char *garbled; /* its PDU, for rescue */
	bool pretends;       /* remove says that it did, and does nothing */
	/* called before a slot is emptied, NULL: nothing */
	void (*before_remove)(struct modem_fake *fake, int slot);
	void *context;
};

/* Makes an empty modem that plays along. close frees it. */
struct modem_fake *modem_fake_create(void);
/* Puts a part into the first free slot; returns the slot, -1 when full. */
int modem_fake_receive(struct modem_fake *f, const struct modem_part *part);
/* Slots in use. */
int modem_fake_used(const struct modem_fake *f);

#endif
