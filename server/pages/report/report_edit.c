/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * GET and POST /staff/report/edit: the words of a report that are a person's to
 * write: its head, which stays for the reports to come, and the passages of
 * this one, and the points of TT 01/2018 that the agency alone knows. Verdicts
 * are no field of the form: they are made of the figures. An empty field is
 * what the figures propose.
 */
#include "server/pages/pages.h"
#include "server/pages/report/report.h"

#include <string.h>
#include "server/core/report/scheme.h"
#include "server/pages/moved.h"
#include "server/store/people/audit.h"
#include "server/store/report_texts.h"
#include "shared/limits.h"

#define FIELDS_MOST 40

struct report_field {
	const char *key, *period; /* period "": of the head */
	const char *was, *words;  /* what is kept, and what it becomes */
	bool changed;
	struct deed deed;
};

struct report_edit {
	struct report_page page;
	struct report_field fields[FIELDS_MOST];
	size_t n;
	struct moved moved;
	const char *long_field; /* the title of one that is too long; NULL */
	const char
	    *wrong_field; /* of points that are none, or have no source */
	const char *unit, *back;
	int64_t now;
};

static const char *
field_title(const struct page *page, const char *key)
{
	static const char end[] = ".source";
	size_t n = strlen(key), m = strlen(end);

	if (n > m && strcmp(key + n - m, end) == 0)
		return page_fill(page, "report.scheme.source", "index",
		    page_text_of(page, "report.%.*s", (int)(n - m), key));
	return page_text_of(page, "report.%s", key);
}

static void
add_field(struct report_edit *e, const char *const *keys, const char *period)
{
	for (; *keys != NULL && e->n < FIELDS_MOST; keys++) {
		struct report_field *f = &e->fields[e->n++];
		const char *words = report_text_of(&e->page.source, *keys);

		f->key = *keys;
		f->period = period;
		f->was = f->words = words == NULL ? "" : words;
	}
}

/* Each index, and below it the source of its points. */
static void
add_indices(struct report_edit *e, const struct page *page)
{
	for (int i = 0; report_scheme_keys[i] != NULL; i++) {
		const char *const keys[] = {report_scheme_keys[i],
		    arena_printf(
			page->arena, "%s.source", report_scheme_keys[i]),
		    NULL};

		add_field(e, keys, e->page.period);
	}
}

/* 404 for what narrows the report: its passages are of the whole. */
static int
open_edit(struct report_edit *e, const struct page *page)
{
	int status = report_page_open(&e->page, page);

	if (status != 0)
		return status;
	if (!e->page.whole) {
		report_page_close(&e->page);
		return 404;
	}
	e->moved.page = page;
	e->unit = e->page.unit;
	e->now = page->req->now;
	e->back = scope_address(&e->page.scope, "/staff/report");
	add_field(e, report_head_keys, "");
	add_field(e, report_passage_keys, e->page.period);
	add_indices(e, page);
	return 0;
}

/* What stands in the report where nothing is entered. */
static const char *
proposed_words(const struct report_edit *e, const char *key)
{
	const struct report *r = &e->page.report;

	for (size_t i = 0; i < r->nblocks; i++)
		if (r->blocks[i].key != NULL && !r->blocks[i].edited &&
		    strcmp(r->blocks[i].key, key) == 0)
			return r->blocks[i].text;
	return NULL;
}

static json_t *
field_document(const struct page *page, const struct report_edit *e, size_t i)
{
	const struct report_field *f = &e->fields[i];
	json_t *row = json_object();
	bool tall = strncmp(f->key, "text.", 5) == 0 ||
		    strcmp(f->key, "head.receivers") == 0;

	put_text(row, "key", f->key);
	put_text(row, "title", field_title(page, f->key));
	put_text(row, "words", f->words);
	put_text(row, "was", f->was);
	put_words(row, "proposed", proposed_words(e, f->key));
	put_flag(row, "tall", tall);
	put_flag(row, "short", !tall);
	return row;
}

static int
show_edit(const struct page *page, int status, const struct report_edit *e)
{
	json_t *doc = page_document(page);
	json_t *head = json_array(), *passages = json_array(),
	       *indices = json_array();

	for (size_t i = 0; i < e->n; i++) {
		const char *key = e->fields[i].key;

		json_array_append_new(strncmp(key, "head.", 5) == 0   ? head
				      : strncmp(key, "text.", 5) == 0 ? passages
								      : indices,
		    field_document(page, e, i));
	}
	put_part(doc, "indices", indices);
	put_text(doc, "heading", e->page.report.head.subject_period);
	put_text(
	    doc, "action", scope_address(&e->page.scope, "/staff/report/edit"));
	put_text(doc, "back", e->back);
	put_part(doc, "head", head);
	put_part(doc, "passages", passages);
	put_words(doc, "problem",
	    e->wrong_field != NULL
		? page_fill(page, "report.edit.points", "field", e->wrong_field)
	    : e->long_field != NULL
		? page_fill(page, "report.edit.long", "field", e->long_field)
		: moved_sentence(&e->moved, "admin.problem.moved"));
	return page_show(page, status, "report/edit", doc);
}

