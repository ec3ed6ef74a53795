/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a register would bring, before anything is written. */
#ifndef HAILONG_SERVER_REGISTER_PREVIEW_H
#define HAILONG_SERVER_REGISTER_PREVIEW_H

#include "server/core/dossier/dossier_count.h"
#include "server/register/reading.h"
#include "server/store/dossier/dossiers.h"

struct buf;

#define PREVIEW_SHOWN 50 /* rows of each kind that are kept to be shown */

/* A known dossier that would be another. */
struct preview_change {
	struct dossier before, after; /* of the arena */
	int line;
};

/* A row that would be left out. */
struct preview_bad {
	const char *why;
	int line;
};

struct preview {
	struct register_counts counts;
	size_t became[ANNOUNCED_KINDS];
	struct preview_change *changes; /* the first of them */
	size_t nchanges;
	struct preview_bad *bad;
	size_t nbad;
	/* by how much the counts of dossiers finished would change */
	struct dossier_counts moved;
	const char *left_aside;
	char error[LIMIT_ERROR_BYTES];
};

/* Makes it, into the arena. bad_file: NULL, or gets the rows that would be left
 * out, as CSV. False with a sentence in error when the file cannot be taken as
 * a whole, or "" when the database does not answer. */
bool preview_make(struct arena *a, struct db *db,
    const struct register_file *file, struct preview *out,
    struct buf *bad_file);

#endif
