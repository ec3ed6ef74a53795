/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Between the steps nothing is kept here: the form of the second carries an
 * envelope that says when the password was right, and which password, so that
 * it is worth nothing after LIMIT_SIGN_IN_MS or once the password is another;
 * and a number of its own, by which its tries are counted.
 */
#include "server/pages/account/login_steps.h"

#include <string.h>
#include "server/http/auth.h"
#include "server/pages/account/kept.h"
#include "server/pages/account/session.h"
#include "server/pages/page.h"
#include "server/secret/envelope.h"
#include "server/store/people/staff.h"
#include "server/secret/token.h"
#include "shared/limits.h"
#include "shared/uuid.h"

/* What the envelope holds. */
struct passed {
	int64_t at;                     /* the password was right */
	uint64_t password;              /* which one (secret/token.h) */
	uint8_t number[SIGN_IN_NUMBER]; /* random: this envelope's */
};

static json_t *
step_document(const struct page *page, const char *login, const char *problem)
{
	json_t *doc = page_document(page);

	put_text(doc, "next", session_next(page));
	put_part(doc, "kept", kept_fields(page));
	put_text(doc, "login", login);
	put_text(doc, "problem", page_problem(page, problem));
	return doc;
}

int
login_steps_password(
    const struct page *page, int status, const char *login, const char *problem)
{
	return page_show(
	    page, status, "account/login", step_document(page, login, problem));
}

int
login_steps_code(const struct page *page, int status, const char *login,
    const char *envelope, const char *problem)
{
	json_t *doc = step_document(page, login, problem);

	put_text(doc, "envelope", envelope);
	return page_show(page, status, "account/login_code", doc);
}

static const char *
passed_label(const struct page *page, const struct staff *staff)
{
	return arena_printf(page->arena, "sign in %s", staff->login);
}

const char *
login_steps_close(const struct page *page, const struct staff *staff)
{
	struct passed passed = {.at = page->req->now,
	    .password = password_generation(staff->password)};
	struct uuid number;

	uuid_new(&number);
	memcpy(passed.number, &number, sizeof(passed.number));
	return envelope_close(page->arena, auth_secret(page->ctx),
	    passed_label(page, staff), &passed, sizeof(passed));
}

bool
login_steps_opens(const struct page *page, const struct staff *staff,
    uint8_t number[SIGN_IN_NUMBER])
{
	struct passed passed;
	int64_t now = page->req->now;

	if (!envelope_open(auth_secret(page->ctx), passed_label(page, staff),
		page_field(page, "envelope"), &passed, sizeof(passed)) ||
	    passed.password != password_generation(staff->password) ||
	    passed.at > now || now - passed.at > LIMIT_SIGN_IN_MS)
		return false;
	memcpy(number, passed.number, sizeof(passed.number));
	return true;
}
