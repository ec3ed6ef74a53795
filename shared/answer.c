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

/* Reads the first character of n > 0 bytes; 0 when it is not valid UTF-8, else
 * its length. */
static size_t
utf8_decode(const char *text, size_t n, uint32_t *point)
{
	static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
	unsigned char first = (unsigned char)text[0];
	size_t length;

	if (first < 0x80) {
		*point = first;
		return 1;
	}
	if (first >= 0xc2 && first <= 0xdf)
		length = 2;
	else if (first >= 0xe0 && first <= 0xef)
		length = 3;
	else if (first >= 0xf0 && first <= 0xf4)
		length = 4;
	else
		return 0;
	if (n < length)
		return 0;
	*point = first & (0xffu >> (length + 1));
	for (size_t i = 1; i < length; i++) {
		if (((unsigned char)text[i] & 0xc0) != 0x80)
			return 0;
		*point = *point << 6 | ((unsigned char)text[i] & 0x3f);
	}
	if (*point < least[length] || *point > 0x10ffff ||
	    (*point >= 0xd800 && *point <= 0xdfff))
		return 0;
	return length;
}

static bool
is_text(uint32_t point)
{
	if (point < 0x20)
		return point == '\n' || point == '\r' || point == '\t';
	return (point < 0x7f || point > 0x9f) && point != 0xfffe &&
	       point != 0xffff;
}

/* The white space of Unicode. */
static bool
is_space(uint32_t point)
{
	return point == ' ' || (point >= '\t' && point <= '\r') ||
	       point == 0x85 || point == 0xa0 || point == 0x1680 ||
	       (point >= 0x2000 && point <= 0x200a) || point == 0x2028 ||
	       point == 0x2029 || point == 0x202f || point == 0x205f ||
	       point == 0x3000;
}

bool
utf8_valid(const char *text, size_t bytes)
{
	uint32_t point;
	size_t n;

	for (size_t i = 0; i < bytes; i += n) {
		n = utf8_decode(text + i, bytes - i, &point);
		if (n == 0 || !is_text(point))
			return false;
	}
	return true;
}

size_t
utf8_length(const char *text)
{
	size_t n = 0;

	for (; *text != '\0'; text++)
		n += ((unsigned char)*text & 0xc0) != 0x80;
	return n;
}

bool
code_valid(const char *text)
{
	size_t n = strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				"abcdefghijklmnopqrstuvwxyz0123456789-_");

	return text[n] == '\0' && n >= 1 && n <= LIMIT_CODE_BYTES;
}

/* Cuts white space off both ends of valid UTF-8. */
static void
trim(const char **text, size_t *bytes)
{
	uint32_t point = 0;
	size_t n;

	while (*bytes > 0) {
		n = utf8_decode(*text, *bytes, &point);
		if (!is_space(point))
			break;
		*text += n;
		*bytes -= n;
	}
	while (*bytes > 0) {
		for (n = 1;
		     ((unsigned char)(*text)[*bytes - n] & 0xc0) == 0x80;)
			n++;
		utf8_decode(*text + *bytes - n, n, &point);
		if (!is_space(point))
			break;
		*bytes -= n;
	}
}

/* The string, NULL when the value is none or holds a NUL (jansson lets it
 * through when it is told to). */
