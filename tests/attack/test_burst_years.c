/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The watch for bursts against honest years and against scripts, in memory.
 * False alarms: matters that a person would have to decide (a desk, a channel,
 * a day) in years in which nobody cheats; at most one a desk and year, the
 * first weeks of a new installation included. Scripts: what share of their
 * answers is marked, at their speed and slower.
 *
 * HAILONG_YEARS=N simulates N years of each desk (the usual run: 1), and with
 * HAILONG_LOUD=1 the figures are printed.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "tests/attack/honest.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "shared/civil.h"

#define ROOM  20000
#define USUAL 28
#define FIRST 20058 /* 2024-12-01 */

static struct burst_answer list[ROOM];

static bool
is_loud(void)
{
	return getenv("HAILONG_LOUD") != NULL;
}

static int
asked_years(void)
{
	const char *text = getenv("HAILONG_YEARS");

	return text == NULL ? 1 : atoi(text);
}

/* ------------------------------------------------------------- the watched */

/* A desk, and how many answers each day of the last weeks had. */
struct watched {
	struct honest_desk desk;
	struct burst_watch *watch;
	double counts[USUAL];
	uint64_t next;
};

static void
learn(struct watched *w, int32_t day)
{
	struct burst_usual u = {
	    .desk = w->desk.code, .channel = w->desk.channel};
	double all = 0, same = 0;
	int nsame = 0;

	for (int32_t past = day - USUAL; past < day; past++) {
		double n = past < FIRST ? 0 : w->counts[past % USUAL];

		if (n <= 0)
			continue;
		u.days++;
		all += n;
		same += (day - past) % 7 == 0 ? n : 0;
		nsame += (day - past) % 7 == 0;
	}
	u.mean = u.days == 0 ? 0 : all / u.days;
	u.weekday = nsame == 0 ? 0 : same / nsame;
	burst_learn(w->watch, &u, u.days > 0);
}

/* Gives answers to the watch as a commit does; how many of them are marked.
 * Their ids are the numbers from `first` on. */
static size_t
give(struct watched *w, const struct burst_answer *answers, size_t n,
    uint64_t first)
{
	static bool marked[ROOM];
	const struct uuid *ids;
	size_t count, sum = 0;
	uint64_t id;

	memset(marked, 0, sizeof(marked));
	for (size_t i = 0; i < n; i++) {
		bool known = burst_look(w->watch, &answers[i]) != BURST_NONE;

		burst_add(w->watch, &answers[i], known, &ids, &count);
		burst_keep(w->watch);
		memcpy(&id, answers[i].id.bytes, sizeof(id));
		marked[id - first] |= known;
		for (size_t k = 0; k < count; k++) {
			memcpy(&id, ids[k].bytes, sizeof(id));
			if (id >= first) /* else of a day before */
				marked[id - first] = true;
		}
	}
	for (size_t i = 0; i < n; i++)
		sum += marked[i];
	return sum;
}

static struct watched
begin(const char *channel, double mean, uint64_t seed)
{
	struct watched w = {.desk = {"LH1", channel, mean, seed},
	    .watch = burst_watch_create(seed)};

	return w;
}

/* A day's answers; how many were marked. */
static size_t
live(struct watched *w, int32_t day)
{
	uint64_t first = w->next + 1;
	size_t n = honest_day(&w->desk, day, &w->next, list, ROOM), marked;

	learn(w, day);
	marked = give(w, list, n, first);
	w->counts[day % USUAL] = (double)(n - marked);
	return marked;
}

/* ------------------------------------------------------------- false alarms */

static const struct {
	const char *channel;
	double mean;
} desks[] = {
    {"kiosk", 5},
    {"kiosk", 30},
    {"kiosk", 80},
    {"kiosk", 150},
    {"kiosk", 250},
    {"web", 0.5},
    {"web", 3},
    {"web", 12},
    {"web", 40},
    {"web", 120},
};

#define DESKS (sizeof(desks) / sizeof(desks[0]))

static void
test_honest_years(void **state)
{
	int years = asked_years(), all = 0;

	(void)state;
	for (size_t i = 0; i < DESKS; i++) {
		int matters = 0;

		for (int year = 0; year < years; year++) {
			struct watched w = begin(desks[i].channel,
			    desks[i].mean, 1 + i * 1000 + (uint64_t)year);

			for (int32_t day = FIRST; day < FIRST + 365; day++)
				matters += live(&w, day) > 0;
			burst_watch_destroy(w.watch);
		}
		if (is_loud())
			printf("%s, %.1f a day: %d matters in %d years\n",
			    desks[i].channel, desks[i].mean, matters, years);
		/* each desk by itself, where there are enough years to tell */
		assert_true(years < 20 || matters <= years);
		all += matters;
	}
	if (is_loud())
		printf("%.4f false alarms a desk and year\n",
		    (double)all / (double)DESKS / years);
	assert_true(all <= (int)DESKS * years);
}

/* ------------------------------------------------------------------ scripts */

struct script {
	const char *name, *channel;
	size_t posts;
	double seconds; /* at its own speed */
	bool hides;     /* ids as a page makes them, ever new sources */
	bool varies;    /* no two answers equal */
};

