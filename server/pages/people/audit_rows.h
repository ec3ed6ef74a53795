/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Deeds of the audit log as they are asked for and read: for the page and the
 * file alike. */
#ifndef HAILONG_SERVER_PAGES_PEOPLE_AUDIT_ROWS_H
#define HAILONG_SERVER_PAGES_PEOPLE_AUDIT_ROWS_H

#include <jansson.h>
#include "server/http/request.h"
#include "server/store/people/audit.h"

struct page;

/* What the address asks for; strings are the request's, "" where nothing was
 * said. */
struct audit_question {
	const char *login, *act, *object, *unit, *from, *to;
	struct deed_query query;
};

/* Reads the address: login, act (the beginning of its word), object, unit (with
 * those below), from and to (days), after (an id: older ones). A person bound
 * to a unit gets that unit's. 0; 404: a unit that is not his; 422: it cannot be
 * read. */
int audit_rows_ask(const struct page *page, struct audit_question *out);
/* {when, who, role, act, place, unit, object, history, reason, rows: [{name,
 * before, after, changed}], new, differs}: what was done in the reader's words,
 * and what it changed as a difference; the caller owns it. */
json_t *audit_rows_document(const struct page *page, const struct deed *deed);
/* An act's word in the reader's words. */
const char *audit_rows_act(const struct page *page, const char *act);
/* Who, in the reader's words. */
const char *audit_rows_who(const struct page *page, const struct deed *deed);

#endif
