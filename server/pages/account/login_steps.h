/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The two steps of signing in: what each of them shows, and the envelope that
 * leads from the password to the code. */
#ifndef HAILONG_SERVER_PAGES_ACCOUNT_LOGIN_STEPS_H
#define HAILONG_SERVER_PAGES_ACCOUNT_LOGIN_STEPS_H

#include <stdbool.h>
#include <stdint.h>
#include "server/pages/account/code_try.h"

struct page;
struct staff;

/* Shows the first step, which asks for login and password; problem: the key of
 * a sentence, NULL none. Returns status. */
int login_steps_password(const struct page *page, int status, const char *login,
    const char *problem);
/* Shows the second step, which asks for a code; envelope: what the form carries
 * along. Returns status. */
int login_steps_code(const struct page *page, int status, const char *login,
    const char *envelope, const char *problem);

/* The envelope of a person whose password was right now; of the request's
 * arena. */
const char *login_steps_close(
    const struct page *page, const struct staff *staff);
/* True when the form's envelope is of this person, not older than
 * LIMIT_SIGN_IN_MS, and of the password that the person still has; number: what
 * its tries are counted by. */
bool login_steps_opens(const struct page *page, const struct staff *staff,
    uint8_t number[SIGN_IN_NUMBER]);

#endif
