/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Each part is read as if it were a message of its own. */
#include "server/core/messages/suggest.h"

#include <string.h>

static const char *const joints[] = {
    ".", ",", ";", "!", "?", "\n", "(", ")", " nhưng ", " nhung ", " mà "};

/* Bytes of the joint that stands here; 0: none. */
static size_t
joint(const char *p)
{
	for (size_t i = 0; i < sizeof(joints) / sizeof(joints[0]); i++)
		if (strncmp(p, joints[i], strlen(joints[i])) == 0)
			return strlen(joints[i]);
	return 0;
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
		size_t n = *p == '\0' ? 1 : joint(p);

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
