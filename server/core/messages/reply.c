/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * From an SMS to its meaning, in this order:
 *
 *   1. the whole text is a command (reply_command.c): TC, DK, TG, SAI SO
 *      (DOMAIN.md 6.1);
 *   2. it is an advertisement, marked or beyond doubt;
 *   3. a desk's code at the beginning is taken off;
 *   4. a leading digit (reply_number.c), a phrase (reply_after_phrase.c),
 *      stars or faces (reply_emoji.c) say a score, or are unclear;
 *   5. what is left are words: a comment, or, where they look like an answer
 *      without a level ("không", "dạ"), something for a person.
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
#include "server/core/messages/reply_command.h"
#include "server/core/messages/reply_doubt.h"
#include "server/core/messages/reply_emoji.h"
#include "server/core/messages/reply_fold.h"
#include "server/core/messages/reply_number.h"
#include "server/core/messages/reply_words.h"
#include "shared/buf.h"
#include "shared/limits.h"
#include "shared/utf8.h"

/* What is being read. */
struct reading {
	struct arena *a;
	const char *text;
	struct pieces p;
	size_t from; /* the first piece after a desk's code */
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

/* Does the text begin with this code? The pieces it takes, 0: no. */
static size_t
desk_code_length(const struct pieces *p, const char *code)
{
	size_t begin = skip_marks(p, 0), i = begin, n;

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

static void
take_desk_code(struct reading *r, const struct reply_desks *desks)
{
	const char *const *code = desks ? desks->codes : NULL;

	for (; code && *code; code++) {
		size_t n = desk_code_length(&r->p, *code);
		if (n > r->from) {
			r->from = n;
			r->out->desk = *code;
		}
	}
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
		return true;
	}
	words = command_words(r->a, &r->p, found.rest);
	if (words && word_is(words, W_OPT_OUT)) {
		read_ambiguous(r, "a score and a command");
		return true;
	}
	r->out->kind = REPLY_SCORE;
	r->out->score = found.score;
	r->out->comment = comment_from(r, found.rest, false);
	return true;
}

/* Only words of assent or denial, which say no level. */
static bool
bare_answer(const struct pieces *p, size_t i)
{
	size_t n, short_words = 0;

	for (; i < p->count; i += n) {
		if (p->list[i].kind >= PIECE_STAR) {
			n = 1;
			continue;
		}
		n = word_at(p, i, W_SHORT | W_NOT | W_NUMBER | W_SOFT, NULL);
		short_words += n > 0;
		if (n == 0)
			n = word_at(p, i, W_POLITE, NULL);
		if (n == 0 || word_at(p, i, W_THANKS, NULL) > 0)
			return false;
	}
	return short_words > 0;
}

/* Words without a score: a comment, if they are not a hidden answer. */
static void
read_as_words(struct reading *r)
{
	const struct pieces *p = &r->p;
	size_t at = 0, end = 0, from = r->from;
	int sign = 0;
	const char *words = command_words(r->a, p, from);

	if (pleased_find(p, from, &sign, &at, &end))
		read_ambiguous(r, "no clear level");
	else if (bare_answer(p, from))
		read_ambiguous(r, "an answer without a level");
	else if (number_stands_out(p, from))
		read_ambiguous(r, "a number among words");
	else if (pieces_of_kind(p, from, PIECE_WORD) == 0)
		read_ambiguous(r, "no score");
	else if (command_to_stop(p, from) ||
		 (from > 0 && words &&
		     word_is(words, W_OPT_OUT | W_OPT_IN | W_HELP)))
		read_ambiguous(r, "a command with other words");
	else if (p->garbled)
		read_ambiguous(r, "letters of an old encoding");
	else {
		r->out->kind = REPLY_COMMENT;
		r->out->comment = comment_from(r, from, true);
	}
}

static void
read_opinion(struct reading *r)
{
	if (take_found(r, number_read(&r->p, r->from)) ||
	    take_found(r, after_phrase_read(&r->p, r->from)) ||
	    take_found(r, emoji_read(&r->p, r->from)))
		return;
	read_as_words(r);
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
	if (r.from > 0 &&
	    pieces_of_kind(&r.p, r.from, PIECE_MARK) == r.p.count - r.from) {
		read_ambiguous(&r, "no score");
		out->note = REPLY_NOTE_DESK_ONLY;
		return;
	}
	if (!read_unknown_desk(&r))
		read_opinion(&r);
}
