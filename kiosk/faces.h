/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The kiosk's own drawings: five faces and the tick. Vector, so that they are
 * sharp at any size; no font and no picture file is needed. */
#ifndef HAILONG_KIOSK_FACES_H
#define HAILONG_KIOSK_FACES_H

#include <cairo.h>
#include <stdbool.h>

/* Draws face 5 (very satisfied) … 1 (very dissatisfied) into a square of the
 * given size at the origin. */
void face_draw(cairo_t *cr, int face, double size);
/* Draws a box to tick into such a square, ticked or not. */
void tick_draw(cairo_t *cr, bool ticked, double size);
/* Draws the large round tick of the thanks. */
void done_draw(cairo_t *cr, double size);

#endif
