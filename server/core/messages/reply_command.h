/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Texts that are no opinion: commands, wrong numbers, advertisements. Inside of
 * the SMS reader. */
#ifndef HAILONG_SERVER_CORE_MESSAGES_REPLY_COMMAND_H
#define HAILONG_SERVER_CORE_MESSAGES_REPLY_COMMAND_H

#include <stdbool.h>
#include <stddef.h>
#include "server/core/messages/reply.h"
#include "server/core/messages/reply_fold.h"

/* Reads a text that is a command (TC, DK, TG, "???") or says that it came to
 * the wrong person, and fills *out. False: it is neither. */
bool command_read(struct arena *a, const struct pieces *p, struct reply *out);
/* The folded words from piece i on with one space between, for word_is; marks,
 * faces and stars at the ends do not count. NULL when there is anything
 * between, or more words than a command has. Belongs to the arena. */
const char *command_words(struct arena *a, const struct pieces *p, size_t i);
/* True for an advertisement. */
bool advert_is(const struct pieces *p);

#endif
