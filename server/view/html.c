/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A byte is looked up in a small switch and goes out as it is or as its
 * reference. The same reference serves text and quoted attributes, so that a
 * template's {{x}} is safe in both places. Unquoted attributes, scripts and
 * styles never hold anybody's words in this house.
 */
#include "server/view/html.h"

#include <stdbool.h>
#include <string.h>

static const char *
reference(unsigned char c)
{
	switch (c) {
	case '&':
		return "&amp;";
	case '<':
		return "&lt;";
	case '>':
		return "&gt;";
	case '"':
		return "&quot;";
	case '\'':
		return "&#39;";
	case '\t':
	case '\n':
	case '\r':
		return NULL;
	default:
		/* XML 1.0 has no way to write the others; SVG is XML */
		return c < 0x20 ? "\xEF\xBF\xBD" : NULL;
	}
}

void
html_text(struct buf *out, const char *text, size_t n)
{
	size_t from = 0;
	for (size_t i = 0; i < n; i++) {
		const char *ref = reference((unsigned char)text[i]);
		if (ref == NULL)
			continue;
		buf_add(out, text + from, i - from);
		buf_puts(out, ref);
		from = i + 1;
	}
	buf_add(out, text + from, n - from);
}

void
html_attr(struct buf *out, const char *name, const char *value)
{
	buf_printf(out, " %s=\"", name);
	for (const char *p = value; *p != '\0'; p++) {
		/* else a parser turns them into spaces (XML) or \n (CR) */
		if (*p == '\t' || *p == '\n' || *p == '\r')
			buf_printf(out, "&#%d;", *p);
		else
			html_text(out, p, 1);
	}
	buf_putc(out, '"');
}

static bool
unreserved(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       (c >= '0' && c <= '9') ||
	       (c != '\0' && strchr("-._~", c) != NULL);
}

void
html_url(struct buf *out, const char *text)
{
	for (const char *p = text; *p != '\0'; p++) {
		if (unreserved(*p))
			buf_putc(out, *p);
		else
			buf_printf(out, "%%%02X", (unsigned char)*p);
	}
}
