/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * CSV, read through a window: blocks go in as UTF-8 whatever they are in the
 * file, whole records come out by csv.h. Behind a byte-order mark and a line
 * "sep=;" the separator is the one of four signs that the beginning has most
 * of. UTF-16 without a mark shows by its zeros.
 */
#include <errno.h>
#include <string.h>
#include <strings.h>
#include "server/table/table_private.h"
#include "shared/arena.h"
#include "shared/buf.h"
#include "shared/csv.h"
#include "shared/utf8.h"

#define BLOCK 65536

enum encoding { TEXT_UTF8, TEXT_UTF16_LITTLE, TEXT_UTF16_BIG };

struct text_window {
	struct table_reading *t;
	FILE *file;
	enum encoding encoding;
	struct buf text; /* UTF-8 that is not used up */
	size_t used;
	unsigned char rest[4]; /* of UTF-16: what waits for the next block */
	size_t nrest;
	bool last; /* nothing more comes */
};

static uint32_t
unit_at(const struct text_window *w, const unsigned char *in)
{
	return w->encoding == TEXT_UTF16_LITTLE ? in[0] | (uint32_t)in[1] << 8
						: in[1] | (uint32_t)in[0] << 8;
}

/* Appends UTF-16 as UTF-8; what is no character stays recognizable as such and
 * is refused with its line. Bytes left over for the next block. */
static size_t
add_utf16(struct text_window *w, const unsigned char *in, size_t n)
{
	size_t i = 0;

	for (; i + 2 <= n; i += 2) {
		uint32_t c = unit_at(w, in + i), low;

		if (c >= 0xd800 && c < 0xdc00) {
			if (i + 4 > n && !w->last)
				break;
			low = i + 4 <= n ? unit_at(w, in + i + 2) : 0;
			if (low >= 0xdc00 && low < 0xe000) {
				c = 0x10000 + ((c - 0xd800) << 10) +
				    (low - 0xdc00);
				i += 2;
			}
		}
		utf8_put(&w->text, c);
	}
	return n - i;
}

static bool
more_text(struct text_window *w)
{
	unsigned char block[BLOCK + 4];
	size_t n;

	if (w->used > 0) {
		memmove(w->text.data, w->text.data + w->used,
		    w->text.size - w->used);
		w->text.size -= w->used;
		w->used = 0;
	}
	memcpy(block, w->rest, w->nrest);
	n = fread(block + w->nrest, 1, BLOCK, w->file);
	if (ferror(w->file))
		return table_refuse(w->t, "%s", strerror(errno));
	w->last = n < BLOCK;
	n += w->nrest;
	w->nrest = 0;
	if (w->encoding == TEXT_UTF8) {
		buf_add(&w->text, block, n);
		return true;
	}
	w->nrest = add_utf16(w, block, n);
	if (w->last)
		w->nrest = 0; /* half a character at the end is none */
	memcpy(w->rest, block + n - w->nrest, w->nrest);
	return true;
}

/* By its mark, or by the zeros that Latin letters have in UTF-16. */
static enum encoding
encoding_of(FILE *file)
{
	unsigned char head[256];
	size_t n = fread(head, 1, sizeof(head), file), zeros[2] = {0};
	size_t skip = 0;
	enum encoding e = TEXT_UTF8;

	for (size_t i = 0; i < n; i++)
		zeros[i % 2] += head[i] == 0;
	if (n >= 2 && head[0] == 0xff && head[1] == 0xfe) {
		e = TEXT_UTF16_LITTLE;
		skip = 2;
	} else if (n >= 2 && head[0] == 0xfe && head[1] == 0xff) {
		e = TEXT_UTF16_BIG;
		skip = 2;
	} else if (n >= 3 && memcmp(head, "\xef\xbb\xbf", 3) == 0) {
		skip = 3;
	} else if (zeros[1] > n / 4 && zeros[0] == 0) {
		e = TEXT_UTF16_LITTLE;
	} else if (zeros[0] > n / 4 && zeros[1] == 0) {
		e = TEXT_UTF16_BIG;
	}
	clearerr(file);
	fseek(file, (long)skip, SEEK_SET);
	return e;
}

/* "sep=;" as the first line, which is for spreadsheets: its sign, and the line
 * is skipped; '\0': there is none. */
static char
sep_line(struct text_window *w)
{
	const char *at = buf_text(&w->text);
	size_t n = 5;
	char sign;

	if (w->text.size < 6 || strncasecmp(at, "sep=", 4) != 0)
		return '\0';
	sign = at[4];
	while (n < w->text.size && (at[n] == '\r' || at[n] == ' '))
		n++;
	if (n == w->text.size || at[n] != '\n')
		return '\0';
	w->used = n + 1;
	return sign;
}

static char
likely_separator(const char *text, size_t n)
{
	static const char signs[] = ",;\t|";
	size_t count[4] = {0}, best = 0;

	for (size_t i = 0; i < n && i < 4096; i++)
		for (size_t k = 0; k < 4; k++)
			count[k] += text[i] == signs[k];
	for (size_t k = 1; k < 4; k++)
		best = count[k] > count[best] ? k : best;
	return signs[best];
}

/* The end of the record at the window's beginning, as far as it is there. */
static const char *
whole_record(struct text_window *w)
{
	const char *end;
	size_t seen = 0;
	bool quoted = false;

	for (;;) {
		size_t n = w->text.size - w->used;

		end = csv_record_end(
		    buf_text(&w->text) + w->used, n, &seen, &quoted);
		if (end != NULL || w->last || n > TABLE_ROW_BYTES)
			break;
		if (!more_text(w))
			return NULL;
	}
	return end != NULL ? end : buf_text(&w->text) + w->text.size;
}

static bool
take_records(struct text_window *w, char separator, int line)
{
	struct csv_record record;
	enum table_go go = TABLE_ON;
	struct arena a;
	bool ok = true;

	arena_init(&a);
	while (ok && go == TABLE_ON) {
		const char *end = whole_record(w), *at;

		ok = end != NULL;
		at = buf_text(&w->text) + w->used;
		if (!ok || at == end)
			break;
		ok = csv_record_read(&a, at, end, separator, &line, &record,
		    w->t->error, w->t->error_size);
		if (ok)
			go = w->t->taker->row(w->t->taker->context,
			    &(struct table_row){
				record.cells, record.ncells, record.line});
		w->used += (size_t)(end - at);
		arena_reset(&a);
	}
	arena_finish(&a);
	return ok;
}

bool
table_read_text(struct table_reading *t, FILE *file)
{
	struct text_window w = {.t = t, .file = file};
	char separator = '\0';
	bool ok;

	w.encoding = encoding_of(file);
	buf_init(&w.text);
	ok = more_text(&w);
	if (ok && w.text.size == 0)
		ok = table_refuse(t, "the table is empty");
	if (ok) {
		separator = sep_line(&w);
		ok = !t->taker->sheet(t->taker->context, "") ||
		     take_records(&w,
			 separator != '\0'
			     ? separator
			     : likely_separator(buf_text(&w.text), w.text.size),
			 separator != '\0' ? 2 : 1);
	}
	buf_finish(&w.text);
	return ok;
}
