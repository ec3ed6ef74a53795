/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * GET and POST /staff/periods/{}: one period. Where it stands, who proposes
 * what, what came after it was frozen, and every revision. A form bears the
 * state and the proposal that its page showed: who decides about another one is
 * told so, and nothing is done.
 */
#include "server/pages/pages.h"

#include <stdlib.h>
#include <string.h>
#include "server/core/catalogue/catalogue.h"
#include "server/core/period/plan.h"
#include "server/core/words.h"
#include "server/pages/page.h"
#include "server/pages/periods/period_units.h"
#include "server/pages/periods/period_view.h"
#include "server/store/people/audit.h"
#include "server/store/period/snapshot.h"
#include "server/store/period/submissions.h"
#include "shared/limits.h"

/* True while units may still explain their figures: until the last of those
 * days, unless all reports there are were accepted. */
static bool
in_window(const struct period_view *v)
{
	bool accepted = v->nreports > 0;

	for (size_t i = 0; i < v->nreports; i++)
		accepted =
		    accepted && v->reports[i].state == SUBMISSION_ACCEPTED;
	return !accepted &&
	       v->today <=
		   plan_explain_until(v->page->ctx->catalogue, &v->row.period);
}

/* What is asked, without what was entered. */
static struct closing_act
act_of(const struct period_view *v, enum closing_deed deed)
{
	const struct page *page = v->page;

	return (struct closing_act){.state = v->row.state,
	    .deed = deed,
	    .office = period_view_office(page),
	    .proposer =
		strcmp(v->row.proposed_by, page->req->caller.login) == 0,
	    .ended = v->row.period.last < v->today,
	    .window = in_window(v),
	    .doubt = *page->ctx->clock_off != 0};
}

/* ----------------------------------------------------------------- the page */

/* The deeds the reader may do now, [{act, words, plain}]; why: of those that
 * only something is in the way of, what that is. */
static json_t *
deeds_document(const struct period_view *v, const char **why)
{
	json_t *list = json_array();

	*why = NULL;
	for (int d = 0; d < CLOSING_DEED_COUNT; d++) {
		struct closing_act act = act_of(v, (enum closing_deed)d);
		enum closing_answer answer;
		enum closing_state next;
		json_t *deed;

		act.reason = true;
		answer = closing_may(&act, &next);
		if (answer == CLOSING_NOT_NOW || answer == CLOSING_NOT_YOURS)
			continue;
		if (answer != CLOSING_MAY) {
			*why = page_text(v->page, closing_answer_keys[answer]);
			continue;
		}
		deed = json_object();
		put_text(deed, "act", closing_deed_words[d]);
		put_text(deed, "words",
		    page_text_of(
			v->page, "period.deed.%s", closing_deed_words[d]));
		put_flag(
		    deed, "plain", d == CLOSING_DECLINE || d == CLOSING_REOPEN);
		json_array_append_new(list, deed);
	}
	return list;
}

static json_t *
form_document(const struct period_view *v, json_t *deeds)
{
	json_t *form =
	    page_form(v->page, period_view_path(v->page, &v->row.period));

	put_text(form, "state", closing_state_words[v->row.state]);
	put_text(form, "proposed",
	    arena_printf(
		v->page->arena, "%lld", (long long)v->row.proposed_at));
	put_text(form, "reason", page_words(v->page, "reason", NULL));
	put_part(form, "deeds", deeds);
	return form;
}

/* The proposal that waits; NULL: none does. */
static json_t *
proposal_document(const struct period_view *v)
{
	json_t *out;

	if (v->row.proposed_by[0] == '\0')
		return NULL;
	out = json_object();
	put_text(out, "person", page_person(v->page, v->row.proposed_by));
	put_text(out, "time", page_time(v->page, v->row.proposed_at));
	put_text(out, "reason", v->row.reason);
	return out;
}

/* Every revision, with what it took up; NULL when the database does not answer.
 */
