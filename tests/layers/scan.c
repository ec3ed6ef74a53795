/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Not a parser: comments are skipped, strings are gathered, and a line that
 * begins with # and include gives a name. Strings with nothing but blanks,
 * line ends and comments between them are one, as the compiler sees it, so
 * that a statement cannot hide by being broken over two lines.
 */
#include "tests/layers/scan.h"

#include <stdbool.h>
#include <string.h>
#include "shared/buf.h"

struct scanner {
	struct arena *arena;
	struct scan *out;
	const char *at;
	int line;
	bool line_begins;  /* nothing but blanks so far */
	struct buf string; /* being gathered */
	int string_line;   /* 0: none */
};

static void
add(struct scanner *s, struct found **list, size_t *n, int line,
    const char *text)
{
	struct found *f = arena_append(s->arena, list, n, sizeof(*f));

	f->line = line;
	f->text = text;
}

static void
end_string(struct scanner *s)
{
	if (s->string_line == 0)
		return;
	add(s, &s->out->strings, &s->out->nstrings, s->string_line,
	    arena_strdup(s->arena, buf_text(&s->string)));
	buf_clear(&s->string);
	s->string_line = 0;
}

/* A step forward that counts lines. */
static void
step(struct scanner *s)
{
	if (*s->at == '\n') {
		s->line++;
		s->line_begins = true;
	}
	s->at++;
}

static void
skip_comment(struct scanner *s)
{
	bool block = s->at[1] == '*';

	s->at += 2;
	while (*s->at != '\0' && !(block && strncmp(s->at, "*/", 2) == 0) &&
	       !(!block && *s->at == '\n'))
		step(s);
	if (block && *s->at != '\0')
		s->at += 2;
}

/* A string or character, the mark at both ends. */
static void
read_quoted(struct scanner *s, bool keep)
{
	char mark = *s->at++;

	if (keep && s->string_line == 0)
		s->string_line = s->line;
	while (*s->at != '\0' && *s->at != mark && *s->at != '\n') {
		if (*s->at == '\\' && s->at[1] != '\0') {
			if (keep)
				buf_putc(&s->string, *s->at);
			step(s);
		}
		if (keep)
			buf_putc(&s->string, *s->at);
		step(s);
	}
	if (*s->at == mark)
		s->at++;
}

/* "# include <x.h>": true when the line is one. */
static bool
read_include(struct scanner *s)
{
	const char *p = s->at + 1;
	size_t n;

	p += strspn(p, " \t");
	if (strncmp(p, "include", 7) != 0)
		return false;
	p += 7;
	p += strspn(p, " \t");
	if (*p == '<')
		n = strcspn(p, ">\n") + 1;
	else if (*p == '"')
		n = strcspn(++p, "\"\n");
	else
		return false;
	add(s, &s->out->includes, &s->out->nincludes, s->line,
	    arena_strndup(s->arena, p, n));
	s->at = p + n;
	return true;
}

static void
read_one(struct scanner *s)
{
	char c = *s->at;

	if (c == '/' && (s->at[1] == '/' || s->at[1] == '*')) {
		skip_comment(s);
		return;
	}
	if (c == ' ' || c == '\t' || c == '\r' || c == '\n') {
		step(s);
		return;
	}
	if (c == '"') {
		read_quoted(s, true);
	} else {
		end_string(s);
		if (c == '\'')
			read_quoted(s, false);
		else if (c != '#' || !s->line_begins || !read_include(s))
			s->at++;
	}
	s->line_begins = false;
}

void
scan_text(struct arena *a, const char *text, struct scan *out)
{
	struct scanner s = {
	    .arena = a, .out = out, .at = text, .line = 1, .line_begins = true};

	memset(out, 0, sizeof(*out));
	buf_init(&s.string);
	while (*s.at != '\0')
		read_one(&s);
	end_string(&s);
	buf_finish(&s.string);
	out->lines = s.line - 1;
}
