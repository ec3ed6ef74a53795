/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Asked on the loop, before the answer is stored; an answer that stands already
 * is a repeat, of which nothing more is kept. The token is made of the answer's
 * id, so that whoever sends the form again gets the same one. It is offered as
 * well where the first sending stays and had no words: whoever goes back and
 * presses once more after an hour is not left without them.
 */
#include "server/pages/citizen/held_words.h"

#include <string.h>
#include "server/core/catalogue/catalogue.h"
#include "server/secret/more_key.h"
#include "server/store/cases/late_comments.h"
#include "shared/limits.h"
#include "shared/more_token.h"

#define KIB       1024
#define MINUTE_MS (60 * 1000LL)

enum word_verdict
words_ask(const struct page *page, const struct desk *desk, const char *words,
    int64_t *wait)
{
	const struct catalogue *c = page->ctx->catalogue;
	const struct word_limits limits = {
	    KIB * catalogue_setting(c, SETTING_WORDS_SOURCE),
	    KIB * catalogue_setting(c, SETTING_WORDS_DESK)};

	return word_limit_ask(page->ctx->words, &limits, page->req->from,
	    desk->code, (int64_t)strlen(words), page->req->now, wait);
}

const char *
words_sentence(const struct page *page, enum word_verdict why, int64_t wait)
{
	int64_t minutes = (wait + MINUTE_MS - 1) / MINUTE_MS;
	const char *key =
	    why == WORDS_SOURCE ? "words.full.source" : "words.full.desk";
	const char *time;

	page->res->retry_after = (int)(wait / 1000) + 1;
	if (minutes < 100)
		time = page_fill(
		    page, "words.minutes", "n", page_count(page, minutes));
	else
		time = page_fill(page, "words.hours", "n",
		    page_count(page, (minutes + 59) / 60));
	return text_fill(page->arena, page->lang, key, "wait", time, NULL);
}

bool
held_words_ask(const struct page *page, struct filled *f)
{
	struct held_words *held = &f->held;
	char key[MORE_KEY], *token = arena_alloc(page->arena, MORE_TOKEN);
	int score = 0;

	held->words = f->answer.comment;
	if (held->words == NULL)
		return true;
	more_key(page->ctx->more_secret, MORE_OF_WEB, f->desk->code, key);
	more_token_make(key, page_id(page, &f->answer.id), token);
	held->token = token;
	if (!store_answer_score(page->ctx->db, &f->answer.id, &score) ||
	    score != 0)
		return true;
	held->why = words_ask(page, f->desk, held->words, &held->wait);
	return held->why == WORDS_TAKEN;
}

bool
held_words_write(struct db *db, struct tallies *tallies, struct request *req)
{
	struct filled *f = req->data;
	struct held_words *held = &f->held;

	(void)tallies;
	held->offered = false;
	if (held->words == NULL ||
	    (held->why == WORDS_TAKEN && f->entry.stored != STORED_CONFLICT))
		return true;
	return store_late_comment_offer(
	    db, held->token, &f->answer.id, req->now, &held->offered);
}

json_t *
held_words_document(const struct page *page, const struct filled *f)
{
	const struct held_words *held = &f->held;
	const char *path = arena_printf(page->arena, "/f/%s", f->desk->code);
	json_t *doc;

	if (!held->offered)
		return NULL;
	doc = json_object();
	put_text(doc, "problem",
	    held->why == WORDS_TAKEN
		? page_text(page, "words.add")
		: words_sentence(page, held->why, held->wait));
	put_text(
	    doc, "action", page_address(page, path, "more", held->token, NULL));
	put_text(doc, "more", held->token);
	put_text(doc, "comment", held->words);
	return doc;
}
