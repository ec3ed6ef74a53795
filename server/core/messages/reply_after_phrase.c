/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Was a phrase meant as a score?
 *
 *   1. Manners, the citizen's "I" and a mere "ok," may stand before it; where
 *      another person is the subject ("cán bộ rất tốt") it is a comment.
 *   2. A number after it decides, or disagrees: "rất hài lòng, 5 sao".
 *   3. "gì", "đâu", "nếu", "không?" turn it into mockery, a condition or a
 *      question; faces and a second phrase must not contradict it.
 *   4. A polite end, a full stop or "nhưng" keep it. Weak words are held
 *      shorter than "hài lòng", because they begin ordinary sentences: "được
 *      hẹn lại", "tốt nhất là", "chậm trả kết quả"; and "ok" or "được" may be
 *      a mere yes: "ok, mai tôi lên".
 */
#include "server/core/messages/reply_after_phrase.h"

#include "server/core/messages/reply_doubt.h"
#include "server/core/messages/reply_number.h"
#include "server/core/messages/reply_words.h"

static const char mere_yes[] = "perhaps a mere yes";

/* A second opinion in the rest of the text: "hài lòng về…, không hài lòng". */
static bool
contradicted(const struct pieces *p, const struct phrase *ph)
{
	size_t i = ph->end, at = 0;
	int sign = 0;

	while (pleased_find(p, i, &sign, &at, &i))
		if (ph->sign == 0 || sign != ph->sign)
			return true;
	return false;
}

/* What a word right after the phrase, without a stop between, makes of it. */
static enum found_kind
word_after(
    const struct pieces *p, size_t i, const struct phrase *ph, const char **why)
{
	struct phrase next;
	size_t join;

	*why = "words that may turn the meaning";
	join = word_at(p, i, W_BUT, NULL);
	if (join > 0 && ph->yes && !rating_goes_on(p, i + join)) {
		*why = mere_yes; /* "ok nhưng chưa nhận được" */
		return FOUND_UNCLEAR;
	}
	if (join > 0)
		return FOUND_SCORE;
	join = word_at(p, i, W_JOIN, NULL);
	if (join > 0 && ph->hold != HOLD_WHOLE) {
		/* "tốt và không tốt" */
		if (!phrase_at(p, i + join, &next) || next.level == ph->level ||
		    next.sign == ph->sign)
			return FOUND_SCORE;
		*why = "two different opinions";
		return FOUND_UNCLEAR;
	}
	if (word_at(p, i, W_NOT, NULL) > 0 && ph->hold == HOLD_FREE)
		return nothing_to_add(p, i) ? FOUND_SCORE : FOUND_UNCLEAR;
	if (ph->hold == HOLD_FREE)
		return FOUND_SCORE;
	if (word_at(p, i, W_NOT, NULL) > 0 && i + 1 >= p->count) {
		*why = "a question";
		return FOUND_UNCLEAR;
	}
	if (phrase_at(p, i, &next)) {
		*why = "two different opinions";
		return FOUND_UNCLEAR;
	}
	*why = "a phrase that goes on";
	return ph->hold == HOLD_WHOLE || ph->bare ? FOUND_NOTHING
						  : FOUND_UNCLEAR;
}

static bool
goes_on_rating(const struct pieces *p, size_t i)
{
	struct phrase ph;

	if (number_at(p, i))
		return false; /* "được, 3h chiều tôi lên lấy" */
	if (i >= p->count || p->list[i].kind != PIECE_WORD ||
	    word_at(p, i, W_BUT | W_THANKS, NULL) > 0 || phrase_at(p, i, &ph))
		return true;
	if (skip_manners(p, i, NULL, NULL) >= p->count)
		return true;
	for (; i < p->count; i++)
		if (word_at(p, i, W_PRAISE, NULL) > 0)
			return true;
	return false;
}

/* "tốt, rất tốt": two levels. "Rất hài lòng. Tốt" is one. */
static bool
second_phrase(const struct pieces *p, size_t i, const struct phrase *first)
{
	struct phrase ph;

	i = skip_manners(p, i, NULL, NULL);
	i += word_at(p, i, W_SELF, NULL);
	if (!phrase_at(p, i, &ph) || ph.hold == HOLD_WHOLE ||
	    ph.level == first->level)
		return false;
	if (ph.hold == HOLD_TIGHT && ph.end < p->count &&
	    p->list[ph.end].kind == PIECE_WORD)
		return false;
	return !(ph.bare && ph.sign == first->sign);
}

/* The first thing after the phrase and its manners is no word. */
static enum found_kind
mark_after(
    const struct pieces *p, size_t i, const struct phrase *ph, const char **why)
{
	size_t next = skip_marks(p, i);

	if (question_at(p, i)) {
		*why = "a question";
		return FOUND_UNCLEAR;
	}
	if (word_at(p, next, W_IF, NULL) > 0) {
		*why = "a condition";
		return FOUND_UNCLEAR;
	}
	if (ph->hold == HOLD_WHOLE && next < p->count) {
		*why = "no clear level";
		return FOUND_UNCLEAR;
	}
	if (second_phrase(p, next, ph)) {
		*why = "two different opinions";
		return FOUND_UNCLEAR;
	}
	*why = mere_yes; /* "ok, mai tôi lên" */
	return ph->yes && !goes_on_rating(p, next) ? FOUND_UNCLEAR
						   : FOUND_SCORE;
}

