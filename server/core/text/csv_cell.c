/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A formula is recognised by its first sign (OWASP, "CSV Injection"), also
 * behind blanks and in full-width form, which some spreadsheets skip and fold.
 * A number with a sign is none. */
#include "server/core/text/csv_cell.h"

#include <stdbool.h>
#include <string.h>

static bool
text_is_number(const char *text)
{
	size_t digits;

	text += *text == '-' || *text == '+';
	digits = strspn(text, "0123456789");
	text += digits;
	if (digits > 0 && (*text == '.' || *text == ',')) {
		digits = strspn(text + 1, "0123456789");
		text += 1 + digits;
	}
	return digits > 0 && *text == '\0';
}

static bool
text_is_formula(const char *text)
{
	static const char *const wide[] = {"＝", "＋", "－", "＠"};

	if (*text == '\t' || *text == '\r' || *text == '\n')
		return true;
	text += strspn(text, " ");
	for (size_t i = 0; i < sizeof(wide) / sizeof(wide[0]); i++)
		if (strncmp(text, wide[i], strlen(wide[i])) == 0)
			return true;
	return *text != '\0' && strchr("=+-@", *text) != NULL &&
	       !text_is_number(text);
}

void
csv_cell(struct buf *out, const char *text)
{
	bool quoted;

	if (text == NULL)
		return;
	quoted = text[strcspn(text, "\",;\r\n")] != '\0' || *text == ' ';
	if (quoted)
		buf_putc(out, '"');
	if (text_is_formula(text))
		buf_putc(out, '\'');
	for (; *text != '\0'; text++) {
		if (*text == '"')
			buf_putc(out, '"');
		buf_putc(out, *text);
	}
	if (quoted)
		buf_putc(out, '"');
}

void
csv_row(struct buf *out, const char *const *cells, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (i > 0)
			buf_putc(out, ',');
		csv_cell(out, cells[i]);
	}
	buf_puts(out, "\r\n");
}
