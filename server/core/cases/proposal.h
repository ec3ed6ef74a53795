/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Who may take part in a decision that changes figures: to set answers aside,
 * to count them again, to let an unusual burst count. One person proposes it,
 * with a reason; it happens when a second person confirms it who belongs to no
 * unit whose own figure it changes. Contract, section 3: "set aside only by
 * somebody outside the unit it judges, on a proposal that a second person
 * confirms (the auditor, where the district itself is the unit)". Pure.
 */
#ifndef HAILONG_SERVER_CORE_CASES_PROPOSAL_H
#define HAILONG_SERVER_CORE_CASES_PROPOSAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct catalogue;

enum proposal_state {
	PROPOSAL_PROPOSED,
	PROPOSAL_CONFIRMED,
	PROPOSAL_REFUSED,
	PROPOSAL_WITHDRAWN,
	PROPOSAL_STATES
};

/* "proposed", "confirmed", …; in table proposal and in keys of words. */
const char *proposal_state_name(enum proposal_state state);
/* The state of such a word; PROPOSAL_STATES for another. */
enum proposal_state proposal_state_find(const char *name);

/* A place in the house: unit NULL or "": the whole district. */
struct proposal_post {
	const char *role, *unit;
	int64_t until_at; /* when it was given up; not of the present one */
};

/* Somebody, with the posts that he held before. */
struct proposal_person {
	const char *login;
	struct proposal_post post;
	const struct proposal_post *former;
	size_t nformer;
};

/* What a proposal is about. */
struct proposal_about {
	const char *unit;     /* whose answers */
	const char *proposer; /* login */
	enum proposal_state state;
	int64_t since_at; /* when the oldest of its answers was given */
};

/* What a person may do with a proposal, or why not. */
enum proposal_right {
	PROPOSAL_MAY,
	PROPOSAL_UNSEEN,  /* the unit is not there for him */
	PROPOSAL_ROLE,    /* his role takes no part */
	PROPOSAL_OVER,    /* it is decided */
	PROPOSAL_SAME,    /* he proposed it */
	PROPOSAL_OTHERS,  /* (to withdraw) another proposed it */
	PROPOSAL_OWN,     /* the figure is his unit's own */
	PROPOSAL_AUDITOR, /* the unit is the district itself: its auditor's */
	PROPOSAL_RIGHTS
};

/* To propose something about answers of this unit: its manager, or one of a
 * unit above it, or whoever typed the one answer in from paper (the login
 * `typed`, "" for none). The unit may say by itself what is wrong with its
 * answers; only it never decides. */
enum proposal_right proposal_may_propose(const struct catalogue *c,
    const struct proposal_person *who, const char *unit, const char *typed);
/* To confirm or refuse it:
 * managers and auditors of the whole district, for the figures of any smaller
 * unit above the answers are made of them, too; where the unit is the district
 * itself, the auditors alone. Whoever held a post there since the answers were
 * given is still of the unit. */
enum proposal_right proposal_may_decide(const struct catalogue *c,
    const struct proposal_person *who, const struct proposal_about *about);
/* To take it back before it is decided. */
enum proposal_right proposal_may_withdraw(
    const struct proposal_person *who, const struct proposal_about *about);

#endif
