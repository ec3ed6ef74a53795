/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Pieces that belong together. Inside of the SMS reader. */
#ifndef HAILONG_SERVER_CORE_MESSAGES_REPLY_JOIN_H
#define HAILONG_SERVER_CORE_MESSAGES_REPLY_JOIN_H

#include "server/core/messages/reply_fold.h"

/* Joins emoticons, "k0" and hyphened words of a text just cut up, in place. */
void reply_join(struct pieces *p);

#endif
