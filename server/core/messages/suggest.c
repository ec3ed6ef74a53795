/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 *   1. the text is cut at marks and at words that part two opinions ("nhưng",
 *      class parts of reply_words.tsv);
 *   2. each part is read as if it were a message of its own;
 *   3. the scores must agree.
 */
#include "server/core/messages/suggest.h"

#include <string.h>
#include "server/core/messages/reply_words.h"

/* Bytes of the mark or of the word between blanks that parts the text here; 0:
 * none. */
static size_t
parting(const char *p)
{
	size_t n;

	if (*p != '\0' && strchr(".,;!?\n()", *p))
		return 1;
	if (*p != ' ')
		return 0;
	n = strcspn(p + 1, " ");
	return p[n + 1] == ' ' && word_written(p + 1, n, W_PARTS) ? n + 2 : 0;
}

/* The score of one part, 0: none. */
static int
score_of(struct arena *a, const char *part, size_t bytes,
    const struct reply_desks *desks)
{
	struct reply reply;

	reply_read(a, arena_strndup(a, part, bytes), desks, &reply);
	return reply.kind == REPLY_SCORE ? reply.score : 0;
}

int
suggest_score(
    struct arena *a, const char *text, const struct reply_desks *desks)
{
	const char *part = text;
	int found = 0, score;

	for (const char *p = text;; p++) {
		size_t n = *p == '\0' ? 1 : parting(p);

		if (n == 0)
			continue;
		score = score_of(a, part, (size_t)(p - part), desks);
		if (score != 0 && found != 0 && score != found)
			return 0;
		found = score != 0 ? score : found;
		if (*p == '\0')
			return found;
		part = p + n;
		p += n - 1;
	}
}
