/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A QR code: its modules, and the same as a drawing. */
#ifndef HAILONG_SERVER_VIEW_QR_H
#define HAILONG_SERVER_VIEW_QR_H

#include <stdbool.h>
#include "shared/buf.h"

/* How much of it may be unreadable: 7 % on a screen, 25 % on a wall. */
enum qr_wear { QR_CLEAN, QR_WORN };

/* A code. Places count from the quiet zone's upper left corner, in modules. */
struct qr;

/* The code of a text, the caller's to free; NULL when the text is too long. */
struct qr *qr_new(const char *text, enum qr_wear wear);
/* The modules of an edge, quiet zone included. */
int qr_edge(const struct qr *qr);
/* True where the module at x, y of the code is dark. */
bool qr_dark(const struct qr *qr, int x, int y);
void qr_free(struct qr *qr);

/* Appends the dark modules of a text's QR code as the d of an SVG path, in
 * units of one module, quiet zone included. Returns the modules of an edge; 0,
 * nothing appended, when the text is too long. */
int qr_path(const char *text, enum qr_wear wear, struct buf *out);

#endif
