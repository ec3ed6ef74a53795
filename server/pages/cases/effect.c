/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Counts before and after, added up from the tallies of the quarter as
 * core/score/score does it for the general question, and a share of each.
 * Whether the target is reached is told by the counts, never by the rounded
 * share. Fewer than scope_least() answers have no share here either.
 */
#include "server/pages/cases/effect.h"

#include <string.h>
#include "server/core/catalogue/catalogue.h"
#include "server/view/number.h"
#include "server/core/words.h"
#include "shared/limits.h"

struct sum {
	int64_t satisfied, valid, aside;
};

/* What a row of the effect is about: a unit by itself, or a field. */
struct judged_part {
	const char *unit, *field; /* NULL: any */
	const char *population;
};

static const char *
population_of(const struct scope *scope, const char *form)
{
	const struct form *f =
	    catalogue_form(scope->page->ctx->catalogue, form, 0);

	return f == NULL ? "tthc" : f->population;
}

static struct sum
sum_of(const struct scope *scope, const struct tallies *t,
    const struct judged_part *part)
{
	struct sum sum = {0};

	for (size_t i = 0; i < t->count; i++) {
		const struct tally *row = &t->rows[i];

		if (strcmp(row->key.criterion, "overall") != 0 ||
		    (part->unit != NULL &&
			strcmp(row->key.unit, part->unit) != 0) ||
		    (part->field != NULL &&
			strcmp(row->key.field, part->field) != 0) ||
		    !scope_may_see(scope, row->key.unit) ||
		    strcmp(population_of(scope, row->key.form),
			part->population) != 0)
			continue;
		for (int k = 1; k <= 5; k++)
			sum.valid += row->n[k];
		sum.satisfied += row->n[4] + row->n[5];
		sum.aside += row->aside;
	}
	return sum;
}

/* The sum without these answers, or with them. */
static struct sum
moved(struct sum sum, const struct doubt *list, size_t count, bool out)
{
	int64_t by = out ? -1 : 1;

	for (size_t i = 0; i < count; i++) {
		sum.valid += by;
		sum.aside -= by;
		if (needs_person_overall(list[i].scores) >= 4)
			sum.satisfied += by;
	}
	return sum;
}

/* The target in units of 0.0001 percent; 0: the plan has none. */
static int
target_of(
    const struct scope *scope, const struct judged_part *part, int32_t day)
{
	const struct field *f =
	    part->field == NULL
		? NULL
		: catalogue_field(scope->page->ctx->catalogue, part->field);
	bool land = f != NULL && strcmp(f->group, GROUP_LAND) == 0 &&
		    strcmp(part->population, "tthc") == 0;
	const struct target *t = catalogue_target(scope->page->ctx->catalogue,
	    land ? "tthc-land" : part->population, day);

	return t == NULL ? 0 : (int)t->percent4;
}

static bool
reached(const struct sum *s, int t4)
{
	return s->satisfied * 1000000 >= (int64_t)t4 * s->valid;
}

static json_t *
share(const struct scope *scope, const struct sum *s, int t4)
{
	char text[NUMBER_TEXT];

	if (s->valid < scope_least(scope))
		return json_null();
	number_share(s->satisfied, s->valid, t4, page_mark(scope->page), text);
	return json_string(text);
}

static json_t *
side(const struct scope *scope, const struct sum *s, int t4)
{
	return json_pack("{s:o, s:s, s:s}", "share", share(scope, s, t4),
	    "valid", scope_few(scope, s->valid), "aside",
	    page_count(scope->page, s->aside));
}

/* The words where the change leads over the target; null where it does not. */
static json_t *
crossing(const struct scope *scope, const struct sum *was, const struct sum *is,
    int t4)
{
	char target[NUMBER_TEXT];

	if (t4 == 0 || was->valid < scope_least(scope) ||
	    is->valid < scope_least(scope) ||
	    reached(was, t4) == reached(is, t4))
		return json_null();
	number_target(t4, page_mark(scope->page), target);
	return json_string(page_fill(scope->page,
	    reached(is, t4) ? "effect.above" : "effect.below", "target",
	    target));
}

static json_t *
row(const struct scope *scope, const struct tallies *t,
    const struct judged_part *part, const char *name, const struct doubt *list,
    size_t count, bool out)
{
	int t4 = target_of(scope, part, list[0].day);
	struct sum was = sum_of(scope, t, part);
	struct sum is = moved(was, list, count, out);

	return json_pack("{s:s, s:o, s:o, s:o}", "name", name, "before",
	    side(scope, &was, t4), "after", side(scope, &is, t4), "crossing",
	    crossing(scope, &was, &is, t4));
}

static bool
one_field(const struct doubt *list, size_t count)
{
	for (size_t i = 1; i < count; i++)
		if (strcmp(list[i].field, list[0].field) != 0)
			return false;
	return list[0].field[0] != '\0';
}

json_t *
effect_document(
    const struct scope *scope, const struct doubt *list, size_t count, bool out)
{
	struct period quarter = period_current_quarter(list[0].day);
	const struct cached_tallies *s = tally_cache_hold(
	    scope->page->ctx, CACHED_SUM, quarter.first, quarter.last);
	struct judged_part part = {.unit = list[0].unit,
	    .population = population_of(scope, list[0].form)};
	json_t *rows = json_array();

	if (s == NULL) {
		json_decref(rows);
		return NULL;
	}
	json_array_append_new(
	    rows, row(scope, &s->tallies, &part,
		      scope_unit_name(scope, list[0].unit), list, count, out));
	if (one_field(list, count)) {
		part.unit = NULL;
		part.field = list[0].field;
		json_array_append_new(
		    rows, row(scope, &s->tallies, &part,
			      scope_field_name(scope, list[0].field), list,
			      count, out));
	}
	tally_cache_release(scope->page->ctx, s);
	return json_pack("{s:s, s:o}", "quarter",
	    words_period(scope->page->arena, scope->page->lang, &quarter),
	    "rows", rows);
}
