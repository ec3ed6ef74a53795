/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Ids are made of the time, so days bound them, with a day to spare for clocks:
 * a look at one week reads that week. Before and after are JSON objects of a
 * few members; they are laid side by side by their names, and what an act of
 * former versions wrote is shown as it stands.
 */
#include "server/pages/people/audit_rows.h"

#include <stdlib.h>
#include <string.h>
#include "server/pages/office.h"
#include "server/pages/office_words.h"
#include "server/core/words.h"
#include "shared/civil.h"
#include "shared/limits.h"

#define DAY_MS      (24 * 3600 * 1000LL)
#define VALUE_BYTES 600 /* of a value that the page shows; then it is cut */

/* ------------------------------------------------------------------- asking */

/* The lowest or highest id of a time. */
static struct uuid
bound(int64_t ms, int rest)
{
	struct uuid id;

	memset(&id, rest, sizeof(id));
	for (int i = 0; i < 6; i++)
		id.bytes[i] = (uint8_t)(ms >> (8 * (5 - i)));
	return id;
}

static const char *
word(const struct request *req, const char *name)
{
	const char *value = pairs_get(&req->query, name);

	return value == NULL ? "" : value;
}

static bool
read_days(struct audit_question *a)
{
	struct deed_query *q = &a->query;
	int32_t day;

	memset(&q->before, 0xff, sizeof(q->before));
	q->from = 0;
	q->to = INT64_MAX;
	if (a->from[0] != '\0') {
		if (!civil_parse_date(a->from, &day) || day < 1)
			return false;
		q->from = civil_day_start(day);
		q->since = bound(q->from - DAY_MS, 0);
	}
	if (a->to[0] != '\0') {
		if (!civil_parse_date(a->to, &day) || day < 1)
			return false;
		q->to = civil_day_start(day + 1) - 1;
		q->before = bound(q->to + DAY_MS, 0xff);
	}
	return q->from <= q->to;
}

static bool
read_rest(const struct request *req, struct audit_question *a)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyz.";
	const char *after = word(req, "after");
	struct uuid place;

	if (strlen(a->login) > LIMIT_NAME_BYTES ||
	    strlen(a->object) > LIMIT_NAME_BYTES ||
	    strlen(a->act) > LIMIT_CODE_BYTES ||
	    strspn(a->act, letters) != strlen(a->act))
		return false;
	if (after[0] == '\0')
		return true;
	if (!uuid_parse(after, &place))
		return false;
	if (uuid_compare(&place, &a->query.before) < 0)
		a->query.before = place;
	return true;
}

static const char *
or_null(const char *value)
{
	return value[0] == '\0' ? NULL : value;
}

int
audit_rows_ask(
    const struct ctx *ctx, struct request *req, struct audit_question *a)
{
	memset(a, 0, sizeof(*a));
	a->login = word(req, "login");
	a->act = word(req, "act");
	a->object = word(req, "object");
	a->unit = word(req, "unit");
	a->from = word(req, "from");
	a->to = word(req, "to");
	if (a->unit[0] == '\0' && req->caller.unit != NULL)
		a->unit = req->caller.unit;
	if (a->unit[0] != '\0' && !office_unit(ctx, req, a->unit))
		return 404;
	if (!read_days(a) || !read_rest(req, a))
		return 422;
	a->query.login = or_null(a->login);
	a->query.act = or_null(a->act);
	a->query.object = or_null(a->object);
	a->query.unit = or_null(a->unit);
	return 0;
}

/* -------------------------------------------------------------------- words */

const char *
audit_rows_act(struct request *req, const char *act)
{
	const char *words =
	    text_find(req->lang, arena_printf(&req->arena, "act.%s", act));

	return words == NULL ? act : words;
}

const char *
audit_rows_who(struct request *req, const struct deed *deed)
{
	if (deed->login[0] != '\0')
		return deed->login;
	if (strcmp(deed->place, "rule") == 0)
		return text(req->lang, "audit.rule");
	return text(req->lang, "audit.nobody");
}

/* Where from, if not from a page. */
static const char *
place(const struct request *req, const struct deed *deed)
{
	if (strcmp(deed->place, "command") == 0)
		return text(req->lang, "audit.machine");
	if (strcmp(deed->place, "api") == 0)
		return text(req->lang, "audit.api");
	return NULL;
}

