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
#include "server/pages/document.h"
#include "server/pages/scores/heat.h"
#include "server/pages/scores/live.h"
#include "server/pages/scores/tables.h"
#include "server/core/words.h"

static json_t *
part(const struct scope *l)
{
	return json_pack("{s:s, s:o, s:o, s:o, s:o}", "lang",
	    lang_code(l->lang), "cards", cards_document(l, true), "fields",
	    l->field == NULL ? fields_document(l) : json_null(), "units",
	    units_document(l), "heat",
	    l->field == NULL ? heat_document(l) : json_null());
}

/* "Quý IV năm 2026 – Thị trấn Liên Hương – Đất đai" */
static const char *
heading(const struct scope *l)
{
	const char *words = words_period(l->arena, l->lang, &l->period);
	const char *bound = scope_bound(l);

	if (bound != NULL)
		words = arena_printf(
		    l->arena, "%s – %s", words, scope_unit_name(l, bound));
	if (l->field != NULL)
		words = arena_printf(l->arena, "%s – %s", words,
		    scope_field_name(l, l->field->code));
	return words;
}

int
get_board(struct ctx *ctx, struct request *req, struct response *res)
{
	struct scope l;

	if (!scope_read(&l, ctx, req))
		return 404;
	return live_show(&l, res, "scores/board", "scores/board_part",
	    heading(&l), false, part);
}
