/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a catalogue must be before it may be loaded: sheet after sheet, in
 * the order of their references, each row on its own. All that is wrong is
 * told, up to a limit, since mending a spreadsheet needs the whole list.
 *
 * A name that a spreadsheet would take for a formula (it begins with = + - @)
 * is refused here, so that every export is safe without being altered.
 */
#include "server/core/catalogue/catalogue.h"
#include "server/core/catalogue/folder.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include "server/core/score/score.h"
#include "shared/answer.h"
#include "shared/civil.h"
#include "shared/limits.h"

#define DEEPEST 16 /* units above each other */

struct check {
	struct arena *arena;
	struct folder *folder;
	struct refusals *refusals;
};

bool
refuse_row(struct refusals *r, const struct sheet_row *row, const char *key,
    const char *value)
{
	if (r->count < REFUSALS_MOST)
		r->list[r->count++] =
		    (struct refusal){row == NULL ? NULL : row->file,
			row == NULL ? 0 : row->line, key, value};
	return false;
}

const char *
refusal_words(struct arena *a, enum lang lang, const struct refusal *r)
{
	const char *value =
	    r->value[0] == '\0' ? text(lang, "refuse.empty") : r->value;
	const char *words = text_fill(a, lang, r->key, "value", value, NULL);

	if (r->file == NULL)
		return words;
	if (r->line == 0)
		return arena_printf(a, "%s: %s", r->file, words);
	return arena_printf(a, "%s:%d: %s", r->file, r->line, words);
}

/* ------------------------------------------------------------- single cells */

/* A code that begins with a letter or digit: no sign, lest a spreadsheet
 * calculates. */
static bool
cell_is_code(const char *text)
{
	return isalnum((unsigned char)text[0]) && code_valid(text);
}

/* What a spreadsheet takes for a formula, wide forms (U+FF1D and its like)
 * included. */
static bool
cell_is_formula(const char *text)
{
	static const char *const signs[] = {
	    "=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20", NULL};

	for (int i = 0; signs[i] != NULL; i++)
		if (strncmp(text, signs[i], strlen(signs[i])) == 0)
			return true;
	return false;
}

static bool
cell_has_control(const char *text)
{
	for (; *text != '\0'; text++)
		if ((unsigned char)*text < ' ' || *text == 0x7f)
			return true;
	return false;
}

/* A name of at most so many bytes, on one line. */
static bool
check_name(struct check *c, const struct sheet_row *row, const char *name,
    const char *code, size_t most)
{
	if (name[0] == '\0' || strlen(name) > most || cell_has_control(name))
		return refuse_row(c->refusals, row, "refuse.name", code);
	return !cell_is_formula(name) ||
	       refuse_row(c->refusals, row, "refuse.formula", code);
}

/* --------------------------------------------------------------- whole rows */

static const struct sheet_row *
row_of_key(const struct check *c, enum sheet_name sheet, const char *key)
{
	return folder_row(c->folder, sheet, key);
}

/* The first cell is a code, and no row before has the same key. */
static bool
check_key(struct check *c, enum sheet_name sheet, const struct sheet_row *row,
    const char *twice)
{
	const char *key = sheet_key(c->arena, sheet, row);

	if (sheet_kinds[sheet].nkeys == 1 && !cell_is_code(row->cells[0]))
		return refuse_row(
		    c->refusals, row, "refuse.code", row->cells[0]);
	return row_of_key(c, sheet, key) == row ||
	       refuse_row(c->refusals, row, twice, row->cells[0]);
}

/* Does the unit lie, through its parents, in itself? Deeper than
 * catalogue_within goes is as bad. */
static bool
in_a_circle(const struct check *c, const struct sheet_row *row)
{
	const char *unit = row->cells[UNIT_PARENT];

	for (int depth = 0; unit[0] != '\0'; depth++) {
		const struct sheet_row *at = row_of_key(c, SHEET_UNITS, unit);

		if (depth == DEEPEST ||
		    strcmp(unit, row->cells[UNIT_CODE]) == 0)
			return true;
		if (at == NULL)
			return false;
		unit = at->cells[UNIT_PARENT];
	}
	return false;
}

/* The days of a unit's row, both included; an open end is INT32_MAX. */
static bool
unit_days(const struct sheet_row *row, int32_t *from, int32_t *to)
{
	*to = INT32_MAX;
	return civil_parse_date(row->cells[UNIT_FROM], from) &&
	       (row->cells[UNIT_TO][0] == '\0' ||
		   civil_parse_date(row->cells[UNIT_TO], to)) &&
	       *from <= *to;
}

