/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * One collector at a time on an SQLite file. Two would each keep it right, but
 * take each other's time, and one of them is always a mistake. The hold is a
 * flock() on PATH.lock: it ends with the process, however that ends. The file
 * stays; to remove it would let two processes lock two files of one name.
 * Commands need no hold, they are short. PostgreSQL has many collectors.
 */
#include "server/db/db.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>
#include "shared/log.h"
#include "shared/private_file.h"

static bool
refuse_db_hold(const char *path, int error)
{
	if (error == EWOULDBLOCK)
		log_error("sqlite: another collector is serving this database "
			  "(it holds %s); stop that one first",
		    path);
	else
		log_error(
		    "sqlite: %s cannot be made: %s", path, strerror(error));
	return false;
}

bool
db_hold(const char *url, int *fd)
{
	char *path;
	bool held;

	*fd = -1;
	if (strncmp(url, "sqlite:", 7) != 0)
		return true;
	if (asprintf(&path, "%s.lock", url + 7) < 0)
		abort();
	*fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	private_file(path);
	held = *fd >= 0 && flock(*fd, LOCK_EX | LOCK_NB) == 0;
	if (!held) {
		refuse_db_hold(path, errno);
		db_hold_end(*fd);
		*fd = -1;
	}
	free(path);
	return held;
}

void
db_hold_end(int fd)
{
	if (fd >= 0)
		close(fd);
}
