/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A batch that the collector cannot take is halved until one row is left. That
 * row is not given up yet: a line that spoils every body would look the same.
 * It becomes a suspect and stays back, and the rows behind it are sent. Once
 * some of them are taken the line is known to be good, the queue is sent from
 * its head again, and a suspect that is refused alone a second time is given
 * up. When OFFER_ALIKE rows after one another are refused alone, or none is
 * left to compare with, it is taken for the line: pause.
 */
#include "shared/offer.h"

#include <string.h>

void
offer_init(struct offer *o, size_t most)
{
	memset(o, 0, sizeof(*o));
	o->most = o->count = most;
}

void
offer_taken(struct offer *o)
{
	for (size_t i = 0; i < OFFER_SUSPECTS; i++)
		o->suspects[i].proved = *o->suspects[i].id != '\0';
	o->skip = 0;
	o->alike = 0;
	o->count = o->count * 2 < o->most ? o->count * 2 : o->most;
}

static struct offer_suspect *
find_suspect(struct offer *o, const char *id)
{
	for (size_t i = 0; i < OFFER_SUSPECTS; i++)
		if (strcmp(o->suspects[i].id, id) == 0)
			return &o->suspects[i];
	return NULL;
}

/* Remembers a row; in place of another one when there is no room, but never of
 * one that is about to be given up. */
static void
suspect(struct offer *o, const char *id)
{
	struct offer_suspect *s = find_suspect(o, id);

	if (s == NULL)
		s = find_suspect(o, "");
	for (size_t i = 0; s == NULL && i < OFFER_SUSPECTS; i++) {
		s = &o->suspects[o->next++ % OFFER_SUSPECTS];
		s = s->proved ? NULL : s;
	}
	if (s == NULL)
		return;
	strncpy(s->id, id, sizeof(s->id) - 1);
	s->proved = false;
}

enum offer_deed
offer_split(struct offer *o, const char *id, size_t n)
{
	struct offer_suspect *s;

	if (n > 1) {
		o->count = n / 2;
		return OFFER_AGAIN;
	}
	s = find_suspect(o, id);
	if (s != NULL && s->proved) {
		memset(s, 0, sizeof(*s));
		return OFFER_GIVE_UP;
	}
	suspect(o, id);
	o->skip++;
	if (++o->alike < OFFER_ALIKE)
		return OFFER_AGAIN;
	o->alike = 0;
	return OFFER_WAIT;
}

bool
offer_end(struct offer *o)
{
	bool some = o->skip > 0;

	/* what was to be given up and was not met has left the queue */
	for (size_t i = 0; i < OFFER_SUSPECTS; i++)
		if (!some || o->suspects[i].proved)
			memset(&o->suspects[i], 0, sizeof(o->suspects[i]));
	o->skip = 0;
	o->alike = 0;
	return some;
}
