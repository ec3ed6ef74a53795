/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A catalogue's folder from the disk, or the one that is built in, and the way
 * of a whole folder into the database. */
#include "server/store/catalogue/import.h"

#include "server/core/catalogue/folder.h"
#include "server/db/db.h"
#include "server/store/catalogue/catalogue_write.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "shared/arena.h"
#include "shared/buf.h"
#include "shared/catalogue.h"
#include "shared/clock.h"
#include "shared/civil.h"
#include "shared/limits.h"

static void
add_import_file(struct arena *a, const char *path, const char *name,
    struct folder_file **files, size_t *n)
{
	struct folder_file *file;
	struct buf content;

	buf_init(&content);
	if (buf_read_file(&content, arena_printf(a, "%s/%s", path, name),
		LIMIT_FOLDER_BYTES)) {
		file = arena_append(a, files, n, sizeof(*file));
		file->name = name;
		file->size = content.size;
		file->data = arena_strndup(a, buf_text(&content), content.size);
	}
	buf_finish(&content);
}

static void
read_disk(
    struct arena *a, const char *path, struct folder_file **files, size_t *n)
{
	struct dirent *entry;
	DIR *dir = opendir(arena_printf(a, "%s/forms", path));

	for (int s = 0; s < SHEET_FORMS; s++)
		add_import_file(a, path,
		    arena_printf(a, "%s.csv", sheet_kinds[s].name), files, n);
	while (dir != NULL && (entry = readdir(dir)) != NULL)
		add_import_file(a, path,
		    arena_printf(a, "forms/%s", entry->d_name), files, n);
	if (dir != NULL)
		closedir(dir);
}

static void
read_built_in(struct arena *a, const struct catalogue_file *f,
    struct folder_file **files, size_t *n)
{
	for (; f->name != NULL; f++) {
		struct folder_file *file =
		    arena_append(a, files, n, sizeof(*file));

		file->name = f->name;
		file->data = f->data;
		file->size = f->size;
	}
}

bool
store_folder_read(struct arena *a, const char *path, struct folder *out,
    struct refusals *refusals)
{
	const struct catalogue_file *built_in =
	    path == NULL ? catalogue_files : catalogue_edition(path);
	struct folder_file *files = NULL;
	size_t n = 0;

	if (built_in != NULL)
		read_built_in(a, built_in, &files, &n);
	else
		read_disk(a, path, &files, &n);
	return folder_read(a, files, n, out, refusals);
}

enum import
store_import_by(struct db *db, struct arena *a, const struct folder *next,
    const struct deed *by, bool dry, struct revision *out)
{
	bool stale, ok;

	if (!db_begin(db))
		return IMPORT_FAILED;
	ok = store_revise(db, a, next, civil_local_day(clock_now()), out);
	if (ok && out->refusals.count == 0 && !dry)
		ok = store_revision_write(db, out, by, &stale);
	if (!ok || dry || out->refusals.count > 0) {
		db_rollback(db);
		return ok && out->refusals.count == 0 ? IMPORT_DONE
		       : ok                           ? IMPORT_REFUSED
						      : IMPORT_FAILED;
	}
	return db_commit(db) ? IMPORT_DONE : IMPORT_FAILED;
}

bool
store_import(struct db *db, const char *path, char *error, size_t size)
{
	struct refusals refusals = {0};
	struct revision revision = {0};
	enum import import = IMPORT_REFUSED;
	struct folder next;
	struct arena a;

	arena_init(&a);
	if (store_folder_read(&a, path, &next, &refusals)) {
		import = store_import_by(db, &a, &next, NULL, false, &revision);
		refusals = revision.refusals;
	}
	if (import == IMPORT_FAILED)
		snprintf(error, size, "database: it cannot be written");
	else if (import == IMPORT_REFUSED)
		snprintf(error, size, "%s",
		    refusal_words(&a, LANG_EN, &refusals.list[0]));
	arena_finish(&a);
	return import == IMPORT_DONE;
}
