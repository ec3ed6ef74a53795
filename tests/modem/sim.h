/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A modem in memory: two storages, a network that waits while they are full, a
 * list of what was sent, and the faults that real modems showed. at.c speaks
 * for it on the line, control.c lets a person or a test play the network.
 * No I/O here: main.c moves the bytes.
 */
#ifndef HAILONG_TESTS_MODEM_SIM_H
#define HAILONG_TESTS_MODEM_SIM_H

#include <stdbool.h>
#include <stddef.h>
#include "shared/buf.h"
#include "tests/modem/pdu.h"

#define SIM_SLOTS_MAX 255
#define SIM_PIN_TRIES 3

enum sim_storage { SIM_SM, SIM_ME, SIM_STORAGE_COUNT };

enum sim_fault {
	FAULT_CMGL_SILENT, /* no answer to the listing */
	FAULT_CMS,         /* a sending is refused, with a code */
	FAULT_ANSWER_LOST, /* a sending is taken, its answer lost */
	FAULT_CMGD_ERROR,  /* a deletion is refused */
	FAULT_CMGD_SILENT, /* a deletion is neither done nor answered */
	FAULT_GARBAGE,     /* noise instead of an answer */
	FAULT_COUNT
};

struct sim_slot {
	bool used;
	int state; /* 0 unread, 1 read */
	char pdu[PDU_HEX];
};

struct sim {
	struct sim_slot slots[SIM_STORAGE_COUNT][SIM_SLOTS_MAX];
	int size[SIM_STORAGE_COUNT];
	enum sim_storage current; /* the one AT+CPMS chose for reading */
	enum sim_storage arriving;
	char (*waiting)[PDU_HEX]; /* in the network, while storage is full */
	size_t nwaiting;
	char (*sent)[PDU_HEX];
	size_t nsent;
	int reference;           /* of the last sending */
	int faults[FAULT_COUNT]; /* how many more times */
	int cms_code;
	int slow_ms; /* before each answer */
	bool plugged;
	bool quit;
	/* the line's state */
	struct buf line; /* the command being received */
	bool entering;   /* between CMGS and its end */
	bool announce;   /* CNMI mt=1 */
	int errors;      /* CMEE */
	char pin[16];    /* "" : the SIM asks for none */
	bool locked;
	int pin_tries;                           /* left */
	int next_ref;                            /* of long incoming messages */
	unsigned pin_wrong, listings, deletions; /* counted for status */
};

/* Makes a modem with so many slots in SIM and own storage, plugged in. */
void sim_init(struct sim *s, int sim_slots, int own_slots, const char *pin);
void sim_finish(struct sim *s);
/* The modem loses power and comes back: line state goes, messages stay. */
void sim_restart(struct sim *s);
/* The network brings a message; announcements are appended to out. */
void sim_arrive(struct sim *s, const char *pdu, struct buf *out);
/* Slots in use of one storage. */
int sim_used(const struct sim *s, enum sim_storage storage);
/* Empties a slot (from 1); what waits in the network may then come in. */
void sim_remove(
    struct sim *s, enum sim_storage storage, int index, struct buf *out);
/* Notes a PDU as sent; returns its reference. */
int sim_sent(struct sim *s, const char *pdu);
/* True, once for each time it was asked for, when a fault is to happen. */
bool sim_fault(struct sim *s, enum sim_fault fault);
/* "SM", "ME". */
const char *sim_storage_name(enum sim_storage storage);

/* at.c: bytes from the line; answers, echo included, are appended to out. */
void at_input(struct sim *s, const char *bytes, size_t n, struct buf *out);

/* control.c: one command of a person or test, without its newline. What the
 * modem then says on the line goes to line, the reply to the person to reply
 * ("error: …" when the command was refused). */
void control_command(
    struct sim *s, const char *command, struct buf *line, struct buf *reply);
/* The commands, one a line, for --help. */
extern const char control_help[];

#endif
