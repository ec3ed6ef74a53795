/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The units' reports of a period on one list, and their preparation by hand:
 * for periods that ended before the collector knew of reports. */
#include "server/pages/periods/period_units.h"

#include <string.h>
#include "server/core/catalogue/catalogue.h"
#include "server/core/period/plan.h"
#include "server/core/words.h"
#include "server/pages/page.h"
#include "server/store/people/audit.h"
#include "server/store/period/submissions.h"
#include "shared/civil.h"

static json_t *
unit_line(const struct period_view *v, const struct submission *s)
{
	const struct page *page = v->page;
	int32_t by =
	    s->submitted_at == 0 ? 0 : civil_local_day(s->submitted_at);
	json_t *row = json_object();

	put_text(row, "name", page_unit_name(page, s->unit));
	put_text(row, "href",
	    page_address(page,
		arena_printf(
		    page->arena, "/staff/periods/%s/%s", v->name, s->unit),
		NULL));
	put_text(row, "state", submission_state_words[s->state]);
	put_flag(row, "late", submission_late(s->state, by, s->due, v->today));
	put_text(row, "due", words_date(page->arena, s->due));
	put_text(row, "submitted",
	    s->submitted_at == 0 ? NULL : page_day(page, s->submitted_at));
	return row;
}

json_t *
period_units_document(const struct period_view *v)
{
	json_t *list = json_array();

	for (size_t i = 0; i < v->nreports; i++)
		if (page_may_see(v->page, v->reports[i].unit))
			json_array_append_new(
			    list, unit_line(v, &v->reports[i]));
	return list;
}

bool
period_units_lack(const struct period_view *v)
{
	return v->nreports == 0 && v->row.period.last < v->today &&
	       v->closed == NULL &&
	       plan_has(v->page->ctx->catalogue, &v->row.period);
}

struct preparation {
	struct period period;
	int32_t due;
	const char **units;
	size_t n;
	struct deed deed;
};

static bool
write_preparation(struct db *db, struct tallies *tallies, struct request *req)
{
	const struct preparation *x = req->data;
	int64_t made;

	(void)tallies;
	return store_submissions_prepare(
	    db, &x->period, x->due, x->units, x->n, &x->deed, &made);
}

static int
reply_preparation(struct ctx *ctx, struct request *req, struct response *res)
{
	struct page page = page_of(ctx, req, res);

	return page_go(
	    &page, page_address(&page, req->path, "done", "prepare", NULL));
}

int
period_units_prepare(const struct period_view *v)
{
	const struct page *page = v->page;
	const struct catalogue *c = page->ctx->catalogue;
	struct preparation *x = arena_alloc(page->arena, sizeof(*x));
	const struct unit **units;

	x->period = v->row.period;
	x->due = plan_due(c, &x->period);
	plan_units(c, &x->period, page->arena, &units, &x->n);
	x->units = arena_alloc(page->arena, (x->n + 1) * sizeof(*x->units));
	for (size_t i = 0; i < x->n; i++)
		x->units[i] = units[i]->code;
	x->deed = page_deed(page, "period.prepare", "", v->name);
	return page_write(page, x, write_preparation, reply_preparation);
}
