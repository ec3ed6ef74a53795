/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The queue is a list under a mutex. While one batch is being committed the
 * next one gathers by itself, so the batch grows with the load and no job
 * lingers: waiting even 1 ms for more jobs halved the throughput (notes).
 *
 * The order inside a transaction: the answers of all jobs, sorted by id; what
 * else a job has to do; then the tallies of all of them, coalesced and sorted
 * by key. Tallies count only what was really inserted (store_answers says so),
 * so a repeated answer never counts twice.
 *
 * Strangers' jobs stand in line beside the queue, and a batch takes a limited
 * number of them: a flood of them makes each commit longer by some milliseconds
 * and no more, and whoever floods waits behind himself.
 *
 * A lost connection (PostgreSQL) leaves open whether the commit under way came
 * through. The batch is simply done again: what is there already is found to be
 * a duplicate, which is the right answer to its sender.
 */
#include "server/store/writer.h"

#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>
#include "server/core/score/tally.h"
#include "server/db/db.h"
#include "server/store/answers.h"
#include "server/store/cases/bursts.h"
#include "server/store/checkpointer.h"
#include "server/store/confirmed.h"
#include "server/store/tallies.h"
#include "shared/clock.h"
#include "shared/limits.h"
#include "shared/log.h"

static const double second_bounds[] = {
    .0005, .001, .002, .005, .01, .02, .05, .1, .2, .5, 1, 2, 5};
static const double size_bounds[] = {
    1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000};

#define PROBE_SECONDS 2
#define PATIENCE_MS   5000

struct writer {
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t wake;
	struct job *first, **last; /* the queue */
	struct fair_line *line;    /* of strangers */
	bool idle;                 /* waits to be woken */
	bool failing;              /* the thread's: the last batch did */
	bool stopping;
	struct writer_figures figures;
	struct db *db;
	struct checkpointer *checkpointer; /* NULL: there is no log */
	int hold;
	bool settled; /* nothing that can be read is only in memory */
	struct confirmed confirmed;
	_Atomic(const char *) refused; /* why nothing is taken; NULL: it is */
	struct tallies tallies;
	struct bursts *bursts; /* what comes unusually */
	writer_done *done;
	void *context;
};

/* Stores the entries of the first count jobs together. */
static bool
store_entries(struct db *db, struct tallies *tallies, struct bursts *bursts,
    struct job *list, size_t count)
{
	struct entry **entries;
	size_t n = 0, i;
	struct job *job;
	bool ok;

	for (job = list, i = 0; i < count; job = job->next, i++)
		n += job->nentries;
	entries = malloc((n + 1) * sizeof(*entries));
	if (entries == NULL)
		abort();
	n = 0;
	for (job = list, i = 0; i < count; job = job->next, i++)
		for (size_t k = 0; k < job->nentries; k++)
			entries[n++] = &job->entries[k];
	ok = bursts_look(db, bursts, entries, n) &&
	     store_answers(db, tallies, entries, n) &&
	     bursts_mark(db, tallies, bursts, entries, n);
	free(entries);
	return ok;
}

static bool
run_jobs(struct db *db, struct tallies *tallies, struct job *list, size_t count)
{
	for (struct job *job = list; count > 0; job = job->next, count--)
		if (job->run != NULL && !job->run(db, tallies, job->data))
			return false;
	return true;
}

/* The first count jobs in one transaction; false: nothing happened, or (a lost
 * connection) that is unknown. */
static bool
commit_once(struct db *db, struct tallies *tallies, struct bursts *bursts,
    struct job *list, size_t count)
{
	bool stored, committed;

	tallies_clear(tallies);
	if (!db_begin(db))
		return false;
	stored = store_entries(db, tallies, bursts, list, count) &&
		 run_jobs(db, tallies, list, count) &&
		 store_tallies_add(db, tallies);
	committed = stored && db_commit(db);
	bursts_done(bursts, committed);
	if (!stored)
		db_rollback(db);
	return committed;
}

/* Again while that can help: a deadlock is over at once, a server that starts
 * again takes some seconds. */
static bool
commit_list(struct db *db, struct tallies *tallies, struct bursts *bursts,
    struct job *list, size_t count, int64_t patience)
{
	int64_t until = clock_mono() + patience, pause = 10;

