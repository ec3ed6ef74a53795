/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A phrase is [very | soft | not | filler]* CORE [much | at all]. The level
 * comes from the core and what stands before it; "không" always wins, two of
 * them are for a person. Then the words after the phrase decide whether it
 * was meant: a polite end, a full stop or "nhưng" keep it; "gì", "đâu",
 * "nếu", "không?" turn it into mockery, a condition or a question.
 *
 * Weak words are held shorter than "hài lòng", because they begin ordinary
 * sentences: "được hẹn lại", "tốt nhất là", "chậm trả kết quả".
 */
#include "server/core/reply_phrase.h"

#include <string.h>
#include "server/core/reply_number.h"
#include "server/core/reply_words.h"

/* What stood round the core. */
struct mood {
	int nots;
	bool odd;       /* a rude or rhetorical "not" */
	bool very;      /* before any "not", or after the core */
	bool very_late; /* between "not" and core: "không rất hài lòng" */
	bool at_all;
	enum word_soft soft;
};

static const char unclear_not[] = "a negation that can be read two ways";
static const char unclear_double[] = "double negation";
static const char unclear_strength[] = "no clear level";

size_t
skip_marks(const struct pieces *p, size_t i)
{
	while (i < p->count && p->list[i].kind == PIECE_MARK)
		i++;
	return i;
}

bool
question_at(const struct pieces *p, size_t i)
{
	for (; i < p->count && p->list[i].kind == PIECE_MARK; i++)
		if (p->list[i].value == '?')
			return true;
	return false;
}

size_t
skip_manners(const struct pieces *p, size_t i, bool *sad, bool *glad)
{
	size_t n = 1;

	for (; i < p->count && n > 0; i += n) {
		n = 1;
		if (p->list[i].kind != PIECE_FACE) {
			n = word_at(p, i, W_POLITE, NULL);
			continue;
		}
		if (sad)
			*sad = *sad || p->list[i].sign < 0;
		if (glad)
			*glad = *glad || p->list[i].sign > 0;
	}
	return i;
}

/* Nothing that belongs to the sentence follows: "lắm." but not "làm việc". */
static bool
phrase_may_end(const struct pieces *p, size_t i)
{
	return i >= p->count || p->list[i].kind != PIECE_WORD ||
	       word_at(p, i, W_POLITE | W_JOIN | W_BUT | W_SELF, NULL) > 0;
}

static size_t
after_core(const struct pieces *p, size_t i, struct mood *m)
{
	size_t n = word_at(p, i, W_AT_ALL, NULL);

	if (n > 0) {
		m->at_all = true;
		return i + n;
	}
	/* "không hài lòng đâu" */
	if (m->nots == 1 && i < p->count && words_at(p, i, "dau") > 0 &&
	    phrase_may_end(p, i + 1))
		return i + 1;
	n = word_at(p, i, W_MUCH, NULL);
	if (n > 0 && phrase_may_end(p, i + n)) {
		m->very = m->very || m->nots == 0;
		return i + n;
	}
	if (i + 1 < p->count && p->list[i].value == 100 &&
	    p->list[i].kind == PIECE_NUMBER && piece_is(p, i + 1, '%')) {
		m->very = m->very || m->nots == 0;
		m->very_late = m->nots > 0;
		return i + 2;
	}
	return i;
}

static void
set(struct phrase *out, int level, int sign, const char *why)
{
	out->level = level;
	out->sign = sign;
	out->why = level ? NULL : why;
}

static void
negated_level(const struct mood *m, enum word_core core, struct phrase *out)
{
	if (m->nots > 1)
		set(out, 0, 0, unclear_double);
	else if (m->very_late || m->odd || core == CORE_CAN)
		set(out, 0, -1, unclear_not);
	else if (m->very || m->at_all)
		set(out, 1, -1, NULL);
	else if (m->soft == SOFT_RATHER || m->soft == SOFT_SO_SO)
		set(out, 0, -1, unclear_strength);
	else
		set(out, 2, -1, NULL);
}

static void
positive_level(const struct mood *m, enum word_core core, struct phrase *out)
{
	bool so_so =
	    m->soft == SOFT_SO_SO || (m->soft == SOFT_ALSO && core == CORE_CAN);

	if (m->odd)
		set(out, 0, -1, unclear_not);
	else if (m->nots > 0)
		negated_level(m, core, out);
	else if (m->at_all)
		set(out, 0, 0, unclear_strength);
	else if (m->soft == SOFT_NONE)
		set(out, m->very ? 5 : 4, 1, NULL);
	else if (so_so && !m->very)
		set(out, 3, 0, NULL);
	else if (m->soft == SOFT_RATHER && !m->very && core != CORE_CAN)
		set(out, 4, 1, NULL);
	else
		set(out, 0, 1, unclear_strength);
}

