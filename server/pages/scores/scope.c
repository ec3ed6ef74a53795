/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A period that cannot be read is the current quarter: an address typed by hand
 * shall show something; and the page says so. A unit, field or channel that
 * does not exist is a 404 instead, or people would take the whole district's
 * figures for theirs.
 */
#include "server/pages/scores/scope.h"

#include <string.h>
#include "server/core/catalogue/catalogue.h"
#include "server/core/catalogue/visibility.h"
#include "server/view/number.h"
#include "server/core/words.h"
#include "server/store/period/snapshot.h"
#include "shared/civil.h"
#include "shared/limits.h"

#define WEEKS       13 /* the fewest a trend by weeks shows */
#define WEEKS_MOST  27 /* a longer period is shown by months, … */
#define MONTHS_MOST 36 /* … the last ones */

/* -------------------------------------------------------------- the address */

static int32_t
monday(int32_t day)
{
	return day - (civil_weekday(day) - 1);
}

static int32_t
earlier(int32_t a, int32_t b)
{
	return a < b ? a : b;
}

static int32_t
later(int32_t a, int32_t b)
{
	return a > b ? a : b;
}

/* The last day of the period that anything can have been said on. */
static int32_t
last_day(const struct scope *scope)
{
	if (scope->today < scope->period.first ||
	    scope->today > scope->period.last)
		return scope->period.last;
	return scope->today;
}

static void
set_steps(struct scope *scope)
{
	int32_t last = last_day(scope);
	int64_t month = period_month(last);

	scope->weekly =
	    scope->period.last - scope->period.first < 7 * WEEKS_MOST;
	scope->steps_last = last;
	scope->steps_first =
	    scope->weekly ? earlier(monday(scope->period.first),
				monday(last) - 7 * (WEEKS - 1))
			  : later(scope->period.first,
				period_month_first(month - MONTHS_MOST + 1));
	scope->months_last = month;
	scope->months_first =
	    period_month(scope->steps_first) - SCOPE_MONTHS_PRIOR;
	if (month - SCOPE_MONTHS + 1 < scope->months_first)
		scope->months_first = month - SCOPE_MONTHS + 1;
}

/* What a query says of a name; NULL: nothing, or nothing particular. */
static const char *
asked(const struct page *page, const char *name)
{
	const char *value = pairs_get(&page->req->query, name);

	return value == NULL || value[0] == '\0' ? NULL : value;
}

static bool
find_unit(struct scope *scope, const char *code)
{
	if (code == NULL)
		return true;
	scope->unit = catalogue_unit(scope->page->ctx->catalogue, code);
	return scope->unit != NULL && scope_may_see(scope, code);
}

static bool
find_field(struct scope *scope, const char *code)
{
	if (code == NULL)
		return true;
	scope->field = catalogue_field(scope->page->ctx->catalogue, code);
	return scope->field != NULL;
}

static bool
find_channel(struct scope *scope, const char *name)
{
	if (name == NULL)
		return true;
	for (int i = 0; channel_names[i] != NULL; i++)
		if (strcmp(channel_names[i], name) == 0)
			scope->channel = channel_names[i];
	return scope->channel != NULL;
}

/* The period that an address asks for; NULL: none. Days that the form has
 * filled in go before the list, as long as that was left where it stood. */
static const char *
asked_period(const struct page *page)
{
	const char *period = asked(page, "period");
	const char *shown = asked(page, "shown");
	const char *from = asked(page, "from"), *to = asked(page, "to");

	if ((from == NULL && to == NULL) ||
	    (period != NULL && shown != NULL && strcmp(period, shown) != 0))
		return period;
	return arena_printf(page->arena, "%s..%s", from == NULL ? "" : from,
	    to == NULL ? "" : to);
}

static void
read_period(struct scope *scope)
{
	const struct catalogue *c = scope->page->ctx->catalogue;
	const char *period = asked_period(scope->page);

	scope->chosen = period != NULL && closed_period_parse(c, period,
					      &scope->period, &scope->closed);
	if (!scope->chosen) {
		scope->misread = period;
		scope->period =
		    period_current_quarter(scope->today, catalogue_cut(c));
		scope->closed = closed_period_of(c, &scope->period);
	}
	scope->has_before = period_previous(&scope->period, &scope->before);
	if (scope->has_before)
		scope->closed_before = closed_period_of(c, &scope->before);
}

/* The page as it was when the period was closed: its units, names and targets.
 * False when they cannot be read. */
