/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The one file of the collector that knows libqrencode. The drawing is one path
 * of runs of dark modules: short, and without seams at any scale. */
#include "server/view/qr.h"

#include <qrencode.h>

#define QUIET 4 /* modules of white around a QR code (ISO 18004) */

/* A struct qr is libqrencode's QRcode, seen with its quiet zone. */
static const QRcode *
qr_inside(const struct qr *qr)
{
	return (const QRcode *)qr;
}

struct qr *
qr_new(const char *text, enum qr_wear wear)
{
	return (struct qr *)QRcode_encodeString8bit(
	    text, 0, wear == QR_WORN ? QR_ECLEVEL_Q : QR_ECLEVEL_L);
}

int
qr_edge(const struct qr *qr)
{
	return qr_inside(qr)->width + 2 * QUIET;
}

bool
qr_dark(const struct qr *qr, int x, int y)
{
	int width = qr_inside(qr)->width;

	x -= QUIET;
	y -= QUIET;
	return x >= 0 && y >= 0 && x < width && y < width &&
	       (qr_inside(qr)->data[y * width + x] & 1) != 0;
}

void
qr_free(struct qr *qr)
{
	QRcode_free((QRcode *)qr);
}

int
qr_path(const char *text, enum qr_wear wear, struct buf *out)
{
	struct qr *qr = qr_new(text, wear);
	int edge = qr == NULL ? 0 : qr_edge(qr);

	for (int y = 0; y < edge; y++)
		for (int x = 0; x < edge; x++) {
			int from = x;

			while (qr_dark(qr, x, y))
				x++;
			if (x > from)
				buf_printf(out, "M%d %dh%dv1h%dz", from, y,
				    x - from, from - x);
		}
	qr_free(qr);
	return edge;
}
