/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A PDF that grows from top to bottom: words, tables, pictures, one below the
 * other, on as many pages as it takes. Pages are numbered in the middle of the
 * top margin, the first is not (ND 30/2020). Tags and outline as far as cairo
 * goes. Lengths in points.
 */
#ifndef HAILONG_SERVER_REPORT_PDF_FLOW_H
#define HAILONG_SERVER_REPORT_PDF_FLOW_H

#include <stdbool.h>
#include "server/report/paper.h"

struct buf;
struct report_table;

struct pdf_flow {
	cairo_surface_t *surface;
	struct paper paper;
	double page_width, page_height;
	double left, right, top, bottom; /* edges of the text on this page */
	double y;                        /* where the next thing goes */
	int page;                        /* from 1 */
	int section;                     /* the outline's last section */
	const char *tag;                 /* open: closed and opened again where
					    a page ends; NULL */
};

/* How a paragraph is set. */
struct pdf_style {
	double size;
	unsigned weight;
	enum paper_align align;
	double before; /* room above */
	double indent; /* of the first line */
	const char *tag;
};

/* Begins the file with its first page, upright; bytes go to out. */
void pdf_begin(struct pdf_flow *flow, struct buf *out);
/* Ends it; false when cairo could not write it. */
bool pdf_end(struct pdf_flow *flow);
/* Goes on a new page, across or upright. */
void pdf_new_page(struct pdf_flow *flow, bool across);
/* Begins a new page unless there is room for this much. */
void pdf_need(struct pdf_flow *flow, double height);
double pdf_width(const struct pdf_flow *flow);
/* Sets a paragraph, line by line over pages. */
void pdf_paragraph(
    struct pdf_flow *flow, const struct pdf_style *style, const char *words);
/* An entry of the outline, level 1 or 2, that leads to here. */
void pdf_outline(struct pdf_flow *flow, int level, const char *words);

/* pdf_table.c: a table with its header on each page. */
void pdf_table(struct pdf_flow *flow, const struct report_table *table);

#endif
