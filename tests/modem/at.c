/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the modem says to AT commands (3GPP TS 27.005 and 27.007): those that
 * libGammu's AT driver sends, in one table; anything else is an ERROR. The echo
 * is mandatory: libGammu finds out by it which command an answer belongs to.
 */
#include "tests/modem/sim.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ESCAPE   0x1b
#define END_TEXT 0x1a

enum reply { REPLY_OK, REPLY_ERROR, REPLY_NONE };

struct command {
	const char *begins; /* the command after "AT" */
	bool whole;         /* nothing may follow */
	enum reply (*run)(struct sim *s, const char *rest, struct buf *out);
	const char *says; /* instead of run: a line before the OK, or NULL */
};

static void
cms_error(struct sim *s, int code, struct buf *out)
{
	if (s->errors == 0)
		buf_puts(out, "\r\nERROR\r\n");
	else
		buf_printf(out, "\r\n+CMS ERROR: %d\r\n", code);
}

static enum reply
error_level(struct sim *s, const char *rest, struct buf *out)
{
	(void)out;
	s->errors = atoi(rest);
	return REPLY_OK;
}

static enum reply
pin_status(struct sim *s, const char *rest, struct buf *out)
{
	(void)rest;
	buf_printf(out, "\r\n+CPIN: %s\r\n",
	    !s->locked         ? "READY"
	    : s->pin_tries > 0 ? "SIM PIN"
			       : "SIM PUK");
	return REPLY_OK;
}

static enum reply
pin_enter(struct sim *s, const char *rest, struct buf *out)
{
	size_t n = strlen(s->pin);

	rest += *rest == '"';
	if (s->locked && s->pin_tries > 0 && strncmp(rest, s->pin, n) == 0 &&
	    (rest[n] == '"' || rest[n] == '\0')) {
		s->locked = false;
		s->pin_tries = SIM_PIN_TRIES;
		return REPLY_OK;
	}
	s->pin_wrong++;
	s->pin_tries -= s->pin_tries > 0;
	buf_puts(out, "\r\n+CME ERROR: 16\r\n");
	return REPLY_NONE;
}

static enum reply
storage_choose(struct sim *s, const char *rest, struct buf *out)
{
	int used, size;

	if (s->locked) {
		cms_error(s, 311, out);
		return REPLY_NONE;
	}
	if (strncmp(rest, "\"SM\"", 4) == 0)
		s->current = SIM_SM;
	else if (strncmp(rest, "\"ME\"", 4) == 0 && s->size[SIM_ME] > 0)
		s->current = SIM_ME;
	else
		return REPLY_ERROR;
	used = sim_used(s, s->current);
	size = s->size[s->current];
	buf_printf(out, "\r\n+CPMS: %d,%d,%d,%d,%d,%d\r\n", used, size, used,
	    size, used, size);
	return REPLY_OK;
}

static enum reply
list(struct sim *s, const char *rest, struct buf *out)
{
	(void)rest;
	s->listings++;
	if (sim_fault(s, FAULT_CMGL_SILENT))
		return REPLY_NONE;
	for (int i = 0; i < s->size[s->current]; i++) {
		struct sim_slot *slot = &s->slots[s->current][i];

		if (!slot->used)
			continue;
		buf_printf(out, "\r\n+CMGL: %d,%d,,%zu\r\n%s", i + 1,
		    slot->state, pdu_length(slot->pdu), slot->pdu);
		slot->state = 1;
	}
	buf_puts(out, "\r\n");
	return REPLY_OK;
}

/* The slot that a command names, NULL for an index out of range. */
static struct sim_slot *
slot_of(struct sim *s, const char *rest, int *index)
{
	*index = atoi(rest);
	if (*index < 1 || *index > s->size[s->current])
		return NULL;
	return &s->slots[s->current][*index - 1];
}

static enum reply
read_slot(struct sim *s, const char *rest, struct buf *out)
{
	int index;
	struct sim_slot *slot = slot_of(s, rest, &index);

	if (slot == NULL || !slot->used) {
		cms_error(s, 321, out);
		return REPLY_NONE;
	}
	buf_printf(out, "\r\n+CMGR: %d,,%zu\r\n%s\r\n", slot->state,
	    pdu_length(slot->pdu), slot->pdu);
	slot->state = 1;
	return REPLY_OK;
}

static enum reply
delete_slot(struct sim *s, const char *rest, struct buf *out)
{
	int index;
	struct sim_slot *slot = slot_of(s, rest, &index);

	if (sim_fault(s, FAULT_CMGD_SILENT))
		return REPLY_NONE;
	if (slot == NULL || sim_fault(s, FAULT_CMGD_ERROR)) {
		cms_error(s, slot == NULL ? 321 : 500, out);
		return REPLY_NONE;
	}
	if (slot->used)
		sim_remove(s, s->current, index, out);
	return REPLY_OK;
}

static enum reply
announce(struct sim *s, const char *rest, struct buf *out)
{
	int mode = 0, mt = 0;

	(void)out;
	sscanf(rest, "%d,%d", &mode, &mt);
	s->announce = mt == 1;
	return REPLY_OK;
}

static enum reply
send_begin(struct sim *s, const char *rest, struct buf *out)
{
	(void)rest;
	if (s->locked) {
		cms_error(s, 311, out);
		return REPLY_NONE;
	}
	s->entering = true;
	buf_puts(out, "\r\n> ");
	return REPLY_NONE;
}

