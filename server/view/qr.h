/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A QR code as a drawing. */
#ifndef HAILONG_SERVER_VIEW_QR_H
#define HAILONG_SERVER_VIEW_QR_H

#include "shared/buf.h"

/* How much of it may be unreadable: 7 % on a screen, 25 % on a wall. */
enum qr_wear { QR_CLEAN, QR_WORN };

/* Appends the dark modules of a text's QR code as the d of an SVG path, in
 * units of one module, quiet zone included. Returns the modules of an edge; 0,
 * nothing appended, when the text is too long. */
int qr_path(const char *text, enum qr_wear wear, struct buf *out);

#endif
