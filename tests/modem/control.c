/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The other side of the modem: a person or a test plays citizen, network and
 * clumsy hand. One command, one reply; a table, so that --help is never wrong.
 */
#include "tests/modem/control.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char control_help[] =
    "  receive [--ucs2] [--nfd] [--wide] [--ref N] [--drop N] [--reverse]\n"
    "          NUMBER TEXT\n"
    "                     a phone writes to the modem; long texts in parts\n"
    "  flood N TEXT       N phones write TEXT and their number\n"
    "  double N           the next N messages come twice\n"
    "  sent               what the modem sent: number, part, text\n"
    "  air                every PDU in both directions, decoded\n"
    "  slots              what lies in the storages\n"
    "  status             the modem's state and counters\n"
    "  unplug, plug       pulls the cable, puts it back\n"
    "  fault KIND ON [N] [VALUE]\n"
    "                     what happens the next N times (default 1) to a\n"
    "                     command: CMGL, CMGD, CMGS (before the prompt), PDU\n"
    "                     (after the text), any. KIND: silent, garbage,\n"
    "                     refuse (VALUE: the CMS code) do it not; deaf, "
    "noise,\n"
    "                     late (VALUE: ms), unplug do it\n"
    "  fault none         ends all faults\n"
    "  slow MS            before every answer\n"
    "  baud N             a slow line\n"
    "  reports on|off|skewed|after MS|fail CODE\n"
    "                     delivery reports of the network; skewed: the modem\n"
    "                     counts from 1 again after each plug\n"
    "  signal N           AT+CSQ, 0 to 31, 99 unknown\n"
    "  network home|none|denied|roaming\n"
    "  ussd TEXT          what the operator says to a code\n"
    "  ring NUMBER        somebody calls\n"
    "  poison             stores a message that crashes libGammu\n"
    "  pdu HEX            stores a message as it is\n"
    "  keeps on|off       a deletion says OK and does nothing\n"
    "  quit               ends the simulator\n";

const char *
control_word(char **rest)
{
	char *word = *rest + strspn(*rest, " ");
	char *end = word + strcspn(word, " ");

	*rest = *end == '\0' ? end : end + 1;
	*end = '\0';
	return word;
}

static void
status(struct sim *s, char *rest, struct buf *line, struct buf *reply)
{
	(void)rest;
	(void)line;
	buf_printf(reply,
	    "plugged %d\nlocked %d\npin_wrong %u\nused %d\nwaiting %zu\n"
	    "sent %zu\nreports %zu\nrefused %u\nlistings %u\ndeletions %u\n",
	    s->plugged, s->locked, s->pin_wrong,
	    sim_used(s, SIM_SM) + sim_used(s, SIM_ME), s->nwaiting - s->first,
	    s->nsent, s->nreports, s->refused, s->listings, s->deletions);
}

static void
unplug(struct sim *s, char *rest, struct buf *line, struct buf *reply)
{
	(void)rest;
	(void)line;
	(void)reply;
	s->plugged = false;
}

static void
plug(struct sim *s, char *rest, struct buf *line, struct buf *reply)
{
	(void)rest;
	(void)reply;
	if (!s->plugged)
		sim_restart(s, line);
}

/* ------------------------------------------------------------------- faults */

static struct sim_fault *
free_fault(struct sim *s)
{
	for (int i = 0; i < SIM_FAULTS; i++) {
		if (s->faults[i].times == 0)
			return &s->faults[i];
	}
	return NULL;
}

static void
fault(struct sim *s, char *rest, struct buf *line, struct buf *reply)
{
	static const char *const kinds[FAULT_KIND_COUNT] = {
	    "silent", "refuse", "garbage", "deaf", "late", "noise", "unplug"};
	const char *kind = control_word(&rest), *on = control_word(&rest);
	const char *times = control_word(&rest), *value = control_word(&rest);
	struct sim_fault *f = free_fault(s);

	(void)line;
	if (strcmp(kind, "none") == 0) {
		memset(s->faults, 0, sizeof(s->faults));
		return;
	}
	for (int i = 0; i < FAULT_KIND_COUNT && f != NULL; i++) {
		if (strcmp(kind, kinds[i]) != 0)
			continue;
		f->kind = (enum sim_fault_kind)i;
		snprintf(f->on, sizeof(f->on), "%s",
		    strcmp(on, "any") == 0 ? "" : on);
		f->times = *times == '\0' ? 1 : atoi(times);
		f->value = atoi(value);
		return;
	}
	buf_puts(reply, "error: unknown fault or too many, see --help\n");
}

