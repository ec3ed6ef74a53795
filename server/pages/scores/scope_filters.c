/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The way from one staff page to the next: what was chosen goes along in the
 * address, so that it can be sent to a colleague, and a form without any script
 * changes it. A period goes along only where somebody chose one: a page kept
 * among the bookmarks then shows the quarter it is opened in.
 */
#include "server/pages/scores/scope.h"

#include <stdio.h>
#include <string.h>
#include "server/core/catalogue/catalogue.h"
#include "server/core/text/urlencoded.h"
#include "server/core/words.h"
#include "shared/civil.h"

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
address(const struct scope *l, const char *path, const char *unit,
    const char *field, const char *channel)
{
	struct way w = {.next = '?'};
	char period[PERIOD_TEXT];
	const char *kept;

	buf_init(&w.text);
	urlencoded_put(&w.text, path, true);
	if (pairs_get(&l->req->query, "period") != NULL) {
		period_name(&l->period, period);
		pair(&w, "period", period);
	}
	pair(&w, "unit", unit);
	pair(&w, "field", field);
	pair(&w, "channel", channel);
	if (l->lang != LANG_VI)
		pair(&w, "lang", lang_code(l->lang));
	kept = arena_strdup(l->arena, buf_text(&w.text));
	buf_finish(&w.text);
	return kept;
}

/* True when the path itself names the unit or the field. */
static bool
path_names(const struct scope *l, const char *folder)
{
	return strncmp(l->req->path, folder, strlen(folder)) == 0;
}

static const char *
unit_code(const struct scope *l)
{
	return l->unit == NULL ? NULL : l->unit->code;
}

static const char *
field_code(const struct scope *l)
{
	return l->field == NULL ? NULL : l->field->code;
}

const char *
scope_address(const struct scope *l, const char *path)
{
	return address(l, path, unit_code(l), field_code(l), l->channel);
}

const char *
scope_unit_address(const struct scope *l, const char *unit)
{
	return address(l, arena_printf(l->arena, "/staff/units/%s", unit), NULL,
	    field_code(l), l->channel);
}

const char *
scope_field_address(const struct scope *l, const char *field)
{
	return address(l, arena_printf(l->arena, "/staff/fields/%s", field),
	    unit_code(l), NULL, l->channel);
}

/* What the path of a drill-down names is no filter. */
static const char *
filtered(const struct scope *l, const char *path)
{
	return address(l, path,
	    path_names(l, "/staff/units/") ? NULL : unit_code(l),
	    path_names(l, "/staff/fields/") ? NULL : field_code(l), l->channel);
}

const char *
scope_back(const struct scope *l)
{
	return filtered(l, "/staff/");
}

const char *
scope_here(const struct scope *l)
{
	return filtered(l, l->req->path);
}

/* ------------------------------------------------------------------ choices */

static void
offer(json_t *options, const char *value, const char *label, bool chosen)
{
	json_array_append_new(
	    options, json_pack("{s:s, s:s, s:b}", "value", value, "label",
			 label, "chosen", chosen));
}

static json_t *
choice(const struct scope *l, json_t *choices, const char *name,
    const char *key, bool all)
{
	json_t *options = json_array();

	if (all)
		offer(options, "", scope_text(l, "filter.all"), false);
	json_array_append_new(
	    choices, json_pack("{s:s, s:s, s:o}", "name", name, "title",
			 scope_text(l, key), "options", options));
	return options;
}

static void
offer_period(
    const struct scope *l, json_t *options, const struct period *p, bool *found)
{
	char code[PERIOD_TEXT], shown[PERIOD_TEXT];
	bool chosen;

	period_name(p, code);
	period_name(&l->period, shown);
	chosen = strcmp(code, shown) == 0;
	*found |= chosen;
	offer(options, code, words_period(l->arena, l->lang, p), chosen);
}

/* A period and some before it, as long as there are any. */
static void
offer_back(const struct scope *l, json_t *options, struct period p, int count,
    bool *found)
{
	for (int i = 0; i < count; i++) {
		offer_period(l, options, &p, found);
		if (!period_previous(&p, &p))
			return;
	}
}

