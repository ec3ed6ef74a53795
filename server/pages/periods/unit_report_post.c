/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * POST /staff/periods/{}/{}: writes, submits, returns or accepts a unit's
 * report. One form for all of it; it bears when the report was changed last, so
 * that who writes over a colleague's words is told.
 */
#include "server/pages/periods/unit_report.h"

#include <stdlib.h>
#include <string.h>
#include "server/core/catalogue/catalogue.h"
#include "server/pages/page.h"
#include "server/pages/pages.h"
#include "server/store/people/audit.h"
#include "shared/civil.h"
#include "shared/limits.h"

#define MEASURE_AHEAD 1100 /* days a measure may take: three years */

struct report_acting {
	struct submission_change change;
	struct deed audit;
};

static bool
write_report(struct db *db, struct tallies *tallies, struct request *req)
{
	struct report_acting *x = req->data;

	(void)tallies;
	return store_submission_change(db, &x->change);
}

static int
reply_report(struct ctx *ctx, struct request *req, struct response *res)
{
	struct page page = page_of(ctx, req, res);
	const struct report_acting *x = req->data;
	struct unit_report r;
	int status;

	if (!x->change.stale)
		return page_go(&page, page_address(&page, req->path, "done",
					  x->audit.act + 7, NULL));
	status = unit_report_read(&r, &page);
	return status == 200 ? unit_report_show(&r, 409, "submission.no.state")
			     : status;
}

/* ------------------------------------------------------------------ reading */

/* What is promised about one target, into the list; nothing where nothing was
 * entered. NULL, or the key of what is wrong. */
static const char *
read_measure(const struct unit_report *r, const struct missed *missed,
    struct submission_change *change)
{
	const struct page *page = r->v.page;
	struct measure m = {
	    .population = missed->population, .field = missed->field};
	const char *due =
	    page_field(page, unit_report_name(page, "due", missed));

	m.words = page_entered(
	    page, unit_report_name(page, "words", missed), LIMIT_NOTE_CHARS);
	m.person = page_entered(
	    page, unit_report_name(page, "person", missed), LIMIT_DEVICE_NAME);
	if (m.words == NULL || m.person == NULL)
		return "submission.wrong.long";
	if (m.words[0] == '\0' && m.person[0] == '\0' && due[0] == '\0')
		return NULL;
	if (m.words[0] == '\0' || m.person[0] == '\0' || due[0] == '\0')
		return "submission.wrong.measure";
	if (!civil_parse_date(due, &m.due) || m.due < r->v.row.period.first ||
	    m.due > r->v.today + MEASURE_AHEAD)
		return "submission.wrong.due";
	uuid_new(&m.id);
	*(struct measure *)arena_append(
	    page->arena, &change->measures, &change->nmeasures, sizeof(m)) = m;
	return NULL;
}

/* How a former measure stands, where the form says so. */
static const char *
read_former(const struct unit_report *r, const struct measure *m,
    struct submission_change *change)
{
	const struct page *page = r->v.page;
	const char *id = page_id(page, &m->id);
	const char *state =
	    page_field(page, arena_printf(page->arena, "state.%s", id));
	struct measure now = *m;

	if (state[0] == '\0')
		return NULL;
	if (strcmp(state, "open") != 0 && strcmp(state, "done") != 0 &&
	    strcmp(state, "dropped") != 0)
		return "error.400";
	now.state = state;
	now.result = page_entered(
	    page, arena_printf(page->arena, "result.%s", id), LIMIT_NOTE_CHARS);
	if (now.result == NULL)
		return "submission.wrong.long";
	if (strcmp(state, "open") != 0 && now.result[0] == '\0')
		return "submission.wrong.result";
	if (strcmp(now.state, m->state) == 0 &&
	    strcmp(now.result, m->result) == 0)
		return NULL;
	*(struct measure *)arena_append(
	    page->arena, &change->former, &change->nformer, sizeof(now)) = now;
	return NULL;
}

/* A count of letters, up to the late dossiers; false: none of it. */
static bool
read_apologies(const struct unit_report *r, int64_t *out)
{
	const char *text = page_field(r->v.page, "apologies");
	char *end;

	*out = APOLOGIES_UNSAID;
	if (text[0] == '\0')
		return true;
	*out = strtoll(text, &end, 10);
	return text[0] >= '0' && text[0] <= '9' && *end == '\0' &&
	       *out <= r->late;
}

