/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * GET /staff/periods/{}/{}: a unit's report: its figures, what it explains,
 * what it does about each target it missed, what became of what it promised
 * before, and the late dossiers with the apologies sent. The figures are those
 * of the period, frozen or not; nothing of them can be written here.
 */
#include "server/pages/periods/unit_report.h"

#include <string.h>
#include "server/core/catalogue/catalogue.h"
#include "server/core/dossier/dossier_count.h"
#include "server/core/period/plan.h"
#include "server/core/score/tally.h"
#include "server/core/words.h"
#include "server/pages/page.h"
#include "server/pages/pages.h"
#include "server/store/period/snapshot.h"
#include "server/view/number.h"
#include "shared/civil.h"

/* ------------------------------------------------------------------ reading */

/* The catalogue whose names and targets the figures go by; NULL: it cannot be
 * read. */
static const struct catalogue *
catalogue_of_period(const struct period_view *v)
{
	struct request *req = v->page->req;

	if (v->closed == NULL)
		return v->page->ctx->catalogue;
	if (req->frozen == NULL)
		req->frozen = store_snapshot_catalogue(v->page->ctx->db,
		    v->closed->snapshot, v->page->ctx->catalogue);
	return req->frozen;
}

static bool
make_figures(struct unit_report *r, const struct catalogue *c)
{
	const struct page *page = r->v.page;
	const struct period *p = &r->v.row.period;
	struct score_query q = {.by = BY_POPULATION,
	    .unit = r->unit->code,
	    .alone = true,
	    .first = p->first,
	    .last = p->last,
	    .ended = p->last < r->v.today,
	    .final = r->v.closed != NULL};
	struct dossier_counts dossiers;
	struct tallies tallies;
	bool ok;

	tallies_init(&tallies);
	ok = store_period_counts(page->ctx->db, page->arena, p, r->v.closed,
	    false, &tallies, &dossiers);
	if (ok) {
		scores_make(
		    &tallies, &dossiers, c, &q, page->arena, &r->populations);
		q.by = BY_FIELD;
		scores_make(
		    &tallies, &dossiers, c, &q, page->arena, &r->fields);
	}
	tallies_finish(&tallies);
	return ok;
}

static void
add_missed(struct unit_report *r, const struct score *row, const char *field)
{
	int64_t least =
	    catalogue_setting(r->v.page->ctx->catalogue, SETTING_CELL_LEAST);
	struct missed *m;

	if (row->judgement.verdict != VERDICT_NOT_MET ||
	    row->judgement.valid < least)
		return;
	m = arena_append(r->v.page->arena, &r->missed, &r->nmissed, sizeof(*m));
	*m = (struct missed){
	    .row = row, .population = row->population, .field = field};
	for (size_t i = 0; i < r->nmeasures; i++)
		if (strcmp(r->measures[i].period, r->v.name) == 0 &&
		    strcmp(r->measures[i].population, m->population) == 0 &&
		    strcmp(r->measures[i].field, field) == 0)
			m->measure = &r->measures[i];
}

int
unit_report_read(struct unit_report *r, const struct page *page)
{
	const struct catalogue *c;
	struct db *db = page->ctx->db;
	enum step step;
	int status;

	memset(r, 0, sizeof(*r));
	status = period_view_read(&r->v, page);
	if (status != 200)
		return status;
	c = catalogue_of_period(&r->v);
	if (c == NULL)
		return 503;
	r->unit = catalogue_unit(c, page->req->part[1]);
	if (r->unit == NULL || !page_may_see(page, page->req->part[1]))
		return 404;
	step = store_submission(
	    db, page->arena, &r->v.row.period, r->unit->code, &r->s);
	if (step == STEP_FAIL)
		return 503;
	if (step == STEP_DONE) /* made when it is written */
		r->s = (struct submission){.period = r->v.name,
		    .unit = r->unit->code,
		    .due = plan_due(page->ctx->catalogue, &r->v.row.period),
		    .words = "",
		    .apologies = APOLOGIES_UNSAID,
		    .changed_by = "",
		    .submitted_by = "",
		    .decided_by = "",
		    .reason = ""};
	if (!make_figures(r, c) ||
	    !store_measures(
		db, page->arena, r->unit->code, &r->measures, &r->nmeasures))
		return 503;
	for (size_t i = 0; i < r->populations.count; i++)
		add_missed(r, &r->populations.rows[i], "");
	for (size_t i = 0; i < r->fields.count; i++)
		if (r->fields.rows[i].field[0] != '\0')
			add_missed(
			    r, &r->fields.rows[i], r->fields.rows[i].field);
	if (r->populations.count > 0)
		r->late = r->populations.rows[0].dossiers[DOSSIERS_LATE];
	return 200;
}

