/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * GET /staff/: who meets the target, how sure that is, and where it is not. The
 * figures are those of the interface and the command line (core/score); here
 * they get words, order and pictures. From the whole to its parts: the targets,
 * the fields, the units, and where both meet.
 */
#include "server/pages/pages.h"

#include "server/core/catalogue.h"
#include "server/pages/card.h"
#include "server/pages/document.h"
#include "server/pages/heat.h"
#include "server/pages/live.h"
#include "server/pages/table.h"
#include "server/words.h"

static json_t *
part(const struct look *l)
{
	return json_pack("{s:s, s:o, s:o, s:o, s:o}", "lang",
	    lang_code(l->lang), "cards", cards_document(l, true), "fields",
	    l->field == NULL ? fields_document(l) : json_null(), "units",
	    units_document(l), "heat",
	    l->field == NULL ? heat_document(l) : json_null());
}

/* "Quý IV năm 2026 – Thị trấn Liên Hương – Đất đai" */
static const char *
heading(const struct look *l)
{
	const char *words = words_period(l->arena, l->lang, &l->period);
	const char *bound = look_bound(l);

	if (bound != NULL)
		words = arena_printf(
		    l->arena, "%s – %s", words, look_unit_name(l, bound));
	if (l->field != NULL)
		words = arena_printf(l->arena, "%s – %s", words,
		    look_field_name(l, l->field->code));
	return words;
}

int
page_board(struct ctx *ctx, struct request *req, struct response *res)
{
	struct look l;

	if (!look_read(&l, ctx, req))
		return 404;
	return live_show(
	    &l, res, "board", "board_part", heading(&l), false, part);
}
