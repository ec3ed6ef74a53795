/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The rename is on disk when its folder is. */
#include "kiosk/durable_file.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include "shared/arena.h"
#include "shared/log.h"

static bool
write_synced(const char *path, const char *text)
{
	size_t n = strlen(text), done = 0;
	ssize_t wrote = 0;
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	bool ok;

	if (fd < 0)
		return false;
	while (done < n && (wrote = write(fd, text + done, n - done)) > 0)
		done += (size_t)wrote;
	ok = done == n && fsync(fd) == 0;
	return close(fd) == 0 && ok;
}

static void
sync_folder(struct arena *a, const char *path)
{
	int fd = open(
	    dirname(arena_strdup(a, path)), O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	if (fd < 0)
		return;
	fsync(fd);
	close(fd);
}

bool
durable_file_write(const char *path, const char *text)
{
	struct arena a;
	const char *beside;
	bool ok;

	arena_init(&a);
	beside = arena_printf(&a, "%s.new", path);
	ok = write_synced(beside, text) && rename(beside, path) == 0;
	if (ok)
		sync_folder(&a, path);
	else
		log_warn("%s cannot be written: %s", path, strerror(errno));
	arena_finish(&a);
	return ok;
}

bool
durable_file_remove(const char *path)
{
	struct arena a;
	bool ok = unlink(path) == 0 || errno == ENOENT;

	arena_init(&a);
	if (ok)
		sync_folder(&a, path);
	else
		log_warn("%s cannot be removed: %s", path, strerror(errno));
	arena_finish(&a);
	return ok;
}
