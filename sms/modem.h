/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * One modem, as the worker sees it. Drivers: modem_gammu.c (libGammu's AT
 * driver) and modem_fake.c (tests). Every call ends within its deadline; after
 * MODEM_LOST the modem may only be closed, and a new process opens it again.
 */
#ifndef HAILONG_SMS_MODEM_H
#define HAILONG_SMS_MODEM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define MODEM_NAME_BYTES   40
#define MODEM_SENDER_BYTES 64
#define MODEM_UDH_BYTES    141
#define MODEM_TEXT_BYTES   1304 /* UTF-16BE of one part */

#define MODEM_OPEN_S 120 /* deadlines, in seconds */
#define MODEM_READ_S 25
#define MODEM_SEND_S 35 /* and the wait for the network's answer */

enum modem_result {
	MODEM_OK,
	MODEM_EMPTY,      /* nothing more to read */
	MODEM_UNREADABLE, /* this slot cannot be decoded; the next may */
	MODEM_REFUSED,    /* modem or network said no; nothing else happened */
	MODEM_LOST,       /* no answer in time, or the device is gone */
	MODEM_RESULT_COUNT
};

enum modem_kind {
	MODEM_TEXT,  /* words of a person or a service */
	MODEM_OTHER, /* delivery report, binary, own copy: no words */
	MODEM_KIND_COUNT
};

/* One SMS part as it lies in the modem. */
struct modem_part {
	enum modem_kind kind;
	int slot; /* the driver's own number, for remove */
	char sender[MODEM_SENDER_BYTES];
	int64_t sent_at; /* ms, the network's time stamp; 0: unreadable */
	int sent_offset; /* its minutes east of UTC */
	uint8_t udh[MODEM_UDH_BYTES];
	size_t udh_bytes;
	uint8_t text[MODEM_TEXT_BYTES]; /* UTF-16BE */
	size_t text_bytes;
};

struct modem {
	const struct modem_ops *ops;
	char error[160]; /* of the last call: one clause, never a number */
};

struct modem_ops {
	/* Makes the modem ready to read and send. */
	enum modem_result (*open)(struct modem *m);
	/* The next part of a pass through all storages; start begins one. The
	 * slot is set for MODEM_OK only. */
	enum modem_result (*next)(
	    struct modem *m, bool start, struct modem_part *part);
	/* Empties a slot that the running pass has read. */
	enum modem_result (*remove)(struct modem *m, int slot);
	/* Sends one text to one number, in several parts when it is long.
	 * MODEM_OK: the network took all of it. MODEM_REFUSED: it did not,
	 * *code says why. MODEM_LOST: unknown, it must not be sent again. */
	enum modem_result (*send)(
	    struct modem *m, const char *number, const char *text, int *code);
	/* Listens up to ms; true when the modem says that something came. */
	bool (*wait)(struct modem *m, int ms);
	/* Closes and frees; allowed at any time, NULL too. */
	void (*close)(struct modem *m);
};

#endif
