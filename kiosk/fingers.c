/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A short list, kept dense: the first `now` entries are on the glass. */
#include "kiosk/fingers.h"

#include <math.h>
#include <string.h>

static int
index_of(const struct fingers *f, uintptr_t id)
{
	for (int i = 0; i < f->now; i++)
		if (f->list[i].id == id)
			return i;
	return -1;
}

void
fingers_down(struct fingers *f, uintptr_t id, double x, double y, int64_t now)
{
	if (f->now == FINGERS_MOST || index_of(f, id) >= 0)
		return;
	if (f->now == 0)
		f->most = 0;
	f->list[f->now++] = (struct finger){
	    .id = id, .since = now, .x = x, .y = y, .from_x = x, .from_y = y};
	if (f->now > f->most)
		f->most = f->now;
}

void
fingers_move(struct fingers *f, uintptr_t id, double x, double y)
{
	int i = index_of(f, id);
	struct finger *finger;

	if (i < 0)
		return;
	finger = &f->list[i];
	finger->x = x;
	finger->y = y;
	if (hypot(x - finger->from_x, y - finger->from_y) > f->reach)
		finger->strayed = true;
}

void
fingers_up(struct fingers *f, uintptr_t id)
{
	int i = index_of(f, id);

	if (i < 0)
		return;
	memmove(&f->list[i], &f->list[i + 1],
	    (size_t)(f->now - i - 1) * sizeof(f->list[0]));
	f->now--;
}

void
fingers_none(struct fingers *f)
{
	f->now = 0;
}

const struct finger *
fingers_find(const struct fingers *f, uintptr_t id)
{
	int i = index_of(f, id);

	return i < 0 ? NULL : &f->list[i];
}

bool
fingers_in_corner(const struct fingers *f, int64_t now)
{
	const struct finger *finger = &f->list[0];

	return f->now == 1 && f->most == 1 && !finger->strayed &&
	       finger->from_x < f->corner && finger->from_y < f->corner &&
	       now - finger->since >= FINGERS_CORNER_MS;
}
