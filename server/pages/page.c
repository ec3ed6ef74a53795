/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * One idea, one function: whatever pages have in common stands here once, so
 * that a page itself reads like the document that it shows. Nothing here reads
 * more than the request and the catalogue.
 */
#include "server/pages/page.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include "server/core/catalogue/catalogue.h"
#include "server/core/catalogue/visibility.h"
#include "server/core/words.h"
#include "server/store/people/audit.h"
#include "server/view/number.h"
#include "shared/civil.h"
#include "shared/limits.h"
#include "shared/utf8.h"

#define DONE_WORD 24 /* bytes of a word of done=, at most */

struct page
page_of(struct ctx *ctx, struct request *req, struct response *res)
{
	return (struct page){ctx, req, res, &req->arena, req->lang};
}

/* -------------------------------------------------------------------- words */

const char *
page_problem(const struct page *p, const char *key)
{
	return key == NULL ? NULL : page_text(p, key);
}

const char *
page_coded(const struct page *p, const char *kind, const char *code)
{
	const char *words =
	    text_find(p->lang, arena_printf(p->arena, "%s.%s", kind, code));

	return words == NULL ? code : words;
}

const char *
page_few(const struct page *p, int64_t n)
{
	int64_t least =
	    catalogue_setting(p->ctx->catalogue, SETTING_CELL_LEAST);

	if (n == 0 || n >= least)
		return page_count(p, n);
	return page_fill(p, "count.few", "least", page_count(p, least));
}

char
page_mark(const struct page *p)
{
	return p->lang == LANG_VI ? ',' : '.';
}

const char *
page_count(const struct page *p, int64_t n)
{
	char out[NUMBER_TEXT];

	number_count(n, page_mark(p), out);
	return arena_strdup(p->arena, out);
}

const char *
page_day(const struct page *p, int64_t ms)
{
	return words_date(p->arena, civil_local_day(ms));
}

const char *
page_moment(const struct page *p, int64_t ms)
{
	if (ms == 0)
		return page_text(p, "office.never");
	return arena_printf(
	    p->arena, "%s %s", page_day(p, ms), words_time(p->arena, ms));
}

const char *
page_time(const struct page *p, int64_t ms)
{
	return arena_printf(
	    p->arena, "%s %s", words_time(p->arena, ms), page_day(p, ms));
}

const char *
page_iso_day(const struct page *p, int32_t day)
{
	char text[CIVIL_DATE_TEXT];

	civil_format_date(day, text);
	return arena_strdup(p->arena, text);
}

const char *
page_unit_name(const struct page *p, const char *unit)
{
	const struct unit *known;

	if (unit == NULL || unit[0] == '\0')
		return page_text(p, "office.district");
	known = catalogue_unit(p->ctx->catalogue, unit);
	return known == NULL ? unit : known->name;
}

const char *
page_person(const struct page *p, const char *login)
{
	const struct known_person *person;

	if (login == NULL || login[0] == '\0')
		return login;
	person = catalogue_person(p->ctx->catalogue, login);
	if (person == NULL || person->name[0] == '\0')
		return login;
	if (!person->shared)
		return person->name;
	return arena_printf(p->arena, "%s (%s)", person->name, login);
}

const char *
page_done(const struct page *p, const char *prefix)
{
	const char *word = pairs_get(&p->req->query, "done");

	if (word == NULL || strlen(word) > DONE_WORD ||
	    strspn(word, "abcdefghijklmnopqrstuvwxyz.") != strlen(word))
		return NULL;
	return text_find(
	    p->lang, arena_printf(p->arena, "%s.%s", prefix, word));
}

/* ------------------------------------------------------------------ address */

const char *
page_address(const struct page *p, const char *path, ...)
{
	struct pairs pairs = {0};
	const char *name, *value, *kept;
	struct buf out;
	va_list args;

	va_start(args, path);
	while ((name = va_arg(args, const char *)) != NULL) {
		value = va_arg(args, const char *);
		if (value != NULL && value[0] != '\0')
			pairs_add(p->arena, &pairs, name, value);
	}
	va_end(args);
	if (p->lang != LANG_VI)
		pairs_add(p->arena, &pairs, "lang", lang_code(p->lang));
	buf_init(&out);
	buf_puts(&out, path);
	pairs_put(&out, &pairs);
	kept = arena_strdup(p->arena, buf_text(&out));
	buf_finish(&out);
	return kept;
}

