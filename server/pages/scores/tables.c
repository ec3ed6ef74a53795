/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Fields stand in the order in which they need a person: not met, below the
 * target for now, on it, above it for now, met, each by distance to it. What
 * cannot be judged is folded away below, without colour.
 *
 * Units are not ranked: a rank of a few hundred answers is chance. They stand
 * clearly above the share of all, clearly below it, or neither
 * (core/score/rank), and beside each the places it may really hold; within a
 * group they stand in the order of the fields, and where that is the same in
 * the catalogue's.
 */
#include "server/pages/scores/tables.h"

#include <stdlib.h>
#include <string.h>
#include "server/core/score/rank.h"
#include "server/pages/scores/figure.h"
#include "server/pages/scores/scope.h"

enum urgency { JUDGED, NOBODYS = 5, UNJUDGED, SILENT = 8 };

/* How soon a row needs a person; what belongs to no field, and so to no
 * department, comes behind those that were judged. */
static int
urgency(const struct score *row)
{
	static const int leaning[] = {
	    [LEAN_BELOW] = -1, [LEAN_NONE] = 0, [LEAN_ABOVE] = 1};
	static const int order[VERDICT_COUNT] = {[VERDICT_NOT_MET] = JUDGED,
	    [VERDICT_NOT_YET_KNOWN] = JUDGED + 2,
	    [VERDICT_MET] = JUDGED + 4,
	    [VERDICT_TOO_FEW] = UNJUDGED,
	    [VERDICT_INVALID] = UNJUDGED + 1,
	    [VERDICT_NO_DATA] = SILENT};
	int urgent = order[figure_verdict(row)];

	if (figure_verdict(row) == VERDICT_NOT_YET_KNOWN)
		urgent += leaning[row->lean];
	return urgent < NOBODYS && row->field != NULL && row->field[0] == '\0'
		   ? NOBODYS
		   : urgent;
}

static int
compare_table_rows(const void *a, const void *b)
{
	const struct score *x = a, *y = b;
	int order = urgency(x) - urgency(y);
	double dx, dy;

	/* what is not shown does not show in the order either */
	if (order == 0)
		order = figure_hidden(x) - figure_hidden(y);
	if (order != 0 || x->judgement.valid == 0 || figure_hidden(x))
		return order;
	dx = x->judgement.share - (double)x->percent4 / 1e6;
	dy = y->judgement.share - (double)y->percent4 / 1e6;
	return (dx > dy) - (dx < dy);
}

static bool
any_dossiers(const struct score_rows *rows)
{
	for (size_t i = 0; i < rows->count; i++)
		if (rows->rows[i].has_dossiers)
			return true;
	return false;
}

typedef const char *name_of(const struct scope *scope, const char *code);

/* "A, B, C" of the rows without answers. */
static json_t *
silent(const struct scope *scope, const struct score_rows *rows, name_of *name,
    int64_t *count)
{
	const char *names = "";

	for (size_t i = 0; i < rows->count; i++) {
		if (figure_verdict(&rows->rows[i]) != VERDICT_NO_DATA)
			continue;
		(*count)++;
		names = arena_printf(scope->page->arena, "%s%s%s", names,
		    names[0] == '\0' ? "" : ", ",
		    name(scope, rows->rows[i].name));
	}
	return scope_words(names);
}

/* {rows, caption}, null for none; takes the list. */
static json_t *
some(json_t *rows, const char *caption)
{
	if (json_array_size(rows) > 0)
		return json_pack(
		    "{s:o, s:s}", "rows", rows, "caption", caption);
	json_decref(rows);
	return json_null();
}

/* The document of others.html; takes the list. */
static json_t *
others(const struct scope *scope, const char *id, const char *key,
    json_t *unjudged, const struct score_rows *rows, name_of *name)
{
	json_t *out;
	int64_t count = (int64_t)json_array_size(unjudged);
	json_t *names = silent(scope, rows, name, &count);
	const char *title;

	if (count == 0) {
		json_decref(unjudged);
		return json_null();
	}
	title = page_fill(
	    scope->page, key, "count", page_count(scope->page, count));
	out = json_object();
	put_text(out, "id", id);
	put_text(out, "title", title);
	put_part(out, "unjudged", some(unjudged, title));
	put_part(out, "silent", names);
	return out;
}