struct submission_act
unit_report_act(const struct unit_report *r, enum submission_deed deed)
{
	const struct page *page = r->v.page;
	struct submission_act act = {.state = r->s.state,
	    .deed = deed,
	    .office = period_view_office(page),
	    .sees = true,
	    .sender = strcmp(r->s.submitted_by, page->req->caller.login) == 0,
	    .closed = r->v.closed != NULL,
	    .missed = r->nmissed > 0,
	    .words = r->s.words[0] != '\0',
	    .measures = true};

	for (size_t i = 0; i < r->nmissed; i++)
		act.measures = act.measures && r->missed[i].measure != NULL;
	return act;
}

const char *
unit_report_name(
    const struct page *page, const char *what, const struct missed *m)
{
	return arena_printf(
	    page->arena, "%s.%s.%s", what, m->population, m->field);
}

/* ----------------------------------------------------------------- the page */

/* A field of the form, where one was sent; else what stands. */
static const char *
sent_or(const struct page *page, const char *name, const char *stands)
{
	const char *sent = pairs_get(&page->req->form, name);

	return sent == NULL ? stands : page_words(page, name, NULL);
}

/* field NULL: of a population; "": of answers without one. */
static const char *
row_title(
    const struct unit_report *r, const char *population, const char *field)
{
	const struct page *page = r->v.page;
	const struct field *f;

	if (field == NULL)
		return page_text_of(page, "population.%s", population);
	f = catalogue_field(catalogue_of_period(&r->v), field);
	return f == NULL ? page_text(page, "field.unknown")
			 : words_field(page->lang, f);
}

/* "91,2%" of a number of number.h. */
static const char *
percent_words(const struct page *page, const char *number)
{
	return arena_printf(page->arena, "%s%%", number);
}

/* Adds {name, valid, share, target, verdict, missed: bool}; nothing of a row
 * with fewer answers than may be shown apart. */
static void
add_figure(const struct unit_report *r, const struct score *row,
    const char *field, json_t *list)
{
	const struct page *page = r->v.page;
	const struct judgement *j = &row->judgement;
	char share[NUMBER_TEXT], target[NUMBER_TEXT];
	json_t *out;

	if (j->valid <
	    catalogue_setting(page->ctx->catalogue, SETTING_CELL_LEAST))
		return;
	number_share(
	    j->satisfied, j->valid, (int)row->percent4, page_mark(page), share);
	out = json_object();
	put_text(out, "name", row_title(r, row->population, field));
	put_text(out, "valid", page_count(page, j->valid));
	put_text(out, "share", percent_words(page, share));
	number_target((int)row->percent4, page_mark(page), target);
	put_text(out, "target", percent_words(page, target));
	put_text(out, "verdict", verdict_name(j->verdict));
	put_flag(out, "missed", j->verdict == VERDICT_NOT_MET);
	json_array_append_new(list, out);
}

static json_t *
figures_document(const struct unit_report *r)
{
	json_t *list = json_array();

	for (size_t i = 0; i < r->populations.count; i++)
		add_figure(r, &r->populations.rows[i], NULL, list);
	for (size_t i = 0; i < r->fields.count; i++)
		add_figure(
		    r, &r->fields.rows[i], r->fields.rows[i].field, list);
	return list;
}

