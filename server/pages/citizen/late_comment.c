/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * GET /f/DESK?more=TOKEN, POST /f/DESK with more: a citizen who scanned the QR
 * of the kiosk's thanks adds a comment to that very answer. One comment for a
 * token; the same one sent again is answered as the first time, another one
 * comes back with what to do with it. The answer itself may still be on its way
 * (a kiosk without a network): the comment waits for it, so a token that is not
 * known is as good as any.
 */
#include "server/pages/citizen/late_comment.h"

#include "server/core/catalogue/catalogue.h"
#include "server/pages/citizen/form_fill.h"
#include "server/store/dossier/dossier_links.h"
#include "server/store/cases/late_comments.h"
#include "shared/limits.h"

struct late_comment {
	const struct desk *desk;
	const char *token, *comment;
	bool taken;
};

static int
show_late_comment(const struct page *page, int status,
    const struct late_comment *late, const char *problem)
{
	json_t *doc = page_citizen(page, late->desk->unit->name);

	put_text(doc, "action",
	    page_address(page, page->req->path, "more", late->token, NULL));
	form_keeps_language(page, doc);
	put_text(doc, "desk_name", late->desk->name);
	put_text(doc, "more", late->token);
	put_text(doc, "problem", page_problem(page, problem));
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

int
late_comment_ask(const struct page *page)
{
	struct late_comment late = {
	    .desk = catalogue_desk(page->ctx->catalogue, page->req->part[0]),
	    .token = page_asked(page, "more"),
	    .comment = ""};

	if (late.desk == NULL)
		return 404;
	if (!link_token_valid(late.token) ||
	    !store_late_comment_open(page->ctx->db, late.token))
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
		return show_late_comment(&page, 410, late, "more.taken");
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

	return late.desk == NULL
		   ? status
		   : show_late_comment(page, status, &late, problem);
}

int
late_comment_take(const struct page *page)
{
	struct late_comment *late = arena_alloc(page->arena, sizeof(*late));
	const char *comment =
	    page_entered(page, "comment", LIMIT_COMMENT_CHARS);

	*late = entered_late_comment(page);
	if (late->desk == NULL)
		return 404;
	if (!link_token_valid(late->token))
		return token_gone(page, late->desk);
	if (form_switched(page))
		return show_late_comment(page, 200, late, NULL);
	if (comment == NULL)
		return show_late_comment(page, 422, late, "web.error.comment");
	if (comment[0] == '\0')
		return show_late_comment(page, 422, late, "more.empty");
	return page_write(page, late, write_late_comment, reply_late_comment);
}
