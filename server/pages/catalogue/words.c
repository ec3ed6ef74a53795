/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Cells and deeds in the reader's words. One function for lists, previews and
 * history, so that a thing is called the same wherever it stands. */
#include "server/pages/catalogue/index.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "server/store/audit.h"
#include "server/view/number.h"
#include "server/core/words.h"
#include "shared/civil.h"

#define DEEDS_MOST 50

json_t *
admin_string(const char *words)
{
	return words == NULL || words[0] == '\0' ? json_null()
						 : json_string(words);
}

const char *
admin_count(struct admin *a, int64_t n)
{
	char out[NUMBER_TEXT];

	number_count(n, a->lang == LANG_VI ? ',' : '.', out);
	return arena_strdup(a->arena, out);
}

/* Words of a key with a code in it, else the code. */
static const char *
coded(struct admin *a, const char *kind, const char *code)
{
	const char *words =
	    text_find(a->lang, arena_printf(a->arena, "%s.%s", kind, code));

	return words == NULL ? code : words;
}

/* The name of a row of another sheet, with its code. */
static const char *
named(struct admin *a, enum sheet_name sheet, int column, const char *code)
{
	const struct sheet_row *row = folder_row(&a->folder, sheet, code);

	return row == NULL ? code
			   : arena_printf(
				 a->arena, "%s (%s)", row->cells[column], code);
}

static const char *
date_words(struct admin *a, const char *cell)
{
	int32_t day;

	return civil_parse_date(cell, &day) ? words_date(a->arena, day) : cell;
}

static const char *
percent_words(struct admin *a, const char *cell)
{
	char *words = arena_printf(a->arena, "%s%%", cell);
	char *point = strchr(words, '.');

	if (point != NULL && a->lang == LANG_VI)
		*point = ',';
	return words;
}

/* "Đất đai, Xây dựng" of "dat-dai|xay-dung". */
static const char *
fields_words(struct admin *a, const char *cell)
{
	const char *out = "";

	while (*cell != '\0') {
		size_t n = strcspn(cell, "|");
		const char *code = arena_strndup(a->arena, cell, n);
		const struct sheet_row *row =
		    folder_row(&a->folder, SHEET_FIELDS, code);

		out = arena_printf(a->arena, "%s%s%s", out,
		    out[0] == '\0' ? "" : ", ",
		    row == NULL ? code : row->cells[FIELD_NAME]);
		cell += n + (cell[n] == '|');
	}
	return out;
}

static const char *
unit_words(struct admin *a, int column, const char *cell)
{
	if (column == UNIT_PARENT)
		return named(a, SHEET_UNITS, UNIT_NAME, cell);
	if (column == UNIT_LEVEL)
		return coded(a, "level", cell);
	return column == UNIT_FROM || column == UNIT_TO ? date_words(a, cell)
							: cell;
}

static const char *
target_words(struct admin *a, int column, const char *cell)
{
	switch (column) {
	case TARGET_POPULATION:
		return coded(a, "population", cell);
	case TARGET_GROUP:
		return coded(a, "group", cell);
	case TARGET_FROM:
		return date_words(a, cell);
	default:
		return percent_words(a, cell);
	}
}

const char *
admin_cell(struct admin *a, enum sheet_name sheet, int column, const char *cell)
{
	if (cell[0] == '\0')
		return cell;
	switch (sheet) {
	case SHEET_UNITS:
		return unit_words(a, column, cell);
	case SHEET_SUCCESSORS:
		return column == SUCCESSOR_FROM
			   ? date_words(a, cell)
			   : named(a, SHEET_UNITS, UNIT_NAME, cell);
	case SHEET_FIELDS:
		return column == FIELD_GROUP ? coded(a, "group", cell) : cell;
	case SHEET_TARGETS:
		return target_words(a, column, cell);
	case SHEET_DESKS:
		return column == DESK_UNIT
			   ? named(a, SHEET_UNITS, UNIT_NAME, cell)
		       : column == DESK_FIELDS ? fields_words(a, cell)
					       : cell;
	default:
		return cell;
	}
}

const char *
admin_column(struct admin *a, enum sheet_name sheet, int column)
{
	return admin_text(
	    a, arena_printf(a->arena, "column.%s.%s", sheet_kinds[sheet].name,
		   sheet_kinds[sheet].columns[column]));
}

