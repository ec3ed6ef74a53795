/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What citizens meant (data/sms-heard.tsv, data/sms-citizens.tsv) against what
 * the reader reads: a confusion matrix of each. A score that was not meant
 * never; to a person at most a twentieth of what a person would understand; a
 * wish to be left alone beside a score ("5+out") is heard.
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

struct tally {
	int rows, counts[WORDS][WORDS]; /* [meant][read] */
	int wrong;                      /* a score that was not meant */
	int sent, clear;                /* to a person, of those clear to one */
};

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
read_as(const char *text, bool *out)
{
	const struct reply_desks desks = {codes};
	struct reply reply;
	struct arena a;

	arena_init(&a);
	reply_read(&a, text, &desks, &reply);
	arena_finish(&a);
	*out = reply.opt_out;
	if (reply.kind == REPLY_SCORE)
		return (size_t)(SCORES - reply.score);
	return reply.kind == REPLY_AMBIGUOUS
		   ? PERSON
		   : index_of(reply_kind_name(reply.kind));
}

/* One row: "5", "4|unclear", "5+out|unclear"; the first is what it most likely
 * means. */
static void
count_row(struct tally *t, const char *text, char *meant)
{
	bool out, right = false, unclear = false;
	size_t read = read_as(text, &out), first = WORDS;
	char *one;

	while ((one = strsep(&meant, "|")) != NULL) {
		char *more = strchr(one, '+');
		size_t word;

		if (more != NULL)
			*more = '\0';
		word = index_of(one);
		first = first == WORDS ? word : first;
		unclear = unclear || word == PERSON;
		if (word != read)
			continue;
		right = true;
		if (out != (more != NULL))
			fail_msg("\"%s\": to be left alone: %d", text, out);
	}
	t->rows++;
	t->counts[first][read]++;
	t->clear += !unclear;
	t->sent += !unclear && read == PERSON;
	if (read < SCORES && !right) {
		t->wrong++;
		print_message("wrong: \"%s\"\n", text);
	}
}

static void
read_table(const char *path, struct tally *t)
{
	struct buf file;
	char *line, *rest;

	buf_init(&file);
	assert_true(buf_read_file(&file, path, 1 << 20));
	rest = file.data;
	while ((line = strsep(&rest, "\n")) != NULL) {
		char *meant = strchr(line, '\t');

		if (meant == NULL || strncmp(line, "# ", 2) == 0)
			continue;
		*meant++ = '\0';
		count_row(t, line, meant);
	}
	buf_finish(&file);
}

static void
print_matrix(const struct tally *t)
{
	print_message("%-9s", "meant");
	for (size_t r = 0; r < WORDS; r++)
		print_message("%9s", r == PERSON ? "a person" : words[r]);
	print_message("\n");
	for (size_t m = 0; m < WORDS; m++) {
		print_message("%-9s", words[m]);
		for (size_t r = 0; r < WORDS; r++)
			print_message("%9d", t->counts[m][r]);
		print_message("\n");
	}
	print_message("%d messages; a wrong score: %d; to a person: %d of %d\n",
	    t->rows, t->wrong, t->sent, t->clear);
}

static void
check_table(const char *path, int rows)
{
	struct tally t = {0};

	read_table(path, &t);
	print_matrix(&t);
	assert_true(t.rows >= rows);
	assert_int_equal(t.wrong, 0);
	assert_true(t.sent * 20 <= t.clear);
}

static void
test_heard(void **state)
{
	(void)state;
	check_table("data/sms-heard.tsv", 400);
}

static void
test_citizens(void **state)
{
	(void)state;
	check_table("data/sms-citizens.tsv", 1000);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_heard), cmocka_unit_test(test_citizens)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
