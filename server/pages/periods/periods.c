/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * GET and POST /staff/periods: every period of the plan, where it stands, and
 * the plan's dates; below it the days off that working days go by, which
 * administrators of the district enter.
 */
#include "server/pages/pages.h"

#include <stdlib.h>
#include <string.h>
#include "server/core/catalogue/catalogue.h"
#include "server/core/period/plan.h"
#include "server/core/words.h"
#include "server/pages/page.h"
#include "server/pages/periods/period_view.h"
#include "server/store/people/audit.h"
#include "server/store/tallies.h"
#include "shared/civil.h"
#include "shared/limits.h"

#define PERIODS_PATH "/staff/periods"
#define PERIODS_MOST 60  /* that are shown */
#define DAYS_BACK    400 /* older days off are not shown */

/* ---------------------------------------------------------------- the list */

static const struct period_row *
row_of(const struct period_row *rows, size_t count, const struct period *p)
{
	for (size_t i = 0; i < count; i++)
		if (period_same(&rows[i].period, p))
			return &rows[i];
	return NULL;
}

static json_t *
period_line(const struct page *page, const struct period *asked,
    const struct period_row *row, int32_t today)
{
	const struct catalogue *c = page->ctx->catalogue;
	enum closing_state state = row == NULL ? CLOSING_OPEN : row->state;
	struct period p = *asked;
	json_t *line = json_object();

	closed_period_of(c, &p);
	put_text(line, "href", period_view_path(page, &p));
	put_text(line, "title", period_view_title(page, &p));
	put_text(line, "from", words_date(page->arena, p.first));
	put_text(line, "to", words_date(page->arena, p.last));
	put_flag(line, "running", p.last >= today);
	put_text(line, "state", closing_state_words[state]);
	put_flag(line, "waits",
	    state == CLOSING_PROPOSED || state == CLOSING_REOPENING ||
		state == CLOSING_REVISING);
	put_text(line, "due", words_date(page->arena, plan_due(c, &p)));
	put_text(line, "explain",
	    words_date(page->arena, plan_explain_until(c, &p)));
	return line;
}

/* The plan's periods, and those of other kinds that something was done about;
 * NULL when the database does not answer. */
static json_t *
period_lines(const struct page *page, int32_t today)
{
	struct period_row *rows;
	size_t count, nplan;
	struct period *plan;
	int64_t month;
	json_t *list;

	if (!store_periods(page->ctx->db, page->arena, &rows, &count))
		return NULL;
	list = json_array();
	if (!store_tallies_begin(page->ctx->db, &month))
		month = period_month(today);
	plan_periods(page->ctx->catalogue, period_month_first(month), today,
	    page->arena, &plan, &nplan);
	for (size_t i = 0; i < nplan && i < PERIODS_MOST; i++)
		json_array_append_new(
		    list, period_line(page, &plan[i],
			      row_of(rows, count, &plan[i]), today));
	for (size_t i = 0; i < count; i++) {
		bool planned = false;

		for (size_t j = 0; j < nplan; j++)
			planned |= period_same(&plan[j], &rows[i].period);
		if (!planned)
			json_array_append_new(
			    list, period_line(
				      page, &rows[i].period, &rows[i], today));
	}
	return list;
}

/* ------------------------------------------------------------- the days off */

static bool
may_enter_days(const struct page *page)
{
	return page->req->caller.unit == NULL && page_may(page, WHO_ADMIN);
}

static json_t *
days_document(const struct page *page, int32_t today)
{
	const struct catalogue *c = page->ctx->catalogue;
	json_t *list = json_array();

	for (size_t i = 0; i < c->ndays_off; i++) {
		const struct day_off *d = &c->days_off[i];
		json_t *row;

		if (d->day < today - DAYS_BACK)
			continue;
		row = json_object();
		put_text(row, "day", words_date(page->arena, d->day));
		put_text(row, "iso", page_iso_day(page, d->day));
		put_text(row, "name", d->name);
		put_flag(row, "off", d->off);
		json_array_append_new(list, row);
	}
	return list;
}

static int
show_periods(const struct page *page, int status, const char *problem)
{
	int32_t today = civil_local_day(page->req->now);
	json_t *lines = period_lines(page, today), *doc, *form = NULL;

	if (lines == NULL)
		return 503;
	if (may_enter_days(page)) {
		form = page_form(page, page_address(page, PERIODS_PATH, NULL));
		put_text(form, "day", page_field(page, "day"));
		put_text(form, "name", page_words(page, "name", NULL));
	}
	doc = page_document(page);
	put_text(doc, "heading", page_text(page, "periods.title"));
	put_text(doc, "done", page_done(page, "periods.done"));
	put_text(doc, "problem", page_problem(page, problem));
	put_part(doc, "periods", lines);
	put_part(doc, "days", days_document(page, today));
	put_part(doc, "form", form);
	return page_show(page, status, "periods/periods", doc);
}

int
get_periods(struct ctx *ctx, struct request *req, struct response *res)
{
	struct page page = page_of(ctx, req, res);

	return show_periods(&page, 200, NULL);
}

struct day_change {
	struct day_off day;
	bool remove;
	struct deed deed;
};

static bool
write_day(struct db *db, struct tallies *tallies, struct request *req)
{
	const struct day_change *x = req->data;

	(void)tallies;
	return (x->remove ? store_day_off_remove(db, x->day.day)
			  : store_day_off_put(db, &x->day)) &&
	       store_audit(db, &x->deed);
}

static int
reply_day(struct ctx *ctx, struct request *req, struct response *res)
{
	struct page page = page_of(ctx, req, res);

	return page_go(
	    &page, page_address(&page, PERIODS_PATH, "done", "day", NULL));
}

int
post_periods(struct ctx *ctx, struct request *req, struct response *res)
{
	struct page page = page_of(ctx, req, res);
	struct day_change *x = arena_alloc(page.arena, sizeof(*x));
	const char *what = page_field(&page, "act");
	const char *name = page_entered(&page, "name", LIMIT_DEVICE_NAME);

	if (!may_enter_days(&page))
		return 403;
	if (!civil_parse_date(page_field(&page, "day"), &x->day.day))
		return show_periods(&page, 422, "periods.wrong.day");
	if (name == NULL)
		return show_periods(&page, 422, "periods.wrong.name");
	x->remove = strcmp(what, "remove") == 0;
	x->day.off = strcmp(what, "worked") != 0;
	x->day.name = name;
	x->deed = page_deed(&page, x->remove ? "day.remove" : "day.put", "",
	    page_iso_day(&page, x->day.day));
	x->deed.after = x->remove
			    ? NULL
			    : page_json(&page, json_pack("{s:b, s:s}", "off",
						   x->day.off, "name", name));
	return page_write(&page, x, write_day, reply_day);
}
