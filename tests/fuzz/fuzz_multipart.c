/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Any bytes as a form with a file; the first line is its Content-Type. */
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include "server/core/text/multipart.h"
#include "server/core/text/urlencoded.h"
#include "shared/arena.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const uint8_t *line = memchr(data, '\n', size);
	size_t n = line == NULL ? 0 : (size_t)(line - data);
	struct upload upload;
	struct pairs form;
	struct arena a;

	arena_init(&a);
	if (line != NULL)
		multipart_read(&a, arena_strndup(&a, (const char *)data, n),
		    (const char *)line + 1, size - n - 1, &form, &upload);
	arena_finish(&a);
	return 0;
}
