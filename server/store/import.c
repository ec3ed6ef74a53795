/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A catalogue folder (contract, section 4) into the database, all or nothing:
 * read every file, check every row and every reference, then write in one
 * transaction. Rows are added or changed by their code, never deleted: past
 * answers refer to them. A published version of a form never changes; the same
 * version with other content is refused.
 */
#include "server/store/store.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "server/core/score.h"
#include "shared/answer.h"
#include "shared/buf.h"
#include "shared/catalogue.h"
#include "shared/civil.h"
#include "shared/csv.h"

#define MAX_FILE (16 * 1024 * 1024)

struct import {
	struct arena arena;
	struct db *db;
	const char *folder; /* NULL: built-in */
	const char *file;   /* being read, for messages */
	char *error;
	size_t size;
	struct csv *units, *successors, *fields, *targets, *desks;
	const char **forms; /* documents' text, NULL-closed */
};

static bool
refuse(struct import *im, int line, const char *what, const char *value)
{
	if (line > 0)
		snprintf(im->error, im->size, "%s:%d: %s%s%s", im->file, line,
		    what, value[0] == '\0' ? "" : ": ", value);
	else
		snprintf(im->error, im->size, "%s: %s", im->file, what);
	return false;
}

/* ------------------------------------------------------------------ reading */

/* The text of a file of the catalogue; NULL when it is not there. */
static const char *
load(struct import *im, const char *name, size_t *size)
{
	struct buf content;
	const char *text = NULL;

	im->file = arena_strdup(&im->arena, name);
	if (im->folder == NULL) {
		for (const struct catalogue_file *f = catalogue_files;
		     f->name != NULL; f++)
			if (strcmp(f->name, name) == 0) {
				*size = f->size;
				return f->data;
			}
		return NULL;
	}
	buf_init(&content);
	if (buf_read_file(&content,
		arena_printf(&im->arena, "%s/%s", im->folder, name),
		MAX_FILE)) {
		*size = content.size;
		text =
		    arena_strndup(&im->arena, buf_text(&content), content.size);
	}
	buf_finish(&content);
	return text;
}

static bool
load_table(struct import *im, const char *name, const char *const *columns,
    struct csv **out)
{
	char why[300];
	size_t size;
	const char *text = load(im, name, &size);

	if (text == NULL)
		return refuse(im, 0, "cannot be read", "");
	*out = csv_parse(&im->arena, text, size, columns, why, sizeof(why));
	return *out != NULL || refuse(im, 0, why, "");
}

/* Names of forms/NAME.json, in the folder or built in. */
static const char **
form_names(struct import *im)
{
	const char **names = NULL;
	size_t count = 0;
	struct dirent *entry;
	const char *dot;
	DIR *dir;

	if (im->folder == NULL) {
		for (const struct catalogue_file *f = catalogue_files;
		     f->name != NULL; f++)
			if (strncmp(f->name, "forms/", 6) == 0)
				*(const char **)arena_append(&im->arena, &names,
				    &count, sizeof(*names)) = f->name;
	} else {
		dir = opendir(arena_printf(&im->arena, "%s/forms", im->folder));
		while (dir != NULL && (entry = readdir(dir)) != NULL) {
			dot = strrchr(entry->d_name, '.');
			if (dot != NULL && strcmp(dot, ".json") == 0)
				*(const char **)arena_append(&im->arena, &names,
				    &count, sizeof(*names)) =
				    arena_printf(
					&im->arena, "forms/%s", entry->d_name);
		}
		if (dir != NULL)
			closedir(dir);
	}
	arena_append(&im->arena, &names, &count, sizeof(*names));
	return names;
}

static bool
load_all(struct import *im)
{
	static const char *const units[] = {
	    "code", "parent", "level", "name", "valid_from", "valid_to", NULL};
	static const char *const successors[] = {
	    "unit", "successor", "from", NULL};
	static const char *const fields[] = {"code", "name", "group", NULL};
	static const char *const targets[] = {
	    "population", "group", "from", "percent", NULL};
	static const char *const desks[] = {
	    "code", "unit", "name", "fields", NULL};

	return load_table(im, "units.csv", units, &im->units) &&
	       load_table(im, "successors.csv", successors, &im->successors) &&
	       load_table(im, "fields.csv", fields, &im->fields) &&
	       load_table(im, "targets.csv", targets, &im->targets) &&
	       load_table(im, "desks.csv", desks, &im->desks);
}

/* ----------------------------------------------------------------- checking */

static bool
is_code(const char *text)
{
	return text[0] != '\0' && code_valid(text);
}

static bool
table_has(const struct csv *t, const char *code)
{
	for (size_t i = 0; i < t->nrows; i++)
		if (strcmp(t->rows[i].cells[0], code) == 0)
			return true;
	return false;
}

