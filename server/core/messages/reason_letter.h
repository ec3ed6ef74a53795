/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The letters that answer the question after a low score (TEXTS.md, SMS).
 * Letters, so that a digit is always a corrected score. */
#ifndef HAILONG_SERVER_CORE_MESSAGES_REASON_LETTER_H
#define HAILONG_SERVER_CORE_MESSAGES_REASON_LETTER_H

#include "shared/arena.h"

/* Codes of the reasons in the order of the letters, closed by NULL (contract,
 * section 4; the words stand in sms.followup), and the words that say each of
 * them, folded, with "|" between. Made of reply_words.tsv. */
extern const char *const reason_letters[];
extern const char *const reason_words[];

/* The reasons that an answer to that question names, a bit for each index: "a",
 * "B ạ.", "Lý do D", "A cho lau", "A, B", "thái độ". 0: it names none. */
unsigned reason_letters_read(struct arena *a, const char *text);

#endif
