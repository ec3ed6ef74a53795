/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * GET and POST /staff/admin/settings: what the district may set, each with its
 * meaning, bounds and default; below it what stands in server.ini, and the
 * rules that cannot be set. A change is shown before it is saved; a dangerous
 * one wants a tick.
 */
#include "server/pages/pages.h"

#include <string.h>
#include "server/core/catalogue/catalogue.h"
#include "server/core/score/judge.h"
#include "server/pages/catalogue/catalogue_page.h"
#include "server/pages/catalogue/review.h"
#include "server/pages/catalogue/words.h"
#include "server/pages/moved.h"
#include "server/pages/page.h"
#include "server/settings.h"
#include "server/store/people/audit.h"
#include "server/store/catalogue/catalogue.h"
#include "server/store/catalogue/generation.h"
#include "shared/limits.h"

#define SETTINGS_PATH "/staff/admin/settings"

/* What was entered; where it is no value, wrong says so. */
struct wanted {
	int64_t values[SETTING_COUNT];
	const char *entered[SETTING_COUNT]; /* NULL: not in the form */
	bool wrong[SETTING_COUNT];
	int nwrong, nchanged;
	struct moved moved; /* what others changed meanwhile */
	bool dangerous;
	struct deed deeds[SETTING_COUNT]; /* one for each that changes */
	bool changed[SETTING_COUNT];
	int64_t before[SETTING_COUNT]; /* what the deeds say it was */
	bool stale; /* it was another when it came to writing */
};

static const char *
number_text(const struct page *page, int64_t n)
{
	return arena_printf(page->arena, "%lld", (long long)n);
}

static int64_t
setting_now(const struct page *page, enum setting s)
{
	return catalogue_setting(page->ctx->catalogue, s);
}

/* A value in words: a switch is on or off. */
static const char *
setting_words(const struct page *page, enum setting s, int64_t value)
{
	if (setting_kinds[s].form == SETTING_SWITCH)
		return page_text(page, value != 0 ? "admin.on" : "admin.off");
	return number_text(page, value);
}

static const char *
setting_title(const struct page *page, enum setting s)
{
	return page_text_of(page, "setting.%s.title", setting_kinds[s].key);
}

/* ----------------------------------------------------------------- showing */

/* w: what was entered, NULL nothing. */
static json_t *
setting_document(
    const struct page *page, enum setting s, const struct wanted *w)
{
	const struct setting_kind *k = &setting_kinds[s];
	int64_t now = setting_now(page, s);
	const char *value = w != NULL && w->entered[s] != NULL
				? w->entered[s]
				: number_text(page, now);
	json_t *doc = json_object();

	put_text(doc, "key", k->key);
	put_text(doc, "title", setting_title(page, s));
	put_text(doc, "what", page_text_of(page, "setting.%s.what", k->key));
	put_text(doc, "value", value);
	put_text(doc, "was", number_text(page, now));
	put_text(doc, "words", setting_words(page, s, now));
	put_text(doc, "otherwise", setting_words(page, s, k->otherwise));
	put_flag(doc, "wrong", w != NULL && w->wrong[s]);
	put_flag(doc, "danger", k->danger != DANGER_NONE);
	put_text(doc, "least", number_text(page, k->least));
	put_text(doc, "most", number_text(page, k->most));
	put_flag(doc, k->form == SETTING_SWITCH ? "toggle" : "number", true);
	put_flag(doc, "on", strcmp(value, "1") == 0);
	return doc;
}

static void
add_fact(json_t *facts, const char *name, const char *value)
{
	json_t *fact = json_object();

	put_text(fact, "name", name);
	put_text(fact, "value", value[0] == '\0' ? "–" : value);
	json_array_append_new(facts, fact);
}

/* What stands in server.ini, but for what leads into the database. */
static json_t *
file_facts(const struct settings *s)
{
	json_t *facts = json_array();

	add_fact(facts, "[server] public_url", s->public_url);
	add_fact(facts, "[server] time_zone", s->time_zone);
	add_fact(facts, "[server] listen", s->listen);
	add_fact(facts, "[sms] number", s->sms_number);
	add_fact(facts, "[sms] agency", s->sms_agency);
	add_fact(facts, "[sms] phone", s->sms_phone);
	add_fact(facts, "[privacy] contact", s->privacy_contact);
	return facts;
}

