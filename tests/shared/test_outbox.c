/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The outbox keeps what it acknowledged: over reopening, over kill -9 in the
 * middle of writing, beside a second thread; it refuses a second process, sets
 * a damaged file aside and says no when it is full.
 */
#include "shared/outbox.h"

#include <errno.h>
#include <glob.h>
#include <setjmp.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cmocka.h>
#include "shared/clock.h"
#include "shared/limits.h"

static char folder[64], path[96];

static int
setup(void **state)
{
	(void)state;
	strcpy(folder, "/tmp/hailong-outbox-XXXXXX");
	if (!mkdtemp(folder))
		return -1;
	snprintf(path, sizeof(path), "%s/outbox.db", folder);
	return 0;
}

static int
teardown(void **state)
{
	char command[96];

	(void)state;
	clock_set(-1);
	snprintf(command, sizeof(command), "rm -rf '%s'", folder);
	return system(command);
}

static struct uuid
make_id(uint8_t n)
{
	static const uint8_t random[10] = {7};
	struct uuid id;

	uuid_v7(1790000000000 + n, random, &id);
	return id;
}

static struct outbox *
open_it(void)
{
	struct outbox *o = outbox_open(path);

	assert_non_null(o);
	return o;
}

static size_t
count_due(struct outbox *o)
{
	size_t n;
	struct outbox_row *rows = outbox_due(o, 0, 100, &n);

	outbox_rows_free(rows, n);
	return n;
}

static int64_t
depth(struct outbox *o)
{
	int64_t rows, oldest;

	assert_true(outbox_depth(o, &rows, &oldest));
	return rows;
}

static void
test_put_due_done(void **state)
{
	struct outbox *o = open_it();
	struct uuid a = make_id(2), b = make_id(1);
	struct outbox_row *rows;
	size_t n;

	(void)state;
	assert_true(outbox_put(o, &a, "{\"n\":1}", 0));
	assert_true(outbox_put(o, &b, "{\"n\":2}", 0));
	rows = outbox_due(o, 0, 10, &n);
	assert_int_equal(n, 2); /* in the order they were said */
	assert_string_equal(rows[0].body, "{\"n\":1}");
	assert_int_equal(uuid_compare(&rows[1].id, &b), 0);
	outbox_rows_free(rows, n);
	assert_true(outbox_done(o, &a));
	assert_int_equal(depth(o), 1);
	assert_null(outbox_due(o, 0, 0, &n));
	assert_int_equal(n, 0);
	outbox_close(o);
	o = open_it();
	assert_int_equal(count_due(o), 1);
	outbox_close(o);
}

static void
test_hold_and_release(void **state)
{
	struct outbox *o = open_it();
	struct uuid id = make_id(1);

	(void)state;
	assert_true(outbox_put(o, &id, "{}", 60000));
	assert_int_equal(depth(o), 1);
	assert_int_equal(count_due(o), 0);
	assert_true(outbox_put(o, &id, "{\"reasons\":[]}", 60000));
	assert_int_equal(depth(o), 1);
	assert_true(outbox_release(o, &id));
	assert_int_equal(count_due(o), 1);
	outbox_close(o);
}

/* A citizen adds a reason while the courier is sending the bare face. */
static void
test_changed_in_flight(void **state)
{
	struct outbox *ui = open_it(), *courier = open_it();
	struct uuid id = make_id(1);
	struct outbox_row *rows;
	size_t n;

	(void)state;
	assert_true(outbox_put(ui, &id, "{\"v\":1}", 0));
	assert_int_equal(count_due(courier), 1);
	assert_true(outbox_put(ui, &id, "{\"v\":2}", 0));
	assert_true(outbox_done(courier, &id));
	rows = outbox_due(courier, 0, 10, &n);
	assert_int_equal(n, 1);
	assert_string_equal(rows[0].body, "{\"v\":2}");
	outbox_rows_free(rows, n);
	assert_true(outbox_done(courier, &id));
	assert_int_equal(depth(ui), 0);
	outbox_close(courier);
	outbox_close(ui);
}

