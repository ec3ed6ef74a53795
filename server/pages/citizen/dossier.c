/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * GET and POST /d/TOKEN: the form of one dossier, by a link that serves once.
 * Used, expired and unknown links get the same page, so that nothing
 * is learned by trying; it leads to the desk's own form. A dossier has one
 * answer over all channels: the first to come (kiosk, link, SMS) takes it, in
 * the writer's transaction, and an answer that comes second here is not stored.
 */
#include "server/core/dossier/binding.h"
#include "server/pages/pages.h"

#include "server/core/catalogue/catalogue.h"
#include "server/pages/citizen/form_fill.h"
#include "server/store/dossier/dossier_links.h"

struct bound {
	struct filled filled; /* first: form_thanks reads it */
	struct binding binding;
	bool mine; /* the dossier had no answer before */
};

/* The dossier of the address; false when there is none, or nothing to ask. */
static bool
find_bound(const struct page *page, struct bound *b)
{
	const struct catalogue *c = page->ctx->catalogue;
	const char *token = page->req->part[0];
	struct filled *f = &b->filled;

	f->form = catalogue_form(c, "one-stop", 0);
	if (f->form == NULL || !link_token_valid(token) ||
	    store_binding(page->ctx->db, page->arena, token, &b->binding) !=
		STEP_ROW)
		return false;
	f->desk = catalogue_unit_desk(
	    c, b->binding.dossier_unit, b->binding.dossier_field);
	f->unit = catalogue_unit(c, b->binding.dossier_unit);
	f->bound = true;
	f->knows_field = catalogue_field(c, b->binding.dossier_field) != NULL;
	return f->desk != NULL && f->unit != NULL && !b->binding.is_call;
}

int
get_dossier(struct ctx *ctx, struct request *req, struct response *res)
{
	struct page page = form_page(ctx, req, res);
	struct bound b = {0};

	if (!find_bound(&page, &b) || !binding_open(&b.binding, req->now))
		return form_gone(&page, NULL, NULL);
	return form_show(&page, 200, &b.filled, NULL);
}

static bool
write_bound(struct db *db, struct tallies *tallies, struct request *req)
{
	struct bound *b = req->data;
	struct entry *entry = &b->filled.entry;

	if (!store_dossier_claim(db, b->binding.dossier, &entry->id, &b->mine))
		return false;
	return !b->mine || store_answer(db, tallies, entry) != STORED_FAILED;
}

static int
reply_bound(struct ctx *ctx, struct request *req, struct response *res)
{
	struct page page = form_page(ctx, req, res);
	const struct bound *b = req->data;

	return b->mine ? form_thanks(ctx, req, res)
		       : form_gone(&page, NULL, NULL);
}

/* What the dossier says of the answer. */
static void
bind_entry(const struct page *page, struct bound *b)
{
	const struct field *field =
	    catalogue_field(page->ctx->catalogue, b->binding.dossier_field);
	struct entry *entry = &b->filled.entry;

	entry->unit = b->filled.unit->code;
	entry->dossier = b->binding.dossier;
	if (field != NULL)
		entry->field = field->code;
}

int
dossier_again(const struct page *page, int status, const char *problem)
{
	struct bound b = {0};

	return find_bound(page, &b)
		   ? form_show(page, status, &b.filled, problem)
		   : status;
}

int
post_dossier(struct ctx *ctx, struct request *req, struct response *res)
{
	struct page page = form_page(ctx, req, res);
	struct bound *b = arena_alloc(&req->arena, sizeof(*b));
	const char *wrong;

	if (!find_bound(&page, b) || req->now > b->binding.expires_at)
		return form_gone(&page, NULL, NULL);
	if (form_switched(&page))
		return form_show(&page, 200, &b->filled, NULL);
	wrong = form_fill(&page, &b->filled);
	if (wrong != NULL)
		return form_refuse(&page, &b->filled, wrong);
	bind_entry(&page, b);
	req->vouched = true;
	return page_write(&page, b, write_bound, reply_bound);
}
