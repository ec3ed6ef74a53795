/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Escaping, named for the place the text lands in (HTML and SVG alike). */
#ifndef HAILONG_SERVER_VIEW_HTML_H
#define HAILONG_SERVER_VIEW_HTML_H

#include <stddef.h>
#include "shared/buf.h"

/* Appends n bytes of valid UTF-8 as text between tags or inside a quoted
 * attribute: & < > " ' become references, control characters that XML forbids
 * become U+FFFD. */
void html_text(struct buf *out, const char *text, size_t n);
/* Appends a whole attribute, with a space before: ` name="value"`. The name is
 * ours and not escaped; line breaks and tabs of the value survive. */
void html_attr(struct buf *out, const char *name, const char *value);
/* Appends text as one argument or path segment of a URL: every byte but the
 * unreserved ones of RFC 3986 as %XX. */
void html_url(struct buf *out, const char *text);

#endif
