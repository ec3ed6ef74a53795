/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Differences are made of the same rows as every other figure, once over each
 * state of the counts. A difference of a few answers tells what these few said:
 * where it is under the smallest group only that something came is shown, not
 * how many nor what the share became.
 */
#include "server/pages/periods/period_view.h"

#include <stdlib.h>
#include <string.h>
#include "server/core/catalogue/catalogue.h"
#include "server/core/dossier/dossier_count.h"
#include "server/core/score/score.h"
#include "server/core/score/tally.h"
#include "server/core/words.h"
#include "server/pages/page.h"
#include "server/store/period/snapshot.h"
#include "server/store/period/submissions.h"
#include "server/view/number.h"
#include "shared/civil.h"

enum office
period_view_office(const struct page *page)
{
	const struct caller *c = &page->req->caller;

	switch (c->who) {
	case WHO_MANAGER:
		return c->unit == NULL ? OFFICE_DISTRICT : OFFICE_UNIT;
	case WHO_AUDITOR:
		return c->unit == NULL ? OFFICE_AUDITOR : OFFICE_READER;
	case WHO_CASEWORKER:
		return OFFICE_CASEWORKER;
	case WHO_ADMIN:
		return OFFICE_ADMIN;
	default:
		return OFFICE_READER;
	}
}

int
period_view_read(struct period_view *v, const struct page *page)
{
	const struct catalogue *c = page->ctx->catalogue;
	char name[PERIOD_TEXT];
	struct period p;

	*v = (struct period_view){
	    .page = page, .today = civil_local_day(page->req->now)};
	if (!closed_period_parse(c, page->req->part[0], &p, &v->closed) ||
	    p.kind == PERIOD_RANGE || p.first > v->today)
		return 404;
	if (store_period(page->ctx->db, page->arena, &p, &v->row) ==
		STEP_FAIL ||
	    !store_submissions(
		page->ctx->db, page->arena, &p, &v->reports, &v->nreports))
		return 503;
	/* until it is frozen its days are those of the house's setting */
	if (!closing_frozen(v->row.state) && v->row.state == CLOSING_OPEN)
		v->row.period = p;
	period_name(&p, name);
	v->name = arena_strdup(page->arena, name);
	return 200;
}

const char *
period_view_path(const struct page *page, const struct period *p)
{
	char name[PERIOD_TEXT];

	period_name(p, name);
	return page_address(
	    page, arena_printf(page->arena, "/staff/periods/%s", name), NULL);
}

const char *
period_view_title(const struct page *page, const struct period *p)
{
	return words_period(page->arena, page->lang, p);
}

/* -------------------------------------------------------------- differences */

struct counts {
	struct tallies tallies;
	struct dossier_counts dossiers;
};

/* Freed with tallies_finish, also when it is false. */
static bool
read_counts(const struct page *page, const struct period *p, int64_t snapshot,
    struct counts *out)
{
	const struct closed_period closed = {
	    .period = *p, .snapshot = snapshot};

	tallies_init(&out->tallies);
	return store_period_counts(page->ctx->db, page->arena, p,
	    snapshot == 0 ? NULL : &closed, false, &out->tallies,
	    &out->dossiers);
}

bool
period_view_late(const struct page *page, const struct period *p, int64_t then,
    int64_t now, struct late *out)
{
	struct counts before, after;
	bool ok = read_counts(page, p, then, &before);

	ok = read_counts(page, p, now, &after) && ok;
	*out = (struct late){0};
	if (ok)
		late_between(&before.tallies, &after.tallies, &before.dossiers,
		    &after.dossiers, out);
	tallies_finish(&before.tallies);
	tallies_finish(&after.tallies);
	return ok;
}

/* "12 phiếu" of a part of the difference, "" for none. */
static const char *
late_part(const struct page *page, const char *key, int64_t n)
{
	const char *way = n > 0 ? "more" : "less";

	if (n == 0)
		return "";
	key = arena_printf(page->arena, "period.late.%s.%s", key, way);
	return page_fill(page, key, "n", page_few(page, llabs(n)));
}