/* ------------------------------------------------------------------- fields */

static json_t *
field_row(const struct scope *scope, const struct score *row)
{
	const char *href = row->field[0] == '\0'
			       ? NULL
			       : scope_field_address(scope, row->field);

	return figure_document(
	    scope, row, scope_field_name(scope, row->field), href, false);
}

/* The fields of rows in their order that say this: {verdict, said, firm: all of
 * them are, lean, fields: [{name, href, share}]}; null where none does. What
 * belongs to no field has no department to ask. */
static json_t *
said_by_fields(const struct scope *scope, const struct score_rows *rows,
    enum verdict verdict, enum lean lean)
{
	json_t *out, *fields = json_array();
	bool firm = true;

	for (size_t i = 0; i < rows->count; i++) {
		const struct score *row = &rows->rows[i];
		json_t *one;

		if (figure_verdict(row) != verdict || row->lean != lean ||
		    row->field[0] == '\0')
			continue;
		one = json_object();
		put_text(one, "name", scope_field_name(scope, row->field));
		put_text(one, "href", scope_field_address(scope, row->field));
		put_text(one, "share",
		    scope_share(scope, row->judgement.satisfied,
			row->judgement.valid, row->percent4));
		json_array_append_new(fields, one);
		firm &= figure_firm(row);
	}
	if (json_array_size(fields) == 0) {
		json_decref(fields);
		return json_null();
	}
	out = json_object();
	put_text(out, "verdict", verdict_name(verdict));
	put_words(out, "lean", lean_name(lean));
	put_text(out, "said",
	    lean == LEAN_NONE ? verdict_name(verdict) : lean_name(lean));
	put_flag(out, "firm", firm);
	put_part(out, "fields", fields);
	return out;
}

/* What a person is to see first: which fields miss, and which seem to. */
static json_t *
attention(const struct scope *scope, const struct score_rows *rows)
{
	json_t *out = json_object();
	json_t *missed =
	    said_by_fields(scope, rows, VERDICT_NOT_MET, LEAN_NONE);
	json_t *below =
	    said_by_fields(scope, rows, VERDICT_NOT_YET_KNOWN, LEAN_BELOW);

	put_flag(out, "none", json_is_null(missed) && json_is_null(below));
	put_part(out, "missed", missed);
	put_part(out, "below", below);
	return out;
}

json_t *
fields_document(const struct scope *scope)
{
	json_t *out = json_object();
	json_t *judged = json_array(), *unjudged = json_array();
	struct score_rows rows;

	scope_rows(scope, scope->now, BY_FIELD, NULL, &rows);
	if (rows.count > 1)
		qsort(rows.rows, rows.count, sizeof(*rows.rows),
		    compare_table_rows);
	for (size_t i = 0; i < rows.count; i++) {
		int order = urgency(&rows.rows[i]);

		if (order < SILENT)
			json_array_append_new(
			    order < UNJUDGED ? judged : unjudged,
			    field_row(scope, &rows.rows[i]));
	}
	put_text(out, "heading", page_text(scope->page, "board.field"));
	put_flag(out, "filed", any_dossiers(&rows));
	put_part(out, "attention",
	    json_array_size(judged) == 0 ? NULL : attention(scope, &rows));
	put_part(out, "judged",
	    some(judged, page_text(scope->page, "board.fields")));
	put_part(out, "others",
	    others(scope, "fields-left", "board.left", unjudged, &rows,
		scope_field_name));
	return out;
}

/* -------------------------------------------------------------------- units */

