/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Runs each task in a process of its own and keeps it running: one worker for
 * each modem, one courier. libGammu can hang beyond its own time-outs, and
 * garbage from a line can crash it; a process can always be killed and begun
 * again, a thread cannot.
 */
#ifndef HAILONG_SMS_SUPERVISOR_H
#define HAILONG_SMS_SUPERVISOR_H

#include <signal.h>
#include <stdbool.h>
#include <stddef.h>

/* How a task ends; any other status, or a signal of its own making, is a
 * crash. */
#define CHILD_DONE    0  /* it was asked to stop */
#define CHILD_TROUBLE 75 /* modem or disk trouble, said in the log */

#define CHILD_NOWHERE (-1) /* position: not reading a slot */

/* A task's link to the supervisor, in the task's process. */
struct child_link {
	int fd;     /* write end of the heartbeat pipe */
	int poison; /* position at which the last one crashed, or NOWHERE */
	unsigned failures; /* starts in a row that did not last */
	const volatile sig_atomic_t *stop; /* becomes true on SIGTERM */
};

struct child_task {
	const char *name; /* for the log and the process list */
	int (*run)(void *context, const struct child_link *link);
	void *context;
};

/* Alive: kill me when I am not heard of again within seconds. position: the
 * slot, counted from the beginning of the pass, that is read now. A lost
 * supervisor ends the process. */
void child_beat(const struct child_link *link, int position, int seconds);
/* True for the starts that deserve a line in the log: the 1st, 2nd, 4th, 8th …
 * failure in a row, so that a modem unplugged for a week fills no disk. */
bool child_loud(const struct child_link *link);

/* Runs all tasks until SIGTERM or SIGINT; returns when every process ended.
 * The caller must be single-threaded and hold nothing that a fork would share
 * (no open database). */
void supervisor_run(struct child_task *tasks, size_t n);

#endif
