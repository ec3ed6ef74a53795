/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * sample: marked answers to try the pages with; every page bears a banner while
 * they stand. Refused beside real answers, so that no report counts
 * invented ones. The same seed gives the same answers (but for their ids).
 *
 * The picture they make: every field and every unit has a true rate of its own,
 * and the four kinds of them (clearly below the target, a little below, a
 * little above, clearly above) take turns in the order in which people come for
 * the fields, and in that of the units. The seed says who begins. So tables of
 * fields, of units and of both have rows that met, did not meet and are not yet
 * known, whatever the seed, once there are enough answers. Kiosks collect most,
 * SMS is the most critical. Here and there a kiosk was pressed several times in
 * a row: the queue of doubts shall not be empty.
 */
#include "server/command/command.h"

#include <stdio.h>
#include <string.h>
#include "server/intake/check.h"
#include "server/core/score/tally.h"
#include "server/store/answers.h"
#include "server/store/catalogue/catalogue.h"
#include "server/store/tallies.h"
#include "shared/civil.h"
#include "shared/clock.h"
#include "shared/text.h"

#define AT_ONCE    2000 /* answers in one transaction */
#define BURST      3    /* presses in a row, ... */
#define BURST_EACH 500  /* ... once among so many answers, */
#define BURST_MS   4000 /* so far apart */

#define LIKELY 6   /* fields of a desk that nine in ten come for */
#define MOST   995 /* in 1,000: somebody is always dissatisfied */
#define KINDS  4

/* What a field and a unit of each kind add to the target, in 1,000. */
static const long field_kinds[KINDS] = {-100, 12, 90, -12};
static const long unit_kinds[KINDS] = {-80, 10, 70, -10};

struct sampling {
	const struct catalogue *catalogue;
	uint64_t random;
	int32_t first; /* day */
	long days;
	int64_t now;
	long made;            /* answers so far */
	struct answer press;  /* the first of the latest burst */
	long *fields, *units; /* what each adds to the target, in 1,000 */
	struct arena arena;
	struct tallies tallies;
};

/* splitmix64: small, seeded, good enough to scatter samples. */
static uint64_t
sample_next(struct sampling *s)
{
	uint64_t z = s->random += 0x9e3779b97f4a7c15ULL;

	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
	z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
	return z ^ (z >> 31);
}

static long
sample_below(struct sampling *s, long n)
{
	return (long)(sample_next(s) % (uint64_t)n);
}

/* At how many desks a field is a likely one, for all fields. */
static size_t *
desks_of_fields(struct arena *a, const struct catalogue *c)
{
	size_t *desks = arena_alloc(a, (c->nfields + 1) * sizeof(*desks));

	for (size_t i = 0; i < c->ndesks; i++)
		for (size_t k = 0; k < c->desks[i].nfields && k < LIKELY; k++)
			desks[c->desks[i].fields[k] - c->fields]++;
	return desks;
}

/* Gives every field and every unit its kind, into the arena. */
static void
draw_rates(struct sampling *s, struct arena *a, long seed)
{
	const struct catalogue *c = s->catalogue;
	size_t *desks = desks_of_fields(a, c);

	s->fields = arena_alloc(a, (c->nfields + 1) * sizeof(*s->fields));
	s->units = arena_alloc(a, (c->nunits + 1) * sizeof(*s->units));
	for (size_t f = 0; f < c->nfields; f++) {
		size_t rank = 0;

		for (size_t i = 0; i < c->nfields; i++)
			rank += desks[i] > desks[f] ||
				(desks[i] == desks[f] && i < f);
		s->fields[f] = field_kinds[(rank + (size_t)seed) % KINDS];
	}
	for (size_t u = 0; u < c->nunits; u++)
		s->units[u] = unit_kinds[(u + (size_t)seed / KINDS) % KINDS];
}

/* The chance in 1,000 of a satisfied answer there. */
static long
level(const struct sampling *s, const struct desk *desk,
    const struct field *field, const char *channel)
{
	const struct catalogue *c = s->catalogue;
	long chance = 900 + s->units[desk->unit - c->units];

	if (field != NULL) {
		chance += s->fields[field - c->fields];
		if (strcmp(field->group, GROUP_LAND) == 0)
			chance -= 50; /* its target is lower */
	}
	if (strcmp(channel, "sms") == 0)
		chance -= 60;
	else if (strcmp(channel, "api") == 0)
		chance += 60; /* under the clerk's eyes */
	return chance > MOST ? MOST : chance;
}

