/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A program of the build: reads the table of words and writes it as C.
 *
 *   reply_table_make reply_words.tsv reply_words_table.c
 *
 * The words are sorted by their first letter, within it they keep the order of
 * the lines. A fault is said as "reply_words.tsv: line 12: …", and the build
 * stops.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include "server/core/messages/reply_table.h"
#include "shared/buf.h"

#define TABLE_MAX_BYTES (1 << 20)

static void
put_word(struct buf *b, const struct word *w)
{
	buf_printf(b, "\t{.words = \"%s\", .classes = UINT64_C(0x%llx)",
	    w->words, (unsigned long long)w->classes);
	if (w->marked)
		buf_printf(b, ", .marked = \"%s\"", w->marked);
	if (w->core)
		buf_printf(b, ", .core = %d", (int)w->core);
	if (w->holds_not)
		buf_puts(b, ", .holds_not = true");
	if (w->holds_very)
		buf_puts(b, ", .holds_very = true");
	if (w->soft)
		buf_printf(b, ", .soft = %d", (int)w->soft);
	if (w->number)
		buf_printf(b, ", .number = %d", w->number);
	buf_puts(b, "},\n");
}

static void
put_words(struct buf *b, const struct reply_table *t)
{
	size_t begins[27] = {0}, count = 0;

	buf_puts(b, "const struct word word_rows[] = {\n");
	for (size_t letter = 0; letter < 26; letter++) {
		begins[letter] = count;
		for (size_t i = 0; i < t->word_count; i++)
			if (t->words[i].words[0] == (char)('a' + letter)) {
				put_word(b, &t->words[i]);
				count++;
			}
	}
	begins[26] = count;
	buf_puts(b, "};\nconst size_t word_begins[27] = {");
	for (size_t letter = 0; letter <= 26; letter++)
		buf_printf(b, "%zu,", begins[letter]);
	buf_puts(b, "};\n");
}

static void
put_table(struct buf *b, const struct reply_table *t)
{
	buf_puts(b, "/* made of reply_words.tsv by reply_table_make */\n"
		    "#include \"server/core/messages/reason_letter.h\"\n"
		    "#include \"server/core/messages/reply.h\"\n"
		    "#include \"server/core/messages/reply_words.h\"\n\n");
	buf_printf(b, "const int reply_reader_version = %d;\n", t->version);
	put_words(b, t);
	buf_puts(b, "const struct word_picture word_pictures[] = {\n");
	for (size_t i = 0; i < t->picture_count; i++) {
		const struct word_picture *p = &t->pictures[i];
		buf_printf(b, "\t{0x%X, %d, %d, %d, %d},\n", (unsigned)p->code,
		    p->level, p->sign, p->star, p->thumb);
	}
	buf_printf(b, "};\nconst size_t word_picture_count = %zu;\n",
	    t->picture_count);
	buf_puts(b, "const char *const reason_letters[] = {");
	for (size_t i = 0; i < t->reason_count; i++)
		buf_printf(b, "\"%s\", ", t->reasons[i]);
	buf_puts(b, "NULL};\nconst char *const reason_words[] = {");
	for (size_t i = 0; i < t->reason_count; i++)
		buf_printf(b, "\"%s\", ", t->reason_words[i]);
	buf_puts(b, "NULL};\n");
}

static bool
write_c_table(const char *path, const struct buf *b)
{
	FILE *file = fopen(path, "w");
	bool good;

	if (!file)
		return false;
	good = fwrite(b->data, 1, b->size, file) == b->size;
	return fclose(file) == 0 && good;
}

int
main(int argc, char **argv)
{
	struct reply_table table;
	struct buf text, code;
	struct arena a;
	char error[400];
	bool good;

	if (argc != 3) {
		fprintf(stderr, "usage: reply_table_make TABLE OUT.c\n");
		return 2;
	}
	arena_init(&a);
	buf_init(&text);
	buf_init(&code);
	good = buf_read_file(&text, argv[1], TABLE_MAX_BYTES);
	if (!good)
		snprintf(error, sizeof(error), "%s", strerror(errno));
	good = good && reply_table_read(&a, buf_text(&text), text.size, &table,
			   error, sizeof(error));
	if (!good)
		fprintf(stderr, "%s: %s\n", argv[1], error);
	if (good) {
		put_table(&code, &table);
		good = write_c_table(argv[2], &code);
		if (!good)
			fprintf(stderr, "%s: %s\n", argv[2], strerror(errno));
	}
	buf_finish(&code);
	buf_finish(&text);
	arena_finish(&a);
	return good ? 0 : 1;
}
