/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * libGammu's AT driver, used with the care that its faults taught (each was
 * seen with Debian's 1.42 against the simulator of tests/modem):
 *   - Every call runs under alarm(); the handler aborts the operation, and an
 *     aborted state machine is never used again (libGammu does not clear it).
 *   - CNMIParams must be -1 when a GSM_Config is filled by hand: zero turns the
 *     announcements off. Announced messages stay in the modem (mt=1), because
 *     libGammu's handling of +CMT leaves their place unset.
 *   - GSM_SendSMS returns before the network answered. The answer comes to a
 *     callback with a reference; an "OK" without one is the stale answer of
 *     another command and means nothing.
 *   - GSM_DecodeMultiPartSMS is never called: it writes outside its memory. One
 *     part's Text is all we need, sms/join.c does the rest.
 *   - UnicodeCoding is chosen by counting: left to itself, libGammu takes some
 *     Vietnamese accents off and leaves others on.
 *   - Callbacks set a flag and nothing else; the library is not reentrant.
 *   - A Multi structure takes 266 kB: one, on the heap.
 */
#include "sms/modem_gammu.h"

#include <gammu.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <stdio.h>
#include <unistd.h>
#include "shared/buf.h"
#include "shared/civil.h"
#include "shared/clock.h"
#include "sms/gsm7.h"
#include "sms/utf16.h"

#define INIT_S    40    /* libGammu takes 3.4 s when all is well */
#define PAUSE_US  50000 /* between two looks at the line */
#define NO_STATUS (-2)  /* the network has not answered yet */

struct modem_gammu {
	struct modem modem;
	const struct modem_gammu_settings *settings;
	GSM_StateMachine *machine;
	GSM_MultiSMSMessage *sms; /* the last one read */
	GSM_SMSC center;
	volatile sig_atomic_t announced; /* the modem said +CMTI */
	volatile sig_atomic_t status;    /* of the part being sent */
	volatile sig_atomic_t reference;
};

/* What the alarm aborts; one modem a process. */
static GSM_StateMachine *volatile under_deadline;
static volatile sig_atomic_t expired;

static void
on_alarm(int signal)
{
	(void)signal;
	expired = 1;
	if (under_deadline != NULL)
		GSM_AbortOperation(under_deadline);
}

static void
deadline(struct modem_gammu *g, int seconds)
{
	under_deadline = seconds > 0 ? g->machine : NULL;
	if (seconds > 0)
		expired = 0;
	alarm((unsigned)seconds);
}

/* Ends a deadline and says what the call came to. */
static enum modem_result
judge(struct modem_gammu *g, GSM_Error error)
{
	deadline(g, 0);
	if (error == ERR_NONE && !expired)
		return MODEM_OK;
	snprintf(g->modem.error, sizeof(g->modem.error), "%s",
	    expired ? "no answer in time" : GSM_ErrorString(error));
	if (expired)
		return MODEM_LOST;
	switch (error) {
	case ERR_EMPTY:
		return MODEM_EMPTY;
	case ERR_CORRUPTED:
	case ERR_UNKNOWN:
	case ERR_INVALIDDATA:
		return MODEM_UNREADABLE;
	case ERR_INVALIDLOCATION:
	case ERR_NOTSUPPORTED:
	case ERR_FULL:
	case ERR_PERMISSION:
	case ERR_MEMORY:
	case ERR_BUSY:
	case ERR_PHONE_INTERNAL:
		return MODEM_REFUSED;
	default:
		return MODEM_LOST;
	}
}

static void
on_incoming(GSM_StateMachine *s, GSM_SMSMessage *sms, void *context)
{
	struct modem_gammu *g = context;

	(void)s;
	(void)sms;
	g->announced = 1;
}

static void
on_sent(GSM_StateMachine *s, int status, int reference, void *context)
{
	struct modem_gammu *g = context;

	(void)s;
	g->status = status;
	g->reference = reference;
}

