/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The file for a moment lies where the system puts such files, readable for us
 * alone, and under a name that mkstemp chose. The library keeps pointers to
 * titles, but only until it is closed.
 */
#include "server/report/xlsx_file.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "shared/buf.h"
#include "shared/log.h"

#define XLSX_BYTES (256 << 20) /* no report is as large */

static bool
moment_path(struct xlsx_file *file)
{
	const char *folder = getenv("TMPDIR");
	int fd;

	snprintf(file->path, sizeof(file->path), "%s/hailong-XXXXXX",
	    folder == NULL ? "/tmp" : folder);
	fd = mkstemp(file->path);
	if (fd < 0) {
		log_error("report as xlsx: %s", strerror(errno));
		return false;
	}
	close(fd);
	file->ours = true;
	return true;
}

bool
xlsx_open(struct xlsx_file *file, const char *path, bool streamed)
{
	lxw_workbook_options options = {
	    .constant_memory = streamed ? LXW_TRUE : LXW_FALSE};

	*file = (struct xlsx_file){0};
	if (path == NULL && !moment_path(file))
		return false;
	if (path != NULL)
		snprintf(file->path, sizeof(file->path), "%s", path);
	file->book = workbook_new_opt(file->path, &options);
	if (file->book == NULL)
		log_error("report as xlsx: no workbook");
	return file->book != NULL;
}

void
xlsx_describe(
    struct xlsx_file *file, const char *title, const char *author, int32_t day)
{
	lxw_doc_properties properties = {
	    .created = (time_t)day * 86400,
	};

	/* the library copies them, and asks for pointers that could write */
	memcpy(&properties.title, &title, sizeof(title));
	memcpy(&properties.author, &author, sizeof(author));
	workbook_set_properties(file->book, &properties);
}

bool
xlsx_close(struct xlsx_file *file)
{
	lxw_error error = workbook_close(file->book);

	file->book = NULL;
	if (error != LXW_NO_ERROR)
		log_error("report as xlsx: %s", lxw_strerror(error));
	return error == LXW_NO_ERROR;
}

bool
xlsx_take(struct xlsx_file *file, struct buf *out)
{
	if (buf_read_file(out, file->path, XLSX_BYTES))
		return true;
	log_error("report as xlsx: %s", strerror(errno));
	return false;
}

void
xlsx_forget(struct xlsx_file *file)
{
	if (file->book != NULL)
		workbook_close(file->book);
	file->book = NULL;
	if (file->ours)
		unlink(file->path);
}
