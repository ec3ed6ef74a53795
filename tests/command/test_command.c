/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The administrators' commands of the real program: what is wrong usage (2),
 * what is refused (1) and in which words, and that no secret comes in or goes
 * out where others can read it.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "tests/kit/rig.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define WORDS 8

static struct rig rig;

static int
setup(void **state)
{
	(void)state;
	rig_make(&rig, "");
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	rig_remove(&rig);
	return 0;
}

static int
run(const char *input, const char *const *w)
{
	/* a NULL ends the words earlier */
	return rig_run(
	    &rig, input, w[0], w[1], w[2], w[3], w[4], w[5], w[6], w[7], NULL);
}

struct usage {
	const char *words[WORDS];
	int status;
	const char *says; /* somewhere in the output; NULL: anything */
};

static void
check_usage(const struct usage *rows, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		int status = run("", rows[i].words);

		if (status != rows[i].status ||
		    (rows[i].says != NULL &&
			strstr(rig.said, rows[i].says) == NULL))
			fail_msg("%s %s %s: status %d, %s", rows[i].words[0],
			    rows[i].words[1], rows[i].words[2], status,
			    rig.said);
	}
}

/* ----------------------------------------------------------------- statuses */

static const struct usage usages[] = {
    {{"--help"}, 0, "usage:"},
    {{"--version"}, 0, "hailong-server 0."},
    {{"scores", "--help"}, 0, "usage:"},
    {{NULL}, 2, "usage:"},
    {{"nonsense"}, 2, "unknown command nonsense"},
    {{"check", "--config"}, 2, "usage:"},
    {{"check"}, 0, "ok: 0 answers"},
    {{"check", "now"}, 2, "too many words: now"},
    {{"serve", "--port", "80"}, 2, "unknown option --port"},
    {{"init"}, 0, "15 desks"},
    {{"init", "--catalogue"}, 2, "--catalogue needs a value"},
    {{"init", "--catalogue", "/nonexistent"}, 1, "tuy-phong-2025"},
    {{"init", "--catalogue", "tuy-phong-2021"}, 1, "tuy-phong-2025"},
    {{"init", "--catalogue", "tuy-phong-2022"}, 0, "15 desks"},
    {{"init", "now"}, 2, NULL},
    {{"scores"}, 2, "--period is missing"},
    {{"scores", "--period", "2026-Q3"}, 0, "tthc-land"},
    {{"scores", "--period", "2026-Q5"}, 1, "2026-Q3"},
    {{"scores", "--period", "2026", "--by", "hour"}, 1, "by: one of"},
    {{"scores", "--period", "2026", "--unit", "XX"}, 1, "no such unit"},
    {{"scores", "--period", "2026", "--population", "all"}, 1, "tthc"},
    {{"scores", "--period", "2026", "--format", "xml"}, 2, "--format"},
    {{"scores", "--period", "2026", "--format", "csv"}, 0, "name,population"},
    {{"device"}, 2, "device add"},
    {{"device", "list"}, 0, NULL},
    {{"device", "lsit"}, 2, "device add"},
    {{"device", "add"}, 2, "--kind is missing"},
    {{"device", "add", "--kind", "robot"}, 1, "kiosk, sms, import, viewer"},
    {{"device", "add", "--kind", "kiosk"}, 1, "a kiosk needs --desk"},
    {{"device", "add", "--kind", "kiosk", "--desk", "X"}, 1, "no such desk: X"},
    {{"device", "add", "--kind", "sms", "--desk", "LH1"}, 1, "other devices"},
    {{"device", "revoke"}, 2, NULL},
    {{"device", "revoke", "nobody"}, 1, "no such device"},
    {{"user"}, 2, "user add"},
    {{"user", "list"}, 0, NULL},
    {{"user", "add"}, 2, NULL},
    {{"user", "add", "lan"}, 2, "--role is missing"},
    {{"user", "add", "lan", "--role", "king"}, 1, "--role: one of"},
    {{"user", "add", "lan lan", "--role", "viewer"}, 1, "a login has"},
    {{"user", "add", "lan", "--role", "viewer", "--unit", "X"}, 1,
	"no such unit: X"},
    {{"user", "add", "lan", "--role", "viewer"}, 1, "standard input"},
    {{"user", "disable"}, 2, NULL},
    {{"user", "disable", "nobody"}, 1, "no such user"},
    {{"sample"}, 2, NULL},
    {{"sample", "--answers", "10"}, 2, NULL},
    {{"sample", "--answers", "-1", "--days", "3"}, 1, NULL},
    {{"sample", "--answers", "0", "--days", "3"}, 1, NULL},
    {{"sample", "--answers", "1e3", "--days", "3"}, 1, NULL},
    {{"poster"}, 2, NULL},
    {{"poster", "--desk", "LH1", "-o", "x.gif"}, 2, ".svg"},
    {{"poster", "--desk", "XX", "-o", "x.svg"}, 1, "no such desk: XX"},
    {{"poster", "--desk", "LH1", "-o", "/nonexistent/x.svg"}, 1, NULL},
};

