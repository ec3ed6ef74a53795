/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What comes out of the modem: messages from its slots, delivery reports from
 * the callback. A report is copied into a ring, or the place where it lies; it
 * is fetched when the worker asks, never inside the callback.
 */
#include "sms/modem/modem_gammu_private.h"

#include <stdlib.h>
#include <string.h>

#define SWEEP_MOST 30 /* stored reports looked for at the start */

static void
read_part(const GSM_SMSMessage *sms, struct modem_part *part)
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
	if (part->kind == MODEM_TEXT && bytes <= sizeof(part->text)) {
		part->text_bytes = bytes;
		memcpy(part->text, sms->Text, bytes);
	}
}

enum modem_result
gammu_next(struct modem *m, bool start, struct modem_part *part)
{
	struct modem_gammu *g = (struct modem_gammu *)m;
	enum modem_result r;

	if (start) {
		g->announced = 0;
		memset(g->sms, 0, sizeof(*g->sms));
	}
	gammu_deadline(g, g->settings->patience_s);
	r = gammu_judge(g, GSM_GetNextSMS(g->machine, g->sms, start));
	/* the listing itself failed: nothing can be skipped */
	if (r == MODEM_UNREADABLE && start && g->sms->SMS[0].Location == 0)
		return MODEM_LOST;
	if (r == MODEM_OK)
		read_part(&g->sms->SMS[0], part);
	return r;
}

enum modem_result
gammu_remove(struct modem *m, int slot)
{
	struct modem_gammu *g = (struct modem_gammu *)m;
	static GSM_SMSMessage sms;
	enum modem_result r;

	memset(&sms, 0, sizeof(sms));
	sms.Location = slot; /* folder 0: libGammu's flat numbering */
	gammu_deadline(g, g->settings->patience_s);
	r = gammu_judge(g, GSM_DeleteSMS(g->machine, &sms));
	return r == MODEM_EMPTY ? MODEM_OK : r;
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
	r = gammu_judge(g, GSM_GetSMS(g->machine, g->sms));
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
