/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The first rule that applies gives the verdict (x satisfied, n valid answers,
 * N dossiers, t the target in percent):
 *   1. n > N                        invalid
 *   2. n = 0                        no_data
 *   3. n = N (a census)             met if 100x >= tn, else not_met
 *   4. N known                      met if 100x >= tN: enough are satisfied
 *                                   whatever the others say; not_met if
 *                                   100(x+N-n) < tN: out of reach
 *   5. n < 30                       too_few
 *   6. lower limit of Wilson >= t   met
 *   7. upper limit < t              not_met
 *   8. otherwise                    not_yet_known
 * Rules 3 and 4 are decided on integers, exactly; in 6 and 7 no rounding comes
 * before the comparison.
 */
#include "server/core/score/judge.h"

#include <math.h>
#include <stddef.h>

__extension__ typedef __int128 wide;

const char *
verdict_name(enum verdict verdict)
{
	static const char *const names[VERDICT_COUNT] = {
	    [VERDICT_INVALID] = "invalid",
	    [VERDICT_NO_DATA] = "no_data",
	    [VERDICT_MET] = "met",
	    [VERDICT_NOT_MET] = "not_met",
	    [VERDICT_TOO_FEW] = "too_few",
	    [VERDICT_NOT_YET_KNOWN] = "not_yet_known",
	};

	return names[verdict];
}

const char *
lean_name(enum lean lean)
{
	static const char *const names[] = {
	    [LEAN_NONE] = NULL, [LEAN_BELOW] = "below", [LEAN_ABOVE] = "above"};

	return names[lean];
}

bool
judge_target(const char *text, int *t4)
{
	int64_t value = 0;
	int decimals = -1; /* before the point */

	for (const char *c = text; *c; c++) {
		if (*c == '.' && decimals < 0 && c > text) {
			decimals = 0;
			continue;
		}
		if (*c < '0' || *c > '9' || decimals == 4 || value > 1000000)
			return false;
		decimals += decimals >= 0;
		value = 10 * value + (*c - '0');
	}
	if (!*text || decimals == 0)
		return false;
	for (int i = decimals < 0 ? 0 : decimals; i < 4; i++)
		value *= 10;
	if (value <= 0 || value >= 100 * JUDGE_TARGET_ONE)
		return false;
	*t4 = (int)value;
	return true;
}

/* 100x - tn in units of 10^-4: its sign says on which side the share is. */
static wide
above_target(int64_t x, int64_t n, int t4)
{
	return (wide)1000000 * x - (wide)t4 * n;
}

enum lean
judge_lean(int64_t x, int64_t n, int t4)
{
	wide above = above_target(x, n, t4);

	return above < 0 ? LEAN_BELOW : above > 0 ? LEAN_ABOVE : LEAN_NONE;
}

/* Rules 3 and 4 in one: a census leaves no others (n = N). The number of
 * dossiers that are satisfied lies between x and x+N-n. */
static enum verdict
certain_verdict(int64_t x, int64_t n, int64_t dossiers, int t4)
{
	if (dossiers == JUDGE_UNKNOWN || n == 0 || n > dossiers)
		return VERDICT_NOT_YET_KNOWN;
	if (above_target(x, dossiers, t4) >= 0)
		return VERDICT_MET;
	if (above_target(x + dossiers - n, dossiers, t4) < 0)
		return VERDICT_NOT_MET;
	return VERDICT_NOT_YET_KNOWN;
}

bool
judge_certain(int64_t x, int64_t n, int64_t dossiers, int t4)
{
	return certain_verdict(x, n, dossiers, t4) != VERDICT_NOT_YET_KNOWN;
}

enum verdict
judge_verdict(
    int64_t x, int64_t n, int64_t dossiers, int t4, struct interval wilson)
{
	double target = t4 / 1e6;

	if (dossiers != JUDGE_UNKNOWN && n > dossiers)
		return VERDICT_INVALID;
	if (n == 0)
		return VERDICT_NO_DATA;
	if (judge_certain(x, n, dossiers, t4))
		return certain_verdict(x, n, dossiers, t4);
	if (n < JUDGE_ENOUGH)
		return VERDICT_TOO_FEW;
	if (wilson.lo >= target)
		return VERDICT_MET;
	if (wilson.hi < target)
		return VERDICT_NOT_MET;
	return VERDICT_NOT_YET_KNOWN;
}

