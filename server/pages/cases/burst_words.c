/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * GET and POST /staff/admin/words: the words of unusual bursts that are
 * decided, and their removal. What is removed is not to be had again, so a tick
 * is asked for; the audit log says how many there were and of which burst, and
 * nothing of them. Scores and counts are not touched.
 */
#include "server/pages/pages.h"

#include <string.h>
#include "server/core/words.h"
#include "server/pages/page.h"
#include "server/store/cases/burst_words.h"
#include "server/store/people/audit.h"
#include "shared/limits.h"

/* What is to be removed. */
struct removal {
	struct burst_words burst;
	struct deed deed;
	int64_t removed;
};

static json_t *
burst_document(const struct page *page, const struct burst_words *b)
{
	json_t *one = json_object();

	put_text(one, "unit", page_unit_name(page, b->unit));
	put_text(one, "desk", b->desk);
	put_text(one, "from", words_date(page->arena, b->first));
	put_text(one, "to",
	    b->last == b->first ? NULL : words_date(page->arena, b->last));
	put_text(one, "act", b->act);
	put_text(one, "login", page_person(page, b->login));
	put_text(one, "time", page_time(page, b->at));
	put_text(one, "answers", page_count(page, b->answers));
	put_text(one, "words", page_count(page, b->words));
	put_text(one, "characters", page_count(page, b->characters));
	put_part(one, "form",
	    page_may(page, WHO_ADMIN)
		? page_form(
		      page, page_address(page, "/staff/admin/words", NULL))
		: NULL);
	put_text(one, "decision", page_id(page, &b->decision));
	return one;
}

static int
show_burst_words(const struct page *page, int status, const char *wrong)
{
	struct burst_words *list;
	json_t *doc, *bursts;
	size_t n;

	if (!store_burst_words(
		page->ctx->db, page->arena, LIMIT_PAGE_DONE, &list, &n))
		return 503;
	doc = page_document(page);
	bursts = json_array();
	for (size_t i = 0; i < n; i++)
		json_array_append_new(bursts, burst_document(page, &list[i]));
	put_text(doc, "heading", page_text(page, "admin.words"));
	put_text(doc, "up", page_address(page, "/staff/admin", NULL));
	put_text(doc, "done", page_done(page, "words.done"));
	put_text(doc, "problem", page_problem(page, wrong));
	put_flag(doc, "any", n > 0);
	put_part(doc, "bursts", bursts);
	return page_show(page, status, "cases/burst_words", doc);
}

int
get_burst_words(struct ctx *ctx, struct request *req, struct response *res)
{
	struct page page = page_of(ctx, req, res);

	return req->caller.unit != NULL ? 403
					: show_burst_words(&page, 200, NULL);
}

static bool
write_burst_words(struct db *db, struct tallies *tallies, struct request *req)
{
	struct removal *r = req->data;

	(void)tallies;
	return store_burst_words_remove(db, &r->burst.decision, &r->removed) &&
	       (r->removed == 0 || store_audit(db, &r->deed));
}

static int
reply_burst_words(struct ctx *ctx, struct request *req, struct response *res)
{
	struct page page = page_of(ctx, req, res);

	return page_go(&page,
	    page_address(&page, "/staff/admin/words", "done", "removed", NULL));
}

/* The burst of the form, as it stands; 200, or what is wrong. */
static int
find_removal(const struct page *page, struct removal *r)
{
	struct burst_words *list;
	struct uuid id;
	size_t n;

	if (!uuid_parse(page_field(page, "decision"), &id))
		return 422;
	if (!store_burst_words(
		page->ctx->db, page->arena, LIMIT_PAGE_DONE, &list, &n))
		return 503;
	for (size_t i = 0; i < n; i++)
		if (uuid_compare(&list[i].decision, &id) == 0) {
			r->burst = list[i];
			return 200;
		}
	return 404;
}

int
post_burst_words(struct ctx *ctx, struct request *req, struct response *res)
{
	struct page page = page_of(ctx, req, res);
	struct removal *r = arena_alloc(page.arena, sizeof(*r));
	int status;

	if (req->caller.unit != NULL)
		return 403;
	status = find_removal(&page, r);
	if (status != 200)
		return status == 422 ? show_burst_words(&page, 422, "error.400")
				     : status;
	if (strcmp(page_field(&page, "sure"), "1") != 0)
		return show_burst_words(&page, 422, "words.error.sure");
	r->deed = page_deed(&page, "words.remove", r->burst.unit,
	    page_id(&page, &r->burst.decision));
	r->deed.before = page_json(
	    &page, json_pack("{s:s, s:I, s:I, s:I}", "desk", r->burst.desk,
		       "answers", (json_int_t)r->burst.answers, "words",
		       (json_int_t)r->burst.words, "characters",
		       (json_int_t)r->burst.characters));
	return page_write(&page, r, write_burst_words, reply_burst_words);
}
