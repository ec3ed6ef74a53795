/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The two names of a person who signs in: the login, and the words that others
 * read. Wherever one is entered, it is read here. */
#ifndef HAILONG_SERVER_CORE_TEXT_PERSON_NAME_H
#define HAILONG_SERVER_CORE_TEXT_PERSON_NAME_H

#include <stdbool.h>
#include "shared/limits.h"

struct arena;

#define LOGIN_TEXT (LIMIT_CODE_BYTES + 1) /* a login and its NUL */

/* The login that was meant: without blanks around it, in small letters. False
 * when it can be none: 1 to LIMIT_CODE_BYTES letters, digits, - _ and, between
 * others, dots. NULL is none. */
bool login_read(const char *entered, char out[LOGIN_TEXT]);
/* A person's name on one line, letters in one piece, blanks single and none at
 * the ends; "" for none. NULL when it is too long (LIMIT_NAME_BYTES), not UTF-8
 * or not on one line. */
const char *person_name_read(struct arena *a, const char *entered);

#endif
