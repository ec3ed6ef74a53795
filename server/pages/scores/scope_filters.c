/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The way from one staff page to the next: what was chosen goes along in the
 * address, so that it can be sent to a colleague, and a form without any script
 * changes it. A period goes along only where one was chosen: a page kept
 * among the bookmarks then shows the quarter it is opened in.
 */
#include "server/pages/scores/scope.h"

#include <stdio.h>
#include <string.h>
#include "server/core/catalogue/catalogue.h"
#include "server/core/text/urlencoded.h"
#include "server/core/words.h"
#include "server/store/tallies.h"

#define YEARS_MOST 30 /* of the list of periods */

/* ---------------------------------------------------------------- addresses */

struct way {
	struct buf text;
	char next; /* what separates the next pair */
};

static void
pair(struct way *w, const char *name, const char *value)
{
	if (value == NULL || value[0] == '\0')
		return;
	buf_printf(&w->text, "%c%s=", w->next, name);
	urlencoded_put(&w->text, value, false);
	w->next = '&';
}

static const char *
filtered_address(const struct scope *scope, const char *path, const char *unit,
    const char *field, const char *channel)
{
	struct way w = {.next = '?'};
	char period[PERIOD_TEXT];
	const char *kept;

	buf_init(&w.text);
	urlencoded_put(&w.text, path, true);
	if (scope->chosen) {
		period_name(&scope->period, period);
		pair(&w, "period", period);
	}
	pair(&w, "unit", unit);
	pair(&w, "field", field);
	pair(&w, "channel", channel);
	if (scope->page->lang != LANG_VI)
		pair(&w, "lang", lang_code(scope->page->lang));
	kept = arena_strdup(scope->page->arena, buf_text(&w.text));
	buf_finish(&w.text);
	return kept;
}

/* True when the path itself names the unit or the field. */
static bool
path_names(const struct scope *scope, const char *folder)
{
	return strncmp(scope->page->req->path, folder, strlen(folder)) == 0;
}

static const char *
unit_code(const struct scope *scope)
{
	return scope->unit == NULL ? NULL : scope->unit->code;
}

static const char *
field_code(const struct scope *scope)
{
	return scope->field == NULL ? NULL : scope->field->code;
}

const char *
scope_address(const struct scope *scope, const char *path)
{
	return filtered_address(
	    scope, path, unit_code(scope), field_code(scope), scope->channel);
}

const char *
scope_unit_address(const struct scope *scope, const char *unit)
{
	return filtered_address(scope,
	    arena_printf(scope->page->arena, "/staff/units/%s", unit), NULL,
	    field_code(scope), scope->channel);
}

const char *
scope_field_address(const struct scope *scope, const char *field)
{
	return filtered_address(scope,
	    arena_printf(scope->page->arena, "/staff/fields/%s", field),
	    unit_code(scope), NULL, scope->channel);
}

/* What the path of a drill-down names is no filter. */
static const char *
filtered(const struct scope *scope, const char *path)
{
	return filtered_address(scope, path,
	    path_names(scope, "/staff/units/") ? NULL : unit_code(scope),
	    path_names(scope, "/staff/fields/") ? NULL : field_code(scope),
	    scope->channel);
}

const char *
scope_back(const struct scope *scope)
{
	return filtered(scope, "/staff/");
}

const char *
scope_here(const struct scope *scope)
{
	return filtered(scope, scope->page->req->path);
}

/* ------------------------------------------------------------------ choices */

static void
offer_scope_filter(
    json_t *options, const char *value, const char *label, bool chosen)
{
	page_option(options, value, label, chosen);
}

static json_t *
choice(const struct scope *scope, json_t *choices, const char *name,
    const char *key, bool all)
{
	json_t *options = json_array();

	if (all)
		offer_scope_filter(
		    options, "", page_text(scope->page, "filter.all"), false);
	json_t *row = json_object();

	put_text(row, "name", name);
	put_text(row, "title", page_text(scope->page, key));
	put_part(row, "options", options);
	json_array_append_new(choices, row);
	return options;
}

