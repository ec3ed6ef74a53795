/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Group commit. Jobs wait in a bounded queue; one thread takes all that wait,
 * stores their answers in one transaction with their tallies coalesced,
 * commits, and only then gives the whole list back as done. No sender is
 * answered before the disk has it.
 *
 * Jobs of strangers wait in a line of their own (core/fair_line.h): they take
 * no place of devices and staff, some of them go with each commit, in turn by
 * source, and who waits for too long is given back.
 */
#ifndef HAILONG_SERVER_STORE_WRITER_H
#define HAILONG_SERVER_STORE_WRITER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "server/core/fair_line.h"
#include "server/store/histogram.h"

struct bursts;
struct db;
struct entry;
struct tallies;
struct writer;

enum job_result { JOB_WAITING, JOB_COMMITTED, JOB_FAILED };

/* Everything in it may be done more than once (after a rollback, or when the
 * connection was lost while committing), so it must be safe to repeat. */
struct job {
	struct job *next; /* of a list, then the queue's */
	/* Answers to store; each says in the end what became of it. */
	struct entry *entries;
	size_t nentries;
	/* What else is to be done, after the answers of the whole batch and in
	 * the same transaction, on the writer's thread; NULL: nothing. False:
	 * the database refused. Sets all its results afresh. */
	bool (*run)(struct db *db, struct tallies *tallies, void *data);
	void *data;
	enum job_result result;
	bool errand; /* not waited for: who gets it back done frees it */
	bool again;  /* … or, committed, queues it once more: run sets this */
	bool stranger; /* neither a device's nor a person's; its place: */
	struct line_place place; /* source is set by who submits it */
};

/* Jobs in the order in which they came; job_list_take makes an empty one. */
struct job_list {
	struct job *first, **last;
};

/* Adds one at the end; NULL: nothing. */
void job_list_add(struct job_list *list, struct job *job);
/* Gives all of them and leaves none. */
struct job *job_list_take(struct job_list *list);

/* Called on the writer thread with a list of finished jobs. */
typedef void writer_done(struct job *list, void *context);

/* What the writer did so far. */
struct writer_figures {
	int64_t commits, jobs, failed; /* since start */
	int64_t waiting;               /* now, without strangers that … */
	int64_t in_line;               /* … wait in their line */
	int64_t late;                  /* of those, given back for waiting */
	int64_t busy_since;            /* clock_mono, 0: idle */
	bool healthy;                  /* the last commit succeeded */
	const char *reason;            /* when it did not: a sentence, static */
	struct histogram seconds;      /* of each batch, to its commit */
	struct histogram sizes;        /* jobs of each, errands not counted */
};

/* Opens its own connection and starts the thread; NULL, logged, if it cannot,
 * also when another process serves the same SQLite file.
 */
struct writer *writer_start(const char *url, writer_done *done, void *context);
/* Queues a list of jobs, as many as there is room for, from its head on.
 * Returns a list of those for which there is none (answer 503): the rest, and
 * strangers' jobs, of this list or of former ones, that lost their place; NULL
 * when all were taken. Only a list with strangers' jobs pushes some out. */
struct job *writer_submit(struct writer *w, struct job *list);
/* Commits what waits, ends the thread, frees. NULL is allowed. */
void writer_stop(struct writer *w);
/* Takes nothing from now on, until the program starts again: the reason is a
 * sentence of static memory. From any thread; the first reason stays. */
void writer_refuse(struct writer *w, const char *reason);
#define WRITER_DAMAGED                                                         \
	"the database has pages that cannot be read; nothing is taken until "  \
	"it is restored (see the log, and hailong-server check)"
/* A consistent copy of the figures. */
void writer_figures(struct writer *w, struct writer_figures *out);

/* One transaction of jobs on a connection; sets each job's result. Tries again,
 * for some seconds, while another process's lock or a lost connection is in the
 * way. When the batch fails otherwise, each job is tried alone, so that one bad
 * job cannot spoil its neighbours. bursts: what watches the answers
 * (store/cases/bursts.h), NULL nothing. Exposed for the command line and for
 * tests.
 */
void writer_commit(struct db *db, struct tallies *tallies,
    struct bursts *bursts, struct job *list);

#endif
