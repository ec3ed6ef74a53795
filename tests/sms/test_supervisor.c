/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The supervisor over real processes: the crashing one is told where, the stuck
 * one is killed, all end when asked. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>
#include "sms/supervisor.h"

#define PATIENCE_S 60
#define POSITION   3

/* Seen by all processes. */
struct board {
	volatile int crashes, told; /* of the crasher */
	volatile int stuck;         /* starts of the stuck one */
	volatile int stopped;       /* tasks that were asked to end */
};

static int
until_stopped(struct board *b, const struct child_link *link)
{
	while (!*link->stop) {
		child_beat(link, CHILD_NOWHERE, 10);
		usleep(50000);
	}
	__atomic_add_fetch(&b->stopped, 1, __ATOMIC_SEQ_CST);
	return CHILD_DONE;
}

/* Dies reading the same slot until it is told to leave it. */
static int
crash(void *context, const struct child_link *link)
{
	struct board *b = context;

	child_beat(link, POSITION, 10);
	if (link->poison == CHILD_NOWHERE) {
		b->crashes++;
		signal(SIGABRT, SIG_DFL);
		abort();
	}
	b->told = link->poison;
	return until_stopped(b, link);
}

/* Hangs, deaf to SIGTERM, the first time. */
static int
hang(void *context, const struct child_link *link)
{
	struct board *b = context;

	child_beat(link, CHILD_NOWHERE, 1);
	if (++b->stuck > 1)
		return until_stopped(b, link);
	signal(SIGTERM, SIG_IGN);
	for (;;)
		pause();
}

static void
test_all(void **state)
{
	struct board *b = mmap(NULL, sizeof(*b), PROT_READ | PROT_WRITE,
	    MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	struct child_task tasks[] = {{"crash", crash, b}, {"hang", hang, b}};
	int tries = PATIENCE_S * 10, status;
	pid_t pid;

	(void)state;
	assert_true(b != MAP_FAILED);
	b->told = CHILD_NOWHERE;
	pid = fork();
	if (pid == 0) {
		supervisor_run(tasks, 2);
		_exit(0);
	}
	while (tries-- > 0 && (b->told == CHILD_NOWHERE || b->stuck < 2))
		usleep(100000);
	kill(pid, SIGTERM);
	waitpid(pid, &status, 0);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 0);
	assert_int_equal(b->told, POSITION);
	assert_int_equal(b->crashes, 1);
	assert_int_equal(b->stuck, 2);
	assert_int_equal(b->stopped, 2);
	munmap(b, sizeof(*b));
}

static void
test_loud(void **state)
{
	static const struct {
		unsigned failures;
		bool loud;
	} cases[] = {{0, true}, {1, true}, {2, true}, {3, false}, {4, true},
	    {5, false}, {8, true}, {1000, false}, {1024, true}};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct child_link link = {.failures = cases[i].failures};

		assert_int_equal(child_loud(&link), cases[i].loud);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_all),
	    cmocka_unit_test(test_loud),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
