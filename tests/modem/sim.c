/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The modem's memory and the network behind it; see sim.h. */
#include "tests/modem/sim.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define VIETNAM_MINUTES (7 * 60)

static const char three_memories[] =
    "(\"SM\",\"ME\",\"SR\"),(\"SM\",\"ME\"),(\"SM\",\"ME\")";
/* Siemens MC35i, whose log is gammu's issue 97: no SR, reports only stored. */
static const char siemens_memories[] =
    "(\"MT\",\"SM\",\"ME\"),(\"MT\",\"SM\",\"ME\"),(\"MT\",\"SM\")";
static const char sim_only[] = "(\"SM\"),(\"SM\"),(\"SM\")";

/* What the makers' own manuals of AT commands show; the chatter is what their
 * modems were seen to say unasked. */
static const struct sim_dialect dialects[] = {
    {"plain", "HAILONG", "SIMULATOR", three_memories,
	"(0,1,2),(0,1,2,3),(0,2),(0,1,2),(0,1)", "", 1, true, true, true,
	{NULL}, NULL},
    {"quectel", "Quectel", "EC25", three_memories,
	"(0,1,2),(0,1,2,3),(0,2,3),(0,2),(0,1)", "", 1, false, true, true,
	{"RDY", "+CFUN: 1", "+CPIN: READY", "+QIND: SMS DONE"}, NULL},
    {"huawei", "huawei", "E173", "(\"SM\",\"ME\"),(\"SM\",\"ME\"),(\"SM\")",
	"(0,1,2),(0,1,2,3),(0,2,3),(0,1),(0,1)", "", 0, true, true, false,
	{"^SRVST:2", "^BOOT:19740317,0,0,0,6", "^RSSI:17", "^MODE:5,4"}, NULL},
    {"simcom", "SIMCOM_Ltd", "SIMCOM_SIM800L", sim_only,
	"(0-3),(0-3),(0,2,3),(0,1),(0,1)", "\"\"", 1, false, false, false,
	{"RDY", "+CFUN: 1", "Call Ready", "SMS Ready"}, NULL},
    {"telit", "Telit", "GL865-QUAD", sim_only,
	"(0-3),(0-3),(0,2,3),(0,1),(0,1)", "\"\"", 1, true, false, false,
	{NULL}, NULL},
    {"siemens", "SIEMENS", "MC35i", siemens_memories,
	"(0-3),(0,1),(0,2,3),(0,2),(1)", "", 1, false, true, false,
	{"^SYSSTART"}, NULL},
    {"sim868", "SIMCOM_Ltd", "SIM868", sim_only,
	"(0-3),(0-3),(0,2,3),(0,1),(0,1)", "\"\"", 1, false, false, false,
	{"RDY"}, "+CIEV: \"MESSAGE\",1"},
};

void
sim_init(struct sim *s, int sim_slots, int own_slots, const char *pin)
{
	memset(s, 0, sizeof(*s));
	s->size[SIM_SM] = sim_slots;
	s->size[SIM_ME] = own_slots;
	s->size[SIM_SR] = 10;
	s->next_ref = 1;
	s->signal = 21;
	s->registered = 1;
	s->reporting = true;
	s->report_ms = SIM_REPORT_MS;
	snprintf(s->ussd, sizeof(s->ussd), "TKC 45.000d, HSD 31/12/2026");
	snprintf(s->pin, sizeof(s->pin), "%s", pin);
	snprintf(s->imsi, sizeof(s->imsi), "452040000000001");
	s->pin_tries = SIM_PIN_TRIES;
	buf_init(&s->line);
	sim_speak(s, "plain");
	sim_restart(s, NULL);
}

void
sim_finish(struct sim *s)
{
	free(s->waiting);
	free(s->air);
	free(s->reports);
	buf_finish(&s->line);
}

bool
sim_speak(struct sim *s, const char *dialect)
{
	for (size_t i = 0; i < sizeof(dialects) / sizeof(dialects[0]); i++) {
		if (strcmp(dialects[i].name, dialect) != 0)
			continue;
		s->dialect = &dialects[i];
		if (!s->dialect->own)
			s->size[SIM_ME] = 0;
		if (!s->dialect->reports)
			s->size[SIM_SR] = 0;
		return true;
	}
	return false;
}

void
sim_restart(struct sim *s, struct buf *out)
{
	buf_clear(&s->line);
	s->plugged = true;
	s->entering = s->wide = false;
	s->errors = s->announce = s->tell = 0;
	s->current = SIM_SM;
	s->locked = s->pin[0] != '\0';
	if (s->skewed)
		s->reference = 0;
	for (int i = 0; out != NULL && i < 4 && s->dialect->chatter[i] != NULL;
	     i++)
		buf_printf(out, "\r\n%s\r\n", s->dialect->chatter[i]);
}

const char *
sim_storage_name(enum sim_storage storage)
{
	static const char *const names[] = {"SM", "ME", "SR"};

	return names[storage];
}

int
sim_used(const struct sim *s, enum sim_storage storage)
{
	int n = 0;

	for (int i = 0; i < s->size[storage]; i++)
		n += s->slots[storage][i].used;
	return n;
}

/* ------------------------------------------------------------------ the air */

