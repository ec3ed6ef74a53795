/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Cuts the embedded SQL at its marks. A file is a head (possibly empty), then
 * statements, each under a line "-- name: x". CMake read the names of
 * queries.sql when it made enum query; here they are compared once more, so
 * that a number can never mean another statement.
 */
#include "server/db/db_engine.h"

#include <assert.h>
#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include "shared/log.h"

extern const char sql_queries[];
extern const char *const sql_query_names[];

static const char mark[] = "-- name: ";

static const char *const own_names[STATEMENT_COUNT - Q_COUNT] = {
    "writer",
    "reader",
    "begin",
    "begin_read",
    "mark",
    "commit",
    "commit_read",
    "rollback",
    "schema_lock",
    "database_size",
    "schema_exists",
    "quick_check",
    "full_check",
    "patience",
    "pulse",
};

void *
db_alloc(size_t size)
{
	void *memory = calloc(1, size);

	if (!memory) {
		log_error("out of memory");
		abort();
	}
	return memory;
}

char *
db_uncover(const char *text, const char *opening)
{
	size_t size = strlen(text) + 1;
	char *copy = memcpy(db_alloc(size), text, size), *at = copy, *end;

	while ((at = strstr(at, opening)) != NULL) {
		memset(at, ' ', strlen(opening));
		end = strstr(at, "*/");
		if (!end)
			break;
		memset(end, ' ', 2);
	}
	return copy;
}

const char *
db_query_name(enum query q)
{
	return sql_query_names[q];
}

/* The first mark at the start of a line, or NULL. */
static char *
find_mark(char *text)
{
	char *end;

	while (strncmp(text, mark, strlen(mark)) != 0) {
		end = strchr(text, '\n');
		if (end == NULL)
			return NULL;
		text = end + 1;
	}
	return text;
}

/* Jumps over a quoted text or a comment; otherwise one character. */
static const char *
skip(const char *c)
{
	const char *end;

	if (*c == '\'' || *c == '"')
		end = strchr(c + 1, *c);
	else if (c[0] == '-' && c[1] == '-')
		end = strchr(c, '\n');
	else if (c[0] == '/' && c[1] == '*')
		end = strstr(c + 2, "*/");
	else
		end = c;
	return end ? end + 1 : c + strlen(c);
}

/* The highest n of $n. */
static int
count_parameters(const char *text)
{
	const char *c;
	long n;
	long most = 0;

	for (c = text; *c; c = skip(c)) {
		n = *c == '$' ? strtol(c + 1, NULL, 10) : 0;
		if (n > most)
			most = n;
	}
	assert(most <= DB_PARAMETERS_MAX);
	return (int)most;
}

/* Which statement of the table a name is; from is the one expected next. */
static int
place_parameter(const char *name, int from)
{
	int i;

	if (from < Q_COUNT) {
		assert(strcmp(name, db_query_name((enum query)from)) == 0);
		return from;
	}
	for (i = 0; i < STATEMENT_COUNT - Q_COUNT; i++)
		if (strcmp(name, own_names[i]) == 0)
			break;
	assert(i < STATEMENT_COUNT - Q_COUNT);
	return Q_COUNT + i;
}

/* Cuts off the statement that begins at a mark: its name and its text. Returns
 * the next mark or NULL. */
static char *
cut_one(char *at, const char **name, const char **text)
{
	char *end;

	at += strlen(mark);
	for (end = at; islower(*end) || isdigit(*end) || *end == '_';)
		end++;
	assert(*end == '\n');
	*end = '\0';
	*name = at;
	*text = end + 1;
	at = find_mark(end + 1);
	if (at)
		*at = '\0';
	return at;
}

/* The first mark; the head before it is closed. */
static char *
cut_head(char *copy)
{
	char *at = find_mark(copy);

	if (at)
		*at = '\0';
	return at;
}

/* Cuts a copy in place; the first statement is number from. Returns how many
 * there were. */
static int
cut(struct statements *s, char *copy, int from)
{
	char *at = cut_head(copy);
	const char *name, *text;
	struct statement *one;
	int n;

	for (n = 0; at; n++) {
		at = cut_one(at, &name, &text);
		one = &s->list[place_parameter(
		    name, from < Q_COUNT ? from + n : from)];
		assert(one->name == NULL);
		one->name = name;
		one->text = text;
		one->parameters = count_parameters(text);
	}
	return n;
}

/* The statements for many rows: under the names of those for one, and with the
 * same parameters; or with "_copy" behind the name. */
static void
put_rows(struct statements *s, const char *name, const char *text)
{
	static const char ending[] = "_copy";
	size_t length = strlen(name), end = strlen(ending);
	bool copy = length > end && strcmp(name + length - end, ending) == 0;
	int i;

	length -= copy ? end : 0;
	for (i = 0; i < Q_COUNT; i++)
		if (strlen(s->list[i].name) == length &&
		    memcmp(s->list[i].name, name, length) == 0)
			break;
	assert(i < Q_COUNT);
	if (copy) {
		s->list[i].copy = text;
		return;
	}
	assert(count_parameters(text) == s->list[i].parameters);
	s->list[i].rows = text;
}

static void
cut_rows(struct statements *s, char *copy)
{
	char *at = cut_head(copy);
	const char *name, *text;

	while (at) {
		at = cut_one(at, &name, &text);
		put_rows(s, name, text);
	}
}

static char *
copy_of(const char *text)
{
	size_t size = strlen(text) + 1;

	return memcpy(db_alloc(size), text, size);
}

void
statements_init(struct statements *s, const struct engine *engine)
{
	int n;

	s->copies[0] = copy_of(sql_queries);
	s->copies[1] = copy_of(engine->script);
	s->copies[2] = copy_of(engine->rows ? engine->rows : "");
	s->connect = s->copies[1];
	n = cut(s, s->copies[0], 0);
	assert(n == Q_COUNT);
	n += cut(s, s->copies[1], Q_COUNT);
	assert(n == STATEMENT_COUNT);
	cut_rows(s, s->copies[2]);
}

void
statements_finish(struct statements *s)
{
	size_t i;

	for (i = 0; i < sizeof(s->copies) / sizeof(s->copies[0]); i++)
		free(s->copies[i]);
}