static const struct command commands[] = {
    {"", true, NULL, NULL},
    {"E1", true, NULL, NULL},
    {"+CMEE=", false, error_level, NULL},
    {"+CSCS?", true, NULL, "+CSCS: \"GSM\""},
    {"+CSCS=?", true, NULL, "+CSCS: (\"GSM\",\"IRA\",\"UCS2\")"},
    {"+CSCS=", false, NULL, NULL},
    {"+CGMI", true, NULL, "HAILONG"},
    {"+CGMM", true, NULL, "SIMULATOR"},
    {"+CGMR", true, NULL, "1.0"},
    {"+CGSN", true, NULL, "490154203237518"},
    {"+CIMI", true, NULL, "452040000000001"},
    {"+CHUP", false, NULL, NULL},
    {"+CFUN=1", true, NULL, NULL},
    {"+CPIN?", true, pin_status, NULL},
    {"+CPIN=", false, pin_enter, NULL},
    {"+CPMS=?", true, NULL,
	"+CPMS: (\"SM\",\"ME\"),(\"SM\",\"ME\"),(\"SM\",\"ME\")"},
    {"+CPMS=", false, storage_choose, NULL},
    {"+CMGF=0", true, NULL, NULL},
    {"+CMGL", false, list, NULL},
    {"+CMGR=", false, read_slot, NULL},
    {"+CMGD=", false, delete_slot, NULL},
    {"+CNMI=?", true, NULL, "+CNMI: (0,1,2),(0,1,2,3),(0,2),(0,1,2),(0,1)"},
    {"+CNMI=", false, announce, NULL},
    {"+CSCA?", true, NULL, "+CSCA: \"+84980200625\",145"},
    {"+CMMS=", false, NULL, NULL},
    {"+CMGS=", false, send_begin, NULL},
    {"+CSQ", true, NULL, "+CSQ: 21,0"},
    {"+CREG=", false, NULL, NULL},
    {"+CREG?", true, NULL, "+CREG: 2,1,\"0001\",\"00000001\""},
    {"+CGREG=", false, NULL, NULL},
    {"+CGREG?", true, NULL, "+CGREG: 2,1,\"0001\",\"00000001\""},
    {"+CGATT?", true, NULL, "+CGATT: 1"},
    {"+COPS=", false, NULL, NULL},
    {"+COPS?", true, NULL, "+COPS: 0,2,\"45204\""},
    {"+CBC", true, NULL, "+CBC: 0,100"},
    {NULL, false, NULL, NULL},
};

static void
run(struct sim *s, const char *line, struct buf *out)
{
	const struct command *c = commands;
	const char *rest = line + 2;
	enum reply reply = REPLY_ERROR;

	if (strncmp(line, "AT", 2) != 0)
		return; /* the ESC and noise before a command */
	if (s->faults[FAULT_GARBAGE] > 0 && sim_fault(s, FAULT_GARBAGE)) {
		buf_puts(out, "\r\n\x7f#~~\x01 0000 @@\r\n");
		return;
	}
	while (c->begins != NULL &&
	       (strncmp(rest, c->begins, strlen(c->begins)) != 0 ||
		   (c->whole && rest[strlen(c->begins)] != '\0')))
		c++;
	if (c->begins != NULL) {
		reply = REPLY_OK;
		if (c->run != NULL)
			reply = c->run(s, rest + strlen(c->begins), out);
		else if (c->says != NULL)
			buf_printf(out, "\r\n%s\r\n", c->says);
	}
	if (reply == REPLY_OK)
		buf_puts(out, "\r\nOK\r\n");
	else if (reply == REPLY_ERROR)
		buf_puts(out, "\r\nERROR\r\n");
}

/* The PDU is complete: the network takes it or not. */
static void
send_end(struct sim *s, struct buf *out)
{
	struct pdu p;
	int reference;

	s->entering = false;
	if (sim_fault(s, FAULT_CMS)) {
		buf_printf(out, "\r\n+CMS ERROR: %d\r\n", s->cms_code);
	} else if (pdu_decode(buf_text(&s->line), &p) != NULL || !p.submit) {
		buf_puts(out, "\r\n+CMS ERROR: 304\r\n");
	} else {
		reference = sim_sent(s, buf_text(&s->line));
		if (!sim_fault(s, FAULT_ANSWER_LOST))
			buf_printf(
			    out, "\r\n+CMGS: %d\r\n\r\nOK\r\n", reference);
	}
	buf_clear(&s->line);
}

void
at_input(struct sim *s, const char *bytes, size_t n, struct buf *out)
{
	for (size_t i = 0; i < n; i++) {
		char c = bytes[i];

		if (s->entering && c == END_TEXT) {
			send_end(s, out);
		} else if (c == ESCAPE) {
			s->entering = false;
			buf_clear(&s->line);
		} else if (s->entering) {
			if (c != '\r' && c != '\n')
				buf_putc(&s->line, c);
		} else if (c == '\r') {
			buf_printf(out, "%s\r", buf_text(&s->line));
			run(s, buf_text(&s->line), out);
			buf_clear(&s->line);
		} else if (c != '\n' && s->line.size < 1000) {
			buf_putc(&s->line, c);
		}
	}
}
