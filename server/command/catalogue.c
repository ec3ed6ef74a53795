/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * catalogue export DIR, catalogue import DIR [--dry-run]: the folder of the
 * catalogue out of the database and back. What an import changes is told a line
 * each; of what was exported nothing. A folder written before may be written
 * again; any other one must be empty, lest two catalogues mix.
 */
#include "server/command/catalogue.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "server/store/people/audit.h"
#include "server/store/catalogue/catalogue_write.h"
#include "server/store/catalogue/folder.h"
#include "server/store/catalogue/import.h"
#include "shared/clock.h"
#include "shared/private_file.h"

/* ------------------------------------------------------------------- import */

void
catalogue_refused(const struct command *c, const struct refusals *refusals)
{
	struct arena a;

	arena_init(&a);
	command_fail(c, 1, "catalogue refused, nothing changed: %s",
	    refusal_words(&a, LANG_EN, &refusals->list[0]));
	for (size_t i = 1; i < refusals->count; i++)
		fprintf(stderr, "  %s\n",
		    refusal_words(&a, LANG_EN, &refusals->list[i]));
	arena_finish(&a);
}

bool
catalogue_bring(const struct command *c, struct db *db, struct arena *a,
    const struct folder *next, bool dry, struct revision *out)
{
	const struct deed by = {.at = clock_now(),
	    .login = command_person(a),
	    .role = "",
	    .place = "command"};

	switch (store_import_by(db, a, next, &by, dry, out)) {
	case IMPORT_DONE:
		return true;
	case IMPORT_REFUSED:
		catalogue_refused(c, &out->refusals);
		return false;
	default:
		command_fail(c, 1, "the database could not keep it");
		return false;
	}
}

static void
tell_catalogue(const struct revision *r, bool dry)
{
	for (size_t i = 0; i < r->changes.count; i++)
		printf("%s %s\n", change_act(r->arena, &r->changes.list[i]),
		    r->changes.list[i].key);
	if (r->changes.count == 0)
		printf("nothing changes\n");
	else
		printf("%zu %s%s\n", r->changes.count,
		    r->changes.count == 1 ? "change" : "changes",
		    dry ? ", not written (--dry-run)" : "");
}

static int
import_catalogue(
    const struct command *c, struct db *db, const char *path, bool dry)
{
	struct refusals refusals = {0};
	struct revision revision;
	struct folder next;
	struct arena a;
	int status = 1;

	arena_init(&a);
	if (!store_folder_read(&a, path, &next, &refusals)) {
		catalogue_refused(c, &refusals);
	} else if (catalogue_bring(c, db, &a, &next, dry, &revision)) {
		tell_catalogue(&revision, dry);
		status = 0;
	}
	arena_finish(&a);
	return status;
}

/* ------------------------------------------------------------------- export */

/* True for a folder that is empty, new, or a catalogue's own. */
static bool
may_write(const char *path)
{
	struct dirent *entry;
	bool other = false, units = false;
	DIR *dir = opendir(path);

	if (dir == NULL)
		return errno == ENOENT;
	while ((entry = readdir(dir)) != NULL) {
		if (strcmp(entry->d_name, "units.csv") == 0)
			units = true;
		else if (strcmp(entry->d_name, ".") != 0 &&
			 strcmp(entry->d_name, "..") != 0)
			other = true;
	}
	closedir(dir);
	return units || !other;
}

static bool
make_folder(const char *path)
{
	bool made = mkdir(path, 0777) == 0;

	if (made)
		public_file(path);
	return made || errno == EEXIST;
}

static bool
write_catalogue_file(
    struct arena *a, const char *path, const struct folder_file *file)
{
	const char *name = arena_printf(a, "%s/%s", path, file->name);
	FILE *f = fopen(name, "w");
	bool ok;

	if (f == NULL)
		return false;
	ok = fwrite(file->data, 1, file->size, f) == file->size;
	ok = fclose(f) == 0 && ok;
	public_file(name);
	return ok;
}

/* Forms of an earlier export that are no more among the files. */
static void
forget_forms(struct arena *a, const char *path)
{
	const char *folder = arena_printf(a, "%s/forms", path);
	struct dirent *entry;
	DIR *dir = opendir(folder);

	while (dir != NULL && (entry = readdir(dir)) != NULL) {
		const char *dot = strrchr(entry->d_name, '.');

		if (dot != NULL && strcmp(dot, ".json") == 0)
			unlink(arena_printf(a, "%s/%s", folder, entry->d_name));
	}
	if (dir != NULL)
		closedir(dir);
}

static int export(const struct command *c, struct db *db, const char *path)
{
	struct folder_file *files;
	struct folder folder;
	struct arena a;
	size_t n;
	int status = 0;

	if (!may_write(path))
		return command_fail(c, 1,
		    "%s holds other files; name a new or empty folder", path);
	arena_init(&a);
	if (!store_folder(db, &a, &folder)) {
		status = command_fail(c, 1, "the database did not answer");
		goto out;
	}
	folder_write(&a, &folder, &files, &n);
	if (!make_folder(path) ||
	    !make_folder(arena_printf(&a, "%s/forms", path)))
		status = command_fail(
		    c, 1, "%s cannot be made: %s", path, strerror(errno));
	else
		forget_forms(&a, path);
	for (size_t i = 0; i < n && status == 0; i++)
		if (!write_catalogue_file(&a, path, &files[i]))
			status = command_fail(c, 1, "%s/%s: %s", path,
			    files[i].name, strerror(errno));
	if (status == 0)
		printf("%s: %zu files\n", path, n);
out:
	arena_finish(&a);
	return status;
}

int
command_catalogue(const struct command *c)
{
	const char *words[2], *dry = NULL;
	const struct option_row options[] = {
	    {"--dry-run", false, &dry}, {NULL, false, NULL}};
	bool in;
	struct db *db;
	int nwords, status;

	if (!command_options(c, options, words, 2, &nwords))
		return 2;
	in = nwords > 0 && strcmp(words[0], "import") == 0;
	if (nwords != 2 || (!in && strcmp(words[0], "export") != 0) ||
	    (!in && dry != NULL))
		return command_fail(
		    c, 2, "export DIR, or import DIR [--dry-run]");
	db = command_db(c, in ? DB_WRITE : DB_READ);
	if (db == NULL)
		return 1;
	status = in ? import_catalogue(c, db, words[1], dry != NULL)
		    : export(c, db, words[1]);
	db_close(db);
	return status;
}
