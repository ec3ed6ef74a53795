/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A figure is printed with the formula it was made by (core/score/formula): the
 * share of satisfied people is what targets are set for, the mean level what
 * published indices look like, and the two must not be taken for one another.
 * "Not applicable" is no answer and stands beside.
 */
#include "server/pages/scores/levels.h"

#include <stdlib.h>
#include <string.h>
#include "server/core/score/formula.h"
#include "server/pages/scores/figure.h"
#include "server/pages/scores/scope.h"
#include "server/view/chart.h"
#include "server/view/number.h"
#include "shared/limits.h"

const json_t *
levels_question(const struct scope *scope, const char *list, const char *code,
    const struct form **form)
{
	const struct catalogue *c = scope->page->ctx->catalogue;
	const json_t *one;
	size_t k;

	for (size_t i = c->nforms; i-- > 0;) /* newer versions come later */
		json_array_foreach (
		    json_object_get(c->forms[i].document, list), k, one)
			if (strcmp(
				json_string_value(json_object_get(one, "code")),
				code) == 0) {
				*form = &c->forms[i];
				return one;
			}
	return NULL;
}

const char *
levels_words(const struct scope *scope, const json_t *one, const char *code)
{
	const char *words = json_string_value(
	    json_object_get(one, lang_code(scope->page->lang)));

	return words == NULL ? code : words;
}

const char *
levels_name(const struct scope *scope, const char *list, const char *code)
{
	const struct form *form;

	return levels_words(
	    scope, levels_question(scope, list, code, &form), code);
}

json_t *
levels_formulas(const struct scope *scope, const int64_t values[FORMULA_VALUES],
    int64_t percent4)
{
	json_t *list = json_array();
	const struct formula *f;
	char figure[NUMBER_TEXT];

	for (size_t i = 0; (f = formula_at(i)) != NULL; i++) {
		number_percent(formula_percent(f, values),
		    f->judged ? (int)percent4 : 0, page_mark(scope->page),
		    figure);
		json_t *row = json_object();

		put_text(row, "name", f->name);
		put_number(row, "version", f->version);
		put_text(row, "words", page_text(scope->page, f->text));
		put_text(row, "short",
		    page_text(scope->page,
			arena_printf(scope->page->arena, "%s.short", f->text)));
		put_text(row, "figure", figure);
		json_array_append_new(list, row);
	}
	return list;
}

/* ------------------------------------------------------------------- levels */

json_t *
levels_list(const struct scope *scope, const int64_t values[FORMULA_VALUES])
{
	struct chart_levels c = {
	    .title = page_text(scope->page, "levels.chart")};
	int64_t valid = formula_valid(values);
	struct buf svg;

	for (int i = 0; i < 5; i++) {
		c.counts[i] = values[i + 1];
		c.words[i] = arena_printf(scope->page->arena, "%d: %s%%", i + 1,
		    scope_percent(scope, values[i + 1], valid));
	}
	buf_init(&svg);
	chart_levels(&c, &svg);
	return figure_picture(&svg);
}

json_t *
levels_document(const struct scope *scope, const struct score *whole)
{
	json_t *out;
	int64_t valid = whole->judgement.valid;
	json_t *list;

	if (valid < scope_least(scope) || figure_hidden(whole))
		return json_null();
	list = json_array();
	for (int i = 5; i >= 1; i--) {
		json_t *row = json_object();

		put_number(row, "level", i);
		put_text(
		    row, "answers", page_count(scope->page, whole->values[i]));
		put_text(row, "percent",
		    scope_percent(scope, whole->values[i], valid));
		json_array_append_new(list, row);
	}
	out = json_object();
	put_part(out, "chart", levels_list(scope, whole->values));
	put_part(out, "levels", list);
	put_part(out, "formulas",
	    levels_formulas(scope, whole->values, whole->percent4));
	put_text(out, "na", page_count(scope->page, whole->values[0]));
	return out;
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
reasons_document(const struct scope *scope, const struct score *whole)
{
	json_t *list = json_array();
	int64_t asked = low(whole);
	struct score_rows rows;

	scope_rows(scope, scope->now, BY_REASON, NULL, &rows);
	if (rows.count > 1)
		qsort(rows.rows, rows.count, sizeof(*rows.rows), compare_low);
	if (figure_hidden(whole))
		asked = 0;
	for (size_t i = 0; asked >= scope_least(scope) && i < rows.count; i++) {
		int64_t n = low(&rows.rows[i]);

		if (n > 0 && !figure_hidden(&rows.rows[i])) {
			json_t *row = json_object();

			put_text(row, "name",
			    levels_name(scope, "reasons", rows.rows[i].name));
			put_text(row, "answers", page_count(scope->page, n));
			put_text(
			    row, "percent", scope_percent(scope, n, asked));
			put_number(row, "width", (int)(100 * n / asked));
			json_array_append_new(list, row);
		}
	}
	if (json_array_size(list) == 0) {
		json_decref(list);
		return json_null();
	}
	return json_pack("{s:o, s:s}", "reasons", list, "asked",
	    page_count(scope->page, asked));
}