static void
twice(struct sim *s, char *rest, struct buf *line, struct buf *reply)
{
	(void)line;
	(void)reply;
	s->twice = atoi(rest);
}

static void
slow(struct sim *s, char *rest, struct buf *line, struct buf *reply)
{
	(void)line;
	(void)reply;
	s->slow_ms = atoi(rest);
}

static void
baud(struct sim *s, char *rest, struct buf *line, struct buf *reply)
{
	(void)line;
	(void)reply;
	s->baud = atoi(rest);
}

/* ------------------------------------------------------------------ network */

static void
reports(struct sim *s, char *rest, struct buf *line, struct buf *reply)
{
	const char *what = control_word(&rest);

	(void)line;
	if (strcmp(what, "skewed") == 0)
		s->skewed = true;
	else if (strcmp(what, "after") == 0)
		s->report_ms = atoi(rest);
	else if (strcmp(what, "fail") == 0)
		s->report_code = (int)strtol(rest, NULL, 0);
	else if (strcmp(what, "on") == 0 || strcmp(what, "off") == 0)
		s->reporting = what[1] == 'n';
	else
		buf_puts(reply, "error: reports on|off|skewed|after|fail\n");
}

static void
signal_strength(struct sim *s, char *rest, struct buf *line, struct buf *reply)
{
	(void)line;
	(void)reply;
	s->signal = atoi(rest);
}

static void
network(struct sim *s, char *rest, struct buf *line, struct buf *reply)
{
	static const struct {
		const char *name;
		int state; /* of +CREG */
	} states[] = {{"home", 1}, {"none", 0}, {"denied", 3}, {"roaming", 5}};

	(void)line;
	for (size_t i = 0; i < sizeof(states) / sizeof(states[0]); i++) {
		if (strcmp(rest, states[i].name) != 0)
			continue;
		s->registered = states[i].state;
		return;
	}
	buf_puts(reply, "error: network home|none|denied|roaming\n");
}

static void
ussd(struct sim *s, char *rest, struct buf *line, struct buf *reply)
{
	(void)line;
	(void)reply;
	snprintf(s->ussd, sizeof(s->ussd), "%s", rest);
}

static void
ring(struct sim *s, char *rest, struct buf *line, struct buf *reply)
{
	(void)reply;
	if (s->plugged)
		buf_printf(line,
		    "\r\nRING\r\n\r\n+CLIP: \"%s\",145,\"\",,\"\",0\r\n", rest);
}

static void
keeps(struct sim *s, char *rest, struct buf *line, struct buf *reply)
{
	(void)line;
	(void)reply;
	s->keeps = strcmp(rest, "on") == 0;
}

static void
quit(struct sim *s, char *rest, struct buf *line, struct buf *reply)
{
	(void)rest;
	(void)line;
	(void)reply;
	s->quit = true;
}

static const struct {
	const char *name;
	control_run *run;
} commands[] = {{"receive", control_receive}, {"flood", control_flood},
    {"double", twice}, {"sent", control_sent}, {"air", control_air},
    {"slots", control_slots}, {"status", status}, {"unplug", unplug},
    {"plug", plug}, {"fault", fault}, {"slow", slow}, {"baud", baud},
    {"reports", reports}, {"signal", signal_strength}, {"network", network},
    {"ussd", ussd}, {"ring", ring}, {"poison", control_poison},
    {"pdu", control_pdu}, {"keeps", keeps}, {"quit", quit}};

void
control_command(
    struct sim *s, const char *command, struct buf *line, struct buf *reply)
{
	char *copy = strdup(command), *rest = copy;
	const char *name;

	if (copy == NULL)
		abort();
	name = control_word(&rest);
	for (size_t i = 0; i < sizeof(commands) / sizeof(commands[0]); i++) {
		if (strcmp(name, commands[i].name) != 0)
			continue;
		commands[i].run(s, rest, line, reply);
		if (reply->size == 0)
			buf_puts(reply, "ok\n");
		free(copy);
		return;
	}
	buf_puts(reply, "error: unknown command, see --help\n");
	free(copy);
}
