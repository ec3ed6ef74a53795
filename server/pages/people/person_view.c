/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A person bound to a unit can neither see nor give anything wider. */
#include "server/pages/people/person_view.h"

#include <string.h>
#include "server/http/auth.h"
#include "server/core/catalogue/catalogue.h"
#include "server/core/catalogue/visibility.h"
#include "server/core/text/person_name.h"
#include "server/core/text/urlencoded.h"
#include "server/pages/moved.h"
#include "server/pages/page.h"
#include "server/store/people/staff.h"

static const char *const roles[] = {
    "viewer", "caseworker", "manager", "auditor", "admin"};

bool
person_visible(const struct page *page, const char *unit)
{
	return unit_visible(page->ctx->catalogue, page->req->caller.unit, unit);
}

const char *
person_href(const struct page *page, const char *login)
{
	struct buf path;
	const char *href;

	buf_init(&path);
	buf_puts(&path, "/staff/admin/people/");
	urlencoded_put(&path, login, false);
	href = page_address(page, buf_text(&path), NULL);
	buf_finish(&path);
	return href;
}

static const char *
role_words(const struct page *page, const char *role)
{
	char key[40];

	snprintf(key, sizeof(key), "role.%.30s", role);
	return page_text(page, key);
}

static const char *
person_state(const struct page *page, const struct staff *s)
{
	if (s->disabled_at != 0)
		return "disabled";
	if (!s->start)
		return "active";
	return staff_start_over(s, page->req->now) ? "over" : "start";
}

static const char *
state_words(const struct page *page, const struct staff *s)
{
	return page_text(page, arena_printf(page->arena, "people.state.%s",
				   person_state(page, s)));
}

json_t *
person_document(const struct page *page, const struct staff *s)
{
	json_t *out = json_object();

	put_text(out, "login", s->login);
	put_words(out, "name", s->name);
	put_text(out, "href", person_href(page, s->login));
	put_text(out, "role", role_words(page, s->role));
	put_text(out, "unit", page_unit_name(page, s->unit));
	put_text(out, "state", person_state(page, s));
	put_text(out, "state_words", state_words(page, s));
	put_flag(out, "factor", s->factor_at != 0);
	put_text(out, "seen", page_moment(page, s->signed_in_at));
	put_text(out, "created", page_moment(page, s->created_at));
	return out;
}

json_t *
person_roles(const struct page *page, const char *chosen)
{
	json_t *list = json_array();
	char key[40];

	for (size_t i = 0; i < sizeof(roles) / sizeof(roles[0]); i++) {
		snprintf(key, sizeof(key), "role.what.%s", roles[i]);
		json_t *row = json_object();

		put_text(row, "value", roles[i]);
		put_part(row, "label",
		    json_sprintf("%s: %s", role_words(page, roles[i]),
			page_text(page, key)));
		put_flag(row, "chosen",
		    chosen != NULL && strcmp(chosen, roles[i]) == 0);
		json_array_append_new(list, row);
	}
	return list;
}

json_t *
person_units(const struct page *page, const char *chosen)
{
	const struct catalogue *c = page->ctx->catalogue;
	json_t *list = json_array();

	if (page->req->caller.unit == NULL)
		page_option(list, "", page_text(page, "office.district"),
		    chosen == NULL);
	for (size_t i = 0; i < c->nunits; i++)
		if (page_may_see(page, c->units[i].code))
			page_option(list, c->units[i].code, c->units[i].name,
			    chosen != NULL &&
				strcmp(chosen, c->units[i].code) == 0);
	return list;
}

const char *
person_read(const struct page *page, const char **role, const char **unit,
    const char **name)
{
	*role = pairs_get(&page->req->form, "role");
	*unit = pairs_get(&page->req->form, "unit");
	*name = person_name_read(page->arena, page_field(page, "name"));
	if (*name == NULL)
		return "people.refused.name";
	if (*role == NULL || auth_role(*role) == WHO_ANYONE)
		return "people.refused.role";
	if (*unit == NULL)
		return "people.refused.unit";
	if ((*unit)[0] == '\0')
		*unit = NULL;
	if (*unit == NULL ? page->req->caller.unit != NULL
			  : !page_may_see(page, *unit))
		return "people.refused.unit";
	return NULL;
}

const char *
person_json(const struct page *page, const struct staff *s)
{
	return page_json(page, json_pack("{s:s, s:s, s:s}", "role", s->role,
				   "unit", s->unit == NULL ? "" : s->unit,
				   "name", s->name == NULL ? "" : s->name));
}

/* ----------------------------------------------------------------- preview */

static json_t *
row(const struct page *page, const char *key, const char *before,
    const char *after)
{
	json_t *out = json_object();

	put_text(out, "name", page_text(page, key));
	put_text(out, "before", before);
	put_text(out, "after", after);
	put_flag(out, "changed", strcmp(before, after) != 0);
	return out;
}

