/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Passages that the figures suggest, for an officer to go on from: what was
 * done, what is reached, what is not, and what follows. They name only what the
 * verdicts say; what is not certain is not called reached or missed.
 */
#include "server/core/report/build_private.h"

#include <string.h>
#include "server/core/words.h"

/* "A, B, C" of the rows with this verdict; "" none. */
static const char *
names_with(struct building *b, const struct score_rows *rows,
    enum verdict verdict,
    const char *(*name)(const struct building *b, const char *code))
{
	const char *names = "";

	for (size_t i = 0; i < rows->count; i++)
		if (sentence_shown(&rows->rows[i]) == verdict)
			names = arena_printf(b->arena, "%s%s%s", names,
			    names[0] == '\0' ? "" : ", ",
			    name(b, rows->rows[i].name));
	return names;
}

static void
add_line(struct building *b, const char **lines, const char *line)
{
	*lines = (*lines)[0] == '\0'
		     ? line
		     : arena_printf(b->arena, "%s\n%s", *lines, line);
}

/* A line of the units and one of the fields with a verdict. */
static const char *
lines_with(struct building *b, enum verdict verdict, const char *units_key,
    const char *fields_key)
{
	const char *lines = "";
	const char *units = names_with(b, &b->units, verdict, figure_unit);
	const char *fields = names_with(b, &b->fields, verdict, figure_field);

	if (units[0] != '\0')
		add_line(b, &lines,
		    text_fill(
			b->arena, b->lang, units_key, "names", units, NULL));
	if (fields[0] != '\0')
		add_line(b, &lines,
		    text_fill(
			b->arena, b->lang, fields_key, "names", fields, NULL));
	return lines;
}

const char *
proposed_plan(struct building *b)
{
	const struct report_period *p = &b->source->period;

	return text_fill(b->arena, b->lang, "report.propose.plan", "period",
	    figure_period(b), "from", words_date(b->arena, p->period.first),
	    "to", words_date(b->arena, p->period.last), NULL);
}

const char *
proposed_strengths(struct building *b)
{
	const char *lines = lines_with(b, VERDICT_MET,
	    "report.propose.met.units", "report.propose.met.fields");

	return lines[0] == '\0' ? text(b->lang, "report.propose.met.none")
				: lines;
}

/* Late dossiers of the whole, where any were. */
static void
add_late(struct building *b, const char **lines)
{
	const struct score *all = figure_population(b, "tthc");
	int64_t late, finished;

	if (all == NULL || !all->has_dossiers)
		return;
	late = all->dossiers[DOSSIERS_LATE];
	finished = all->dossiers[DOSSIERS_FINISHED];
	if (late > 0)
		add_line(b, lines,
		    text_fill(b->arena, b->lang, "report.propose.late", "n",
			figure_number(b, late), "share",
			figure_words(b, late, finished, 0), NULL));
}

const char *
proposed_weaknesses(struct building *b)
{
	const char *lines = lines_with(b, VERDICT_NOT_MET,
	    "report.propose.not_met.units", "report.propose.not_met.fields");
	const char *unknown = lines_with(b, VERDICT_NOT_YET_KNOWN,
	    "report.propose.unknown.units", "report.propose.unknown.fields");
	int64_t few = 0;

	if (unknown[0] != '\0')
		add_line(b, &lines, unknown);
	for (size_t i = 0; i < b->fields.count; i++)
		few += sentence_shown(&b->fields.rows[i]) == VERDICT_TOO_FEW;
	if (few > 0)
		add_line(b, &lines,
		    text_fill(b->arena, b->lang, "report.propose.few", "n",
			figure_number(b, few), NULL));
	add_late(b, &lines);
	return lines[0] == '\0' ? text(b->lang, "report.propose.not_met.none")
				: lines;
}

/* The reason that was chosen most by those who were not satisfied. */
const char *
proposed_causes(struct building *b)
{
	for (size_t i = 0; i < b->out->ntables; i++) {
		const struct report_table *t = b->out->tables[i];
		const struct report_row *most = NULL;

		if (strcmp(t->key, "reasons") != 0)
			continue;
		for (size_t k = 0; k < t->nrows; k++)
			if (t->rows[k].cells[1].kind == REPORT_CELL_COUNT &&
			    (most == NULL || t->rows[k].cells[1].count >
						 most->cells[1].count))
				most = &t->rows[k];
		if (most != NULL && most->cells[1].count > 0)
			return text_fill(b->arena, b->lang,
			    "report.propose.cause", "reason",
			    most->cells[0].text, "n", most->cells[1].text,
			    "share", most->cells[2].text, NULL);
	}
	return text(b->lang, "report.propose.cause.none");
}

const char *
proposed_remedies(struct building *b)
{
	bool any = false;

	for (size_t i = 0; i < b->units.count; i++)
		any =
		    any || sentence_shown(&b->units.rows[i]) == VERDICT_NOT_MET;
	for (size_t i = 0; i < b->fields.count; i++)
		any = any ||
		      sentence_shown(&b->fields.rows[i]) == VERDICT_NOT_MET;
	return any ? text(b->lang, "report.propose.remedy")
		   : text(b->lang, "report.propose.keep");
}
