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
#include "server/pages/page.h"
#include "server/core/text/person_name.h"
#include "server/core/text/search_text.h"
#include "server/core/words.h"
#include "shared/civil.h"
#include "shared/limits.h"
#include "shared/utf8.h"

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
audit_row_word(const struct page *page, const char *name)
{
	const char *value = pairs_get(&page->req->query, name);

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
read_rest(const struct page *page, struct audit_question *a)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyz.";
	const char *after = audit_row_word(page, "after");
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
audit_row_or_null(const char *value)
{
	return value[0] == '\0' ? NULL : value;
}

/* The login that is meant: of the person whom pages call by these words, whole
 * or, where no other is called so, in part, whatever the letters' size and
 * marks; else the words themselves, for who is no more. */
static const char *
meant_login(const struct page *page, const char *entered)
{
	const struct catalogue *c = page->ctx->catalogue;
	const char *name = person_name_read(page->arena, entered);
	const char *asked = search_text(page->arena, name), *shown;
	const struct known_person *part = NULL;
	size_t parts = 0;

	if (asked[0] == '\0' || catalogue_person(c, entered) != NULL)
		return entered;
	for (size_t i = 0; i < c->npeople; i++) {
		shown = search_text(
		    page->arena, page_person(page, c->people[i].login));
		if (strcmp(shown, asked) == 0)
			return c->people[i].login;
		if (strstr(shown, asked) != NULL) {
			part = &c->people[i];
			parts++;
		}
	}
	return parts == 1 ? part->login : entered;
}

int
audit_rows_ask(const struct page *page, struct audit_question *a)
{
	memset(a, 0, sizeof(*a));
	a->login = audit_row_word(page, "login");
	a->act = audit_row_word(page, "act");
	a->object = audit_row_word(page, "object");
	a->unit = audit_row_word(page, "unit");
	a->from = audit_row_word(page, "from");
	a->to = audit_row_word(page, "to");
	if (a->unit[0] == '\0' && page->req->caller.unit != NULL)
		a->unit = page->req->caller.unit;
	if (a->unit[0] != '\0' && !page_may_see(page, a->unit))
		return 404;
	if (!read_days(a) || !read_rest(page, a))
		return 422;
	a->query.login = audit_row_or_null(meant_login(page, a->login));
	a->query.act = audit_row_or_null(a->act);
	a->query.object = audit_row_or_null(a->object);
	a->query.unit = audit_row_or_null(a->unit);
	return 0;
}

/* -------------------------------------------------------------------- words */

const char *
audit_rows_act(const struct page *page, const char *act)
{
	const char *words =
	    text_find(page->lang, arena_printf(page->arena, "act.%s", act));

	return words == NULL ? act : words;
}

const char *
audit_rows_who(const struct page *page, const struct deed *deed)
{
	if (deed->login[0] != '\0')
		return page_person(page, deed->login);
	if (strcmp(deed->place, "rule") == 0)
		return page_text(page, "audit.rule");
	return page_text(page, "audit.nobody");
}

/* Where from, if not from a page. */
static const char *
place_words(const struct page *page, const struct deed *deed)
{
	if (strcmp(deed->place, "command") == 0)
		return page_text(page, "audit.machine");
	if (strcmp(deed->place, "api") == 0)
		return page_text(page, "audit.api");
	return NULL;
}

static const char *
role(const struct page *page, const struct deed *deed)
{
	return deed->role[0] == '\0'
		   ? NULL
		   : page_text(page,
			 arena_printf(page->arena, "role.%s", deed->role));
}

/* --------------------------------------------------------------- difference */

/* At most VALUE_BYTES of it, cut between characters. */
static const char *
shortened(const struct page *page, const char *words)
{
	if (strlen(words) <= VALUE_BYTES)
		return arena_strdup(page->arena, words);
	return arena_printf(
	    page->arena, "%.*s…", (int)utf8_back(words, VALUE_BYTES), words);
}

/* "Đất đai, Xây dựng" of "dat-dai|xay-dung". */
static const char *
audit_row_fields(const struct page *page, const char *codes)
{
	const char *out = "";

	while (*codes != '\0') {
		size_t n = strcspn(codes, "|");
		const char *code = arena_strndup(page->arena, codes, n);
		const struct field *f =
		    catalogue_field(page->ctx->catalogue, code);

		out = arena_printf(page->arena, "%s%s%s", out,
		    out[0] == '\0' ? "" : ", ",
		    f == NULL ? code : words_field(page->lang, f));
		codes += n + (codes[n] == '|');
	}
	return out;
}

/* A cell of the catalogue, of the columns whose cells are codes or days; NULL:
 * of another. */
static const char *
audit_row_cell(const struct page *page, const char *key, const char *cell)
{
	static const struct {
		const char *key, *family;
	} coded[] = {{"reason", "aside.reason"}, {"role", "role"},
	    {"level", "level"}, {"group", "group"},
	    {"population", "population"}};
	int32_t day;

	if (strcmp(key, "unit") == 0)
		return page_unit_name(page, cell);
	if (cell[0] == '\0')
		return NULL;
	for (size_t i = 0; i < sizeof(coded) / sizeof(coded[0]); i++)
		if (strcmp(key, coded[i].key) == 0)
			return page_coded(page, coded[i].family, cell);
	if (strcmp(key, "parent") == 0 || strcmp(key, "successor") == 0)
		return page_unit_name(page, cell);
	if (strcmp(key, "fields") == 0)
		return shortened(page, audit_row_fields(page, cell));
	if (strcmp(key, "person") == 0)
		return page_person(page, cell);
	return (strcmp(key, "from") == 0 || strncmp(key, "valid_", 6) == 0) &&
		       civil_parse_date(cell, &day)
		   ? words_date(page->arena, day)
		   : NULL;
}

static const char *
audit_row_value_words(
    const struct page *page, const char *key, const json_t *value)
{
	const char *words = json_string_value(value), *kept = NULL;
	char *dumped;

	if (value == NULL || json_is_null(value))
		return "–";
	if (json_is_boolean(value))
		return page_text(
		    page, json_is_true(value) ? "office.yes" : "office.no");
	if (words != NULL)
		kept = audit_row_cell(page, key, words);
	if (json_is_integer(value) && strcmp(key, "due") == 0)
		return words_date(
		    page->arena, (int32_t)json_integer_value(value));
	if (kept == NULL && words != NULL && strlen(words) <= LIMIT_CODE_BYTES)
		kept = text_find(page->lang,
		    arena_printf(page->arena, "deed.%s.%s", key, words));
	if (kept != NULL)
		return kept;
	if (words != NULL)
		return words[0] == '\0' ? "–" : shortened(page, words);
	dumped = json_dumps(value, JSON_COMPACT | JSON_ENCODE_ANY);
	kept = shortened(page, dumped == NULL ? "" : dumped);
	free(dumped);
	return kept;
}

static void
add_audit_row(const struct page *page, json_t *rows, const char *key,
    const json_t *before, const json_t *after)
{
	const char *name =
	    text_find(page->lang, arena_printf(page->arena, "deed.%s", key));

	json_t *row = json_object();

	put_text(row, "name", name == NULL ? key : name);
	put_text(row, "before", audit_row_value_words(page, key, before));
	put_text(row, "after", audit_row_value_words(page, key, after));
	put_flag(row, "changed", !json_equal(before, after));
	json_array_append_new(rows, row);
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
audit_row_difference(const struct page *page, const struct deed *deed)
{
	json_t *before = members(deed->before), *after = members(deed->after);
	json_t *rows = json_array(), *value;
	const char *key;

	json_object_foreach (before, key, value)
		add_audit_row(
		    page, rows, key, value, json_object_get(after, key));
	json_object_foreach (after, key, value)
		if (json_object_get(before, key) == NULL)
			add_audit_row(page, rows, key, NULL, value);
	json_decref(before);
	json_decref(after);
	return rows;
}

/* What something was done to: people by their names. */
static const char *
object_words(const struct page *page, const struct deed *d)
{
	return strncmp(d->act, "user.", 5) == 0 ||
		       strncmp(d->act, "factor.", 7) == 0 ||
		       strncmp(d->act, "session.", 8) == 0
		   ? page_person(page, d->object)
		   : d->object;
}

json_t *
audit_rows_document(const struct page *page, const struct deed *d)
{
	json_t *out = json_object();
	json_t *rows = audit_row_difference(page, d);
	bool any = json_array_size(rows) > 0;

	put_text(out, "when", page_moment(page, d->at));
	put_text(out, "who", audit_rows_who(page, d));
	put_text(out, "role", role(page, d));
	put_text(out, "act", audit_rows_act(page, d->act));
	put_text(out, "place", place_words(page, d));
	put_text(out, "unit", page_unit_name(page, d->unit));
	put_text(out, "object", object_words(page, d));
	put_text(out, "history",
	    page_address(page, "/staff/audit", "object", d->object, NULL));
	put_words(out, "reason", page_coded(page, "aside.reason", d->reason));
	put_part(out, "rows", rows);
	put_flag(out, "new", any && d->before[0] == '\0');
	put_flag(out, "differs", any && d->before[0] != '\0');
	return out;
}
