/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * For the two programs that carry a small SQLite file of their own (outbox,
 * spool) and look a few dozen names up once, when they open it: the text is
 * searched from its beginning each time. The collector's statements are counted
 * by CMake and cut in place by server/db/db_statements.c.
 */
#include "shared/statements.h"

#include <stdlib.h>
#include <string.h>
#include "shared/log.h"

static const char statement_mark[] = "-- name: ";

/* The first mark at the beginning of a line, the text's own included; or NULL.
 */
static const char *
next_mark(const char *text)
{
	const char *end;

	while (strncmp(text, statement_mark, strlen(statement_mark)) != 0) {
		end = strchr(text, '\n');
		if (end == NULL)
			return NULL;
		text = end + 1;
	}
	return text;
}

const char *
statement_find(const char *sql, const char *name, size_t *bytes)
{
	size_t n = strlen(name);
	const char *at = next_mark(sql), *text, *end;

	while (at != NULL) {
		text = at + strlen(statement_mark);
		at = next_mark(text);
		if (strncmp(text, name, n) != 0 || text[n] != '\n')
			continue;
		text += n + 1;
		end = at != NULL ? at : text + strlen(text);
		*bytes = (size_t)(end - text);
		return text;
	}
	log_error("the SQL of this program has no \"%s\"", name);
	abort();
}

char *
statement_copy(const char *sql, const char *name)
{
	size_t bytes;
	const char *text = statement_find(sql, name, &bytes);
	char *copy = strndup(text, bytes);

	if (copy == NULL)
		abort();
	return copy;
}
