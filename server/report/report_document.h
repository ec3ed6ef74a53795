/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A report as the document of a template: of Word's (document.xml) and of the
 * page (pages/report). What it decides is how a table's header stands in two
 * lines and how wide its columns are.
 */
#ifndef HAILONG_SERVER_REPORT_REPORT_DOCUMENT_H
#define HAILONG_SERVER_REPORT_REPORT_DOCUMENT_H

#include <jansson.h>

struct report;
struct report_chart;

/* A picture of a chart, put into the document where it stands; number counts
 * from 1. The caller of report_document decides what it is. */
typedef json_t *report_picture(
    void *context, const struct report_chart *chart, int number);

/* The document: {head, body, annex}. Blocks are {section}, {heading},
 * {paragraph}, {sentence}, {passage: {key, edited, lines, words}}, {item},
 * {note}, {table}, {chart: {title, alt, picture}}; keep: the last one. A table
 * is {key, title, columns: [{width}], over: [{title, span, width, merged}] or
 * null, heads:
 * [{title, width, below}], rows: [{total, head, cells: [{words, left,
 * width}]}]}. Widths of a table add up to `width`, on a page across (annex) to
 * `across`. */
json_t *report_document(const struct report *report, int width, int across,
    report_picture *picture, void *context);

#endif
