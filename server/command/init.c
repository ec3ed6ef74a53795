/* SPDX-License-Identifier: GPL-2.0-or-later */
/* init [--catalogue DIR]: makes or upgrades the database and loads a catalogue.
 * May be repeated: rows are added or changed by their code. */
#include "server/command/command.h"

#include <stdio.h>
#include <string.h>
#include "server/core/token.h"
#include "server/store/store.h"

/* The secrets of the phone hashes, of the door and of envelopes, made once. */
static bool
make_secrets(struct db *db)
{
	char sms[TOKEN_TEXT], door[TOKEN_TEXT], seal[TOKEN_TEXT];

	token_new(sms);
	token_new(door);
	token_new(seal);
	return db_begin(db) &&
	       db_run(db, Q_META_NEW, NULL, "tt", "sms_key", sms) &&
	       db_run(db, Q_META_NEW, NULL, "tt", "door_key", door) &&
	       db_run(db, Q_META_NEW, NULL, "tt", "seal_key", seal) &&
	       db_commit(db);
}

static void
tell(struct db *db, const struct command *c)
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
	char error[400];
	struct db *db;
	int nwords, status = 1;

	if (!command_options(c, options, NULL, 0, &nwords))
		return 2;
	db = db_open(c->settings->database, DB_CREATE);
	if (db == NULL)
		return command_fail(c, 1, "the database cannot be made");
	if (!store_bring_up(db) || !make_secrets(db))
		command_fail(c, 1, "the database cannot be written");
	else if (!store_import(db, folder, error, sizeof(error)))
		command_fail(
		    c, 1, "catalogue refused, nothing changed: %s", error);
	else
		status = 0;
	if (status == 0)
		tell(db, c);
	db_close(db);
	return status;
}
