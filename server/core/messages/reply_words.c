/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Looks words up in the tables made of reply_words.tsv:
 *
 *   1. only the rows of the word's first letter and of the classes asked for;
 *   2. the row with the most words that stand there wins, of several the first;
 *   3. where the row says which diacritics it means, and the citizen wrote
 *      some, these must be among them.
 */
#include "server/core/messages/reply_words.h"

#include <string.h>

/* True when the word is one of a list with "|" between. */
static bool
in_spellings(const char *list, const char *word, size_t size)
{
	size_t n;

	for (; *list; list += n + (list[n] == '|')) {
		n = strcspn(list, "|");
		if (n == size && memcmp(list, word, n) == 0)
			return true;
	}
	return false;
}

/* Is the accented spelling the one the row means? */
static bool
spelt(const struct word *row, const struct pieces *p, size_t i)
{
	const struct piece *piece = &p->list[i];
	const char *list = row->marked;
	size_t size = strlen(piece->marked);
	bool plain = strcmp(piece->marked, piece->word) == 0;

	if (!list)
		return true;
	if (*list == '!')
		return !plain && in_spellings(list + 1, piece->marked, size);
	if (*list == '=')
		return plain ? !p->accents
			     : in_spellings(list + 1, piece->marked, size);
	return plain || in_spellings(list, piece->marked, size);
}

/* How many pieces these words take at piece i; 0: other words stand there. */
static size_t
words_at(const struct pieces *p, size_t i, const char *words)
{
	size_t j = i;

	while (*words) {
		size_t n = strcspn(words, " ");
		const char *word = j < p->count ? p->list[j].word : "";
		if (strncmp(word, words, n) != 0 || word[n] != '\0')
			return 0;
		words += n + (words[n] == ' ');
		j++;
	}
	return j - i;
}

size_t
word_at(const struct pieces *p, size_t i, uint64_t classes,
    const struct word **found)
{
	size_t longest = 0, letter, n;

	if (i >= p->count || p->list[i].kind != PIECE_WORD ||
	    p->list[i].word[0] < 'a' || p->list[i].word[0] > 'z')
		return 0;
	letter = (size_t)(p->list[i].word[0] - 'a');
	for (size_t r = word_begins[letter]; r < word_begins[letter + 1]; r++) {
		const struct word *row = &word_rows[r];
		if (!(row->classes & classes))
			continue;
		n = words_at(p, i, row->words);
		if (n > longest && spelt(row, p, i)) {
			longest = n;
			if (found)
				*found = row;
		}
	}
	return longest;
}

bool
word_is(const char *text, uint64_t classes)
{
	for (size_t r = 0; r < word_begins[26]; r++)
		if (word_rows[r].classes & classes &&
		    strcmp(word_rows[r].words, text) == 0)
			return true;
	return false;
}

bool
word_written(const char *text, size_t size, uint64_t classes)
{
	for (size_t r = 0; r < word_begins[26]; r++) {
		const struct word *row = &word_rows[r];
		const char *list = row->marked ? row->marked : "";
		if (!(row->classes & classes))
			continue;
		if (*list != '!' && strlen(row->words) == size &&
		    memcmp(row->words, text, size) == 0)
			return true;
		if (in_spellings(list + strspn(list, "!="), text, size))
			return true;
	}
	return false;
}

const struct word_picture *
word_picture(int32_t code)
{
	if (code < 0x80) /* not a letter's work */
		return NULL;
	for (size_t i = 0; i < word_picture_count; i++)
		if (word_pictures[i].code == code)
			return &word_pictures[i];
	return NULL;
}
