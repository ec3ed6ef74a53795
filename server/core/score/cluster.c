/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The ratio estimator's variance between K clusters (Cochran, chapter 9),
 *   V = K/(K-1) sum (x_k - p n_k)² / n²,
 * compared with the variance of as many independent answers gives the design
 * effect; n/max(1, deff) answers are left, and (z/t)² of them once more because
 * V itself is known from K desks only (Korn and Graubard 1998: t with K-1
 * degrees of freedom). No dossiers here, hence no correction, no census and
 * nothing certain.
 */
#include "server/core/score/cluster.h"

#include <math.h>

/* The sums that every figure is made of. */
struct sums {
	size_t k;
	int64_t n, x;
	double squares; /* n_k² */
	double between; /* (x_k - p n_k)² */
	double msb;     /* n_k (p_k - p)² */
	double msw;     /* x_k (1 - p_k) */
};

static struct sums
sum_clusters(const struct cluster *rows, size_t count)
{
	struct sums s = {0};
	double p;

	for (size_t i = 0; i < count; i++) {
		s.k += rows[i].valid > 0;
		s.n += rows[i].valid;
		s.x += rows[i].satisfied;
	}
	p = (double)s.x / (double)s.n;
	for (size_t i = 0; i < count; i++) {
		double n = (double)rows[i].valid;
		double x = (double)rows[i].satisfied, off = x - p * n;

		if (rows[i].valid == 0)
			continue;
		s.squares += n * n;
		s.between += off * off;
		s.msb += off * off / n;
		s.msw += x * (1 - x / n);
	}
	return s;
}

/* The figures that need two clusters. */
static void
fill_cluster(struct cluster_judgement *j, const struct sums *s)
{
	double n = (double)s->n, k = (double)s->k, p = j->total.share;
	double v = k / (k - 1) * s->between / (n * n);
	double n0 = (n - s->squares / n) / (k - 1);
	double msb = s->msb / (k - 1), msw = s->msw / (n - k);
	double ratio =
	    interval_z(INTERVAL_CONF) / interval_t(INTERVAL_CONF, k - 1);

	j->se = sqrt(v);
	j->deff = s->x == 0 || s->x == s->n ? 1 : v / (p * (1 - p) / (n - 1));
	j->n_design = n / fmax(1, j->deff);
	j->wilson_design = interval_wilson(p, j->n_design, INTERVAL_CONF);
	j->icc = (msb - msw) / (msb + (n0 - 1) * msw);
	j->total.n_eff = j->n_design * ratio * ratio;
	j->total.wilson = interval_wilson(p, j->total.n_eff, INTERVAL_CONF);
}

static int64_t
cluster_more_needed(const struct judgement *j, int t4)
{
	double distance = judge_distance(j->satisfied, j->valid, t4);

	if (j->verdict == VERDICT_MET || j->verdict == VERDICT_NOT_MET)
		return 0;
	if (distance == 0)
		return judge_more_equal(j->valid, j->dossiers);
	return judge_more(
	    (double)j->valid * judge_touch(distance, t4) / j->n_eff, j->valid,
	    j->dossiers);
}

struct cluster_judgement
cluster_judge(const struct cluster *rows, size_t count, int t4)
{
	struct sums s = sum_clusters(rows, count);
	struct interval none = interval_none();
	struct cluster_judgement j = {.total = {.satisfied = s.x,
					  .valid = s.n,
					  .dossiers = JUDGE_UNKNOWN,
					  .share = NAN,
					  .wilson = none,
					  .exact = none,
					  .bounds = none,
					  .n_eff = NAN,
					  .verdict = VERDICT_NO_DATA,
					  .more_needed = -1},
	    .clusters = s.k,
	    .se = NAN,
	    .deff = NAN,
	    .n_design = NAN,
	    .wilson_design = none,
	    .icc = NAN};

	if (s.k == 0)
		return j;
	j.total.share = (double)s.x / (double)s.n;
	if (s.k > 1)
		fill_cluster(&j, &s);
	if (s.k < JUDGE_FEW_CLUSTERS) {
		j.total.verdict = VERDICT_TOO_FEW;
		j.few_clusters = true;
		return j;
	}
	j.total.verdict =
	    judge_verdict(s.x, s.n, JUDGE_UNKNOWN, t4, j.total.wilson);
	j.total.more_needed = cluster_more_needed(&j.total, t4);
	return j;
}
