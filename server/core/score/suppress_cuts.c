/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * From the left to the right: a cut is made as soon as what came since the last
 * one is enough, and what follows is enough, too; nothing at all is enough,
 * since it tells of nobody. First that is done with the ends of months, then,
 * in each piece, with Sundays, then with the other days. The choice
 * depends on the row's own counts alone, so that everybody who asks gets the
 * same one, whatever was asked before.
 */
#include "server/core/score/suppress_cuts.h"

#include "shared/civil.h"

enum cut_rank { RANK_DAY, RANK_WEEK, RANK_MONTH };

struct piece {
	size_t from, to; /* days, the last one included */
};

int
suppress_end_rank(int32_t day)
{
	if (civil_from_day(day + 1).day == 1)
		return RANK_MONTH;
	return civil_weekday(day) == 7 ? RANK_WEEK : RANK_DAY;
}

static int64_t
answers_in(const int64_t *days, struct piece p)
{
	int64_t sum = 0;

	for (size_t i = p.from; i <= p.to; i++)
		sum += days[i];
	return sum;
}

static bool
cut_enough(int64_t count, int64_t least)
{
	return count == 0 || count >= least;
}

/* The piece around `at` after the cuts of one rank; *cut: one of them is right
 * there. */
static struct piece
cut_narrow(const int64_t *days, int32_t first, int64_t least,
    struct piece whole, enum cut_rank rank, size_t at, bool *cut)
{
	struct piece out = whole;
	int64_t rest = answers_in(days, whole), since = 0;

	*cut = false;
	for (size_t i = whole.from; i < whole.to; i++) {
		since += days[i];
		rest -= days[i];
		if (suppress_end_rank(first + (int32_t)i) != (int)rank ||
		    !cut_enough(since, least) || !cut_enough(rest, least))
			continue;
		since = 0;
		if (i == at)
			*cut = true;
		else if (i < at)
			out.from = i + 1;
		else if (out.to == whole.to)
			out.to = i;
	}
	return out;
}

bool
suppress_may_cut(
    const int64_t *days, size_t n, int32_t first, int64_t least, size_t at)
{
	struct piece piece = {0, n - 1};
	bool cut = false;

	if (at + 1 >= n)
		return cut_enough(answers_in(days, piece), least);
	if (!cut_enough(answers_in(days, piece), least))
		return false;
	for (int rank = RANK_MONTH; rank >= RANK_DAY && !cut; rank--)
		piece = cut_narrow(
		    days, first, least, piece, (enum cut_rank)rank, at, &cut);
	return cut;
}
