/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Stratified sampling (Cochran, Sampling Techniques, chapter 5), with
 *   W_h = N_h/N,  share = sum W_h p_h,
 *   V = sum W_h² (1 - n_h/N_h) p_h(1-p_h)/(n_h-1).
 * The finite population correction is inside V, stratum by stratum; Wilson is
 * then taken on the number of answers that would have this variance without
 * strata, n_eff = p(1-p)/V. Certain rules (judge.c, 1 to 5) use the counts.
 */
#include "server/core/score/strata.h"

#include <math.h>
#include <stdbool.h>

static void
add_stratum(struct stratum *sum, const struct stratum *more)
{
	sum->dossiers += more->dossiers;
	sum->valid += more->valid;
	sum->satisfied += more->satisfied;
}

static struct stratum
sum_all(const struct stratum *rows, size_t count)
{
	struct stratum sum = {0};

	for (size_t i = 0; i < count; i++)
		add_stratum(&sum, &rows[i]);
	return sum;
}

static bool
any_overfull(const struct stratum *rows, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (rows[i].valid > rows[i].dossiers)
			return true;
	}
	return false;
}

static bool
too_small(const struct stratum *s, int64_t least)
{
	return s->valid < least && s->valid < s->dossiers;
}

size_t
strata_merge(const struct stratum *rows, size_t count, int64_t least,
    struct stratum *groups, size_t *group_of)
{
	bool merge =
	    !any_overfull(rows, count) && sum_all(rows, count).valid > 0;
	bool open = false; /* the last group still wants the next row */
	size_t n = 0;

	for (size_t i = 0; i < count; i++) {
		group_of[i] = STRATA_DROPPED;
		if (rows[i].dossiers == 0 && rows[i].valid == 0)
			continue;
		if (!open)
			groups[n++] = (struct stratum){0};
		add_stratum(&groups[n - 1], &rows[i]);
		group_of[i] = n - 1;
		open = merge && too_small(&groups[n - 1], least);
	}
	/* a small one at the end goes back; the sum may be small again */
	while (merge && n > 1 && too_small(&groups[n - 1], least)) {
		n--;
		add_stratum(&groups[n - 1], &groups[n]);
		for (size_t i = 0; i < count; i++)
			group_of[i] -= group_of[i] == n;
	}
	return n;
}

/* The sums over strata that every figure is made of. */
struct sums {
	double share;         /* W p */
	double kish;          /* W²/n */
	double with, without; /* W² p q/(n-1), with and without the FPC */
	double survey;        /* W² p q/n */
};

static struct sums
sum_strata(const struct stratum *s, size_t count, int64_t dossiers)
{
	struct sums sums = {0};

	for (size_t i = 0; i < count; i++) {
		double n = (double)s[i].valid, all = (double)s[i].dossiers;
		double w = all / (double)dossiers;
		double p = (double)s[i].satisfied / n, spread = p * (1 - p);

		sums.share += w * p;
		sums.kish += w * w / n;
		sums.survey += w * w * spread / n;
		if (n < 2) {
			/* one answer shows no variance */
			sums.without = NAN;
			sums.with = n < all ? NAN : sums.with;
			continue;
		}
		sums.without += w * w * spread / (n - 1);
		sums.with += w * w * (1 - n / all) * spread / (n - 1);
	}
	/* rounding must not hide a share of exactly 1, or of 0 */
	sums.share = fmin(1, sums.share);
	return sums;
}

static int64_t
strata_more_needed(const struct judgement *j, int t4)
{
	double distance = j->share - t4 / 1e6;

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
	if (fabs(distance) < 1e-12)
		return judge_more_equal(j->valid, j->dossiers);
	return judge_more(
	    (double)j->valid * judge_touch(distance, t4) / j->n_eff, j->valid,
	    j->dossiers);
}

static void
fill_strata(
    struct strata_judgement *j, const struct stratum *groups, size_t count)
{
	struct judgement *t = &j->total;
	double n = (double)t->valid;
	struct sums sums = sum_strata(groups, count, t->dossiers);
	double p = t->satisfied == t->valid ? 1 : sums.share;

	t->share = p;
	t->bounds = interval_bounds(t->satisfied, t->valid, t->dossiers);
	j->n_kish = 1 / sums.kish;
	j->deff = n / j->n_kish;
	j->wilson_kish = interval_wilson(p, j->n_kish, INTERVAL_CONF);
	j->se = sqrt(sums.with);
	j->se_without_fpc = sqrt(sums.without);
	j->se_poststratified = sqrt(n / (n - 1) * sums.survey);
	if (t->valid == t->dossiers) {
		t->wilson = interval_point(p);
		return;
	}
	t->n_eff = sums.with > 0 ? p * (1 - p) / sums.with : j->n_kish;
	t->wilson = interval_wilson(p, t->n_eff, INTERVAL_CONF);
}

struct strata_judgement
strata_judge(const struct stratum *groups, size_t count, int t4)
{
	struct stratum sum = sum_all(groups, count);
	struct interval none = interval_none();
	struct strata_judgement j = {.total = {.satisfied = sum.satisfied,
					 .valid = sum.valid,
					 .dossiers = sum.dossiers,
					 .share = NAN,
					 .wilson = none,
					 .exact = none,
					 .bounds = none,
					 .n_eff = NAN,
					 .verdict = VERDICT_INVALID,
					 .more_needed = -1},
	    .raw_share = NAN,
	    .se = NAN,
	    .deff = NAN,
	    .n_kish = NAN,
	    .se_without_fpc = NAN,
	    .se_poststratified = NAN,
	    .wilson_kish = none};

	if (sum.valid > 0)
		j.raw_share = (double)sum.satisfied / (double)sum.valid;
	j.total.share = j.raw_share;
	if (any_overfull(groups, count))
		return j;
	if (sum.valid > 0)
		fill_strata(&j, groups, count);
	else
		j.total.bounds = interval_bounds(0, 0, sum.dossiers);
	j.total.verdict = judge_verdict(
	    sum.satisfied, sum.valid, sum.dossiers, t4, j.total.wilson);
	j.total.more_needed = strata_more_needed(&j.total, t4);
	return j;
}
