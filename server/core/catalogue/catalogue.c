/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Arrays in the catalogue's own order, searched from front to back: a district
 * has 15 desks and 40 fields, a province some 300 desks; a linear search over
 * pointers to short codes is then under a microsecond and needs no second
 * structure that could disagree with the first. The first letter is compared
 * in place: it spares nearly all calls of strcmp.
 */
#include "server/core/catalogue/catalogue.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "shared/answer.h"

/* Finds `code` in an array of structs whose first member is their code. */
static const void *
find_by_code(const void *array, size_t count, size_t size, const char *code)
{
	const char *at = array;

	for (size_t i = 0; i < count; i++, at += size) {
		const char *own = *(const char *const *)(const void *)at;

		if (own[0] == code[0] && strcmp(own, code) == 0)
			return at;
	}
	return NULL;
}

int64_t
catalogue_setting(const struct catalogue *c, enum setting setting)
{
	return c->settings[setting];
}

enum period_cut
catalogue_cut(const struct catalogue *c)
{
	return catalogue_setting(c, SETTING_PERIOD_ND09) != 0 ? PERIOD_ND09
							      : PERIOD_CALENDAR;
}

const struct unit *
catalogue_unit(const struct catalogue *c, const char *code)
{
	return find_by_code(c->units, c->nunits, sizeof(*c->units), code);
}

const struct field *
catalogue_field(const struct catalogue *c, const char *code)
{
	return find_by_code(c->fields, c->nfields, sizeof(*c->fields), code);
}

const struct desk *
catalogue_desk(const struct catalogue *c, const char *code)
{
	return find_by_code(c->desks, c->ndesks, sizeof(*c->desks), code);
}

static int
compare_hash(const void *hash, const void *device)
{
	return memcmp(hash, ((const struct known_device *)device)->token_hash,
	    TOKEN_HASH);
}

static bool
desk_serves(const struct desk *desk, const char *field)
{
	for (size_t i = 0; i < desk->nfields; i++)
		if (strcmp(desk->fields[i]->code, field) == 0)
			return true;
	return false;
}

const struct desk *
catalogue_unit_desk(
    const struct catalogue *c, const char *unit, const char *field)
{
	const struct desk *found = NULL;
	size_t fewest = 0; /* fields of the one that serves it; 0: none does */

	for (size_t i = 0; i < c->ndesks; i++) {
		const struct desk *desk = &c->desks[i];

		if (strcmp(desk->unit->code, unit) != 0)
			continue;
		if (desk_serves(desk, field) &&
		    (fewest == 0 || desk->nfields < fewest)) {
			found = desk;
			fewest = desk->nfields;
		} else if (found == NULL) {
			found = desk;
		}
	}
	return found;
}

const struct known_device *
catalogue_device(const struct catalogue *c, const uint8_t hash[TOKEN_HASH])
{
	return c->ndevices == 0 ? NULL
				: bsearch(hash, c->devices, c->ndevices,
				      sizeof(*c->devices), compare_hash);
}

const struct known_person *
catalogue_person(const struct catalogue *c, const char *login)
{
	for (size_t i = 0; i < c->npeople; i++)
		if (strcmp(c->people[i].login, login) == 0)
			return &c->people[i];
	return NULL;
}

const struct form *
catalogue_form(const struct catalogue *c, const char *code, int version)
{
	const struct form *found = NULL;

	for (size_t i = 0; i < c->nforms; i++)
		if (strcmp(c->forms[i].code, code) == 0 &&
		    (version == 0 || c->forms[i].version == version))
			found = &c->forms[i];
	return found;
}

const struct target *
catalogue_target(const struct catalogue *c, const char *population, int32_t day)
{
	const struct target *found = NULL;

	for (size_t i = 0; i < c->ntargets; i++) {
		const struct target *t = &c->targets[i];

		if (strcmp(t->population, population) != 0)
			continue;
		if (found == NULL || t->from <= day)
			found = t; /* ascending by day */
	}
	return found;
}

static bool
list_has(const char *const *list, size_t count, const char *code)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(list[i], code) == 0)
			return true;
	return false;
}

bool
form_has_criterion(const struct form *form, const char *code)
{
	return strcmp(code, "overall") == 0 ||
	       list_has(form->criteria, form->ncriteria, code);
}

bool
form_has_reason(const struct form *form, const char *code)
{
	return list_has(form->reasons, form->nreasons, code);
}

bool
catalogue_within(const struct catalogue *c, const char *unit, const char *above)
{
	const struct unit *u;

	/* a tree deeper than 16 is a circle, which import refuses */
	for (int depth = 0; depth < 16; depth++) {
		if (strcmp(unit, above) == 0)
			return true;
		u = catalogue_unit(c, unit);
		if (u == NULL || u->parent[0] == '\0')
			return false;
		unit = u->parent;
	}
	return false;
}

/* The "code" members of an array of the form's document. */
static bool
read_catalogue_codes(
    struct arena *a, const json_t *array, const char ***out, size_t *count)
{
	const char *code;

	*count = json_array_size(array);
	*out = arena_alloc(a, (*count + 1) * sizeof(**out));
	for (size_t i = 0; i < *count; i++) {
		code = json_string_value(
		    json_object_get(json_array_get(array, i), "code"));
		if (code == NULL || !code_valid(code) ||
		    list_has(*out, i, code))
			return false;
		(*out)[i] = code;
	}
	return true;
}

bool
form_read(struct arena *a, json_t *document, struct form *form, char *error,
    size_t size)
{
	json_t *version = json_object_get(document, "version");

	form->document = document;
	form->code = json_string_value(json_object_get(document, "code"));
	form->population =
	    json_string_value(json_object_get(document, "population"));
	form->version = (int)json_integer_value(version);
	if (form->code == NULL || !code_valid(form->code) ||
	    form->population == NULL || form->version < 1 ||
	    form->version > 32767) {
		snprintf(error, size,
		    "a form needs code, version from 1 and population");
		return false;
	}
	if (!read_catalogue_codes(a, json_object_get(document, "criteria"),
		&form->criteria, &form->ncriteria) ||
	    !read_catalogue_codes(a, json_object_get(document, "reasons"),
		&form->reasons, &form->nreasons) ||
	    form->ncriteria >= LIMIT_CRITERIA) {
		snprintf(error, size,
		    "form %s: criteria and reasons need different codes",
		    form->code);
		return false;
	}
	return true;
}

void
catalogue_destroy(struct catalogue *c)
{
	if (c == NULL)
		return;
	for (size_t i = 0; i < c->nforms; i++)
		json_decref(c->forms[i].document);
	arena_finish(&c->arena);
	free(c);
}