const char *
admin_name(struct admin *a, enum sheet_name sheet, const struct sheet_row *row,
    const char *key)
{
	if (row == NULL)
		return key;
	switch (sheet) {
	case SHEET_UNITS:
		return row->cells[UNIT_NAME];
	case SHEET_FIELDS:
		return row->cells[FIELD_NAME];
	case SHEET_DESKS:
		return row->cells[DESK_NAME];
	case SHEET_TARGETS:
		return arena_printf(a->arena, "%s, %s",
		    admin_cell(a, sheet, TARGET_POPULATION,
			row->cells[TARGET_POPULATION]),
		    date_words(a, row->cells[TARGET_FROM]));
	case SHEET_SUCCESSORS:
		return arena_printf(a->arena, "%s → %s",
		    admin_cell(
			a, sheet, SUCCESSOR_UNIT, row->cells[SUCCESSOR_UNIT]),
		    admin_cell(
			a, sheet, SUCCESSOR_NEXT, row->cells[SUCCESSOR_NEXT]));
	default:
		return admin_fill(a, "admin.form.name", "code",
		    row->cells[FORM_CODE], "version", row->cells[FORM_VERSION]);
	}
}

/* -------------------------------------------------------------------- history
 */

/* A member of a deed's before or after, as a cell: settings and forms have
 * numbers and lists, too. */
static const char *
member_words(struct admin *a, enum sheet_name sheet, int column,
    const json_t *object, const char *name)
{
	const json_t *value = json_object_get(object, name);
	char *dump;
	const char *kept;

	if (value == NULL)
		return "";
	if (json_is_string(value))
		return sheet == SHEET_COUNT ? json_string_value(value)
					    : admin_cell(a, sheet, column,
						  json_string_value(value));
	dump = json_dumps(value, JSON_ENCODE_ANY | JSON_COMPACT);
	kept = arena_strdup(a->arena, dump);
	free(dump);
	return kept;
}

static void
add_member(struct admin *a, json_t *list, enum sheet_name sheet, int column,
    const char *words, const char *name, const json_t *before,
    const json_t *after)
{
	const json_t *was = json_object_get(before, name);
	const json_t *is = json_object_get(after, name);

	if (json_equal(was, is) || (was == NULL && is == NULL))
		return;
	json_array_append_new(list,
	    json_pack("{s:s, s:o, s:o}", "name", words, "before",
		admin_string(arena_strdup(
		    a->arena, member_words(a, sheet, column, before, name))),
		"after",
		admin_string(arena_strdup(
		    a->arena, member_words(a, sheet, column, after, name)))));
}

static enum sheet_name
sheet_of(const char *act)
{
	for (int s = 0; s < SHEET_COUNT; s++) {
		size_t n = strlen(sheet_kinds[s].word);

		if (strncmp(act, sheet_kinds[s].word, n) == 0 && act[n] == '.')
			return (enum sheet_name)s;
	}
	return SHEET_COUNT;
}

static json_t *
deed_changes(struct admin *a, const struct deed *d)
{
	enum sheet_name sheet = sheet_of(d->act);
	json_t *before = json_loads(d->before, 0, NULL);
	json_t *after = json_loads(d->after, 0, NULL);
	json_t *list = json_array();

	if (sheet < SHEET_FORMS)
		for (size_t i = 0; i < sheet_kinds[sheet].ncolumns; i++)
			add_member(a, list, sheet, (int)i,
			    admin_column(a, sheet, (int)i),
			    sheet_kinds[sheet].columns[i], before, after);
	else if (sheet == SHEET_COUNT)
		add_member(a, list, SHEET_COUNT, 0,
		    admin_text(a, "admin.value"), "value", before, after);
	json_decref(before);
	json_decref(after);
	return list;
}

json_t *
admin_history(struct admin *a, const char *act, const char *object)
{
	struct deed_query query = {
	    .to = INT64_MAX, .act = act, .object = object, .most = DEEDS_MOST};
	struct deed *deeds;
	json_t *list;
	size_t n;

	memset(&query.before, 0xff, sizeof(query.before));
	if (!store_audit_list(a->ctx->db, a->arena, &query, &deeds, &n))
		return NULL;
	list = json_array();
	for (size_t i = 0; i < n; i++) {
		const struct deed *d = &deeds[i];

		json_array_append_new(list,
		    json_pack("{s:s, s:s, s:s, s:s, s:s, s:o}", "day",
			words_date(a->arena, civil_local_day(d->at)), "time",
			words_time(a->arena, d->at), "login", d->login, "act",
			coded(a, "act", d->act), "object", d->object, "changes",
			deed_changes(a, d)));
	}
	return list;
}
