/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Reading an answer is a table: one row for each key of the contract (section
 * 3) with the function that checks it. A key that is not in the table is
 * refused, so that a misspelt "coment" is noticed on the integrator's desk and
 * not as a loss in the district. JSON null means "not said" for every optional
 * key, and "not applicable" for a criterion.
 *
 * Each check has a sentence of its own, beginning with the key. Sentences
 * repeat keys and codes, never values a citizen wrote.
 */
#include "shared/answer.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "shared/civil.h"
#include "shared/utf8.h"

#define ANSWER_FORM_VERSIONS 32767 /* fits the database's small integer */
#define ANSWER_LANG          "vi"
#define ANSWER_ASSISTED      "none"

struct reading {
	struct arena *arena;
	struct answer *out;
	char *error; /* LIMIT_ERROR_BYTES */
};

static bool __attribute__((format(printf, 2, 3)))
refuse(struct reading *r, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	vsnprintf(r->error, LIMIT_ERROR_BYTES, format, args);
	va_end(args);
	return false;
}

/* ---- text ---- */

/* What a code is made of: one look for each letter, where strspn would search
 * its list; codes are most of what an answer is. */
static const bool code_letter[256] = {['-'] = true,
    ['_'] = true,
    ['0' ... '9'] = true,
    ['A' ... 'Z'] = true,
    ['a' ... 'z'] = true};

bool
code_valid(const char *text)
{
	size_t n = 0;

	while (n <= LIMIT_CODE_BYTES && code_letter[(unsigned char)text[n]])
		n++;
	return text[n] == '\0' && n >= 1 && n <= LIMIT_CODE_BYTES;
}

/* A key for a sentence: no control characters, not long. */
static void
show_key(const char *key, char out[LIMIT_CODE_BYTES + 1])
{
	size_t n = strnlen(key, LIMIT_CODE_BYTES);

	for (size_t i = 0; i < n; i++)
		out[i] = key[i] >= 0x20 && key[i] < 0x7f ? key[i] : '?';
	out[n] = '\0';
}

/* ---- the keys ---- */

static bool
read_answer_code(struct reading *r, const char *key, const struct node *json,
    const char **out)
{
	const char *text = node_text(json);

	if (text == NULL || !code_valid(text))
		return refuse(r, "%s: not a code", key);
	*out = text;
	return true;
}

static bool
read_answer_form(struct reading *r, const struct node *json)
{
	return read_answer_code(r, "form", json, &r->out->form);
}

static bool
read_answer_desk(struct reading *r, const struct node *json)
{
	return read_answer_code(r, "desk", json, &r->out->desk);
}

static bool
read_answer_field(struct reading *r, const struct node *json)
{
	return read_answer_code(r, "field", json, &r->out->field);
}

static bool
read_form_version(struct reading *r, const struct node *json)
{
	int64_t version;

	if (!node_integer(json, &version) || version < 1 ||
	    version > ANSWER_FORM_VERSIONS)
		return refuse(r,
		    "form_version: must be an integer from 1 to %d",
		    ANSWER_FORM_VERSIONS);
	r->out->form_version = (int)version;
	return true;
}

static bool
read_answered_at(struct reading *r, const struct node *json)
{
	const char *text = node_text(json);

	if (text == NULL ||
	    !civil_parse_time(text, &r->out->answered_at, &r->out->offset))
		return refuse(
		    r, "answered_at: not an RFC 3339 time with offset");
	return true;
}

static bool
read_score(struct reading *r, const char *criterion, const struct node *json)
{
	struct answer_score *score = &r->out->scores[r->out->nscores];
	bool overall = strcmp(criterion, "overall") == 0;
	int64_t value = 0;

	if (!code_valid(criterion))
		return refuse(r, "scores: a criterion is not a code");
	if (r->out->nscores == LIMIT_CRITERIA)
		return refuse(r, "scores: more than %d", LIMIT_CRITERIA);
	if ((!node_is(json, NODE_NULL) || overall) &&
	    (!node_integer(json, &value) || value < 1 || value > 5))
		return refuse(r, "scores.%s: must be an integer from 1 to 5%s",
		    criterion, overall ? "" : " or null");
	score->criterion = criterion;
	score->value = (int)value;
	r->out->nscores++;
	return true;
}

