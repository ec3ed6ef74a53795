/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * GET /staff/?period=P: where the scores stand against the targets. The rows
 * are those of the interface (server/scores); here they get words, order and
 * pictures. Order by what needs a person: not met, not yet known, met, each by
 * distance to the target; then what cannot be judged, without colour. A row is
 * coloured only when its verdict cannot turn by reading it daily (the anytime
 * limits lie on one side), because no period is closed yet.
 */
#include "server/pages/pages.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "server/core/catalogue.h"
#include "server/core/period.h"
#include "server/pages/document.h"
#include "server/scores.h"
#include "server/view/chart.h"
#include "server/view/number.h"
#include "server/words.h"
#include "shared/civil.h"

#define SCALE_FROM 50 /* left edge of the bars; shares below show an arrow */

struct board {
	struct ctx *ctx;
	struct request *req;
	struct period period;
	char mark; /* decimal */
};

/* ------------------------------------------------------------------ periods */

static void
offer(struct board *b, json_t *list, const struct period *p, bool *found)
{
	char code[PERIOD_TEXT], shown[PERIOD_TEXT];
	bool chosen;

	period_name(p, code);
	period_name(&b->period, shown);
	chosen = strcmp(code, shown) == 0;
	*found |= chosen;
	json_array_append_new(
	    list, json_pack("{s:s, s:s, s:b}", "code", code, "name",
		      words_period(&b->req->arena, b->req->lang, p), "chosen",
		      chosen));
}

/* Four quarters back, then this year's other periods; the one that is shown
 * stands among them in any case. */
static json_t *
periods(struct board *b)
{
	int32_t today = civil_local_day(b->req->now);
	struct period p = period_current_quarter(today);
	int year = civil_from_day(today).year;
	json_t *list = json_array();
	char word[PERIOD_TEXT];
	bool found = false;

	for (int i = 0; i < 4; i++) {
		offer(b, list, &p, &found);
		if (!period_previous(&p, &p))
			break;
	}
	for (int i = 0; i < 3; i++) {
		snprintf(word, sizeof(word),
		    i == 0   ? "%d-H1"
		    : i == 1 ? "%d-9M"
			     : "%d",
		    year);
		if (period_parse(word, &p))
			offer(b, list, &p, &found);
	}
	if (!found)
		offer(b, list, &b->period, &found);
	return list;
}

/* -------------------------------------------------------------------- words */

struct words {
	char valid[NUMBER_TEXT], share[NUMBER_TEXT], lo[NUMBER_TEXT],
	    hi[NUMBER_TEXT], target[NUMBER_TEXT], more[NUMBER_TEXT],
	    least[NUMBER_TEXT];
};

static void
words_of(const struct board *b, const struct score *row, struct words *w)
{
	const struct judgement *j = &row->judgement;

	number_count(j->valid, b->mark, w->valid);
	number_share(
	    j->satisfied, j->valid, (int)row->percent4, b->mark, w->share);
	number_low(100 * j->wilson.lo, b->mark, w->lo);
	number_high(100 * j->wilson.hi, b->mark, w->hi);
	number_target((int)row->percent4, b->mark, w->target);
	number_count(j->more_needed < 0 ? 0 : j->more_needed, b->mark, w->more);
	number_count(JUDGE_ENOUGH, b->mark, w->least);
}

static const char *
sentence(struct board *b, const struct score *row, const struct words *w)
{
	const struct judgement *j = &row->judgement;
	const char *key = arena_printf(
	    &b->req->arena, "verdict.%s", verdict_name(j->verdict));
	const char *said;

	if (j->verdict == VERDICT_NOT_YET_KNOWN && j->more_needed < 0)
		key = "verdict.not_yet_known.equal";
	said = text_fill(&b->req->arena, b->req->lang, key, "target", w->target,
	    "share", w->share, "lo", w->lo, "hi", w->hi, "more", w->more, "n",
	    w->valid, "min", w->least, NULL);
	if (row->reason == NULL)
		return said;
	return arena_printf(
	    &b->req->arena, "%s %s", said, text(b->req->lang, "verdict.soft"));
}

