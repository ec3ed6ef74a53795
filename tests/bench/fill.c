/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Makes a large database as a year of a district would: ANSWERS answers in the
 * order of their times, at 13 units with 20 fields each, by kiosk, web form,
 * SMS and interface, the web's with five criteria more. Straight through the
 * store, but without waiting for the disk.
 *
 *   bench-fill DATABASE-URL ANSWERS       into what "init" made
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "server/core/catalogue/catalogue.h"
#include "server/core/score/tally.h"
#include "server/db/db_engine.h"
#include "server/store/answers.h"
#include "server/store/catalogue/catalogue.h"
#include "server/store/tallies.h"
#include "shared/civil.h"

#define UNITS   13
#define FIELDS  20
#define AT_ONCE 20000 /* answers in one transaction */
#define DAYS    365
#define FIRST   "2026-01-01"

struct filling {
	struct db *db;
	const struct catalogue *catalogue;
	char desks[UNITS][8];
	uint64_t random;
	int64_t begin; /* of the year, ms */
	struct tallies tallies;
	struct entry entries[AT_ONCE], *list[AT_ONCE];
	char scores[AT_ONCE][80];
};

static uint64_t
below(struct filling *f, uint64_t n)
{
	f->random = f->random * 6364136223846793005ULL + 1442695040888963407ULL;
	return (f->random >> 33) % n;
}

/* One desk in each of the first units. */
static bool
make_desks(struct filling *f)
{
	if (f->catalogue->nunits < UNITS || f->catalogue->nfields < FIELDS ||
	    !db_begin(f->db))
		return false;
	for (int i = 0; i < UNITS; i++) {
		snprintf(f->desks[i], sizeof(f->desks[i]), "BENCH%d", i);
		if (!db_run(f->db, Q_DESK_PUT, NULL, "ttti", f->desks[i],
			f->catalogue->units[i].code, f->desks[i],
			(int64_t)100 + i))
			return false;
	}
	return db_commit(f->db);
}

/* Few fields have most of the visitors. */
static const char *
field(struct filling *f)
{
	uint64_t n = below(f, 8) == 0 ? below(f, FIELDS) : below(f, 6);

	return f->catalogue->fields[n].code;
}

static void
score(struct filling *f, const char *channel, char out[80])
{
	static const char *const criteria[] = {
	    "access", "procedure", "attitude", "result", "feedback"};
	static const char chances[] = "5555544443321";
	size_t most = sizeof(chances) - 1;
	int n = sprintf(out, "overall=%c", chances[below(f, most)]);

	for (size_t i = 0; strcmp(channel, "web") == 0 && i < 5; i++)
		n += sprintf(out + n, " %s=%c", criteria[i],
		    below(f, 12) == 0 ? '-' : chances[below(f, most)]);
}

static void
fill(struct filling *f, struct entry *e, char scores[80], int64_t ms)
{
	uint64_t n = below(f, 100);
	size_t desk = below(f, UNITS);
	uint8_t random[10];

	memset(e, 0, sizeof(*e));
	for (size_t i = 0; i < sizeof(random); i++)
		random[i] = (uint8_t)below(f, 256);
	uuid_v7(ms, random, &e->id);
	memcpy(e->digest, e->id.bytes, sizeof(e->id.bytes));
	e->day = civil_local_day(ms);
	e->unit = f->catalogue->units[desk].code;
	e->desk = f->desks[desk];
	e->field = field(f);
	e->channel = n < 62 ? "kiosk" : n < 84 ? "web" : n < 96 ? "sms" : "api";
	e->form = "one-stop";
	e->form_version = 1;
	score(f, e->channel, scores);
	e->scores = scores;
	e->reasons = e->flags = "";
	e->lang = "vi";
	e->assisted = "none";
	e->dossier = "";
	e->device = "bench";
	e->answered_at = ms;
	e->received_at = ms + 1000;
	e->zone = 420;
}

static bool
store(struct filling *f, size_t n)
{
	tallies_clear(&f->tallies);
	return db_begin(f->db) &&
	       store_answers(f->db, &f->tallies, f->list, n) &&
	       store_tallies_add(f->db, &f->tallies) && db_commit(f->db);
}

/* Answers follow each other in equal steps through the year. */
static bool
store_all(struct filling *f, int64_t answers)
{
	const int64_t year = DAYS * 86400000LL;

	for (int64_t done = 0; done < answers;) {
		size_t n = 0;

		for (; n < AT_ONCE && done < answers; n++, done++) {
			f->list[n] = &f->entries[n];
			fill(f, f->list[n], f->scores[n],
			    f->begin + year / answers * done);
		}
		if (!store(f, n))
			return false;
	}
	return true;
}

int
main(int argc, char **argv)
{
	static struct filling f = {.random = 1};
	int32_t first;
	bool ok;

	if (argc != 3 || !civil_set_zone("Asia/Ho_Chi_Minh") ||
	    !civil_parse_date(FIRST, &first))
		return 2;
	f.db = db_open(argv[1], DB_WRITE);
	f.catalogue = f.db == NULL ? NULL : store_catalogue(f.db);
	if (f.catalogue == NULL)
		return 1;
	if (strcmp(db_engine(f.db), "sqlite") == 0)
		f.db->engine->script_run(f.db, "fast",
		    "PRAGMA synchronous = OFF; PRAGMA cache_size = -65536;");
	f.begin = civil_day_start(first);
	tallies_init(&f.tallies);
	ok = make_desks(&f) && store_all(&f, atoll(argv[2]));
	tallies_finish(&f.tallies);
	db_close(f.db);
	return ok ? 0 : 1;
}
