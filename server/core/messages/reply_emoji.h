/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Stars and faces that say a score. Inside of the SMS reader. */
#ifndef HAILONG_SERVER_CORE_MESSAGES_REPLY_EMOJI_H
#define HAILONG_SERVER_CORE_MESSAGES_REPLY_EMOJI_H

#include "server/core/messages/reply_phrase.h"

/* Reads stars or faces that lead the text from piece `from` on. */
struct found emoji_read(const struct pieces *p, size_t from);

#endif
