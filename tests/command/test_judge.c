/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * hailong-server judge, the real program: each line of words gives a text (the
 * whole of what it says, or its beginning) and an exit status.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <cmocka.h>
#include <jansson.h>

struct command_case {
	const char *words;
	int status;
	const char *said; /* beginning of standard output and error */
};

static const struct command_case cases[] = {
    {"--satisfied 95 --valid 100", 0,
	"{\"satisfied\":95,\"valid\":100,\"dossiers\":null,\"share\":0.95,"
	"\"wilson\":[0.888249530768,0.978456320846],"
	"\"exact\":[0.887165088895,0.983568120818],\"bounds\":null,"
	"\"n_eff\":100,\"verdict\":\"not_yet_known\",\"more_needed\":39}\n"},
    {"--satisfied 181 --valid 200 --dossiers 1204 --target 85", 0,
	"{\"satisfied\":181,\"valid\":200,\"dossiers\":1204,\"share\":0.905,"
	"\"wilson\":[0.86123023715,0.935990295655],"
	"\"exact\":[0.860465116279,0.93853820598],"
	"\"bounds\":[0.150332225914,0.984219269103],"
	"\"n_eff\":239.641434263,\"verdict\":\"met\",\"more_needed\":0}\n"},
    {"--valid 0 --satisfied 0", 0,
	"{\"satisfied\":0,\"valid\":0,\"dossiers\":null,\"share\":null,"
	"\"wilson\":null,\"exact\":null,\"bounds\":null,\"n_eff\":null,"
	"\"verdict\":\"no_data\",\"more_needed\":30}\n"},
    {"--satisfied 8 --valid 8 --dossiers 7", 0,
	"{\"satisfied\":8,\"valid\":8,\"dossiers\":7,\"share\":1,"
	"\"wilson\":[0.675592435116,1],\"exact\":[0.630583352447,1],"
	"\"bounds\":null,\"n_eff\":8,"
	"\"verdict\":\"invalid\",\"more_needed\":null}\n"},
    {"--satisfied 9 --valid 10 --dossiers 10", 0,
	"{\"satisfied\":9,\"valid\":10,\"dossiers\":10,\"share\":0.9,"
	"\"wilson\":[0.9,0.9],\"exact\":[0.9,0.9],\"bounds\":[0.9,0.9],"
	"\"n_eff\":null,\"verdict\":\"met\",\"more_needed\":0}\n"},
    {"--strata data/judge/strata.csv", 0,
	"{\"satisfied\":58,\"valid\":61,\"dossiers\":169,"
	"\"share\":0.950793765334,"
	"\"wilson\":[0.885705511966,0.979666601157],\"exact\":null,"
	"\"bounds\":[0.343195266272,0.98224852071],\"n_eff\":91.7921582161,"
	"\"verdict\":\"not_yet_known\",\"more_needed\":29,"
	"\"raw_share\":0.950819672131,\"se\":0.022576178947,"
	"\"deff\":1.00204786332,"
	"\"merged\":[[\"a\",\"b \\\"x\\\"\"],[\"c\",\"e\"]]}\n"},
    /* R's survey package, oracle case 1 */
    {"--strata data/judge/strata_columns.csv", 0,
	"{\"satisfied\":91,\"valid\":100,\"dossiers\":1000,\"share\":0.91,"
	"\"wilson\":[0.842524575687,0.950269936419],\"exact\":null,"
	"\"bounds\":[0.091,0.991],\"n_eff\":111.943865277,"
	"\"verdict\":\"not_yet_known\",\"more_needed\":"},
    {"--strata data/judge/strata_invalid.csv", 0,
	"{\"satisfied\":10,\"valid\":10,\"dossiers\":14,\"share\":1,"
	"\"wilson\":null,\"exact\":null,\"bounds\":null,\"n_eff\":null,"
	"\"verdict\":\"invalid\",\"more_needed\":null,\"raw_share\":1,"
	"\"se\":null,\"deff\":null}\n"},
    {"--strata data/judge/strata_none.csv", 0,
	"{\"satisfied\":0,\"valid\":0,\"dossiers\":0,\"share\":null,"
	"\"wilson\":null,\"exact\":null,\"bounds\":null,\"n_eff\":null,"
	"\"verdict\":\"no_data\",\"more_needed\":0,\"raw_share\":null,"
	"\"se\":null,\"deff\":null}\n"},
    {"--clusters data/judge/clusters.csv --target 80", 0,
	"{\"satisfied\":75,\"valid\":79,\"dossiers\":null,"
	"\"share\":0.949367088608,"
	"\"wilson\":[0.808471858695,0.98813558555],\"exact\":null,"
	"\"bounds\":null,\"n_eff\":29.9640907365,\"verdict\":\"met\","
	"\"more_needed\":0,\"se\":0.00982864593529,"
	"\"deff\":0.15675265716,\"reason\":null}\n"},
    {"--clusters data/judge/clusters_one.csv", 0,
	"{\"satisfied\":30,\"valid\":40,\"dossiers\":null,\"share\":0.75,"
	"\"wilson\":null,\"exact\":null,\"bounds\":null,\"n_eff\":null,"
	"\"verdict\":\"too_few\",\"more_needed\":null,\"se\":null,"
	"\"deff\":null,\"reason\":\"clusters\"}\n"},

    /* values that cannot be */
    {"--satisfied 10 --valid 9", 1,
	"hailong-server judge: more satisfied answers (10) than valid ones "
	"(9)\n"},
    {"--satisfied -1 --valid 9", 1,
	"hailong-server judge: --satisfied: \"-1\" is not a whole number"},
    {"--satisfied 1 --valid 9.0", 1,
	"hailong-server judge: --valid: \"9.0\" is not a whole number"},
    {"--satisfied 1 --valid 101,5", 1, "hailong-server judge: --valid: "},
    {"--satisfied 1 --valid ''", 1, "hailong-server judge: --valid: \"\""},
    {"--satisfied 1 --valid 1000000000001", 1,
	"hailong-server judge: --valid: "},
    {"--satisfied 1 --valid 99999999999999999999999", 1,
	"hailong-server judge: --valid: "},
    {"--satisfied 1 --valid 2 --dossiers x", 1,
	"hailong-server judge: --dossiers: "},
    {"--satisfied 1 --valid 2 --target 100", 1,
	"hailong-server judge: --target: \"100\" is not a percentage"},
    {"--satisfied 1 --valid 2 --target 0", 1, "hailong-server judge: --tar"},
    {"--satisfied 1 --valid 2 --target 90,5", 1, "hailong-server judge: --ta"},
    {"--satisfied 1 --valid 2 --target 90.00001", 1,
	"hailong-server judge: --target: "},
    {"--strata data/judge/nothing.csv", 1,
	"hailong-server judge: data/judge/nothing.csv: No such file"},
    {"--clusters data/judge/clusters_twice.csv", 1,
	"hailong-server judge: data/judge/clusters_twice.csv: line 4: \"LH1\" "
	"stands in line 2 already\n"},
    {"--strata data/judge/strata_twice.csv", 1,
	"hailong-server judge: data/judge/strata_twice.csv: line 3: \"Xã An\" "
	"stands in line 2 already\n"},
    {"--strata data/judge/clusters.csv", 1,
	"hailong-server judge: data/judge/clusters.csv: unknown column "
	"\"cluster\"\n"},
    {"--strata data/judge/strata_bad.csv", 1,
	"hailong-server judge: data/judge/strata_bad.csv: line 3: more "
	"satisfied answers (6) than valid ones (5)\n"},
    {"--strata data/judge/strata_number.csv", 1,
	"hailong-server judge: data/judge/strata_number.csv: line 3: valid: "
	"\"5,5\" is not a whole number"},
    {"--strata data/judge/strata_sum.csv", 1,
	"hailong-server judge: data/judge/strata_sum.csv: line 3: dossiers: "
	"adds up to more than 1000000000000\n"},

    /* wrong usage */
    {"", 2, "hailong-server judge: give --satisfied and --valid"},
    {"--satisfied 1", 2, "hailong-server judge: give --satisfied and"},
    {"--dossiers 1 --target 90", 2, "hailong-server judge: give --satis"},
    {"--satisfied 1 --valid 2 --strata x", 2, "hailong-server judge: give"},
    {"--clusters x --strata x", 2, "hailong-server judge: give --satisfied"},
    {"--satisfied 1 --valid", 2, "hailong-server judge: --valid needs a"},
    {"--satisfied 1 --valid 2 --why", 2, "hailong-server judge: unknown opt"},
    {"--satisfied 1 --valid 2 3", 2, "hailong-server judge: "},
};

