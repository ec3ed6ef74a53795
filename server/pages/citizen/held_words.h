/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Words without a name that are more than is kept of one source or for one desk
 * (core/burst/word_limit.h): the score counts, the words go back to who wrote
 * them, with a form by which they can be sent later (late_comment.c).
 */
#ifndef HAILONG_SERVER_PAGES_CITIZEN_HELD_WORDS_H
#define HAILONG_SERVER_PAGES_CITIZEN_HELD_WORDS_H

#include "server/pages/citizen/form_fill.h"

/* Whether so many bytes of words may be kept for a desk; takes them if so. */
enum word_verdict words_ask(const struct page *page, const struct desk *desk,
    const char *words, int64_t *wait);
/* What is said when not; also sets when to come again. */
const char *words_sentence(
    const struct page *page, enum word_verdict why, int64_t wait);

/* After form_fill: false where the words are too many and must be left out of
 * the answer (form_leave_words). */
bool held_words_ask(const struct page *page, struct filled *f);
/* The write of the form's request (its data: struct filled): words that do not
 * stand with their answer may be added to it. */
bool held_words_write(
    struct db *db, struct tallies *tallies, struct request *req);
/* The form for them on the page of thanks, {problem, action, more, comment};
 * NULL: they stand, or cannot be added. */
json_t *held_words_document(const struct page *page, const struct filled *f);

#endif
