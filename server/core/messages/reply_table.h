/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Reads and checks the table of words (reply_words.tsv) while the program is
 * built; no part of the program itself. */
#ifndef HAILONG_SERVER_CORE_MESSAGES_REPLY_TABLE_H
#define HAILONG_SERVER_CORE_MESSAGES_REPLY_TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include "server/core/messages/reply_words.h"
#include "shared/arena.h"

/* What stands in a table; everything belongs to the arena. */
struct reply_table {
	int version;
	struct word *words; /* in the order of the lines */
	size_t word_count;
	struct word_picture *pictures;
	size_t picture_count;
	const char **reasons; /* codes in the order of the letters A, B, … */
	const char **reason_words; /* of each, folded, "|" between; "": none */
	size_t reason_count;
};

/* A class by the name it has in the table. */
struct reply_class {
	const char *name;
	uint64_t bit;
};

/* Every class, W_CLASS_COUNT of them. */
extern const struct reply_class reply_classes[W_CLASS_COUNT];

/* Reads a table of `size` bytes of UTF-8 into *out. On a fault it returns false
 * and writes "line 12: there is no class \"unti\"" into error. */
bool reply_table_read(struct arena *a, const char *text, size_t size,
    struct reply_table *out, char *error, size_t error_size);

#endif