static bool
check_code_and_name(struct import *im, const struct csv *t, size_t i, int name)
{
	const struct csv_row *row = &t->rows[i];

	if (!is_code(row->cells[0]))
		return refuse(im, row->line, "not a code", row->cells[0]);
	for (size_t k = 0; k < i; k++)
		if (strcmp(t->rows[k].cells[0], row->cells[0]) == 0)
			return refuse(
			    im, row->line, "code occurs twice", row->cells[0]);
	if (row->cells[name][0] == '\0' ||
	    strlen(row->cells[name]) > LIMIT_NAME_BYTES)
		return refuse(
		    im, row->line, "name missing or too long", row->cells[0]);
	return true;
}

/* True when the unit of row i lies, through its parents, in itself. The column
 * of parents was checked before: each of them has a row. */
static bool
in_a_circle(const struct csv *t, size_t i)
{
	const char *unit = t->rows[i].cells[1];

	for (size_t steps = 0; unit[0] != '\0' && steps < t->nrows; steps++) {
		if (strcmp(unit, t->rows[i].cells[0]) == 0)
			return true;
		for (size_t k = 0; k < t->nrows; k++)
			if (strcmp(t->rows[k].cells[0], unit) == 0) {
				unit = t->rows[k].cells[1];
				break;
			}
	}
	return false;
}

static bool
put_units(struct import *im)
{
	const struct csv *t = im->units;
	int32_t from, to = 0;

	im->file = "units.csv";
	for (size_t i = 0; i < t->nrows; i++) {
		const char **c = t->rows[i].cells;
		int line = t->rows[i].line;
		bool open = c[5][0] == '\0';
		int64_t last;

		if (!check_code_and_name(im, t, i, 3))
			return false;
		if (c[1][0] != '\0' && !table_has(t, c[1]))
			return refuse(im, line, "no such parent", c[1]);
		if (in_a_circle(t, i))
			return refuse(im, line, "lies in itself", c[0]);
		if (!civil_parse_date(c[4], &from) ||
		    (!open && !civil_parse_date(c[5], &to)) ||
		    (!open && to < from))
			return refuse(im, line,
			    "valid_from and valid_to must be dates in order",
			    c[0]);
		last = to;
		if (!db_run(im->db, Q_UNIT_PUT, NULL, "ttttiIi", c[0], c[1],
			c[2], c[3], (int64_t)from, open ? NULL : &last,
			(int64_t)i))
			return refuse(im, line, "the database refused it", "");
	}
	return true;
}

static bool
put_successors(struct import *im)
{
	const struct csv *t = im->successors;
	int32_t from;

	im->file = "successors.csv";
	for (size_t i = 0; i < t->nrows; i++) {
		const char **c = t->rows[i].cells;
		int line = t->rows[i].line;

		if (!table_has(im->units, c[0]))
			return refuse(im, line, "no such unit", c[0]);
		if (!table_has(im->units, c[1]))
			return refuse(im, line, "no such unit", c[1]);
		if (!civil_parse_date(c[2], &from))
			return refuse(im, line, "from is not a date", c[2]);
		if (!db_run(im->db, Q_SUCCESSOR_PUT, NULL, "tti", c[0], c[1],
			(int64_t)from))
			return refuse(im, line, "the database refused it", "");
	}
	return true;
}

static bool
put_fields(struct import *im)
{
	const struct csv *t = im->fields;

	im->file = "fields.csv";
	for (size_t i = 0; i < t->nrows; i++) {
		const char **c = t->rows[i].cells;

		if (!check_code_and_name(im, t, i, 1))
			return false;
		if (!is_code(c[2]))
			return refuse(
			    im, t->rows[i].line, "group is not a code", c[2]);
		if (!db_run(im->db, Q_FIELD_PUT, NULL, "ttti", c[0], c[1], c[2],
			(int64_t)i))
			return refuse(
			    im, t->rows[i].line, "the database refused it", "");
	}
	return true;
}

/* A percentage with at most 4 decimals, times 10,000; -1 when it is none or
 * not strictly between 0 and 100 (STATISTICS, section 0). */
static int64_t
percent4(const char *text)
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

static bool
group_known(const struct import *im, const char *group)
{
	for (size_t i = 0; i < im->fields->nrows; i++)
		if (strcmp(im->fields->rows[i].cells[2], group) == 0)
			return true;
	return group[0] == '\0';
}

static bool
target_twice(const struct csv *t, size_t i)
{
	for (size_t k = 0; k < i; k++)
		if (strcmp(t->rows[k].cells[0], t->rows[i].cells[0]) == 0 &&
		    strcmp(t->rows[k].cells[2], t->rows[i].cells[2]) == 0)
			return true;
	return false;
}

