/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * JSON that comes from outside (RFC 8259), read under our own limits into
 * nodes that live in an arena and are never changed. Documents that we build
 * ourselves are jansson's.
 */
#ifndef HAILONG_SHARED_JSON_H
#define HAILONG_SHARED_JSON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "shared/arena.h"
#include "shared/buf.h"

enum node_kind {
	NODE_NULL,
	NODE_TRUE,
	NODE_FALSE,
	NODE_INTEGER, /* written as one, and fits */
	NODE_NUMBER,  /* any other number; its value is not kept */
	NODE_TEXT,
	NODE_LIST,
	NODE_OBJECT
};

struct node {
	enum node_kind kind;
	const char *key;          /* its name in an object, else NULL */
	const char *text;         /* of NODE_TEXT, ended by a NUL */
	int64_t integer;          /* of NODE_INTEGER */
	size_t size;              /* bytes of text; members of list, object */
	const struct node *first; /* of list and object */
	const struct node *next;  /* the next member of what this is in */
};

/* Reads a text of UTF-8 JSON nested at most LIMIT_JSON_DEPTH deep, objects of
 * at most LIMIT_JSON_KEYS keys, none of them twice. NULL with one sentence in
 * error, which says where and never repeats the text. Everything lives in the
 * arena. */
const struct node *json_read(struct arena *a, const char *text, size_t size,
    char *error, size_t error_size);

/* The member of an object; NULL when it has none of that name, or is no
 * object, or NULL itself. */
const struct node *node_get(const struct node *object, const char *key);
/* The text of a NODE_TEXT without a NUL inside; NULL for all else. */
const char *node_text(const struct node *node);
/* True for a NODE_INTEGER, whose value goes into *value. */
bool node_integer(const struct node *node, int64_t *value);
/* True for this kind of node; NULL is of none. */
bool node_is(const struct node *node, enum node_kind kind);

/* Appends a string as JSON, in quotes and escaped; the text must be UTF-8. For
 * the few places where building a tree first would cost too much. */
void json_put(struct buf *out, const char *text);

#endif