/* Rules of the contract and the statistics: shown, so that they are not looked
 * for elsewhere. */
static json_t *
rule_facts(const struct page *page)
{
	json_t *facts = json_array();

	add_fact(facts, page_text(page, "rule.enough"),
	    number_text(page, JUDGE_ENOUGH));
	add_fact(facts, page_text(page, "rule.interval"), "95%");
	add_fact(facts, page_text(page, "rule.target"),
	    page_text(page, "rule.target.value"));
	add_fact(facts, page_text(page, "rule.late"),
	    number_text(page, LIMIT_LATE_MS / (24 * 3600 * 1000LL)));
	add_fact(facts, page_text(page, "rule.ahead"),
	    number_text(page, LIMIT_AHEAD_MS / 60000));
	add_fact(facts, page_text(page, "rule.comment"),
	    number_text(page, LIMIT_COMMENT_CHARS));
	return facts;
}

static int
show_settings(
    const struct catalogue_page *c, int status, const struct wanted *w)
{
	const struct page *page = c->page;
	const char *path = page->ctx->settings->path;
	json_t *history = catalogue_words_history(c, "setting.", NULL);
	json_t *list, *doc;

	if (history == NULL)
		return 503;
	list = json_array();
	for (int i = 0; i < SETTING_COUNT; i++)
		json_array_append_new(
		    list, setting_document(page, (enum setting)i, w));
	doc = catalogue_page_document(page);
	put_part(doc, "settings", list);
	put_part(doc, "file", file_facts(page->ctx->settings));
	put_part(doc, "rules", rule_facts(page));
	put_part(doc, "history", history);
	put_text(doc, "path", path[0] == '\0' ? "server.ini" : path);
	put_flag(doc, "wrong", w != NULL && w->nwrong > 0);
	put_text(doc, "moved",
	    w == NULL ? NULL
		      : moved_sentence(&w->moved, "admin.problem.moved"));
	return page_show(page, status, "catalogue/settings", doc);
}

int
get_catalogue_settings(
    struct ctx *ctx, struct request *req, struct response *res)
{
	struct page page = page_of(ctx, req, res);
	struct catalogue_page c;
	int status = catalogue_page_open(&c, &page);

	return status != 0 ? status : show_settings(&c, 200, NULL);
}

/* ---------------------------------------------------------------- changing */

/* A value as a form had it, in words. */
static const char *
former_words(const struct page *page, enum setting s, const char *text)
{
	int64_t value;

	return setting_read(s, text, &value) ? setting_words(page, s, value)
					     : text;
}

static void
read_wanted(const struct page *page, struct wanted *w)
{
	w->moved.page = page;
	for (int i = 0; i < SETTING_COUNT; i++) {
		enum setting s = (enum setting)i;
		const char *key = setting_kinds[s].key;
		int64_t now = setting_now(page, s);

		w->values[s] = w->before[s] = now;
		if (pairs_get(&page->req->form, key) == NULL)
			continue;
		if (moved_is(page, key, number_text(page, now)))
			moved_note(&w->moved, setting_title(page, s),
			    former_words(page, s, moved_was(page, key)),
			    setting_words(page, s, now));
		w->entered[s] = moved_value(page, key,
		    page_entered(page, key, SIZE_MAX), number_text(page, now));
		w->wrong[s] = !setting_read(s, w->entered[s], &w->values[s]);
		w->nwrong += w->wrong[s];
		w->changed[s] = w->values[s] != now;
		w->nchanged += w->changed[s];
		w->dangerous |= setting_dangerous(s, now, w->values[s]);
	}
}

static json_t *
changed_setting(const struct page *page, enum setting s, const struct wanted *w)
{
	int64_t now = setting_now(page, s);
	json_t *row = json_object();

	put_text(row, "title", setting_title(page, s));
	put_text(row, "what",
	    page_text_of(page, "setting.%s.what", setting_kinds[s].key));
	put_text(row, "before", setting_words(page, s, now));
	put_text(row, "after", setting_words(page, s, w->values[s]));
	put_flag(row, "grave", setting_dangerous(s, now, w->values[s]));
	return row;
}

