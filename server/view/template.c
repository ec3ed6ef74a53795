/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Walks the nodes of a compiled template (mustache.h) with a stack of JSON
 * values: the innermost object that has a name answers for it. Partials are
 * compiled when first met. Steps, depth and output are limited: templates are
 * ours, but the lists in a document grow with the district.
 */
#include "server/view/template.h"

#include <stdio.h>
#include <string.h>
#include "server/view/html.h"
#include "server/view/mustache.h"
#include "shared/arena.h"

struct run {
	const struct template_set *set;
	struct arena *arena;
	struct mustache **codes; /* beside set->files; NULL: not compiled yet */
	enum lang lang;
	struct buf *out;
	size_t before; /* size of out when we began */
	const json_t *stack[TEMPLATE_STACK];
	size_t depth;
	size_t partials;
	long steps;
	char *error;
};

static bool
find_file(const struct template_set *set, const char *name, size_t size,
    size_t *index)
{
	for (size_t i = 0; i < set->count; i++) {
		const char *n = set->files[i].name;
		if (strlen(n) == size && memcmp(n, name, size) == 0) {
			*index = i;
			return true;
		}
	}
	return false;
}

static const json_t *
member(const json_t *object, const char *name, size_t size)
{
	return json_is_object(object) ? json_object_getn(object, name, size)
				      : NULL;
}

/* The first part of a dotted name is sought from the innermost object outward,
 * the other parts only in what was found. NULL: missing. */
static const json_t *
find_template_value(const struct run *r, const char *name, size_t size)
{
	if (size == 1 && name[0] == '.')
		return r->stack[r->depth - 1];
	const char *dot = memchr(name, '.', size);
	size_t first = dot != NULL ? (size_t)(dot - name) : size;
	const json_t *value = NULL;
	for (size_t i = r->depth; i > 0 && value == NULL; i--)
		value = member(r->stack[i - 1], name, first);
	while (dot != NULL && value != NULL) {
		const char *part = dot + 1;
		size_t rest = size - (size_t)(part - name);
		dot = memchr(part, '.', rest);
		value = member(
		    value, part, dot != NULL ? (size_t)(dot - part) : rest);
	}
	return value;
}

static bool
is_something(const json_t *value)
{
	if (value == NULL || json_is_null(value) || json_is_false(value))
		return false;
	if (json_is_string(value))
		return json_string_length(value) > 0;
	return !json_is_array(value) || json_array_size(value) > 0;
}

/* What a value looks like; false when it is no text or number. Numbers are
 * written as in the API; those for people come as strings (view/number). */
static bool
value_text(const json_t *value, char number[40], const char **text, size_t *n)
{
	*text = number;
	number[0] = '\0';
	if (json_is_string(value)) {
		*text = json_string_value(value);
		*n = json_string_length(value);
		return true;
	}
	if (json_is_integer(value))
		snprintf(number, 40, "%" JSON_INTEGER_FORMAT,
		    json_integer_value(value));
	else if (json_is_real(value))
		snprintf(number, 40, "%.12g", json_real_value(value));
	else if (value != NULL && !json_is_null(value))
		return false;
	*n = strlen(number);
	return true;
}

static bool
show_value(struct run *r, const struct mustache *code,
    const struct mustache_node *node)
{
	char number[40];
	const char *words;
	size_t n;
	const json_t *value = find_template_value(r, node->start, node->size);
	if (!value_text(value, number, &words, &n))
		return mustache_refuse(r->error, code->name, node->line,
		    "%.*s is neither text nor number", (int)node->size,
		    node->start);
	if (node->kind == MUSTACHE_RAW)
		buf_add(r->out, words, n);
	else
		html_text(r->out, words, n);
	return true;
}

/* Appends text in which each name between the two marks is replaced by its
 * value; a name without a value stays as it stands. */
static void
fill_template(struct run *r, const char *words, char left, char right,
    bool escape, struct buf *out)
{
	for (const char *p = words; *p != '\0';) {
		const char *end = *p == left ? strchr(p, right) : NULL;
		const json_t *value = NULL;
		char number[40];
		const char *filled;
		size_t n;
		if (end != NULL && end > p + 1)
			value = find_template_value(
			    r, p + 1, (size_t)(end - p - 1));
		if (value != NULL && value_text(value, number, &filled, &n)) {
			p = end + 1;
		} else {
			filled = p++;
			n = 1;
		}
		if (escape)
			html_text(out, filled, n);
		else
			buf_add(out, filled, n);
	}
}

static void
show_word(struct run *r, const struct mustache_node *node)
{
	struct buf key;
	buf_init(&key);
	char *name = arena_strndup(r->arena, node->start, node->size);
	fill_template(r, name, '[', ']', false, &key);
	fill_template(r, text(r->lang, buf_text(&key)), '{', '}', true, r->out);
	buf_finish(&key);
}

static bool show_template(
    struct run *r, const struct mustache *code, size_t from, size_t to);

