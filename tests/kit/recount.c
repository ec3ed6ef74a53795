/* SPDX-License-Identifier: GPL-2.0-or-later */
/* As the command "check" does it, without the words. */
#include "tests/kit/recount.h"

#include <string.h>
#include "server/core/score/tally.h"
#include "server/store/tallies.h"

static void
drop_zeros(struct tallies *t)
{
	static const struct tally none;
	size_t kept = 0;

	for (size_t i = 0; i < t->count; i++)
		if (memcmp(t->rows[i].n, none.n, sizeof(none.n)) != 0 ||
		    t->rows[i].aside != 0)
			t->rows[kept++] = t->rows[i];
	t->count = kept;
}

static bool
same_part(const struct tally_part *a, const struct tally_part *b)
{
	return a->valid == b->valid && a->satisfied == b->satisfied;
}

static bool
equal(struct tallies *a, struct tallies *b)
{
	bool same;

	drop_zeros(a);
	drop_zeros(b);
	tallies_sort(a);
	tallies_sort(b);
	same = a->count == b->count;
	for (size_t i = 0; same && i < a->count; i++)
		same =
		    tally_key_compare(&a->rows[i].key, &b->rows[i].key) == 0 &&
		    memcmp(a->rows[i].n, b->rows[i].n, sizeof(a->rows[i].n)) ==
			0 &&
		    a->rows[i].aside == b->rows[i].aside &&
		    same_part(&a->rows[i].unusual, &b->rows[i].unusual) &&
		    same_part(&a->rows[i].verified, &b->rows[i].verified);
	return same;
}

bool
recount_agrees(struct db *db)
{
	struct tallies days, months, recount, by_month;
	int64_t bad;
	bool same;

	tallies_init(&days);
	tallies_init(&months);
	tallies_init(&recount);
	same = store_tallies_read(db, false, &days) &&
	       store_tallies_read(db, true, &months) &&
	       store_recount(db, &recount, &bad) && bad == 0;
	tallies_months(&recount, &by_month);
	same = same && equal(&days, &recount) && equal(&months, &by_month);
	tallies_finish(&by_month); /* before those whose strings it borrows */
	tallies_finish(&days);
	tallies_finish(&months);
	tallies_finish(&recount);
	return same;
}