static void
offer_period(const struct scope *scope, json_t *options, const struct period *p)
{
	char code[PERIOD_TEXT], shown[PERIOD_TEXT];

	period_name(p, code);
	period_name(&scope->period, shown);
	offer_scope_filter(options, code,
	    words_period(scope->page->arena, scope->page->lang, p),
	    strcmp(code, shown) == 0);
}

/* All the periods of a year that have begun, and the one that is shown. */
static json_t *
year_periods(const struct scope *scope, int year)
{
	static const char *const names[] = {"-Q4", "-Q3", "-Q2", "-Q1", "-H2",
	    "-H1", "-9M", "", "-12", "-11", "-10", "-09", "-08", "-07", "-06",
	    "-05", "-04", "-03", "-02", "-01"};
	json_t *options = json_array();
	char name[PERIOD_TEXT], shown[PERIOD_TEXT];
	struct period p;

	period_name(&scope->period, shown);
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		snprintf(name, sizeof(name), "%d%s", year, names[i]);
		if (period_parse(name, scope->period.cut, &p) &&
		    (p.first <= scope->today || strcmp(name, shown) == 0))
			offer_period(scope, options, &p);
	}
	return options;
}

/* The first year that anything was counted in; at most this one. */
static int
first_year(const struct scope *scope, int newest)
{
	int64_t month;

	if (!store_tallies_begin(scope->page->ctx->db, &month) ||
	    month / 12 > newest)
		return newest;
	return newest - (int)(month / 12) < YEARS_MOST ? (int)(month / 12)
						       : newest - YEARS_MOST;
}

/* The current quarter's year first, back to where the counts begin; the year
 * that is shown stands among them in any case, and so does a range. */
static void
periods(const struct scope *scope, json_t *choices)
{
	json_t *options =
	    choice(scope, choices, "period", "board.period", false);
	json_t *row = json_array_get(choices, json_array_size(choices) - 1);
	json_t *years = json_array();
	bool range = scope->period.kind == PERIOD_RANGE;
	int newest =
	    period_current_quarter(scope->today, scope->period.cut).year;
	int oldest = first_year(scope, newest), shown = scope->period.year;

	if (range)
		offer_period(scope, options, &scope->period);
	if (!range && shown > newest)
		newest = shown;
	for (int year = newest; year >= oldest; year--)
		json_array_append_new(
		    years, json_pack("{s:i, s:o}", "year", year, "options",
			       year_periods(scope, year)));
	if (!range && shown < oldest)
		json_array_append_new(
		    years, json_pack("{s:i, s:o}", "year", shown, "options",
			       year_periods(scope, shown)));
	put_part(row, "years", years);
}

/* {from, to, shown}: the two days of a range as the form has them, "" where
 * none was chosen, and what the list says now. */
static json_t *
range_document(const struct scope *scope)
{
	bool range = scope->period.kind == PERIOD_RANGE;
	const char *from = page_asked(scope->page, "from");
	const char *to = page_asked(scope->page, "to");
	char shown[PERIOD_TEXT];

	period_name(&scope->period, shown);
	if (range) {
		from = page_iso_day(scope->page, scope->period.first);
		to = page_iso_day(scope->page, scope->period.last);
	} else if (scope->misread == NULL) {
		from = to = "";
	}
	return json_pack("{s:s, s:s, s:s, s:b}", "from", from, "to", to,
	    "shown", shown, "open", range || from[0] != '\0' || to[0] != '\0');
}

static bool
has_desk(const struct catalogue *c, const struct unit *unit)
{
	for (size_t i = 0; i < c->ndesks; i++)
		if (c->desks[i].unit == unit)
			return true;
	return false;
}

