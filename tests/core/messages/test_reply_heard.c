/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What citizens meant (data/sms-heard.tsv) against what the reader reads: a
 * confusion matrix. A score that nobody meant never; to a person at most a
 * tenth of what a person would understand.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "server/core/messages/reply.h"

#include <stdio.h>
#include <string.h>
#include "shared/buf.h"

static const char *const codes[] = {"TP1", "TPD1", "TPX1", "TPT1", "LH1",
    "PRC1", "PD1", "PP1", "VH1", "VT1", "PL1", "PT1", "HM1", "CC1", "BT1",
    NULL};

/* What may be meant, and read. "unclear": a person must read it. */
static const char *const words[] = {"5", "4", "3", "2", "1", "comment",
    "opt_out", "opt_in", "help", "ignore", "unclear"};

#define WORDS  (sizeof(words) / sizeof(words[0]))
#define SCORES 5
#define PERSON (WORDS - 1)

static int counts[WORDS][WORDS]; /* [meant][read] */

static size_t
index_of(const char *word)
{
	for (size_t i = 0; i < WORDS; i++)
		if (strcmp(words[i], word) == 0)
			return i;
	fail_msg("what is \"%s\"?", word);
	return 0;
}

static size_t
read_as(const char *text)
{
	const struct reply_desks desks = {codes};
	struct reply reply;
	struct arena a;

	arena_init(&a);
	reply_read(&a, text, &desks, &reply);
	arena_finish(&a);
	if (reply.kind == REPLY_SCORE)
		return (size_t)(SCORES - reply.score);
	return reply.kind == REPLY_AMBIGUOUS
		   ? PERSON
		   : index_of(reply_kind_name(reply.kind));
}

static int
read_table(void)
{
	struct buf file;
	char *line, *rest;
	int rows = 0;

	buf_init(&file);
	assert_true(buf_read_file(&file, "data/sms-heard.tsv", 1 << 20));
	rest = file.data;
	while ((line = strsep(&rest, "\n")) != NULL) {
		char *meant = strchr(line, '\t');

		if (meant == NULL || strncmp(line, "# ", 2) == 0)
			continue;
		*meant++ = '\0';
		counts[index_of(meant)][read_as(line)]++;
		rows++;
	}
	buf_finish(&file);
	return rows;
}

static void
print_matrix(void)
{
	print_message("%-9s", "meant");
	for (size_t r = 0; r < WORDS; r++)
		print_message("%9s", r == PERSON ? "a person" : words[r]);
	print_message("\n");
	for (size_t m = 0; m < WORDS; m++) {
		print_message("%-9s", words[m]);
		for (size_t r = 0; r < WORDS; r++)
			print_message("%9d", counts[m][r]);
		print_message("\n");
	}
}

static void
test_matrix(void **state)
{
	int rows = read_table(), wrong = 0, sent = 0, clear = 0;

	(void)state;
	for (size_t m = 0; m < WORDS; m++)
		for (size_t r = 0; r < WORDS; r++) {
			wrong += r < SCORES && r != m ? counts[m][r] : 0;
			sent += m != PERSON && r == PERSON ? counts[m][r] : 0;
			clear += m != PERSON ? counts[m][r] : 0;
		}
	print_matrix();
	print_message("%d messages; a wrong score: %d; to a person: %d of %d\n",
	    rows, wrong, sent, clear);
	assert_true(rows >= 400);
	assert_int_equal(wrong, 0);
	assert_true(sent * 10 <= clear);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_matrix)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
