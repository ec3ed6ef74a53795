/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Tallies against counting by hand: random answers, some of them taken back,
 * in any order, give the counts of whoever counts them one by one.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "server/core/score/tally.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define DAYS      3
#define DESKS     5
#define CHANNELS  2
#define CRITERIA  3
#define ANSWERS   4000
#define CELLS     (DAYS * DESKS * CHANNELS * CRITERIA)
#define FIRST_DAY 20000

static const char *const desks[DESKS] = {"LH1", "TP1", "TPD1", "L", "H1"};
static const char *const channels[CHANNELS] = {"kiosk", "web"};
static const char *const criteria[CRITERIA] = {"overall", "access", "attitude"};

/* One invented answer. */
struct said {
	int day, desk, channel;
	int scores[CRITERIA]; /* -1: not asked */
	bool aside;
};

struct counts {
	int64_t n[6], aside;
	int64_t said_aside[6];
};

static uint64_t seed;

static int
below(int n)
{
	seed = seed * 6364136223846793005ULL + 1442695040888963407ULL;
	return (int)((seed >> 33) % (uint64_t)n);
}

static void
invent(struct said *s)
{
	s->day = below(DAYS);
	s->desk = below(DESKS);
	s->channel = below(CHANNELS);
	s->aside = below(9) == 0;
	s->scores[0] = 1 + below(5);
	for (int i = 1; i < CRITERIA; i++)
		s->scores[i] = below(7) - 1;
}

static struct tally_key
key_of(const struct said *s)
{
	return (struct tally_key){.day = FIRST_DAY + s->day,
	    .unit = s->desk < 2 ? "1" : "22",
	    .desk = desks[s->desk],
	    .field = s->desk % 2 ? "" : "dat-dai",
	    .channel = channels[s->channel],
	    .form = "one-stop"};
}

static void
write_scores(const struct said *s, char out[64])
{
	char *end = out;

	for (int i = 0; i < CRITERIA; i++)
		if (s->scores[i] == 0)
			end += sprintf(end, " %s=-", criteria[i]);
		else if (s->scores[i] > 0)
			end +=
			    sprintf(end, " %s=%d", criteria[i], s->scores[i]);
	memmove(out, out + 1, (size_t)(end - out));
}

static void
add(struct tallies *t, const struct said *s, int64_t by)
{
	char scores[64];

	write_scores(s, scores);
	assert_true(
	    tallies_add_answer(t, key_of(s), scores, "", s->aside, "test", by));
}

static void
count_by_hand(struct counts *cells, const struct said *s)
{
	for (int i = 0; i < CRITERIA; i++) {
		struct counts *c =
		    &cells[((s->day * DESKS + s->desk) * CHANNELS +
			       s->channel) *
			       CRITERIA +
			   i];

		if (s->scores[i] < 0)
			continue;
		if (s->aside) {
			c->aside++;
			c->said_aside[s->scores[i]]++;
		} else
			c->n[s->scores[i]]++;
	}
}

/* Every cell has the row its counts say, or none where nothing was said. */
static void
compare(struct tallies *t, const struct counts *cells)
{
	static const struct counts none;
	struct said s = {0};
	struct tally_key key;
	char name[60];
	size_t rows = 0;

	for (int cell = 0; cell < CELLS; cell++) {
		struct tally *row;

		s.channel = cell / CRITERIA % CHANNELS;
		s.desk = cell / CRITERIA / CHANNELS % DESKS;
		s.day = cell / CRITERIA / CHANNELS / DESKS;
		key = key_of(&s);
		key.criterion = criteria[cell % CRITERIA];
		if (memcmp(&cells[cell], &none, sizeof(none)) != 0)
			rows++;
		row = tallies_row(t, &key);
		assert_memory_equal(row->n, cells[cell].n, sizeof(row->n));
		assert_int_equal(row->aside, cells[cell].aside);
		snprintf(name, sizeof(name), "aside.test.%s", key.criterion);
		key.criterion = name;
		row = tallies_row(t, &key);
		assert_memory_equal(
		    row->n, cells[cell].said_aside, sizeof(row->n));
	}
	assert_true(rows > CELLS / 2); /* the test tests something */
	assert_int_equal(t->count, 2 * CELLS);
}

