/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A look has two halves. The engine's own check finds pages that make no sense;
 * damage there spreads with every write, so the writer refuses, kiosks and
 * gateways keep what they have, and staff can go on reading what can be read. A
 * recount (second_count.h) finds figures that were altered and make sense: the
 * answers themselves are well, so they go on being taken, and it is said that
 * figures may be wrong. So it is with a catalogue that was altered past this
 * program (catalogue/fingerprint.h).
 *
 * Each look has a connection of its own, which has no page in its cache: it
 * reads what the disk has. At night, because a whole check reads everything.
 */
#include "server/store/soundness.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include "server/db/db.h"
#include "server/store/catalogue/fingerprint.h"
#include "server/store/second_count.h"
#include "server/store/writer.h"
#include "shared/civil.h"
#include "shared/clock.h"
#include "shared/log.h"

#define SMALL_BYTES   (64 * 1024 * 1024LL) /* looked over in half a second */
#define NIGHT_MINUTE  (2 * 60 + 30)        /* of the local day */
#define DAY_MINUTES   (24 * 60)
#define FINDINGS_MOST 10 /* lines in the log */

struct soundness {
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t wake;
	bool stopping;
	bool first_done; /* its pages were looked over before the thread */
	struct db *db;   /* of the look that is on its way, to break it off */
	struct soundness_report report;
	struct writer *writer;
	char *url;
};

struct findings_told {
	int64_t count;
};

static void
tell_page(void *context, const char *sentence)
{
	struct findings_told *told = context;

	if (told->count++ < FINDINGS_MOST)
		log_error("the database is damaged: %s", sentence);
}

static void
tell_tally(void *context, bool months, const struct tally *kept,
    const struct tally *counted)
{
	(void)context;
	(void)months;
	(void)kept;
	(void)counted;
}

static void
tell_dossiers(void *context, const struct dossier_count *kept,
    const struct dossier_count *counted)
{
	(void)context;
	(void)kept;
	(void)counted;
}

/* A connection for one look, known to soundness_stop; NULL when stopping, or
 * when there is none. */
static struct db *
open_look(struct soundness *s)
{
	struct db *db = db_open(s->url, DB_FRESH);
	bool stopping;

	pthread_mutex_lock(&s->lock);
	stopping = s->stopping;
	s->db = stopping ? NULL : db;
	pthread_mutex_unlock(&s->lock);
	if (stopping)
		db_close(db);
	return stopping ? NULL : db;
}

/* True when it was broken off. */
static bool
close_look(struct soundness *s, struct db *db)
{
	bool stopping;

	pthread_mutex_lock(&s->lock);
	s->db = NULL;
	stopping = s->stopping;
	pthread_mutex_unlock(&s->lock);
	db_close(db);
	return stopping;
}

static void
report_pages(struct soundness *s, int64_t findings)
{
	pthread_mutex_lock(&s->lock);
	s->report.damaged = s->report.damaged || findings > 0;
	s->report.checked_at = clock_now();
	pthread_mutex_unlock(&s->lock);
	if (findings == 0)
		return;
	log_error("nothing is taken any more: save a copy of the database's "
		  "files, look at the disk, restore a backup");
	writer_refuse(s->writer, WRITER_DAMAGED);
}

static void
look_at_pages(struct soundness *s, bool full)
{
	struct findings_told told = {0};
	struct db *db = open_look(s);
	bool done;

	if (db == NULL)
		return;
	done = db_inspect(db, full, tell_page, &told);
	if (!close_look(s, db) && (done || told.count > 0))
		report_pages(s, told.count);
}

struct keep_job {
	struct job job; /* first: an errand is freed by its job */
	char fresh[FINGERPRINT_TEXT];
};

static bool
run_keep(struct db *db, struct tallies *tallies, void *data)
{
	const struct keep_job *j = data;

	(void)tallies;
	return store_fingerprint_keep(db, j->fresh);
}

/* What the catalogue is now, for the next look. */
static void
keep_fingerprint(struct soundness *s, const char *fresh)
{
	struct keep_job *j = fresh[0] == '\0' ? NULL : calloc(1, sizeof(*j));

	if (j == NULL)
		return;
	snprintf(j->fresh, sizeof(j->fresh), "%s", fresh);
	j->job.run = run_keep;
	j->job.data = j;
	j->job.errand = true;
	if (writer_submit(s->writer, &j->job) != NULL)
		free(j); /* no room: the next look keeps it */
}

