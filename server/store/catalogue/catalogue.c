/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Reads the catalogue of the database into one struct with one arena, inside
 * one read transaction, so the struct is one state, never half old and half
 * new.
 */
#include "server/store/catalogue/catalogue.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "server/core/catalogue/catalogue.h"
#include "server/db/db.h"
#include "server/secret/token.h"
#include "server/store/catalogue/folder.h"
#include "server/store/catalogue/generation.h"
#include "server/store/devices/kiosk_settings.h"
#include "server/store/period/periods.h"
#include "shared/log.h"

static const char *
catalogue_column(struct catalogue *c, struct rows *r, int i)
{
	const char *text = rows_text(r, i);

	return arena_strdup(&c->arena, text == NULL ? "" : text);
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
		d->id = catalogue_column(c, r, 1);
		d->kind = catalogue_column(c, r, 2);
		d->desk = rows_null(r, 3) ? NULL : catalogue_column(c, r, 3);
		hash = rows_blob(r, 4, &size);
		d->has_key = size == sizeof(d->key);
		if (d->has_key)
			memcpy(d->key, hash, size);
	}
	rows_close(r);
	return step == STEP_DONE;
}

static bool
read_people(struct db *db, struct catalogue *c)
{
	struct rows *r = db_query(db, Q_STAFF_NAMES, "");
	enum step step;

	while ((step = rows_next(r)) == STEP_ROW) {
		struct known_person *p = arena_append(
		    &c->arena, &c->people, &c->npeople, sizeof(*p));

		p->login = catalogue_column(c, r, 0);
		p->name = catalogue_column(c, r, 1);
		p->password = password_generation(rows_text(r, 2));
		for (struct known_person *q = c->people; q < p; q++)
			if (q->name[0] != '\0' && strcmp(q->name, p->name) == 0)
				q->shared = p->shared = true;
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
			*desk = catalogue_column(c, r, 1);
		}
	}
	rows_close(r);
	return step == STEP_DONE;
}

/* Defaults, and what stands in the table over them; a key or a value that this
 * program does not know is as if it were not there. */
bool
store_settings(struct db *db, int64_t values[SETTING_COUNT])
{
	struct rows *r = db_query(db, Q_SETTING_LIST, "");
	enum setting setting;
	enum step step;

	for (int i = 0; i < SETTING_COUNT; i++)
		values[i] = setting_kinds[i].otherwise;
	while ((step = rows_next(r)) == STEP_ROW)
		if (setting_find(rows_text(r, 0), &setting))
			setting_read(
			    setting, rows_text(r, 1), &values[setting]);
	rows_close(r);
	return step == STEP_DONE;
}

bool
store_setting_put(struct db *db, enum setting setting, int64_t value)
{
	char text[24];

	snprintf(text, sizeof(text), "%lld", (long long)value);
	return db_run(
	    db, Q_SETTING_PUT, NULL, "tt", setting_kinds[setting].key, text);
}

/* Units to forms, by way of the folder. */
static bool
read_folder(struct db *db, struct catalogue *c)
{
	struct arena arena;
	struct folder folder;
	char error[200];
	bool ok;

	arena_init(&arena);
	ok = store_folder(db, &arena, &folder);
	if (ok && !folder_catalogue(&folder, c, error, sizeof(error))) {
		log_error("the catalogue in the database: %s", error);
		ok = false;
	}
	arena_finish(&arena);
	return ok;
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
	ok = c->generation >= 0 && read_folder(db, c) &&
	     store_settings(db, c->settings) && read_devices(db, c) &&
	     read_former_desks(db, c) && read_people(db, c) &&
	     store_kiosk_values(
		 db, &c->arena, &c->kiosk_values, &c->nkiosk_values) &&
	     store_closed_periods(db, &c->arena, &c->closed, &c->nclosed) &&
	     store_days_off(db, &c->arena, &c->days_off, &c->ndays_off);
	db_commit(db);
	if (!ok) {
		catalogue_destroy(c);
		return NULL;
	}
	return c;
}
