/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * GET and POST /staff/admin/people/LOGIN: one person, and what an admin can do
 * to the account. Every act is shown first and saved by a second POST that
 * carries what was shown (was): if the account is another by then, nothing is
 * done. No admin does any of it to himself, and the last admin of the district
 * stays one; that is looked at again where it is written.
 */
#include "server/pages/pages.h"

#include <string.h>
#include "server/secret/password.h"
#include "server/pages/page.h"
#include "server/pages/people/person_view.h"
#include "server/secret/token.h"
#include "server/store/people/audit.h"
#include "server/store/people/factors.h"
#include "server/store/people/sessions.h"
#include "server/store/people/staff.h"
#include "shared/limits.h"

enum act { CHANGE, DISABLE, ENABLE, PASSWORD, SESSIONS, FACTOR, ACTS };

static const struct {
	const char *word, *title, *deed, *effect;
	bool sure; /* wants a tick */
} acts[ACTS] = {
    [CHANGE] = {"change", "people.change", "user.change",
	"people.effect.change", false},
    [DISABLE] = {"disable", "people.act.disable", "user.disable",
	"people.effect.disable", true},
    [ENABLE] = {"enable", "people.act.enable", "user.enable",
	"people.effect.enable", false},
    [PASSWORD] = {"password", "people.act.password", "user.password",
	"people.effect.password", true},
    [SESSIONS] = {"sessions", "people.act.sessions", "user.sessions",
	"people.effect.sessions", false},
    [FACTOR] = {"factor", "people.act.factor", "factor.reset",
	"people.effect.factor", true},
};

enum came { DONE, GONE, MOVED, LAST };

struct acting {
	enum act act;
	struct staff before, after;
	const char *was;
	struct deed deed;
	char password[PASSWORD_START], hash[PASSWORD_TEXT];
	const char *moved; /* what others changed meanwhile, a sentence */
	enum came came;
};

/* What the person is now, for the form to carry. */
static const char *
account_state(struct arena *a, const struct staff *s)
{
	return arena_printf(a, "%s.%s.%d.%d.%s", s->role,
	    s->unit == NULL ? "" : s->unit, s->disabled_at != 0,
	    s->factor_at != 0, s->name);
}

/* The person of the address, if there is one and the caller may see him. */
static int
find_person(const struct page *page, struct staff *out)
{
	if (strlen(page->req->part[0]) > LIMIT_CODE_BYTES)
		return 404;
	switch (
	    store_staff(page->ctx->db, page->arena, page->req->part[0], out)) {
	case STEP_ROW:
		return person_visible(page, out->unit) ? 0 : 404;
	case STEP_DONE:
		return 404;
	default:
		return 503;
	}
}

static bool
is_self(const struct page *page, const struct staff *staff)
{
	return strcmp(page->req->caller.login, staff->login) == 0;
}

/* The acts that make sense for a person: [{act, words}]. */
static json_t *
possible(const struct page *page, const struct staff *s)
{
	json_t *list = json_array();

	for (int i = DISABLE; i < ACTS; i++) {
		if ((s->disabled_at != 0) != (i == ENABLE) ||
		    (i == FACTOR && s->factor_at == 0))
			continue;
		json_array_append_new(
		    list, json_pack("{s:s, s:s}", "act", acts[i].word, "words",
			      page_text(page, acts[i].title)));
	}
	return list;
}

static int
show_person(const struct page *page, int status, const struct staff *s,
    const char *problem)
{
	bool self = is_self(page, s);
	bool may = page_may(page, WHO_ADMIN) && !self;
	json_t *doc = page_document(page);

	put_part(doc, "person", person_document(page, s));
	put_text(doc, "done", page_done(page, "people.done"));
	put_text(
	    doc, "problem", problem == NULL ? NULL : page_text(page, problem));
	put_flag(doc, "may", may);
	put_flag(doc, "self", self);
	put_part(doc, "acts", may ? possible(page, s) : json_array());
	put_part(doc, "roles", person_roles(page, s->role));
	put_part(doc, "units", person_units(page, s->unit));
	put_text(doc, "new_name", s->name);
	put_text(doc, "role_now", s->role);
	put_text(doc, "unit_now", s->unit == NULL ? "" : s->unit);
	put_text(doc, "action", person_href(page, s->login));
	put_text(
	    doc, "people", page_address(page, "/staff/admin/people", NULL));
	put_text(doc, "history",
	    page_address(page, "/staff/audit", "object", s->login, NULL));
	put_text(doc, "deeds",
	    page_address(page, "/staff/audit", "login", s->login, NULL));
	return page_show(page, status, "people/person", doc);
}

