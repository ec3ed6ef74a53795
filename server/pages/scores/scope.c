/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A period that cannot be read is the current quarter: an address typed by hand
 * shall show something. A unit, field or channel that does not exist is a 404
 * instead, or people would take the whole district's figures for theirs.
 */
#include "server/pages/scores/scope.h"

#include <string.h>
#include "server/core/catalogue/catalogue.h"
#include "server/view/number.h"
#include "server/core/words.h"
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
last_day(const struct scope *l)
{
	if (l->today < l->period.first || l->today > l->period.last)
		return l->period.last;
	return l->today;
}

static void
set_steps(struct scope *l)
{
	int32_t last = last_day(l);
	int64_t month = period_month(last);

	l->weekly = l->period.last - l->period.first < 7 * WEEKS_MOST;
	l->steps_last = last;
	l->steps_first = l->weekly
			     ? earlier(monday(l->period.first),
				   monday(last) - 7 * (WEEKS - 1))
			     : later(l->period.first,
				   period_month_first(month - MONTHS_MOST + 1));
	l->months_last = month;
	l->months_first = period_month(l->steps_first) - SCOPE_MONTHS_PRIOR;
	if (month - SCOPE_MONTHS + 1 < l->months_first)
		l->months_first = month - SCOPE_MONTHS + 1;
}

/* What a query says of a name; NULL: nothing, or nothing particular. */
static const char *
asked(const struct request *req, const char *name)
{
	const char *value = pairs_get(&req->query, name);

	return value == NULL || value[0] == '\0' ? NULL : value;
}

static bool
find_unit(struct scope *l, const char *code)
{
	if (code == NULL)
		return true;
	l->unit = catalogue_unit(l->ctx->catalogue, code);
	return l->unit != NULL && scope_may_see(l, code);
}

static bool
find_field(struct scope *l, const char *code)
{
	if (code == NULL)
		return true;
	l->field = catalogue_field(l->ctx->catalogue, code);
	return l->field != NULL;
}

static bool
find_channel(struct scope *l, const char *name)
{
	if (name == NULL)
		return true;
	for (int i = 0; channel_names[i] != NULL; i++)
		if (strcmp(channel_names[i], name) == 0)
			l->channel = channel_names[i];
	return l->channel != NULL;
}

static bool
read_for(struct scope *l, struct ctx *ctx, struct request *req,
    const char *unit, const char *field)
{
	const char *period = asked(req, "period");

	*l = (struct scope){.ctx = ctx,
	    .req = req,
	    .arena = &req->arena,
	    .lang = req->lang,
	    .mark = req->lang == LANG_VI ? ',' : '.',
	    .today = civil_local_day(req->now)};
	if (period == NULL || !period_parse(period, &l->period))
		l->period = period_current_quarter(l->today);
	l->has_before = period_previous(&l->period, &l->before);
	set_steps(l);
	return find_unit(l, unit) && find_field(l, field) &&
	       find_channel(l, asked(req, "channel"));
}

bool
scope_read(struct scope *l, struct ctx *ctx, struct request *req)
{
	return read_for(l, ctx, req, asked(req, "unit"), asked(req, "field"));
}

bool
scope_read_unit(
    struct scope *l, struct ctx *ctx, struct request *req, const char *unit)
{
	bool found = read_for(l, ctx, req, unit, asked(req, "field"));

	l->alone = true;
	return found;
}

bool
scope_read_field(
    struct scope *l, struct ctx *ctx, struct request *req, const char *field)
{
	return read_for(l, ctx, req, asked(req, "unit"), field);
}

/* --------------------------------------------------------------- the counts */

bool
scope_hold(struct scope *l, bool weeks)
{
	l->now = tally_cache_hold(
	    l->ctx, CACHED_SUM, l->period.first, l->period.last);
	if (l->has_before)
		l->past = tally_cache_hold(
		    l->ctx, CACHED_SUM, l->before.first, l->before.last);
	l->months = tally_cache_hold(l->ctx, CACHED_MONTHS,
	    period_month_first(l->months_first),
	    period_month_first(l->months_last));
	if (weeks && l->weekly)
		l->days = tally_cache_hold(
		    l->ctx, CACHED_DAYS, l->steps_first, l->steps_last);
	return l->now != NULL && (!l->has_before || l->past != NULL) &&
	       l->months != NULL && (!weeks || !l->weekly || l->days != NULL);
}

