/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a comment says of its writer is what it says itself, so numbers and
 * addresses in it are masked (core/text/mask), its time is no more than a day,
 * and desk and field stand there only where at least scope_least() people
 * answered in that unit about that field: else the clerk knows who it was.
 */
#include "server/pages/scores/remarks.h"

#include <stdio.h>
#include <string.h>
#include "server/core/catalogue/catalogue.h"
#include "server/core/text/mask.h"
#include "server/core/text/search_text.h"
#include "server/core/words.h"
#include "server/pages/scores/scope.h"
#include "server/store/cases/remarks.h"
#include "shared/civil.h"
#include "shared/limits.h"

/* Valid answers of the period in a unit and field, NULL: any; of all forms. */
static int64_t
answers(const struct scope *scope, const char *unit, const char *field)
{
	const struct tallies *t = &scope->now->tallies;
	int64_t n = 0;

	for (size_t i = 0; i < t->count; i++) {
		const struct tally *row = &t->rows[i];

		if (strcmp(row->key.criterion, "overall") != 0 ||
		    (unit == NULL ? !scope_covers(scope, row->key.unit,
					row->key.field, row->key.channel)
				  : strcmp(row->key.unit, unit) != 0) ||
		    (field != NULL && strcmp(row->key.field, field) != 0))
			continue;
		for (int k = 1; k <= 5; k++)
			n += row->n[k];
	}
	return n;
}

/* Whether the words sought stand in what is shown. A masked number is not found
 * either: else it could be asked for digit by digit. */
static bool
found(const struct scope *scope, const char *shown, const char *words)
{
	const char *plain = search_text(scope->page->arena, words);
	size_t n = strlen(plain);

	if (n > 0 && plain[n - 1] == ' ')
		plain = arena_strndup(scope->page->arena, plain, n - 1);
	return strstr(search_text(scope->page->arena, shown), plain) != NULL;
}

static json_t *
remark(const struct scope *scope, const struct remark *r, const char *shown)
{
	json_t *out = json_object();
	const struct catalogue *c = scope->page->ctx->catalogue;
	const struct desk *desk = catalogue_desk(c, r->desk);
	bool cell = answers(scope, r->unit, r->field) >= scope_least(scope);
	bool unit = answers(scope, r->unit, NULL) >= scope_least(scope);

	put_text(out, "day", words_date(scope->page->arena, r->place.day));
	put_number(out, "level", r->overall);
	put_text(out, "words", shown);
	put_text(out, "channel", r->channel);
	put_text(out, "field", cell ? scope_field_name(scope, r->field) : NULL);
	put_text(out, "desk", cell && desk != NULL ? desk->code : NULL);
	put_text(out, "unit", unit ? scope_unit_name(scope, r->unit) : NULL);
	return out;
}

json_t *
remarks_document(const struct scope *scope, const struct remark_place *after,
    const char *words, int overall, size_t most)
{
	json_t *out;
	struct remark_query q = {.first = scope->period.first,
	    .last = scope->period.last,
	    .after = after,
	    .unit = scope_bound(scope),
	    .below = !scope->alone,
	    .field = scope->field == NULL ? NULL : scope->field->code,
	    .channel = scope->channel,
	    .words = words,
	    .overall = overall,
	    .most = most,
	    .through = LIMIT_PAGE_THROUGH,
	    .budget = LIMIT_SEARCH_MS};
	bool hidden = answers(scope, NULL, NULL) < scope_least(scope);
	struct remark_page page = {0};
	json_t *list;

	if (!hidden &&
	    !store_remarks(scope->page->ctx->db, scope->page->arena, &q, &page))
		return NULL;
	list = json_array();
	for (size_t i = 0; i < page.count; i++) {
		const struct remark *r = &page.list[i];
		const char *shown = mask_text(scope->page->arena, r->comment);

		if (found(scope, shown, words))
			json_array_append_new(list, remark(scope, r, shown));
	}
	out = json_object();
	put_part(out, "remarks", list);
	put_flag(out, "hidden", hidden);
	put_flag(out, "any", json_array_size(list) > 0);
	/* words: as many as were looked at; else it is what the limit says */
	put_text(out, "through",
	    page_count(scope->page,
		page.looked > 0 ? (int64_t)page.looked : LIMIT_PAGE_THROUGH));
	put_text(out, "next",
	    page.more ? remark_place_name(scope, &page.last) : NULL);
	return out;
}

/* "2026-11-20.01938f5e-7c1a-7f00-9a51-3f0d3c1f8a11" */
const char *
remark_place_name(const struct scope *scope, const struct remark_place *place)
{
	char day[CIVIL_DATE_TEXT], id[UUID_TEXT];

	civil_format_date(place->day, day);
	uuid_format(&place->answer, id);
	return arena_printf(scope->page->arena, "%s.%s", day, id);
}

bool
remark_place_read(const char *text, struct remark_place *place)
{
	char day[CIVIL_DATE_TEXT];
	const char *dot = text == NULL ? NULL : strchr(text, '.');

	if (dot == NULL || (size_t)(dot - text) >= sizeof(day))
		return false;
	memcpy(day, text, (size_t)(dot - text));
	day[dot - text] = '\0';
	return civil_parse_date(day, &place->day) &&
	       uuid_parse(dot + 1, &place->answer);
}