	while (!commit_once(db, tallies, bursts, list, count)) {
		if ((db_trouble(db) != DB_BUSY && db_trouble(db) != DB_GONE) ||
		    clock_mono() + pause > until)
			return false;
		usleep((useconds_t)pause * 1000);
		pause = pause < 400 ? pause * 2 : pause;
	}
	return true;
}

static size_t
list_length(const struct job *list)
{
	size_t n = 0;

	for (; list != NULL; list = list->next)
		n++;
	return n;
}

/* Whether another transaction may succeed where one failed: not while the disk
 * is full or gone, then every job would fail and only hammer it. A job that
 * refused by itself leaves no trouble. */
static bool
worth_another(struct db *db)
{
	return db_trouble(db) == DB_FINE || db_trouble(db) == DB_BROKEN;
}

static void
commit_each(struct db *db, struct tallies *tallies, struct bursts *bursts,
    struct job *list, int64_t patience)
{
	size_t n = list_length(list);
	bool whole;

	bursts_begin(bursts);
	whole = commit_list(db, tallies, bursts, list, n, patience);

	for (struct job *job = list; job != NULL; job = job->next)
		if (whole ||
		    (n > 1 && worth_another(db) &&
			commit_list(db, tallies, bursts, job, 1, patience)))
			job->result = JOB_COMMITTED;
		else
			job->result = JOB_FAILED;
}

void
writer_commit(struct db *db, struct tallies *tallies, struct bursts *bursts,
    struct job *list)
{
	commit_each(db, tallies, bursts, list, PATIENCE_MS);
}

/* Why nothing is confirmed. */
static const char *
writer_reason(struct writer *w)
{
	static const char *const words[] = {
	    [DB_FINE] = "the last write failed; see the log",
	    [DB_BUSY] = "the last write failed: another program holds the "
			"database",
	    [DB_FULL] = "the last write failed: the disk is full",
	    [DB_GONE] = "the last write failed: the database is not reached",
	    [DB_DISK] = "the last write failed: the disk refuses (read-only or "
			"broken?); see the log",
	    [DB_DAMAGED] = WRITER_DAMAGED,
	    [DB_MOVED] = "the last write failed; see the log",
	    [DB_STOPPED] = "the last write failed: it took too long",
	    [DB_BROKEN] = "the last write failed; see the log",
	};
	const char *wrong = db_misplaced(w->db);
	const char *refused = atomic_load(&w->refused);

	if (wrong != NULL || refused != NULL)
		return wrong != NULL ? wrong : refused;
	return w->confirmed.lost ? "the database lacks answers that were "
				   "confirmed; see the log"
				 : words[db_trouble(w->db)];
}

/* Errands of the house are nobody's requests, and no figure tells of them. */
static size_t
requests_of(const struct job *list)
{
	size_t n = 0;

	for (; list != NULL; list = list->next)
		n += !list->errand;
	return n;
}

static void
count_committed(struct writer *w, const struct job *list, int64_t began)
{
	double seconds = (double)(clock_micro() - began) / 1e6;
	const char *reason = writer_reason(w);
	size_t asked = requests_of(list);

	pthread_mutex_lock(&w->lock);
	w->figures.commits++;
	w->figures.healthy = true;
	w->failing = false;
	w->figures.busy_since = 0;
	if (asked > 0) {
		histogram_add(&w->figures.seconds, seconds);
		histogram_add(&w->figures.sizes, (double)asked);
	}
	for (; list != NULL; list = list->next) {
		w->figures.jobs++;
		w->figures.waiting--;
		if (list->result == JOB_FAILED) {
			w->figures.failed++;
			w->figures.healthy = false;
			w->failing = true;
			w->figures.reason = reason;
		}
	}
	pthread_mutex_unlock(&w->lock);
}

/* Before the first commit: what can be read must be on the disk, or a repeat
 * would be acknowledged that never was. */
static bool
settle_jobs(struct writer *w)
{
	w->settled = w->settled || db_settle(w->db);
	return w->settled;
}

/* Whether anything may be written at all. */
static bool
takes(struct writer *w)
{
	return atomic_load(&w->refused) == NULL && !w->confirmed.lost &&
	       settle_jobs(w);
}

/* A durable write that changes nothing anybody reads. */
static bool
probe(struct writer *w)
{
	bool ok = takes(w) && db_begin(w->db) &&
		  db_run(w->db, Q_META_PUT, NULL, "tt", "probe", "") &&
		  db_commit(w->db) && confirmed_stands(&w->confirmed, w->db);

	db_rollback(w->db);
	return ok;
}