static void
test_refused_is_kept(void **state)
{
	struct outbox *o = open_it();
	struct uuid id = make_id(1);
	sqlite3 *db;
	sqlite3_stmt *s;

	(void)state;
	assert_true(outbox_put(o, &id, "{\"x\":1}", 0));
	assert_int_equal(count_due(o), 1);
	assert_true(outbox_refused(o, &id, "conflict: other content"));
	assert_int_equal(depth(o), 0);
	outbox_close(o);
	assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
	assert_int_equal(sqlite3_prepare_v2(db,
			     "SELECT body, reason FROM refused", -1, &s, NULL),
	    SQLITE_OK);
	assert_int_equal(sqlite3_step(s), SQLITE_ROW);
	assert_string_equal(
	    (const char *)sqlite3_column_text(s, 0), "{\"x\":1}");
	assert_string_equal(
	    (const char *)sqlite3_column_text(s, 1), "conflict: other content");
	sqlite3_finalize(s);
	sqlite3_close(db);
}

/* What was refused can be sent again: oldest first, once for each wish of the
 * office, always for whoever stands at the device. */
static void
test_resend(void **state)
{
	struct outbox *o = open_it();
	struct uuid a = make_id(1), b = make_id(2);
	struct outbox_row *rows;
	size_t n;

	(void)state;
	assert_int_equal(outbox_resend(o, 0), 0);
	assert_true(outbox_put(o, &a, "{\"x\":1}", 0));
	assert_true(outbox_put(o, &b, "{\"x\":2}", 0));
	assert_int_equal(count_due(o), 2);
	assert_true(outbox_refused(o, &a, "invalid: no"));
	assert_true(outbox_refused(o, &b, "invalid: no"));
	outbox_close(o);
	o = open_it(); /* an upgrade between */
	assert_int_equal(outbox_set_aside(o), 2);
	assert_int_equal(outbox_resend(o, 5000), 2);
	assert_int_equal(outbox_set_aside(o), 0);
	rows = outbox_due(o, 0, 10, &n);
	assert_int_equal(n, 2);
	assert_string_equal(rows[0].body, "{\"x\":1}");
	assert_string_equal(rows[1].body, "{\"x\":2}");
	outbox_rows_free(rows, n);
	assert_true(outbox_refused(o, &a, "invalid: no"));
	assert_int_equal(outbox_resend(o, 5000), 0); /* heard before */
	assert_int_equal(outbox_resend(o, 4999), 0);
	assert_int_equal(outbox_set_aside(o), 1);
	assert_int_equal(outbox_resend(o, 5001), 1);
	assert_int_equal(count_due(o), 2);
	assert_true(outbox_refused(o, &a, "invalid: no"));
	assert_int_equal(outbox_resend(o, 0), 1);
	outbox_close(o);
}

/* An answer that was changed while it was refused waits with its new words, and
 * the old ones stay aside. */
static void
test_resend_changed(void **state)
{
	struct outbox *o = open_it();
	struct uuid a = make_id(1);
	struct outbox_row *rows;
	size_t n;

	(void)state;
	assert_true(outbox_put(o, &a, "{\"x\":1}", 0));
	assert_int_equal(count_due(o), 1);
	assert_true(outbox_refused(o, &a, "conflict: "));
	assert_true(outbox_put(o, &a, "{\"x\":2}", 0));
	assert_int_equal(outbox_resend(o, 0), 0);
	assert_int_equal(outbox_set_aside(o), 1);
	rows = outbox_due(o, 0, 10, &n);
	assert_int_equal(n, 1);
	assert_string_equal(rows[0].body, "{\"x\":2}");
	outbox_rows_free(rows, n);
	outbox_close(o);
}

