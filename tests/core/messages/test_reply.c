/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The reader against data/sms.tsv: the shared examples, then what citizens
 * write and every trap of DOMAIN.md 6.4. Each row is read again in other
 * clothes (decomposed, capitals, blanks around, a joiner after each letter):
 * the reading must not change. What a table cannot hold stands below it.
 */
#include "server/core/messages/reply.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>
#include <utf8proc.h>
#include "shared/buf.h"
#include "shared/limits.h"

#define COLUMNS 5

struct row {
	char *text, *kind, *desk, *comment;
	int score;
	int line;
};

static const char *const codes[] = {"TP1", "TPD1", "TPX1", "TPT1", "LH1",
    "PRC1", "PD1", "PP1", "VH1", "VT1", "PL1", "PT1", "HM1", "CC1", "BT1",
    NULL};
static const struct reply_desks desks = {codes};

/* Calls check for every row of the table. */
static void
each_row(void (*check)(const struct row *row))
{
	struct buf file;
	char *line, *rest;
	int number = 0, rows = 0;

	buf_init(&file);
	assert_true(buf_read_file(&file, "data/sms.tsv", 1 << 20));
	rest = file.data;
	while ((line = strsep(&rest, "\n"))) {
		char *cells[COLUMNS] = {line, "", "", "", ""};
		number++;
		if (line[0] == '#' || (line[0] == '\0' && !rest))
			continue;
		for (int c = 0; c < COLUMNS && line; c++)
			cells[c] = strsep(&line, "\t");
		check(&(struct row){.text = cells[0],
		    .kind = cells[1],
		    .score = atoi(cells[2]),
		    .desk = cells[3],
		    .comment = cells[4],
		    .line = number});
		rows++;
	}
	assert_true(rows >= 400);
	buf_finish(&file);
}

static void
expect(const struct row *row, const char *text, bool words)
{
	struct arena a;
	struct reply reply;

	arena_init(&a);
	reply_read(&a, text, &desks, &reply);
	if (strcmp(reply_kind_name(reply.kind), row->kind) != 0 ||
	    reply.score != row->score)
		fail_msg("line %d: \"%s\" read as %s %d (%s)", row->line, text,
		    reply_kind_name(reply.kind), reply.score,
		    reply.reason ? reply.reason : "");
	if (*row->desk && (!reply.desk || strcmp(reply.desk, row->desk) != 0))
		fail_msg("line %d: desk %s", row->line, reply.desk);
	if (words && *row->comment &&
	    (!reply.comment || strcmp(reply.comment, row->comment) != 0))
		fail_msg("line %d: comment \"%s\"", row->line, reply.comment);
	/* the citizen's words, never ours */
	if (reply.comment && !strstr(text, reply.comment))
		fail_msg("line %d: not of the text", row->line);
	assert_true(!reply.reason == (reply.kind != REPLY_AMBIGUOUS &&
					 reply.kind != REPLY_IGNORE));
	arena_finish(&a);
}

static void
check_row(const struct row *row)
{
	expect(row, row->text, true);
}

static void
test_table(void **state)
{
	(void)state;
	each_row(check_row);
}

/* Signs of an old encoding are known as they are, not decomposed and not as
 * capitals: UTF-8 taken for Latin-1, and TCVN3. */
static bool
old_encoding(const struct row *row)
{
	return strstr(row->text, "h\xC3\x83") || strstr(row->text, "h\xC2\xB5");
}

static void
check_decomposed(const struct row *row)
{
	utf8proc_uint8_t *text =
	    utf8proc_NFD((const utf8proc_uint8_t *)row->text);

	assert_non_null(text);
	if (!old_encoding(row))
		expect(row, (const char *)text, false);
	free(text);
}

static void
check_capitals(const struct row *row)
{
	utf8proc_int32_t c;
	utf8proc_uint8_t bytes[4];
	struct buf text;
	const char *at = row->text;

	buf_init(&text);
	for (; *at;
	     at += utf8proc_iterate((const utf8proc_uint8_t *)at, -1, &c)) {
		utf8proc_iterate((const utf8proc_uint8_t *)at, -1, &c);
		buf_add(&text, bytes,
		    (size_t)utf8proc_encode_char(utf8proc_toupper(c), bytes));
	}
	if (!old_encoding(row))
		expect(row, buf_text(&text), false);
	buf_finish(&text);
}

static void
check_blanks(const struct row *row)
{
	struct buf text;

	buf_init(&text);
	buf_puts(&text, "\r\n \xC2\xA0");
	for (const char *at = row->text; *at; at++)
		buf_puts(&text, *at == ' ' ? " \t\xC2\xA0" : (char[]){*at, 0});
	buf_puts(&text, " \r\n");
	expect(row, buf_text(&text), false);
	buf_finish(&text);
}

