/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Scores that a leading digit does not say: in words, or behind words. Inside
 * of the SMS reader. */
#ifndef HAILONG_SERVER_CORE_MESSAGES_REPLY_BEHIND_H
#define HAILONG_SERVER_CORE_MESSAGES_REPLY_BEHIND_H

#include "server/core/messages/reply_phrase.h"

/* "bốn sao", "điểm bốn", "chấm năm điểm": a number in words with its own word,
 * at the beginning and alone. */
struct found number_in_words(const struct pieces *p, size_t from);
/* "phục vụ tốt, 5 sao": a rating at the end, behind words that agree with
 * it. */
struct found number_behind(const struct pieces *p, size_t from);

#endif
