/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Answers as they come in, are set aside and counted. What writes expects an
 * open transaction (the writer's, or a command's); what fails was logged
 * (server/db).
 */
#ifndef HAILONG_SERVER_STORE_ANSWERS_H
#define HAILONG_SERVER_STORE_ANSWERS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "server/secret/token.h"
#include "shared/uuid.h"

struct db;
struct tallies;

enum stored { STORED, STORED_DUPLICATE, STORED_CONFLICT, STORED_FAILED };

/* An answer that passed every check, as it will stand in the table. Strings
 * are borrowed. */
struct entry {
	struct uuid id;
	int32_t day;
	const char *unit, *desk, *field, *channel, *form;
	int form_version;
	const char *scores; /* "overall=5 attitude=4 feedback=-" */
	const char *reasons, *flags, *lang, *assisted, *device;
	const char *comment; /* NULL: none */
	const char
	    *plain; /* the comment to search in (core/text/search_text.h) */
	const char *dossier; /* key of the dossier it is tied to, "" none */
	int64_t seq, answered_at, received_at;
	int zone;
	uint8_t digest[DIGEST_BYTES];
	/* what the digest is of (answer_canonical); NULL: a repeat is the same
	 * only with the same digest */
	const char *said;
	bool sample;
	/* What only the watch for bursts asks (core/burst/burst.h), and never
	 * stands in a table: the hash of the sender's address, 0 not known; a
	 * web answer
	 * whose page was not read; answers that a person can give in a minute
	 * at this device, 0 no limit; when, by its clock that does not jump */
	uint64_t source;
	bool unasked;
	int pace;
	int64_t paced_at;
	enum stored stored; /* what became of it */
};

/* Stores answers, says in each what became of it, and adds those that are new
 * to the tallies. Of equal ids the first one stays. Leaves the list sorted by
 * id. False when the database refused; then all of them say STORED_FAILED. */
bool store_answers(
    struct db *db, struct tallies *tallies, struct entry **entries, size_t n);
/* The same for one. */
enum stored store_answer(
    struct db *db, struct tallies *tallies, struct entry *entry);
/* Why an answer is not counted, or is again, and by whom ("" a rule). */
struct aside {
	const char *reason, *login;
	int64_t at;
};

/* Sets an answer aside (or back) and moves its counts; true also when it
 * already was so or does not exist. */
bool store_answer_aside(struct db *db, struct tallies *tallies,
    const struct uuid *id, bool aside, const struct aside *why);
/* Puts an answer into a burst that turned out to be one: it gets this flag, if
 * it is counted and no person has looked at it. */
bool store_answer_unusual(struct db *db, struct tallies *tallies,
    const struct uuid *id, const char *flag);
/* Says where the doubt about an answer stands (enum matter), if there is one.
 */
bool store_answer_doubt(
    struct db *db, struct tallies *tallies, const struct uuid *id, int doubt);
/* Its general score, 0 for one that is not there. */
bool store_answer_score(struct db *db, const struct uuid *id, int *score);
/* Numbers of answers in all and of those made by "sample". */
bool store_answer_counts(struct db *db, int64_t *all, int64_t *samples);
/* True when a sample answer stands in the database (a banner says so). */
bool store_has_samples(struct db *db);
/* Removes the sample answers and counts everything anew. Periods closed over
 * them stay closed and are known as samples (store_report_source). */
bool store_samples_remove(struct db *db);

#endif
