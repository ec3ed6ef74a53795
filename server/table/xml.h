/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * XML as it comes, piece by piece. A document type is refused, and with it
 * every entity of a file's own; so is nesting that no spreadsheet has. The only
 * file that knows expat.
 */
#ifndef HAILONG_SERVER_TABLE_XML_H
#define HAILONG_SERVER_TABLE_XML_H

#include <stdbool.h>
#include <stddef.h>

struct xml;

/* What is found. Names come without the prefix of their namespace. */
struct xml_taker {
	/* Attributes as name, value, name, value, NULL. */
	void (*start)(
	    void *context, const char *name, const char *const *attributes);
	void (*end)(void *context, const char *name);
	void (*text)(void *context, const char *text, size_t n);
	void *context;
};

/* Begins a document; the taker must outlive it. */
struct xml *xml_open(const struct xml_taker *taker);
/* Reads so many bytes more of it, the last with `last`. False when it is no
 * well-formed XML or not ours to read, or xml_stop was called. */
bool xml_feed(struct xml *x, const void *bytes, size_t n, bool last);
/* From within the taker: nothing more is wanted. */
void xml_stop(struct xml *x);
/* Frees; NULL is allowed. */
void xml_close(struct xml *x);
/* The value of an attribute; NULL: there is none. */
const char *xml_attribute(const char *const *attributes, const char *name);

#endif
