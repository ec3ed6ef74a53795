/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The loop of one modem, in a process of its own. */
#ifndef HAILONG_SMS_WORKER_H
#define HAILONG_SMS_WORKER_H

#include <stdint.h>
#include "sms/modem/modem.h"
#include "sms/spool/spool.h"
#include "sms/supervisor.h"

#define WORKER_SLOTS     1024  /* read in one pass; the rest in the next */
#define WORKER_POLL_MS   3000  /* between passes when nothing is announced */
#define WORKER_LOOK_MS   500   /* between looks for something to send */
#define WORKER_STATE_MS  60000 /* between looks at signal and memory */
#define WORKER_ABSENT_MS 250   /* between looks whether it is plugged in */
#define WORKER_VAIN      3     /* announcements of nothing until it is told */
#define WORKER_AGAIN_MS  15000 /* after the first refusal, then 8 times it */

struct worker {
	const char *name; /* of the modem, for log and spool */
	struct modem *modem;
	struct spool *spool;
	const struct child_link *link;
	int answer_s;    /* how long the network may think about a send */
	int patience_s;  /* how long the modem may think about anything */
	int rate, cap;   /* parts a minute and a day */
	int64_t join_ms; /* WORKER_JOIN_MS */
	struct modem_state state; /* as last looked at */
	int64_t look_at;          /* when to look again (clock_mono) */
	unsigned undeleted; /* slots that could not be emptied last time */
	bool worked;        /* one whole pass went well in this process */
	unsigned unread;    /* slots that could not be taken last time */
	bool found;         /* the last pass read something */
	bool announced;     /* the modem said that something came */
	unsigned vain;      /* announcements in a row that nothing followed */
	char attention[80]; /* why a person must look, "" all is well */
	struct spool_key kept; /* of the slot that is taken raw just now */
	bool forget;           /* once its slot is empty, that key */
	unsigned rescued;      /* since its start: read by our own reader */
	unsigned unreadable;   /* since its start: kept for a person */
};

/* Waits for the modem, opens it, then reads, sends and listens until it is
 * asked to stop (CHILD_DONE) or something is wrong (another CHILD_ status). */
int worker_run(struct worker *w);
/* One pass over the storages: every part is on disk before its slot is
 * emptied. CHILD_DONE when all is well. */
int worker_read(struct worker *w);
/* Takes a PDU that libGammu cannot read (modem_keep): its words when our own
 * reader can, else as it is, for a person. context: the worker. */
bool worker_keep(void *context, const char *pdu, int slot, bool gone);
/* Sends at most one waiting message. */
int worker_send(struct worker *w);
/* Takes the delivery reports that have come. */
int worker_reports(struct worker *w);
/* Looks how the modem is, when it is time, and dials a code asked for. */
int worker_look(struct worker *w);

#endif
