/* SPDX-License-Identifier: GPL-2.0-or-later */
/* People who are signed in at the rig's collector, and the forms they send.
 * cmocka.h must be included before this. */
#ifndef HAILONG_TESTS_KIT_PEOPLE_H
#define HAILONG_TESTS_KIT_PEOPLE_H

#include "tests/kit/rig.h"

/* Whose person is added here; and as a form has it. */
#define PASSWORD      "ba con mèo đen"
#define PASSWORD_FORM "password=ba+con+m%C3%A8o+%C4%91en"

struct person {
	char login[40];
	char headers[300]; /* Cookie: … */
	char csrf[64];     /* what the session's forms bear */
};

/* Adds somebody (unit NULL: of the whole district) with a command. */
void person_add(
    struct rig *r, const char *login, const char *role, const char *unit);
/* Signs in; fails the test when that is refused. */
struct person person_sign_in(struct rig *r, const char *login);
/* The same with a password of one's own. */
struct person person_sign_in_with(
    struct rig *r, const char *login, const char *password);
/* A page. */
const struct reply *person_get(
    struct rig *r, const struct person *p, const char *path);
/* A form: pairs of name and value as they are, closed by NULL; csrf is added.
 */
const struct reply *person_post(struct rig *r, const struct person *p,
    const char *path, ...) __attribute__((sentinel));
/* A form as it travels; csrf is put before it. */
const struct reply *person_send(
    struct rig *r, const struct person *p, const char *path, const char *form);
/* A fresh UUID as text; lives until the thread's eighth next call. */
const char *new_id(void);
/* The value of the first hidden field of that name in a page, "" without one;
 * lives until the thread's fourth next call. */
const char *hidden(const struct reply *page, const char *name);

#endif
