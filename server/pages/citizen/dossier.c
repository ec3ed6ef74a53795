/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * GET and POST /d/TOKEN: the form of one dossier, by a link that serves once.
 * Used, expired and unknown links get the same page, so that nobody learns
 * anything by trying; it leads to the desk's own form. A dossier has one answer
 * over all channels: whoever comes first (kiosk, link, SMS) takes it, in the
 * writer's transaction, and an answer that comes second here is not stored.
 */
#include "server/core/dossier/binding.h"
#include "server/pages/pages.h"

#include <string.h>
#include "server/core/catalogue/catalogue.h"
#include "server/http/counters.h"
#include "server/pages/document.h"
#include "server/pages/citizen/form_fill.h"
#include "server/store/dossier_links.h"

struct bound {
	struct filled filled; /* first: form_thanks reads it */
	struct binding binding;
	bool mine;
};

/* Where an answer about a unit's dossier is counted: the unit's first desk, or
 * that of the unit above. */
static const struct desk *
desk_of(const struct catalogue *c, const char *unit)
{
	const struct unit *u = catalogue_unit(c, unit);

	while (u != NULL) {
		for (size_t i = 0; i < c->ndesks; i++)
			if (c->desks[i].unit == u)
				return &c->desks[i];
		u = catalogue_unit(c, u->parent);
	}
	return c->ndesks > 0 ? &c->desks[0] : NULL;
}

/* The dossier of the address; false when there is none, or nothing to ask. */
static bool
find(struct ctx *ctx, struct request *req, struct bound *b)
{
	struct filled *f = &b->filled;

	form_languages(ctx, req); /* first: of a dead link's page too */
	f->form = catalogue_form(ctx->catalogue, "one-stop", 0);
	if (f->form == NULL || !link_token_valid(req->part[0]) ||
	    store_binding(ctx->db, &req->arena, req->part[0], &b->binding) !=
		STEP_ROW)
		return false;
	f->desk = desk_of(ctx->catalogue, b->binding.dossier_unit);
	f->unit = catalogue_unit(ctx->catalogue, b->binding.dossier_unit);
	f->bound = true;
	f->knows_field =
	    catalogue_field(ctx->catalogue, b->binding.dossier_field) != NULL;
	return f->desk != NULL && f->unit != NULL && !b->binding.is_call;
}

static int
gone(struct ctx *ctx, struct request *req, struct response *res)
{
	return document_gone(ctx, req, res, NULL, NULL);
}

int
get_dossier(struct ctx *ctx, struct request *req, struct response *res)
{
	struct bound *b = arena_alloc(&req->arena, sizeof(*b));

	if (!find(ctx, req, b) || !binding_open(&b->binding, req->now))
		return gone(ctx, req, res);
	return form_show(req, res, 200, &b->filled, NULL);
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
	struct bound *b = req->data;

	return b->mine ? form_thanks(ctx, req, res) : gone(ctx, req, res);
}

static void
take_over(struct ctx *ctx, struct bound *b)
{
	struct entry *entry = &b->filled.entry;
	const struct field *field =
	    catalogue_field(ctx->catalogue, b->binding.dossier_field);

	entry->unit = b->filled.unit->code;
	entry->dossier = b->binding.dossier;
	if (field != NULL)
		entry->field = field->code;
}

int
post_dossier(struct ctx *ctx, struct request *req, struct response *res)
{
	struct bound *b = arena_alloc(&req->arena, sizeof(*b));
	const char *wrong;

	req->lang = form_language(req);
	if (!find(ctx, req, b) || req->now > b->binding.expires_at)
		return gone(ctx, req, res);
	wrong = form_fill(ctx, req, &b->filled);
	if (wrong != NULL) {
		counters_answer(ctx->counters, "web", STORED_FAILED);
		return form_show(
		    req, res, 422, &b->filled, text(req->lang, wrong));
	}
	take_over(ctx, b);
	req->data = b;
	req->write = write_bound;
	req->reply = reply_bound;
	return HTTP_LATER;
}
