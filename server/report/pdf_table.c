/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A table: columns as wide as the report says, rows as high as their highest
 * cell, the header again on each page. A row stays whole where a page can hold
 * it; a longer one (an explanation of several pages) is cut between lines.
 */
#include "server/report/pdf_flow.h"

#include <math.h>
#include <string.h>
#include "server/core/report/report.h"

#define COLUMNS_MOST 40
#define LINE         0.6 /* thickness of the rules */

struct pdf_table {
	struct pdf_flow *flow;
	const struct report_table *table;
	double size, pad;           /* of letters; around them */
	double x[COLUMNS_MOST + 1]; /* edges of the columns */
	double head, over; /* heights of the header, and of its upper line */
};

/* ------------------------------------------------------------------- cells */

static PangoLayout *
set_cell(const struct pdf_table *t, const char *words, size_t i, size_t n,
    unsigned weight, enum paper_align align)
{
	return paper_words(&t->flow->paper, words, t->size, weight, align,
	    t->x[i + n] - t->x[i] - 2 * t->pad, 0);
}

static double
cell_height(const struct pdf_table *t, const char *words, size_t i, size_t n,
    unsigned weight)
{
	PangoLayout *layout = set_cell(t, words, i, n, weight, PAPER_CENTRE);
	double height = paper_height(layout) + 2 * t->pad;

	g_object_unref(layout);
	return height;
}

static void
draw_box(
    const struct pdf_table *t, size_t i, size_t n, double top, double height)
{
	cairo_set_line_width(t->flow->paper.cr, LINE);
	cairo_rectangle(
	    t->flow->paper.cr, t->x[i], top, t->x[i + n] - t->x[i], height);
	cairo_stroke(t->flow->paper.cr);
}

/* Words in the middle of a box. */
static void
draw_cell(const struct pdf_table *t, const char *words, size_t i, size_t n,
    double top, double height, unsigned weight, enum paper_align align,
    const char *tag)
{
	PangoLayout *layout = set_cell(t, words, i, n, weight, align);
	double room = height - paper_height(layout);

	draw_box(t, i, n, top, height);
	cairo_tag_begin(t->flow->paper.cr, tag, NULL);
	paper_put(
	    &t->flow->paper, layout, t->x[i] + t->pad, top + fmax(room / 2, 0));
	cairo_tag_end(t->flow->paper.cr, tag);
	g_object_unref(layout);
}

/* ------------------------------------------------------------------- header */

/* How many columns from i on share the title above them. */
static size_t
shared_title(const struct report_table *t, size_t i)
{
	size_t n = 1;

	while (t->columns[i].over != NULL && i + n < t->ncolumns &&
	       t->columns[i + n].over != NULL &&
	       strcmp(t->columns[i].over, t->columns[i + n].over) == 0)
		n++;
	return n;
}

static void
measure_head(struct pdf_table *t)
{
	const struct report_column *c = t->table->columns;
	double below = 0, whole = 0;

	for (size_t i = 0, n; i < t->table->ncolumns; i += n) {
		n = shared_title(t->table, i);
		if (c[i].over == NULL) {
			whole = fmax(whole,
			    cell_height(t, c[i].title, i, 1, PAPER_BOLD));
			continue;
		}
		t->over =
		    fmax(t->over, cell_height(t, c[i].over, i, n, PAPER_BOLD));
		for (size_t k = i; k < i + n; k++)
			below = fmax(below,
			    cell_height(t, c[k].title, k, 1, PAPER_BOLD));
	}
	t->head = fmax(whole, t->over + below);
}

static void
draw_head(struct pdf_table *t)
{
	const struct report_column *c = t->table->columns;
	double y = t->flow->y;

	cairo_tag_begin(t->flow->paper.cr, "TR", NULL);
	for (size_t i = 0, n; i < t->table->ncolumns; i += n) {
		n = shared_title(t->table, i);
		if (c[i].over == NULL) {
			draw_cell(t, c[i].title, i, 1, y, t->head, PAPER_BOLD,
			    PAPER_CENTRE, "TH");
			continue;
		}
		draw_cell(t, c[i].over, i, n, y, t->over, PAPER_BOLD,
		    PAPER_CENTRE, "TH");
		for (size_t k = i; k < i + n; k++)
			draw_cell(t, c[k].title, k, 1, y + t->over,
			    t->head - t->over, PAPER_BOLD, PAPER_CENTRE, "TH");
	}
	cairo_tag_end(t->flow->paper.cr, "TR");
	t->flow->y += t->head;
}

/* --------------------------------------------------------------------- rows */

static unsigned
row_weight(const struct report_row *row)
{
	return row->kind == ROW_TOTAL  ? PAPER_BOLD
	       : row->kind == ROW_HEAD ? PAPER_ITALIC
				       : 0;
}

static double
row_height(const struct pdf_table *t, const struct report_row *row)
{
	double height = 0;

	for (size_t i = 0; i < t->table->ncolumns; i++)
		height = fmax(height,
		    cell_height(t, row->cells[i].text, i, 1, row_weight(row)));
	return height;
}

static enum paper_align
cell_align(const struct pdf_table *t, size_t i)
{
	return t->table->columns[i].words ? PAPER_LEFT : PAPER_CENTRE;
}

