/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a person at work has sent and what could not be taken: for want of a
 * session, with a stale csrf value, or because the server was busy. It comes
 * back, and is sent again by one press. */
#ifndef HAILONG_SERVER_PAGES_ACCOUNT_KEPT_H
#define HAILONG_SERVER_PAGES_ACCOUNT_KEPT_H

#include <jansson.h>
#include <stdbool.h>

struct page;

/* True when the request brings something that may be kept: a form of a staff
 * page, not one of secrets or with a file, or what a login form bears along. */
bool kept_any(const struct page *page);
/* The same as the hidden fields of a login form: {fields: [{name, value}]};
 * NULL for none. The caller owns it. */
json_t *kept_fields(const struct page *page);
/* Shows what was kept with one button that sends it to where it was meant to
 * go; csrf: of the session that will send it; message: the key of a sentence.
 * Returns status. */
int kept_show(
    const struct page *page, int status, const char *csrf, const char *message);

#endif
