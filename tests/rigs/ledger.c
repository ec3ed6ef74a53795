/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Reads with SQLite itself what the product has written. */
#include "tests/rigs/ledger.h"

#include <fcntl.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "server/store/answers.h"
#include "server/store/writer.h"
#include "tests/kit/recount.h"
#include "tests/rigs/disk.h"

#define BATCH 1000

/* ------------------------------------------------------------------ answers */

struct texts {
	char scores[80], comment[400];
};

static void
make_entry(unsigned n, struct entry *e, struct texts *t)
{
	static const char *const desks[] = {"LH1", "LH2", "PRC1"};
	static const char *const channels[] = {"kiosk", "web", "sms"};
	uint32_t mixed = n * 2654435761u; /* ids are spread over the tree */

	memset(e, 0, sizeof(*e));
	memcpy(e->id.bytes, &mixed, sizeof(mixed));
	memcpy(e->id.bytes + 12, &n, sizeof(n));
	memset(e->digest, (int)(n * 7 + 1), sizeof(e->digest));
	e->day = 20000 + (int32_t)(n / 50 % 7);
	e->unit = "22969";
	e->desk = desks[n % 3];
	e->field = "";
	e->channel = channels[n / 3 % 3];
	e->form = "one-stop";
	e->form_version = 1;
	snprintf(t->scores, sizeof(t->scores), "overall=%u attitude=%u",
	    n % 5 + 1, n / 5 % 5 + 1);
	e->scores = t->scores;
	e->reasons = e->device = "";
	e->flags = n % 11 == 0 ? "late" : "";
	e->lang = "vi";
	e->assisted = "none";
	e->dossier = "";
	e->seq = n + 1;
	e->answered_at = 1795140000000 + n;
	e->received_at = 1795140001000 + n;
	e->zone = 420;
	if (n % 4 == 0) {
		memset(t->comment, 'a' + (int)(n % 26), sizeof(t->comment) - 1);
		t->comment[n % (sizeof(t->comment) - 1) + 1] = '\0';
		t->comment[sizeof(t->comment) - 1] = '\0';
		e->comment = t->comment;
		e->plain = t->comment;
	}
}

static bool
run_meanwhile(struct db *db, struct tallies *tallies, void *data)
{
	const struct ledger *l = data;

	(void)db;
	(void)tallies;
	l->meanwhile();
	return true;
}

bool
ledger_commit(struct ledger *l, struct db *db, struct tallies *tallies,
    const unsigned *numbers, size_t n)
{
	static struct job jobs[BATCH];
	static struct entry entries[BATCH];
	static struct texts texts[BATCH];
	struct job meanwhile = {.run = run_meanwhile, .data = l};
	bool all = true;

	l->commits++;
	for (size_t i = 0; i < n; i++) {
		make_entry(numbers[i], &entries[i], &texts[i]);
		jobs[i] = (struct job){.entries = &entries[i],
		    .nentries = 1,
		    .next = i + 1 < n ? &jobs[i + 1] : NULL};
		if (numbers[i] >= l->count)
			l->count = numbers[i] + 1;
		if (l->state[numbers[i]] == UNSENT)
			l->state[numbers[i]] = SENT;
		if (l->state[numbers[i]] == SENT)
			l->commit[numbers[i]] = l->commits;
	}
	if (l->meanwhile != NULL)
		jobs[n - 1].next = &meanwhile;
	writer_commit(db, tallies, NULL, &jobs[0]);
	for (size_t i = 0; i < n; i++)
		if (jobs[i].result == JOB_COMMITTED &&
		    (entries[i].stored == STORED ||
			entries[i].stored == STORED_DUPLICATE))
			l->state[numbers[i]] = ACKNOWLEDGED;
		else
			all = false;
	return all;
}

/* ------------------------------------------------------------------ looking */

static bool
same_text(sqlite3_stmt *s, int column, const char *want)
{
	const char *text = (const char *)sqlite3_column_text(s, column);

	return want == NULL || text == NULL ? want == text
					    : strcmp(text, want) == 0;
}

static bool
same_bytes(sqlite3_stmt *s, int column, const void *want, size_t size)
{
	const void *bytes = sqlite3_column_blob(s, column);

	return sqlite3_column_bytes(s, column) == (int)size &&
	       memcmp(bytes, want, size) == 0;
}

static bool
same(sqlite3_stmt *s, const struct entry *e)
{
	return same_bytes(s, 0, e->id.bytes, sizeof(e->id.bytes)) &&
	       sqlite3_column_int64(s, 1) == e->day &&
	       same_text(s, 2, e->unit) && same_text(s, 3, e->desk) &&
	       same_text(s, 4, e->channel) && same_text(s, 5, e->scores) &&
	       same_text(s, 6, e->flags) &&
	       sqlite3_column_int64(s, 7) == e->seq &&
	       sqlite3_column_int64(s, 8) == e->answered_at &&
	       sqlite3_column_int64(s, 9) == e->received_at &&
	       same_bytes(s, 10, e->digest, sizeof(e->digest)) &&
	       same_text(s, 11, e->comment);
}

