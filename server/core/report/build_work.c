/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the units explain, and the remedies with their state: those promised in
 * this report and those of earlier ones that are still told of. */
#include "server/core/report/build_private.h"

#include <stdio.h>
#include <string.h>
#include "server/core/words.h"

/* The words of a state, "report.state.open"; the state where there are none. */
static const char *
state_words(const struct building *b, const char *state)
{
	char key[64];
	const char *words;

	snprintf(key, sizeof(key), "report.state.%s", state);
	words = text_find(b->lang, key);
	return words == NULL ? state : words;
}

static const char *
of_words(const struct building *b, const char *unit, const char *field)
{
	const char *name = figure_unit(b, unit);

	return field[0] == '\0' ? name
				: arena_printf(b->arena, "%s – %s", name,
				      figure_field(b, field));
}

/* What a unit says, with its late dossiers and the apologies sent. */
static const char *
explained_words(const struct building *b, const struct report_explanation *e)
{
	int64_t sent = e->apologies < 0 ? 0 : e->apologies;

	if (e->late == 0)
		return e->words;
	return arena_printf(b->arena, "%s%s%s", e->words,
	    e->words[0] == '\0' ? "" : "\n",
	    text_fill(b->arena, b->lang, "report.apologies", "late",
		figure_number(b, e->late), "sent", figure_number(b, sent),
		"missing", figure_number(b, e->late - sent), NULL));
}

void
build_explained(struct building *b)
{
	const struct report_source *s = b->source;
	struct report_table *t;

	if (s->nexplanations == 0)
		return;
	t = table_new(
	    b, "explanations", text(b->lang, "report.table.explained"), false);
	table_column(
	    b, t, "name", text(b->lang, "report.column.unit"), NULL, 26, true);
	table_column(b, t, "words", text(b->lang, "report.column.explained"),
	    NULL, 50, true);
	table_column(b, t, "state", text(b->lang, "report.column.state"), NULL,
	    16, true);
	for (size_t i = 0; i < s->nexplanations; i++) {
		const struct report_explanation *e = &s->explanations[i];
		struct report_cell *cell = table_row(b, t, ROW_PLAIN, e->unit);

		cell[0] = cell_words(of_words(b, e->unit, e->field));
		cell[1] = cell_words(explained_words(b, e));
		cell[2] = cell_words(arena_printf(b->arena, "%s, %s",
		    state_words(b, e->state), words_date(b->arena, e->day)));
	}
	block_table(b, t);
}

void
build_measures(struct building *b)
{
	const struct report_source *s = b->source;
	struct report_table *t;

	if (s->nmeasures == 0)
		return;
	t = table_new(
	    b, "measures", text(b->lang, "report.table.measures"), false);
	table_column(
	    b, t, "name", text(b->lang, "report.column.unit"), NULL, 22, true);
	table_column(b, t, "words", text(b->lang, "report.column.measure"),
	    NULL, 40, true);
	table_column(
	    b, t, "who", text(b->lang, "report.column.who"), NULL, 18, true);
	table_column(
	    b, t, "due", text(b->lang, "report.column.due"), NULL, 14, false);
	table_column(b, t, "state", text(b->lang, "report.column.state"), NULL,
	    22, true);
	for (size_t i = 0; i < s->nmeasures; i++) {
		const struct report_measure *m = &s->measures[i];
		bool late =
		    strcmp(m->state, "open") == 0 && m->due < s->period.day;
		const char *state = state_words(b, late ? "late" : m->state);
		struct report_cell *cell = table_row(b, t, ROW_PLAIN, m->unit);

		cell[0] = cell_words(of_words(b, m->unit, m->field));
		cell[1] = cell_words(m->words);
		cell[2] = cell_words(m->who);
		cell[3] = cell_words(words_date(b->arena, m->due));
		cell[4] = cell_words(
		    m->result[0] == '\0'
			? state
			: arena_printf(b->arena, "%s: %s", state, m->result));
	}
	block_table(b, t);
}