static const char *
plain_string(const json_t *json)
{
	const char *text = json_string_value(json);

	if (text == NULL || strlen(text) != json_string_length(json))
		return NULL;
	return text;
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
read_code(
    struct reading *r, const char *key, const json_t *json, const char **out)
{
	const char *text = plain_string(json);

	if (text == NULL || !code_valid(text))
		return refuse(r, "%s: not a code", key);
	*out = arena_strdup(r->arena, text);
	return true;
}

static bool
read_form(struct reading *r, const json_t *json)
{
	return read_code(r, "form", json, &r->out->form);
}

static bool
read_desk(struct reading *r, const json_t *json)
{
	return read_code(r, "desk", json, &r->out->desk);
}

static bool
read_field(struct reading *r, const json_t *json)
{
	return read_code(r, "field", json, &r->out->field);
}

static bool
read_form_version(struct reading *r, const json_t *json)
{
	json_int_t version = json_integer_value(json);

	if (!json_is_integer(json) || version < 1 ||
	    version > ANSWER_FORM_VERSIONS)
		return refuse(r,
		    "form_version: must be an integer from 1 to %d",
		    ANSWER_FORM_VERSIONS);
	r->out->form_version = (int)version;
	return true;
}

static bool
read_answered_at(struct reading *r, const json_t *json)
{
	const char *text = plain_string(json);

	if (text == NULL ||
	    !civil_parse_time(text, &r->out->answered_at, &r->out->offset))
		return refuse(
		    r, "answered_at: not an RFC 3339 time with offset");
	return true;
}

static bool
read_score(struct reading *r, const char *criterion, const json_t *json)
{
	struct answer_score *score = &r->out->scores[r->out->nscores];
	bool overall = strcmp(criterion, "overall") == 0;
	json_int_t value = json_integer_value(json);

	if (!code_valid(criterion))
		return refuse(r, "scores: a criterion is not a code");
	if (r->out->nscores == LIMIT_CRITERIA)
		return refuse(r, "scores: more than %d", LIMIT_CRITERIA);
	if (json_is_null(json) && !overall)
		value = 0;
	else if (!json_is_integer(json) || value < 1 || value > 5)
		return refuse(r, "scores.%s: must be an integer from 1 to 5%s",
		    criterion, overall ? "" : " or null");
	score->criterion = arena_strdup(r->arena, criterion);
	score->value = (int)value;
	r->out->nscores++;
	return true;
}

static bool
read_scores(struct reading *r, const json_t *json)
{
	const char *criterion;
	json_t *value;

	if (!json_is_object(json))
		return refuse(r, "scores: not an object");
	if (json_object_get(json, "overall") == NULL)
		return refuse(r, "scores.overall: missing");
	/* jansson's iterator wants a changeable object; it changes nothing */
	json_object_foreach((json_t *)json, criterion,
	    value) if (!read_score(r, criterion, value)) return false;
	return true;
}

static bool
read_codes(struct reading *r, const char *key, const json_t *json, size_t most,
    const char **codes, size_t *ncodes)
{
	const json_t *value;
	size_t i, j;

	if (!json_is_array(json))
		return refuse(r, "%s: not a list", key);
	if (json_array_size(json) > most)
		return refuse(r, "%s: more than %zu", key, most);
	json_array_foreach(json, i, value)
	{
		if (!read_code(r, key, value, &codes[i]))
			return false;
		for (j = 0; j < i; j++)
			if (strcmp(codes[i], codes[j]) == 0)
				return refuse(
				    r, "%s: \"%s\" twice", key, codes[i]);
	}
	*ncodes = json_array_size(json);
	return true;
}

static bool
read_reasons(struct reading *r, const json_t *json)
{
	return read_codes(r, "reasons", json, LIMIT_REASONS, r->out->reasons,
	    &r->out->nreasons);
}

static bool
read_flags(struct reading *r, const json_t *json)
{
	return read_codes(
	    r, "flags", json, LIMIT_FLAGS, r->out->flags, &r->out->nflags);
}

static bool
read_comment(struct reading *r, const json_t *json)
{
	const char *text = json_string_value(json);
	size_t bytes = json_string_length(json);
	char *comment;

	if (text == NULL)
		return refuse(r, "comment: not a string");
	if (!utf8_valid(text, bytes))
		return refuse(r, "comment: holds control characters");
	trim(&text, &bytes);
	if (bytes == 0)
		return true;
	comment = arena_strndup(r->arena, text, bytes);
	if (utf8_length(comment) > LIMIT_COMMENT_CHARS)
		return refuse(r, "comment: longer than %d characters",
		    LIMIT_COMMENT_CHARS);
	r->out->comment = comment;
	return true;
}

static bool
read_lang(struct reading *r, const json_t *json)
{
	const char *text = plain_string(json);
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
read_assisted(struct reading *r, const json_t *json)
{
	static const char *const known[] = {"none", "staff", "relative"};
	const char *text = plain_string(json);

	for (size_t i = 0; text != NULL && i < 3; i++)
		if (strcmp(text, known[i]) == 0) {
			r->out->assisted = known[i];
			return true;
		}
	return refuse(r, "assisted: must be none, staff or relative");
}

static bool
read_token(struct reading *r, const json_t *json)
{
	const char *text = plain_string(json);
	size_t n = text != NULL ? strlen(text) : 0;
	bool ok = n >= 1 && n <= LIMIT_TOKEN_BYTES;

	for (size_t i = 0; ok && i < n; i++)
		ok = text[i] > 0x20 && text[i] < 0x7f;
	if (!ok)
		return refuse(r, "token: not 1 to %d printable characters",
		    LIMIT_TOKEN_BYTES);
	r->out->token = arena_strdup(r->arena, text);
	return true;
}

static bool
read_seq(struct reading *r, const json_t *json)
{
	if (!json_is_integer(json) || json_integer_value(json) < 0)
		return refuse(r, "seq: must be an integer from 0");
	r->out->seq = json_integer_value(json);
	return true;
}

static const struct {
	const char *name;
	bool (*read)(struct reading *r, const json_t *json);
	bool required;
} keys[] = {
    {"id", NULL, true}, /* read first, see read_id */
    {"form", read_form, false},
    {"form_version", read_form_version, false},
    {"desk", read_desk, false},
    {"field", read_field, false},
    {"answered_at", read_answered_at, true},
    {"scores", read_scores, true},
    {"reasons", read_reasons, false},
    {"comment", read_comment, false},
    {"lang", read_lang, false},
    {"assisted", read_assisted, false},
    {"token", read_token, false},
    {"flags", read_flags, false},
    {"seq", read_seq, false},
};
#define KEYS (sizeof(keys) / sizeof(keys[0]))

static bool
known_keys(struct reading *r, const json_t *json)
{
	char shown[LIMIT_CODE_BYTES + 1];
	const char *name;
	json_t *value;
	size_t i;

	json_object_foreach((json_t *)json, name, value)
	{
		for (i = 0; i < KEYS; i++)
			if (strcmp(keys[i].name, name) == 0)
				break;
		if (i == KEYS) {
			show_key(name, shown);
			return refuse(r, "unknown key \"%s\"", shown);
		}
	}
	return true;
}

static bool
read_keys(struct reading *r, const json_t *json)
{
	const json_t *value;

	for (size_t i = 0; i < KEYS; i++) {
		value = json_object_get(json, keys[i].name);
		if (value == NULL || json_is_null(value)) {
			if (keys[i].required)
				return refuse(r, "%s: missing", keys[i].name);
		} else if (keys[i].read != NULL && !keys[i].read(r, value)) {
			return false;
		}
	}
	return true;
}

bool
answer_read(const json_t *json, struct arena *a, struct answer *out,
    bool *has_id, char error[LIMIT_ERROR_BYTES])
{
	struct reading r = {a, out, error};
	const json_t *id = json_object_get(json, "id");
	const char *text = plain_string(id);

	memset(out, 0, sizeof(*out));
	out->lang = ANSWER_LANG;
	out->assisted = ANSWER_ASSISTED;
	*has_id = text != NULL && uuid_parse(text, &out->id);
	error[0] = '\0';
	if (!json_is_object(json))
		return refuse(&r, "not an object");
	if (id != NULL && !json_is_null(id) && !*has_id)
		return refuse(&r, "id: not a UUID");
	return known_keys(&r, json) && read_keys(&r, json);
}

int
answer_score(const struct answer *answer, const char *criterion)
{
	for (size_t i = 0; i < answer->nscores; i++)
		if (strcmp(answer->scores[i].criterion, criterion) == 0)
			return answer->scores[i].value;
	return -1;
}
