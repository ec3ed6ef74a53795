/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What may happen to the files of an open database, and what is said of it.
 * The files here are no databases: only their names, places and sizes count. */
#include "shared/same_file.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

static char folder[64];

/* A shell's line in the folder. */
static void
deed(const char *line)
{
	char command[400];

	snprintf(command, sizeof(command), "cd %s && %s", folder, line);
	assert_int_equal(system(command), 0);
}

static int
setup(void **state)
{
	(void)state;
	strcpy(folder, "/tmp/hailong-same-XXXXXX");
	if (mkdtemp(folder) == NULL)
		return -1;
	deed("mkdir d && cd d && echo content > db && ln -s db link && "
	     "echo log > db-wal && echo index > db-shm && echo copy > other");
	return 0;
}

static int
teardown(void **state)
{
	char command[100];

	(void)state;
	snprintf(command, sizeof(command), "rm -rf %s", folder);
	return system(command);
}

static const struct {
	const char *name; /* as the settings have it */
	const char *deed;
	const char *says; /* NULL: all is well */
} cases[] = {
    {"db", "true", NULL},
    {"link", "true", NULL},
    {"db", "rm d/db", "removed or moved"},
    {"db", "mv d/db d/old", "removed or moved"},
    {"db", "mv d elsewhere", "removed or moved"},
    {"db", "rm -r d", "removed or moved"},
    {"db", "mv d e && mkdir d && cp e/db d/", "replaced"},
    {"db", "mv d/other d/db", "replaced"},
    {"db", "cp d/db x && mv x d/db", "replaced"},
    {"db", "touch x && mv x d/db", "replaced"},
    {"db", "mkdir x && rm d/db && mv x d/db", "replaced"},
    {"db", "rm d/db && ln -s other d/db", "replaced"},
    {"db", "rm d/db && ln -s nothing d/db", "removed or moved"},
    {"link", "rm d/link", "removed or moved"},
    {"link", "ln -sf other d/link", "replaced"},
    {"link", "mv d/db d/real", "removed or moved"},
    {"link", "mv d/db d/real && ln -sf real d/link", "removed or moved"},
    {"db", "rm d/db-wal", "log (-wal, -shm) was removed"},
    {"db", "mv d/db-shm x", "log (-wal, -shm) was removed"},
    {"link", "rm d/db-wal", "log (-wal, -shm) was removed"},
    {"db", "cp d/db-wal x && mv x d/db-wal", "in place of the database's log"},
    {"db", "cp d/db-shm x && mv x d/db-shm", "in place of the database's log"},
    {"db", "ln d/db d/second", "second name"},
    {"db", ": > d/db", "became smaller"},
    {"db", "cp /dev/null d/db", "became smaller"},
    {"db", "cp d/other d/db", "became smaller"},
    {"db", "truncate -s 3 d/db", "became smaller"},
    /* no harm */
    {"db", "echo more >> d/db", NULL},
    {"db", "truncate -s 0 d/db-wal", NULL}, /* it begins anew */
    {"db", "chmod 0600 d/db && touch d/db", NULL},
    {"db", "mv d/db x && mv x d/db", NULL}, /* it is back */
    {"db", "ln d/db x && rm x", NULL},
    {"db", "mv d e && mv e d", NULL},
};

static void
test_deeds(void **state)
{
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct same_file w;
		const char *says;
		char path[100];

		assert_int_equal(setup(state), 0);
		snprintf(path, sizeof(path), "%s/d/%s", folder, cases[i].name);
		same_file_begin(&w, path);
		assert_null(same_file_look(&w));
		deed(cases[i].deed);
		says = same_file_look(&w);
		if ((says == NULL) != (cases[i].says == NULL) ||
		    (says != NULL && strstr(says, cases[i].says) == NULL))
			fail_msg("%s, %s: %s", cases[i].name, cases[i].deed,
			    says == NULL ? "nothing" : says);
		same_file_finish(&w);
		assert_int_equal(teardown(state), 0);
	}
}

/* Written over in place and grown again: that is not forgotten. */
static void
test_written_over(void **state)
{
	struct same_file w;
	char path[100];

	assert_int_equal(setup(state), 0);
	snprintf(path, sizeof(path), "%s/d/db", folder);
	same_file_begin(&w, path);
	deed(": > d/db");
	assert_non_null(same_file_look(&w));
	deed("echo much more content > d/db");
	assert_non_null(same_file_look(&w));
	same_file_finish(&w);
	assert_int_equal(teardown(state), 0);
}

/* The log is noted when it is seen first. */
static void
test_log_comes_later(void **state)
{
	struct same_file w;
	char path[100];

	assert_int_equal(setup(state), 0);
	deed("mv d/db-wal x");
	snprintf(path, sizeof(path), "%s/d/db", folder);
	same_file_begin(&w, path);
	assert_null(same_file_look(&w));
	deed("mv x d/db-wal");
	assert_null(same_file_look(&w));
	deed("rm d/db-wal");
	assert_non_null(same_file_look(&w));
	same_file_finish(&w);
	assert_int_equal(teardown(state), 0);
}

static void
test_not_watched(void **state)
{
	static const char *const paths[] = {
	    "/nonexistent/db", ":memory:", "", "/dev/null", "/tmp"};
	struct same_file w;

	(void)state;
	for (size_t i = 0; i < sizeof(paths) / sizeof(paths[0]); i++) {
		same_file_begin(&w, paths[i]);
		assert_null(same_file_look(&w));
		same_file_finish(&w);
	}
	memset(&w, 0, sizeof(w));
	same_file_finish(&w);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_deeds),
	    cmocka_unit_test(test_written_over),
	    cmocka_unit_test(test_log_comes_later),
	    cmocka_unit_test(test_not_watched),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
