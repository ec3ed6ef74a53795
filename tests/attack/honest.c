/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Overdispersed on purpose, more than the figures of peers (notes/peers.md)
 * have it: the number of a day is its mean times a log-normal factor of the day
 * (0.35) and of each hour (0.45), twice as much in the morning rush, two and a
 * half times after holidays; a sixth of those who come bring one to five others
 * who rate within a minute and a half. Two thirds say "very satisfied" and
 * nothing else, so that equal answers follow one another all day.
 */
#include "tests/attack/honest.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "shared/civil.h"

#define MINUTE (60 * 1000LL)
#define HOUR   (60 * MINUTE)

double
honest_random(uint64_t *state)
{
	uint64_t x = *state; /* xorshift64* */

	x ^= x >> 12;
	x ^= x << 25;
	x ^= x >> 27;
	*state = x;
	return (double)(x * 0x2545f4914f6cdd1dULL >> 11) / 9007199254740992.0;
}

/* Normal, by Box and Muller. */
static double
honest_normal(uint64_t *state)
{
	double u = honest_random(state), v = honest_random(state);

	return sqrt(-2 * log(1 - u)) * cos(6.283185307179586 * v);
}

/* A factor with mean 1. */
static double
honest_factor(uint64_t *state, double sigma)
{
	return exp(sigma * honest_normal(state) - sigma * sigma / 2);
}

static bool
honest_holiday(int32_t day)
{
	int32_t of_year = day % 365;

	return (of_year >= 35 && of_year < 42) || of_year == 119 ||
	       of_year == 244;
}

/* How much a day has of the usual; 0: closed. */
static double
honest_share(int32_t day)
{
	int weekday = civil_weekday(day); /* 1 Monday … 7 Sunday */

	if (weekday % 7 == 0 || honest_holiday(day))
		return 0;
	for (int32_t past = day - 1; past >= day - 4; past--)
		if (honest_holiday(past))
			return 2.5;
	return weekday == 6 ? 0.3 : weekday == 1 ? 1.4 : 1;
}

static struct burst_answer
honest_answer(struct honest_desk *d, int64_t at, uint64_t *next)
{
	uint64_t *r = &d->random;
	double kind = honest_random(r), where = honest_random(r);
	bool web = strcmp(d->channel, "web") == 0;
	struct burst_answer a = {.desk = d->code,
	    .channel = d->channel,
	    .device = web ? "" : "kiosk-1",
	    .at = at,
	    .received_at = at,
	    .paced_at = at,
	    .pace = web ? 0 : 30};
	uint64_t id = ++*next;

	memcpy(a.id.bytes, &id, sizeof(id));
	/* 5 alone; 4 alone; others with reasons; a comment */
	a.said = kind < 0.65   ? 5
		 : kind < 0.83 ? 4
		 : kind < 0.93 ? 10 + (uint64_t)(100 * where)
			       : 0;
	if (web) {
		/* the office's own network, or one of a carrier's addresses */
		a.source = where < 0.5 ? 1 : 2 + (uint64_t)(100 * where);
		a.unasked = honest_random(r) < 0.02;
	}
	return a;
}

static int
compare_arrival(const void *a, const void *b)
{
	const struct burst_answer *x = a, *y = b;

	return (x->received_at > y->received_at) -
	       (x->received_at < y->received_at);
}

struct honest_list {
	struct burst_answer *list;
	size_t n, room;
	uint64_t *next;
};

static void
honest_add(struct honest_desk *d, int64_t at, struct honest_list *out)
{
	if (out->n < out->room)
		out->list[out->n++] = honest_answer(d, at, out->next);
}

/* Somebody comes, perhaps not alone. */
static void
honest_party(struct honest_desk *d, int64_t at, struct honest_list *out)
{
	int others = honest_random(&d->random) < 1.0 / 6
			 ? 1 + (int)(5 * honest_random(&d->random))
			 : 0;

	honest_add(d, at, out);
	for (int i = 0; i < others; i++)
		honest_add(d,
		    at + (int64_t)(90 * 1000 * honest_random(&d->random)), out);
}

/* Presses the same face ten times in 40 s. */
static void
honest_child(struct honest_desk *d, int64_t at, struct honest_list *out)
{
	for (int i = 0; i < 10; i++) {
		honest_add(d, at + i * 4000, out);
		out->list[out->n - 1].said = 5;
	}
}

static void
honest_hour(struct honest_desk *d, int64_t begin, double mean, double rush,
    struct honest_list *out)
{
	/* parties have 1.5 people on average */
	double left = mean / 1.5 * rush * honest_factor(&d->random, 0.45);

	for (; left > 0; left -= 1)
		if (left >= 1 || honest_random(&d->random) < left)
			honest_party(d,
			    begin + (int64_t)(HOUR * honest_random(&d->random)),
			    out);
}

size_t
honest_day(struct honest_desk *d, int32_t day, uint64_t *next,
    struct burst_answer *list, size_t room)
{
	static const double rush[24] = {[7] = 1,
	    [8] = 2,
	    [9] = 2,
	    [10] = 1.2,
	    [13] = .8,
	    [14] = 1.2,
	    [15] = 1,
	    [16] = .8};
	struct honest_list out = {.list = list, .room = room, .next = next};
	double mean =
	    d->mean * honest_share(day) * honest_factor(&d->random, 0.35);
	bool web = strcmp(d->channel, "web") == 0;
	int64_t begin = civil_day_start(day);

	for (int hour = 0; hour < 24; hour++)
		honest_hour(
		    d, begin + hour * HOUR, mean / 10, rush[hour], &out);
	if (web) /* in the evening, on the phone */
		honest_hour(d, begin + 20 * HOUR, d->mean / 20, 1, &out);
	if (!web && honest_random(&d->random) < 0.2 && mean > 0)
		honest_child(d, begin + 9 * HOUR, &out);
	if (!web && honest_random(&d->random) < 0.03)
		for (size_t i = 0; i < out.n; i++) /* no network all day */
			list[i].received_at = begin + 23 * HOUR;
	qsort(list, out.n, sizeof(*list), compare_arrival);
	return out.n;
}
