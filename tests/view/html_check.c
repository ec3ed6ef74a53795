/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One pass with a stack of open tags; ids and what refers to them are gathered
 * on the way and compared at the end. */
#include "tests/view/html_check.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define DEPTH 60
#define NAMES 1000
#define WORD  200
#define ERROR 200

struct attribute {
	char name[40], value[WORD];
};

struct tag {
	char name[30];
	struct attribute attributes[20];
	int count;
	bool closed; /* <x/> */
};

struct names {
	char list[NAMES][WORD];
	int count;
};

struct check {
	const char *at;
	char open[DEPTH][30];
	int depth, heading, h1;
	struct names ids, wanted;
	char *error;
};

static bool refuse(struct check *c, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

static bool
refuse(struct check *c, const char *format, ...)
{
	va_list args;
	int n;

	va_start(args, format);
	n = vsnprintf(c->error, ERROR, format, args);
	va_end(args);
	if (n > 0 && n < ERROR)
		snprintf(c->error + n, (size_t)(ERROR - n), ", before: %.60s",
		    c->at);
	return false;
}

static bool
among(const char *word, const char *words)
{
	char padded[60];

	snprintf(padded, sizeof(padded), " %s ", word);
	return strstr(words, padded) != NULL;
}

static const char *
value(const struct tag *t, const char *name)
{
	for (int i = 0; i < t->count; i++)
		if (strcmp(t->attributes[i].name, name) == 0)
			return t->attributes[i].value;
	return NULL;
}

static bool
keep(struct check *c, struct names *names, const char *name, size_t n)
{
	if (names->count == NAMES || n >= WORD)
		return refuse(c, "too many names");
	memcpy(names->list[names->count], name, n);
	names->list[names->count++][n] = '\0';
	return true;
}

static bool
has(const struct names *names, const char *name)
{
	for (int i = 0; i < names->count; i++)
		if (strcmp(names->list[i], name) == 0)
			return true;
	return false;
}

/* ------------------------------------------------------------------ reading */

static void
skip_space(struct check *c)
{
	c->at += strspn(c->at, " \t\n");
}

static bool
read_attribute(struct check *c, struct tag *t)
{
	struct attribute *a = &t->attributes[t->count];
	size_t n = strcspn(c->at, " \t\n=/><\"'");

	if (n == 0 || n >= sizeof(a->name) || t->count == 20)
		return refuse(c, "no attribute in <%s>", t->name);
	memcpy(a->name, c->at, n);
	a->name[n] = a->value[0] = '\0';
	c->at += n;
	if (value(t, a->name) != NULL)
		return refuse(c, "%s stands twice in <%s>", a->name, t->name);
	t->count++;
	if (*c->at != '=')
		return true;
	if (*++c->at != '"')
		return refuse(c, "%s is not quoted in <%s>", a->name, t->name);
	n = strcspn(++c->at, "\"<");
	if (c->at[n] != '"')
		return refuse(c, "%s does not end in <%s>", a->name, t->name);
	snprintf(a->value, sizeof(a->value), "%.*s", (int)n, c->at);
	c->at += n + 1;
	return true;
}

static bool
read_tag(struct check *c, struct tag *t)
{
	size_t n = strcspn(c->at, " \t\n/>");

	memset(t, 0, sizeof(*t));
	if (n == 0 || n >= sizeof(t->name))
		return refuse(c, "no tag");
	memcpy(t->name, c->at, n);
	c->at += n;
	for (;;) {
		skip_space(c);
		if (*c->at == '>')
			break;
		if (strncmp(c->at, "/>", 2) == 0) {
			t->closed = true;
			c->at++;
			break;
		}
		if (!read_attribute(c, t))
			return false;
	}
	c->at++;
	return true;
}

/* ------------------------------------------------------------------- rules */

static bool
check_names(struct check *c, const struct tag *t)
{
	const char *id = value(t, "id"), *href = value(t, "href");
	const char *by = value(t, "aria-labelledby"), *to = value(t, "for");

	if (id != NULL && has(&c->ids, id))
		return refuse(c, "id %s stands twice", id);
	if (id != NULL && !keep(c, &c->ids, id, strlen(id)))
		return false;
	if (href != NULL && href[0] == '#' &&
	    !keep(c, &c->wanted, href + 1, strlen(href + 1)))
		return false;
	if (by != NULL && !keep(c, &c->wanted, by, strlen(by)))
		return false;
	return to == NULL || keep(c, &c->wanted, to, strlen(to));
}

/* A control is labelled by a <label for>, or says it itself. */
static bool
labelled(const struct check *c, const struct tag *t)
{
	const char *type = value(t, "type"), *id = value(t, "id");

	if (type != NULL && strcmp(type, "hidden") == 0)
		return true;
	/* of a label around it we see nothing; forms of citizens have those */
	if (c->depth > 0 && strcmp(c->open[c->depth - 1], "label") == 0)
		return true;
	return value(t, "aria-label") != NULL ||
	       (id != NULL && has(&c->wanted, id)) ||
	       (type != NULL && among(type, " radio checkbox "));
}

static bool
inside(const struct check *c, const char *name)
{
	for (int i = 0; i < c->depth; i++)
		if (strcmp(c->open[i], name) == 0)
			return true;
	return false;
}

static bool
check_meaning(struct check *c, const struct tag *t)
{
	int level;

	if (strcmp(t->name, "img") == 0 && value(t, "alt") == NULL)
		return refuse(c, "an <img> without alt");
	if (among(t->name, " select input textarea ") && !labelled(c, t))
		return refuse(c, "a <%s> without a label", t->name);
	if (strcmp(t->name, "th") == 0 && value(t, "scope") == NULL)
		return refuse(c, "a <th> without scope");
	if (strcmp(t->name, "svg") == 0 && value(t, "aria-hidden") == NULL &&
	    value(t, "role") == NULL && !inside(c, "svg"))
		return refuse(c, "an <svg> that is neither hidden nor read");
	if (t->name[0] != 'h' || t->name[1] < '1' || t->name[1] > '6')
		return true;
	level = t->name[1] - '0';
	c->h1 += level == 1;
	if (level > c->heading + 1 && c->heading > 0)
		return refuse(c, "<h%d> after <h%d>", level, c->heading);
	c->heading = level;
	return true;
}

static bool
close_tag(struct check *c)
{
	size_t n = strcspn(c->at, ">");

	if (c->depth == 0 || strlen(c->open[c->depth - 1]) != n ||
	    strncmp(c->open[c->depth - 1], c->at, n) != 0)
		return refuse(c, "</%.*s> closes <%s>", (int)n, c->at,
		    c->depth == 0 ? "" : c->open[c->depth - 1]);
	c->depth--;
	c->at += n + 1;
	return true;
}

static bool
open_tag(struct check *c)
{
	struct tag t;

	if (!read_tag(c, &t) || !check_names(c, &t) || !check_meaning(c, &t))
		return false;
	if (t.closed || among(t.name, " meta link img input br hr "))
		return true;
	if (c->depth == DEPTH)
		return refuse(c, "too deep");
	memcpy(c->open[c->depth++], t.name, sizeof(t.name));
	return true;
}

static bool
check_end(struct check *c, bool whole)
{
	if (c->depth > 0)
		return refuse(c, "<%s> is not closed", c->open[c->depth - 1]);
	if (!whole)
		return true;
	if (c->h1 != 1)
		return refuse(c, "%d <h1>", c->h1);
	for (int i = 0; i < c->wanted.count; i++)
		if (!has(&c->ids, c->wanted.list[i]))
			return refuse(
			    c, "nothing has the id %s", c->wanted.list[i]);
	return true;
}

bool
html_check(const char *html, bool whole, char *error)
{
	struct check *c = calloc(1, sizeof(*c));
	bool good = c != NULL;

	if (!good)
		return false;
	c->at = html;
	c->error = error;
	while (good && *c->at != '\0') {
		c->at += strcspn(c->at, "<&");
		if (*c->at == '&' && c->at[strcspn(c->at, "; \n<")] != ';')
			good = refuse(c, "a bare &");
		else if (*c->at == '&')
			c->at++;
		else if (strncmp(c->at, "<!doctype html>", 15) == 0)
			c->at += 15;
		else if (strncmp(c->at, "</", 2) == 0) {
			c->at += 2;
			good = close_tag(c);
		} else if (*c->at == '<') {
			c->at++;
			good = open_tag(c);
		}
	}
	good = good && check_end(c, whole);
	free(c);
	return good;
}
