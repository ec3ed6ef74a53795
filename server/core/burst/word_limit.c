/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Two allowances. Each row of words costs what it needs beside them, so that
 * many short ones are no way round. A source keeps an hour, as its hash does
 * everywhere (core/burst/burst.c).
 */
#include "server/core/burst/word_limit.h"

#include <stdlib.h>
#include <string.h>
#include "server/core/burst/allowance.h"
#include "shared/hash.h"
#include "shared/limits.h"

#define HOUR_MS (3600 * 1000LL)
#define DAY_MS  (24 * HOUR_MS)
#define SOURCES 16384
#define DESKS   1024

struct word_limit {
	struct allowance *sources, *desks;
};

struct word_limit *
word_limit_create(void)
{
	struct word_limit *w = calloc(1, sizeof(*w));

	if (w == NULL)
		abort();
	w->sources = allowance_create(SOURCES);
	w->desks = allowance_create(DESKS);
	return w;
}

void
word_limit_destroy(struct word_limit *w)
{
	if (w == NULL)
		return;
	allowance_destroy(w->sources);
	allowance_destroy(w->desks);
	free(w);
}

enum word_verdict
word_limit_ask(struct word_limit *w, const struct word_limits *limits,
    uint64_t source, const char *desk, int64_t bytes, int64_t now,
    int64_t *wait)
{
	const struct allowed of_source = {limits->source, HOUR_MS};
	const struct allowed of_desk = {limits->desk, DAY_MS};
	uint64_t place = hash_add(HASH_START, desk, strlen(desk));

	bytes += LIMIT_WORDS_ROW;
	*wait = source == 0
		    ? 0
		    : allowance_wait(w->sources, source, of_source, bytes, now);
	if (*wait > 0)
		return WORDS_SOURCE;
	*wait = allowance_wait(w->desks, place, of_desk, bytes, now);
	if (*wait > 0)
		return WORDS_DESK;
	if (source != 0)
		allowance_take(w->sources, source, of_source, bytes, now);
	allowance_take(w->desks, place, of_desk, bytes, now);
	return WORDS_TAKEN;
}