static json_t *
revisions_document(const struct period_view *v)
{
	const struct page *page = v->page;
	struct snapshot *list;
	json_t *out;
	size_t n;

	if (!store_snapshots(
		page->ctx->db, page->arena, &v->row.period, &list, &n))
		return NULL;
	out = json_array();
	for (size_t i = 0; i < n; i++) {
		const struct snapshot *s = &list[i];
		struct late late = {0};
		json_t *row;

		if (i > 0 && !period_view_late(page, &s->period, list[i - 1].id,
				 s->id, &late)) {
			json_decref(out);
			return NULL;
		}
		row = json_object();
		put_number(row, "revision", s->revision);
		put_text(row, "time", page_time(page, s->at));
		put_text(row, "proposed_by", page_person(page, s->proposed_by));
		put_text(row, "reason", s->reason);
		put_text(
		    row, "confirmed_by", page_person(page, s->confirmed_by));
		put_text(row, "words", s->words);
		put_text(row, "took_up",
		    i == 0 ? NULL : period_view_late_words(page, &late));
		json_array_append_new(out, row);
	}
	return out;
}

/* What came after the closing: {words, changes}; NULL: nothing did. False when
 * the database does not answer. */
static bool
late_document(const struct period_view *v, json_t **out)
{
	struct late late;
	json_t *changes;

	*out = NULL;
	if (v->closed == NULL)
		return true;
	if (!period_view_late(
		v->page, &v->row.period, v->closed->snapshot, 0, &late))
		return false;
	if (!late.any)
		return true;
	*out = json_object();
	put_text(*out, "words", period_view_late_words(v->page, &late));
	changes = period_view_changes(v, v->closed->snapshot, 0);
	put_flag(*out, "any", json_array_size(changes) > 0);
	put_part(*out, "changes", changes);
	return true;
}

static int
show_period(const struct period_view *v, int status, const char *problem)
{
	const struct page *page = v->page;
	const struct catalogue *c = page->ctx->catalogue;
	const struct period *p = &v->row.period;
	json_t *revisions = revisions_document(v), *late, *deeds, *units, *doc;
	const char *why;

	if (revisions == NULL || !late_document(v, &late)) {
		json_decref(revisions);
		return 503;
	}
	deeds = deeds_document(v, &why);
	doc = page_document(page);
	put_text(doc, "heading", period_view_title(page, p));
	put_text(doc, "done", page_done(page, "period.done"));
	put_text(doc, "problem", page_problem(page, problem));
	put_text(doc, "back", page_address(page, "/staff/periods", NULL));
	put_text(doc, "figures",
	    page_address(page, "/staff/", "period", v->name, NULL));
	put_text(doc, "from", words_date(page->arena, p->first));
	put_text(doc, "to", words_date(page->arena, p->last));
	put_text(doc, "cut", period_cut_words[p->cut]);
	put_text(doc, "state", closing_state_words[v->row.state]);
	put_flag(doc, "frozen", v->closed != NULL);
	put_text(doc, "time",
	    v->closed == NULL ? "" : page_time(page, v->closed->at));
	put_text(doc, "revision",
	    v->closed == NULL ? "" : page_count(page, v->closed->revision));
	put_text(doc, "due", words_date(page->arena, plan_due(c, p)));
	put_text(
	    doc, "explain", words_date(page->arena, plan_explain_until(c, p)));
	put_part(doc, "proposal", proposal_document(v));
	put_text(doc, "why", why);
	if (json_array_size(deeds) > 0) {
		put_part(doc, "form", form_document(v, deeds));
	} else {
		json_decref(deeds);
		put_part(doc, "form", NULL);
	}
	units = period_units_document(v);
	put_flag(doc, "any_units", json_array_size(units) > 0);
	put_part(doc, "units", units);
	put_part(doc, "prepare",
	    period_units_lack(v) && period_view_office(page) == OFFICE_DISTRICT
		? page_form(page, period_view_path(page, p))
		: NULL);
	put_part(doc, "late", late);
	put_part(doc, "revisions", revisions);
	return page_show(page, status, "periods/period", doc);
}

