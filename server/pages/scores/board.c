/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * GET /staff/: who meets the target, how sure that is, and where it is not. The
 * figures are those of the interface and the command line (core/score/score);
 * here they get words, order and pictures. From the whole to its parts: the
 * targets, the fields, the units, and where both meet.
 */
#include "server/pages/pages.h"

#include "server/core/catalogue/catalogue.h"
#include "server/pages/scores/card.h"
#include "server/pages/page.h"
#include "server/pages/scores/heat.h"
#include "server/pages/scores/live.h"
#include "server/pages/scores/scope.h"
#include "server/pages/scores/tables.h"
#include "server/core/words.h"

static json_t *
board_part_document(const struct scope *scope)
{
	json_t *out = json_object();

	put_text(out, "lang", lang_code(scope->page->lang));
	put_part(out, "cards", cards_document(scope, true));
	put_part(out, "fields",
	    scope->field == NULL ? fields_document(scope) : NULL);
	put_part(out, "units", units_document(scope));
	put_part(
	    out, "heat", scope->field == NULL ? heat_document(scope) : NULL);
	return out;
}

/* "Quý IV năm 2026 – Thị trấn Liên Hương – Đất đai" */
static const char *
board_heading(const struct scope *scope)
{
	const char *words =
	    words_period(scope->page->arena, scope->page->lang, &scope->period);
	const char *bound = scope_bound(scope);

	if (bound != NULL)
		words = arena_printf(scope->page->arena, "%s – %s", words,
		    scope_unit_name(scope, bound));
	if (scope->field != NULL)
		words = arena_printf(scope->page->arena, "%s – %s", words,
		    scope_field_name(scope, scope->field->code));
	return words;
}

int
get_board(struct ctx *ctx, struct request *req, struct response *res)
{
	struct page page = page_of(ctx, req, res);
	struct scope scope;

	if (!scope_read(&scope, &page))
		return 404;
	return live_show(&scope, res, "scores/board", "scores/board_part",
	    board_heading(&scope), false, board_part_document);
}
