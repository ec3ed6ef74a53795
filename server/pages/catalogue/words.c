/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One function for lists, previews and history, so that a thing is called the
 * same wherever it stands. */
#include "server/pages/catalogue/words.h"

#include <string.h>
#include "server/core/words.h"
#include "server/pages/catalogue/catalogue_page.h"
#include "server/pages/page.h"
#include "server/store/people/audit.h"
#include "shared/civil.h"

#define DEEDS_MOST 50

/* The name of a unit, with its code. */
static const char *
unit_with_code(const struct catalogue_page *c, const char *code)
{
	const struct sheet_row *row = folder_row(&c->folder, SHEET_UNITS, code);

	return row == NULL ? code
			   : arena_printf(c->page->arena, "%s (%s)",
				 row->cells[UNIT_NAME], code);
}

static const char *
date_words(const struct page *page, const char *cell)
{
	int32_t day;

	return civil_parse_date(cell, &day) ? words_date(page->arena, day)
					    : cell;
}

/* "87,5%" of "87.5". */
static const char *
percent_words(const struct page *page, const char *cell)
{
	char *words = arena_printf(page->arena, "%s%%", cell);
	char *point = strchr(words, '.');

	if (point != NULL)
		*point = page_mark(page);
	return words;
}

/* "Đất đai, Xây dựng" of "dat-dai|xay-dung". */
static const char *
field_names(const struct catalogue_page *c, const char *cell)
{
	const char *out = "";

	while (*cell != '\0') {
		size_t n = strcspn(cell, "|");
		const char *code = arena_strndup(c->page->arena, cell, n);
		const struct sheet_row *row =
		    folder_row(&c->folder, SHEET_FIELDS, code);

		out = arena_printf(c->page->arena, "%s%s%s", out,
		    out[0] == '\0' ? "" : ", ",
		    row == NULL ? code : row->cells[FIELD_NAME]);
		cell += n + (cell[n] == '|');
	}
	return out;
}

static const char *
unit_cell(const struct catalogue_page *c, int column, const char *cell)
{
	switch (column) {
	case UNIT_PARENT:
		return unit_with_code(c, cell);
	case UNIT_LEVEL:
		return page_coded(c->page, "level", cell);
	case UNIT_FROM:
	case UNIT_TO:
		return date_words(c->page, cell);
	default:
		return cell;
	}
}

static const char *
target_cell(const struct page *page, int column, const char *cell)
{
	switch (column) {
	case TARGET_POPULATION:
		return page_coded(page, "population", cell);
	case TARGET_GROUP:
		return page_coded(page, "group", cell);
	case TARGET_FROM:
		return date_words(page, cell);
	default:
		return percent_words(page, cell);
	}
}

static const char *
desk_cell(const struct catalogue_page *c, int column, const char *cell)
{
	switch (column) {
	case DESK_UNIT:
		return unit_with_code(c, cell);
	case DESK_FIELDS:
		return field_names(c, cell);
	default:
		return cell;
	}
}

const char *
catalogue_words_cell(const struct catalogue_page *c, enum sheet_name sheet,
    int column, const char *cell)
{
	if (cell[0] == '\0')
		return cell;
	switch (sheet) {
	case SHEET_UNITS:
		return unit_cell(c, column, cell);
	case SHEET_SUCCESSORS:
		return column == SUCCESSOR_FROM ? date_words(c->page, cell)
						: unit_with_code(c, cell);
	case SHEET_FIELDS:
		return column == FIELD_GROUP
			   ? page_coded(c->page, "group", cell)
			   : cell;
	case SHEET_TARGETS:
		return target_cell(c->page, column, cell);
	case SHEET_DESKS:
		return desk_cell(c, column, cell);
	default:
		return cell;
	}
}

const char *
catalogue_words_column(
    const struct page *page, enum sheet_name sheet, int column)
{
	return page_text_of(page, "column.%s.%s", sheet_kinds[sheet].name,
	    sheet_kinds[sheet].columns[column]);
}