static void
test_counter(void **state)
{
	struct outbox *o = open_it();
	struct uuid id = make_id(1);

	(void)state;
	assert_int_equal(outbox_next_seq(o), 1);
	assert_int_equal(outbox_next_seq(o), 2);
	assert_true(outbox_put(o, &id, "{}", 0));
	outbox_close(o);
	o = open_it();
	assert_int_equal(outbox_next_seq(o), 3);
	outbox_close(o); /* 3 was never stored with anything */
	o = open_it();
	assert_int_equal(outbox_next_seq(o), 3);
	/* a new outbox goes on behind what the collector has seen */
	outbox_raise_seq(o, 812);
	assert_int_equal(outbox_next_seq(o), 813);
	outbox_raise_seq(o, 7);
	assert_int_equal(outbox_next_seq(o), 814);
	outbox_close(o);
}

/* The wall clock jumps 50 years when the network tells the time. */
static void
test_age_survives_clock(void **state)
{
	struct outbox *o;
	struct uuid id = make_id(1);
	int64_t rows, oldest;

	(void)state;
	clock_set(1000);
	o = open_it();
	assert_true(outbox_put(o, &id, "{}", 0));
	clock_set(1790000000000);
	assert_true(outbox_depth(o, &rows, &oldest));
	assert_int_equal(rows, 1);
	assert_true(oldest >= 0 && oldest < 24 * 3600 * 1000LL);
	outbox_close(o);
}

static void
test_batch_of_commits(void **state)
{
	struct outbox *o = open_it(), *other = open_it();
	struct uuid a = make_id(1), b = make_id(2);

	(void)state;
	assert_true(outbox_put(o, &a, "{}", 0));
	assert_true(outbox_put(o, &b, "{}", 0));
	assert_int_equal(count_due(o), 2);
	assert_true(outbox_begin(o));
	assert_true(outbox_done(o, &a));
	assert_true(outbox_refused(o, &b, "invalid"));
	assert_int_equal(depth(other), 2);
	assert_true(outbox_commit(o));
	assert_int_equal(depth(other), 0);
	outbox_close(other);
	outbox_close(o);
}

static void
test_full(void **state)
{
	struct outbox *o = open_it();
	struct uuid id = make_id(1), other = make_id(2);
	sqlite3 *db;
	char sql[400];

	(void)state;
	assert_true(outbox_put(o, &id, "{}", 0));
	snprintf(sql, sizeof(sql),
	    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n "
	    "WHERE i < %d) INSERT INTO outbox (id, body, made_wall, made_mono, "
	    "boot, held_until) SELECT 'row' || i, '{}', 0, 0, '', 0 FROM n",
	    LIMIT_OUTBOX_ROWS - 1);
	assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
	assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
	assert_false(outbox_usable(o));
	assert_false(outbox_put(o, &other, "{}", 0));
	assert_true(outbox_put(o, &id, "{\"changed\":1}", 0));
	assert_int_equal(depth(o), LIMIT_OUTBOX_ROWS);
	assert_int_equal(
	    sqlite3_exec(
		db, "DELETE FROM outbox WHERE id = 'row1'", NULL, NULL, NULL),
	    SQLITE_OK);
	sqlite3_close(db);
	assert_true(outbox_usable(o));
	assert_true(outbox_put(o, &other, "{}", 0));
	outbox_close(o);
}

static void
write_file(const char *name, const char *text)
{
	FILE *f = fopen(name, "w");

	assert_non_null(f);
	fputs(text, f);
	assert_int_equal(fclose(f), 0);
}

static size_t
set_aside(void)
{
	char pattern[128];
	glob_t found;
	size_t n = 0;

	snprintf(pattern, sizeof(pattern), "%s.damaged-*", path);
	if (glob(pattern, 0, NULL, &found) == 0) {
		n = found.gl_pathc;
		globfree(&found);
	}
	return n;
}

static void
test_damaged(void **state)
{
	struct outbox *o;
	struct uuid id = make_id(1);

	(void)state;
	write_file(path,
	    "this was a database once, before the power went; it is not long "
	    "enough for a header of one hundred bytes unless one goes on");
	o = open_it();
	assert_true(outbox_put(o, &id, "{}", 0));
	outbox_close(o);
	assert_int_equal(set_aside(), 1);
}

