/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Wishes to be left alone in more words than a command. Inside of the SMS
 * reader. */
#ifndef HAILONG_SERVER_CORE_MESSAGES_REPLY_WISH_H
#define HAILONG_SERVER_CORE_MESSAGES_REPLY_WISH_H

#include "server/core/messages/reply_fold.h"

enum wish {
	WISH_NONE,
	WISH_LIKELY, /* a person decides, and nothing is sent meanwhile */
	WISH_PLAIN   /* "đừng nhắn tin cho tôi nữa" */
};

/* Reads the pieces from i on, clause by clause; the plainest counts. */
enum wish wish_read(const struct pieces *p, size_t i);
/* Takes the clauses from piece i on that are a plain wish out of the text. */
void wish_cut(struct pieces *p, size_t i);

#endif
