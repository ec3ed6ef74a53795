/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What comes out of the modem: messages from its slots, delivery reports from
 * the callback. A report is copied into a ring, or the place where it lies; it
 * is fetched when the worker asks, never inside the callback.
 */
#include "sms/modem/modem_gammu_private.h"

#include <stdio.h>
#include <string.h>

#define SWEEP_MOST 30 /* stored reports looked for at the start */

void
gammu_read_part(const GSM_SMSMessage *sms, struct modem_part *part)
{
	size_t bytes = 2 * UnicodeLength(sms->Text);

	part->slot = sms->Location;
	gammu_text(sms->Number, part->sender, sizeof(part->sender));
	part->sent_at = gammu_time(&sms->DateTime, &part->sent_offset);
	if (sms->UDH.Type != UDH_NoUDH && sms->UDH.Length > 0 &&
	    (size_t)sms->UDH.Length <= sizeof(sms->UDH.Text)) {
		part->udh_bytes = (size_t)sms->UDH.Length;
		memcpy(part->udh, sms->UDH.Text, part->udh_bytes);
	}
	part->kind = sms->PDU == SMS_Deliver && sms->Coding != SMS_Coding_8bit
			 ? MODEM_TEXT
			 : MODEM_OTHER;
	if (part->kind != MODEM_TEXT || bytes > sizeof(part->text))
		return;
	for (size_t i = 0; i < bytes; i += 2) {
		memcpy(part->text + part->text_bytes, sms->Text + i, 2);
		part->text_bytes += 2;
		if (sms->Coding == SMS_Coding_Unicode_No_Compression &&
		    sms->Text[i] == 0 && sms->Text[i + 1] == '~')
			i += 2; /* which libGammu doubles in UCS-2 */
	}
}

/* Notes where the message lies that libGammu cannot read, as AT commands name
 * it: libGammu counts the slots of the second storage from 100,000 on. */
static void
note_unread(struct modem_gammu *g)
{
	const GSM_SMSMessage *sms = &g->sms->SMS[0];
	struct raw_slot *slot = &g->unread[g->nunread];

	if (g->nunread == GAMMU_UNREAD)
		return; /* the next pass meets it again */
	snprintf(slot->storage, sizeof(slot->storage), "%s",
	    sms->Memory == MEM_SM   ? "SM"
	    : sms->Memory == MEM_MT ? "MT"
				    : "ME");
	slot->index = sms->Location % GSM_PHONE_MAXSMSINFOLDER;
	/* libGammu counts from 1 what these count from 0 */
	if (GSM_IsPhoneFeatureAvailable(
		GSM_GetModelInfo(g->machine), F_SMS_LOCATION_0))
		slot->index--;
	g->nunread++;
}

/* libGammu calls reserved coding schemes binary, where TS 23.038 (4) asks for
 * the default alphabet: a citizen's words. And to it a U+0000 ends a text. Our
 * own reader knows better. */
static bool
doubtful_text(const GSM_SMSMessage *sms)
{
	return sms->PDU == SMS_Deliver &&
	       (sms->Coding == SMS_Coding_8bit ||
		   (sms->Coding == SMS_Coding_Unicode_No_Compression &&
		       (size_t)sms->Length > UnicodeLength(sms->Text)));
}

/*
 * libGammu sets Number and place before it decodes: an error with them is about
 * that message, whatever it is called (an entry without octets is even called
 * "empty", like the end of the pass). One without is about the listing, and
 * then nothing can be skipped.
 */
enum modem_result
gammu_next(struct modem *m, bool start, struct modem_part *part)
{
	struct modem_gammu *g = (struct modem_gammu *)m;
	enum modem_result r;
	GSM_Error error;

	if (start) {
		g->announced = 0;
		g->nunread = 0;
		memset(g->sms, 0, sizeof(*g->sms));
	}
	g->sms->Number = 0;
	gammu_deadline(g, g->settings->patience_s);
	error = GSM_GetNextSMS(g->machine, g->sms, start);
	r = gammu_judge(g, error);
	if (r == MODEM_OK && !doubtful_text(&g->sms->SMS[0])) {
		gammu_read_part(&g->sms->SMS[0], part);
		return r;
	}
	if (gammu_line_failed(error))
		return r;
	if (g->sms->Number == 0)
		return r == MODEM_EMPTY ? r : MODEM_LOST;
	note_unread(g);
	return MODEM_UNREADABLE;
}

/* Does a slot hold nothing? Modems say so by an empty answer or by CMS ERROR
 * 321, "invalid memory index". */