static void
test_statuses(void **state)
{
	(void)state;
	check_usage(usages, sizeof(usages) / sizeof(usages[0]));
}

/* Without a database everything but init says to run it. */
static void
test_without_a_database(void **state)
{
	static const struct usage commands[] = {
	    {{"check"}, 1, "init first"},
	    {{"scores", "--period", "2026"}, 1, "init first"},
	    {{"device", "list"}, 1, "init first"},
	    {{"user", "list"}, 1, "init first"},
	    {{"sample", "--remove"}, 1, "init first"},
	    {{"serve"}, 1, "cannot start"},
	    {{"init"}, 0, "is ready"},
	    {{"check"}, 0, "ok: 0 answers"},
	};
	char path[100];

	(void)state;
	snprintf(path, sizeof(path), "%s/db", rig.folder);
	assert_int_equal(unlink(path), 0);
	check_usage(commands, sizeof(commands) / sizeof(commands[0]));
}

static void
test_init_again(void **state)
{
	char key[100];

	(void)state;
	snprintf(key, sizeof(key), "%s",
	    rig_sql(&rig, "SELECT value FROM meta WHERE key = 'sms_key'"));
	assert_int_equal(strlen(key), 43);
	assert_int_equal(rig_run(&rig, "", "init", NULL), 0);
	assert_string_equal(
	    rig_sql(&rig, "SELECT value FROM meta WHERE key = 'sms_key'"), key);
	assert_null(strstr(rig.said, key));
}

/* ------------------------------------------------------------------ secrets */

/* No option takes a secret; a secret as a word is wrong usage. */
static void
test_no_secret_on_the_command_line(void **state)
{
	static const struct usage commands[] = {
	    {{"user", "add", "lan", "--role", "viewer", "--password",
		 "ba con meo den"},
		2, "unknown option --password"},
	    {{"user", "add", "lan", "ba con meo den", "--role", "viewer"}, 2,
		"too many words"},
	    {{"user", "password", "lan", "ba con meo den"}, 2,
		"too many words"},
	    {{"device", "add", "--kind", "sms", "--token", "secret"}, 2,
		"unknown option --token"},
	    {{"serve", "--token", "secret"}, 2, "unknown option"},
	};

	(void)state;
	check_usage(commands, sizeof(commands) / sizeof(commands[0]));
	assert_string_equal(rig_sql(&rig, "SELECT count(*) FROM staff"), "0");
}

static char *
repeat(const char *text, size_t n)
{
	char *all = calloc(n, strlen(text) + 1);

	for (size_t i = 0; i < n; i++)
		strcat(all, text);
	return all;
}

