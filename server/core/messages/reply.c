/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * From an SMS to its meaning, in this order:
 *
 *   1. the whole text is a command (reply_command.c): TC, DK, TG, SAI SO
 *      (DOMAIN.md 6.1);
 *   2. it is an advertisement, marked or beyond doubt;
 *   3. a desk's code is taken off, at the beginning or among the words;
 *   4. a leading digit (reply_number.c), a number in words or a rating behind
 *      words (reply_behind.c), a phrase (reply_after_phrase.c), stars or faces
 *      (reply_emoji.c) say a score, or are unclear;
 *   5. what is left are words: a comment, or, where they look like an answer
 *      without a level ("không", "dạ"), something for a person;
 *   6. beside all of it a wish to be left alone is heard (reply_wish.c): with a
 *      score both count, else it is an opt-out, or for a person where it is
 *      only likely.
 *
 * A wrong score is worse than none: whatever can be read two ways is
 * AMBIGUOUS. The text is folded for reading (reply_fold.c); the comment is
 * cut from the original, so a citizen's words are never changed. The words it
 * knows are data (reply_words.tsv), their grammar is code.
 *
 * "DUNG" stops messages whether it meant dừng, đừng or đúng: the rule of
 * DOMAIN.md 6.1 knows no accents, and the confirmation names the way back.
 */
#include "server/core/messages/reply.h"

#include <string.h>
#include <strings.h>
#include "server/core/messages/reply_after_phrase.h"
#include "server/core/messages/reply_behind.h"
#include "server/core/messages/reply_command.h"
#include "server/core/messages/reply_doubt.h"
#include "server/core/messages/reply_emoji.h"
#include "server/core/messages/reply_fold.h"
#include "server/core/messages/reply_number.h"
#include "server/core/messages/reply_wish.h"
#include "server/core/messages/reply_words.h"
#include "shared/buf.h"
#include "shared/limits.h"
#include "shared/utf8.h"

/* The most syllables of a word before a desk's code. */
#define PLACE_WORDS 2

/* What is being read. */
struct reading {
	struct arena *a;
	const char *text;
	struct pieces p;
	size_t from; /* the first piece after a desk's code */
	bool many_desks;
	struct reply *out;
};

const char *
reply_kind_name(enum reply_kind kind)
{
	static const char *const names[REPLY_KIND_COUNT] = {"score", "opt_out",
	    "opt_in", "help", "comment", "ambiguous", "ignore"};

	return names[kind];
}

static void
read_ambiguous(struct reading *r, const char *reason)
{
	r->out->kind = REPLY_AMBIGUOUS;
	r->out->reason = reason;
}

/* Does this code stand at piece begin? The piece after it, 0: no. */
static size_t
desk_code_end(const struct pieces *p, size_t begin, const char *code)
{
	size_t i = begin, n;

	for (; *code; i++) {
		if (i >= p->count || (i > begin && !p->list[i].glued))
			return 0;
		n = strlen(p->list[i].plain);
		if (n == 0 || strncasecmp(p->list[i].plain, code, n) != 0)
			return 0;
		code += n;
	}
	if (i < p->count && p->list[i].glued && p->list[i].kind <= PIECE_NUMBER)
		return 0;
	return i;
}

/* Takes the pieces from begin to end out of what is read. */
static void
pieces_remove(struct pieces *p, size_t begin, size_t end)
{
	if (end < p->count)
		p->list[end].glued = false;
	memmove(&p->list[begin], &p->list[end],
	    (p->count - end) * sizeof(*p->list));
	p->count -= end - begin;
}

/* "5 sao ở LH1", "quầy LH1 tốt": a code among the words goes, with the words
 * that lead to it. Of two codes none is taken: they may be two opinions. */
static void
take_code_among(struct reading *r, const struct reply_desks *desks)
{
	const char *const *code = desks ? desks->codes : NULL;
	size_t begin = 0, end = 0, n;

	for (; code && *code; code++)
		for (size_t i = 0; i < r->p.count; i++) {
			n = r->p.list[i].glued && i > 0 &&
				    r->p.list[i - 1].kind <= PIECE_NUMBER
				? 0
				: desk_code_end(&r->p, i, *code);
			if (n == 0)
				continue;
			r->many_desks = end > 0;
			if (end > 0)
				return;
			begin = i;
			end = n;
			r->out->desk = *code;
		}
	for (n = PLACE_WORDS; n > 0; n--)
		if (begin >= n &&
		    word_at(&r->p, begin - n, W_PLACE, NULL) == n) {
			begin -= n;
			n = PLACE_WORDS + 1;
		}
	if (end > begin)
		pieces_remove(&r->p, begin, end);
}

