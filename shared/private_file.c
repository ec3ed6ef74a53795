/* SPDX-License-Identifier: GPL-2.0-or-later */
/* By descriptor, so that what was looked at is what is changed; opened without
 * blocking, since a path may name a terminal or a pipe. */
#include "shared/private_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

void
private_file(const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	struct stat st;

	if (fd < 0)
		return;
	if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode))
		(void)!fchmod(fd, 0600);
	close(fd);
}