static void
other_level(const struct mood *m, enum word_core core, struct phrase *out)
{
	bool alone = m->nots == 0 && !m->odd && m->soft == SOFT_NONE;

	switch (core) {
	case CORE_NORMAL:
		alone = m->nots == 0 && !m->odd && !m->very &&
			(m->soft == SOFT_NONE || m->soft == SOFT_ALSO);
		set(out, alone ? 3 : 0, 0, unclear_strength);
		break;
	case CORE_SUPERB:
		set(out, alone ? 5 : 0, m->nots ? 0 : 1, unclear_not);
		break;
	case CORE_BAD:
		set(out, alone && m->very ? 1 : 0, m->nots ? 0 : -1,
		    m->nots ? unclear_not : unclear_strength);
		break;
	case CORE_ANGRY:
		set(out, alone ? 1 : 0, m->nots ? 0 : -1, unclear_not);
		break;
	case CORE_SLOW:
		set(out, alone ? 2 : 0, -1, unclear_strength);
		break;
	default: /* CORE_LONG */
		set(out, alone && m->very ? 2 : 0, -1, unclear_strength);
		break;
	}
}

static void
phrase_level(const struct mood *m, const struct word *core, struct phrase *out)
{
	switch (core->core) {
	case CORE_PLEASED:
		out->hold = HOLD_FREE;
		positive_level(m, core->core, out);
		break;
	case CORE_GOOD:
	case CORE_CAN:
		out->hold = HOLD_TIGHT;
		out->bare = !m->very && m->nots == 0;
		out->yes = out->bare && m->soft == SOFT_NONE &&
			   (core->core == CORE_CAN || core->words[0] == 'o') &&
			   strcmp(core->words, "on") != 0;
		positive_level(m, core->core, out);
		break;
	case CORE_SLOW:
	case CORE_LONG:
		out->hold = HOLD_WHOLE;
		other_level(m, core->core, out);
		break;
	default:
		out->hold = HOLD_TIGHT;
		out->normal = core->core == CORE_NORMAL;
		out->bare = core->core == CORE_BAD && !m->very;
		other_level(m, core->core, out);
		break;
	}
}

/* Takes in one word before the core. */
static void
before_core(const struct word *row, struct mood *m)
{
	if (row->classes & W_NOT)
		m->nots++;
	else if (row->classes & W_ODD_NOT)
		m->odd = true;
	else if ((row->classes & W_VERY) && m->nots == 0)
		m->very = true;
	else if (row->classes & W_VERY)
		m->very_late = true;
	else if (row->classes & W_SOFT)
		m->soft = row->soft;
	else if (row->classes & W_EVER)
		m->at_all = true;
}

/* "hài lòng không có gì phàn nàn" is no question. */
static bool
nothing_to_add(const struct pieces *p, size_t i)
{
	return i + 3 < p->count && word_at(p, i, W_NOT, NULL) > 0 &&
	       words_at(p, i + 1, "co") > 0 &&
	       (words_at(p, i + 2, "gi") > 0 || words_at(p, i + 2, "y") > 0);
}

/* A word near that makes mockery, a question or a condition of it. */
static bool
danger_near(const struct pieces *p, size_t i)
{
	for (size_t end = i + 4; i < end && i < p->count; i++) {
		if (p->list[i].kind == PIECE_MARK ||
		    word_at(p, i, W_JOIN | W_BUT, NULL) > 0)
			return false;
		if (word_at(p, i, W_DANGER, NULL) > 0)
			return true;
	}
	return false;
}

static bool
repeated(const struct pieces *p, size_t i, size_t n)
{
	if (i + 2 * n > p->count)
		return false;
	for (size_t j = i; j < i + n; j++)
		if (p->list[j + n].kind != PIECE_WORD ||
		    strcmp(p->list[j].word, p->list[j + n].word) != 0)
			return false;
	return true;
}

bool
phrase_at(const struct pieces *p, size_t i, struct phrase *out)
{
	const unsigned before =
	    W_NOT | W_ODD_NOT | W_VERY | W_SOFT | W_FILL | W_EVER;
	const struct word *row = NULL, *core = NULL;
	struct mood m = {0};
	size_t n, core_n, j = i;

	for (;; j += n) {
		n = word_at(p, j, before, &row);
		core_n = word_at(p, j, W_CORE, &core);
		if (n == 0 && core_n == 0)
			return false;
		/* "không được tốt": được is a filler before another core */
		if (core_n > 0 && core->core == CORE_CAN && m.nots > 0 &&
		    word_at(p, j + core_n, W_CORE, NULL) > 0) {
			n = core_n;
			continue;
		}
		if (core_n >= n)
			break;
		before_core(row, &m);
	}
	m.nots += (core->within & W_NOT) != 0;
	m.very = m.very || (core->within & W_VERY);
	*out = (struct phrase){0};
	while (repeated(p, j, core_n)) /* "ok ok" */
		j += core_n;
	out->end = after_core(p, j + core_n, &m);
	phrase_level(&m, core, out);
	out->turned = out->hold != HOLD_WHOLE && core->core != CORE_CAN &&
		      !nothing_to_add(p, out->end) && danger_near(p, out->end);
	return true;
}

