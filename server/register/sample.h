/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The beginning of a register, for a person who says what its columns mean. */
#ifndef HAILONG_SERVER_REGISTER_SAMPLE_H
#define HAILONG_SERVER_REGISTER_SAMPLE_H

#include <stdbool.h>
#include <stddef.h>
#include "server/core/dossier/register.h"

struct dossier_names;

struct register_sample {
	const char **head; /* names of the columns as they stand */
	size_t ncolumns;
	enum dossier_cell place[TABLE_COLUMNS]; /* proposed, or kept */
	const char **rows[REGISTER_SAMPLE];     /* ncolumns cells each */
	size_t nrows;
	const char *by; /* the mapping that fitted; NULL: proposed */
	char error[LIMIT_ERROR_BYTES];
};

/* Reads it: the header is the one that register.h finds, or else the first of
 * the widest rows of the beginning. False with the sentence for a file that is
 * no table. Everything is the arena's. */
bool register_sample(struct arena *a, const char *path,
    const struct dossier_names *names, const struct register_mapping *mappings,
    size_t nmappings, struct register_sample *out);
/* The mapping's text of places: "code,unit,,field". */
const char *register_columns_text(
    struct arena *a, const enum dossier_cell *place, size_t n);

#endif
