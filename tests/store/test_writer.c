/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Group commit: nobody is done before the commit, a job that fails spoils no
 * neighbour, a full queue says so, stopping commits what waits. On SQLite; the
 * store's cases run on both engines elsewhere.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "server/store/answers.h"
#include "server/store/histogram.h"
#include "server/store/writer.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "server/core/score/tally.h"
#include "shared/limits.h"
#include "tests/kit/recount.h"

static char folder[] = "/tmp/hailong-writer-XXXXXX";
static char url[64];

static int
make_database(void **state)
{
	static const char *const endings[] = {"", "-wal", "-shm"};
	char path[96];
	struct db *db;

	(void)state;
	for (size_t i = 0; i < 3; i++) {
		snprintf(path, sizeof(path), "%s/db%s", folder, endings[i]);
		unlink(path);
	}
	snprintf(url, sizeof(url), "sqlite:%s/db", folder);
	db = db_open(url, DB_CREATE);
	db_close(db);
	return db == NULL ? -1 : 0;
}

static int
make_folder(void **state)
{
	(void)state;
	return mkdtemp(folder) == NULL ? -1 : 0;
}

static int
remove_folder(void **state)
{
	static const char *const names[] = {
	    "db", "db-wal", "db-shm", "db.lock"};
	char path[96];

	(void)state;
	for (size_t i = 0; i < 4; i++) {
		snprintf(path, sizeof(path), "%s/%s", folder, names[i]);
		unlink(path);
	}
	return rmdir(folder);
}

/* --------------------------------------------------------------------- jobs */

enum doing { STORE, REFUSE, BREAK };

/* A job of one answer. */
struct work {
	struct job job;
	enum doing doing;
	struct entry entry;
	atomic_bool done;
	bool found_when_done; /* another connection saw it by then */
};

/* Only after the answer was stored and counted: all of that must go. */
static bool
refuse(struct db *db, struct tallies *tallies, void *data)
{
	(void)db;
	(void)tallies;
	(void)data;
	return false;
}

static void
prepare(struct work *w, enum doing doing)
{
	memset(w, 0, sizeof(*w));
	w->doing = doing;
	w->job.entries = &w->entry;
	w->job.nentries = 1;
	w->job.run = doing == REFUSE ? refuse : NULL;
	w->job.data = w;
	uuid_new(&w->entry.id);
	w->entry.day = 20000;
	w->entry.unit = "22969";
	w->entry.desk = "LH1";
	w->entry.field = "";
	w->entry.channel = "kiosk";
	w->entry.form = "one-stop";
	w->entry.form_version = 1;
	w->entry.scores = "overall=5 attitude=4";
	w->entry.reasons = w->entry.flags = w->entry.device = "";
	w->entry.lang = "vi";
	w->entry.assisted = "none";
	w->entry.dossier = "";
	w->entry.digest[0] = 1;
	if (doing == BREAK) /* a null where none may be */
		w->entry.lang = NULL;
}

static bool
stored(struct db *db, const struct work *w)
{
	struct rows *r = db_query(db, Q_ANSWER_DIGEST, "b", w->entry.id.bytes,
	    sizeof(w->entry.id.bytes));
	bool found = rows_next(r) == STEP_ROW;

	rows_close(r);
	return found;
}

/* Answers in the database; the tallies must say the same. */
static int64_t
count(void)
{
	struct db *db = db_open(url, DB_READ);
	int64_t all, samples;

	assert_non_null(db);
	assert_true(store_answer_counts(db, &all, &samples));
	assert_true(recount_agrees(db));
	db_close(db);
	return all;
}

/* -------------------------------------------------------------- one commit */

static void
commit(struct work *works, size_t n)
{
	struct db *db = db_open(url, DB_WRITE);
	struct tallies tallies;

	assert_non_null(db);
	for (size_t i = 0; i < n; i++)
		works[i].job.next = i + 1 < n ? &works[i + 1].job : NULL;
	tallies_init(&tallies);
	writer_commit(db, &tallies, NULL, &works[0].job);
	tallies_finish(&tallies);
	for (size_t i = 0; i < n; i++)
		assert_int_equal(stored(db, &works[i]),
		    works[i].job.result == JOB_COMMITTED);
	db_close(db);
}

/* Failing jobs at the head, in the middle, twice in a row, at the end, and
 * whole batches of them. "s" is stored, "r" refused, "b" broken. */