static int
show_settings_review(const struct page *page, int status,
    const struct wanted *w, const char *problem)
{
	json_t *rows = json_array(), *hidden = json_array(), *doc;

	for (int i = 0; i < SETTING_COUNT; i++) {
		enum setting s = (enum setting)i;

		if (!w->changed[s])
			continue;
		json_array_append_new(rows, changed_setting(page, s, w));
		catalogue_review_hide(hidden, setting_kinds[s].key,
		    number_text(page, w->values[s]));
		catalogue_review_hide(hidden,
		    moved_name(page, setting_kinds[s].key),
		    number_text(page, setting_now(page, s)));
	}
	doc = catalogue_page_document(page);
	put_part(doc, "rows", rows);
	put_text(doc, "action", SETTINGS_PATH);
	put_flag(doc, "large", false);
	put_part(doc, "hidden", hidden);
	put_flag(doc, "grave", w->dangerous);
	put_text(doc, "problem",
	    w->moved.words != NULL
		? moved_sentence(&w->moved, "admin.problem.moved")
		: page_problem(page, problem));
	put_text(doc, "back", page_address(page, SETTINGS_PATH, NULL));
	return page_show(page, status, "catalogue/settings_review", doc);
}

/* True when each change was shown with the value that it changes. */
static bool
settings_were_shown(const struct page *page, const struct wanted *w)
{
	for (int i = 0; i < SETTING_COUNT; i++)
		if (w->changed[i] &&
		    moved_was(page, setting_kinds[i].key) == NULL)
			return false;
	return true;
}

/* The generation's row is locked first, against other collectors; then what the
 * log will say it was is what it is. */
static bool
write_settings(struct db *db, struct tallies *tallies, struct request *req)
{
	struct wanted *w = req->data;
	int64_t now[SETTING_COUNT];

	(void)tallies;
	if (!store_generation_raise(db) || !store_settings(db, now))
		return false;
	for (int i = 0; i < SETTING_COUNT; i++)
		w->stale |= w->changed[i] && now[i] != w->before[i];
	for (int i = 0; i < SETTING_COUNT && !w->stale; i++)
		if (w->changed[i] &&
		    (!store_setting_put(db, (enum setting)i, w->values[i]) ||
			!store_audit(db, &w->deeds[i])))
			return false;
	return true;
}

static int
reply_settings(struct ctx *ctx, struct request *req, struct response *res)
{
	struct page page = page_of(ctx, req, res);
	const struct wanted *w = req->data;

	return page_go(&page, page_address(&page, SETTINGS_PATH, "done",
				  w->stale ? "stale" : "saved", NULL));
}

/* A setting's value as the audit log has it. */
static const char *
value_json(const struct page *page, int64_t value)
{
	return page_json(
	    page, json_pack("{s:s}", "value", number_text(page, value)));
}

static int
save_settings(const struct page *page, struct wanted *w)
{
	for (int i = 0; i < SETTING_COUNT; i++) {
		enum setting s = (enum setting)i;

		w->deeds[s] =
		    page_deed(page, "setting.change", "", setting_kinds[s].key);
		w->deeds[s].before = value_json(page, w->before[s]);
		w->deeds[s].after = value_json(page, w->values[s]);
	}
	return page_write(page, w, write_settings, reply_settings);
}

int
post_catalogue_settings(
    struct ctx *ctx, struct request *req, struct response *res)
{
	struct page page = page_of(ctx, req, res);
	const char *step = page_field(&page, "step");
	struct wanted *w = arena_alloc(&req->arena, sizeof(*w));
	struct catalogue_page c;
	int status = catalogue_page_open(&c, &page);

	if (status != 0)
		return status;
	read_wanted(&page, w);
	if (w->nwrong > 0)
		return show_settings(&c, 422, w);
	if (w->nchanged == 0)
		return page_go(&page, page_address(&page, SETTINGS_PATH, "done",
					  "nothing", NULL));
	if (strcmp(step, "edit") == 0)
		return show_settings(&c, 200, w);
	if (w->moved.words != NULL)
		return show_settings_review(&page, 409, w, NULL);
	if (strcmp(step, "save") != 0)
		return show_settings_review(&page, 200, w, NULL);
	if (!settings_were_shown(&page, w))
		return show_settings_review(
		    &page, 409, w, "admin.problem.stale");
	if (w->dangerous && pairs_get(&req->form, "sure") == NULL)
		return show_settings_review(
		    &page, 409, w, "admin.problem.sure");
	return save_settings(&page, w);
}