/* "open", or "overdue" where its day has passed. */
static const char *
measure_state(const struct unit_report *r, const struct measure *m)
{
	return strcmp(m->state, "open") == 0 && m->due < r->v.today ? "overdue"
								    : m->state;
}

/* Each missed target with what is promised; form: as fields. */
static json_t *
missed_document(const struct unit_report *r)
{
	const struct page *page = r->v.page;
	json_t *list = json_array();

	for (size_t i = 0; i < r->nmissed; i++) {
		const struct missed *m = &r->missed[i];
		const struct measure *k = m->measure;
		const char *words = unit_report_name(page, "words", m);
		const char *person = unit_report_name(page, "person", m);
		const char *due = unit_report_name(page, "due", m);
		json_t *row = json_object();

		put_text(row, "title",
		    row_title(r, m->population,
			m->field[0] == '\0' ? NULL : m->field));
		put_text(row, "words_name", words);
		put_text(row, "person_name", person);
		put_text(row, "due_name", due);
		put_text(row, "words",
		    sent_or(page, words, k == NULL ? "" : k->words));
		put_text(row, "person",
		    sent_or(page, person, k == NULL ? "" : k->person));
		put_text(row, "due",
		    sent_or(page, due,
			k == NULL ? "" : page_iso_day(page, k->due)));
		put_text(row, "until",
		    k == NULL ? "" : words_date(page->arena, k->due));
		put_text(
		    row, "state", k == NULL ? "missing" : measure_state(r, k));
		json_array_append_new(list, row);
	}
	return list;
}

/* What was promised before, and how it stands. */
static json_t *
former_document(const struct unit_report *r)
{
	static const char *const states[] = {"open", "done", "dropped"};
	const struct page *page = r->v.page;
	json_t *list = json_array();

	for (size_t i = 0; i < r->nmeasures; i++) {
		const struct measure *m = &r->measures[i];
		const char *id = page_id(page, &m->id);
		const char *state, *result;
		json_t *row, *options;

		if (strcmp(m->period, r->v.name) == 0 ||
		    (strcmp(m->state, "open") != 0 &&
			civil_local_day(m->at) < r->v.row.period.first))
			continue;
		state = arena_printf(page->arena, "state.%s", id);
		result = arena_printf(page->arena, "result.%s", id);
		row = json_object();
		options = json_array();
		for (size_t k = 0; k < 3; k++)
			page_option(options, states[k],
			    page_text_of(page, "measure.state.%s", states[k]),
			    strcmp(sent_or(page, state, m->state), states[k]) ==
				0);
		put_text(row, "period", m->period);
		put_text(row, "words", m->words);
		put_text(row, "person", m->person);
		put_text(row, "until", words_date(page->arena, m->due));
		put_text(row, "state", measure_state(r, m));
		put_text(row, "state_name", state);
		put_text(row, "result_name", result);
		put_part(row, "options", options);
		put_text(row, "result", sent_or(page, result, m->result));
		json_array_append_new(list, row);
	}
	return list;
}

/* The buttons there are now; why: what stands in the way of one. */
static json_t *
buttons_document(const struct unit_report *r, bool *writes, bool *decides)
{
	json_t *list = json_array();

	*writes = *decides = false;
	for (int d = 0; d < SUBMISSION_DEED_COUNT; d++) {
		struct submission_act act =
		    unit_report_act(r, (enum submission_deed)d);
		enum submission_state next;
		json_t *button;

		act.reason = act.words = act.measures = true;
		if (submission_may(&act, &next) != SUBMISSION_MAY)
			continue;
		*writes |= d == SUBMISSION_SAVE;
		*decides |= d == SUBMISSION_RETURN;
		button = json_object();
		put_text(button, "act", submission_deed_words[d]);
		put_text(button, "words",
		    page_text_of(r->v.page, "submission.deed.%s",
			submission_deed_words[d]));
		put_flag(button, "plain",
		    d == SUBMISSION_SAVE || d == SUBMISSION_RETURN);
		json_array_append_new(list, button);
	}
	return list;
}

