/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What becomes of a catalogue: the list of rows that one folder has and another
 * has not, or has otherwise. Whatever is changed, one desk in a page or a whole
 * folder that is loaded, is such a list: it is shown, then written, and each of
 * its lines is a deed in the audit log. Pure.
 */
#ifndef HAILONG_SERVER_CORE_CATALOGUE_CATALOGUE_CHANGE_H
#define HAILONG_SERVER_CORE_CATALOGUE_CATALOGUE_CHANGE_H

#include "server/core/catalogue/folder.h"

struct arena;

enum change_kind {
	CHANGE_ADD,
	CHANGE_EDIT,
	CHANGE_REMOVE,
	CHANGE_ORDER, /* the rows of a sheet stand in another order */
};

struct change {
	enum change_kind kind;
	enum sheet_name sheet;
	const char *key; /* of an order: the sheet's name */
	const struct sheet_row *before, *after; /* NULL where there is none */
	bool grave; /* changes what figures of today or before mean, or cannot
		     * be undone */
};

struct changes {
	const struct folder *former, *next;
	struct change *list; /* of the arena */
	size_t count;
};

/* Adds to next the rows of a sheet that former has and next has not: of forms,
 * because what was published stays. Call before folder_check. */
void changes_keep(struct arena *a, enum sheet_name sheet,
    const struct folder *former, struct folder *next);
/* Compares two folders that were looked over and sorted. today is the local
 * day. A published form that is to be another is a refusal. */
void changes_make(struct arena *a, const struct folder *former,
    const struct folder *next, int32_t today, struct changes *out,
    struct refusals *refusals);
/* True when one of them is grave. */
bool changes_grave(const struct changes *changes);

/* As the audit log says it: "unit.change", "form.publish"; whose it is ("" the
 * whole district's); and the JSON of what was and of what is, NULL for nothing
 * (the caller owns it). */
const char *change_act(struct arena *a, const struct change *change);
const char *change_unit(const struct change *change);
json_t *change_before(const struct changes *all, const struct change *change);
json_t *change_after(const struct changes *all, const struct change *change);

#endif
