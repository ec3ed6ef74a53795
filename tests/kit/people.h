/* SPDX-License-Identifier: GPL-2.0-or-later */
/* People who are signed in at the rig's collector, and the forms they send.
 * cmocka.h must be included before this. */
#ifndef HAILONG_TESTS_KIT_PEOPLE_H
#define HAILONG_TESTS_KIT_PEOPLE_H

#include "tests/kit/rig.h"

struct person {
	char login[40];
	char headers[300]; /* Cookie: … */
	char csrf[64];
};

/* Adds somebody (unit NULL: of the whole district) with a command. */
void person_add(
    struct rig *r, const char *login, const char *role, const char *unit);
/* Signs in; fails the test when that is refused. */
struct person person_sign_in(struct rig *r, const char *login);
/* A page. */
const struct reply *person_get(
    struct rig *r, const struct person *p, const char *path);
/* A form: pairs of name and value as they are, closed by NULL; csrf is added.
 */
const struct reply *person_post(struct rig *r, const struct person *p,
    const char *path, ...) __attribute__((sentinel));
/* A fresh UUID as text; lives until the thread's eighth next call. */
const char *new_id(void);
/* The value of the first hidden field of that name in a page, "" without one;
 * lives until the thread's next call. */
const char *hidden(const struct reply *page, const char *name);

#endif
