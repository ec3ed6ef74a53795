/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The attack on small numbers. Random districts of few answers; everything that
 * can be asked of them is asked: by every dimension, narrowed by unit, field
 * and channel, over all the days, weeks, months, quarters, years and ranges of
 * days between. Each figure that is shown is an equation over the cells of the
 * finest table (day, unit, desk, field, channel, class); a row shown without
 * answers says that its cells are empty. All equations together are solved
 * (Gaussian elimination, modulo a prime), and what was left out because it is
 * small must not be among what they determine.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "server/core/catalogue/catalogue.h"
#include "server/core/score/period.h"
#include "server/core/score/suppress.h"
#include "server/core/score/suppress_cuts.h"
#include "server/core/score/suppress_table.h"
#include "shared/civil.h"
#include "tests/core/district.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define LEAST        5
#define PRIME        2147483647u

/* --------------------------------------------------------------- the district
 */

static const char *const days_of_world[] = {"2024-05-30", "2024-06-03",
    "2024-06-28", "2024-07-01", "2024-07-05", "2024-08-05"};
/* the last: an answer tied to a dossier of another unit than its desk's */
static const struct {
	const char *unit, *desk;
} places[] = {{"D", "D1"}, {"A", "A1"}, {"A", "A2"}, {"B", "B1"}, {"B", "A1"}};
static const char *const fields_of_world[] = {"land", "build", "civil", ""};
static const char *const channels_of_world[] = {"kiosk", "web"};

#define CELLS                                                                  \
	(COUNT(days_of_world) * COUNT(places) * COUNT(fields_of_world) *       \
	    COUNT(channels_of_world) * 2)

/* One cell of the finest table. */
struct cell {
	int32_t day;
	size_t place, field, channel;
	unsigned verified;
	int64_t count;
	bool empty; /* a reader knows that nothing is in it */
};

struct world {
	struct cell cells[CELLS];
	struct tallies days, months;
	struct arena arena;
	struct suppress *rule;
	/* what a reader knows: equations in echelon form */
	uint32_t (*known)[CELLS];
	uint32_t (*made)[CELLS]; /* of which figures each is the sum */
	const char *figures[CELLS];
	size_t pivot[CELLS]; /* of a column: its row + 1 */
	size_t nknown;
	/* what must stay unknown */
	uint8_t (*secrets)[CELLS];
	size_t nsecrets, room;
	const char **asked; /* of each, the first question it answers */
	size_t shown, hidden;
};

static uint32_t
random_of(uint64_t *state)
{
	*state = *state * UINT64_C(6364136223846793005) + 1442695040888963407u;
	return (uint32_t)(*state >> 33);
}

static void
fill_world(struct world *w, uint64_t seed)
{
	size_t n = 0;
	uint32_t scarce = 2 + random_of(&seed) % 6;

	for (size_t d = 0; d < COUNT(days_of_world); d++)
		for (size_t p = 0; p < COUNT(places); p++)
			for (size_t f = 0; f < COUNT(fields_of_world); f++)
				for (size_t c = 0; c < 4; c++) {
					struct cell *cell = &w->cells[n++];
					uint32_t r = random_of(&seed);

					civil_parse_date(
					    days_of_world[d], &cell->day);
					cell->place = p;
					cell->field = f;
					cell->channel = c / 2;
					cell->verified = c % 2;
					cell->count = r % scarce != 0 ? 0
						      : r / 8 % 3 == 0
							  ? r / 64 % 12
							  : r / 64 % 3;
				}
}

static struct tally_key
key_of_cell(const struct cell *cell)
{
	return (struct tally_key){.day = cell->day,
	    .unit = places[cell->place].unit,
	    .desk = places[cell->place].desk,
	    .field = fields_of_world[cell->field],
	    .channel = channels_of_world[cell->channel],
	    .form = "one-stop",
	    .criterion = "overall"};
}

