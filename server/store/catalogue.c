/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Reads the catalogue of the database into one struct with one arena, inside
 * one read transaction, so the struct is one state, never half old and half
 * new.
 */
#include "server/store/store.h"

#include <stdlib.h>
#include <string.h>
#include "server/store/kiosks.h"
#include "shared/buf.h"
#include "shared/log.h"

static const char *
column(struct catalogue *c, struct rows *r, int i)
{
	const char *text = rows_text(r, i);

	return arena_strdup(&c->arena, text == NULL ? "" : text);
}

static bool
read_units(struct db *db, struct catalogue *c)
{
	struct rows *r = db_query(db, Q_UNIT_LIST, "");
	enum step step;

	while ((step = rows_next(r)) == STEP_ROW) {
		struct unit *u =
		    arena_append(&c->arena, &c->units, &c->nunits, sizeof(*u));

		u->code = column(c, r, 0);
		u->parent = column(c, r, 1);
		u->level = column(c, r, 2);
		u->name = column(c, r, 3);
		u->valid_from = (int32_t)rows_int(r, 4);
		u->valid_to =
		    rows_null(r, 5) ? INT32_MAX : (int32_t)rows_int(r, 5);
	}
	rows_close(r);
	return step == STEP_DONE;
}

static bool
read_fields(struct db *db, struct catalogue *c)
{
	struct rows *r = db_query(db, Q_FIELD_LIST, "");
	enum step step;

	while ((step = rows_next(r)) == STEP_ROW) {
		struct field *f = arena_append(
		    &c->arena, &c->fields, &c->nfields, sizeof(*f));

		f->code = column(c, r, 0);
		f->name = column(c, r, 1);
		f->group = column(c, r, 2);
	}
	rows_close(r);
	return step == STEP_DONE;
}

static bool
read_targets(struct db *db, struct catalogue *c)
{
	struct rows *r = db_query(db, Q_TARGET_LIST, "");
	enum step step;

	while ((step = rows_next(r)) == STEP_ROW) {
		struct target *t = arena_append(
		    &c->arena, &c->targets, &c->ntargets, sizeof(*t));

		t->population = column(c, r, 0);
		t->from = (int32_t)rows_int(r, 1);
		t->group = column(c, r, 2);
		t->percent4 = rows_int(r, 3);
	}
	rows_close(r);
	return step == STEP_DONE;
}

static bool
read_desks(struct db *db, struct catalogue *c)
{
	struct rows *r = db_query(db, Q_DESK_LIST, "");
	enum step step;

	while ((step = rows_next(r)) == STEP_ROW) {
		struct desk *d =
		    arena_append(&c->arena, &c->desks, &c->ndesks, sizeof(*d));

		d->code = column(c, r, 0);
		d->unit = catalogue_unit(c, column(c, r, 1));
		d->name = column(c, r, 2);
		d->fields =
		    arena_alloc(&c->arena, c->nfields * sizeof(*d->fields));
		if (d->unit == NULL) {
			log_error("desk %s: its unit is missing; import the "
				  "catalogue again",
			    d->code);
			step = STEP_FAIL;
			break;
		}
	}
	rows_close(r);
	return step == STEP_DONE;
}

static bool
read_desk_fields(struct db *db, struct catalogue *c)
{
	struct rows *r = db_query(db, Q_DESK_FIELD_LIST, "");
	enum step step;

	while ((step = rows_next(r)) == STEP_ROW) {
		/* the struct is ours until it is published */
		struct desk *d =
		    (struct desk *)catalogue_desk(c, rows_text(r, 0));
		const struct field *f = catalogue_field(c, rows_text(r, 1));

		if (d != NULL && f != NULL && d->nfields < c->nfields)
			d->fields[d->nfields++] = f;
	}
	rows_close(r);
	return step == STEP_DONE;
}

