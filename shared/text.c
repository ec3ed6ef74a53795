/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * An .mo file is two parallel tables of (length, offset): the keys, sorted by
 * strcmp, and their words. We search the first by halves and answer from the
 * second; nothing is loaded, copied or freed. The files are made by msgfmt at
 * build time and travel inside the program, so their shape is trusted; only the
 * byte order may differ from ours. One that comes later (text_take) is first
 * looked through whole.
 *
 *   0 magic   4 revision   8 count   12 table of keys   16 table of words
 *
 * Placeholders are filled in one pass over the words, so braces inside a value
 * (a citizen may have typed them) are never read as a placeholder.
 */
#include "shared/text.h"

#include <assert.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "shared/arena.h"
#include "shared/buf.h"
#include "shared/utf8.h"

#define MO_MAGIC 0x950412deu
#define MO_COUNT 8
#define MO_KEYS  12
#define MO_WORDS 16

extern const char po_vi_mo[];
extern const char po_en_mo[];
extern const char po_cjm_mo[];
extern const char po_rog_mo[];
extern const char po_kpm_mo[];

static struct {
	const char *code;
	const char *mo;
} langs[LANG_COUNT] = {
    [LANG_VI] = {"vi", po_vi_mo},
    [LANG_EN] = {"en", po_en_mo},
    [LANG_CJM] = {"cjm", po_cjm_mo},
    [LANG_ROG] = {"rog", po_rog_mo},
    [LANG_KPM] = {"kpm", po_kpm_mo},
};

const char *
lang_code(enum lang lang)
{
	assert(lang < LANG_COUNT);
	return langs[lang].code;
}

bool
lang_offered(enum lang lang)
{
	return text_find(lang, "kiosk.question") != NULL;
}

bool
lang_find(const char *code, enum lang *lang)
{
	for (int i = 0; i < LANG_COUNT; i++) {
		if (strcmp(code, langs[i].code) == 0 &&
		    lang_offered((enum lang)i)) {
			*lang = (enum lang)i;
			return true;
		}
	}
	return false;
}

/* A 32-bit number of the file, in our byte order. */
static uint32_t
mo_number(const char *mo, size_t offset)
{
	uint32_t magic, n;

	memcpy(&magic, mo, sizeof(magic));
	memcpy(&n, mo + offset, sizeof(n));
	if (magic == MO_MAGIC) {
		return n;
	}
	assert(magic == __builtin_bswap32(MO_MAGIC));
	return __builtin_bswap32(n);
}

/* The i-th string of the table whose offset stands at `table`. */
static const char *
mo_string(const char *mo, size_t table, uint32_t i)
{
	return mo + mo_number(mo, mo_number(mo, table) + 8 * (size_t)i + 4);
}

/* ------------------------------------------------------ a file that came later
 */

/* The i-th string of a table lies within the file, closed by a NUL. */
static bool
string_fits(const char *mo, size_t size, size_t table, uint32_t i)
{
	size_t at = mo_number(mo, table) + 8 * (size_t)i;
	size_t length = mo_number(mo, at), offset = mo_number(mo, at + 4);

	return length < size && offset < size - length &&
	       mo[offset + length] == '\0' && utf8_valid(mo + offset, length);
}

static bool
table_fits(const char *mo, size_t size, size_t table, uint32_t count)
{
	size_t at = mo_number(mo, table);

	return at <= size && count <= (size - at) / 8;
}

static bool
file_fits(const char *mo, size_t size)
{
	uint32_t magic, count;

	if (size < MO_WORDS + sizeof(magic))
		return false;
	memcpy(&magic, mo, sizeof(magic));
	if (magic != MO_MAGIC && magic != __builtin_bswap32(MO_MAGIC))
		return false;
	count = mo_number(mo, MO_COUNT);
	if (!table_fits(mo, size, MO_KEYS, count) ||
	    !table_fits(mo, size, MO_WORDS, count))
		return false;
	for (uint32_t i = 0; i < count; i++)
		if (!string_fits(mo, size, MO_KEYS, i) ||
		    !string_fits(mo, size, MO_WORDS, i) ||
		    (i > 0 && strcmp(mo_string(mo, MO_KEYS, i - 1),
				  mo_string(mo, MO_KEYS, i)) >= 0))
			return false;
	return true;
}

bool
text_take(enum lang lang, const char *mo, size_t size)
{
	assert(lang < LANG_COUNT);
	if (lang < LANG_WHOLE || !file_fits(mo, size))
		return false;
	langs[lang].mo = mo;
	return true;
}

/* --------------------------------------------------------------------- words
 */

const char *
text_find(enum lang lang, const char *key)
{
	assert(lang < LANG_COUNT);
	const char *mo = langs[lang].mo;
	uint32_t low = 0, high = mo_number(mo, MO_COUNT);

	if (key[0] == '\0') {
		return NULL; /* the file's own header, no words for people */
	}
	while (low < high) {
		uint32_t middle = low + (high - low) / 2;
		int order = strcmp(key, mo_string(mo, MO_KEYS, middle));
		if (order == 0) {
			return mo_string(mo, MO_WORDS, middle);
		}
		if (order < 0) {
			high = middle;
		} else {
			low = middle + 1;
		}
	}
	return NULL;
}

const char *
text(enum lang lang, const char *key)
{
	const char *words = text_find(lang, key);

	if (!words) {
		words = text_find(LANG_VI, key);
	}
	return words ? words : key;
}

/* The value of the name of n bytes among the pairs, NULL when it has none. */
static const char *
find_text_value(va_list pairs, const char *name, size_t n)
{
	const char *value = NULL, *candidate;
	va_list ap;

	va_copy(ap, pairs);
	while (!value && (candidate = va_arg(ap, const char *))) {
		const char *its_value = va_arg(ap, const char *);
		if (strlen(candidate) == n && memcmp(candidate, name, n) == 0) {
			value = its_value;
		}
	}
	va_end(ap);
	return value;
}

/* The words up to the next '{' that opens a placeholder with a value are
 * copied as they are; a '{' that opens none is an ordinary character. */
static const char *
expand(struct arena *a, const char *words, va_list pairs)
{
	struct buf out;
	const char *at = words, *open;

	buf_init(&out);
	while ((open = strchr(at, '{'))) {
		const char *name = open + 1, *value = NULL;
		size_t n = strcspn(name, "{}");

		buf_add(&out, at, (size_t)(open - at));
		if (name[n] == '}') {
			value = find_text_value(pairs, name, n);
		}
		if (value) {
			buf_puts(&out, value);
			at = name + n + 1;
		} else {
			buf_putc(&out, '{');
			at = name;
		}
	}
	buf_puts(&out, at);
	char *result = arena_strdup(a, buf_text(&out));
	buf_finish(&out);
	return result;
}

const char *
text_fill(struct arena *a, enum lang lang, const char *key, ...)
{
	va_list pairs;

	va_start(pairs, key);
	const char *result = expand(a, text(lang, key), pairs);
	va_end(pairs);
	return result;
}

const char *
text_expand(struct arena *a, const char *words, ...)
{
	va_list pairs;

	va_start(pairs, words);
	const char *result = expand(a, words, pairs);
	va_end(pairs);
	return result;
}