static const char *
role(struct request *req, const struct deed *deed)
{
	return deed->role[0] == '\0'
		   ? NULL
		   : text(req->lang,
			 arena_printf(&req->arena, "role.%s", deed->role));
}

/* --------------------------------------------------------------- difference */

/* At most VALUE_BYTES of it, cut between characters. */
static const char *
shortened(struct request *req, const char *words)
{
	size_t n = VALUE_BYTES;

	if (strlen(words) <= n)
		return arena_strdup(&req->arena, words);
	while (n > 0 && ((unsigned char)words[n] & 0xc0) == 0x80)
		n--;
	return arena_printf(&req->arena, "%.*s…", (int)n, words);
}

static const char *
value_words(const struct ctx *ctx, struct request *req, const char *key,
    const json_t *value)
{
	const char *words = json_string_value(value), *kept = NULL;
	char *dumped;

	if (value == NULL || json_is_null(value))
		return "–";
	if (json_is_boolean(value))
		return text(req->lang,
		    json_is_true(value) ? "office.yes" : "office.no");
	if (words != NULL && strcmp(key, "unit") == 0)
		return office_unit_name(ctx, req, words);
	if (json_is_integer(value) && strcmp(key, "due") == 0)
		return words_date(
		    &req->arena, (int32_t)json_integer_value(value));
	if (words != NULL && strcmp(key, "role") == 0)
		kept = text_find(
		    req->lang, arena_printf(&req->arena, "role.%s", words));
	else if (words != NULL && strlen(words) <= LIMIT_CODE_BYTES)
		kept = text_find(req->lang,
		    arena_printf(&req->arena, "deed.%s.%s", key, words));
	if (kept != NULL)
		return kept;
	if (words != NULL)
		return words[0] == '\0' ? "–" : shortened(req, words);
	dumped = json_dumps(value, JSON_COMPACT | JSON_ENCODE_ANY);
	kept = shortened(req, dumped == NULL ? "" : dumped);
	free(dumped);
	return kept;
}

static void
add_row(const struct ctx *ctx, struct request *req, json_t *rows,
    const char *key, const json_t *before, const json_t *after)
{
	const char *name =
	    text_find(req->lang, arena_printf(&req->arena, "deed.%s", key));

	json_array_append_new(rows,
	    json_pack("{s:s, s:s, s:s, s:b}", "name", name == NULL ? key : name,
		"before", value_words(ctx, req, key, before), "after",
		value_words(ctx, req, key, after), "changed",
		!json_equal(before, after)));
}

/* JSON that is no object is one unnamed value. */
static json_t *
members(const char *json)
{
	json_t *value;

	if (json[0] == '\0')
		return json_object();
	value = json_loads(json, JSON_DECODE_ANY, NULL);
	if (json_is_object(value))
		return value;
	json_decref(value);
	return json_pack("{s:s}", "value", json);
}

static json_t *
difference(const struct ctx *ctx, struct request *req, const struct deed *deed)
{
	json_t *before = members(deed->before), *after = members(deed->after);
	json_t *rows = json_array(), *value;
	const char *key;

	json_object_foreach (before, key, value)
		add_row(
		    ctx, req, rows, key, value, json_object_get(after, key));
	json_object_foreach (after, key, value)
		if (json_object_get(before, key) == NULL)
			add_row(ctx, req, rows, key, NULL, value);
	json_decref(before);
	json_decref(after);
	return rows;
}

json_t *
audit_rows_document(
    const struct ctx *ctx, struct request *req, const struct deed *d)
{
	json_t *rows = difference(ctx, req, d);
	bool any = json_array_size(rows) > 0;

	return json_pack(
	    "{s:s, s:s, s:o, s:s, s:o, s:s, s:s, s:s, s:o, s:o, s:b, s:b}",
	    "when", office_moment(req, d->at), "who", audit_rows_who(req, d),
	    "role", office_text(role(req, d)), "act",
	    audit_rows_act(req, d->act), "place", office_text(place(req, d)),
	    "unit", office_unit_name(ctx, req, d->unit), "object", d->object,
	    "history", office_address(req, "/staff/audit", "object", d->object),
	    "reason", office_text(d->reason[0] == '\0' ? NULL : d->reason),
	    "rows", rows, "new", any && d->before[0] == '\0', "differs",
	    any && d->before[0] != '\0');
}
