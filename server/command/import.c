/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * import dossiers FILE.csv: all or nothing. Every row is read before anything
 * is written; each bad one is named with its line and reason, and then the file
 * is refused as a whole. A dossier that is known already is brought up to date.
 * One that stands twice in the file must be the same both times: which of two
 * outcomes is the right one only the office knows.
 */
#include "server/command/command.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include "server/core/dossier/register.h"
#include "server/messages/contacts.h"
#include "server/store/catalogue/catalogue.h"
#include "server/store/dossier/dossiers.h"
#include "server/store/messages/phone_keys.h"
#include "shared/buf.h"
#include "shared/civil.h"
#include "shared/clock.h"
#include "shared/limits.h"
#include "shared/sort.h"

#define MOST_BYTES (512 * 1024 * 1024) /* of a file: some million dossiers */

struct importing {
	const struct command *c;
	const char *path;
	struct arena arena;
	struct dossier_register table;
	struct dossier *list;
};

static bool
read_import_file(struct importing *im)
{
	char why[300];
	struct buf data;
	bool ok = false;

	buf_init(&data);
	if (!buf_read_file(&data, im->path, MOST_BYTES))
		command_fail(im->c, 1, "%s: %s", im->path,
		    errno == EFBIG ? "too large" : strerror(errno));
	else if (!(ok = register_read(&im->arena, buf_text(&data), data.size,
		       &im->table, why, sizeof(why))))
		command_fail(im->c, 1, "%s: %s", im->path, why);
	else if (im->table.left_aside[0] != '\0')
		fprintf(stderr,
		    "%s: columns that are not ours, left aside: %s\n", im->path,
		    im->table.left_aside);
	buf_finish(&data);
	return ok;
}

static int
by_dossier_key(const void *a, const void *b, const void *context)
{
	const struct importing *im = context;

	return strcmp(
	    im->list[*(const size_t *)a].key, im->list[*(const size_t *)b].key);
}

static bool
same_dossier(const struct dossier *a, const struct dossier *b)
{
	return strcmp(a->unit, b->unit) == 0 &&
	       strcmp(a->field, b->field) == 0 &&
	       strcmp(a->procedure, b->procedure) == 0 &&
	       strcmp(a->desk, b->desk) == 0 &&
	       strcmp(a->authority, b->authority) == 0 &&
	       a->received_at == b->received_at && a->due_at == b->due_at &&
	       a->finished_at == b->finished_at && a->outcome == b->outcome &&
	       strcmp(a->phone, b->phone) == 0 && a->consent == b->consent;
}

/* Number of rows with the code of one before, but other words; each said. */
static size_t
name_twins(struct importing *im)
{
	size_t n = im->table.nrows, bad = 0;
	size_t *order = arena_alloc(&im->arena, (n + 1) * sizeof(*order));
	const struct register_row *rows = im->table.rows;

	for (size_t i = 0; i < n; i++)
		order[i] = i;
	sort_stable(order, n, sizeof(*order), by_dossier_key, im);
	for (size_t i = 1; i < n; i++) {
		size_t one = order[i - 1], two = order[i];

		if (strcmp(im->list[one].key, im->list[two].key) != 0 ||
		    same_dossier(&im->list[one], &im->list[two]))
			continue;
		fprintf(stderr,
		    "%s:%d: code: the same as on line %d (%s), but other "
		    "words\n",
		    im->path, rows[two].line, rows[one].line,
		    im->list[two].code);
		bad++;
	}
	return bad;
}

/* Number of bad rows, each said. */
static size_t
read_import_rows(struct importing *im, const struct catalogue *catalogue)
{
	int32_t today = civil_local_day(clock_now());
	char error[LIMIT_ERROR_BYTES];
	size_t bad = 0;

	im->list =
	    arena_alloc(&im->arena, (im->table.nrows + 1) * sizeof(*im->list));
	for (size_t i = 0; i < im->table.nrows; i++) {
		const struct register_row *row = &im->table.rows[i];

		if (row->cells == NULL)
			snprintf(error, sizeof(error),
			    "not as many cells as the header has");
		else if (dossier_read(row->cells, catalogue, today, &im->arena,
			     &im->list[i], error))
			continue;
		fprintf(stderr, "%s:%d: %s\n", im->path, row->line, error);
		bad++;
	}
	return bad > 0 ? bad : name_twins(im);
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

static int
write_rows(struct importing *im, struct db *db,
    const struct catalogue *catalogue, const struct seal_keys *keys)
{
	int64_t now = clock_now();
	size_t n = im->table.nrows, count[ANNOUNCED_KINDS] = {0};
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
	return 0;
}

static int
import_dossiers(struct importing *im, struct db *db)
{
	struct catalogue *catalogue = store_catalogue(db);
	struct seal_keys keys;
	char error[700];
	size_t bad;
	int status;

	if (catalogue == NULL)
		return command_fail(
		    im->c, 1, "the catalogue cannot be read (see above)");
	if (!phone_keys_read(
		db, im->c->settings->key_file, &keys, error, sizeof(error))) {
		status = command_fail(im->c, 1, "%s", error);
	} else if (!read_import_file(im)) {
		status = 1;
	} else if ((bad = read_import_rows(im, catalogue)) > 0) {
		status = command_fail(im->c, 1,
		    "%zu of %zu rows are bad (above); nothing was imported",
		    bad, im->table.nrows);
	} else {
		status = write_rows(im, db, catalogue, &keys);
	}
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
		return command_fail(c, 2, "import dossiers FILE.csv");
	db = command_db(c, DB_WRITE);
	if (db == NULL)
		return 1;
	im.path = words[1];
	arena_init(&im.arena);
	status = import_dossiers(&im, db);
	arena_finish(&im.arena);
	db_close(db);
	return status;
}
