/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A window is a piece of time on a fixed grid: a minute, ten, an hour, a day.
 * Each answer is counted in some windows of each kind; the order in which
 * answers come does not matter, so that an outbox which is emptied after an
 * outage is as usual as it was when it filled. A count stands under the hash of
 * all that it is a count of (burst_slots.h).
 *
 * The limit of a window is a floor, for desks that are seldom used and for a
 * family that answers together, and what the desk may have on its busiest day:
 * PEAK times the usual of an open hour, and SPREAD times the root of that,
 * since people come in clumps. When the desk is closed a tenth is usual: by its
 * hours, with an hour before and after them, or where it has none by night and
 * on Sundays. The
 * floors were set by simulation (tests/attack/): a script at a tenth of its
 * speed passes them in seconds, honest years do not.
 */
#include "server/core/burst/burst.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "server/core/burst/burst_slots.h"
#include "shared/civil.h"
#include "shared/hash.h"

#define MINUTE_MS (60 * 1000LL)
#define HOUR_MS   (60 * MINUTE_MS)
#define DAY_MS    (24 * HOUR_MS)

#define WINDOWS 4
#define DAY     3 /* place of the longest window */

#define PEAK        6.0 /* of an hour: rush, after holidays */
#define PEAK_DAY    3.0
#define SPREAD      6.0
#define OPEN_HOURS  8.0
#define NIGHT       0.1 /* outside of the hours below */
#define OPEN_FROM   7
#define OPEN_TO     18
#define DAYS_ENOUGH 10    /* with fewer, at least a guess is usual */
#define GUESS_KIOSK 200.0 /* answers a day */
#define GUESS_OTHER 30.0
#define FINGERS     15 /* more than the pace, in one minute */

static const int64_t window_ms[WINDOWS] = {
    MINUTE_MS, 10 * MINUTE_MS, HOUR_MS, DAY_MS};

/* 0: this is not counted in such a window. */
static const double floors[BURST_NONE][WINDOWS] = {
    [BURST_SOURCE] = {10, 20, 40, 0},
    [BURST_UNASKED] = {10, 20, 40, 80},
    [BURST_EQUAL] = {15, 30, 50, 0},
    [BURST_FLOW] = {25, 50, 80, 150},
};

struct usual {
	uint64_t place; /* hash of desk and channel */
	double day;
};

struct burst_watch {
	uint64_t seed;
	struct burst_slots slots;
	struct usual *usual; /* by place; owned */
	size_t nusual;
	struct uuid *marks; /* of the last burst_add; owned */
	size_t nmarks, room;
};

/* One count of one answer. */
struct counting {
	enum burst_why why;
	int window;
	uint64_t key, before; /* of this window, and of the one before */
	double limit;
};

static uint64_t
hash_text(uint64_t hash, const char *text)
{
	return hash_add(hash, text, strlen(text) + 1);
}

static uint64_t
place_of(const struct burst_watch *w, const char *desk, const char *channel)
{
	uint64_t hash = hash_add(HASH_START, &w->seed, sizeof(w->seed));

	return hash_text(hash_text(hash, desk), channel);
}

/* ------------------------------------------------------------ what is usual */

static int
compare_usual(const void *a, const void *b)
{
	uint64_t x = ((const struct usual *)a)->place;
	uint64_t y = ((const struct usual *)b)->place;

	return (x > y) - (x < y);
}

static double
burst_guess(const char *channel)
{
	return strcmp(channel, "kiosk") == 0 ? GUESS_KIOSK : GUESS_OTHER;
}

void
burst_learn(struct burst_watch *w, const struct burst_usual *list, size_t n)
{
	struct usual *u = calloc(n + 1, sizeof(*u));

	if (u == NULL)
		abort();
	for (size_t i = 0; i < n; i++) {
		u[i].place = place_of(w, list[i].desk, list[i].channel);
		u[i].day = fmax(list[i].mean, list[i].weekday);
		if (list[i].days < DAYS_ENOUGH)
			u[i].day = fmax(u[i].day, burst_guess(list[i].channel));
	}
	qsort(u, n, sizeof(*u), compare_usual);
	free(w->usual);
	w->usual = u;
	w->nusual = n;
}