static GSM_Config *
configure(struct modem_gammu *g)
{
	GSM_Config *c = GSM_GetConfig(g->machine, 0);

	c->Device = strdup(g->settings->device);
	c->Connection = strdup(g->settings->connection);
	snprintf(c->Model, sizeof(c->Model), "%s", g->settings->model);
	c->SyncTime = FALSE;
	c->LockDevice = FALSE;
	c->StartInfo = FALSE;
	c->UseGlobalDebugFile = FALSE;
	for (size_t i = 0; i < 5; i++)
		c->CNMIParams[i] = -1;
	GSM_SetConfigNum(g->machine, 1);
	return c;
}

/* Opens a SIM that asks for its PIN; the PIN is tried once. */
static enum modem_result
unlock(struct modem_gammu *g)
{
	const struct modem_gammu_settings *set = g->settings;
	GSM_SecurityCode code = {.Type = SEC_None};
	enum modem_result r;
	const char *pin;

	deadline(g, MODEM_READ_S);
	r = judge(g, GSM_GetSecurityStatus(g->machine, &code.Type));
	if (r == MODEM_LOST || (r == MODEM_OK && code.Type == SEC_None))
		return r;
	if (r != MODEM_OK || code.Type != SEC_Pin) {
		snprintf(g->modem.error, sizeof(g->modem.error),
		    "the SIM is missing or asks for another code than its PIN");
		return r == MODEM_OK ? MODEM_REFUSED : r;
	}
	pin = set->pin == NULL ? NULL : set->pin(set->context, false);
	if (pin == NULL || strlen(pin) >= sizeof(code.Code)) {
		snprintf(g->modem.error, sizeof(g->modem.error),
		    "the SIM asks for its PIN: write the right one to "
		    "pin_file (a refused one is not tried again)");
		return MODEM_REFUSED;
	}
	memcpy(code.Code, pin, strlen(pin) + 1);
	deadline(g, MODEM_READ_S);
	r = judge(g, GSM_EnterSecurityCode(g->machine, &code));
	if (r == MODEM_OK)
		set->pin(set->context, true);
	return r;
}

/* The SIM's message centre, asked for once. */
static enum modem_result
find_center(struct modem_gammu *g)
{
	enum modem_result r;

	if (UnicodeLength(g->center.Number) > 0)
		return MODEM_OK;
	g->center.Location = 1;
	deadline(g, MODEM_READ_S);
	r = judge(g, GSM_GetSMSC(g->machine, &g->center));
	/* no SMS was begun: it may be tried again */
	return r == MODEM_OK ? MODEM_OK : r == MODEM_LOST ? r : MODEM_REFUSED;
}

static enum modem_result
gammu_open(struct modem *m)
{
	struct modem_gammu *g = (struct modem_gammu *)m;
	struct sigaction act = {.sa_handler = on_alarm};
	enum modem_result r;
	GSM_Error error;

	sigaction(SIGALRM, &act, NULL);
	GSM_InitLocales(NULL);
	g->machine = GSM_AllocStateMachine();
	if (g->machine == NULL)
		abort();
	configure(g);
	deadline(g, INIT_S);
	r = judge(g, GSM_InitConnection(g->machine, 1));
	if (r != MODEM_OK)
		return r;
	GSM_SetSendSMSStatusCallback(g->machine, on_sent, g);
	r = unlock(g);
	if (r != MODEM_OK)
		return r;
	GSM_SetIncomingSMSCallback(g->machine, on_incoming, g);
	deadline(g, MODEM_READ_S);
	error = GSM_SetIncomingSMS(g->machine, TRUE);
	r = judge(g, error);
	/* without announcements there is still the polling; a SIM that is not
	 * ready to name its centre is asked again before the first sending */
	if (r != MODEM_LOST)
		r = find_center(g);
	return r == MODEM_LOST ? r : MODEM_OK;
}

