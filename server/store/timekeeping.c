/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Kept in table meta: "clock", "WALL MONO OFF BOOT", a moment at which both
 * clocks were right, by how much the machine's was doubted, and which start of
 * the machine MONO belongs to; written each hour and whenever the word changes.
 * And "clock_confirmed", the time at which an administrator last said that it
 * is right; a collector whose own clock shows another time is not meant.
 */
#include "server/store/timekeeping.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "server/db/db.h"
#include "server/store/catalogue/generation.h"
#include "server/store/cases/proposals.h"
#include "server/store/messages/erasure.h"
#include "server/store/people/audit_job.h"
#include "server/store/writer.h"
#include "shared/arena.h"
#include "shared/clock.h"
#include "shared/log.h"

#define LOOK_MS     1000
#define AUDIT_MS    (10 * 1000LL)   /* between looks at what commands did */
#define ERASE_MS    (3600 * 1000LL) /* between two erasures */
#define RECORD_TEXT 128

/* ------------------------------------------------------------------ what is
 * kept */

static void
format_record(
    const struct trusted_clock *t, int64_t mono, char out[RECORD_TEXT])
{
	snprintf(out, RECORD_TEXT, "%" PRId64 " %" PRId64 " %" PRId64 " %s",
	    t->wall + (mono - t->mono), mono, t->off, clock_boot());
}

static bool
parse_record(const char *text, struct clock_record *out)
{
	char boot[CLOCK_BOOT_TEXT] = "";
	int n;

	if (text == NULL)
		return false;
	n = sscanf(text, "%" SCNd64 " %" SCNd64 " %" SCNd64 " %39s", &out->wall,
	    &out->mono, &out->off, boot);
	out->same_boot = n == 4 && strcmp(boot, clock_boot()) == 0;
	return n >= 3;
}

/* The time of the newest answer, 0: there is none; false: no database. */
static bool
newest_answer(struct db *db, int64_t *out)
{
	struct rows *r = db_query(db, Q_ANSWER_NEWEST, "");
	enum step step = rows_next(r);

	*out = step == STEP_ROW ? rows_int(r, 0) : 0;
	rows_close(r);
	return step != STEP_FAIL;
}

static int64_t
confirmed_at(struct db *db)
{
	struct arena a;
	const char *text;
	int64_t at;

	arena_init(&a);
	text = store_meta(db, &a, "clock_confirmed");
	at = text == NULL ? 0 : strtoll(text, NULL, 10);
	arena_finish(&a);
	return at;
}

struct record_job {
	struct job job; /* first: an errand is freed by its job */
	char text[RECORD_TEXT];
};

static bool
write_record(struct db *db, struct tallies *tallies, void *data)
{
	const struct record_job *j = data;

	(void)tallies;
	return db_run(db, Q_META_PUT, NULL, "tt", "clock", j->text);
}

static void
keep_record(const struct timekeeping *k, int64_t mono, struct job_list *errands)
{
	struct record_job *j = calloc(1, sizeof(*j));

	if (j == NULL)
		return;
	format_record(&k->clock, mono, j->text);
	j->job.run = write_record;
	j->job.data = j;
	j->job.errand = true;
	job_list_add(errands, &j->job);
}

/* ---------------------------------------------------------------------- the
 * watch */

/* True when the word is another than the one that was told. */
static bool
tell_clock(struct timekeeping *k)
{
	bool doubt = k->clock.word != CLOCK_AGREES;
	int64_t off = k->clock.off < 0 ? -k->clock.off : k->clock.off;
	bool changed = doubt != k->told;

	k->off = k->clock.off;
	if (changed && doubt)
		log_error("this machine's clock is %" PRId64 " h %" PRId64
			  " min %s what it should show. Nothing is erased and "
			  "no invitation is sent until it is put right, or "
			  "\"hailong-server clock --confirm\" says that it is",
		    off / 3600000, off / 60000 % 60,
		    k->clock.off > 0 ? "ahead of" : "behind");
	else if (changed)
		log_warn("this machine's clock is believed again");
	k->told = doubt;
	return changed;
}

bool
timekeeping_begin(struct timekeeping *k, struct db *db)
{
	struct clock_record kept;
	int64_t newest = 0, mono = clock_mono();
	struct arena a;
	bool known, ok;

	memset(k, 0, sizeof(*k));
	arena_init(&a);
	known = parse_record(store_meta(db, &a, "clock"), &kept);
	arena_finish(&a);
	ok = known || newest_answer(db, &newest);
	k->confirmed = confirmed_at(db);
	trusted_clock_start(
	    &k->clock, known ? &kept : NULL, newest, clock_now(), mono);
	k->erase_at = mono + ERASE_MS / 10;
	tell_clock(k);
	return ok;
}

static void
hear_confirmation(struct timekeeping *k, struct db *db, int64_t mono)
{
	int64_t at = confirmed_at(db), wall = clock_now();

	if (at == k->confirmed)
		return;
	k->confirmed = at;
	if (at <= wall + CLOCK_STEP_MS && at >= wall - CLOCK_STEP_MS)
		trusted_clock_confirm(&k->clock, wall, mono);
}

void
timekeeping_turn(struct timekeeping *k, struct db *db,
    const struct keeping *keeping, struct job_list *errands)
{
	int64_t mono = clock_mono(), by;
	bool first = k->look_at == 0;

	if (mono < k->look_at)
		return;
	k->look_at = mono + LOOK_MS;
	trusted_clock_look(&k->clock, clock_now(), mono);
	if (k->clock.word != CLOCK_AGREES)
		hear_confirmation(k, db, mono);
	if (tell_clock(k) || first)
		keep_record(k, mono, errands);
	if (mono >= k->audit_at) {
		k->audit_at = mono + AUDIT_MS;
		job_list_add(errands, audit_look_job());
	}
	if (mono < k->erase_at)
		return;
	k->erase_at = mono + ERASE_MS;
	keep_record(k, mono, errands);
	/* what a full disk, or our end, has cut short */
	job_list_add(errands, proposals_job());
	if (k->clock.word != CLOCK_AGREES)
		return;
	by = trusted_clock_now(&k->clock, clock_now(), mono);
	job_list_add(errands, erasure_job(by, keeping->contact_days,
				  keeping->text_days, keeping->session_idle));
}

bool
timekeeping_confirm(struct db *db)
{
	struct trusted_clock right = {0};
	char record[RECORD_TEXT], at[24];

	trusted_clock_confirm(&right, clock_now(), clock_mono());
	format_record(&right, right.mono, record);
	snprintf(at, sizeof(at), "%" PRId64, right.wall);
	return db_run(db, Q_META_PUT, NULL, "tt", "clock", record) &&
	       db_run(db, Q_META_PUT, NULL, "tt", "clock_confirmed", at);
}
