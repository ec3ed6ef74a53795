/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The token by which a citizen adds words to an answer (/f/DESK?more=TOKEN).
 * Its first half is any text, its second half proves that whoever made it has
 * the desk's key: an invented token is recognised without a row of it anywhere,
 * also while the kiosk's answer is not here yet.
 */
#ifndef HAILONG_SHARED_MORE_TOKEN_H
#define HAILONG_SHARED_MORE_TOKEN_H

#include <stdbool.h>

#define MORE_TOKEN 23 /* room for its text, 22 letters, and the NUL */

/* Makes a token; key: a text that kiosk and collector share; seed: what the
 * same token is made of again, NULL: random. */
void more_token_make(const char *key, const char *seed, char out[MORE_TOKEN]);
/* True when it was made by this key. */
bool more_token_holds(const char *key, const char *token);

#endif
