/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Comments as staff may read them: remarks.html. */
#ifndef HAILONG_SERVER_PAGES_SCORES_REMARKS_H
#define HAILONG_SERVER_PAGES_SCORES_REMARKS_H

#include <jansson.h>
#include <stdbool.h>

struct remark_place;
struct scope;

/* A page of comments of the scope, most of them; after NULL: the newest. words
 * sought or NULL, overall 0: any. As remarks.html has it, and next: the place
 * behind which there are perhaps more, or null. NULL when the database does not
 * answer. The scope must hold the counts. */
json_t *remarks_document(const struct scope *scope,
    const struct remark_place *after, const char *words, int overall,
    size_t most);
/* A place as it stands in an address, and back; false for no place. */
const char *remark_place_name(
    const struct scope *scope, const struct remark_place *place);
bool remark_place_read(const char *text, struct remark_place *place);

#endif
