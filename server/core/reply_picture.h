/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Stars and faces that say a score. Inside of reply.c. */
#ifndef HAILONG_CORE_REPLY_PICTURE_H
#define HAILONG_CORE_REPLY_PICTURE_H

#include "server/core/reply_phrase.h"

/* Reads stars or faces that lead the text from piece `from` on. */
struct found picture_read(const struct pieces *p, size_t from);

#endif
