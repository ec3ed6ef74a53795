/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Words and addresses of the pages on which staff work. */
#ifndef HAILONG_SERVER_PAGES_OFFICE_WORDS_H
#define HAILONG_SERVER_PAGES_OFFICE_WORDS_H

#include <jansson.h>
#include <stdint.h>
#include "server/http/request.h"

/* "20/11/2026 14:05" of an instant, local; 0: "never" in words. Into the
 * request's arena, as all below. */
const char *office_moment(struct request *req, int64_t ms);
/* A unit's name, the code of one that is no more; NULL or "": the whole
 * district in words. */
const char *office_unit_name(
    const struct ctx *ctx, const struct request *req, const char *unit);
/* An address of ours with one more member in its query (name NULL: none), in
 * the reader's language. */
const char *office_address(
    struct request *req, const char *path, const char *name, const char *value);
/* The sentence of what was just done: the words of "PREFIX.WORD" where the
 * address says done=WORD; null without, or of a word that has none. */
json_t *office_done(struct request *req, const char *prefix);
/* Words as a JSON string; NULL: null. */
json_t *office_text(const char *words);

#endif
