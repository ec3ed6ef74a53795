/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The second factor of a person, for the documents of these pages. */
#ifndef HAILONG_SERVER_PAGES_ACCOUNT_SECOND_FACTOR_H
#define HAILONG_SERVER_PAGES_ACCOUNT_SECOND_FACTOR_H

#include <jansson.h>

struct page;
struct staff;

/* {since: in words, left: how many recovery codes}; NULL for a person who has
 * no second factor. The caller owns it. */
json_t *second_factor_part(const struct page *page, const struct staff *staff);

#endif
