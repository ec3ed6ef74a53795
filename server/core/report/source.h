/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * All that an official report is made of, as plain data: read from the database
 * (store/report), kept by the snapshot of a closed period, or unpacked from an
 * inspector's file. The same source gives the same report, byte for byte,
 * today and in ten years: nothing else, no clock and no other table, goes into
 * report_build (core/report/report.h).
 *
 * Everything is borrowed by the report that is made of it. Rows stand in a
 * fixed order (report_source_sort), so that two sources with the same rows are
 * the same. Codes are the catalogue's, "" is what is not known; NULL never
 * stands in a row.
 */
#ifndef HAILONG_SERVER_CORE_REPORT_SOURCE_H
#define HAILONG_SERVER_CORE_REPORT_SOURCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "server/core/dossier/dossier_count.h"
#include "server/core/score/period.h"
#include "server/core/score/tally.h"

struct arena;
struct catalogue;

enum report_state {
	REPORT_OPEN,   /* answers still come */
	REPORT_ENDED,  /* its days are over, its figures not yet frozen */
	REPORT_CLOSED, /* a snapshot */
};

struct report_period {
	struct period period; /* what was asked for, and the days it counts */
	enum report_state state;
	int32_t day;    /* local, on which the rows were read: the report's */
	int revision;   /* of a closed one, from 1; else 0 */
	int32_t closed; /* local day of closing; 0: not closed */
	const char *closed_by, *confirmed_by; /* names; "": not closed */
	/* what came after the closing, and is in none of the rows */
	int64_t late_answers, late_dossiers;
};

/* What narrows the report; "" does not. Printed in its heading. */
struct report_filter {
	const char *unit;   /* with those below it … */
	bool alone;         /* … or without */
	const char *within; /* what the reader may see at all, likewise */
	const char *field, *channel;
};

/* Answers set aside, by the reason that was given (words aside.reason.REASON):
 * values[1..5] by level of the general question, values[0] not applicable. In
 * none of the tallies but as their member `aside`. */
struct report_aside {
	const char *unit, *field, *channel, *form, *reason;
	int64_t values[6];
};

/* Citizens invited by SMS about a dossier finished in the period. */
struct report_asked {
	const char *unit, *field;
	int64_t invited;
};

/* Words and figures that staff entered: for the whole house (period ""), or for
 * this report. Keys: "head.agency" … (report_head_keys), "text.causes" … (the
 * passages), "scheme.tt01.5" … with "scheme.tt01.5.source". */
struct report_text {
	const char *key, *words;
};

/* What a unit explains (giải trình) of its figure, and where that stands. */
struct report_explanation {
	const char *unit, *field, *population;
	const char *words, *by; /* by: a name */
	const char *state; /* "draft", "submitted", "returned", "accepted" */
	int32_t day;       /* of its state */
	int64_t late; /* dossiers of the unit; 0: nothing is told of them */
	int64_t apologies; /* letters sent for them; -1: not said */
};

/* A remedy: what is to be done, who does it, until when, and its state. */
struct report_measure {
	const char *unit, *field;
	const char *words, *who;
	int32_t due;
	const char *state;  /* "open", "done", "dropped" */
	const char *result; /* what came of it; "" */
	const char *period; /* in whose report it was promised, "2026-Q3" */
};

struct report_source {
	/* names, targets, desks and forms as they held in the period */
	const struct catalogue *catalogue;
	struct report_period period;
	struct report_filter filter;
	int64_t least; /* fewer answers are not shown apart; 0: all are */
	bool sample;   /* made-up answers are among them: the paper says so */
	/* Summed over the days, key.day 0: general answers, criteria, reasons,
	 * each with what is set aside or waits in an undecided burst. */
	struct tallies tallies;
	/* Finished in the period, summed over the days, day 0. */
	struct dossier_counts dossiers;
	struct report_aside *aside;
	size_t naside;
	struct report_asked *asked;
	size_t nasked;
	struct report_text *texts;
	size_t ntexts;
	struct report_explanation *explanations;
	size_t nexplanations;
	struct report_measure *measures;
	size_t nmeasures;
};

/* Brings all rows into their order, by their keys. */
void report_source_sort(struct report_source *source);
/* The words of a key, NULL where staff entered none (or only blanks). */
const char *report_text_of(const struct report_source *source, const char *key);

#endif