/* All that the unit says, into the change. */
static const char *
read_words(const struct unit_report *r, struct submission_change *change)
{
	const struct page *page = r->v.page;
	const char *wrong = NULL;

	change->after.words =
	    page_entered(page, "explanation", LIMIT_EXPLANATION);
	if (change->after.words == NULL)
		return "submission.wrong.long";
	if (!read_apologies(r, &change->after.apologies))
		return "submission.wrong.apologies";
	for (size_t i = 0; i < r->nmissed && wrong == NULL; i++)
		wrong = read_measure(r, &r->missed[i], change);
	for (size_t i = 0; i < r->nmeasures && wrong == NULL; i++)
		if (strcmp(r->measures[i].period, r->v.name) != 0)
			wrong = read_former(r, &r->measures[i], change);
	return wrong;
}

/* Who did it, and what the report is then. */
static void
fill_after(const struct unit_report *r, enum submission_deed deed,
    const char *reason, struct submission *after)
{
	const struct request *req = r->v.page->req;

	after->changed_by = req->caller.login;
	after->changed_at = req->now;
	if (deed == SUBMISSION_SUBMIT) {
		after->submitted_by = req->caller.login;
		after->submitted_at = req->now;
	}
	if (deed == SUBMISSION_RETURN || deed == SUBMISSION_ACCEPT) {
		after->decided_by = req->caller.login;
		after->decided_at = req->now;
		after->reason = reason;
	}
}

static const char *
read_deed(const struct unit_report *r, struct report_acting *x)
{
	const struct page *page = r->v.page;
	struct submission_change *change = &x->change;
	const char *reason = page_entered(page, "reason", LIMIT_NOTE_CHARS);
	const char *wrong = NULL;
	enum submission_answer answer;
	struct submission_act act;
	enum submission_deed deed;

	if (!submission_deed_find(page_field(page, "act"), &deed))
		return "error.400";
	if (strtoll(page_field(page, "seen"), NULL, 10) != r->s.changed_at)
		return "submission.no.state";
	if (reason == NULL)
		return "submission.wrong.long";
	change->of = r->v.row.period;
	change->before = change->after = r->s;
	act = unit_report_act(r, deed);
	act.reason = reason[0] != '\0';
	if (deed == SUBMISSION_SAVE || deed == SUBMISSION_SUBMIT) {
		wrong = read_words(r, change);
		act.words = wrong == NULL && change->after.words[0] != '\0';
		act.measures = change->nmeasures == r->nmissed;
	}
	answer = submission_may(&act, &change->after.state);
	if (answer == SUBMISSION_NOT_YOURS || answer == SUBMISSION_NOT_NOW)
		return submission_answer_keys[answer];
	if (wrong != NULL || answer != SUBMISSION_MAY)
		return wrong != NULL ? wrong : submission_answer_keys[answer];
	fill_after(r, deed, reason, &change->after);
	x->audit = page_deed(page,
	    arena_printf(page->arena, "report.%s", submission_deed_words[deed]),
	    r->unit->code,
	    arena_printf(page->arena, "%s/%s", r->v.name, r->unit->code));
	x->audit.before = page_json(page,
	    json_pack("{s:s}", "state", submission_state_words[r->s.state]));
	x->audit.after =
	    page_json(page, json_pack("{s:s}", "state",
				submission_state_words[change->after.state]));
	x->audit.reason = reason;
	change->audit = &x->audit;
	return NULL;
}

int
post_unit_report(struct ctx *ctx, struct request *req, struct response *res)
{
	struct page page = page_of(ctx, req, res);
	struct report_acting *x = arena_alloc(page.arena, sizeof(*x));
	struct unit_report r;
	const char *wrong;
	int status = unit_report_read(&r, &page);

	if (status != 200)
		return status;
	wrong = read_deed(&r, x);
	if (wrong != NULL)
		return unit_report_show(&r,
		    strcmp(wrong, "submission.no.state") == 0 ? 409 : 422,
		    wrong);
	return page_write(&page, x, write_report, reply_report);
}
