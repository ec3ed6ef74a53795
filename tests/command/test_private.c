/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Whatever the umask is: what holds answers, keys or the way into a dossier is
 * for its owner alone, also what an earlier version or a copy left open; what
 * is made to be handed on is not.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "tests/kit/rig.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static struct rig rig;

static const char *
file(const char *name)
{
	static char path[4][400];
	static unsigned next;
	char *out = path[next++ % 4];

	snprintf(out, sizeof(path[0]), "%s/%s", rig.folder, name);
	return out;
}

static unsigned
mode_of(const char *name)
{
	struct stat st;

	if (stat(file(name), &st) != 0)
		fail_msg("%s is not there", name);
	return st.st_mode & 0777;
}

static int
setup(void **state)
{
	char more[200];

	(void)state;
	umask(0);
	rig_make(&rig, "");
	snprintf(more, sizeof(more), "[privacy]\nkey_file = %s\n",
	    file("privacy.key"));
	rig_config(&rig, NULL, more);
	assert_int_equal(rig_run(&rig, "", "init", NULL), 0);
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	umask(0022);
	rig_remove(&rig);
	return 0;
}

/* What the rig writes, and what is handed on. */
static bool
is_open(const char *name)
{
	return strcmp(name, "server.ini") == 0 || strcmp(name, "log") == 0 ||
	       strcmp(name, "poster.svg") == 0;
}

/* Every file that the program made; how many. */
static int
assert_private(void)
{
	DIR *dir = opendir(rig.folder);
	struct dirent *entry;
	struct stat st;
	int n = 0;

	assert_non_null(dir);
	while ((entry = readdir(dir)) != NULL) {
		if (stat(file(entry->d_name), &st) != 0 ||
		    !S_ISREG(st.st_mode) || is_open(entry->d_name))
			continue;
		n++;
		if ((st.st_mode & 0777) != 0600)
			fail_msg("%s: %03o", entry->d_name,
			    (unsigned)st.st_mode & 0777);
	}
	closedir(dir);
	return n;
}

static void
test_made(void **state)
{
	char *token;

	(void)state;
	token = rig_device(&rig, "import", NULL);
	rig_serve(&rig);
	json_decref(
	    post_answers(&rig, token, json_pack("[o]", new_answer(""))));
	assert_status(device_ask(&rig, token, "/api/v1/dossiers",
			  json_pack("{s:[{s:s,s:s,s:s}]}", "dossiers", "code",
			      "H11.35-261102-0001", "unit", "22972",
			      "received_at", "2026-11-02")),
	    200);
	free(token);
	assert_int_equal(
	    rig_run(&rig, "", "link", "--dossier", "H11.35-261102-0001", "-o",
		file("link.svg"), NULL),
	    0);
	assert_int_equal(rig_run(&rig, "", "poster", "--desk", "LH1", "-o",
			     file("poster.svg"), NULL),
	    0);
	assert_int_equal(
	    rig_run(&rig, "", "catalogue", "export", file("catalogue"), NULL),
	    0);
	/* database, log, shared memory, lock, key, link */
	assert_in_range(assert_private(), 6, 12);
	assert_int_equal(mode_of("poster.svg"), 0644);
	assert_int_equal(mode_of("catalogue"), 0755);
	assert_int_equal(mode_of("catalogue/desks.csv"), 0644);
}

/* An earlier version, or cp, left them open. */
static void
test_left_open(void **state)
{
	DIR *dir = opendir(rig.folder);
	struct dirent *entry;

	(void)state;
	assert_non_null(dir);
	while ((entry = readdir(dir)) != NULL)
		if (entry->d_type == DT_REG)
			assert_int_equal(chmod(file(entry->d_name), 0666), 0);
	closedir(dir);
	rig_serve(&rig);
	assert_in_range(assert_private(), 4, 12);
}

int
main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
	static const struct CMUnitTest tests[] = {
	    TEST(test_made),
	    TEST(test_left_open),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
