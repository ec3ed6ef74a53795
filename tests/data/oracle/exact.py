#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Makes score.csv, rank.csv and cusum.csv, which R did not make.

Nothing but the definitions, in whole fractions and 60 digits: the chi-square of
a two by two table, erfc by its series and its continued fraction, Fisher's test
by counting ways, Holm's adjusted p-values by sorting, a run length by solving
the whole system of linear equations. Run in this folder: ./exact.py
"""
import csv
import random
from decimal import Decimal as D, getcontext
from fractions import Fraction
from math import comb

getcontext().prec = 60
PI = D("3.14159265358979323846264338327950288419716939937510582097494459")
ENOUGH = 30  # answers a unit needs to be ranked
ALPHA = D("0.05")


def write(name, columns, rows):
    with open(name + ".csv", "w", newline="") as f:
        out = csv.writer(f, lineterminator="\n")
        out.writerow(columns)
        out.writerows(rows)


def decimal(fraction):
    return D(fraction.numerator) / D(fraction.denominator)


# ------------------------------------------------------------- two proportions

def square(x1, n1, x2, n2):
    """The square of the pooled score statistic, and the sign of p1 - p2."""
    pooled = Fraction(x1 + x2, n1 + n2)
    d = Fraction(x1, n1) - Fraction(x2, n2)
    if d == 0:
        return Fraction(0), 0
    variance = pooled * (1 - pooled) * (Fraction(1, n1) + Fraction(1, n2))
    return d * d / variance, 1 if d > 0 else -1


def erfc(x):
    if x < 3:
        term = total = x
        for k in range(1, 400):
            term *= -x * x / k
            total += term / (2 * k + 1)
        return 1 - 2 * total / PI.sqrt()
    tail = D(1)
    for k in range(800, 0, -1):
        tail = 1 + D(k) / (2 * x * x) / tail
    return (-x * x).exp() / (x * PI.sqrt() * tail)


def fisher(x1, n1, x2, n2):
    """Twice the smaller tail; the smallest margin of the table is drawn."""
    cells = ((x1, n1 - x1), (x2, n2 - x2))
    margin, r, flip = min((sum(t[r]), r, flip) for r in (0, 1)
                          for flip, t in enumerate((cells, tuple(zip(*cells)))))
    (a, b), (c, d) = (cells, tuple(zip(*cells)))[flip]
    if r:
        a, b, c, d = c, d, a, b
    ways = [comb(a + c, k) * comb(b + d, margin - k)
            for k in range(margin + 1)]
    all_ways = comb(a + b + c + d, margin)
    assert sum(ways) == all_ways
    return min(Fraction(1), Fraction(2 * min(sum(ways[:a + 1]),
                                             sum(ways[a:])), all_ways))


def p_value(x1, n1, x2, n2):
    least = Fraction(min(n1, n2) * min(x1 + x2, n1 + n2 - x1 - x2), n1 + n2)
    if least < 5:
        return decimal(fisher(x1, n1, x2, n2))
    return erfc((decimal(square(x1, n1, x2, n2)[0]) / 2).sqrt())


def score_rows():
    r = random.Random(1)
    cases = [(56, 70, 48, 80), (9, 10, 3, 10), (0, 30, 0, 40), (30, 30, 40, 40),
             (0, 10, 20, 20), (1, 30, 29, 30), (74, 75, 388, 400),
             (388, 400, 210, 300), (90, 100, 900, 1000),
             (9 * 10**11, 10**12, 9 * 10**11 + 10**6, 10**12),
             (10**12 - 1, 10**12, 10**12, 10**12), (30, 30, 1, 10**12)]
    for _ in range(20):
        n = [r.randint(1, 2000) for _ in range(2)]
        cases.append((r.randint(0, n[0]), n[0], r.randint(0, n[1]), n[1]))
    for c in cases:
        z2, sign = square(*c)
        yield *c, "%.15e" % (sign * decimal(z2).sqrt()), "%.15e" % p_value(*c)


# -------------------------------------------------------------------- ranks

def holm(tests):
    """The keys of the tests refused at 5 %, from {key: p-value}."""
    order = sorted(tests, key=tests.get)
    refused, adjusted = set(), D(0)
    for i, k in enumerate(order):
        adjusted = max(adjusted, (len(order) - i) * tests[k])
        assert abs(adjusted - ALPHA) > D("1e-6"), "too near to call"
        if adjusted <= ALPHA:
            refused.add(k)
    return refused


def rank(units):
    ranked = [i for i, u in enumerate(units) if u[1] >= ENOUGH]
    x, n = (sum(units[i][k] for i in ranked) for k in (0, 1))
    refused = holm({(i, j): p_value(*units[i], *units[j])
                    for i in ranked for j in ranked if i < j})
    better = {i: 0 for i in ranked}  # units significantly better than i
    worse = dict(better)
    for i, j in refused:
        low, high = (j, i) if square(*units[i], *units[j])[1] > 0 else (i, j)
        better[low] += 1
        worse[high] += 1
    rest = {i: (*units[i], x - units[i][0], n - units[i][1])
            for i in ranked if n > units[i][1]}
    tests = {i: p_value(*v) for i, v in rest.items()}
    if len(rest) == 2:  # one and the same test
        del tests[ranked[1]]
    apart = holm(tests)
    if len(rest) == 2 and apart:
        apart = set(ranked)
    for i, (x, n) in enumerate(units):
        if i not in better:
            yield x, n, 0, 0, "too_few" if n else "no_data"
            continue
        group = "unclear"
        if i in apart:
            group = "above" if square(*rest[i])[1] > 0 else "below"
        yield x, n, 1 + better[i], len(ranked) - worse[i], group


def random_units(r, count, size):
    for _ in range(count):
        n = int(size * r.lognormvariate(0, 1))
        p = min(1, r.gauss(0.9, 0.06))
        yield sum(r.random() < p for _ in range(n)), n


def rank_rows():
    r = random.Random(2)
    tables = [
        # as the notes on reliability want it: the first has 1-11, 97.0 % of
        # 400 answers 1-6
        [(74, 75), (388, 400), (286, 300), (470, 500), (141, 150), (184, 200),
         (270, 300), (356, 400), (133, 150), (255, 300), (69, 80), (210, 300)],
        [(90, 100), (80, 100)], [(90, 100), (79, 100)], [(900, 1000)],
        [(0, 0), (29, 29), (0, 29), (30, 30), (20, 40)], [(0, 0), (5, 9)],
        [(40, 40), (30, 30), (50, 50)], [(0, 40), (0, 30), (0, 50)],
        [(90, 100)] * 6,
        # one giant pulls the whole down, one up
        [(6000, 10000)] + [(90, 100)] * 5, [(9900, 10000)] + [(90, 100)] * 5,
        [(9 * 10**11, 10**12), (9 * 10**11 + 10**7, 10**12), (45, 50)],
        # nearly all are satisfied: one or two who are not prove nothing
        [(30, 30)] * 11 + [(29, 30), (28, 30)],
        [(2990, 3000), (997, 1000), (28, 30), (500, 500), (27, 30), (26, 30)],
    ]
    tables += [list(random_units(r, 13, 300)), list(random_units(r, 13, 60)),
               list(random_units(r, 60, 400))]
    for case, units in enumerate(tables, 1):
        for row in rank(units):
            yield case, *row


# ------------------------------------------------------------- Bernoulli CUSUM

def run_length(bad, good, limit, p):
    """Answers until the sum, from 0, reaches the limit: (I - P) L = 1."""
    rows = []
    for s in range(limit):
        row = {s: D(1)}
        for step, chance in ((good, p), (bad, 1 - p)):
            to = max(0, s + step)
            if to < limit:
                row[to] = row.get(to, D(0)) - chance
        rows.append((row, D(1)))
    for i in reversed(range(limit)):  # upwards, so that L(0) is left
        row, one = rows[i]
        for k in range(i):
            if i in rows[k][0]:
                f = rows[k][0].pop(i) / row[i]
                for j, v in row.items():
                    if j != i:
                        rows[k][0][j] = rows[k][0].get(j, D(0)) - f * v
                rows[k] = rows[k][0], rows[k][1] + -f * one
    row, one = rows[0]
    return one / row[0]


def weights(p0, p1):
    """Whole steps in the proportion of Wald's log likelihood ratio, one of
    them 1."""
    ratio = ((1 - p1) / (1 - p0)).ln() / (p0 / p1).ln()
    bad, good = (int(max(D(1), r).to_integral_value("ROUND_HALF_UP"))
                 for r in (ratio, 1 / ratio))
    return (bad, -good) if p1 < p0 else (-bad, good)


def cusum_rows():
    for p0, p1, wanted in (("0.92", "0.80", "35000"), ("0.92", "0.80", "370"),
                           ("0.90", "0.75", "10000"), ("0.5", "0.4", "1000"),
                           ("0.98", "0.94", "20000"), ("0.85", "0.6", "1e9"),
                           ("0.3", "0.1", "5000"), ("0.92", "0.98", "10000"),
                           ("0.92", "0.99", "35000"), ("0.80", "0.95", "1e7"),
                           ("0.5", "0.6", "1000"), ("0.1", "0.3", "5000")):
        p0, p1, wanted = D(p0), D(p1), D(wanted)
        bad, good = weights(p0, p1)
        limit = 1
        while run_length(bad, good, limit, p0) < wanted:
            limit += 1
        yield (p0, p1, wanted, bad, good, limit,
               "%.15e" % run_length(bad, good, limit, p0),
               "%.15e" % run_length(bad, good, limit, p1))


write("score", ["x1", "n1", "x2", "n2", "z", "p"], score_rows())
write("rank", ["case", "x", "n", "best", "worst", "group"], rank_rows())
write("cusum", ["p0", "p1", "wanted", "bad", "good", "limit", "false_every",
                "found_after"], cusum_rows())
