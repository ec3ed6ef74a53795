/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Is the target reached? A share, its limits and a verdict of six words, from
 * counts alone. Targets are integers in units of 0.0001 percent ("t4": 90 % is
 * 900000), so that "reached exactly" is an integer test. Counts are 0..
 * INTERVAL_COUNT_MAX; dossiers JUDGE_UNKNOWN where none were announced. The
 * rules are numbered in judge.c.
 */
#ifndef HAILONG_SERVER_CORE_SCORE_JUDGE_H
#define HAILONG_SERVER_CORE_SCORE_JUDGE_H

#include <stdbool.h>
#include <stdint.h>
#include "server/core/score/intervals.h"

#define JUDGE_UNKNOWN      INT64_C(-1) /* dossiers not announced; null */
#define JUDGE_TARGET_ONE   10000       /* one percent in t4 */
#define JUDGE_TARGET       900000      /* the default target, 90 % */
#define JUDGE_ENOUGH       30          /* valid answers a verdict needs */
#define JUDGE_FEW_CLUSTERS 4           /* desks a clustered verdict needs */

enum verdict {
	VERDICT_INVALID, /* more answers than dossiers */
	VERDICT_NO_DATA,
	VERDICT_MET,
	VERDICT_NOT_MET,
	VERDICT_TOO_FEW,
	VERDICT_NOT_YET_KNOWN,
	VERDICT_COUNT
};

/* The side of the target that a share stands on while nothing is certain. */
enum lean { LEAN_NONE, LEAN_BELOW, LEAN_ABOVE };

struct judgement {
	int64_t satisfied, valid;
	int64_t dossiers;       /* or JUDGE_UNKNOWN */
	double share;           /* NAN: no answers */
	struct interval wilson; /* on n_eff answers */
	struct interval exact;  /* Clopper-Pearson, or hypergeometric */
	struct interval bounds; /* assuming nothing about the others */
	double n_eff;           /* NAN: census, or no answers */
	enum verdict verdict;
	int64_t more_needed; /* further valid answers, -1: null */
};

/* The word of a verdict in JSON: "met", "not_met", … */
const char *verdict_name(enum verdict verdict);

/* The word of a lean in JSON: "below", "above"; NULL for LEAN_NONE. */
const char *lean_name(enum lean lean);

/* Reads a target in percent, "90" or "87.5" (a point, at most 4 decimals,
 * between 0 and 100, both excluded), into t4; false for anything else. */
bool judge_target(const char *text, int *t4);
/* The judgement of x satisfied among n valid answers. The finite population
 * correction is the only one made. More answers than dossiers are invalid, and
 * have the limits they would have without dossiers: it is the register that is
 * incomplete. */
struct judgement judge_counts(int64_t x, int64_t n, int64_t dossiers, int t4);
/* The same where `unusual` of the n wait in an undecided burst: rule 1 leaves
 * them out of n, so that no script makes a unit invalid. Where only they exceed
 * the dossiers, those cannot be the frame of the answers, and the other rules
 * go as without dossiers. */
struct judgement judge_counts_with(
    int64_t x, int64_t n, int64_t unusual, int64_t dossiers, int t4);

/* Where the share stands, by the counts: LEAN_NONE on the target itself. */
enum lean judge_lean(int64_t x, int64_t n, int t4);
/* True when rule 3 or 4 decides: no further answer can change the verdict. */
bool judge_certain(int64_t x, int64_t n, int64_t dossiers, int t4);

/* The parts, for judgements over strata and clusters (same rules). */

/* The verdict on the counts, with this interval in rules 6 and 7. */
enum verdict judge_verdict(
    int64_t x, int64_t n, int64_t dossiers, int t4, struct interval wilson);
/* x/n minus the target, the difference taken exactly: 0 only when equal. */
double judge_distance(int64_t x, int64_t n, int t4);
/* The sample size at which Wilson's limit touches the target while the share
 * keeps that distance (share - target, not 0) from it. */
double judge_touch(double distance, int t4);
/* Further answers to k in all, given as a real number: at least JUDGE_ENOUGH,
 * at most all dossiers; -1 when no count of this world is enough. */
int64_t judge_more(double k, int64_t n, int64_t dossiers);
/* Further answers when the share is exactly the target: every dossier, -1 when
 * they are not known. */
int64_t judge_more_equal(int64_t n, int64_t dossiers);
/* Further answers before anything can be said: 30, or every dossier. */
int64_t judge_more_first(int64_t dossiers);

#endif
