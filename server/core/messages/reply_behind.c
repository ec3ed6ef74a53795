/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A number in words counts only with its own word: sao or điểm behind it, or
 * điểm, chấm, mức right before it; "năm nay", "ba tôi" are no scores.
 *
 * A rating behind words counts when
 *
 *   1. it bears sao, điểm, "/5", or follows "chấm", and the text ends there;
 *   2. it stands in a clause of its own ("dịch vụ tốt, 5 sao") or right behind
 *      a word of praise or blame ("nhân viên dễ thương 5 sao");
 *   3. no other number could be one, nothing asks or sets a condition, and the
 *      words do not speak against it ("không được 5 sao").
 */
#include "server/core/messages/reply_behind.h"

#include "server/core/messages/reply_doubt.h"
#include "server/core/messages/reply_number.h"
#include "server/core/messages/reply_words.h"

static bool
text_ends(const struct pieces *p, size_t i)
{
	size_t end = skip_manners(p, skip_marks(p, i), NULL, NULL);

	return !question_at(p, i) && !question_at(p, end) &&
	       skip_marks(p, end) >= p->count;
}

struct found
number_in_words(const struct pieces *p, size_t from)
{
	const struct word *row = NULL;
	size_t i = skip_marks(p, from), n, stars, end;
	bool rated = false;

	while ((n = word_at(p, i, W_RATE | W_GIVE | W_SELF, &row)) > 0) {
		rated = word_at(p, i, W_RATE, NULL) == n;
		i += n;
	}
	n = word_at(p, i, W_NUMBER, &row);
	stars = n > 0 ? word_at(p, i + n, W_STARS, NULL) : 0;
	end = skip_manners(p, i + n + stars, NULL, NULL);
	if (n == 0 || (stars == 0 && !(rated && text_ends(p, i + n))) ||
	    (row->number > 5 && row->number != 10))
		return (struct found){0};
	if (end < p->count && p->list[end].kind == PIECE_WORD &&
	    word_at(p, end, W_BUT, NULL) == 0)
		return (struct found){0};
	if (question_at(p, end) || !numbers_harmless(p, end))
		return found_unclear("a number among words");
	if (row->number == 10 && stars > 0 &&
	    word_at(p, i + n, W_POINTS, NULL) == 0)
		return found_unclear("a number outside 1 to 5");
	return (struct found){.kind = FOUND_SCORE,
	    .score = row->number == 10 ? 5 : row->number,
	    .digit = true,
	    .rest = i + n + stars};
}

/* The first of the words that announce the number at i; *rated: one of them
 * expects a rating. */
static size_t
announced_from(const struct pieces *p, size_t from, size_t i, bool *rated)
{
	size_t at = i;

	*rated = false;
	for (size_t back = 1; back <= 3 && at >= from + back; back++) {
		if (word_at(p, at - back, W_RATE | W_GIVE | W_SELF, NULL) !=
		    back)
			continue;
		*rated = *rated || word_at(p, at - back, W_RATE, NULL) == back;
		at -= back;
		back = 0;
	}
	return at;
}

/* Does a word of praise or blame end right before piece i? */
static bool
opinion_before(const struct pieces *p, size_t from, size_t i)
{
	for (size_t back = 1; back <= 3 && i >= from + back; back++)
		if (word_at(p, i - back, W_PRAISE | W_CORE, NULL) == back)
			return true;
	return false;
}

/* Do the words from `from` up to `end` go with the score? */
static bool
words_agree(const struct pieces *p, size_t from, size_t end, int score)
{
	const struct word *row = NULL;
	bool good = false, bad = false;

	for (size_t i = from; i < end; i++) {
		if (piece_is(p, i, '?') || word_at(p, i, W_IF | W_WHY, NULL))
			return false;
		if (word_at(p, i, W_CORE, &row) > 0) {
			bad = bad || row->core >= CORE_BAD || row->holds_not;
			good = good || row->core < CORE_BAD;
		}
		bad = bad || word_at(p, i, W_NOT | W_ODD_NOT, NULL) > 0 ||
		      (p->list[i].kind == PIECE_FACE && p->list[i].sign < 0);
		good = good || word_at(p, i, W_PRAISE, NULL) > 0;
	}
	return score >= 4 ? !bad : score == 3 || bad || !good;
}

struct found
number_behind(const struct pieces *p, size_t from)
{
	struct pieces before = *p;
	size_t end = 0, begin;
	int score = 0;
	bool rated;

	for (size_t i = from + 1; i < p->count; i++) {
		if (!number_at(p, i) || !number_said(p, i, &end, &score) ||
		    !text_ends(p, end))
			continue;
		begin = announced_from(p, from, i, &rated);
		if (end == i + 1 && !rated)
			continue;
		before.count = begin;
		if (!(begin > from && p->list[begin - 1].kind == PIECE_MARK) &&
		    !opinion_before(p, from, begin))
			continue;
		if (!numbers_harmless(&before, from) ||
		    !words_agree(p, from, begin, score))
			continue;
		return (struct found){.kind = FOUND_SCORE,
		    .score = score,
		    .digit = true,
		    .rest = from};
	}
	return (struct found){0};
}