static const struct script scripts[] = {
    {"2,000 posts", "web", 2000, 9, false, false},
    {"2,000 posts, hidden", "web", 2000, 9, true, true},
    {"310 posts", "web", 310, 1.4, false, false},
    {"310 posts, hidden", "web", 310, 1.4, true, true},
    {"a kiosk's token", "kiosk", 20000, 0.6, true, true},
};

static double
attack(const struct script *s, double mean, double slower, int hour)
{
	struct watched w = begin(s->channel, mean, 77);
	double step = 1000 * s->seconds * slower / (double)s->posts;
	int32_t day = FIRST;
	int64_t at;
	size_t marked;

	for (; mean > 0 && day < FIRST + 60; day++)
		live(&w, day);
	day += 2; /* a Friday */
	learn(&w, day);
	at = civil_day_start(day) + hour * 3600 * 1000LL;
	for (size_t i = 0; i < s->posts; i++) {
		int64_t now = at + (int64_t)((double)i * step);
		uint64_t id = (1ULL << 40) + i;

		list[i] = (struct burst_answer){.desk = "LH1",
		    .channel = s->channel,
		    .device = strcmp(s->channel, "web") == 0 ? "" : "kiosk-1",
		    .at = now,
		    .received_at = now,
		    .paced_at = now,
		    .pace = strcmp(s->channel, "web") == 0 ? 0 : 30,
		    .said = s->varies ? 1000 + i : 5,
		    .source = s->hides ? 1000000 + i : 9,
		    .unasked = !s->hides};
		memcpy(list[i].id.bytes, &id, sizeof(id));
	}
	marked = give(&w, list, s->posts, 1ULL << 40);
	burst_watch_destroy(w.watch);
	return (double)marked / (double)s->posts;
}

/* All of them, at least 99 of 100, at full speed and at a tenth, at desks that
 * never had an answer by this way and at busy ones, in the rush and by night.
 */
static void
test_scripts(void **state)
{
	static const double means[] = {0, 3, 40, 150}, slower[] = {1, 10};
	static const int hours[] = {2, 9, 15};
	double share, least;

	(void)state;
	for (size_t s = 0; s < sizeof(scripts) / sizeof(scripts[0]); s++)
		for (size_t k = 0; k < 2; k++) {
			least = 1;
			for (size_t m = 0; m < 4; m++)
				for (size_t h = 0; h < 3; h++) {
					share = attack(&scripts[s], means[m],
					    slower[k], hours[h]);
					least = share < least ? share : least;
				}
			if (is_loud())
				printf("%s at 1/%.0f: %.2f %% marked\n",
				    scripts[s].name, slower[k], 100 * least);
			assert_true(least >= 0.99);
		}
}

/* Slower still: said, not promised. */
static void
test_slow_scripts(void **state)
{
	static const double slower[] = {100, 1000, 10000};

	(void)state;
	for (size_t s = 0; is_loud() && s < 4; s++)
		for (size_t k = 0; k < 3; k++)
			printf("%s at 1/%.0f, 40 a day usual: %.1f %%\n",
			    scripts[s].name, slower[k],
			    100 * attack(&scripts[s], 40, slower[k], 9));
}

/* -------------------------------------------------------------- its memory */

/* What a failed commit had counted is counted once, however often it is tried;
 * what is of another desk, channel or day is another's. */
static void
test_undo(void **state)
{
	struct watched w = begin("web", 0, 5);
	struct burst_answer a = {.desk = "LH1",
	    .channel = "web",
	    .device = "",
	    .at = 1795140903000,
	    .received_at = 1795140903000,
	    .unasked = true};
	const struct uuid *ids;
	size_t count, at[4] = {0};

	(void)state;
	for (size_t try = 0; try < 4; try++) {
		while (
		    burst_add(w.watch, &a, false, &ids, &count) == BURST_NONE)
			a.id.bytes[0] = (uint8_t)++at[try];
		assert_int_equal(count, at[try] + 1); /* all so far */
		assert_int_equal(burst_look(w.watch, &a), BURST_UNASKED);
		assert_int_equal(at[try], at[0]);
		if (try < 3)
			burst_undo(w.watch);
		else
			burst_keep(w.watch);
		assert_int_equal(burst_look(w.watch, &a),
		    try < 3 ? BURST_NONE : BURST_UNASKED);
	}
	a.desk = "PD1";
	assert_int_equal(burst_look(w.watch, &a), BURST_NONE);
	a.desk = "LH1";
	a.channel = "kiosk";
	assert_int_equal(burst_look(w.watch, &a), BURST_NONE);
	a.channel = "web";
	a.at += 60 * 1000; /* a burst does not end with its minute … */
	assert_int_equal(burst_look(w.watch, &a), BURST_UNASKED);
	a.at += 60 * 1000; /* … but with the next */
	assert_int_equal(burst_look(w.watch, &a), BURST_NONE);
	burst_watch_destroy(w.watch);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_honest_years),
	    cmocka_unit_test(test_scripts),
	    cmocka_unit_test(test_slow_scripts),
	    cmocka_unit_test(test_undo),
	};

	civil_set_zone("Asia/Ho_Chi_Minh");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
