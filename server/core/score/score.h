/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Scores: rows of a report made from tallies. Contract, section 2 ("scores")
 * and 4 (populations); figures by STATISTICS, section 7. Pure.
 *
 * Populations: tthc = general question of every form whose population is tthc;
 * tthc-land = those of its group of fields (they count in tthc as well);
 * agency, health-education = forms of that population. Totals are pooled
 * counts, never means of percentages.
 */
#ifndef HAILONG_SERVER_CORE_SCORE_SCORE_H
#define HAILONG_SERVER_CORE_SCORE_SCORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "server/core/score/cluster.h"
#include "server/core/dossier/dossier_count.h"
#include "server/core/score/judge.h"
#include "server/core/score/strata.h"
#include "server/core/score/tally.h"

struct arena;
struct catalogue;

enum score_by {
	BY_POPULATION, /* no --by: a row for each population */
	BY_UNIT,
	BY_FIELD,
	BY_GROUP,
	BY_CHANNEL,
	BY_CRITERION,
	BY_DAY,
	BY_DESK,
	BY_CELL,   /* unit x field, for the pages */
	BY_REASON, /* reasons chosen, for the pages */
	BY_COUNT
};

/* What one desk contributes to a row. */
struct score_desk {
	const char *code;
	struct cluster counts;
};

/* What one unit and field contribute to a row. */
struct score_cell {
	const char *unit, *field;
	size_t place; /* score_place, once the row is judged */
	struct stratum counts;
};

/* What is set aside of a row for one reason. */
struct score_aside {
	const char *reason; /* a code; words aside.reason.CODE */
	int64_t answers;
};

struct score {
	/* what narrows the row; NULL: nothing */
	const char *unit, *field, *group, *channel, *criterion, *day, *desk;
	const char *population;
	const char *name; /* the value that tells the row from its neighbours */
	int64_t percent4; /* target, 10,000 times the percentage */
	int64_t values[6]; /* 1..5; values[0] not applicable */
	int64_t aside;
	struct score_aside *asides; /* by reason, most first; of the arena */
	size_t nasides;
	struct tally_part aside_part; /* their scores */
	double share_with; /* the share with them; NAN where there is none */
	/* of the valid ones: those that wait in an undecided burst; those of
	 * the class "verified", the others are "open" (tally.h) */
	struct tally_part unusual, verified;
	/* without the burst: share NAN where nothing is left */
	struct judgement without;
	int64_t channels[5];        /* in the order of channel_names */
	struct judgement judgement; /* its verdict minds the desks, too */
	struct score_desk *desks;   /* that had answers; of the arena */
	size_t ndesks;
	bool clustered; /* enough desks to judge them as clusters */
	struct cluster_judgement clusters;
	bool has_dossiers; /* some were announced, and the scope is theirs */
	int64_t dossiers[DOSSIERS_COUNT]; /* by enum dossier_kind */
	struct score_cell *cells; /* unit x field by place; of the arena */
	size_t ncells;
	size_t nstrata; /* cells that stand for themselves; 0: not judged */
	struct strata_judgement strata;
	/* why desks leave it unknown: "desks", they differ; "few_desks", they
	 * do not, but are few; or NULL */
	const char *reason;
	/* the interval that decides, and all that is drawn and printed: the
	 * pooled one, and the clusters' where there is one, in one */
	struct interval judged;
	enum lean lean; /* of a verdict that is not yet known */
	bool ended;     /* the period: no more answers will come */
	bool final;     /* … and none that comes changes the row */
	int64_t tied;   /* dossiers with an answer tied to them */
	/* Small numbers (suppress.h): nothing of the row may be shown, or not
	 * its channels, its classes, what waits in a burst. */
	bool few, hidden_channels, hidden_classes, hidden_unusual;
	struct interval anytime; /* limits for a screen that is read daily */
};

struct score_rows {
	struct score *rows; /* of the arena */
	size_t count;
	const char *period; /* canonical name */
};

struct score_query {
	enum score_by by;
	const char *unit;    /* narrows to this unit and those below; NULL */
	bool alone;          /* … to the unit itself, without those below */
	const char *within;  /* the same, what the reader may see at all */
	const char *field;   /* narrows to this field; NULL */
	const char *channel; /* narrows to this channel; NULL */
	const char *population; /* NULL: tthc, or all without --by */
	int32_t first, last;    /* days of the period */
	bool ended;             /* it is over */
	bool final; /* its figures are frozen: core/period/closing.h */
};

/* What was counted for one row. */
struct score_counts {
	int64_t values[6];            /* 1..5; values[0] not applicable */
	int64_t aside;                /* set aside; in none of the others */
	struct tally_part aside_part; /* their scores */
};

/* "kiosk", "web", "sms", "paper", "api", closed by NULL. */
extern const char *const channel_names[];
/* Populations in the order of a report, closed by NULL. */
extern const char *const population_names[];

/* Finds a --by word; NULL or "": BY_POPULATION. False for others. */
bool score_by_find(const char *word, enum score_by *by);
/* True for a known channel. */
bool channel_known(const char *name);
/* True for a known population. */
bool population_known(const char *name);
/* Makes the rows of a query from summed tallies (by day where by is BY_DAY) and
 * the dossiers finished in the period (NULL: none were announced).
 * Every unit with a desk, every field, group, channel and desk of the
 * catalogue has a row, also without answers; criteria and days have one where
 * something was said. */
void scores_make(const struct tallies *tallies,
    const struct dossier_counts *dossiers, const struct catalogue *catalogue,
    const struct score_query *query, struct arena *a, struct score_rows *out);

/* Adds the answers of a population in the query's scope to counts and judges
 * nothing: for long rows of small figures. */
void scores_count(const struct tallies *tallies,
    const struct catalogue *catalogue, const struct score_query *query,
    struct score_counts *counts);
/* The target of the row that a query without a dimension (BY_POPULATION) makes
 * of its population and field, in units of 0.0001 percent: the one that holds
 * on the first day of the period. */
int64_t scores_target(
    const struct catalogue *catalogue, const struct score_query *query);

/* Valid answers in percent of the dossiers, NAN where they are not known. Over
 * 100 where something is wrong with either. */
double score_coverage(const struct score *row);
/* True when more_needed may be said: the period can still bring as many, all
 * its dossiers or ten times the answers it has. */
bool score_more_likely(const struct score *row);
/* A row's share over its strata, as in row->strata; known: without answers
 * of unknown field, which have no dossiers to weigh by. Returns the
 * number of strata. */
size_t score_strata(const struct score *row, bool known, struct arena *a,
    struct strata_judgement *out);
/* Where a unit and a field stand in the order of the catalogue: unit by unit,
 * field by field, what it does not know behind each; below
 * (nunits + 1) * (nfields + 1). */
size_t score_place(
    const struct catalogue *catalogue, const char *unit, const char *field);
/* The judgement of a row whose counts, desks and cells stand; part of
 * scores_make, in a file of its own. */
void score_judge(
    struct score *row, const struct catalogue *catalogue, struct arena *a);

#endif
