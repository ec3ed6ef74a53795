/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * GET /staff/units/{} and /staff/fields/{}: why a unit, or a field, stands
 * where it stands. The same head as the board's, then what the figures are made
 * of: over time, by level, by question, by channel, by desk, by field or unit,
 * and what stands beside them. A unit outside the reader's own does not exist.
 */
#include "server/pages/pages.h"

#include "server/core/catalogue/catalogue.h"
#include "server/pages/scores/card.h"
#include "server/pages/scores/channels.h"
#include "server/pages/scores/criteria.h"
#include "server/pages/scores/desks.h"
#include "server/pages/page.h"
#include "server/pages/scores/dossiers.h"
#include "server/pages/scores/live.h"
#include "server/pages/scores/remarks.h"
#include "server/pages/scores/levels.h"
#include "server/pages/scores/scope.h"
#include "server/pages/scores/tables.h"
#include "server/pages/scores/trend.h"
#include "server/core/words.h"
#include "shared/limits.h"

#define REMARKS 5 /* newest comments; the rest stands on a page of its own */

/* A part that may be missing because the database did not answer. */
static bool
set_read(json_t *doc, const char *name, json_t *value)
{
	put_part(doc, name, value);
	return value != NULL;
}

static json_t *
detail_part_document(const struct scope *scope)
{
	bool of_unit = scope->alone;
	const struct score *whole;
	struct score_rows rows;
	json_t *doc = json_object();

	scope_rows(scope, scope->now, BY_POPULATION, "tthc", &rows);
	whole = &rows.rows[0];
	put_text(doc, "lang", lang_code(scope->page->lang));
	put_flag(
	    doc, "apart", of_unit && scope_has_below(scope, scope->unit->code));
	put_part(doc, "cards", cards_document(scope, false));
	put_flag(doc, "weekly", scope->weekly);
	put_part(doc, "trend", trend_document(scope, whole));
	put_part(doc, "levels", levels_document(scope, whole));
	put_part(doc, "reasons", reasons_document(scope, whole));
	put_part(doc, "criteria", criteria_document(scope));
	put_part(doc, "channels", channels_document(scope));
	put_part(doc, "desks", of_unit ? desks_document(scope) : NULL);
	put_part(doc, "fields",
	    of_unit && scope->field == NULL ? fields_document(scope) : NULL);
	put_part(doc, "units", of_unit ? NULL : units_document(scope));
	put_part(doc, "files", dossiers_document(scope, whole));
	put_part(doc, "adjusted", adjusted_document(scope, whole));
	put_text(doc, "all_remarks", scope_address(scope, "/staff/comments"));
	put_part(doc, "aside", aside_document(scope, whole));
	if (set_read(
		doc, "said", remarks_document(scope, NULL, NULL, 0, REMARKS)))
		return doc;
	json_decref(doc);
	return NULL;
}

/* "Đất đai – Thị trấn Liên Hương – Quý IV năm 2026" */
static const char *
detail_heading(const struct scope *scope)
{
	const char *field = scope->field == NULL
				? NULL
				: scope_field_name(scope, scope->field->code);
	const char *unit = scope_bound(scope) == NULL
			       ? NULL
			       : scope_unit_name(scope, scope_bound(scope));
	const char *first = scope->alone ? unit : field;
	const char *second = scope->alone ? field : unit;

	return arena_printf(scope->page->arena, "%s%s%s – %s", first,
	    second == NULL ? "" : " – ", second == NULL ? "" : second,
	    words_period(
		scope->page->arena, scope->page->lang, &scope->period));
}

static int
show_detail(struct scope *scope, struct response *res)
{
	return live_show(scope, res, "scores/detail", "scores/detail_part",
	    detail_heading(scope), true, detail_part_document);
}

int
get_unit(struct ctx *ctx, struct request *req, struct response *res)
{
	struct page page = page_of(ctx, req, res);
	struct scope scope;

	return scope_read_unit(&scope, &page, req->part[0])
		   ? show_detail(&scope, res)
		   : 404;
}

int
get_field(struct ctx *ctx, struct request *req, struct response *res)
{
	struct page page = page_of(ctx, req, res);
	struct scope scope;

	return scope_read_field(&scope, &page, req->part[0])
		   ? show_detail(&scope, res)
		   : 404;
}