static void
test_recount(void **state)
{
	static struct said said[ANSWERS];
	static struct counts cells[CELLS];
	struct tallies t;

	(void)state;
	seed = 1;
	tallies_init(&t);
	for (size_t i = 0; i < ANSWERS; i++) {
		invent(&said[i]);
		add(&t, &said[i], 1);
	}
	for (size_t i = 0; i < ANSWERS; i++) {
		if (below(3) == 0) /* taken back */
			add(&t, &said[i], -1);
		else
			count_by_hand(cells, &said[i]);
	}
	compare(&t, cells);
	tallies_finish(&t);
}

/* Setting aside is taking back and adding aside; restoring returns all. */
static void
test_aside_and_back(void **state)
{
	struct tally_key key = {.day = FIRST_DAY,
	    .unit = "u",
	    .desk = "d",
	    .field = "",
	    .channel = "web",
	    .form = "f",
	    .criterion = "overall"};
	struct tallies t;
	struct tally *row;

	(void)state;
	tallies_init(&t);
	assert_true(
	    tallies_add_answer(&t, key, "overall=4", "", false, "test", 1));
	assert_true(
	    tallies_add_answer(&t, key, "overall=4", "", false, "test", -1));
	assert_true(
	    tallies_add_answer(&t, key, "overall=4", "", true, "test", 1));
	row = tallies_row(&t, &key);
	assert_int_equal(row->n[4], 0);
	assert_int_equal(row->aside, 1);
	assert_true(
	    tallies_add_answer(&t, key, "overall=4", "", true, "test", -1));
	assert_true(
	    tallies_add_answer(&t, key, "overall=4", "", false, "test", 1));
	row = tallies_row(&t, &key);
	assert_int_equal(row->n[4], 1);
	assert_int_equal(row->aside, 0);
	/* what it had said while it was set aside is counted no more */
	assert_int_equal(t.count, 2);
	key.criterion = "aside.test.overall";
	assert_int_equal(tallies_row(&t, &key)->n[4], 0);
	assert_int_equal(t.count, 2);
	tallies_finish(&t);
}

static void
assert_same(const struct tallies *a, const struct tallies *b)
{
	assert_int_equal(a->count, b->count);
	for (size_t i = 0; i < a->count; i++) {
		assert_int_equal(
		    tally_key_compare(&a->rows[i].key, &b->rows[i].key), 0);
		assert_memory_equal(
		    a->rows[i].n, b->rows[i].n, sizeof(a->rows[i].n));
		assert_int_equal(a->rows[i].aside, b->rows[i].aside);
	}
}

static void
test_order_does_not_matter(void **state)
{
	static struct said said[500];
	struct tallies one, other;
	size_t n = sizeof(said) / sizeof(said[0]);

	(void)state;
	seed = 7;
	tallies_init(&one);
	tallies_init(&other);
	for (size_t i = 0; i < n; i++) {
		invent(&said[i]);
		add(&one, &said[i], 1);
	}
	for (size_t i = n; i > 0; i--) {
		size_t k = (size_t)below((int)i);
		struct said last = said[i - 1];

		add(&other, &said[k], 1);
		said[i - 1] = said[k];
		said[k] = last;
	}
	tallies_sort(&one);
	tallies_sort(&other);
	assert_same(&one, &other);
	for (size_t i = 1; i < one.count; i++)
		assert_true(tally_key_compare(
				&one.rows[i - 1].key, &one.rows[i].key) < 0);
	tallies_finish(&one);
	tallies_finish(&other);
}

/* "L" and "H1" beside "LH1" and "": keys are compared part by part. */
static void
test_keys_are_not_glued(void **state)
{
	struct tally_key a = {1, {{"u", "LH1", "", "kiosk", "f", "overall"}}};
	struct tally_key b = {1, {{"u", "L", "H1", "kiosk", "f", "overall"}}};
	struct tallies t;

	(void)state;
	tallies_init(&t);
	tallies_add(&t, &a, 5, false, 1);
	tallies_add(&t, &b, 5, false, 1);
	tallies_add(&t, &a, 5, false, 1);
	assert_int_equal(t.count, 2);
	assert_int_equal(tallies_row(&t, &a)->n[5], 2);
	assert_int_equal(tallies_row(&t, &b)->n[5], 1);
	tallies_finish(&t);
}