static bool
check_unit(struct check *c, struct sheet_row *row)
{
	const char *code = row->cells[UNIT_CODE];
	const char *parent = row->cells[UNIT_PARENT];
	int32_t from, to;

	if (!check_key(c, SHEET_UNITS, row, "refuse.twice") ||
	    !check_name(
		c, row, row->cells[UNIT_NAME], code, LIMIT_NAME_BYTES) ||
	    !check_name(c, row, row->cells[UNIT_LEVEL], code, LIMIT_CODE_BYTES))
		return false;
	if (parent[0] != '\0' && row_of_key(c, SHEET_UNITS, parent) == NULL)
		return refuse_row(c->refusals, row, "refuse.parent", parent);
	if (in_a_circle(c, row))
		return refuse_row(c->refusals, row, "refuse.circle", code);
	return unit_days(row, &from, &to) ||
	       refuse_row(c->refusals, row, "refuse.dates",
		   arena_printf(c->arena, "%s: %s – %s", code,
		       row->cells[UNIT_FROM], row->cells[UNIT_TO]));
}

static bool
check_successor(struct check *c, struct sheet_row *row)
{
	const char *unit = row->cells[SUCCESSOR_UNIT];
	const char *next = row->cells[SUCCESSOR_NEXT];
	const struct sheet_row *became = row_of_key(c, SHEET_UNITS, next);
	int32_t day, from, to;

	if (row_of_key(c, SHEET_UNITS, unit) == NULL)
		return refuse_row(c->refusals, row, "refuse.unit", unit);
	if (became == NULL)
		return refuse_row(c->refusals, row, "refuse.unit", next);
	if (strcmp(unit, next) == 0)
		return refuse_row(c->refusals, row, "refuse.circle", unit);
	if (!civil_parse_date(row->cells[SUCCESSOR_FROM], &day))
		return refuse_row(c->refusals, row, "refuse.from",
		    row->cells[SUCCESSOR_FROM]);
	if (unit_days(became, &from, &to) && (day < from || day > to))
		return refuse_row(c->refusals, row, "refuse.successor", next);
	return check_key(c, SHEET_SUCCESSORS, row, "refuse.twice");
}

static bool
check_field_row(struct check *c, struct sheet_row *row)
{
	return check_key(c, SHEET_FIELDS, row, "refuse.twice") &&
	       check_name(c, row, row->cells[FIELD_NAME],
		   row->cells[FIELD_CODE], LIMIT_NAME_BYTES) &&
	       (cell_is_code(row->cells[FIELD_GROUP]) ||
		   refuse_row(c->refusals, row, "refuse.group.code",
		       row->cells[FIELD_GROUP]));
}

static bool
group_known(const struct check *c, const char *group)
{
	const struct sheet *fields = &c->folder->sheets[SHEET_FIELDS];

	for (size_t i = 0; i < fields->count; i++)
		if (strcmp(fields->rows[i].cells[FIELD_GROUP], group) == 0)
			return true;
	return group[0] == '\0';
}

static bool
check_target(struct check *c, struct sheet_row *row)
{
	int64_t percent4 = percent4_read(row->cells[TARGET_PERCENT]);
	int32_t day;

	if (!population_known(row->cells[TARGET_POPULATION]))
		return refuse_row(c->refusals, row, "refuse.population",
		    row->cells[TARGET_POPULATION]);
	if (!group_known(c, row->cells[TARGET_GROUP]))
		return refuse_row(
		    c->refusals, row, "refuse.group", row->cells[TARGET_GROUP]);
	if (!check_key(c, SHEET_TARGETS, row, "refuse.target.twice"))
		return false;
	if (!civil_parse_date(row->cells[TARGET_FROM], &day))
		return refuse_row(
		    c->refusals, row, "refuse.from", row->cells[TARGET_FROM]);
	if (percent4 < 0)
		return refuse_row(c->refusals, row, "refuse.percent",
		    row->cells[TARGET_PERCENT]);
	return true;
}

/* Citizens text a desk's code; capitals do not count in it. */
static bool
alike(const struct check *c, const struct sheet_row *row)
{
	const struct sheet *desks = &c->folder->sheets[SHEET_DESKS];

	for (const struct sheet_row *d = desks->rows; d < row; d++)
		if (strcasecmp(d->cells[DESK_CODE], row->cells[DESK_CODE]) == 0)
			return true;
	return false;
}

