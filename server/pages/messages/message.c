/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The effect is counted, not guessed (core/score/what_if): the counts of the
 * message's unit and quarter as they stand, with the answer it would make (or
 * without the one it made), and with or without the one whose place that takes.
 */
#include "server/pages/messages/message.h"

#include "server/core/catalogue/catalogue.h"
#include "server/core/score/what_if.h"
#include "server/core/text/mask.h"
#include "server/core/messages/suggest.h"
#include "server/messages/rereading.h"
#include "server/pages/scores/scope.h"
#include "server/store/answers.h"
#include "server/store/messages/invitations.h"
#include "server/store/messages/sms.h"
#include "server/store/messages/sms_decisions.h"
#include "server/view/number.h"
#include "server/core/words.h"
#include "shared/civil.h"

#define SMS_FORM "one-stop" /* that SMS answer (server/intake/check) */

static int64_t
sms_said_at(const struct sms_read *m)
{
	return m->sent_at > 0 ? m->sent_at : m->received_at;
}

/* "181/200 = 90,5 %" */
static const char *
share_words(
    const struct page *page, const struct what_if_counts *counts, int percent4)
{
	char percent[NUMBER_TEXT];

	if (counts->valid == 0)
		return "0/0";
	number_share(counts->satisfied, counts->valid, percent4,
	    page_mark(page), percent);
	return arena_printf(page->arena, "%s/%s = %s%%",
	    page_count(page, counts->satisfied),
	    page_count(page, counts->valid), percent);
}

/* An answer by SMS to the general question at the message's unit. */
static struct what_if_answer
answer_by_sms(const struct sms_read *m, int score, enum what_if_deed deed)
{
	return (struct what_if_answer){.key = {.unit = m->unit,
					   .field = "",
					   .channel = "sms",
					   .form = SMS_FORM},
	    .score = score,
	    .deed = deed};
}

/* What these answers make of the unit's row in its quarter. False: the database
 * did not answer. */
static bool
unit_what_if(const struct scope *scope, const struct sms_read *m,
    const struct what_if_answer *answers, size_t n, struct what_if *out)
{
	struct period quarter =
	    period_current_quarter(civil_local_day(sms_said_at(m)),
		catalogue_cut(scope->page->ctx->catalogue));
	const struct cached_tallies *counts = tally_cache_hold(
	    scope->page->ctx, CACHED_SUM, quarter.first, quarter.last, NULL);
	struct score_query query = {.unit = m->unit,
	    .alone = true,
	    .population = "tthc",
	    .first = quarter.first,
	    .last = quarter.last};

	if (counts == NULL)
		return false;
	*out = what_if(
	    &counts->tallies, scope->page->ctx->catalogue, &query, answers, n);
	tally_cache_release(scope->page->ctx, counts);
	return true;
}

/* The score that counts now and that a decision would replace; 0: none. False:
 * the database did not answer. */
static bool
replaced_score(const struct page *page, const struct sms_read *m, int *score)
{
	struct db *db = page->ctx->db;
	enum step step = STEP_DONE;
	struct uuid id;
	int64_t at;

	*score = 0;
	if (m->dossier[0] != '\0')
		step = store_dossier_answer(db, m->dossier, &id, &at);
	else if (m->has_sender && m->desk[0] != '\0')
		step = store_sms_day_answer(db, m->sender, m->desk,
		    civil_local_day(sms_said_at(m)), &id, &at);
	if (step == STEP_ROW)
		return store_answer_score(db, &id, score);
	return step == STEP_DONE;
}

/* What the unit's share becomes with 4 or 5, and with 1 to 3; NULL when the
 * database does not answer. */
static json_t *
effect_of_deciding(const struct scope *scope, const struct sms_read *m)
{
	const struct page *page = scope->page;
	struct what_if_answer answers[2];
	struct what_if high, low;
	json_t *effect;
	size_t n = 1;
	int replaced;

	if (!replaced_score(page, m, &replaced))
		return NULL;
	if (replaced > 0)
		answers[n++] = answer_by_sms(m, replaced, WHAT_IF_ASIDE);
	answers[0] = answer_by_sms(m, 5, WHAT_IF_READ);
	if (!unit_what_if(scope, m, answers, n, &high))
		return NULL;
	answers[0] = answer_by_sms(m, 1, WHAT_IF_READ);
	if (!unit_what_if(scope, m, answers, n, &low))
		return NULL;
	effect = json_object();
	put_text(effect, "now", share_words(page, &high.before, high.percent4));
	put_text(effect, "high", share_words(page, &high.after, high.percent4));
	put_text(effect, "low", share_words(page, &low.after, low.percent4));
	return effect;
}

/* What it was before the decision, and is now: before is what taking the
 * decision back would make of now. NULL when the database does not answer. */
