/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * GET /staff/report: the official report of what the board shows, as it will
 * stand on paper; the print of this page is the report, too. GET
 * /staff/report/file/NAME: the same as a file. Taking a file along is a deed.
 */
#include "server/pages/report/report.h"
#include "server/pages/pages.h"

#include <string.h>
#include "server/core/catalogue/catalogue.h"
#include "server/pages/menu.h"
#include "server/pages/scores/figure.h"
#include "server/report/forms.h"
#include "server/report/report_document.h"
#include "server/store/people/audit.h"
#include "server/store/report.h"
#include "server/view/chart.h"

#define PAGE_WIDTH 1000 /* of a table, in parts */

static const char *
code_or_empty(const char *code)
{
	return code == NULL ? "" : code;
}

static struct report_filter
filter_of(const struct scope *scope)
{
	return (struct report_filter){
	    .unit = scope->unit == NULL ? "" : scope->unit->code,
	    .alone = scope->alone,
	    .within = code_or_empty(scope->page->req->caller.unit),
	    .field = scope->field == NULL ? "" : scope->field->code,
	    .channel = code_or_empty(scope->channel)};
}

int
report_page_open(struct report_page *r, const struct page *page)
{
	struct report_ask ask = {0};
	char name[PERIOD_TEXT];

	if (!scope_read(&r->scope, page))
		return 404;
	ask.period = r->scope.period;
	ask.closed = r->scope.closed;
	ask.filter = filter_of(&r->scope);
	ask.least = scope_least(&r->scope);
	ask.today = r->scope.today;
	period_name(&ask.period, name);
	r->period = arena_strdup(page->arena, name);
	r->unit = report_ask_unit(&ask);
	r->whole = report_ask_whole(&ask);
	if (!store_report_source(page->ctx->db, page->ctx->catalogue,
		page->arena, &ask, &r->source, &r->frozen))
		return 503;
	report_build(&r->source, page->lang, page->arena, &r->report);
	return 0;
}

void
report_page_close(struct report_page *r)
{
	tallies_finish(&r->source.tallies);
	catalogue_destroy(r->frozen);
}

/* --------------------------------------------------------------- the page */

/* Every bar as a picture of its own, as on the board. */
static json_t *
bars_document(void *context, const struct report_chart *chart, int number)
{
	json_t *bars = json_array();

	(void)context;
	(void)number;
	for (size_t i = 0; i < chart->nbars; i++) {
		const struct report_bar *bar = &chart->bars[i];
		struct chart_interval c = {.has_share = bar->has_share,
		    .share = bar->share,
		    .has_interval = bar->has_interval,
		    .lo = bar->lo,
		    .hi = bar->hi,
		    .has_target = true,
		    .target = bar->target,
		    .from = chart->from,
		    .title = bar->words};
		json_t *row = json_object();
		struct buf svg;

		buf_init(&svg);
		chart_interval(&c, &svg);
		put_text(row, "name", bar->name);
		put_text(row, "words", bar->words);
		put_part(row, "svg", figure_picture(&svg));
		json_array_append_new(bars, row);
	}
	return bars;
}

/* The files, and the CSV once more as Excel in Vietnamese wants it. */
static json_t *
files_document(const struct report_page *r)
{
	const struct scope *scope = &r->scope;
	json_t *list = json_array();
	const struct report_form *form;

	for (size_t i = 0; (form = report_form_at(i)) != NULL; i++) {
		json_t *row = json_object();

		put_text(row, "name", form->name);
		put_text(row, "title",
		    page_text_of(scope->page, "report.file.%s", form->name));
		put_text(row, "href",
		    scope_address(
			scope, arena_printf(scope->page->arena,
				   "/staff/report/file/%s", form->name)));
		json_array_append_new(list, row);
	}
	return list;
}

int
get_report(struct ctx *ctx, struct request *req, struct response *res)
{
	struct page page = page_of(ctx, req, res);
	struct report_page r;
	int status = report_page_open(&r, &page);
	json_t *doc, *paper;

	if (status != 0)
		return status;
	doc = page_document(&page);
	paper = report_document(
	    &r.report, PAGE_WIDTH, PAGE_WIDTH, bars_document, NULL);
	menu_lead(json_object_get(doc, "ways"), "/staff/",
	    scope_address(&r.scope, "/staff/"));
	put_text(doc, "heading",
	    scope_heading(&r.scope, r.report.head.subject_period));
	put_part(doc, "filters", scope_filters(&r.scope, false));
	put_part(doc, "files", files_document(&r));
	put_text(doc, "done", page_done(&page, "report.done"));
	put_words(doc, "edit",
	    page_may(&page, WHO_MANAGER) && r.whole
		? scope_address(&r.scope, "/staff/report/edit")
		: NULL);
	json_object_update(doc, paper);
	json_decref(paper);
	report_page_close(&r);
	return page_show(&page, 200, "report/report", doc);
}

/* --------------------------------------------------------------- the files */

struct report_export {
	const struct report_form *form;
	const char *name, *bytes;
	size_t size;
	struct deed deed;
};

static bool
write_report_export(struct db *db, struct tallies *tallies, struct request *req)
{
	const struct report_export *e = req->data;

	(void)tallies;
	return store_audit(db, &e->deed);
}

static int
reply_report_export(struct ctx *ctx, struct request *req, struct response *res)
{
	const struct report_export *e = req->data;

	(void)ctx;
	res->type = e->form->type;
	res->filename = e->name;
	buf_add(&res->body, e->bytes, e->size);
	return 200;
}

static bool
make_report_file(
    const struct page *page, struct report_page *r, struct report_export *e)
{
	/* a spreadsheet in Vietnamese takes ';' and a decimal comma */
	const struct report_choice choice = {
	    .semicolon = page->lang == LANG_VI};
	struct buf file;
	bool ok;

	buf_init(&file);
	ok = e->form->write(&r->report, &choice, &file);
	e->size = file.size;
	e->bytes = arena_strndup(page->arena, buf_text(&file), file.size);
	buf_finish(&file);
	return ok;
}

int
get_report_file(struct ctx *ctx, struct request *req, struct response *res)
{
	struct page page = page_of(ctx, req, res);
	struct report_export *e = arena_alloc(&req->arena, sizeof(*e));
	struct report_page r;
	int status;
	bool ok;

	e->form = report_form_find(req->part[0]);
	if (e->form == NULL || strcmp(e->form->name, req->part[0]) != 0)
		return 404;
	status = report_page_open(&r, &page);
	if (status != 0)
		return status;
	ok = make_report_file(&page, &r, e);
	e->name =
	    arena_printf(page.arena, "bao-cao-%s.%s", r.period, e->form->name);
	e->deed = page_deed(&page, "report.export", r.unit, r.period);
	e->deed.after =
	    page_json(&page, json_pack("{s:s, s:s}", "form", e->form->name,
				 "filter", r.report.head.filter));
	report_page_close(&r);
	return ok ? page_write(
			&page, e, write_report_export, reply_report_export)
		  : 500;
}