static json_t *
state_of_report(const struct unit_report *r)
{
	const struct page *page = r->v.page;
	const struct submission *s = &r->s;
	int32_t by =
	    s->submitted_at == 0 ? 0 : civil_local_day(s->submitted_at);
	json_t *out = json_object();

	put_text(out, "state", submission_state_words[s->state]);
	put_text(out, "due", words_date(page->arena, s->due));
	put_flag(
	    out, "late", submission_late(s->state, by, s->due, r->v.today));
	put_text(out, "submitted",
	    s->submitted_at == 0 ? NULL : page_time(page, s->submitted_at));
	put_text(out, "submitted_by", page_person(page, s->submitted_by));
	put_text(out, "decided",
	    s->decided_at == 0 ? NULL : page_time(page, s->decided_at));
	put_text(out, "decided_by", page_person(page, s->decided_by));
	put_words(out, "reason", s->reason);
	return out;
}

int
unit_report_show(const struct unit_report *r, int status, const char *problem)
{
	const struct page *page = r->v.page;
	const struct submission *s = &r->s;
	const char *apologies =
	    s->apologies == APOLOGIES_UNSAID
		? ""
		: arena_printf(page->arena, "%lld", (long long)s->apologies);
	json_t *doc = page_document(page), *buttons, *form = NULL;
	bool writes, decides;

	buttons = buttons_document(r, &writes, &decides);
	put_text(doc, "heading", r->unit->name);
	put_text(doc, "title", period_view_title(page, &r->v.row.period));
	put_text(doc, "done", page_done(page, "submission.done"));
	put_text(doc, "problem", page_problem(page, problem));
	put_text(doc, "back", period_view_path(page, &r->v.row.period));
	put_part(doc, "report", state_of_report(r));
	put_text(doc, "explain",
	    words_date(page->arena,
		plan_explain_until(page->ctx->catalogue, &r->v.row.period)));
	put_flag(doc, "final", r->v.closed != NULL);
	put_part(doc, "figures", figures_document(r));
	put_part(doc, "missed", missed_document(r));
	put_flag(doc, "any_missed", r->nmissed > 0);
	put_part(doc, "former", former_document(r));
	put_flag(doc, "any_former",
	    json_array_size(json_object_get(doc, "former")) > 0);
	put_flag(doc, "any_late", r->late > 0);
	put_text(doc, "late", page_count(page, r->late));
	put_text(doc, "sent",
	    s->apologies == APOLOGIES_UNSAID ? "–"
					     : page_count(page, s->apologies));
	put_text(doc, "missing",
	    page_count(page, r->late - (s->apologies > 0 ? s->apologies : 0)));
	put_text(doc, "words", s->words);
	if (json_array_size(buttons) > 0) {
		form =
		    page_form(page, page_address(page, page->req->path, NULL));
		put_text(form, "seen",
		    arena_printf(
			page->arena, "%lld", (long long)s->changed_at));
		put_text(form, "explanation",
		    sent_or(page, "explanation", s->words));
		put_text(
		    form, "apologies", sent_or(page, "apologies", apologies));
		put_text(form, "reason", page_words(page, "reason", NULL));
		put_flag(form, "writes", writes);
		put_flag(form, "decides", decides);
		put_part(form, "buttons", buttons);
	} else {
		json_decref(buttons);
	}
	put_flag(doc, "writes", writes);
	put_part(doc, "form", form);
	return page_show(page, status, "periods/unit_report", doc);
}

int
get_unit_report(struct ctx *ctx, struct request *req, struct response *res)
{
	struct page page = page_of(ctx, req, res);
	struct unit_report r;
	int status = unit_report_read(&r, &page);

	return status == 200 ? unit_report_show(&r, 200, NULL) : status;
}
