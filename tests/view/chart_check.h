/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Looking at a picture in a test: its text, and what librsvg makes of it on
 * white paper.
 */
#ifndef HAILONG_TESTS_VIEW_CHART_CHECK_H
#define HAILONG_TESTS_VIEW_CHART_CHECK_H

#include "shared/buf.h"

/* Fails unless the picture has this part; or unless it lacks it. */
void expect_part(const struct buf *svg, const char *part);
void expect_no_part(const struct buf *svg, const char *part);
/* How often a part stands in the picture. */
int count_parts(const struct buf *svg, const char *part);
/* Fails unless the picture is the text of data/charts/NAME.svg, byte for byte,
 * and can be drawn. With HAILONG_PREVIEW=DIR the picture is kept there, as SVG
 * and as PNG of 320 and 1200 pixels, to be looked at and, if it is right, put
 * in the place of the golden one. */
void expect_golden(const char *name, const struct buf *svg);
/* The colour (0xRRGGBB) at x percent of the width, y pixels below the top, when
 * the picture is drawn with this width. */
unsigned colour_at(const struct buf *svg, int width, double x, int y);

#endif
