/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Handsets write the same words in many ways: composed or with combining
 * marks, in capitals, full-width, with keycap digits, zero-width joiners and
 * skin tones, letters held down ("looong"). This file makes them one and
 * remembers for each piece where it stood, so that a comment is always the
 * citizen's own spelling.
 *
 * One code point after the other: invisible ones are dropped (they never part
 * a word), stars and faces are looked up, the rest goes through utf8proc
 * (compatibility decomposition, case folding, marks stripped) and is sorted
 * into letters, digits, blanks and marks. A second pass joins what belongs
 * together: ":)", "<3", "k0" (không), "hai-long".
 *
 * The accented spelling is kept beside the folded one: folded, "ổn" (fine) and
 * "ồn" (noisy) are the same word.
 */
#include "server/core/messages/reply_fold.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>
#include "shared/buf.h"
#include "shared/limits.h"

struct face {
	utf8proc_int32_t code;
	int level, sign;
};

/* Faces with a level are those of DOMAIN.md, 6.4; of the others only the mood
 * is known, which can contradict a score but never make one. */
static const struct face faces[] = {{0x1F60D, 5, 1}, {0x1F970, 5, 1},
    {0x1F44D, 4, 1}, {0x1F642, 4, 1}, {0x1F60A, 4, 1}, {0x263A, 4, 1},
    {0x1F610, 3, 0}, {0x2639, 2, -1}, {0x1F641, 2, -1}, {0x1F61E, 2, -1},
    {0x1F615, 2, -1}, {0x1F621, 1, -1}, {0x1F44E, 1, -1}, {0x1F620, 1, -1},
    {0x1F92C, 1, -1}, {0x1F600, 0, 1}, {0x1F603, 0, 1}, {0x1F604, 0, 1},
    {0x1F601, 0, 1}, {0x1F606, 0, 1}, {0x1F617, 0, 1}, {0x1F618, 0, 1},
    {0x1F607, 0, 1}, {0x1F929, 0, 1}, {0x1F917, 0, 1}, {0x2764, 0, 1},
    {0x2665, 0, 1}, {0x1F495, 0, 1}, {0x1F496, 0, 1}, {0x1F497, 0, 1},
    {0x1F493, 0, 1}, {0x1F339, 0, 1}, {0x1F44F, 0, 1}, {0x1F389, 0, 1},
    {0x1F44C, 0, 1}, {0x1F4AF, 0, 1}, {0x1F622, 0, -1}, {0x1F62D, 0, -1},
    {0x1F624, 0, -1}, {0x1F612, 0, -1}, {0x1F644, 0, -1}, {0x1F614, 0, -1},
    {0x1F61F, 0, -1}, {0x1F629, 0, -1}, {0x1F62B, 0, -1}, {0x1F616, 0, -1},
    {0x1F623, 0, -1}, {0x1F92E, 0, -1}, {0x1F922, 0, -1}, {0x1F4A9, 0, -1},
    {0x1F595, 0, -1}, {0x1F494, 0, -1}, {0x1F926, 0, -1}, {0x1F643, 0, -1},
    {0x1F63E, 0, -1}, {0x1F92F, 0, -1}, {0x1F613, 0, -1}, {0x1F625, 0, -1}};

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
grow(struct folder *f)
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
last(struct folder *f)
{
	return f->count > 0 ? &f->list[f->count - 1] : NULL;
}

static struct piece *
begin_piece(struct folder *f, enum piece_kind kind, size_t begin, size_t end)
{
	if (f->count == f->room)
		grow(f);
	f->list[f->count] = (struct piece){
	    .kind = kind, .glued = f->glued, .begin = begin, .end = end};
	buf_putc(&f->folded, '\0');
	f->plain[f->count] = f->folded.size;
	f->count++;
	f->open = kind == PIECE_WORD || kind == PIECE_NUMBER;
	f->glued = true;
	return last(f);
}

static void
blank(struct folder *f)
{
	f->open = false;
	f->glued = false;
}

static bool
invisible(utf8proc_int32_t c)
{
	utf8proc_category_t category = utf8proc_category(c);

	return category == UTF8PROC_CATEGORY_CF ||
	       category == UTF8PROC_CATEGORY_MN ||
	       category == UTF8PROC_CATEGORY_ME ||
	       category == UTF8PROC_CATEGORY_MC ||
	       (c >= 0x1F3FB && c <= 0x1F3FF);
}

static bool
letter(utf8proc_int32_t c)
{
	return utf8proc_category(c) >= UTF8PROC_CATEGORY_LU &&
	       utf8proc_category(c) <= UTF8PROC_CATEGORY_LO;
}

/* TCVN3 and VNI texts, and UTF-8 taken for Latin-1, show letters and signs of
 * this block in the midst of words; Vietnamese uses none of them. */
static bool
old_encoding(utf8proc_int32_t c)
{
	return (c > 0xA0 && c < 0xC0 && c != 0xAD && c != 0xB2 && c != 0xB3) ||
	       c == 0xC6 || c == 0xD7 || c == 0xD8 || c == 0xDE || c == 0xDF ||
	       c == 0xE6 || c == 0xF7 || c == 0xF8 || c == 0xFE;
}

