/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the modem says to AT commands (3GPP TS 27.007): those that libGammu's AT
 * driver sends, in one table; anything else is an ERROR. The echo is mandatory:
 * libGammu finds out by it which command an answer belongs to.
 *
 * Faults happen here, around the command they were asked for: it is done or
 * not, answered or not, at once or late.
 */
#include "tests/modem/at.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "sms/text/utf16.h"

#define ESCAPE   0x1b
#define END_TEXT 0x1a

void
at_refuse(const struct sim *s, int code, struct buf *out)
{
	if (s->errors == 0)
		buf_puts(out, "\r\nERROR\r\n");
	else
		buf_printf(out, "\r\n+CMS ERROR: %d\r\n", code);
}

static enum at_reply
error_level(struct sim *s, const char *rest, struct buf *out)
{
	(void)out;
	s->errors = atoi(rest);
	return AT_OK;
}

static enum at_reply
maker(struct sim *s, const char *rest, struct buf *out)
{
	(void)rest;
	buf_printf(out, "\r\n%s\r\n", s->dialect->maker);
	return AT_OK;
}

static enum at_reply
model(struct sim *s, const char *rest, struct buf *out)
{
	(void)rest;
	buf_printf(out, "\r\n%s\r\n", s->dialect->model);
	return AT_OK;
}

static enum at_reply
subscriber(struct sim *s, const char *rest, struct buf *out)
{
	(void)rest;
	buf_printf(out, "\r\n%s\r\n", s->imsi);
	return AT_OK;
}

static enum at_reply
alphabet(struct sim *s, const char *rest, struct buf *out)
{
	(void)out;
	s->wide = strncmp(rest, "\"UCS2\"", 6) == 0;
	return AT_OK;
}

static enum at_reply
pin_status(struct sim *s, const char *rest, struct buf *out)
{
	(void)rest;
	buf_printf(out, "\r\n+CPIN: %s\r\n",
	    !s->locked         ? "READY"
	    : s->pin_tries > 0 ? "SIM PIN"
			       : "SIM PUK");
	return AT_OK;
}

static enum at_reply
pin_enter(struct sim *s, const char *rest, struct buf *out)
{
	size_t n = strlen(s->pin);

	rest += *rest == '"';
	if (s->locked && s->pin_tries > 0 && strncmp(rest, s->pin, n) == 0 &&
	    (rest[n] == '"' || rest[n] == '\0')) {
		s->locked = false;
		s->pin_tries = SIM_PIN_TRIES;
		return AT_OK;
	}
	s->pin_wrong++;
	s->pin_tries -= s->pin_tries > 0;
	buf_puts(out, "\r\n+CME ERROR: 16\r\n");
	return AT_NONE;
}

static enum at_reply
strength(struct sim *s, const char *rest, struct buf *out)
{
	(void)rest;
	buf_printf(out, "\r\n+CSQ: %d,0\r\n", s->signal);
	return AT_OK;
}

static enum at_reply
registration(struct sim *s, const char *rest, struct buf *out)
{
	(void)rest;
	buf_printf(
	    out, "\r\n+CREG: 2,%d,\"0001\",\"00000001\"\r\n", s->registered);
	return AT_OK;
}

static enum at_reply
packet_registration(struct sim *s, const char *rest, struct buf *out)
{
	(void)rest;
	buf_printf(
	    out, "\r\n+CGREG: 2,%d,\"0001\",\"00000001\"\r\n", s->registered);
	return AT_OK;
}

static enum at_reply
operator_name(struct sim *s, const char *rest, struct buf *out)
{
	(void)rest;
	if (s->registered == 1 || s->registered == 5)
		buf_puts(out, "\r\n+COPS: 0,2,\"45204\"\r\n");
	else
		buf_puts(out, "\r\n+COPS: 0\r\n");
	return AT_OK;
}

/* What the operator says, in the alphabet that CSCS asked for. */
static enum at_reply
service_code(struct sim *s, const char *rest, struct buf *out)
{
	struct buf units;

	if (*rest != '1' || strchr(rest, ',') == NULL)
		return AT_OK;
	buf_puts(out, "\r\nOK\r\n\r\n+CUSD: 0,\"");
	if (!s->wide) {
		buf_printf(out, "%s\",15\r\n", s->ussd);
		return AT_NONE;
	}
	buf_init(&units);
	utf16_from_utf8(&units, s->ussd);
	for (size_t i = 0; i < units.size; i++)
		buf_printf(out, "%02X", (unsigned char)units.data[i]);
	buf_finish(&units);
	buf_puts(out, "\",72\r\n");
	return AT_NONE;
}