const char *
page_office_address(const char *address)
{
	if (strncmp(address, "/staff/", 7) != 0 ||
	    strlen(address) > LIMIT_ADDRESS_BYTES)
		return NULL;
	for (const char *c = address; *c != '\0'; c++)
		if (*c <= ' ' || *c >= 0x7f || *c == '\\')
			return NULL;
	return address;
}

const char *
page_id(const struct page *p, const struct uuid *id)
{
	char text[UUID_TEXT];

	uuid_format(id, text);
	return arena_strdup(p->arena, text);
}

const char *
page_path(const struct page *p, const char *folder, const struct uuid *id)
{
	return arena_printf(p->arena, "%s/%s", folder, page_id(p, id));
}

const char *
page_asked(const struct page *p, const char *name)
{
	const char *value = pairs_get(&p->req->query, name);

	return value == NULL ? "" : value;
}

const char *
page_place(const struct page *p, int64_t number, const struct uuid *id)
{
	return arena_printf(
	    p->arena, "%lld.%s", (long long)number, page_id(p, id));
}

bool
page_place_read(const char *text, int64_t *number, struct uuid *id)
{
	char *end;

	if (text == NULL || text[0] < '0' || text[0] > '9')
		return false;
	*number = strtoll(text, &end, 10);
	return *end == '.' && uuid_parse(end + 1, id);
}

/* --------------------------------------------------------------------- form */

const char *
page_field(const struct page *p, const char *name)
{
	const char *value = pairs_get(&p->req->form, name);

	return value == NULL ? "" : value;
}

const char *
page_words(const struct page *p, const char *name, bool *cleaned)
{
	const char *words = pairs_words(p->arena, &p->req->form, name, cleaned);

	return words == NULL ? "" : words;
}

const char *
page_entered(const struct page *p, const char *name, size_t most)
{
	const char *words = page_words(p, name, NULL);

	return utf8_length(words) > most ? NULL : words;
}

bool
page_form_id(const struct page *p, struct uuid *id)
{
	return uuid_parse(page_field(p, "id"), id);
}

const char *
page_new_id(const struct page *p)
{
	struct uuid id;

	uuid_new(&id);
	return page_id(p, &id);
}

json_t *
page_form(const struct page *p, const char *action)
{
	json_t *form = json_object();

	put_text(form, "action", action);
	put_text(form, "csrf", p->req->caller.csrf);
	put_text(form, "id", page_new_id(p));
	return form;
}

void
page_option(json_t *list, const char *value, const char *label, bool chosen)
{
	json_t *option = json_object();

	put_text(option, "value", value);
	put_text(option, "label", label);
	put_flag(option, "chosen", chosen);
	json_array_append_new(list, option);
}

void
page_choice(
    json_t *choices, const char *name, const char *title, json_t *options)
{
	json_t *choice = json_object();

	put_text(choice, "name", name);
	put_text(choice, "title", title);
	put_part(choice, "options", options);
	json_array_append_new(choices, choice);
}

/* ------------------------------------------------------------------- rights */

bool
page_may(const struct page *p, unsigned who)
{
	return p->req->caller.login != NULL && (p->req->caller.who & who) != 0;
}

bool
page_may_see(const struct page *p, const char *unit)
{
	return unit != NULL &&
	       catalogue_unit(p->ctx->catalogue, unit) != NULL &&
	       unit_visible(p->ctx->catalogue, p->req->caller.unit, unit);
}

/* -------------------------------------------------------------------- audit */

struct deed
page_deed(
    const struct page *p, const char *act, const char *unit, const char *object)
{
	struct deed deed = {.at = p->req->now,
	    .login = p->req->caller.login,
	    .role = p->req->caller.role,
	    .place = "pages",
	    .act = act,
	    .unit = unit,
	    .object = object};

	uuid_new(&deed.id);
	return deed;
}

const char *
page_json(const struct page *p, json_t *json)
{
	char *dumped = json_dumps(json, JSON_COMPACT | JSON_SORT_KEYS);
	const char *kept = arena_strdup(p->arena, dumped);

	free(dumped);
	json_decref(json);
	return kept;
}
