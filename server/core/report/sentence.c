/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A sentence for each way a verdict comes about: certain whatever the others
 * say, with every dossier rated, by the interval, or not yet.
 */
#include "server/core/report/sentence.h"

#include <string.h>
#include "server/core/score/score.h"
#include "server/view/number.h"
#include "shared/arena.h"

struct words {
	char share[NUMBER_TEXT], lo[NUMBER_TEXT], hi[NUMBER_TEXT],
	    target[NUMBER_TEXT], more[NUMBER_TEXT], least[NUMBER_TEXT],
	    satisfied[NUMBER_TEXT], dossiers[NUMBER_TEXT], rest[NUMBER_TEXT],
	    bound[NUMBER_TEXT];
};

char
sentence_mark(enum lang lang)
{
	return lang == LANG_VI ? ',' : '.';
}

const char *
sentence_count(const struct sentence_to *to, int64_t n)
{
	char out[NUMBER_TEXT];

	number_count(n, sentence_mark(to->lang), out);
	return arena_strdup(to->arena, out);
}

const char *
sentence_few(const struct sentence_to *to, int64_t n)
{
	if (n == 0 || n >= to->least)
		return sentence_count(to, n);
	return text_fill(to->arena, to->lang, "count.few", "least",
	    sentence_count(to, to->least), NULL);
}

const char *
sentence_answers(const struct sentence_to *to, const struct score *row)
{
	return row->few ? text(to->lang, "count.hidden")
			: sentence_count(to, row->judgement.valid);
}

enum verdict
sentence_shown(const struct score *row)
{
	return row->few ? VERDICT_TOO_FEW : row->judgement.verdict;
}

/* The farthest the share can still come. */
static void
bound_words(const struct score *row, char mark, struct words *w)
{
	const struct judgement *j = &row->judgement;

	if (j->verdict == VERDICT_MET)
		number_low(
		    100 * j->bounds.lo, (int)row->percent4, mark, w->bound);
	else
		number_high(
		    100 * j->bounds.hi, (int)row->percent4, mark, w->bound);
}

static void
words_of(const struct sentence_to *to, const struct score *row, struct words *w)
{
	const struct judgement *j = &row->judgement;
	int64_t least = JUDGE_ENOUGH;
	char mark = sentence_mark(to->lang);

	if (j->dossiers > 0 && j->dossiers < least)
		least = j->dossiers;
	if (row->few)
		least = to->least;
	*w = (struct words){.rest = "", .dossiers = "", .bound = ""};
	number_count(j->satisfied, mark, w->satisfied);
	number_share(
	    j->satisfied, j->valid, (int)row->percent4, mark, w->share);
	number_low(100 * row->judged.lo, (int)row->percent4, mark, w->lo);
	number_high(100 * row->judged.hi, (int)row->percent4, mark, w->hi);
	number_target((int)row->percent4, mark, w->target);
	number_count(j->more_needed < 0 ? 0 : j->more_needed, mark, w->more);
	number_count(least, mark, w->least);
	if (!row->has_dossiers)
		return;
	number_count(j->dossiers, mark, w->dossiers);
	number_count(j->dossiers - j->valid, mark, w->rest);
	if (interval_defined(j->bounds))
		bound_words(row, mark, w);
}

/* The key of the sentence: a verdict may have come about in several ways. */
static const char *
sentence_key(const struct score *row)
{
	const struct judgement *j = &row->judgement;
	bool met = j->verdict == VERDICT_MET;

	if (row->few)
		return "verdict.hidden";
	switch (sentence_shown(row)) {
	case VERDICT_MET:
	case VERDICT_NOT_MET:
		if (j->dossiers == j->valid)
			return met ? "verdict.census.met"
				   : "verdict.census.not_met";
		if (judge_certain(j->satisfied, j->valid, j->dossiers,
			(int)row->percent4))
			return met ? "verdict.certain.met"
				   : "verdict.certain.not_met";
		return met ? "verdict.met" : "verdict.not_met";
	case VERDICT_NOT_YET_KNOWN:
		if (row->lean == LEAN_NONE)
			return "verdict.not_yet_known.equal";
		return score_more_likely(row) ? "verdict.not_yet_known"
					      : "verdict.not_yet_known.range";
	case VERDICT_TOO_FEW:
		return "verdict.too_few";
	case VERDICT_INVALID:
		return "verdict.invalid";
	default:
		return "verdict.no_data";
	}
}