int
get_report_edit(struct ctx *ctx, struct request *req, struct response *res)
{
	struct page page = page_of(ctx, req, res);
	struct report_edit *e = arena_alloc(&req->arena, sizeof(*e));
	int status = open_edit(e, &page);

	if (status != 0)
		return status;
	status = show_edit(&page, 200, e);
	report_page_close(&e->page);
	return status;
}

/* -------------------------------------------------------------------- saving
 */

static void
read_fields(const struct page *page, struct report_edit *e)
{
	for (size_t i = 0; i < e->n; i++) {
		struct report_field *f = &e->fields[i];
		const char *entered;

		if (pairs_get(&page->req->form, f->key) == NULL)
			continue;
		entered = page_entered(page, f->key, LIMIT_REPORT_TEXT_CHARS);
		if (entered == NULL) {
			e->long_field = field_title(page, f->key);
			continue;
		}
		if (moved_is(page, f->key, f->was))
			moved_note(&e->moved, field_title(page, f->key),
			    moved_was(page, f->key), f->was);
		f->words = moved_value(page, f->key, entered, f->was);
		f->changed = strcmp(f->words, f->was) != 0;
	}
}

static const struct report_field *
field_named(const struct report_edit *e, const char *key)
{
	for (size_t i = 0; i < e->n; i++)
		if (strcmp(e->fields[i].key, key) == 0)
			return &e->fields[i];
	return NULL;
}

/* Points are 0 to 2 and say where they come from. */
static void
check_points(const struct page *page, struct report_edit *e)
{
	for (int i = 0; report_scheme_keys[i] != NULL; i++) {
		const char *key = report_scheme_keys[i];
		const struct report_field *f = field_named(e, key);
		const struct report_field *source =
		    field_named(e, arena_printf(page->arena, "%s.source", key));

		if (f->words[0] != '\0' && (scheme_points_read(f->words) < 0 ||
					       source->words[0] == '\0'))
			e->wrong_field = field_title(page, key);
	}
}

static const char *
words_json(const struct page *page, const char *words)
{
	return page_json(page, json_pack("{s:s}", "words", words));
}

static bool
write_texts(struct db *db, struct tallies *tallies, struct request *req)
{
	const struct report_edit *e = req->data;

	(void)tallies;
	for (size_t i = 0; i < e->n; i++) {
		const struct report_field *f = &e->fields[i];

		if (f->changed &&
		    (!store_report_text_put(db, e->unit, f->period, f->key,
			 f->words, f->deed.login, e->now) ||
			!store_audit(db, &f->deed)))
			return false;
	}
	return true;
}

static int
reply_texts(struct ctx *ctx, struct request *req, struct response *res)
{
	struct page page = page_of(ctx, req, res);
	const struct report_edit *e = req->data;

	return page_go(
	    &page, arena_printf(page.arena, "%s%cdone=saved", e->back,
		       strchr(e->back, '?') == NULL ? '?' : '&'));
}

int
post_report_edit(struct ctx *ctx, struct request *req, struct response *res)
{
	struct page page = page_of(ctx, req, res);
	struct report_edit *e = arena_alloc(&req->arena, sizeof(*e));
	int status = open_edit(e, &page);

	if (status != 0)
		return status;
	read_fields(&page, e);
	check_points(&page, e);
	if (e->long_field != NULL || e->wrong_field != NULL ||
	    e->moved.words != NULL) {
		bool wrong = e->long_field != NULL || e->wrong_field != NULL;

		status = show_edit(&page, wrong ? 422 : 409, e);
		report_page_close(&e->page);
		return status;
	}
	for (size_t i = 0; i < e->n; i++) {
		struct report_field *f = &e->fields[i];

		f->deed = page_deed(&page, "report.text", e->unit,
		    arena_printf(page.arena, "%s %s", f->key, f->period));
		f->deed.before = words_json(&page, f->was);
		f->deed.after = words_json(&page, f->words);
	}
	report_page_close(&e->page);
	return page_write(&page, e, write_texts, reply_texts);
}
