/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * One pass over the template: a text, a tag, a text … A tag that stands alone
 * on its line takes the line with it, so templates can be laid out for reading.
 * Names are checked here, so that view/template.c need not.
 */
#include "server/view/mustache.h"

#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

struct parser {
	struct mustache *code;
	const char *text; /* the whole template */
	int line;
	size_t open[TEMPLATE_SECTIONS]; /* sections not closed yet */
	size_t nopen;
	char *error;
};

bool
mustache_refuse(
    char *error, const char *name, int line, const char *format, ...)
{
	char what[LIMIT_ERROR_BYTES];
	va_list args;
	va_start(args, format);
	vsnprintf(what, sizeof(what), format, args);
	va_end(args);
	if (line > 0)
		snprintf(error, LIMIT_ERROR_BYTES, "%.40s:%d: %.120s", name,
		    line, what);
	else
		snprintf(error, LIMIT_ERROR_BYTES, "%.40s: %.120s", name, what);
	return false;
}

static size_t
count_nodes(const char *text)
{
	size_t tags = 0;
	for (const char *p = text; (p = strstr(p, "{{")) != NULL; p += 2)
		tags++;
	return 2 * tags + 1; /* a text before each tag and one at the end */
}

static int
count_mustache_lines(const char *from, const char *to)
{
	int lines = 0;
	for (; from < to; from++)
		lines += *from == '\n';
	return lines;
}

static struct mustache_node *
add_node(struct parser *p, enum mustache_kind kind, const char *start,
    const char *end)
{
	struct mustache_node *node = &p->code->nodes[p->code->count++];
	*node = (struct mustache_node){
	    kind, start, (size_t)(end - start), p->line, 0};
	return node;
}

static enum mustache_kind
tag_kind(char c)
{
	switch (c) {
	case '{':
		return MUSTACHE_RAW;
	case '_':
		return MUSTACHE_WORD;
	case '#':
		return MUSTACHE_SECTION;
	case '^':
		return MUSTACHE_INVERTED;
	case '/':
		return MUSTACHE_CLOSE;
	case '>':
		return MUSTACHE_PARTIAL;
	case '!':
		return MUSTACHE_COMMENT;
	default:
		return MUSTACHE_VALUE;
	}
}

/* A dotted name: letters, digits, _ and -; "." alone is the value itself. The
 * name of a partial is a path: its parts stand between slashes. */
static bool
name_fits(const char *name, size_t size, enum mustache_kind kind)
{
	if (size == 1 && name[0] == '.')
		return kind == MUSTACHE_VALUE || kind == MUSTACHE_RAW ||
		       kind == MUSTACHE_SECTION || kind == MUSTACHE_INVERTED ||
		       kind == MUSTACHE_CLOSE;
	bool part = false; /* the present part has a character */
	bool bracket = false;
	for (size_t i = 0; i < size; i++) {
		unsigned char c = (unsigned char)name[i];
		if (isalnum(c) || c == '_' || c == '-') {
			part = true;
		} else if (part &&
			   (c == '.' ||
			       (c == '/' && kind == MUSTACHE_PARTIAL))) {
			part = false;
		} else if (kind == MUSTACHE_WORD && c == '[' && !bracket) {
			bracket = true;
			part = false;
		} else if (kind == MUSTACHE_WORD && c == ']' && bracket &&
			   part) {
			bracket = false;
		} else {
			return false;
		}
	}
	return part && !bracket;
}

/* The end of the line when the tag from..to has it for itself, else NULL. */
static const char *
alone(const struct parser *p, const char *from, const char *to)
{
	while (from > p->text && (from[-1] == ' ' || from[-1] == '\t'))
		from--;
	if (from > p->text && from[-1] != '\n')
		return NULL;
	while (*to == ' ' || *to == '\t' || *to == '\r')
		to++;
	if (*to == '\n')
		return to + 1;
	return *to == '\0' ? to : NULL;
}

static void
trim_blanks(const char *start, const char **end)
{
	while (*end > start && ((*end)[-1] == ' ' || (*end)[-1] == '\t'))
		(*end)--;
}

