/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * GET and POST /staff/admin/people: all who may sign in, and one more. A
 * new person gets a start password that the admin sees once and the person must
 * change, so that no person knows another's password.
 */
#include "server/pages/pages.h"

#include <string.h>
#include "server/secret/password.h"
#include "server/pages/page.h"
#include "server/core/text/person_name.h"
#include "server/pages/people/person_view.h"
#include "server/secret/token.h"
#include "server/store/people/audit.h"
#include "server/store/people/staff.h"
#include "shared/limits.h"

#define PEOPLE_PATH "/staff/admin/people"

/* What was entered to add a person, and why it is refused; NULL: nothing. */
struct entered {
	const char *login, *role, *unit, *name, *problem;
};

static json_t *
people(const struct page *page)
{
	json_t *rows = json_array();
	struct staff *list;
	size_t n;

	if (!store_staff_list(page->ctx->db, page->arena, &list, &n)) {
		json_decref(rows);
		return NULL;
	}
	for (size_t i = 0; i < n; i++)
		if (person_visible(page, list[i].unit))
			json_array_append_new(
			    rows, person_document(page, &list[i]));
	return rows;
}

static int
show_people(const struct page *page, int status, const struct entered *e)
{
	json_t *list = people(page), *doc;
	bool may = page_may(page, WHO_ADMIN);

	if (list == NULL)
		return 503;
	doc = page_document(page);
	put_part(doc, "people", list);
	put_flag(doc, "may", may);
	put_text(doc, "problem",
	    e->problem == NULL ? NULL : page_text(page, e->problem));
	put_part(doc, "roles", person_roles(page, e->role));
	put_part(doc, "units", person_units(page, e->unit));
	put_text(doc, "new", e->login == NULL ? "" : e->login);
	put_text(doc, "new_name", e->name == NULL ? "" : e->name);
	return page_show(page, status, "people/people", doc);
}

int
get_people(struct ctx *ctx, struct request *req, struct response *res)
{
	struct page page = page_of(ctx, req, res);
	const struct entered nothing = {.role = "viewer"};

	return show_people(&page, 200, &nothing);
}

/* ------------------------------------------------------------------- adding */

struct adding {
	struct staff staff;
	char password[PASSWORD_START], hash[PASSWORD_TEXT];
	struct deed deed;
	bool added;
};

static int
preview_new(const struct page *page, const struct staff *staff)
{
	struct person_preview p = {.title = page_text(page, "people.add"),
	    .login = staff->login,
	    .action = PEOPLE_PATH,
	    .back = page_address(page, PEOPLE_PATH, NULL),
	    .after = staff,
	    .gives = true,
	    .effects = {"people.effect.add"}};

	if (strcmp(staff->role, "admin") == 0)
		p.effects[1] = "people.effect.admin";
	return person_preview(page, 200, &p);
}

static bool
write_add(struct db *db, struct tallies *tallies, struct request *req)
{
	struct adding *a = req->data;

	(void)tallies;
	return store_staff_add(db, &a->staff, &a->added) &&
	       (!a->added || store_audit(db, &a->deed));
}

static int
reply_add(struct ctx *ctx, struct request *req, struct response *res)
{
	struct page page = page_of(ctx, req, res);
	const struct adding *a = req->data;
	const struct entered e = {a->staff.login, a->staff.role, a->staff.unit,
	    a->staff.name, "people.refused.exists"};

	if (!a->added)
		return show_people(&page, 409, &e);
	return person_start(&page, a->staff.login, a->password);
}

static int
add_person(const struct page *page, struct adding *a)
{
	password_start(a->password);
	if (!password_hash(a->password, a->hash))
		return 503;
	a->staff.password = a->hash;
	a->staff.created_at = page->req->now;
	a->deed = page_deed(page, "user.add", a->staff.unit, a->staff.login);
	a->deed.after = person_json(page, &a->staff);
	return page_write(page, a, write_add, reply_add);
}

int
post_people(struct ctx *ctx, struct request *req, struct response *res)
{
	struct page page = page_of(ctx, req, res);
	struct adding *a = arena_alloc(&req->arena, sizeof(*a));
	struct staff *s = &a->staff, known;
	const char *login = pairs_get(&req->form, "login");
	struct entered e = {.login = login};
	char folded[LOGIN_TEXT];

	e.problem = person_read(&page, &s->role, &s->unit, &s->name);
	e.role = s->role;
	e.unit = s->unit;
	e.name = s->name;
	if (!login_read(login, folded)) {
		e.problem = "people.refused.login";
		if (login != NULL && strlen(login) > LIMIT_NAME_BYTES)
			e.login = NULL;
	}
	if (e.problem != NULL)
		return show_people(&page, 422, &e);
	s->login = arena_strdup(&req->arena, folded);
	s->start = true;
	switch (store_staff(ctx->db, &req->arena, s->login, &known)) {
	case STEP_ROW:
		e.problem = "people.refused.exists";
		return show_people(&page, 409, &e);
	case STEP_DONE:
		break;
	default:
		return 503;
	}
	return pairs_get(&req->form, "save") == NULL ? preview_new(&page, s)
						     : add_person(&page, a);
}
