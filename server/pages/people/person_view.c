/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Whoever is bound to a unit can neither see nor give anything wider. */
#include "server/pages/people/person_view.h"

#include <string.h>
#include "server/http/auth.h"
#include "server/core/catalogue/catalogue.h"
#include "server/core/catalogue/visibility.h"
#include "server/core/text/urlencoded.h"
#include "server/pages/document.h"
#include "server/pages/office.h"
#include "server/pages/office_words.h"
#include "server/store/staff.h"

static const char *const roles[] = {
    "viewer", "caseworker", "manager", "auditor", "admin"};

bool
person_visible(
    const struct ctx *ctx, const struct request *req, const char *unit)
{
	return unit_visible(ctx->catalogue, req->caller.unit, unit);
}

const char *
person_href(struct request *req, const char *login)
{
	struct buf path;
	const char *href;

	buf_init(&path);
	buf_puts(&path, "/staff/admin/people/");
	urlencoded_put(&path, login, false);
	href = office_address(req, buf_text(&path), NULL, NULL);
	buf_finish(&path);
	return href;
}

static const char *
role_words(const struct request *req, const char *role)
{
	char key[40];

	snprintf(key, sizeof(key), "role.%.30s", role);
	return text(req->lang, key);
}

static const char *
state_of(const struct staff *s)
{
	return s->disabled_at != 0 ? "disabled" : s->start ? "start" : "active";
}

static const char *
state_words(struct request *req, const struct staff *s)
{
	return text(req->lang,
	    arena_printf(&req->arena, "people.state.%s", state_of(s)));
}

json_t *
person_document(
    const struct ctx *ctx, struct request *req, const struct staff *s)
{
	const char *state = s->disabled_at != 0 ? "disabled"
			    : s->start          ? "start"
						: "active";

	return json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:b, s:s, s:s}",
	    "login", s->login, "href", person_href(req, s->login), "role",
	    role_words(req, s->role), "unit",
	    office_unit_name(ctx, req, s->unit), "state", state, "state_words",
	    text(
		req->lang, arena_printf(&req->arena, "people.state.%s", state)),
	    "factor", s->factor_at != 0, "seen",
	    office_moment(req, s->signed_in_at), "created",
	    office_moment(req, s->created_at));
}

json_t *
person_roles(const struct request *req, const char *chosen)
{
	json_t *list = json_array();
	char key[40];

	for (size_t i = 0; i < sizeof(roles) / sizeof(roles[0]); i++) {
		snprintf(key, sizeof(key), "role.what.%s", roles[i]);
		json_array_append_new(list,
		    json_pack("{s:s, s:o, s:b}", "value", roles[i], "label",
			json_sprintf("%s: %s", role_words(req, roles[i]),
			    text(req->lang, key)),
			"chosen",
			chosen != NULL && strcmp(chosen, roles[i]) == 0));
	}
	return list;
}

json_t *
person_units(
    const struct ctx *ctx, const struct request *req, const char *chosen)
{
	const struct catalogue *c = ctx->catalogue;
	json_t *list = json_array();

	if (req->caller.unit == NULL)
		json_array_append_new(
		    list, json_pack("{s:s, s:s, s:b}", "value", "", "label",
			      text(req->lang, "office.district"), "chosen",
			      chosen == NULL));
	for (size_t i = 0; i < c->nunits; i++)
		if (office_unit(ctx, req, c->units[i].code))
			json_array_append_new(list,
			    json_pack("{s:s, s:s, s:b}", "value",
				c->units[i].code, "label", c->units[i].name,
				"chosen",
				chosen != NULL &&
				    strcmp(chosen, c->units[i].code) == 0));
	return list;
}

