/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A block begins with a line of three backquotes and the kind, and ends with a
 * line of three backquotes. Nothing else of Markdown matters here.
 */
#include "tests/docs/document.h"

#include <stdbool.h>
#include <string.h>

#define FENCE "```"

/* Cuts a line off; NULL at the end. */
static const char *
next_line(struct arena *a, const char **at)
{
	size_t n = strcspn(*at, "\n");
	const char *line;

	if (**at == '\0')
		return NULL;
	line = arena_strndup(a, *at, n);
	*at += n + ((*at)[n] == '\n');
	return line;
}

void
document_read(struct arena *a, const char *text, struct document *out)
{
	struct block *block = NULL;
	const char *begin = NULL, *at = text, *here, *line;

	memset(out, 0, sizeof(*out));
	for (int number = 1; here = at, (line = next_line(a, &at)) != NULL;
	     number++) {
		if (strncmp(line, FENCE, strlen(FENCE)) != 0)
			continue;
		if (begin == NULL) {
			block = arena_append(
			    a, &out->blocks, &out->count, sizeof(*block));
			block->kind = line + strlen(FENCE);
			block->line = number + 1;
			begin = at;
		} else {
			block->text =
			    arena_strndup(a, begin, (size_t)(here - begin));
			begin = NULL;
		}
	}
	if (begin != NULL)
		block->text = arena_strdup(a, begin);
}

void
message_read(struct arena *a, const char *text, struct message *out)
{
	size_t n = 0, size;
	const char *line;
	char *body;

	memset(out, 0, sizeof(*out));
	out->first = next_line(a, &text);
	while ((line = next_line(a, &text)) != NULL && line[0] != '\0')
		*(const char **)arena_append(
		    a, &out->headers, &n, sizeof(*out->headers)) = line;
	arena_append(a, &out->headers, &n, sizeof(*out->headers));
	body = arena_strdup(a, text);
	size = strlen(body);
	if (size > 0 && body[size - 1] == '\n')
		body[size - 1] = '\0';
	out->body = body;
}
