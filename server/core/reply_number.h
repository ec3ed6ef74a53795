/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Digits that say a score. Inside of reply.c. */
#ifndef HAILONG_CORE_REPLY_NUMBER_H
#define HAILONG_CORE_REPLY_NUMBER_H

#include "server/core/reply_phrase.h"

/* Reads the text from piece `from` as a number with what may stand before and
 * after it. NOTHING: no number leads the text. */
struct found number_read(const struct pieces *p, size_t from);
/* A number that closes a phrase: "rất hài lòng, 5 sao". NOTHING: none there. */
struct found number_after_phrase(
    const struct pieces *p, const struct phrase *ph);
/* True when no number from piece i on could be meant as a score: each has a
 * unit, a name ("quầy 3"), or is a telephone number, a date, a code. */
bool numbers_harmless(const struct pieces *p, size_t i);
/* True when the words, stars and faces from piece i on speak against a score
 * that stands before them; *why says what disagrees. */
bool rest_disagrees(
    const struct pieces *p, size_t i, int score, const char **why);
/* True when a number stands alone at the end of the text, or before sao or
 * điểm: perhaps a score among words. */
bool number_stands_out(const struct pieces *p, size_t i);

#endif