static int
score(struct sampling *s, long chance)
{
	if (sample_below(s, 1000) < chance)
		return sample_below(s, 100) < 62 ? 5 : 4;
	switch (sample_below(s, 10)) {
	case 0:
		return 1;
	case 1:
	case 2:
	case 3:
		return 2;
	default:
		return 3;
	}
}

static const char *
channel(struct sampling *s)
{
	long n = sample_below(s, 100);

	return n < 62 ? "kiosk" : n < 84 ? "web" : n < 96 ? "sms" : "api";
}

/* A moment in office hours of one of the days. */
static int64_t
moment(struct sampling *s)
{
	int32_t day = s->first + (int32_t)sample_below(s, s->days);
	int64_t at = civil_day_start(day) + 7 * 3600000 + 1800000 +
		     (int64_t)sample_below(s, 9 * 3600) * 1000;

	while (civil_weekday(day) > 5 && day > s->first) {
		day--; /* desks are closed on Sundays */
		at -= 86400000;
	}
	return at < s->now ? at : s->now - 60000;
}

/* One in five of the dissatisfied says why in words, one in twenty of the
 * others something kind. */
static const char *
comment(struct sampling *s, int overall)
{
	static const char *const low[] = {"sample.comment.low.1",
	    "sample.comment.low.2", "sample.comment.low.3",
	    "sample.comment.low.4", "sample.comment.low.5"};
	static const char *const high[] = {"sample.comment.high.1",
	    "sample.comment.high.2", "sample.comment.high.3",
	    "sample.comment.high.4"};

	if (sample_below(s, overall <= 3 ? 5 : 20) > 0)
		return NULL;
	return text(LANG_VI,
	    overall <= 3 ? low[sample_below(s, 5)] : high[sample_below(s, 4)]);
}

static void
fill_sample(struct sampling *s, struct answer *a, struct sender *sender)
{
	const struct desk *desk =
	    &s->catalogue->desks[sample_below(s, (long)s->catalogue->ndesks)];
	const struct form *form = catalogue_form(s->catalogue, "one-stop", 0);
	const struct field *field = NULL;
	long chance;
	int overall;

	memset(a, 0, sizeof(*a));
	uuid_new(&a->id);
	sender->channel = channel(s);
	sender->device = "sample";
	/* most people come for a few of the fields; one in eight does not say
	 */
	if (desk->nfields > 0 && sample_below(s, 8) > 0)
		field =
		    desk->fields[sample_below(s, 10) > 0 &&
					 desk->nfields > LIKELY
				     ? sample_below(s, LIKELY)
				     : sample_below(s, (long)desk->nfields)];
	chance = level(s, desk, field, sender->channel);
	overall = score(s, chance);
	a->desk = desk->code;
	a->field = field == NULL ? NULL : field->code;
	a->answered_at = moment(s);
	a->offset = civil_offset(a->answered_at);
	a->lang = "vi";
	a->assisted = "none";
	a->scores[a->nscores++] = (struct answer_score){"overall", overall};
	if (strcmp(sender->channel, "web") == 0)
		for (size_t i = 0; i < form->ncriteria; i++)
			a->scores[a->nscores++] = (struct answer_score){
			    form->criteria[i],
			    sample_below(s, 12) == 0 ? 0 : score(s, chance)};
	if (overall <= 3 && form->nreasons > 0)
		a->reasons[a->nreasons++] =
		    form->reasons[sample_below(s, (long)form->nreasons)];
	a->comment = comment(s, overall);
}

/* Makes the answer, whose place in its burst this is, a press at a kiosk like
 * the first. All texts of an answer outlive the batch's arena. */
static void
press(struct sampling *s, struct answer *a, struct sender *sender, int place)
{
	struct uuid id = a->id;

	if (place == 0)
		s->press = *a;
	*a = s->press;
	a->id = id;
	a->answered_at += (int64_t)place * BURST_MS;
	a->scores[0].value = 5;
	a->nscores = 1;
	a->nreasons = 0;
	a->comment = NULL;
	sender->channel = "kiosk";
}

static bool
fill_entry(struct sampling *s, struct entry *entry)
{
	int place = (int)(s->made++ % BURST_EACH);
	struct answer answer;
	struct sender sender = {0};
	char error[LIMIT_ERROR_BYTES];

	fill_sample(s, &answer, &sender);
	if (place < BURST)
		press(s, &answer, &sender, place);
	if (!check_answer(&answer, &sender, s->catalogue, s->now, &s->arena,
		entry, error))
		return false;
	entry->sample = true;
	entry->flags = place < BURST ? "sample burst" : "sample";
	return true;
}

