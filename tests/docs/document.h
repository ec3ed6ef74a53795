/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The fenced blocks of a Markdown document, in its order. */
#ifndef HAILONG_TESTS_DOCS_DOCUMENT_H
#define HAILONG_TESTS_DOCS_DOCUMENT_H

#include <stddef.h>
#include "shared/arena.h"

struct block {
	const char *kind; /* "http", "console", "ini", … "" */
	const char *text; /* without the fences */
	int line;         /* of its first line */
};

struct document {
	struct block *blocks;
	size_t count;
};

/* A message of HTTP as a block writes it: a first line, headers, an empty
 * line, a body. */
struct message {
	const char *first;
	const char **headers; /* closed by NULL */
	const char *body;     /* "" when there is none */
};

/* Reads the blocks of a document; in the arena. */
void document_read(struct arena *a, const char *text, struct document *out);
/* Cuts a block up. */
void message_read(struct arena *a, const char *text, struct message *out);

#endif
