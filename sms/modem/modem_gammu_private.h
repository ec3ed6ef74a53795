/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Inside of the libGammu driver: the only file that includes its header. */
#ifndef HAILONG_SMS_MODEM_MODEM_GAMMU_PRIVATE_H
#define HAILONG_SMS_MODEM_MODEM_GAMMU_PRIVATE_H

#include <gammu.h>
#include <signal.h>
#include <sys/stat.h>
#include "sms/modem/modem_gammu.h"
#include "sms/modem/raw_slot.h"

#define GAMMU_PAUSE_US 50000 /* between two looks at the line */
#define GAMMU_RING     64    /* reports that came and were not taken yet */
#define GAMMU_UNREAD   64    /* slots of a pass that libGammu cannot read */

/* What a callback noted: a report (+CDS), or where one lies (+CDSI). */
struct gammu_note {
	bool stored;
	int slot;
	struct modem_report report;
};

struct modem_gammu {
	struct modem modem;
	const struct modem_gammu_settings *settings;
	GSM_StateMachine *machine;
	GSM_MultiSMSMessage *sms; /* the last one read */
	GSM_SMSC center;
	struct stat device;              /* as it was when it was opened */
	bool direct;                     /* reports come as they are */
	volatile sig_atomic_t announced; /* the modem said +CMTI */
	volatile sig_atomic_t status;    /* of the part being sent */
	volatile sig_atomic_t reference;
	struct gammu_note ring[GAMMU_RING];
	unsigned ring_in, ring_out;
	struct raw_slot unread[GAMMU_UNREAD]; /* of the running pass */
	size_t nunread;
	bool doubtful; /* a call was lost: no other may follow */
	char ussd[MODEM_USSD_BYTES];
	volatile sig_atomic_t answered; /* the operator said something */
};

/* What every call needs, modem_gammu_call.c. Once, before the first: an alarm
 * ends the running call. */
void gammu_watch_deadlines(void);
/* Begins a deadline (0: ends it). When it passes, the running call returns, and
 * gammu_expired is true. */
void gammu_deadline(struct modem_gammu *g, int seconds);
bool gammu_expired(void);
/* Ends the deadline and says what a call came to. */
enum modem_result gammu_judge(struct modem_gammu *g, GSM_Error error);
/* The same of a call that asks and changes nothing: while the line answers,
 * whatever else is wrong is a no (MODEM_REFUSED). */
enum modem_result gammu_judge_question(struct modem_gammu *g, GSM_Error error);
/* Is it an error of device or line, of waiting, or an answer to another
 * question? gammu-error.h has most of these in a row. */
bool gammu_line_failed(GSM_Error error);
/* A number or text of libGammu's as UTF-8, cut to size. */
void gammu_text(const unsigned char *unicode, char *out, size_t size);
/* libGammu's time as ms since 1970 UTC, its offset in minutes; 0: none. */
int64_t gammu_time(const GSM_DateTime *at, int *offset);
/* The SIM's message centre, asked for once. */
enum modem_result gammu_find_center(struct modem_gammu *g);

/* Reads what lies among the stored reports since before it was opened. */
enum modem_result gammu_sweep_reports(struct modem_gammu *g);
/* The callback for whatever comes in. */
void gammu_incoming(GSM_StateMachine *s, GSM_SMSMessage *sms, void *context);
void gammu_service(GSM_StateMachine *s, GSM_USSDMessage *ussd, void *context);
void gammu_sent(GSM_StateMachine *s, int status, int reference, void *context);

/* What libGammu decoded, in our words. */
void gammu_read_part(const GSM_SMSMessage *sms, struct modem_part *part);

/* The driver's operations, by file: modem_gammu_read.c, */
enum modem_result gammu_next(
    struct modem *m, bool start, struct modem_part *part);
enum modem_result gammu_remove(struct modem *m, int slot, bool look);
enum modem_result gammu_rescue(
    struct modem *m, modem_keep *keep, void *context);
enum modem_result gammu_report(struct modem *m, struct modem_report *report);
/* modem_gammu_send.c, */
enum modem_result gammu_send(struct modem *m, const char *number,
    const char *text, struct modem_sent *sent);
/* modem_gammu_state.c. */
enum modem_result gammu_look(struct modem *m, struct modem_state *state);
enum modem_result gammu_ask(
    struct modem *m, const char *code, char answer[MODEM_USSD_BYTES]);

#endif
