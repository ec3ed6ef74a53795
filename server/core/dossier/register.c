/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What spreadsheets and databases put around a table is taken away here, once,
 * so that csv.h reads plain records and dossier.h plain cells. The header is
 * the first record that names the code's column; column names are compared
 * without regard to capitals and blanks. A column that is not ours is named and
 * left aside: an office cannot always choose what it exports, and what is not
 * asked for is not kept.
 */
#include "server/core/dossier/register.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include "shared/arena.h"
#include "shared/buf.h"
#include "shared/csv.h"
#include "shared/utf8.h"

#define HEAD_RECORDS 30 /* titles stand above the header, not pages of them */
#define NOT_OURS     CELL_COUNT

/* A file in UTF-16 with its mark, as UTF-8; others as they are. What is no
 * character stays recognizable as such, and is refused with its line. */
static void
plain_bytes(struct arena *a, const char **data, size_t *size)
{
	const uint8_t *in = (const uint8_t *)*data;
	bool little = *size >= 2 && in[0] == 0xff && in[1] == 0xfe;
	struct buf out;

	if (!little && !(*size >= 2 && in[0] == 0xfe && in[1] == 0xff))
		return;
	buf_init(&out);
	for (size_t i = 2; i + 1 < *size; i += 2) {
		uint32_t c = little ? in[i] | (uint32_t)in[i + 1] << 8
				    : in[i + 1] | (uint32_t)in[i] << 8;
		uint32_t low = i + 3 >= *size ? 0
			       : little ? in[i + 2] | (uint32_t)in[i + 3] << 8
					: in[i + 3] | (uint32_t)in[i + 2] << 8;

		if (c >= 0xd800 && c < 0xdc00 && low >= 0xdc00 &&
		    low < 0xe000) {
			c = 0x10000 + ((c - 0xd800) << 10) + (low - 0xdc00);
			i += 2;
		}
		utf8_put(&out, c);
	}
	*data = arena_strndup(a, buf_text(&out), out.size);
	*size = out.size;
	buf_finish(&out);
}

/* "sep=;" as the first line, which is for spreadsheets: its sign, and the line
 * is skipped; '\0': there is none. */
static char
sep_line(const char **data, size_t *size)
{
	const char *at = *data;
	size_t n = 5;
	char sign;

	if (*size < 6 || strncasecmp(at, "sep=", 4) != 0)
		return '\0';
	sign = at[4];
	while (n < *size && (at[n] == '\r' || at[n] == ' '))
		n++;
	if (n == *size || at[n] != '\n')
		return '\0';
	*data += n + 1;
	*size -= n + 1;
	return sign;
}

/* The one of comma, semicolon and tab that the table's beginning has most of.
 */
static char
likely_separator(const char *data, size_t size)
{
	static const char signs[] = ",;\t";
	size_t count[3] = {0}, best = 0;

	for (size_t i = 0; i < size && i < 4096; i++)
		for (size_t k = 0; k < 3; k++)
			count[k] += data[i] == signs[k];
	for (size_t k = 1; k < 3; k++)
		best = count[k] > count[best] ? k : best;
	return signs[best];
}

static const char *
trimmed(struct arena *a, const char *cell)
{
	size_t n = strlen(cell);
	const char *from = cell;

	utf8_trim_unseen(&from, &n);
	return from == cell && cell[n] == '\0' ? cell
					       : arena_strndup(a, from, n);
}

static enum dossier_cell
register_column(struct arena *a, const char *name)
{
	int i = 0;

	name = trimmed(a, name);
	while (i < CELL_COUNT && strcasecmp(dossier_cells[i], name) != 0)
		i++;
	return (enum dossier_cell)i;
}

static bool
names_code(struct arena *a, const struct csv_record *r)
{
	for (size_t i = 0; i < r->ncells; i++)
		if (register_column(a, r->cells[i]) == CELL_CODE)
			return true;
	return false;
}

/* Where each cell of a row goes. */
static bool
read_head(struct arena *a, const struct csv_record *head,
    enum dossier_cell *place, struct dossier_register *out, char *error,
    size_t error_size)
{
	bool seen[CELL_COUNT + 1] = {false};

	out->left_aside = "";
	for (size_t i = 0; i < head->ncells; i++) {
		const char *name = trimmed(a, head->cells[i]);

		place[i] = register_column(a, name);
		if (place[i] == NOT_OURS && *name != '\0')
			out->left_aside =
			    arena_printf(a, "%s%s\"%.60s\"", out->left_aside,
				*out->left_aside ? ", " : "", name);
		if (place[i] != NOT_OURS && seen[place[i]]) {
			snprintf(error, error_size,
			    "column \"%s\" is there twice", name);
			return false;
		}
		seen[place[i]] = true;
	}
	for (int i = 0; i < CELL_REQUIRED; i++)
		if (!seen[i]) {
			snprintf(error, error_size, "column \"%s\" is missing",
			    dossier_cells[i]);
			return false;
		}
	return true;
}

/* False for a row in which nothing stands. */
static bool
read_register_row(struct arena *a, const struct csv_record *r,
    const enum dossier_cell *place, size_t nplaces, struct register_row *row)
{
	const char **cells = arena_alloc(a, CELL_COUNT * sizeof(*cells));
	bool any = false, fits = r->ncells >= nplaces;

	memset(cells, 0, CELL_COUNT * sizeof(*cells));
	for (size_t i = 0; i < r->ncells; i++) {
		const char *cell = trimmed(a, r->cells[i]);

		any |= *cell != '\0';
		fits &= i < nplaces || *cell == '\0';
		if (i < nplaces && place[i] != NOT_OURS)
			cells[place[i]] = cell;
	}
	row->line = r->line;
	row->cells = fits ? cells : NULL;
	return any;
}

bool
register_read(struct arena *a, const char *data, size_t size,
    struct dossier_register *out, char *error, size_t error_size)
{
	size_t n, head = 0, skipped;
	enum dossier_cell *place;
	struct csv_record *all;
	char separator;

	plain_bytes(a, &data, &size);
	if (size >= 3 && memcmp(data, "\xef\xbb\xbf", 3) == 0) {
		data += 3;
		size -= 3;
	}
	separator = sep_line(&data, &size);
	skipped = separator != '\0';
	if (size > 0 && data[strspn(data, " \t\r\n")] == '<') {
		snprintf(error, error_size,
		    "this is a web page's table under another name; open it in "
		    "the spreadsheet program and save it as CSV UTF-8");
		return false;
	}
	if (separator == '\0')
		separator = likely_separator(data, size);
	all = csv_records(a, data, size, separator, &n, error, error_size);
	if (all == NULL)
		return false;
	while (head < n && head < HEAD_RECORDS && !names_code(a, &all[head]))
		head++;
	if (head == n || head == HEAD_RECORDS) {
		snprintf(error, error_size, "column \"code\" is missing");
		return false;
	}
	place = arena_alloc(a, all[head].ncells * sizeof(*place));
	if (!read_head(a, &all[head], place, out, error, error_size))
		return false;
	out->rows = arena_alloc(a, (n - head) * sizeof(*out->rows));
	out->nrows = 0;
	for (size_t i = head + 1; i < n; i++) {
		struct register_row *row = &out->rows[out->nrows];

		if (!read_register_row(
			a, &all[i], place, all[head].ncells, row))
			continue;
		row->line += (int)skipped;
		out->nrows++;
	}
	return true;
}
