/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What in the rest of a text casts doubt on a score:
 *
 *   1. numbers: another one that could be the score, unless it has a unit, a
 *      name before it, or is a telephone number, a date, a code;
 *   2. counts: "2 cán bộ";
 *   3. questions: "5 được không";
 *   4. words and faces that say the contrary, or take the score back.
 *
 * A complaint about one thing, or after "nhưng", casts none: it is the comment.
 */
#include "server/core/messages/reply_doubt.h"

#include <string.h>
#include "server/core/messages/reply_words.h"

bool
number_at(const struct pieces *p, size_t i)
{
	return i < p->count && p->list[i].kind == PIECE_NUMBER;
}

/* One digit 1..5, not "05". */
bool
digit_at(const struct pieces *p, size_t i)
{
	return number_at(p, i) && p->list[i].value >= 1 &&
	       p->list[i].value <= 5 && p->list[i].plain[1] == '\0';
}

bool
glued_kind(const struct pieces *p, size_t i, enum piece_kind kind)
{
	return i < p->count && p->list[i].glued && p->list[i].kind == kind;
}

static bool
joins_digits(int mark)
{
	return mark == '/' || mark == '-' || mark == '.' || mark == ',' ||
	       mark == ':' || mark == 0x2044 || mark == 0x2013 || mark == '\\';
}

/* The end of "12/5/2022", "4.5", "8:30", "0912.345.678" that begins at i; i+1
 * for a plain number. */
size_t
number_end(const struct pieces *p, size_t i)
{
	i++;
	while (glued_kind(p, i, PIECE_MARK) && joins_digits(p->list[i].value) &&
	       glued_kind(p, i + 1, PIECE_NUMBER))
		i += 2;
	return i;
}

/* Digits of a compound. */
size_t
number_digits(const struct pieces *p, size_t i, size_t end)
{
	size_t digits = 0;

	for (; i < end; i++)
		if (p->list[i].kind == PIECE_NUMBER)
			digits += strlen(p->list[i].plain);
	return digits;
}

bool
unit_at(const struct pieces *p, size_t i)
{
	const uint64_t other = W_OTHER | W_THANKS | W_JOIN | W_BUT;
	size_t n = word_at(p, i, W_UNIT, NULL);
	struct phrase ph;

	/* "2 k hài lòng": k is không */
	return n > 0 && word_at(p, i, other, NULL) <= n &&
	       !phrase_at(p, i, &ph);
}

static bool
named_before(const struct pieces *p, size_t i)
{
	size_t n;

	for (size_t back = 1; back <= 2 && back <= i; back++) {
		n = word_at(p, i - back, W_LABEL, NULL);
		if (n == back)
			return true;
	}
	return false;
}

bool
numbers_harmless(const struct pieces *p, size_t i)
{
	size_t end, digits;

	for (; i < p->count; i++) {
		if (!number_at(p, i))
			continue;
		end = number_end(p, i);
		digits = number_digits(p, i, end);
		if (!(named_before(p, i) || unit_at(p, end) || digits >= 3 ||
			glued_kind(p, end, PIECE_WORD) ||
			(p->list[i].glued && i > 0 &&
			    p->list[i - 1].kind == PIECE_WORD)))
			return false;
		i = end - 1;
	}
	return true;
}

/* "không, 4 mới đúng", "ko, số 4": a digit right after a no is said against
 * another. */
static bool
digit_after_no(const struct pieces *p, size_t i)
{
	size_t no = word_at(p, i, W_NOT, NULL), at = skip_marks(p, i + no);

	return no > 0 && at > i + no &&
	       (digit_at(p, at) ||
		   (named_before(p, at + 1) && digit_at(p, at + 1)));
}

bool
number_stands_out(const struct pieces *p, size_t i)
{
	size_t words = 0, numbers = 0;

	if (digit_after_no(p, i))
		return true;
	for (size_t j = i; j < p->count; j++) {
		words += p->list[j].kind == PIECE_WORD;
		numbers += p->list[j].kind == PIECE_NUMBER;
		if (!digit_at(p, j))
			continue;
		if (word_at(p, j + 1, W_STARS, NULL) > 0)
			return true;
		if (!named_before(p, j) && (skip_marks(p, j + 1) >= p->count &&
					       !(p->list[j].glued && j > i)))
			return true;
	}
	return numbers > 0 && words <= 1;
}

bool
counted_at(const struct pieces *p, size_t i)
{
	const uint64_t other = W_OTHER | W_JOIN | W_BUT;
	size_t n = word_at(p, i, W_COUNTED, NULL);

	return n > 0 && word_at(p, i, other, NULL) <= n;
}

/* "5 cán bộ nhiệt tình" praises, "2 cán bộ nói chuyện" counts. Few desks have
 * more than three people, so 4 and 5 with praise and without "không" pass. */
bool
perhaps_counted(const struct pieces *p, size_t i, int score)
{
	bool praise = false;

	if (!counted_at(p, i))
		return false;
	for (; i < p->count && p->list[i].kind != PIECE_MARK; i++) {
		const struct word *row = NULL;
		if (word_at(p, i, W_BUT, NULL) > 0)
			break;
		if (word_at(p, i, W_NOT | W_ODD_NOT, NULL) > 0)
			return true;
		if (word_at(p, i, W_CORE, &row) > 0 && row->core >= CORE_BAD)
			return true;
		praise = praise || word_at(p, i, W_PRAISE, NULL) > 0;
	}
	return !(praise && score >= 4);
}