static const char *
filled_words(
    const struct sentence_to *to, const struct score *row, const char *key)
{
	struct words w;

	words_of(to, row, &w);
	return text_fill(to->arena, to->lang, key, "target", w.target, "share",
	    w.share, "lo", w.lo, "hi", w.hi, "more", w.more, "n",
	    sentence_answers(to, row), "min", w.least, "x", w.satisfied, "N",
	    w.dossiers, "rest", w.rest, "bound", w.bound, NULL);
}

/* Why it is not firm: the desks, or a register that is too short. NULL: there
 * is nothing of the kind to say. */
static const char *
reason_key(const struct score *row)
{
	if (sentence_shown(row) == VERDICT_INVALID)
		return "verdict.register";
	if (row->reason == NULL || row->few)
		return NULL;
	return strcmp(row->reason, "desks") == 0 ? "verdict.soft"
						 : "verdict.few_desks";
}

/* What waits in an undecided burst, and the share without it; NULL: nothing,
 * or the row is hidden. */
static const char *
unusual_words(const struct sentence_to *to, const struct score *row)
{
	const struct judgement *j = &row->without;
	char share[NUMBER_TEXT];

	if (row->unusual.valid == 0 || row->few || row->hidden_unusual)
		return NULL;
	number_share(j->satisfied, j->valid, (int)row->percent4,
	    sentence_mark(to->lang), share);
	return text_fill(to->arena, to->lang,
	    j->valid < to->least ? "verdict.unusual.few" : "verdict.unusual",
	    "n", sentence_count(to, row->unusual.valid), "share", share, NULL);
}

/* "Phá rối 12; Bấm thử máy 2" */
static const char *
aside_reasons(const struct sentence_to *to, const struct score *row)
{
	const char *words = "";

	for (size_t i = 0; i < row->nasides; i++) {
		const char *code = row->asides[i].reason;
		const char *name = text_find(
		    to->lang, arena_printf(to->arena, "aside.reason.%s", code));

		words = arena_printf(to->arena, "%s%s%s %s", words,
		    i == 0 ? "" : "; ", name == NULL ? code : name,
		    sentence_count(to, row->asides[i].answers));
	}
	return words;
}

const char *
sentence_aside(const struct sentence_to *to, const struct score *row)
{
	const struct judgement *j = &row->judgement;
	const struct tally_part *part = &row->aside_part;
	bool shown = !row->few && j->valid > 0;
	char with[NUMBER_TEXT];

	if (row->aside == 0)
		return NULL;
	number_share(j->satisfied + part->satisfied, j->valid + part->valid,
	    (int)row->percent4, sentence_mark(to->lang), with);
	return text_fill(to->arena, to->lang,
	    shown ? "figure.aside" : "figure.aside.few", "n",
	    sentence_count(to, row->aside), "reasons", aside_reasons(to, row),
	    "with", with, NULL);
}

/* One sentence behind another; NULL: there is none. */
static const char *
both(const struct sentence_to *to, const char *a, const char *b)
{
	if (a == NULL || b == NULL)
		return a == NULL ? b : a;
	return arena_printf(to->arena, "%s %s", a, b);
}

const char *
sentence_why(const struct sentence_to *to, const struct score *row)
{
	const char *key = reason_key(row);
	const char *reason = key == NULL ? NULL : filled_words(to, row, key);

	return both(to, both(to, reason, unusual_words(to, row)),
	    sentence_aside(to, row));
}

const char *
sentence_verdict(const struct sentence_to *to, const struct score *row)
{
	bool open = sentence_shown(row) == VERDICT_NOT_YET_KNOWN;
	const char *keys[] = {
	    open && row->lean == LEAN_BELOW   ? "verdict.lean.below"
	    : open && row->lean == LEAN_ABOVE ? "verdict.lean.above"
					      : NULL,
	    sentence_key(row),
	    reason_key(row),
	    open && row->lean != LEAN_NONE && !row->ended &&
		    !score_more_likely(row)
		? "verdict.hard"
		: NULL,
	};
	const char *unusual = unusual_words(to, row);
	const char *words = "";

	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++)
		if (keys[i] != NULL)
			words = arena_printf(to->arena, "%s%s%s", words,
			    words[0] == '\0' ? "" : " ",
			    filled_words(to, row, keys[i]));
	return both(to, both(to, words, unusual), sentence_aside(to, row));
}
