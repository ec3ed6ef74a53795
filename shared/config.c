/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Line by line, the first error stops the reading. Without libinih: it cuts
 * long lines, reports no empty section and no words behind a "]", ends a line
 * at a NUL and keeps its options in global variables, so that all but the
 * cutting of "key = value" would have to be done here nevertheless.
 *
 * Indentation means nothing, a byte-order mark is skipped. Comments: a line
 * that begins with ; or #, and from " ;" to the line's end. Values are never
 * repeated in an error: one of them may be a secret.
 */
#include "shared/config.h"

#include <ctype.h>
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include "shared/answer.h"
#include "shared/utf8.h"
#include "shared/arena.h"

#define CONFIG_LINE 2048 /* bytes of a line; a libpq URL with hosts is long */

/* A key that was set, to refuse the second time. */
struct config_seen {
	struct config_seen *next;
	const char *section, *name;
};

struct reading {
	const char *path;
	FILE *file;
	char *line; /* of getline */
	size_t room;
	int number; /* of the line, from 1 */
	const struct config_key *keys;
	config_section *section_of;
	void *settings;
	char section[CONFIG_LINE]; /* "server", "modem gsm1" */
	const char *pattern;       /* "server", "modem *"; NULL: none yet */
	void *target;              /* the struct the keys go to */
	struct arena arena;
	struct config_seen *seen;
	char *error;
	size_t error_size;
};

/* Says where and what; always false. */
static bool __attribute__((format(printf, 2, 3)))
fail(struct reading *r, const char *format, ...)
{
	va_list args;
	int n =
	    snprintf(r->error, r->error_size, "%s:%d: ", r->path, r->number);

	if (n < 0 || (size_t)n >= r->error_size)
		return false;
	va_start(args, format);
	vsnprintf(r->error + n, r->error_size - (size_t)n, format, args);
	va_end(args);
	return false;
}

/* The name in "modem gsm1" when the pattern is "modem *", else NULL. */
static const char *
name_in_section(const char *pattern, const char *section)
{
	size_t n = strlen(pattern);

	if (n < 2 || strcmp(pattern + n - 2, " *") != 0 ||
	    strncmp(section, pattern, n - 1) != 0 || section[n - 1] == '\0')
		return NULL;
	return section + n - 1;
}

static bool
named_section(struct reading *r, const char *pattern, const char *name)
{
	char kind[64], reason[128] = "";

	snprintf(
	    kind, sizeof(kind), "%.*s", (int)strcspn(pattern, " "), pattern);
	if (!code_valid(name))
		return fail(
		    r, "[%s]: a name is letters, digits, - and _", r->section);
	r->target =
	    r->section_of(r->settings, kind, name, reason, sizeof(reason));
	if (r->target == NULL)
		return fail(r, "[%s]: %s", r->section, reason);
	r->pattern = pattern;
	return true;
}

/* Looks the section up in the table and chooses the struct it fills. */
static bool
enter_section(struct reading *r)
{
	const struct config_key *key;
	const char *name;

	for (key = r->keys; key->name != NULL; key++) {
		/* first, or "[modem *]" would be taken for a plain section */
		name = name_in_section(key->section, r->section);
		if (name != NULL && r->section_of != NULL)
			return named_section(r, key->section, name);
		if (name == NULL && strcmp(key->section, r->section) == 0) {
			r->pattern = key->section;
			r->target = r->settings;
			return true;
		}
	}
	return fail(r, "[%s]: unknown section", r->section);
}

/* "[server]", with nothing but a comment after it. */
static bool
section_line(struct reading *r, const char *line)
{
	const char *end = strchr(line, ']'), *rest;

	if (end == NULL)
		return fail(r, "a section without its ]");
	rest = end + 1 + strspn(end + 1, " \t\r\n");
	if (*rest != '\0' && *rest != ';' && *rest != '#')
		return fail(r, "words after the ] of a section");
	memcpy(r->section, line + 1, (size_t)(end - line - 1));
	r->section[end - line - 1] = '\0';
	return enter_section(r);
}

static bool
set_config_text(
    struct reading *r, const struct config_key *key, const char *value)
{
	size_t bytes = strlen(value);

	if (bytes >= key->size)
		return fail(r, "[%s] %s: longer than %zu bytes", r->section,
		    key->name, key->size - 1);
	memcpy((char *)r->target + key->offset, value, bytes + 1);
	return true;
}

static bool
set_bool(struct reading *r, const struct config_key *key, const char *value)
{
	static const char *const words[] = {
	    "no", "yes", "false", "true", "off", "on", "0", "1"};
	bool truth;

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (strcasecmp(value, words[i]) == 0) {
			truth = i % 2 != 0;
			memcpy((char *)r->target + key->offset, &truth,
			    sizeof(truth));
			return true;
		}
	return fail(r, "[%s] %s: must be yes or no", r->section, key->name);
}

