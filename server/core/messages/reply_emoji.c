/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 *   1. Stars are counted, empty ones not. One asterisk is a list's bullet or a
 *      slip, one drawn star is one star.
 *   2. Faces must agree. A face that only has a mood says no level: unclear.
 *      Two thumbs are more than one.
 *   3. After either, no other number and no contrary words may follow; after a
 *      face no words but manners and "nhưng".
 */
#include "server/core/messages/reply_emoji.h"

#include "server/core/messages/reply_doubt.h"
#include "server/core/messages/reply_words.h"

/* Nothing, a mark, manners or "nhưng" follows. */
static bool
picture_may_end(const struct pieces *p, size_t i)
{
	i = skip_manners(p, i, NULL, NULL);
	return i >= p->count || p->list[i].kind != PIECE_WORD ||
	       word_at(p, i, W_BUT | W_THANKS, NULL) > 0;
}

static struct found
picture_score(const struct pieces *p, size_t i, int score)
{
	const char *why = NULL;

	if (question_at(p, i))
		return found_unclear("a question");
	if (!numbers_harmless(p, i))
		return found_unclear("a picture and a number");
	if (rest_disagrees(p, i, score, &why))
		return found_unclear(why);
	return (struct found){.kind = FOUND_SCORE, .score = score, .rest = i};
}

static struct found
stars_read(const struct pieces *p, size_t i)
{
	size_t begin = i;
	int full = 0;

	for (; i < p->count && p->list[i].kind == PIECE_STAR; i++)
		full += p->list[i].value;
	if (i - begin == 1 && !p->list[begin].drawn)
		return found_unclear("one asterisk");
	if (full < 1 || i - begin > 5)
		return found_unclear("not 1 to 5 stars");
	if (i < p->count && p->list[i].glued && p->list[i].kind == PIECE_WORD &&
	    !p->list[begin].drawn)
		return found_unclear("asterisks in a word");
	return picture_score(p, i, full);
}

static struct found
faces_read(const struct pieces *p, size_t i)
{
	size_t thumbs = 0, others = 0;
	int level = 0, sign = 0;
	bool mixed = false;
	struct found found;

	for (; i < p->count && p->list[i].kind == PIECE_FACE; i++) {
		const struct piece *face = &p->list[i];
		mixed = mixed || face->sign * sign < 0 ||
			(level && face->value && face->value != level);
		level = face->value ? face->value : level;
		sign = face->sign ? face->sign : sign;
		thumbs += face->drawn;
		others += face->value && !face->drawn;
	}
	if (mixed)
		return found_unclear("faces disagree");
	if (level == 0)
		return picture_may_end(p, i)
			   ? found_unclear("a face without a level")
			   : (struct found){0};
	if (!picture_may_end(p, i))
		return found_unclear("a face and words");
	if (thumbs > 1 && others == 0)
		level = 5;
	found = picture_score(p, i, level);
	found.yes = found.kind == FOUND_SCORE && level >= 4;
	return found;
}

struct found
emoji_read(const struct pieces *p, size_t from)
{
	size_t i = skip_marks(p, from);

	if (i >= p->count)
		return (struct found){0};
	if (p->list[i].kind == PIECE_STAR)
		return stars_read(p, i);
	if (p->list[i].kind == PIECE_FACE)
		return faces_read(p, i);
	return (struct found){0};
}
