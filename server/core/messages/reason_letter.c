/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Only the whole message counts: "d" is also "được", "e" also "em", and a
 * letter among words is never a choice. Letters with marks are other letters.
 *
 *   1. marks are passed over, and "và", "với" after a letter (class
 *      letter-and of reply_words.tsv);
 *   2. any other piece must be letters of reasons only, or there is no choice;
 *   3. one letter in all is the choice, several are for a person.
 */
#include "server/core/messages/reason_letter.h"

#include <stdbool.h>
#include <string.h>
#include "server/core/messages/reply_fold.h"
#include "server/core/messages/reply_words.h"

static bool
letter_of_reason(char c)
{
	for (size_t i = 0; reason_letters[i] != NULL; i++)
		if (c == (char)('a' + i))
			return true;
	return false;
}

/* All letters of a word are choices, and none has a mark: "đ" is folded to d,
 * "á" to a, and neither is what was asked for. Full-width letters are. */
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

int
reason_letter_read(struct arena *a, const char *text)
{
	struct pieces p;
	size_t letters = 0;
	char first = '\0';

	if (!reply_fold(a, text, &p))
		return REASON_LETTER_NONE;
	for (size_t i = 0; i < p.count; i++) {
		const struct piece *piece = &p.list[i];

		if (piece->kind == PIECE_MARK)
			continue;
		if (piece->kind != PIECE_WORD)
			return REASON_LETTER_NONE;
		if (letters > 0 && word_is(piece->plain, W_LETTER_AND))
			continue;
		if (!letters_of_reasons(piece))
			return REASON_LETTER_NONE;
		first = first == '\0' ? piece->plain[0] : first;
		letters += strlen(piece->plain);
	}
	return letters == 0   ? REASON_LETTER_NONE
	       : letters == 1 ? first - 'a'
			      : REASON_LETTER_MANY;
}
