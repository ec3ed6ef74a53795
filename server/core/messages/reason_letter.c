/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Only the whole message counts: "d" is also "được", "e" also "em", and a
 * letter among words is never a choice. Letters with marks are other letters.
 */
#include "server/core/messages/reason_letter.h"

#include <stdbool.h>
#include <string.h>
#include "server/core/messages/reply_fold.h"

const char *const reason_letters[] = {
    "waiting", "procedure", "guidance", "attitude", "late", "result", NULL};

static bool
one_of_ours(char c)
{
	return c >= 'a' && c <= 'f';
}

/* All letters of a word are choices, and none has a mark: "đ" is folded to d,
 * "á" to a, and neither is what was asked for. Full-width letters are. */
static bool
choices(const struct piece *piece)
{
	const char *c = piece->plain;

	for (const char *m = piece->marked; *m != '\0'; m++)
		if ((unsigned char)*m >= 0xc0 && (unsigned char)*m != 0xef)
			return false;
	while (one_of_ours(*c))
		c++;
	return *c == '\0';
}

/* "va", "và", "voi": between two letters. */
static bool
joins(const struct piece *piece)
{
	return strcmp(piece->plain, "va") == 0 ||
	       strcmp(piece->plain, "voi") == 0;
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
		if (letters > 0 && joins(piece))
			continue;
		if (!choices(piece))
			return REASON_LETTER_NONE;
		first = first == '\0' ? piece->plain[0] : first;
		letters += strlen(piece->plain);
	}
	return letters == 0   ? REASON_LETTER_NONE
	       : letters == 1 ? first - 'a'
			      : REASON_LETTER_MANY;
}
