/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A row for each dossier, then sorted and added up: an import has as many keys
 * as days, units and fields together, too many to look for one by one. */
#include "server/core/dossier/dossier_count.h"

#include <stdlib.h>
#include <string.h>
#include "server/core/dossier/dossier.h"
#include "shared/arena.h"
#include "shared/civil.h"

void
dossier_counts_add(
    struct arena *a, struct dossier_counts *c, const struct dossier *d, int by)
{
	struct dossier_count *row;

	if (d->finished_at == DOSSIER_NEVER)
		return;
	row = arena_append(a, &c->rows, &c->count, sizeof(*row));
	row->day = civil_local_day(d->finished_at);
	row->unit = d->unit;
	row->field = d->field;
	row->n[DOSSIERS_FINISHED] = by;
	row->n[DOSSIERS_REFUSED] = d->outcome == OUTCOME_REFUSED ? by : 0;
	row->n[DOSSIERS_WITHDRAWN] = d->outcome == OUTCOME_WITHDRAWN ? by : 0;
	row->n[DOSSIERS_RETURNED] = d->outcome == OUTCOME_RETURNED ? by : 0;
	row->n[DOSSIERS_LATE] = dossier_late(d) ? by : 0;
	row->n[DOSSIERS_ELSEWHERE] = d->authority[0] != '\0' ? by : 0;
}

int
dossier_count_compare(const void *a, const void *b)
{
	const struct dossier_count *left = a, *right = b;
	int order;

	if (left->day != right->day)
		return left->day < right->day ? -1 : 1;
	order = strcmp(left->unit, right->unit);
	return order != 0 ? order : strcmp(left->field, right->field);
}

static bool
is_nothing(const struct dossier_count *row)
{
	for (int k = 0; k < DOSSIERS_COUNT; k++)
		if (row->n[k] != 0)
			return false;
	return row->tied == 0;
}

void
dossier_counts_merge(struct dossier_counts *c)
{
	size_t n = 0, i = 0;

	if (c->count > 1)
		qsort(
		    c->rows, c->count, sizeof(*c->rows), dossier_count_compare);
	while (i < c->count) {
		struct dossier_count sum = c->rows[i++];

		for (; i < c->count &&
		       dossier_count_compare(&sum, &c->rows[i]) == 0;
		     i++) {
			for (int k = 0; k < DOSSIERS_COUNT; k++)
				sum.n[k] += c->rows[i].n[k];
			sum.tied += c->rows[i].tied;
		}
		if (!is_nothing(&sum))
			c->rows[n++] = sum;
	}
	c->count = n;
}