static void
open_world(struct world *w, uint64_t seed)
{
	struct suppress_source source = {
	    .months = &w->months, .ndays = 1, .least = LEAST};

	memset(w, 0, sizeof(*w));
	w->known = calloc(CELLS, sizeof(*w->known));
	w->made = calloc(CELLS, sizeof(*w->made));
	arena_init(&w->arena);
	tallies_init(&w->days);
	tallies_init(&w->months);
	fill_world(w, seed);
	for (size_t i = 0; i < CELLS; i++) {
		struct tally_key key = key_of_cell(&w->cells[i]);

		tallies_add(&w->days, &key, 5,
		    w->cells[i].verified ? TALLY_VERIFIED : 0,
		    w->cells[i].count);
	}
	tallies_sort(&w->days);
	tallies_months(&w->days, &w->months);
	source.days[0].tallies = &w->days;
	civil_parse_date("2024-04-01", &source.days[0].first);
	civil_parse_date("2024-09-30", &source.days[0].last);
	w->rule = suppress_make(&w->arena, &district, &source);
}

static void
close_world(struct world *w)
{
	tallies_finish(&w->days);
	tallies_finish(&w->months);
	arena_finish(&w->arena);
	free(w->known);
	free(w->made);
	free(w->secrets);
	free(w->asked);
}

/* -------------------------------------------------------------- what is known
 */

static uint32_t
times(uint32_t a, uint32_t b)
{
	return (uint32_t)((uint64_t)a * b % PRIME);
}

static uint32_t
inverse(uint32_t a)
{
	uint32_t out = 1;

	for (uint32_t e = PRIME - 2; e > 0; e >>= 1, a = times(a, a))
		if (e & 1)
			out = times(out, a);
	return out;
}

static void
take_times(uint32_t row[CELLS], const uint32_t with[CELLS], uint32_t factor)
{
	for (size_t k = 0; k < CELLS; k++)
		if (with[k] != 0)
			row[k] =
			    (uint32_t)((row[k] + (uint64_t)factor * with[k]) %
				       PRIME);
}

/* Takes from a row what the known ones say; true when nothing is left. made
 * gets how often which figure was taken. */
static bool
follows(const struct world *w, uint32_t row[CELLS], uint32_t made[CELLS])
{
	bool empty = true;

	for (size_t c = 0; c < CELLS; c++) {
		uint32_t factor = PRIME - row[c];

		if (row[c] == 0)
			continue;
		if (w->pivot[c] == 0) {
			empty = false;
			continue;
		}
		take_times(row, w->known[w->pivot[c] - 1], factor);
		take_times(made, w->made[w->pivot[c] - 1], factor);
	}
	return empty;
}

static void
row_of_cells(
    const struct world *w, const uint8_t in[CELLS], uint32_t row[CELLS])
{
	for (size_t c = 0; c < CELLS; c++)
		row[c] = in[c] != 0 && !w->cells[c].empty;
}

static void
learn(struct world *w, const uint8_t in[CELLS], const char *asked)
{
	uint32_t row[CELLS], made[CELLS] = {0}, scale;
	size_t at = 0, n = w->nknown;

	row_of_cells(w, in, row);
	if (follows(w, row, made))
		return;
	while (row[at] == 0 || w->pivot[at] != 0)
		at++;
	scale = inverse(row[at]);
	w->figures[n] = arena_strdup(&w->arena, asked);
	made[n] = 1;
	take_times(w->known[n], row, scale);
	take_times(w->made[n], made, scale);
	w->pivot[at] = ++w->nknown;
}

/* --------------------------------------------------------------- what is asked
 */

struct question {
	struct score_query query;
	const char *words; /* of the range */
};

static bool
day_named(const char *name, int32_t day)
{
	int32_t named;

	return civil_parse_date(name, &named) && named == day;
}

/* Which cells a row is the sum of. */
static int64_t
cells_of(const struct world *w, const struct score_query *q,
    const struct score *row, uint8_t in[CELLS])
{
	bool exact = q->alone || q->by == BY_UNIT || q->by == BY_CELL;
	const struct target *t =
	    catalogue_target(&district, row->population, q->first);
	int64_t sum = 0;

	for (size_t c = 0; c < CELLS; c++) {
		const struct cell *cell = &w->cells[c];
		struct tally_key k = key_of_cell(cell);
		const struct field *f = catalogue_field(&district, k.field);
		const char *group = f == NULL ? "" : f->group;

		in[c] =
		    cell->day >= q->first && cell->day <= q->last &&
		    (row->unit == NULL ||
			(exact ? strcmp(k.unit, row->unit) == 0
			       : catalogue_within(
				     &district, k.unit, row->unit))) &&
		    (row->field == NULL || strcmp(k.field, row->field) == 0) &&
		    (row->group == NULL || strcmp(group, row->group) == 0) &&
		    (t->group[0] == '\0' || strcmp(group, t->group) == 0) &&
		    (row->channel == NULL ||
			strcmp(k.channel, row->channel) == 0) &&
		    (row->desk == NULL || strcmp(k.desk, row->desk) == 0) &&
		    (row->day == NULL || day_named(row->day, cell->day));
		sum += in[c] ? cell->count : 0;
	}
	return sum;
}

