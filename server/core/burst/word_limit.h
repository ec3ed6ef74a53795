/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * How many bytes of words without a name are kept: of one source first, so that
 * a single one cannot use up what a desk may have, then of a desk, whoever
 * sends them. Words that come by a dossier's link, a kiosk or an SMS are not
 * asked about. Pure.
 */
#ifndef HAILONG_SERVER_CORE_BURST_WORD_LIMIT_H
#define HAILONG_SERVER_CORE_BURST_WORD_LIMIT_H

#include <stdint.h>

enum word_verdict { WORDS_TAKEN, WORDS_SOURCE, WORDS_DESK };

/* Bytes of a source in an hour, of a desk in a day. */
struct word_limits {
	int64_t source, desk;
};

struct word_limit;

/* Makes one that has taken nothing; the caller destroys it. */
struct word_limit *word_limit_create(void);
/* Frees it. NULL is allowed. */
void word_limit_destroy(struct word_limit *w);
/* Whether so many bytes of words may be kept now, and takes them if so. Else
 * says whose limit they pass, and in how many ms they do not. source: a keyed
 * hash, 0 not known, which no limit of a source holds; desk: a code. */
enum word_verdict word_limit_ask(struct word_limit *w,
    const struct word_limits *limits, uint64_t source, const char *desk,
    int64_t bytes, int64_t now, int64_t *wait);

#endif
