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