static double
usual_day(const struct burst_watch *w, const struct burst_answer *a)
{
	const struct usual key = {.place = place_of(w, a->desk, a->channel)};
	const struct usual *u = w->nusual == 0
				    ? NULL
				    : bsearch(&key, w->usual, w->nusual,
					  sizeof(key), compare_usual);

	return u == NULL ? burst_guess(a->channel) : u->day;
}

/* Where a desk has no hours: Monday to Saturday, when it can be open. */
static bool
in_usual_hours(int64_t local)
{
	int64_t day = local / DAY_MS, hour = local % DAY_MS / HOUR_MS;

	/* 1970-01-01 was a Thursday; 3 days later the first Sunday */
	return day % 7 != 3 && hour >= OPEN_FROM && hour < OPEN_TO;
}

/* Open, or it was an hour ago, or will be in one. */
static bool
in_hours(int64_t local, const struct hours *hours)
{
	if (hours == NULL || hours->ngroups == 0)
		return in_usual_hours(local);
	for (int64_t at = local - HOUR_MS; at <= local + HOUR_MS;
	     at += HOUR_MS / 2)
		if (hours_open(hours, (int32_t)(at / DAY_MS),
			(int)(at % DAY_MS / MINUTE_MS)))
			return true;
	return false;
}

static double
usual_limit(double day, bool open, enum burst_why why, int window)
{
	double usual = PEAK_DAY * day;

	if (window != DAY)
		usual = PEAK * day * (double)window_ms[window] /
			(OPEN_HOURS * (double)HOUR_MS) * (open ? 1 : NIGHT);
	return floors[why][window] + usual + SPREAD * sqrt(usual);
}

static double
pace_limit(int pace, int window)
{
	double minutes = (double)(window_ms[window] / MINUTE_MS);

	return pace * minutes + (window == 0 ? FINGERS : 0);
}

/* ----------------------------------------------------------------- counting */

/* Whether an answer is counted in this way, and what tells its counts from
 * those of others. */
static bool
counts_as(const struct burst_answer *a, enum burst_why why, uint64_t *value)
{
	*value = 0;
	switch (why) {
	case BURST_FAST:
		*value = hash_text(HASH_START, a->device);
		return a->pace > 0;
	case BURST_SOURCE:
		*value = a->source;
		return !a->unsure && a->source != 0;
	case BURST_UNASKED:
		return !a->unsure && a->unasked;
	case BURST_EQUAL:
		*value = a->said;
		return !a->unsure && a->said != 0;
	default:
		return !a->unsure;
	}
}

static uint64_t
window_key(uint64_t place, enum burst_why why, int window, uint64_t value,
    int64_t number)
{
	const uint64_t parts[] = {
	    (uint64_t)why, (uint64_t)window, value, (uint64_t)number};
	uint64_t hash = hash_add(place, parts, sizeof(parts));

	return hash == 0 ? 1 : hash;
}

/* All counts of an answer; returns how many. */
static size_t
countings(const struct burst_watch *w, const struct burst_answer *a,
    struct counting out[BURST_NONE * WINDOWS])
{
	uint64_t place = place_of(w, a->desk, a->channel), value;
	int64_t local = a->at + civil_offset(a->at) * MINUTE_MS;
	bool open = in_hours(local, a->hours);
	double day = usual_day(w, a);
	size_t n = 0;

	for (enum burst_why why = 0; why < BURST_NONE; why++) {
		bool fast = why == BURST_FAST;
		int64_t at = fast ? a->paced_at : local;

		if (!counts_as(a, why, &value))
			continue;
		for (int i = 0; i < (fast ? DAY : WINDOWS); i++) {
			int64_t number = at / window_ms[i];

			if (!fast && floors[why][i] <= 0)
				continue;
			out[n++] = (struct counting){why, i,
			    window_key(place, why, i, value, number),
			    window_key(place, why, i, value, number - 1),
			    fast ? pace_limit(a->pace, i)
				 : usual_limit(day, open, why, i)};
		}
	}
	return n;
}

