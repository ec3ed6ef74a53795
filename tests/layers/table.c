/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The meaning of each verb stands at the head of layers.txt. A name or a file
 * is matched by its beginning, "server/" by every file below; "server/" with a
 * star after it stands for the files of that folder itself.
 */
#include "tests/layers/table.h"

#include <string.h>

static bool
matches(const char *pattern, const char *name)
{
	size_t n = strlen(pattern);

	if (n > 0 && pattern[n - 1] == '*')
		return strncmp(pattern, name, n - 1) == 0 &&
		       strchr(name + n - 1, '/') == NULL;
	if (strncmp(pattern, name, n) != 0)
		return false;
	return name[n] == '\0' || pattern[n - 1] == '/' ||
	       pattern[n - 1] == '.';
}

static bool
any_matches(const char **words, const char *name)
{
	for (; *words != NULL; words++)
		if (matches(*words, name))
			return true;
	return false;
}

/* Cuts the next word off a line; NULL at its end. */
static const char *
next_word(char **line)
{
	char *word = *line + strspn(*line, " \t");

	*line = word + strcspn(word, " \t");
	if (**line != '\0')
		*(*line)++ = '\0';
	return *word == '\0' || *word == '#' ? NULL : word;
}

static const char *
read_row(struct arena *a, char *line, int number, struct table *out)
{
	static const char *const verbs[] = {
	    "may", "not", "only", "except", NULL};
	const char *verb = next_word(&line), *word;
	struct table_row *row;
	size_t n = 0;
	int i = 0;

	if (verb == NULL)
		return NULL;
	while (verbs[i] != NULL && strcmp(verbs[i], verb) != 0)
		i++;
	row = arena_append(a, &out->rows, &out->nrows, sizeof(*row));
	row->verb = verb;
	row->subject = next_word(&line);
	word = next_word(&line);
	if (verbs[i] == NULL || word == NULL || strcmp(word, ":") != 0)
		return arena_printf(
		    a, "line %d: not \"may|not|only|except WHAT : …\"", number);
	while ((word = next_word(&line)) != NULL)
		*(const char **)arena_append(
		    a, &row->words, &n, sizeof(*row->words)) = word;
	arena_append(a, &row->words, &n, sizeof(*row->words));
	return NULL;
}

const char *
table_read(struct arena *a, const char *text, struct table *out)
{
	char *copy = arena_strdup(a, text), *end;
	const char *wrong = NULL;

	memset(out, 0, sizeof(*out));
	for (int line = 1; wrong == NULL && *copy != '\0'; line++) {
		end = copy + strcspn(copy, "\n");
		if (*end == '\n')
			*end++ = '\0';
		wrong = read_row(a, copy, line, out);
		copy = end;
	}
	return wrong;
}

/* The "may" that holds for a file: the longest one. */
static const struct table_row *
may_of(const struct table *table, const char *file)
{
	const struct table_row *best = NULL;

	for (size_t i = 0; i < table->nrows; i++) {
		const struct table_row *row = &table->rows[i];

		if (strcmp(row->verb, "may") == 0 &&
		    matches(row->subject, file) &&
		    (best == NULL ||
			strlen(row->subject) > strlen(best->subject)))
			best = row;
	}
	return best;
}

const char *
table_refuses(const struct table *table, struct arena *a, const char *file,
    const char *name)
{
	const struct table_row *may = may_of(table, file);

	if (may == NULL)
		return "no line of the table speaks of this file";
	if (name[0] != '<' && !any_matches(may->words, name))
		return arena_printf(a, "%s may not include it", may->subject);
	for (size_t i = 0; i < table->nrows; i++) {
		const struct table_row *row = &table->rows[i];

		if (strcmp(row->verb, "not") == 0 &&
		    matches(row->subject, file) &&
		    any_matches(row->words, name))
			return arena_printf(
			    a, "%s never includes it", row->subject);
		if (strcmp(row->verb, "only") == 0 &&
		    matches(row->subject, name) &&
		    !any_matches(row->words, file))
			return arena_printf(a, "only %s%s may", row->words[0],
			    row->words[1] == NULL ? "" : " and a few others");
	}
	return NULL;
}

bool
table_excepts(const struct table *table, const char *rule, const char *file)
{
	for (size_t i = 0; i < table->nrows; i++)
		if (strcmp(table->rows[i].verb, "except") == 0 &&
		    strcmp(table->rows[i].subject, rule) == 0 &&
		    any_matches(table->rows[i].words, file))
			return true;
	return false;
}
