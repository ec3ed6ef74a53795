/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * POST /staff/queue: a decision about the answers of a line, or one taken back.
 * The form names its answers, so that one that came meanwhile is not decided
 * unseen; each is asked for again before it is touched.
 */
#include "server/pages/cases/queue.h"

#include <stdlib.h>
#include <string.h>
#include "server/pages/cases/answer_view.h"
#include "server/pages/pages.h"
#include "server/pages/scores/scope.h"
#include "server/store/cases/history.h"
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

/* Every answer is there, and the reader's to decide about. */
static int
check_answers(const struct scope *scope, const struct uuid *ids, size_t n)
{
	struct work_answer a;

	for (size_t i = 0; i < n; i++)
		switch (store_work_answer(
		    scope->page->ctx->db, scope->page->arena, &ids[i], &a)) {
		case STEP_ROW:
			if (scope_may_see(scope, a.unit))
				break;
			return 404;
		case STEP_DONE:
			return 404;
		default:
			return 503;
		}
	return 200;
}

/* The answers that the form is about, into the decision: those it names, or
 * (undo) those of the decision that it takes back. 200, or what is wrong. */
static int
read_answers(const struct scope *scope, struct answer_decision *d)
{
	const struct page *page = scope->page;
	bool undo = strcmp(d->step.act, "undo") == 0;
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
		d->undo = past;
	} else if (!read_answer_ids(
		       page->arena, page_field(page, "ids"), &ids, &n)) {
		return 422;
	}
	if (status != 200)
		return status;
	d->answers = ids;
	d->count = n;
	return check_answers(scope, ids, n);
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
 * Only what is set aside has a reason. */
static const char *
read_because(const struct page *page, struct work_step *step)
{
	step->words = page_entered(page, "words", LIMIT_NOTE_CHARS);
	if (strcmp(step->act, "aside") != 0)
		return step->words == NULL ? "case.error.words" : NULL;
	step->reason = page_field(page, "reason");
	return answer_view_aside_wrong(step->reason, step->words);
}

static int
reply_queue(struct ctx *ctx, struct request *req, struct response *res)
{
	struct page page = page_of(ctx, req, res);

	return page_go(&page, page_address(&page, "/staff/queue", "done",
				  answer_view_decided(req), NULL));
}

int
post_queue(struct ctx *ctx, struct request *req, struct response *res)
{
	struct page page = page_of(ctx, req, res);
	struct answer_decision decision = {
	    .step = {.act = queue_button(&page)}};
	const char *wrong;
	struct scope scope;
	int status;

	if (!scope_read(&scope, &page))
		return 404;
	if (decision.step.act == NULL ||
	    !page_form_id(&page, &decision.step.id))
		return queue_show(&scope, 422, "error.400");
	status = read_answers(&scope, &decision);
	if (status == 422)
		return queue_show(&scope, 422, "error.400");
	if (status != 200)
		return status;
	wrong = read_because(&page, &decision.step);
	if (wrong != NULL)
		return queue_show(&scope, 422, wrong);
	return answer_view_decide(&page, &decision, reply_queue);
}