static const char *
name_of(struct board *b, const struct score *row)
{
	const struct catalogue *c = b->ctx->catalogue;
	const struct unit *u;
	const struct field *f;
	char key[64];

	if (row->field != NULL) {
		f = catalogue_field(c, row->field);
		if (f == NULL)
			return text(b->req->lang, "field.unknown");
		return words_field(b->req->lang, f);
	}
	if (row->unit != NULL && strcmp(row->name, row->unit) == 0) {
		u = catalogue_unit(c, row->unit);
		return u == NULL ? row->unit : u->name;
	}
	snprintf(key, sizeof(key), "population.%s", row->population);
	return text(b->req->lang, key);
}

/* ------------------------------------------------------------------ figures */

static const char *
chart_of(struct board *b, const struct score *row, const struct words *w,
    const char *name, bool labels)
{
	const struct judgement *j = &row->judgement;
	bool any = j->valid > 0;
	struct arena *a = &b->req->arena;
	struct chart_interval chart = {.has_share = any,
	    .share = any ? 100 * j->share : 0,
	    .has_interval = interval_defined(j->wilson),
	    .lo = any ? 100 * j->wilson.lo : 0,
	    .hi = any ? 100 * j->wilson.hi : 0,
	    .has_target = true,
	    .target = (double)row->percent4 / 1e4,
	    .from = SCALE_FROM,
	    .labels = labels ? arena_printf(a, "%s%%", w->target) : NULL,
	    .left = labels ? arena_printf(a, "%d%%", SCALE_FROM) : NULL,
	    .title = text_fill(a, b->req->lang,
		any ? "board.chart" : "board.chart.empty", "name", name,
		"share", w->share, "lo", w->lo, "hi", w->hi, "target",
		w->target, NULL)};
	struct buf svg;
	const char *kept;

	buf_init(&svg);
	chart_interval(&chart, &svg);
	kept = arena_strdup(a, buf_text(&svg));
	buf_finish(&svg);
	return kept;
}

/* The verdict may be coloured: it would not turn by looking daily. */
static bool
firm(const struct score *row)
{
	double target = (double)row->percent4 / 1e6;

	if (row->judgement.verdict == VERDICT_MET)
		return row->anytime.lo >= target;
	if (row->judgement.verdict == VERDICT_NOT_MET)
		return row->anytime.hi < target;
	return false;
}

/* The face that goes with the verdict, 5 met, 2 not met, 0 none: a laughing
 * face beside "not met" would be read first and believed. */
static int
face(const struct score *row)
{
	if (row->judgement.verdict == VERDICT_MET)
		return 5;
	return row->judgement.verdict == VERDICT_NOT_MET ? 2 : 0;
}

static json_t *
optional(const char *words)
{
	return words[0] == '\0' ? json_null() : json_string(words);
}

static json_t *
row_document(struct board *b, const struct score *row, bool labels)
{
	struct words w;
	const char *name = name_of(b, row);

	words_of(b, row, &w);
	return json_pack(
	    "{s:s, s:s, s:o, s:o, s:o, s:s, s:s, s:s, s:b, s:s, s:b}", "name",
	    name, "valid", w.valid, "share", optional(w.share), "lo",
	    optional(w.lo), "hi", optional(w.hi), "target", w.target, "chart",
	    chart_of(b, row, &w, name, labels), "verdict",
	    verdict_name(row->judgement.verdict), "firm", firm(row), "sentence",
	    sentence(b, row, &w), "soft", row->reason != NULL);
}

static json_t *
population_document(struct board *b, const struct score *row)
{
	json_t *doc = row_document(b, row, true);
	json_t *channels = json_array();
	int level = face(row);
	char count[NUMBER_TEXT];

	for (int i = 0; channel_names[i] != NULL; i++) {
		if (row->channels[i] == 0)
			continue;
		number_count(row->channels[i], b->mark, count);
		json_array_append_new(
		    channels, json_pack("{s:s, s:s}", "channel",
				  channel_names[i], "valid", count));
	}
	json_object_set_new(doc, "population", json_string(row->population));
	json_object_set_new(
	    doc, "level", level == 0 ? json_null() : json_integer(level));
	json_object_set_new(doc, "channels", channels);
	json_object_set_new(doc, "coverage", json_null());
	json_object_set_new(doc, "dossiers", json_null());
	return doc;
}

/* ------------------------------------------------------------------- tables */