static void
test_passwords(void **state)
{
	static const struct {
		const char *text;
		size_t times;
		const char *end;
		int status;
	} passwords[] = {
	    {"", 1, "", 1},
	    {"", 1, "\n", 1},
	    {"a", 9, "\n", 1},
	    {"ạ", 9, "\n", 1}, /* characters count, not bytes */
	    {"ạ", 10, "\n", 0},
	    {"a", 10, "", 0},
	    {"a", 200, "\r\n", 0},
	    {"ạ", 200, "\n", 0},
	    {"a", 201, "\n", 1},
	    {"a", 5000, "\n", 1},
	    {"\xff", 12, "\n", 1},
	    {"\a", 12, "\n", 1},
	    {"12345678", 1, "\n90\n", 1}, /* the first line only */
	    {"1234567890", 1, "\nmore\n", 0},
	};
	char login[20], input[6000];

	(void)state;
	for (size_t i = 0; i < sizeof(passwords) / sizeof(passwords[0]); i++) {
		char *text = repeat(passwords[i].text, passwords[i].times);

		snprintf(login, sizeof(login), "user%zu", i);
		snprintf(input, sizeof(input), "%s%s", text, passwords[i].end);
		if (rig_run(&rig, input, "user", "add", login, "--role",
			"viewer", NULL) != passwords[i].status)
			fail_msg("password %zu: %s", i, rig.said);
		if (text[0] != '\0')
			assert_null(strstr(rig.said, text));
		free(text);
	}
	assert_string_equal(rig_sql(&rig, "SELECT count(*) FROM staff"), "5");
	assert_string_equal(
	    rig_sql(&rig, "SELECT count(*) FROM staff WHERE password LIKE "
			  "'$argon2id$%'"),
	    "5");
	assert_int_equal(rig_run(&rig, "", "user", "list", NULL), 0);
	assert_non_null(strstr(rig.said, "user4"));
	assert_null(strstr(rig.said, "argon2"));
}

static void
test_a_user_twice(void **state)
{
	(void)state;
	assert_int_equal(rig_run(&rig, "mot hai ba bon", "user", "add", "mai",
			     "--role", "viewer", NULL),
	    0);
	assert_int_equal(rig_run(&rig, "nam sau bay tam", "user", "add", "mai",
			     "--role", "admin", NULL),
	    1);
	assert_non_null(strstr(rig.said, "mai exists already"));
	assert_string_equal(
	    rig_sql(&rig, "SELECT role FROM staff WHERE login = 'mai'"),
	    "viewer");
	assert_int_equal(
	    rig_run(&rig, "short", "user", "password", "mai", NULL), 1);
	assert_int_equal(rig_run(&rig, "nam sau bay tam", "user", "password",
			     "nobody", NULL),
	    1);
	assert_int_equal(rig_run(&rig, "", "user", "disable", "mai", NULL), 0);
	assert_int_equal(rig_run(&rig, "", "user", "disable", "mai", NULL), 1);
}

static int
mode_of(const char *path)
{
	struct stat st;

	assert_int_equal(stat(path, &st), 0);
	return st.st_mode & 0777;
}

/* The database is for one user, whatever the umask, and also where an earlier
 * version had left it open. */
static void
test_files_are_private(void **state)
{
	static const mode_t umasks[] = {0, 022, 027, 077};
	mode_t former = umask(0);
	char path[100];

	(void)state;
	for (size_t i = 0; i < sizeof(umasks) / sizeof(umasks[0]); i++) {
		struct rig other;

		umask(umasks[i]);
		rig_make(&other, "");
		snprintf(path, sizeof(path), "%s/db", other.folder);
		assert_int_equal(mode_of(path), 0600);
		chmod(path, 0644);
		assert_int_equal(rig_run(&other, "", "user", "list", NULL), 0);
		assert_int_equal(mode_of(path), 0600);
		rig_remove(&other);
	}
	umask(former);
}

/* A token is shown once; only its hash is kept. */
static void
test_token_is_shown_once(void **state)
{
	char *token = rig_device(&rig, "import", NULL);
	char path[100];
	FILE *f;
	char *file = calloc(1, 1 << 22);
	size_t n;

	(void)state;
	assert_int_equal(strlen(token), 43);
	assert_int_equal(rig_run(&rig, "", "device", "list", NULL), 0);
	assert_non_null(strstr(rig.said, "import-"));
	assert_null(strstr(rig.said, token));
	snprintf(path, sizeof(path), "%s/db", rig.folder);
	f = fopen(path, "r");
	assert_non_null(f);
	n = fread(file, 1, 1 << 22, f);
	fclose(f);
	assert_non_null(memmem(file, n, "import-", 7));
	assert_null(memmem(file, n, token, strlen(token)));
	free(file);
	free(token);
}