static void
test_neighbours_are_stored(void **state)
{
	static const char *const batches[] = {"s", "r", "b", "sss", "srs",
	    "sbs", "rss", "bss", "ssr", "ssb", "srrs", "sbbs", "srbsrbs",
	    "bsbsbs", "rsrsrs", "rrr", "bbb"};

	(void)state;
	for (size_t i = 0; i < sizeof(batches) / sizeof(batches[0]); i++) {
		const char *batch = batches[i];
		struct work works[8];
		size_t n = strlen(batch);
		int64_t good = 0;

		make_database(NULL);
		for (size_t k = 0; k < n; k++) {
			prepare(&works[k], batch[k] == 's'   ? STORE
					   : batch[k] == 'r' ? REFUSE
							     : BREAK);
			good += batch[k] == 's';
		}
		commit(works, n);
		for (size_t k = 0; k < n; k++) {
			enum job_result want =
			    batch[k] == 's' ? JOB_COMMITTED : JOB_FAILED;

			if (works[k].job.result != want)
				fail_msg("batch %s: job %zu", batch, k);
		}
		assert_int_equal(count(), good);
	}
}

/* The same answer twice in a batch is stored and counted once. */
static void
test_twice_in_a_batch(void **state)
{
	struct work works[3];

	(void)state;
	for (size_t i = 0; i < 3; i++)
		prepare(&works[i], STORE);
	works[2].entry.id = works[0].entry.id;
	commit(works, 3);
	assert_int_equal(works[2].job.result, JOB_COMMITTED);
	assert_int_equal(works[0].entry.stored, STORED);
	assert_int_equal(works[2].entry.stored, STORED_DUPLICATE);
	assert_int_equal(count(), 2);
}

/* --------------------------------------------------------------- the thread */

static bool
submit(struct writer *writer, struct work *w)
{
	return writer_submit(writer, &w->job) == NULL;
}

struct gate {
	pthread_mutex_t lock;
	pthread_cond_t turn;
	bool open;
	int64_t done;
	struct db *reader; /* of the writer thread, in done() */
};

static void
done(struct job *list, void *context)
{
	struct gate *g = context;

	for (struct job *next; list != NULL; list = next) {
		struct work *w = list->data;

		next = list->next;
		if (g->reader == NULL)
			g->reader = db_open(url, DB_READ);
		w->found_when_done = stored(g->reader, w);
		pthread_mutex_lock(&g->lock);
		g->done++;
		pthread_cond_broadcast(&g->turn);
		pthread_mutex_unlock(&g->lock);
		atomic_store(&w->done, true);
	}
}

static void
gate_init(struct gate *g)
{
	memset(g, 0, sizeof(*g));
	pthread_mutex_init(&g->lock, NULL);
	pthread_cond_init(&g->turn, NULL);
}

static void
gate_finish(struct gate *g)
{
	db_close(g->reader);
	pthread_cond_destroy(&g->turn);
	pthread_mutex_destroy(&g->lock);
}

#define THREADS 4
#define EACH    150

struct submitter {
	pthread_t thread;
	struct writer *writer;
	struct work works[EACH];
};

static void *
submit_all(void *arg)
{
	struct submitter *s = arg;

	for (size_t i = 0; i < EACH; i++) {
		prepare(&s->works[i], i % 50 == 7 ? REFUSE : STORE);
		while (!submit(s->writer, &s->works[i]))
			usleep(1000);
	}
	return NULL;
}

/* Many submit at once; whoever is done can be read by everyone. */
static void
test_done_after_commit(void **state)
{
	struct submitter *s = calloc(THREADS, sizeof(*s));
	struct writer_figures figures;
	struct writer *writer;
	struct gate gate;

	(void)state;
	assert_non_null(s);
	gate_init(&gate);
	writer = writer_start(url, done, &gate);
	assert_non_null(writer);
	for (size_t i = 0; i < THREADS; i++) {
		s[i].writer = writer;
		pthread_create(&s[i].thread, NULL, submit_all, &s[i]);
	}
	for (size_t i = 0; i < THREADS; i++)
		pthread_join(s[i].thread, NULL);
	pthread_mutex_lock(&gate.lock);
	while (gate.done < THREADS * EACH)
		pthread_cond_wait(&gate.turn, &gate.lock);
	pthread_mutex_unlock(&gate.lock);
	writer_figures(writer, &figures);
	writer_stop(writer);
	assert_int_equal(figures.jobs, THREADS * EACH);
	assert_int_equal(figures.failed, THREADS * 3);
	assert_int_equal(figures.waiting, 0);
	assert_true(figures.commits <= figures.jobs);
	assert_int_equal(
	    histogram_up_to(&figures.seconds, figures.seconds.nbounds),
	    figures.commits);
	assert_int_equal(histogram_up_to(&figures.sizes, figures.sizes.nbounds),
	    figures.commits);
	assert_true(figures.sizes.sum == (double)figures.jobs);
	assert_true(figures.busy_since == 0);
	for (size_t i = 0; i < THREADS; i++)
		for (size_t k = 0; k < EACH; k++)
			assert_int_equal(s[i].works[k].found_when_done,
			    s[i].works[k].doing == STORE);
	assert_int_equal(count(), THREADS * (EACH - 3));
	gate_finish(&gate);
	free(s);
}

