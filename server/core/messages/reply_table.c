/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * From the table of words, as a person keeps it, to rows:
 *
 *   1. a line is cut at its tabs: word, class, value, written, note; comments
 *      and empty lines are passed over, the first row is the version;
 *   2. the class says what the row is: a picture, a reason's letter, a word;
 *   3. a word is folded as a citizen's text is (reply_letters.c), so that it
 *      may be written with diacritics and in capitals;
 *   4. the value is read as its class wants it;
 *   5. the meant spellings must be spellings of this word;
 *   6. a word stands once in a class.
 *
 * The first fault ends the reading and is told with its line.
 */
#include "server/core/messages/reply_table.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "server/core/messages/reply_letters.h"
#include "shared/utf8.h"

#define TABLE_COLUMNS  5
#define REASON_LETTERS 26

enum table_column { AT_WORD, AT_CLASS, AT_VALUE, AT_WRITTEN, AT_NOTE };

struct table_reader {
	struct arena *a;
	struct reply_table *out;
	int line;
	const char *cells[TABLE_COLUMNS]; /* "" where empty */
	int *lines; /* where each word stands, for the error */
	size_t line_count;
	char *error;
	size_t error_size;
};

struct table_name {
	const char *name;
	int value;
};

static const struct table_name core_names[] = {{"pleased", CORE_PLEASED},
    {"good", CORE_GOOD}, {"can", CORE_CAN}, {"normal", CORE_NORMAL},
    {"so-so", CORE_SO_SO}, {"superb", CORE_SUPERB}, {"bad", CORE_BAD},
    {"angry", CORE_ANGRY}, {"slow", CORE_SLOW}, {"long", CORE_LONG}, {NULL, 0}};
static const struct table_name soft_names[] = {{"so-so", SOFT_SO_SO},
    {"also", SOFT_ALSO}, {"rather", SOFT_RATHER}, {"a-bit", SOFT_A_BIT},
    {NULL, 0}};

__attribute__((format(printf, 2, 3))) static bool
table_fault(struct table_reader *r, const char *format, ...)
{
	va_list args;
	int n = snprintf(r->error, r->error_size, "line %d: ", r->line);

	va_start(args, format);
	if (n > 0 && (size_t)n < r->error_size)
		vsnprintf(
		    r->error + n, r->error_size - (size_t)n, format, args);
	va_end(args);
	return false;
}

/* 0 for a name that is not in the list. */
static int
named_value(const struct table_name *names, const char *name)
{
	for (; names->name; names++)
		if (strcmp(names->name, name) == 0)
			return names->value;
	return 0;
}

/* The part of a list up to the separator; *list goes on behind it, NULL after
 * the last part. */
static const char *
next_part(struct arena *a, const char **list, char separator)
{
	const char *part = *list, *end = strchr(part, separator);

	*list = end ? end + 1 : NULL;
	return arena_strndup(
	    a, part, end ? (size_t)(end - part) : strlen(part));
}

/* One syllable without diacritics. */
static const char *
plain_syllable(struct arena *a, const char *word)
{
	size_t size = strlen(word), n;
	int32_t c, plain[LETTER_PLAIN_MAX];
	struct buf b;
	const char *folded;

	buf_init(&b);
	for (size_t at = 0; at < size; at += n) {
		n = letter_next(word + at, size - at, &c);
		if (n == 0)
			break;
		if (letter_invisible(c))
			continue;
		for (size_t i = 0, count = letter_plain(c, plain); i < count;
		     i++)
			letter_put(&b, plain[i]);
	}
	folded = arena_strdup(a, buf_text(&b));
	buf_finish(&b);
	return folded;
}

/* Folds the word's cell into *words. */
static bool
read_word_cell(struct table_reader *r, bool exact, const char **words)
{
	const char *rest = r->cells[AT_WORD];

	*words = NULL;
	while (rest) {
		const char *syllable =
		    plain_syllable(r->a, next_part(r->a, &rest, ' '));
		if (*syllable == '\0' ||
		    strspn(syllable, "abcdefghijklmnopqrstuvwxyz") <
			strlen(syllable))
			return table_fault(r,
			    "the word \"%s\" must be letters with one blank "
			    "between syllables",
			    r->cells[AT_WORD]);
		if (!exact)
			syllable = letters_once(r->a, syllable);
		*words = *words ? arena_printf(r->a, "%s %s", *words, syllable)
				: syllable;
	}
	return true;
}

/* Reads the classes of a word: "polite+kin". */
static bool
read_classes(struct table_reader *r, uint64_t *classes)
{
	const char *rest = r->cells[AT_CLASS];

	*classes = 0;
	while (rest) {
		const char *name = next_part(r->a, &rest, '+');
		uint64_t bit = 0;
		for (size_t i = 0; i < W_CLASS_COUNT; i++)
			if (strcmp(reply_classes[i].name, name) == 0)
				bit = reply_classes[i].bit;
		if (bit == 0)
			return table_fault(r, "there is no class \"%s\"", name);
		*classes |= bit;
	}
	if (*classes & W_EXACT && *classes & ~W_EXACT)
		return table_fault(r, "the class of a command stands alone");
	return true;
}