/* ----------------------------------------------------------------- settings */

static void
test_settings(void **state)
{
	static const struct {
		const char *more, *says;
	} bad[] = {
	    {"[server]\nlistn = x\n", "server.ini:7: [server] listn"},
	    {"[sever]\nlisten = x\n", "server.ini:6: [sever]"},
	    {"[limits]\n\nconnections = many\n",
		"server.ini:8: [limits] connections"},
	    {"[limits]\nconnections = 7\n",
		"server.ini:7: [limits] connections"},
	    {"[server]\nbehind_proxy = perhaps\n",
		"server.ini:7: [server] behind_proxy"},
	    {"[sms]\nagency = A name of more than 22 letters\n",
		"server.ini:7: [sms] agency"},
	    {"[server]\ntime_zone = Asia/Hanoi2\n", "time_zone"},
	    {"nonsense\n", "server.ini:6"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		rig_config(&rig, NULL, bad[i].more);
		assert_int_equal(rig_run(&rig, "", "check", NULL), 1);
		if (strstr(rig.said, bad[i].says) == NULL)
			fail_msg("%s: %s", bad[i].more, rig.said);
	}
	assert_int_equal(unlink(rig.config), 0);
	assert_int_equal(rig_run(&rig, "", "check", NULL), 1);
	assert_non_null(strstr(rig.said, "server.ini"));
	/* these need no settings at all */
	assert_int_equal(rig_run(&rig, "5\n", "replies", NULL), 0);
	assert_int_equal(rig_run(&rig, "", "judge", "--satisfied", "9",
			     "--valid", "10", NULL),
	    0);
}

/* --------------------------------------------------------- sample and check */

static void
change_database(const char *sql)
{
	char path[100];
	sqlite3 *db;

	snprintf(path, sizeof(path), "%s/db", rig.folder);
	assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
	assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
	sqlite3_close(db);
}

static void
test_check_names_differences(void **state)
{
	static const struct {
		const char *sql, *says, *back;
	} changes[] = {
	    {"CREATE TABLE kept AS SELECT * FROM tally; DELETE FROM tally "
	     "WHERE criterion = 'overall' AND desk = 'LH1'",
		"LH1",
		"DELETE FROM tally; INSERT INTO tally SELECT * FROM kept; "
		"DROP TABLE kept"},
	    {"UPDATE tally SET aside = aside + 1 WHERE desk = 'TP1' AND "
	     "criterion = 'overall'",
		"TP1",
		"UPDATE tally SET aside = aside - 1 WHERE desk = 'TP1' AND "
		"criterion = 'overall'"},
	    /* a month has no day */
	    {"UPDATE tally_month SET n4 = n4 + 1 WHERE desk = 'LH1' AND "
	     "criterion = 'overall' AND field = ''",
		" 22969 LH1 - ",
		"UPDATE tally_month SET n4 = n4 - 1 WHERE desk = 'LH1' AND "
		"criterion = 'overall' AND field = ''"},
	    {"UPDATE answer SET scores = replace(scores, 'overall=5', "
	     "'overall=1') WHERE desk = 'BT1'",
		"BT1", NULL},
	};

	(void)state;
	assert_int_equal(rig_run(&rig, "", "sample", "--answers", "400",
			     "--days", "5", "--seed", "7", NULL),
	    0);
	rig_check(&rig);
	assert_non_null(strstr(rig.said, "ok: 400 answers (with samples)"));
	assert_string_equal(
	    rig_sql(&rig, "SELECT count(*) || ' ' || count(DISTINCT desk) || "
			  "' ' || min(channel) FROM answer WHERE flags = "
			  "'sample burst' AND doubt = 1"),
	    "3 1 kiosk");
	for (size_t i = 0; i < sizeof(changes) / sizeof(changes[0]); i++) {
		change_database(changes[i].sql);
		assert_int_equal(rig_run(&rig, "", "check", NULL), 1);
		assert_non_null(strstr(rig.said, changes[i].says));
		assert_non_null(strstr(rig.said, "differences, named above"));
		if (changes[i].back != NULL) {
			change_database(changes[i].back);
			rig_check(&rig);
		}
	}
	assert_int_equal(rig_run(&rig, "", "sample", "--remove", NULL), 0);
	rig_check(&rig);
	assert_non_null(strstr(rig.said, "ok: 0 answers"));
}

/* Tables of samples have rows of every kind, whatever the seed. */
static void
test_sample_shows_every_verdict(void **state)
{
	static const char *const seeds[] = {"1", "6"};
	static const char *const tables[] = {"field", "unit"};
	static const char *const said[] = {
	    "%  met\n", "%  not_met\n", "below now", "above now"};

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		assert_int_equal(
		    rig_run(&rig, "", "sample", "--answers", "8000", "--days",
			"60", "--seed", seeds[i], NULL),
		    0);
		for (size_t k = 0; k < 4 * 2; k++) {
			assert_int_equal(rig_run(&rig, "", "scores", "--period",
					     "2000-01-01..2999-12-31", "--by",
					     tables[k / 4], NULL),
			    0);
			if (strstr(rig.said, said[k % 4]) == NULL)
				fail_msg("seed %s, no \"%s\": %s", seeds[i],
				    said[k % 4], rig.said);
		}
		assert_int_equal(
		    rig_run(&rig, "", "sample", "--remove", NULL), 0);
	}
}

