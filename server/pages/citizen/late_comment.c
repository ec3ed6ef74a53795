/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * GET /f/DESK?more=TOKEN, POST /f/DESK with more: a citizen who scanned the QR
 * of the kiosk's thanks adds a comment to that very answer, or whose words were
 * too many with the form sends them later. One comment for a token; the same
 * one sent again is answered as the first time, another one comes back with
 * what to do with it.
 *
 * The answer may still be on its way (a kiosk without a network): the comment
 * waits for it. Tokens that the desk's kiosks made are known by their second
 * half (shared/more_token.h), and their comments are taken whatever the limit.
 * Any other token that is not known may be a kiosk's of a former version: its
 * comment is taken where the desk has a kiosk, within the limits of words that
 * bear no name; elsewhere there can be no answer, and nothing is kept.
 */
#include "server/pages/citizen/late_comment.h"

#include <string.h>
#include "server/core/catalogue/catalogue.h"
#include "server/pages/citizen/form_fill.h"
#include "server/pages/citizen/held_words.h"
#include "server/secret/more_key.h"
#include "server/store/dossier/dossier_links.h"
#include "server/store/cases/late_comments.h"
#include "shared/limits.h"
#include "shared/more_token.h"

struct late_comment {
	const struct desk *desk;
	const char *token, *comment;
	bool proven; /* the desk's kiosk made the token */
	enum late_comment_state state;
	bool taken;
};

static int
show_late_comment(const struct page *page, int status,
    const struct late_comment *late, const char *sentence)
{
	json_t *doc = page_citizen(page, late->desk->unit->name);

	put_text(doc, "action",
	    page_address(page, page->req->path, "more", late->token, NULL));
	form_keeps_language(page, doc);
	put_text(doc, "desk_name", late->desk->name);
	put_text(doc, "more", late->token);
	put_text(doc, "problem", sentence);
	put_text(doc, "next",
	    status == 410 ? arena_printf(page->arena, "/f/%s", late->desk->code)
			  : NULL);
	put_text(doc, "comment", late->comment);
	return page_show(page, status, "citizen/late_comment", doc);
}

/* Used before, or nothing like a token: the desk's form is still there. */
static int
token_gone(const struct page *page, const struct desk *desk)
{
	return form_gone(page, desk->unit->name, desk->code);
}

/* Whether the device is a kiosk that stands at the desk, or stood there. */
static bool
is_kiosk_of(const struct known_device *d, const struct desk *desk)
{
	if (strcmp(d->kind, "kiosk") != 0 || d->desk == NULL)
		return false;
	for (size_t i = 0; i < d->nformer; i++)
		if (strcmp(d->former[i], desk->code) == 0)
			return true;
	return strcmp(d->desk, desk->code) == 0;
}

static bool
desk_has_kiosk(const struct catalogue *c, const struct desk *desk)
{
	size_t i = 0;

	while (i < c->ndevices && !is_kiosk_of(&c->devices[i], desk))
		i++;
	return i < c->ndevices;
}

/* Looks the token up; false: there is no answer to which it can belong. */
static bool
know_token(const struct page *page, struct late_comment *late)
{
	const struct ctx *ctx = page->ctx;
	char key[MORE_KEY];

	if (!link_token_valid(late->token))
		return false;
	more_key(ctx->more_secret, MORE_OF_KIOSK, late->desk->code, key);
	late->proven = more_token_holds(key, late->token);
	late->state = store_late_comment_state(ctx->db, late->token);
	if (late->state != LATE_COMMENT_UNKNOWN)
		return true;
	more_key(ctx->more_secret, MORE_OF_WEB, late->desk->code, key);
	return late->proven || (desk_has_kiosk(ctx->catalogue, late->desk) &&
				   !more_token_holds(key, late->token));
}

int
late_comment_ask(const struct page *page)
{
	struct late_comment late = {
	    .desk = catalogue_desk(page->ctx->catalogue, page->req->part[0]),
	    .token = page_asked(page, "more"),
	    .comment = ""};

	if (late.desk == NULL)
		return 404;
	if (!know_token(page, &late) || late.state == LATE_COMMENT_USED ||
	    late.state == LATE_COMMENT_FAIL)
		return token_gone(page, late.desk);
	return show_late_comment(page, 200, &late, NULL);
}

static bool
write_late_comment(struct db *db, struct tallies *tallies, struct request *req)
{
	struct late_comment *late = req->data;

	(void)tallies;
	return store_late_comment_put(
	    db, late->token, late->comment, req->now, &late->taken);
}

static int
reply_late_comment(struct ctx *ctx, struct request *req, struct response *res)
{
	struct page page = form_page(ctx, req, res);
	const struct late_comment *late = req->data;
	json_t *doc;

	if (!late->taken) /* other words: they are not thrown away */
		return show_late_comment(
		    &page, 410, late, page_text(&page, "more.taken"));
	doc = page_citizen(&page, late->desk->unit->name);
	put_text(doc, "desk_name", late->desk->name);
	put_flag(doc, "low", false);
	return page_show(&page, 200, "citizen/thanks", doc);
}

/* What was sent. */
static struct late_comment
entered_late_comment(const struct page *page)
{
	return (struct late_comment){
	    .desk = catalogue_desk(page->ctx->catalogue, page->req->part[0]),
	    .token = page_field(page, "more"),
	    .comment = page_words(page, "comment", NULL)};
}

int
late_comment_again(const struct page *page, int status, const char *problem)
{
	struct late_comment late = entered_late_comment(page);

	return late.desk == NULL ? status
				 : show_late_comment(page, status, &late,
				       page_problem(page, problem));
}

int
late_comment_take(const struct page *page)
{
	struct late_comment *late = arena_alloc(page->arena, sizeof(*late));
	const char *comment =
	    page_entered(page, "comment", LIMIT_COMMENT_CHARS);
	enum word_verdict why = WORDS_TAKEN;
	int64_t wait;

	*late = entered_late_comment(page);
	if (late->desk == NULL)
		return 404;
	if (!know_token(page, late))
		return token_gone(page, late->desk);
	if (form_switched(page))
		return show_late_comment(page, 200, late, NULL);
	if (comment == NULL || comment[0] == '\0')
		return show_late_comment(page, 422, late,
		    page_problem(page,
			comment == NULL ? "web.error.comment" : "more.empty"));
	/* of a token that was used nothing more is kept */
	if (!late->proven && late->state != LATE_COMMENT_USED)
		why = words_ask(page, late->desk, comment, &wait);
	if (why != WORDS_TAKEN)
		return show_late_comment(
		    page, 429, late, words_sentence(page, why, wait));
	page->req->vouched = late->proven;
	return page_write(page, late, write_late_comment, reply_late_comment);
}