static const char *
yes_or_no(const struct page *page, bool yes)
{
	return page_text(page, yes ? "office.yes" : "office.no");
}

static const char *
shown_name(const struct staff *s)
{
	return s->name == NULL || s->name[0] == '\0' ? "–" : s->name;
}

const char *
person_moved(
    const struct page *page, const struct staff *now, struct staff *after)
{
	const char *unit = now->unit == NULL ? "" : now->unit;
	const char *wanted = after->unit == NULL ? "" : after->unit;
	struct moved m = {.page = page};

	if (moved_is(page, "name", now->name))
		moved_note(&m, page_text(page, "people.name"),
		    moved_was(page, "name"), now->name);
	if (moved_is(page, "role", now->role))
		moved_note(&m, page_text(page, "people.role"),
		    auth_role(moved_was(page, "role")) == WHO_ANYONE
			? NULL
			: role_words(page, moved_was(page, "role")),
		    role_words(page, now->role));
	if (moved_is(page, "unit", unit))
		moved_note(&m, page_text(page, "people.unit"),
		    page_unit_name(page, moved_was(page, "unit")[0] == '\0'
					     ? NULL
					     : moved_was(page, "unit")),
		    page_unit_name(page, now->unit));
	after->name = moved_value(page, "name", after->name, now->name);
	after->role = moved_value(page, "role", after->role, now->role);
	wanted = moved_value(page, "unit", wanted, unit);
	after->unit = wanted[0] == '\0' ? NULL : wanted;
	return moved_sentence(&m, "admin.problem.moved");
}

/* What a person is, a row each; the same before and after unless it changes. */
static json_t *
rows(const struct page *page, const struct person_preview *p)
{
	const struct staff *b = p->before, *a = p->after;
	json_t *list = json_array();

	json_array_append_new(
	    list, row(page, "people.name", b == NULL ? "–" : shown_name(b),
		      shown_name(a)));
	json_array_append_new(
	    list, row(page, "people.role",
		      b == NULL ? "–" : role_words(page, b->role),
		      role_words(page, a->role)));
	json_array_append_new(
	    list, row(page, "people.unit",
		      b == NULL ? "–" : page_unit_name(page, b->unit),
		      page_unit_name(page, a->unit)));
	json_array_append_new(list,
	    row(page, "people.state", b == NULL ? "–" : state_words(page, b),
		state_words(page, a)));
	if (b != NULL)
		json_array_append_new(
		    list, row(page, "second.title",
			      yes_or_no(page, b->factor_at != 0),
			      yes_or_no(page, a->factor_at != 0)));
	return list;
}

static json_t *
hidden_fields(const struct person_preview *p)
{
	const struct staff *a = p->after, *b = p->before;
	const char *unit = a->unit == NULL ? "" : a->unit;
	bool shown = p->gives && b != NULL;
	const char *unit_now = !shown || b->unit == NULL ? "" : b->unit;
	const char *const pairs[][2] = {{"act", p->act},
	    {"login", p->before == NULL ? p->login : NULL}, {"was", p->was},
	    {"role", p->gives ? a->role : NULL},
	    {"unit", p->gives ? unit : NULL},
	    {"name", p->gives ? a->name : NULL},
	    {"was.role", shown ? b->role : NULL},
	    {"was.unit", shown ? unit_now : NULL},
	    {"was.name", shown ? b->name : NULL}};
	json_t *list = json_array();

	for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++)
		if (pairs[i][1] != NULL)
			json_array_append_new(
			    list, json_pack("{s:s, s:s}", "name", pairs[i][0],
				      "value", pairs[i][1]));
	return list;
}

int
person_preview(
    const struct page *page, int status, const struct person_preview *p)
{
	json_t *doc = page_document(page), *effects = json_array();

	for (size_t i = 0; i < 4 && p->effects[i] != NULL; i++)
		json_array_append_new(
		    effects, json_pack("{s:s}", "words",
				 page_text(page, p->effects[i])));
	put_text(doc, "title", p->title);
	put_text(doc, "login", p->login);
	put_text(doc, "action", p->action);
	put_text(doc, "back", p->back);
	put_part(doc, "rows", rows(page, p));
	put_part(doc, "hidden", hidden_fields(p));
	put_part(doc, "effects", effects);
	put_flag(doc, "sure", p->sure);
	put_text(doc, "problem",
	    p->moved != NULL ? p->moved : page_problem(page, p->problem));
	return page_show(page, status, "people/person_preview", doc);
}

int
person_start(const struct page *page, const char *login, const char *password)
{
	json_t *doc = page_document(page);

	put_text(doc, "login", login);
	put_text(doc, "password", password);
	put_text(doc, "href", person_href(page, login));
	return page_show(page, 200, "people/person_start", doc);
}
