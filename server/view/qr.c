/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One path of runs of dark modules: short, and without seams when it is drawn
 * at any scale. */
#include "server/view/qr.h"

#include <qrencode.h>

#define QUIET 4 /* modules of white around a QR code (ISO 18004) */

int
qr_path(const char *text, enum qr_wear wear, struct buf *out)
{
	QRcode *qr = QRcode_encodeString8bit(
	    text, 0, wear == QR_WORN ? QR_ECLEVEL_Q : QR_ECLEVEL_L);
	int edge;

	if (qr == NULL)
		return 0;
	for (int y = 0; y < qr->width; y++) {
		const unsigned char *row = qr->data + y * qr->width;

		for (int x = 0; x < qr->width; x++) {
			int from = x;

			while (x < qr->width && (row[x] & 1) != 0)
				x++;
			if (x > from)
				buf_printf(out, "M%d %dh%dv1h%dz", from + QUIET,
				    y + QUIET, x - from, from - x);
		}
	}
	edge = qr->width + 2 * QUIET;
	QRcode_free(qr);
	return edge;
}