static void
read_sender(const GSM_SMSMessage *sms, struct modem_part *part)
{
	struct buf text;
	size_t length = UnicodeLength(sms->Number);

	buf_init(&text);
	utf16_to_utf8(&text, sms->Number, 2 * length, 40);
	part->sender[0] = '\0';
	strncat(part->sender, buf_text(&text), sizeof(part->sender) - 1);
	buf_finish(&text);
}

static void
read_time(const GSM_DateTime *at, struct modem_part *part)
{
	struct civil date = {at->Year, at->Month, at->Day};

	if (!civil_valid(date))
		return;
	part->sent_offset = at->Timezone / 60;
	part->sent_at = ((int64_t)civil_to_day(date) * 86400 + at->Hour * 3600 +
			    at->Minute * 60 + at->Second - at->Timezone) *
			1000;
}

static void
read_part(const GSM_SMSMessage *sms, struct modem_part *part)
{
	size_t bytes = 2 * UnicodeLength(sms->Text);

	part->slot = sms->Location;
	read_sender(sms, part);
	read_time(&sms->DateTime, part);
	if (sms->UDH.Type != UDH_NoUDH && sms->UDH.Length > 0 &&
	    (size_t)sms->UDH.Length <= sizeof(sms->UDH.Text)) {
		part->udh_bytes = (size_t)sms->UDH.Length;
		memcpy(part->udh, sms->UDH.Text, part->udh_bytes);
	}
	part->kind = sms->PDU == SMS_Deliver && sms->Coding != SMS_Coding_8bit
			 ? MODEM_TEXT
			 : MODEM_OTHER;
	if (part->kind == MODEM_TEXT && bytes <= sizeof(part->text)) {
		part->text_bytes = bytes;
		memcpy(part->text, sms->Text, bytes);
	}
}

static enum modem_result
gammu_next(struct modem *m, bool start, struct modem_part *part)
{
	struct modem_gammu *g = (struct modem_gammu *)m;
	enum modem_result r;

	if (start) {
		g->announced = 0;
		memset(g->sms, 0, sizeof(*g->sms));
	}
	deadline(g, MODEM_READ_S);
	r = judge(g, GSM_GetNextSMS(g->machine, g->sms, start));
	/* the listing itself failed: nothing can be skipped */
	if (r == MODEM_UNREADABLE && start && g->sms->SMS[0].Location == 0)
		return MODEM_LOST;
	if (r == MODEM_OK)
		read_part(&g->sms->SMS[0], part);
	return r;
}

static enum modem_result
gammu_remove(struct modem *m, int slot)
{
	struct modem_gammu *g = (struct modem_gammu *)m;
	static GSM_SMSMessage sms;
	enum modem_result r;

	memset(&sms, 0, sizeof(sms));
	sms.Location = slot; /* folder 0: libGammu's flat numbering */
	deadline(g, MODEM_READ_S);
	r = judge(g, GSM_DeleteSMS(g->machine, &sms));
	return r == MODEM_EMPTY ? MODEM_OK : r;
}

/* Cuts a text into parts; false when libGammu cannot. */
static bool
encode(const char *text, GSM_MultiSMSMessage *out)
{
	GSM_MultiPartSMSInfo *info = calloc(1, sizeof(*info));
	struct buf unicode;
	bool ok;

	if (info == NULL)
		abort();
	GSM_ClearMultiPartSMSInfo(info);
	info->Class = -1;
	info->EntriesNum = 1;
	info->UnicodeCoding = gsm7_septets(text) < 0;
	info->Entries[0].ID = SMS_ConcatenatedTextLong;
	buf_init(&unicode);
	utf16_from_utf8(&unicode, text);
	buf_add(&unicode, "\0\0", 2);
	info->Entries[0].Buffer = (unsigned char *)unicode.data;
	ok = GSM_EncodeMultiPartSMS(NULL, info, out) == ERR_NONE &&
	     out->Number > 0;
	buf_finish(&unicode);
	free(info);
	return ok;
}

