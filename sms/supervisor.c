/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * One loop: signals (signalfd), heartbeats (a pipe a child), and the time of
 * the next start or kill. A child that ends is started again after 1, 2, 4 and
 * then every 8 seconds; one that lived 15 s begins again with 1 s.
 *
 * The heartbeat carries a deadline, because an operation that may take 90 s is
 * no less alive than one that takes one; and the slot being read. The second
 * is the poison journal: a child that crashed while reading a position is told
 * so at its next start, and takes that slot without libGammu. That is harmless
 * where the crash had another reason: what lies there is read by our own
 * reader. The journal lives in memory, not on disk: it changes with every
 * poll, and if it is lost in a power cut, one more crash writes it again.
 */
#include "sms/supervisor.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <unistd.h>
#include "shared/clock.h"
#include "shared/log.h"

#define FIRST_BEAT_S    15 /* a new process must be heard of within */
#define BACKOFF_MS      1000
#define BACKOFF_MOST_MS 8000
#define LASTED_MS       60000 /* living so long ends a row of failures */
#define STOP_S          10    /* between SIGTERM and SIGKILL */

/* One heartbeat; smaller than PIPE_BUF, so never cut in two. */
struct beat {
	int32_t position;
	int32_t seconds;
};

struct child {
	struct child_task *task;
	pid_t pid; /* 0: not running */
	int fd;    /* read end of its pipe, -1 when not running */
	int64_t started, start_at, kill_at;
	unsigned failures;
	int position; /* last said */
	int suspect;  /* position of the last crash, or NOWHERE */
};

static volatile sig_atomic_t child_stop;

static void
on_stop(int signal)
{
	(void)signal;
	child_stop = 1;
}

void
child_beat(const struct child_link *link, int position, int seconds)
{
	struct beat beat = {position, seconds};

	if (write(link->fd, &beat, sizeof(beat)) != (ssize_t)sizeof(beat) &&
	    errno != EINTR)
		_exit(CHILD_DONE); /* no supervisor is left to restart us */
}

bool
child_loud(const struct child_link *link)
{
	return (link->failures & (link->failures - 1)) == 0;
}

/* In the child: its own signals, its own end when the parent is killed. */
static _Noreturn void
become_child(struct child *c, int fd, pid_t parent)
{
	struct sigaction stop = {.sa_handler = on_stop};
	struct child_link link = {.fd = fd,
	    .poison = c->suspect,
	    .failures = c->failures,
	    .stop = &child_stop};
	sigset_t none;

	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (getppid() != parent)
		_exit(CHILD_DONE);
	prctl(PR_SET_NAME, c->task->name);
	sigaction(SIGTERM, &stop, NULL);
	signal(SIGINT, SIG_IGN); /* Ctrl-C reaches us through the parent */
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	exit(c->task->run(c->task->context, &link));
}

static void
start_supervisor(struct child *children, size_t n, struct child *c, int64_t now)
{
	pid_t parent = getpid();
	int ends[2];

	c->start_at = now + BACKOFF_MOST_MS; /* if the fork fails */
	if (pipe2(ends, O_CLOEXEC) != 0) {
		log_error("%s: %s", c->task->name, strerror(errno));
		return;
	}
	c->pid = fork();
	if (c->pid == 0) {
		close(ends[0]);
		for (size_t i = 0; i < n; i++) {
			if (children[i].fd >= 0)
				close(children[i].fd);
		}
		become_child(c, ends[1], parent);
	}
	close(ends[1]);
	if (c->pid < 0) {
		log_error("%s: %s", c->task->name, strerror(errno));
		c->pid = 0;
		close(ends[0]);
		return;
	}
	c->fd = ends[0];
	c->position = CHILD_NOWHERE;
	c->started = now;
	c->kill_at = now + FIRST_BEAT_S * 1000;
	c->suspect = CHILD_NOWHERE; /* told once */
}

/* Takes all heartbeats that wait. */
static void
hear(struct child *c, int64_t now)
{
	struct beat beat;
	struct pollfd p = {.fd = c->fd, .events = POLLIN};

	while (c->fd >= 0 && poll(&p, 1, 0) == 1 && (p.revents & POLLIN)) {
		if (read(c->fd, &beat, sizeof(beat)) != (ssize_t)sizeof(beat))
			break;
		c->position = beat.position;
		c->kill_at = now + beat.seconds * 1000LL;
	}
}

/* True when the slot being read may be why it ended: not when it was killed
 * from outside, nor when it gave up by itself. */
