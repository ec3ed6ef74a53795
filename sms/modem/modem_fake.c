/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The in-memory twin of modem_gammu.c. A sent text is noted whatever the result
 * it then reports, as a network does whose answer gets lost. */
#include "sms/modem/modem_fake.h"

#include <stdio.h>
#include <stdlib.h>

static bool
fake_present(struct modem *m)
{
	struct modem_fake *f = (struct modem_fake *)m;

	return f->absent-- <= 0;
}

static enum modem_result
fake_open(struct modem *m)
{
	return ((struct modem_fake *)m)->open_result;
}

static enum modem_result
fake_next(struct modem *m, bool start, struct modem_part *part)
{
	struct modem_fake *f = (struct modem_fake *)m;

	if (start)
		f->cursor = 0;
	while (f->cursor < FAKE_SLOTS && !f->used[f->cursor])
		f->cursor++;
	if (f->cursor == FAKE_SLOTS)
		return MODEM_EMPTY;
	if (f->cursor == f->lose_at)
		return MODEM_LOST;
	if (f->cursor == f->garble_at) {
		f->cursor++;
		return MODEM_UNREADABLE;
	}
	*part = f->slots[f->cursor];
	part->slot = f->cursor++;
	return MODEM_OK;
}

static enum modem_result
fake_remove(struct modem *m, int slot, bool look)
{
	struct modem_fake *f = (struct modem_fake *)m;

	if (f->before_remove != NULL)
		f->before_remove(f, slot);
	if (f->refuse_removes > 0) {
		f->refuse_removes--;
		return MODEM_REFUSED;
	}
	if (f->pretends)
		return look ? MODEM_REFUSED : MODEM_OK;
	f->used[slot] = false;
	return MODEM_OK;
}

static enum modem_result
fake_rescue(struct modem *m, modem_keep *keep, void *context)
{
	struct modem_fake *f = (struct modem_fake *)m;

	if (f->garble_at < 0 || !f->used[f->garble_at])
		return MODEM_OK;
	if (f->garbled == NULL ||
	    !keep(context, f->garbled, f->garble_at, false) || f->pretends)
		return MODEM_REFUSED;
	f->used[f->garble_at] = false;
	return keep(context, f->garbled, f->garble_at, true) ? MODEM_OK
							     : MODEM_REFUSED;
}

static enum modem_result
fake_send(struct modem *m, const char *number, const char *text,
    struct modem_sent *sent)
{
	struct modem_fake *f = (struct modem_fake *)m;

	*sent = (struct modem_sent){.code = -1};
	if (f->send_result != MODEM_REFUSED && f->nsent < FAKE_SENT)
		snprintf(f->sent[f->nsent++], sizeof(f->sent[0]), "%s %s",
		    number, text);
	if (f->send_result == MODEM_REFUSED)
		sent->code = f->send_code;
	sent->parts = f->send_result == MODEM_OK ? 1 : f->parts;
	for (int i = 0; i < sent->parts; i++)
		sent->references[i] = ++f->reference & 0xff;
	return f->send_result;
}

static enum modem_result
fake_report(struct modem *m, struct modem_report *report)
{
	struct modem_fake *f = (struct modem_fake *)m;

	if (f->nreports == 0)
		return MODEM_EMPTY;
	*report = f->reports[--f->nreports];
	return MODEM_OK;
}

static enum modem_result
fake_look(struct modem *m, struct modem_state *state)
{
	struct modem_fake *f = (struct modem_fake *)m;

	*state = f->state;
	return f->look_result;
}

static enum modem_result
fake_ask(struct modem *m, const char *code, char answer[MODEM_USSD_BYTES])
{
	(void)m;
	snprintf(answer, MODEM_USSD_BYTES, "reply for %s", code);
	return MODEM_OK;
}

static enum modem_result
fake_wait(struct modem *m, int ms)
{
	(void)ms;
	return ((struct modem_fake *)m)->wait_result;
}

static void
fake_close(struct modem *m)
{
	free(m);
}

struct modem_fake *
modem_fake_create(void)
{
	static const struct modem_ops ops = {fake_present, fake_open, fake_next,
	    fake_remove, fake_rescue, fake_send, fake_report, fake_look,
	    fake_ask, fake_wait, fake_close};
	struct modem_fake *f = calloc(1, sizeof(*f));

	if (f == NULL)
		abort();
	f->modem.ops = &ops;
	f->lose_at = f->garble_at = -1;
	return f;
}

int
modem_fake_receive(struct modem_fake *f, const struct modem_part *part)
{
	for (int i = 0; i < FAKE_SLOTS; i++) {
		if (f->used[i])
			continue;
		f->slots[i] = *part;
		f->used[i] = true;
		return i;
	}
	return -1;
}

int
modem_fake_used(const struct modem_fake *f)
{
	int n = 0;

	for (int i = 0; i < FAKE_SLOTS; i++)
		n += f->used[i];
	return n;
}