static bool
go_back(struct scope *scope)
{
	struct request *req = scope->page->req;
	struct page *page = arena_alloc(&req->arena, sizeof(*page));
	struct ctx *ctx = arena_alloc(&req->arena, sizeof(*ctx));

	if (req->frozen == NULL)
		req->frozen = store_snapshot_catalogue(scope->page->ctx->db,
		    scope->closed->snapshot, scope->page->ctx->catalogue);
	if (req->frozen == NULL)
		return false;
	*ctx = *scope->page->ctx;
	ctx->catalogue = req->frozen;
	*page = *scope->page;
	page->ctx = ctx;
	scope->page = page;
	return true;
}

static bool
read_for(struct scope *scope, const struct page *page, const char *unit,
    const char *field)
{
	*scope = (struct scope){
	    .page = page, .today = civil_local_day(page->req->now)};
	read_period(scope);
	set_steps(scope);
	if (scope->closed != NULL && !go_back(scope))
		return false;
	return find_unit(scope, unit) && find_field(scope, field) &&
	       find_channel(scope, asked(page, "channel"));
}

bool
scope_read(struct scope *scope, const struct page *page)
{
	return read_for(scope, page, asked(page, "unit"), asked(page, "field"));
}

bool
scope_read_unit(struct scope *scope, const struct page *page, const char *unit)
{
	bool found = read_for(scope, page, unit, asked(page, "field"));

	scope->alone = true;
	return found;
}

bool
scope_read_field(
    struct scope *scope, const struct page *page, const char *field)
{
	return read_for(scope, page, asked(page, "unit"), field);
}

/* --------------------------------------------------------------- the counts */

/* The months of all the quarters that a page speaks of. */
static const struct cached_tallies *
hold_months(const struct scope *scope)
{
	int32_t first = period_month_first(scope->months_first);
	int32_t last =
	    later(period_month_first(scope->months_last), scope->period.last);

	first = earlier(first, scope->period.first);
	if (scope->has_before)
		first = earlier(first, scope->before.first);
	suppress_quarters(first, last, &first, &last);
	return tally_cache_hold(
	    scope->page->ctx, CACHED_MONTHS, first, last, scope->closed);
}

static const struct cached_tallies *
hold_days(const struct scope *scope, int32_t first, int32_t last)
{
	suppress_quarters(first, last, &first, &last);
	return tally_cache_hold(
	    scope->page->ctx, CACHED_DAYS, first, last, scope->closed);
}

static void
add_days(struct suppress_source *source, const struct cached_tallies *days,
    int32_t first, int32_t last)
{
	struct suppress_days *to = &source->days[source->ndays++];

	to->tallies = &days->tallies;
	suppress_quarters(first, last, &to->first, &to->last);
}

/* Gets the rule of small numbers ready: with the days of quarters that the
 * period, or the one before, begins or ends within a month of. */
static bool
hold_rule(struct scope *scope)
{
	const int32_t cuts[] = {scope->period.first - 1, scope->period.last,
	    scope->before.first - 1, scope->before.last};
	size_t n = scope->has_before ? 4 : 2;
	struct suppress_source source = {
	    .months = &scope->months->tallies, .least = scope_least(scope)};

	if (scope->days != NULL)
		add_days(&source, scope->days, scope->steps_first,
		    scope->steps_last);
	for (size_t i = 0; i < n; i++) {
		if (!suppress_needs_days(cuts[i]))
			continue;
		scope->edges[i] = hold_days(scope, cuts[i], cuts[i]);
		if (scope->edges[i] == NULL)
			return false;
		add_days(&source, scope->edges[i], cuts[i], cuts[i]);
	}
	scope->rule = suppress_make(
	    scope->page->arena, scope->page->ctx->catalogue, &source);
	return true;
}

bool
scope_hold(struct scope *scope, bool weeks)
{
	weeks = weeks && scope->weekly;
	scope->now = tally_cache_hold(scope->page->ctx, CACHED_SUM,
	    scope->period.first, scope->period.last, scope->closed);
	if (scope->has_before)
		scope->past = tally_cache_hold(scope->page->ctx, CACHED_SUM,
		    scope->before.first, scope->before.last,
		    scope->closed_before);
	scope->months = hold_months(scope);
	if (weeks)
		scope->days =
		    hold_days(scope, scope->steps_first, scope->steps_last);
	return scope->now != NULL &&
	       (!scope->has_before || scope->past != NULL) &&
	       scope->months != NULL && (!weeks || scope->days != NULL) &&
	       hold_rule(scope);
}

void
scope_release(struct scope *scope)
{
	struct ctx *ctx = scope->page->ctx;

	tally_cache_release(ctx, scope->now);
	tally_cache_release(ctx, scope->past);
	tally_cache_release(ctx, scope->months);
	tally_cache_release(ctx, scope->days);
	scope->now = scope->past = scope->months = scope->days = NULL;
	for (size_t i = 0; i < 4; i++) {
		tally_cache_release(ctx, scope->edges[i]);
		scope->edges[i] = NULL;
	}
}

