/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The effect is counted, not guessed (core/score/what_if): the counts of the
 * message's unit and quarter as they stand, with the answer it would make (or
 * without the one it made), and with or without the one whose place that takes.
 */
#include "server/pages/messages/message.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "server/core/catalogue/catalogue.h"
#include "server/core/score/what_if.h"
#include "server/core/text/mask.h"
#include "server/core/messages/suggest.h"
#include "server/messages/rereading.h"
#include "server/store/answers.h"
#include "server/store/invitations.h"
#include "server/store/sms.h"
#include "server/store/sms_decisions.h"
#include "server/view/number.h"
#include "server/core/words.h"
#include "shared/civil.h"

#define SMS_FORM "one-stop" /* that SMS answer (server/intake/check) */

static int64_t
said_at(const struct sms_read *m)
{
	return m->sent_at > 0 ? m->sent_at : m->received_at;
}

/* "181/200 = 90,5 %" */
static const char *
share_words(const struct scope *scope, const struct what_if_counts *counts,
    int percent4)
{
	char percent[NUMBER_TEXT];

	if (counts->valid == 0)
		return "0/0";
	number_share(counts->satisfied, counts->valid, percent4,
	    page_mark(scope->page), percent);
	return arena_printf(scope->page->arena, "%s/%s = %s%%",
	    page_count(scope->page, counts->satisfied),
	    page_count(scope->page, counts->valid), percent);
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
	    period_current_quarter(civil_local_day(said_at(m)));
	const struct cached_tallies *counts = tally_cache_hold(
	    scope->page->ctx, CACHED_SUM, quarter.first, quarter.last);
	struct score_query query = {.unit = m->unit,
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

/* The score that counts now and that a decision would replace; 0 none. */
static bool
former(const struct scope *scope, const struct sms_read *m, int *score)
{
	struct db *db = scope->page->ctx->db;
	struct uuid id;
	int64_t at;
	enum step step = STEP_DONE;

	*score = 0;
	if (m->dossier[0] != '\0')
		step = store_dossier_answer(db, m->dossier, &id, &at);
	else if (m->has_sender && m->desk[0] != '\0')
		step = store_sms_day_answer(db, m->sender, m->desk,
		    civil_local_day(said_at(m)), &id, &at);
	if (step == STEP_ROW)
		return store_answer_score(db, &id, score);
	return step == STEP_DONE;
}

/* What the unit's share becomes with 4 or 5, and with 1 to 3. */
static json_t *
effect(const struct scope *scope, const struct sms_read *m)
{
	struct what_if_answer answers[2];
	struct what_if high, low;
	size_t n = 1;
	int replaced;

	if (!former(scope, m, &replaced))
		return NULL;
	if (replaced > 0)
		answers[n++] = answer_by_sms(m, replaced, WHAT_IF_ASIDE);
	answers[0] = answer_by_sms(m, 5, WHAT_IF_READ);
	if (!unit_what_if(scope, m, answers, n, &high))
		return NULL;
	answers[0] = answer_by_sms(m, 1, WHAT_IF_READ);
	if (!unit_what_if(scope, m, answers, n, &low))
		return NULL;
	return json_pack("{s:s, s:s, s:s}", "now",
	    share_words(scope, &high.before, high.percent4), "high",
	    share_words(scope, &high.after, high.percent4), "low",
	    share_words(scope, &low.after, low.percent4));
}

/* What it was before the decision, and is now: before is what taking the
 * decision back would make of now. */
static json_t *
done(const struct scope *scope, const struct sms_read *m)
{
	struct what_if_answer answers[2];
	struct what_if undo;
	int replaced = 0;
	size_t n = 0;

	if (m->counted)
		answers[n++] = answer_by_sms(m, m->score, WHAT_IF_ASIDE);
	if (m->counted && m->has_replaced &&
	    !store_answer_score(scope->page->ctx->db, &m->replaced, &replaced))
		return NULL;
	if (replaced > 0)
		answers[n++] = answer_by_sms(m, replaced, WHAT_IF_RESTORED);
	if (!unit_what_if(scope, m, answers, n, &undo))
		return NULL;
	return json_pack("{s:s, s:s}", "before",
	    share_words(scope, &undo.after, undo.percent4), "now",
	    share_words(scope, &undo.before, undo.percent4));
}

/* "4 – Hài lòng", "góp ý", … */
static const char *
decision_text(const struct scope *scope, const struct sms_read *m)
{
	enum decision d = decision_find(m->decided);
	const char *key;

	if (d == DECIDE_NOTHING)
		return "";
	if (d <= DECIDE_SCORE_5)
		return arena_printf(scope->page->arena, "%d – %s", (int)d,
		    page_text(scope->page,
			arena_printf(scope->page->arena, "face.%d", (int)d)));
	key = arena_printf(scope->page->arena, "messages.is.%s", m->decided);
	return page_text(scope->page, key);
}

/* The five scores, the proposed one marked. */
static json_t *
scores(const struct scope *scope, int proposed)
{
	json_t *list = json_array();

	for (int s = 5; s >= 1; s--)
		json_array_append_new(list,
		    json_pack("{s:i, s:s, s:b}", "score", s, "word",
			page_text(scope->page,
			    arena_printf(scope->page->arena, "face.%d", s)),
			"proposed", s == proposed));
	return list;
}

/* Desks to choose among, where nobody knows which one it was. */
static json_t *
desks(const struct scope *scope)
{
	const struct catalogue *c = scope->page->ctx->catalogue;
	json_t *list = json_array();

	for (size_t i = 0; i < c->ndesks; i++)
		if (scope_may_see(scope, c->desks[i].unit->code))
			json_array_append_new(list,
			    json_pack("{s:s, s:s}", "code", c->desks[i].code,
				"name", c->desks[i].name));
	return list;
}

static json_t *
waiting(const struct scope *scope, const struct sms_read *m, bool may)
{
	struct reply_desks codes = {scope->page->ctx->catalogue->desk_codes};
	int proposed =
	    m->partial ? 0 : suggest_score(scope->page->arena, m->text, &codes);
	bool known = m->desk[0] != '\0';
	json_t *share = NULL, *out;
	int later = 0;

	if (known && ((share = effect(scope, m)) == NULL ||
			 !store_sms_later(scope->page->ctx->db, m,
			     civil_local_day(said_at(m)), &later))) {
		json_decref(share);
		return NULL;
	}
	out = json_pack("{s:o, s:b}", "effect",
	    known && later == 0 ? share : json_null(), "may", may);
	if (known && later > 0)
		json_decref(share);
	json_object_set_new(out, "proposed",
	    proposed == 0
		? json_null()
		: json_string(arena_printf(scope->page->arena, "%d – %s",
		      proposed,
		      page_text(scope->page, arena_printf(scope->page->arena,
						 "face.%d", proposed)))));
	json_object_set_new(out, "later",
	    later == 0
		? json_null()
		: json_string(arena_printf(scope->page->arena, "%d", later)));
	json_object_set_new(out, "scores",
	    later == 0 && m->has_sender ? scores(scope, proposed)
					: json_null());
	json_object_set_new(out, "desks",
	    known ? json_null() : json_pack("{s:o}", "all", desks(scope)));
	return out;
}

static json_t *
decided(const struct scope *scope, const struct sms_read *m, bool may)
{
	bool score = decision_find(m->decided) <= DECIDE_SCORE_5;
	json_t *share = score ? done(scope, m) : json_null();

	if (share == NULL)
		return NULL;
	return json_pack("{s:s, s:s, s:s, s:o, s:b, s:b}", "what",
	    decision_text(scope, m), "by", m->decided_by, "day",
	    words_date(scope->page->arena, civil_local_day(m->decided_at)),
	    "effect", share, "overtaken", score && !m->counted, "may", may);
}

json_t *
message_document(const struct scope *scope, const struct sms_read *m, bool may)
{
	bool over = m->person == PERSON_HAS;
	json_t *part = over ? decided(scope, m, may) : waiting(scope, m, may);
	char id[UUID_TEXT];

	if (part == NULL)
		return NULL;
	uuid_format(&m->id, id);
	return json_pack("{s:s, s:s, s:s, s:b, s:o, s:o, s:o}", "id", id,
	    "words", mask_text(scope->page->arena, m->text), "day",
	    words_date(scope->page->arena, civil_local_day(said_at(m))),
	    "partial", m->partial, "unit",
	    scope_words(
		m->unit[0] == '\0' ? NULL : scope_unit_name(scope, m->unit)),
	    "desk", scope_words(m->desk), over ? "decided" : "waiting", part);
}

const char *
message_place_name(const struct scope *scope, const struct sms_read *m)
{
	char id[UUID_TEXT];

	uuid_format(&m->id, id);
	return arena_printf(
	    scope->page->arena, "%lld.%s", (long long)m->received_at, id);
}

bool
message_place_read(const char *text, struct sms_place *place)
{
	char *end;

	if (text[0] < '0' || text[0] > '9')
		return false;
	place->at = strtoll(text, &end, 10);
	return *end == '.' && uuid_parse(end + 1, &place->id);
}
