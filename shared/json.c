/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * yajl reads and tells of each piece as it comes; we hang the pieces into a
 * tree. It was chosen over jansson's own reader because it takes an eighth of
 * the time, and reading was two fifths of what a batch of answers cost.
 *
 * What yajl leaves to us, found by fuzzing beside jansson: depth, keys that
 * occur twice (compared one by one, hence the limit on their number), whether
 * text is UTF-8 (its own check lets overlong forms and surrogates pass), half
 * of an escaped surrogate pair, which it would turn into a question mark, and
 * two control characters that it takes for space.
 */
#include "shared/json.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <yajl/yajl_parse.h>
#include "shared/clean_text.h"
#include "shared/limits.h"
#include "shared/utf8.h"

/* A list or object whose members are being read. */
struct level {
	struct node *node;
	const struct node **last; /* where the next member is hung */
};

struct reader {
	struct arena *arena;
	struct level levels[LIMIT_JSON_DEPTH];
	int depth;
	const char *key; /* of the value to come */
	bool apart;      /* what is wrong in one value stays there */
	const struct node *root;
	const char *why; /* what is wrong with it, beyond not being JSON */
};

/* ------------------------------------------------------------- yajl's calls */

static struct node *
add_json(struct reader *r, enum node_kind kind)
{
	struct node *node = arena_alloc(r->arena, sizeof(*node));
	struct level *level;

	node->kind = kind;
	node->key = r->key;
	r->key = NULL;
	if (r->depth == 0) {
		r->root = node;
		return node;
	}
	level = &r->levels[r->depth - 1];
	level->node->size++;
	*level->last = node;
	level->last = &node->next;
	return node;
}

static int
refuse_json(struct reader *r, const char *why)
{
	r->why = why;
	return 0;
}

static int
on_null(void *context)
{
	add_json(context, NODE_NULL);
	return 1;
}

static int
on_boolean(void *context, int value)
{
	add_json(context, value ? NODE_TRUE : NODE_FALSE);
	return 1;
}

/* Reads digits with a sign; false when it is not an integer or does not fit. */
static bool
read_integer(const char *text, size_t size, int64_t *out)
{
	bool negative = text[0] == '-';
	int64_t value = 0;

	for (size_t i = negative ? 1 : 0; i < size; i++) {
		if (text[i] < '0' || text[i] > '9' ||
		    __builtin_mul_overflow(value, 10, &value) ||
		    __builtin_sub_overflow(value, text[i] - '0', &value))
			return false;
	}
	/* gathered below zero, where there is one number more */
	if (!negative && value == INT64_MIN)
		return false;
	*out = negative ? value : -value;
	return true;
}

static int
on_number(void *context, const char *text, size_t size)
{
	struct node *node = add_json(context, NODE_NUMBER);

	if (read_integer(text, size, &node->integer))
		node->kind = NODE_INTEGER;
	return 1;
}

/* A flaw of an object: it is told, or stays with the object. */
static int
note_flaw(struct reader *r, struct node *object, const char *why)
{
	if (!r->apart)
		return refuse_json(r, why);
	object->flaw = why;
	return 1;
}

static int
on_text(void *context, const unsigned char *text, size_t size)
{
	struct reader *r = context;
	struct node *node = add_json(r, NODE_TEXT);
	const char *chars = (const char *)text;

	node->torn = !utf8_whole(chars, size);
	if (node->torn && !r->apart)
		return refuse_json(r, "not UTF-8");
	node->text = arena_strndup(r->arena, chars, size);
	node->size = size;
	return 1;
}

static int
on_key(void *context, const unsigned char *text, size_t size)
{
	struct reader *r = context;
	struct node *object = r->levels[r->depth - 1].node;

	r->key = arena_strndup(r->arena, (const char *)text, size);
	if (object->flaw != NULL)
		return 1;
	if (!utf8_whole(r->key, size))
		return note_flaw(r, object, "not UTF-8");
	if (strlen(r->key) != size)
		return note_flaw(r, object, "a key holds a NUL");
	if (object->size == LIMIT_JSON_KEYS)
		return note_flaw(r, object, "too many keys in one object");
	if (node_get(object, r->key) != NULL)
		return note_flaw(r, object, "a key occurs twice in one object");
	return 1;
}