/* A job that waits until the test lets it go holds the writer. */
static bool
run_held(struct db *db, struct tallies *tallies, void *data)
{
	struct gate *g = data;

	(void)db;
	(void)tallies;
	pthread_mutex_lock(&g->lock);
	g->done = -1; /* it has begun */
	pthread_cond_broadcast(&g->turn);
	while (!g->open)
		pthread_cond_wait(&g->turn, &g->lock);
	pthread_mutex_unlock(&g->lock);
	return true;
}

static void
done_quietly(struct job *list, void *context)
{
	atomic_int *n = context;

	for (struct job *next; list != NULL; list = next) {
		next = list->next;
		if (list->result == JOB_COMMITTED)
			atomic_fetch_add(n, 1);
	}
}

static void
hold(struct writer *writer, struct job *job, struct gate *gate)
{
	memset(job, 0, sizeof(*job));
	job->run = run_held;
	job->data = gate;
	assert_null(writer_submit(writer, job));
	pthread_mutex_lock(&gate->lock);
	while (gate->done != -1)
		pthread_cond_wait(&gate->turn, &gate->lock);
	pthread_mutex_unlock(&gate->lock);
}

static void
let_go(struct gate *gate)
{
	pthread_mutex_lock(&gate->lock);
	gate->open = true;
	pthread_cond_broadcast(&gate->turn);
	pthread_mutex_unlock(&gate->lock);
}

/* LIMIT_QUEUE_JOBS are taken of a list, the one in hand counted, and the rest
 * is given back; what was taken is committed by a stop that comes while it
 * waits. */
static void
test_full_and_stop_drains(void **state)
{
	struct work *works = calloc(LIMIT_QUEUE_JOBS + 2, sizeof(*works));
	struct writer_figures figures;
	struct writer *writer;
	struct job held;
	struct gate gate;
	atomic_int committed = 0;

	(void)state;
	assert_non_null(works);
	gate_init(&gate);
	writer = writer_start(url, done_quietly, &committed);
	assert_non_null(writer);
	hold(writer, &held, &gate);
	for (size_t i = 0; i < LIMIT_QUEUE_JOBS + 2; i++) {
		prepare(&works[i], STORE);
		if (i > 0)
			works[i - 1].job.next = &works[i].job;
	}
	assert_ptr_equal(writer_submit(writer, &works[0].job),
	    &works[LIMIT_QUEUE_JOBS - 1].job);
	assert_ptr_equal(
	    works[LIMIT_QUEUE_JOBS - 1].job.next, &works[LIMIT_QUEUE_JOBS].job);
	assert_int_equal(works[0].job.result, JOB_WAITING);
	assert_false(submit(writer, &works[LIMIT_QUEUE_JOBS + 1]));
	writer_figures(writer, &figures);
	assert_int_equal(figures.waiting, LIMIT_QUEUE_JOBS);
	assert_int_equal(atomic_load(&committed), 0);
	let_go(&gate);
	writer_stop(writer);
	assert_int_equal(atomic_load(&committed), LIMIT_QUEUE_JOBS);
	assert_int_equal(count(), LIMIT_QUEUE_JOBS - 1);
	gate_finish(&gate);
	free(works);
}

/* What was done, list by list. */
struct lists {
	size_t strangers, late; /* in all */
	size_t with_device;     /* strangers committed together with it */
	bool device;
};

static void
note_lists(struct job *list, void *context)
{
	struct lists *l = context;
	size_t strangers = 0;
	bool device = false;

	for (; list != NULL; list = list->next) {
		strangers += list->stranger && list->result == JOB_COMMITTED;
		l->late += list->result == JOB_FAILED;
		device = device || (!list->stranger && list->nentries > 0);
	}
	l->strangers += strangers;
	if (device) {
		l->with_device = strangers;
		l->device = true;
	}
}

static struct job *
submit_from(struct writer *writer, struct work *w, uint64_t source)
{
	prepare(w, STORE);
	w->job.stranger = source != 0;
	w->job.place.source = source;
	return writer_submit(writer, &w->job);
}

/* A line full of one source's jobs: it loses its own newest to another source,
 * takes no place of a device's, and does not make it wait for all of them.
 * Whoever waits too long on a slow machine is given back, and no job is lost.
 */
