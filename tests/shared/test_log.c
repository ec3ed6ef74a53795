/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The log on standard error, which is a file here that the test reads. */
#include "shared/log.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cmocka.h>
#include "shared/buf.h"
#include "shared/log_repeat.h"

#define THREADS 4
#define LINES   200

static char path[] = "/tmp/hailong-test-XXXXXX";
static int own_stderr;

static int
begin(void **state)
{
	int fd = open(path, O_WRONLY | O_APPEND | O_TRUNC);

	(void)state;
	own_stderr = dup(STDERR_FILENO);
	dup2(fd, STDERR_FILENO);
	close(fd);
	unsetenv("JOURNAL_STREAM");
	return 0;
}

/* Gives standard error back and answers what was written. */
static struct buf
written(void)
{
	struct buf b;

	dup2(own_stderr, STDERR_FILENO);
	close(own_stderr);
	own_stderr = -1;
	buf_init(&b);
	assert_true(buf_read_file(&b, path, 1000000));
	return b;
}

static int
end(void **state)
{
	(void)state;
	if (own_stderr >= 0)
		dup2(own_stderr, STDERR_FILENO);
	return 0;
}

static void
all_levels(void)
{
	log_error("disk of %s is full", "spool");
	log_warn("%d tries", 3);
	log_info("started");
	log_debug("detail");
}

static void
on_a_terminal(void **state)
{
	struct buf b;

	(void)state;
	log_init("hailong-test", LOG_LEVEL_DEBUG);
	all_levels();
	log_init("hailong-test", LOG_LEVEL_WARN);
	all_levels();
	b = written();
	assert_string_equal(buf_text(&b),
	    "hailong-test: error: disk of spool is full\n"
	    "hailong-test: warning: 3 tries\n"
	    "hailong-test: started\n"
	    "hailong-test: debug: detail\n"
	    "hailong-test: error: disk of spool is full\n"
	    "hailong-test: warning: 3 tries\n");
	buf_finish(&b);
}

static void
in_the_journal(void **state)
{
	char stream[64];
	struct stat st;
	struct buf b;

	(void)state;
	assert_int_equal(fstat(STDERR_FILENO, &st), 0);
	snprintf(stream, sizeof(stream), "%ju:%ju", (uintmax_t)st.st_dev,
	    (uintmax_t)st.st_ino);
	setenv("JOURNAL_STREAM", stream, 1);
	log_init("hailong-test", LOG_LEVEL_DEBUG);
	all_levels();
	/* a stream that is not our standard error any more */
	setenv("JOURNAL_STREAM", "1:1", 1);
	log_init("hailong-test", LOG_LEVEL_DEBUG);
	log_info("elsewhere");
	setenv("JOURNAL_STREAM", "nonsense", 1);
	log_init("hailong-test", LOG_LEVEL_DEBUG);
	log_info("elsewhere");
	b = written();
	assert_string_equal(buf_text(&b),
	    "<3>disk of spool is full\n<4>3 tries\n<6>started\n<7>detail\n"
	    "hailong-test: elsewhere\nhailong-test: elsewhere\n");
	buf_finish(&b);
}

static void
one_line_whatever_comes(void **state)
{
	char three[3001] = "";
	struct buf b;

	(void)state;
	for (int i = 0; i < 1000; i++)
		memcpy(three + 3 * i, "ế", 3);
	log_init("t", LOG_LEVEL_INFO);
	log_info("a\nforged: b\r\t\x1b[31m\x7f\xc2\x85 Liên Hương");
	errno = ENOSPC;
	log_info("%m");
	assert_int_equal(errno, ENOSPC);
	log_info("%s", three);
	log_info("x%s", three);
	log_info("xy%s", three);
	b = written();
	assert_int_equal(strncmp(buf_text(&b),
			     "t: a?forged: b???[31m??? Liên Hương\n"
			     "t: No space left on device\nt: ế",
			     40),
	    0);
	/* cut lines are not longer than 1 KiB and end with a whole letter */
	for (const char *line = strchr(strchr(buf_text(&b), '\n') + 1, '\n');
	     line[1] != '\0';) {
		const char *next = strchr(line + 1, '\n');

		assert_non_null(next);
		assert_in_range(next - line, 1000, 1024);
		assert_memory_equal(next - 3, "ế", 3);
		line = next;
	}
	buf_finish(&b);
}

