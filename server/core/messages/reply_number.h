/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Digits that say a score. Inside of the SMS reader. */
#ifndef HAILONG_SERVER_CORE_MESSAGES_REPLY_NUMBER_H
#define HAILONG_SERVER_CORE_MESSAGES_REPLY_NUMBER_H

#include "server/core/messages/reply_phrase.h"

/* Reads the text from piece `from` as a number with what may stand before and
 * after it. NOTHING: no number leads the text. */
struct found number_read(const struct pieces *p, size_t from);
/* A number that closes a phrase: "rất hài lòng, 5 sao". NOTHING: none there. */
struct found number_after_phrase(
    const struct pieces *p, const struct phrase *ph);

/* True when the number at i says a score by itself, with "sao", "điểm" or "/5"
 * behind it: *score, and *end is the first piece after it. */
bool number_said(const struct pieces *p, size_t i, size_t *end, int *score);

#endif