static bool
set_int(struct reading *r, const struct config_key *key, const char *value)
{
	bool digits = value[strspn(value, "+-0123456789")] == '\0';
	char *end;
	long number;
	int n;

	errno = 0;
	number = strtol(value, &end, 10);
	if (!digits || end == value || *end != '\0' || errno != 0 ||
	    number < key->least || number > key->most)
		return fail(r, "[%s] %s: must be a whole number from %d to %d",
		    r->section, key->name, key->least, key->most);
	n = (int)number;
	memcpy((char *)r->target + key->offset, &n, sizeof(n));
	return true;
}

static bool
first_time(struct reading *r, const char *name)
{
	struct config_seen *seen;

	for (seen = r->seen; seen != NULL; seen = seen->next)
		if (strcmp(seen->section, r->section) == 0 &&
		    strcmp(seen->name, name) == 0)
			return false;
	seen = arena_alloc(&r->arena, sizeof(*seen));
	seen->section = arena_strdup(&r->arena, r->section);
	seen->name = name; /* of the table */
	seen->next = r->seen;
	r->seen = seen;
	return true;
}

static bool
set_key(struct reading *r, const struct config_key *key, const char *value)
{
	if (!first_time(r, key->name))
		return fail(
		    r, "[%s] %s: set a second time", r->section, key->name);
	switch (key->kind) {
	case CONFIG_TEXT:
		return set_config_text(r, key, value);
	case CONFIG_BOOL:
		return set_bool(r, key, value);
	case CONFIG_INT:
		return set_int(r, key, value);
	}
	return false;
}

static bool
set_named(struct reading *r, const char *name, const char *value)
{
	const struct config_key *key;

	if (r->pattern == NULL)
		return fail(r, "%.64s: a key before the first [section]", name);
	for (key = r->keys; key->name != NULL; key++)
		if (strcmp(key->section, r->pattern) == 0 &&
		    strcmp(key->name, name) == 0)
			return set_key(r, key, value);
	return fail(r, "[%s] %.64s: unknown key", r->section, name);
}

/* Cuts the white space off the end of a text. */
static void
cut_space(char *text)
{
	size_t n = strlen(text);

	while (n > 0 && isspace((unsigned char)text[n - 1]))
		text[--n] = '\0';
}

/* "listen = 127.0.0.1:8080 ; remark", or nothing. */
static bool
key_line(struct reading *r, char *line)
{
	char *value;

	for (char *c = line; *c != '\0'; c++)
		if (isspace((unsigned char)c[0]) && c[1] == ';')
			c[1] = '\0';
	cut_space(line);
	if (*line == '\0')
		return true;
	value = line + strcspn(line, "=:");
	if (*value == '\0')
		return fail(r, "neither \"key = value\" nor a [section]");
	*value++ = '\0';
	cut_space(line);
	return set_named(r, line, value + strspn(value, " \t"));
}

/* One line of the file; its indentation and, in the first one, the byte-order
 * mark go off. */
static bool
read_config_line(struct reading *r, char *line, size_t bytes)
{
	size_t skip = 0;

	if (r->number == 1 && strncmp(line, "\xef\xbb\xbf", 3) == 0)
		skip = 3;
	skip += strspn(line + skip, " \t");
	line += skip;
	bytes -= skip;
	if (bytes >= CONFIG_LINE)
		return fail(r, "a line of more than %d bytes", CONFIG_LINE - 1);
	if (!utf8_valid(line, bytes))
		return fail(r, "not UTF-8 text, or a control character");
	if (*line == ';' || *line == '#')
		return true;
	return *line == '[' ? section_line(r, line) : key_line(r, line);
}

static bool
read_lines(struct reading *r)
{
	ssize_t n;

	while ((n = getline(&r->line, &r->room, r->file)) >= 0) {
		r->number++;
		if (!read_config_line(r, r->line, (size_t)n))
			return false;
	}
	if (!ferror(r->file))
		return true;
	snprintf(r->error, r->error_size, "%s: %s", r->path, strerror(errno));
	return false;
}

bool
config_read(const char *path, const struct config_key *keys,
    config_section *section, void *settings, char *error, size_t error_size)
{
	struct reading r = {.path = path,
	    .keys = keys,
	    .section_of = section,
	    .settings = settings,
	    .error = error,
	    .error_size = error_size};
	bool ok;

	r.file = fopen(path, "re");
	if (r.file == NULL) {
		snprintf(error, error_size, "%s: %s", path, strerror(errno));
		return false;
	}
	arena_init(&r.arena);
	ok = read_lines(&r);
	arena_finish(&r.arena);
	free(r.line);
	fclose(r.file);
	return ok;
}