static void
test_strangers_in_line(void **state)
{
	struct work *works = calloc(LIMIT_LINE_JOBS + 3, sizeof(*works));
	struct lists lists = {0};
	struct writer_figures figures;
	struct writer *writer;
	struct job held;
	struct gate gate;
	size_t i;

	(void)state;
	assert_non_null(works);
	gate_init(&gate);
	writer = writer_start(url, note_lists, &lists);
	assert_non_null(writer);
	hold(writer, &held, &gate);
	for (i = 0; i < LIMIT_LINE_JOBS; i++)
		assert_null(submit_from(writer, &works[i], 7));
	assert_ptr_equal(submit_from(writer, &works[i], 7), &works[i].job);
	assert_ptr_equal(
	    submit_from(writer, &works[i + 1], 8), &works[i - 1].job);
	assert_int_equal(works[i - 1].job.result, JOB_WAITING);
	assert_null(submit_from(writer, &works[i + 2], 0));
	writer_figures(writer, &figures);
	assert_int_equal(figures.in_line, LIMIT_LINE_JOBS);
	assert_int_equal(figures.waiting, 2);
	let_go(&gate);
	writer_stop(writer);
	assert_true(lists.device);
	assert_in_range(lists.with_device, 0, LIMIT_LINE_BATCH);
	assert_int_equal(lists.strangers + lists.late, LIMIT_LINE_JOBS);
	assert_int_equal(count(), lists.strangers + 1);
	assert_int_equal(works[i + 2].job.result, JOB_COMMITTED);
	gate_finish(&gate);
	free(works);
}

/* The database's own file. */
static int64_t
file_size(void)
{
	struct stat st;

	assert_int_equal(stat(url + strlen("sqlite:"), &st), 0);
	return st.st_size;
}

/* Long before the writer would do it, what the log has is copied. */
static void
test_log_is_copied_meanwhile(void **state)
{
	struct writer *writer;
	struct work *works = calloc(64, sizeof(*works));
	int64_t before = file_size();
	static char page[4096];
	struct gate gate;
	int i;

	(void)state;
	assert_non_null(works);
	memset(page, 'x', sizeof(page) - 1);
	gate_init(&gate);
	writer = writer_start(url, done, &gate);
	assert_non_null(writer);
	for (i = 0; i < 6000 && file_size() == before; i++) {
		struct work *w = &works[i % 64];

		while (i >= 64 && !atomic_load(&w->done))
			usleep(100);
		prepare(w, STORE);
		w->entry.comment = page;
		w->entry.plain = "";
		assert_true(submit(writer, w));
	}
	for (; file_size() == before && i < 6000 + 60000; i++)
		usleep(1000);
	assert_true(file_size() > before);
	writer_stop(writer);
	gate_finish(&gate);
	free(works);
}

/* Health follows the last commit. */
static void
test_health(void **state)
{
	struct writer_figures figures;
	struct writer *writer;
	struct work works[2];
	struct gate gate;

	(void)state;
	gate_init(&gate);
	writer = writer_start(url, done, &gate);
	assert_non_null(writer);
	writer_figures(writer, &figures);
	assert_true(figures.healthy);
	for (size_t i = 0; i < 2; i++) {
		prepare(&works[i], i == 0 ? BREAK : STORE);
		assert_true(submit(writer, &works[i]));
		while (!atomic_load(&works[i].done))
			usleep(1000);
		writer_figures(writer, &figures);
		assert_int_equal(figures.healthy, i == 1);
		assert_int_equal(figures.failed, 1);
	}
	writer_stop(writer);
	writer_stop(NULL);
	gate_finish(&gate);
}

/* A writer that is told to refuse takes nothing any more, and says why. */
static void
test_refuses(void **state)
{
	struct writer_figures figures;
	struct writer *writer;
	struct work works[2];
	struct gate gate;

	(void)state;
	gate_init(&gate);
	writer = writer_start(url, done, &gate);
	assert_non_null(writer);
	for (size_t i = 0; i < 2; i++) {
		if (i == 1) {
			writer_refuse(writer, "the first reason");
			writer_refuse(writer, "another");
		}
		prepare(&works[i], STORE);
		assert_true(submit(writer, &works[i]));
		while (!atomic_load(&works[i].done))
			usleep(1000);
		writer_figures(writer, &figures);
		assert_int_equal(figures.healthy, i == 0);
		assert_int_equal(
		    works[i].job.result, i == 0 ? JOB_COMMITTED : JOB_FAILED);
	}
	assert_string_equal(figures.reason, "the first reason");
	writer_stop(writer);
	gate_finish(&gate);
}

static void
test_no_database(void **state)
{
	(void)state;
	assert_null(writer_start("sqlite:/nonexistent/x", done, NULL));
}

int
main(void)
{
#define TEST(f) cmocka_unit_test_setup(f, make_database)
	static const struct CMUnitTest tests[] = {
	    TEST(test_neighbours_are_stored),
	    TEST(test_twice_in_a_batch),
	    TEST(test_done_after_commit),
	    TEST(test_full_and_stop_drains),
	    TEST(test_strangers_in_line),
	    TEST(test_log_is_copied_meanwhile),
	    TEST(test_health),
	    TEST(test_refuses),
	    TEST(test_no_database),
	};

	return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
