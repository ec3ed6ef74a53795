/* SPDX-License-Identifier: GPL-2.0-or-later */
/* By name and never by a descriptor of its own: closing one would take away the
 * locks that this process holds on the file through SQLite (fcntl(2): they go
 * with the first descriptor that is closed). */
#include "shared/private_file.h"

#include <sys/stat.h>

void
private_file(const char *path)
{
	struct stat st;

	if (stat(path, &st) == 0 && S_ISREG(st.st_mode))
		(void)!chmod(path, 0600);
}

void
private_umask(void)
{
	umask(0077);
}

void
public_file(const char *path)
{
	struct stat st;

	if (stat(path, &st) == 0 &&
	    (S_ISREG(st.st_mode) || S_ISDIR(st.st_mode)))
		(void)!chmod(path, S_ISDIR(st.st_mode) ? 0755 : 0644);
}