const char *
catalogue_words_row(const struct catalogue_page *c, enum sheet_name sheet,
    const struct sheet_row *row, const char *key)
{
	const struct page *page = c->page;

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
		return arena_printf(page->arena, "%s, %s",
		    target_cell(
			page, TARGET_POPULATION, row->cells[TARGET_POPULATION]),
		    date_words(page, row->cells[TARGET_FROM]));
	case SHEET_SUCCESSORS:
		return arena_printf(page->arena, "%s → %s",
		    unit_with_code(c, row->cells[SUCCESSOR_UNIT]),
		    unit_with_code(c, row->cells[SUCCESSOR_NEXT]));
	default:
		return page_fill(page, "admin.form.name", "code",
		    row->cells[FORM_CODE], "version", row->cells[FORM_VERSION]);
	}
}

json_t *
catalogue_words_problems(
    const struct page *page, const struct refusals *refusals)
{
	json_t *list;

	if (refusals == NULL || refusals->count == 0)
		return NULL;
	list = json_array();
	for (size_t i = 0; i < refusals->count; i++)
		json_array_append_new(
		    list, json_string(refusal_words(
			      page->arena, page->lang, &refusals->list[i])));
	return json_pack("{s:o}", "list", list);
}

/* ----------------------------------------------------------------- history */

/* A member of a deed's before or after, as a cell of a sheet (SHEET_COUNT: as
 * it is); NULL: it has none. */
static const char *
member_words(const struct catalogue_page *c, enum sheet_name sheet, int column,
    const json_t *member)
{
	const char *cell = json_string_value(member);

	if (cell == NULL || sheet == SHEET_COUNT)
		return cell;
	return catalogue_words_cell(c, sheet, column, cell);
}

static void
add_member(const struct catalogue_page *c, json_t *list, enum sheet_name sheet,
    int column, const char *words, const json_t *was, const json_t *is)
{
	json_t *member;

	if (json_equal(was, is) || (was == NULL && is == NULL))
		return;
	member = json_object();
	put_text(member, "name", words);
	put_words(member, "before", member_words(c, sheet, column, was));
	put_words(member, "after", member_words(c, sheet, column, is));
	json_array_append_new(list, member);
}

/* The sheet that an act is about; SHEET_COUNT: a setting. */
static enum sheet_name
act_sheet(const char *act)
{
	for (int s = 0; s < SHEET_COUNT; s++) {
		size_t n = strlen(sheet_kinds[s].word);

		if (strncmp(act, sheet_kinds[s].word, n) == 0 && act[n] == '.')
			return (enum sheet_name)s;
	}
	return SHEET_COUNT;
}

/* What a deed changed, cell by cell; of a form nothing is told apart. */
static json_t *
deed_changes(const struct catalogue_page *c, const struct deed *d)
{
	enum sheet_name sheet = act_sheet(d->act);
	const struct sheet_kind *kind = &sheet_kinds[sheet];
	json_t *before = json_loads(d->before, 0, NULL);
	json_t *after = json_loads(d->after, 0, NULL);
	json_t *list = json_array();

	if (sheet == SHEET_COUNT)
		add_member(c, list, SHEET_COUNT, 0,
		    page_text(c->page, "admin.value"),
		    json_object_get(before, "value"),
		    json_object_get(after, "value"));
	for (int i = 0; sheet < SHEET_FORMS && i < (int)kind->ncolumns; i++)
		add_member(c, list, sheet, i,
		    catalogue_words_column(c->page, sheet, i),
		    json_object_get(before, kind->columns[i]),
		    json_object_get(after, kind->columns[i]));
	json_decref(before);
	json_decref(after);
	return list;
}

json_t *
catalogue_words_history(
    const struct catalogue_page *c, const char *act, const char *object)
{
	const struct page *page = c->page;
	struct deed_query query = {
	    .to = INT64_MAX, .act = act, .object = object, .most = DEEDS_MOST};
	struct deed *deeds;
	json_t *list;
	size_t n;

	memset(&query.before, 0xff, sizeof(query.before));
	if (!store_audit_list(page->ctx->db, page->arena, &query, &deeds, &n))
		return NULL;
	list = json_array();
	for (size_t i = 0; i < n; i++) {
		const struct deed *d = &deeds[i];
		json_t *deed = json_object();

		put_text(deed, "day", page_day(page, d->at));
		put_text(deed, "time", words_time(page->arena, d->at));
		put_text(deed, "login", page_person(page, d->login));
		put_text(deed, "act", page_coded(page, "act", d->act));
		put_text(deed, "object", d->object);
		put_part(deed, "changes", deed_changes(c, d));
		json_array_append_new(list, deed);
	}
	return list;
}