/* Waits for work, under the lock. While the disk refuses, perhaps none come
 * (a proxy that asks /healthz sends people elsewhere), so the writer itself
 * looks whether it is over. */
static void
wait_for_work(struct writer *w)
{
	struct timespec until;
	const char *reason;
	bool ok;

	if (w->figures.healthy) {
		pthread_cond_wait(&w->wake, &w->lock);
		return;
	}
	clock_gettime(CLOCK_MONOTONIC, &until);
	until.tv_sec += PROBE_SECONDS;
	if (pthread_cond_clockwait(
		&w->wake, &w->lock, CLOCK_MONOTONIC, &until) != ETIMEDOUT)
		return;
	pthread_mutex_unlock(&w->lock);
	ok = probe(w);
	reason = writer_reason(w);
	w->failing = !ok;
	if (ok)
		log_info("writing works again");
	pthread_mutex_lock(&w->lock);
	w->figures.healthy = ok;
	w->figures.reason = reason;
}

static struct job *
job_at(struct line_place *p)
{
	return p == NULL
		   ? NULL
		   : (struct job *)((char *)p - offsetof(struct job, place));
}

/* Under the lock, as what follows: strangers that waited too long, as a list
 * of failed jobs. */
static struct job *
take_late(struct writer *w)
{
	int64_t before = clock_mono() - LIMIT_LINE_MS;
	struct job *list = NULL, *job;

	while ((job = job_at(fair_line_late(w->line, before))) != NULL) {
		job->result = JOB_FAILED;
		job->next = list;
		list = job;
		w->figures.late++;
	}
	return list;
}

/* Adds those whose turn it is to the queue. */
static void
take_in_turn(struct writer *w)
{
	struct job *job;

	for (int i = 0; i < LIMIT_LINE_BATCH &&
			(job = job_at(fair_line_take(w->line))) != NULL;
	     i++) {
		job->next = NULL;
		*w->last = job;
		w->last = &job->next;
		w->figures.waiting++;
	}
}

/* Takes all that waits, of strangers those whose turn it is; NULL when stopping
 * and nothing is left. *late: those who are given back, a list. */
static struct job *
take_writer(struct writer *w, struct job **late)
{
	struct job *list;

	pthread_mutex_lock(&w->lock);
	w->idle = true;
	while (
	    w->first == NULL && fair_line_count(w->line) == 0 && !w->stopping)
		wait_for_work(w);
	w->idle = false;
	*late = take_late(w);
	take_in_turn(w);
	w->figures.in_line = (int64_t)fair_line_count(w->line);
	list = w->first;
	w->first = NULL;
	w->last = &w->first;
	w->figures.busy_since = list == NULL ? 0 : clock_mono();
	pthread_mutex_unlock(&w->lock);
	return list;
}

static void
fail_all(struct job *list)
{
	for (; list != NULL; list = list->next)
		list->result = JOB_FAILED;
}

static int64_t
writer_patience(void)
{
	int ms = db_patience_set();

	return ms > 0 && ms < PATIENCE_MS ? ms : PATIENCE_MS;
}

static void
commit_and_confirm(struct writer *w, struct job *list)
{
	if (!takes(w)) {
		fail_all(list);
		return;
	}
	/* only the first to meet a trouble waits for its end */
	commit_each(w->db, &w->tallies, w->bursts, list,
	    w->failing ? 0 : writer_patience());
	if (db_damaged(w->db))
		writer_refuse(w, WRITER_DAMAGED);
	if (confirmed_stands(&w->confirmed, w->db))
		confirmed_note(&w->confirmed, w->db, list);
	else
		fail_all(list);
}

static void *
run_writer(void *arg)
{
	struct writer *w = arg;
	struct job *list, *late;
	int64_t began;

	while ((list = take_writer(w, &late)) != NULL || late != NULL) {
		if (late != NULL)
			w->done(late, w->context);
		if (list == NULL)
			continue;
		began = clock_micro();
		commit_and_confirm(w, list);
		checkpointer_grown(w->checkpointer, db_log_pages(w->db));
		count_committed(w, list, began);
		w->done(list, w->context);
	}
	return NULL;
}

/* Whatever is there of it. */
static void
destroy_writer(struct writer *w)
{
	checkpointer_stop(w->checkpointer);
	tallies_finish(&w->tallies);
	bursts_destroy(w->bursts);
	fair_line_destroy(w->line);
	db_close(w->db); /* last of the two: it tidies the file up */
	db_hold_end(w->hold);
	pthread_mutex_destroy(&w->lock);
	pthread_cond_destroy(&w->wake);
	free(w);
}

