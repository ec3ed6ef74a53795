/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Phrases in a whole text. Inside of reply.c. */
#ifndef HAILONG_CORE_REPLY_TAIL_H
#define HAILONG_CORE_REPLY_TAIL_H

#include "server/core/reply_phrase.h"

/* Reads the text from piece `from` as manners, a phrase and what follows. */
struct found phrase_read(const struct pieces *p, size_t from);

#endif