const char *
period_view_late_words(const struct page *page, const struct late *late)
{
	const char *parts[] = {late_part(page, "answers", late->answers),
	    late_part(page, "aside", late->aside),
	    late_part(page, "dossiers", late->dossiers)};
	const char *words = "";

	if (!late->any)
		return NULL;
	for (size_t i = 0; i < sizeof(parts) / sizeof(*parts); i++)
		if (parts[i][0] != '\0')
			words = arena_printf(page->arena, "%s%s%s", words,
			    words[0] == '\0' ? "" : ", ", parts[i]);
	return words[0] == '\0' ? page_text(page, "period.late.other") : words;
}

/* ------------------------------------------------------------------- table */

static bool
same_row(const struct score *a, const struct score *b)
{
	return memcmp(a->values, b->values, sizeof(a->values)) == 0 &&
	       a->aside == b->aside &&
	       memcmp(a->dossiers, b->dossiers, sizeof(a->dossiers)) == 0;
}

/* {valid, share, verdict}; hidden: the share would tell of a few answers. */
static json_t *
state_document(const struct page *page, const struct score *row, bool hidden)
{
	const struct judgement *j = &row->judgement;
	char share[NUMBER_TEXT] = "";
	json_t *out = json_object();

	if (!hidden && j->valid > 0)
		number_share(j->satisfied, j->valid, (int)row->percent4,
		    page_mark(page), share);
	put_text(out, "valid", hidden ? "–" : page_few(page, j->valid));
	put_text(out, "share",
	    share[0] == '\0' ? "–" : arena_printf(page->arena, "%s%%", share));
	put_text(out, "verdict", verdict_name(j->verdict));
	return out;
}

static void
add_change(const struct page *page, json_t *list, const char *name,
    const struct score *a, const struct score *b)
{
	int64_t least =
	    catalogue_setting(page->ctx->catalogue, SETTING_CELL_LEAST);
	int64_t moved = llabs(b->judgement.valid - a->judgement.valid);
	bool few = a->judgement.valid > 0 && a->judgement.valid < least;
	json_t *row;

	if (same_row(a, b))
		return;
	row = json_object();
	put_text(row, "name", name);
	put_part(row, "then", state_document(page, a, few));
	put_part(row, "now", state_document(page, b, few || moved < least));
	json_array_append_new(list, row);
}

static void
add_changes(const struct period_view *v, json_t *list, enum score_by by,
    const struct counts *then, const struct counts *now)
{
	const struct page *page = v->page;
	const struct catalogue *c = page->ctx->catalogue;
	const struct period *p = &v->row.period;
	struct score_query q = {.by = by,
	    .within = page->req->caller.unit,
	    .first = p->first,
	    .last = p->last,
	    .ended = true,
	    .final = true};
	struct score_rows before, after;

	scores_make(
	    &then->tallies, &then->dossiers, c, &q, page->arena, &before);
	scores_make(&now->tallies, &now->dossiers, c, &q, page->arena, &after);
	for (size_t i = 0; i < before.count && i < after.count; i++)
		add_change(page, list,
		    by == BY_UNIT ? page_unit_name(page, before.rows[i].unit)
				  : page_text_of(page, "population.%s",
					before.rows[i].population),
		    &before.rows[i], &after.rows[i]);
}

json_t *
period_view_changes(const struct period_view *v, int64_t then, int64_t now)
{
	struct counts before, after;
	json_t *list = NULL;
	bool ok = read_counts(v->page, &v->row.period, then, &before);

	ok = read_counts(v->page, &v->row.period, now, &after) && ok;
	if (ok) {
		list = json_array();
		add_changes(v, list, BY_POPULATION, &before, &after);
		add_changes(v, list, BY_UNIT, &before, &after);
	}
	tallies_finish(&before.tallies);
	tallies_finish(&after.tallies);
	return list;
}