void
scope_release(struct scope *l)
{
	tally_cache_release(l->ctx, l->now);
	tally_cache_release(l->ctx, l->past);
	tally_cache_release(l->ctx, l->months);
	tally_cache_release(l->ctx, l->days);
	l->now = l->past = l->months = l->days = NULL;
}

const char *
scope_bound(const struct scope *l)
{
	return l->unit != NULL ? l->unit->code : l->req->caller.unit;
}

bool
scope_may_see(const struct scope *l, const char *unit)
{
	const char *own = l->req->caller.unit;

	return own == NULL || catalogue_within(l->ctx->catalogue, unit, own);
}

bool
scope_covers(const struct scope *l, const char *unit, const char *field,
    const char *channel)
{
	if (!scope_may_see(l, unit))
		return false;
	if (l->unit != NULL && (l->alone ? strcmp(unit, l->unit->code) != 0
					 : !catalogue_within(l->ctx->catalogue,
					       unit, l->unit->code)))
		return false;
	return (l->field == NULL || strcmp(field, l->field->code) == 0) &&
	       (l->channel == NULL || strcmp(channel, l->channel) == 0);
}

bool
scope_has_below(const struct scope *l, const char *unit)
{
	const struct catalogue *c = l->ctx->catalogue;

	for (size_t i = 0; i < c->nunits; i++)
		if (strcmp(c->units[i].parent, unit) == 0)
			return true;
	return false;
}

struct score_query
scope_query(const struct scope *l, enum score_by by, const char *population)
{
	return (struct score_query){.by = by,
	    .unit = l->unit == NULL ? NULL : l->unit->code,
	    .alone = l->alone,
	    .within = l->req->caller.unit,
	    .field = l->field == NULL ? NULL : l->field->code,
	    .channel = l->channel,
	    .population = population,
	    .first = l->period.first,
	    .last = l->period.last};
}

void
scope_rows(const struct scope *l, const struct cached_tallies *counts,
    enum score_by by, const char *population, struct score_rows *out)
{
	struct score_query q = scope_query(l, by, population);

	scores_make(&counts->tallies, &counts->dossiers, l->ctx->catalogue, &q,
	    l->arena, out);
	for (size_t i = 0; i < out->count; i++) {
		int64_t valid = out->rows[i].judgement.valid;

		out->rows[i].few = valid > 0 && valid < scope_least(l);
	}
}

/* -------------------------------------------------------------------- words */

const char *
scope_field_name(const struct scope *l, const char *code)
{
	const struct field *f = catalogue_field(l->ctx->catalogue, code);

	return f == NULL ? scope_text(l, "field.unknown")
			 : words_field(l->lang, f);
}

const char *
scope_unit_name(const struct scope *l, const char *code)
{
	const struct unit *u = catalogue_unit(l->ctx->catalogue, code);

	return u == NULL ? code : u->name;
}

const char *
scope_count(const struct scope *l, int64_t n)
{
	char out[NUMBER_TEXT];

	number_count(n, l->mark, out);
	return arena_strdup(l->arena, out);
}

const char *
scope_percent(const struct scope *l, int64_t x, int64_t n)
{
	char out[NUMBER_TEXT];

	number_share(x, n, 0, l->mark, out);
	return arena_strdup(l->arena, out);
}

int64_t
scope_least(const struct scope *l)
{
	return catalogue_setting(l->ctx->catalogue, SETTING_CELL_LEAST);
}

const char *
scope_few(const struct scope *l, int64_t n)
{
	if (n > 0 && n < scope_least(l))
		return scope_fill(
		    l, "count.few", "least", scope_count(l, scope_least(l)));
	return scope_count(l, n);
}

json_t *
scope_words(const char *words)
{
	return words == NULL || words[0] == '\0' ? json_null()
						 : json_string(words);
}