/* Damage inside the file, beyond the header, is found by the check. */
static void
test_damaged_page(void **state)
{
	struct outbox *o = open_it();
	char body[4000];
	struct uuid id;
	FILE *f;
	uint8_t i;

	(void)state;
	memset(body, 'y', sizeof(body));
	body[sizeof(body) - 1] = '\0';
	for (i = 1; i < 60; i++) {
		id = make_id(i);
		assert_true(outbox_put(o, &id, body, 0));
	}
	outbox_close(o);
	f = fopen(path, "r+");
	assert_non_null(f);
	fseek(f, 4096, SEEK_SET);
	memset(body, 0xff, sizeof(body));
	for (i = 0; i < 30; i++)
		fwrite(body, sizeof(body), 1, f);
	fclose(f);
	o = open_it();
	assert_int_equal(depth(o), 0);
	assert_int_equal(set_aside(), 1);
	outbox_close(o);
}

static void
test_cannot_open(void **state)
{
	(void)state;
	strcat(path, "/nowhere/outbox.db");
	errno = 0;
	assert_null(outbox_open(path));
	assert_int_equal(errno, ENOENT);
}

/* Runs job in a child; gives its exit status, -1 for one that was killed. */
static int
in_child(int (*job)(int), int fd, pid_t *pid)
{
	int status;
	pid_t child = fork();

	if (child == 0)
		_exit(job(fd));
	assert_true(child > 0);
	if (pid) {
		*pid = child;
		return 0;
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static int
try_to_open(int fd)
{
	struct outbox *o = outbox_open(path);

	(void)fd;
	return o ? 0 : errno == EBUSY ? 42 : 1;
}

/* A limit on the size of files stands in for a full disk. */
static int
fill_the_disk(int fd)
{
	static char big[512 * 1024];
	const struct rlimit limit = {256 * 1024, 256 * 1024};
	struct outbox *o = outbox_open(path);
	struct uuid id = make_id(1);
	bool refused, usable, stored;

	(void)fd;
	if (!o || setrlimit(RLIMIT_FSIZE, &limit) != 0)
		return 1;
	signal(SIGXFSZ, SIG_IGN);
	memset(big, 'x', sizeof(big) - 1);
	refused = !outbox_put(o, &id, big, 0) && depth(o) == 0;
	usable = outbox_usable(o); /* it left nothing behind */
	stored = outbox_put(o, &id, "{}", 0) && depth(o) == 1;
	outbox_close(o);
	return refused && usable && stored ? 0 : 2;
}

static void
test_disk_full(void **state)
{
	(void)state;
	assert_int_equal(in_child(fill_the_disk, -1, NULL), 0);
}

/* The file is taken away under the kiosk: no thanks for what would be lost with
 * it, until the outbox is opened again or the file is back. */
static void
test_taken(void **state)
{
	static const struct {
		const char *deed, *back; /* NULL: opened again */
	} deeds[] = {
	    {"rm outbox.db", NULL},
	    {"rm outbox.db outbox.db-wal outbox.db-shm", NULL},
	    {"mv outbox.db x", "mv x outbox.db"},
	    {"cp outbox.db x && mv x outbox.db && rm outbox.db-wal", NULL},
	    {"rm outbox.db-wal", NULL},
	    {"ln outbox.db x", "rm x"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(deeds) / sizeof(deeds[0]); i++) {
		struct outbox *o = open_it();
		struct uuid a = make_id(1), b = make_id(2), c = make_id(3);
		char line[300];

		assert_true(outbox_put(o, &a, "{}", 0));
		assert_true(outbox_usable(o));
		snprintf(
		    line, sizeof(line), "cd %s && %s", folder, deeds[i].deed);
		assert_int_equal(system(line), 0);
		assert_false(outbox_put(o, &b, "{}", 0));
		assert_false(outbox_usable(o));
		assert_false(
		    outbox_begin(o) && outbox_done(o, &a) && outbox_commit(o));
		if (deeds[i].back == NULL) {
			outbox_close(o);
			o = open_it();
		} else {
			snprintf(line, sizeof(line), "cd %s && %s", folder,
			    deeds[i].back);
			assert_int_equal(system(line), 0);
		}
		assert_true(outbox_usable(o));
		assert_true(outbox_put(o, &c, "{}", 0));
		outbox_close(o);
		snprintf(line, sizeof(line), "rm -f %s/*", folder);
		assert_int_equal(system(line), 0);
	}
}

static void
test_second_process(void **state)
{
	struct outbox *o = open_it(), *second = open_it();

	(void)state;
	assert_int_equal(in_child(try_to_open, -1, NULL), 42);
	outbox_close(o);
	assert_int_equal(in_child(try_to_open, -1, NULL), 42);
	outbox_close(second);
	assert_int_equal(in_child(try_to_open, -1, NULL), 0);
}

/* Stores answers as fast as it can and acknowledges each through the pipe. */
static int
store_for_ever(int fd)
{
	struct outbox *o = outbox_open(path);
	struct uuid id;

	while (o) {
		uuid_new(&id);
		if (!outbox_put(o, &id, "{\"face\":5}", 60000) ||
		    !outbox_put(o, &id, "{\"face\":4}", 0))
			return 1;
		if (write(fd, id.bytes, sizeof(id.bytes)) < 0)
			return 1;
	}
	return 1;
}

/* Reads at least `least` acknowledged ids, then kills the child. */
static size_t
read_and_kill(int fd, pid_t child, size_t least, struct uuid *ids, size_t room)
{
	size_t n = 0;
	int status;

	while (n < room && read(fd, ids[n].bytes, 16) == 16)
		if (++n == least)
			kill(child, SIGKILL);
	waitpid(child, &status, 0);
	assert_true(WIFSIGNALED(status));
	return n;
}

static bool
among(const struct outbox_row *rows, size_t n, const struct uuid *id)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (uuid_compare(&rows[i].id, id) == 0)
			return strcmp(rows[i].body, "{\"face\":4}") == 0;
	return false;
}

static void
test_kill(void **state)
{
	static struct uuid ids[5000];
	struct outbox *o;
	struct outbox_row *rows;
	pid_t child;
	size_t acknowledged = 0, round, i, n;
	int pipes[2];

	(void)state;
	for (round = 0; round < 5; round++) {
		assert_int_equal(pipe(pipes), 0);
		in_child(store_for_ever, pipes[1], &child);
		close(pipes[1]);
		acknowledged += read_and_kill(pipes[0], child, 3 + round * 7,
		    ids + acknowledged, 5000 - acknowledged);
		close(pipes[0]);
		o = open_it();
		rows = outbox_due(o, 0, 5000, &n);
		assert_true(n >= acknowledged);
		for (i = 0; i < acknowledged; i++)
			assert_true(among(rows, n, &ids[i]));
		outbox_rows_free(rows, n);
		outbox_close(o);
	}
	assert_int_equal(set_aside(), 0);
}

#define CASE(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    CASE(test_put_due_done),
	    CASE(test_hold_and_release),
	    CASE(test_changed_in_flight),
	    CASE(test_refused_is_kept),
	    CASE(test_resend),
	    CASE(test_resend_changed),
	    CASE(test_counter),
	    CASE(test_age_survives_clock),
	    CASE(test_batch_of_commits),
	    CASE(test_full),
	    CASE(test_disk_full),
	    CASE(test_damaged),
	    CASE(test_damaged_page),
	    CASE(test_cannot_open),
	    CASE(test_taken),
	    CASE(test_second_process),
	    CASE(test_kill),
	};

	return cmocka_run_group_tests_name("outbox", tests, NULL, NULL);
}
