/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A row of scores in the reader's words and as pictures. */
#ifndef HAILONG_SERVER_PAGES_SCORES_FIGURE_H
#define HAILONG_SERVER_PAGES_SCORES_FIGURE_H

#include <jansson.h>
#include <stdbool.h>
#include "server/core/score/score.h"
#include "server/view/chart.h"

struct scope;

/* The verdict may be coloured: reading it daily would not turn it, and no burst
 * awaits a decision. */
bool figure_firm(const struct score *row);
/* True when what so few people said may not be shown. */
bool figure_hidden(const struct score *row);
/* The verdict that is shown: of what is hidden, that there are too few. */
enum verdict figure_verdict(const struct score *row);
/* The side on which a verdict not yet known stands, "below", "above"; NULL:
 * none is shown. */
const char *figure_lean(const struct score *row);
/* What is said of the row at a glance: that, or else the verdict's name; ends
 * the key of its word and the name of its mark. */
const char *figure_said(const struct score *row);
/* The verdict in full. */
const char *figure_sentence(const struct scope *scope, const struct score *row);
/* What every table says of a row, put into its document: valid, share, lo, hi,
 * target, verdict, firm, lean, said, why, as rows.html explains them. */
void figure_put(
    json_t *doc, const struct scope *scope, const struct score *row);
/* The members of a row, as rows.html names them; href NULL: no way on. labels:
 * the chart bears words. */
json_t *figure_document(const struct scope *scope, const struct score *row,
    const char *name, const char *href, bool labels);
/* What became of the row's dossiers: {finished, late, refused} in percent; null
 * where none were announced. */
json_t *figure_dossiers(const struct scope *scope, const struct score *row);
/* How many of them were rated: {coverage, dossiers, tied: how many of these
 * have an answer tied to them}; null likewise, where more
 * were rated than there are, and where too few were. */
json_t *figure_coverage(const struct scope *scope, const struct score *row);
/* A scale's lower edge: a multiple of ten below the target and all shares. */
double figure_edge(
    const struct chart_point *points, size_t count, double target);
/* What a chart function appended, as a string; the buffer is finished. */
json_t *figure_picture(struct buf *svg);

#endif
