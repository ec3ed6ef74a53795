/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a change will do, before it is saved: each row with what was and what
 * will be, and what it does to figures (catalogue/effect.c). What is grave
 * wants a tick.
 */
#include "server/pages/catalogue/index.h"

#include <stdio.h>
#include <string.h>
#include "server/pages/document.h"
#include "server/store/audit.h"
#include "server/store/catalogue_write.h"

#define CHANGES_SHOWN 200

json_t *
admin_hidden(const char *name, const char *value)
{
	return json_pack("{s:s, s:s}", "name", name, "value", value);
}

json_t *
admin_problems(struct admin *a, const struct refusals *refusals)
{
	json_t *list = json_array();

	if (refusals == NULL || refusals->count == 0) {
		json_decref(list);
		return json_null();
	}
	for (size_t i = 0; i < refusals->count; i++)
		json_array_append_new(list, json_string(refusal_words(a->arena,
						a->lang, &refusals->list[i])));
	return json_pack("{s:o}", "list", list);
}

/* ------------------------------------------------------------------- changes
 */

/* A list of questions in one language: "waiting: Chờ đợi lâu · …". */
static const char *
questions(struct admin *a, const json_t *list, enum lang lang)
{
	const char *out = "";

	for (size_t i = 0; i < json_array_size(list); i++) {
		const json_t *one = json_array_get(list, i);
		const char *code =
		    json_string_value(json_object_get(one, "code"));
		const char *said =
		    json_string_value(json_object_get(one, lang_code(lang)));

		out = arena_printf(a->arena, "%s%s%s: %s", out,
		    out[0] == '\0' ? "" : " · ", code == NULL ? "" : code,
		    said == NULL ? "–" : said);
	}
	return out;
}

static json_t *
one_cell(const char *name, const char *before, const char *after)
{
	return json_pack("{s:s, s:o, s:o, s:b}", "name", name, "before",
	    admin_string(before), "after", admin_string(after), "same",
	    strcmp(before, after) == 0);
}

/* One part of a form, in one language, before and after. */
static json_t *
form_cell(struct admin *a, const char *part, enum lang lang, const json_t *was,
    const json_t *is)
{
	const char *name = arena_printf(a->arena, "%s (%s)",
	    admin_text(a, arena_printf(a->arena, "admin.form.%s", part)),
	    admin_text(a, arena_printf(a->arena, "lang.%s", lang_code(lang))));
	const json_t *before = json_object_get(was, part);
	const json_t *after = json_object_get(is, part);
	const char *words[2];

	if (json_is_array(after))
		return one_cell(name, questions(a, before, lang),
		    questions(a, after, lang));
	words[0] = json_string_value(json_object_get(before, lang_code(lang)));
	words[1] = json_string_value(json_object_get(after, lang_code(lang)));
	return one_cell(name, words[0] == NULL ? "" : words[0],
	    words[1] == NULL ? "" : words[1]);
}

/* A new version beside the one before it. */
static json_t *
form_cells(struct admin *a, const struct change *c)
{
	static const char *const parts[] = {
	    "title", "overall", "criteria", "reasons", NULL};
	const struct sheet *forms = &a->folder.sheets[SHEET_FORMS];
	json_t *is = json_loads(c->after->cells[FORM_DOCUMENT], 0, NULL);
	json_t *was = NULL, *cells = json_array();

	for (size_t i = 0; i < forms->count; i++)
		if (strcmp(forms->rows[i].cells[FORM_CODE],
			c->after->cells[FORM_CODE]) == 0) {
			json_decref(was);
			was = json_loads(
			    forms->rows[i].cells[FORM_DOCUMENT], 0, NULL);
		}
	for (int i = 0; parts[i] != NULL; i++)
		for (int l = 0; l < LANG_COUNT; l++)
			json_array_append_new(cells,
			    form_cell(a, parts[i], (enum lang)l, was, is));
	json_decref(was);
	json_decref(is);
	return cells;
}

static json_t *
table_of(struct admin *a, const struct admin *next, const struct change *c)
{
	const struct sheet_kind *kind = &sheet_kinds[c->sheet];
	json_t *cells;

	if (c->kind == CHANGE_ORDER)
		return json_null();
	if (c->sheet == SHEET_FORMS)
		return json_pack("{s:o}", "cells", form_cells(a, c));
	cells = json_array();
	for (size_t i = 0; i < kind->ncolumns; i++)
		json_array_append_new(cells,
		    one_cell(admin_column(a, c->sheet, (int)i),
			c->before == NULL ? ""
					  : admin_cell(a, c->sheet, (int)i,
						c->before->cells[i]),
			c->after == NULL
			    ? ""
			    : admin_cell((struct admin *)next, c->sheet, (int)i,
				  c->after->cells[i])));
	return json_pack("{s:o}", "cells", cells);
}

