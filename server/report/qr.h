/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A QR code as a file: SVG or PDF for printing, PNG for a screen. */
#ifndef HAILONG_SERVER_REPORT_QR_H
#define HAILONG_SERVER_REPORT_QR_H

#include <stdbool.h>
#include "shared/buf.h"

enum qr_kind { QR_SVG, QR_PNG, QR_PDF };

/* The kind that a file's name ends in; false for others. */
bool qr_kind_of(const char *path, enum qr_kind *kind);
/* Appends the code of an address, with its quiet zone. False, nothing appended,
 * for an address that is too long. */
bool qr_draw(const char *address, enum qr_kind kind, struct buf *out);

#endif