static bool
store_some(struct db *db, struct sampling *s, size_t count)
{
	struct entry *entries =
	    arena_alloc(&s->arena, count * sizeof(*entries));
	struct entry **list = arena_alloc(&s->arena, count * sizeof(*list));

	tallies_clear(&s->tallies);
	for (size_t i = 0; i < count; i++) {
		list[i] = &entries[i];
		if (!fill_entry(s, list[i]))
			return false;
	}
	return store_answers(db, &s->tallies, list, count) &&
	       store_tallies_add(db, &s->tallies);
}

static bool
make_sample(struct db *db, struct sampling *s, long answers)
{
	for (long done = 0; done < answers; done += AT_ONCE) {
		long some = answers - done < AT_ONCE ? answers - done : AT_ONCE;

		if (!db_begin(db))
			return false;
		if (!store_some(db, s, (size_t)some)) {
			db_rollback(db);
			return false;
		}
		if (!db_commit(db))
			return false;
		arena_finish(&s->arena);
	}
	return true;
}

/* The deed of adding or removing, in a transaction that is open. */
static bool
sample_audit(struct db *db, const char *act, const char *after)
{
	return command_audit(
	    db, (struct deed){.act = act, .object = "sample", .after = after});
}

static bool
note_sample(struct db *db, struct arena *a, long answers, long days)
{
	return db_begin(db) &&
	       sample_audit(db, "sample.add",
		   arena_printf(
		       a, "{\"answers\":%ld,\"days\":%ld}", answers, days)) &&
	       db_commit(db);
}

static int
add_sample(
    const struct command *c, struct db *db, long answers, long days, long seed)
{
	struct sampling s = {
	    .random = (uint64_t)seed, .days = days, .now = clock_now()};
	struct catalogue *catalogue;
	struct arena rates;
	int64_t all, samples;
	bool ok;

	if (!store_answer_counts(db, &all, &samples))
		return command_fail(c, 1, "cannot be read (see above)");
	if (all > samples)
		return command_fail(c, 1,
		    "real answers stand in this database; samples are never "
		    "mixed with them");
	catalogue = store_catalogue(db);
	if (catalogue == NULL || catalogue->ndesks == 0 ||
	    catalogue_form(catalogue, "one-stop", 0) == NULL) {
		catalogue_destroy(catalogue);
		return command_fail(
		    c, 1, "no catalogue; run hailong-server init first");
	}
	s.catalogue = catalogue;
	s.first = civil_local_day(s.now) - (int32_t)days + 1;
	arena_init(&s.arena);
	arena_init(&rates);
	draw_rates(&s, &rates, seed);
	tallies_init(&s.tallies);
	ok = make_sample(db, &s, answers) &&
	     note_sample(db, &s.arena, answers, days);
	tallies_finish(&s.tallies);
	arena_finish(&s.arena);
	arena_finish(&rates);
	catalogue_destroy(catalogue);
	if (!ok)
		return command_fail(c, 1, "not stored (see above)");
	printf("%ld sample answers over %ld days\n", answers, days);
	return 0;
}

static int
remove_all(const struct command *c, struct db *db)
{
	if (!db_begin(db))
		return command_fail(c, 1, "cannot be written (see above)");
	if (!store_samples_remove(db) ||
	    !sample_audit(db, "sample.remove", NULL)) {
		db_rollback(db);
		return command_fail(c, 1, "not removed (see above)");
	}
	if (!db_commit(db))
		return command_fail(c, 1, "not removed (see above)");
	printf("sample answers removed, tallies counted anew\n");
	return 0;
}

int
command_sample(const struct command *c)
{
	const char *answers = NULL, *days = NULL, *seed = "1", *gone = NULL;
	const struct option_row options[] = {{"--answers", true, &answers},
	    {"--days", true, &days}, {"--seed", true, &seed},
	    {"--remove", false, &gone}, {NULL, false, NULL}};
	long nanswers, ndays, nseed;
	struct db *db;
	int n, status;

	if (!command_options(c, options, NULL, 0, &n))
		return 2;
	if (gone == NULL && (answers == NULL || days == NULL))
		return command_fail(
		    c, 2, "sample --answers N --days N [--seed N] | --remove");
	if (gone == NULL &&
	    (!command_number(answers, 1, 100000000, &nanswers) ||
		!command_number(days, 1, 3650, &ndays) ||
		!command_number(seed, 0, 2147483647, &nseed)))
		return command_fail(c, 1,
		    "--answers 1 to 100000000, --days 1 to 3650, --seed a "
		    "whole number");
	db = command_db(c, DB_WRITE);
	if (db == NULL)
		return 1;
	status = gone != NULL ? remove_all(c, db)
			      : add_sample(c, db, nanswers, ndays, nseed);
	db_close(db);
	return status;
}
