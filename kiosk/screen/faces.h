/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The kiosk's own drawings: five faces, ticks, a loudspeaker. Vector, so that
 * they are sharp at any size; no font and no picture file is needed. */
#ifndef HAILONG_KIOSK_SCREEN_FACES_H
#define HAILONG_KIOSK_SCREEN_FACES_H

#include <cairo.h>

/* Draws face 5 (very satisfied) … 1 (very dissatisfied) into a square of the
 * given size at the origin; so do the others. */
void face_draw(cairo_t *cr, int face, double size);
/* A box to tick, ticked or not. */
void tick_draw(cairo_t *cr, int ticked, double size);
/* The large round tick of the thanks. */
void done_draw(cairo_t *cr, int unused, double size);
/* A loudspeaker, struck through or not. */
void listen_draw(cairo_t *cr, int off, double size);
/* The colour a face is filled with, red, green, blue from 0 to 1. */
const double *face_colour(int face);

#endif
