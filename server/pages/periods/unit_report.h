/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A unit's report for a period, as its page and its form share it. */
#ifndef HAILONG_SERVER_PAGES_PERIODS_UNIT_REPORT_H
#define HAILONG_SERVER_PAGES_PERIODS_UNIT_REPORT_H

#include <stdbool.h>
#include <stddef.h>
#include "server/core/score/score.h"
#include "server/pages/periods/period_view.h"
#include "server/store/period/submissions.h"

struct unit;

/* A target that was missed, and what is promised about it. */
struct missed {
	const struct score *row;
	const char *population, *field; /* field "": all of them */
	const struct measure *measure;  /* NULL: none yet */
};

struct unit_report {
	struct period_view v;
	const struct unit *unit;
	struct submission s;
	struct score_rows populations, fields; /* the unit's own */
	int64_t late;                          /* dossiers */
	struct missed *missed;
	size_t nmissed;
	struct measure *measures; /* all of the unit, of every period */
	size_t nmeasures;
};

/* The report of the address, with its figures; one that was not prepared is an
 * empty draft. 200, 404, 503. */
int unit_report_read(struct unit_report *r, const struct page *page);
/* What is asked about it, without what was entered; the measures as they are
 * kept. */
struct submission_act unit_report_act(
    const struct unit_report *r, enum submission_deed deed);
/* The name of a field of the form, "words.tthc.dat-dai". */
const char *unit_report_name(
    const struct page *page, const char *what, const struct missed *missed);
/* The page, with what was entered where something is wrong with it (the key of
 * its words; NULL: nothing). */
int unit_report_show(
    const struct unit_report *r, int status, const char *problem);

#endif
