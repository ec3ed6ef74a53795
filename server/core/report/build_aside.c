/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What stands aside: how many, for which reason, and the share with them, so
 * that setting aside can never improve a figure unseen.
 */
#include "server/core/report/build_private.h"

#include <stdio.h>
#include <string.h>
#include "server/core/score/formula.h"

static const char *
reason_name(const struct building *b, const char *reason)
{
	char key[80];
	const char *words;

	snprintf(key, sizeof(key), "aside.reason.%s", reason);
	words = text_find(b->lang, key);
	return words == NULL ? reason : words;
}

/* The i-th reason that occurs, in the order of their codes; NULL: no more.
 * Rows are sorted by unit first, so the least code above the last is looked
 * for. */
static const char *
next_reason(const struct building *b, const char *after)
{
	const struct report_source *s = b->source;
	const char *next = NULL;

	for (size_t i = 0; i < s->naside; i++) {
		const char *reason = s->aside[i].reason;

		if ((after == NULL || strcmp(reason, after) > 0) &&
		    (next == NULL || strcmp(reason, next) < 0))
			next = reason;
	}
	return next;
}

static void
aside_row(struct building *b, struct report_table *t, enum report_row_kind kind,
    const char *code, const char *name, const int64_t values[6])
{
	struct report_cell *cell = table_row(b, t, kind, code);
	int64_t valid = formula_valid(values);

	cell[0] = cell_words(name);
	cell[1] = cell_count(b, valid + values[0]);
	cell[2] = cell_count(b, values[4] + values[5]);
	cell[3] = cell_count(b, values[1] + values[2] + values[3]);
}

static void
aside_share(struct building *b, const struct score *all,
    const int64_t values[6], int64_t count)
{
	const struct judgement *j = &all->judgement;
	int64_t good = j->satisfied + values[4] + values[5];
	int64_t valid = j->valid + formula_valid(values);

	block_add(b, BLOCK_PARAGRAPH,
	    text_fill(b->arena, b->lang, "report.aside", "n",
		figure_number(b, count), "part",
		figure_words(b, count, count + j->valid, 0), "share",
		j->valid == 0
		    ? "–"
		    : figure_words(b, j->satisfied, j->valid, all->percent4),
		"with",
		valid == 0 ? "–" : figure_words(b, good, valid, all->percent4),
		NULL));
}

void
build_aside(struct building *b)
{
	const struct score *all = figure_population(b, "tthc");
	int64_t values[6];
	struct report_table *t;

	figure_aside(b, NULL, NULL, NULL, values);
	if (all == NULL || formula_valid(values) + values[0] == 0) {
		block_add(
		    b, BLOCK_PARAGRAPH, text(b->lang, "report.aside.none"));
		return;
	}
	aside_share(b, all, values, formula_valid(values) + values[0]);
	t = table_new(b, "aside", text(b->lang, "report.table.aside"), false);
	table_column(
	    b, t, "name", text(b->lang, "report.column.why"), NULL, 40, true);
	table_column(b, t, "answers", text(b->lang, "report.column.number"),
	    NULL, 12, false);
	table_column(b, t, "satisfied",
	    text(b->lang, "report.column.satisfied"), NULL, 16, false);
	table_column(b, t, "others", text(b->lang, "report.column.others"),
	    NULL, 16, false);
	for (const char *reason = NULL;
	     (reason = next_reason(b, reason)) != NULL;) {
		int64_t part[6];

		figure_aside(b, NULL, NULL, reason, part);
		if (formula_valid(part) + part[0] > 0)
			aside_row(b, t, ROW_PLAIN, reason,
			    reason_name(b, reason), part);
	}
	aside_row(b, t, ROW_TOTAL, "", text(b->lang, "report.total"), values);
	block_table(b, t);
}
