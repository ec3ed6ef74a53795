/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The form that is filed: the layout of ND 30/2020 (DOMAIN 5.2) drawn by pango
 * and cairo, with the fonts in it, words that can be searched, an outline of
 * its headings, and its date in the metadata, so that the same report gives
 * the same bytes.
 */
#include "server/core/report/report.h"
#include "server/report/forms.h"

#include <cairo-pdf.h>
#include <math.h>
#include <string.h>
#include "server/report/pdf_flow.h"
#include "shared/arena.h"
#include "shared/buf.h"
#include "shared/civil.h"

#define BODY   14.0
#define INDENT PAPER_MM(12.7)
#define TAIL   170.0 /* receivers and signature */

/* By the kind of block. */
static const struct pdf_style styles[BLOCK_KIND_COUNT] = {
    [BLOCK_SECTION] = {BODY, PAPER_BOLD, PAPER_JUSTIFY, 8, INDENT, "H1"},
    [BLOCK_HEADING] = {BODY, PAPER_BOLD, PAPER_JUSTIFY, 6, INDENT, "H2"},
    [BLOCK_PARAGRAPH] = {BODY, 0, PAPER_JUSTIFY, 6, INDENT, "P"},
    [BLOCK_SENTENCE] = {BODY, 0, PAPER_JUSTIFY, 6, INDENT, "P"},
    [BLOCK_PASSAGE] = {BODY, 0, PAPER_JUSTIFY, 6, INDENT, "P"},
    [BLOCK_ITEM] = {BODY, 0, PAPER_JUSTIFY, 6, INDENT, "P"},
    [BLOCK_NOTE] = {12, PAPER_ITALIC, PAPER_JUSTIFY, 4, 0, "P"},
    [BLOCK_TABLE] = {13, PAPER_BOLD, PAPER_CENTRE, 8, 0, "Caption"},
    [BLOCK_CHART] = {13, PAPER_BOLD, PAPER_CENTRE, 8, 0, "Caption"},
};

static const struct pdf_style title_style = {
    BODY, PAPER_BOLD, PAPER_CENTRE, 0, 0, "P"};
static const struct pdf_style aside_style = {
    BODY, PAPER_ITALIC, PAPER_CENTRE, 0, 0, "P"};
static const struct pdf_style address_style = {
    BODY, 0, PAPER_CENTRE, 6, 0, "P"};

/* ------------------------------------------------------------------- blocks */

/* Room for what must not stand alone at the end of a page: a heading with two
 * lines, a caption with a header and a row. */
static double
room_below(const struct report_block *block)
{
	switch (block->kind) {
	case BLOCK_SECTION:
	case BLOCK_HEADING:
		return 5 * BODY;
	case BLOCK_TABLE:
		return 8 * BODY;
	case BLOCK_CHART:
		return chart_height(block->chart) + 3 * BODY;
	default:
		return BODY;
	}
}

static void
pdf_chart(struct pdf_flow *flow, const struct report_chart *chart)
{
	cairo_tag_begin(flow->paper.cr, "Figure", NULL);
	chart_draw(
	    &flow->paper, chart, flow->left, flow->y + 4, pdf_width(flow));
	cairo_tag_end(flow->paper.cr, "Figure");
	flow->y += chart_height(chart) + 8;
}

/* Each line of a passage is a paragraph. */
static void
pdf_lines(
    struct pdf_flow *flow, const struct pdf_style *style, const char *words)
{
	struct buf line;

	buf_init(&line);
	while (*words != '\0') {
		size_t n = strcspn(words, "\r\n");

		buf_clear(&line);
		buf_add(&line, words, n);
		pdf_paragraph(flow, style, buf_text(&line));
		words += n + (words[n] != '\0');
	}
	buf_finish(&line);
}

static void
pdf_block(struct pdf_flow *flow, const struct report_block *block)
{
	const struct pdf_style *style = &styles[block->kind];
	struct buf words;

	buf_init(&words);
	buf_printf(&words, "%s%s", block->kind == BLOCK_ITEM ? "- " : "",
	    block->table != NULL ? block->table->title : block->text);
	pdf_need(flow, room_below(block));
	if (block->kind == BLOCK_SECTION || block->kind == BLOCK_HEADING)
		pdf_outline(
		    flow, block->kind == BLOCK_SECTION ? 1 : 2, block->text);
	pdf_lines(flow, style, buf_text(&words));
	buf_finish(&words);
	if (block->table != NULL) {
		flow->y += 3;
		pdf_table(flow, block->table);
	} else if (block->chart != NULL) {
		pdf_chart(flow, block->chart);
	}
}

/* ----------------------------------------------------------- head and tail */

/* One line of a column, below the last; returns where the next begins. */
static double
head_line(struct pdf_flow *flow, const char *words, double size,
    unsigned weight, double x, double y, double width)
{
	if (words[0] == '\0')
		return y;
	return y + paper_write(&flow->paper, words, size, weight, PAPER_CENTRE,
		       x, y, width);
}