static void
check_joiners(const struct row *row)
{
	struct buf text;
	const char *at = row->text;
	utf8proc_int32_t c;

	buf_init(&text);
	while (*at) {
		utf8proc_ssize_t n =
		    utf8proc_iterate((const utf8proc_uint8_t *)at, -1, &c);
		buf_add(&text, at, (size_t)n);
		buf_puts(&text, "\xE2\x80\x8D");
		at += n;
	}
	expect(row, buf_text(&text), false);
	buf_finish(&text);
}

static void
test_other_clothes(void **state)
{
	(void)state;
	each_row(check_decomposed);
	each_row(check_capitals);
	each_row(check_blanks);
	each_row(check_joiners);
}

static void
test_notes(void **state)
{
	static const struct {
		const char *text;
		enum reply_note note;
	} rows[] = {{"SAI SO", REPLY_NOTE_WRONG_PERSON},
	    {"nhầm số rồi bạn ơi", REPLY_NOTE_WRONG_PERSON},
	    {"XX9 5", REPLY_NOTE_UNKNOWN_DESK},
	    {"lh9 rat hai long", REPLY_NOTE_UNKNOWN_DESK},
	    {"LH15", REPLY_NOTE_UNKNOWN_DESK}, {"LH1", REPLY_NOTE_DESK_ONLY},
	    {"LH1 7", REPLY_NOTE_NONE}, {"5", REPLY_NOTE_NONE},
	    {"QL1 đang sửa", REPLY_NOTE_NONE}, {"TC", REPLY_NOTE_NONE}};
	struct arena a;
	struct reply reply;

	(void)state;
	arena_init(&a);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		reply_read(&a, rows[i].text, &desks, &reply);
		if (reply.note != rows[i].note)
			fail_msg("%s: note %d", rows[i].text, reply.note);
	}
	arena_finish(&a);
}

static void
test_without_desks(void **state)
{
	struct arena a;
	struct reply reply;

	(void)state;
	arena_init(&a);
	reply_read(&a, "4 nhung cham", NULL, &reply);
	assert_int_equal(reply.kind, REPLY_SCORE);
	assert_int_equal(reply.score, 4);
	reply_read(&a, "LH1 5", NULL, &reply);
	assert_int_equal(reply.note, REPLY_NOTE_UNKNOWN_DESK);
	arena_finish(&a);
}

static void
test_bad_utf8(void **state)
{
	static const char *const rows[] = {"5 \xff", "\xc3",
	    "r\xe1\xba hai long", "\xed\xa0\x80", "5\xc0\x80"};
	struct arena a;
	struct reply reply;

	(void)state;
	arena_init(&a);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		reply_read(&a, rows[i], &desks, &reply);
		assert_int_equal(reply.kind, REPLY_AMBIGUOUS);
		assert_string_equal(reply.reason, "not UTF-8");
	}
	arena_finish(&a);
}

/* Composed and decomposed, the comment keeps its own bytes. */
static void
test_comment_as_written(void **state)
{
	struct arena a;
	struct reply reply;

	(void)state;
	arena_init(&a);
	reply_read(
	    &a, "4, nhu\xCC\x9Bng CHA\xCC\xA3\xCC\x82m!  ", &desks, &reply);
	assert_int_equal(reply.score, 4);
	assert_string_equal(
	    reply.comment, "nhu\xCC\x9Bng CHA\xCC\xA3\xCC\x82m!");
	reply_read(&a, "5 (qua\xCC\x81 to\xCC\x82\xCC\x81t)", &desks, &reply);
	assert_string_equal(reply.comment, "(qua\xCC\x81 to\xCC\x82\xCC\x81t)");
	arena_finish(&a);
}

static void
test_very_long(void **state)
{
	struct arena a;
	struct reply reply;
	struct buf text;

	(void)state;
	arena_init(&a);
	buf_init(&text);
	buf_puts(&text, "5, ");
	for (int i = 0; i < 100000; i++)
		buf_puts(&text, "ạ");
	buf_puts(&text, " \xff");
	reply_read(&a, buf_text(&text), &desks, &reply);
	assert_int_equal(reply.score, 5);
	assert_true(strlen(reply.comment) <= LIMIT_COMMENT_CHARS * 3);
	buf_clear(&text);
	for (int i = 0; i < 1000; i++)
		buf_puts(&text, "khong ");
	buf_puts(&text, "hai long");
	reply_read(&a, buf_text(&text), &desks, &reply);
	assert_int_equal(reply.kind, REPLY_AMBIGUOUS);
	buf_finish(&text);
	arena_finish(&a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_table),
	    cmocka_unit_test(test_other_clothes),
	    cmocka_unit_test(test_notes),
	    cmocka_unit_test(test_without_desks),
	    cmocka_unit_test(test_bad_utf8),
	    cmocka_unit_test(test_comment_as_written),
	    cmocka_unit_test(test_very_long),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