static void
test_clear_forgets(void **state)
{
	struct tally_key key = {1, {{"u", "d", "", "kiosk", "f", "overall"}}};
	struct tallies t;

	(void)state;
	tallies_init(&t);
	for (int i = 0; i < 200; i++) { /* enough to grow the hash */
		key.day = i;
		tallies_add(&t, &key, 3, false, 1);
	}
	tallies_sort(&t);
	tallies_clear(&t);
	assert_int_equal(t.count, 0);
	key.day = 7;
	tallies_add(&t, &key, 3, false, 1);
	assert_int_equal(t.count, 1);
	assert_int_equal(tallies_row(&t, &key)->n[3], 1);
	tallies_finish(&t);
}

/* Days of two months in any order: the counts by month are theirs. */
static void
test_months(void **state)
{
	static const struct {
		int day;
		const char *desk;
	} said[] = {{20484, "B"}, {20453, "A"}, {20454, "A"}, {20484, "A"},
	    {20483, "A"}, {20454, "B"}}; /* 2025-12-31 is 20453 */
	static const struct {
		int64_t month;
		const char *desk;
		int64_t n;
	} want[] = {{2025 * 12 + 11, "A", 1}, {2026 * 12, "A", 2},
	    {2026 * 12, "B", 1}, {2026 * 12 + 1, "A", 1},
	    {2026 * 12 + 1, "B", 1}}; /* 2026-02-01 is 20485 */
	struct tally_key key = {1, {{"u", "", "", "kiosk", "f", "overall"}}};
	struct tallies days, months;

	(void)state;
	tallies_init(&days);
	tallies_months(&days, &months);
	assert_int_equal(months.count, 0);
	for (size_t i = 0; i < sizeof(said) / sizeof(said[0]); i++) {
		key.day = said[i].day + (said[i].day == 20484);
		key.desk = said[i].desk;
		tallies_add(&days, &key, 4, false, 1);
	}
	tallies_months(&days, &months);
	assert_int_equal(months.count, sizeof(want) / sizeof(want[0]));
	for (size_t i = 0; i < months.count; i++) {
		assert_int_equal(months.rows[i].key.day, want[i].month);
		assert_string_equal(months.rows[i].key.desk, want[i].desk);
		assert_int_equal(months.rows[i].n[4], want[i].n);
	}
	/* and parts of them */
	assert_int_equal(tallies_part(&months, 2026 * 12, 2026 * 12).count, 2);
	assert_ptr_equal(tallies_part(&months, 2026 * 12, INT64_MAX - 1).rows,
	    &months.rows[1]);
	assert_int_equal(tallies_part(&months, 0, INT64_MAX - 1).count, 5);
	assert_int_equal(tallies_part(&months, 0, 2025 * 12).count, 0);
	assert_int_equal(tallies_part(&months, 1, 0).count, 0);
	assert_int_equal(tallies_part(&months, 2027 * 12, 2028 * 12).count, 0);
	tallies_finish(&months);
	tallies_finish(&days);
}

static void
test_broken_scores(void **state)
{
	static const char *const broken[] = {"overall", "overall=", "overall=6",
	    "overall=0", "overall=5x", "overall=55", "=5", "overall=5,access=4",
	    ("a123456789b123456789c123456789d123456789e123456789f123456789g1234"
	     "=5")};
	struct tally_key key = {1, {{"u", "d", "", "kiosk", "f", NULL}}};
	struct tallies t;

	(void)state;
	tallies_init(&t);
	for (size_t i = 0; i < sizeof(broken) / sizeof(broken[0]); i++)
		if (tallies_add_answer(
			&t, key, broken[i], "", false, "test", 1))
			fail_msg("taken: %s", broken[i]);
	assert_true(tallies_add_answer(&t, key, "", "", false, "test", 1));
	tallies_finish(&t);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_recount),
	    cmocka_unit_test(test_aside_and_back),
	    cmocka_unit_test(test_order_does_not_matter),
	    cmocka_unit_test(test_keys_are_not_glued),
	    cmocka_unit_test(test_clear_forgets),
	    cmocka_unit_test(test_months),
	    cmocka_unit_test(test_broken_scores),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
