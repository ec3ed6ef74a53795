/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The header is the first row that names the code's column by our own name, or
 * three columns by the names that offices have, or equals a mapping's. A column
 * that is not ours is named and left aside: an office cannot always choose what
 * it exports, and what is not asked for is not kept. All columns of ours must
 * be there, unless a person has said by a mapping what there is.
 */
#include "server/core/dossier/register.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>
#include "shared/utf8.h"

#define HEAD_ROWS  30 /* titles stand above the header, not pages of them */
#define HEAD_NAMES 3

void
register_begin(struct register_reading *r,
    const struct register_mapping *mappings, size_t nmappings)
{
	memset(r, 0, sizeof(*r));
	arena_init(&r->arena);
	r->mappings = mappings;
	r->nmappings = nmappings;
	r->left_aside = "";
}

void
register_sheet(struct register_reading *r)
{
	r->looked = 0;
}

void
register_finish(struct register_reading *r)
{
	arena_finish(&r->arena);
}

/* Without blanks at its ends, and without the apostrophe that keeps a
 * spreadsheet from calculating. */
static const char *
trimmed(struct arena *a, const char *cell)
{
	size_t n = strlen(cell);
	const char *from = cell;

	if (cell[0] == '\'' && cell[1] != '\0' && strchr("=+-@", cell[1])) {
		from++;
		n--;
	}
	utf8_trim_unseen(&from, &n);
	return from[n] == '\0' ? from : arena_strndup(a, from, n);
}

static bool
is_empty(struct arena *a, const struct table_row *row)
{
	for (size_t i = 0; i < row->ncells; i++)
		if (*trimmed(a, row->cells[i]) != '\0')
			return false;
	return true;
}

const char *
register_head_text(struct arena *a, const char *const *names, size_t n)
{
	struct buf out;
	const char *text;
	size_t end = 0;

	buf_init(&out);
	for (size_t i = 0; i < n; i++) {
		const char *folded = column_folded(a, names[i]);

		if (strcmp(folded, REGISTER_REASON) == 0)
			continue; /* of rows that come back mended */

		buf_puts(&out, folded);
		if (folded[0] != '\0')
			end = out.size;
		buf_putc(&out, '\n');
	}
	text = arena_strndup(a, buf_text(&out), end);
	buf_finish(&out);
	return text;
}

static const struct register_mapping *
fitting_mapping(const struct register_reading *r, struct arena *a,
    const struct table_row *row)
{
	const char *text;

	if (r->nmappings == 0)
		return NULL;
	text = register_head_text(a, row->cells, row->ncells);
	for (size_t i = 0; i < r->nmappings; i++)
		if (strcmp(r->mappings[i].head, text) == 0)
			return &r->mappings[i];
	return NULL;
}

/* Whether the row names columns. */
static bool
names_columns(struct arena *a, const struct table_row *row)
{
	size_t named = 0;
	bool code = false;
	int rank;

	for (size_t i = 0; i < row->ncells; i++) {
		enum dossier_cell cell =
		    column_named(a, trimmed(a, row->cells[i]), &rank);

		if (cell == CELL_CODE && rank == 0)
			return true;
		code |= cell == CELL_CODE;
		named += cell != COLUMN_NOT_OURS;
	}
	return code && named >= HEAD_NAMES;
}

/* The places that a mapping gives. */
static void
place_by_mapping(struct register_reading *r, const char *columns)
{
	for (size_t i = 0; i < r->ncolumns; i++) {
		size_t n = strcspn(columns, ",");
		int cell = 0;

		while (cell < CELL_COUNT &&
		       (strlen(dossier_cells[cell]) != n ||
			   strncmp(dossier_cells[cell], columns, n) != 0))
			cell++;
		r->place[i] = (enum dossier_cell)cell;
		columns += n;
		columns += *columns == ',';
	}
}

static bool
place_by_names(struct register_reading *r)
{
	bool seen[CELL_COUNT + 1] = {false};
	size_t twice;

	if (!columns_named(&r->arena, r->head, r->ncolumns, r->place, &twice)) {
		snprintf(r->error, sizeof(r->error),
		    "column \"%.60s\" is there twice", r->head[twice]);
		return false;
	}
	for (size_t i = 0; i < r->ncolumns; i++)
		seen[r->place[i]] = true;
	for (int i = 0; i < CELL_REQUIRED; i++)
		if (!seen[i]) {
			snprintf(r->error, sizeof(r->error),
			    "column \"%s\" is missing", dossier_cells[i]);
			return false;
		}
	return true;
}

static enum register_step
take_head(struct register_reading *r, const struct table_row *row,
    const struct register_mapping *mapping)
{
	struct arena *a = &r->arena;

	r->ncolumns = row->ncells;
	r->head_line = row->line;
	r->head = arena_alloc(a, (row->ncells + 1) * sizeof(*r->head));
	for (size_t i = 0; i < row->ncells; i++)
		r->head[i] = arena_strdup(a, trimmed(a, row->cells[i]));
	if (mapping != NULL) {
		r->by = mapping->name;
		place_by_mapping(r, mapping->columns);
	} else if (!place_by_names(r)) {
		return REGISTER_BAD;
	}
	for (size_t i = 0; i < r->ncolumns; i++)
		if (r->place[i] == COLUMN_NOT_OURS && r->head[i][0] != '\0' &&
		    strcmp(r->head[i], REGISTER_REASON) != 0)
			r->left_aside =
			    arena_printf(a, "%s%s\"%.60s\"", r->left_aside,
				*r->left_aside ? ", " : "", r->head[i]);
	return REGISTER_HEAD;
}

static enum register_step
look_for_head(
    struct register_reading *r, struct arena *a, const struct table_row *row)
{
	const struct register_mapping *mapping;

	if (is_empty(a, row))
		return REGISTER_ABOVE;
	mapping = fitting_mapping(r, a, row);
	if (mapping != NULL || names_columns(a, row))
		return take_head(r, row, mapping);
	if (++r->looked < HEAD_ROWS)
		return REGISTER_ABOVE;
	snprintf(r->error, sizeof(r->error), "column \"code\" is missing");
	return REGISTER_NONE;
}

enum register_step
register_take(struct register_reading *r, struct arena *a,
    const struct table_row *row, const char *cells[CELL_COUNT], bool *fits)
{
	bool any = false;

	if (r->head == NULL)
		return look_for_head(r, a, row);
	*fits = row->ncells >= r->ncolumns;
	for (int i = 0; i < CELL_COUNT; i++)
		cells[i] = NULL;
	for (size_t i = 0; i < row->ncells; i++) {
		const char *cell = trimmed(a, row->cells[i]);

		any |= *cell != '\0';
		*fits &= i < r->ncolumns || *cell == '\0';
		if (i < r->ncolumns && r->place[i] != COLUMN_NOT_OURS)
			cells[r->place[i]] = cell;
	}
	return any ? REGISTER_ROW : REGISTER_ABOVE;
}