int
get_person(struct ctx *ctx, struct request *req, struct response *res)
{
	struct page page = page_of(ctx, req, res);
	struct staff staff;
	int status = find_person(&page, &staff);

	return status != 0 ? status : show_person(&page, 200, &staff, NULL);
}

/* ------------------------------------------------------------------ preview */

static bool
wants_tick(const struct acting *a)
{
	return acts[a->act].sure ||
	       (a->act == CHANGE && (strcmp(a->before.role, "admin") == 0) !=
					(strcmp(a->after.role, "admin") == 0));
}

static int
preview_act(const struct page *page, int status, const struct acting *a,
    const char *problem)
{
	struct person_preview p = {.title = page_text(page, acts[a->act].title),
	    .login = a->before.login,
	    .action = person_href(page, a->before.login),
	    .act = acts[a->act].word,
	    .back = person_href(page, a->before.login),
	    .was = account_state(page->arena, &a->before),
	    .before = &a->before,
	    .after = &a->after,
	    .gives = a->act == CHANGE,
	    .moved = a->moved,
	    .effects = {acts[a->act].effect},
	    .sure = wants_tick(a),
	    .problem = problem};

	if (a->act == CHANGE && strcmp(a->after.role, "admin") == 0)
		p.effects[1] = "people.effect.admin";
	return person_preview(page, status, &p);
}

/* ------------------------------------------------------------------- saving */

static bool
is_district_admin(const struct staff *s)
{
	return strcmp(s->role, "admin") == 0 && s->unit == NULL &&
	       s->disabled_at == 0;
}

/* Whether the district would be left without an admin. */
static bool
would_be_last(struct db *db, const struct acting *a, bool *last)
{
	bool left = true;

	*last = false;
	if (!is_district_admin(&a->before) ||
	    !(a->act == DISABLE ||
		(a->act == CHANGE && !is_district_admin(&a->after))))
		return true;
	if (!store_staff_other_admin(db, a->before.login, &left))
		return false;
	*last = !left;
	return true;
}

static bool
carry_out_act(struct db *db, struct request *req, struct acting *a)
{
	const char *login = a->before.login;
	int64_t ended = 0;
	bool found;

	switch (a->act) {
	case CHANGE:
		return store_staff_change(db, login, a->after.role,
		    a->after.unit, a->after.name, req->now, &found);
	case DISABLE:
		return store_staff_disable(db, login, req->now, &found);
	case ENABLE:
		return store_staff_enable(db, login, &found);
	case PASSWORD:
		return store_staff_password(
		    db, login, a->hash, true, req->now, &found);
	case SESSIONS:
		if (!store_session_end_others(db, login, NULL, &ended))
			return false;
		a->deed.after = arena_printf(
		    &req->arena, "{\"sessions\":%lld}", (long long)ended);
		return true;
	default:
		return store_factor_clear(db, login, NULL, &found);
	}
}

static bool
write_act(struct db *db, struct tallies *tallies, struct request *req)
{
	struct acting *a = req->data;
	struct staff now;
	enum step step = store_staff(db, &req->arena, a->before.login, &now);
	bool last;

	(void)tallies;
	if (step == STEP_FAIL)
		return false;
	a->came = step == STEP_DONE ? GONE : MOVED;
	if (step == STEP_DONE ||
	    strcmp(account_state(&req->arena, &now), a->was) != 0)
		return true;
	a->came = LAST;
	if (!would_be_last(db, a, &last) || last)
		return last;
	a->came = DONE;
	return carry_out_act(db, req, a) && store_audit(db, &a->deed);
}

