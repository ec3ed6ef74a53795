/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The database's catalogue as a folder, and the rows of a folder into the
 * database. */
#include "server/store/catalogue/folder.h"

#include <stdlib.h>
#include <string.h>
#include "server/db/db.h"
#include "shared/arena.h"
#include "shared/buf.h"
#include "shared/civil.h"

static const char *
folder_cell(struct arena *a, struct rows *r, int column)
{
	const char *text = rows_text(r, column);

	return text == NULL ? "" : arena_strdup(a, text);
}

static const char *
day_cell(struct arena *a, struct rows *r, int column)
{
	char date[CIVIL_DATE_TEXT];

	if (rows_null(r, column))
		return "";
	civil_format_date((int32_t)rows_int(r, column), date);
	return arena_strdup(a, date);
}

/* One row of a sheet out of one of its statement. */
static void
read_folder_row(
    struct arena *a, enum sheet_name sheet, struct rows *r, const char **c)
{
	switch (sheet) {
	case SHEET_UNITS:
		for (int i = UNIT_CODE; i <= UNIT_NAME; i++)
			c[i] = folder_cell(a, r, i);
		c[UNIT_FROM] = day_cell(a, r, UNIT_FROM);
		c[UNIT_TO] = day_cell(a, r, UNIT_TO);
		break;
	case SHEET_SUCCESSORS:
		c[SUCCESSOR_UNIT] = folder_cell(a, r, 0);
		c[SUCCESSOR_NEXT] = folder_cell(a, r, 1);
		c[SUCCESSOR_FROM] = day_cell(a, r, 2);
		break;
	case SHEET_TARGETS:
		c[TARGET_POPULATION] = folder_cell(a, r, 0);
		c[TARGET_FROM] = day_cell(a, r, 1);
		c[TARGET_GROUP] = folder_cell(a, r, 2);
		c[TARGET_PERCENT] = percent4_text(a, rows_int(r, 3));
		break;
	case SHEET_FORMS:
		c[FORM_CODE] = folder_cell(a, r, 0);
		c[FORM_VERSION] =
		    arena_printf(a, "%lld", (long long)rows_int(r, 1));
		c[FORM_DOCUMENT] = folder_cell(a, r, 3);
		break;
	default: /* fields, desks: texts, in the order of their columns */
		for (int i = 0; i < 3; i++)
			c[i] = folder_cell(a, r, i);
	}
}

static bool
read_sheet(
    struct db *db, struct arena *a, enum sheet_name sheet, struct folder *out)
{
	static const enum query queries[SHEET_COUNT] = {
	    [SHEET_UNITS] = Q_UNIT_LIST,
	    [SHEET_SUCCESSORS] = Q_SUCCESSOR_LIST,
	    [SHEET_FIELDS] = Q_FIELD_LIST,
	    [SHEET_TARGETS] = Q_TARGET_LIST,
	    [SHEET_DESKS] = Q_DESK_LIST,
	    [SHEET_FORMS] = Q_FORM_LIST,
	};
	struct rows *r = db_query(db, queries[sheet], "");
	enum step step;

	while ((step = rows_next(r)) == STEP_ROW)
		read_folder_row(a, sheet, r, folder_add(a, out, sheet)->cells);
	rows_close(r);
	return step == STEP_DONE;
}

/* "a|b|c" into each desk's cell; they come desk by desk. */
static bool
read_desk_fields(struct db *db, struct arena *a, struct folder *out)
{
	struct rows *r = db_query(db, Q_DESK_FIELD_LIST, "");
	struct sheet_row *row = NULL;
	struct buf list;
	enum step step;

	buf_init(&list);
	while ((step = rows_next(r)) == STEP_ROW) {
		const char *desk = rows_text(r, 0);

		if (row == NULL || strcmp(row->cells[DESK_CODE], desk) != 0) {
			if (row != NULL)
				row->cells[DESK_FIELDS] =
				    arena_strdup(a, buf_text(&list));
			buf_clear(&list);
			/* ours to change: it was made a moment ago */
			row = (struct sheet_row *)folder_row(
			    out, SHEET_DESKS, desk);
		}
		buf_printf(
		    &list, "%s%s", list.size == 0 ? "" : "|", rows_text(r, 1));
	}
	if (row != NULL)
		row->cells[DESK_FIELDS] = arena_strdup(a, buf_text(&list));
	buf_finish(&list);
	rows_close(r);
	return step == STEP_DONE;
}

bool
store_folder(struct db *db, struct arena *a, struct folder *out)
{
	*out = (struct folder){0};
	for (int s = 0; s < SHEET_COUNT; s++)
		if (!read_sheet(db, a, (enum sheet_name)s, out))
			return false;
	if (!read_desk_fields(db, a, out))
		return false;
	folder_clean(a, out);
	folder_sort(out);
	return true;
}

/* ------------------------------------------------------------------ writing */