static enum modem_result
find_empty(struct modem_gammu *g, int slot)
{
	enum modem_result r;
	GSM_Error error;

	memset(g->sms, 0, sizeof(*g->sms));
	g->sms->SMS[0].Location = slot;
	gammu_deadline(g, g->settings->patience_s);
	error = GSM_GetSMS(g->machine, g->sms);
	r = gammu_judge_question(g, error);
	if (r == MODEM_EMPTY || error == ERR_INVALIDLOCATION)
		return MODEM_OK;
	snprintf(g->modem.error, sizeof(g->modem.error),
	    "the modem says OK and keeps it");
	return r == MODEM_LOST ? MODEM_LOST : MODEM_REFUSED;
}

enum modem_result
gammu_remove(struct modem *m, int slot, bool look)
{
	struct modem_gammu *g = (struct modem_gammu *)m;
	static GSM_SMSMessage sms;
	enum modem_result r;

	memset(&sms, 0, sizeof(sms));
	sms.Location = slot; /* folder 0: libGammu's flat numbering */
	gammu_deadline(g, g->settings->patience_s);
	r = gammu_judge(g, GSM_DeleteSMS(g->machine, &sms));
	if (r == MODEM_EMPTY)
		r = MODEM_OK;
	return r == MODEM_OK && look ? find_empty(g, slot) : r;
}

enum modem_result
gammu_rescue(struct modem *m, modem_keep *keep, void *context)
{
	struct modem_gammu *g = (struct modem_gammu *)m;
	size_t n = g->nunread;

	g->nunread = 0;
	return raw_slots_take(g->settings->device, g->settings->connection,
		   g->unread, n, keep, context, m->error, sizeof(m->error)) == n
		   ? MODEM_OK
		   : MODEM_REFUSED;
}

/* ------------------------------------------------------------------ reports */

static void
read_modem_gammu_read_report(
    const GSM_SMSMessage *sms, struct modem_report *out)
{
	int offset;

	memset(out, 0, sizeof(*out));
	gammu_text(sms->Number, out->number, sizeof(out->number));
	out->reference = sms->MessageReference;
	out->status = sms->DeliveryStatus;
	out->sent_at = gammu_time(&sms->DateTime, &offset);
}

void
gammu_incoming(GSM_StateMachine *s, GSM_SMSMessage *sms, void *context)
{
	struct modem_gammu *g = context;
	struct gammu_note *note = &g->ring[g->ring_in % GAMMU_RING];

	(void)s;
	if (sms->PDU != SMS_Status_Report && sms->Memory != MEM_SR) {
		g->announced = 1;
		return;
	}
	if (g->ring_in - g->ring_out == GAMMU_RING)
		return; /* the oldest stay; a report more is no answer less */
	note->stored = sms->Memory == MEM_SR;
	note->slot = sms->Location;
	if (!note->stored)
		read_modem_gammu_read_report(sms, &note->report);
	g->ring_in++;
}

/* Reads and removes a stored report. MODEM_EMPTY: nothing lies there. */
static enum modem_result
fetch_report(struct modem_gammu *g, int slot, struct modem_report *report)
{
	enum modem_result r;

	memset(g->sms, 0, sizeof(*g->sms));
	g->sms->SMS[0].Memory = MEM_SR;
	g->sms->SMS[0].Location = slot;
	gammu_deadline(g, g->settings->patience_s);
	r = gammu_judge_question(g, GSM_GetSMS(g->machine, g->sms));
	if (r != MODEM_OK)
		return r == MODEM_LOST ? r : MODEM_EMPTY;
	read_modem_gammu_read_report(&g->sms->SMS[0], report);
	gammu_deadline(g, g->settings->patience_s);
	r = gammu_judge(g, GSM_DeleteSMS(g->machine, &g->sms->SMS[0]));
	return r == MODEM_LOST ? r : MODEM_OK;
}

enum modem_result
gammu_report(struct modem *m, struct modem_report *report)
{
	struct modem_gammu *g = (struct modem_gammu *)m;

	while (g->ring_out != g->ring_in) {
		struct gammu_note note = g->ring[g->ring_out++ % GAMMU_RING];
		enum modem_result r;

		if (!note.stored) {
			*report = note.report;
			return MODEM_OK;
		}
		r = g->doubtful ? MODEM_EMPTY
				: fetch_report(g, note.slot, report);
		if (r != MODEM_EMPTY)
			return r;
	}
	return MODEM_EMPTY;
}

/* What was stored while no program listened is noted as if it came now. */
enum modem_result
gammu_sweep_reports(struct modem_gammu *g)
{
	struct modem_report report;

	for (int slot = 1; !g->direct && slot <= SWEEP_MOST; slot++) {
		enum modem_result r = fetch_report(g, slot, &report);
		struct gammu_note *note = &g->ring[g->ring_in % GAMMU_RING];

		if (r == MODEM_EMPTY)
			return MODEM_OK;
		if (r != MODEM_OK)
			return r;
		note->stored = false;
		note->report = report;
		g->ring_in++;
	}
	return MODEM_OK;
}