double
judge_distance(int64_t x, int64_t n, int t4)
{
	return (double)above_target(x, n, t4) / (1e6 * (double)n);
}

double
judge_touch(double distance, int t4)
{
	double z = interval_z(INTERVAL_CONF), target = t4 / 1e6;

	return z * z * target * (1 - target) / (distance * distance);
}

int64_t
judge_more(double k, int64_t n, int64_t dossiers)
{
	/* a hair below a whole number is that number */
	double all = fmax(JUDGE_ENOUGH, ceil(k - 1e-9));

	if (dossiers != JUDGE_UNKNOWN && all >= (double)dossiers)
		return dossiers - n;
	return all < 9e18 ? (int64_t)all - n : -1;
}

int64_t
judge_more_equal(int64_t n, int64_t dossiers)
{
	return dossiers == JUDGE_UNKNOWN ? -1 : dossiers - n;
}

int64_t
judge_more_first(int64_t dossiers)
{
	if (dossiers == JUDGE_UNKNOWN || dossiers > JUDGE_ENOUGH)
		return JUDGE_ENOUGH;
	return dossiers;
}

/* How many more answers settle it while the share stays as it is. */
static int64_t
judge_more_needed(const struct judgement *j, int t4)
{
	double distance, r, all = (double)j->dossiers;

	switch (j->verdict) {
	case VERDICT_MET:
	case VERDICT_NOT_MET:
		return 0;
	case VERDICT_INVALID:
		return -1;
	case VERDICT_NO_DATA:
		return judge_more_first(j->dossiers);
	default:
		break;
	}
	distance = judge_distance(j->satisfied, j->valid, t4);
	if (distance == 0)
		return judge_more_equal(j->valid, j->dossiers);
	r = judge_touch(distance, t4);
	if (j->dossiers != JUDGE_UNKNOWN)
		r *= all / (all - 1 + r); /* n* >= r solved for n */
	return judge_more(r, j->valid, j->dossiers);
}

/* The limits; where the answers do not fit the dossiers, those without. */
static void
fill_limits(struct judgement *j)
{
	int64_t x = j->satisfied, n = j->valid, dossiers = j->dossiers;

	if (n > dossiers)
		dossiers = JUDGE_UNKNOWN;
	if (dossiers != JUDGE_UNKNOWN)
		j->bounds = interval_bounds(x, n, dossiers);
	if (n == 0)
		return;
	if (dossiers == JUDGE_UNKNOWN) {
		j->n_eff = (double)n;
		j->exact = interval_clopper_pearson(x, n, INTERVAL_CONF);
	} else {
		j->n_eff = interval_effective(n, dossiers);
		j->exact =
		    interval_hypergeometric(x, n, dossiers, INTERVAL_CONF);
	}
	j->wilson = n == dossiers
			? interval_point(j->share)
			: interval_wilson(j->share, j->n_eff, INTERVAL_CONF);
}

struct judgement
judge_counts(int64_t x, int64_t n, int64_t dossiers, int t4)
{
	return judge_counts_with(x, n, 0, dossiers, t4);
}

struct judgement
judge_counts_with(
    int64_t x, int64_t n, int64_t unusual, int64_t dossiers, int t4)
{
	struct judgement j = {.satisfied = x,
	    .valid = n,
	    .dossiers = dossiers,
	    .share = n > 0 ? (double)x / (double)n : NAN,
	    .wilson = interval_none(),
	    .exact = interval_none(),
	    .bounds = interval_none(),
	    .n_eff = NAN};

	fill_limits(&j);
	if (n > dossiers && n - unusual <= dossiers)
		j.dossiers = JUDGE_UNKNOWN;
	j.verdict = judge_verdict(x, n, j.dossiers, t4, j.wilson);
	j.more_needed = judge_more_needed(&j, t4);
	j.dossiers = dossiers;
	return j;
}
