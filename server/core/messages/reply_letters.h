/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Single characters and words in all the ways handsets write them. Inside of
 * the SMS reader. */
#ifndef HAILONG_SERVER_CORE_MESSAGES_REPLY_LETTERS_H
#define HAILONG_SERVER_CORE_MESSAGES_REPLY_LETTERS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "shared/arena.h"
#include "shared/buf.h"

/* The most characters that letter_plain makes of one. */
#define LETTER_PLAIN_MAX 32

enum letter_kind {
	LETTER_BLANK, /* spaces, line ends, control characters */
	LETTER_LETTER,
	LETTER_DIGIT,
	LETTER_PICTURE, /* a symbol that may be a face */
	LETTER_MARK     /* anything else that is seen */
};

/* Reads the character at text, of which `size` bytes are left, into *c.
 * Returns its bytes, 0 where no character of UTF-8 stands. */
size_t letter_next(const char *text, size_t size, int32_t *c);
/* What sort of character it is. */
enum letter_kind letter_kind(int32_t c);
/* True for joiners, combining marks, variation selectors and skin tones, which
 * never part a word. */
bool letter_invisible(int32_t c);
/* True for letters and signs that TCVN3 and VNI texts, and UTF-8 taken for
 * Latin-1, show in the midst of words; Vietnamese uses none of them. */
bool letter_of_old_encoding(int32_t c);
/* Writes the character without case and diacritics, d for đ, into out; returns
 * how many characters that makes, 0 to LETTER_PLAIN_MAX. */
size_t letter_plain(int32_t c, int32_t out[LETTER_PLAIN_MAX]);
/* Appends one character in UTF-8. */
void letter_put(struct buf *b, int32_t c);

/* The word with repeated letters once ("looong" is "long"); of "quáaa" the
 * accented one stays. A word of one letter only ("kkk" laughs, "k" negates) is
 * left alone. The result is the word itself or belongs to the arena. */
const char *letters_once(struct arena *a, const char *word);
/* `size` bytes of text in lower case with composed diacritics, repeated letters
 * once; belongs to the arena. */
const char *letters_marked(struct arena *a, const char *text, size_t size);

#endif
