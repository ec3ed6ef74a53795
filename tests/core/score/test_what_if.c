/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a decision makes of a row, as a table. Every row of it is proven twice:
 * against the figures written here, and against the scores that are made once
 * the decision has been carried out.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "server/core/catalogue/catalogue.h"
#include "server/core/score/tally.h"
#include "tests/core/district.h"

#include <string.h>
#include "server/core/score/period.h"
#include "server/core/score/what_if.h"
#include "shared/civil.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

#define ASIDE    WHAT_IF_ASIDE
#define RESTORED WHAT_IF_RESTORED
#define READ     WHAT_IF_READ

/* A target that changes once, and the one of the group (land) with it: before
 * the date and from it on; 0: there is none. */
struct change {
	const char *date;
	int64_t before, after;
	int64_t group_before, group_after;
};

/* Some answers at desk A1 about which is decided. */
struct part {
	int count; /* 0: none */
	const char *field;
	int score;
	enum what_if_deed deed;
	const char *form; /* NULL: one-stop */
};

/* Inside the quarter; long before it. */
#define LOWERED                                                                \
	{                                                                      \
		"2026-11-01", 900000, 800000, 850000, 850000                   \
	}
#define CONSTANT                                                               \
	{                                                                      \
		"2026-01-01", 0, 900000, 0, 850000                             \
	}

static const struct instance {
	const char *name;
	struct change plan;
	const char *field; /* of the row, which is of unit A; NULL: all */
	/* answers at A1, half of them in that field, half in another one of
	 * its group; without a field, in civil and crop */
	int64_t valid, good, aside;
	struct part parts[2];
	/* what must come */
	int64_t percent4;
	struct what_if_counts after; /* satisfied, valid, aside */
	enum crossing crossing;
} table[] = {
    /* the target of the first day holds for the whole quarter */
    {"inside, aside", LOWERED, NULL, 100, 90, 0, {{1, "civil", 5, ASIDE, NULL}},
	900000, {89, 99, 1}, CROSSING_BELOW},
    {"inside, upwards", {"2026-11-01", 800000, 900000, 850000, 850000}, NULL,
	100, 90, 0, {{1, "civil", 5, ASIDE, NULL}}, 800000, {89, 99, 1},
	CROSSING_NONE},
    {"on the first day", {"2026-10-01", 900000, 800000, 850000, 850000}, NULL,
	100, 90, 0, {{1, "civil", 5, ASIDE, NULL}}, 800000, {89, 99, 1},
	CROSSING_NONE},
    {"before", {"2026-07-01", 800000, 900000, 850000, 850000}, NULL, 100, 90, 0,
	{{1, "civil", 4, ASIDE, NULL}}, 900000, {89, 99, 1}, CROSSING_BELOW},
    {"after", {"2027-01-01", 900000, 800000, 850000, 850000}, NULL, 100, 90, 0,
	{{1, "civil", 5, ASIDE, NULL}}, 900000, {89, 99, 1}, CROSSING_BELOW},
    {"all are later", {"2027-01-01", 0, 900000, 0, 850000}, NULL, 100, 90, 0,
	{{1, "civil", 5, ASIDE, NULL}}, 900000, {89, 99, 1}, CROSSING_BELOW},
    /* not satisfied answers lift the share */
    {"low ones aside", CONSTANT, NULL, 100, 89, 0,
	{{2, "crop", 2, ASIDE, NULL}}, 900000, {89, 98, 2}, CROSSING_ABOVE},
    {"restored", LOWERED, NULL, 99, 89, 1, {{1, "civil", 5, RESTORED, NULL}},
	900000, {90, 100, 0}, CROSSING_ABOVE},
    {"a low one restored", CONSTANT, NULL, 100, 90, 3,
	{{1, "civil", 3, RESTORED, NULL}}, 900000, {90, 101, 2},
	CROSSING_BELOW},
    {"several fields", LOWERED, NULL, 100, 92, 0,
	{{2, "civil", 5, ASIDE, NULL}, {19, "crop", 4, ASIDE, NULL}}, 900000,
	{71, 79, 21}, CROSSING_BELOW},
    {"of several fields, one", LOWERED, "civil", 100, 90, 0,
	{{1, "civil", 5, ASIDE, NULL}, {5, "crop", 1, ASIDE, NULL}}, 900000,
	{44, 49, 1}, CROSSING_BELOW},
    /* a field of the group has the group's target */
    {"85 group", {"2026-11-01", 900000, 900000, 850000, 800000}, "land", 200,
	170, 0, {{1, "land", 5, ASIDE, NULL}}, 850000, {84, 99, 1},
	CROSSING_BELOW},
    {"85 group, 90 is not its target", CONSTANT, "land", 200, 180, 0,
	{{1, "land", 5, ASIDE, NULL}}, 850000, {89, 99, 1}, CROSSING_NONE},
    /* answers read from an SMS, and those whose place they take */
    {"read", LOWERED, NULL, 100, 90, 0, {{1, "", 1, READ, NULL}}, 900000,
	{90, 101, 0}, CROSSING_BELOW},
    {"read, another one gone", CONSTANT, NULL, 100, 89, 0,
	{{1, "", 5, READ, NULL}, {1, "civil", 2, ASIDE, NULL}}, 900000,
	{90, 100, 1}, CROSSING_ABOVE},
    {"read, the first", CONSTANT, NULL, 0, 0, 0, {{1, "", 5, READ, NULL}},
	900000, {1, 1, 0}, CROSSING_NONE},
    {"none left", CONSTANT, NULL, 2, 2, 0,
	{{1, "civil", 5, ASIDE, NULL}, {1, "crop", 5, ASIDE, NULL}}, 900000,
	{0, 0, 2}, CROSSING_NONE},
    {"nothing done", CONSTANT, NULL, 100, 90, 4, {{0}}, 900000, {90, 100, 4},
	CROSSING_NONE},
    {"not applicable", CONSTANT, NULL, 100, 90, 0,
	{{1, "civil", 0, ASIDE, NULL}}, 900000, {90, 100, 1}, CROSSING_NONE},
    /* of another population, and of a form that nobody knows any more */
    {"another form", CONSTANT, NULL, 100, 90, 0,
	{{1, "civil", 5, ASIDE, "sipas"}, {1, "civil", 5, ASIDE, "gone"}},
	900000, {90, 100, 0}, CROSSING_NONE},
};

