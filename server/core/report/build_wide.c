/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The tables of the annex: every unit and every field with the columns of
 * DOMAIN 5.3. Level by level a count and its part; the last row is pooled, a
 * sum of counts judged like any other row, never a mean of percentages.
 */
#include "server/core/report/build_private.h"

#include <stdio.h>
#include <string.h>

enum {
	WIDE_NO,
	WIDE_NAME,
	WIDE_DOSSIERS,
	WIDE_ASKED,
	WIDE_RETURNED,
	WIDE_VALID,
	WIDE_LEVELS, /* 5 to 1, each a count and a share */
	WIDE_SHARE = WIDE_LEVELS + 10,
	WIDE_LO,
	WIDE_HI,
	WIDE_TARGET,
	WIDE_VERDICT,
	WIDE_NOTE
};

static void
wide_columns(struct building *b, struct report_table *t, const char *what)
{
	static const char *const counts[] = {"n1", "n2", "n3", "n4", "n5"};
	static const char *const parts[] = {"p1", "p2", "p3", "p4", "p5"};
	const char *interval = text(b->lang, "report.column.interval");

	table_column(
	    b, t, "no", text(b->lang, "report.column.no"), NULL, 8, false);
	table_column(b, t, "name", what, NULL, 27, true);
	table_column(b, t, "dossiers", text(b->lang, "report.column.dossiers"),
	    NULL, 11, false);
	table_column(b, t, "asked", text(b->lang, "report.column.asked"), NULL,
	    10, false);
	table_column(b, t, "returned", text(b->lang, "report.column.returned"),
	    NULL, 10, false);
	table_column(b, t, "valid", text(b->lang, "report.column.valid"), NULL,
	    10, false);
	for (int level = 5; level >= 1; level--) {
		char key[16];
		const char *over;

		snprintf(key, sizeof(key), "face.%d", level);
		over = text(b->lang, key);
		table_column(b, t, counts[level - 1],
		    text(b->lang, "report.column.number"), over, 9, false);
		table_column(b, t, parts[level - 1],
		    text(b->lang, "report.column.percent"), over, 8, false);
	}
	table_column(b, t, "share", text(b->lang, "report.column.share"), NULL,
	    9, false);
	table_column(
	    b, t, "lo", text(b->lang, "report.column.lo"), interval, 8, false);
	table_column(
	    b, t, "hi", text(b->lang, "report.column.hi"), interval, 8, false);
	table_column(b, t, "target", text(b->lang, "report.column.target"),
	    NULL, 8, false);
	table_column(b, t, "verdict", text(b->lang, "report.column.verdict"),
	    NULL, 19, false);
	table_column(
	    b, t, "note", text(b->lang, "report.column.note"), NULL, 24, true);
}

/* Beside the verdict: why it is not firm, and what stands aside. */
static const char *
note_words(struct building *b, const struct score *row)
{
	const char *why = sentence_why(&b->to, row);
	const char *aside;

	if (row->aside == 0)
		return why;
	aside = text_fill(b->arena, b->lang, "report.note.aside", "n",
	    sentence_few(&b->to, row->aside), NULL);
	return why == NULL ? aside
			   : arena_printf(b->arena, "%s %s", why, aside);
}

static void
wide_row(struct building *b, struct report_table *t, enum report_row_kind kind,
    const char *code, size_t number, const char *name, int64_t asked,
    const struct score *row)
{
	const struct judgement *j = &row->judgement;
	struct report_cell *cell = table_row(b, t, kind, code);

	if (number > 0)
		cell[WIDE_NO] = cell_count(b, (int64_t)number);
	cell[WIDE_NAME] = cell_words(name);
	if (row->has_dossiers)
		cell[WIDE_DOSSIERS] = cell_count(b, j->dossiers);
	if (asked > 0)
		cell[WIDE_ASKED] = cell_count(b, asked);
	cell[WIDE_TARGET] = cell_target(b, row->percent4);
	cell[WIDE_VERDICT] = cell_verdict(b, row);
	if (row->few) {
		cell[WIDE_VALID] = cell_words(sentence_answers(&b->to, row));
		return;
	}
	cell[WIDE_RETURNED] =
	    cell_count(b, j->valid + row->values[0] + row->aside);
	cell[WIDE_VALID] = cell_count(b, j->valid);
	for (int i = 0; i < 5 && j->valid > 0; i++) {
		int64_t n = row->values[5 - i];

		cell[WIDE_LEVELS + 2 * i] = cell_count(b, n);
		cell[WIDE_LEVELS + 2 * i + 1] = cell_share(b, n, j->valid, 0);
	}
	cell[WIDE_SHARE] = cell_share(b, j->satisfied, j->valid, row->percent4);
	cell[WIDE_LO] = cell_low(b, 100 * row->judged.lo, row->percent4);
	cell[WIDE_HI] = cell_high(b, 100 * row->judged.hi, row->percent4);
	cell[WIDE_NOTE] = cell_words(note_words(b, row));
}

static void
wide_total(struct building *b, struct report_table *t)
{
	const struct score *all = figure_population(b, "tthc");

	if (all != NULL)
		wide_row(b, t, ROW_TOTAL, "", 0, text(b->lang, "report.total"),
		    figure_asked(b, NULL, NULL), all);
	t->note = text(b->lang, "report.wide.note");
	block_table(b, t);
}

void
build_wide(struct building *b)
{
	struct report_table *t = table_new(
	    b, "units", text(b->lang, "report.table.units.wide"), true);
	size_t number = 0;

	wide_columns(b, t, text(b->lang, "report.column.unit"));
	for (size_t i = 0; i < b->units.count; i++)
		wide_row(b, t, ROW_PLAIN, b->units.rows[i].name, i + 1,
		    figure_unit(b, b->units.rows[i].name),
		    figure_asked(b, b->units.rows[i].name, NULL),
		    &b->units.rows[i]);
	wide_total(b, t);
	t = table_new(
	    b, "fields", text(b->lang, "report.table.fields.wide"), true);
	wide_columns(b, t, text(b->lang, "report.column.field"));
	for (size_t i = 0; i < b->fields.count; i++) {
		const char *code = b->fields.rows[i].name;

		if (!figure_empty(&b->fields.rows[i]))
			wide_row(b, t, ROW_PLAIN, code, ++number,
			    figure_field(b, code), figure_asked(b, NULL, code),
			    &b->fields.rows[i]);
	}
	wide_total(b, t);
}
