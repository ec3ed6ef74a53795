/* SPDX-License-Identifier: GPL-2.0-or-later */
/* hailong-server replies, the real program: lines in, lines out. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <cmocka.h>

struct line {
	const char *in, *out;
};

static const struct line lines[] = {
    {"4 nhưng chậm", "{\"kind\":\"score\",\"score\":4,"
		     "\"comment\":\"nhưng chậm\"}"},
    {"5", "{\"kind\":\"score\",\"score\":5}"},
    {"5\\r", "{\"kind\":\"score\",\"score\":5}"},
    {"LH1 5 cam on", "{\"kind\":\"score\",\"score\":5,"
		     "\"comment\":\"cam on\",\"desk\":\"LH1\"}"},
    {"tp1 rat hai long", "{\"kind\":\"score\",\"score\":5,"
			 "\"desk\":\"TP1\"}"},
    {"TC", "{\"kind\":\"opt_out\"}"}, {"DK", "{\"kind\":\"opt_in\"}"},
    {"?", "{\"kind\":\"help\"}"},
    {"gặp chị \"Nam\" /1\\\\2", "{\"kind\":\"comment\","
				"\"comment\":\"gặp chị \\\"Nam\\\" "
				"/1\\\\2\"}"},
    {"VT1 cảm ơn", "{\"kind\":\"comment\",\"comment\":\"cảm ơn\","
		   "\"desk\":\"VT1\"}"},
    {"4/5", "{\"kind\":\"ambiguous\","
	    "\"reason\":\"a fraction, a date or a range\"}"},
    {"BT1", "{\"kind\":\"ambiguous\",\"reason\":\"no score\","
	    "\"desk\":\"BT1\"}"},
    {"XX9 5", "{\"kind\":\"ambiguous\","
	      "\"reason\":\"unknown desk code\"}"},
    {"5 \\377", "{\"kind\":\"ambiguous\",\"reason\":\"not UTF-8\"}"},
    {"5, a\\000b", "{\"kind\":\"score\",\"score\":5,\"comment\":\"a b\"}"},
    {"", "{\"kind\":\"ignore\",\"reason\":\"empty\"}"},
    {"SAI SO", "{\"kind\":\"ignore\",\"reason\":\"wrong person\"}"}};

#define LINES (sizeof(lines) / sizeof(lines[0]))

/* The program under test. */
static const char *
program(void)
{
	const char *folder = getenv("HAILONG_BIN");
	static char path[4096];

	snprintf(path, sizeof(path), "%s/hailong-server",
	    folder ? folder : "../build/bin");
	return path;
}

/* Runs printf INPUT | replies and reads all it says. */
static int
run(const char *input, const char *words, char *said, size_t room)
{
	char command[16384];
	size_t n;
	FILE *pipe;

	setenv("INPUT", input, 1);
	snprintf(command, sizeof(command),
	    "printf \"$INPUT\" | '%s' replies %s 2>&1", program(), words);
	pipe = popen(command, "r");
	assert_non_null(pipe);
	n = fread(said, 1, room - 1, pipe);
	said[n] = '\0';
	return WEXITSTATUS(pclose(pipe));
}

static void
test_lines(void **state)
{
	char input[8192] = "", said[8192], *rest = said, *line;

	(void)state;
	for (size_t i = 0; i < LINES; i++) {
		strcat(input, lines[i].in);
		strcat(input, "\\n");
	}
	assert_int_equal(run(input, "", said, sizeof(said)), 0);
	for (size_t i = 0; i < LINES; i++) {
		line = strsep(&rest, "\n");
		assert_non_null(line);
		assert_string_equal(line, lines[i].out);
	}
	assert_string_equal(rest, "");
}

static void
test_no_last_newline(void **state)
{
	char said[256];

	(void)state;
	assert_int_equal(run("ok", "", said, sizeof(said)), 0);
	assert_string_equal(said, "{\"kind\":\"score\",\"score\":4}\n");
	assert_int_equal(run("", "", said, sizeof(said)), 0);
	assert_string_equal(said, "");
}

static void
test_wrong_use(void **state)
{
	char said[256];

	(void)state;
	assert_int_equal(run("", "5", said, sizeof(said)), 2);
	assert_int_equal(run("", "> /dev/full", said, sizeof(said)), 0);
	assert_int_equal(run("5\\n", "> /dev/full", said, sizeof(said)), 1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_lines),
	    cmocka_unit_test(test_no_last_newline),
	    cmocka_unit_test(test_wrong_use),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
