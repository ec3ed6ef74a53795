/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a staff page looks at: a period, perhaps a unit, a field and a channel,
 * all of it said in the address, and nothing that lies outside the reader's own
 * unit. One look lasts as long as its request; all its tables are made of the
 * same counts.
 */
#ifndef HAILONG_SERVER_PAGES_SCORES_SCOPE_H
#define HAILONG_SERVER_PAGES_SCORES_SCOPE_H

#include <jansson.h>
#include <stdbool.h>
#include "server/core/score/period.h"
#include "server/core/score/score.h"
#include "server/http/request.h"
#include "server/cache/tally_cache.h"
#include "shared/text.h"

#define SCOPE_MONTHS       12 /* of a card's small line */
#define SCOPE_MONTHS_PRIOR 6  /* two quarters, that warnings compare with */

struct scope {
	struct ctx *ctx;
	struct request *req;
	struct arena *arena; /* the request's */
	enum lang lang;
	char mark;     /* decimal */
	int32_t today; /* local */
	struct period period, before;
	bool has_before;           /* a period of that kind before it */
	const struct unit *unit;   /* asked for; NULL: all the reader may see */
	bool alone;                /* … without those below it */
	const struct field *field; /* NULL: all */
	const char *channel;       /* NULL: all */
	/* The steps of trends: weeks from a Monday on, or months. */
	bool weekly;
	int32_t steps_first, steps_last;
	int64_t months_first, months_last; /* of `months` */
	/* once held */
	const struct cached_tallies *now, *past, *months;
	const struct cached_tallies *days; /* only where weeks were asked for */
};

/* Reads the address. False: what is asked for does not exist, or not for this
 * reader; both are a 404. */
bool scope_read(struct scope *l, struct ctx *ctx, struct request *req);
/* The same for a page that is about one unit or one field. */
bool scope_read_unit(
    struct scope *l, struct ctx *ctx, struct request *req, const char *unit);
bool scope_read_field(
    struct scope *l, struct ctx *ctx, struct request *req, const char *field);
/* Holds the counts; weeks: also those of the steps, day by day. False when the
 * database does not answer. */
bool scope_hold(struct scope *l, bool weeks);
/* Gives the counts back, also those of a scope_hold that was false. */
void scope_release(struct scope *l);

/* The unit that bounds all that is shown: what was asked for, else the reader's
 * own; NULL: none, the whole district. */
const char *scope_bound(const struct scope *l);
/* True when the reader may see this unit. */
bool scope_may_see(const struct scope *l, const char *unit);
/* True when there are units below this one. */
bool scope_has_below(const struct scope *l, const char *unit);
/* True when what was asked for is about this unit, this field, this channel. */
bool scope_covers(const struct scope *l, const char *unit, const char *field,
    const char *channel);
/* The question for a table; population NULL: as scores_make has it. */
struct score_query scope_query(
    const struct scope *l, enum score_by by, const char *population);
/* The rows of a table made of these counts. */
void scope_rows(const struct scope *l, const struct cached_tallies *counts,
    enum score_by by, const char *population, struct score_rows *out);

/* ------------------------------------------------- addresses, scope_filters.c
 */

/* The address of a page of ours that keeps what was chosen. Of a unit's own
 * page, or a field's, that choice is part of the path. */
const char *scope_address(const struct scope *l, const char *path);
const char *scope_unit_address(const struct scope *l, const char *unit);
const char *scope_field_address(const struct scope *l, const char *field);
/* The way to the board, with what was chosen. */
const char *scope_back(const struct scope *l);
/* This page's own address. */
const char *scope_here(const struct scope *l);
/* The document of filters.html: what may be chosen, what is, and the way back.
 * words: also a search for words of comments. */
json_t *scope_filters(const struct scope *l, bool words);

/* --------------------------------------------------------------- words */

/* Words of the catalogue of translations, in the reader's language. */
#define scope_text(l, key) text((l)->lang, key)
#define scope_fill(l, key, ...)                                                \
	text_fill((l)->arena, (l)->lang, key, __VA_ARGS__, NULL)
/* The field of a code, "Chưa rõ lĩnh vực" for "". */
const char *scope_field_name(const struct scope *l, const char *code);
/* The unit of a code. */
const char *scope_unit_name(const struct scope *l, const char *code);
/* "1.204". */
const char *scope_count(const struct scope *l, int64_t n);
/* Fewer answers than this are not shown apart: neither their number nor what
 * they say, lest somebody knows whose they are (core/catalogue/setting.h). */
int64_t scope_least(const struct scope *l);
/* The same of answers in a part of the whole: "dưới 5" where there are too few
 * to be shown apart. */
const char *scope_few(const struct scope *l, int64_t n);
/* x of n in percent to one decimal; "" for n = 0. */
const char *scope_percent(const struct scope *l, int64_t x, int64_t n);
/* A string; null for NULL and "". */
json_t *scope_words(const char *words);

#endif
