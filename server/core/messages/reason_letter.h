/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The answer to the follow-up question: one letter, A to F. */
#ifndef HAILONG_SERVER_CORE_MESSAGES_REASON_LETTER_H
#define HAILONG_SERVER_CORE_MESSAGES_REASON_LETTER_H

#include "shared/arena.h"

#define REASON_LETTER_NONE (-1)
#define REASON_LETTER_MANY (-2) /* several of them: a person must choose */

/* Codes of the reasons in the order of the letters, closed by NULL (contract,
 * section 4; the words stand in sms.followup). Made of reply_words.tsv. */
extern const char *const reason_letters[];

/* The reason's index when the whole text is its letter ("a", "B.", "(c)");
 * REASON_LETTER_MANY for "A, D" or "AD"; REASON_LETTER_NONE for anything else.
 */
int reason_letter_read(struct arena *a, const char *text);

#endif
