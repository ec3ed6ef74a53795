/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The second pass of folding joins pieces that belong together:
 *
 *   1. an emoticon (":)", "<3", "^^") becomes a face with a mood;
 *   2. "k0", "k0ng" become "ko": a zero stands for the o of không;
 *   3. the hyphen of "hai-long" goes.
 */
#include "server/core/messages/reply_join.h"

#include <string.h>

/* How many pieces from i make an emoticon, and its mood. */
static size_t
emoticon(const struct pieces *p, size_t i, int *sign)
{
	size_t j = i + 1;
	int mouth = 0;

	if (piece_is(p, i, '<') && j < p->count && p->list[j].glued &&
	    strcmp(p->list[j].plain, "3") == 0) {
		*sign = 1;
		return 2;
	}
	/* ":3", but not "điểm :3" */
	if (piece_is(p, i, ':') && !p->list[i].glued && j < p->count &&
	    p->list[j].glued && strcmp(p->list[j].plain, "3") == 0 &&
	    (i == 0 || p->list[i - 1].kind != PIECE_WORD)) {
		*sign = 1;
		return 2;
	}
	if (piece_is(p, i, '^') && piece_is(p, j, '^')) {
		*sign = 1;
		return 2;
	}
	if (!piece_is(p, i, ':') && !piece_is(p, i, '='))
		return 0;
	if (piece_is(p, j, '-') && p->list[j].glued)
		j++;
	if (piece_is(p, j, '(') || piece_is(p, j, ')'))
		mouth = p->list[j].value;
	if (mouth == 0 || !p->list[j].glued)
		return 0;
	while (piece_is(p, j, mouth) && p->list[j].glued)
		j++;
	/* ":(chậm" opens a bracket */
	if (j < p->count && p->list[j].glued && p->list[j].kind == PIECE_WORD)
		return 0;
	*sign = mouth == ')' ? 1 : -1;
	return j - i;
}

static bool
glued_word(const struct pieces *p, size_t i)
{
	return i < p->count && p->list[i].glued &&
	       p->list[i].kind == PIECE_WORD;
}

/* "k0", "k0ng": a zero for the o of không. */
static bool
zero_for_o(const struct pieces *p, size_t i)
{
	return p->list[i].kind == PIECE_WORD && i + 1 < p->count &&
	       strcmp(p->list[i].plain, "k") == 0 && p->list[i + 1].glued &&
	       strcmp(p->list[i + 1].plain, "0") == 0 &&
	       !glued_word(p, i + 2) &&
	       !(i > 0 && p->list[i].glued &&
		   p->list[i - 1].kind == PIECE_NUMBER);
}

void
reply_join(struct pieces *p)
{
	size_t used = 0, n;
	int sign = 0;

	for (size_t i = 0; i < p->count; i += n) {
		struct piece piece = p->list[i];
		n = emoticon(p, i, &sign);
		if (n > 0) {
			piece.kind = PIECE_FACE;
			piece.value = 0;
			piece.sign = sign;
			piece.end = p->list[i + n - 1].end;
		} else if (zero_for_o(p, i)) {
			n = 2;
			piece.word = piece.plain = piece.marked = "ko";
			piece.end = p->list[i + 1].end;
		} else {
			n = 1;
			/* the hyphen of "hai-long" parts nothing */
			if (piece_is(p, i, '-') && i > 0 && piece.glued &&
			    p->list[i - 1].kind == PIECE_WORD &&
			    glued_word(p, i + 1))
				continue;
		}
		p->list[used++] = piece;
	}
	p->count = used;
}