static bool
read_forms(struct db *db, struct catalogue *c)
{
	struct rows *r = db_query(db, Q_FORM_LIST, "");
	enum step step;
	char error[200];

	while ((step = rows_next(r)) == STEP_ROW) {
		struct form *f =
		    arena_append(&c->arena, &c->forms, &c->nforms, sizeof(*f));
		json_t *document = json_loads(rows_text(r, 3), 0, NULL);

		if (!form_read(&c->arena, document, f, error, sizeof(error))) {
			log_error("form %s in the database cannot be read: %s",
			    rows_text(r, 0), error);
			step = STEP_FAIL;
			break;
		}
	}
	rows_close(r);
	return step == STEP_DONE;
}

/* Ordered by the database; both engines compare bytes as memcmp does. */
static bool
read_devices(struct db *db, struct catalogue *c)
{
	struct rows *r = db_query(db, Q_DEVICE_KNOWN, "");
	enum step step;
	const void *hash;
	size_t size;

	while ((step = rows_next(r)) == STEP_ROW) {
		struct known_device *d = arena_append(
		    &c->arena, &c->devices, &c->ndevices, sizeof(*d));

		hash = rows_blob(r, 0, &size);
		if (size == sizeof(d->token_hash))
			memcpy(d->token_hash, hash, size);
		d->id = column(c, r, 1);
		d->kind = column(c, r, 2);
		d->desk = rows_null(r, 3) ? NULL : column(c, r, 3);
		hash = rows_blob(r, 4, &size);
		d->has_key = size == sizeof(d->key);
		if (d->has_key)
			memcpy(d->key, hash, size);
	}
	rows_close(r);
	return step == STEP_DONE;
}

/* Where kiosks stood before they were moved. */
static bool
read_former_desks(struct db *db, struct catalogue *c)
{
	struct rows *r = db_query(db, Q_DEVICE_DESK_LIST, "");
	enum step step;

	while ((step = rows_next(r)) == STEP_ROW) {
		const char *device = rows_text(r, 0);

		for (size_t i = 0; i < c->ndevices; i++) {
			struct known_device *d = &c->devices[i];
			const char **desk;

			if (strcmp(d->id, device) != 0)
				continue;
			desk = arena_append(
			    &c->arena, &d->former, &d->nformer, sizeof(*desk));
			*desk = column(c, r, 1);
		}
	}
	rows_close(r);
	return step == STEP_DONE;
}

static void
list_desk_codes(struct catalogue *c)
{
	c->desk_codes =
	    arena_alloc(&c->arena, (c->ndesks + 1) * sizeof(*c->desk_codes));
	for (size_t i = 0; i < c->ndesks; i++)
		c->desk_codes[i] = c->desks[i].code;
}

struct catalogue *
store_catalogue(struct db *db)
{
	struct catalogue *c = calloc(1, sizeof(*c));
	bool ok;

	if (c == NULL)
		abort();
	arena_init(&c->arena);
	if (!db_begin_read(db)) {
		free(c);
		return NULL;
	}
	c->generation = store_generation(db);
	ok = c->generation >= 0 && read_units(db, c) && read_fields(db, c) &&
	     read_targets(db, c) && read_desks(db, c) &&
	     read_desk_fields(db, c) && read_forms(db, c) &&
	     read_devices(db, c) && read_former_desks(db, c) &&
	     store_kiosk_values(
		 db, &c->arena, &c->kiosk_values, &c->nkiosk_values);
	db_commit(db);
	if (!ok) {
		catalogue_destroy(c);
		return NULL;
	}
	list_desk_codes(c);
	return c;
}

const char *
store_meta(struct db *db, struct arena *a, const char *key)
{
	struct rows *r = db_query(db, Q_META_GET, "t", key);
	const char *value = NULL;

	if (rows_next(r) == STEP_ROW)
		value = arena_strdup(a, rows_text(r, 0));
	rows_close(r);
	return value;
}

int64_t
store_generation(struct db *db)
{
	struct rows *r = db_query(db, Q_META_GET, "t", "generation");
	int64_t value = -1;

	if (rows_next(r) == STEP_ROW)
		value = strtoll(rows_text(r, 0), NULL, 10);
	rows_close(r);
	return value;
}

bool
store_generation_raise(struct db *db)
{
	return db_run(db, Q_META_NEW, NULL, "tt", "generation", "0") &&
	       db_run(db, Q_GENERATION_RAISE, NULL, "");
}
