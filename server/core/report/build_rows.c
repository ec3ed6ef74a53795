/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The figures a report is made of: rows of scores (core/score/score) within its
 * filter, and the two kinds of rows that scores do not know, answers set aside
 * by reason and citizens invited. What the catalogue does not know keeps its
 * code for a name.
 */
#include "server/core/report/build_private.h"

#include <stdio.h>
#include <string.h>
#include "server/core/catalogue/catalogue.h"
#include "server/core/catalogue/visibility.h"
#include "server/core/score/formula.h"
#include "server/core/score/period.h"
#include "server/core/score/suppress.h"
#include "server/core/words.h"
#include "server/view/number.h"

static const char *
or_null(const char *code)
{
	return code[0] == '\0' ? NULL : code;
}

/* The rule of small numbers (core/score/suppress), with the whole period in the
 * place of a quarter: a report's source has no smaller parts of it. */
static void
hide_small_rows(struct building *b, const struct score_query *query,
    struct score_rows *rows)
{
	const struct report_source *s = b->source;
	const struct suppress_source source = {
	    .months = &s->tallies, .least = s->least};
	struct score_query whole = *query;

	whole.first = period_month_first(0);
	whole.last = period_month_first(3) - 1;
	if (b->small == NULL)
		b->small = suppress_make(b->arena, s->catalogue, &source);
	suppress_rows(b->small, &whole, rows);
}

void
figure_rows(struct building *b, enum score_by by, const char *population,
    struct score_rows *out)
{
	const struct report_source *s = b->source;
	struct score_query query = {.by = by,
	    .unit = or_null(s->filter.unit),
	    .alone = s->filter.alone,
	    .within = or_null(s->filter.within),
	    .field = or_null(s->filter.field),
	    .channel = or_null(s->filter.channel),
	    .population = population,
	    .first = s->period.period.first,
	    .last = s->period.period.last,
	    .ended = s->period.state != REPORT_OPEN};

	scores_make(
	    &s->tallies, &s->dossiers, s->catalogue, &query, b->arena, out);
	hide_small_rows(b, &query, out);
}

bool
figure_empty(const struct score *row)
{
	return row->judgement.valid == 0 && row->values[0] == 0 &&
	       row->aside == 0 && !row->has_dossiers;
}

const struct score *
figure_population(const struct building *b, const char *population)
{
	for (size_t i = 0; i < b->populations.count; i++)
		if (strcmp(b->populations.rows[i].population, population) == 0)
			return &b->populations.rows[i];
	return NULL;
}

const char *
figure_unit(const struct building *b, const char *code)
{
	const struct unit *unit = catalogue_unit(b->source->catalogue, code);

	return unit == NULL ? code : unit->name;
}

const char *
figure_field(const struct building *b, const char *code)
{
	const struct field *field = catalogue_field(b->source->catalogue, code);

	if (code[0] == '\0')
		return text(b->lang, "field.unknown");
	return field == NULL ? code : words_field(b->lang, field);
}

const char *
figure_channel(const struct building *b, const char *code)
{
	char key[64];
	const char *words;

	snprintf(key, sizeof(key), "channel.%s", code);
	words = text_find(b->lang, key);
	return words == NULL ? code : words;
}

/* Whether something of this unit and field belongs to the report, and to the
 * row of a unit and field. */
static bool
within(const struct building *b, const char *of_unit, const char *of_field,
    const char *unit, const char *field)
{
	const struct report_filter *f = &b->source->filter;
	const struct catalogue *c = b->source->catalogue;

	if (f->unit[0] != '\0' &&
	    (f->alone ? strcmp(of_unit, f->unit) != 0
		      : !catalogue_within(c, of_unit, f->unit)))
		return false;
	return unit_visible(c, or_null(f->within), of_unit) &&
	       (f->field[0] == '\0' || strcmp(of_field, f->field) == 0) &&
	       (unit == NULL || strcmp(of_unit, unit) == 0) &&
	       (field == NULL || strcmp(of_field, field) == 0);
}

/* General answers of the forms of tthc. */
static bool
of_tthc(const struct building *b, const char *form)
{
	const struct form *f = catalogue_form(b->source->catalogue, form, 0);

	return f != NULL && strcmp(f->population, "tthc") == 0;
}

void
figure_aside(const struct building *b, const char *unit, const char *field,
    const char *reason, int64_t values[6])
{
	const struct report_source *s = b->source;

	memset(values, 0, 6 * sizeof(*values));
	for (size_t i = 0; i < s->naside; i++) {
		const struct report_aside *row = &s->aside[i];

		if (within(b, row->unit, row->field, unit, field) &&
		    of_tthc(b, row->form) &&
		    (reason == NULL || strcmp(row->reason, reason) == 0) &&
		    (s->filter.channel[0] == '\0' ||
			strcmp(row->channel, s->filter.channel) == 0))
			formula_add(values, row->values);
	}
}

int64_t
figure_asked(const struct building *b, const char *unit, const char *field)
{
	const struct report_source *s = b->source;
	int64_t n = 0;

	for (size_t i = 0; i < s->nasked; i++)
		if (within(b, s->asked[i].unit, s->asked[i].field, unit, field))
			n += s->asked[i].invited;
	return n;
}

const char *
figure_words(const struct building *b, int64_t x, int64_t n, int64_t percent4)
{
	char words[NUMBER_TEXT];

	number_share(x, n, (int)percent4, sentence_mark(b->lang), words);
	return arena_printf(b->arena, "%s%%", words);
}

const char *
figure_number(const struct building *b, int64_t n)
{
	return sentence_count(&b->to, n);
}

/* The names begin with a letter without marks in Vietnamese (Quý, Tháng, Năm,
 * Từ) or with a digit; English ones with what stays a capital. */
const char *
figure_period(const struct building *b)
{
	char *words = arena_strdup(b->arena, b->out->head.subject_period);

	if (b->lang == LANG_VI && words[0] >= 'A' && words[0] <= 'Z')
		words[0] = (char)(words[0] - 'A' + 'a');
	return words;
}
