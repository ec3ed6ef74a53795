/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Two files: ID holds the table, ID.name what it is called. */
#include "server/register/upload.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>
#include "shared/arena.h"
#include "shared/buf.h"
#include "shared/log.h"

#define FOLDER         "/tmp"
#define BEGIN          "hailong-upload-"
#define KEPT_S         3600
#define NAME_MAX_BYTES 200

static const char *
upload_path(struct arena *a, const struct uuid *id, const char *end)
{
	char text[UUID_TEXT];

	uuid_format(id, text);
	return arena_printf(a, FOLDER "/" BEGIN "%s%s", text, end);
}

/* Ours alone, a plain file. */
static bool
is_upload(const char *path, struct stat *st)
{
	return lstat(path, st) == 0 && S_ISREG(st->st_mode) &&
	       st->st_uid == geteuid();
}

static void
sweep_uploads(struct arena *a)
{
	DIR *folder = opendir(FOLDER);
	struct dirent *entry;
	struct stat st;

	while (folder != NULL && (entry = readdir(folder)) != NULL) {
		const char *path;

		if (strncmp(entry->d_name, BEGIN, strlen(BEGIN)) != 0)
			continue;
		path = arena_printf(a, FOLDER "/%s", entry->d_name);
		if (is_upload(path, &st) && st.st_mtime < time(NULL) - KEPT_S)
			unlink(path);
	}
	if (folder != NULL)
		closedir(folder);
}

static bool
write_upload(const char *path, const void *data, size_t size)
{
	const char *at = data;
	int fd = open(
	    path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
	bool ok = fd >= 0;

	while (ok && size > 0) {
		ssize_t n = write(fd, at, size);

		ok = n > 0;
		if (ok) {
			at += n;
			size -= (size_t)n;
		}
	}
	if (!ok)
		log_error("%s: %s", path, strerror(errno));
	if (fd >= 0)
		close(fd);
	return ok;
}

bool
upload_keep(struct arena *a, const void *data, size_t size, const char *name,
    struct uuid *id)
{
	sweep_uploads(a);
	uuid_new(id);
	if (write_upload(upload_path(a, id, ""), data, size) &&
	    write_upload(upload_path(a, id, ".name"), name, strlen(name)))
		return true;
	upload_drop(a, id);
	return false;
}

const char *
upload_find(struct arena *a, const struct uuid *id, const char **name)
{
	const char *path = upload_path(a, id, "");
	struct stat st;
	struct buf text;

	*name = "";
	if (!is_upload(path, &st))
		return NULL;
	buf_init(&text);
	if (buf_read_file(&text, upload_path(a, id, ".name"), NAME_MAX_BYTES))
		*name = arena_strdup(a, buf_text(&text));
	buf_finish(&text);
	return path;
}

void
upload_drop(struct arena *a, const struct uuid *id)
{
	unlink(upload_path(a, id, ""));
	unlink(upload_path(a, id, ".name"));
}
