/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Forty rows are kept: those above a header, and ten below it. */
#include "server/register/sample.h"

#include <string.h>
#include "server/table/table.h"

#define KEPT 40

struct sampling {
	struct arena *arena;
	struct table_row rows[KEPT];
	size_t n;
	bool found; /* a sheet had rows */
};

static bool
sample_sheet(void *context, const char *name)
{
	struct sampling *s = context;

	(void)name;
	if (s->found && s->n > 1)
		return false;
	s->n = 0;
	return true;
}

static bool
has_values(const struct table_row *row)
{
	for (size_t i = 0; i < row->ncells; i++)
		if (row->cells[i][0] != '\0')
			return true;
	return false;
}

static enum table_go
sample_row(void *context, const struct table_row *row)
{
	struct sampling *s = context;
	struct table_row *kept = &s->rows[s->n];

	if (!has_values(row))
		return TABLE_ON;
	s->found = true;
	kept->line = row->line;
	kept->ncells = row->ncells;
	kept->cells =
	    arena_alloc(s->arena, (row->ncells + 1) * sizeof(*kept->cells));
	for (size_t i = 0; i < row->ncells; i++)
		kept->cells[i] = arena_strdup(s->arena, row->cells[i]);
	return ++s->n == KEPT ? TABLE_STOP : TABLE_ON;
}

static size_t
filled(const struct table_row *row)
{
	size_t n = 0;

	for (size_t i = 0; i < row->ncells; i++)
		n += row->cells[i][0] != '\0';
	return n;
}

/* The header's place among the rows. */
static size_t
head_of(const struct sampling *s, struct register_reading *r)
{
	const char *cells[CELL_COUNT];
	size_t widest = 0;
	bool fits;

	for (size_t i = 0; i < s->n; i++) {
		enum register_step step =
		    register_take(r, s->arena, &s->rows[i], cells, &fits);

		if (step == REGISTER_HEAD || step == REGISTER_BAD)
			return i;
	}
	for (size_t i = 1; i < s->n; i++)
		if (filled(&s->rows[i]) > filled(&s->rows[widest]))
			widest = i;
	return widest;
}

static void
propose(struct arena *a, const struct dossier_names *names,
    struct register_sample *out)
{
	size_t twice;

	if (!columns_named(a, out->head, out->ncolumns, out->place, &twice))
		for (size_t i = twice; i < out->ncolumns; i++)
			out->place[i] = COLUMN_NOT_OURS;
	columns_guessed(a, names, (const char *const *const *)out->rows,
	    out->nrows, out->place, out->ncolumns);
}

static void
fill_sample(const struct sampling *s, size_t head, struct register_sample *out)
{
	const struct table_row *row = &s->rows[head];

	out->ncolumns = row->ncells;
	while (out->ncolumns > 0 && row->cells[out->ncolumns - 1][0] == '\0')
		out->ncolumns--;
	out->head = row->cells;
	for (size_t i = head + 1; i < s->n && out->nrows < REGISTER_SAMPLE;
	     i++) {
		const char **cells =
		    arena_alloc(s->arena, (out->ncolumns + 1) * sizeof(*cells));

		for (size_t k = 0; k < out->ncolumns; k++)
			cells[k] =
			    k < s->rows[i].ncells ? s->rows[i].cells[k] : "";
		out->rows[out->nrows++] = cells;
	}
}

bool
register_sample(struct arena *a, const char *path,
    const struct dossier_names *names, const struct register_mapping *mappings,
    size_t nmappings, struct register_sample *out)
{
	struct sampling s = {.arena = a};
	const struct table_taker taker = {sample_sheet, sample_row, &s};
	struct register_reading r;

	memset(out, 0, sizeof(*out));
	if (!table_read(path, &taker, out->error, sizeof(out->error)))
		return false;
	register_begin(&r, mappings, nmappings);
	if (s.n > 0)
		fill_sample(&s, head_of(&s, &r), out);
	out->by = r.by == NULL ? NULL : arena_strdup(a, r.by);
	if (r.by != NULL && out->ncolumns <= r.ncolumns)
		memcpy(
		    out->place, r.place, out->ncolumns * sizeof(*out->place));
	else
		propose(a, names, out);
	register_finish(&r);
	return true;
}

const char *
register_columns_text(struct arena *a, const enum dossier_cell *place, size_t n)
{
	const char *text = "";

	for (size_t i = 0; i < n; i++)
		text = arena_printf(a, "%s%s%s", text, i > 0 ? "," : "",
		    place[i] == COLUMN_NOT_OURS ? "" : dossier_cells[place[i]]);
	return text;
}
