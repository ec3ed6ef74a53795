/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a person is proposed for texts that the reader leaves to them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "server/core/messages/suggest.h"

static const char *const codes[] = {"LH1", "PRC1", NULL};
static const struct reply_desks desks = {codes};

static const struct {
	const char *text;
	int score;
} cases[] = {
    {"rat hai long, 2 can bo chi 5 giay to?", 5},
    {"LH1 rat hai long. 5 ngay moi xong", 5},
    {"hai long nhung 5 ngay chua co ket qua", 4},
    {"5, khong hai long", 0}, /* they contradict each other */
    {"4/5", 0},
    {"gap chi Nam", 0},
    {"", 0},
    {",,,", 0},
    {"?\n4", 4},
    {"\xff\xfe", 0},
};

static void
test_cases(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct arena a;
		int score;

		arena_init(&a);
		score = suggest_score(&a, cases[i].text, &desks);
		if (score != cases[i].score)
			fail_msg("\"%s\": %d", cases[i].text, score);
		arena_finish(&a);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_cases)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
