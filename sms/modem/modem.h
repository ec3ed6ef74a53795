/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * One modem, as the worker sees it. Drivers: modem_gammu.c (libGammu's AT
 * driver) and modem_fake.c (tests). Every call ends within its deadline; after
 * MODEM_LOST the modem may only be closed, and a new process opens it again.
 */
#ifndef HAILONG_SMS_MODEM_MODEM_H
#define HAILONG_SMS_MODEM_MODEM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define MODEM_NAME_BYTES   40
#define MODEM_SENDER_BYTES 64
#define MODEM_UDH_BYTES    141
#define MODEM_TEXT_BYTES   1304 /* UTF-16BE of one part */
#define MODEM_PARTS        32   /* of one message to be sent */
#define MODEM_WORDS        64   /* an operator's name, an IMEI */
#define MODEM_USSD_BYTES   600

#define MODEM_OPEN_S 120 /* deadlines, in seconds */
#define MODEM_READ_S 12  /* the usual; a setting */
#define MODEM_SEND_S 35  /* and the wait for the network's answer */

enum modem_result {
	MODEM_OK,
	MODEM_EMPTY,      /* nothing more to read, nothing has come */
	MODEM_UNREADABLE, /* this slot cannot be decoded; the next may */
	MODEM_REFUSED,    /* modem or network said no; nothing else happened */
	MODEM_LOST,       /* no answer in time, or the device is gone */
	MODEM_RESULT_COUNT
};

enum modem_kind {
	MODEM_TEXT,  /* words of a person or a service */
	MODEM_OTHER, /* binary, own copy: no words */
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

/* How a sending went, part for part. */
struct modem_sent {
	int code;                    /* MODEM_REFUSED: the network's, -1 none */
	int parts;                   /* the network took so many of them */
	int references[MODEM_PARTS]; /* TP-MR of each of these */
};

/* A delivery report: what became of a part that was sent. */
struct modem_report {
	char number[MODEM_SENDER_BYTES]; /* whom it was sent to */
	int reference;
	int64_t sent_at; /* ms, when the message centre got the part; 0: ? */
	int status;      /* TP-ST (3GPP TS 23.040, 9.2.3.15) */
};

enum modem_network {
	NETWORK_UNKNOWN,
	NETWORK_HOME,
	NETWORK_ROAMING,
	NETWORK_SEARCHING,
	NETWORK_DENIED,
	NETWORK_NONE,
	MODEM_NETWORK_COUNT
};

/* How the modem is; what it did not say is -1 or "". */
struct modem_state {
	int signal; /* percent */
	enum modem_network network;
	char operator[MODEM_WORDS];
	char model[MODEM_WORDS];
	char imei[MODEM_WORDS];
	char sim[MODEM_WORDS];  /* IMSI */
	int sim_used, sim_size; /* slots of the SIM */
	int own_used, own_size; /* of the modem's own storage */
};

/* Takes the PDU (hex) of a slot that the driver cannot read, before the slot is
 * emptied; false leaves it there. Called once more with gone when the slot was
 * found empty of it afterwards; false: the spool failed. slot: a number of its
 * own for each place of the modem. */
typedef bool modem_keep(void *context, const char *pdu, int slot, bool gone);

struct modem {
	const struct modem_ops *ops;
	char error[160]; /* of the last call: one clause, never a number */
};

struct modem_ops {
	/* Is it plugged in, and does it answer? May be asked before open. */
	bool (*present)(struct modem *m);
	/* Makes the modem ready to read and send. */
	enum modem_result (*open)(struct modem *m);
	/* The next part of a pass through all storages; start begins one. The
	 * slot is set for MODEM_OK only. */
	enum modem_result (*next)(
	    struct modem *m, bool start, struct modem_part *part);
	/* Empties a slot that the running pass has read. look: and looks
	 * whether it is empty now, for modems that only say so; MODEM_REFUSED
	 * when it is not. */
	enum modem_result (*remove)(struct modem *m, int slot, bool look);
	/* After a pass: hands the slots that were MODEM_UNREADABLE to keep, as
	 * they are, and empties those it took that still hold the same, and
	 * looks whether they are empty now. MODEM_REFUSED: some are left. */
	enum modem_result (*rescue)(
	    struct modem *m, modem_keep *keep, void *context);
	/* Sends one text to one number, in several parts when it is long, and
	 * asks for delivery reports. MODEM_OK: the network took all of it.
	 * MODEM_REFUSED: it did not take the part after sent->parts.
	 * MODEM_LOST: of that part it is unknown, it must not be sent again. */
	enum modem_result (*send)(struct modem *m, const char *number,
	    const char *text, struct modem_sent *sent);
	/* Takes one delivery report that has come; MODEM_EMPTY: none. Also
	 * after a sending was MODEM_LOST: what has come by then. */
	enum modem_result (*report)(
	    struct modem *m, struct modem_report *report);
	/* Looks at signal, network and memory. */
	enum modem_result (*look)(struct modem *m, struct modem_state *state);
	/* Dials a service code (*101#) and takes the operator's words. */
	enum modem_result (*ask)(
	    struct modem *m, const char *code, char answer[MODEM_USSD_BYTES]);
	/* Listens up to ms. MODEM_OK: the modem says that something came.
	 * MODEM_LOST: it was pulled out. */
	enum modem_result (*wait)(struct modem *m, int ms);
	/* Closes and frees; allowed at any time, NULL too. */
	void (*close)(struct modem *m);
};

#endif
