/* SPDX-License-Identifier: GPL-2.0-or-later */
/* check: every page can be read and makes sense, tallies equal a recount of the
 * answers, nothing refers to what is not there, the audit log's chain holds.
 * Names every difference; exit status 1 when there is one. */
#include "server/command/command.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "server/core/score/period.h"
#include "server/core/score/tally.h"
#include "server/store/answers.h"
#include "server/store/catalogue/fingerprint.h"
#include "server/store/people/audit_chain.h"
#include "server/store/second_count.h"
#include "server/store/tallies.h"
#include "shared/civil.h"

static void
print_counts(const char *title, const struct tally *t)
{
	printf(" %s", title);
	for (int i = 1; i <= 5; i++)
		printf(" %lld", (long long)t->n[i]);
	printf(" n/a %lld aside %lld", (long long)t->n[0], (long long)t->aside);
}

/* The day, or the month, of a key. */
static void
format_day(int64_t day, bool months, char out[CIVIL_DATE_TEXT])
{
	civil_format_date(months ? period_month_first(day) : (int32_t)day, out);
	if (months)
		*strrchr(out, '-') = '\0';
}

static void
print_difference(void *context, bool months, const struct tally *tally,
    const struct tally *recount)
{
	static const struct tally none;
	const struct tally_key *k = tally != NULL ? &tally->key : &recount->key;
	char day[CIVIL_DATE_TEXT];

	(void)context;
	format_day(k->day, months, day);
	printf("%s %s %s %s %s %s %s:", day, k->unit, k->desk,
	    k->field[0] == '\0' ? "-" : k->field, k->channel, k->form,
	    k->criterion);
	print_counts("tally", tally == NULL ? &none : tally);
	print_counts("; recount", recount == NULL ? &none : recount);
	putchar('\n');
}

static void
print_dossiers(const char *title, const struct dossier_count *row)
{
	printf(" %s", title);
	for (int k = 0; k < DOSSIERS_COUNT; k++)
		printf(" %lld", (long long)(row == NULL ? 0 : row->n[k]));
}

static void
print_dossier_difference(void *context, const struct dossier_count *kept,
    const struct dossier_count *counted)
{
	const struct dossier_count *row = kept != NULL ? kept : counted;
	char day[CIVIL_DATE_TEXT];

	(void)context;
	civil_format_date((int32_t)row->day, day);
	printf("%s %s %s dossiers:", day, row->unit,
	    row->field[0] == '\0' ? "-" : row->field);
	print_dossiers("tally", kept);
	print_dossiers("; recount", counted);
	putchar('\n');
}

struct findings {
	int64_t all, samples, bad, answers, remarks, overlooked, differences;
	struct audit_chain chain;
	bool altered;
};

/* One state, so that a running collector may go on writing. */
static bool
look_over(struct db *db, struct findings *f)
{
	char fresh[FINGERPRINT_TEXT];

	return db_begin_read(db) &&
	       store_answer_counts(db, &f->all, &f->samples) &&
	       store_second_count(db, print_difference,
		   print_dossier_difference, NULL, &f->differences, &f->bad) &&
	       store_orphans(db, &f->answers, &f->remarks) &&
	       store_overlooked(db, &f->overlooked) &&
	       audit_chain_check(db, &f->chain) &&
	       store_fingerprint_look(db, &f->altered, fresh) && db_commit(db);
}

static int64_t
print_oddities(const struct findings *f)
{
	if (f->bad > 0)
		printf("%lld answers have scores that cannot be read\n",
		    (long long)f->bad);
	if (f->answers > 0)
		printf("%lld answers of desks that the catalogue lacks\n",
		    (long long)f->answers);
	if (f->remarks > 0)
		printf("%lld comments without their answer\n",
		    (long long)f->remarks);
	if (f->overlooked > 0)
		printf("%lld answers that call for a person are in no list\n",
		    (long long)f->overlooked);
	if (f->altered)
		printf("the catalogue or the settings were altered past this "
		       "program: see the targets, fields and desks, and save "
		       "them anew\n");
	return f->altered + (f->bad > 0) + (f->answers > 0) + (f->remarks > 0) +
	       (f->overlooked > 0);
}

/* The chain of the audit log, and what was kept of it elsewhere (--seen). */
static int64_t
print_chain(struct db *db, const struct audit_chain *c, const char *seen)
{
	const char *colon = seen == NULL ? NULL : strchr(seen, ':');
	bool lost =
	    seen != NULL &&
	    (colon == NULL || !audit_chain_has(db, atoll(seen), colon + 1));

	if (c->wrong > 0)
		printf("audit: %lld links do not hold, the first is %lld\n",
		    (long long)c->wrong, (long long)c->first);
	if (c->unlinked > 0)
		printf("audit: %lld deeds stand outside the chain\n",
		    (long long)c->unlinked);
	if (c->headless)
		printf("audit: the end of the chain is missing\n");
	if (lost)
		printf("audit: the chain does not have %s\n", seen);
	printf("audit: %lld deeds, the chain ends with %lld:%s\n",
	    (long long)c->deeds, (long long)c->seq, c->hash);
	return (c->wrong > 0) + (c->unlinked > 0) + c->headless + lost;
}

static void
print_page(void *context, const char *sentence)
{
	int64_t *findings = context;

	(*findings)++;
	printf("pages: %s\n", sentence);
}

/* Every page first: what cannot be read cannot be counted either. */
static int
check_database(const struct command *c, struct db *db, const char *seen)
{
	struct findings f = {0};
	int64_t pages = 0;
	bool ok = db_inspect(db, true, print_page, &pages);

	if (pages > 0)
		return command_fail(c, 1,
		    "the database is damaged in %lld places, named above; save "
		    "a copy of its files, look at the disk, restore a backup",
		    (long long)pages);
	ok = ok && look_over(db, &f);
	if (!ok)
		return command_fail(c, 1, "cannot be read (see above)");
	f.differences += print_oddities(&f) + print_chain(db, &f.chain, seen);
	if (f.differences > 0)
		return command_fail(c, 1, "%lld differences, named above",
		    (long long)f.differences);
	printf("ok: %lld answers%s, tallies equal the recount\n",
	    (long long)f.all, f.samples > 0 ? " (with samples)" : "");
	return 0;
}

int
command_check(const struct command *c)
{
	const char *seen = NULL;
	const struct option_row options[] = {
	    {"--seen", true, &seen}, {NULL, false, NULL}};
	struct db *db;
	int n, status;

	if (!command_options(c, options, NULL, 0, &n))
		return 2;
	db = command_db(c, DB_READ);
	if (db == NULL)
		return 1;
	status = check_database(c, db, seen);
	db_close(db);
	return status;
}