bool
pleased_find(
    const struct pieces *p, size_t i, int *sign, size_t *at, size_t *end)
{
	const struct word *row = NULL;
	int nots = 0, since = 0; /* words since the last "not" */
	size_t n;

	for (; i < p->count; i++, since++) {
		n = word_at(p, i, W_CORE, &row);
		if (n > 0 && row->core == CORE_PLEASED) {
			nots += (row->within & W_NOT) != 0;
			*sign = nots == 0 ? 1 : nots == 1 ? -1 : 0;
			*at = i;
			*end = i + n;
			return true;
		}
		if (p->list[i].kind == PIECE_MARK || since > 4)
			nots = 0;
		if (word_at(p, i, W_NOT | W_ODD_NOT, NULL) > 0) {
			nots++;
			since = 0;
		}
	}
	return false;
}

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

	*why = "words that may turn the meaning";
	if (word_at(p, i, W_BUT, NULL) > 0)
		return FOUND_SCORE;
	if (word_at(p, i, W_JOIN, NULL) > 0 && ph->hold != HOLD_WHOLE)
		return FOUND_SCORE;
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

/* The first thing after the phrase and its manners is no word. */
static enum found_kind
mark_after(
    const struct pieces *p, size_t i, const struct phrase *ph, const char **why)
{
	size_t next = skip_marks(p, i);
	const struct word *row = NULL;

	if (question_at(p, i)) {
		*why = "a question";
		return FOUND_UNCLEAR;
	}
	if (word_at(p, next, W_DANGER, &row) > 0 &&
	    strcmp(row->words, "neu") == 0) {
		*why = "a condition";
		return FOUND_UNCLEAR;
	}
	if (ph->hold == HOLD_WHOLE && next < p->count) {
		*why = unclear_strength;
		return FOUND_UNCLEAR;
	}
	*why = "perhaps a mere yes"; /* "ok, mai tôi lên" */
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
	return ph->bare ? FOUND_NOTHING : FOUND_UNCLEAR;
}

static enum found_kind
phrase_tail(const struct pieces *p, const struct phrase *ph, const char **why)
{
	bool sad = false, glad = false;
	size_t i = skip_manners(p, ph->end, &sad, &glad);
	enum found_kind kind = FOUND_SCORE;

	*why = "face and words disagree";
	if (ph->turned || (i > ph->end && danger_near(p, ph->end))) {
		*why = "words that may turn the meaning";
		return FOUND_UNCLEAR;
	}
	if ((sad && ph->sign > 0) || (glad && ph->sign < 0))
		return FOUND_UNCLEAR;
	/* "bt rồi": I know already; "được rồi": enough */
	if ((ph->normal || ph->yes) && i > ph->end &&
	    words_at(p, ph->end, "roi") > 0) {
		*why = "perhaps a mere yes";
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

static struct found
unclear(const char *why)
{
	return (struct found){.kind = FOUND_UNCLEAR, .why = why};
}

/* The polite words and the "I" before a phrase; past the end when somebody
 * else is its subject ("chị hài lòng", also "chỉ hài lòng"). */
static size_t
before_phrase(const struct pieces *p, size_t i)
{
	const struct word *row = NULL;
	bool other = false, thanks = false;
	struct phrase ph;
	size_t n = 1;

	for (; i < p->count && n > 0; i += n) {
		if (phrase_at(p, i, &ph))
			return other && !thanks ? p->count : i;
		n = 1;
		if (p->list[i].kind == PIECE_FACE ||
		    (p->list[i].kind == PIECE_MARK && !piece_is(p, i, '?'))) {
			other = false;
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
phrase_read(const struct pieces *p, size_t from)
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
			return unclear("face and words disagree");
	found = number_after_phrase(p, &ph);
	if (found.kind != FOUND_NOTHING)
		return found;
	end = skip_manners(p, ph.end, NULL, NULL);
	if (ph.level == 0) {
		if (ph.hold == HOLD_FREE || end >= p->count)
			return unclear(ph.why);
		return found;
	}
	found.kind = phrase_tail(p, &ph, &why);
	if (found.kind == FOUND_SCORE && !numbers_harmless(p, ph.end)) {
		found.kind = FOUND_UNCLEAR;
		why = "a phrase and a number";
	}
	found.score = ph.level;
	found.rest = ph.end;
	found.why = why;
	return found;
}
