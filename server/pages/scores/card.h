/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One target as a big figure: card.html. */
#ifndef HAILONG_SERVER_PAGES_SCORES_CARD_H
#define HAILONG_SERVER_PAGES_SCORES_CARD_H

#include <jansson.h>
#include <stdbool.h>
#include "server/core/score/score.h"

struct scope;

/* The cards of a scope: a list of documents of card.html, one for each
 * population, or for tthc alone where a field was asked for. all: also those
 * without answers. */
json_t *cards_document(const struct scope *scope, bool all);

#endif