/* A rule in the middle of a column, a part of the words' width. */
static void
rule_below(struct pdf_flow *flow, const char *words, double size, double x,
    double y, double width, double part)
{
	PangoLayout *layout = paper_words(
	    &flow->paper, words, size, PAPER_BOLD, PAPER_LEFT, 0, 0);
	double length = fmin(paper_width(layout), width) * part;

	g_object_unref(layout);
	paper_line(&flow->paper, x + (width - length) / 2, y + 2,
	    x + (width + length) / 2, y + 2, 0.75);
}

static void
pdf_head(struct pdf_flow *flow, const struct report_head *h)
{
	double left = 0.4 * pdf_width(flow), right = pdf_width(flow) - left;
	double x = flow->left, middle = x + left, y = flow->y, z = flow->y;

	cairo_tag_begin(flow->paper.cr, "P", NULL);
	y = head_line(flow, h->superior, 13, 0, x, y, left);
	y = head_line(flow, h->agency, 13, PAPER_BOLD, x, y, left);
	rule_below(flow, h->agency, 13, x, y, left, 0.4);
	z = head_line(flow, h->nation, 12.5, PAPER_BOLD, middle, z, right);
	z = head_line(flow, h->motto, 14, PAPER_BOLD, middle, z, right);
	rule_below(flow, h->motto, 14, middle, z, right, 1);
	y = fmax(y, z) + 10;
	z = head_line(flow, h->number, 13, 0, x, y, left);
	y = head_line(flow, h->place_date, 14, PAPER_ITALIC, middle, y, right);
	cairo_tag_end(flow->paper.cr, "P");
	flow->y = fmax(y, z) + 16;
	pdf_paragraph(flow, &title_style, h->kind);
	pdf_paragraph(flow, &title_style, h->subject);
	pdf_paragraph(flow, &title_style, h->subject_period);
	rule_below(
	    flow, h->subject, 14, flow->left, flow->y, pdf_width(flow), 0.36);
	flow->y += 8;
	pdf_paragraph(flow, &aside_style, h->filter);
	pdf_paragraph(flow, &aside_style, h->draft);
	pdf_paragraph(flow, &address_style, h->addressee);
}

static void
pdf_tail(struct pdf_flow *flow, const struct report_head *h)
{
	double half = pdf_width(flow) / 2, middle = flow->left + half;
	double y, z;

	flow->y += 14;
	pdf_need(flow, TAIL);
	y = z = flow->y;
	cairo_tag_begin(flow->paper.cr, "P", NULL);
	y += paper_write(&flow->paper, h->receivers_title, 12,
	    PAPER_BOLD | PAPER_ITALIC, PAPER_LEFT, flow->left, y, half);
	for (size_t i = 0; i < h->nreceivers; i++)
		y += paper_write(&flow->paper, h->receivers[i], 11, 0,
		    PAPER_LEFT, flow->left, y, half);
	z = head_line(flow, h->authority, 14, PAPER_BOLD, middle, z, half);
	z = head_line(flow, h->post, 14, PAPER_BOLD, middle, z, half);
	z = head_line(flow, h->signer, 14, PAPER_BOLD, middle, z + 72, half);
	cairo_tag_end(flow->paper.cr, "P");
	flow->y = fmax(y, z);
}

/* ----------------------------------------------------------------- the file */

static void
pdf_metadata(struct pdf_flow *flow, const struct report *report)
{
	char day[CIVIL_DATE_TEXT], made[64];
	struct buf title;

	civil_format_date(report->source->period.day, day);
	snprintf(made, sizeof(made), "%sT00:00:00+07:00", day);
	buf_init(&title);
	buf_printf(&title, "%s, %s", report->head.subject,
	    report->head.subject_period);
	cairo_pdf_surface_set_metadata(
	    flow->surface, CAIRO_PDF_METADATA_TITLE, buf_text(&title));
	cairo_pdf_surface_set_metadata(
	    flow->surface, CAIRO_PDF_METADATA_AUTHOR, report->head.agency);
	cairo_pdf_surface_set_metadata(
	    flow->surface, CAIRO_PDF_METADATA_CREATOR, "hailong");
	cairo_pdf_surface_set_metadata(
	    flow->surface, CAIRO_PDF_METADATA_CREATE_DATE, made);
	buf_finish(&title);
}

bool
report_write_pdf(const struct report *report,
    const struct report_choice *choice, struct buf *out)
{
	const struct report_head *h = &report->head;
	struct pdf_flow flow;

	(void)choice;
	pdf_begin(&flow, out);
	pdf_metadata(&flow, report);
	pdf_head(&flow, h);
	for (size_t i = 0; i < report->nblocks; i++) {
		/* no signature stands on a page alone */
		if (i + 1 == report->nblocks)
			pdf_need(&flow, TAIL + 4 * BODY);
		pdf_block(&flow, &report->blocks[i]);
	}
	pdf_tail(&flow, h);
	pdf_new_page(&flow, true);
	pdf_outline(&flow, 1, h->annex_title);
	pdf_paragraph(&flow, &title_style, h->annex_title);
	pdf_paragraph(&flow, &aside_style, h->annex);
	for (size_t i = 0; i < report->nannex; i++)
		pdf_block(&flow, &report->annex[i]);
	return pdf_end(&flow);
}
