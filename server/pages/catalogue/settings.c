/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * GET and POST /staff/admin/settings: what the house may set, each with its
 * meaning, bounds and default; below it what stands in server.ini, and the
 * rules that nobody may set. A change is shown before it is saved; a dangerous
 * one wants a tick.
 */
#include "server/pages/catalogue/index.h"

#include <stdio.h>
#include <string.h>
#include "server/pages/document.h"
#include "server/pages/pages.h"
#include "server/core/score/judge.h"
#include "server/settings.h"
#include "server/store/audit.h"
#include "server/store/catalogue.h"
#include "server/store/generation.h"
#include "shared/limits.h"
#include "shared/utf8.h"

/* What was entered; where it is no value, wrong says so. */
struct wanted {
	int64_t values[SETTING_COUNT];
	const char *entered[SETTING_COUNT]; /* NULL: not in the form */
	bool wrong[SETTING_COUNT];
	int nwrong, nchanged;
	bool dangerous;
	struct deed deeds[SETTING_COUNT]; /* one for each that changes */
	bool changed[SETTING_COUNT];
	const char *go;
};

static const char *
number(struct admin *a, int64_t n)
{
	return arena_printf(a->arena, "%lld", (long long)n);
}

/* A value in words: a switch is on or off. */
static const char *
value_words(struct admin *a, enum setting s, int64_t value)
{
	if (setting_kinds[s].form == SETTING_SWITCH)
		return admin_text(a, value != 0 ? "admin.on" : "admin.off");
	return number(a, value);
}

static const char *
title_of(struct admin *a, enum setting s)
{
	return admin_text(a,
	    arena_printf(a->arena, "setting.%s.title", setting_kinds[s].key));
}

/* -------------------------------------------------------------------- showing
 */

static json_t *
setting_document(struct admin *a, enum setting s, const struct wanted *w)
{
	const struct setting_kind *k = &setting_kinds[s];
	int64_t now = catalogue_setting(a->ctx->catalogue, s);
	bool wrong = w != NULL && w->wrong[s];
	const char *shown =
	    w != NULL && w->entered[s] != NULL ? w->entered[s] : number(a, now);
	json_t *doc = json_pack(
	    "{s:s, s:s, s:s, s:s, s:s, s:s, s:b, s:b, s:s, s:s}", "key", k->key,
	    "title", title_of(a, s), "what",
	    admin_text(a, arena_printf(a->arena, "setting.%s.what", k->key)),
	    "value", shown, "words", value_words(a, s, now), "otherwise",
	    value_words(a, s, k->otherwise), "wrong", wrong, "danger",
	    k->danger != DANGER_NONE, "least", number(a, k->least), "most",
	    number(a, k->most));

	json_object_set_new(
	    doc, k->form == SETTING_SWITCH ? "toggle" : "number", json_true());
	json_object_set_new(doc, "on", json_boolean(strcmp(shown, "1") == 0));
	return doc;
}

static void
add_fact(json_t *list, const char *name, const char *value)
{
	json_array_append_new(
	    list, json_pack("{s:s, s:s}", "name", name, "value",
		      value[0] == '\0' ? "–" : value));
}

/* What stands in server.ini, but for what leads into the database. */
static json_t *
file_facts(struct admin *a)
{
	const struct settings *s = a->ctx->settings;
	json_t *list = json_array();

	add_fact(list, "[server] public_url", s->public_url);
	add_fact(list, "[server] time_zone", s->time_zone);
	add_fact(list, "[server] listen", s->listen);
	add_fact(list, "[sms] number", s->sms_number);
	add_fact(list, "[sms] agency", s->sms_agency);
	add_fact(list, "[sms] phone", s->sms_phone);
	add_fact(list, "[privacy] contact", s->privacy_contact);
	return list;
}

/* Rules of the contract and the statistics: shown, so that nobody looks for
 * them elsewhere. */
static json_t *
rule_facts(struct admin *a)
{
	json_t *list = json_array();

	add_fact(list, admin_text(a, "rule.enough"), number(a, JUDGE_ENOUGH));
	add_fact(list, admin_text(a, "rule.interval"), "95%");
	add_fact(list, admin_text(a, "rule.target"),
	    admin_text(a, "rule.target.value"));
	add_fact(list, admin_text(a, "rule.late"),
	    number(a, LIMIT_LATE_MS / (24 * 3600 * 1000LL)));
	add_fact(list, admin_text(a, "rule.ahead"),
	    number(a, LIMIT_AHEAD_MS / 60000));
	add_fact(list, admin_text(a, "rule.comment"),
	    number(a, LIMIT_COMMENT_CHARS));
	return list;
}

static int
show(struct admin *a, struct response *res, int status, const struct wanted *w)
{
	json_t *history = admin_history(a, "setting.", NULL), *list, *doc;

	if (history == NULL)
		return 503;
	list = json_array();
	for (int i = 0; i < SETTING_COUNT; i++)
		json_array_append_new(
		    list, setting_document(a, (enum setting)i, w));
	doc = admin_document(a);
	json_object_update_new(
	    doc, json_pack("{s:o, s:o, s:o, s:o, s:s, s:b}", "settings", list,
		     "file", file_facts(a), "rules", rule_facts(a), "history",
		     history, "path",
		     a->ctx->settings->path[0] == '\0' ? "server.ini"
						       : a->ctx->settings->path,
		     "wrong", w != NULL && w->nwrong > 0));
	return document_show(a->req, res, status, "catalogue/settings", doc);
}

int
get_catalogue_settings(
    struct ctx *ctx, struct request *req, struct response *res)
{
	struct admin a;
	int status = admin_open(&a, ctx, req);

