/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Which answers call for a person, by rule from what they say: a case is a
 * dissatisfied citizen who said why; a doubt is an answer that its sender or we
 * have flagged. Columns answer.matter and answer.doubt hold what these rules
 * say, so that the few that wait are found among millions. Pure.
 */
#ifndef HAILONG_SERVER_CORE_CASES_NEEDS_PERSON_H
#define HAILONG_SERVER_CORE_CASES_NEEDS_PERSON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "shared/uuid.h"

/* Values of answer.matter and answer.doubt; MATTER_BURST is a doubt that is
 * decided with all others of an unusual burst (core/burst/burst.h). */
enum matter { MATTER_NONE, MATTER_OPEN, MATTER_DONE, MATTER_BURST };

/* A case: general score 1 or 2, and a reason or a comment. scores and reasons
 * are the answer's columns. */
enum matter needs_person_case(
    const char *scores, const char *reasons, bool has_comment);
/* A doubt: any flag but "sample", which the command of that name sets, and
 * "cleaned", which says nothing against the score; of a burst, with a flag of
 * core/burst/burst.h. flags is the answer's column. */
enum matter needs_person_doubt(const char *flags);
/* How an answer with these columns is counted, bits of enum tally_mark. */
unsigned needs_person_marks(
    bool aside, enum matter doubt, const char *channel, const char *dossier);
/* The general score of an answer's scores, 1..5; 0: there is none. */
int needs_person_overall(const char *scores);

/* An answer that waits for a decision. */
struct doubt {
	struct uuid id;
	int32_t day;
	const char *unit, *desk, *field, *channel, *form;
	const char *scores, *reasons, *flags;
	int64_t answered_at, received_at;
};

/* Doubts that are decided together. */
struct doubt_group {
	const struct doubt *list; /* by time */
	size_t count;
};

/* Sorts the list and cuts it into groups: of one desk, channel and day. What is
 * in an unusual burst is one group, whatever its flags. Else each
 * answer is at most LIMIT_GROUP_GAP_MS behind the one before, LIMIT_GROUP in
 * all; either all with flags of how a screen was pressed (burst, bounce,
 * multi_touch, whichever), or none; other flags the same. A correction
 * (corrected, first_N) neither joins nor parts. groups has room for n; they are
 * ordered by their first answer's time. Returns their number. */
size_t needs_person_group(
    struct doubt *list, size_t n, struct doubt_group *groups);

#endif