static json_t *
effect_of_decision(const struct scope *scope, const struct sms_read *m)
{
	const struct page *page = scope->page;
	struct what_if_answer answers[2];
	struct what_if undo;
	json_t *effect;
	int replaced = 0;
	size_t n = 0;

	if (m->counted)
		answers[n++] = answer_by_sms(m, m->score, WHAT_IF_ASIDE);
	if (m->counted && m->has_replaced &&
	    !store_answer_score(page->ctx->db, &m->replaced, &replaced))
		return NULL;
	if (replaced > 0)
		answers[n++] = answer_by_sms(m, replaced, WHAT_IF_RESTORED);
	if (!unit_what_if(scope, m, answers, n, &undo))
		return NULL;
	effect = json_object();
	put_text(
	    effect, "before", share_words(page, &undo.after, undo.percent4));
	put_text(effect, "now", share_words(page, &undo.before, undo.percent4));
	return effect;
}

/* "Hài lòng" of 4. */
static const char *
score_word(const struct page *page, int score)
{
	return page_text(page, arena_printf(page->arena, "face.%d", score));
}

/* "4 – Hài lòng" */
static const char *
score_words(const struct page *page, int score)
{
	return arena_printf(
	    page->arena, "%d – %s", score, score_word(page, score));
}

/* "4 – Hài lòng", "góp ý", … */
static const char *
decision_in_words(const struct page *page, const struct sms_read *m)
{
	enum decision d = decision_find(m->decided);

	if (d == DECIDE_NOTHING)
		return "";
	return d <= DECIDE_SCORE_5
		   ? score_words(page, (int)d)
		   : page_coded(page, "messages.is", m->decided);
}

/* The five scores, the proposed one marked: [{score, word, proposed}]. */
static json_t *
score_choices(const struct page *page, int proposed)
{
	json_t *list = json_array();

	for (int s = 5; s >= 1; s--) {
		json_t *one = json_object();

		put_number(one, "score", s);
		put_text(one, "word", score_word(page, s));
		put_flag(one, "proposed", s == proposed);
		json_array_append_new(list, one);
	}
	return list;
}

/* Desks to choose among, where it is not known which one it was. */
static json_t *
desk_choices(const struct scope *scope)
{
	const struct catalogue *c = scope->page->ctx->catalogue;
	json_t *list = json_array();

	for (size_t i = 0; i < c->ndesks; i++)
		if (scope_may_see(scope, c->desks[i].unit->code))
			json_array_append_new(list,
			    json_pack("{s:s, s:s}", "code", c->desks[i].code,
				"name", c->desks[i].name));
	return json_pack("{s:o}", "all", list);
}

/* A message that waits for a decision; NULL when the database does not answer.
 * A score that its sender gave later stands above any decision, so that only
 * one without has an effect and scores to choose. */
static json_t *
waiting_message(const struct scope *scope, const struct sms_read *m, bool may)
{
	const struct page *page = scope->page;
	struct reply_desks codes = {page->ctx->catalogue->desk_codes};
	int proposed =
	    m->partial ? 0 : suggest_score(page->arena, m->text, &codes);
	bool known = m->desk[0] != '\0';
	json_t *effect = NULL, *doc;
	int later = 0;

	if (known && !store_sms_later(page->ctx->db, m,
			 civil_local_day(sms_said_at(m)), &later))
		return NULL;
	if (known && later == 0 &&
	    (effect = effect_of_deciding(scope, m)) == NULL)
		return NULL;
	doc = json_object();
	put_text(doc, "proposed",
	    proposed == 0 ? NULL : score_words(page, proposed));
	put_text(doc, "later",
	    later == 0 ? NULL : arena_printf(page->arena, "%d", later));
	put_part(doc, "effect", effect);
	put_part(doc, "scores",
	    later == 0 && m->has_sender ? score_choices(page, proposed) : NULL);
	put_part(doc, "desks", known ? NULL : desk_choices(scope));
	put_flag(doc, "may", may);
	return doc;
}

/* A message that was decided about; NULL when the database does not answer. */
static json_t *
decided_message(const struct scope *scope, const struct sms_read *m, bool may)
{
	const struct page *page = scope->page;
	bool score = decision_find(m->decided) <= DECIDE_SCORE_5;
	json_t *effect = NULL, *doc;

	if (score && (effect = effect_of_decision(scope, m)) == NULL)
		return NULL;
	doc = json_object();
	put_text(doc, "what", decision_in_words(page, m));
	put_text(doc, "by", m->decided_by);
	put_text(doc, "day", page_day(page, m->decided_at));
	put_part(doc, "effect", effect);
	put_flag(doc, "overtaken", score && !m->counted);
	put_flag(doc, "may", may);
	return doc;
}

json_t *
message_document(const struct scope *scope, const struct sms_read *m, bool may)
{
	const struct page *page = scope->page;
	bool over = m->person == PERSON_HAS, known = m->unit[0] != '\0';
	json_t *part = over ? decided_message(scope, m, may)
			    : waiting_message(scope, m, may);
	json_t *doc;

	if (part == NULL)
		return NULL;
	doc = json_object();
	put_text(doc, "id", page_id(page, &m->id));
	put_text(doc, "words", mask_text(page->arena, m->text));
	put_text(doc, "day", page_day(page, sms_said_at(m)));
	put_flag(doc, "partial", m->partial);
	put_text(doc, "unit", known ? scope_unit_name(scope, m->unit) : NULL);
	put_words(doc, "desk", m->desk);
	put_part(doc, over ? "decided" : "waiting", part);
	return doc;
}