bool
rating_goes_on(const struct pieces *p, size_t i)
{
	const uint64_t known = W_AFTER | W_OTHER | W_JOIN | W_BUT | W_CORE |
			       W_PRAISE | W_VERY | W_NOTHING | W_FIX | W_RATE |
			       W_IF;
	const uint64_t light =
	    W_NOT | W_FILL | W_EVER | W_GIVE | W_POLITE | W_SELF | W_SOFT;
	const struct word *row = NULL;
	size_t n = 1;

	for (; i < p->count && n > 0; i += n) {
		if (p->list[i].kind != PIECE_WORD)
			return true;
		n = word_at(p, i, W_THANKS | known, &row);
		if (n > 0 && row->core != CORE_SO_SO) /* "3 tam anh the" */
			return true;
		if (word_at(p, i, W_GAVE, NULL) > 0 && counted_at(p, i + 1))
			return true; /* "5 cho quầy 3" */
		/* "chưa rõ" goes on, "chưa nhận" may be anything */
		n = word_at(p, i, light, NULL);
	}
	return n > 0;
}

/* "5 được không", "4 chưa": asks. */
bool
rest_asks(const struct pieces *p, size_t i)
{
	size_t words = 0, end = p->count;

	while (end > i && p->list[end - 1].kind == PIECE_MARK)
		end--;
	for (size_t j = i; j < end; j++)
		words += p->list[j].kind == PIECE_WORD;
	return words > 0 && words <= 3 &&
	       word_at(p, end - 1, W_NOT | W_ASK_LAST, NULL) == 1;
}

int
score_mood(int score)
{
	return score >= 4 ? 1 : score <= 2 ? -1 : 0;
}

/* The phrase that follows the digit says something else. */
static bool
phrase_disagrees(const struct pieces *p, size_t i, int score)
{
	struct phrase ph;
	size_t n = 1, end;

	while (n > 0 && !phrase_at(p, i, &ph)) {
		n = i < p->count && p->list[i].kind == PIECE_MARK
			? 1
			: word_at(p, i, W_POLITE | W_SELF | W_GIVE, NULL);
		i += n;
	}
	if (n == 0)
		return false;
	end = skip_manners(p, ph.end, NULL, NULL);
	if (ph.turned)
		return true;
	if (ph.hold == HOLD_WHOLE)
		return false; /* slowness is a comment */
	if (ph.hold == HOLD_TIGHT && end < p->count &&
	    p->list[end].kind == PIECE_WORD &&
	    word_at(p, end, W_BUT | W_JOIN, NULL) == 0)
		return false;
	if (ph.level == 0)
		return ph.sign * score_mood(score) <= 0 &&
		       score_mood(score) != 0;
	return ph.level - score > 1 || score - ph.level > 1;
}

/* "hài lòng" further on, against the digit. After "nhưng" it may be about one
 * thing: "4 nhưng không hài lòng về thời gian". */
static bool
later_disagrees(const struct pieces *p, size_t i, int score)
{
	bool but = false;
	size_t at = 0, from = i, end = 0;
	int sign = 0;

	for (; pleased_find(p, from, &sign, &at, &end); from = end) {
		for (size_t j = from; j < at; j++)
			but = but || word_at(p, j, W_BUT, NULL) > 0;
		if (sign * score_mood(score) >= 0)
			continue;
		if (!but ||
		    skip_manners(p, skip_marks(p, end), NULL, NULL) >= p->count)
			return true;
	}
	return false;
}

/* Faces from i on, up to the first word that is more than manners: a sad face
 * after a complaint belongs to the complaint. */
bool
faces_disagree(const struct pieces *p, size_t i, size_t end, int score)
{
	for (; i < end; i++) {
		if (p->list[i].kind == PIECE_WORD &&
		    word_at(p, i, W_POLITE, NULL) == 0)
			return false;
		if (p->list[i].kind == PIECE_FACE &&
		    p->list[i].sign * score_mood(score) < 0)
			return true;
	}
	return false;
}

/* "1. Cảm ơn các anh chị nhiệt tình": thanks and praise, nothing else, for the
 * lowest. */
static bool
praise_disagrees(const struct pieces *p, size_t i, int score)
{
	const uint64_t against =
	    W_NOT | W_ODD_NOT | W_BUT | W_POINTS_ABOUT | W_DANGER | W_AFTER;
	const struct word *row = NULL;
	bool praise = false, thanks = false;

	for (; i < p->count; i++) {
		if (word_at(p, i, against, NULL) > 0)
			return false;
		if (word_at(p, i, W_CORE, &row) > 0 && row->core >= CORE_BAD)
			return false;
		if (word_at(p, i, W_THANKS, NULL) > 0)
			thanks = true;
		else
			praise = praise || word_at(p, i, W_PRAISE, NULL) > 0;
	}
	return thanks && praise && score_mood(score) < 0;
}

bool
rest_disagrees(const struct pieces *p, size_t i, int score, const char **why)
{
	*why = "the score and the rest disagree";
	return phrase_disagrees(p, i, score) || praise_disagrees(p, i, score) ||
	       later_disagrees(p, i, score) ||
	       faces_disagree(p, i, p->count, score);
}

/* "4 lúc nãy nhầm": which of two is meant? */
bool
rest_taken_back(const struct pieces *p, size_t i)
{
	const struct word *row = NULL;
	size_t n;

	for (; i < p->count; i++) {
		n = word_at(p, i, W_FIX, &row);
		if (n > 0 && row->classes & W_SLIP &&
		    skip_manners(p, skip_marks(p, i + n), NULL, NULL) >=
			p->count)
			return true;
	}
	return false;
}
