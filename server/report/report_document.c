/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A header has one line, or two where columns share a title above them: then a
 * column without one reaches over both. Widths are shares of the line, rounded
 * so that they add up to it.
 */
#include "server/report/report_document.h"

#include <string.h>
#include "server/core/report/report.h"

struct making_document {
	json_t *blocks;
	int width; /* of a table */
	report_picture *picture;
	void *context;
	int pictures;
};

/* ------------------------------------------------------------------- tables */

/* Where the first n columns end. */
static int
column_end(const struct report_table *t, size_t n, int width)
{
	int sum = 0, part = 0;

	for (size_t i = 0; i < t->ncolumns; i++) {
		sum += t->columns[i].width;
		part += i < n ? t->columns[i].width : 0;
	}
	return sum == 0 ? 0 : width * part / sum;
}

static int
columns_width(const struct report_table *t, size_t i, size_t n, int width)
{
	return column_end(t, i + n, width) - column_end(t, i, width);
}

static bool
same_over(const struct report_column *a, const struct report_column *b)
{
	return a->over != NULL && b->over != NULL &&
	       strcmp(a->over, b->over) == 0;
}

/* The upper line of a header, null where there is only one. */
static json_t *
over_document(const struct report_table *t, int width)
{
	json_t *list = json_array();
	bool any = false;
	size_t n;

	for (size_t i = 0; i < t->ncolumns; i += n) {
		const struct report_column *c = &t->columns[i];

		for (n = 1;
		     i + n < t->ncolumns && same_over(c, &t->columns[i + n]);)
			n++;
		any = any || c->over != NULL;
		json_array_append_new(
		    list, json_pack("{s:s, s:i, s:i, s:b}", "title",
			      c->over == NULL ? c->title : c->over, "span",
			      (int)n, "width", columns_width(t, i, n, width),
			      "merged", c->over == NULL));
	}
	if (any)
		return list;
	json_decref(list);
	return json_null();
}

static json_t *
heads_document(const struct report_table *t, int width)
{
	json_t *list = json_array();

	for (size_t i = 0; i < t->ncolumns; i++)
		json_array_append_new(list,
		    json_pack("{s:s, s:i, s:b}", "title", t->columns[i].title,
			"width", columns_width(t, i, 1, width), "below",
			t->columns[i].over != NULL));
	return list;
}

static json_t *
row_document(
    const struct report_table *t, const struct report_row *row, int width)
{
	json_t *cells = json_array();

	for (size_t i = 0; i < t->ncolumns; i++)
		json_array_append_new(cells,
		    json_pack("{s:s, s:b, s:i, s:s?}", "words",
			row->cells[i].text, "left", t->columns[i].words,
			"width", columns_width(t, i, 1, width), "verdict",
			row->cells[i].kind == REPORT_CELL_VERDICT
			    ? row->cells[i].code
			    : NULL));
	return json_pack("{s:b, s:b, s:o}", "total", row->kind == ROW_TOTAL,
	    "head", row->kind == ROW_HEAD, "cells", cells);
}

static json_t *
table_document(const struct report_table *t, int width)
{
	json_t *rows = json_array(), *over = over_document(t, width);

	for (size_t i = 0; i < t->nrows; i++)
		json_array_append_new(
		    rows, row_document(t, &t->rows[i], width));
	return json_pack("{s:s, s:s, s:b, s:i, s:o, s:b, s:o, s:o}", "key",
	    t->key, "title", t->title, "wide", t->wide, "width", width, "over",
	    over, "single", json_is_null(over), "heads",
	    heads_document(t, width), "rows", rows);
}

/* ------------------------------------------------------------------- blocks */

/* The lines of a passage. */
static json_t *
lines_document(const char *words)
{
	json_t *lines = json_array();

	while (*words != '\0') {
		size_t n = strcspn(words, "\r\n");

		if (n > 0)
			json_array_append_new(lines, json_stringn(words, n));
		words += n + (words[n] != '\0');
	}
	return lines;
}

static json_t *
block_document(struct making_document *m, const struct report_block *block)
{
	if (block->table != NULL)
		return table_document(block->table, m->width);
	if (block->chart != NULL)
		return json_pack("{s:s, s:s, s:o}", "title",
		    block->chart->title, "alt", block->chart->alt, "picture",
		    m->picture(m->context, block->chart, ++m->pictures));
	if (block->kind == BLOCK_PASSAGE)
		return json_pack("{s:s, s:b, s:s, s:o}", "key", block->key,
		    "edited", block->edited, "words", block->text, "lines",
		    lines_document(block->text));
	return json_string(block->text);
}

static json_t *
blocks_document(struct making_document *m, const struct report_block *blocks,
    size_t n, int width)
{
	json_t *list = json_array();

	m->width = width;
	for (size_t i = 0; i < n; i++) {
		json_t *one = json_object();

		/* said for every block, lest the words around it answer */
		for (int kind = 0; kind < BLOCK_KIND_COUNT; kind++)
			json_object_set_new(one,
			    report_block_name((enum report_block_kind)kind),
			    json_null());
		json_object_set_new(one, report_block_name(blocks[i].kind),
		    block_document(m, &blocks[i]));
		/* the end of it stays with the signature */
		json_object_set_new(one, "keep", json_boolean(i + 1 == n));
		json_array_append_new(list, one);
	}
	return list;
}

static json_t *
head_document(const struct report_head *h)
{
	json_t *receivers = json_array();

	for (size_t i = 0; i < h->nreceivers; i++)
		json_array_append_new(receivers, json_string(h->receivers[i]));
	return json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, "
			 "s:s, s:s, s:s, s:s, s:s, s:o, s:s, s:s}",
	    "superior", h->superior, "agency", h->agency, "number", h->number,
	    "nation", h->nation, "motto", h->motto, "place_date", h->place_date,
	    "kind", h->kind, "subject", h->subject, "period", h->subject_period,
	    "filter", h->filter, "draft", h->draft, "addressee", h->addressee,
	    "authority", h->authority, "post", h->post, "signer", h->signer,
	    "receivers", receivers, "receivers_title", h->receivers_title,
	    "annex_title", h->annex_title);
}

json_t *
report_document(const struct report *report, int width, int across,
    report_picture *picture, void *context)
{
	struct making_document m = {.picture = picture, .context = context};
	json_t *doc = json_object();

	json_object_set_new(doc, "head", head_document(&report->head));
	json_object_set_new(doc, "annex_of", json_string(report->head.annex));
	json_object_set_new(doc, "body",
	    blocks_document(&m, report->blocks, report->nblocks, width));
	json_object_set_new(doc, "annex",
	    blocks_document(&m, report->annex, report->nannex, across));
	return doc;
}
