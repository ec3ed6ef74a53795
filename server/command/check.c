/* SPDX-License-Identifier: GPL-2.0-or-later */
/* check: tallies equal a recount of the answers, nothing refers to what is not
 * there. Names every difference; exit status 1 when there is one. */
#include "server/command/command.h"

#include <stdio.h>
#include <string.h>
#include "server/core/dossier/dossier_count.h"
#include "server/core/score/period.h"
#include "server/core/score/tally.h"
#include "server/store/answers.h"
#include "server/store/dossier/dossiers.h"
#include "server/store/tallies.h"
#include "shared/civil.h"

static bool
same_check(const struct tally *a, const struct tally *b)
{
	return memcmp(a->n, b->n, sizeof(a->n)) == 0 && a->aside == b->aside;
}

static bool
empty(const struct tally *t)
{
	static const struct tally none;

	return same_check(t, &none);
}

static void
print_counts(const char *title, const struct tally *t)
{
	printf(" %s", title);
	for (int i = 1; i <= 5; i++)
		printf(" %lld", (long long)t->n[i]);
	printf(" n/a %lld aside %lld", (long long)t->n[0], (long long)t->aside);
}

/* The day, or the month, of a key. */
static void
format_day(int64_t day, bool months, char out[CIVIL_DATE_TEXT])
{
	civil_format_date(months ? period_month_first(day) : (int32_t)day, out);
	if (months)
		*strrchr(out, '-') = '\0';
}

static void
print_difference(
    const struct tally *tally, const struct tally *recount, bool months)
{
	static const struct tally none;
	const struct tally_key *k = tally != NULL ? &tally->key : &recount->key;
	char day[CIVIL_DATE_TEXT];

	format_day(k->day, months, day);
	printf("%s %s %s %s %s %s %s:", day, k->unit, k->desk,
	    k->field[0] == '\0' ? "-" : k->field, k->channel, k->form,
	    k->criterion);
	print_counts("tally", tally == NULL ? &none : tally);
	print_counts("; recount", recount == NULL ? &none : recount);
	putchar('\n');
}

/* Both sorted by key; walks them side by side. */
static int64_t
compare_with_recount(
    const struct tallies *t, const struct tallies *r, bool months)
{
	size_t i = 0, k = 0;
	int64_t differences = 0;

	while (i < t->count || k < r->count) {
		const struct tally *a = i < t->count ? &t->rows[i] : NULL;
		const struct tally *b = k < r->count ? &r->rows[k] : NULL;
		int order = a == NULL   ? 1
			    : b == NULL ? -1
					: tally_key_compare(&a->key, &b->key);

		if (order < 0)
			b = NULL;
		else if (order > 0)
			a = NULL;
		i += a != NULL;
		k += b != NULL;
		if ((a == NULL && empty(b)) || (b == NULL && empty(a)) ||
		    (a != NULL && b != NULL && same_check(a, b)))
			continue;
		print_difference(a, b, months);
		differences++;
	}
	return differences;
}

struct findings {
	struct tallies days, months, recount;
	int64_t all, samples, bad, answers, remarks, overlooked;
	struct arena arena;
	struct dossier_counts dossiers, dossiers_recount;
};

/* One state, so that a running collector may go on writing. */
static bool
look_over(struct db *db, struct findings *f)
{
	return db_begin_read(db) &&
	       store_answer_counts(db, &f->all, &f->samples) &&
	       store_tallies_read(db, false, &f->days) &&
	       store_tallies_read(db, true, &f->months) &&
	       store_recount(db, &f->recount, &f->bad) &&
	       store_orphans(db, &f->answers, &f->remarks) &&
	       store_overlooked(db, &f->overlooked) &&
	       store_dossier_counts(
		   db, &f->arena, INT32_MIN, INT32_MAX, true, &f->dossiers) &&
	       store_dossier_recount(db, &f->arena, &f->dossiers_recount) &&
	       db_commit(db);
}