static void
take_desk_code(struct reading *r, const struct reply_desks *desks)
{
	const char *const *code = desks ? desks->codes : NULL;
	size_t begin = skip_marks(&r->p, 0);

	for (; code && *code; code++) {
		size_t n = desk_code_end(&r->p, begin, *code);
		if (n > r->from) {
			r->from = n;
			r->out->desk = *code;
		}
	}
	if (r->from == 0)
		take_code_among(r, desks);
}

/* Letters and digits like a desk's code, which no word with a digit is. */
static size_t
desk_code_like(const struct pieces *p)
{
	size_t letters;

	if (p->count < 2 || p->list[0].kind != PIECE_WORD ||
	    p->list[1].kind != PIECE_NUMBER || !p->list[1].glued)
		return 0;
	letters = strlen(p->list[0].plain);
	if (letters < 2 || letters > 4 || strlen(p->list[1].plain) > 2 ||
	    strcmp(p->list[0].plain, p->list[0].marked) != 0 ||
	    word_at(p, 0, W_CORE | W_RATE | W_GIVE | W_NOT | W_POLITE, NULL))
		return 0;
	if (p->count > 2 && p->list[2].glued && p->list[2].kind <= PIECE_NUMBER)
		return 0;
	return 2;
}

/* The citizen's own words from piece i to the end, without joining marks
 * before them; NULL when only manners are left. */
static const char *
comment_from(const struct reading *r, size_t i, bool manners_too)
{
	const struct pieces *p = &r->p;
	size_t begin, end, words, n, most;

	while (i < p->count && p->list[i].kind == PIECE_MARK &&
	       !piece_is(p, i, '(') && !piece_is(p, i, '[') &&
	       !piece_is(p, i, '"') && !piece_is(p, i, 0x201C))
		i++;
	for (words = i; words < p->count; words += n) {
		n = p->list[words].kind >= PIECE_STAR;
		if (n == 0 && !manners_too &&
		    word_at(p, words, W_THANKS, NULL) == 0)
			n = word_at(p, words, W_POLITE, NULL);
		if (n == 0)
			break;
	}
	if (words >= p->count)
		return NULL;
	begin = p->list[i].begin;
	end = p->list[p->count - 1].end;
	most = utf8_cut(r->text + begin, LIMIT_COMMENT_CHARS);
	return arena_strndup(
	    r->a, r->text + begin, most < end - begin ? most : end - begin);
}

static bool
take_found(struct reading *r, struct found found)
{
	const char *words;

	if (found.kind == FOUND_NOTHING)
		return false;
	if (found.kind == FOUND_UNCLEAR) {
		read_ambiguous(r, found.why);
		if (found.yes)
			r->out->note = REPLY_NOTE_YES;
		return true;
	}
	words = command_words(r->a, &r->p, found.rest);
	if (words && word_is(words, W_OPT_OUT)) {
		read_ambiguous(r, "a score and a command");
		r->out->note = REPLY_NOTE_PERHAPS_OUT;
		return true;
	}
	r->out->kind = REPLY_SCORE;
	r->out->score = found.score;
	r->out->way = found.digit ? REPLY_BY_DIGIT
		      : found.yes ? REPLY_BY_YES
				  : REPLY_BY_WORDS;
	r->out->opt_out = wish_read(&r->p, found.rest) == WISH_PLAIN;
	r->out->comment = comment_from(r, found.rest, false);
	return true;
}

/* Only words of assent or denial, which say no level; *yes: none denies. */
static bool
bare_answer(const struct pieces *p, size_t i, bool *yes)
{
	size_t n, short_words = 0;

	*yes = true;
	for (; i < p->count; i += n) {
		if (p->list[i].kind >= PIECE_STAR) {
			n = 1;
			continue;
		}
		n = word_at(p, i, W_SHORT | W_NOT | W_NUMBER | W_SOFT, NULL);
		short_words += n > 0;
		*yes = *yes && word_at(p, i, W_NOT | W_NUMBER, NULL) == 0;
		if (n == 0)
			n = word_at(p, i, W_POLITE, NULL);
		if (n == 0 || word_at(p, i, W_THANKS, NULL) > 0)
			return false;
	}
	return short_words > 0;
}

/* Nothing but thanks and manners: "cảm ơn em nhé". */
static bool
thanks_only(const struct pieces *p, size_t i)
{
	bool thanks = false;
	size_t n;

	for (; i < p->count; i += n) {
		n = p->list[i].kind >= PIECE_STAR;
		if (n == 0)
			n = word_at(p, i, W_POLITE | W_THANKS | W_SELF, NULL);
		if (n == 0)
			return false;
		thanks = thanks || word_at(p, i, W_THANKS, NULL) > 0;
	}
	return thanks;
}

