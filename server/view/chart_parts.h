/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the pictures of chart.h have in common. Places are percent of the
 * picture's width, heights are pixels, neither ever negative.
 */
#ifndef HAILONG_SERVER_VIEW_CHART_PARTS_H
#define HAILONG_SERVER_VIEW_CHART_PARTS_H

#include <stdbool.h>
#include "shared/buf.h"

#define PART_BLUE "#4a86c0" /* 3 : 1 against paper, ground and marks */

/* The flat bar on which interval and difference stand. */
#define PART_BAR_Y      8
#define PART_BAR_HEIGHT 12
#define PART_BAR_MIDDLE (PART_BAR_Y + PART_BAR_HEIGHT / 2)

/* The narrowest picture, a card on a phone of 320 pixels: what fits there fits
 * everywhere. */
#define PART_NARROW 280
/* Pixels that a letter takes, generously. */
#define PART_LETTER 8

enum part_mark { PART_DOT, PART_ARROW_LEFT, PART_ARROW_RIGHT };

/* True for a number from 0 to 100. */
bool part_is_percent(double value);
/* Where a percentage stands on a scale from..100: 0..1, what is below the scale
 * at its beginning. */
double part_place(double from, double percent);
/* How many pixels words may take. */
double part_width(const char *words);

/* Appends the <svg> of a picture and its title, up to what it shows. */
void part_open(
    struct buf *out, const char *class, int height, const char *title);
/* Appends ` name="12.34%"`. */
void part_at(struct buf *out, const char *name, double percent);
/* Appends ` name="12.3"`. */
void part_px(struct buf *out, const char *name, double pixels);
/* Appends the bar's ground. */
void part_track(struct buf *out);
/* Appends an interval on the bar. */
void part_band(struct buf *out, double lo, double hi);
/* Appends a share or difference on the bar: a dot with a light rim, or an arrow
 * at the edge it lies beyond. */
void part_mark(struct buf *out, double x, enum part_mark mark);
/* Opens and closes a group of labels. */
void part_labels(struct buf *out);
void part_labels_end(struct buf *out);
/* Appends one label of the group; anchor: start, middle or end. */
void part_label(
    struct buf *out, double x, double y, const char *anchor, const char *words);

#endif
