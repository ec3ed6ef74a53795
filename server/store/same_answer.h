/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Whether an answer that came again under its id says what the first one said,
 * although one of them leaves to the default what the other says outright.
 * Pure.
 */
#ifndef HAILONG_SERVER_STORE_SAME_ANSWER_H
#define HAILONG_SERVER_STORE_SAME_ANSWER_H

#include <stdbool.h>
#include <stdint.h>
#include "server/secret/token.h"

/* What of an answer may be left to the default (contract, section 3): each as
 * text, "" for none. */
struct same_words {
	const char *form, *form_version, *desk, *field;
};

/* said: the canonical text (answer_canonical) of the one that came again; now:
 * its words with the defaults filled in; first: those of the row that stands
 * under the id; first_digest: the row's. True when they mean the same. */
bool same_answer(const char *said, const struct same_words *now,
    const struct same_words *first, const uint8_t first_digest[DIGEST_BYTES]);

#endif
