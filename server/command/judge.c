/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * judge: what server/core says of counts, as one line of JSON that anybody can
 * check a printed row with. Words become numbers, numbers a judgement, the
 * judgement text; all arithmetic is in core. The JSON is written by hand: its
 * numbers have 12 significant digits (%.12g), which jansson would print as 1.0
 * where the contract says 1.
 */
#include "server/command/judge.h"

#include <errno.h>
#include <inttypes.h>
#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "server/command/command.h"
#include "server/core/score/cluster.h"
#include "server/core/score/judge.h"
#include "server/core/score/strata.h"
#include "server/core/text/search_text.h"
#include "shared/buf.h"
#include "shared/csv.h"
#include "shared/sort.h"
#include "shared/utf8.h"

#define FILE_BYTES (64 * 1024 * 1024) /* of a table */

/* What the command line said. */
struct words {
	const char *satisfied, *valid, *dossiers, *target, *strata, *clusters;
};

/* ------------------------------------------------------------------ JSON */

static void
put_judge_number(struct buf *out, const char *name, double value)
{
	if (isnan(value))
		buf_printf(out, ",\"%s\":null", name);
	else
		buf_printf(out, ",\"%s\":%.12g", name, value);
}

static void
put_count(struct buf *out, const char *name, int64_t value)
{
	if (value < 0)
		buf_printf(out, ",\"%s\":null", name);
	else
		buf_printf(out, ",\"%s\":%" PRId64, name, value);
}

static void
put_interval(struct buf *out, const char *name, struct interval i)
{
	if (interval_defined(i))
		buf_printf(out, ",\"%s\":[%.12g,%.12g]", name, i.lo, i.hi);
	else
		buf_printf(out, ",\"%s\":null", name);
}

static void
put_string(struct buf *out, const char *text)
{
	json_t *json = json_string(text);
	char *quoted = json_dumps(json, JSON_ENCODE_ANY);

	buf_puts(out, quoted);
	free(quoted);
	json_decref(json);
}

static void
put_judgement(struct buf *out, const struct judgement *j)
{
	buf_printf(out, "{\"satisfied\":%" PRId64, j->satisfied);
	put_count(out, "valid", j->valid);
	put_count(out, "dossiers", j->dossiers);
	put_judge_number(out, "share", j->share);
	put_interval(out, "wilson", j->wilson);
	put_interval(out, "exact", j->exact);
	put_interval(out, "bounds", j->bounds);
	put_judge_number(out, "n_eff", j->n_eff);
	buf_printf(out, ",\"verdict\":\"%s\"", verdict_name(j->verdict));
	put_count(out, "more_needed", j->more_needed);
}

/* The names that became one stratum together, a list for each such stratum;
 * nothing where nothing was merged. Rows of a group stand together. */
static void
put_merged(struct buf *out, struct arena *a, const struct csv *csv,
    const size_t *group_of)
{
	size_t *sizes = arena_alloc(a, (csv->nrows + 1) * sizeof(*sizes));
	size_t last = STRATA_DROPPED;

	for (size_t i = 0; i < csv->nrows; i++) {
		if (group_of[i] != STRATA_DROPPED)
			sizes[group_of[i]]++;
	}
	for (size_t i = 0; i < csv->nrows; i++) {
		size_t group = group_of[i];

		if (group == STRATA_DROPPED || sizes[group] < 2)
			continue;
		if (group == last)
			buf_putc(out, ',');
		else
			buf_puts(out,
			    last == STRATA_DROPPED ? ",\"merged\":[[" : "],[");
		put_string(out, csv->rows[i].cells[0]);
		last = group;
	}
	if (last != STRATA_DROPPED)
		buf_puts(out, "]]");
}

/* ---------------------------------------------------------------- counts */

static bool
read_count(
    const struct command *c, const char *name, const char *text, int64_t *out)
{
	long value;

	if (!command_number(text, 0, INTERVAL_COUNT_MAX, &value)) {
		command_fail(c, 1,
		    "%s: \"%.40s\" is not a whole number from 0 to %" PRId64,
		    name, text, INTERVAL_COUNT_MAX);
		return false;
	}
	*out = value;
	return true;
}