/* Five quarters, three months, this year's longer periods; the one that is
 * shown stands among them in any case. */
static void
periods(const struct scope *l, json_t *choices)
{
	static const char *const longer[] = {"-H1", "-9M", ""};
	json_t *options = choice(l, choices, "period", "board.period", false);
	struct civil day = civil_from_day(l->today);
	struct period p;
	char name[PERIOD_TEXT];
	bool found = false;

	offer_back(l, options, period_current_quarter(l->today), 5, &found);
	snprintf(name, sizeof(name), "%d-%02d", day.year, day.month);
	if (period_parse(name, &p))
		offer_back(l, options, p, 3, &found);
	for (int i = 0; i < 3; i++) {
		snprintf(name, sizeof(name), "%d%s", day.year, longer[i]);
		if (period_parse(name, &p))
			offer_period(l, options, &p, &found);
	}
	if (!found)
		offer_period(l, options, &l->period, &found);
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
units(const struct scope *l, json_t *choices)
{
	const struct catalogue *c = l->ctx->catalogue;
	json_t *options = choice(l, choices, "unit", "board.unit", true);

	for (size_t i = 0; i < c->nunits; i++) {
		const struct unit *u = &c->units[i];

		if (!scope_may_see(l, u->code) ||
		    (!has_desk(c, u) && u != l->unit))
			continue;
		offer(options, u->code,
		    scope_has_below(l, u->code)
			? scope_fill(l, "unit.below", "unit", u->name)
			: u->name,
		    u == l->unit);
	}
	/* "all" and one unit are no choice */
	if (json_array_size(options) <= 2 && l->unit == NULL)
		json_array_remove(choices, json_array_size(choices) - 1);
}

static void
fields(const struct scope *l, json_t *choices)
{
	const struct catalogue *c = l->ctx->catalogue;
	json_t *options = choice(l, choices, "field", "board.field", true);

	for (size_t i = 0; i < c->nfields; i++)
		offer(options, c->fields[i].code,
		    words_field(l->lang, &c->fields[i]),
		    &c->fields[i] == l->field);
}

static void
channels(const struct scope *l, json_t *choices)
{
	json_t *options = choice(l, choices, "channel", "filter.channel", true);

	for (int i = 0; channel_names[i] != NULL; i++)
		offer(options, channel_names[i],
		    scope_text(l,
			arena_printf(l->arena, "channel.%s", channel_names[i])),
		    channel_names[i] == l->channel);
}

static void
scores(const struct scope *l, json_t *choices)
{
	const char *chosen = pairs_get(&l->req->query, "score");
	json_t *options = choice(l, choices, "score", "filter.score", true);

	for (int i = 5; i >= 1; i--) {
		const char *value = arena_printf(l->arena, "%d", i);

		offer(options, value,
		    scope_text(l, arena_printf(l->arena, "face.%d", i)),
		    chosen != NULL && strcmp(chosen, value) == 0);
	}
}

json_t *
scope_filters(const struct scope *l, bool words)
{
	bool own_unit = path_names(l, "/staff/units/");
	bool own_field = path_names(l, "/staff/fields/");
	const char *sought = pairs_get(&l->req->query, "q");
	const char *score = pairs_get(&l->req->query, "score");
	bool chosen = (l->unit != NULL && !own_unit) ||
		      (l->field != NULL && !own_field) || l->channel != NULL ||
		      (words && ((sought != NULL && sought[0] != '\0') ||
				    (score != NULL && score[0] != '\0')));
	json_t *choices = json_array();

	periods(l, choices);
	if (!own_unit)
		units(l, choices);
	if (!own_field)
		fields(l, choices);
	channels(l, choices);
	if (words)
		scores(l, choices);
	return json_pack("{s:s, s:o, s:o, s:o}", "path", l->req->path,
	    "choices", choices, "search",
	    words ? json_pack("{s:s}", "words", sought == NULL ? "" : sought)
		  : json_null(),
	    "clear",
	    chosen ? json_string(address(l, l->req->path, NULL, NULL, NULL))
		   : json_null());
}