static void
keep_secret(struct world *w, const uint8_t in[CELLS], const char *asked)
{
	for (size_t i = 0; i < w->nsecrets; i++)
		if (memcmp(w->secrets[i], in, CELLS) == 0)
			return;
	if (w->nsecrets == w->room) {
		w->room = 2 * w->room + 64;
		w->secrets = realloc(w->secrets, w->room * sizeof(*w->secrets));
		w->asked = realloc(w->asked, w->room * sizeof(*w->asked));
	}
	w->asked[w->nsecrets] = arena_strdup(&w->arena, asked);
	memcpy(w->secrets[w->nsecrets++], in, CELLS);
}

/* One figure, or one that is left out; pass 0: only what is said to be empty;
 * 1: what is shown; 2: what is not. */
static void
take_figure(struct world *w, const uint8_t in[CELLS], bool shown, int pass,
    const char *asked)
{
	int64_t sum = 0;

	for (size_t c = 0; c < CELLS; c++)
		sum += in[c] ? w->cells[c].count : 0;
	if (pass == 0 && shown && sum == 0)
		for (size_t c = 0; c < CELLS; c++)
			w->cells[c].empty |= in[c];
	if (pass == 1 && shown && sum > 0) {
		assert_true(sum >= LEAST);
		w->shown++;
		learn(w, in, asked);
	}
	if (pass == 2 && !shown && sum > 0 && sum < LEAST) {
		w->hidden++;
		keep_secret(w, in, asked);
	}
}

/* The row, its channels and its classes. */
static void
take_row(struct world *w, const struct score_query *q, const struct score *row,
    int pass)
{
	uint8_t in[CELLS], part[CELLS];
	static const char *const parts[] = {"kiosk", "web", "open", "verified"};
	char asked[200], part_of[220], first[CIVIL_DATE_TEXT],
	    last[CIVIL_DATE_TEXT];

	civil_format_date(q->first, first);
	civil_format_date(q->last, last);
	snprintf(asked, sizeof(asked),
	    "%s..%s by %d: population %s unit %s%s field %s group %s channel "
	    "%s desk %s day %s",
	    first, last, (int)q->by, row->population, row->unit,
	    q->alone ? " alone" : "", row->field, row->group, row->channel,
	    row->desk, row->day);
	assert_true(cells_of(w, q, row, in) == row->judgement.valid);
	take_figure(w, in, !row->few, pass, asked);
	for (size_t i = 0; i < 4; i++) {
		bool shown = !row->few && !(i < 2 ? row->hidden_channels
						  : row->hidden_classes);

		if (i < 2 && row->channel != NULL)
			continue;
		for (size_t c = 0; c < CELLS; c++)
			part[c] =
			    in[c] && (i < 2 ? w->cells[c].channel == i
					    : w->cells[c].verified == i - 2);
		snprintf(
		    part_of, sizeof(part_of), "%s, %s of it", asked, parts[i]);
		take_figure(w, part, shown, pass, part_of);
	}
}

static void
ask_rule(struct world *w, const struct score_query *q, int pass)
{
	struct tallies part = tallies_part(&w->days, q->first, q->last);
	struct score_rows rows;
	struct arena a;

	arena_init(&a);
	scores_make(&part, NULL, &district, q, &a, &rows);
	suppress_rows(w->rule, q, &rows);
	for (size_t i = 0; i < rows.count; i++)
		if (strncmp(rows.rows[i].population, "tthc", 4) == 0)
			take_row(w, q, &rows.rows[i], pass);
	arena_finish(&a);
}

