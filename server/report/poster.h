/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The desk's poster: how a citizen reaches the form, by QR, by hand, by SMS. */
#ifndef HAILONG_SERVER_REPORT_POSTER_H
#define HAILONG_SERVER_REPORT_POSTER_H

#include <stdbool.h>
#include "shared/buf.h"
#include "shared/text.h"

#define POSTER_URL_BYTES 200 /* longer addresses make a QR too fine to scan */

struct poster {
	const char *desk;      /* code, as texted: "LH1" */
	const char *desk_name; /* valid UTF-8 */
	const char *unit_name; /* valid UTF-8 */
	const char *url;       /* what the QR holds: "https://…/f/LH1" */
	const char *sms;       /* number to text to; NULL: no such line */
	enum lang lang;
};

/* Appends an A4 poster as one SVG document without outside parts (fonts by
 * name, so the printing machine needs one with Vietnamese letters). False,
 * nothing appended, when the URL is empty or over POSTER_URL_BYTES. */
bool poster_svg(const struct poster *p, struct buf *out);

#endif