static void
draw_row(const struct pdf_table *t, const struct report_row *row, double height)
{
	cairo_tag_begin(t->flow->paper.cr, "TR", NULL);
	for (size_t i = 0; i < t->table->ncolumns; i++)
		draw_cell(t, row->cells[i].text, i, 1, t->flow->y, height,
		    row_weight(row), cell_align(t, i), "TD");
	cairo_tag_end(t->flow->paper.cr, "TR");
	t->flow->y += height;
}

static void
table_page(struct pdf_table *t)
{
	pdf_new_page(t->flow, t->flow->page_width > t->flow->page_height);
	draw_head(t);
}

/* The lines of a cell that lie between two heights of its layout, with the
 * first at the top of the piece. Lines are never cut: one belongs to the piece
 * in which it ends. */
static void
draw_lines(const struct pdf_table *t, PangoLayout *layout, size_t i,
    double from, double to)
{
	PangoLayoutIter *lines = pango_layout_get_iter(layout);

	do {
		PangoRectangle box;
		int top, bottom;
		double end;

		pango_layout_iter_get_line_extents(lines, NULL, &box);
		pango_layout_iter_get_line_yrange(lines, &top, &bottom);
		end = (double)bottom / PANGO_SCALE;
		if (end <= from || end > to)
			continue;
		cairo_move_to(t->flow->paper.cr,
		    t->x[i] + t->pad + (double)box.x / PANGO_SCALE,
		    t->flow->y + t->pad - from +
			(double)pango_layout_iter_get_baseline(lines) /
			    PANGO_SCALE);
		pango_cairo_show_layout_line(t->flow->paper.cr,
		    pango_layout_iter_get_line_readonly(lines));
	} while (pango_layout_iter_next_line(lines));
	pango_layout_iter_free(lines);
}

/* Where the last line ends that ends at or before `to`. All cells have lines of
 * one height, so the highest one's are everyone's. */
static double
last_line_end(
    const struct pdf_table *t, const struct report_row *row, double to)
{
	double found = 0;

	for (size_t i = 0; i < t->table->ncolumns; i++) {
		PangoLayout *layout = set_cell(t, row->cells[i].text, i, 1,
		    row_weight(row), cell_align(t, i));
		PangoLayoutIter *lines = pango_layout_get_iter(layout);

		do {
			int top, bottom;

			pango_layout_iter_get_line_yrange(lines, &top, &bottom);
			if ((double)bottom / PANGO_SCALE <= to)
				found =
				    fmax(found, (double)bottom / PANGO_SCALE);
		} while (pango_layout_iter_next_line(lines));
		pango_layout_iter_free(lines);
		g_object_unref(layout);
	}
	return found;
}

static void
draw_piece(const struct pdf_table *t, const struct report_row *row, double from,
    double to)
{
	double height = to - from + 2 * t->pad;

	cairo_tag_begin(t->flow->paper.cr, "TR", NULL);
	for (size_t i = 0; i < t->table->ncolumns; i++) {
		PangoLayout *layout = set_cell(t, row->cells[i].text, i, 1,
		    row_weight(row), cell_align(t, i));

		draw_box(t, i, 1, t->flow->y, height);
		cairo_tag_begin(t->flow->paper.cr, "TD", NULL);
		draw_lines(t, layout, i, from, to);
		cairo_tag_end(t->flow->paper.cr, "TD");
		g_object_unref(layout);
	}
	cairo_tag_end(t->flow->paper.cr, "TR");
	t->flow->y += height;
}

/* A row that no page can hold whole. */
static void
draw_long_row(struct pdf_table *t, const struct report_row *row, double height)
{
	double from = 0, end = height - 2 * t->pad, to;

	while (from < end) {
		to = last_line_end(
		    t, row, from + t->flow->bottom - t->flow->y - 2 * t->pad);
		if (to <= from) {
			table_page(t);
			to = last_line_end(t, row,
			    from + t->flow->bottom - t->flow->y - 2 * t->pad);
			if (to <= from)
				return; /* a line higher than a page */
		}
		draw_piece(t, row, from, to);
		from = to;
	}
}

void
pdf_table(struct pdf_flow *flow, const struct report_table *table)
{
	struct pdf_table t = {.flow = flow,
	    .table = table,
	    .size = table->wide ? 8.5 : 11,
	    .pad = table->wide ? 1.6 : 2.6};
	double sum = 0, part = 0, room;

	if (table->ncolumns == 0 || table->ncolumns > COLUMNS_MOST)
		return;
	for (size_t i = 0; i < table->ncolumns; i++)
		sum += table->columns[i].width;
	for (size_t i = 0; i <= table->ncolumns; i++) {
		t.x[i] = flow->left + pdf_width(flow) * part / sum;
		if (i < table->ncolumns)
			part += table->columns[i].width;
	}
	measure_head(&t);
	pdf_need(flow, t.head + 2 * t.size);
	flow->tag = "Table";
	cairo_tag_begin(flow->paper.cr, flow->tag, NULL);
	draw_head(&t);
	for (size_t i = 0; i < table->nrows; i++) {
		double height = row_height(&t, &table->rows[i]);

		room = flow->bottom - flow->top - t.head;
		if (height > room) {
			draw_long_row(&t, &table->rows[i], height);
			continue;
		}
		if (flow->y + height > flow->bottom)
			table_page(&t);
		draw_row(&t, &table->rows[i], height);
	}
	cairo_tag_end(flow->paper.cr, flow->tag);
	flow->tag = NULL;
}