static bool
open_writer_database(struct writer *w, const char *url)
{
	w->db = db_open(url, DB_WRITE);
	if (w->db == NULL || !db_hold(url, &w->hold))
		return false;
	if (!db_has_log(w->db))
		return true;
	w->checkpointer = checkpointer_start(url);
	return w->checkpointer != NULL;
}

static struct writer *
create(writer_done *done, void *context)
{
	struct writer *w = calloc(1, sizeof(*w));

	if (w == NULL)
		abort();
	tallies_init(&w->tallies);
	w->bursts = bursts_create();
	w->hold = -1;
	w->done = done;
	w->context = context;
	w->last = &w->first;
	w->line = fair_line_create(LIMIT_LINE_JOBS);
	w->figures.healthy = true;
	w->figures.seconds.bounds = second_bounds;
	w->figures.seconds.nbounds =
	    sizeof(second_bounds) / sizeof(second_bounds[0]);
	w->figures.sizes.bounds = size_bounds;
	w->figures.sizes.nbounds = sizeof(size_bounds) / sizeof(size_bounds[0]);
	pthread_mutex_init(&w->lock, NULL);
	pthread_cond_init(&w->wake, NULL);
	return w;
}

struct writer *
writer_start(const char *url, writer_done *done, void *context)
{
	struct writer *w = create(done, context);

	if (!open_writer_database(w, url)) {
		destroy_writer(w);
		return NULL;
	}
	if (pthread_create(&w->thread, NULL, run_writer, w) == 0)
		return w;
	log_error("cannot start the writer thread; raise the limit of "
		  "processes");
	destroy_writer(w);
	return NULL;
}

static struct job *
queue_up(struct writer *w, struct job *job)
{
	if (w->stopping || w->figures.waiting >= LIMIT_QUEUE_JOBS)
		return job;
	job->next = NULL;
	*w->last = job;
	w->last = &job->next;
	w->figures.waiting++;
	return NULL;
}

static struct job *
stand_in_line(struct writer *w, struct job *job)
{
	if (w->stopping)
		return job;
	job->place.since = clock_mono();
	return job_at(fair_line_join(w->line, &job->place));
}

struct job *
writer_submit(struct writer *w, struct job *list)
{
	struct job *rest = NULL, **last = &rest, *job, *next;
	bool wake;

	pthread_mutex_lock(&w->lock);
	wake = w->idle && w->first == NULL && fair_line_count(w->line) == 0;
	for (job = list; job != NULL; job = next) {
		next = job->next;
		job->result = JOB_WAITING;
		job = job->stranger ? stand_in_line(w, job) : queue_up(w, job);
		if (job == NULL)
			continue;
		job->result = JOB_WAITING;
		job->next = NULL;
		*last = job;
		last = &job->next;
	}
	w->figures.in_line = (int64_t)fair_line_count(w->line);
	if (wake && (w->first != NULL || fair_line_count(w->line) > 0))
		pthread_cond_signal(&w->wake);
	pthread_mutex_unlock(&w->lock);
	return rest;
}

void
writer_refuse(struct writer *w, const char *reason)
{
	const char *none = NULL;

	atomic_compare_exchange_strong(&w->refused, &none, reason);
	pthread_mutex_lock(&w->lock);
	w->figures.healthy = false;
	w->figures.reason = atomic_load(&w->refused);
	pthread_cond_signal(&w->wake);
	pthread_mutex_unlock(&w->lock);
}

void
writer_figures(struct writer *w, struct writer_figures *out)
{
	pthread_mutex_lock(&w->lock);
	*out = w->figures;
	pthread_mutex_unlock(&w->lock);
}

void
writer_stop(struct writer *w)
{
	if (w == NULL)
		return;
	pthread_mutex_lock(&w->lock);
	w->stopping = true;
	pthread_cond_signal(&w->wake);
	pthread_mutex_unlock(&w->lock);
	pthread_join(w->thread, NULL);
	destroy_writer(w);
}

void
job_list_add(struct job_list *list, struct job *job)
{
	if (job == NULL)
		return;
	*list->last = job;
	list->last = &job->next;
}

struct job *
job_list_take(struct job_list *list)
{
	struct job *first = list->first;

	list->first = NULL;
	list->last = &list->first;
	return first;
}
