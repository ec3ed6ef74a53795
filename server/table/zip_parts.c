/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Sheets of numbers pack about fifteen to one, and hardly ever fifty; a bomb
 * packs a thousand to one. */
#include "server/table/zip_parts.h"

#include <archive.h>
#include <archive_entry.h>
#include <stdlib.h>
#include "shared/limits.h"

#define BLOCK       65536
#define RATIO       200
#define RATIO_FREE  (16 * 1024 * 1024) /* bytes that no ratio is asked of */
#define PARTS_COUNT 4000

struct zip_parts {
	struct archive *archive;
	int64_t out, most;
	int count;
};

struct zip_parts *
zip_open(const char *path, int64_t size)
{
	struct zip_parts *z = calloc(1, sizeof(*z));

	if (z == NULL)
		abort();
	z->most = size * RATIO + RATIO_FREE;
	if (z->most > LIMIT_TABLE_UNZIPPED_BYTES)
		z->most = LIMIT_TABLE_UNZIPPED_BYTES;
	z->archive = archive_read_new();
	archive_read_support_format_zip(z->archive);
	if (archive_read_open_filename(z->archive, path, BLOCK) == ARCHIVE_OK)
		return z;
	zip_close(z);
	return NULL;
}

enum zip_step
zip_next(struct zip_parts *z, const char **name)
{
	struct archive_entry *entry;
	int step = archive_read_next_header(z->archive, &entry);

	if (step == ARCHIVE_EOF)
		return ZIP_END;
	if (step != ARCHIVE_OK && step != ARCHIVE_WARN)
		return ZIP_BROKEN;
	if (archive_entry_is_encrypted(entry))
		return ZIP_LOCKED;
	*name = archive_entry_pathname_utf8(entry);
	if (*name == NULL)
		*name = "";
	return ++z->count > PARTS_COUNT ? ZIP_BOMB : ZIP_PART;
}

enum zip_step
zip_read(struct zip_parts *z, void *out, size_t size, size_t *n)
{
	la_ssize_t got = archive_read_data(z->archive, out, size);

	*n = 0;
	if (got < 0)
		return ZIP_BROKEN;
	if (got == 0)
		return ZIP_END;
	*n = (size_t)got;
	z->out += got;
	return z->out > z->most ? ZIP_BOMB : ZIP_PART;
}

void
zip_close(struct zip_parts *z)
{
	if (z == NULL)
		return;
	archive_read_free(z->archive);
	free(z);
}
