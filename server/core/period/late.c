/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * One set of rows is taken from the other, key by key: what is not nought then
 * has changed, also where the sums are the same (a correction from 2 to 1).
 */
#include "server/core/period/late.h"

#include <string.h>
#include "server/core/dossier/dossier_count.h"
#include "server/core/score/tally.h"

#define OVERALL "overall"

/* Adds rows `by` times (1 or -1) to the difference, days together. */
static void
add_all(struct tallies *d, const struct tallies *rows, int64_t by)
{
	for (size_t i = 0; i < rows->count; i++) {
		struct tally_key key = rows->rows[i].key;
		struct tally *t;

		key.day = 0;
		t = tallies_row(d, &key);
		for (int score = 0; score <= 5; score++)
			t->n[score] += by * rows->rows[i].n[score];
		t->aside += by * rows->rows[i].aside;
		t->unusual.valid += by * rows->rows[i].unusual.valid;
		t->verified.valid += by * rows->rows[i].verified.valid;
	}
}

static void
add_tally_difference(struct late *out, const struct tally *t)
{
	int64_t valid = 0;

	for (int score = 1; score <= 5; score++)
		valid += t->n[score];
	for (int score = 0; score <= 5; score++)
		out->any |= t->n[score] != 0;
	out->any |=
	    t->aside != 0 || t->unusual.valid != 0 || t->verified.valid != 0;
	if (strcmp(t->key.criterion, OVERALL) != 0)
		return;
	out->valid += valid;
	out->satisfied += t->n[4] + t->n[5];
	out->aside += t->aside;
	out->answers += valid + t->n[0] + t->aside;
}

static int64_t
finished(const struct dossier_counts *c)
{
	int64_t sum = 0;

	for (size_t i = 0; i < c->count; i++)
		sum += c->rows[i].n[DOSSIERS_FINISHED];
	return sum;
}

/* The kinds of a unit and field in these counts, days together. */
static void
kinds_of(const struct dossier_counts *c, const struct dossier_count *key,
    int64_t n[DOSSIERS_COUNT])
{
	memset(n, 0, DOSSIERS_COUNT * sizeof(*n));
	for (size_t i = 0; i < c->count; i++)
		if (strcmp(c->rows[i].unit, key->unit) == 0 &&
		    strcmp(c->rows[i].field, key->field) == 0)
			for (int k = 0; k < DOSSIERS_COUNT; k++)
				n[k] += c->rows[i].n[k];
}

/* Some row of one has other numbers in the other. */
static bool
dossiers_differ(const struct dossier_counts *a, const struct dossier_counts *b)
{
	int64_t x[DOSSIERS_COUNT], y[DOSSIERS_COUNT];

	for (size_t i = 0; i < a->count; i++) {
		kinds_of(a, &a->rows[i], x);
		kinds_of(b, &a->rows[i], y);
		if (memcmp(x, y, sizeof(x)) != 0)
			return true;
	}
	return false;
}

void
late_between(const struct tallies *then, const struct tallies *now,
    const struct dossier_counts *dossiers_then,
    const struct dossier_counts *dossiers_now, struct late *out)
{
	struct tallies d;

	*out = (struct late){0};
	tallies_init(&d);
	add_all(&d, now, 1);
	add_all(&d, then, -1);
	for (size_t i = 0; i < d.count; i++)
		add_tally_difference(out, &d.rows[i]);
	tallies_finish(&d);
	out->dossiers = finished(dossiers_now) - finished(dossiers_then);
	out->any = out->any || dossiers_differ(dossiers_then, dossiers_now) ||
		   dossiers_differ(dossiers_now, dossiers_then);
}
