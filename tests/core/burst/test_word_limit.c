/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What is kept of words without a name: one table of what comes when, and what
 * is said to it; what one key may have, in general. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include "server/core/burst/allowance.h"
#include "server/core/burst/word_limit.h"
#include "shared/limits.h"

#define SECOND 1000LL
#define MINUTE (60 * SECOND)
#define HOUR   (60 * MINUTE)
#define DAY    (24 * HOUR)
#define START  1800000000000LL

static const struct word_limits limits = {10000, 50000};

/* One kind of words, so many times; all of them but the last are taken. */
static const struct {
	const char *what;
	int64_t after; /* ms from the one before */
	uint64_t source;
	const char *desk;
	int64_t bytes; /* with what a row costs */
	int times;
	enum word_verdict last;
	int64_t wait; /* where the last is not taken */
} words[] = {
    {"a source fills its hour", 0, 7, "LH1", 1000, 10, WORDS_TAKEN, 0},
    {"one more is too much", 0, 7, "LH1", 1000, 1, WORDS_SOURCE, 6 * MINUTE},
    {"also of another desk", 0, 7, "PRC1", 1000, 1, WORDS_SOURCE, 6 * MINUTE},
    {"also a short one", 0, 7, "LH1", 101, 1, WORDS_SOURCE, 36360},
    {"of another source it is taken", 0, 8, "LH1", 1000, 1, WORDS_TAKEN, 0},
    {"not yet", 5 * MINUTE, 7, "LH1", 1000, 1, WORDS_SOURCE, MINUTE},
    {"it runs off evenly", MINUTE, 7, "LH1", 1000, 1, WORDS_TAKEN, 0},
    {"and is full again", 0, 7, "LH1", 1000, 1, WORDS_SOURCE, 6 * MINUTE},
    {"a clock that is put back gives nothing", -HOUR, 7, "LH1", 1000, 1,
	WORDS_SOURCE, 6 * MINUTE},
    {"an hour later all of it", 2 * HOUR, 7, "PRC1", 1000, 10, WORDS_TAKEN, 0},
    {"many short ones cost their rows", 0, 9, "PRC1", 101, 99, WORDS_TAKEN, 0},
    {"the hundredth", 0, 9, "PRC1", 102, 1, WORDS_SOURCE, 36 * SECOND + 360},
    {"longer than all, of a source that had none", 0, 10, "TP1", 12000, 1,
	WORDS_TAKEN, 0},
    {"and then nothing", 0, 10, "TP1", 101, 1, WORDS_SOURCE,
	12 * MINUTE + 36360},
    {"where it is not known, the desk's limit", 0, 0, "VH1", 5000, 10,
	WORDS_TAKEN, 0},
    {"which is full", 0, 0, "VH1", 500, 1, WORDS_DESK, 14 * MINUTE + 24000},
    {"for every source", 0, 11, "VH1", 500, 1, WORDS_DESK, 14 * MINUTE + 24000},
    {"which costs that source nothing", 0, 11, "VT1", 1000, 10, WORDS_TAKEN, 0},
    {"other desks are not full", 0, 12, "VT1", 1000, 1, WORDS_TAKEN, 0},
    {"a day later all of it", DAY, 0, "VH1", 5000, 10, WORDS_TAKEN, 0},
};

static void
test_words_limited(void **state)
{
	struct word_limit *w = word_limit_create();
	int64_t now = START, wait;
	enum word_verdict said;

	(void)state;
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		now += words[i].after;
		for (int k = 1; k <= words[i].times; k++) {
			said = word_limit_ask(w, &limits, words[i].source,
			    words[i].desk, words[i].bytes - LIMIT_WORDS_ROW,
			    now, &wait);
			if (said != (k < words[i].times ? WORDS_TAKEN
							: words[i].last) ||
			    wait != (said == WORDS_TAKEN ? 0 : words[i].wait))
				fail_msg("%s, %d: %d, wait %lld", words[i].what,
				    k, (int)said, (long long)wait);
		}
	}
	word_limit_destroy(w);
	word_limit_destroy(NULL);
}

/* A script of one source, 2,000 characters of three bytes each, ten times a
 * second for an hour: what is kept of it, and of whom it does not trouble. */
static void
test_script(void **state)
{
	const struct word_limits usual = {
	    1024 * LIMIT_WORDS_SOURCE, 1024 * LIMIT_WORDS_DESK};
	struct word_limit *w = word_limit_create();
	int64_t kept = 0, wait;

	(void)state;
	for (int64_t at = 0; at < HOUR; at += 100) {
		if (word_limit_ask(w, &usual, 7, "LH1", 6000, START + at,
			&wait) == WORDS_TAKEN)
			kept += 6000;
		if (at % MINUTE == 0) /* a citizen of the same desk */
			assert_int_equal(
			    word_limit_ask(w, &usual, 100 + (uint64_t)at, "LH1",
				300, START + at, &wait),
			    WORDS_TAKEN);
	}
	assert_in_range(kept, usual.source - 6000, 2 * usual.source);
	word_limit_destroy(w);
}

/* More keys than there is room for: the one that takes much is remembered. */
static void
test_many_keys(void **state)
{
	struct allowance *a = allowance_create(1000);
	const struct allowed allowed = {100, HOUR};

	(void)state;
	allowance_take(a, 5, allowed, 100, START);
	for (uint64_t key = 1000; key < 200000; key++)
		allowance_take(a, key * 2654435761u, allowed, 1, START);
	assert_int_equal(allowance_wait(a, 5, allowed, 1, START), 36 * SECOND);
	assert_int_equal(allowance_wait(a, 6, allowed, 100, START), 0);
	/* what has run off is free */
	assert_int_equal(allowance_wait(a, 5, allowed, 100, START + HOUR), 0);
	/* taken without asking: a debt */
	allowance_take(a, 5, allowed, 200, START + HOUR);
	assert_int_equal(
	    allowance_wait(a, 5, allowed, 100, START + HOUR), 2 * HOUR);
	allowance_destroy(a);
	allowance_destroy(NULL);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_words_limited),
	    cmocka_unit_test(test_script),
	    cmocka_unit_test(test_many_keys),
	};

	return cmocka_run_group_tests_name("word_limit", tests, NULL, NULL);
}
