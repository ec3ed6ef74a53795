#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Makes score.csv and rank.csv, which R did not make.

Nothing but the definitions, in whole fractions and 60 digits: the chi-square of
a two by two table, erfc by its series and its continued fraction, Fisher's test
by counting ways, Holm's adjusted p-values by sorting. Run in this folder: ./exact.py
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


write("score", ["x1", "n1", "x2", "n2", "z", "p"], score_rows())
write("rank", ["case", "x", "n", "best", "worst", "group"], rank_rows())