/* Sends one part and waits for the network's word about it. */
static enum modem_result
send_part(struct modem_gammu *g, GSM_SMSMessage *part, int *code)
{
	int64_t until;
	enum modem_result r;

	g->status = NO_STATUS;
	g->reference = -1;
	deadline(g, MODEM_SEND_S - 5);
	r = judge(g, GSM_SendSMS(g->machine, part));
	if (g->status > 0) {
		*code = g->status;
		return MODEM_REFUSED;
	}
	if (r != MODEM_OK)
		return MODEM_LOST;
	until = clock_mono() + g->settings->answer_s * 1000LL;
	deadline(g, g->settings->answer_s + 2);
	while (g->status == NO_STATUS && clock_mono() < until && !expired) {
		GSM_ReadDevice(g->machine, FALSE);
		usleep(PAUSE_US);
	}
	deadline(g, 0);
	if (g->status > 0) {
		*code = g->status;
		return MODEM_REFUSED;
	}
	if (g->status == 0 && g->reference >= 0)
		return MODEM_OK;
	snprintf(
	    g->modem.error, sizeof(g->modem.error), "no word from the network");
	return MODEM_LOST;
}

static void
address(struct modem_gammu *g, GSM_SMSMessage *part, const char *number)
{
	part->PDU = SMS_Submit;
	part->Class = -1;
	EncodeUnicode(part->Number, number, strlen(number));
	CopyUnicodeString(part->SMSC.Number, g->center.Number);
	part->SMSC.Location = 0;
	part->SMSC.Validity.Format = SMS_Validity_RelativeFormat;
	part->SMSC.Validity.Relative = SMS_VALID_1_Day;
	part->SMSC.Format = SMS_FORMAT_Text;
}

static enum modem_result
gammu_send(struct modem *m, const char *number, const char *text, int *code)
{
	struct modem_gammu *g = (struct modem_gammu *)m;
	GSM_MultiSMSMessage *sms;
	enum modem_result r;

	*code = -1;
	r = find_center(g);
	if (r != MODEM_OK)
		return r;
	sms = calloc(1, sizeof(*sms));
	if (sms == NULL)
		abort();
	if (!encode(text, sms)) {
		snprintf(g->modem.error, sizeof(g->modem.error),
		    "the text cannot be cut into parts");
		r = MODEM_REFUSED;
	}
	for (int i = 0; i < sms->Number && r == MODEM_OK; i++) {
		address(g, &sms->SMS[i], number);
		r = send_part(g, &sms->SMS[i], code);
	}
	free(sms);
	return r;
}

static bool
gammu_wait(struct modem *m, int ms)
{
	struct modem_gammu *g = (struct modem_gammu *)m;
	int64_t until = clock_mono() + ms;

	deadline(g, MODEM_READ_S);
	while (!g->announced && clock_mono() < until && !expired) {
		GSM_ReadDevice(g->machine, FALSE);
		usleep(PAUSE_US);
	}
	deadline(g, 0);
	return g->announced != 0;
}

static void
gammu_close(struct modem *m)
{
	struct modem_gammu *g = (struct modem_gammu *)m;

	if (g == NULL)
		return;
	deadline(g, 5);
	if (g->machine != NULL && GSM_IsConnected(g->machine))
		GSM_TerminateConnection(g->machine);
	deadline(g, 0);
	if (g->machine != NULL)
		GSM_FreeStateMachine(g->machine);
	free(g->sms);
	free(g);
}

struct modem *
modem_gammu_create(const struct modem_gammu_settings *settings)
{
	static const struct modem_ops ops = {gammu_open, gammu_next,
	    gammu_remove, gammu_send, gammu_wait, gammu_close};
	struct modem_gammu *g = calloc(1, sizeof(*g));

	if (g == NULL || (g->sms = calloc(1, sizeof(*g->sms))) == NULL)
		abort();
	g->modem.ops = &ops;
	g->settings = settings;
	return &g->modem;
}