static int
json_enter(struct reader *r, enum node_kind kind)
{
	struct node *node;

	if (r->depth == LIMIT_JSON_DEPTH)
		return refuse_json(r, "nested too deep");
	node = add_json(r, kind);
	r->levels[r->depth].node = node;
	r->levels[r->depth].last = &node->first;
	r->depth++;
	return 1;
}

static int
on_object(void *context)
{
	return json_enter(context, NODE_OBJECT);
}

static int
on_list(void *context)
{
	return json_enter(context, NODE_LIST);
}

static int
on_end(void *context)
{
	struct reader *r = context;

	r->depth--;
	return 1;
}

static const yajl_callbacks calls = {
    .yajl_null = on_null,
    .yajl_boolean = on_boolean,
    .yajl_number = on_number,
    .yajl_string = on_text,
    .yajl_start_map = on_object,
    .yajl_map_key = on_key,
    .yajl_end_map = on_end,
    .yajl_start_array = on_list,
    .yajl_end_array = on_end,
};

/* ------------------------------------------------------------------ reading */

/* The code unit of \uXXXX at text, -1 when there is none. */
static int
escaped_unit(const char *text, const char *end)
{
	char digits[5] = "";

	if (end - text < 6 || text[0] != '\\' || text[1] != 'u')
		return -1;
	memcpy(digits, text + 2, 4);
	return strspn(digits, "0123456789abcdefABCDEF") == 4
		   ? (int)strtol(digits, NULL, 16)
		   : -1;
}

/* Where half of an escaped surrogate pair stands without the other; NULL: it
 * does nowhere. */
static const char *
lonely_surrogate(const char *text, size_t size)
{
	const char *end = text + size, *at = text;

	while ((at = memchr(at, '\\', (size_t)(end - at))) != NULL) {
		int unit = escaped_unit(at, end);
		int other = unit < 0 ? -1 : escaped_unit(at + 6, end);
		bool high = unit >= 0xd800 && unit <= 0xdbff;

		if (high ? other < 0xdc00 || other > 0xdfff
			 : unit >= 0xdc00 && unit <= 0xdfff)
			return at;
		at += high ? 12 : 2;
		if (at > end)
			at = end;
	}
	return NULL;
}

/* "…(line 3, column 7)": says where, not what, for that may be a comment or a
 * number. */
static void
tell_json(
    const char *why, const char *text, size_t offset, char *error, size_t size)
{
	int line = 1, column = 1;

	for (size_t i = 0; i < offset; i++) {
		column++;
		if (text[i] == '\n') {
			line++;
			column = 1;
		}
	}
	snprintf(error, size, "%s (line %d, column %d)", why, line, column);
}

/* Where yajl stopped: it has taken what it did not like. */
static size_t
stopped_at(yajl_handle yajl)
{
	size_t taken = yajl_get_bytes_consumed(yajl);

	return taken > 0 ? taken - 1 : 0;
}

/* The text was JSON, and nothing stands behind it. yajl does not mind a string
 * that begins there and never ends; into that another bracket would fit. */
static bool
json_complete(yajl_handle yajl)
{
	static const unsigned char bracket[] = "]";

	return yajl_complete_parse(yajl) == yajl_status_ok &&
	       yajl_parse(yajl, bracket, 1) != yajl_status_ok;
}

/* The text with a NUL for each half of a surrogate pair: a copy, where there is
 * one. */
static const char *
without_lonely(struct arena *a, const char *text, size_t size)
{
	const char *at = lonely_surrogate(text, size);
	char *copy;

	if (at == NULL)
		return text;
	copy = arena_alloc(a, size + 1);
	memcpy(copy, text, size);
	while (at != NULL) {
		size_t offset = (size_t)(at - text);

		memcpy(copy + offset + 2, "0000", 4);
		at = lonely_surrogate(at + 6, size - offset - 6);
	}
	return copy;
}

