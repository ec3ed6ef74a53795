/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The rule of DOMAIN.md 6.4: a leading digit 1..5 that stands alone wins,
 * unless another number or a unit word follows it.
 *
 *   1. manners and words that announce a rating are passed over ("tôi chấm 4
 *      điểm"); without a digit there may be a number in words ("bốn sao");
 *   2. a telephone number or a date with words is a comment; a comparison, a
 *      name ("chị 5"), a fraction, a number outside the scale are unclear;
 *      "10 điểm" and "100%" are the best;
 *   3. a correction is followed where it is plain: "4 sửa thành 5", "4, nhầm,
 *      2"; "4 nham 2" could also mean "4 instead of 2" and is unclear;
 *   4. "sao", "điểm", stars after the digit are passed over;
 *   5. what follows must not make a count, a question or a second number of it
 *      ("5 ngày", "2 cô ở quầy", "5?"), nor say the contrary ("5 rất không hài
 *      lòng"). A complaint after "nhưng", or about one thing ("3 chờ lâu
 *      quá"), is a comment;
 *   6. after a weak announcement ("số 5", "cho 5") only a clear end counts.
 */
#include "server/core/messages/reply_number.h"

#include <string.h>
#include "server/core/messages/reply_doubt.h"
#include "server/core/messages/reply_wish.h"
#include "server/core/messages/reply_words.h"

/* How a number was announced. */
struct lead {
	size_t at;       /* the number's piece */
	bool rated;      /* a word that expects a rating stands before it */
	bool given;      /* only a weak one ("số", "cho") or manners do */
	bool number_one; /* "số 1": also "the best" */
	bool gave;       /* "cho", "chấm" */
	bool named;      /* a person's word right before: "chị 5" */
};

static const char two_numbers[] = "two numbers";
static const char out_of_scale[] = "a number outside 1 to 5";
static const char with_unit[] = "a number with a unit";
static const char with_letters[] = "letters and a digit run together";
static const char among_words[] = "a number among words";

/* Passes over what may announce a number. False: no number comes. */
static bool
find_lead(const struct pieces *p, size_t i, struct lead *lead)
{
	const uint64_t announce =
	    W_POLITE | W_SELF | W_KIN | W_RATE | W_GIVE | W_FIX;
	const struct word *row = NULL;
	size_t n = 1;

	*lead = (struct lead){0};
	for (; i < p->count && n > 0; i += n) {
		n = 1;
		if (p->list[i].kind == PIECE_NUMBER) {
			lead->at = i;
			return true;
		}
		if (p->list[i].kind == PIECE_MARK ||
		    p->list[i].kind == PIECE_FACE ||
		    (p->list[i].kind == PIECE_STAR && !p->list[i].drawn &&
			number_at(p, i + 1))) {
			lead->named = false;
			lead->number_one = false;
			continue;
		}
		n = word_at(p, i, announce, &row);
		if (n == 0 && word_at(p, i, W_CORE, &row) == 1 &&
		    row->classes & W_LEAD) {
			n = 1; /* "ok, 5" */
			lead->number_one = false;
		}
		if (n == 0)
			return false;
		/* the same word may also be one that announces a rating */
		if (word_at(p, i, W_RATE | W_FIX, &row) == n)
			lead->rated = true;
		lead->given = true;
		lead->gave = lead->gave || lead->rated ||
			     word_at(p, i, W_GAVE, NULL) > 0;
		lead->number_one = word_at(p, i, W_GIVE, &row) == n &&
				   row->classes & W_NUMBER_SIGN;
		lead->named = word_at(p, i, W_SELF | W_KIN, NULL) == n &&
			      word_at(p, i, W_RATE | W_FIX, NULL) != n;
	}
	return false;
}

static bool
money(int mark)
{
	return mark == '$' || mark == 0x20AB || mark == 0x20AC;
}

/* "<4", "~4", "-4" before a digit; a dash after something is a joint. */
static bool
compared(const struct pieces *p, size_t i, size_t from)
{
	const struct piece *mark;

	if (i == from || !p->list[i].glued)
		return false;
	mark = &p->list[i - 1];
	if (mark->kind != PIECE_MARK)
		return false;
	if (mark->value == '-' || mark->value == '+' || mark->value == 0x2212)
		return !mark->glued || i - 1 == 0;
	return money(mark->value) || mark->value == '<' || mark->value == '~' ||
	       mark->value == 0x2248 || mark->value == 0x2264 ||
	       mark->value == 0x2265 || (mark->value == '>' && !mark->glued);
}

/* Why a number that is not a digit 1..5 has no score; NULL when it says one:
 * "10 điểm" and "100%" mean the best. */
static const char *
number_without_score(const struct pieces *p, size_t i, size_t *end, int *score)
{
	size_t n = word_at(p, i + 1, W_STARS, NULL);

	/* "5/5", "10/10": all of it */
	if (piece_is(p, i + 1, '/') && number_at(p, i + 2) &&
	    (p->list[i].value == 5 || p->list[i].value == 10) &&
	    p->list[i + 2].value == p->list[i].value &&
	    number_end(p, i + 2) == i + 3) {
		*score = 5;
		*end = i + 3;
		return NULL;
	}
	if (number_end(p, i) > i + 1)
		return "a fraction, a date or a range";
	*score = p->list[i].value;
	*end = i + 1;
	if (digit_at(p, i))
		return NULL;
	*score = 5;
	*end = i + 1 + n;
	if (p->list[i].value == 10 &&
	    ((n > 0 && word_at(p, i + 1, W_POINTS, NULL) > 0) ||
		(i > 0 && word_at(p, i - 1, W_POINTS, NULL) > 0)))
		return NULL;
	*end = i + 2;
	if (p->list[i].value == 100 && piece_is(p, i + 1, '%'))
		return NULL;
	return out_of_scale;
}

/* Sao is also "why": "5 sao chưa có kết quả", "4 sao lâu vậy". One or two
 * stars say the same with a complaint. */
static bool
sao_asks(const struct pieces *p, size_t i, int score)
{
	size_t end = p->count;

	while (end > i && p->list[end - 1].kind == PIECE_MARK)
		end--;
	if (word_at(p, i, W_WHY_NEXT, NULL) > 0)
		return true;
	return score >= 3 &&
	       (word_at(p, i, W_NOT, NULL) > 0 ||
		   (end > i && word_at(p, end - 1, W_WHY_LAST, NULL) > 0));
}

/* Passes over "sao", "điểm", "*", "⭐…" after a digit. False with a reason
 * when these speak of another number or of something else. */
static bool
number_suffix(const struct pieces *p, size_t *i, int score, const char **why)
{
	const struct word *row = NULL;
	size_t n, stars = 0;
	bool points;

	for (; *i < p->count && p->list[*i].kind == PIECE_STAR; ++*i)
		stars++;
	*why = two_numbers;
	if (stars > 1 && stars != (size_t)score)
		return false;
	n = word_at(p, *i, W_STARS, &row);
	points = n > 0 && word_at(p, *i, W_POINTS, NULL) > 0;
	if (n == 0 && word_at(p, *i, W_POINTS_D, NULL) > 0) {
		/* "5đ": điểm, where nothing else follows; or đồng */
		*why = with_unit;
		if (skip_marks(p, *i + 1) < p->count)
			return false;
		++*i;
		return true;
	}
	*i += n;
	*why = "a question";
	if (n > 0 && row->classes & W_WHY && sao_asks(p, *i, score))
		return false;
	*why = with_unit; /* sào: 500 square metres */
	if (n > 0 && word_at(p, *i, W_LAND, NULL) > 0)
		return false;
	*why = among_words;
	return !(points && word_at(p, *i, W_POINTS_ABOUT | W_NOT, NULL) > 0);
}

/* Right after the number without a blank, or as its own sign. */
static const char *
bad_neighbour(const struct pieces *p, size_t i)
{
	if (i >= p->count)
		return NULL;
	if (glued_kind(p, i, PIECE_WORD))
		return unit_at(p, i) ? with_unit : with_letters;
	if (question_at(p, i))
		return "a question";
	if (piece_is(p, i, '%') || piece_is(p, i, 0xB0))
		return with_unit;
	if (glued_kind(p, i, PIECE_MARK) &&
	    (p->list[i].value == '+' || money(p->list[i].value)))
		return with_unit;
	/* 5' are minutes, '5' is quoted */
	if (glued_kind(p, i, PIECE_MARK) && piece_is(p, i, '\'') &&
	    !(i >= 2 && piece_is(p, i - 2, '\'')))
		return with_unit;
	if (number_at(p, skip_marks(p, i)))
		return two_numbers;
	if (unit_at(p, i))
		return with_unit;
	return NULL;
}

/* After a weak announcement the digit must come to a clear end; "số 1 luôn"
 * says "the best". */
static bool
ends_clearly(
    const struct pieces *p, size_t i, const struct lead *lead, int score)
{
	struct phrase ph;

	if (word_at(p, skip_marks(p, i), W_STREET, NULL) > 0)
		return false; /* an address */
	if (lead->number_one && score == 1 && word_at(p, i, W_BEST, NULL) > 0)
		return false;
	/* "tặng 5 sao cho chị Hà" */
	if (i > 0 && word_at(p, i - 1, W_STARS, NULL) == 1 &&
	    word_at(p, i, W_GAVE, NULL) > 0)
		return true;
	i = skip_manners(p, i, NULL, NULL);
	return i >= p->count || p->list[i].kind != PIECE_WORD ||
	       word_at(p, i, W_BUT | W_JOIN | W_THANKS, NULL) > 0 ||
	       phrase_at(p, i, &ph);
}

/* "4, nhầm, 2", "4 sửa thành 5": the piece of the corrected digit, or 0. */
static size_t
corrected(const struct pieces *p, size_t i)
{
	const struct word *row = NULL;
	size_t n, at = skip_manners(p, skip_marks(p, i), NULL, NULL);
	bool apart;

	at += word_at(p, at, W_OOPS, NULL);
	apart = at > i;
	n = word_at(p, at, W_FIX, &row);
	if (n == 0)
		return 0;
	at += n;
	/* plain by its own words, or set off by a mark or "à" */
	if (!(row->classes & W_PLAIN) && !apart && skip_marks(p, at) == at)
		return 0;
	at = skip_manners(p, skip_marks(p, at), NULL, NULL);
	n = word_at(p, at, W_GIVE | W_RATE, NULL);
	at = skip_marks(p, at + n);
	return digit_at(p, at) && numbers_harmless(p, at + 1) ? at : 0;
}

/* Everything after a score's own pieces. */
static struct found
after_number(const struct pieces *p, const struct lead *lead, size_t from,
    size_t i, int score)
{
	const char *why = bad_neighbour(p, i);
	bool bare = i > 0 && number_at(p, i - 1);

	/* "cho 5 ngay": waited five days, not "gives 5" */
	if (why == with_unit && lead->given)
		return (struct found){0};
	if (why)
		return found_unclear(why);
	if (bare && (counted_at(p, i) ? perhaps_counted(p, i, score)
				      : !rating_goes_on(p, i) &&
					    wish_read(p, i) != WISH_PLAIN))
		return found_unclear("perhaps a count");
	if (word_at(p, i, W_IF, NULL) > 0)
		return found_unclear("a condition");
	if (rest_taken_back(p, i))
		return found_unclear("perhaps taken back");
	if (rest_asks(p, i))
		return found_unclear("a question");
	if (!numbers_harmless(p, i))
		return found_unclear(two_numbers);
	if (rest_disagrees(p, i, score, &why) ||
	    faces_disagree(p, from, lead->at, score))
		return found_unclear("the score and the rest disagree");
	if (lead->given && !lead->rated && !ends_clearly(p, i, lead, score))
		return found_unclear(among_words);
	return (struct found){
	    .kind = FOUND_SCORE, .score = score, .rest = i, .digit = true};
}

/* A long number with words is a comment about something: a telephone number,
 * a date, a dossier. */
static bool
long_number(const struct pieces *p, size_t i)
{
	size_t words = 0;

	for (size_t j = i; j < p->count; j++)
		words += p->list[j].kind == PIECE_WORD;
	return words > 1 && number_digits(p, i, number_end(p, i)) >= 6;
}

bool
number_said(const struct pieces *p, size_t i, size_t *end, int *score)
{
	const char *why = number_without_score(p, i, end, score);

	return why == NULL && !glued_kind(p, *end, PIECE_WORD) &&
	       number_suffix(p, end, *score, &why);
}

/* "chị 5" is a name; "cho chị 5 sao", "ok em 5 sao." are not. */
static bool
name_of_person(const struct pieces *p, const struct lead *lead)
{
	size_t n = word_at(p, lead->at + 1, W_STARS, NULL);

	if (!lead->named || (n > 0 && lead->gave))
		return false;
	return n == 0 || skip_manners(p, skip_marks(p, lead->at + 1 + n), NULL,
			     NULL) < p->count;
}

struct found
number_read(const struct pieces *p, size_t from)
{
	struct lead lead;
	const char *why = NULL;
	size_t i, end = 0, again;
	int score = 0;

	if (!find_lead(p, from, &lead))
		return (struct found){0};
	i = lead.at;
	if (long_number(p, i))
		return (struct found){0};
	if (compared(p, i, from))
		return found_unclear("a comparison");
	if (p->list[i].glued && i > from && !lead.rated &&
	    p->list[i - 1].kind == PIECE_WORD && !lead.number_one)
		return found_unclear(with_letters);
	if (lead.named && unit_at(p, i + 1))
		return (struct found){0};
	if (name_of_person(p, &lead))
		return found_unclear("a number after a name");
	why = number_without_score(p, i, &end, &score);
	if (why)
		return found_unclear(why);
	again = corrected(p, end);
	if (again > 0) {
		lead = (struct lead){.at = again};
		score = p->list[again].value;
		end = again + 1;
	}
	if (!number_suffix(p, &end, score, &why))
		return found_unclear(why);
	return after_number(p, &lead, from, end, score);
}

struct found
number_after_phrase(const struct pieces *p, const struct phrase *ph)
{
	size_t i = skip_manners(p, skip_marks(p, ph->end), NULL, NULL);
	size_t n = word_at(p, i, W_RATE | W_GIVE, NULL), end = 0;
	bool explicit = word_at(p, i, W_RATE, NULL) > 0;
	const char *why = NULL;
	int score = 0;

	i = skip_marks(p, i + n);
	if (question_at(p, ph->end) || !number_at(p, i) || unit_at(p, i + 1))
		return (struct found){0};
	why = number_without_score(p, i, &end, &score);
	if (why || glued_kind(p, end, PIECE_WORD))
		return (struct found){0};
	n = end;
	if (!number_suffix(p, &end, score, &why))
		return found_unclear(why);
	explicit = explicit || end > n || n > i + 1;
	n = skip_manners(p, end, NULL, NULL);
	if (n < p->count && p->list[n].kind == PIECE_WORD &&
	    word_at(p, n, W_BUT | W_JOIN, NULL) == 0)
		return (struct found){0};
	if (question_at(p, n) || !numbers_harmless(p, end))
		return found_unclear(two_numbers);
	if (score == ph->level ||
	    (explicit && score_mood(score) == ph->sign && ph->sign != 0))
		return (struct found){.kind = FOUND_SCORE,
		    .score = score,
		    .rest = end,
		    .digit = true};
	return found_unclear("digit and words disagree");
}