static bool
crashed(int status)
{
	if (WIFSIGNALED(status))
		return WTERMSIG(status) != SIGKILL &&
		       WTERMSIG(status) != SIGTERM;
	return WEXITSTATUS(status) != CHILD_DONE &&
	       WEXITSTATUS(status) != CHILD_TROUBLE;
}

static void
supervisor_ended(struct child *c, int status, int64_t now)
{
	int64_t wait = BACKOFF_MS;

	hear(c, now);
	close(c->fd);
	c->fd = -1;
	c->pid = 0;
	c->suspect = crashed(status) ? c->position : CHILD_NOWHERE;
	c->failures = now - c->started >= LASTED_MS ? 1 : c->failures + 1;
	if (WIFSIGNALED(status))
		log_warn("%s: process ended by signal %d, starting it again",
		    c->task->name, WTERMSIG(status));
	else if (crashed(status))
		log_warn("%s: process ended with status %d, starting it again",
		    c->task->name, WEXITSTATUS(status));
	if (c->suspect != CHILD_NOWHERE) {
		/* the next start mends it: at once */
		c->failures = 1;
		wait = 0;
	}
	for (unsigned i = 1; i < c->failures && wait < BACKOFF_MOST_MS; i++)
		wait *= 2;
	c->start_at = now + wait;
}

static void
reap(struct child *children, size_t n, int64_t now)
{
	int status;
	pid_t pid;

	while ((pid = waitpid(-1, &status, WNOHANG)) > 0) {
		for (size_t i = 0; i < n; i++) {
			if (children[i].pid == pid)
				supervisor_ended(&children[i], status, now);
		}
	}
}

static bool
any_left(const struct child *children, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (children[i].pid != 0)
			return true;
	}
	return false;
}

/* Waits for a signal or a heartbeat, at most a quarter of a second, which is
 * exact enough for starts and kills. */
static void
listen_once(struct child *children, size_t n, int signals, bool *stopping)
{
	struct pollfd *polls = calloc(n + 1, sizeof(*polls));
	struct signalfd_siginfo info;

	if (polls == NULL)
		abort();
	polls[n] = (struct pollfd){.fd = signals, .events = POLLIN};
	for (size_t i = 0; i < n; i++)
		polls[i] =
		    (struct pollfd){.fd = children[i].fd, .events = POLLIN};
	poll(polls, n + 1, 250);
	while (read(signals, &info, sizeof(info)) == (ssize_t)sizeof(info)) {
		if (info.ssi_signo != SIGCHLD)
			*stopping = true;
	}
	for (size_t i = 0; i < n; i++) {
		if (polls[i].revents & POLLIN)
			hear(&children[i], clock_mono());
	}
	free(polls);
}

static void
kill_stuck(struct child *c, int64_t now)
{
	if (c->pid == 0 || now < c->kill_at)
		return;
	log_warn("%s: not heard of in time, killing it", c->task->name);
	kill(c->pid, SIGKILL);
	c->kill_at = INT64_MAX;
}

static int
catch_signals(void)
{
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, SIGCHLD);
	sigaddset(&set, SIGTERM);
	sigaddset(&set, SIGINT);
	sigprocmask(SIG_BLOCK, &set, NULL);
	signal(SIGPIPE, SIG_IGN);
	return signalfd(-1, &set, SFD_NONBLOCK | SFD_CLOEXEC);
}

static void
stop_all(struct child *children, size_t n, int64_t now)
{
	for (size_t i = 0; i < n; i++) {
		if (children[i].pid == 0)
			continue;
		kill(children[i].pid, SIGTERM);
		children[i].kill_at = now + STOP_S * 1000;
	}
}

void
supervisor_run(struct child_task *tasks, size_t n)
{
	struct child *children = calloc(n, sizeof(*children));
	int signals = catch_signals();
	bool stopping = false, told = false;

	if (children == NULL || signals < 0)
		abort();
	for (size_t i = 0; i < n; i++)
		children[i] = (struct child){
		    .task = &tasks[i], .fd = -1, .suspect = CHILD_NOWHERE};
	while (!stopping || any_left(children, n)) {
		int64_t now = clock_mono();

		for (size_t i = 0; i < n; i++) {
			struct child *c = &children[i];

			if (c->pid == 0 && !stopping && now >= c->start_at)
				start_supervisor(children, n, c, now);
			kill_stuck(c, now);
		}
		listen_once(children, n, signals, &stopping);
		reap(children, n, clock_mono());
		if (stopping && !told) {
			told = true;
			stop_all(children, n, clock_mono());
		}
	}
	close(signals);
	free(children);
}