static const struct at_command commands[] = {
    {"", true, NULL, NULL},
    {"E1", true, NULL, NULL},
    {"+CMEE=", false, error_level, NULL},
    {"+CSCS?", true, NULL, "+CSCS: \"GSM\""},
    {"+CSCS=?", true, NULL, "+CSCS: (\"GSM\",\"IRA\",\"UCS2\")"},
    {"+CSCS=", false, alphabet, NULL},
    {"+CGMI", true, maker, NULL},
    {"+CGMM", true, model, NULL},
    {"+CGMR", true, NULL, "1.0"},
    {"+CGSN", true, NULL, "490154203237518"},
    {"+CIMI", true, subscriber, NULL},
    {"+CHUP", false, NULL, NULL},
    {"H", true, NULL, NULL},
    {"+CFUN=1", true, NULL, NULL},
    {"+CPIN?", true, pin_status, NULL},
    {"+CPIN=", false, pin_enter, NULL},
    {"+CSQ", true, strength, NULL},
    {"+CREG=", false, NULL, NULL},
    {"+CREG?", true, registration, NULL},
    {"+CGREG=", false, NULL, NULL},
    {"+CGREG?", true, packet_registration, NULL},
    {"+CGATT?", true, NULL, "+CGATT: 1"},
    {"+COPS=", false, NULL, NULL},
    {"+COPS?", true, operator_name, NULL},
    {"+CBC", true, NULL, "+CBC: 0,100"},
    {"+CLIP=", false, NULL, NULL},
    {"+CRC=", false, NULL, NULL},
    {"+CCWA=", false, NULL, NULL},
    {"+CUSD=", false, service_code, NULL},
    {"^CURC=", false, NULL, NULL},
    {"^PORTSEL=", false, NULL, NULL},
    {NULL, false, NULL, NULL},
};

/* ------------------------------------------------------------------- faults */

static void
noise(struct buf *out)
{
	buf_puts(out, "\r\n\x7f#~~\x01 0000 @@\r\n");
}

static void
cut(struct buf *out, size_t size)
{
	out->size = size;
	if (out->data != NULL)
		out->data[size] = '\0';
}

/* What a fault leaves of an answer that begins at `begin` of out. */
static void
spoil(struct sim *s, const struct sim_fault *f, size_t begin, struct buf *out)
{
	struct buf answer;

	switch (f->kind) {
	case FAULT_DEAF:
	case FAULT_UNPLUG:
		cut(out, begin);
		s->plugged = f->kind != FAULT_UNPLUG;
		break;
	case FAULT_LATE:
		s->late_ms = f->value;
		break;
	default: /* FAULT_NOISE */
		buf_init(&answer);
		buf_add(&answer, out->data + begin, out->size - begin);
		cut(out, begin);
		noise(out);
		buf_add(out, answer.data, answer.size);
		noise(out);
		buf_finish(&answer);
		break;
	}
}

/* True when the command is not done at all. */
static bool
prevented(struct sim *s, const struct sim_fault *f, struct buf *out)
{
	if (f == NULL || f->kind > FAULT_GARBAGE)
		return false;
	if (f->kind == FAULT_REFUSE) {
		s->refused++;
		at_refuse(s, f->value, out);
	}
	if (f->kind == FAULT_GARBAGE)
		noise(out);
	return true;
}

/* ----------------------------------------------------------------- commands */

static const struct at_command *
find(const struct at_command *c, const char *rest)
{
	for (; c->begins != NULL; c++) {
		size_t n = strlen(c->begins);

		if (strncmp(rest, c->begins, n) == 0 &&
		    (!c->whole || rest[n] == '\0'))
			return c;
	}
	return NULL;
}

static void
run(struct sim *s, const char *rest, struct buf *out)
{
	const struct at_command *c = find(commands, rest);
	enum at_reply reply = AT_OK;

	if (c == NULL)
		c = find(at_sms, rest);
	if (c == NULL)
		reply = AT_ERROR;
	else if (c->run != NULL)
		reply = c->run(s, rest + strlen(c->begins), out);
	else if (c->says != NULL)
		buf_printf(out, "\r\n%s\r\n", c->says);
	if (reply == AT_OK)
		buf_puts(out, "\r\nOK\r\n");
	else if (reply == AT_ERROR)
		buf_puts(out, "\r\nERROR\r\n");
}

static void
command(struct sim *s, const char *line, struct buf *out)
{
	const char *rest = line + 2;
	const struct sim_fault *f;
	size_t begin = out->size;

	if (strncmp(line, "AT", 2) != 0)
		return; /* the ESC and noise before a command */
	f = sim_fault(s, *rest == '+' ? rest + 1 : rest);
	if (prevented(s, f, out))
		return;
	run(s, rest, out);
	if (f != NULL)
		spoil(s, f, begin, out);
}

static void
text_ends(struct sim *s, struct buf *out)
{
	const struct sim_fault *f = sim_fault(s, "PDU");
	size_t begin = out->size;

	s->entering = false;
	if (!prevented(s, f, out)) {
		at_send(s, out);
		if (f != NULL)
			spoil(s, f, begin, out);
	}
	buf_clear(&s->line);
}

void
at_input(struct sim *s, const char *bytes, size_t n, struct buf *out)
{
	for (size_t i = 0; i < n && s->plugged; i++) {
		char c = bytes[i];

		if (s->entering && c == END_TEXT) {
			text_ends(s, out);
		} else if (c == ESCAPE) {
			s->entering = false;
			buf_clear(&s->line);
		} else if (s->entering) {
			if (c != '\r' && c != '\n')
				buf_putc(&s->line, c);
		} else if (c == '\r') {
			buf_printf(out, "%s\r", buf_text(&s->line));
			command(s, buf_text(&s->line), out);
			buf_clear(&s->line);
		} else if (c != '\n' && s->line.size < 1000) {
			buf_putc(&s->line, c);
		}
	}
}