/* Room for one more; lists grow by halves, since tests send thousands. */
static void *
grown(void *list, size_t n, size_t size)
{
	if (n < 16 ? n > 0 : (n & (n - 1)) != 0)
		return list;
	list = realloc(list, (n < 16 ? 16 : 2 * n) * size);
	if (list == NULL)
		abort();
	return list;
}

static void
fly(struct sim *s, char way, const char *pdu)
{
	struct sim_flight *f;

	s->air = grown(s->air, s->nair, sizeof(*s->air));
	f = &s->air[s->nair++];
	f->way = way;
	f->at = s->now;
	snprintf(f->pdu, sizeof(f->pdu), "%s", pdu);
}

/* ----------------------------------------------------------------- arriving */

/* Puts a PDU into the first free slot; its place from 0, -1 when there is none.
 */
static int
store(struct sim *s, enum sim_storage storage, const char *pdu)
{
	for (int i = 0; i < s->size[storage]; i++) {
		struct sim_slot *slot = &s->slots[storage][i];

		if (slot->used)
			continue;
		*slot = (struct sim_slot){.used = true};
		snprintf(slot->pdu, sizeof(slot->pdu), "%s", pdu);
		return i;
	}
	return -1;
}

static bool
come_in(struct sim *s, const char *pdu, struct buf *out)
{
	int index = store(s, s->arriving, pdu);

	if (index >= 0 && s->dialect->notice != NULL && s->plugged &&
	    !s->entering)
		buf_printf(out, "\r\n%s\r\n", s->dialect->notice);
	if (index >= 0 && s->announce == 1 && s->plugged && !s->entering)
		buf_printf(out, "\r\n+CMTI: \"%s\",%d\r\n",
		    sim_storage_name(s->arriving), index + s->dialect->base);
	return index >= 0;
}

static void
arrive_once(struct sim *s, const char *pdu, struct buf *out)
{
	fly(s, '>', pdu);
	if (s->first == s->nwaiting && come_in(s, pdu, out))
		return;
	s->waiting = grown(s->waiting, s->nwaiting, sizeof(*s->waiting));
	snprintf(s->waiting[s->nwaiting++], PDU_HEX, "%s", pdu);
}

void
sim_arrive(struct sim *s, const char *pdu, struct buf *out)
{
	arrive_once(s, pdu, out);
	if (s->twice > 0) {
		s->twice--;
		arrive_once(s, pdu, out);
	}
}

void
sim_remove(struct sim *s, enum sim_storage storage, int index, struct buf *out)
{
	s->slots[storage][index].used = false;
	s->deletions++;
	while (s->first < s->nwaiting && come_in(s, s->waiting[s->first], out))
		s->first++;
}

/* ------------------------------------------------------------------ leaving */

static void
promise_report(struct sim *s, const struct pdu *sent)
{
	struct pdu report = {.kind = PDU_REPORT,
	    .reference = s->reference,
	    .status = s->report_code,
	    .at = s->now / 1000 * 1000,
	    .offset = VIETNAM_MINUTES};
	struct sim_report *r;

	memcpy(report.number, sent->number, sizeof(report.number));
	report.discharged = report.at + s->report_ms;
	s->reports = grown(s->reports, s->nreports, sizeof(*s->reports));
	r = &s->reports[s->nreports++];
	r->due = s->now + s->report_ms;
	pdu_encode(&report, r->pdu);
}

int
sim_sent(struct sim *s, const char *pdu)
{
	struct pdu p;

	fly(s, '<', pdu);
	s->nsent++;
	s->reference = (s->reference + 1) & 0xff;
	if (pdu_decode(pdu, &p) == NULL && p.wants_report && s->reporting)
		promise_report(s, &p);
	return s->reference;
}

/* Hands a report to the line; false: it must wait. */
static bool
tell_report(struct sim *s, const char *pdu, struct buf *out)
{
	int index;

	if (!s->plugged || s->entering || s->tell == 0)
		return false;
	if (s->tell == 1) {
		buf_printf(
		    out, "\r\n+CDS: %zu\r\n%s\r\n", pdu_length(pdu), pdu);
		return true;
	}
	index = store(s, SIM_SR, pdu);
	if (index >= 0)
		buf_printf(
		    out, "\r\n+CDSI: \"SR\",%d\r\n", index + s->dialect->base);
	return index >= 0;
}

void
sim_tick(struct sim *s, int64_t now, struct buf *out)
{
	size_t kept = 0;

	s->now = now;
	for (size_t i = 0; i < s->nreports; i++) {
		struct sim_report r = s->reports[i];

		if (r.due <= now && tell_report(s, r.pdu, out))
			fly(s, '>', r.pdu);
		else
			s->reports[kept++] = r;
	}
	s->nreports = kept;
}

/* ------------------------------------------------------------------- faults */

const struct sim_fault *
sim_fault(struct sim *s, const char *command)
{
	for (int i = 0; i < SIM_FAULTS; i++) {
		struct sim_fault *f = &s->faults[i];

		if (f->times == 0 ||
		    strncmp(command, f->on, strlen(f->on)) != 0)
			continue;
		f->times--;
		return f;
	}
	return NULL;
}
