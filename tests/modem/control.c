/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The other side of the modem: a person or a test plays citizen, network and
 * clumsy hand. One command, one reply; a table, so that --help is never wrong.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>
#include "shared/clock.h"
#include "tests/modem/sim.h"

#define VIETNAM_MINUTES (7 * 60)

const char control_help[] =
    "  receive [--ucs2] [--nfd] [--drop N] [--reverse] NUMBER TEXT\n"
    "                     a phone writes to the modem; long texts in parts\n"
    "  sent               what the modem sent: number, part, text\n"
    "  slots              what lies in the storages\n"
    "  status             the modem's state and counters\n"
    "  unplug, plug       pulls the cable, puts it back\n"
    "  fault KIND [N]     the next N times (default 1): cmgl-silent,\n"
    "                     answer-lost, cmgd-error, cmgd-silent, garbage\n"
    "  fault cms CODE [N] the network refuses to send\n"
    "  fault none         ends all faults\n"
    "  slow MS            before every answer\n"
    "  poison             stores a message that crashes libGammu\n"
    "  quit               ends the simulator\n";

/* Takes the next word off a command; "" at its end. */
static const char *
next_word(char **rest)
{
	char *word = *rest + strspn(*rest, " ");
	char *end = word + strcspn(word, " ");

	*rest = *end == '\0' ? end : end + 1;
	*end = '\0';
	return word;
}

struct receive {
	bool ucs2, nfd, reverse;
	int drop;
	const char *number;
};

static struct receive
read_options(char **rest)
{
	struct receive r = {.drop = 0};

	for (;;) {
		const char *word = next_word(rest);

		if (strcmp(word, "--ucs2") == 0) {
			r.ucs2 = true;
		} else if (strcmp(word, "--nfd") == 0) {
			r.nfd = true;
		} else if (strcmp(word, "--reverse") == 0) {
			r.reverse = true;
		} else if (strcmp(word, "--drop") == 0) {
			r.drop = atoi(next_word(rest));
		} else {
			r.number = word;
			return r;
		}
	}
}

static bool
bring(struct sim *s, const struct receive *r, struct pdu *p, struct buf *line)
{
	char hex[PDU_HEX];

	snprintf(p->number, sizeof(p->number), "%s", r->number);
	p->at = clock_now() / 1000 * 1000;
	p->offset = VIETNAM_MINUTES;
	if (!pdu_encode(p, hex))
		return false;
	if (p->part != r->drop)
		sim_arrive(s, hex, line);
	return true;
}

static void
receive(struct sim *s, char *rest, struct buf *line, struct buf *reply)
{
	struct receive r = read_options(&rest);
	char *nfd = NULL;
	struct pdu *parts;
	size_t n;
	bool ok = true;

	if (r.nfd)
		nfd = (char *)utf8proc_NFD((const utf8proc_uint8_t *)rest);
	n = pdu_split(nfd != NULL ? nfd : rest, r.ucs2, s->next_ref, &parts);
	s->next_ref += n > 1;
	for (size_t i = 0; i < n && ok; i++)
		ok = bring(s, &r, &parts[r.reverse ? n - 1 - i : i], line);
	if (n == 0 || !ok)
		buf_puts(reply, "error: receive needs NUMBER TEXT\n");
	else
		buf_printf(reply, "received in %zu part(s)\n", n);
	free(parts);
	free(nfd);
}

/* One PDU as a line: number, part of total, text; newlines shown as \n. */
static void
describe(const char *hex, struct buf *reply)
{
	struct pdu p;
	struct buf text;
	const char *error = pdu_decode(hex, &p);

	if (error != NULL) {
		buf_printf(reply, "unreadable: %s\n", error);
		return;
	}
	buf_init(&text);
	pdu_text(&p, &text);
	buf_printf(reply, "%s\t%d/%d\t%s\t", p.number, p.part, p.total,
	    p.ucs2 ? "ucs2" : "gsm7");
	for (const char *c = buf_text(&text); *c != '\0'; c++)
		buf_printf(reply, *c == '\n' ? "\\n" : "%c", *c);
	buf_putc(reply, '\n');
	buf_finish(&text);
}