/* Invented answers never stand beside real ones. */
static void
test_samples_beside_real_answers(void **state)
{
	(void)state;
	rig_serve(&rig);
	assert_status(rig_post(&rig, "/f/LH1", "overall=5"), 200);
	assert_int_equal(
	    rig_run(&rig, "", "sample", "--answers", "10", "--days", "3", NULL),
	    1);
	assert_non_null(strstr(rig.said, "real answers"));
	assert_int_equal(rig_run(&rig, "", "sample", "--remove", NULL), 0);
	assert_int_equal(rig_stop(&rig), 0);
	assert_string_equal(rig_sql(&rig, "SELECT count(*) FROM answer"), "1");
}

/* The same seed gives the same answers, but for ids. */
static void
test_seed(void **state)
{
	const char *sql = "SELECT group_concat(s, ';') FROM (SELECT day||desk||"
			  "field||channel||scores AS s FROM answer ORDER BY s)";
	char first[4096];

	(void)state;
	for (int i = 0; i < 2; i++) {
		assert_int_equal(rig_run(&rig, "", "sample", "--answers", "30",
				     "--days", "9", "--seed", "5", NULL),
		    0);
		if (i == 0)
			strcpy(first, rig_sql(&rig, sql));
		else
			assert_string_equal(first, rig_sql(&rig, sql));
		assert_int_equal(
		    rig_run(&rig, "", "sample", "--remove", NULL), 0);
	}
}

static void
test_poster(void **state)
{
	char path[100];

	(void)state;
	snprintf(path, sizeof(path), "%s/poster.svg", rig.folder);
	assert_int_equal(
	    rig_run(&rig, "", "poster", "--desk", "LH1", "-o", path, NULL), 0);
	assert_int_equal(access(path, R_OK), 0);
}

int
main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
	static const struct CMUnitTest tests[] = {
	    TEST(test_statuses),
	    TEST(test_without_a_database),
	    TEST(test_init_again),
	    TEST(test_no_secret_on_the_command_line),
	    TEST(test_passwords),
	    TEST(test_a_user_twice),
	    TEST(test_files_are_private),
	    TEST(test_token_is_shown_once),
	    TEST(test_settings),
	    TEST(test_check_names_differences),
	    TEST(test_sample_shows_every_verdict),
	    TEST(test_samples_beside_real_answers),
	    TEST(test_seed),
	    TEST(test_poster),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