/* The plan of an instance: targets ascending by day; one without a value does
 * not exist. */
static size_t
plan_of(const struct change *c, struct target out[4])
{
	const struct target all[4] = {{"tthc", "", 19000, c->before},
	    {"tthc", "", 0, c->after},
	    {"tthc-land", GROUP_LAND, 19000, c->group_before},
	    {"tthc-land", GROUP_LAND, 0, c->group_after}};
	size_t n = 0;

	for (size_t i = 0; i < COUNT(all); i++) {
		if (all[i].percent4 == 0)
			continue;
		out[n] = all[i];
		if (i % 2 == 1)
			assert_true(civil_parse_date(c->date, &out[n].from));
		n++;
	}
	return n;
}

/* Half of n, the first half being the larger one. */
static int64_t
half(int64_t n, int which)
{
	return which == 0 ? n - n / 2 : n / 2;
}

/* What stands before the decision. */
static void
fill(struct said *t, const struct instance *r)
{
	static const char *const groups[2][2] = {
	    {"civil", "crop"}, {"land", "build"}};
	bool land = r->field != NULL && strcmp(r->field, "land") == 0;

	for (int i = 0; i < 2; i++) {
		struct tally_key key = answer_at("A1", groups[land][i]);

		say(t, key, half(r->valid, i), half(r->good, i));
		tallies_add(&t->tallies, &key, 5, true, i == 0 ? r->aside : 0);
		/* what is in no row of these */
		key.form = "sipas";
		say(t, key, 7, 1);
	}
	say(t, answer_at("B1", "crop"), 9, 2);
}

static size_t
answers_of(const struct instance *r, struct what_if_answer out[40])
{
	size_t n = 0;

	for (size_t i = 0; i < COUNT(r->parts); i++) {
		const struct part *p = &r->parts[i];

		for (int k = 0; k < p->count; k++) {
			out[n] = (struct what_if_answer){
			    .key = answer_at("A1", p->field),
			    .score = p->score,
			    .deed = p->deed};
			if (p->form != NULL)
				out[n].key.form = p->form;
			n++;
		}
	}
	return n;
}