/* Errors and warnings that come again, and one that is said once. */
static void
repeats_are_counted(void **state)
{
	struct buf b;

	(void)state;
	log_init("t", LOG_LEVEL_INFO);
	for (int i = 0; i < 18619; i++) {
		log_error("sqlite: commit: database or disk is full");
		if (i % 1000 == 0)
			log_warn("postgresql: connect: refused");
		if (i % 9000 == 0)
			log_info("an answer came");
		log_catch_up();
	}
	log_error("another %d", 1);
	log_error("another %d", 2);
	log_init("t", LOG_LEVEL_INFO); /* what was held back is told */
	log_error("another %d", 1);
	b = written();
	assert_string_equal(buf_text(&b),
	    "t: error: sqlite: commit: database or disk is full\n"
	    "t: warning: postgresql: connect: refused\n"
	    "t: an answer came\n"
	    "t: an answer came\n"
	    "t: an answer came\n"
	    "t: error: another 1\n"
	    "t: error: another 2\n"
	    "t: error: (18618 times more) sqlite: commit: database or disk is "
	    "full\n"
	    "t: warning: (18 times more) postgresql: connect: refused\n"
	    "t: error: another 1\n");
	buf_finish(&b);
}

/* By the minute, with the time given. */
static void
once_a_minute(void **state)
{
	static struct log_repeats r;
	const struct log_repeat *due;
	int64_t times = 0, told = 0, now = 5000;
	char other[20];
	int written_lines = 0;

	(void)state;
	/* ten a second for ten minutes */
	for (int i = 0; i < 6000; i++, now += 100) {
		while ((due = log_repeat_due(&r, now, &times)) != NULL) {
			assert_string_equal(due->text, "full");
			told += times;
			written_lines++;
		}
		written_lines += log_repeat_says(&r, 0, "full", now);
	}
	assert_int_equal(written_lines, 10);
	while (log_repeat_due(&r, INT64_MAX, &times) != NULL)
		told += times;
	assert_int_equal(told, 5999);
	/* one that comes seldom is said each time */
	for (int i = 0; i < 5; i++, now += 2 * LOG_REPEAT_MS) {
		while (log_repeat_due(&r, now, &times) != NULL)
			fail_msg("it was not repeated");
		assert_true(log_repeat_says(&r, 1, "seldom", now));
	}
	/* levels are told apart; more than there is room for is written */
	assert_true(log_repeat_says(&r, 0, "seldom", now));
	for (int i = 0; i < 2 * LOG_REPEAT_KEPT; i++) {
		snprintf(other, sizeof(other), "error %d", i);
		assert_true(log_repeat_says(&r, 0, other, now));
	}
	assert_true(log_repeat_says(&r, 0, "", now));
	assert_false(log_repeat_says(&r, 0, "error 0", now));
}

static void *
chatter(void *arg)
{
	for (int i = 0; i < LINES; i++)
		log_info("%s", (const char *)arg);
	return NULL;
}

static void
threads_do_not_mix(void **state)
{
	static char words[THREADS][100];
	pthread_t threads[THREADS];
	size_t lines = 0;
	struct buf b;

	(void)state;
	log_init("t", LOG_LEVEL_INFO);
	for (int i = 0; i < THREADS; i++) {
		memset(words[i], 'a' + i, sizeof(words[i]) - 1);
		pthread_create(&threads[i], NULL, chatter, words[i]);
	}
	for (int i = 0; i < THREADS; i++)
		pthread_join(threads[i], NULL);
	b = written();
	for (const char *at = buf_text(&b); *at != '\0'; at += 103, lines++) {
		assert_memory_equal(at, "t: ", 3);
		assert_int_equal(strspn(at + 3, (char[]){at[3], 0}), 99);
		assert_int_equal(at[102], '\n');
	}
	assert_int_equal(lines, THREADS * LINES);
	buf_finish(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(on_a_terminal, begin, end),
	    cmocka_unit_test_setup_teardown(in_the_journal, begin, end),
	    cmocka_unit_test_setup_teardown(
		one_line_whatever_comes, begin, end),
	    cmocka_unit_test_setup_teardown(repeats_are_counted, begin, end),
	    cmocka_unit_test(once_a_minute),
	    cmocka_unit_test_setup_teardown(threads_do_not_mix, begin, end),
	};
	int fd = mkstemp(path), failed;

	if (fd < 0)
		return 1;
	close(fd);
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	unlink(path);
	return failed;
}
