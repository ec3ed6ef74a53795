/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A figure is printed with the formula it was made by (core/formula): the share
 * of satisfied people is what targets are set for, the mean level what
 * published indices look like, and the two must not be taken for one another.
 * "Not applicable" is no answer and stands beside.
 */
#include "server/pages/said.h"

#include <stdlib.h>
#include <string.h>
#include "server/core/formula.h"
#include "server/pages/figure.h"
#include "server/view/chart.h"
#include "server/view/number.h"
#include "shared/limits.h"

const json_t *
said_question(const struct look *l, const char *list, const char *code,
    const struct form **form)
{
	const struct catalogue *c = l->ctx->catalogue;
	const json_t *one;
	size_t k;

	for (size_t i = c->nforms; i-- > 0;) /* newer versions come later */
		json_array_foreach(json_object_get(c->forms[i].document, list),
		    k, one) if (strcmp(json_string_value(json_object_get(one,
					   "code")),
				    code) == 0)
		{
			*form = &c->forms[i];
			return one;
		}
	return NULL;
}

const char *
said_words(const struct look *l, const json_t *one, const char *code)
{
	const char *words =
	    json_string_value(json_object_get(one, lang_code(l->lang)));

	return words == NULL ? code : words;
}

const char *
said_name(const struct look *l, const char *list, const char *code)
{
	const struct form *form;

	return said_words(l, said_question(l, list, code, &form), code);
}

json_t *
said_formulas(const struct look *l, const int64_t values[FORMULA_VALUES])
{
	json_t *list = json_array();
	const struct formula *f;
	char figure[NUMBER_TEXT];

	for (size_t i = 0; (f = formula_at(i)) != NULL; i++) {
		number_percent(formula_percent(f, values), 0, l->mark, figure);
		json_array_append_new(
		    list, json_pack("{s:s, s:i, s:s, s:s, s:s}", "name",
			      f->name, "version", f->version, "words",
			      look_text(l, f->text), "short",
			      look_text(l,
				  arena_printf(l->arena, "%s.short", f->text)),
			      "figure", figure));
	}
	return list;
}

/* ------------------------------------------------------------------- levels */

json_t *
said_levels(const struct look *l, const int64_t values[FORMULA_VALUES])
{
	struct chart_levels c = {.title = look_text(l, "levels.chart")};
	int64_t valid = formula_valid(values);
	struct buf svg;

	for (int i = 0; i < 5; i++) {
		c.counts[i] = values[i + 1];
		c.words[i] = arena_printf(l->arena, "%d: %s%%", i + 1,
		    look_percent(l, values[i + 1], valid));
	}
	buf_init(&svg);
	chart_levels(&c, &svg);
	return figure_picture(&svg);
}

json_t *
levels_document(const struct look *l, const struct score *whole)
{
	int64_t valid = whole->judgement.valid;
	json_t *list;

	if (valid < look_least(l))
		return json_null();
	list = json_array();
	for (int i = 5; i >= 1; i--)
		json_array_append_new(
		    list, json_pack("{s:i, s:s, s:s}", "level", i, "answers",
			      look_count(l, whole->values[i]), "percent",
			      look_percent(l, whole->values[i], valid)));
	return json_pack("{s:o, s:o, s:o, s:s}", "chart",
	    said_levels(l, whole->values), "levels", list, "formulas",
	    said_formulas(l, whole->values), "na",
	    look_count(l, whole->values[0]));
}

/* ------------------------------------------------------------------ reasons */

/* Answers of level 3 and below: those who are asked why. */
static int64_t
low(const struct score *row)
{
	return row->values[1] + row->values[2] + row->values[3];
}

static int
compare_low(const void *a, const void *b)
{
	int64_t x = low(a), y = low(b);

	return (x < y) - (x > y);
}

json_t *
reasons_document(const struct look *l, const struct score *whole)
{
	json_t *list = json_array();
	int64_t asked = low(whole);
	struct score_rows rows;

	look_rows(l, l->now, BY_REASON, NULL, &rows);
	if (rows.count > 1)
		qsort(rows.rows, rows.count, sizeof(*rows.rows), compare_low);
	for (size_t i = 0; asked >= look_least(l) && i < rows.count; i++) {
		int64_t n = low(&rows.rows[i]);

		if (n > 0)
			json_array_append_new(list,
			    json_pack("{s:s, s:s, s:s, s:i}", "name",
				said_name(l, "reasons", rows.rows[i].name),
				"answers", look_count(l, n), "percent",
				look_percent(l, n, asked), "width",
				(int)(100 * n / asked)));
	}
	if (json_array_size(list) == 0) {
		json_decref(list);
		return json_null();
	}
	return json_pack(
	    "{s:o, s:s}", "reasons", list, "asked", look_count(l, asked));
}