const char *
person_read(const struct ctx *ctx, const struct request *req, const char **role,
    const char **unit)
{
	*role = pairs_get(&req->form, "role");
	*unit = pairs_get(&req->form, "unit");
	if (*role == NULL || auth_role(*role) == WHO_ANYONE)
		return "people.refused.role";
	if (*unit == NULL)
		return "people.refused.unit";
	if ((*unit)[0] == '\0')
		*unit = NULL;
	if (*unit == NULL ? req->caller.unit != NULL
			  : !office_unit(ctx, req, *unit))
		return "people.refused.unit";
	return NULL;
}

const char *
person_json(struct request *req, const struct staff *s)
{
	return office_json(req, json_pack("{s:s, s:s}", "role", s->role, "unit",
				    s->unit == NULL ? "" : s->unit));
}

/* ----------------------------------------------------------------- preview */

static json_t *
row(const struct request *req, const char *key, const char *before,
    const char *after)
{
	return json_pack("{s:s, s:s, s:s, s:b}", "name", text(req->lang, key),
	    "before", before, "after", after, "changed",
	    strcmp(before, after) != 0);
}

static const char *
yes_or_no(const struct request *req, bool yes)
{
	return text(req->lang, yes ? "office.yes" : "office.no");
}

/* What a person is, a row each; the same before and after unless it changes. */
static json_t *
rows(struct ctx *ctx, struct request *req, const struct person_preview *p)
{
	const struct staff *b = p->before, *a = p->after;
	json_t *list = json_array();

	json_array_append_new(list,
	    row(req, "people.role", b == NULL ? "–" : role_words(req, b->role),
		role_words(req, a->role)));
	json_array_append_new(
	    list, row(req, "people.unit",
		      b == NULL ? "–" : office_unit_name(ctx, req, b->unit),
		      office_unit_name(ctx, req, a->unit)));
	json_array_append_new(list,
	    row(req, "people.state", b == NULL ? "–" : state_words(req, b),
		state_words(req, a)));
	if (b != NULL)
		json_array_append_new(list,
		    row(req, "second.title", yes_or_no(req, b->factor_at != 0),
			yes_or_no(req, a->factor_at != 0)));
	return list;
}

static json_t *
hidden(const struct person_preview *p)
{
	const struct staff *a = p->after;
	const char *unit = a->unit == NULL ? "" : a->unit;
	const char *const pairs[][2] = {{"act", p->act},
	    {"login", p->before == NULL ? p->login : NULL}, {"was", p->was},
	    {"role", p->gives ? a->role : NULL},
	    {"unit", p->gives ? unit : NULL}};
	json_t *list = json_array();

	for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++)
		if (pairs[i][1] != NULL)
			json_array_append_new(
			    list, json_pack("{s:s, s:s}", "name", pairs[i][0],
				      "value", pairs[i][1]));
	return list;
}

int
person_preview(struct ctx *ctx, struct request *req, struct response *res,
    int status, const struct person_preview *p)
{
	json_t *doc = document_staff(ctx, req), *effects = json_array();

	for (size_t i = 0; i < 4 && p->effects[i] != NULL; i++)
		json_array_append_new(
		    effects, json_pack("{s:s}", "words",
				 text(req->lang, p->effects[i])));
	json_object_update_new(doc,
	    json_pack("{s:s, s:s, s:s, s:s, s:o, s:o, s:o, s:b, s:o}", "title",
		p->title, "login", p->login, "action", p->action, "back",
		p->back, "rows", rows(ctx, req, p), "hidden", hidden(p),
		"effects", effects, "sure", p->sure, "problem",
		office_text(
		    p->problem == NULL ? NULL : text(req->lang, p->problem))));
	return document_show(req, res, status, "people/person_preview", doc);
}

int
person_start(struct ctx *ctx, struct request *req, struct response *res,
    const char *login, const char *password)
{
	json_t *doc = document_staff(ctx, req);

	json_object_update_new(
	    doc, json_pack("{s:s, s:s, s:s}", "login", login, "password",
		     password, "href", person_href(req, login)));
	return document_show(req, res, 200, "people/person_start", doc);
}
