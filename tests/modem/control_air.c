/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A person or a test plays citizen and network: messages in, and a look at what
 * lies in the modem and what went over the air. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>
#include "shared/civil.h"
#include "tests/modem/control.h"

#define VIETNAM_MINUTES (7 * 60)
#define WIDE_REF        0x1200 /* above 255: the reference takes 16 bits */

struct receive {
	bool ucs2, nfd, reverse, wide;
	int drop, ref; /* 0: none is left out; the modem's next one */
	const char *number;
};

static struct receive
read_options(char **rest)
{
	struct receive r = {.drop = 0};

	for (;;) {
		const char *word = control_word(rest);

		if (strcmp(word, "--ucs2") == 0) {
			r.ucs2 = true;
		} else if (strcmp(word, "--nfd") == 0) {
			r.nfd = true;
		} else if (strcmp(word, "--reverse") == 0) {
			r.reverse = true;
		} else if (strcmp(word, "--wide") == 0) {
			r.wide = true;
		} else if (strcmp(word, "--drop") == 0) {
			r.drop = atoi(control_word(rest));
		} else if (strcmp(word, "--ref") == 0) {
			r.ref = atoi(control_word(rest));
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
	p->at = s->now / 1000 * 1000;
	p->offset = VIETNAM_MINUTES;
	if (!pdu_encode(p, hex))
		return false;
	if (p->part != r->drop)
		sim_arrive(s, hex, line);
	return true;
}

static size_t
split(struct sim *s, const struct receive *r, const char *text,
    struct pdu **parts)
{
	int ref = r->ref > 0 ? r->ref : s->next_ref;
	size_t n =
	    pdu_split(text, r->ucs2, ref + (r->wide ? WIDE_REF : 0), parts);

	if (n > 1)
		s->next_ref = s->next_ref % 0xff + 1;
	return n;
}

void
control_receive(struct sim *s, char *rest, struct buf *line, struct buf *reply)
{
	struct receive r = read_options(&rest);
	char *nfd = NULL;
	struct pdu *parts;
	size_t n;
	bool ok = true;

	if (r.nfd)
		nfd = (char *)utf8proc_NFD((const utf8proc_uint8_t *)rest);
	n = split(s, &r, nfd != NULL ? nfd : rest, &parts);
	for (size_t i = 0; i < n && ok; i++)
		ok = bring(s, &r, &parts[r.reverse ? n - 1 - i : i], line);
	if (n == 0 || !ok)
		buf_puts(reply, "error: receive needs NUMBER TEXT\n");
	else
		buf_printf(reply, "received in %zu part(s)\n", n);
	free(parts);
	free(nfd);
}

/* Many citizens at once: number and text grow with each. */
void
control_flood(struct sim *s, char *rest, struct buf *line, struct buf *reply)
{
	int n = atoi(control_word(&rest));
	struct pdu *parts;

	for (int i = 1; i <= n; i++) {
		char number[PDU_NUMBER], text[160];
		struct receive r = {.number = number};

		snprintf(number, sizeof(number), "+84900%06d", i % 1000000);
		snprintf(text, sizeof(text), "%.140s %d", rest, i);
		if (split(s, &r, text, &parts) > 0)
			bring(s, &r, parts, line);
		free(parts);
	}
	buf_printf(reply, "%d messages\n", n);
}

static void
put_escaped(const char *text, struct buf *reply)
{
	for (const char *c = text; *c != '\0'; c++)
		buf_printf(reply, *c == '\n' ? "\\n" : "%c", *c);
	buf_putc(reply, '\n');
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
	if (p.kind == PDU_REPORT) {
		buf_printf(reply, "%s\treport of %d: %s (0x%02x)\n", p.number,
		    p.reference, p.status == 0 ? "delivered" : "not delivered",
		    (unsigned)p.status);
		return;
	}
	buf_init(&text);
	pdu_text(&p, &text);
	buf_printf(reply, "%s\t%d/%d\t%s\t", p.number, p.part, p.total,
	    p.ucs2 ? "ucs2" : "gsm7");
	put_escaped(buf_text(&text), reply);
	buf_finish(&text);
}

void
control_sent(struct sim *s, char *rest, struct buf *line, struct buf *reply)
{
	(void)rest;
	(void)line;
	for (size_t i = 0; i < s->nair; i++) {
		if (s->air[i].way == '<')
			describe(s->air[i].pdu, reply);
	}
}

/* The whole of it, as it went: time, direction, PDU, and what it says. */
void
control_air(struct sim *s, char *rest, struct buf *line, struct buf *reply)
{
	(void)rest;
	(void)line;
	for (size_t i = 0; i < s->nair; i++) {
		const struct sim_flight *f = &s->air[i];
		char at[CIVIL_TIME_TEXT];

		civil_format_time(f->at, VIETNAM_MINUTES, at);
		buf_printf(reply, "%s %s %s\n    ", at,
		    f->way == '<' ? "from us" : "to us  ", f->pdu);
		describe(f->pdu, reply);
	}
}

void
control_slots(struct sim *s, char *rest, struct buf *line, struct buf *reply)
{
	(void)rest;
	(void)line;
	for (int storage = 0; storage < SIM_STORAGE_COUNT; storage++) {
		for (int i = 0; i < s->size[storage]; i++) {
			if (!s->slots[storage][i].used)
				continue;
			buf_printf(reply, "%s %d\t",
			    sim_storage_name((enum sim_storage)storage),
			    i + s->dialect->base);
			describe(s->slots[storage][i].pdu, reply);
		}
	}
}

/* A message as the network would never send it. */
void
control_pdu(struct sim *s, char *rest, struct buf *line, struct buf *reply)
{
	char hex[PDU_HEX];

	if (rest[strspn(rest, "0123456789ABCDEF")] != '\0' ||
	    strlen(rest) >= sizeof(hex)) {
		buf_puts(reply, "error: not a PDU in hex");
		return;
	}
	snprintf(hex, sizeof(hex), "%s", rest);
	sim_arrive(s, hex, line);
}

/* A message centre's length octet of 0x90 smashes the stack of libGammu 1.42.
 */
void
control_poison(struct sim *s, char *rest, struct buf *line, struct buf *reply)
{
	char hex[PDU_HEX] = "9091";

	(void)rest;
	(void)reply;
	for (size_t n = 4; n < 350; n++)
		hex[n] = '9';
	hex[350] = '\0';
	sim_arrive(s, hex, line);
}
