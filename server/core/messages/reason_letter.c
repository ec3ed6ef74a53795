/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A letter means a reason only as the answer to the question: "d" is also
 * "được", "e" also "em", "a" also "anh". So the whole text must be one:
 *
 *   1. before the first letter may stand manners and what announces it ("lý
 *      do", "chọn", "vì");
 *   2. a letter without marks is a reason ("đ" and "á" are other letters);
 *      "và", "với" may stand between two, and a text of nothing but letters is
 *      several ("AD");
 *   3. after a letter may stand manners and the words of its own reason ("A cho
 *      lau"), and behind these, or behind a stop, anything; a reason's words
 *      alone say it, too ("thái độ");
 *   4. any other word, or a number, and it is no choice: "a cho em hỏi".
 */
#include "server/core/messages/reason_letter.h"

#include <stdbool.h>
#include <stddef.h>
#include <string.h>
#include "server/core/messages/reply_fold.h"
#include "server/core/messages/reply_words.h"

/* What is known of the text so far. */
struct choice {
	unsigned reasons;
	int last;    /* the reason named last, -1: none */
	bool stated; /* by its words, or set off by a stop: anything may follow
		      */
};

static bool
letter_of_reason(char c)
{
	for (size_t i = 0; reason_letters[i] != NULL; i++)
		if (c == (char)('a' + i))
			return true;
	return false;
}

/* All letters of a word are choices, and none has a mark. Full-width letters
 * are choices. */
static bool
letters_of_reasons(const struct piece *piece)
{
	const char *c = piece->plain;

	for (const char *m = piece->marked; *m != '\0'; m++)
		if ((unsigned char)*m >= 0xc0 && (unsigned char)*m != 0xef)
			return false;
	while (letter_of_reason(*c))
		c++;
	return *c == '\0';
}

/* How many pieces the words of this reason take at i; 0: others stand there. */
static size_t
reason_words_at(const struct pieces *p, size_t i, int reason)
{
	const char *list = reason_words[reason];
	size_t longest = 0;

	while (*list) {
		size_t n = strcspn(list, "|"), j = i, at = 0, size;

		while (
		    at < n && j < p->count && p->list[j].kind == PIECE_WORD) {
			size = strcspn(list + at, " |");
			if (strlen(p->list[j].word) != size ||
			    strncmp(p->list[j].word, list + at, size) != 0)
				break;
			at += size + (list[at + size] == ' ');
			j++;
		}
		if (at >= n && j - i > longest)
			longest = j - i;
		list += n + (list[n] == '|');
	}
	return longest;
}

static size_t
named_in_words(const struct pieces *p, size_t i, struct choice *c)
{
	size_t n;

	for (int r = 0; reason_letters[r] != NULL; r++) {
		if (c->last >= 0 && c->last != r)
			continue;
		n = reason_words_at(p, i, r);
		if (n == 0)
			continue;
		c->stated = c->last >= 0;
		c->reasons |= 1u << r;
		return n;
	}
	return 0;
}

/* The word at i: how many pieces it takes, 0 where no choice can have it. */
static size_t
word_of_choice(const struct pieces *p, size_t i, struct choice *c)
{
	const uint64_t before = W_POLITE | W_SELF | W_RATE | W_GIVE | W_JOIN;
	const uint64_t after = W_POLITE | W_JOIN | W_VERY | W_MUCH;
	const struct piece *piece = &p->list[i];
	size_t n;

	if (piece->plain[1] == '\0' && letters_of_reasons(piece)) {
		c->last = piece->plain[0] - 'a';
		c->reasons |= 1u << c->last;
		return 1;
	}
	if (c->last >= 0 && word_is(piece->plain, W_LETTER_AND))
		return 1;
	n = named_in_words(p, i, c);
	return n > 0 ? n : word_at(p, i, c->reasons ? after : before, NULL);
}

/* "AD", "BC và F". */
static unsigned
letters_only(const struct pieces *p)
{
	unsigned reasons = 0;

	for (size_t i = 0; i < p->count; i++) {
		if (p->list[i].kind == PIECE_MARK)
			continue;
		if (p->list[i].kind != PIECE_WORD)
			return 0;
		if (reasons && word_is(p->list[i].plain, W_LETTER_AND))
			continue;
		if (!letters_of_reasons(&p->list[i]))
			return 0;
		for (const char *l = p->list[i].plain; *l != '\0'; l++)
			reasons |= 1u << (*l - 'a');
	}
	return reasons;
}

/* A stop that sets the letter off: "A. chờ từ sáng", "D: hách dịch". */
static bool
sets_off(int mark)
{
	return mark == '.' || mark == ':' || mark == ')' || mark == '-';
}

unsigned
reason_letters_read(struct arena *a, const char *text)
{
	struct choice c = {.last = -1};
	struct pieces p;
	size_t n;

	if (!reply_fold(a, text, &p))
		return 0;
	c.reasons = letters_only(&p);
	if (c.reasons != 0)
		return c.reasons;
	for (size_t i = 0; i < p.count; i += n) {
		n = 1;
		if (p.list[i].kind == PIECE_MARK) {
			c.stated = c.stated ||
				   (c.last >= 0 && sets_off(p.list[i].value));
			continue;
		}
		if (p.list[i].kind == PIECE_FACE)
			continue;
		n = p.list[i].kind == PIECE_WORD ? word_of_choice(&p, i, &c)
						 : 0;
		if (n == 0)
			return c.stated ? c.reasons : 0;
	}
	return c.reasons;
}
