/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What other schemes make of the period, in the annex. Index 7 of TT 01/2018
 * follows from what citizens said of the officers' attitude; the others the
 * agency alone knows, and they bear the source that staff entered. Without all
 * nine there is a sum and no grade.
 */
#include "server/core/report/build_private.h"

#include <stdio.h>
#include <string.h>
#include "server/core/report/scheme.h"
#include "server/view/number.h"

const char *const report_scheme_keys[] = {"scheme.tt01.1", "scheme.tt01.2",
    "scheme.tt01.3", "scheme.tt01.4", "scheme.tt01.5", "scheme.tt01.6",
    "scheme.tt01.7", "scheme.tt01.8", "scheme.tt01.9", NULL};

/* "1,80" of 180. */
static struct report_cell
cell_points(const struct building *b, int points)
{
	return (struct report_cell){.kind = REPORT_CELL_NUMBER,
	    .text = arena_printf(b->arena, "%d%c%02d", points / 100,
		sentence_mark(b->lang), points % 100),
	    .number = points / 100.0};
}

/* What citizens said of the officers' attitude. */
static int
attitude_points(struct building *b)
{
	struct score_rows rows;

	figure_rows(b, BY_CRITERION, "tthc", &rows);
	for (size_t i = 0; i < rows.count; i++)
		if (strcmp(rows.rows[i].name, "attitude") == 0 &&
		    !rows.rows[i].few)
			return scheme_attitude(rows.rows[i].values);
	return -1;
}

/* The points of an index and where they are from; -1: not known. */
static int
index_points(struct building *b, int number, const char **from)
{
	const char *key = report_scheme_keys[number - 1];
	const char *words = report_text_of(b->source, key);
	const char *source =
	    report_text_of(b->source, arena_printf(b->arena, "%s.source", key));

	*from = source == NULL ? "" : source;
	if (words != NULL)
		return scheme_points_read(words);
	if (number != SCHEME_ATTITUDE)
		return -1;
	*from = text(b->lang, "scheme.attitude.source");
	return attitude_points(b);
}

static void
indices_row(struct building *b, struct report_table *t, int number, int points,
    const char *from)
{
	char key[40];
	struct report_cell *cell;

	snprintf(key, sizeof(key), "report.scheme.tt01.%d", number);
	cell = table_row(b, t, ROW_PLAIN, report_scheme_keys[number - 1]);
	cell[0] = cell_count(b, number);
	cell[1] = cell_words(text(b->lang, key));
	if (points >= 0)
		cell[2] = cell_points(b, points);
	cell[3] = cell_points(b, SCHEME_INDEX);
	cell[4] =
	    cell_words(points < 0 ? text(b->lang, "scheme.missing") : from);
}

static void
indices_table(struct building *b)
{
	struct report_table *t =
	    table_new(b, "tt01", text(b->lang, "report.table.tt01"), false);
	struct report_cell *cell;
	int sum = 0, known = 0;

	table_column(
	    b, t, "no", text(b->lang, "report.column.no"), NULL, 6, false);
	table_column(
	    b, t, "name", text(b->lang, "report.column.index"), NULL, 50, true);
	table_column(b, t, "points", text(b->lang, "report.column.points"),
	    NULL, 10, false);
	table_column(
	    b, t, "most", text(b->lang, "report.column.most"), NULL, 10, false);
	table_column(b, t, "source", text(b->lang, "report.column.source"),
	    NULL, 30, true);
	for (int number = 1; number <= SCHEME_INDICES; number++) {
		const char *from;
		int points = index_points(b, number, &from);

		indices_row(b, t, number, points, from);
		sum += points < 0 ? 0 : points;
		known += points >= 0;
	}
	cell = table_row(b, t, ROW_TOTAL, "");
	cell[1] = cell_words(text(b->lang, "report.total"));
	cell[2] = cell_points(b, sum);
	cell[3] = cell_points(b, SCHEME_INDICES * SCHEME_INDEX);
	if (known == SCHEME_INDICES)
		cell[4] = cell_words(
		    text(b->lang, scheme_grade_key(scheme_grade(sum))));
	t->note = known == SCHEME_INDICES
		      ? text(b->lang, "scheme.tt01.note")
		      : text(b->lang, "scheme.tt01.incomplete");
	block_table(b, t);
}

void
build_scheme(struct building *b)
{
	const struct score *all = figure_population(b, "tthc");
	int points =
	    all == NULL || all->few
		? -1
		: scheme_766(all->judgement.satisfied, all->judgement.valid);
	bool entered = false;

	for (int i = 0; report_scheme_keys[i] != NULL; i++)
		entered = entered || report_text_of(b->source,
					 report_scheme_keys[i]) != NULL;
	if (points < 0 && !entered)
		return;
	block_add(b, BLOCK_HEADING, text(b->lang, "report.heading.schemes"));
	if (entered)
		indices_table(b);
	if (points >= 0)
		block_add(b, BLOCK_PARAGRAPH,
		    text_fill(b->arena, b->lang, "scheme.766", "share",
			figure_words(b, all->judgement.satisfied,
			    all->judgement.valid, 0),
			"points", cell_points(b, points).text, NULL));
}
