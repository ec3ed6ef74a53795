/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Both sets are sorted by key, so one walk along the two finds every
 * difference. */
#include "server/core/score/tally_compare.h"

#include <string.h>

static bool
same_part(const struct tally_part *a, const struct tally_part *b)
{
	return a->valid == b->valid && a->satisfied == b->satisfied;
}

static bool
same_counts(const struct tally *a, const struct tally *b)
{
	return memcmp(a->n, b->n, sizeof(a->n)) == 0 && a->aside == b->aside &&
	       same_part(&a->unusual, &b->unusual) &&
	       same_part(&a->verified, &b->verified);
}

static bool
no_counts(const struct tally *t)
{
	static const struct tally none;

	return same_counts(t, &none);
}

int64_t
tallies_compare(const struct tallies *kept, const struct tallies *counted,
    bool months, tally_differs *tell, void *context)
{
	size_t i = 0, k = 0;
	int64_t differences = 0;

	while (i < kept->count || k < counted->count) {
		const struct tally *a = i < kept->count ? &kept->rows[i] : NULL;
		const struct tally *b =
		    k < counted->count ? &counted->rows[k] : NULL;
		int order = a == NULL   ? 1
			    : b == NULL ? -1
					: tally_key_compare(&a->key, &b->key);

		if (order < 0)
			b = NULL;
		else if (order > 0)
			a = NULL;
		i += a != NULL;
		k += b != NULL;
		if ((a == NULL && no_counts(b)) ||
		    (b == NULL && no_counts(a)) ||
		    (a != NULL && b != NULL && same_counts(a, b)))
			continue;
		tell(context, months, a, b);
		differences++;
	}
	return differences;
}

int64_t
dossier_counts_compare(const struct dossier_counts *kept,
    const struct dossier_counts *counted, dossiers_differ *tell, void *context)
{
	size_t i = 0, k = 0;
	int64_t differences = 0;

	while (i < kept->count || k < counted->count) {
		const struct dossier_count *a =
		    i < kept->count ? &kept->rows[i] : NULL;
		const struct dossier_count *b =
		    k < counted->count ? &counted->rows[k] : NULL;
		int order = a == NULL   ? 1
			    : b == NULL ? -1
					: dossier_count_compare(a, b);

		i += order <= 0;
		k += order >= 0;
		if (order == 0 && memcmp(a->n, b->n, sizeof(a->n)) == 0)
			continue;
		tell(context, order <= 0 ? a : NULL, order >= 0 ? b : NULL);
		differences++;
	}
	return differences;
}
