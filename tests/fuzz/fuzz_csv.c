/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Any bytes as a table: rows or a sentence, never a crash, every cell there. */
#include <stdint.h>
#include <stdlib.h>
#include "shared/csv.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const columns[] = {"a", "b", NULL};
	char error[200] = "";
	struct arena arena;
	struct csv *csv;

	arena_init(&arena);
	csv = csv_parse(
	    &arena, (const char *)data, size, columns, error, sizeof(error));
	if (!csv && !error[0])
		abort();
	for (size_t i = 0; csv && i < csv->nrows; i++) {
		if (!csv->rows[i].cells[0] || !csv->rows[i].cells[1])
			abort();
	}
	arena_finish(&arena);
	return 0;
}
