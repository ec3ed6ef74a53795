/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Ways to grade an agency that laws have fixed, beside the targets of the plan:
 * the nine indices of TT 01/2018/TT-VPCP (DOMAIN 3.1) and the satisfaction part
 * of QĐ 766/QĐ-TTg (3.2). Points are integers in hundredths, so that exactly 15
 * of 18 is exactly that. Pure.
 */
#ifndef HAILONG_SERVER_CORE_REPORT_SCHEME_H
#define HAILONG_SERVER_CORE_REPORT_SCHEME_H

#include <stdint.h>

#define SCHEME_INDICES    9    /* of TT 01/2018 */
#define SCHEME_INDEX      200  /* the most points of one */
#define SCHEME_ATTITUDE   7    /* the one that citizens answer here */
#define SCHEME_766_POINTS 1800 /* of satisfaction, of 100 in all */

enum scheme_grade {
	SCHEME_EXCELLENT, /* 15 and more of 18 */
	SCHEME_GOOD,      /* 12 */
	SCHEME_FAIR,      /* 9 */
	SCHEME_AVERAGE,   /* 6 */
	SCHEME_WEAK,
	SCHEME_GRADES
};

enum scheme_official {
	SCHEME_FULL, /* 5 and more of 10: all tasks done */
	SCHEME_PART, /* 3,5: 70 % to less than all */
	SCHEME_NOT,
};

/* Points as staff enter them, "1,8" or "1.75", 0 to 2 with at most two
 * decimals; -1 for anything else. */
int scheme_points_read(const char *text);
/* The grade of an agency by its points of 18. */
enum scheme_grade scheme_grade(int points);
/* The grade of an official by indices 1, 2, 3, 4 and 7, at most 10 points. */
enum scheme_official scheme_official(int points);
/* The words of a grade: a key of shared/po. */
const char *scheme_grade_key(enum scheme_grade grade);
/* Points for index 7 from answers 1..5: satisfied 2, neutral 1, dissatisfied 0;
 * the mean, half up. -1 without answers. */
int scheme_attitude(const int64_t values[6]);
/* Points of QĐ 766 for x satisfied of n, half up: the share times the most. -1
 * for n = 0. */
int scheme_766(int64_t x, int64_t n);

#endif
