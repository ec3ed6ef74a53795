/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The dossiers' register as offices export it: CSV with comma, semicolon or
 * tab, UTF-8 or UTF-16 with a mark, perhaps with title lines above the header,
 * a line "sep=;", columns of its own, and empty columns and rows. Pure.
 */
#ifndef HAILONG_SERVER_CORE_DOSSIER_REGISTER_H
#define HAILONG_SERVER_CORE_DOSSIER_REGISTER_H

#include <stdbool.h>
#include <stddef.h>
#include "server/core/dossier/dossier.h"

struct register_row {
	/* in the order of dossier_cells, without white space at the ends; NULL:
	 * the row has more or fewer cells than the header */
	const char **cells;
	int line; /* where the row begins in the file, from 1 */
};

struct dossier_register {
	struct register_row *rows;
	size_t nrows;
	const char *left_aside; /* columns that are not ours, "" none */
};

/* Reads a whole register into the arena. False with one sentence in error when
 * it is no such table, or a column is missing or there twice. */
bool register_read(struct arena *a, const char *data, size_t size,
    struct dossier_register *out, char *error, size_t error_size);

#endif
