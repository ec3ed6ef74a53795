/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Invitations by SMS to rate a dossier, and the answer a dossier has. What
 * writes expects an open transaction.
 */
#ifndef HAILONG_SERVER_STORE_MESSAGES_INVITATIONS_H
#define HAILONG_SERVER_STORE_MESSAGES_INVITATIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "server/core/dossier/dossier.h"
#include "server/core/dossier/invite.h"
#include "server/db/db.h"
#include "shared/limits.h"

struct arena;
struct uuid;

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
	bool halted; /* a likely wish to be left alone waits for a person */
};

/* The number's last invitation. */
struct invitation_last {
	const char *dossier, *unit, *field, *desk; /* of the dossier */
	int64_t sent_at;
	bool answered;
};

/* The invitation of a dossier, into the arena; STEP_DONE: there is none. */
enum step store_invitation(struct db *db, struct arena *a, const char *dossier,
    struct invitation *out);
/* Writes one, new or not. */
bool store_invitation_put(struct db *db, const struct invitation *i);
/* Writes where it stands: state, why, due_at, sent_at. */
bool store_invitation_step(struct db *db, const struct invitation *i);
/* Ends it for a reason and forgets the number. */
bool store_invitation_end(struct db *db, const char *dossier, const char *why);
/* Ends all of a number for a reason and forgets it. */
bool store_invitation_end_number(
    struct db *db, const uint8_t sender[TOKEN_HASH], const char *why);
/* Ends it because the dossier has its answer. */
bool store_invitation_answered(struct db *db, const char *dossier);
/* Those due, by dossier behind `after` ("" from the first), into the arena. */
bool store_invitations_due(struct db *db, struct arena *a, int64_t now,
    const char *after, size_t most, struct invitation_due **list,
    size_t *count);
/* What went to a number, into recent, other_at and reminded_at of the case:
 * since a time, about another dossier than this, as a reminder. */
bool store_invitation_load(struct db *db, const uint8_t sender[TOKEN_HASH],
    const char *dossier, int64_t since, struct invite_case *out);
/* How many other dossiers the number was asked about since a time, or will be;
 * -1: the database does not answer. */
int64_t store_invitation_others(struct db *db, const uint8_t sender[TOKEN_HASH],
    const char *dossier, int64_t since);
/* The last one sent to a number, into the arena; STEP_DONE: none was. */
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