static int64_t
compare_tallies(struct findings *f)
{
	struct tallies months;
	int64_t differences;

	tallies_sort(&f->days);
	tallies_sort(&f->months);
	tallies_sort(&f->recount);
	tallies_months(&f->recount, &months);
	differences = compare_with_recount(&f->days, &f->recount, false) +
		      compare_with_recount(&f->months, &months, true);
	tallies_finish(&months);
	return differences;
}

static void
print_dossiers(const char *title, const struct dossier_count *row)
{
	printf(" %s", title);
	for (int k = 0; k < DOSSIERS_COUNT; k++)
		printf(" %lld", (long long)(row == NULL ? 0 : row->n[k]));
}

/* Both in the order of their keys. */
static int64_t
compare_dossiers(const struct findings *f)
{
	const struct dossier_counts *t = &f->dossiers,
				    *r = &f->dossiers_recount;
	size_t i = 0, k = 0;
	int64_t differences = 0;

	while (i < t->count || k < r->count) {
		const struct dossier_count *a =
		    i < t->count ? &t->rows[i] : NULL;
		const struct dossier_count *b =
		    k < r->count ? &r->rows[k] : NULL;
		int order = a == NULL   ? 1
			    : b == NULL ? -1
					: dossier_count_compare(a, b);
		const struct dossier_count *row = order <= 0 ? a : b;
		char day[CIVIL_DATE_TEXT];

		i += order <= 0;
		k += order >= 0;
		if (order == 0 && memcmp(a->n, b->n, sizeof(a->n)) == 0)
			continue;
		civil_format_date((int32_t)row->day, day);
		printf("%s %s %s dossiers:", day, row->unit,
		    row->field[0] == '\0' ? "-" : row->field);
		print_dossiers("tally", order <= 0 ? a : NULL);
		print_dossiers("; recount", order >= 0 ? b : NULL);
		putchar('\n');
		differences++;
	}
	return differences;
}

static int64_t
print_oddities(const struct findings *f)
{
	if (f->bad > 0)
		printf("%lld answers have scores that cannot be read\n",
		    (long long)f->bad);
	if (f->answers > 0)
		printf("%lld answers of desks that the catalogue lacks\n",
		    (long long)f->answers);
	if (f->remarks > 0)
		printf("%lld comments without their answer\n",
		    (long long)f->remarks);
	if (f->overlooked > 0)
		printf("%lld answers that call for a person are in no list\n",
		    (long long)f->overlooked);
	return (f->bad > 0) + (f->answers > 0) + (f->remarks > 0) +
	       (f->overlooked > 0);
}

static int
check_database(const struct command *c, struct db *db)
{
	struct findings f = {0};
	int64_t differences = 0;
	bool ok;

	tallies_init(&f.days);
	tallies_init(&f.months);
	tallies_init(&f.recount);
	arena_init(&f.arena);
	ok = look_over(db, &f);
	if (ok)
		differences = compare_tallies(&f) + compare_dossiers(&f) +
			      print_oddities(&f);
	arena_finish(&f.arena);
	tallies_finish(&f.days);
	tallies_finish(&f.months);
	tallies_finish(&f.recount);
	if (!ok)
		return command_fail(c, 1, "cannot be read (see above)");
	if (differences > 0)
		return command_fail(c, 1, "%lld differences, named above",
		    (long long)differences);
	printf("ok: %lld answers%s, tallies equal the recount\n",
	    (long long)f.all, f.samples > 0 ? " (with samples)" : "");
	return 0;
}

int
command_check(const struct command *c)
{
	const struct option_row options[] = {{NULL, false, NULL}};
	struct db *db;
	int n, status;

	if (!command_options(c, options, NULL, 0, &n))
		return 2;
	db = command_db(c, DB_READ);
	if (db == NULL)
		return 1;
	status = check_database(c, db);
	db_close(db);
	return status;
}