static const char *const periods[] = {"2024", "2024-H1", "2024-H2", "2024-9M",
    "2024-Q1", "2024-Q2", "2024-Q3", "2024-Q4", "2024-05", "2024-06", "2024-07",
    "2024-08", "2024-05-31..2024-06-03", "2024-06-04..2024-06-30",
    "2024-06-01..2024-07-02", "2024-06-15..2024-09-30",
    "2024-05-30..2024-07-01", "2024-07-01..2024-07-05",
    "2024-07-02..2024-08-31", "2023-01-01..2024-07-04",
    "2024-06-29..2024-08-05", "2024-05-30..2024-08-05"};

static void
ask_period(struct world *w, struct score_query q, int pass)
{
	static const enum score_by all[] = {BY_POPULATION, BY_UNIT, BY_FIELD,
	    BY_GROUP, BY_CHANNEL, BY_DAY, BY_DESK, BY_CELL};
	static const char *const units[] = {NULL, "D", "A", "B"};
	static const char *const of_fields[] = {NULL, "land", "civil"};
	static const char *const of_channels[] = {NULL, "web"};
	static const char *const populations[] = {"tthc", "tthc-land"};

	for (size_t i = 0;
	     i < COUNT(units) * 2 * COUNT(of_fields) * COUNT(of_channels) *
		     COUNT(populations) * COUNT(all);
	     i++) {
		size_t rest = i;

		q.by = all[rest % COUNT(all)];
		rest /= COUNT(all);
		q.population = populations[rest % COUNT(populations)];
		rest /= COUNT(populations);
		q.channel = of_channels[rest % COUNT(of_channels)];
		rest /= COUNT(of_channels);
		q.field = of_fields[rest % COUNT(of_fields)];
		rest /= COUNT(of_fields);
		q.unit = units[rest % COUNT(units)];
		q.alone = rest / COUNT(units) == 1;
		if (q.alone && q.unit == NULL)
			continue;
		ask_rule(w, &q, pass);
	}
}

static void
attack(uint64_t seed, size_t *shown, size_t *hidden)
{
	struct world *w = calloc(1, sizeof(*w));
	uint32_t row[CELLS], made[CELLS];

	open_world(w, seed);
	for (int pass = 0; pass < 3; pass++)
		for (size_t i = 0; i < COUNT(periods); i++) {
			struct score_query q = {0};
			struct period p;

			assert_true(
			    period_parse(periods[i], PERIOD_CALENDAR, &p));
			q.first = p.first;
			q.last = p.last;
			ask_period(w, q, pass);
		}
	for (size_t i = 0; i < w->nsecrets; i++) {
		int64_t sum = 0;

		row_of_cells(w, w->secrets[i], row);
		memset(made, 0, sizeof(made));
		if (!follows(w, row, made))
			continue;
		for (size_t c = 0; c < CELLS; c++) {
			struct tally_key k = key_of_cell(&w->cells[c]);
			char day[CIVIL_DATE_TEXT];

			if (!w->secrets[i][c] || w->cells[c].count == 0)
				continue;
			sum += w->cells[c].count;
			civil_format_date(w->cells[c].day, day);
			print_error("%s %s %s %s %s %u: %d\n", day, k.unit,
			    k.desk, k.field, k.channel, w->cells[c].verified,
			    (int)w->cells[c].count);
		}
		for (size_t c = 0; c < CELLS; c++)
			if (made[c] != 0)
				print_error("%+d %s\n",
				    made[c] > PRIME / 2 ? (int)(PRIME - made[c])
							: -(int)made[c],
				    w->figures[c]);
		print_error("asked: %s\n", w->asked[i]);
		fail_msg("seed %d: %d answers follow from what is shown",
		    (int)seed, (int)sum);
	}
	*shown += w->shown;
	*hidden += w->hidden;
	close_world(w);
	free(w);
}

static void
test_attack(void **state)
{
	const char *seeds = getenv("HAILONG_SEEDS");
	size_t n = seeds == NULL ? 2 : (size_t)atoi(seeds);
	size_t shown = 0, hidden = 0;

	(void)state;
	for (size_t i = 1; i <= n; i++)
		attack(i, &shown, &hidden);
	print_message("%zu districts: %zu figures shown, %zu small ones left "
		      "out, none follows\n",
	    n, shown, hidden);
	assert_true(shown > 0 && hidden > 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_attack),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
