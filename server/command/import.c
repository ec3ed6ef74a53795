/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * import dossiers FILE [--partial]: all or nothing. Every row is read before
 * anything is written; each bad one is named with its line, value and reason,
 * and then the file is refused as a whole, or with --partial the good rows are
 * taken and the bad ones stand in FILE.bad.csv, with the reason, to be mended
 * and brought in again. A dossier that is known already is brought up to date.
 * How a file of a million gets in while citizens write: register/arriving.h.
 */
#include "server/command/command.h"

#include <stdio.h>
#include <string.h>
#include "server/core/catalogue/catalogue.h"
#include "server/register/arriving.h"
#include "server/register/bad_rows.h"
#include "server/store/catalogue/catalogue.h"
#include "server/store/dossier/dossier_mappings.h"
#include "server/store/messages/phone_keys.h"
#include "shared/civil.h"
#include "shared/clock.h"

struct importing {
	const struct command *c;
	const char *path, *bad_path;
	bool partial;
	struct arena arena;
	struct register_file file;
	struct arriving arriving;
	struct bad_rows bad;
};

static bool
name_bad_row(void *context, const struct table_row *row, const char *why)
{
	struct importing *im = context;

	fprintf(stderr, "%s:%d: %s\n", im->path, row->line, why);
	return true;
}

static bool
pass_over(void *context, const struct dossier *d, int line)
{
	(void)context;
	(void)d;
	(void)line;
	return true;
}

static bool
pass_over_bad(void *context, const struct table_row *row, const char *why)
{
	(void)context;
	(void)row;
	(void)why;
	return true;
}

/* The first reading. False, said, when nothing may be written. */
static bool
look_over(struct importing *im, struct register_found *found)
{
	const struct register_sink sink = {
	    pass_over, im->partial ? pass_over_bad : name_bad_row, im};
	const struct register_counts *counts = &found->counts;

	if (!register_file_read(&im->file, &sink, found)) {
		command_fail(im->c, 1, "%s: %s", im->path, found->error);
		return false;
	}
	if (found->head.left_aside[0] != '\0')
		fprintf(stderr,
		    "%s: columns that are not ours, left aside: %s\n", im->path,
		    found->head.left_aside);
	if (counts->bad == 0 || (im->partial && counts->bad < counts->rows))
		return true;
	command_fail(im->c, 1,
	    "%zu of %zu rows are bad%s; nothing was imported", counts->bad,
	    counts->rows, im->partial ? "" : " (above)");
	return false;
}

static bool
lay_row(void *context, const struct dossier *d, int line)
{
	struct importing *im = context;

	(void)line;
	return arriving_add(&im->arriving, d);
}

static bool
keep_bad_row(void *context, const struct table_row *row, const char *why)
{
	struct importing *im = context;

	name_bad_row(im, row, why);
	return im->partial && bad_rows_add(&im->bad, row, why);
}

/* The second reading: what is good goes into the database, the rest into its
 * file. */
static bool
lay_in(struct importing *im, const struct register_found *first)
{
	const struct register_sink sink = {lay_row, keep_bad_row, im};
	struct register_found found = {0};
	bool ok;

	im->file.twins = &first->twins;
	bad_rows_begin(&im->bad, im->bad_path, &found.head);
	ok = register_file_read(&im->file, &sink, &found) &&
	     (im->partial || found.counts.bad == 0) &&
	     found.counts.rows == first->counts.rows;
	ok = bad_rows_end(&im->bad) && ok;
	ok = ok && arriving_end(&im->arriving, &found.counts);
	if (!ok) {
		arriving_drop(&im->arriving);
		command_fail(im->c, 1, "nothing was imported (see above%s)",
		    found.error[0] != '\0' ? ", or the file changed meanwhile"
					   : "");
	}
	register_found_finish(&found);
	return ok;
}

