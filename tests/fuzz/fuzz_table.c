/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Any bytes as a file of a table: rows or a sentence. A corpus begins with
 * small workbooks, packed without compression. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>
#include "server/table/table.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool
any_sheet(void *context, const char *name)
{
	(void)context;
	return name != NULL;
}

static enum table_go
any_row(void *context, const struct table_row *row)
{
	(void)context;
	for (size_t i = 0; i < row->ncells; i++)
		if (row->cells[i] == NULL)
			abort();
	return TABLE_ON;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct table_taker taker = {any_sheet, any_row, NULL};
	int fd = memfd_create("table", 0);
	char path[40], error[200];

	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	if (write(fd, data, size) == (ssize_t)size &&
	    !table_read(path, &taker, error, sizeof(error)) && error[0] == '\0')
		abort();
	close(fd);
	return 0;
}
