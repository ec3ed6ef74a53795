/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Sending: a text is cut into parts, each is handed over alone, and the
 * network's word about it is waited for before the next. The word comes to a
 * callback; when it does not come in time, the fate is unknown.
 */
#include "sms/modem/modem_gammu_private.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "shared/buf.h"
#include "shared/clock.h"
#include "sms/text/gsm7.h"
#include "sms/text/utf16.h"

#define NO_STATUS (-2) /* the network has not answered yet */

void
gammu_sent(GSM_StateMachine *s, int status, int reference, void *context)
{
	struct modem_gammu *g = context;

	(void)s;
	g->status = status;
	g->reference = reference;
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
	     out->Number > 0 && out->Number <= MODEM_PARTS;
	buf_finish(&unicode);
	free(info);
	return ok;
}

/* Waits for the network's word about the part that was handed over. */
static enum modem_result
await_word(struct modem_gammu *g, int *code)
{
	int64_t until = clock_mono() + g->settings->answer_s * 1000LL;

	gammu_deadline(g, g->settings->answer_s + 2);
	while (g->status == NO_STATUS && clock_mono() < until &&
	       !gammu_expired()) {
		GSM_ReadDevice(g->machine, FALSE);
		usleep(GAMMU_PAUSE_US);
	}
	gammu_deadline(g, 0);
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

static enum modem_result
send_part(struct modem_gammu *g, GSM_SMSMessage *part, int *code)
{
	enum modem_result r;

	g->status = NO_STATUS;
	g->reference = -1;
	gammu_deadline(g, MODEM_SEND_S - 5);
	r = gammu_judge(g, GSM_SendSMS(g->machine, part));
	if (g->status > 0) {
		*code = g->status;
		return MODEM_REFUSED;
	}
	return r == MODEM_OK ? await_word(g, code) : MODEM_LOST;
}

static void
modem_gammu_send_address(
    struct modem_gammu *g, GSM_SMSMessage *part, const char *number)
{
	part->PDU = SMS_Status_Report; /* a SUBMIT that asks for a report */
	part->Class = -1;
	EncodeUnicode(part->Number, number, strlen(number));
	CopyUnicodeString(part->SMSC.Number, g->center.Number);
	part->SMSC.Location = 0;
	part->SMSC.Validity.Format = SMS_Validity_RelativeFormat;
	part->SMSC.Validity.Relative = SMS_VALID_1_Day;
	part->SMSC.Format = SMS_FORMAT_Text;
}

enum modem_result
gammu_send(struct modem *m, const char *number, const char *text,
    struct modem_sent *sent)
{
	struct modem_gammu *g = (struct modem_gammu *)m;
	GSM_MultiSMSMessage *sms;
	enum modem_result r;

	*sent = (struct modem_sent){.code = -1};
	r = gammu_find_center(g);
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
	for (int i = 0; r == MODEM_OK && i < sms->Number; i++) {
		modem_gammu_send_address(g, &sms->SMS[i], number);
		r = send_part(g, &sms->SMS[i], &sent->code);
		if (r == MODEM_OK)
			sent->references[sent->parts++] = g->reference;
	}
	free(sms);
	g->doubtful = r == MODEM_LOST;
	return r;
}
