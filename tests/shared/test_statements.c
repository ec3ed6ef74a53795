/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Where statements begin and end, and what only looks like a mark. */
#include "shared/statements.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cmocka.h>

static const char sql[] = "-- A head that speaks of \"-- name: first\".\n"
			  "\n"
			  "-- name: first\n"
			  "SELECT 1; -- name: second\n"
			  "-- name: first_again\n"
			  "SELECT 'x';\n"
			  "SELECT 2;\n"
			  "-- name: empty\n"
			  "-- name: second\n"
			  "SELECT 3;";

static void
test_find(void **state)
{
	static const char *const rows[][2] = {
	    {"first", "SELECT 1; -- name: second\n"},
	    {"first_again", "SELECT 'x';\nSELECT 2;\n"}, {"empty", ""},
	    {"second", "SELECT 3;"}};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		char *copy = statement_copy(sql, rows[i][0]);
		size_t bytes;
		const char *text = statement_find(sql, rows[i][0], &bytes);

		assert_string_equal(copy, rows[i][1]);
		assert_int_equal(bytes, strlen(rows[i][1]));
		assert_memory_equal(text, copy, bytes);
		free(copy);
	}
	assert_string_equal(
	    statement_find("-- name: a\nx", "a", &(size_t){0}), "x");
}

/* A name that is not there ends the program. */
static void
test_missing(void **state)
{
	static const char *const names[] = {"fir", "firs", "third", ""};
	int status;

	(void)state;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		pid_t child = fork();

		if (child == 0) {
			size_t bytes;

			close(STDERR_FILENO);
			signal(SIGABRT, SIG_DFL);
			statement_find(sql, names[i], &bytes);
			_exit(0);
		}
		assert_int_equal(waitpid(child, &status, 0), child);
		assert_true(WIFSIGNALED(status));
		assert_int_equal(WTERMSIG(status), SIGABRT);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_find),
	    cmocka_unit_test(test_missing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
