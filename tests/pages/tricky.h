/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The real collector with one month of figures that tempt to be said in two
 * ways, and the interface's rows of them. cmocka.h must be included before
 * this. */
#ifndef HAILONG_TESTS_PAGES_TRICKY_H
#define HAILONG_TESTS_PAGES_TRICKY_H

#include <jansson.h>
#include "server/view/number.h"
#include "tests/kit/people.h"

#define TRICKY_MONTH "2026-09"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

extern struct rig tricky_rig;
extern struct person tricky_reader; /* of the whole district */

/* A group's setup and teardown. */
int tricky_setup(void **state);
int tricky_teardown(void **state);

struct figures {
	const char *name; /* as the commands have it */
	double share, lo, hi, target;
	int64_t satisfied, valid, dossiers;  /* dossiers -1: not known */
	const char *verdict, *lean, *reason; /* "" for null */
	bool hidden; /* by the rule of small numbers: the pages withhold it */
};

/* A member's text, "" for null. */
const char *tricky_text(json_t *row, const char *member);
/* The figures of a row of the interface; by: what its name is of. */
struct figures tricky_figures(json_t *row, const char *by);
/* The rows of the interface; by "": those of the populations; unit "": all. The
 * caller owns them. */
json_t *tricky_rows(const char *by, const char *unit);

/* The same rows as the command line has them, which withholds nothing; one for
 * each of the interface. A row that the interface withholds has the member
 * "suppressed" here, too; what it shows is checked to be the same. */
json_t *tricky_facts(const char *by, const char *unit);

/* Numbers as they are printed. */
struct printed {
	char share[NUMBER_TEXT], lo[NUMBER_TEXT], hi[NUMBER_TEXT],
	    target[NUMBER_TEXT];
};

/* These; fails where one stands on a boundary (0, the target, 100) that it does
 * not touch, or on its other side. */
struct printed tricky_printed(const struct figures *f, char mark);

#endif