static bool
show_in(struct run *r, const struct mustache *code, size_t index,
    const json_t *value)
{
	const struct mustache_node *node = &code->nodes[index];
	if (r->depth == TEMPLATE_STACK)
		return mustache_refuse(r->error, code->name, node->line,
		    "sections and partials are nested too deep");
	r->stack[r->depth++] = value;
	bool ok = show_template(r, code, index + 1, node->end);
	r->depth--;
	return ok;
}

static bool
show_section(struct run *r, const struct mustache *code, size_t index)
{
	const struct mustache_node *node = &code->nodes[index];
	const json_t *value = find_template_value(r, node->start, node->size);
	bool something = is_something(value);
	if (node->kind == MUSTACHE_INVERTED)
		return something ||
		       show_template(r, code, index + 1, node->end);
	if (!something)
		return true;
	if (!json_is_array(value))
		return show_in(r, code, index, value);
	for (size_t i = 0; i < json_array_size(value); i++) {
		if (!show_in(r, code, index, json_array_get(value, i)))
			return false;
	}
	return true;
}

static bool
show_partial(struct run *r, const struct mustache *code,
    const struct mustache_node *node)
{
	size_t i;
	if (!find_file(r->set, node->start, node->size, &i))
		return mustache_refuse(r->error, code->name, node->line,
		    "no template %.*s", (int)node->size, node->start);
	if (r->partials == TEMPLATE_PARTIALS)
		return mustache_refuse(r->error, code->name, node->line,
		    "more than %d partials inside each other",
		    TEMPLATE_PARTIALS);
	if (r->codes[i] == NULL)
		r->codes[i] =
		    mustache_compile(r->arena, &r->set->files[i], r->error);
	if (r->codes[i] == NULL)
		return false;
	r->partials++;
	bool ok = show_template(r, r->codes[i], 0, r->codes[i]->count);
	r->partials--;
	return ok;
}

static bool
show_node(struct run *r, const struct mustache *code, size_t index)
{
	const struct mustache_node *node = &code->nodes[index];
	if (++r->steps > TEMPLATE_STEPS ||
	    r->out->size - r->before > TEMPLATE_BYTES)
		return mustache_refuse(r->error, code->name, node->line,
		    "the page becomes too long");
	switch (node->kind) {
	case MUSTACHE_TEXT:
		buf_add(r->out, node->start, node->size);
		return true;
	case MUSTACHE_VALUE:
	case MUSTACHE_RAW:
		return show_value(r, code, node);
	case MUSTACHE_WORD:
		show_word(r, node);
		return true;
	case MUSTACHE_PARTIAL:
		return show_partial(r, code, node);
	default:
		return show_section(r, code, index);
	}
}

static bool
show_template(
    struct run *r, const struct mustache *code, size_t from, size_t to)
{
	while (from < to) {
		if (!show_node(r, code, from))
			return false;
		const struct mustache_node *node = &code->nodes[from];
		from = node->end > 0 ? node->end : from + 1;
	}
	return true;
}

static struct mustache *
compile_named(struct arena *a, const struct template_set *set, const char *name,
    char *error, size_t *index)
{
	if (!find_file(set, name, strlen(name), index)) {
		mustache_refuse(error, name, 0, "no such template");
		return NULL;
	}
	return mustache_compile(a, &set->files[*index], error);
}

bool
template_render(const struct template_set *set, const char *name,
    const json_t *doc, enum lang lang, struct buf *out,
    char error[LIMIT_ERROR_BYTES])
{
	struct arena arena;
	arena_init(&arena);
	struct run r = {.set = set,
	    .arena = &arena,
	    .lang = lang,
	    .out = out,
	    .before = out->size,
	    .stack = {doc},
	    .depth = 1,
	    .error = error};
	size_t i;
	struct mustache *code = compile_named(&arena, set, name, error, &i);
	bool ok = false;
	if (code != NULL) {
		r.codes = arena_alloc(&arena, set->count * sizeof(*r.codes));
		r.codes[i] = code;
		ok = show_template(&r, code, 0, code->count);
	}
	if (!ok && out->size > r.before) {
		out->size = r.before;
		out->data[r.before] = '\0';
	}
	arena_finish(&arena);
	return ok;
}

bool
template_words(const struct template_set *set, const char *name,
    void (*word)(void *data, const char *key), void *data,
    char error[LIMIT_ERROR_BYTES])
{
	struct arena arena;
	size_t i;
	arena_init(&arena);
	struct mustache *code = compile_named(&arena, set, name, error, &i);
	bool ok = code != NULL;
	for (i = 0; ok && i < code->count; i++) {
		const struct mustache_node *node = &code->nodes[i];
		size_t at;
		if (node->kind == MUSTACHE_WORD && word != NULL)
			word(data,
			    arena_strndup(&arena, node->start, node->size));
		if (node->kind == MUSTACHE_PARTIAL &&
		    !find_file(set, node->start, node->size, &at))
			ok = mustache_refuse(error, name, node->line,
			    "no template %.*s", (int)node->size, node->start);
	}
	arena_finish(&arena);
	return ok;
}

bool
template_check(const struct template_set *set, const char *name,
    char error[LIMIT_ERROR_BYTES])
{
	return template_words(set, name, NULL, NULL, error);
}
