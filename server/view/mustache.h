/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The first half of a template: its text cut into a flat list of nodes that
 * point into it. Used by template.c only. Everything malformed is found here,
 * with its line.
 */
#ifndef HAILONG_SERVER_VIEW_MUSTACHE_H
#define HAILONG_SERVER_VIEW_MUSTACHE_H

#include <stdbool.h>
#include <stddef.h>
#include "server/view/template.h"
#include "shared/arena.h"

/* From SECTION on: tags that may have a line for themselves. CLOSE and COMMENT
 * leave no node. */
enum mustache_kind {
	MUSTACHE_TEXT,
	MUSTACHE_VALUE,
	MUSTACHE_RAW,
	MUSTACHE_WORD,
	MUSTACHE_SECTION,
	MUSTACHE_INVERTED,
	MUSTACHE_PARTIAL,
	MUSTACHE_CLOSE,
	MUSTACHE_COMMENT
};

struct mustache_node {
	enum mustache_kind kind;
	const char *start; /* the text, or the trimmed name of the tag */
	size_t size;
	int line;   /* from 1 */
	size_t end; /* of a section: index of the node after it; else 0 */
};

struct mustache {
	const char *name; /* of the template */
	struct mustache_node *nodes;
	size_t count;
};

/* Cuts a template; memory of the arena, nodes point into file->text. NULL with
 * a sentence in error (LIMIT_ERROR_BYTES) when it is malformed. */
struct mustache *mustache_compile(
    struct arena *a, const struct template_file *file, char *error);
/* Writes "name:line: sentence" into error (line 0: without) and is false. */
bool mustache_refuse(char *error, const char *name, int line,
    const char *format, ...) __attribute__((format(printf, 4, 5)));

#endif
