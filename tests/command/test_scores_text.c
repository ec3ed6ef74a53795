/* SPDX-License-Identifier: GPL-2.0-or-later */
/* scores as a table for a terminal: what a row has, and what it has not. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>
#include "server/command/scores_text.h"
#include "server/core/dossier/dossier_count.h"
#include "server/core/score/tally.h"
#include "shared/buf.h"
#include "tests/core/district.h"

static const struct {
	int64_t valid, satisfied, dossiers; /* 0: none announced */
	const char *line;
} cases[] = {
    {0, 0, 0, "90%       0        -               -  no_data"},
    {10, 9, 0, "90%      10    90.0%   59.5-   98.3%  too_few"},
    /* not the 90.0 that it did not reach */
    {2500, 2249, 0,
	"90%    2500   89.96%   88.7-   91.1%  not_yet_known, below now"},
    /* nothing rounds onto 100 */
    {3000, 2999, 0, "90%    3000   99.97%   99.8- 99.995%  met"},
    /* more answers than dossiers: the interval is that of the answers */
    {10, 9, 8, "90%      10    90.0%   59.5-   98.3%  invalid"},
};

static void
test_lines(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct dossier_count row = {0, "A", "civil", {0}, 0};
		const struct dossier_counts counts = {&row, 1};
		struct said t;
		struct buf out;

		row.n[DOSSIERS_FINISHED] = cases[i].dossiers;
		district_open(&t);
		t.dossiers = &counts;
		if (cases[i].valid > 0)
			say(&t, answer_at("A1", "civil"), cases[i].valid,
			    cases[i].satisfied);
		make_rows(&t, BY_POPULATION, "tthc", NULL);
		buf_init(&out);
		scores_text(&t.rows, &out);
		if (strstr(buf_text(&out), cases[i].line) == NULL)
			fail_msg(
			    "%s\nis not in\n%s", cases[i].line, buf_text(&out));
		buf_finish(&out);
		district_close(&t);
	}
}

/* The same row as CSV has empty cells for what is not there, not "nan". */
static void
test_csv_of_what_is_missing(void **state)
{
	static struct dossier_count row = {0, "A", "civil", {8}, 3};
	static const struct dossier_counts counts = {&row, 1};
	struct said t;
	struct buf out;

	(void)state;
	district_open(&t);
	t.dossiers = &counts;
	say(&t, answer_at("A1", "civil"), 10, 9);
	make_rows(&t, BY_POPULATION, "tthc", NULL);
	buf_init(&out);
	scores_csv(&t.rows, &out);
	assert_non_null(strstr(buf_text(&out),
	    ",90,59.5849973205,98.2123786905,invalid,,,,0,90,0,,\r\n"));
	buf_finish(&out);
	district_close(&t);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_lines),
	    cmocka_unit_test(test_csv_of_what_is_missing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
