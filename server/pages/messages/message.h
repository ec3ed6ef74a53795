/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One SMS as a person reads it: the text without what leads to its writer, what
 * it may mean, and what a decision does to the score. */
#ifndef HAILONG_SERVER_PAGES_MESSAGES_MESSAGE_H
#define HAILONG_SERVER_PAGES_MESSAGES_MESSAGE_H

#include <jansson.h>
#include <stdbool.h>

struct scope;
struct sms_read;

/* Its document, as messages.html wants it; NULL when the database does not
 * answer. may: the reader may decide. */
json_t *message_document(
    const struct scope *scope, const struct sms_read *m, bool may);

#endif
