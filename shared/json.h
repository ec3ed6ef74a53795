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
	const char *key;  /* its name in an object, else NULL */
	const char *text; /* of NODE_TEXT, ended by a NUL */
	int64_t integer;  /* of NODE_INTEGER */
	size_t size;      /* bytes of text; members of list, object */
	const char *flaw; /* of an object whose keys cannot be told apart */
	bool torn;        /* of a text: it is not UTF-8 */
	const struct node *first; /* of list and object */
	const struct node *next;  /* the next member of what this is in */
};

/* Reads a text of UTF-8 JSON nested at most LIMIT_JSON_DEPTH deep, objects of
 * at most LIMIT_JSON_KEYS keys, none of them twice. NULL with one sentence in
 * error, which says where and never repeats the text. Everything lives in the
 * arena. */
const struct node *json_read(struct arena *a, const char *text, size_t size,
    char *error, size_t error_size);

/* The same for a body of many values, of which a bad one must not spoil the
 * others. A text that is not UTF-8 is marked as torn; half an escaped surrogate
 * pair stands in it as a NUL. An object with a key that occurs twice, that is
 * not UTF-8, or one too many, bears a flaw. */
const struct node *json_read_apart(struct arena *a, const char *text,
    size_t size, char *error, size_t error_size);

/* The member of an object; NULL when it has none of that name, or is no
 * object, or NULL itself. */
const struct node *node_get(const struct node *object, const char *key);
/* The text of a NODE_TEXT that is UTF-8 without a NUL inside: a code, a time, a
 * number. NULL for all else. */
const char *node_text(const struct node *node);
/* The text of any NODE_TEXT as free text (shared/clean_text.h), of the arena;
 * NULL for all else. */
const char *node_words(struct arena *a, const struct node *node, bool *cleaned);
/* The same text as it was sent, of the arena, with U+0001, which is no text
 * either, where a NUL was. */
const char *node_sent(struct arena *a, const struct node *node);
/* True for a NODE_INTEGER, whose value goes into *value. */
bool node_integer(const struct node *node, int64_t *value);
/* True for this kind of node without a flaw; NULL is of none. */
bool node_is(const struct node *node, enum node_kind kind);

/* Appends a string as JSON, in quotes and escaped; the text must be UTF-8. For
 * the few places where building a tree first would cost too much. */
void json_put(struct buf *out, const char *text);

#endif
