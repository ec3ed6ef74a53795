/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A table for each population, since one-stop answers and surveys by the SIPAS
 * forms ask different people different things and are never added up. Within it
 * the criteria stand below their factor, whose figure pools their answers
 * (DOMAIN.md section 2.4); a form without factors, like the one-stop form,
 * whose five criteria are the factors themselves, has only rows.
 */
#include "server/pages/scores/criteria.h"

#include <string.h>
#include "server/pages/scores/figure.h"
#include "server/pages/scores/levels.h"
#include "server/pages/scores/scope.h"
#include "shared/limits.h"

/* tthc-land would show tthc's answers a second time. */
static const char *const populations[] = {
    "tthc", "agency", "health-education", NULL};

/* One population's table while it is made. */
struct table {
	const struct scope *scope;
	json_t *rows;
	int64_t sum[FORMULA_VALUES];
	bool hidden;      /* one of them is */
	int64_t percent4; /* the population's target */
};

/* A row of these counts; score: what was judged, NULL for a sum of criteria,
 * in which one person stands several times; hidden: it is not shown, or, of a
 * sum, one of its criteria is not. */
static void
add_criterion(struct table *t, const char *kind, const char *name,
    const int64_t values[FORMULA_VALUES], const struct score *score,
    bool hidden)
{
	const struct scope *scope = t->scope;
	json_t *out = json_object();
	int64_t valid = formula_valid(values);
	bool few = hidden || valid < scope_least(scope);

	put_part(out, "verdict", NULL);
	if (score != NULL)
		figure_put(out, scope, score);
	put_flag(out, kind, 1);
	put_text(out, "name", name);
	put_text(out, "answers",
	    few && valid > 0 ? page_text(scope->page, "count.hidden")
			     : page_count(scope->page, valid));
	put_text(out, "na",
	    few ? page_text(scope->page, "count.hidden")
		: scope_few(scope, values[0]));
	put_part(out, "chart", few ? NULL : levels_list(scope, values));
	put_part(out, "formulas",
	    few ? json_array() : levels_formulas(scope, values, t->percent4));
	json_array_append_new(t->rows, out);
}

/* The factor that the form puts a criterion under; NULL: none. */
static const json_t *
factor_of(const struct form *form, const json_t *criterion)
{
	const char *code =
	    json_string_value(json_object_get(criterion, "factor"));
	const json_t *one;
	size_t i;

	json_array_foreach (json_object_get(form->document, "factors"), i, one)
		if (code != NULL &&
		    strcmp(json_string_value(json_object_get(one, "code")),
			code) == 0)
			return one;
	return NULL;
}

/* Rows from the first on that stand below the same factor: how many. */
static size_t
criteria_below(const struct scope *scope, const struct score_rows *rows,
    size_t first, const json_t **factor, int64_t sum[FORMULA_VALUES],
    bool *hidden)
{
	const struct form *form;
	const json_t *one;
	size_t n = 0;

	*factor = NULL;
	*hidden = false;
	memset(sum, 0, FORMULA_VALUES * sizeof(*sum));
	for (size_t i = first; i < rows->count; i++, n++) {
		const char *code = rows->rows[i].name;
		const json_t *under = NULL;

		one = levels_question(scope, "criteria", code, &form);
		if (one != NULL)
			under = factor_of(form, one);
		if (n > 0 && under != *factor)
			break;
		*factor = under;
		formula_add(sum, rows->rows[i].values);
		*hidden |= figure_hidden(&rows->rows[i]);
	}
	return n;
}

static void
add_rows(struct table *t, const struct score_rows *rows)
{
	int64_t sum[FORMULA_VALUES];
	const struct form *form;
	const json_t *factor;
	bool hidden;
	size_t n;

	for (size_t i = 0; i < rows->count; i += n) {
		n = criteria_below(t->scope, rows, i, &factor, sum, &hidden);
		t->hidden |= hidden;
		if (factor != NULL)
			add_criterion(t, "factor",
			    levels_words(t->scope, factor, ""), sum, NULL,
			    hidden);
		for (size_t k = i; k < i + n; k++) {
			const char *code = rows->rows[k].name;

			formula_add(t->sum, rows->rows[k].values);
			add_criterion(t, factor == NULL ? "plain" : "item",
			    levels_words(t->scope,
				levels_question(
				    t->scope, "criteria", code, &form),
				code),
			    rows->rows[k].values, &rows->rows[k],
			    figure_hidden(&rows->rows[k]));
		}
	}
}

/* Everything but the general question. */
static void
leave_overall(struct score_rows *rows)
{
	size_t kept = 0;

	for (size_t i = 0; i < rows->count; i++)
		if (strcmp(rows->rows[i].name, "overall") != 0)
			rows->rows[kept++] = rows->rows[i];
	rows->count = kept;
}

static json_t *
criteria_table_of(const struct scope *scope, const char *population)
{
	json_t *out;
	struct table t = {.scope = scope};
	struct score_rows rows;

	scope_rows(scope, scope->now, BY_CRITERION, population, &rows);
	leave_overall(&rows);
	if (rows.count == 0)
		return NULL;
	t.rows = json_array();
	t.percent4 = rows.rows[0].percent4;
	add_rows(&t, &rows);
	add_criterion(&t, "whole", page_text(scope->page, "criteria.all"),
	    t.sum, NULL, t.hidden);
	out = json_object();
	put_text(out, "code", population);
	put_text(out, "name",
	    page_text(scope->page,
		arena_printf(scope->page->arena, "population.%s", population)));
	put_part(out, "rows", t.rows);
	put_part(out, "formulas",
	    t.hidden ? json_array()
		     : levels_formulas(scope, t.sum, t.percent4));
	return out;
}

json_t *
criteria_document(const struct scope *scope)
{
	json_t *tables = json_array(), *table;
	size_t count;

	for (size_t i = 0; populations[i] != NULL; i++)
		if ((table = criteria_table_of(scope, populations[i])) != NULL)
			json_array_append_new(tables, table);
	count = json_array_size(tables);
	if (count == 0) {
		json_decref(tables);
		return json_null();
	}
	return json_pack("{s:o, s:b}", "tables", tables, "several", count > 1);
}
