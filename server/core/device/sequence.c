/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A sorted list of ranges that grow and meet. A kiosk delivers in order, so the
 * value nearly always lengthens the last range. A list that would become too
 * long closes its oldest gap: those answers are then no longer looked for.
 */
#include "server/core/device/sequence.h"

#include <stdlib.h>
#include <string.h>

void
sequence_read(struct sequence *s, const char *text)
{
	char *end;

	s->n = 0;
	while (*text != '\0' && s->n < SEQUENCE_RANGES) {
		int64_t first = strtoll(text, &end, 10), last = first;
		int64_t before = s->n > 0 ? s->ranges[s->n - 1].last : 0;

		if (*end == '-')
			last = strtoll(end + 1, &end, 10);
		if (first <= before || last < first)
			return;
		s->ranges[s->n].first = first;
		s->ranges[s->n++].last = last;
		text = end + (*end == ' ');
	}
}

void
sequence_write(const struct sequence *s, struct buf *out)
{
	for (size_t i = 0; i < s->n; i++) {
		if (i > 0)
			buf_putc(out, ' ');
		buf_int(out, s->ranges[i].first);
		if (s->ranges[i].last > s->ranges[i].first) {
			buf_putc(out, '-');
			buf_int(out, s->ranges[i].last);
		}
	}
}

static void
remove_range(struct sequence *s, size_t i)
{
	memmove(&s->ranges[i], &s->ranges[i + 1],
	    (s->n - i - 1) * sizeof(s->ranges[0]));
	s->n--;
}

/* The range before i reaches it now. */
static void
meet(struct sequence *s, size_t i)
{
	if (i > 0 && i < s->n &&
	    s->ranges[i - 1].last + 1 >= s->ranges[i].first) {
		s->ranges[i - 1].last = s->ranges[i].last;
		remove_range(s, i);
	}
}

static void
sequence_insert(struct sequence *s, size_t i, int64_t value)
{
	memmove(&s->ranges[i + 1], &s->ranges[i],
	    (s->n - i) * sizeof(s->ranges[0]));
	s->ranges[i].first = s->ranges[i].last = value;
	s->n++;
	if (s->n > SEQUENCE_RANGES) {
		s->ranges[0].last = s->ranges[1].last;
		remove_range(s, 1);
	}
}

bool
sequence_add(struct sequence *s, int64_t value)
{
	size_t i = s->n;

	/* the first range that ends at or after the value */
	while (i > 0 && s->ranges[i - 1].last >= value)
		i--;
	if (i < s->n && s->ranges[i].first <= value)
		return false;
	if (i > 0 && s->ranges[i - 1].last + 1 == value) {
		s->ranges[i - 1].last = value;
		meet(s, i);
	} else if (i < s->n && s->ranges[i].first == value + 1) {
		s->ranges[i].first = value;
	} else {
		sequence_insert(s, i, value);
	}
	return true;
}

int64_t
sequence_highest(const struct sequence *s)
{
	return s->n == 0 ? 0 : s->ranges[s->n - 1].last;
}

int64_t
sequence_missing(const struct sequence *s)
{
	int64_t there = 0;

	for (size_t i = 0; i < s->n; i++)
		there += s->ranges[i].last - s->ranges[i].first + 1;
	return sequence_highest(s) - there;
}