/* Does it, as the store would. */
static void
carry_out(struct said *t, const struct what_if_answer *list, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		const struct what_if_answer *a = &list[i];
		bool aside = a->deed == WHAT_IF_ASIDE;

		tallies_add(
		    &t->tallies, &a->key, a->score, false, aside ? -1 : 1);
		if (a->deed != WHAT_IF_READ)
			tallies_add(&t->tallies, &a->key, a->score, true,
			    aside ? 1 : -1);
	}
}

/* The row as `scores` makes it: of the table by unit or by field. */
static const struct score *
score_of(
    struct said *t, const struct catalogue *c, const struct score_query *query)
{
	struct score_query q = *query;

	q.by = q.field == NULL ? BY_UNIT : BY_FIELD;
	scores_make(&t->tallies, NULL, c, &q, &t->arena, &t->rows);
	return row_named(t, q.field == NULL ? q.unit : q.field);
}

static void
assert_is(const struct instance *r, const struct what_if_counts *is,
    const struct score *row)
{
	if (is->satisfied != row->judgement.satisfied ||
	    is->valid != row->judgement.valid || is->aside != row->aside)
		fail_msg("%s: not as scores has it", r->name);
}

/* True when the row has reached its target, told from its share. */
static bool
row_reached(const struct score *row)
{
	return row->judgement.satisfied * 1000000 >=
	       row->percent4 * row->judgement.valid;
}

static void
try_instance(const struct instance *r)
{
	struct catalogue c = district;
	struct target plan[4];
	struct what_if_answer answers[40];
	struct score_query query = {.unit = "A",
	    .alone = true,
	    .field = r->field,
	    .population = "tthc"};
	struct period quarter;
	struct what_if w;
	struct said t;
	const struct score *row;
	bool reached, crosses;
	size_t n = answers_of(r, answers);

	assert_true(period_parse("2026-Q4", PERIOD_CALENDAR, &quarter));
	query.first = quarter.first;
	query.last = quarter.last;
	c.targets = plan;
	c.ntargets = plan_of(&r->plan, plan);
	district_open(&t);
	fill(&t, r);
	w = what_if(&t.tallies, &c, &query, answers, n);
	if (w.percent4 != r->percent4 || w.crossing != r->crossing ||
	    memcmp(&w.after, &r->after, sizeof(w.after)) != 0)
		fail_msg("%s: %d, %lld of %lld and %lld aside, crossing %d",
		    r->name, w.percent4, (long long)w.after.satisfied,
		    (long long)w.after.valid, (long long)w.after.aside,
		    (int)w.crossing);
	row = score_of(&t, &c, &query);
	assert_is(r, &w.before, row);
	assert_int_equal(w.percent4, row->percent4);
	reached = row_reached(row);
	crosses = row->judgement.valid > 0;
	carry_out(&t, answers, n);
	row = score_of(&t, &c, &query);
	assert_is(r, &w.after, row);
	assert_int_equal(w.percent4, row->percent4);
	crosses =
	    crosses && row->judgement.valid > 0 && row_reached(row) != reached;
	assert_int_equal(w.crossing != CROSSING_NONE, crosses);
	district_close(&t);
}

static void
test_table(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(table); i++)
		try_instance(&table[i]);
}

/* Answers outside what the reader may see, or of another unit or channel, do
 * nothing. */
static void
test_scope(void **state)
{
	static const struct {
		const char *unit, *within, *channel;
		int64_t valid;
	} rows[] = {{"A", NULL, NULL, 9}, {"A", "A", NULL, 9},
	    {"A", "B", NULL, 0}, {"B", NULL, NULL, 0}, {"D", NULL, NULL, 9},
	    {"A", NULL, "kiosk", 9}, {"A", NULL, "sms", 0}};
	const struct what_if_answer gone = {
	    .key = answer_at("A1", "civil"), .score = 5, .deed = WHAT_IF_ASIDE};
	struct said t;

	(void)state;
	district_open(&t);
	say(&t, answer_at("A1", "civil"), 10, 10);
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct score_query q = {.unit = rows[i].unit,
		    .within = rows[i].within,
		    .channel = rows[i].channel,
		    .population = "tthc",
		    .first = DISTRICT_DAY};
		struct what_if w = what_if(&t.tallies, &district, &q, &gone, 1);

		assert_int_equal(w.after.valid, rows[i].valid);
		assert_int_equal(w.before.valid, rows[i].valid == 0 ? 0 : 10);
	}
	district_close(&t);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_table),
	    cmocka_unit_test(test_scope),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