/* A burst does not end with its minute; a day's does. */
static bool
goes_on(const struct burst_watch *w, const struct counting *c, int64_t now)
{
	const struct burst_slot *slot = burst_slot(&w->slots, c->key, now);

	if (slot != NULL && slot->open)
		return true;
	if (c->window == DAY)
		return false;
	slot = burst_slot(&w->slots, c->before, now);
	return slot != NULL && slot->open;
}

enum burst_why
burst_look(const struct burst_watch *w, const struct burst_answer *a)
{
	struct counting list[BURST_NONE * WINDOWS];
	size_t n = countings(w, a, list);

	for (size_t i = 0; i < n; i++)
		if (goes_on(w, &list[i], a->received_at))
			return list[i].why;
	return BURST_NONE;
}

static void
add_mark(struct burst_watch *w, const struct uuid *id)
{
	if (w->nmarks == w->room) {
		w->room = w->room == 0 ? 64 : 2 * w->room;
		w->marks = reallocarray(w->marks, w->room, sizeof(*w->marks));
		if (w->marks == NULL)
			abort();
	}
	w->marks[w->nmarks++] = *id;
}

/* Counts in one window; true: it is a burst's, and there is something to mark.
 */
static bool
count_in(struct burst_watch *w, const struct counting *c,
    const struct burst_answer *a, bool marked)
{
	int64_t life = 2 * window_ms[c->window];
	struct burst_slot *slot;

	if (c->why == BURST_SOURCE)
		life = HOUR_MS; /* nothing of an address is kept for longer */
	slot = burst_slots_count(
	    &w->slots, c->key, a->received_at, life, marked ? NULL : &a->id);
	if (slot->open) {
		if (!marked)
			add_mark(w, &a->id);
		return !marked;
	}
	if ((double)slot->count <= c->limit)
		return false;
	for (size_t i = 0; i < slot->nids; i++)
		add_mark(w, &slot->ids[i]);
	burst_slots_open(&w->slots, slot);
	return slot->nids > 0;
}

enum burst_why
burst_add(struct burst_watch *w, const struct burst_answer *a, bool marked,
    const struct uuid **ids, size_t *count)
{
	struct counting list[BURST_NONE * WINDOWS];
	size_t n = countings(w, a, list);
	enum burst_why why = BURST_NONE;

	w->nmarks = 0;
	for (size_t i = 0; i < n; i++)
		if (count_in(w, &list[i], a, marked) && why == BURST_NONE)
			why = list[i].why;
	*ids = w->marks;
	*count = w->nmarks;
	return why;
}

void
burst_keep(struct burst_watch *w)
{
	burst_slots_keep(&w->slots);
}

void
burst_undo(struct burst_watch *w)
{
	burst_slots_undo(&w->slots);
}

/* ------------------------------------------------------------ life and words
 */

struct burst_watch *
burst_watch_create(uint64_t seed)
{
	struct burst_watch *w = calloc(1, sizeof(*w));

	if (w == NULL)
		abort();
	w->seed = seed;
	return w;
}

void
burst_watch_destroy(struct burst_watch *w)
{
	if (w == NULL)
		return;
	burst_slots_finish(&w->slots);
	free(w->usual);
	free(w->marks);
	free(w);
}

const char *
burst_flag(enum burst_why why)
{
	static const char *const flags[] = {
	    [BURST_FAST] = "unusual_fast",
	    [BURST_SOURCE] = "unusual_source",
	    [BURST_UNASKED] = "unusual_unasked",
	    [BURST_EQUAL] = "unusual_equal",
	    [BURST_FLOW] = "unusual_flow",
	    [BURST_NONE] = "",
	};

	return flags[why];
}
