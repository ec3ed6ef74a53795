/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Nothing is ever written to a disk, so a name in an archive leads nowhere; it
 * is held to the names of a catalogue all the same. Only the formats that we
 * name are read, with the bytes counted as they come out, whatever the headers
 * claim: a bomb ends at the limit.
 *
 * A gzipped tar is first unzipped as a whole, one layer of it and no more than
 * LIMIT_UNZIPPED_BYTES; what comes out is read without any filter. So bytes
 * that are skipped have been counted too, layers do not stack, and the work
 * ends with the limit however the archive is made.
 */
#include "server/core/text/archive.h"

#include <archive.h>
#include <archive_entry.h>
#include <string.h>
#include <strings.h>
#include "server/core/catalogue/folder.h"
#include "shared/arena.h"
#include "shared/buf.h"
#include "shared/limits.h"
#include "shared/utf8.h"

#define CHUNK 16384
#define SHOWN 60 /* bytes of a refused name that are told */

/* ---------------------------------------------------------------- unpacking */

/* What spreadsheets and systems leave in a folder, in any case of letters. */
static bool
is_litter(const char *name)
{
	static const char *const names[] = {"thumbs.db", "ehthumbs.db",
	    "ehthumbs_vista.db", "desktop.ini", "readme.md", "readme.txt",
	    "icon\r", NULL};
	const char *last = strrchr(name, '/');

	last = last == NULL ? name : last + 1;
	for (int i = 0; names[i] != NULL; i++)
		if (strcasecmp(last, names[i]) == 0)
			return true;
	/* hidden files, locks of an open table, a Mac's other half */
	return last[0] == '\0' || last[0] == '.' ||
	       strncmp(last, "~$", 2) == 0 ||
	       strncmp(name, "__MACOSX/", 9) == 0 ||
	       strstr(name, "/__MACOSX/") != NULL;
}

/* "forms/NAME.json", NAME of letters, digits and -_. */
static bool
archive_is_form(const char *name)
{
	size_t n = strlen(name);

	if (strncmp(name, "forms/", 6) != 0 || n < 12 || n > 120 ||
	    strcmp(name + n - 5, ".json") != 0 || name[6] == '.')
		return false;
	for (const char *c = name + 6; *c != '\0'; c++)
		if (strchr(
			"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
			"0123456789-_.",
			*c) == NULL)
			return false;
	return true;
}

static bool
is_table(const char *name)
{
	for (int s = 0; s < SHEET_FORMS; s++) {
		size_t n = strlen(sheet_kinds[s].name);

		if (strncmp(name, sheet_kinds[s].name, n) == 0 &&
		    strcmp(name + n, ".csv") == 0)
			return true;
	}
	return false;
}

/* The name within the catalogue's folder; NULL: it is none of its files. */
static const char *
own_name(const char *name)
{
	const char *below;

	while (strncmp(name, "./", 2) == 0)
		name += 2;
	if (is_table(name) || archive_is_form(name))
		return name;
	below = strchr(name, '/');
	if (below == NULL || name[0] == '/' || name[0] == '.')
		return NULL;
	below++;
	return is_table(below) || archive_is_form(below) ? below : NULL;
}

static bool
refuse_archive(
    struct arena *a, struct refusals *r, const char *key, const char *name)
{
	size_t n = strlen(name);

	while (n > SHOWN || (n > 0 && !utf8_valid(name, n)))
		n--;
	return refuse_row(r, NULL, key, arena_strndup(a, name, n));
}

/* The content of the entry at hand, as far as the room that is left goes. */
static bool
read_content(struct archive *archive, struct buf *out, size_t room)
{
	char chunk[CHUNK];
	la_ssize_t n;

	while ((n = archive_read_data(archive, chunk, sizeof(chunk))) > 0) {
		if (out->size + (size_t)n > room)
			return false;
		buf_add(out, chunk, (size_t)n);
	}
	return n == 0;
}

struct unpacking {
	struct arena *arena;
	struct folder_file *files;
	size_t count, bytes, entries;
	struct refusals *refusals;
};

static bool
archive_known(const struct unpacking *u, const char *name)
{
	for (size_t i = 0; i < u->count; i++)
		if (strcmp(u->files[i].name, name) == 0)
			return true;
	return false;
}

/* The entry's name, "" for none; some of Windows' packers write it with
 * backslashes. */
static const char *
entry_path(struct arena *a, struct archive_entry *entry)
{
	const char *name = archive_entry_pathname(entry);
	char *path = arena_strdup(a, name == NULL ? "" : name);

	for (char *at = path; (at = strchr(at, '\\')) != NULL;)
		*at = '/';
	return path;
}

static bool
take_archive(
    struct unpacking *u, struct archive *archive, struct archive_entry *entry)
{
	const char *path = entry_path(u->arena, entry), *name;
	struct folder_file *file;
	struct buf content;

