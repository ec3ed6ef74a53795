/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The boundaries as tables, each the least that still belongs to its grade. */
#include "server/core/report/scheme.h"

#include <ctype.h>
#include <stddef.h>
#include <string.h>

int
scheme_points_read(const char *text)
{
	int points, decimals = 0;

	while (*text == ' ')
		text++;
	if (*text < '0' || *text > '2')
		return -1;
	points = (*text++ - '0') * 100;
	if (*text == ',' || *text == '.') {
		text++;
		for (int weight = 10; isdigit((unsigned char)*text);
		     text++, weight /= 10, decimals++)
			points += (*text - '0') * weight;
		if (decimals == 0 || decimals > 2)
			return -1;
	}
	text += strspn(text, " ");
	return *text == '\0' && points <= SCHEME_INDEX ? points : -1;
}

enum scheme_grade
scheme_grade(int points)
{
	static const int least[SCHEME_GRADES] = {1500, 1200, 900, 600, 0};
	int grade = SCHEME_EXCELLENT;

	while (grade < SCHEME_WEAK && points < least[grade])
		grade++;
	return (enum scheme_grade)grade;
}

enum scheme_official
scheme_official(int points)
{
	return points >= 500   ? SCHEME_FULL
	       : points >= 350 ? SCHEME_PART
			       : SCHEME_NOT;
}

const char *
scheme_grade_key(enum scheme_grade grade)
{
	static const char *const keys[SCHEME_GRADES] = {
	    "scheme.grade.excellent", "scheme.grade.good", "scheme.grade.fair",
	    "scheme.grade.average", "scheme.grade.weak"};

	return keys[grade];
}

int
scheme_attitude(const int64_t values[6])
{
	int64_t n = 0;

	for (int i = 1; i <= 5; i++)
		n += values[i];
	if (n == 0)
		return -1;
	return (
	    int)((200 * (values[4] + values[5]) + 100 * values[3] + n / 2) / n);
}

int
scheme_766(int64_t x, int64_t n)
{
	return n == 0 ? -1 : (int)((SCHEME_766_POINTS * x + n / 2) / n);
}
