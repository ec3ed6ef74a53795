/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the files of report_build share; no other file includes this. */
#ifndef HAILONG_SERVER_CORE_REPORT_BUILD_PRIVATE_H
#define HAILONG_SERVER_CORE_REPORT_BUILD_PRIVATE_H

#include "server/core/report/report.h"
#include "server/core/report/sentence.h"
#include "server/core/score/score.h"
#include "shared/arena.h"

struct building {
	const struct report_source *source;
	enum lang lang;
	struct arena *arena;
	struct suppress *small; /* made when it is first asked */
	struct sentence_to to;
	struct report *out;
	bool annexed;                  /* blocks go to the annex */
	struct score_rows populations; /* one for each target */
	struct score_rows units, fields;
};

/* ------------------------------------------------- build_table.c: its cells */

/* Makes a table; its title gets its number. */
struct report_table *table_new(
    struct building *b, const char *key, const char *title, bool wide);
void table_column(struct building *b, struct report_table *t, const char *key,
    const char *title, const char *over, int width, bool words);
/* Adds a row and returns its first cell; the others follow, as many as there
 * are columns, all empty. */
struct report_cell *table_row(struct building *b, struct report_table *t,
    enum report_row_kind kind, const char *code);
struct report_cell cell_words(const char *words);
struct report_cell cell_count(const struct building *b, int64_t n);
/* x of n; empty for n = 0. */
struct report_cell cell_share(
    const struct building *b, int64_t x, int64_t n, int64_t percent4);
/* A percentage that is no ratio of counts; empty for NAN. */
struct report_cell cell_percent(
    const struct building *b, double percent, int64_t percent4);
/* Limits, rounded outwards; empty for NAN. */
struct report_cell cell_low(
    const struct building *b, double percent, int64_t percent4);
struct report_cell cell_high(
    const struct building *b, double percent, int64_t percent4);
struct report_cell cell_target(const struct building *b, int64_t percent4);
struct report_cell cell_verdict(
    const struct building *b, const struct score *row);

/* ----------------------------------------------- build_block.c: its blocks */

/* Adds a block where blocks go now; text may be NULL. */
struct report_block *block_add(
    struct building *b, enum report_block_kind kind, const char *text);
void block_table(struct building *b, struct report_table *t);
/* A passage: what staff made of it, else what is proposed; nothing where there
 * is neither. */
void block_passage(struct building *b, const char *key, const char *proposed);

/* ----------------------------------------------- build_rows.c: the figures */

/* The rows of a question within the report's filter. */
void figure_rows(struct building *b, enum score_by by, const char *population,
    struct score_rows *out);
/* Nothing was said in it, set aside, or finished. */
bool figure_empty(const struct score *row);
/* The row of a population, NULL: the filter has none. */
const struct score *figure_population(
    const struct building *b, const char *population);
/* The name of a row: its unit, its field, …, as the period had it. */
const char *figure_unit(const struct building *b, const char *code);
const char *figure_field(const struct building *b, const char *code);
const char *figure_channel(const struct building *b, const char *code);
/* What is set aside of a unit and field (NULL: of all), of any reason or one,
 * within the filter, by level. */
void figure_aside(const struct building *b, const char *unit, const char *field,
    const char *reason, int64_t values[6]);
/* How many were invited, likewise. */
int64_t figure_asked(
    const struct building *b, const char *unit, const char *field);
/* x of n in words, "91,5%". */
const char *figure_words(
    const struct building *b, int64_t x, int64_t n, int64_t percent4);
const char *figure_number(const struct building *b, int64_t n);
/* The period as it stands within a sentence: "quý IV năm 2026". */
const char *figure_period(const struct building *b);

/* ------------------------------------------------------------ the sections */

void build_head(struct building *b);      /* build_head.c */
void build_general(struct building *b);   /* build_results.c */
void build_units(struct building *b);     /* … */
void build_fields(struct building *b);    /* … */
void build_wide(struct building *b);      /* build_wide.c: the annex */
void build_criteria(struct building *b);  /* build_parts.c */
void build_channels(struct building *b);  /* … */
void build_coverage(struct building *b);  /* … */
void build_reasons(struct building *b);   /* … */
void build_aside(struct building *b);     /* build_aside.c */
void build_scheme(struct building *b);    /* build_scheme.c */
void build_method(struct building *b);    /* build_method.c */
void build_explained(struct building *b); /* build_work.c */
void build_measures(struct building *b);  /* … */
/* build_words.c: the passages that are proposed. */
const char *proposed_plan(struct building *b);
const char *proposed_strengths(struct building *b);
const char *proposed_weaknesses(struct building *b);
const char *proposed_causes(struct building *b);
const char *proposed_remedies(struct building *b);

#endif
