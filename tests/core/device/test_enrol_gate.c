/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Who may ask to be let in, as a table. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "server/core/device/enrol_gate.h"
#include "shared/limits.h"

#define SECOND 1000LL
#define START  1800000000000LL
#define STEP   (LIMIT_ENROL_MS / LIMIT_ENROL_SOURCE) /* for one more */

/* Keys first to last of a source ask one after the other. */
static const struct {
	const char *what;
	int64_t after; /* ms from the row before */
	uint64_t source, first, last;
	int let_in;
	bool crowded;
} asks[] = {
    {"a few kiosks of one office", 0, 1, 1, 5, 5, false},
    {"they ask again and again", SECOND, 1, 1, 5, 5, false},
    {"as many as may", SECOND, 1, 6, LIMIT_ENROL_SOURCE, LIMIT_ENROL_SOURCE - 5,
	false},
    {"one more a second later", SECOND, 1, 1000, 1000, 0, true},
    {"those that were there go on", 0, 1, 1, LIMIT_ENROL_SOURCE,
	LIMIT_ENROL_SOURCE, true},
    {"a flood", 0, 1, 2000, 3999, 0, true},
    {"the same key from elsewhere", 0, 2, 1000, 1000, 1, true},
    {"another office", 0, 3, 5000, 5004, 5, true},
    {"where the source is not known", 0, 0, 6000, 6999, 1000, true},
    {"in time there is room for one", STEP, 1, 1000, 1001, 1, true},
    {"and for all", LIMIT_ENROL_MS, 1, 1001, 1000 + LIMIT_ENROL_SOURCE,
	LIMIT_ENROL_SOURCE, false},
};

static void
test_gate(void **state)
{
	struct enrol_gate *g = enrol_gate_create();
	int64_t now = START;

	(void)state;
	assert_false(enrol_gate_crowded(g, now));
	for (size_t i = 0; i < sizeof(asks) / sizeof(asks[0]); i++) {
		int let_in = 0;

		now += asks[i].after;
		for (uint64_t k = asks[i].first; k <= asks[i].last; k++)
			let_in +=
			    enrol_gate_wait(g, asks[i].source, k, now) == 0;
		if (let_in != asks[i].let_in ||
		    enrol_gate_crowded(g, now) != asks[i].crowded)
			fail_msg("%s: %d let in", asks[i].what, let_in);
	}
	enrol_gate_destroy(g);
	enrol_gate_destroy(NULL);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_gate)};

	return cmocka_run_group_tests_name("enrol_gate", tests, NULL, NULL);
}
