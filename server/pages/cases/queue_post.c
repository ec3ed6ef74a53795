/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * POST /staff/queue: a decision about the answers of a line, or one taken back.
 * The form names its answers, so that one that came meanwhile is not decided
 * unseen; each is asked for again before it is touched. What would change a
 * figure is only proposed here.
 */
#include "server/pages/cases/queue.h"

#include <stdlib.h>
#include <string.h>
#include "server/pages/cases/answer_view.h"
#include "server/pages/cases/proposal_view.h"
#include "server/pages/pages.h"
#include "server/pages/scores/scope.h"
#include "server/store/cases/history.h"
#include "server/store/cases/proposals.h"
#include "shared/limits.h"

/* The answers of "id id id"; false for anything else. */
static bool
read_answer_ids(
    struct arena *a, const char *text, struct uuid **ids, size_t *count)
{
	*ids = NULL;
	*count = 0;
	while (*text != '\0') {
		size_t n = strcspn(text, " ");
		struct uuid *id = arena_append(a, ids, count, sizeof(*id));

		if (*count > LIMIT_GROUP ||
		    !uuid_parse(arena_strndup(a, text, n), id))
			return false;
		text += n + (text[n] == ' ');
	}
	return *count > 0;
}

/* The answers of "unit desk channel day until" that are not decided; 200, or
 * what is wrong. */
static int
read_burst(
    const struct page *page, const char *text, struct uuid **ids, size_t *count)
{
	char *rest = arena_strdup(page->arena, text), *end;
	struct burst_seen burst;
	const char *day, *until;

	burst.unit = strsep(&rest, " ");
	burst.desk = strsep(&rest, " ");
	burst.channel = strsep(&rest, " ");
	day = strsep(&rest, " ");
	until = rest;
	if (until == NULL)
		return 422;
	burst.day = (int32_t)strtol(day, &end, 10);
	if (*end != '\0')
		return 422;
	burst.until = strtoll(until, &end, 10);
	if (*end != '\0')
		return 422;
	if (!store_burst_answers(
		page->ctx->db, page->arena, &burst, ids, count))
		return 503;
	return *count == 0 ? 404 : 200;
}

/* What a form is about, as it stands. */
struct asked {
	struct answer_decision d;
	const char *unit; /* of all its answers */
	bool figures;     /* it would change some */
};

/* True when the decision about this answer would change a figure: not to count
 * it, or to say that an unusual burst counts. Of what is taken back: the step
 * that did so. */
static bool
moves_figures(const struct asked *x, const struct work_answer *a,
    const struct work_step *steps, size_t n)
{
	if (strcmp(x->d.step.act, "aside") == 0 ||
	    needs_person_doubt(a->flags) == MATTER_BURST)
		return true;
	for (size_t i = 0; x->d.undo != NULL && i < n; i++)
		if (uuid_compare(&steps[i].id, x->d.undo) == 0)
			return strcmp(steps[i].act, "count") != 0;
	return false;
}

/* One of the answers is there, and the reader's to decide about. */
static int
check_asked(const struct scope *scope, struct asked *x, const struct uuid *id)
{
	const struct page *page = scope->page;
	struct work_step *steps = NULL;
	struct work_answer a;
	size_t n = 0;
	enum step step = store_work_answer(page->ctx->db, page->arena, id, &a);

	if (step != STEP_ROW)
		return step == STEP_DONE ? 404 : 503;
	if (!scope_may_see(scope, a.unit))
		return 404;
	if (x->unit == NULL)
		x->unit = a.unit;
	else if (strcmp(x->unit, a.unit) != 0)
		return 422;
	if (x->d.undo != NULL &&
	    !store_steps(page->ctx->db, page->arena, id, &steps, &n))
		return 503;
	x->figures |= moves_figures(x, &a, steps, n);
	return 200;
}

/* The answers that the form is about: those it names, or (undo) those of the
 * decision that it takes back. 200, or what is wrong. */