static bool
read_scores(struct reading *r, const struct node *json)
{
	if (!node_is(json, NODE_OBJECT))
		return refuse(r, "scores: not an object");
	if (node_get(json, "overall") == NULL)
		return refuse(r, "scores.overall: missing");
	for (const struct node *n = json->first; n != NULL; n = n->next)
		if (!read_score(r, n->key, n))
			return false;
	return true;
}

static bool
read_answer_codes(struct reading *r, const char *key, const struct node *json,
    size_t most, const char **codes, size_t *ncodes)
{
	size_t i = 0;

	if (!node_is(json, NODE_LIST))
		return refuse(r, "%s: not a list", key);
	if (json->size > most)
		return refuse(r, "%s: more than %zu", key, most);
	for (const struct node *n = json->first; n != NULL; n = n->next, i++) {
		if (!read_answer_code(r, key, n, &codes[i]))
			return false;
		for (size_t j = 0; j < i; j++)
			if (strcmp(codes[i], codes[j]) == 0)
				return refuse(
				    r, "%s: \"%s\" twice", key, codes[i]);
	}
	*ncodes = json->size;
	return true;
}

static bool
read_reasons(struct reading *r, const struct node *json)
{
	return read_answer_codes(r, "reasons", json, LIMIT_REASONS,
	    r->out->reasons, &r->out->nreasons);
}

static bool
read_flags(struct reading *r, const struct node *json)
{
	return read_answer_codes(
	    r, "flags", json, LIMIT_FLAGS, r->out->flags, &r->out->nflags);
}

/* The comment as it was sent, without white space at the ends where it is
 * text. */
static const char *
sent_comment(struct reading *r, const struct node *json)
{
	const char *text = json->text;
	size_t bytes = json->size;

	if (!utf8_valid(text, bytes))
		return node_sent(r->arena, json);
	utf8_trim(&text, &bytes);
	return arena_strndup(r->arena, text, bytes);
}

static bool
read_comment(struct reading *r, const struct node *json)
{
	struct answer *out = r->out;
	const char *comment = node_words(r->arena, json, &out->cleaned);
	const char *sent;

	if (comment == NULL)
		return refuse(r, "comment: not a string");
	if (utf8_length(comment) > LIMIT_COMMENT_CHARS)
		return refuse(r, "comment: longer than %d characters",
		    LIMIT_COMMENT_CHARS);
	sent = sent_comment(r, json);
	if (strcmp(sent, comment) != 0)
		out->sent = sent;
	if (comment[0] != '\0')
		out->comment = comment;
	return true;
}

static bool
read_lang(struct reading *r, const struct node *json)
{
	const char *text = node_text(json);
	size_t n = text != NULL ? strlen(text) : 0;
	char lang[9] = "";

	if (n < 2 || n > 8)
		return refuse(r, "lang: must be 2 to 8 letters");
	for (size_t i = 0; i < n; i++) {
		lang[i] = text[i];
		if (lang[i] >= 'A' && lang[i] <= 'Z')
			lang[i] = (char)(lang[i] - 'A' + 'a');
		if (lang[i] < 'a' || lang[i] > 'z')
			return refuse(r, "lang: must be 2 to 8 letters");
	}
	r->out->lang = arena_strdup(r->arena, lang);
	return true;
}

static bool
read_assisted(struct reading *r, const struct node *json)
{
	static const char *const known[] = {"none", "staff", "relative"};
	const char *text = node_text(json);

	for (size_t i = 0; text != NULL && i < 3; i++)
		if (strcmp(text, known[i]) == 0) {
			r->out->assisted = known[i];
			return true;
		}
	return refuse(r, "assisted: must be none, staff or relative");
}

static bool
read_token(struct reading *r, const struct node *json)
{
	const char *text = node_text(json);
	size_t n = text != NULL ? strlen(text) : 0;
	bool ok = n >= 1 && n <= LIMIT_TOKEN_BYTES;

	for (size_t i = 0; ok && i < n; i++)
		ok = text[i] > 0x20 && text[i] < 0x7f;
	if (!ok)
		return refuse(r, "token: not 1 to %d printable characters",
		    LIMIT_TOKEN_BYTES);
	r->out->token = text;
	return true;
}

