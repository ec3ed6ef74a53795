/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a staff page looks at: a period, perhaps a unit, a field and a channel,
 * all of it said in the address, and nothing that lies outside the reader's own
 * unit. A scope lasts as long as its request; all its tables are made of the
 * same counts.
 */
#ifndef HAILONG_SERVER_PAGES_SCORES_SCOPE_H
#define HAILONG_SERVER_PAGES_SCORES_SCOPE_H

#include <jansson.h>
#include <stdbool.h>
#include "server/core/period/closed_period.h"
#include "server/core/score/period.h"
#include "server/core/score/score.h"
#include "server/core/score/suppress.h"
#include "server/pages/page.h"
#include "server/cache/tally_cache.h"
#include "shared/text.h"

#define SCOPE_MONTHS       12 /* of a card's small line */
#define SCOPE_MONTHS_PRIOR 6  /* two quarters, that warnings compare with */

struct scope {
	const struct page *page;
	int32_t today; /* local */
	struct period period, before;
	bool has_before; /* a period of that kind before it */
	/* whose snapshot the figures are, NULL: they move */
	const struct closed_period *closed, *closed_before;
	bool chosen; /* the address asks for it; else the current quarter */
	const char *misread;     /* what was asked for and is no period; NULL */
	const struct unit *unit; /* asked for; NULL: all the reader may see */
	bool alone;              /* … without those below it */
	const struct field *field; /* NULL: all */
	const char *channel;       /* NULL: all */
	/* The steps of trends: weeks from a Monday on, or months. */
	bool weekly;
	int32_t steps_first, steps_last;
	int64_t months_first, months_last; /* of `months` */
	/* once held */
	const struct cached_tallies *now, *past, *months;
	const struct cached_tallies *days; /* only where weeks were asked for */
	const struct cached_tallies *edges[4]; /* of quarters that are cut */
	struct suppress *rule;                 /* of small numbers */
};

/* Reads the address. False: what is asked for does not exist, or not for this
 * reader; both are a 404. Of a closed period scope->page becomes a page of its
 * own, whose catalogue is the one that the period was closed with. */
bool scope_read(struct scope *scope, const struct page *page);
/* The same for a page that is about one unit or one field. */
bool scope_read_unit(
    struct scope *scope, const struct page *page, const char *unit);
bool scope_read_field(
    struct scope *scope, const struct page *page, const char *field);
/* Holds the counts; weeks: also those of the steps, day by day. False when the
 * database does not answer. */
bool scope_hold(struct scope *scope, bool weeks);
/* Gives the counts back, also those of a scope_hold that was false. */
void scope_release(struct scope *scope);

/* The unit that bounds all that is shown: what was asked for, else the reader's
 * own; NULL: none, the whole district. */
const char *scope_bound(const struct scope *scope);
/* True when the reader may see this unit. */
bool scope_may_see(const struct scope *scope, const char *unit);
/* True when there are units below this one. */
bool scope_has_below(const struct scope *scope, const char *unit);
/* True when what was asked for is about this unit, this field, this channel. */
bool scope_covers(const struct scope *scope, const char *unit,
    const char *field, const char *channel);
/* The question for a table; population NULL: as scores_make has it. */
struct score_query scope_query(
    const struct scope *scope, enum score_by by, const char *population);
/* The rows of a table made of these counts. */
void scope_rows(const struct scope *scope, const struct cached_tallies *counts,
    enum score_by by, const char *population, struct score_rows *out);
/* The one row of a population made of a part of the counts, that of the days
 * first..last, for a step in time: no dossiers are known of it. */
struct score scope_step(const struct scope *scope, const struct tallies *part,
    int32_t first, int32_t last, const char *population);

/* ----------------------------------------------- addresses, scope_filters.c */

/* The address of a page of ours that keeps what was chosen. Of a unit's own
 * page, or a field's, that choice is part of the path. */
const char *scope_address(const struct scope *scope, const char *path);
const char *scope_unit_address(const struct scope *scope, const char *unit);
const char *scope_field_address(const struct scope *scope, const char *field);
/* The way to the board, with what was chosen. */
const char *scope_back(const struct scope *scope);
/* This page's own address. */
const char *scope_here(const struct scope *scope);
/* The document of filters.html: what may be chosen, what is, and the way back.
 * words: also a search for words of comments. */
json_t *scope_filters(const struct scope *scope, bool words);

/* --------------------------------------------------------------- words */

/* The field of a code, "Chưa rõ lĩnh vực" for "". */
const char *scope_field_name(const struct scope *scope, const char *code);
/* The unit of a code. */
const char *scope_unit_name(const struct scope *scope, const char *code);
/* A heading; with the channel that the look is narrowed to, if any, so that a
 * part never looks like the whole, on the screen or on paper. */
const char *scope_heading(const struct scope *scope, const char *words);
/* Fewer answers than this are not shown apart: neither their number nor what
 * they say, lest it shows whose they are (core/catalogue/setting.h). */
int64_t scope_least(const struct scope *scope);
/* The same of answers in a part of the whole: "dưới 5" where there are too few
 * to be shown apart. */
const char *scope_few(const struct scope *scope, int64_t n);
/* x of n in percent, beside a target of percent4; "" for n = 0. */
const char *scope_share(
    const struct scope *scope, int64_t x, int64_t n, int64_t percent4);
/* The same of what has no target; "" for n = 0. */
const char *scope_percent(const struct scope *scope, int64_t x, int64_t n);
/* A string; null for NULL and "". */
json_t *scope_words(const char *words);

#endif