	return status != 0 ? status : show(&a, res, 200, NULL);
}

/* ------------------------------------------------------------------- changing
 */

static void
read_wanted(struct admin *a, struct wanted *w)
{
	for (int i = 0; i < SETTING_COUNT; i++) {
		enum setting s = (enum setting)i;
		int64_t now = catalogue_setting(a->ctx->catalogue, s);
		const char *text =
		    pairs_get(&a->req->form, setting_kinds[s].key);
		size_t n;

		w->values[s] = now;
		if (text == NULL)
			continue;
		n = strlen(text);
		utf8_trim(&text, &n);
		w->entered[s] = arena_strndup(a->arena, text, n);
		w->wrong[s] = !setting_read(s, w->entered[s], &w->values[s]);
		w->nwrong += w->wrong[s];
		w->changed[s] = w->values[s] != now;
		w->nchanged += w->changed[s];
		w->dangerous |= setting_dangerous(s, now, w->values[s]);
	}
}

static int
review(struct admin *a, struct response *res, int status,
    const struct wanted *w, const char *problem)
{
	json_t *rows = json_array(), *hidden = json_array(), *doc;

	for (int i = 0; i < SETTING_COUNT; i++) {
		enum setting s = (enum setting)i;
		int64_t now = catalogue_setting(a->ctx->catalogue, s);
		const char *key = setting_kinds[s].key;

		if (!w->changed[s])
			continue;
		json_array_append_new(rows,
		    json_pack("{s:s, s:s, s:s, s:s, s:b}", "title",
			title_of(a, s), "what",
			admin_text(
			    a, arena_printf(a->arena, "setting.%s.what", key)),
			"before", value_words(a, s, now), "after",
			value_words(a, s, w->values[s]), "grave",
			setting_dangerous(s, now, w->values[s])));
		json_array_append_new(
		    hidden, admin_hidden(key, number(a, w->values[s])));
		json_array_append_new(
		    hidden, admin_hidden(arena_printf(a->arena, "was.%s", key),
				number(a, now)));
	}
	doc = admin_document(a);
	json_object_update_new(doc,
	    json_pack("{s:o, s:s, s:b, s:o, s:b, s:o, s:s}", "rows", rows,
		"action", "/staff/admin/settings", "large", 0, "hidden", hidden,
		"grave", w->dangerous, "problem", admin_string(problem), "back",
		admin_address(a, "/staff/admin/settings", NULL)));
	return document_show(
	    a->req, res, status, "catalogue/settings_review", doc);
}

/* Is what was shown as the former value still what holds? */
static bool
still(struct admin *a, const struct wanted *w)
{
	for (int i = 0; i < SETTING_COUNT; i++) {
		enum setting s = (enum setting)i;
		const char *was = pairs_get(&a->req->form,
		    arena_printf(a->arena, "was.%s", setting_kinds[s].key));
		int64_t value;

		if (w->changed[s] &&
		    (was == NULL || !setting_read(s, was, &value) ||
			value != catalogue_setting(a->ctx->catalogue, s)))
			return false;
	}
	return true;
}

static const char *
value_json(struct admin *a, int64_t value)
{
	return office_json(
	    a->req, json_pack("{s:s}", "value", number(a, value)));
}

static bool
write_settings(struct db *db, struct tallies *tallies, struct request *req)
{
	const struct wanted *w = req->data;

	(void)tallies;
	for (int i = 0; i < SETTING_COUNT; i++)
		if (w->changed[i] &&
		    (!store_setting_put(db, (enum setting)i, w->values[i]) ||
			!store_audit(db, &w->deeds[i])))
			return false;
	return store_generation_raise(db);
}

static int
reply_settings(struct ctx *ctx, struct request *req, struct response *res)
{
	(void)ctx;
	return document_go(res, ((const struct wanted *)req->data)->go);
}

static int
save(struct admin *a, struct wanted *w)
{
	for (int i = 0; i < SETTING_COUNT; i++) {
		enum setting s = (enum setting)i;

		w->deeds[s] = office_deed(
		    a->req, "setting.change", "", setting_kinds[s].key);
		w->deeds[s].before =
		    value_json(a, catalogue_setting(a->ctx->catalogue, s));
		w->deeds[s].after = value_json(a, w->values[s]);
	}
	w->go = admin_address(a, "/staff/admin/settings", "saved");
	a->req->data = w;
	a->req->write = write_settings;
	a->req->reply = reply_settings;
	return HTTP_LATER;
}

int
post_catalogue_settings(
    struct ctx *ctx, struct request *req, struct response *res)
{
	const char *step = pairs_get(&req->form, "step");
	struct wanted *w = arena_alloc(&req->arena, sizeof(*w));
	struct admin a;
	int status = admin_open(&a, ctx, req);

	if (status != 0)
		return status;
	read_wanted(&a, w);
	if (w->nwrong > 0)
		return show(&a, res, 422, w);
	if (w->nchanged == 0)
		return document_go(
		    res, admin_address(&a, "/staff/admin/settings", "nothing"));
	if (step != NULL && strcmp(step, "edit") == 0)
		return show(&a, res, 200, w);
	if (step == NULL || strcmp(step, "save") != 0)
		return review(&a, res, 200, w, NULL);
	if (!still(&a, w))
		return review(
		    &a, res, 409, w, admin_text(&a, "admin.problem.stale"));
	if (w->dangerous && pairs_get(&req->form, "sure") == NULL)
		return review(
		    &a, res, 409, w, admin_text(&a, "admin.problem.sure"));
	return save(&a, w);
}