static void
look_at(const struct ledger *l, sqlite3_stmt *s, bool *seen, struct findings *f)
{
	const unsigned char *id = sqlite3_column_blob(s, 0);
	struct texts texts;
	struct entry entry;
	unsigned n = LEDGER_MOST;

	f->stored++;
	if (sqlite3_column_bytes(s, 0) == 16)
		memcpy(&n, id + 12, sizeof(n));
	if (n >= l->count || l->state[n] == UNSENT) {
		f->strange++;
		return;
	}
	make_entry(n, &entry, &texts);
	f->changed += !same(s, &entry);
	seen[n] = true;
}

/* Of answers that were never acknowledged a commit is there whole or not. */
static void
judge(const struct ledger *l, const bool *seen, struct findings *f)
{
	uint32_t last = 0;
	bool first = false;

	for (unsigned n = 0; n < l->count; n++) {
		if (l->state[n] == ACKNOWLEDGED)
			f->lost += !seen[n];
		if (l->state[n] != SENT)
			continue;
		if (l->commit[n] == last)
			f->split += seen[n] != first;
		else
			first = seen[n];
		last = l->commit[n];
	}
}

static bool
look(const struct ledger *l, sqlite3 *db, struct findings *f)
{
	static const char rows[] =
	    "SELECT id, answer.day, answer.unit, desk, channel, scores, "
	    "flags, seq, answered_at, received_at, digest, comment "
	    "FROM answer LEFT JOIN remark ON answer = id";
	static bool seen[LEDGER_MOST];
	sqlite3_stmt *s = NULL;
	int code;

	memset(seen, 0, sizeof(seen));
	if (sqlite3_prepare_v2(db, rows, -1, &s, NULL) != SQLITE_OK)
		return false;
	while ((code = sqlite3_step(s)) == SQLITE_ROW)
		look_at(l, s, seen, f);
	sqlite3_finalize(s);
	judge(l, seen, f);
	if (code != SQLITE_DONE ||
	    sqlite3_prepare_v2(db, "PRAGMA integrity_check", -1, &s, NULL) !=
		SQLITE_OK)
		return false;
	code = sqlite3_step(s);
	code = code == SQLITE_ROW && same_text(s, 0, "ok");
	sqlite3_finalize(s);
	return code;
}

/* The tallies count every answer that is there, once. */
static bool
counted(struct db *db, unsigned stored)
{
	int64_t all, samples;

	return recount_agrees(db) && store_answer_counts(db, &all, &samples) &&
	       all == (int64_t)stored;
}

struct findings
ledger_look(const struct ledger *l)
{
	struct findings f = {0};
	struct db *db = db_open(LEDGER_URL, DB_WRITE);
	sqlite3 *raw = NULL;

	f.damaged = true;
	if (db != NULL &&
	    sqlite3_open(&LEDGER_URL[strlen("sqlite:")], &raw) == SQLITE_OK)
		f.damaged = !look(l, raw, &f);
	sqlite3_close(raw);
	f.miscounted = db == NULL || !counted(db, f.stored);
	db_close(db);
	return f;
}

bool
findings_good(const struct findings *f)
{
	return f->lost + f->changed + f->strange + f->split == 0 &&
	       !f->miscounted && !f->damaged;
}

bool
findings_add(struct findings *sum, const struct findings *more)
{
	sum->stored += more->stored;
	sum->lost += more->lost;
	sum->changed += more->changed;
	sum->strange += more->strange;
	sum->split += more->split;
	sum->miscounted |= more->miscounted;
	sum->damaged |= more->damaged;
	return findings_good(more);
}

void
findings_print(const char *title, const struct findings *f)
{
	printf("%s: %u stored, %u lost, %u changed, %u never sent, %u commits "
	       "in part, tallies %s, files %s\n",
	    title, f->stored, f->lost, f->changed, f->strange, f->split,
	    f->miscounted ? "WRONG" : "right",
	    f->damaged ? "DAMAGED" : "whole");
}

/* ----------------------------------------------------------------- the rest */

static int kept = -1;

void
hush(void)
{
	int fd = open(getenv("HAILONG_LOUD") ? "/dev/stderr" : "/dev/null",
	    O_WRONLY | O_CLOEXEC);

	fflush(stderr);
	kept = dup(STDERR_FILENO);
	dup2(fd, STDERR_FILENO);
	close(fd);
}

void
unhush(void)
{
	fflush(stderr);
	dup2(kept, STDERR_FILENO);
	close(kept);
}

long
option(const char *name, long usual)
{
	const char *text = getenv(name);

	return text == NULL ? usual : strtol(text, NULL, 10);
}

bool
my_share(unsigned n)
{
	const char *text = getenv("HAILONG_SHARE");
	unsigned mine = 1, all = 1;

	if (text != NULL &&
	    (sscanf(text, "%u/%u", &mine, &all) != 2 || mine < 1 || mine > all))
		abort();
	return n % all == mine - 1;
}

unsigned
my_survivals(void)
{
	unsigned n = 0;

	for (unsigned s = 0; s < SURVIVALS; s++)
		n += my_share(s);
	return n;
}
