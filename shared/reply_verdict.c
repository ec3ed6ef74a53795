/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Between a sender and its collector stand proxies, portals and filters that
 * answer in the collector's place, with any status and any body. So a reply
 * counts only where it proves that the collector had read these rows:
 *
 *  - 200 with one result for each row, in order, each with the row's own id and
 *    a status that is known. One result that fits nothing spoils the reply: a
 *    part of it is not more credible than the whole.
 *  - our error object, with a code of the list below and the status that
 *    belongs to it. These codes alone speak of the batch's content; all others
 *    (a token, a doubled header, a full disk) would be the same for any rows.
 *
 * The second is a weaker proof: a filter that cuts bodies makes our own
 * collector answer not_json. Whether the rows or the line are to blame shows
 * when other rows go through (shared/offer.h), not in the reply; a header or a
 * signature of ours would be there in both cases.
 */
#include "shared/reply_verdict.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#define TYPE_JSON "application/json"

/* Errors that name the batch's own content. */
static const struct {
	int status;
	const char *code;
} splitting[] = {{400, "not_json"}, {400, "bad_shape"}, {413, "too_large"}};

static const char *const row_words[] = {[ROW_STORED] = "stored",
    [ROW_DUPLICATE] = "duplicate",
    [ROW_INVALID] = "invalid",
    [ROW_CONFLICT] = "conflict"};

bool
row_kept(enum row_word word)
{
	return word == ROW_STORED || word == ROW_DUPLICATE;
}

/* JSON, or the reply does not say what it is. */
static bool
says_json(const char *type)
{
	size_t n = strlen(TYPE_JSON);

	return type == NULL || *type == '\0' ||
	       (strncasecmp(type, TYPE_JSON, n) == 0 &&
		   strchr("; \t", type[n]) != NULL);
}

/* NULL for what is no JSON. */
static json_t *
reply_json_of(const struct reply *reply)
{
	return reply->body != NULL && says_json(reply->type)
		   ? json_loads(reply->body, JSON_REJECT_DUPLICATES, NULL)
		   : NULL;
}

static const char *
reply_text(const json_t *object, const char *key)
{
	return json_string_value(json_object_get(object, key));
}

static bool
names_content(int status, const json_t *error)
{
	const char *code = reply_text(error, "code");
	size_t i;

	if (code == NULL)
		return false;
	for (i = 0; i < sizeof(splitting) / sizeof(splitting[0]); i++)
		if (splitting[i].status == status &&
		    strcmp(splitting[i].code, code) == 0)
			return true;
	return false;
}

/* False when the result is not about that id. */
static bool
read_result(const json_t *result, const char *sent, struct row_verdict *row)
{
	const char *id = reply_text(result, "id");
	const char *word = reply_text(result, "status");
	const char *error = reply_text(result, "error");
	size_t i, n = sizeof(row_words) / sizeof(row_words[0]);

	if (id == NULL || word == NULL || strcasecmp(id, sent) != 0)
		return false;
	for (i = 0; i < n && strcmp(row_words[i], word) != 0; i++)
		;
	if (i == n)
		return false;
	row->word = (enum row_word)i;
	row->reason[0] = '\0';
	if (!row_kept(row->word))
		snprintf(row->reason, sizeof(row->reason), "%s: %.*s", word,
		    LIMIT_ERROR_BYTES, error == NULL ? "" : error);
	return true;
}

static bool
read_results(const json_t *results, const char *const *ids, size_t n,
    struct row_verdict *rows)
{
	size_t i = 0;

	if (!json_is_array(results) || json_array_size(results) != n)
		return false;
	while (
	    i < n && read_result(json_array_get(results, i), ids[i], &rows[i]))
		i++;
	return i == n;
}

enum reply_verdict
reply_verdict(const struct reply *reply, const char *const *ids, size_t n,
    struct row_verdict *rows)
{
	enum reply_verdict verdict = REPLY_WAIT;
	json_t *json = n > 0 ? reply_json_of(reply) : NULL;

	if (reply->status == 200 &&
	    read_results(json_object_get(json, "results"), ids, n, rows))
		verdict = REPLY_ROWS;
	else if (names_content(reply->status, json_object_get(json, "error")))
		verdict = REPLY_SPLIT;
	json_decref(json);
	return verdict;
}

json_t *
reply_object(const struct reply *reply, const char *format, ...)
{
	json_t *json = reply->status == 200 ? reply_json_of(reply) : NULL;
	json_error_t error;
	va_list names;
	bool ours;

	va_start(names, format);
	ours = json != NULL && json_vunpack_ex(json, &error, JSON_VALIDATE_ONLY,
				   format, names) == 0;
	va_end(names);
	if (!ours) {
		json_decref(json);
		json = NULL;
	}
	return json;
}

bool
reply_is_error(const struct reply *reply, int status, const char *code)
{
	json_t *json = reply->status == status ? reply_json_of(reply) : NULL;
	const char *said = reply_text(json_object_get(json, "error"), "code");
	bool is = said != NULL && strcmp(said, code) == 0;

	json_decref(json);
	return is;
}