static int
reply_act(struct ctx *ctx, struct request *req, struct response *res)
{
	struct page page = page_of(ctx, req, res);
	const struct acting *a = req->data;
	struct staff now;
	int status;

	if (a->came == DONE && a->act == PASSWORD)
		return person_start(&page, a->before.login, a->password);
	if (a->came == DONE) {
		const char *path = arena_printf(
		    &req->arena, "/staff/admin/people/%s", a->before.login);

		return page_go(&page,
		    page_address(&page, path, "done", acts[a->act].word, NULL));
	}
	status = find_person(&page, &now);
	if (status != 0)
		return status;
	return show_person(&page, 409, &now,
	    a->came == LAST ? "people.refused.last" : "people.refused.moved");
}

static int
save_person(const struct page *page, struct acting *a)
{
	if (a->act == PASSWORD) {
		password_start(a->password);
		if (!password_hash(a->password, a->hash))
			return 503;
	}
	a->deed =
	    page_deed(page, acts[a->act].deed, a->before.unit, a->before.login);
	if (a->act == CHANGE) {
		a->deed.before = person_json(page, &a->before);
		a->deed.after = person_json(page, &a->after);
	} else if (a->act == DISABLE || a->act == ENABLE) {
		a->deed.before = a->act == DISABLE ? "{\"disabled\":false}"
						   : "{\"disabled\":true}";
		a->deed.after = a->act == DISABLE ? "{\"disabled\":true}"
						  : "{\"disabled\":false}";
	} else if (a->act == PASSWORD) {
		a->deed.after = "{\"start_password\":true}";
	}
	return page_write(page, a, write_act, reply_act);
}

/* The act of the form and what it would make of the person; NULL, or the key of
 * the sentence that refuses it. */
static const char *
read_act(const struct page *page, struct acting *a)
{
	const char *word = pairs_get(&page->req->form, "act"), *problem;

	a->after = a->before;
	for (a->act = CHANGE; a->act < ACTS; a->act++)
		if (word != NULL && strcmp(word, acts[a->act].word) == 0)
			break;
	if (a->act == ACTS)
		return "second.choose";
	if (is_self(page, &a->before))
		return "people.refused.self";
	if (a->act == DISABLE || a->act == ENABLE)
		a->after.disabled_at = a->act == DISABLE ? page->req->now : 0;
	else if (a->act == PASSWORD) {
		a->after.start = true;
		a->after.password_at = page->req->now;
	} else if (a->act == FACTOR)
		a->after.factor_at = 0;
	if (a->act != CHANGE)
		return NULL;
	problem =
	    person_read(page, &a->after.role, &a->after.unit, &a->after.name);
	if (problem == NULL)
		a->moved = person_moved(page, &a->before, &a->after);
	if (problem == NULL && strcmp(person_json(page, &a->before),
				   person_json(page, &a->after)) == 0)
		problem = "people.refused.nothing";
	return problem;
}

int
post_person(struct ctx *ctx, struct request *req, struct response *res)
{
	struct page page = page_of(ctx, req, res);
	struct acting *a = arena_alloc(&req->arena, sizeof(*a));
	int status = find_person(&page, &a->before);
	const char *problem;

	if (status != 0)
		return status;
	problem = read_act(&page, a);
	if (problem != NULL)
		return show_person(&page, 422, &a->before, problem);
	if (a->moved != NULL)
		return preview_act(&page, 409, a, NULL);
	if (pairs_get(&req->form, "save") == NULL)
		return preview_act(&page, 200, a, NULL);
	if (wants_tick(a) && pairs_get(&req->form, "sure") == NULL)
		return preview_act(&page, 422, a, "people.refused.sure");
	a->was = pairs_get(&req->form, "was");
	if (a->was == NULL ||
	    strcmp(a->was, account_state(page.arena, &a->before)) != 0)
		return show_person(
		    &page, 409, &a->before, "people.refused.moved");
	return save_person(&page, a);
}
