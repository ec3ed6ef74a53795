/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Orders. Texts are few and looked for from the first; everything else
 * is sorted once, by keys that no two rows share, so that the order does not
 * depend on the engine that gave them.
 */
#include "server/core/report/source.h"

#include <stdlib.h>
#include <string.h>

static int
in_order(const char *const *a, const char *const *b, size_t n)
{
	int order = 0;

	for (size_t i = 0; i < n && order == 0; i++)
		order = strcmp(a[i], b[i]);
	return order;
}

#define ORDER(name, type, ...)                                                 \
	static int name(const void *left, const void *right)                   \
	{                                                                      \
		const struct type *r = left;                                   \
		const char *a[] = {__VA_ARGS__};                               \
		r = right;                                                     \
		const char *b[] = {__VA_ARGS__};                               \
		return in_order(a, b, sizeof(a) / sizeof(a[0]));               \
	}

ORDER(order_aside, report_aside, r->unit, r->field, r->channel, r->form,
    r->reason)
ORDER(order_asked, report_asked, r->unit, r->field)
ORDER(order_texts, report_text, r->key)
ORDER(order_explanations, report_explanation, r->unit, r->population, r->field,
    r->words)
ORDER(order_measures, report_measure, r->unit, r->field, r->period, r->words,
    r->who)

static void
report_sort_rows(
    void *rows, size_t n, size_t size, int (*order)(const void *, const void *))
{
	if (n > 1)
		qsort(rows, n, size, order);
}

#define SORT(rows, n, order) report_sort_rows(rows, n, sizeof(*(rows)), order)

void
report_source_sort(struct report_source *s)
{
	tallies_sort(&s->tallies);
	SORT(s->dossiers.rows, s->dossiers.count, dossier_count_compare);
	SORT(s->aside, s->naside, order_aside);
	SORT(s->asked, s->nasked, order_asked);
	SORT(s->texts, s->ntexts, order_texts);
	SORT(s->explanations, s->nexplanations, order_explanations);
	SORT(s->measures, s->nmeasures, order_measures);
}

const char *
report_text_of(const struct report_source *s, const char *key)
{
	for (size_t i = 0; i < s->ntexts; i++)
		if (strcmp(s->texts[i].key, key) == 0)
			return s->texts[i].words[strspn(
				   s->texts[i].words, " \t\r\n")] == '\0'
				   ? NULL
				   : s->texts[i].words;
	return NULL;
}
