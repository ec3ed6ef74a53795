/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The one normaliser of a catalogue's cells. What a person cannot see is no
 * change and no error: the way a letter is put together, blanks around a text,
 * more than one of them within, and how a spreadsheet wrote a date or a
 * percentage. Whatever is read, from
 * files, pages or the database, passes here before it is compared.
 *
 * A date with slashes, points or hyphens is day, month, year, as spreadsheets
 * write it here; one that does not exist stays as it stands, for folder_check
 * to name it.
 */
#include "server/core/catalogue/folder.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "shared/arena.h"
#include "shared/civil.h"
#include "shared/clean_text.h"
#include "shared/utf8.h"

int64_t
percent4_read(const char *text)
{
	int64_t value = 0;
	int decimals = -1;

	for (const char *p = text; *p != '\0'; p++) {
		if (*p == '.' && decimals < 0 && p != text) {
			decimals = 0;
		} else if (*p >= '0' && *p <= '9' && decimals < 4 &&
			   value < 1000000) {
			value = value * 10 + (*p - '0');
			decimals += decimals >= 0;
		} else {
			return -1;
		}
	}
	for (int i = decimals < 0 ? 0 : decimals; i < 4; i++)
		value *= 10;
	return text[0] != '\0' && decimals != 0 && value > 0 && value < 1000000
		   ? value
		   : -1;
}

const char *
percent4_text(struct arena *a, int64_t percent4)
{
	char *out = arena_printf(a, "%lld.%04lld", (long long)percent4 / 10000,
	    (long long)percent4 % 10000);
	size_t n = strlen(out);

	while (out[n - 1] == '0')
		out[--n] = '\0';
	if (out[n - 1] == '.')
		out[n - 1] = '\0';
	return out;
}

/* A cell as free text; one that is not UTF-8 stays as it stands, for
 * folder_check to name it. */
static const char *
clean_words(struct arena *a, const char *cell)
{
	size_t n = strlen(cell);

	return utf8_whole(cell, n) ? clean_text(a, cell, n, NULL) : cell;
}

/* Blanks side by side are one: a page and a poster show no more. */
static const char *
single_blanks(struct arena *a, const char *cell)
{
	char *out = arena_strdup(a, cell), *to = out;

	for (; *cell != '\0'; cell++) {
		char c = *cell == '\t' ? ' ' : *cell;

		if (c != ' ' || to == out || to[-1] != ' ')
			*to++ = c;
	}
	*to = '\0';
	return out;
}

/* What a spreadsheet adds to a day. */
static bool
is_midnight(const char *rest)
{
	return rest[0] == '\0' || strcmp(rest, " 0:00") == 0 ||
	       strcmp(rest, " 00:00") == 0 || strcmp(rest, " 0:00:00") == 0 ||
	       strcmp(rest, " 00:00:00") == 0;
}

static const char *
clean_date(struct arena *a, const char *cell)
{
	struct civil date = {0};
	char one[2] = "", other[2] = "";
	int end = 0;

	if (sscanf(cell, "%2d%1[/.-]%2d%1[/.-]%4d%n", &date.day, one,
		&date.month, other, &date.year, &end) != 5 &&
	    sscanf(cell, "%4d%1[/.-]%2d%1[/.-]%2d%n", &date.year, one,
		&date.month, other, &date.day, &end) != 5)
		return cell;
	if (one[0] != other[0] || !is_midnight(cell + end) ||
	    date.year < 1000 || !civil_valid(date))
		return cell;
	return arena_printf(
	    a, "%04d-%02d-%02d", date.year, date.month, date.day);
}

/* "87,5 %", as people write it, is 87.5. */
static const char *
clean_percent(struct arena *a, const char *cell)
{
	char *out = arena_strdup(a, cell);
	size_t n = strlen(out);
	int64_t percent4;

	if (n > 0 && out[n - 1] == '%')
		out[n - 1] = '\0';
	out = (char *)clean_words(a, out);
	for (char *c = out; *c != '\0'; c++)
		if (*c == ',')
			*c = '.';
	percent4 = percent4_read(out);
	return percent4 < 0 ? cell : percent4_text(a, percent4);
}

/* Codes separated by '|', none of them empty. */
static const char *
clean_list(struct arena *a, const char *cell)
{
	const char *out = "";

	for (size_t n; *cell != '\0'; cell += n + (cell[n] == '|')) {
		const char *code;

		n = strcspn(cell, "|");
		code = clean_words(a, arena_strndup(a, cell, n));
		if (code[0] != '\0')
			out = arena_printf(
			    a, "%s%s%s", out, out[0] == '\0' ? "" : "|", code);
	}
	return out;
}

/* Every text of a form's document, in place. */
static void
clean_json(struct arena *a, json_t *json)
{
	const char *key;
	json_t *value;
	size_t i;

	if (json_is_string(json))
		json_string_set(json, clean_words(a, json_string_value(json)));
	json_array_foreach (json, i, value)
		clean_json(a, value);
	json_object_foreach (json, key, value)
		clean_json(a, value);
}

static const char *
clean_document(struct arena *a, const char *cell)
{
	json_t *document = json_loads(cell, 0, NULL);
	struct sheet_row row = {{NULL}, NULL, 0};
	bool whole;

	clean_json(a, document);
	whole = document != NULL && form_row(a, document, &row);
	json_decref(document);
	return whole ? row.cells[FORM_DOCUMENT] : cell;
}

static const char *
clean_cell(struct arena *a, enum sheet_name sheet, int column, const char *cell)
{
	if (sheet == SHEET_FORMS)
		return column == FORM_DOCUMENT ? clean_document(a, cell) : cell;
	cell = single_blanks(a, clean_words(a, cell));
	if ((sheet == SHEET_UNITS &&
		(column == UNIT_FROM || column == UNIT_TO)) ||
	    (sheet == SHEET_SUCCESSORS && column == SUCCESSOR_FROM) ||
	    (sheet == SHEET_TARGETS && column == TARGET_FROM))
		return clean_date(a, cell);
	if (sheet == SHEET_TARGETS && column == TARGET_PERCENT)
		return clean_percent(a, cell);
	if (sheet == SHEET_DESKS && column == DESK_FIELDS)
		return clean_list(a, cell);
	return cell;
}

void
folder_clean(struct arena *a, struct folder *f)
{
	for (int s = 0; s < SHEET_COUNT; s++)
		for (size_t i = 0; i < f->sheets[s].count; i++) {
			const char **cells = f->sheets[s].rows[i].cells;

			for (int k = 0; k < (int)sheet_kinds[s].ncolumns; k++)
				cells[k] = clean_cell(
				    a, (enum sheet_name)s, k, cells[k]);
		}
}
