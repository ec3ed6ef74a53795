/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A staff page whose main part renews itself while it is open. The page is a
 * frame (head, filters, time) around that part; static/live.js asks for the
 * part alone with live=1 and its ETag, and mostly gets 304. Without a script
 * there is a link to load the page again.
 */
#ifndef HAILONG_SERVER_PAGES_SCORES_LIVE_H
#define HAILONG_SERVER_PAGES_SCORES_LIVE_H

#include <jansson.h>
#include <stdbool.h>

struct response;
struct scope;

/* Makes the document of the part; NULL when the database does not answer. */
typedef json_t *live_part(const struct scope *scope);

/* Shows the page `page` around the part that the template `part` draws; heading
 * is its h1. Holds and releases the counts. Returns a status. */
int live_show(struct scope *scope, struct response *res, const char *page,
    const char *part, const char *heading, bool weeks, live_part *make);
/* The document of a frame without such a part: title, filters, ways; for pages
 * of their own kind. */
json_t *live_frame(const struct scope *scope, const char *heading, bool words);

#endif