static json_t *
unit_row(const struct scope *scope, const struct score *row,
    const struct rank *rank, size_t ranked)
{
	json_t *doc =
	    figure_document(scope, row, scope_unit_name(scope, row->unit),
		scope_unit_address(scope, row->unit), false);

	put_flag(doc, "apart", scope_has_below(scope, row->unit));
	if (rank->best > 0)
		put_text(doc, "places",
		    rank->best == rank->worst
			? arena_printf(scope->page->arena, "%zu / %zu",
			      rank->best, ranked)
			: arena_printf(scope->page->arena, "%zu–%zu / %zu",
			      rank->best, rank->worst, ranked));
	return doc;
}

static struct rank *
ranks_of(
    const struct scope *scope, const struct score_rows *rows, size_t *ranked)
{
	size_t n = rows->count;
	struct rank *ranks =
	    arena_alloc(scope->page->arena, (n + 1) * sizeof(*ranks));
	int64_t *x = arena_alloc(scope->page->arena, (n + 1) * sizeof(*x));
	int64_t *all = arena_alloc(scope->page->arena, (n + 1) * sizeof(*all));

	for (size_t i = 0; i < n; i++) {
		const struct judgement *j = &rows->rows[i].judgement;

		/* answers that are not to be trusted are not compared */
		if (j->verdict == VERDICT_INVALID ||
		    figure_hidden(&rows->rows[i]))
			continue;
		x[i] = j->satisfied;
		all[i] = j->valid;
	}
	*ranked = rank_units(x, all, n, ranks);
	return ranks;
}

/* One group, its title and its units; nothing where it has none. */
static void
add_group(const struct scope *scope, json_t *groups,
    const struct score_rows *rows, const struct rank *ranks, size_t ranked,
    enum rank_group group)
{
	json_t *list = json_array();
	const char *key =
	    arena_printf(scope->page->arena, "rank.%s", rank_group_name(group));

	for (int order = JUDGED; order <= SILENT; order++)
		for (size_t i = 0; i < rows->count; i++)
			if (ranks[i].group == group &&
			    urgency(&rows->rows[i]) == order)
				json_array_append_new(
				    list, unit_row(scope, &rows->rows[i],
					      &ranks[i], ranked));
	if (json_array_size(list) == 0)
		json_decref(list);
	else {
		json_t *row = json_object();

		put_text(row, "group", rank_group_name(group));
		put_flag(row, "placed", true);
		put_text(row, "title", page_text(scope->page, key));
		put_text(row, "caption", page_text(scope->page, key));
		put_part(row, "rows", list);
		json_array_append_new(groups, row);
	}
}

/* Those that are in no group, but had answers. */
static json_t *
unranked(const struct scope *scope, const struct score_rows *rows,
    const struct rank *ranks)
{
	json_t *list = json_array();

	for (size_t i = 0; i < rows->count; i++)
		if (ranks[i].best == 0 &&
		    figure_verdict(&rows->rows[i]) != VERDICT_NO_DATA)
			json_array_append_new(list,
			    unit_row(scope, &rows->rows[i], &ranks[i], 0));
	return list;
}

json_t *
units_document(const struct scope *scope)
{
	json_t *out;
	struct score_rows rows;
	struct rank *ranks;
	json_t *groups;
	size_t ranked;

	scope_rows(scope, scope->now, BY_UNIT, NULL, &rows);
	if (rows.count < 2)
		return json_null();
	groups = json_array();
	ranks = ranks_of(scope, &rows, &ranked);
	add_group(scope, groups, &rows, ranks, ranked, RANK_BELOW);
	add_group(scope, groups, &rows, ranks, ranked, RANK_UNCLEAR);
	add_group(scope, groups, &rows, ranks, ranked, RANK_ABOVE);
	out = json_object();
	put_text(out, "heading", page_text(scope->page, "board.unit"));
	put_flag(out, "filed", any_dossiers(&rows));
	put_part(out, "groups", groups);
	put_part(out, "others",
	    others(scope, "units-left", "rank.left",
		unranked(scope, &rows, ranks), &rows, scope_unit_name));
	return out;
}
