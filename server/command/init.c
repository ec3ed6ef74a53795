/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * init [--catalogue DIR|tuy-phong-2022|tuy-phong-2025]: makes or upgrades the
 * database and loads a catalogue. May be repeated. Rows of a folder that is
 * named are added or changed by their code, none is removed ("catalogue import"
 * does that, too); without one an empty database gets the built-in catalogue,
 * and one that has a catalogue keeps it, as the pages and their users have made
 * it, but for the built-in forms of which it has no version yet: new ones come
 * with a new program.
 */
#include "server/command/catalogue.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include "server/core/catalogue/catalogue.h"
#include "server/secret/phone_seal.h"
#include "server/store/after_upgrade.h"
#include "server/store/catalogue/catalogue.h"
#include "server/store/catalogue/catalogue_write.h"
#include "server/store/catalogue/folder.h"
#include "server/store/catalogue/import.h"
#include "server/store/devices/kiosk_settings.h"
#include "server/store/house_keys.h"
#include "server/store/messages/phone_keys.h"
#include "server/store/people/factors.h"
#include "shared/catalogue.h"

/* Adds the built-in forms whose code is not there in any version. */
static void
add_new_forms(
    struct arena *a, const struct folder *built_in, struct folder *next)
{
	const struct sheet *forms = &built_in->sheets[SHEET_FORMS];
	struct sheet *own = &next->sheets[SHEET_FORMS];

	for (size_t i = 0; i < forms->count; i++) {
		bool known = false;

		for (size_t k = 0; k < own->count; k++)
			known |= strcmp(own->rows[k].cells[FORM_CODE],
				     forms->rows[i].cells[FORM_CODE]) == 0;
		if (!known)
			*folder_add(a, next, SHEET_FORMS) = forms->rows[i];
	}
}

/* What the catalogue shall be. */
static bool
read_init_next(const struct command *c, struct db *db, struct arena *a,
    const char *path, struct folder *next)
{
	struct refusals refusals = {0};
	struct folder own;
	struct stat st;

	if (path != NULL && catalogue_edition(path) == NULL &&
	    stat(path, &st) != 0) {
		command_fail(c, 1,
		    "%s: no such folder, nor a built-in catalogue "
		    "(tuy-phong-2022, tuy-phong-2025)",
		    path);
		return false;
	}
	if (!store_folder(db, a, &own)) {
		command_fail(c, 1, "the database did not answer");
		return false;
	}
	if (!store_folder_read(a, path, next, &refusals)) {
		catalogue_refused(c, &refusals);
		return false;
	}
	if (path == NULL && own.sheets[SHEET_UNITS].count > 0) {
		add_new_forms(a, next, &own);
		*next = own;
	}
	for (int s = 0; s < SHEET_COUNT; s++)
		changes_keep(a, (enum sheet_name)s, &own, next);
	return true;
}

static void
tell_init(struct db *db, const struct command *c)
{
	struct catalogue *catalogue = store_catalogue(db);

	if (catalogue != NULL)
		printf("%s is ready: %zu units, %zu fields, %zu desks, "
		       "%zu forms\n",
		    strncmp(c->settings->database, "sqlite:", 7) == 0
			? c->settings->database + 7
			: "the database",
		    catalogue->nunits, catalogue->nfields, catalogue->ndesks,
		    catalogue->nforms);
	catalogue_destroy(catalogue);
}

int
command_init(const struct command *c)
{
	const char *folder = NULL;
	const struct option_row options[] = {
	    {"--catalogue", true, &folder}, {NULL, false, NULL}};
	struct revision revision;
	struct folder next;
	struct seal_keys keys;
	struct arena a;
	char error[700];
	struct db *db;
	int nwords, status = 1;

	if (!command_options(c, options, NULL, 0, &nwords))
		return 2;
	db = db_open(c->settings->database, DB_CREATE);
	if (db == NULL)
		return command_fail(c, 1, "the database cannot be made");
	arena_init(&a);
	if (!store_bring_up(db))
		command_fail(c, 1, "the database cannot be written");
	else if (!phone_keys_make(
		     db, c->settings->key_file, error, sizeof(error)))
		command_fail(c, 1, "%s", error);
	else if (!phone_keys_read(
		     db, c->settings->key_file, &keys, error, sizeof(error)))
		command_fail(c, 1, "%s", error);
	else if (!house_keys_make(
		     db, &keys, c->settings->key_file[0] != '\0') ||
		 !store_kiosk_pins_seal(
		     db, &keys, c->settings->key_file[0] != '\0') ||
		 !store_recovery_renew(db, keys.hash))
		command_fail(c, 1, "the database cannot be written");
	else if (read_init_next(c, db, &a, folder, &next) &&
		 catalogue_bring(c, db, &a, &next, false, &revision))
		status = 0;
	if (status == 0)
		tell_init(db, c);
	arena_finish(&a);
	db_close(db);
	return status;
}
