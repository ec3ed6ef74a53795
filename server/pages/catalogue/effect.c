/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a change of the catalogue does to the quarter that runs: its figures,
 * made twice of the same counts (core/catalogue/catalogue_effect.h), in words.
 */
#include "server/core/score/tally.h"
#include "server/pages/catalogue/index.h"

#include <string.h>
#include "server/core/catalogue/catalogue_effect.h"
#include "server/core/score/period.h"
#include "server/core/words.h"
#include "server/store/catalogue_write.h"
#include "server/store/dossiers.h"
#include "server/store/tallies.h"
#include "shared/civil.h"

static const char *
effect_name(
    struct admin *a, const struct folder *next, const struct effect_row *row)
{
	struct admin words = *a;
	const char *name = row->name;

	words.folder = *next;
	if (row->by == BY_POPULATION)
		return admin_text(
		    a, arena_printf(a->arena, "population.%s", name));
	if (row->by == BY_UNIT)
		name = admin_cell(&words, SHEET_UNITS, UNIT_PARENT, name);
	else if (name[0] == '\0')
		return admin_text(a, "field.unknown");
	else
		name = admin_name(&words, SHEET_FIELDS,
		    folder_row(next, SHEET_FIELDS, name), name);
	return row->below ? admin_fill(a, "admin.effect.below", "name", name)
			  : name;
}

/* Answers in a part of the whole: not told apart where there are too few. */
static const char *
few(struct admin *a, int64_t n)
{
	int64_t least =
	    catalogue_setting(a->ctx->catalogue, SETTING_CELL_LEAST);

	if (n == 0 || n >= least)
		return admin_count(a, n);
	return admin_fill(a, "count.few", "least", admin_count(a, least));
}

/* A side of a figure: its target, verdict, answers. */
static json_t *
side(struct admin *a, const struct score *row)
{
	const char *target;

	if (row == NULL)
		return json_null();
	target = admin_cell(a, SHEET_TARGETS, TARGET_PERCENT,
	    percent4_text(a->arena, row->percent4));
	return json_pack("{s:s, s:s, s:s}", "target", target, "verdict",
	    admin_text(a, arena_printf(a->arena, "verdict.word.%s",
			      verdict_name(row->judgement.verdict))),
	    "answers", few(a, row->judgement.valid));
}

/* Is the verdict another one? */
static bool
turns(const struct effect_row *row)
{
	return row->before == NULL || row->after == NULL ||
	       row->before->judgement.verdict != row->after->judgement.verdict;
}

/* First what gets another verdict. */
static json_t *
effect_rows(
    struct admin *a, const struct folder *next, const struct effect *effect)
{
	json_t *rows = json_array();

	for (int turned = 1; turned >= 0; turned--)
		for (size_t i = 0; i < effect->count; i++) {
			const struct effect_row *row = &effect->list[i];

			if (turns(row) != (turned == 1))
				continue;
			json_array_append_new(
			    rows, json_pack("{s:s, s:b, s:o, s:o}", "name",
				      effect_name(a, next, row), "turns",
				      turned, "before", side(a, row->before),
				      "after", side(a, row->after)));
		}
	return rows;
}

/* A catalogue for a while; forget it with forget. */
static bool
imagine(const struct folder *f, struct catalogue *out)
{
	char error[200];

	memset(out, 0, sizeof(*out));
	arena_init(&out->arena);
	return folder_catalogue(f, out, error, sizeof(error));
}

static void
forget(struct catalogue *c)
{
	for (size_t i = 0; i < c->nforms; i++)
		json_decref(c->forms[i].document);
	arena_finish(&c->arena);
}

json_t *
admin_effect(struct admin *a, const struct revision *r)
{
	struct period quarter =
	    period_current_quarter(civil_local_day(a->req->now));
	struct catalogue former, next;
	struct dossier_counts dossiers;
	struct effect effect;
	struct tallies tallies;
	json_t *doc = NULL;
	bool imagined = imagine(&r->former, &former);

	imagined = imagine(&r->next, &next) && imagined;
	tallies_init(&tallies);
	if (imagined &&
	    store_tallies_sum(
		a->ctx->db, quarter.first, quarter.last, false, &tallies) &&
	    store_dossier_counts(a->ctx->db, a->arena, quarter.first,
		quarter.last, false, &dossiers)) {
		catalogue_effect(a->arena, &former, &next, &tallies, &dossiers,
		    quarter.first, quarter.last, &effect);
		doc = json_pack("{s:s, s:s, s:b, s:o}", "period",
		    words_period(a->arena, a->lang, &quarter), "answers",
		    admin_count(a, effect.answers), "some", effect.count > 0,
		    "rows", effect_rows(a, &r->next, &effect));
	}
	tallies_finish(&tallies);
	forget(&next);
	forget(&former);
	return doc;
}
