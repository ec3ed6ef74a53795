/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Entities could make a gigabyte of a line; no office file has a DOCTYPE, so
 * one ends the reading before anything is defined. */
#include "server/table/xml.h"

#include <expat.h>
#include <stdlib.h>
#include <string.h>

#define DEPTH 64

struct xml {
	XML_Parser parser;
	const struct xml_taker *taker;
	int depth;
};

static const char *
local_name(const char *name)
{
	const char *colon = strchr(name, ':');

	return colon == NULL ? name : colon + 1;
}

static void XMLCALL
on_start(void *context, const XML_Char *name, const XML_Char **attributes)
{
	struct xml *x = context;

	if (++x->depth > DEPTH)
		xml_stop(x);
	else
		x->taker->start(x->taker->context, local_name(name),
		    (const char *const *)attributes);
}

static void XMLCALL
on_end(void *context, const XML_Char *name)
{
	struct xml *x = context;

	x->depth--;
	x->taker->end(x->taker->context, local_name(name));
}

static void XMLCALL
on_text(void *context, const XML_Char *text, int n)
{
	struct xml *x = context;

	x->taker->text(x->taker->context, text, (size_t)n);
}

static void XMLCALL
on_doctype(void *context, const XML_Char *name, const XML_Char *system,
    const XML_Char *public, int internal)
{
	(void)name;
	(void)system;
	(void)public;
	(void)internal;
	xml_stop(context);
}

struct xml *
xml_open(const struct xml_taker *taker)
{
	struct xml *x = calloc(1, sizeof(*x));

	if (x == NULL)
		abort();
	x->taker = taker;
	x->parser = XML_ParserCreate(NULL);
	if (x->parser == NULL)
		abort();
	XML_SetUserData(x->parser, x);
	XML_SetElementHandler(x->parser, on_start, on_end);
	XML_SetCharacterDataHandler(x->parser, on_text);
	XML_SetStartDoctypeDeclHandler(x->parser, on_doctype);
	return x;
}

bool
xml_feed(struct xml *x, const void *bytes, size_t n, bool last)
{
	return XML_Parse(x->parser, bytes, (int)n, last) == XML_STATUS_OK;
}

void
xml_stop(struct xml *x)
{
	XML_StopParser(x->parser, XML_FALSE);
}

void
xml_close(struct xml *x)
{
	if (x == NULL)
		return;
	XML_ParserFree(x->parser);
	free(x);
}

const char *
xml_attribute(const char *const *attributes, const char *name)
{
	for (; attributes[0] != NULL; attributes += 2)
		if (strcmp(local_name(attributes[0]), name) == 0)
			return attributes[1];
	return NULL;
}