static void
sent(struct sim *s, char *rest, struct buf *line, struct buf *reply)
{
	(void)rest;
	(void)line;
	for (size_t i = 0; i < s->nsent; i++)
		describe(s->sent[i], reply);
}

static void
slots(struct sim *s, char *rest, struct buf *line, struct buf *reply)
{
	(void)rest;
	(void)line;
	for (int storage = 0; storage < SIM_STORAGE_COUNT; storage++) {
		for (int i = 0; i < s->size[storage]; i++) {
			if (!s->slots[storage][i].used)
				continue;
			buf_printf(reply, "%s %d\t",
			    sim_storage_name((enum sim_storage)storage), i + 1);
			describe(s->slots[storage][i].pdu, reply);
		}
	}
}

static void
status(struct sim *s, char *rest, struct buf *line, struct buf *reply)
{
	(void)rest;
	(void)line;
	buf_printf(reply,
	    "plugged %d\nlocked %d\npin_wrong %u\nused %d\nwaiting %zu\n"
	    "sent %zu\nlistings %u\ndeletions %u\n",
	    s->plugged, s->locked, s->pin_wrong,
	    sim_used(s, SIM_SM) + sim_used(s, SIM_ME), s->nwaiting, s->nsent,
	    s->listings, s->deletions);
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
	(void)line;
	(void)reply;
	if (!s->plugged)
		sim_restart(s);
}

static void
fault(struct sim *s, char *rest, struct buf *line, struct buf *reply)
{
	static const char *const kinds[FAULT_COUNT] = {
	    [FAULT_CMGL_SILENT] = "cmgl-silent",
	    [FAULT_CMS] = "cms",
	    [FAULT_ANSWER_LOST] = "answer-lost",
	    [FAULT_CMGD_ERROR] = "cmgd-error",
	    [FAULT_CMGD_SILENT] = "cmgd-silent",
	    [FAULT_GARBAGE] = "garbage"};
	const char *kind = next_word(&rest), *count;

	(void)line;
	if (strcmp(kind, "none") == 0) {
		memset(s->faults, 0, sizeof(s->faults));
		return;
	}
	for (int i = 0; i < FAULT_COUNT; i++) {
		if (strcmp(kind, kinds[i]) != 0)
			continue;
		if (i == FAULT_CMS)
			s->cms_code = atoi(next_word(&rest));
		count = next_word(&rest);
		s->faults[i] = *count == '\0' ? 1 : atoi(count);
		return;
	}
	buf_puts(reply, "error: unknown fault, see --help\n");
}

static void
slow(struct sim *s, char *rest, struct buf *line, struct buf *reply)
{
	(void)line;
	(void)reply;
	s->slow_ms = atoi(rest);
}

/* A message centre's length octet of 0x90 smashes the stack of libGammu 1.42.
 */
static void
poison(struct sim *s, char *rest, struct buf *line, struct buf *reply)
{
	char hex[PDU_HEX] = "9091";

	(void)rest;
	(void)reply;
	for (size_t n = 4; n < 350; n++)
		hex[n] = '9';
	hex[350] = '\0';
	sim_arrive(s, hex, line);
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
	void (*run)(
	    struct sim *s, char *rest, struct buf *line, struct buf *reply);
} commands[] = {{"receive", receive}, {"sent", sent}, {"slots", slots},
    {"status", status}, {"unplug", unplug}, {"plug", plug}, {"fault", fault},
    {"slow", slow}, {"poison", poison}, {"quit", quit}};

void
control_command(
    struct sim *s, const char *command, struct buf *line, struct buf *reply)
{
	char *copy = strdup(command), *rest = copy;
	const char *name;

	if (copy == NULL)
		abort();
	name = next_word(&rest);
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
