/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Texts that are no opinion:
 *
 *   1. a command is the whole text, with marks and faces round it at most; a
 *      letter held down ("stopppp") counts once, a double one is another word;
 *   2. only question marks ask for help;
 *   3. "sai số", with manners, ends the invitation of a wrong person;
 *   4. "[QC]" marks an advertisement, as the decree on advertising asks; else
 *      three of its words make one, unless a word of the office is among them.
 */
#include "server/core/messages/reply_command.h"

#include <string.h>
#include "server/core/messages/reply_phrase.h"
#include "server/core/messages/reply_words.h"

/* The most words of a command. */
#define COMMAND_WORDS 4
/* A number of so many digits is a sign of an advertisement: a telephone. */
#define ADVERT_DIGITS 9
#define ADVERT_SIGNS  3

/* A letter held down: "stopppp". */
static bool
held_down(const char *word)
{
	for (; word[0]; word++)
		if (word[0] == word[1] && word[1] == word[2])
			return true;
	return false;
}

const char *
command_words(struct arena *a, const struct pieces *p, size_t i)
{
	size_t end = p->count;
	const char *words = NULL;

	while (i < end && p->list[i].kind >= PIECE_STAR)
		i++;
	while (end > i && p->list[end - 1].kind >= PIECE_STAR)
		end--;
	if (end - i > COMMAND_WORDS)
		return NULL;
	for (; i < end; i++) {
		const char *word = held_down(p->list[i].plain)
				       ? p->list[i].word
				       : p->list[i].plain;
		if (p->list[i].kind != PIECE_WORD)
			return NULL;
		words = words ? arena_printf(a, "%s %s", words, word)
			      : arena_strdup(a, word);
	}
	return words;
}

static bool
only_question_marks(const struct pieces *p)
{
	for (size_t i = 0; i < p->count; i++)
		if (!piece_is(p, i, '?'))
			return false;
	return p->count > 0;
}

/* "sai số", "nhầm số điện thoại rồi bạn ơi" */
static bool
to_wrong_person(const struct pieces *p)
{
	size_t i = skip_manners(p, skip_marks(p, 0), NULL, NULL), n;

	n = word_at(p, i, W_WRONG_NUMBER, NULL);
	if (n == 0)
		return false;
	i += n;
	i += word_at(p, i, W_PHONE, NULL);
	i = skip_manners(p, i, NULL, NULL);
	return skip_marks(p, i) >= p->count;
}

bool
command_read(struct arena *a, const struct pieces *p, struct reply *out)
{
	const char *words = command_words(a, p, 0);

	if (only_question_marks(p) || (words && word_is(words, W_HELP))) {
		out->kind = REPLY_HELP;
	} else if (words && word_is(words, W_OPT_OUT)) {
		out->kind = REPLY_OPT_OUT;
	} else if (words && word_is(words, W_OPT_IN)) {
		out->kind = REPLY_OPT_IN;
	} else if (to_wrong_person(p)) {
		out->kind = REPLY_IGNORE;
		out->note = REPLY_NOTE_WRONG_PERSON;
		out->reason = "wrong person";
	} else {
		return false;
	}
	return true;
}

/* "[QC]", "(QC)", "[AD]" at the very start. */
static bool
has_advert_label(const struct pieces *p)
{
	return (piece_is(p, 0, '[') || piece_is(p, 0, '(')) &&
	       word_at(p, 1, W_AD_LABEL, NULL) == 1 &&
	       (piece_is(p, 2, ']') || piece_is(p, 2, ')'));
}

bool
advert_is(const struct pieces *p)
{
	size_t signs = 0, n;

	if (has_advert_label(p))
		return true;
	for (size_t i = 0; i<p->count; i += n> 0 ? n : 1) {
		if (word_at(p, i, W_OFFICE, NULL) > 0)
			return false;
		n = word_at(p, i, W_ADVERT, NULL);
		signs += n > 0;
		signs += p->list[i].kind == PIECE_NUMBER &&
			 strlen(p->list[i].plain) >= ADVERT_DIGITS;
	}
	return signs >= ADVERT_SIGNS;
}