static bool
open_section(struct parser *p, size_t index)
{
	if (p->nopen == TEMPLATE_SECTIONS)
		return mustache_refuse(p->error, p->code->name, p->line,
		    "more than %d sections inside each other",
		    TEMPLATE_SECTIONS);
	p->open[p->nopen++] = index;
	return true;
}

static bool
close_section(struct parser *p, const char *name, size_t size)
{
	if (p->nopen == 0)
		return mustache_refuse(p->error, p->code->name, p->line,
		    "{{/%.*s}} closes nothing", (int)size, name);
	struct mustache_node *open = &p->code->nodes[p->open[--p->nopen]];
	if (open->size != size || memcmp(open->start, name, size) != 0)
		return mustache_refuse(p->error, p->code->name, p->line,
		    "{{/%.*s}} found, but line %d opened %.*s", (int)size, name,
		    open->line, (int)open->size, open->start);
	open->end = p->code->count;
	return true;
}

/* Takes one tag, whose inside is from..to, into the code. */
static bool
add_tag(
    struct parser *p, enum mustache_kind kind, const char *from, const char *to)
{
	if (kind == MUSTACHE_COMMENT)
		return true;
	while (from < to && isspace((unsigned char)*from))
		from++;
	while (to > from && isspace((unsigned char)to[-1]))
		to--;
	if (!name_fits(from, (size_t)(to - from), kind))
		return mustache_refuse(p->error, p->code->name, p->line,
		    "\"%.*s\" is not a name", (int)(to - from), from);
	if (kind == MUSTACHE_CLOSE)
		return close_section(p, from, (size_t)(to - from));
	add_node(p, kind, from, to);
	if (kind == MUSTACHE_SECTION || kind == MUSTACHE_INVERTED)
		return open_section(p, p->code->count - 1);
	return true;
}

/* One text and the tag after it; *at moves on. */
static bool
parse_step(struct parser *p, const char **at)
{
	const char *tag = strstr(*at, "{{");
	const char *text_end = tag != NULL ? tag : *at + strlen(*at);
	int text_line = p->line;
	if (tag == NULL) {
		if (text_end > *at)
			add_node(p, MUSTACHE_TEXT, *at, text_end);
		*at = text_end;
		return true;
	}
	enum mustache_kind kind = tag_kind(tag[2]);
	const char *inside = tag + (kind == MUSTACHE_VALUE ? 2 : 3);
	const char *end = strstr(inside, kind == MUSTACHE_RAW ? "}}}" : "}}");
	p->line += count_mustache_lines(*at, tag);
	if (end == NULL)
		return mustache_refuse(
		    p->error, p->code->name, p->line, "this tag has no end");
	const char *next = end + (kind == MUSTACHE_RAW ? 3 : 2);
	const char *after =
	    kind >= MUSTACHE_SECTION ? alone(p, tag, next) : NULL;
	if (after != NULL)
		trim_blanks(*at, &text_end);
	if (text_end > *at)
		add_node(p, MUSTACHE_TEXT, *at, text_end)->line = text_line;
	if (!add_tag(p, kind, inside, end))
		return false;
	*at = after != NULL ? after : next;
	p->line += count_mustache_lines(tag, *at);
	return true;
}

struct mustache *
mustache_compile(struct arena *a, const struct template_file *file, char *error)
{
	struct mustache *code = arena_alloc(a, sizeof(*code));
	code->name = file->name;
	code->nodes =
	    arena_alloc(a, count_nodes(file->text) * sizeof(*code->nodes));
	struct parser p = {
	    .code = code, .text = file->text, .line = 1, .error = error};
	const char *at = file->text;
	while (*at != '\0') {
		if (!parse_step(&p, &at))
			return NULL;
	}
	if (p.nopen > 0) {
		const struct mustache_node *open =
		    &code->nodes[p.open[p.nopen - 1]];
		mustache_refuse(error, file->name, open->line,
		    "%.*s is never closed", (int)open->size, open->start);
		return NULL;
	}
	return code;
}