static bool
read_seq(struct reading *r, const struct node *json)
{
	if (!node_integer(json, &r->out->seq) || r->out->seq < 0)
		return refuse(r, "seq: must be an integer from 0");
	return true;
}

static bool
read_answer_clock(struct reading *r, const struct node *json)
{
	struct answer_clock *clock = &r->out->clock;
	const struct node *synced = node_get(json, "synced");
	const char *boot = node_text(node_get(json, "boot"));

	if (boot == NULL || !code_valid(boot))
		return refuse(r, "clock.boot: not a code");
	if (!node_integer(node_get(json, "mono"), &clock->mono) ||
	    clock->mono < 0)
		return refuse(r, "clock.mono: must be an integer from 0");
	if (!node_is(synced, NODE_TRUE) && !node_is(synced, NODE_FALSE))
		return refuse(r, "clock.synced: must be true or false");
	if (json->size != 3)
		return refuse(r, "clock: boot, mono, synced and nothing else");
	clock->boot = boot;
	clock->synced = synced->kind == NODE_TRUE;
	return true;
}

static const struct {
	const char *name;
	bool (*read)(struct reading *r, const struct node *json);
	bool required;
} keys[] = {
    {"id", NULL, true}, /* read first, see read_id */
    {"form", read_answer_form, false},
    {"form_version", read_form_version, false},
    {"desk", read_answer_desk, false},
    {"field", read_answer_field, false},
    {"answered_at", read_answered_at, true},
    {"scores", read_scores, true},
    {"reasons", read_reasons, false},
    {"comment", read_comment, false},
    {"lang", read_lang, false},
    {"assisted", read_assisted, false},
    {"token", read_token, false},
    {"flags", read_flags, false},
    {"seq", read_seq, false},
    {"clock", read_answer_clock, false},
};
#define KEYS (sizeof(keys) / sizeof(keys[0]))

/* Finds the rows of the members; a row's value stays NULL when nothing was
 * said. */
static bool
find_keys(
    struct reading *r, const struct node *json, const struct node *values[KEYS])
{
	char shown[LIMIT_CODE_BYTES + 1];

	for (const struct node *n = json->first; n != NULL; n = n->next) {
		size_t i = 0;

		while (i < KEYS && (keys[i].name[0] != n->key[0] ||
				       strcmp(keys[i].name, n->key) != 0))
			i++;
		if (i == KEYS) {
			show_key(n->key, shown);
			return refuse(r, "unknown key \"%s\"", shown);
		}
		if (!node_is(n, NODE_NULL))
			values[i] = n;
	}
	return true;
}

static bool
read_keys(struct reading *r, const struct node *json)
{
	const struct node *values[KEYS] = {NULL};

	if (!find_keys(r, json, values))
		return false;
	for (size_t i = 0; i < KEYS; i++) {
		if (values[i] == NULL) {
			if (keys[i].required)
				return refuse(r, "%s: missing", keys[i].name);
		} else if (values[i]->flaw != NULL) {
			return refuse(
			    r, "%s: %s", keys[i].name, values[i]->flaw);
		} else if (keys[i].read != NULL &&
			   !keys[i].read(r, values[i])) {
			return false;
		}
	}
	return true;
}

bool
answer_read(const struct node *json, struct arena *a, struct answer *out,
    bool *has_id, char error[LIMIT_ERROR_BYTES])
{
	struct reading r = {a, out, error};
	const struct node *id = node_get(json, "id");
	const char *text = node_text(id);

	memset(out, 0, sizeof(*out));
	out->lang = ANSWER_LANG;
	out->assisted = ANSWER_ASSISTED;
	*has_id = text != NULL && uuid_parse(text, &out->id);
	error[0] = '\0';
	if (json != NULL && json->flaw != NULL)
		return refuse(&r, "%s", json->flaw);
	if (!node_is(json, NODE_OBJECT))
		return refuse(&r, "not an object");
	if (id != NULL && !node_is(id, NODE_NULL) && !*has_id)
		return refuse(&r, "id: not a UUID");
	return read_keys(&r, json);
}

int
answer_score(const struct answer *answer, const char *criterion)
{
	for (size_t i = 0; i < answer->nscores; i++)
		if (strcmp(answer->scores[i].criterion, criterion) == 0)
			return answer->scores[i].value;
	return -1;
}