const char *
scope_bound(const struct scope *scope)
{
	return scope->unit != NULL ? scope->unit->code
				   : scope->page->req->caller.unit;
}

bool
scope_may_see(const struct scope *scope, const char *unit)
{
	return unit_visible(
	    scope->page->ctx->catalogue, scope->page->req->caller.unit, unit);
}

bool
scope_covers(const struct scope *scope, const char *unit, const char *field,
    const char *channel)
{
	if (!scope_may_see(scope, unit))
		return false;
	if (scope->unit != NULL &&
	    (scope->alone ? strcmp(unit, scope->unit->code) != 0
			  : !catalogue_within(scope->page->ctx->catalogue, unit,
				scope->unit->code)))
		return false;
	return (scope->field == NULL ||
		   strcmp(field, scope->field->code) == 0) &&
	       (scope->channel == NULL || strcmp(channel, scope->channel) == 0);
}

bool
scope_has_below(const struct scope *scope, const char *unit)
{
	const struct catalogue *c = scope->page->ctx->catalogue;

	for (size_t i = 0; i < c->nunits; i++)
		if (strcmp(c->units[i].parent, unit) == 0)
			return true;
	return false;
}

struct score_query
scope_query(const struct scope *scope, enum score_by by, const char *population)
{
	return (struct score_query){.by = by,
	    .unit = scope->unit == NULL ? NULL : scope->unit->code,
	    .alone = scope->alone,
	    .within = scope->page->req->caller.unit,
	    .field = scope->field == NULL ? NULL : scope->field->code,
	    .channel = scope->channel,
	    .population = population,
	    .first = scope->period.first,
	    .last = scope->period.last,
	    .ended = scope->closed != NULL || scope->period.last < scope->today,
	    .final = scope->closed != NULL};
}

/* Makes rows of the counts of these days. */
static void
make_rows(const struct scope *scope, const struct tallies *tallies,
    const struct dossier_counts *dossiers, int32_t first, int32_t last,
    const struct score_query *q, struct score_rows *out)
{
	struct score_query of_days = *q;

	scores_make(tallies, dossiers, scope->page->ctx->catalogue, q,
	    scope->page->arena, out);
	of_days.first = first;
	of_days.last = last;
	suppress_rows(scope->rule, &of_days, out);
}

void
scope_rows(const struct scope *scope, const struct cached_tallies *counts,
    enum score_by by, const char *population, struct score_rows *out)
{
	struct score_query q = scope_query(scope, by, population);
	const struct period *p =
	    counts == scope->past ? &scope->before : &scope->period;

	make_rows(scope, &counts->tallies, &counts->dossiers, p->first, p->last,
	    &q, out);
}

struct score
scope_step(const struct scope *scope, const struct tallies *part, int32_t first,
    int32_t last, const char *population)
{
	struct score_query q = scope_query(scope, BY_POPULATION, population);
	struct score_rows rows;

	make_rows(scope, part, NULL, first, last, &q, &rows);
	return rows.rows[0];
}

/* -------------------------------------------------------------------- words */

const char *
scope_field_name(const struct scope *scope, const char *code)
{
	const struct field *f =
	    catalogue_field(scope->page->ctx->catalogue, code);

	return f == NULL ? page_text(scope->page, "field.unknown")
			 : words_field(scope->page->lang, f);
}

const char *
scope_unit_name(const struct scope *scope, const char *code)
{
	const struct unit *u =
	    catalogue_unit(scope->page->ctx->catalogue, code);

	return u == NULL ? code : u->name;
}

const char *
scope_share(const struct scope *scope, int64_t x, int64_t n, int64_t percent4)
{
	char out[NUMBER_TEXT];

	number_share(x, n, (int)percent4, page_mark(scope->page), out);
	return arena_strdup(scope->page->arena, out);
}

const char *
scope_percent(const struct scope *scope, int64_t x, int64_t n)
{
	return scope_share(scope, x, n, 0);
}

const char *
scope_heading(const struct scope *scope, const char *words)
{
	if (scope->channel == NULL)
		return words;
	return page_fill(scope->page, "heading.channel", "heading", words,
	    "channel",
	    page_text(scope->page, arena_printf(scope->page->arena,
				       "channel.%s", scope->channel)));
}

int64_t
scope_least(const struct scope *scope)
{
	return catalogue_setting(
	    scope->page->ctx->catalogue, SETTING_CELL_LEAST);
}

const char *
scope_few(const struct scope *scope, int64_t n)
{
	return page_few(scope->page, n);
}

json_t *
scope_words(const char *words)
{
	return words == NULL || words[0] == '\0' ? json_null()
						 : json_string(words);
}
