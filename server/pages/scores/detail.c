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
#include "server/pages/document.h"
#include "server/pages/scores/dossiers.h"
#include "server/pages/scores/live.h"
#include "server/pages/scores/remarks.h"
#include "server/pages/scores/levels.h"
#include "server/pages/scores/tables.h"
#include "server/pages/scores/trend.h"
#include "server/core/words.h"
#include "shared/limits.h"

#define REMARKS 5 /* newest comments; the rest stands on a page of its own */

/* A part that may be missing because the database did not answer. */
static bool
set_read(json_t *doc, const char *name, json_t *value)
{
	return value != NULL && json_object_set_new(doc, name, value) == 0;
}

static json_t *
part(const struct scope *l)
{
	bool of_unit = l->alone;
	const struct score *whole;
	struct score_rows rows;
	json_t *doc = json_object();

	scope_rows(l, l->now, BY_POPULATION, "tthc", &rows);
	whole = &rows.rows[0];
	json_object_set_new(doc, "lang", json_string(lang_code(l->lang)));
	json_object_set_new(doc, "apart",
	    json_boolean(of_unit && scope_has_below(l, l->unit->code)));
	json_object_set_new(doc, "cards", cards_document(l, false));
	json_object_set_new(doc, "weekly", json_boolean(l->weekly));
	json_object_set_new(doc, "trend", trend_document(l, whole));
	json_object_set_new(doc, "levels", levels_document(l, whole));
	json_object_set_new(doc, "reasons", reasons_document(l, whole));
	json_object_set_new(doc, "criteria", criteria_document(l));
	json_object_set_new(doc, "channels", channels_document(l));
	json_object_set_new(
	    doc, "desks", of_unit ? desks_document(l) : json_null());
	json_object_set_new(doc, "fields",
	    of_unit && l->field == NULL ? fields_document(l) : json_null());
	json_object_set_new(
	    doc, "units", of_unit ? json_null() : units_document(l));
	json_object_set_new(doc, "files", dossiers_document(l, whole));
	json_object_set_new(doc, "adjusted", adjusted_document(l, whole));
	json_object_set_new(doc, "all_remarks",
	    json_string(scope_address(l, "/staff/comments")));
	if (set_read(doc, "aside", aside_document(l, whole)) &&
	    set_read(doc, "said", remarks_document(l, NULL, NULL, 0, REMARKS)))
		return doc;
	json_decref(doc);
	return NULL;
}

/* "Đất đai – Thị trấn Liên Hương – Quý IV năm 2026" */
static const char *
heading(const struct scope *l)
{
	const char *field =
	    l->field == NULL ? NULL : scope_field_name(l, l->field->code);
	const char *unit =
	    scope_bound(l) == NULL ? NULL : scope_unit_name(l, scope_bound(l));
	const char *first = l->alone ? unit : field;
	const char *second = l->alone ? field : unit;

	return arena_printf(l->arena, "%s%s%s – %s", first,
	    second == NULL ? "" : " – ", second == NULL ? "" : second,
	    words_period(l->arena, l->lang, &l->period));
}

static int
show(struct scope *l, struct response *res)
{
	return live_show(l, res, "scores/detail", "scores/detail_part",
	    heading(l), true, part);
}

int
get_unit(struct ctx *ctx, struct request *req, struct response *res)
{
	struct scope l;

	return scope_read_unit(&l, ctx, req, req->part[0]) ? show(&l, res)
							   : 404;
}

int
get_field(struct ctx *ctx, struct request *req, struct response *res)
{
	struct scope l;

	return scope_read_field(&l, ctx, req, req->part[0]) ? show(&l, res)
							    : 404;
}
