/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A modem in memory: storages, a network that waits while they are full and
 * sends delivery reports, a log of what went over the air, the dialect of a
 * maker, and the faults that real modems showed. at*.c speak for it on the
 * line, control_chart.c lets a person or a test play the network. No I/O and no
 * clock here: main.c moves the bytes and says what time it is.
 */
#ifndef HAILONG_TESTS_MODEM_SIM_H
#define HAILONG_TESTS_MODEM_SIM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "shared/buf.h"
#include "tests/modem/pdu.h"

#define SIM_SLOTS_MAX 255
#define SIM_PIN_TRIES 3
#define SIM_FAULTS    8
#define SIM_REPORT_MS 300 /* from a sending to its delivery report */

enum sim_storage {
	SIM_SM, /* the SIM card */
	SIM_ME, /* the modem's own */
	SIM_SR, /* delivery reports */
	SIM_STORAGE_COUNT
};

enum sim_fault_kind {
	FAULT_SILENT,  /* neither done nor answered */
	FAULT_REFUSE,  /* not done: +CMS ERROR */
	FAULT_GARBAGE, /* not done: noise instead of an answer */
	FAULT_DEAF,    /* done, the answer lost */
	FAULT_LATE,    /* done, the answer late */
	FAULT_NOISE,   /* done, noise around the answer */
	FAULT_UNPLUG,  /* done, and the cable falls out */
	FAULT_KIND_COUNT
};

/* A fault that is to happen, and to which command: "CMGL", "CMGS" (before the
 * prompt), "PDU" (after the text), "" any. */
struct sim_fault {
	enum sim_fault_kind kind;
	char on[16];
	int times; /* how many more */
	int value; /* REFUSE: the CMS code; LATE: ms */
};

/* How makers differ, as far as a driver can see it. */
struct sim_dialect {
	const char *name, *maker, *model;
	const char *storages;         /* what AT+CPMS=? says */
	const char *announces;        /* what AT+CNMI=? says */
	const char *between;          /* in a listing, before the length */
	int base;                     /* number of the first slot */
	bool empty_is_error;          /* AT+CMGR of an empty slot */
	bool own, reports;            /* has the storages ME, SR */
	const char *const chatter[4]; /* said unasked at the start */
	const char *notice;           /* and with each message, NULL nothing */
};

struct sim_slot {
	bool used;
	int state; /* 0 unread, 1 read */
	char pdu[PDU_HEX];
};

/* One PDU on the air. */
struct sim_flight {
	char way; /* '>' to the modem, '<' from it */
	int64_t at;
	char pdu[PDU_HEX];
};

/* A delivery report that is on its way. */
struct sim_report {
	int64_t due;
	char pdu[PDU_HEX];
};

struct sim {
	const struct sim_dialect *dialect;
	struct sim_slot slots[SIM_STORAGE_COUNT][SIM_SLOTS_MAX];
	int size[SIM_STORAGE_COUNT];
	enum sim_storage current; /* the one AT+CPMS chose for reading */
	enum sim_storage arriving;
	/* the network */
	int64_t now;              /* ms; said by main.c */
	char (*waiting)[PDU_HEX]; /* while storage is full; from `first` on */
	size_t first, nwaiting;
	struct sim_flight *air;
	size_t nair, nsent;
	struct sim_report *reports;
	size_t nreports;
	bool reporting;  /* the network sends delivery reports */
	int report_ms;   /* after so long */
	int report_code; /* with this status; 0: delivered */
	bool skewed;     /* the modem counts its references from 1 again */
	int reference;   /* of the last sending */
	int twice;       /* the next so many messages come doubled */
	int signal, registered;
	char ussd[200]; /* what the operator says to a USSD code */
	/* faults */
	struct sim_fault faults[SIM_FAULTS];
	int late_ms; /* before the next answer: main.c takes and clears it */
	int slow_ms; /* before each answer */
	int baud;    /* of a slow line, 0: as fast as it goes */
	bool keeps;  /* AT+CMGD says OK and does nothing */
	bool plugged;
	bool quit;
	/* the line's state */
	struct buf line; /* the command being received */
	bool entering;   /* between CMGS and its end */
	int announce;    /* CNMI mt: 1 the place of a new message is said */
	int tell;        /* CNMI ds: 1 +CDS, 2 +CDSI */
	bool wide;       /* CSCS "UCS2" */
	int errors;      /* CMEE */
	char imsi[20];   /* whose SIM it is */
	char pin[16];    /* "" : the SIM asks for none */
	bool locked;
	int pin_tries; /* left */
	int next_ref;  /* of long incoming messages */
	/* counted for status */
	unsigned pin_wrong, listings, deletions, refused;
};

/* Makes a modem with so many slots in SIM and own storage, plugged in, of the
 * plain dialect. */
void sim_init(struct sim *s, int sim_slots, int own_slots, const char *pin);
void sim_finish(struct sim *s);
/* Speaks a maker's dialect from now on; false when nobody knows it. */
bool sim_speak(struct sim *s, const char *dialect);
/* The modem loses power and comes back: line state goes, messages stay. What it
 * says unasked is appended to out (NULL: not wanted). */
void sim_restart(struct sim *s, struct buf *out);
/* Time goes on to `now`; reports that are due are appended to out. */
void sim_tick(struct sim *s, int64_t now, struct buf *out);
/* The network brings a message; announcements are appended to out. */
void sim_arrive(struct sim *s, const char *pdu, struct buf *out);
/* Slots in use of one storage. */
int sim_used(const struct sim *s, enum sim_storage storage);
/* Empties a slot (from 0); what waits in the network may then come in. */
void sim_remove(
    struct sim *s, enum sim_storage storage, int index, struct buf *out);
/* Notes a PDU as sent, whose delivery report will come; its reference. */
int sim_sent(struct sim *s, const char *pdu);
/* The fault that is to happen to a command now, counted down; NULL: none. */
const struct sim_fault *sim_fault(struct sim *s, const char *command);
/* "SM", "ME", "SR". */
const char *sim_storage_name(enum sim_storage storage);

/* at.c: bytes from the line; answers, echo included, are appended to out. */
void at_input(struct sim *s, const char *bytes, size_t n, struct buf *out);

/* control_chart.c: one command of a person or test, without its newline. What
 * the modem then says on the line goes to line, the reply to the person to
 * reply
 * ("error: …" when the command was refused). */
void control_command(
    struct sim *s, const char *command, struct buf *line, struct buf *reply);
/* The commands, one a line, for --help. */
extern const char control_help[];

#endif