/* A whole number of the value's cell from 1 to max; 0: something else. */
static int
value_number(const struct table_reader *r, int max)
{
	const char *value = r->cells[AT_VALUE];
	char *end;
	long n = strtol(value, &end, 10);

	if (value[0] < '1' || value[0] > '9' || *end != '\0' || n > max)
		return 0;
	return (int)n;
}

/* "pleased", "pleased+very+not". */
static bool
read_core(struct table_reader *r, struct word *word)
{
	const char *rest = r->cells[AT_VALUE];

	word->core = (enum word_core)named_value(
	    core_names, next_part(r->a, &rest, '+'));
	while (word->core && rest) {
		const char *held = next_part(r->a, &rest, '+');
		if (strcmp(held, "not") == 0)
			word->holds_not = true;
		else if (strcmp(held, "very") == 0)
			word->holds_very = true;
		else
			word->core = CORE_NONE;
	}
	return word->core != CORE_NONE;
}

static bool
read_value(struct table_reader *r, struct word *word)
{
	const char *value = r->cells[AT_VALUE];
	bool good = *value == '\0';

	if (word->classes & W_CORE) {
		good = read_core(r, word);
	} else if (word->classes & W_SOFT) {
		word->soft = (enum word_soft)named_value(soft_names, value);
		good = word->soft != SOFT_NONE;
	} else if (word->classes & W_NUMBER) {
		word->number = value_number(r, 10);
		good = word->number > 0;
	}
	if (!good)
		return table_fault(r, "the class %s takes no value \"%s\"",
		    r->cells[AT_CLASS], value);
	return true;
}

/* "chậm|châm", "!tồi", "=quá": each must fold to the word's first syllable. */
static bool
read_written(struct table_reader *r, struct word *word)
{
	const char *rest = r->cells[AT_WRITTEN];
	size_t first = strcspn(word->words, " ");
	const char *list;

	if (*rest == '\0')
		return true;
	list = *rest == '!' ? "!" : *rest == '=' ? "=" : "";
	rest += strlen(list);
	while (rest) {
		const char *part = next_part(r->a, &rest, '|');
		const char *plain =
		    letters_once(r->a, plain_syllable(r->a, part));
		if (strlen(plain) != first ||
		    strncmp(plain, word->words, first) != 0)
			return table_fault(r,
			    "\"%s\" is no spelling of \"%.*s\"", part,
			    (int)first, word->words);
		list = arena_printf(r->a, "%s%s%s", list,
		    letters_marked(r->a, part, strlen(part)), rest ? "|" : "");
	}
	word->marked = list;
	return true;
}

static bool
word_is_new(struct table_reader *r, const struct word *word)
{
	for (size_t i = 0; i < r->out->word_count; i++) {
		const struct word *other = &r->out->words[i];
		if (other->classes & word->classes &&
		    strcmp(other->words, word->words) == 0)
			return table_fault(r,
			    "the word \"%s\" stands in line %d already",
			    r->cells[AT_WORD], r->lines[i]);
	}
	return true;
}

static bool
read_word(struct table_reader *r)
{
	struct word word = {0};

	if (!read_classes(r, &word.classes) ||
	    !read_word_cell(r, word.classes & W_EXACT, &word.words) ||
	    !read_value(r, &word) || !read_written(r, &word) ||
	    !word_is_new(r, &word))
		return false;
	*(int *)arena_append(r->a, &r->lines, &r->line_count, sizeof(r->line)) =
	    r->line;
	*(struct word *)arena_append(
	    r->a, &r->out->words, &r->out->word_count, sizeof(word)) = word;
	return true;
}

