/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The other yardstick: the same rows and tallies straight into SQLite, one
 * process, transactions of 1,000, tallies coalesced, synchronous=FULL. Reads
 * the statements from sql/queries.sql so that they are the collector's own.
 *
 *   bench-raw DATABASE QUERIES.SQL SECONDS       prints answers per second
 */
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include "shared/buf.h"
#include "shared/uuid.h"

#define DESKS  8
#define FIELDS 4
#define BATCH  1000
#define DAY_MS 86400000

static const char *const desks[DESKS] = {
    "LH1", "PRC1", "PD1", "PP1", "VH1", "VT1", "PL1", "PT1"};
static const char *const units[DESKS] = {
    "22969", "22972", "22975", "22978", "22981", "22984", "22987", "22990"};
static const char *const fields[FIELDS] = {
    "dat-dai", "xay-dung", "ho-tich", "chung-thuc"};

static double
now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void
must(sqlite3 *db, int code)
{
	if (code != SQLITE_OK && code != SQLITE_DONE) {
		fprintf(stderr, "bench-raw: %s\n", sqlite3_errmsg(db));
		exit(1);
	}
}

static sqlite3_stmt *
prepare(sqlite3 *db, const char *queries, const char *name)
{
	char mark[64];
	const char *at;
	sqlite3_stmt *s;

	snprintf(mark, sizeof(mark), "-- name: %s\n", name);
	at = strstr(queries, mark);
	if (at == NULL)
		exit(1);
	must(db, sqlite3_prepare_v2(db, at + strlen(mark), -1, &s, NULL));
	return s;
}

static int
at(sqlite3_stmt *s, int n)
{
	char name[8];

	snprintf(name, sizeof(name), "$%d", n);
	return sqlite3_bind_parameter_index(s, name);
}

static void
bind_text(sqlite3_stmt *s, int n, const char *text)
{
	sqlite3_bind_text(s, n, text, -1, SQLITE_STATIC);
}

static void
add_answer(sqlite3 *db, sqlite3_stmt *s, long i, int64_t ms)
{
	static const char *const scores[] = {
	    "overall=1", "overall=2", "overall=3", "overall=4", "overall=5"};
	const char *const texts[] = {units[i % DESKS], desks[i % DESKS],
	    fields[i % FIELDS], "api", "one-stop"};
	uint8_t digest[16] = {0};
	struct uuid id;

	uuid_new(&id);
	memcpy(digest, &id, sizeof(digest));
	sqlite3_bind_blob(s, 1, id.bytes, 16, SQLITE_STATIC);
	sqlite3_bind_int64(s, 2, ms / 86400000);
	for (int k = 0; k < 5; k++)
		bind_text(s, 3 + k, texts[k]);
	sqlite3_bind_int64(s, 8, 1);
	bind_text(s, 9, scores[i % 5]);
	bind_text(s, 10, "");
	bind_text(s, 11, "");
	bind_text(s, 12, "vi");
	bind_text(s, 13, "none");
	bind_text(s, 14, "bench");
	sqlite3_bind_int64(s, 15, i);
	sqlite3_bind_int64(s, 16, ms);
	sqlite3_bind_int64(s, 17, 420);
	sqlite3_bind_int64(s, 18, ms);
	sqlite3_bind_blob(s, 19, digest, 16, SQLITE_STATIC);
	sqlite3_bind_int64(s, 20, 0);
	sqlite3_bind_int64(s, 21, 0);
	bind_text(s, 22, "");
	sqlite3_bind_int64(s, 23, 0);
	sqlite3_bind_int64(s, 24, 0);
	must(db, sqlite3_step(s));
	sqlite3_reset(s);
}

static void
add_tallies(
    sqlite3 *db, sqlite3_stmt *s, int64_t day, int64_t counts[DESKS][FIELDS][5])
{
	for (int d = 0; d < DESKS; d++)
		for (int f = 0; f < FIELDS; f++) {
			const char *const texts[] = {units[d], desks[d],
			    fields[f], "api", "one-stop", "overall"};
			int64_t sum = 0;

			for (int k = 0; k < 5; k++)
				sum += counts[d][f][k];
			if (sum == 0)
				continue;
			sqlite3_bind_int64(s, 1, day);
			for (int k = 0; k < 6; k++)
				bind_text(s, 2 + k, texts[k]);
			for (int k = 0; k < 5; k++)
				sqlite3_bind_int64(s, 8 + k, counts[d][f][k]);
			sqlite3_bind_int64(s, 13, 0);
			sqlite3_bind_int64(s, 14, 0);
			must(db, sqlite3_step(s));
			sqlite3_reset(s);
		}
}

int
main(int argc, char **argv)
{
	struct buf queries;
	sqlite3 *db;
	sqlite3_stmt *answer, *days, *months;
	double start, seconds;
	int64_t ms;
	long n = 0;

	if (argc != 4)
		return 2;
	seconds = atof(argv[3]);
	buf_init(&queries);
	if (!buf_read_file(&queries, argv[2], 1 << 20) ||
	    sqlite3_open(argv[1], &db) != SQLITE_OK)
		return 1;
	must(db, sqlite3_exec(db,
		     "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
		     "PRAGMA wal_autocheckpoint=10000;"
		     "PRAGMA busy_timeout=10000",
		     NULL, NULL, NULL));
	answer = prepare(db, buf_text(&queries), "answer_add");
	days = prepare(db, buf_text(&queries), "tally_add");
	months = prepare(db, buf_text(&queries), "tally_month_add");
	if (at(answer, 24) != 24 || at(days, 14) != 14 || at(months, 14) != 14)
		return 1; /* bound by position here */
	start = now();
	while (now() - start < seconds) {
		int64_t counts[DESKS][FIELDS][5] = {0};

		ms = (int64_t)time(NULL) * 1000;
		must(db, sqlite3_exec(db, "BEGIN IMMEDIATE", 0, 0, 0));
		for (int i = 0; i < BATCH; i++, n++) {
			add_answer(db, answer, n, ms);
			counts[n % DESKS][n % FIELDS][n % 5]++;
		}
		add_tallies(db, days, ms / DAY_MS, counts);
		/* about the month: what matters is that it is one */
		add_tallies(db, months, ms / DAY_MS / 30, counts);
		must(db, sqlite3_exec(db, "COMMIT", 0, 0, 0));
	}
	printf("%.0f\n", (double)n / (now() - start));
	sqlite3_finalize(answer);
	sqlite3_finalize(days);
	sqlite3_finalize(months);
	sqlite3_close(db);
	buf_finish(&queries);
	return 0;
}
