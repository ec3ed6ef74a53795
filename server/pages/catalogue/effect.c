/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The quarter's figures, made twice of the same counts
 * (core/catalogue/catalogue_effect.h), in words. */
#include "server/pages/catalogue/effect.h"

#include <string.h>
#include "server/core/catalogue/catalogue_effect.h"
#include "server/core/score/period.h"
#include "server/core/score/tally.h"
#include "server/core/words.h"
#include "server/pages/catalogue/catalogue_page.h"
#include "server/pages/catalogue/words.h"
#include "server/pages/page.h"
#include "server/store/catalogue/catalogue_write.h"
#include "server/store/dossier/dossiers.h"
#include "server/store/tallies.h"
#include "shared/civil.h"

/* What a figure is about; c: the catalogue as it will be. */
static const char *
effect_name(const struct catalogue_page *c, const struct effect_row *row)
{
	const char *name = row->name;

	if (row->by == BY_POPULATION)
		return page_text_of(c->page, "population.%s", name);
	if (row->by == BY_UNIT)
		name = catalogue_words_cell(c, SHEET_UNITS, UNIT_PARENT, name);
	else if (name[0] == '\0')
		return page_text(c->page, "field.unknown");
	else
		name = catalogue_words_row(c, SHEET_FIELDS,
		    folder_row(&c->folder, SHEET_FIELDS, name), name);
	return row->below
		   ? page_fill(c->page, "admin.effect.below", "name", name)
		   : name;
}

/* A side of a figure: its target, verdict, answers; NULL: there is none. */
static json_t *
figure_side(const struct catalogue_page *c, const struct score *row)
{
	const struct page *page = c->page;
	json_t *side;

	if (row == NULL)
		return NULL;
	side = json_object();
	put_text(side, "target",
	    catalogue_words_cell(c, SHEET_TARGETS, TARGET_PERCENT,
		percent4_text(page->arena, row->percent4)));
	put_text(side, "verdict",
	    page_text_of(
		page, "verdict.word.%s", verdict_name(row->judgement.verdict)));
	put_text(side, "answers", page_few(page, row->judgement.valid));
	return side;
}

static bool
verdict_turns(const struct effect_row *row)
{
	return row->before == NULL || row->after == NULL ||
	       row->before->judgement.verdict != row->after->judgement.verdict;
}

/* First what gets another verdict. */
static json_t *
effect_rows(const struct catalogue_page *c, const struct effect *effect)
{
	json_t *rows = json_array();

	for (int turned = 1; turned >= 0; turned--)
		for (size_t i = 0; i < effect->count; i++) {
			const struct effect_row *one = &effect->list[i];
			json_t *row;

			if (verdict_turns(one) != (turned == 1))
				continue;
			row = json_object();
			put_text(row, "name", effect_name(c, one));
			put_flag(row, "turns", turned == 1);
			put_part(row, "before", figure_side(c, one->before));
			put_part(row, "after", figure_side(c, one->after));
			json_array_append_new(rows, row);
		}
	return rows;
}

/* Makes a catalogue that lasts for a while; forget_catalogue frees it. */
static bool
imagine_catalogue(const struct folder *f, struct catalogue *out)
{
	char error[200];

	memset(out, 0, sizeof(*out));
	arena_init(&out->arena);
	return folder_catalogue(f, out, error, sizeof(error));
}

static void
forget_catalogue(struct catalogue *c)
{
	for (size_t i = 0; i < c->nforms; i++)
		json_decref(c->forms[i].document);
	arena_finish(&c->arena);
}

json_t *
catalogue_effect_document(
    const struct catalogue_page *c, const struct revision *r)
{
	const struct page *page = c->page;
	const struct catalogue_page words = {page, r->next};
	struct period quarter =
	    period_current_quarter(civil_local_day(page->req->now),
		catalogue_cut(page->ctx->catalogue));
	struct catalogue former, next;
	struct dossier_counts dossiers;
	struct effect effect;
	struct tallies tallies;
	json_t *doc = NULL;
	bool imagined = imagine_catalogue(&r->former, &former);

	imagined = imagine_catalogue(&r->next, &next) && imagined;
	tallies_init(&tallies);
	if (imagined &&
	    store_tallies_sum(
		page->ctx->db, quarter.first, quarter.last, false, &tallies) &&
	    store_dossier_counts(page->ctx->db, page->arena, quarter.first,
		quarter.last, false, &dossiers)) {
		catalogue_effect(page->arena, &former, &next, &tallies,
		    &dossiers, quarter.first, quarter.last, &effect);
		doc = json_object();
		put_text(doc, "period",
		    words_period(page->arena, page->lang, &quarter));
		put_text(doc, "answers", page_count(page, effect.answers));
		put_flag(doc, "some", effect.count > 0);
		put_part(doc, "rows", effect_rows(&words, &effect));
	}
	tallies_finish(&tallies);
	forget_catalogue(&next);
	forget_catalogue(&former);
	return doc;
}
