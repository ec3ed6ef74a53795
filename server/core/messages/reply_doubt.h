/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Reasons to doubt a score, and numbers in a text. Inside of the SMS
 * reader. */
#ifndef HAILONG_SERVER_CORE_MESSAGES_REPLY_DOUBT_H
#define HAILONG_SERVER_CORE_MESSAGES_REPLY_DOUBT_H

#include "server/core/messages/reply_phrase.h"

/* True when piece i is a number. */
bool number_at(const struct pieces *p, size_t i);
/* True when piece i is one digit 1..5 (not "05"). */
bool digit_at(const struct pieces *p, size_t i);
/* True when piece i is of this kind and no blank stands before it. */
bool glued_kind(const struct pieces *p, size_t i, enum piece_kind kind);
/* The piece after "12/5/2022", "4.5", "0912.345.678" that begins at i; i + 1
 * for a plain number. */
size_t number_end(const struct pieces *p, size_t i);
/* How many digits stand in the pieces i to end. */
size_t number_digits(const struct pieces *p, size_t i, size_t end);
/* True when piece i is a unit word: the number before it counts something. */
bool unit_at(const struct pieces *p, size_t i);
/* True when no number from piece i on could be meant as a score: each has a
 * unit, a name ("quầy 3"), or is a telephone number, a date, a code. */
bool numbers_harmless(const struct pieces *p, size_t i);
/* True when a digit stands alone at the end of the text, or before sao or
 * điểm: perhaps a score among words. */
bool number_stands_out(const struct pieces *p, size_t i);
/* True when what offices and citizens are counted by stands at i: "cán bộ",
 * "hồ sơ". */
bool counted_at(const struct pieces *p, size_t i);
/* True when the words at i make a count of the digit before them: "2 cán bộ
 * nói chuyện". Few desks have more than three people, so 4 and 5 with praise
 * and without "không" are scores: "5 cán bộ nhiệt tình". */
bool perhaps_counted(const struct pieces *p, size_t i, int score);
/* True when a word at i, right after a digit, is known to qualify a rating or
 * to go on about one: "3 chờ lâu", "5 cảm ơn"; also at the end and at a mark.
 * Any other word may be what the digit counts: "4 phiếu hẹn". */
bool rating_goes_on(const struct pieces *p, size_t i);
/* True when the rest from i on asks: "5 được không", "4 chưa". */
bool rest_asks(const struct pieces *p, size_t i);
/* True when the rest takes the score back: "4 lúc nãy nhầm". */
bool rest_taken_back(const struct pieces *p, size_t i);
/* -1 for 1 and 2, 0 for 3, 1 for 4 and 5. */
int score_mood(int score);
/* True when a face from i up to `end`, before the first word that is more
 * than manners, says the contrary of the score. */
bool faces_disagree(const struct pieces *p, size_t i, size_t end, int score);
/* True when the words and faces from piece i on speak against a score that
 * stands before them; *why says so. */
bool rest_disagrees(
    const struct pieces *p, size_t i, int score, const char **why);

#endif
