/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a person who reads an unclear SMS is proposed. */
#ifndef HAILONG_SERVER_CORE_MESSAGES_SUGGEST_H
#define HAILONG_SERVER_CORE_MESSAGES_SUGGEST_H

#include "server/core/messages/reply.h"

/* The score that the parts of a text between its marks and "but" agree on, 1 to
 * 5; 0 when none of them has one, or they contradict each other. Never counted
 * by itself: a proposal only. */
int suggest_score(
    struct arena *a, const char *text, const struct reply_desks *desks);

#endif