static bool
put_targets(struct import *im)
{
	const struct csv *t = im->targets;
	int32_t from;

	im->file = "targets.csv";
	for (size_t i = 0; i < t->nrows; i++) {
		const char **c = t->rows[i].cells;
		int line = t->rows[i].line;
		int64_t percent = percent4(c[3]);

		if (!population_known(c[0]))
			return refuse(im, line, "no such population", c[0]);
		if (!group_known(im, c[1]))
			return refuse(
			    im, line, "no field has this group", c[1]);
		if (target_twice(t, i))
			return refuse(
			    im, line, "target of this day occurs twice", c[0]);
		if (!civil_parse_date(c[2], &from))
			return refuse(im, line, "from is not a date", c[2]);
		if (percent < 0)
			return refuse(im, line,
			    "percent must lie between 0 and 100, at most 4 "
			    "decimals",
			    c[3]);
		if (!db_run(im->db, Q_TARGET_PUT, NULL, "titi", c[0],
			(int64_t)from, c[1], percent))
			return refuse(im, line, "the database refused it", "");
	}
	return true;
}

/* The fields of a desk, separated by '|'. */
static bool
put_desk_fields(struct import *im, const struct csv_row *row)
{
	const char *desk = row->cells[0];
	char *list = arena_strdup(&im->arena, row->cells[3]);
	char *save = NULL;
	int64_t place = 0;

	if (!db_run(im->db, Q_DESK_FIELD_CLEAR, NULL, "t", desk))
		return refuse(im, row->line, "the database refused it", "");
	for (char *f = strtok_r(list, "|", &save); f != NULL;
	     f = strtok_r(NULL, "|", &save)) {
		if (!table_has(im->fields, f))
			return refuse(im, row->line, "no such field", f);
		if (!db_run(im->db, Q_DESK_FIELD_PUT, NULL, "tti", desk, f,
			place++))
			return refuse(
			    im, row->line, "the database refused it", "");
	}
	return true;
}

static bool
put_desks(struct import *im)
{
	const struct csv *t = im->desks;

	im->file = "desks.csv";
	for (size_t i = 0; i < t->nrows; i++) {
		const char **c = t->rows[i].cells;
		int line = t->rows[i].line;

		if (!check_code_and_name(im, t, i, 2))
			return false;
		if (!table_has(im->units, c[1]))
			return refuse(im, line, "no such unit", c[1]);
		if (!db_run(im->db, Q_DESK_PUT, NULL, "ttti", c[0], c[1], c[2],
			(int64_t)i))
			return refuse(im, line, "the database refused it", "");
		if (!put_desk_fields(im, &t->rows[i]))
			return false;
	}
	return true;
}

/* True when the database already has this version with the same document. */
static bool
same_form(struct import *im, const struct form *form)
{
	struct rows *r = db_query(
	    im->db, Q_FORM_GET, "ti", form->code, (int64_t)form->version);
	bool same = false;
	json_t *known;

	if (rows_next(r) == STEP_ROW) {
		known = json_loads(rows_text(r, 0), 0, NULL);
		same = json_equal(known, form->document);
		json_decref(known);
	}
	rows_close(r);
	return same;
}

static bool
put_form(struct import *im, const char *name)
{
	size_t size;
	const char *text = load(im, name, &size);
	json_error_t where;
	json_t *document;
	struct form form;
	char why[200];
	int64_t added = 0;
	char *dump;
	bool ok;

	if (text == NULL)
		return refuse(im, 0, "cannot be read", "");
	document = json_loadb(text, size, JSON_REJECT_DUPLICATES, &where);
	if (document == NULL)
		return refuse(im, where.line, where.text, "");
	if (!form_read(&im->arena, document, &form, why, sizeof(why))) {
		json_decref(document);
		return refuse(im, 0, why, "");
	}
	if (!population_known(form.population)) {
		json_decref(document);
		return refuse(im, 0, "its population is none of ours", "");
	}
	dump = json_dumps(document, JSON_COMPACT);
	ok = db_run(im->db, Q_FORM_PUT, &added, "titt", form.code,
	    (int64_t)form.version, form.population, dump);
	if (ok && added == 0)
		ok = same_form(im, &form);
	free(dump);
	json_decref(document);
	return ok || refuse(im, 0,
			 "this version is already published with another "
			 "content; give the change a new version",
			 "");
}

static bool
put_forms(struct import *im)
{
	const char **names = form_names(im);

	if (names[0] == NULL) {
		im->file = "forms";
		return refuse(im, 0, "the folder has no form", "");
	}
	for (; *names != NULL; names++)
		if (!put_form(im, *names))
			return false;
	return true;
}

bool
store_import(struct db *db, const char *folder, char *error, size_t size)
{
	struct import im = {
	    .db = db, .folder = folder, .error = error, .size = size};
	bool ok = false;

	arena_init(&im.arena);
	if (!load_all(&im))
		goto out;
	if (!db_begin(db)) {
		im.file = "database";
		refuse(&im, 0, "cannot be written", "");
		goto out;
	}
	ok = put_units(&im) && put_successors(&im) && put_fields(&im) &&
	     put_targets(&im) && put_desks(&im) && put_forms(&im) &&
	     store_generation_raise(db);
	if (!ok)
		db_rollback(db);
	else if (!(ok = db_commit(db)))
		refuse(&im, 0, "the database could not keep it", "");
out:
	arena_finish(&im.arena);
	return ok;
}