/* Words without a score: a comment, if they are not a hidden answer. */
static void
read_as_words(struct reading *r)
{
	const struct pieces *p = &r->p;
	size_t at = 0, end = 0, from = r->from;
	int sign = 0;
	const char *words = command_words(r->a, p, from);
	bool yes;

	if (pleased_find(p, from, &sign, &at, &end))
		read_ambiguous(r, "no clear level");
	else if (bare_answer(p, from, &yes)) {
		read_ambiguous(r, "an answer without a level");
		r->out->note = yes ? REPLY_NOTE_YES : REPLY_NOTE_NONE;
	} else if (number_stands_out(p, from))
		read_ambiguous(r, "a number among words");
	else if (pieces_of_kind(p, from, PIECE_WORD) == 0)
		read_ambiguous(r, "no score");
	else if (r->out->desk != NULL && words &&
		 word_is(words, W_OPT_OUT | W_OPT_IN | W_HELP))
		read_ambiguous(r, "a command with other words");
	else if (p->garbled)
		read_ambiguous(r, "letters of an old encoding");
	else {
		r->out->kind = REPLY_COMMENT;
		r->out->comment = comment_from(r, from, true);
		if (thanks_only(p, from))
			r->out->note = REPLY_NOTE_THANKS;
	}
}

static bool
read_score(struct reading *r)
{
	return take_found(r, number_read(&r->p, r->from)) ||
	       take_found(r, number_in_words(&r->p, r->from)) ||
	       take_found(r, after_phrase_read(&r->p, r->from)) ||
	       take_found(r, number_behind(&r->p, r->from)) ||
	       take_found(r, emoji_read(&r->p, r->from));
}

/* "đừng nhắn nữa, 1", "LH1 1, TC": what is left without the wish may be a
 * score; "ok" beside a wish is none, nor is "5. TC", which may be an item of a
 * list. */
static bool
score_beside_wish(struct reading *r)
{
	struct reply out = {.desk = r->out->desk};
	struct reading rest = *r;

	if (r->out->note == REPLY_NOTE_PERHAPS_OUT && out.desk == NULL)
		return false;
	rest.out = &out;
	rest.p.list = arena_alloc(r->a, r->p.count * sizeof(*r->p.list));
	memcpy(rest.p.list, r->p.list, r->p.count * sizeof(*r->p.list));
	wish_cut(&rest.p, rest.from);
	if (!read_score(&rest) || out.kind != REPLY_SCORE ||
	    out.way == REPLY_BY_YES)
		return false;
	*r->out = out;
	r->out->opt_out = true;
	return true;
}

/* A wish to be left alone is heard beside any words; where a score could not
 * be read, too. */
static void
read_wish(struct reading *r)
{
	enum wish wish =
	    r->out->kind == REPLY_SCORE ? WISH_NONE : wish_read(&r->p, r->from);

	if (wish == WISH_PLAIN && !score_beside_wish(r)) {
		r->out->kind = REPLY_OPT_OUT;
		r->out->note = REPLY_NOTE_NONE;
		r->out->reason = NULL;
		r->out->comment = NULL;
	} else if (wish == WISH_LIKELY) {
		r->out->comment = NULL;
		read_ambiguous(r, "perhaps a wish to be left alone");
		r->out->note = REPLY_NOTE_PERHAPS_OUT;
	}
}

static void
read_opinion(struct reading *r)
{
	if (r->many_desks) {
		read_ambiguous(r, "two desks");
		return;
	}
	if (!read_score(r))
		read_as_words(r);
	read_wish(r);
}

/* A code that no desk has: told when a score or nothing follows it. "QL1 đang
 * sửa" is a comment. */
static bool
read_unknown_desk(struct reading *r)
{
	size_t n = r->from == 0 ? desk_code_like(&r->p) : 0;

	if (n == 0)
		return false;
	r->from = n;
	if (n < r->p.count)
		read_opinion(r);
	if (n < r->p.count && r->out->kind == REPLY_COMMENT) {
		*r->out = (struct reply){0};
		r->from = 0;
		return false;
	}
	*r->out = (struct reply){.note = REPLY_NOTE_UNKNOWN_DESK};
	read_ambiguous(r, "unknown desk code");
	return true;
}

void
reply_read(struct arena *a, const char *text, const struct reply_desks *desks,
    struct reply *out)
{
	struct reading r = {.a = a, .text = text, .out = out};

	*out = (struct reply){.kind = REPLY_IGNORE};
	if (!reply_fold(a, text, &r.p)) {
		read_ambiguous(&r, "not UTF-8");
		return;
	}
	if (command_read(a, &r.p, out))
		return;
	if (pieces_of_kind(&r.p, 0, PIECE_MARK) == r.p.count) {
		out->reason = "empty";
		return;
	}
	if (advert_is(&r.p)) {
		out->reason = "advertisement";
		return;
	}
	take_desk_code(&r, desks);
	if (out->desk != NULL && !r.many_desks &&
	    pieces_of_kind(&r.p, r.from, PIECE_MARK) == r.p.count - r.from) {
		read_ambiguous(&r, "no score");
		out->note = REPLY_NOTE_DESK_ONLY;
		return;
	}
	if (!read_unknown_desk(&r))
		read_opinion(&r);
}
