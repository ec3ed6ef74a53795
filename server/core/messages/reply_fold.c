/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Handsets write the same words in many ways: composed or with combining
 * marks, in capitals, full-width, with keycap digits, zero-width joiners and
 * skin tones, letters held down ("looong"). This file makes them one and
 * remembers for each piece where it stood, so that a comment is always the
 * citizen's own spelling. One character after the other:
 *
 *   1. an invisible one is dropped: it never parts a word;
 *   2. stars and faces are looked up in the table of words;
 *   3. the rest is folded (reply_letters.c) and continues the open piece or
 *      begins a new one: letters, digits, blanks, marks;
 *   4. at the end each word gets its plain and its accented spelling;
 *   5. pieces that belong together are joined (reply_join.c).
 */
#include "server/core/messages/reply_fold.h"

#include <string.h>
#include "server/core/messages/reply_join.h"
#include "server/core/messages/reply_letters.h"
#include "server/core/messages/reply_words.h"
#include "shared/buf.h"
#include "shared/limits.h"

/* A text being cut up. */
struct folder {
	struct arena *a;
	struct piece *list;
	size_t count, room;
	size_t *plain; /* where each piece's folded text begins in `folded` */
	struct buf folded;
	bool open;  /* the last piece may still grow */
	bool glued; /* no blank since the last piece */
	bool accents, garbled;
};

static void
grow_pieces(struct folder *f)
{
	size_t room = f->room ? f->room * 2 : 64;
	struct piece *list = arena_alloc(f->a, room * sizeof(*list));
	size_t *plain = arena_alloc(f->a, room * sizeof(*plain));

	if (f->count > 0) {
		memcpy(list, f->list, f->count * sizeof(*list));
		memcpy(plain, f->plain, f->count * sizeof(*plain));
	}
	f->list = list;
	f->plain = plain;
	f->room = room;
}

static struct piece *
last_piece(struct folder *f)
{
	return f->count > 0 ? &f->list[f->count - 1] : NULL;
}

static struct piece *
begin_piece(struct folder *f, enum piece_kind kind, size_t begin, size_t end)
{
	if (f->count == f->room)
		grow_pieces(f);
	f->list[f->count] = (struct piece){
	    .kind = kind, .glued = f->glued, .begin = begin, .end = end};
	buf_putc(&f->folded, '\0');
	f->plain[f->count] = f->folded.size;
	f->count++;
	f->open = kind == PIECE_WORD || kind == PIECE_NUMBER;
	f->glued = true;
	return last_piece(f);
}

/* The piece that a folded character belongs to; blanks have none. */
static enum piece_kind
piece_kind_of(int32_t c)
{
	switch (letter_kind(c)) {
	case LETTER_LETTER:
		return PIECE_WORD;
	case LETTER_DIGIT:
		return PIECE_NUMBER;
	case LETTER_PICTURE:
		return PIECE_FACE;
	default:
		return c == '*' ? PIECE_STAR : PIECE_MARK;
	}
}

/* One character as it is after folding. */
static void
add_folded(struct folder *f, int32_t c, size_t begin, size_t end)
{
	enum piece_kind kind = piece_kind_of(c);
	struct piece *piece;

	if (letter_kind(c) == LETTER_BLANK) {
		f->open = false;
		f->glued = false;
		return;
	}
	if (f->open && last_piece(f)->kind == kind) {
		last_piece(f)->end = end;
	} else {
		piece = begin_piece(f, kind, begin, end);
		if (kind == PIECE_STAR)
			piece->value = 1;
		else if (kind == PIECE_MARK)
			piece->value = (int)c;
	}
	letter_put(&f->folded, c);
}

/* Stars and faces of the table; false: not one of them. */
static bool
add_picture(struct folder *f, int32_t c, size_t begin, size_t end)
{
	const struct word_picture *picture = word_picture(c);
	struct piece *piece;

	if (!picture)
		return false;
	piece =
	    begin_piece(f, picture->star ? PIECE_STAR : PIECE_FACE, begin, end);
	piece->value = picture->level;
	piece->sign = picture->sign;
	piece->drawn = picture->star || picture->thumb;
	return true;
}

static void
add_character(struct folder *f, int32_t c, size_t begin, size_t end)
{
	int32_t plain[LETTER_PLAIN_MAX];
	size_t n;

	if (letter_invisible(c)) {
		if (f->glued && f->count > 0)
			last_piece(f)->end = end;
		return;
	}
	if (add_picture(f, c, begin, end))
		return;
	if (c >= 0x80 && letter_kind(c) == LETTER_LETTER)
		f->accents = true;
	n = letter_plain(c, plain);
	for (size_t i = 0; i < n; i++)
		add_folded(f, plain[i], begin, end);
}

static int
number_value(const char *digits)
{
	int value = 0;

	if (strlen(digits) > 9 || strspn(digits, "0123456789") < strlen(digits))
		return -1;
	for (; *digits; digits++)
		value = value * 10 + (*digits - '0');
	return value;
}

static void
finish_pieces(struct folder *f, const char *text)
{
	const char *folded;

	buf_putc(&f->folded, '\0');
	folded = arena_strndup(f->a, f->folded.data, f->folded.size);
	for (size_t i = 0; i < f->count; i++) {
		struct piece *piece = &f->list[i];
		piece->plain = folded + f->plain[i];
		piece->word = piece->marked = piece->plain;
		if (piece->kind == PIECE_NUMBER)
			piece->value = number_value(piece->plain);
		if (piece->kind != PIECE_WORD)
			continue;
		piece->word = letters_once(f->a, piece->plain);
		piece->marked = letters_marked(
		    f->a, text + piece->begin, piece->end - piece->begin);
	}
}

size_t
pieces_of_kind(const struct pieces *p, size_t i, enum piece_kind kind)
{
	size_t n = 0;

	for (; i < p->count; i++)
		n += p->list[i].kind == kind;
	return n;
}

/* True when character c, after the two before it, shows a text of an old
 * encoding, or one whose letters were lost ("?" in a word). */
static bool
letter_garbled(int32_t c, int32_t before, int32_t before_that)
{
	bool after_letter = letter_kind(before) == LETTER_LETTER;

	return c == 0xFFFD ||
	       (c >= 0xC2 && c <= 0xC6 && before >= 'a' && before <= 'z') ||
	       (letter_of_old_encoding(c) && after_letter) ||
	       (letter_kind(c) == LETTER_LETTER && before == '?' &&
		   letter_kind(before_that) == LETTER_LETTER);
}

bool
reply_fold(struct arena *a, const char *text, struct pieces *out)
{
	struct folder f = {.a = a};
	size_t size = strlen(text), at = 0, n;
	int32_t c = 0, before = 0, before_that = 0;
	bool good = true;

	buf_init(&f.folded);
	for (size_t chars = 0; at < size && chars < LIMIT_SMS_TEXT_CHARS;
	     chars++, at += n) {
		n = letter_next(text + at, size - at, &c);
		good = n > 0;
		if (!good)
			break;
		f.garbled = f.garbled || letter_garbled(c, before, before_that);
		add_character(&f, c, at, at + n);
		if (!letter_invisible(c)) {
			before_that = before;
			before = c;
		}
	}
	finish_pieces(&f, text);
	buf_finish(&f.folded);
	*out = (struct pieces){.list = f.list,
	    .count = f.count,
	    .accents = f.accents,
	    .garbled = f.garbled};
	reply_join(out);
	return good;
}
