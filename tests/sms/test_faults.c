/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Every fault of fault_cases.c on a chain of its own, several at a time, since
 * most of the time is waiting: each in a child process, which tells through a
 * pipe what was lost, doubled, sent twice. A table at the end; the times in it
 * are told, not judged.
 *
 *   test_sms_faults [NAME…]     only the cases whose names contain these words
 */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
#include "shared/clock.h"
#include "tests/sms/collector.h"
#include "tests/sms/faults.h"

#define AT_ONCE 16
#define NOTE    60

/* What a child tells; smaller than a pipe's atomic write. */
struct verdict {
	int which;
	int lost, doubled, twice;
	int64_t recovery, all;
	bool stopped;
	char note[NOTE];
};

void
trial_receive(struct trial *t, int which, const char *options, const char *text)
{
	snprintf(
	    t->received[t->nreceived++], sizeof(t->received[0]), "%s", text);
	chain_modem(which, "receive %s " CHAIN_PHONE " %s", options, text);
}

const char *
trial_queue(struct trial *t, const char *text)
{
	int i = t->nqueued++;

	snprintf(t->queued[i], sizeof(t->queued[0]), "%s", text);
	t->ids[i] = collector_queue(CHAIN_PHONE, text);
	return t->ids[i];
}

static bool
all_arrived(const struct trial *t)
{
	for (int i = 0; i < t->nreceived; i++) {
		if (collector_count(t->received[i]) == 0)
			return false;
	}
	return true;
}

void
trial_arrive(struct trial *t)
{
	int64_t took = CHAIN_WAIT(all_arrived(t));

	CHAIN_WAIT(chain_status(0, "used 0\nwaiting 0\n"));
	if (t->recovery == 0)
		t->recovery = took;
}

void
trial_report(const char *id, const char *report)
{
	CHAIN_WAIT(strcmp(collector_report(id), report) == 0);
}

/* Counts at the end, after one more message has gone through whole. */
static void
count(struct trial *t)
{
	static const char last[] = "the last one";

	chain_modem(0, "receive +84900000000 %s", last);
	CHAIN_WAIT(collector_count(last) == 1);
	CHAIN_WAIT(chain_status(0, "used 0\nwaiting 0\n"));
	for (int i = 0; i < t->nreceived; i++) {
		int n = collector_count(t->received[i]);

		t->lost += n == 0;
		t->doubled += n > 1 ? n - 1 : 0;
	}
	for (int i = 0; i < t->nqueued; i++) {
		int n = chain_sent(t->queued[i]);

		t->twice += n > 1 ? n - 1 : 0;
	}
}

static _Noreturn void
try_one(int which, int fd)
{
	static struct trial t;
	struct verdict v = {.which = which};
	int64_t began = clock_mono();

	chain_start(&fault_cases[which].wish);
	fault_cases[which].run(&t);
	count(&t);
	v.stopped = chain_stop();
	v.lost = t.lost;
	v.doubled = t.doubled;
	v.twice = t.twice;
	v.recovery = t.recovery;
	v.all = clock_mono() - began;
	snprintf(v.note, sizeof(v.note), "%s", t.note == NULL ? "" : t.note);
	if (write(fd, &v, sizeof(v)) != (ssize_t)sizeof(v))
		exit(3);
	exit(0);
}

static bool
wanted(int which, int argc, char **argv)
{
	for (int i = 1; i < argc; i++) {
		if (strstr(fault_cases[which].name, argv[i]) != NULL)
			return true;
	}
	return argc == 1;
}

/* Waits for one child; false when it failed. */
static bool
reap(const pid_t pids[], int n)
{
	int status;
	pid_t pid = wait(&status);

	for (int i = 0; i < n; i++) {
		if (pids[i] != pid ||
		    (WIFEXITED(status) && WEXITSTATUS(status) == 0))
			continue;
		fprintf(stderr, "FAILED: %s\n", fault_cases[i].name);
		return false;
	}
	return true;
}

static bool
tell(const struct verdict *v)
{
	printf("%-46s %5d %8d %6d %9.1f %7.1f  %s%s\n",
	    fault_cases[v->which].name, v->lost, v->doubled, v->twice,
	    (double)v->recovery / 1000, (double)v->all / 1000, v->note,
	    v->stopped ? "" : "  NOT ENDED WELL");
	return v->lost == 0 && v->doubled == 0 && v->twice == 0 && v->stopped;
}

int
main(int argc, char **argv)
{
	pid_t pids[200] = {0};
	int ends[2], running = 0, tried = 0;
	struct verdict verdicts[200];
	bool ok = pipe(ends) == 0;

	for (int i = 0; ok && i < fault_count; i++) {
		if (!wanted(i, argc, argv))
			continue;
		while (running >= AT_ONCE) {
			ok = reap(pids, i) && ok;
			running--;
		}
		fflush(stdout);
		pids[i] = fork();
		if (pids[i] == 0)
			try_one(i, ends[1]);
		running++;
		tried++;
	}
	for (; running > 0; running--)
		ok = reap(pids, fault_count) && ok;
	close(ends[1]);
	memset(verdicts, 0, sizeof(verdicts));
	for (struct verdict v; read(ends[0], &v, sizeof(v)) == sizeof(v);)
		verdicts[v.which] = v;
	printf("%-46s %5s %8s %6s %9s %7s\n", "fault", "lost", "doubled",
	    "twice", "back in s", "in all");
	for (int i = 0; i < fault_count; i++) {
		if (verdicts[i].all > 0)
			ok = tell(&verdicts[i]) && ok;
	}
	printf("%d faults\n", tried);
	return ok ? 0 : 1;
}
