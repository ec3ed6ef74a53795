/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Cells to numbers and pointers. What a folder says is what the programs do,
 * whether it stands in the database or is only looked at beforehand: both come
 * through here. */
#include "server/core/catalogue/catalogue.h"
#include "server/core/catalogue/folder.h"

#include <stdio.h>
#include <string.h>
#include "shared/civil.h"

static int32_t
folder_day(const char *cell, int32_t otherwise)
{
	int32_t day;

	return civil_parse_date(cell, &day) ? day : otherwise;
}

static void
take_units(const struct sheet *s, struct catalogue *c)
{
	c->units = arena_alloc(&c->arena, (s->count + 1) * sizeof(*c->units));
	c->nunits = s->count;
	for (size_t i = 0; i < s->count; i++) {
		const char *const *cells = s->rows[i].cells;
		struct unit *u = &c->units[i];

		u->code = arena_strdup(&c->arena, cells[UNIT_CODE]);
		u->parent = arena_strdup(&c->arena, cells[UNIT_PARENT]);
		u->level = arena_strdup(&c->arena, cells[UNIT_LEVEL]);
		u->name = arena_strdup(&c->arena, cells[UNIT_NAME]);
		u->valid_from = folder_day(cells[UNIT_FROM], 0);
		u->valid_to = folder_day(cells[UNIT_TO], INT32_MAX);
	}
}

static void
take_fields(const struct sheet *s, struct catalogue *c)
{
	c->fields = arena_alloc(&c->arena, (s->count + 1) * sizeof(*c->fields));
	c->nfields = s->count;
	for (size_t i = 0; i < s->count; i++) {
		const char *const *cells = s->rows[i].cells;
		struct field *f = &c->fields[i];

		f->code = arena_strdup(&c->arena, cells[FIELD_CODE]);
		f->name = arena_strdup(&c->arena, cells[FIELD_NAME]);
		f->group = arena_strdup(&c->arena, cells[FIELD_GROUP]);
	}
}

static void
take_targets(const struct sheet *s, struct catalogue *c)
{
	c->targets =
	    arena_alloc(&c->arena, (s->count + 1) * sizeof(*c->targets));
	c->ntargets = s->count;
	for (size_t i = 0; i < s->count; i++) {
		const char *const *cells = s->rows[i].cells;
		struct target *t = &c->targets[i];

		t->population =
		    arena_strdup(&c->arena, cells[TARGET_POPULATION]);
		t->group = arena_strdup(&c->arena, cells[TARGET_GROUP]);
		t->from = folder_day(cells[TARGET_FROM], 0);
		t->percent4 = percent4_read(cells[TARGET_PERCENT]);
	}
}

/* The fields of a desk, cut at '|'. */
static bool
take_desk_fields(const char *cell, struct catalogue *c, struct desk *d)
{
	d->fields =
	    arena_alloc(&c->arena, (c->nfields + 1) * sizeof(*d->fields));
	while (*cell != '\0') {
		size_t length = strcspn(cell, "|");
		const struct field *f =
		    catalogue_field(c, arena_strndup(&c->arena, cell, length));

		if (f == NULL || d->nfields == c->nfields)
			return false;
		d->fields[d->nfields++] = f;
		cell += length + (cell[length] == '|');
	}
	return true;
}

static bool
take_desks(const struct sheet *s, struct catalogue *c, char *error, size_t size)
{
	c->desks = arena_alloc(&c->arena, (s->count + 1) * sizeof(*c->desks));
	c->desk_codes =
	    arena_alloc(&c->arena, (s->count + 1) * sizeof(*c->desk_codes));
	c->ndesks = s->count;
	for (size_t i = 0; i < s->count; i++) {
		const char *const *cells = s->rows[i].cells;
		struct desk *d = &c->desks[i];

		d->code = arena_strdup(&c->arena, cells[DESK_CODE]);
		d->name = arena_strdup(&c->arena, cells[DESK_NAME]);
		d->unit = catalogue_unit(c, cells[DESK_UNIT]);
		c->desk_codes[i] = d->code;
		if (d->unit == NULL ||
		    !take_desk_fields(cells[DESK_FIELDS], c, d)) {
			snprintf(error, size,
			    "desk %s: its unit or a field is missing", d->code);
			return false;
		}
	}
	return true;
}

static bool
take_forms(const struct sheet *s, struct catalogue *c, char *error, size_t size)
{
	c->forms = arena_alloc(&c->arena, (s->count + 1) * sizeof(*c->forms));
	for (size_t i = 0; i < s->count; i++) {
		struct form *f = &c->forms[c->nforms++];

		if (!form_read(&c->arena,
			json_loads(s->rows[i].cells[FORM_DOCUMENT], 0, NULL), f,
			error, size))
			return false;
	}
	return true;
}

bool
folder_catalogue(
    const struct folder *f, struct catalogue *c, char *error, size_t size)
{
	take_units(&f->sheets[SHEET_UNITS], c);
	take_fields(&f->sheets[SHEET_FIELDS], c);
	take_targets(&f->sheets[SHEET_TARGETS], c);
	return take_desks(&f->sheets[SHEET_DESKS], c, error, size) &&
	       take_forms(&f->sheets[SHEET_FORMS], c, error, size);
}
