/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A line of those who wait, fair by where they come from: one of each source
 * is next in turn, so that a source with thousands waits for its own. When the
 * line is full, the source that has most in it loses its newest. Pure; places
 * are parts of what waits, and nothing is copied.
 */
#ifndef HAILONG_SERVER_CORE_FAIR_LINE_H
#define HAILONG_SERVER_CORE_FAIR_LINE_H

#include <stddef.h>
#include <stdint.h>

/* A place in the line. source: a keyed hash, 0 not known (one source like any);
 * since: ms of a clock that does not jump. */
struct line_place {
	struct line_place *next, *before; /* the line's own */
	uint64_t source;
	int64_t since;
};

struct fair_line;

/* Makes an empty one for so many at most; the caller destroys it. */
struct fair_line *fair_line_create(size_t most);
/* Frees it, not what waits in it. NULL is allowed. */
void fair_line_destroy(struct fair_line *l);

/* Lets one in. Returns the place that there is no room for, which is out of the
 * line: this one or another; NULL: there was room. */
struct line_place *fair_line_join(struct fair_line *l, struct line_place *p);
/* Takes the next in turn; NULL: none waits. */
struct line_place *fair_line_take(struct fair_line *l);
/* Takes one that waits since before an instant; NULL: none does. */
struct line_place *fair_line_late(struct fair_line *l, int64_t before);
/* How many wait. */
size_t fair_line_count(const struct fair_line *l);

#endif