/* Runs the command; what it says on both streams goes to out. */
static int
run(const char *words, char *out, size_t size)
{
	char line[400];
	size_t n;
	FILE *pipe;

	snprintf(line, sizeof(line),
	    "\"$HAILONG_BIN\"/hailong-server judge %s "
	    "2>&1",
	    words);
	pipe = popen(line, "r");
	assert_non_null(pipe);
	n = fread(out, 1, size - 1, pipe);
	out[n] = '\0';
	return WEXITSTATUS(pclose(pipe));
}

static void
test_words(void **state)
{
	char said[4000];

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		const struct command_case *c = &cases[i];
		int status = run(c->words, said, sizeof(said));
		size_t lines = 0;

		if (status != c->status ||
		    strncmp(said, c->said, strlen(c->said)) != 0)
			fail_msg("judge %s: status %d, said %s", c->words,
			    status, said);
		for (const char *p = said; *p; p++)
			lines += *p == '\n';
		assert_int_equal(lines, 1);
		if (status == 0) {
			json_t *json = json_loads(said, 0, NULL);

			assert_non_null(json);
			json_decref(json);
		}
	}
}

/* The vectors of the rules: x, n, N (-1 unknown), t, verdict, more (-1 null).
 */
static void
test_vectors(void **state)
{
	static const struct {
		int x, n, dossiers, target;
		const char *verdict;
		int more;
	} vectors[] = {
	    {95, 100, -1, 90, "not_yet_known", 39},
	    {91, 100, -1, 90, "not_yet_known", 3358},
	    {91, 100, 1000, 90, "not_yet_known", 676},
	    {90, 100, 400, 90, "not_yet_known", 300},
	    {27, 30, -1, 90, "not_yet_known", -1},
	    {30, 30, -1, 90, "not_yet_known", 5},
	    {366, 400, -1, 90, "not_yet_known", 1137},
	    {9, 10, -1, 85, "too_few", 186},
	    {19, 20, 25, 90, "too_few", 5},
	    {12, 12, 20, 90, "too_few", 8},
	    {25, 30, 31, 85, "not_met", 0},
	    {29, 29, 30, 90, "met", 0},
	    {9, 10, 10, 90, "met", 0},
	    {8, 9, 8, 90, "invalid", -1},
	    {0, 0, -1, 90, "no_data", 30},
	    {0, 0, 12, 90, "no_data", 12},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(vectors) / sizeof(*vectors); i++) {
		char words[200], dossiers[40] = "", said[1000], want[100];
		char number[20];
		int more = vectors[i].more;

		if (vectors[i].dossiers >= 0)
			snprintf(dossiers, sizeof(dossiers), "--dossiers %d",
			    vectors[i].dossiers);
		snprintf(words, sizeof(words),
		    "--satisfied %d --valid %d %s --target %d", vectors[i].x,
		    vectors[i].n, dossiers, vectors[i].target);
		snprintf(number, sizeof(number), "%d", more);
		snprintf(want, sizeof(want),
		    "\"verdict\":\"%s\",\"more_needed\":%s}\n",
		    vectors[i].verdict, more < 0 ? "null" : number);
		assert_int_equal(run(words, said, sizeof(said)), 0);
		if (!strstr(said, want))
			fail_msg("judge %s: %s", words, said);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_words),
	    cmocka_unit_test(test_vectors),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