/* A number or stars stand right after the phrase. */
static enum found_kind
number_after(
    const struct pieces *p, size_t i, const struct phrase *ph, const char **why)
{
	int stars = 0;

	*why = "a phrase and a number";
	for (; i < p->count && p->list[i].kind == PIECE_STAR; i++)
		stars += p->list[i].value;
	if (stars > 0)
		return stars == ph->level ? FOUND_SCORE : FOUND_UNCLEAR;
	/* "được 5 ngày rồi chưa có" */
	return ph->bare || ph->hold == HOLD_WHOLE ? FOUND_NOTHING
						  : FOUND_UNCLEAR;
}

static enum found_kind
phrase_tail(const struct pieces *p, const struct phrase *ph, const char **why)
{
	bool sad = false, glad = false;
	size_t i = skip_manners(p, ph->end, &sad, &glad);
	enum found_kind kind = FOUND_SCORE;

	*why = "face and words disagree";
	if (ph->turned || (i > ph->end && phrase_turned(p, ph->end))) {
		*why = "words that may turn the meaning";
		return FOUND_UNCLEAR;
	}
	if ((sad && ph->sign > 0) || (glad && ph->sign < 0))
		return FOUND_UNCLEAR;
	/* "bt rồi": I know already; "được rồi": enough */
	if ((ph->normal || ph->yes) && i > ph->end &&
	    word_at(p, ph->end, W_ALREADY, NULL) > 0) {
		*why = mere_yes;
		return ph->yes ? FOUND_UNCLEAR : FOUND_NOTHING;
	}
	if (i < p->count && p->list[i].kind == PIECE_WORD)
		kind = word_after(p, i, ph, why);
	else if (i < p->count && (p->list[i].kind == PIECE_NUMBER ||
				     p->list[i].kind == PIECE_STAR))
		kind = number_after(p, i, ph, why);
	else if (i < p->count)
		kind = mark_after(p, i, ph, why);
	if (kind == FOUND_SCORE && contradicted(p, ph)) {
		*why = "two different opinions";
		return FOUND_UNCLEAR;
	}
	return kind;
}

/* "ok, rất hài lòng": the pieces of the mere yes, 0 when it is none. */
static size_t
yes_before_phrase(const struct pieces *p, size_t i, const struct phrase *yes)
{
	size_t next = skip_manners(p, skip_marks(p, yes->end), NULL, NULL);
	struct phrase ph;

	next += word_at(p, next, W_SELF, NULL);
	if (!yes->yes || question_at(p, yes->end) || !phrase_at(p, next, &ph) ||
	    ph.level < 3)
		return 0;
	return yes->end - i;
}

/* The piece where the phrase begins, after polite words and the "I"; past the
 * end when another person is its subject ("chị hài lòng", "cán bộ rất tốt").
 * After thanks that may be the person who is thanked: "cảm ơn các cô chú rất
 * hài lòng". */
static size_t
before_phrase(const struct pieces *p, size_t i)
{
	const struct word *row = NULL;
	bool other = false, thanks = false;
	struct phrase ph;
	size_t n = 1;

	for (; i < p->count && n > 0; i += n) {
		if (phrase_at(p, i, &ph)) {
			n = yes_before_phrase(p, i, &ph);
			if (n > 0)
				continue;
			return other && !(thanks && ph.hold == HOLD_FREE)
				   ? p->count
				   : i;
		}
		n = 1;
		if (p->list[i].kind == PIECE_FACE ||
		    (p->list[i].kind == PIECE_MARK && !piece_is(p, i, '?'))) {
			other = thanks = false;
			continue;
		}
		n = word_at(p, i, W_POLITE | W_SELF | W_RATE, &row);
		if (n > 0) {
			other =
			    row->classes & W_KIN && !(row->classes & W_SELF);
			thanks = thanks || row->classes & W_THANKS;
		}
	}
	return p->count;
}

struct found
after_phrase_read(const struct pieces *p, size_t from)
{
	size_t i = before_phrase(p, from);
	struct found found = {0};
	struct phrase ph;
	const char *why = NULL;
	size_t end;

	if (!phrase_at(p, i, &ph))
		return found;
	for (size_t j = from; j < i; j++)
		if (p->list[j].kind == PIECE_FACE &&
		    p->list[j].sign * ph.sign < 0)
			return found_unclear("face and words disagree");
	found = number_after_phrase(p, &ph);
	if (found.kind != FOUND_NOTHING)
		return found;
	end = skip_manners(p, ph.end, NULL, NULL);
	if (ph.level == 0) {
		if (ph.hold == HOLD_FREE || end >= p->count)
			return found_unclear(ph.why);
		return found;
	}
	found.kind = phrase_tail(p, &ph, &why);
	if (found.kind == FOUND_SCORE && !numbers_harmless(p, ph.end)) {
		found.kind = FOUND_UNCLEAR;
		why = "a phrase and a number";
	}
	found.score = ph.level;
	found.rest = ph.end;
	found.yes = found.kind == FOUND_SCORE ? ph.bare && ph.sign > 0
					      : why == mere_yes;
	found.why = why;
	return found;
}