/* What yajl would let pass. NULL when there is nothing of it, else what it is,
 * and where. */
static const char *
let_pass(const char *text, size_t size, size_t *offset)
{
	const char *at = lonely_surrogate(text, size);
	const char *why = "half a surrogate pair";

	if (at == NULL) {
		why = "not JSON";
		at = memchr(text, '\v', size);
	}
	if (at == NULL)
		at = memchr(text, '\f', size);
	if (at == NULL)
		return NULL;
	*offset = (size_t)(at - text);
	return why;
}

static const struct node *
parse_json(struct reader *reader, const char *text, size_t size, char *error,
    size_t error_size)
{
	struct reader r = *reader;
	size_t offset = size;
	yajl_handle yajl;
	bool ok;

	r.why = let_pass(text, size, &offset);
	if (r.why != NULL) {
		tell_json(r.why, text, offset, error, error_size);
		return NULL;
	}
	yajl = yajl_alloc(&calls, NULL, &r);
	if (yajl == NULL)
		abort(); /* as in shared/arena.h */
	yajl_config(yajl, yajl_dont_validate_strings, 1);
	ok = yajl_parse(yajl, (const unsigned char *)text, size) ==
	     yajl_status_ok;
	if (!ok)
		offset = stopped_at(yajl);
	else
		ok = json_complete(yajl);
	yajl_free(yajl);
	if (ok && r.root != NULL)
		return r.root;
	tell_json(r.why != NULL ? r.why : "not JSON", text, offset, error,
	    error_size);
	return NULL;
}

const struct node *
json_read(struct arena *a, const char *text, size_t size, char *error,
    size_t error_size)
{
	struct reader r = {.arena = a};

	return parse_json(&r, text, size, error, error_size);
}

const struct node *
json_read_apart(struct arena *a, const char *text, size_t size, char *error,
    size_t error_size)
{
	struct reader r = {.arena = a, .apart = true};

	return parse_json(
	    &r, without_lonely(a, text, size), size, error, error_size);
}

/* -------------------------------------------------------------------- nodes */

const struct node *
node_get(const struct node *object, const char *key)
{
	if (object == NULL || object->kind != NODE_OBJECT)
		return NULL;
	for (const struct node *n = object->first; n != NULL; n = n->next)
		if (n->key[0] == key[0] && strcmp(n->key, key) == 0)
			return n;
	return NULL;
}

const char *
node_text(const struct node *node)
{
	if (!node_is(node, NODE_TEXT) || node->torn ||
	    strlen(node->text) != node->size)
		return NULL;
	return node->text;
}

const char *
node_words(struct arena *a, const struct node *node, bool *cleaned)
{
	return node_is(node, NODE_TEXT)
		   ? clean_text(a, node->text, node->size, cleaned)
		   : NULL;
}

const char *
node_sent(struct arena *a, const struct node *node)
{
	char *sent;

	if (!node_is(node, NODE_TEXT))
		return NULL;
	sent = arena_strndup(a, node->text, node->size);
	for (size_t i = 0; i < node->size; i++)
		if (sent[i] == '\0')
			sent[i] = '\x01';
	return sent;
}

bool
node_integer(const struct node *node, int64_t *value)
{
	if (!node_is(node, NODE_INTEGER))
		return false;
	*value = node->integer;
	return true;
}

bool
node_is(const struct node *node, enum node_kind kind)
{
	return node != NULL && node->kind == kind && node->flaw == NULL;
}

void
json_put(struct buf *out, const char *text)
{
	buf_putc(out, '"');
	for (const unsigned char *p = (const unsigned char *)text; *p != '\0';
	     p++) {
		if (*p == '"' || *p == '\\')
			buf_putc(out, '\\');
		if (*p < 0x20)
			buf_printf(out, "\\u%04x", *p);
		else
			buf_putc(out, (char)*p);
	}
	buf_putc(out, '"');
}
