/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A person's browser before the real collector: keeps its cookies and the
 * session's csrf value. cmocka.h must be included before this. */
#ifndef HAILONG_TESTS_KIT_BROWSER_H
#define HAILONG_TESTS_KIT_BROWSER_H

#include "tests/kit/people.h"

/* All zero: a fresh one. */
struct browser {
	const struct rig *rig;
	char session[200]; /* "hailong=…", "" none */
	char known[200];   /* "hailong_known=…", "" none */
	char csrf[64];
};

/* GET; follows nothing. Replies live until the next call. */
const struct reply *browse(struct browser *b, const char *path);
/* POST of a form, to which csrf is added. The reply's cookies are kept. */
const struct reply *submit(
    struct browser *b, const char *path, const char *form);
/* The first step of signing in. */
const struct reply *knock(
    struct browser *b, const char *login, const char *password);
/* Signs in, which must succeed, and learns the csrf value. */
void sign_in(struct browser *b, const struct rig *rig, const char *login,
    const char *password);
/* Copies what stands in the reply between two texts into out; false: it does
 * not. */
bool between(const struct reply *reply, const char *before, const char *after,
    char *out, size_t size);
/* Fails unless the reply leads there (303). */
void assert_leads(const struct reply *reply, const char *where);
/* Fails unless the page shows, or does not show, these words. */
void assert_shows(const struct reply *reply, const char *words);
void assert_lacks(const struct reply *reply, const char *words);
/* Appends a form's value as it travels. */
const char *encoded(const char *value);

#endif