	if (++u->entries > LIMIT_FOLDER_FILES)
		return refuse_archive(
		    u->arena, u->refusals, "refuse.archive.large", "");
	if (archive_entry_filetype(entry) == AE_IFDIR ||
	    (archive_entry_filetype(entry) == AE_IFREG && is_litter(path)))
		return true;
	name =
	    archive_entry_filetype(entry) == AE_IFREG ? own_name(path) : NULL;
	if (name == NULL || archive_known(u, name))
		return refuse_archive(
		    u->arena, u->refusals, "refuse.archive.name", path);
	buf_init(&content);
	if (!read_content(archive, &content, LIMIT_FOLDER_BYTES - u->bytes)) {
		buf_finish(&content);
		return refuse_archive(
		    u->arena, u->refusals, "refuse.archive.large", name);
	}
	u->bytes += content.size;
	file = arena_append(u->arena, &u->files, &u->count, sizeof(*u->files));
	file->name = arena_strdup(u->arena, name);
	file->size = content.size;
	file->data = arena_strndup(u->arena, buf_text(&content), content.size);
	buf_finish(&content);
	return true;
}

/* Takes every entry of what no filter packs. */
static bool
take_all(struct unpacking *u, const void *data, size_t size)
{
	struct archive *archive = archive_read_new();
	struct archive_entry *entry;
	int step = ARCHIVE_FATAL;
	bool ok = true;

	archive_read_support_format_zip(archive);
	archive_read_support_format_tar(archive);
	if (archive_read_open_memory(archive, data, size) == ARCHIVE_OK)
		/* a warning: of a name that is not ASCII */
		while (ok && ((step = archive_read_next_header(
				   archive, &entry)) == ARCHIVE_OK ||
				 step == ARCHIVE_WARN))
			ok = take_archive(u, archive, entry);
	if (ok && (step != ARCHIVE_EOF || u->entries == 0))
		ok =
		    refuse_archive(u->arena, u->refusals, "refuse.archive", "");
	archive_read_free(archive);
	return ok;
}

static bool
is_gzip(const void *data, size_t size)
{
	return size > 2 && memcmp(data, "\x1f\x8b", 2) == 0;
}

/* What one layer of gzip packs; false, refused, when it is too much or none. */
static bool
unzip(struct unpacking *u, const void *data, size_t size, struct buf *out)
{
	struct archive *archive = archive_read_new();
	struct archive_entry *entry;
	const char *key = "refuse.archive";

	archive_read_support_format_raw(archive);
	/* appended, not supported: exactly this one, whatever it packs */
	if (archive_read_append_filter(archive, ARCHIVE_FILTER_GZIP) ==
		ARCHIVE_OK &&
	    archive_read_open_memory(archive, data, size) == ARCHIVE_OK &&
	    archive_read_next_header(archive, &entry) == ARCHIVE_OK) {
		if (read_content(archive, out, LIMIT_UNZIPPED_BYTES))
			key = NULL;
		else if (out->size + CHUNK > LIMIT_UNZIPPED_BYTES)
			key = "refuse.archive.large";
	}
	archive_read_free(archive);
	return key == NULL || refuse_archive(u->arena, u->refusals, key, "");
}

bool
archive_unpack(struct arena *a, const void *data, size_t size,
    struct folder_file **files, size_t *n, struct refusals *refusals)
{
	struct unpacking u = {.arena = a, .refusals = refusals};
	struct buf plain;
	bool ok;

	buf_init(&plain);
	if (!is_gzip(data, size))
		ok = take_all(&u, data, size);
	else
		ok = unzip(&u, data, size, &plain) &&
		     take_all(&u, buf_text(&plain), plain.size);
	buf_finish(&plain);
	*files = u.files;
	*n = u.count;
	return ok;
}

/* ------------------------------------------------------------------ packing */

static la_ssize_t
append(struct archive *archive, void *out, const void *bytes, size_t size)
{
	(void)archive;
	buf_add(out, bytes, size);
	return (la_ssize_t)size;
}

static bool
pack_file(struct archive *archive, const struct folder_file *file)
{
	struct archive_entry *entry = archive_entry_new();
	bool ok;

	archive_entry_set_pathname(entry, file->name);
	archive_entry_set_size(entry, (la_int64_t)file->size);
	archive_entry_set_filetype(entry, AE_IFREG);
	archive_entry_set_perm(entry, 0644);
	archive_entry_set_mtime(entry, 315532800, 0); /* 1980, zip's first */
	ok = archive_write_header(archive, entry) == ARCHIVE_OK &&
	     archive_write_data(archive, file->data, file->size) ==
		 (la_ssize_t)file->size;
	archive_entry_free(entry);
	return ok;
}

bool
archive_pack(const struct folder_file *files, size_t n, struct buf *out)
{
	struct archive *archive = archive_write_new();
	bool ok =
	    archive_write_set_format_zip(archive) == ARCHIVE_OK &&
	    archive_write_set_bytes_in_last_block(archive, 1) == ARCHIVE_OK &&
	    archive_write_open(archive, out, NULL, append, NULL) == ARCHIVE_OK;

	for (size_t i = 0; ok && i < n; i++)
		ok = pack_file(archive, &files[i]);
	ok = archive_write_close(archive) == ARCHIVE_OK && ok;
	archive_write_free(archive);
	return ok;
}
