/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Why a recount and not a checksum of each cell: a checksum would be computed
 * from what is in memory when it is written, and would have to be kept right by
 * every statement that changes a row; the answers are there anyway, were
 * written once, by another statement than the counts, and lie in other pages.
 * What alters one of the two without the other shows here, whatever it was:
 * a disk, memory, a hand, or a mistake of ours.
 */
#include "server/store/second_count.h"

#include "server/db/db.h"
#include "server/store/dossier/dossiers.h"
#include "server/store/tallies.h"

struct counts {
	struct tallies days, months, recount;
	struct dossier_counts dossiers, dossiers_recount;
	struct arena arena;
};

static bool
read_counts(struct db *db, struct counts *c, int64_t *unreadable)
{
	return store_tallies_read(db, false, &c->days) &&
	       store_tallies_read(db, true, &c->months) &&
	       store_recount(db, &c->recount, unreadable) &&
	       store_dossier_counts(
		   db, &c->arena, INT32_MIN, INT32_MAX, true, &c->dossiers) &&
	       store_dossier_recount(db, &c->arena, &c->dossiers_recount);
}

static int64_t
compare_counts(struct counts *c, tally_differs *tally,
    dossiers_differ *dossiers, void *context)
{
	struct tallies months;
	int64_t differences;

	tallies_sort(&c->days);
	tallies_sort(&c->months);
	tallies_sort(&c->recount);
	tallies_months(&c->recount, &months);
	differences =
	    tallies_compare(&c->days, &c->recount, false, tally, context) +
	    tallies_compare(&c->months, &months, true, tally, context) +
	    dossier_counts_compare(
		&c->dossiers, &c->dossiers_recount, dossiers, context);
	tallies_finish(&months);
	return differences;
}

bool
store_second_count(struct db *db, tally_differs *tally,
    dossiers_differ *dossiers, void *context, int64_t *differences,
    int64_t *unreadable)
{
	struct counts c = {0};
	bool ok;

	tallies_init(&c.days);
	tallies_init(&c.months);
	tallies_init(&c.recount);
	arena_init(&c.arena);
	ok = read_counts(db, &c, unreadable);
	*differences = ok ? compare_counts(&c, tally, dossiers, context) : 0;
	arena_finish(&c.arena);
	tallies_finish(&c.days);
	tallies_finish(&c.months);
	tallies_finish(&c.recount);
	return ok;
}
