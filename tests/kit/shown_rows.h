/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Rows of scores of the interface beside the same of the command line, which
 * withholds nothing. cmocka.h must be included before this. */
#ifndef HAILONG_TESTS_KIT_SHOWN_ROWS_H
#define HAILONG_TESTS_KIT_SHOWN_ROWS_H

#include <jansson.h>

/* Fails unless each row of the interface says what the command's does, or,
 * where it is withheld, nothing but what it is of; a row's channels, classes
 * and burst may be withheld alone. Marks the command's rows likewise with
 * "suppressed". Returns how many are. */
size_t assert_shown_rows(json_t *facts, json_t *rows);

#endif
