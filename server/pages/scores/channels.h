/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The ways answers came, side by side: channels.html. */
#ifndef HAILONG_SERVER_PAGES_SCORES_CHANNELS_H
#define HAILONG_SERVER_PAGES_SCORES_CHANNELS_H

#include <jansson.h>

struct scope;

/* Null where one channel was asked for, or only one had answers. */
json_t *channels_document(const struct scope *scope);

#endif
