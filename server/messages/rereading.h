/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Kept messages read once more: by a person, or by newer rules. */
#ifndef HAILONG_SERVER_MESSAGES_REREADING_H
#define HAILONG_SERVER_MESSAGES_REREADING_H

#include <stdbool.h>
#include "server/core/messages/reply.h"
#include "server/messages/sms_answer.h"

/* What a person may decide; a score is its digit. refer: a comment, whose
 * sender is told where complaints are dealt with. */
enum decision {
	DECIDE_NOTHING,
	DECIDE_SCORE_1,
	DECIDE_SCORE_5 = DECIDE_SCORE_1 + 4,
	DECIDE_COMMENT,
	DECIDE_REFER,
	DECIDE_IGNORE,
	DECIDE_OPT_OUT, /* the number is left alone from now on */
	DECIDE_COUNT
};

/* Of its word ("4", "comment"); DECIDE_NOTHING for others. */
enum decision decision_find(const char *word);
extern const char *const decision_words[DECIDE_COUNT];

/* Writes a decision about a message that waits for one (its desk and unit
 * known where it is a score), and makes the answer. overtaken: the citizen gave
 * a later score. False when the database refused. */
bool decision_write(const struct sms_answer_place *place, struct sms_read *m,
    enum decision decision, const char *login, bool *overtaken);
/* Takes a decision back: the message waits again, and what counted before does
 * again. */
bool decision_undo(const struct sms_answer_place *place, struct sms_read *m,
    const char *login);
/* Reads a message by these newer rules; *changed: it means something else now.
 * Nothing is said to the citizen. */
bool rereading_run(const struct sms_answer_place *place, struct sms_read *m,
    const struct reply *now, int reader, bool *changed);

#endif
