/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * How large things are on a screen of so many pixels and millimetres: 7 to 15.6
 * inches, lying or standing. Pure.
 */
#ifndef HAILONG_KIOSK_SCALE_H
#define HAILONG_KIOSK_SCALE_H

#include <stdbool.h>

#define SCALE_TARGET_MM 20 /* nothing to touch is smaller, either way */

struct scale {
	int width, height; /* px */
	int em;            /* px: the font size that everything follows */
	int target;        /* px: the least edge of what is touched */
	bool upright;      /* faces below one another, tiles two abreast */
	int columns;       /* of tiles */
};

/* inches: the panel's diagonal, 0: unknown, 10.1 is assumed. */
void scale_of(int width, int height, double inches, struct scale *out);
/* Rows of tiles of the least size that fit into so many px with a gap between
 * them; at least one. */
int scale_rows(const struct scale *s, int room, int gap);

#endif
