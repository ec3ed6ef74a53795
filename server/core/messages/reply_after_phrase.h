/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Phrases in a whole text. Inside of the SMS reader. */
#ifndef HAILONG_SERVER_CORE_MESSAGES_REPLY_AFTER_PHRASE_H
#define HAILONG_SERVER_CORE_MESSAGES_REPLY_AFTER_PHRASE_H

#include "server/core/messages/reply_phrase.h"

/* Reads the text from piece `from` as manners, a phrase and what follows. */
struct found after_phrase_read(const struct pieces *p, size_t from);

#endif
