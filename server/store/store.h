/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The questions the program asks of the data: C types in and out, statements by
 * name below. Functions that write expect an open transaction (the writer's, or
 * a command's). What fails was logged by server/db.
 */
#ifndef HAILONG_SERVER_STORE_STORE_H
#define HAILONG_SERVER_STORE_STORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "server/core/catalogue/catalogue.h"
#include "server/core/dossier/dossier.h"
#include "server/core/dossier/dossier_count.h"
#include "server/core/dossier/invite.h"
#include "server/core/score/tally.h"
#include "server/secret/token.h"
#include "server/db/db.h"
#include "server/store/people.h"
#include "shared/arena.h"
#include "shared/uuid.h"

/* ------------------------------------------------------------ catalogue.c */

/* Reads the whole catalogue; NULL when it cannot. catalogue_destroy frees. */
struct catalogue *store_catalogue(struct db *db);
/* The number that is raised whenever catalogue, devices or staff change; -1
 * when it cannot be read. */
int64_t store_generation(struct db *db);
bool store_generation_raise(struct db *db);
/* Sets what administrators may set; the caller raises the generation. */
bool store_setting_put(struct db *db, enum setting setting, int64_t value);
/* A fact of table meta, into the arena; NULL when absent or unreadable. */
const char *store_meta(struct db *db, struct arena *a, const char *key);

/* --------------------------------------------------------------- import.c */

/* Makes the catalogue what a folder says (NULL: the built-in one), in a
 * transaction of its own and without a deed (store/catalogue_write.h): for a
 * database that nobody uses yet. False with one sentence in error. */
bool store_import(struct db *db, const char *path, char *error, size_t size);

/* -------------------------------------------------------------- answers.c */

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
	bool sample;
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
/* Its general score, 0 for one that is not there. */
bool store_answer_score(struct db *db, const struct uuid *id, int *score);
/* Numbers of answers in all and of those made by "sample". */
bool store_answer_counts(struct db *db, int64_t *all, int64_t *samples);
/* True when a sample answer stands in the database (a banner says so). */
bool store_has_samples(struct db *db);
/* Removes the sample answers and counts everything anew. */
bool store_samples_remove(struct db *db);

/* -------------------------------------------------------------- tallies.c */

/* Adds coalesced tallies to the tables by day and by month, in the order of
 * their keys. */
bool store_tallies_add(struct db *db, struct tallies *tallies);
/* Sums over days first..last into `out`: day 0 and whole months from the table
 * by month, unless by_day. */
bool store_tallies_sum(struct db *db, int32_t first, int32_t last, bool by_day,
    struct tallies *out);
/* The counts of the months from..to (core/score/period.h), month by month. */
bool store_tallies_months(
    struct db *db, int64_t from, int64_t to, struct tallies *out);
/* Counts all answers anew into `out` (check, and after a removal). *bad gets
 * the number of answers whose scores cannot be read. */
bool store_recount(struct db *db, struct tallies *out, int64_t *bad);
/* Reads a whole table into `out`: by day, or by month (key.day is the month's
 * number). */
bool store_tallies_read(struct db *db, bool months, struct tallies *out);
/* Replaces the tables by `tallies`. */
bool store_tallies_replace(struct db *db, struct tallies *tallies);
/* Numbers that must be 0: answers of unknown desks, comments without answer. */
bool store_orphans(struct db *db, int64_t *answers, int64_t *remarks);
/* Likewise: answers that call for a person (core/cases/needs_person.h) and that
 * no list of cases or doubts would show. */
bool store_overlooked(struct db *db, int64_t *answers);

/* --------------------------------------------------------------- remarks.c */

/* A place among the comments: those after it are older. */
struct remark_place {
	int32_t day;
	struct uuid answer;
};

/* Which comments; strings NULL or "": any. */
struct remark_query {
	int32_t first, last;              /* days */
	const struct remark_place *after; /* NULL: from the newest */
	const char *unit;
	bool below; /* the unit's and those of the units below */
	const char *field, *channel;
	const char
	    *words;     /* in them; however written (core/text/search_text.h) */
	int overall;    /* its general score; 0 any */
	size_t most;    /* of a page */
	size_t through; /* how many to look through for them */
};

struct remark {
	struct remark_place place;
	const char *unit, *desk, *field, *channel, *comment;
	int overall; /* 1..5 */
};

struct remark_page {
	struct remark *list; /* newest first */
	size_t count;
	bool more;                /* perhaps, behind … */
	struct remark_place last; /* … this place */
};

/* A page of comments, into the arena; of answers set aside none. */
bool store_remarks(struct db *db, struct arena *a, const struct remark_query *q,
    struct remark_page *out);

/* Answers that are alike and set aside for the same reason. */
struct aside_count {
	const char *reason, *unit, *field, *channel, *form;
	int overall; /* 1..5 */
	int64_t answers;
};

/* What is set aside of the days first..last, by reason, into the arena. */
bool store_asides(struct db *db, struct arena *a, int32_t first, int32_t last,
    struct aside_count **list, size_t *count);

/* -------------------------------------------------------------- dossiers.c */

enum announced { ANNOUNCED_NEW, ANNOUNCED_CHANGED, ANNOUNCED_SAME };

/* Writes dossiers, each replacing what was known of it, and moves the counts of
 * those finished; became[i] says what it was. Of the same code within the list
 * the later one stays. now is when we heard of them. Until the transaction ends
 * nobody else writes any. */
bool store_dossiers(struct db *db, const struct dossier *list, size_t n,
    int64_t now, enum announced *became);
/* What is known of a dossier, into the arena. */
enum step store_dossier(
    struct db *db, struct arena *a, const char *key, struct dossier *out);
/* Dossiers finished on the days first..last by unit and field (by_day: and by
 * day), into the arena. */
bool store_dossier_counts(struct db *db, struct arena *a, int32_t first,
    int32_t last, bool by_day, struct dossier_counts *out);
/* The same by day, counted anew from the dossiers themselves. */
bool store_dossier_recount(
    struct db *db, struct arena *a, struct dossier_counts *out);

/* --------------------------------------------------------------
 * after_upgrade.c */

/* After an upgrade: what the schema's text alone could not do (counting anew,
 * plain texts of comments), in one transaction. Nothing to do is quick. */
bool store_bring_up(struct db *db);

/* ------------------------------------------------------------------ audit.c */

/* Something that was done, and by whom. NULL where there is nothing to say. */
struct deed {
	struct uuid
	    id; /* zeros: store_audit gives one; the same is kept once */
	int64_t at;
	const char *login, *role, *place; /* place: pages, command, api, rule */
	const char *act;                  /* "unit.change" */
	const char *unit, *object;
	const char *before, *after; /* JSON */
	const char *reason;
};

/* What to look for; NULL: anything. act is the beginning of an act's word, of
 * letters and dots only; unit is that one and those below it. */
struct deed_query {
	struct uuid before; /* ids before this one; all 0xff: from the newest */
	struct uuid since;  /* and none before this one; zeros: to the oldest */
	int64_t from, to;   /* times, ms, both included */
	const char *login, *object, *act, *unit;
	size_t most;
};

/* Adds a deed to the log, in the transaction of the deed itself. */
bool store_audit(struct db *db, const struct deed *deed);
/* The newest ones first, into the arena. */
bool store_audit_list(struct db *db, struct arena *a,
    const struct deed_query *query, struct deed **list, size_t *count);

/* -------------------------------------------------------------- devices.c */

struct device {
	const char *id, *kind, *desk;             /* desk NULL: none */
	int64_t created_at, revoked_at, heard_at; /* 0: never */
};

/* Adds a device; only its token's hash is stored. */
bool store_device_add(
    struct db *db, const struct device *device, const char *token);
/* All devices into the arena; false when it cannot. */
bool store_devices(
    struct db *db, struct arena *a, struct device **list, size_t *count);
/* How a device fares, as it said itself. */
struct heartbeat {
	const char *id, *json; /* "" never heard */
	int64_t heard_at;      /* 0: never */
};
/* Those of a kind that are not revoked, into the arena. */
bool store_heartbeats(struct db *db, struct arena *a, const char *kind,
    struct heartbeat **list, size_t *count);
/* *found tells whether an unrevoked device of that name existed. */
bool store_device_revoke(
    struct db *db, const char *id, int64_t now, bool *found);
bool store_device_heard(
    struct db *db, const char *id, int64_t now, const char *heartbeat);

/* ------------------------------------------------------------------ sms.c */

struct sms_in {
	struct uuid id;
	const char *device, *text, *kind;
	uint8_t sender[TOKEN_HASH];
	uint8_t digest[DIGEST_BYTES];
	bool partial;
	int64_t received_at, sent_at; /* the gateway's clock, the operator's */
	int zone;                     /* minutes, of sent_at */
	int reader;                   /* version of the rules that read it */
};

struct sms_out {
	struct uuid id;
	const char *phone; /* sealed */
	const char *text, *cause;
	uint8_t sender[TOKEN_HASH];
	int64_t created_at;
	const char *dossier; /* of an invitation; NULL: a reply */
	int64_t until_at;    /* too late afterwards; 0: never */
};

/* Whether a message waits for a person. */
enum sms_person { PERSON_NONE, PERSON_MUST, PERSON_HAS, PERSON_MAY };

/* What followed from a message, and what it is about; "" unknown. */
struct sms_deed {
	const char *deed, *desk, *unit, *dossier;
	enum sms_person person;
	const char *phone; /* sealed; "" unless a person reads it */
};

/* The sender's answer made of an earlier message. */
struct sms_answer {
	struct uuid id;
	const char *desk, *dossier, *scores, *reasons, *comment;
	int64_t received_at; /* of the message */
	int32_t day;
};

enum stored store_sms_in(struct db *db, const struct sms_in *message);
bool store_sms_in_deed(
    struct db *db, const struct uuid *id, const struct sms_deed *deed);
/* Notes which answer was made of a message, and in whose place (NULL: none). */
bool store_sms_in_answer(struct db *db, const struct uuid *id,
    const struct uuid *answer, const struct uuid *replaced);
bool store_sms_out(struct db *db, const struct sms_out *message);
/* The text before this message from the same sender, since a time, and when it
 * came. */
enum step store_sms_last_text(struct db *db, struct arena *a,
    const uint8_t sender[TOKEN_HASH], int64_t since, const struct uuid *id,
    const char **text, int64_t *at);
/* The sender's last counted answer since a time, into the arena. */
enum step store_sms_last_answer(struct db *db, struct arena *a,
    const uint8_t sender[TOKEN_HASH], int64_t since, struct sms_answer *out);
/* The sender's counted answer at a desk on a local day, about no dossier; *at:
 * answered when. */
enum step store_sms_day_answer(struct db *db, const uint8_t sender[TOKEN_HASH],
    const char *desk, int32_t day, struct uuid *id, int64_t *at);
/* When the sender was asked for a reason, 0 if the last thanks did not. */
bool store_sms_reason_asked(
    struct db *db, const uint8_t sender[TOKEN_HASH], int64_t *at);
/* Messages still to be sent, oldest first, into the arena. */
bool store_sms_queued(struct db *db, struct arena *a, size_t max, int64_t now,
    struct sms_out **list, size_t *count);
/* Ends a message (sent, failed, unknown; then delivered, undelivered) and
 * blanks its number. *known is false when no such message was ever queued; a
 * repeat is fine, and *changed then false. */
bool store_sms_end(struct db *db, const struct uuid *id, const char *state,
    int64_t now, bool *known, bool *changed);
/* Takes back the invitations that are still queued to a number. */
bool store_sms_drop(
    struct db *db, const uint8_t sender[TOKEN_HASH], int64_t now);
/* Replies queued to this sender since a time, in all or of one cause (NULL:
 * any); -1 when it cannot tell. */
int64_t store_sms_recent(struct db *db, const uint8_t sender[TOKEN_HASH],
    const char *cause, int64_t since);
bool store_sms_optout(
    struct db *db, const uint8_t sender[TOKEN_HASH], bool out, int64_t now);

/* ---------------------------------------------------------- sms_decisions.c */

/* A message as a person reads it, with its answer. Strings: the arena's. */
struct sms_read {
	struct uuid id;
	const char *text, *kind, *deed, *desk, *unit, *dossier, *device;
	const char *phone; /* sealed, "" unknown */
	bool partial;
	int64_t received_at, sent_at;
	int zone, reader;
	enum sms_person person;
	const char *decided, *decided_by; /* "4", comment, ignore; "" not yet */
	int64_t decided_at;
	uint8_t sender[TOKEN_HASH];
	bool has_sender; /* not erased */
	bool has_answer, has_replaced, counted;
	struct uuid answer, replaced;
	int score; /* of the answer, 0: none */
};

/* A place among the messages: those after it are older. */
struct sms_place {
	int64_t at;
	struct uuid id;
};

enum step store_sms_read(struct db *db, struct arena *a, const struct uuid *id,
    struct sms_read *out);
/* Messages that stand so with a person, of a unit and those below (NULL: all),
 * behind a place (NULL: from the newest), newest first. */
bool store_sms_page(struct db *db, struct arena *a, enum sms_person person,
    const char *unit, const struct sms_place *after, size_t most,
    struct sms_read **list, size_t *count);
/* How many there are; -1 when it cannot tell. */
int64_t store_sms_count(
    struct db *db, enum sms_person person, const char *unit);
/* The score the sender gave later about the same, counted; *score 0: none. */
bool store_sms_later(
    struct db *db, const struct sms_read *m, int32_t day, int *score);
/* Writes a person's decision ("" taken back), and desk and unit. */
bool store_sms_decide(struct db *db, const struct sms_read *m);
/* Writes a new reading: kind, reader, deed, person. */
bool store_sms_reading(struct db *db, const struct sms_read *m);
/* Ids of up to `most` messages behind an id that rules older than `reader` have
 * read and no person has decided. */
bool store_sms_older(struct db *db, int reader, const struct uuid *after,
    size_t most, struct uuid *ids, size_t *count);
/* Erases numbers of dossiers finished before `contacts`, and texts and senders
 * of messages before `texts`. Opt-outs stay. */
bool store_sms_erase(struct db *db, int64_t contacts, int64_t texts);

/* --------------------------------------------------------- invitations.c */

struct invitation {
	const char *dossier; /* key */
	uint8_t sender[TOKEN_HASH];
	const char *phone;             /* sealed, "" erased */
	int64_t since_at, finished_at; /* finished_at DOSSIER_NEVER: not yet */
	enum invite_state state;
	const char *why;
	int64_t due_at, sent_at; /* 0: none */
};

/* One that is due, with what the rules ask about its dossier. */
struct invitation_due {
	struct invitation i;
	enum outcome outcome;
	const char *unit;
	bool opted_out, answered;
};

/* The number's last invitation. */
struct invitation_last {
	const char *dossier, *unit, *field, *desk; /* of the dossier */
	int64_t sent_at;
};

enum step store_invitation(struct db *db, struct arena *a, const char *dossier,
    struct invitation *out);
/* Writes one, new or not. */
bool store_invitation_put(struct db *db, const struct invitation *i);
/* Writes where it stands: state, why, due_at, sent_at. */
bool store_invitation_step(struct db *db, const struct invitation *i);
/* Ends it for a reason and forgets the number. */
bool store_invitation_end(struct db *db, const char *dossier, const char *why);
bool store_invitation_answered(struct db *db, const char *dossier);
/* Those due, by dossier behind `after` ("" from the first), into the arena. */
bool store_invitations_due(struct db *db, struct arena *a, int64_t now,
    const char *after, size_t most, struct invitation_due **list,
    size_t *count);
/* Invitations to a number since a time, and when another dossier's went there
 * last that nobody answered (0: none). */
bool store_invitation_load(struct db *db, const uint8_t sender[TOKEN_HASH],
    const char *dossier, int64_t since, int *recent, int64_t *other_at);
enum step store_invitation_last(struct db *db, struct arena *a,
    const uint8_t sender[TOKEN_HASH], struct invitation_last *out);

/* The answer a dossier has; STEP_DONE: none that counts. *at: answered when. */
enum step store_dossier_answer(
    struct db *db, const char *dossier, struct uuid *answer, int64_t *at);
/* Says which it has from now on. */
bool store_dossier_answer_put(
    struct db *db, const char *dossier, const struct uuid *answer);
/* It has none any more, if it was this one. */
bool store_dossier_answer_remove(
    struct db *db, const char *dossier, const struct uuid *answer);

#endif