/* A star or a face: one character, perhaps with invisible ones behind it. */
static bool
read_picture(struct table_reader *r)
{
	const char *text = r->cells[AT_WORD], *value = r->cells[AT_VALUE];
	struct word_picture picture = {0};
	size_t size = strlen(text), n = letter_next(text, size, &picture.code);
	int32_t more;

	for (size_t at = n; n > 0 && at < size; at += n) {
		n = letter_next(text + at, size - at, &more);
		if (!letter_invisible(more))
			n = 0;
	}
	if (n == 0 || picture.code < 0x80)
		return table_fault(r, "\"%s\" is not one picture", text);
	picture.star = strcmp(r->cells[AT_CLASS], "star") == 0;
	picture.thumb = strcmp(r->cells[AT_CLASS], "thumb") == 0;
	picture.level =
	    picture.star ? strcmp(value, "full") == 0 : value_number(r, 5);
	if (strcmp(value, "glad") == 0 || picture.level >= 4)
		picture.sign = 1;
	else if (strcmp(value, "sad") == 0 ||
		 (!picture.star && picture.level >= 1 && picture.level <= 2))
		picture.sign = -1;
	if (picture.star ? picture.level == 0 && strcmp(value, "empty") != 0
			 : picture.level == 0 && picture.sign == 0)
		return table_fault(r, "the class %s takes no value \"%s\"",
		    r->cells[AT_CLASS], value);
	for (size_t i = 0; i < r->out->picture_count; i++)
		if (r->out->pictures[i].code == picture.code)
			return table_fault(
			    r, "the picture \"%s\" stands there already", text);
	*(struct word_picture *)arena_append(r->a, &r->out->pictures,
	    &r->out->picture_count, sizeof(picture)) = picture;
	return true;
}

/* The words that say a reason, folded: "cho lau|cho doi". */
static bool
read_reason_words(struct table_reader *r)
{
	const char *rest = r->cells[AT_WRITTEN], *list = "", *words;
	size_t count = r->out->reason_count;

	while (rest && *rest) {
		r->cells[AT_WORD] = next_part(r->a, &rest, '|');
		if (!read_word_cell(r, false, &words))
			return false;
		list =
		    arena_printf(r->a, "%s%s%s", list, *list ? "|" : "", words);
	}
	*(const char **)arena_append(
	    r->a, &r->out->reason_words, &count, sizeof(list)) = list;
	return true;
}

static bool
read_reason(struct table_reader *r)
{
	const char *letter = r->cells[AT_WORD], *code = r->cells[AT_VALUE];
	size_t count = r->out->reason_count;

	if (count >= REASON_LETTERS || letter[0] != (char)('a' + count) ||
	    letter[1] != '\0')
		return table_fault(
		    r, "the letters of the reasons must be a, b, c, …");
	if (*code == '\0' ||
	    strspn(code, "abcdefghijklmnopqrstuvwxyz0123456789-_") <
		strlen(code))
		return table_fault(r, "\"%s\" is no code of a reason", code);
	if (!read_reason_words(r))
		return false;
	*(const char **)arena_append(
	    r->a, &r->out->reasons, &r->out->reason_count, sizeof(code)) = code;
	return true;
}

static bool
read_version(struct table_reader *r)
{
	if (strcmp(r->cells[AT_WORD], "version") != 0)
		return table_fault(
		    r, "the first row must be: version, a tab, a number");
	r->cells[AT_VALUE] = r->cells[AT_CLASS];
	r->out->version = value_number(r, 1000000);
	if (r->out->version == 0)
		return table_fault(r, "the version is a number from 1 on");
	return true;
}

static bool
read_table_row(struct table_reader *r)
{
	const char *class = r->cells[AT_CLASS];

	if (r->out->version == 0)
		return read_version(r);
	if (strcmp(class, "face") == 0 || strcmp(class, "thumb") == 0 ||
	    strcmp(class, "star") == 0)
		return read_picture(r);
	if (strcmp(class, "reason") == 0)
		return read_reason(r);
	return read_word(r);
}

/* Cuts a line into cells without the blanks round them. */
static bool
cut_line(struct table_reader *r, const char *line)
{
	size_t n, count = 0;

	for (; count < TABLE_COLUMNS; count++)
		r->cells[count] = "";
	for (count = 0; line; count++) {
		const char *cell = next_part(r->a, &line, '\t');
		n = strlen(cell);
		utf8_trim(&cell, &n);
		if (count < TABLE_COLUMNS)
			r->cells[count] = arena_strndup(r->a, cell, n);
	}
	if (count < 2 || count > TABLE_COLUMNS)
		return table_fault(r,
		    "2 to 5 columns are wanted, with one tab between them; "
		    "here are %zu",
		    count);
	return true;
}

bool
reply_table_read(struct arena *a, const char *text, size_t size,
    struct reply_table *out, char *error, size_t error_size)
{
	struct table_reader r = {
	    .a = a, .out = out, .error = error, .error_size = error_size};
	const char *rest = arena_strndup(a, text, size);

	*out = (struct reply_table){0};
	if (strncmp(rest, "\xEF\xBB\xBF", 3) == 0)
		rest += 3;
	while (rest) {
		const char *line = next_part(a, &rest, '\n');
		r.line++;
		if (!utf8_valid(line, strlen(line)))
			return table_fault(&r, "this is not UTF-8");
		if (line[0] == '#' || line[strspn(line, " \t\r")] == '\0')
			continue;
		if (!cut_line(&r, line) || !read_table_row(&r))
			return false;
	}
	if (out->word_count == 0)
		return table_fault(&r, "the table has no words");
	return true;
}
