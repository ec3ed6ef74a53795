/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The dossiers' register as offices export it, row by row: perhaps with title
 * lines above the header, columns of its own, and empty columns and rows. Pure;
 * where the rows come from: server/table/table.h.
 */
#ifndef HAILONG_SERVER_CORE_DOSSIER_REGISTER_H
#define HAILONG_SERVER_CORE_DOSSIER_REGISTER_H

#include <stdbool.h>
#include <stddef.h>
#include "server/core/dossier/column.h"
#include "server/core/dossier/dossier.h"
#include "server/core/text/table_row.h"
#include "shared/arena.h"

#define REGISTER_SAMPLE 10 /* rows that are shown with the header */
/* The column of a file of rows that were left out, which says why. */
#define REGISTER_REASON "reason"

/* What the columns of a certain header mean, as a person said. */
struct register_mapping {
	const char *name;
	const char *head; /* register_head_text of the header */
	const char
	    *columns; /* names of dossier_cells by comma, "" left aside */
};

enum register_step {
	REGISTER_ABOVE, /* a title line, or nothing stands in it */
	REGISTER_HEAD,  /* the header */
	REGISTER_ROW,   /* a dossier */
	REGISTER_NONE,  /* there is no header where one must be */
	REGISTER_BAD    /* the header cannot be used; error says why */
};

/* A register while it is read; begun with register_begin. */
struct register_reading {
	const struct register_mapping *mappings;
	size_t nmappings;
	struct arena arena; /* of the header; freed by register_finish */
	int looked;
	const char **head; /* names as they stand, NULL: not met yet */
	size_t ncolumns;
	int head_line;
	enum dossier_cell place[TABLE_COLUMNS];
	const char *left_aside; /* columns that are not ours, "" none */
	const char *by;         /* the mapping that fitted, NULL none */
	char error[LIMIT_ERROR_BYTES];
};

/* Begins. Where a header equals that of a mapping (the first of them that
 * fits), the mapping says what its columns mean, else their names do. */
void register_begin(struct register_reading *r,
    const struct register_mapping *mappings, size_t nmappings);
/* Another sheet: the header is sought anew. */
void register_sheet(struct register_reading *r);
/* Takes a row. Of REGISTER_ROW cells get what stands in it, in the order of
 * dossier_cells, without white space at the ends, NULL where there is no such
 * column; they live as long as the row and the arena. *fits: it has no values
 * beyond the header and is not shorter. */
enum register_step register_take(struct register_reading *r, struct arena *a,
    const struct table_row *row, const char *cells[CELL_COUNT], bool *fits);
/* The mapping's text of a header: names folded, one a line, without empty ones
 * at the end. */
const char *register_head_text(
    struct arena *a, const char *const *names, size_t n);
/* Frees. */
void register_finish(struct register_reading *r);

#endif