/* Units where people can answer; one with others below it stands for all. */
static void
scope_filter_units(const struct scope *scope, json_t *choices)
{
	const struct catalogue *c = scope->page->ctx->catalogue;
	json_t *options = choice(scope, choices, "unit", "board.unit", true);

	for (size_t i = 0; i < c->nunits; i++) {
		const struct unit *u = &c->units[i];

		if (!scope_may_see(scope, u->code) ||
		    (!has_desk(c, u) && u != scope->unit))
			continue;
		offer_scope_filter(options, u->code,
		    scope_has_below(scope, u->code)
			? page_fill(scope->page, "unit.below", "unit", u->name)
			: u->name,
		    u == scope->unit);
	}
	/* "all" and one unit are no choice */
	if (json_array_size(options) <= 2 && scope->unit == NULL)
		json_array_remove(choices, json_array_size(choices) - 1);
}

static void
fields(const struct scope *scope, json_t *choices)
{
	const struct catalogue *c = scope->page->ctx->catalogue;
	json_t *options = choice(scope, choices, "field", "board.field", true);

	for (size_t i = 0; i < c->nfields; i++)
		offer_scope_filter(options, c->fields[i].code,
		    words_field(scope->page->lang, &c->fields[i]),
		    &c->fields[i] == scope->field);
}

static void
scope_filter_channels(const struct scope *scope, json_t *choices)
{
	json_t *options =
	    choice(scope, choices, "channel", "filter.channel", true);

	for (int i = 0; channel_names[i] != NULL; i++)
		offer_scope_filter(options, channel_names[i],
		    page_text(scope->page, arena_printf(scope->page->arena,
					       "channel.%s", channel_names[i])),
		    channel_names[i] == scope->channel);
}

static void
scores(const struct scope *scope, json_t *choices)
{
	const char *chosen = pairs_get(&scope->page->req->query, "score");
	json_t *options = choice(scope, choices, "score", "filter.score", true);

	for (int i = 5; i >= 1; i--) {
		const char *value = arena_printf(scope->page->arena, "%d", i);

		offer_scope_filter(options, value,
		    page_text(scope->page,
			arena_printf(scope->page->arena, "face.%d", i)),
		    chosen != NULL && strcmp(chosen, value) == 0);
	}
}

/* What to say of a period that is none; NULL: there is nothing to say. */
static const char *
misread(const struct scope *scope)
{
	if (scope->misread == NULL)
		return NULL;
	return page_fill(scope->page, "filter.misread", "asked", scope->misread,
	    "period",
	    words_period(
		scope->page->arena, scope->page->lang, &scope->period));
}

json_t *
scope_filters(const struct scope *scope, bool words)
{
	json_t *out = json_object();
	bool own_unit = path_names(scope, "/staff/units/");
	bool own_field = path_names(scope, "/staff/fields/");
	const char *sought = pairs_get(&scope->page->req->query, "q");
	const char *score = pairs_get(&scope->page->req->query, "score");
	bool chosen = (scope->unit != NULL && !own_unit) ||
		      (scope->field != NULL && !own_field) ||
		      scope->channel != NULL ||
		      (words && ((sought != NULL && sought[0] != '\0') ||
				    (score != NULL && score[0] != '\0')));
	json_t *choices = json_array();

	periods(scope, choices);
	if (!own_unit)
		scope_filter_units(scope, choices);
	if (!own_field)
		fields(scope, choices);
	scope_filter_channels(scope, choices);
	if (words)
		scores(scope, choices);
	put_text(out, "path", scope->page->req->path);
	put_words(out, "misread", misread(scope));
	put_part(out, "choices", choices);
	put_part(out, "range", range_document(scope));
	put_part(out, "search",
	    words ? json_pack("{s:s}", "words", sought == NULL ? "" : sought)
		  : NULL);
	put_text(out, "clear",
	    chosen ? filtered_address(
			 scope, scope->page->req->path, NULL, NULL, NULL)
		   : NULL);
	return out;
}
