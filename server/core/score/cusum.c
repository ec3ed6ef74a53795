/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Steps are Wald's log likelihood ratios of p1 against p0, scaled so that the
 * shorter is 1, and rounded. So the sum is a walk on 0..limit with steps of 1
 * one way, and its average run length (Reynolds and Stoumbos 1999) needs no
 * matrix: a walk must pass every place on its way in the direction of its step
 * of 1. All terms below are positive; no digit is lost at 10^12 answers.
 *
 * Towards the alarm by 1, back by b, with chances u and d (a rise): T_s, the
 * answers from s to s+1, is T_s = (1 + d (T_{s-b} + … + T_{s-1})) / u, and the
 * run length the sum of all T_s.
 *
 * Back by 1, towards the alarm by a, with chances d and u (a fall): from s the
 * walk comes to s-1 first or to the alarm. Let A_s be the chance of the alarm
 * and T_s the answers until either. A step up to s+a leads back to s through
 * all places between, or to the alarm with chance A' after T' answers; hence
 * A_s = u A' / (d + u A') and T_s = (1 + u T') / (d + u A').
 */
#include "server/core/score/cusum.h"

#include <math.h>
#include <stdlib.h>

/* A walk: steps as counts, chances of going towards the alarm and back. */
struct walk {
	int up, down, limit;
	double u, d;
};

static double
climb(const struct walk *w)
{
	double t[CUSUM_MAX], sum = 0;

	for (int s = 0; s < w->limit; s++) {
		double before = 0; /* T_{s-b} + … + T_{s-1} */

		for (int k = s < w->down ? 0 : s - w->down; k < s; k++)
			before += t[k];
		t[s] = (1 + w->d * before) / w->u;
		sum += t[s];
	}
	return sum;
}

static double
slide(const struct walk *w)
{
	double alarm[CUSUM_MAX], time[CUSUM_MAX], a = 0, t = 0;

	for (int s = w->limit - 1; s >= 0; s--) {
		int top = s + w->up;

		a = top >= w->limit;
		t = 0;
		for (int k = top; k > s && top < w->limit; k--) {
			t += (1 - a) * time[k];
			a += (1 - a) * alarm[k];
		}
		alarm[s] = w->u * a / (w->d + w->u * a);
		time[s] = (1 + w->u * t) / (w->d + w->u * a);
	}
	/* at 0 a step back stays there */
	return (1 + w->u * t) / (w->u * a);
}

double
cusum_run_length(const struct cusum_chart *chart, double p)
{
	bool fall = chart->bad > 0;
	int bad = abs(chart->bad), good = abs(chart->good);
	struct walk w = {fall ? bad : good, fall ? good : bad, chart->limit,
	    fall ? 1 - p : p, fall ? p : 1 - p};

	return w.up == 1 ? climb(&w) : slide(&w);
}

double
cusum_shift(double p, double times)
{
	return p / (p + times * (1 - p));
}

/* What an answer adds to the sum on average. */
static double
drift(const struct cusum_chart *chart, double p)
{
	return (1 - p) * chart->bad + p * chart->good;
}

/* The steps; false where rounding spoils them: nothing must drive the sum up
 * at p0, and something must at p1. */
static bool
choose_steps(double p0, double p1, struct cusum_chart *chart)
{
	double ratio = log((1 - p1) / (1 - p0)) / log(p0 / p1);
	double bad = round(fmax(1, ratio)), good = round(fmax(1, 1 / ratio));
	int sign = p1 < p0 ? 1 : -1;

	if (!(fmax(bad, good) <= CUSUM_MAX))
		return false;
	chart->bad = sign * (int)bad;
	chart->good = -sign * (int)good;
	return drift(chart, p0) <= 0 && drift(chart, p1) > 0;
}

static bool
is_share(double p)
{
	return p > 0 && p < 1;
}

bool
cusum_plan(double p0, double p1, double wanted, struct cusum_chart *chart)
{
	int low = 0, high = CUSUM_MAX; /* low is too low, high is enough */

	*chart = (struct cusum_chart){.limit = high};
	if (!is_share(p0) || !is_share(p1) || p0 == p1 ||
	    !choose_steps(p0, p1, chart) ||
	    !(cusum_run_length(chart, p0) >= wanted))
		return false;
	while (high - low > 1) {
		chart->limit = low + (high - low) / 2;
		if (cusum_run_length(chart, p0) >= wanted)
			high = chart->limit;
		else
			low = chart->limit;
	}
	chart->limit = high;
	chart->false_every = cusum_run_length(chart, p0);
	chart->found_after = cusum_run_length(chart, p1);
	return true;
}

void
cusum_add(
    const struct cusum_chart *chart, struct cusum *c, int64_t x, int64_t n)
{
	int64_t sum = c->sum + chart->bad * (n - x) + chart->good * x;

	c->seen += n;
	c->sum = sum < 0 ? 0 : sum > chart->limit ? chart->limit : sum;
	if (c->sum == 0) {
		c->since = c->seen;
		c->alarm = 0;
	} else if (c->sum == chart->limit && c->alarm == 0) {
		c->alarm = c->seen;
	}
}
