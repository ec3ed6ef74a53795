/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The letters follow the pixels, so that the same page fills every screen; what
 * is touched follows the millimetres, as fingers have one size. One em is a
 * 46th of the width or a 28th of the height of a lying screen, whichever is
 * less; a standing one has room above, so its letters may be larger.
 */
#include "kiosk/scale.h"

#include <math.h>

#define USUAL_INCHES 10.1
#define MM_PER_INCH  25.4

static int
least(int a, int b)
{
	return a < b ? a : b;
}

void
scale_of(int width, int height, double inches, struct scale *out)
{
	double diagonal = hypot(width, height);
	double px_per_mm;

	if (inches < 3 || inches > 60)
		inches = USUAL_INCHES;
	px_per_mm = diagonal / (inches * MM_PER_INCH);
	out->width = width;
	out->height = height;
	out->upright = height > width;
	out->columns = out->upright ? 2 : 3;
	out->em = out->upright ? least(width / 30, height / 46)
			       : least(width / 46, height / 28);
	out->em = out->em < 8 ? 8 : out->em;
	out->target = (int)ceil(SCALE_TARGET_MM * px_per_mm);
	if (out->target < out->em * 18 / 5) /* room for a sign and a word */
		out->target = out->em * 18 / 5;
	/* a screen smaller than a kiosk's must still show its questions */
	out->target = least(out->target, least(width, height) * 23 / 100);
}

int
scale_rows(const struct scale *s, int room, int gap)
{
	int rows = (room + gap) / (s->target + gap);

	return rows < 1 ? 1 : rows;
}