static void
report_counts(struct soundness *s, int64_t differences)
{
	pthread_mutex_lock(&s->lock);
	s->report.differences = differences;
	pthread_mutex_unlock(&s->lock);
	if (differences > 0)
		log_error("counts, answers or catalogue differ in %lld places; "
			  "figures "
			  "may be wrong. hailong-server check names them",
		    (long long)differences);
}

static void
count_again(struct soundness *s)
{
	int64_t differences = 0, unreadable = 0;
	struct db *db = open_look(s);
	char fresh[FINGERPRINT_TEXT] = "";
	bool ok, damaged, altered = false;

	if (db == NULL)
		return;
	ok = db_begin_read(db) &&
	     store_second_count(db, tell_tally, tell_dossiers, NULL,
		 &differences, &unreadable) &&
	     store_fingerprint_look(db, &altered, fresh);
	db_rollback(db);
	damaged = db_damaged(db);
	if (close_look(s, db))
		return;
	if (damaged)
		report_pages(s, 1);
	else if (ok) {
		keep_fingerprint(s, fresh);
		if (altered)
			log_error("the catalogue or the settings were altered "
				  "past this program: see the targets, fields "
				  "and desks, and save them anew");
		report_counts(s, differences + unreadable + altered);
	}
}

/* Ms until the next night's look. */
static int64_t
until_night(void)
{
	int64_t now = clock_now();
	int64_t minute = (now - civil_day_start(civil_local_day(now))) / 60000;
	int64_t wait = (NIGHT_MINUTE - minute + 2 * DAY_MINUTES) % DAY_MINUTES;

	return (wait == 0 ? DAY_MINUTES : wait) * 60000;
}

/* False: stopping. */
static bool
wait_for_night(struct soundness *s)
{
	int64_t ms = until_night();
	struct timespec until;
	bool stopping;
	int code = 0;

	clock_gettime(CLOCK_MONOTONIC, &until);
	until.tv_sec += ms / 1000;
	pthread_mutex_lock(&s->lock);
	s->report.looking = false;
	while (!s->stopping && code == 0)
		code = pthread_cond_clockwait(
		    &s->wake, &s->lock, CLOCK_MONOTONIC, &until);
	stopping = s->stopping;
	pthread_mutex_unlock(&s->lock);
	return !stopping;
}

static void *
run_soundness(void *arg)
{
	struct soundness *s = arg;

	if (!s->first_done)
		look_at_pages(s, false);
	count_again(s);
	while (wait_for_night(s)) {
		look_at_pages(s, true);
		count_again(s);
	}
	return NULL;
}

static void
look_at_small_file(struct soundness *s)
{
	struct db *db = db_open(s->url, DB_FRESH);
	int64_t size = db == NULL ? -1 : db_size(db);
	bool damaged = db != NULL && db_damaged(db);

	db_close(db);
	if (damaged || (size >= 0 && size <= SMALL_BYTES)) {
		look_at_pages(s, false);
		s->first_done = true;
	}
}

struct soundness *
soundness_start(const char *url, struct writer *writer)
{
	struct soundness *s = calloc(1, sizeof(*s));

	if (s == NULL || (s->url = strdup(url)) == NULL)
		abort();
	s->writer = writer;
	s->report.looking = true;
	pthread_mutex_init(&s->lock, NULL);
	pthread_cond_init(&s->wake, NULL);
	look_at_small_file(s);
	if (pthread_create(&s->thread, NULL, run_soundness, s) == 0)
		return s;
	log_error("cannot start the thread that looks the database over; "
		  "raise the limit of processes");
	free(s->url);
	free(s);
	return NULL;
}

void
soundness_stop(struct soundness *s)
{
	if (s == NULL)
		return;
	pthread_mutex_lock(&s->lock);
	s->stopping = true;
	if (s->db != NULL)
		db_interrupt(s->db);
	pthread_cond_signal(&s->wake);
	pthread_mutex_unlock(&s->lock);
	pthread_join(s->thread, NULL);
	pthread_mutex_destroy(&s->lock);
	pthread_cond_destroy(&s->wake);
	free(s->url);
	free(s);
}

void
soundness_read(struct soundness *s, struct soundness_report *out)
{
	pthread_mutex_lock(&s->lock);
	*out = s->report;
	pthread_mutex_unlock(&s->lock);
}