static const char *
title_of(struct admin *a, struct admin *next, const struct change *c)
{
	static const char *const keys[] = {"admin.change.add",
	    "admin.change.edit", "admin.change.remove", "admin.change.order"};
	const char *name = sheet_kinds[c->sheet].name;
	const char *what =
	    admin_text(a, arena_printf(a->arena, "admin.%s.one", name));

	if (c->kind == CHANGE_ORDER)
		return admin_fill(a, "admin.change.order", "what",
		    admin_text(a, arena_printf(a->arena, "admin.%s", name)));
	return admin_fill(a, keys[c->kind], "what", what, "name",
	    c->after == NULL ? admin_name(a, c->sheet, c->before, c->key)
			     : admin_name(next, c->sheet, c->after, c->key));
}

static json_t *
changes_of(struct admin *a, const struct revision *r)
{
	struct admin next = *a;
	json_t *list = json_array();

	next.folder = r->next; /* new names for new codes */
	for (size_t i = 0; i < r->changes.count && i < CHANGES_SHOWN; i++) {
		const struct change *c = &r->changes.list[i];

		json_array_append_new(
		    list, json_pack("{s:s, s:s, s:b, s:o}", "title",
			      title_of(a, &next, c), "code", c->key, "grave",
			      c->grave, "table", table_of(a, &next, c)));
	}
	return list;
}

/* --------------------------------------------------------------------- saving
 */

static const char *
mark_text(struct admin *a, uint64_t mark)
{
	return arena_printf(a->arena, "%016llx", (unsigned long long)mark);
}

int
admin_review(struct admin *a, struct response *res, int status,
    const struct revision *revision, const char *action, json_t *hidden,
    const char *back, const char *problem)
{
	json_t *effect = admin_effect(a, revision), *doc;
	size_t n = revision->changes.count;

	if (effect == NULL) {
		json_decref(hidden);
		return 503;
	}
	json_array_append_new(
	    hidden, admin_hidden("mark", mark_text(a, revision->mark)));
	doc = admin_document(a);
	json_object_update_new(doc,
	    json_pack("{s:s, s:s, s:o, s:o, s:o, s:b, s:o, s:s, s:o}", "action",
		action, "back", back, "problem", admin_string(problem),
		"hidden", hidden, "changes", changes_of(a, revision), "grave",
		changes_grave(&revision->changes), "effect", effect, "count",
		admin_count(a, (int64_t)n), "more",
		n > CHANGES_SHOWN
		    ? json_string(admin_count(a, (int64_t)(n - CHANGES_SHOWN)))
		    : json_null()));
	json_object_set_new(doc, "large",
	    json_boolean(strcmp(action, "/staff/admin/import") == 0));
	return document_show(a->req, res, status, "catalogue/review", doc);
}

bool
admin_affirmed(
    struct admin *a, const struct revision *revision, const char **problem)
{
	const char *mark = pairs_get(&a->req->form, "mark");

	if (mark == NULL || strcmp(mark, mark_text(a, revision->mark)) != 0) {
		*problem = admin_text(a, "admin.problem.stale");
		return false;
	}
	if (changes_grave(&revision->changes) &&
	    pairs_get(&a->req->form, "sure") == NULL) {
		*problem = admin_text(a, "admin.problem.sure");
		return false;
	}
	return true;
}

struct saving {
	struct revision *revision;
	struct deed by;
	const char *go, *stale;
	bool is_stale;
};

static bool
write_revision(struct db *db, struct tallies *tallies, struct request *req)
{
	struct saving *s = req->data;

	(void)tallies;
	return store_revision_write(db, s->revision, &s->by, &s->is_stale);
}

static int
reply_revision(struct ctx *ctx, struct request *req, struct response *res)
{
	const struct saving *s = req->data;

	(void)ctx;
	return document_go(res, s->is_stale ? s->stale : s->go);
}

int
admin_save(struct admin *a, struct revision *revision, const char *go,
    const char *stale)
{
	struct saving *s = arena_alloc(a->arena, sizeof(*s));

	s->revision = revision;
	s->by = office_deed(a->req, "", "", "");
	s->go = go;
	s->stale = stale;
	a->req->data = s;
	a->req->write = write_revision;
	a->req->reply = reply_revision;
	return HTTP_LATER;
}