static void
put_code(struct buf *b, utf8proc_int32_t c)
{
	utf8proc_uint8_t bytes[4];
	utf8proc_ssize_t n = utf8proc_encode_char(c, bytes);

	buf_add(b, bytes, (size_t)n);
}

/* One character as it is after folding. */
static void
add_folded(struct folder *f, utf8proc_int32_t c, size_t begin, size_t end)
{
	utf8proc_category_t category = utf8proc_category(c);
	enum piece_kind kind = PIECE_MARK;

	if (c == 0x111 || c == 0xF0)
		c = 'd';
	if (category == UTF8PROC_CATEGORY_CC ||
	    (category >= UTF8PROC_CATEGORY_ZS &&
		category <= UTF8PROC_CATEGORY_ZP)) {
		blank(f);
		return;
	}
	if (letter(c))
		kind = PIECE_WORD;
	else if (category == UTF8PROC_CATEGORY_ND)
		kind = PIECE_NUMBER;
	else if (c == '*')
		kind = PIECE_STAR;
	else if (c >= 0x2000 && category == UTF8PROC_CATEGORY_SO)
		kind = PIECE_FACE;
	if (f->open && last(f)->kind == kind) {
		last(f)->end = end;
		put_code(&f->folded, c);
		return;
	}
	begin_piece(f, kind, begin, end)->value = kind == PIECE_STAR   ? 1
						  : kind == PIECE_MARK ? (int)c
								       : 0;
	put_code(&f->folded, c);
}

/* Stars and faces; false: not one of them. */
static bool
add_picture(struct folder *f, utf8proc_int32_t c, size_t begin, size_t end)
{
	struct piece *piece;

	if (c == 0x2B50 || c == 0x2605 || c == 0x1F31F || c == 0x2606) {
		piece = begin_piece(f, PIECE_STAR, begin, end);
		piece->value = c != 0x2606;
		piece->drawn = true;
		return true;
	}
	for (size_t i = 0; i < sizeof(faces) / sizeof(faces[0]); i++)
		if (faces[i].code == c) {
			piece = begin_piece(f, PIECE_FACE, begin, end);
			piece->value = faces[i].level;
			piece->sign = faces[i].sign;
			piece->drawn = c == 0x1F44D;
			return true;
		}
	return false;
}

static void
add_code(struct folder *f, utf8proc_int32_t c, size_t begin, size_t end)
{
	utf8proc_int32_t out[32];
	int boundary = 0;
	utf8proc_ssize_t n;

	if (invisible(c)) {
		if (f->glued && f->count > 0)
			last(f)->end = end;
		return;
	}
	if (add_picture(f, c, begin, end))
		return;
	if (c == 0x1F51F) { /* keycap ten has no decomposition */
		add_folded(f, '1', begin, end);
		add_folded(f, '0', begin, end);
		return;
	}
	if (c >= 0x80 && letter(c))
		f->accents = true;
	n = utf8proc_decompose_char(c, out, 32,
	    UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD |
		UTF8PROC_STRIPMARK | UTF8PROC_IGNORE,
	    &boundary);
	for (utf8proc_ssize_t i = 0; i < n && i < 32; i++)
		add_folded(f, out[i], begin, end);
}

/* The first character of a word without case and marks. */
static utf8proc_int32_t
base_of(utf8proc_int32_t c)
{
	utf8proc_int32_t out[32];
	int boundary = 0;
	utf8proc_ssize_t n = utf8proc_decompose_char(c, out, 32,
	    UTF8PROC_DECOMPOSE | UTF8PROC_CASEFOLD | UTF8PROC_STRIPMARK,
	    &boundary);

	return n > 0 ? out[0] : c;
}

/* Repeated letters once; of "quáaa" the accented one stays. A word of one
 * letter only ("kkk" laughs, "k" negates) is left alone. */
static const char *
collapse(struct arena *a, const char *word)
{
	size_t size = strlen(word), at = 0, used = 0, start = 0;
	char *out = arena_alloc(a, size + 1);
	utf8proc_int32_t c, base, before = -1;
	bool several = false;

	while (at < size) {
		utf8proc_ssize_t n =
		    utf8proc_iterate((const utf8proc_uint8_t *)word + at,
			(utf8proc_ssize_t)(size - at), &c);
		if (n <= 0)
			break;
		base = base_of(c);
		several = several || (before >= 0 && base != before);
		if (base != before)
			start = used;
		if (base != before || (c >= 0x80 && used - start == 1)) {
			memcpy(out + start, word + at, (size_t)n);
			used = start + (size_t)n;
		}
		before = base;
		at += (size_t)n;
	}
	out[used] = '\0';
	return several ? out : word;
}