static void
say_counts(
    const struct dossier_import *import, const struct register_counts *counts)
{
	const size_t *numbers = counts->numbers;

	printf("%lld dossiers: %lld new, %lld changed, %lld as they were\n",
	    (long long)import->dossiers,
	    (long long)import->count[ANNOUNCED_NEW],
	    (long long)import->count[ANNOUNCED_CHANGED],
	    (long long)import->count[ANNOUNCED_SAME]);
	printf("numbers: %zu kept; not kept: %zu without consent, %zu that get "
	       "no SMS; %zu dossiers without a number\n",
	    numbers[NUMBER_KEPT], numbers[NUMBER_UNWANTED],
	    numbers[NUMBER_NO_MOBILE], numbers[NUMBER_NONE]);
}

static int
bring_in(struct importing *im, struct db *db, const struct catalogue *catalogue,
    const struct seal_keys *keys)
{
	const char *slash = strrchr(im->path, '/');
	const struct dossier_import import = {
	    .file = slash == NULL ? im->path : slash + 1,
	    .login = command_person(&im->arena),
	    .role = "",
	    .place = "command",
	    .at = clock_now()};
	const struct taking_in taking = {.db = db,
	    .keys = keys,
	    .settings = im->c->settings,
	    .catalogue = catalogue};
	struct register_found found = {0};
	int status = 1;

	if (!look_over(im, &found)) {
		/* said */
	} else if (!arriving_begin(&im->arriving, db, keys, &import)) {
		command_fail(im->c, 1, "not stored (see above)");
	} else if (lay_in(im, &found)) {
		struct dossier_import *taken = &im->arriving.import;

		status = take_in_all(&taking, taken) ? 0 : 1;
		if (status == 0)
			say_counts(taken, &found.counts);
		else
			command_fail(im->c, 1,
			    "taken in part (see above); the next import, "
			    "or the collector at its start, goes on");
		if (found.counts.bad > 0)
			fprintf(stderr, "%s: %lld rows left out: %s\n",
			    im->path, (long long)taken->bad, im->bad_path);
	}
	register_found_finish(&found);
	return status;
}

static int
import_dossiers(struct importing *im, struct db *db)
{
	struct catalogue *catalogue = store_catalogue(db);
	struct dossier_names names;
	struct seal_keys keys;
	char error[700];
	int status;

	if (catalogue == NULL)
		return command_fail(
		    im->c, 1, "the catalogue cannot be read (see above)");
	dossier_names_make(&im->arena, catalogue, &names);
	im->file = (struct register_file){.path = im->path,
	    .names = &names,
	    .today = civil_local_day(clock_now())};
	if (!store_mappings(
		db, &im->arena, &im->file.mappings, &im->file.nmappings))
		status = command_fail(im->c, 1, "not read (see above)");
	else if (!phone_keys_read(db, im->c->settings->key_file, &keys, error,
		     sizeof(error)))
		status = command_fail(im->c, 1, "%s", error);
	else
		status = bring_in(im, db, catalogue, &keys);
	catalogue_destroy(catalogue);
	return status;
}

int
command_import(const struct command *c)
{
	const char *partial = NULL, *words[2];
	const struct option_row options[] = {
	    {"--partial", false, &partial}, {NULL, false, NULL}};
	struct importing im = {.c = c};
	struct db *db;
	int n, status;

	if (!command_options(c, options, words, 2, &n))
		return 2;
	if (n != 2 || strcmp(words[0], "dossiers") != 0)
		return command_fail(c, 2, "import dossiers FILE [--partial]");
	db = command_db(c, DB_WRITE);
	if (db == NULL)
		return 1;
	arena_init(&im.arena);
	im.path = words[1];
	im.bad_path = arena_printf(&im.arena, "%s.bad.csv", words[1]);
	im.partial = partial != NULL;
	status = import_dossiers(&im, db);
	arena_finish(&im.arena);
	db_close(db);
	return status;
}
