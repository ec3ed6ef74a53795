/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A table whose cells bear a sign, a number and, where the verdict is firm, a
 * colour. A cell with too few answers has no number: one clerk's ten visitors
 * are not to be read as a mark. Fields of which no cell has a number are left
 * out, with their own number said.
 */
#include "server/pages/scores/heat.h"

#include <string.h>
#include "server/core/catalogue/catalogue.h"
#include "server/pages/scores/figure.h"
#include "server/pages/scores/scope.h"

struct heat {
	const struct scope *scope;
	struct score_rows cells;
	const struct score **at; /* cell of unit u and field f at u*nfields+f */
	size_t nunits, nfields;
};

/* Puts each cell in its place of the grid. */
static void
place_cells(struct heat *h)
{
	const struct catalogue *c = h->scope->page->ctx->catalogue;

	h->nunits = c->nunits;
	h->nfields = c->nfields;
	h->at = arena_alloc(h->scope->page->arena,
	    (h->nunits * h->nfields + 1) * sizeof(*h->at));
	for (size_t i = 0; i < h->cells.count; i++) {
		const struct score *cell = &h->cells.rows[i];
		const struct unit *u = catalogue_unit(c, cell->unit);
		const struct field *f = catalogue_field(c, cell->field);

		if (u != NULL && f != NULL && cell->judgement.valid > 0)
			h->at[(size_t)(u - c->units) * h->nfields +
			      (size_t)(f - c->fields)] = cell;
	}
}

static bool
judged(const struct score *cell)
{
	enum verdict v = cell == NULL ? VERDICT_NO_DATA : figure_verdict(cell);

	return v == VERDICT_MET || v == VERDICT_NOT_MET ||
	       v == VERDICT_NOT_YET_KNOWN;
}

/* Has a number: where there are too few answers, or none, a cell has not. More
 * answers than dossiers are no fault of theirs. */
static bool
numbered(const struct score *cell)
{
	return judged(cell) ||
	       (cell != NULL && figure_verdict(cell) == VERDICT_INVALID &&
		   cell->judgement.valid >= JUDGE_ENOUGH);
}

/* How many of a field's cells have a number, and how many had answers. */
static size_t
heat_column(const struct heat *h, size_t f, size_t *said)
{
	size_t n = 0;

	*said = 0;
	for (size_t u = 0; u < h->nunits; u++) {
		*said += h->at[u * h->nfields + f] != NULL;
		n += numbered(h->at[u * h->nfields + f]);
	}
	return n;
}

static bool
has_row(const struct heat *h, size_t u)
{
	for (size_t f = 0; f < h->nfields; f++)
		if (h->at[u * h->nfields + f] != NULL)
			return true;
	return false;
}

static json_t *
cell_document(const struct scope *scope, const struct score *cell)
{
	json_t *out = json_object();

	if (cell != NULL)
		figure_put(out, scope, cell);
	if (cell == NULL)
		put_part(out, "verdict", NULL);
	else if (!numbered(cell))
		put_part(out, "share", NULL);
	return out;
}

static json_t *
row_document(const struct heat *h, size_t u, const bool *shown)
{
	json_t *out = json_object();
	const struct unit *unit = &h->scope->page->ctx->catalogue->units[u];
	json_t *cells = json_array();

	for (size_t f = 0; f < h->nfields; f++)
		if (shown[f])
			json_array_append_new(cells,
			    cell_document(h->scope, h->at[u * h->nfields + f]));
	put_text(out, "name", unit->name);
	put_text(out, "href", scope_unit_address(h->scope, unit->code));
	put_part(out, "cells", cells);
	return out;
}

static json_t *
rows_document(const struct heat *h, const bool *shown)
{
	json_t *rows = json_array();

	for (size_t u = 0; u < h->nunits; u++)
		if (has_row(h, u))
			json_array_append_new(rows, row_document(h, u, shown));
	return rows;
}

json_t *
heat_document(const struct scope *scope)
{
	json_t *out;
	struct heat h = {.scope = scope};
	const struct catalogue *c = scope->page->ctx->catalogue;
	json_t *fields = json_array(), *rows;
	size_t said, left = 0;
	bool *shown;

	scope_rows(scope, scope->now, BY_CELL, NULL, &h.cells);
	place_cells(&h);
	shown = arena_alloc(scope->page->arena, h.nfields + 1);
	for (size_t f = 0; f < h.nfields; f++) {
		shown[f] = heat_column(&h, f, &said) > 0;
		left += !shown[f] && said > 0;
		if (shown[f])
			json_array_append_new(fields,
			    json_pack("{s:s, s:s}", "name",
				scope_field_name(scope, c->fields[f].code),
				"href",
				scope_field_address(scope, c->fields[f].code)));
	}
	rows = rows_document(&h, shown);
	if (json_array_size(rows) < 2 || json_array_size(fields) < 2) {
		json_decref(rows);
		json_decref(fields);
		return json_null();
	}
	out = json_object();
	put_part(out, "fields", fields);
	put_part(out, "rows", rows);
	put_text(out, "left",
	    left == 0 ? NULL : page_count(scope->page, (int64_t)left));
	return out;
}