static int64_t
cell_day(const char *date)
{
	int32_t day = 0;

	civil_parse_date(date, &day);
	return day;
}

static bool
put_desk_fields(struct db *db, struct arena *a, const char *const *c)
{
	const char *list = c[DESK_FIELDS];
	int64_t place = 0;

	if (!db_run(db, Q_DESK_FIELD_CLEAR, NULL, "t", c[DESK_CODE]))
		return false;
	while (*list != '\0') {
		size_t length = strcspn(list, "|");

		if (!db_run(db, Q_DESK_FIELD_PUT, NULL, "tti", c[DESK_CODE],
			arena_strndup(a, list, length), place++))
			return false;
		list += length + (list[length] == '|');
	}
	return true;
}

static bool
put_form(struct db *db, const char *const *c)
{
	json_t *document = json_loads(c[FORM_DOCUMENT], 0, NULL);
	const char *population =
	    json_string_value(json_object_get(document, "population"));
	bool ok =
	    population != NULL &&
	    db_run(db, Q_FORM_PUT, NULL, "titt", c[FORM_CODE],
		(int64_t)atoi(c[FORM_VERSION]), population, c[FORM_DOCUMENT]);

	json_decref(document);
	return ok;
}

bool
store_row_put(struct db *db, struct arena *a, enum sheet_name sheet,
    const struct sheet_row *row, size_t place, bool moved_only)
{
	const char *const *c = row->cells;
	int64_t to;

	switch (sheet) {
	case SHEET_UNITS:
		to = cell_day(c[UNIT_TO]);
		return db_run(db, Q_UNIT_PUT, NULL, "ttttiIi", c[UNIT_CODE],
		    c[UNIT_PARENT], c[UNIT_LEVEL], c[UNIT_NAME],
		    cell_day(c[UNIT_FROM]), c[UNIT_TO][0] == '\0' ? NULL : &to,
		    (int64_t)place);
	case SHEET_SUCCESSORS:
		return db_run(db, Q_SUCCESSOR_PUT, NULL, "tti",
		    c[SUCCESSOR_UNIT], c[SUCCESSOR_NEXT],
		    cell_day(c[SUCCESSOR_FROM]));
	case SHEET_FIELDS:
		return db_run(db, Q_FIELD_PUT, NULL, "ttti", c[FIELD_CODE],
		    c[FIELD_NAME], c[FIELD_GROUP], (int64_t)place);
	case SHEET_TARGETS:
		return db_run(db, Q_TARGET_PUT, NULL, "titi",
		    c[TARGET_POPULATION], cell_day(c[TARGET_FROM]),
		    c[TARGET_GROUP], percent4_read(c[TARGET_PERCENT]));
	case SHEET_DESKS:
		return db_run(db, Q_DESK_PUT, NULL, "ttti", c[DESK_CODE],
			   c[DESK_UNIT], c[DESK_NAME], (int64_t)place) &&
		       (moved_only || put_desk_fields(db, a, c));
	default:
		return put_form(db, c);
	}
}

bool
store_row_remove(
    struct db *db, enum sheet_name sheet, const struct sheet_row *row)
{
	const char *const *c = row->cells;

	switch (sheet) {
	case SHEET_UNITS:
		return db_run(db, Q_UNIT_REMOVE, NULL, "t", c[UNIT_CODE]);
	case SHEET_SUCCESSORS:
		return db_run(db, Q_SUCCESSOR_REMOVE, NULL, "tt",
		    c[SUCCESSOR_UNIT], c[SUCCESSOR_NEXT]);
	case SHEET_FIELDS:
		return db_run(db, Q_FIELD_REMOVE, NULL, "t", c[FIELD_CODE]);
	case SHEET_TARGETS:
		return db_run(db, Q_TARGET_REMOVE, NULL, "ti",
		    c[TARGET_POPULATION], cell_day(c[TARGET_FROM]));
	case SHEET_DESKS:
		return db_run(
			   db, Q_DESK_FIELD_CLEAR, NULL, "t", c[DESK_CODE]) &&
		       db_run(db, Q_DESK_REMOVE, NULL, "t", c[DESK_CODE]);
	default:
		return true; /* what was published stays */
	}
}

bool
store_row_used(
    struct db *db, enum sheet_name sheet, const char *code, bool *used)
{
	struct rows *r;
	enum step step;

	*used = false;
	if (sheet != SHEET_UNITS && sheet != SHEET_FIELDS &&
	    sheet != SHEET_DESKS)
		return true;
	r = db_query(db,
	    sheet == SHEET_UNITS    ? Q_UNIT_USED
	    : sheet == SHEET_FIELDS ? Q_FIELD_USED
				    : Q_DESK_USED,
	    "t", code);
	step = rows_next(r);
	if (step == STEP_ROW)
		*used = rows_int(r, 0) != 0;
	rows_close(r);
	return step != STEP_FAIL;
}