static int
urgency(const struct score *row)
{
	static const int order[VERDICT_COUNT] = {[VERDICT_NOT_MET] = 0,
	    [VERDICT_NOT_YET_KNOWN] = 1,
	    [VERDICT_MET] = 2,
	    [VERDICT_TOO_FEW] = 3,
	    [VERDICT_NO_DATA] = 4,
	    [VERDICT_INVALID] = 5};

	return order[row->judgement.verdict];
}

static int
compare_rows(const void *a, const void *b)
{
	const struct score *x = a, *y = b;
	double dx, dy;

	if (urgency(x) != urgency(y))
		return urgency(x) - urgency(y);
	if (x->judgement.valid == 0 || y->judgement.valid == 0)
		return 0;
	dx = x->judgement.share - (double)x->percent4 / 1e6;
	dy = y->judgement.share - (double)y->percent4 / 1e6;
	return (dx > dy) - (dx < dy);
}

static json_t *
table(struct board *b, struct score_rows *rows, const char *title,
    const char *heading, bool empty_rows)
{
	json_t *list = json_array();

	if (rows->count > 1)
		qsort(
		    rows->rows, rows->count, sizeof(*rows->rows), compare_rows);
	for (size_t i = 0; i < rows->count; i++)
		if (empty_rows || rows->rows[i].judgement.valid > 0)
			json_array_append_new(
			    list, row_document(b, &rows->rows[i], false));
	return json_pack("{s:s, s:s, s:o}", "title", text(b->req->lang, title),
	    "heading", text(b->req->lang, heading), "rows", list);
}

/* ----------------------------------------------------------------- the page */

static bool
read_rows(struct board *b, const char *by, struct score_rows *rows)
{
	char period[PERIOD_TEXT], error[200];
	struct scores_query query = {
	    .period = period, .by = by, .within = b->req->caller.unit};

	period_name(&b->period, period);
	return scores_read(b->ctx->db, b->ctx->catalogue, &b->req->arena,
		   &query, rows, error, sizeof(error)) == SCORES_READ;
}

static json_t *
provisional(struct board *b)
{
	struct arena *a = &b->req->arena;

	return json_pack("{s:s}", "time",
	    arena_printf(a, "%s %s", words_time(a, b->req->now),
		words_date(a, civil_local_day(b->req->now))));
}

static json_t *
document(struct board *b, struct score_rows *populations,
    struct score_rows *fields, struct score_rows *units)
{
	json_t *doc = document_staff(b->ctx, b->req);
	const struct unit *bound =
	    b->req->caller.unit == NULL
		? NULL
		: catalogue_unit(b->ctx->catalogue, b->req->caller.unit);
	json_t *cards = json_array(), *tables = json_array();
	char code[PERIOD_TEXT];

	period_name(&b->period, code);
	for (size_t i = 0; i < populations->count; i++)
		json_array_append_new(
		    cards, population_document(b, &populations->rows[i]));
	json_array_append_new(
	    tables, table(b, fields, "board.fields", "board.field", false));
	json_array_append_new(
	    tables, table(b, units, "board.units", "board.unit", true));
	json_object_set_new(doc, "period",
	    json_pack("{s:s, s:s}", "code", code, "name",
		words_period(&b->req->arena, b->req->lang, &b->period)));
	json_object_set_new(doc, "periods", periods(b));
	json_object_set_new(doc, "unit",
	    bound == NULL ? json_null() : json_string(bound->name));
	json_object_set_new(doc, "provisional", provisional(b));
	json_object_set_new(doc, "populations", cards);
	json_object_set_new(doc, "tables", tables);
	return doc;
}

int
page_board(struct ctx *ctx, struct request *req, struct response *res)
{
	struct board b = {ctx, req, {0}, req->lang == LANG_VI ? ',' : '.'};
	struct score_rows populations, fields, units;
	const char *asked = pairs_get(&req->query, "period");

	if (asked == NULL || !period_parse(asked, &b.period))
		b.period = period_current_quarter(civil_local_day(req->now));
	if (!read_rows(&b, NULL, &populations) ||
	    !read_rows(&b, "field", &fields) || !read_rows(&b, "unit", &units))
		return 503;
	return document_show(req, res, 200, "board",
	    document(&b, &populations, &fields, &units));
}