static int
judge_words(
    const struct command *c, const struct words *w, int t4, struct buf *out)
{
	int64_t x, n, dossiers = JUDGE_UNKNOWN;
	struct judgement j;

	if (!read_count(c, "--satisfied", w->satisfied, &x) ||
	    !read_count(c, "--valid", w->valid, &n))
		return 1;
	if (w->dossiers && !read_count(c, "--dossiers", w->dossiers, &dossiers))
		return 1;
	if (x > n)
		return command_fail(c, 1,
		    "more satisfied answers (%" PRId64
		    ") than valid ones (%" PRId64 ")",
		    x, n);
	j = judge_counts(x, n, dossiers, t4);
	put_judgement(out, &j);
	return 0;
}

/* ---------------------------------------------------------------- tables */

static int
compare_judge_names(const void *left, const void *right, const void *unused)
{
	const struct csv_row *a = left, *b = right;

	(void)unused;
	return strcmp(a->cells[0], b->cells[0]);
}

/* True when each row has a name of its own: a name that is there twice is one
 * cluster counted as two, or a mistake; either way the figures would be wrong.
 */
static bool
names_differ(
    const struct command *c, struct arena *a, const char *path, struct csv *csv)
{
	struct csv_row *rows = arena_alloc(a, (csv->nrows + 1) * sizeof(*rows));

	for (size_t i = 0; i < csv->nrows; i++) {
		const char *name = csv->rows[i].cells[0];
		size_t bytes = strlen(name);

		utf8_trim(&name, &bytes);
		csv->rows[i].cells[0] =
		    composed_text(a, arena_strndup(a, name, bytes));
		rows[i] = csv->rows[i];
	}
	sort_stable(rows, csv->nrows, sizeof(*rows), compare_judge_names, NULL);
	for (size_t i = 1; i < csv->nrows; i++)
		if (strcmp(rows[i - 1].cells[0], rows[i].cells[0]) == 0) {
			command_fail(c, 1,
			    "%s: line %d: \"%.40s\" stands in line %d already",
			    path, rows[i].line, rows[i].cells[0],
			    rows[i - 1].line);
			return false;
		}
	return true;
}

/* Reads the table; NULL after saying why not. */
static struct csv *
read_judge_table(const struct command *c, struct arena *a, const char *path,
    const char *const *columns)
{
	char error[200];
	struct csv *csv;
	struct buf data;

	buf_init(&data);
	if (!buf_read_file(&data, path, FILE_BYTES)) {
		command_fail(c, 1, "%s: %s", path, strerror(errno));
		buf_finish(&data);
		return NULL;
	}
	csv = csv_parse(
	    a, buf_text(&data), data.size, columns, error, sizeof(error));
	buf_finish(&data);
	if (!csv)
		command_fail(c, 1, "%s: %s", path, error);
	return csv && names_differ(c, a, path, csv) ? csv : NULL;
}

/* The counts of one row, cells 1 to n; the last but one is valid, the last is
 * satisfied. sums keeps each column within the largest count. */
static bool
read_judge_row(const struct command *c, const char *path,
    const struct csv_row *row, const char *const *columns, int n,
    int64_t *counts, int64_t *sums)
{
	for (int i = 0; i < n; i++) {
		char name[300];

		snprintf(name, sizeof(name), "%s: line %d: %s", path, row->line,
		    columns[i + 1]);
		if (!read_count(c, name, row->cells[i + 1], &counts[i]))
			return false;
		sums[i] += counts[i];
		if (sums[i] > INTERVAL_COUNT_MAX) {
			command_fail(c, 1, "%s: adds up to more than %" PRId64,
			    name, INTERVAL_COUNT_MAX);
			return false;
		}
	}
	if (counts[n - 1] > counts[n - 2]) {
		command_fail(c, 1,
		    "%s: line %d: more satisfied answers (%" PRId64
		    ") than valid ones (%" PRId64 ")",
		    path, row->line, counts[n - 1], counts[n - 2]);
		return false;
	}
	return true;
}

static int
judge_strata(const struct command *c, struct arena *a, const char *path, int t4,
    struct buf *out)
{
	static const char *const columns[] = {
	    "stratum", "dossiers", "valid", "satisfied", NULL};
	struct csv *csv = read_judge_table(c, a, path, columns);
	size_t n = csv ? csv->nrows : 0, *group_of;
	struct stratum *rows, *groups;
	int64_t v[3], sums[3] = {0};
	struct strata_judgement j;