static int
read_answers(const struct scope *scope, struct asked *x)
{
	const struct page *page = scope->page;
	bool undo = strcmp(x->d.step.act, "undo") == 0;
	const char *burst = page_field(page, "burst");
	struct uuid *past, *ids;
	const char **units;
	int status = 200;
	size_t n;

	if (burst[0] != '\0' && !undo) {
		status = read_burst(page, burst, &ids, &n);
	} else if (undo) {
		past = arena_alloc(page->arena, sizeof(*past));
		if (!uuid_parse(page_field(page, "decision"), past))
			return 422;
		if (!store_step_answers(
			page->ctx->db, page->arena, past, &ids, &units, &n))
			return 503;
		if (n == 0)
			return 404;
		x->d.undo = past;
	} else if (!read_answer_ids(
		       page->arena, page_field(page, "ids"), &ids, &n)) {
		return 422;
	}
	if (status != 200)
		return status;
	x->d.answers = ids;
	x->d.count = n;
	for (size_t i = 0; i < n && status == 200; i++)
		status = check_asked(scope, x, &ids[i]);
	return status;
}

/* One of the buttons of the form; NULL: none. */
static const char *
queue_button(const struct page *page)
{
	static const char *const known[] = {"aside", "count", "undo", NULL};

	for (int i = 0; known[i] != NULL; i++)
		if (strcmp(page_field(page, "act"), known[i]) == 0)
			return known[i];
	return NULL;
}

/* The reason and the words, into the step; NULL, or the key of what is wrong.
 * Only what is set aside has a reason; what is proposed has words. */
static const char *
read_because(const struct page *page, struct asked *x)
{
	struct work_step *step = &x->d.step;
	bool aside = strcmp(step->act, "aside") == 0;
	const char *wrong = NULL;

	step->words = page_entered(page, "words", LIMIT_NOTE_CHARS);
	if (aside) {
		step->reason = page_field(page, "reason");
		wrong = answer_view_aside_wrong(step->reason, step->words);
	}
	if (wrong == NULL && x->figures)
		wrong = proposal_view_wrong(step->words);
	return wrong == NULL && step->words == NULL ? "case.error.words"
						    : wrong;
}

static int
queue_done(const struct page *page, const char *done)
{
	return page_go(
	    page, page_address(page, "/staff/queue", "done", done, NULL));
}

static int
reply_queue(struct ctx *ctx, struct request *req, struct response *res)
{
	struct page page = page_of(ctx, req, res);

	return queue_done(&page, answer_view_decided(req));
}

static int
reply_queue_proposal(struct ctx *ctx, struct request *req, struct response *res)
{
	struct page page = page_of(ctx, req, res);
	const char *done = NULL;
	int status = proposal_view_proposed(req, &done);

	return status == 303 ? queue_done(&page, done) : status;
}

static int
propose_asked(const struct page *page, const struct asked *x)
{
	struct proposing proposing = {.p = {.id = x->d.step.id,
					  .act = x->d.step.act,
					  .unit = x->unit,
					  .reason = x->d.step.reason,
					  .words = x->d.step.words},
	    .answers = x->d.answers,
	    .count = x->d.count};

	if (x->d.undo != NULL)
		proposing.p.past = *x->d.undo;
	return proposal_view_propose(page, &proposing, reply_queue_proposal);
}

int
post_queue(struct ctx *ctx, struct request *req, struct response *res)
{
	struct page page = page_of(ctx, req, res);
	struct asked x = {.d = {.step = {.act = queue_button(&page)}}};
	const char *wrong;
	struct scope scope;
	int status;

	if (!scope_read(&scope, &page))
		return 404;
	if (x.d.step.act == NULL || !page_form_id(&page, &x.d.step.id))
		return queue_show(&scope, 422, "error.400");
	status = read_answers(&scope, &x);
	if (status == 422)
		return queue_show(&scope, 422, "error.400");
	if (status != 200)
		return status;
	wrong = read_because(&page, &x);
	if (wrong != NULL)
		return queue_show(&scope, 422, wrong);
	return x.figures ? propose_asked(&page, &x)
			 : answer_view_decide(&page, &x.d, reply_queue);
}