int
get_period(struct ctx *ctx, struct request *req, struct response *res)
{
	struct page page = page_of(ctx, req, res);
	struct period_view v;
	int status = period_view_read(&v, &page);

	return status == 200 ? show_period(&v, 200, NULL) : status;
}

/* ------------------------------------------------------------------- acting */

struct period_acting {
	struct period_move move;
	struct deed audit;
};

static bool
write_period(struct db *db, struct tallies *tallies, struct request *req)
{
	struct period_acting *x = req->data;

	(void)tallies;
	return store_period_move(db, &x->move);
}

static int
reply_period(struct ctx *ctx, struct request *req, struct response *res)
{
	struct page page = page_of(ctx, req, res);
	const struct period_acting *x = req->data;
	struct period_view v;
	int status;

	if (!x->move.stale)
		return page_go(
		    &page, page_address(&page, req->path, "done",
			       closing_deed_words[x->move.deed], NULL));
	status = period_view_read(&v, &page);
	return status == 200 ? show_period(&v, 409, "period.no.state") : status;
}

/* True when the period stands as the form's page showed it. */
static bool
as_shown(const struct period_view *v)
{
	enum closing_state shown;

	return closing_state_find(page_field(v->page, "state"), &shown) &&
	       shown == v->row.state &&
	       strtoll(page_field(v->page, "proposed"), NULL, 10) ==
		   v->row.proposed_at;
}

static const char *
period_json(const struct page *page, enum closing_state state, int64_t revision)
{
	return page_json(
	    page, json_pack("{s:s, s:I}", "state", closing_state_words[state],
		      "revision", (json_int_t)revision));
}

/* The step as it will be written; NULL, or the key of what is wrong. */
static const char *
read_period_step(const struct period_view *v, struct period_acting *x)
{
	const struct page *page = v->page;
	struct closing_act act;
	enum closing_answer answer;
	enum closing_deed deed;
	const char *reason = page_entered(page, "reason", LIMIT_NOTE_CHARS);

	if (!closing_deed_find(page_field(page, "act"), &deed))
		return "error.400";
	if (reason == NULL)
		return "case.error.words";
	if (!as_shown(v))
		return "period.no.state";
	act = act_of(v, deed);
	act.reason = reason[0] != '\0';
	answer = closing_may(&act, &x->move.next);
	if (answer != CLOSING_MAY)
		return closing_answer_keys[answer];
	x->audit = page_deed(page,
	    arena_printf(page->arena, "period.%s", closing_deed_words[deed]),
	    "", v->name);
	x->audit.before = period_json(page, v->row.state, v->row.revision);
	x->audit.after = period_json(page, x->move.next,
	    v->row.revision + closing_freezes(v->row.state, deed));
	x->audit.reason = reason;
	x->move.before = v->row;
	x->move.deed = deed;
	x->move.reason = reason;
	x->move.audit = &x->audit;
	return NULL;
}

int
post_period(struct ctx *ctx, struct request *req, struct response *res)
{
	struct page page = page_of(ctx, req, res);
	struct period_acting *x = arena_alloc(page.arena, sizeof(*x));
	struct period_view v;
	const char *wrong;
	int status = period_view_read(&v, &page);

	if (status != 200)
		return status;
	if (strcmp(page_field(&page, "act"), "prepare") == 0)
		return !period_units_lack(&v) ||
			       period_view_office(&page) != OFFICE_DISTRICT
			   ? show_period(&v, 409, "period.no.state")
			   : period_units_prepare(&v);
	wrong = read_period_step(&v, x);
	if (wrong != NULL)
		return show_period(&v,
		    strcmp(wrong, "period.no.state") == 0 ? 409 : 422, wrong);
	return page_write(&page, x, write_period, reply_period);
}