	if (!csv)
		return 1;
	rows = arena_alloc(a, (n + 1) * sizeof(*rows));
	groups = arena_alloc(a, (n + 1) * sizeof(*groups));
	group_of = arena_alloc(a, (n + 1) * sizeof(*group_of));
	for (size_t i = 0; i < n; i++) {
		if (!read_judge_row(
			c, path, &csv->rows[i], columns, 3, v, sums))
			return 1;
		rows[i] = (struct stratum){v[0], v[1], v[2]};
	}
	j = strata_judge(
	    groups, strata_merge(rows, n, STRATA_LEAST, groups, group_of), t4);
	put_judgement(out, &j.total);
	put_judge_number(out, "raw_share", j.raw_share);
	put_judge_number(out, "se", j.se);
	put_judge_number(out, "deff", j.deff);
	put_merged(out, a, csv, group_of);
	return 0;
}

static int
judge_clusters(const struct command *c, struct arena *a, const char *path,
    int t4, struct buf *out)
{
	static const char *const columns[] = {
	    "cluster", "valid", "satisfied", NULL};
	struct csv *csv = read_judge_table(c, a, path, columns);
	size_t n = csv ? csv->nrows : 0;
	int64_t v[2], sums[2] = {0};
	struct cluster_judgement j;
	struct cluster *rows;

	if (!csv)
		return 1;
	rows = arena_alloc(a, (n + 1) * sizeof(*rows));
	for (size_t i = 0; i < n; i++) {
		if (!read_judge_row(
			c, path, &csv->rows[i], columns, 2, v, sums))
			return 1;
		rows[i] = (struct cluster){v[0], v[1]};
	}
	j = cluster_judge(rows, n, t4);
	put_judgement(out, &j.total);
	put_judge_number(out, "se", j.se);
	put_judge_number(out, "deff", j.deff);
	buf_puts(out,
	    j.few_clusters ? ",\"reason\":\"clusters\"" : ",\"reason\":null");
	return 0;
}

/* --------------------------------------------------------------- command */

/* Exactly one of the three ways to give counts. */
static bool
usable(const struct words *w)
{
	bool counts = w->satisfied || w->valid || w->dossiers;

	if (counts + !!w->strata + !!w->clusters != 1)
		return false;
	return !counts || (w->satisfied && w->valid);
}

static int
judge_and_print(const struct command *c, const struct words *w, struct arena *a,
    struct buf *out)
{
	int t4 = JUDGE_TARGET;

	if (w->target && !judge_target(w->target, &t4))
		return command_fail(c, 1,
		    "--target: \"%.40s\" is not a percentage between 0 and 100 "
		    "with a point and at most 4 decimals",
		    w->target);
	if (w->strata)
		return judge_strata(c, a, w->strata, t4, out);
	if (w->clusters)
		return judge_clusters(c, a, w->clusters, t4, out);
	return judge_words(c, w, t4, out);
}

int
command_judge(int argc, char **argv)
{
	const struct command c = {.argc = argc, .argv = argv};
	struct words w = {0};
	const struct option_row options[] = {
	    {"--satisfied", true, &w.satisfied}, {"--valid", true, &w.valid},
	    {"--dossiers", true, &w.dossiers}, {"--target", true, &w.target},
	    {"--strata", true, &w.strata}, {"--clusters", true, &w.clusters},
	    {NULL, false, NULL}};
	struct arena arena;
	struct buf out;
	int nwords, status;

	if (!command_options(&c, options, NULL, 0, &nwords))
		return 2;
	if (!usable(&w))
		return command_fail(&c, 2,
		    "give --satisfied and --valid (and --dossiers), or "
		    "--strata FILE.csv, or --clusters FILE.csv");
	arena_init(&arena);
	buf_init(&out);
	status = judge_and_print(&c, &w, &arena, &out);
	if (status == 0 &&
	    (printf("%s}\n", buf_text(&out)) < 0 || fflush(stdout) != 0))
		status = command_fail(&c, 1, "cannot write the result");
	buf_finish(&out);
	arena_finish(&arena);
	return status;
}
