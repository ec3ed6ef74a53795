/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A phrase is [very | soft | not | filler]* CORE [much | at all]:
 *
 *   1. the words before the core are taken in: how many "not", how strong;
 *   2. the core says how it was, and an abbreviation may hold "not" or "very"
 *      itself ("rkhl");
 *   3. "lắm", "chút nào", "100%" after the core make it stronger;
 *   4. core and strength give the level; two "not", or words that can be read
 *      two ways, leave it 0 and say why.
 *
 * Whether the phrase was meant is decided by what follows it
 * (reply_after_phrase.c).
 */
#include "server/core/messages/reply_phrase.h"

#include <string.h>
#include "server/core/messages/reply_words.h"

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

struct found
found_unclear(const char *why)
{
	return (struct found){.kind = FOUND_UNCLEAR, .why = why};
}

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
	n = m->nots == 1 ? word_at(p, i, W_DENIES_LAST, NULL) : 0;
	if (n > 0 && phrase_may_end(p, i + n))
		return i + n;
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
set_level(struct phrase *out, int level, int sign, const char *why)
{
	out->level = level;
	out->sign = sign;
	out->why = level ? NULL : why;
}

static void
negated_level(const struct mood *m, enum word_core core, struct phrase *out)
{
	if (m->nots > 1)
		set_level(out, 0, 0, unclear_double);
	else if (m->very_late || m->odd || (core == CORE_CAN && m->very))
		set_level(out, 0, -1, unclear_not);
	else if (m->very || m->at_all)
		set_level(out, 1, -1, NULL);
	else if (m->soft == SOFT_RATHER || m->soft == SOFT_SO_SO)
		set_level(out, 0, -1, unclear_strength);
	else
		set_level(out, 2, -1, NULL);
}

static void
positive_level(const struct mood *m, enum word_core core, struct phrase *out)
{
	bool so_so =
	    m->soft == SOFT_SO_SO || (m->soft == SOFT_ALSO && core == CORE_CAN);

	if (m->odd)
		set_level(out, 0, -1, unclear_not);
	else if (m->nots > 0)
		negated_level(m, core, out);
	else if (m->at_all)
		set_level(out, 0, 0, unclear_strength);
	else if (m->soft == SOFT_NONE)
		set_level(out, m->very ? 5 : 4, 1, NULL);
	else if (so_so && !m->very)
		set_level(out, 3, 0, NULL);
	else if (m->soft == SOFT_RATHER && !m->very && core != CORE_CAN)
		set_level(out, 4, 1, NULL);
	else
		set_level(out, 0, 1, unclear_strength);
}

static void
other_level(const struct mood *m, enum word_core core, struct phrase *out)
{
	bool alone = m->nots == 0 && !m->odd && m->soft == SOFT_NONE;

	switch (core) {
	case CORE_NORMAL:
		alone = m->nots == 0 && !m->odd && !m->very &&
			(m->soft == SOFT_NONE || m->soft == SOFT_ALSO);
		set_level(out, alone ? 3 : 0, 0, unclear_strength);
		break;
	case CORE_SO_SO:
		alone = m->nots == 0 && !m->odd && !m->very;
		set_level(out, alone ? 3 : 0, 0, unclear_strength);
		break;
	case CORE_SUPERB:
		set_level(out, alone ? 5 : 0, m->nots ? 0 : 1, unclear_not);
		break;
	case CORE_BAD:
		set_level(out, alone && m->very ? 1 : 0, m->nots ? 0 : -1,
		    m->nots ? unclear_not : unclear_strength);
		break;
	case CORE_ANGRY:
		set_level(out, alone ? 1 : 0, m->nots ? 0 : -1, unclear_not);
		break;
	case CORE_SLOW:
		set_level(out, alone ? 2 : 0, -1, unclear_strength);
		break;
	default: /* CORE_LONG */
		set_level(out, alone && m->very ? 2 : 0, -1, unclear_strength);
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
		/* "không được" is an answer only alone */
		out->hold = core->core == CORE_CAN && m->nots > 0 ? HOLD_WHOLE
								  : HOLD_TIGHT;
		out->bare = !m->very && m->nots == 0;
		out->yes = out->bare && m->soft == SOFT_NONE &&
			   (core->classes & W_YES);
		positive_level(m, core->core, out);
		break;
	case CORE_SO_SO:
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

bool
nothing_to_add(const struct pieces *p, size_t i)
{
	return i + 3 < p->count && word_at(p, i, W_NOT, NULL) > 0 &&
	       word_at(p, i + 1, W_NOTHING, NULL) > 0;
}

bool
phrase_turned(const struct pieces *p, size_t i)
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
phrase_repeated(const struct pieces *p, size_t i, size_t n)
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
	const uint64_t before =
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
		/* "tạm được": it weakens what follows */
		if (core_n > 0 && core->core == CORE_SO_SO &&
		    word_at(p, j + core_n, W_CORE, NULL) > 0) {
			m.soft = SOFT_SO_SO;
			n = core_n;
			continue;
		}
		if (core_n >= n)
			break;
		before_core(row, &m);
	}
	m.nots += core->holds_not;
	m.very = m.very || core->holds_very;
	*out = (struct phrase){0};
	while (phrase_repeated(p, j, core_n)) /* "ok ok" */
		j += core_n;
	out->end = after_core(p, j + core_n, &m);
	phrase_level(&m, core, out);
	out->turned = out->hold != HOLD_WHOLE && core->core != CORE_CAN &&
		      !nothing_to_add(p, out->end) &&
		      phrase_turned(p, out->end);
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
			nots += row->holds_not;
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
