/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The faces are told apart three ways, so that neither colour nor fine detail
 * is needed: the colour (blue through cream to orange, which stays a ramp for
 * every kind of colour blindness, unlike green to red), the mouth (open smile,
 * smile, nearly straight, frown, open frown), and the brows of the two
 * extremes. The neutral mouth rises slightly: a straight one was read as
 * displeased in trials. Units: the face's radius is 1, y grows downwards.
 */
#include "kiosk/screen/faces.h"

#include <math.h>
#include <stdbool.h>

struct look {
	double fill[3];
	double mouth;   /* how far the middle of the mouth hangs down */
	double corners; /* where its corners are */
	bool open;      /* the mouth shows its inside */
	double brow;    /* how far the inner end is lower; 0: no brows */
};

static const struct look looks[] = {
    [1] = {{0.95, 0.56, 0.20}, -0.36, 0.66, true, 0.13},
    [2] = {{0.98, 0.76, 0.50}, -0.24, 0.60, false, 0},
    [3] = {{0.95, 0.91, 0.80}, 0.07, 0.44, false, 0},
    [4] = {{0.67, 0.83, 0.93}, 0.28, 0.32, false, 0},
    [5] = {{0.36, 0.65, 0.86}, 0.62, 0.16, true, -0.13},
};

static void
ink(cairo_t *cr)
{
	cairo_set_source_rgb(cr, 0.10, 0.13, 0.18);
}

/* The origin to the middle of the square, the unit to the radius. */
static void
begin_drawing(cairo_t *cr, double size, double margin)
{
	cairo_save(cr);
	cairo_translate(cr, size / 2, size / 2);
	cairo_scale(cr, size / 2 * (1 - margin), size / 2 * (1 - margin));
	cairo_set_line_cap(cr, CAIRO_LINE_CAP_ROUND);
	cairo_set_line_join(cr, CAIRO_LINE_JOIN_ROUND);
}

static void
draw_head(cairo_t *cr, const struct look *look)
{
	cairo_arc(cr, 0, 0, 1, 0, 2 * M_PI);
	cairo_set_source_rgb(cr, look->fill[0], look->fill[1], look->fill[2]);
	cairo_fill_preserve(cr);
	ink(cr);
	cairo_set_line_width(cr, 0.06);
	cairo_stroke(cr);
}

static void
draw_eyes(cairo_t *cr)
{
	int side;

	for (side = -1; side <= 1; side += 2) {
		cairo_save(cr);
		cairo_translate(cr, side * 0.36, -0.20);
		cairo_scale(cr, 0.115, 0.165);
		cairo_arc(cr, 0, 0, 1, 0, 2 * M_PI);
		cairo_restore(cr);
		cairo_fill(cr);
	}
}

static void
draw_brows(cairo_t *cr, double brow)
{
	const double bow = brow < 0 ? -brow : 0, slope = brow > 0 ? brow : 0;
	const double y = -0.52;
	int side;

	cairo_set_line_width(cr, 0.085);
	for (side = -1; side <= 1; side += 2) {
		cairo_move_to(cr, side * 0.55, y - slope / 2);
		cairo_curve_to(cr, side * 0.45, y - slope / 4 - bow,
		    side * 0.30, y + slope / 4 - bow, side * 0.20,
		    y + slope / 2);
	}
	cairo_stroke(cr);
}

static void
draw_mouth(cairo_t *cr, const struct look *look)
{
	const double half = 0.50, y = look->corners;

	cairo_move_to(cr, -half, y);
	cairo_curve_to(cr, -half * 0.55, y + look->mouth, half * 0.55,
	    y + look->mouth, half, y);
	cairo_set_line_width(cr, 0.10);
	if (look->open) {
		/* The upper or lower lip closes the shape with a flat bow. */
		cairo_curve_to(cr, half * 0.5, y + look->mouth * 0.18,
		    -half * 0.5, y + look->mouth * 0.18, -half, y);
		cairo_fill_preserve(cr);
	}
	cairo_stroke(cr);
}

void
face_draw(cairo_t *cr, int face, double size)
{
	const struct look *look = &looks[face];

	begin_drawing(cr, size, 0.06);
	draw_head(cr, look);
	draw_eyes(cr);
	if (look->brow != 0)
		draw_brows(cr, look->brow);
	draw_mouth(cr, look);
	cairo_restore(cr);
}

static void
draw_check(cairo_t *cr, double width)
{
	cairo_move_to(cr, -0.48, 0.04);
	cairo_line_to(cr, -0.14, 0.40);
	cairo_line_to(cr, 0.50, -0.38);
	cairo_set_line_width(cr, width);
	cairo_stroke(cr);
}

void
tick_draw(cairo_t *cr, int ticked, double size)
{
	const double edge = 0.88, bend = 0.22;

	begin_drawing(cr, size, 0.1);
	cairo_new_sub_path(cr);
	cairo_arc(cr, edge - bend, -edge + bend, bend, -M_PI / 2, 0);
	cairo_arc(cr, edge - bend, edge - bend, bend, 0, M_PI / 2);
	cairo_arc(cr, -edge + bend, edge - bend, bend, M_PI / 2, M_PI);
	cairo_arc(cr, -edge + bend, -edge + bend, bend, M_PI, 1.5 * M_PI);
	cairo_close_path(cr);
	if (ticked)
		cairo_set_source_rgb(cr, 0.07, 0.30, 0.53);
	else
		cairo_set_source_rgb(cr, 1, 1, 1);
	cairo_fill_preserve(cr);
	cairo_set_source_rgb(cr, 0.07, 0.30, 0.53);
	cairo_set_line_width(cr, 0.12);
	cairo_stroke(cr);
	if (ticked) {
		cairo_set_source_rgb(cr, 1, 1, 1);
		draw_check(cr, 0.26);
	}
	cairo_restore(cr);
}

void
done_draw(cairo_t *cr, int unused, double size)
{
	(void)unused;
	begin_drawing(cr, size, 0.06);
	cairo_arc(cr, 0, 0, 1, 0, 2 * M_PI);
	cairo_set_source_rgb(cr, 0.07, 0.30, 0.53);
	cairo_fill(cr);
	cairo_set_source_rgb(cr, 1, 1, 1);
	draw_check(cr, 0.17);
	cairo_restore(cr);
}

void
listen_draw(cairo_t *cr, int off, double size)
{
	begin_drawing(cr, size, 0.04);
	ink(cr);
	cairo_move_to(cr, -0.85, -0.28);
	cairo_line_to(cr, -0.48, -0.28);
	cairo_line_to(cr, -0.05, -0.72);
	cairo_line_to(cr, -0.05, 0.72);
	cairo_line_to(cr, -0.48, 0.28);
	cairo_line_to(cr, -0.85, 0.28);
	cairo_close_path(cr);
	cairo_fill(cr);
	cairo_set_line_width(cr, 0.15);
	if (off) {
		cairo_move_to(cr, 0.22, -0.32);
		cairo_line_to(cr, 0.82, 0.32);
		cairo_move_to(cr, 0.82, -0.32);
		cairo_line_to(cr, 0.22, 0.32);
	} else {
		cairo_arc(cr, -0.02, 0, 0.42, -0.9, 0.9);
		cairo_new_sub_path(cr);
		cairo_arc(cr, -0.02, 0, 0.80, -0.9, 0.9);
	}
	cairo_stroke(cr);
	cairo_restore(cr);
}

const double *
face_colour(int face)
{
	return looks[face].fill;
}