static const char *
accented(struct arena *a, const char *text, size_t size)
{
	utf8proc_uint8_t *composed = NULL;
	const char *word = NULL;
	utf8proc_ssize_t n = utf8proc_map((const utf8proc_uint8_t *)text,
	    (utf8proc_ssize_t)size, &composed,
	    UTF8PROC_COMPOSE | UTF8PROC_CASEFOLD | UTF8PROC_IGNORE |
		UTF8PROC_STABLE);

	if (n >= 0)
		word = arena_strndup(a, (const char *)composed, (size_t)n);
	free(composed);
	return word ? word : arena_strndup(a, text, size);
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
		piece->word = collapse(f->a, piece->plain);
		piece->marked =
		    collapse(f->a, accented(f->a, text + piece->begin,
				       piece->end - piece->begin));
	}
}

bool
piece_is(const struct pieces *p, size_t i, int mark)
{
	return i < p->count && p->list[i].kind == PIECE_MARK &&
	       p->list[i].value == mark;
}

/* How many pieces from i make an emoticon, and its mood. */
static size_t
emoticon(const struct pieces *p, size_t i, int *sign)
{
	size_t j = i + 1;
	int mouth = 0;

	if (piece_is(p, i, '<') && j < p->count && p->list[j].glued &&
	    strcmp(p->list[j].plain, "3") == 0) {
		*sign = 1;
		return 2;
	}
	/* ":3", but not "điểm :3" */
	if (piece_is(p, i, ':') && !p->list[i].glued && j < p->count &&
	    p->list[j].glued && strcmp(p->list[j].plain, "3") == 0 &&
	    (i == 0 || p->list[i - 1].kind != PIECE_WORD)) {
		*sign = 1;
		return 2;
	}
	if (piece_is(p, i, '^') && piece_is(p, j, '^')) {
		*sign = 1;
		return 2;
	}
	if (!piece_is(p, i, ':') && !piece_is(p, i, '='))
		return 0;
	if (piece_is(p, j, '-') && p->list[j].glued)
		j++;
	if (piece_is(p, j, '(') || piece_is(p, j, ')'))
		mouth = p->list[j].value;
	if (mouth == 0 || !p->list[j].glued)
		return 0;
	while (piece_is(p, j, mouth) && p->list[j].glued)
		j++;
	/* ":(chậm" opens a bracket */
	if (j < p->count && p->list[j].glued && p->list[j].kind == PIECE_WORD)
		return 0;
	*sign = mouth == ')' ? 1 : -1;
	return j - i;
}

static bool
glued_word(const struct pieces *p, size_t i)
{
	return i < p->count && p->list[i].glued &&
	       p->list[i].kind == PIECE_WORD;
}

/* "k0", "k0ng": a zero for the o of không. */
static bool
zero_for_o(const struct pieces *p, size_t i)
{
	return p->list[i].kind == PIECE_WORD && i + 1 < p->count &&
	       strcmp(p->list[i].plain, "k") == 0 && p->list[i + 1].glued &&
	       strcmp(p->list[i + 1].plain, "0") == 0 &&
	       !glued_word(p, i + 2) &&
	       !(i > 0 && p->list[i].glued &&
		   p->list[i - 1].kind == PIECE_NUMBER);
}

static void
join_pieces(struct pieces *p)
{
	size_t used = 0, n;
	int sign = 0;

	for (size_t i = 0; i < p->count; i += n) {
		struct piece piece = p->list[i];
		n = emoticon(p, i, &sign);
		if (n > 0) {
			piece.kind = PIECE_FACE;
			piece.value = 0;
			piece.sign = sign;
			piece.end = p->list[i + n - 1].end;
		} else if (zero_for_o(p, i)) {
			n = 2;
			piece.word = piece.plain = piece.marked = "ko";
			piece.end = p->list[i + 1].end;
		} else {
			n = 1;
			/* the hyphen of "hai-long" parts nothing */
			if (piece_is(p, i, '-') && i > 0 && piece.glued &&
			    p->list[i - 1].kind == PIECE_WORD &&
			    glued_word(p, i + 1))
				continue;
		}
		p->list[used++] = piece;
	}
	p->count = used;
}

bool
reply_fold(struct arena *a, const char *text, struct pieces *out)
{
	struct folder f = {.a = a};
	size_t size = strlen(text), at = 0;
	utf8proc_int32_t c = 0, before = 0, before_that = 0;
	bool good = true;

	buf_init(&f.folded);
	for (size_t chars = 0; at < size && chars < LIMIT_SMS_TEXT_CHARS;
	     chars++) {
		utf8proc_ssize_t n =
		    utf8proc_iterate((const utf8proc_uint8_t *)text + at,
			(utf8proc_ssize_t)(size - at), &c);
		good = n > 0;
		if (!good)
			break;
		f.garbled = f.garbled || c == 0xFFFD ||
			    (c >= 0xC2 && c <= 0xC6 && before >= 'a' &&
				before <= 'z') ||
			    (old_encoding(c) && letter(before)) ||
			    (letter(c) && before == '?' && letter(before_that));
		add_code(&f, c, at, at + (size_t)n);
		if (!invisible(c)) {
			before_that = before;
			before = c;
		}
		at += (size_t)n;
	}
	finish_pieces(&f, text);
	buf_finish(&f.folded);
	*out = (struct pieces){.list = f.list,
	    .count = f.count,
	    .accents = f.accents,
	    .garbled = f.garbled};
	join_pieces(out);
	return good;
}
