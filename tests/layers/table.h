/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The table of layers, layers.txt: read, and asked. */
#ifndef HAILONG_TESTS_LAYERS_TABLE_H
#define HAILONG_TESTS_LAYERS_TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include "shared/arena.h"

/* One line: "may server/core/ : server/core/ shared/". */
struct table_row {
	const char *verb;    /* may, not, only, except */
	const char *subject; /* a file, a folder, the beginning of both */
	const char **words;  /* closed by NULL */
};

struct table {
	struct table_row *rows;
	size_t nrows;
};

/* Reads the table's text; NULL, or what is wrong with it. */
const char *table_read(struct arena *a, const char *text, struct table *out);
/* Why a file may not include a name ("shared/buf.h", "<stdio.h>"); NULL: it
 * may. In the arena. */
const char *table_refuses(const struct table *table, struct arena *a,
    const char *file, const char *name);
/* True when the file is excepted from a rule ("sql", "html"). */
bool table_excepts(
    const struct table *table, const char *rule, const char *file);

#endif
