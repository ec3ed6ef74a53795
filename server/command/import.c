/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * import dossiers FILE: all or nothing. Every row is read before anything
 * is written; each bad one is named with its line and reason, and then the file
 * is refused as a whole. A dossier that is known already is brought up to date.
 * One that stands twice in the file must be the same both times: which of two
 * outcomes is the right one only the office knows.
 */
#include "server/command/command.h"

#include <stdio.h>
#include <string.h>
#include "server/messages/contacts.h"
#include "server/register/reading.h"
#include "server/store/catalogue/catalogue.h"
#include "server/store/dossier/dossiers.h"
#include "server/store/messages/phone_keys.h"
#include "shared/civil.h"
#include "shared/clock.h"

struct importing {
	const struct command *c;
	const char *path;
	struct arena arena;
	struct register_found found;
	struct dossier *list;
	size_t count;
};

static bool
keep_import_row(void *context, const struct dossier *d, int line)
{
	struct importing *im = context;
	struct arena *a = &im->arena;
	struct dossier *mine =
	    arena_append(a, &im->list, &im->count, sizeof(*mine));

	(void)line;
	*mine = *d;
	mine->key = arena_strdup(a, d->key);
	mine->code = arena_strdup(a, d->code);
	mine->procedure = arena_strdup(a, d->procedure);
	mine->authority = arena_strdup(a, d->authority);
	return true;
}

static bool
name_bad_row(void *context, const struct table_row *row, const char *why)
{
	struct importing *im = context;

	fprintf(stderr, "%s:%d: %s\n", im->path, row->line, why);
	return true;
}

/* False, said, when nothing may be written. */
static bool
read_import_file(struct importing *im, const struct dossier_names *names)
{
	const struct register_file file = {.path = im->path,
	    .names = names,
	    .today = civil_local_day(clock_now())};
	const struct register_sink sink = {keep_import_row, name_bad_row, im};
	struct register_found *found = &im->found;

	if (!register_file_read(&file, &sink, found)) {
		command_fail(im->c, 1, "%s: %s", im->path, found->error);
		return false;
	}
	if (found->head.left_aside[0] != '\0')
		fprintf(stderr,
		    "%s: columns that are not ours, left aside: %s\n", im->path,
		    found->head.left_aside);
	if (found->counts.bad == 0)
		return true;
	command_fail(im->c, 1,
	    "%zu of %zu rows are bad (above); nothing was imported",
	    found->counts.bad, found->counts.rows);
	return false;
}

/* The deed: which file (its name, not where it lay), and what it brought. */
static bool
import_audit(
    struct importing *im, struct db *db, const size_t count[ANNOUNCED_KINDS])
{
	const char *slash = strrchr(im->path, '/');

	return command_audit(
	    db, (struct deed){.act = "dossier.import",
		    .object = slash == NULL ? im->path : slash + 1,
		    .after = arena_printf(&im->arena,
			"{\"new\":%zu,\"changed\":%zu,\"same\":%zu}",
			count[ANNOUNCED_NEW], count[ANNOUNCED_CHANGED],
			count[ANNOUNCED_SAME])});
}

/* How many numbers were kept, and how many not and why. */
static void
say_numbers(const size_t numbers[NUMBER_KINDS])
{
	printf("numbers: %zu kept; not kept: %zu without consent, %zu that get "
	       "no SMS; %zu dossiers without a number\n",
	    numbers[NUMBER_KEPT], numbers[NUMBER_UNWANTED],
	    numbers[NUMBER_NO_MOBILE], numbers[NUMBER_NONE]);
}

static int
write_rows(struct importing *im, struct db *db,
    const struct catalogue *catalogue, const struct seal_keys *keys)
{
	int64_t now = clock_now();
	size_t n = im->count, count[ANNOUNCED_KINDS] = {0};
	enum announced *became =
	    arena_alloc(&im->arena, (n + 1) * sizeof(*became));

	if (!db_begin(db) || !store_dossiers(db, im->list, n, now, became)) {
		db_rollback(db);
		return command_fail(im->c, 1, "not stored (see above)");
	}
	for (size_t i = 0; i < n; i++)
		count[became[i]]++;
	if (!import_audit(im, db, count) ||
	    !contacts_keep(
		db, keys, im->c->settings, catalogue, im->list, n, now) ||
	    !db_commit(db)) {
		db_rollback(db);
		return command_fail(im->c, 1, "not stored (see above)");
	}
	printf("%zu dossiers: %zu new, %zu changed, %zu as they were\n", n,
	    count[ANNOUNCED_NEW], count[ANNOUNCED_CHANGED],
	    count[ANNOUNCED_SAME]);
	say_numbers(im->found.counts.numbers);
	return 0;
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
	if (!phone_keys_read(
		db, im->c->settings->key_file, &keys, error, sizeof(error)))
		status = command_fail(im->c, 1, "%s", error);
	else if (!read_import_file(im, &names))
		status = 1;
	else
		status = write_rows(im, db, catalogue, &keys);
	catalogue_destroy(catalogue);
	return status;
}

int
command_import(const struct command *c)
{
	const struct option_row options[] = {{NULL, false, NULL}};
	struct importing im = {.c = c};
	const char *words[2];
	struct db *db;
	int n, status;

	if (!command_options(c, options, words, 2, &n))
		return 2;
	if (n != 2 || strcmp(words[0], "dossiers") != 0)
		return command_fail(c, 2, "import dossiers FILE");
	db = command_db(c, DB_WRITE);
	if (db == NULL)
		return 1;
	im.path = words[1];
	arena_init(&im.arena);
	status = import_dossiers(&im, db);
	register_found_finish(&im.found);
	arena_finish(&im.arena);
	db_close(db);
	return status;
}
