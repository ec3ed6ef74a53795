/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A register's file from front to end: rows of whichever kind of table,
 * dossiers of rows, each checked. The one way in for the command and the page;
 * an announcement over the interface is checked by the same dossier_read.
 *
 * A file is read twice: first to see whether it is good, then to take it. What
 * stands twice with other words is known only after the first time.
 */
#ifndef HAILONG_SERVER_REGISTER_READING_H
#define HAILONG_SERVER_REGISTER_READING_H

#include <stdbool.h>
#include <stddef.h>
#include "server/core/dossier/dossier_names.h"
#include "server/core/dossier/register.h"
#include "server/core/dossier/twins.h"

/* What became of the numbers of the good rows. */
enum number_kind {
	NUMBER_KEPT,      /* a mobile, with consent */
	NUMBER_UNWANTED,  /* a mobile without consent: not kept */
	NUMBER_NO_MOBILE, /* gets no SMS: not kept */
	NUMBER_NONE,      /* there was none */
	NUMBER_KINDS
};

struct register_counts {
	size_t rows, bad;
	size_t numbers[NUMBER_KINDS];
};

/* Who hears of the rows. */
struct register_sink {
	/* A good one; its strings live until the next. False: enough. */
	bool (*dossier)(void *context, const struct dossier *d, int line);
	/* One that is left out, as it stands, and why. False: enough. */
	bool (*bad)(
	    void *context, const struct table_row *row, const char *why);
	void *context;
};

struct register_file {
	const char *path;
	const struct dossier_names *names;
	int32_t today;
	const struct register_mapping *mappings;
	size_t nmappings;
	/* of the first reading, for the second; NULL: this is the first */
	const struct twins *twins;
};

/* What a reading found, beside the rows; begun zeroed. */
struct register_found {
	struct register_reading head; /* header, columns, what is left aside */
	struct twins twins;           /* of a first reading */
	struct register_counts counts;
	char error[LIMIT_ERROR_BYTES];
};

/* Reads the file. False with a sentence in out->error when it cannot be read as
 * a whole, or the sink had enough (then the sentence may be empty). */
bool register_file_read(const struct register_file *file,
    const struct register_sink *sink, struct register_found *out);
/* Frees what a reading found. */
void register_found_finish(struct register_found *found);

#endif