/* Each of the fields between '|' is there, and once. */
static bool
check_desk_fields(struct check *c, struct sheet_row *row)
{
	const char *cell = row->cells[DESK_FIELDS];

	for (size_t n; *cell != '\0'; cell += n + (cell[n] == '|')) {
		const char *code;

		n = strcspn(cell, "|");
		code = arena_strndup(c->arena, cell, n);
		if (row_of_key(c, SHEET_FIELDS, code) == NULL)
			return refuse_row(
			    c->refusals, row, "refuse.field", code);
		if (cell_has(cell + n + (cell[n] == '|'), code))
			return refuse_row(
			    c->refusals, row, "refuse.field.twice", code);
	}
	return true;
}

static bool
check_desk_row(struct check *c, struct sheet_row *row)
{
	const char *code = row->cells[DESK_CODE];

	if (!check_key(c, SHEET_DESKS, row, "refuse.twice") ||
	    !check_name(c, row, row->cells[DESK_NAME], code, LIMIT_NAME_BYTES))
		return false;
	if (alike(c, row))
		return refuse_row(c->refusals, row, "refuse.alike", code);
	if (row_of_key(c, SHEET_UNITS, row->cells[DESK_UNIT]) == NULL)
		return refuse_row(
		    c->refusals, row, "refuse.unit", row->cells[DESK_UNIT]);
	return check_desk_fields(c, row);
}

/* -------------------------------------------------------------------- forms */

/* Words of a question: Vietnamese there, every language a text on one line
 * that is not too long. */
static bool
words_fit(const json_t *item)
{
	const char *words;

	for (int i = 0; i < LANG_COUNT; i++) {
		const json_t *value =
		    json_object_get(item, lang_code((enum lang)i));

		words = json_string_value(value);
		if (value == NULL && i != LANG_VI)
			continue;
		if (words == NULL || words[0] == '\0' ||
		    strlen(words) > LIMIT_QUESTION_BYTES ||
		    cell_has_control(words))
			return false;
	}
	return true;
}

static bool
all_fit(const json_t *items)
{
	for (size_t i = 0; i < json_array_size(items); i++)
		if (!words_fit(json_array_get(items, i)))
			return false;
	return true;
}

static bool
check_words(
    struct check *c, const struct sheet_row *row, const json_t *document)
{
	const json_t *overall = json_object_get(document, "overall");
	const json_t *title = json_object_get(document, "title");

	if ((overall == NULL || words_fit(overall)) &&
	    (title == NULL || words_fit(title)) &&
	    all_fit(json_object_get(document, "criteria")) &&
	    all_fit(json_object_get(document, "reasons")))
		return true;
	return refuse_row(
	    c->refusals, row, "refuse.form.words", row->cells[FORM_CODE]);
}

static bool
check_form_row(struct check *c, struct sheet_row *row)
{
	json_t *document = json_loads(row->cells[FORM_DOCUMENT], 0, NULL);
	char why[200];
	struct form form;
	bool ok;

	if (!form_read(c->arena, document, &form, why, sizeof(why)))
		ok = refuse_row(c->refusals, row, "refuse.form",
		    arena_strdup(c->arena, why));
	else if (form.nreasons > LIMIT_FORM_REASONS)
		ok = refuse_row(c->refusals, row, "refuse.form.reasons",
		    arena_printf(c->arena, "%d", LIMIT_FORM_REASONS));
	else if (!population_known(form.population))
		ok = refuse_row(c->refusals, row, "refuse.form.population", "");
	else
		ok = check_words(c, row, document) &&
		     check_key(c, SHEET_FORMS, row, "refuse.twice");
	json_decref(document);
	return ok;
}

bool
folder_check(struct arena *a, struct folder *f, struct refusals *out)
{
	static bool (*const checks[])(struct check *, struct sheet_row *) = {
	    check_unit, check_successor, check_field_row, check_target,
	    check_desk_row, check_form_row};
	struct check c = {a, f, out};
	bool ok = true;

	folder_clean(a, f);
	for (int s = 0; s < SHEET_COUNT; s++)
		for (size_t i = 0; i < f->sheets[s].count; i++)
			ok &= checks[s](&c, &f->sheets[s].rows[i]);
	return ok;
}
