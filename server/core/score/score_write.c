/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Written by hand instead of through a JSON library: numbers must have exactly
 * 12 significant digits (%.12g) and the keys the contract's order. The strings
 * are codes of the catalogue (letters, digits, -_.), days and our own words
 * (reasons to set aside among them), none of which needs escaping.
 */
#include "server/core/score/score_write.h"

#include <math.h>
#include <string.h>
#include "server/core/dossier/dossier_count.h"
#include "server/core/score/intervals.h"
#include "server/core/score/judge.h"
#include "server/core/score/score.h"
#include "shared/buf.h"

static void
score_json_number(struct buf *out, double value)
{
	if (isnan(value))
		buf_puts(out, "null");
	else
		buf_printf(out, "%.12g", value);
}

static void
count_or_null(struct buf *out, int64_t count)
{
	if (count < 0)
		buf_puts(out, "null");
	else
		buf_printf(out, "%lld", (long long)count);
}

static void
word_or_null(struct buf *out, const char *word)
{
	if (word == NULL)
		buf_puts(out, "null");
	else
		buf_printf(out, "\"%s\"", word);
}

static void
range(struct buf *out, struct interval i)
{
	if (!interval_defined(i)) {
		buf_puts(out, "null");
		return;
	}
	buf_printf(out, "[%.12g,%.12g]", 100 * i.lo, 100 * i.hi);
}

static void
scope(struct buf *out, const struct score *row)
{
	const struct {
		const char *key, *value;
	} members[] = {
	    {"unit", row->unit},
	    {"field", row->field},
	    {"group", row->group},
	    {"channel", row->channel},
	    {"criterion", row->criterion},
	    {"day", row->day},
	    {"desk", row->desk},
	};
	const char *comma = "";

	buf_puts(out, "{\"scope\":{");
	for (size_t i = 0; i < sizeof(members) / sizeof(members[0]); i++) {
		const char *value = members[i].value;

		if (value == NULL)
			continue;
		if (value[0] == '\0') /* the field is unknown */
			buf_printf(out, "%s\"%s\":null", comma, members[i].key);
		else
			buf_printf(out, "%s\"%s\":\"%s\"", comma,
			    members[i].key, value);
		comma = ",";
	}
	buf_putc(out, '}');
}

static void
score_json_counts(struct buf *out, const struct score *row)
{
	const struct judgement *j = &row->judgement;
	const char *comma = "";

	buf_printf(out,
	    "\"satisfied\":%lld,\"valid\":%lld,\"not_applicable\":%lld,"
	    "\"set_aside\":%lld,\"values\":{",
	    (long long)j->satisfied, (long long)j->valid,
	    (long long)row->values[0], (long long)row->aside);
	for (int i = 1; i <= 5; i++) {
		buf_printf(
		    out, "%s\"%d\":%lld", comma, i, (long long)row->values[i]);
		comma = ",";
	}
	buf_puts(out, "},");
}

static void
score_json_channels(struct buf *out, const struct score *row)
{
	const char *comma = "";

	if (row->hidden_channels) {
		buf_puts(out, ",\"channels\":null");
		return;
	}
	buf_puts(out, ",\"channels\":{");
	for (int i = 0; channel_names[i] != NULL; i++)
		if (row->channels[i] > 0) {
			buf_printf(out, "%s\"%s\":%lld", comma,
			    channel_names[i], (long long)row->channels[i]);
			comma = ",";
		}
	buf_putc(out, '}');
}

static void
score_json_named(struct buf *out, const char *name, double value)
{
	buf_printf(out, ",\"%s\":", name);
	score_json_number(out, value);
}

/* What strata and clusters have alike, to the end of the object. */
static void
adjustment(struct buf *out, const struct judgement *j, double se, double deff)
{
	score_json_named(out, "share", 100 * j->share);
	buf_puts(out, ",\"interval\":");
	range(out, j->wilson);
	score_json_named(out, "n_eff", j->n_eff);
	score_json_named(out, "se", 100 * se);
	score_json_named(out, "deff", deff);
	buf_printf(out,
	    ",\"verdict\":\"%s\",\"more_needed\":", verdict_name(j->verdict));
	count_or_null(out, j->more_needed);
	buf_putc(out, '}');
}

static void
adjusted(struct buf *out, const struct score *row)
{
	if (row->ndesks < 2)
		return;
	buf_puts(out, ",\"adjusted\":{\"strata\":");
	if (row->nstrata > 0) {
		buf_printf(out, "{\"strata\":%zu", row->nstrata);
		score_json_named(out, "raw_share", 100 * row->strata.raw_share);
		adjustment(
		    out, &row->strata.total, row->strata.se, row->strata.deff);
	} else {
		buf_puts(out, "null");
	}
	buf_puts(out, ",\"clusters\":");
	if (row->clustered) {
		buf_printf(out, "{\"clusters\":%zu", row->clusters.clusters);
		adjustment(out, &row->clusters.total, row->clusters.se,
		    row->clusters.deff);
	} else {
		buf_puts(out, "null");
	}
	buf_putc(out, '}');
}

/* What waits in a burst, and what the row is without it. */
static void
unusual(struct buf *out, const struct score *row)
{
	if (row->unusual.valid == 0 || row->hidden_unusual) {
		buf_puts(out, ",\"unusual\":null");
		return;
	}
	buf_printf(out, ",\"unusual\":{\"valid\":%lld,\"satisfied\":%lld",
	    (long long)row->unusual.valid, (long long)row->unusual.satisfied);
	score_json_named(out, "share", 100 * row->without.share);
	buf_printf(
	    out, ",\"verdict\":\"%s\"}", verdict_name(row->without.verdict));
}

/* What is set aside, for which reasons, and the row with it. */
static void
with_aside(struct buf *out, const struct score *row)
{
	const struct judgement *j = &row->judgement;
	const char *comma = "";

	if (row->aside == 0) {
		buf_puts(out, ",\"with_aside\":null");
		return;
	}
	buf_printf(out, ",\"with_aside\":{\"satisfied\":%lld,\"valid\":%lld",
	    (long long)(j->satisfied + row->aside_part.satisfied),
	    (long long)(j->valid + row->aside_part.valid));
	score_json_named(out, "share", 100 * row->share_with);
	buf_puts(out, ",\"reasons\":{");
	for (size_t i = 0; i < row->nasides; i++) {
		buf_printf(out, "%s\"%s\":%lld", comma, row->asides[i].reason,
		    (long long)row->asides[i].answers);
		comma = ",";
	}
	buf_puts(out, "}}");
}

static void
class_of(struct buf *out, const char *name, int64_t satisfied, int64_t valid)
{
	buf_printf(out, "\"%s\":{\"satisfied\":%lld,\"valid\":%lld}", name,
	    (long long)satisfied, (long long)valid);
}

static void
classes(struct buf *out, const struct score *row)
{
	const struct judgement *j = &row->judgement;

	if (row->hidden_classes) {
		buf_puts(out, ",\"classes\":null");
		return;
	}
	buf_puts(out, ",\"classes\":{");
	class_of(out, "open", j->satisfied - row->verified.satisfied,
	    j->valid - row->verified.valid);
	buf_putc(out, ',');
	class_of(out, "verified", row->verified.satisfied, row->verified.valid);
	buf_putc(out, '}');
}

static void
score_json_figures(struct buf *out, const struct score *row)
{
	const struct judgement *j = &row->judgement;

	buf_puts(out, "\"share\":");
	score_json_number(out, 100 * j->share);
	buf_puts(out, ",\"interval\":");
	range(out, j->wilson);
	buf_puts(out, ",\"bounds\":");
	range(out, j->bounds);
	buf_printf(
	    out, ",\"verdict\":\"%s\",\"reason\":", verdict_name(j->verdict));
	word_or_null(out, row->reason);
	buf_puts(out, ",\"dossiers\":");
	count_or_null(
	    out, row->has_dossiers ? row->dossiers[DOSSIERS_FINISHED] : -1);
	buf_puts(out, ",\"coverage\":");
	score_json_number(out, score_coverage(row));
	buf_puts(out, ",\"tied\":");
	count_or_null(out, row->has_dossiers ? row->tied : -1);
	buf_puts(out, ",\"judged\":");
	range(out, row->judged);
	buf_puts(out, ",\"lean\":");
	word_or_null(out, lean_name(row->lean));
	buf_puts(out, ",\"more_needed\":");
	count_or_null(out, j->more_needed);
	score_json_channels(out, row);
	adjusted(out, row);
	buf_puts(out, row->final ? ",\"final\":true" : ",\"final\":false");
	if (!row->final) {
		buf_puts(out, ",\"anytime\":");
		range(out, row->anytime);
	}
	unusual(out, row);
	classes(out, row);
	with_aside(out, row);
}

/* A row of which nothing may be shown: the same members, without a figure. */
static void
score_json_suppressed(struct buf *out)
{
	buf_puts(out,
	    "\"satisfied\":null,\"valid\":null,\"not_applicable\":null,"
	    "\"set_aside\":null,\"values\":null,\"share\":null,"
	    "\"interval\":null,\"bounds\":null,\"verdict\":null,"
	    "\"reason\":null,\"dossiers\":null,\"coverage\":null,"
	    "\"tied\":null,\"judged\":null,\"lean\":null,"
	    "\"more_needed\":null,\"channels\":null,\"adjusted\":null,"
	    "\"final\":null,\"anytime\":null,\"unusual\":null,"
	    "\"classes\":null,\"with_aside\":null,\"suppressed\":true");
}

void
scores_json(const struct score_rows *rows, struct buf *out)
{
	buf_putc(out, '[');
	for (size_t i = 0; i < rows->count; i++) {
		const struct score *row = &rows->rows[i];

		buf_puts(out, i == 0 ? "\n" : ",\n");
		scope(out, row);
		buf_printf(out,
		    ",\"population\":\"%s\",\"period\":\"%s\","
		    "\"formula\":\"top2\",\"target\":",
		    row->population, rows->period);
		score_json_number(out, (double)row->percent4 / 1e4);
		buf_putc(out, ',');
		if (row->few) {
			score_json_suppressed(out);
		} else {
			score_json_counts(out, row);
			score_json_figures(out, row);
		}
		buf_putc(out, '}');
	}
	buf_puts(out, rows->count == 0 ? "]" : "\n]");
}

const char *
score_name(const struct score *row)
{
	return row->name[0] == '\0' ? "-" : row->name;
}

/* A share in percent; nothing where there is none. */
static void
score_json_cell(struct buf *out, double share)
{
	buf_putc(out, ',');
	if (!isnan(share))
		buf_printf(out, "%.12g", 100 * share);
}

static const char *
word_or_empty(const char *word)
{
	return word == NULL ? "" : word;
}

void
scores_csv(const struct score_rows *rows, struct buf *out)
{
	buf_puts(out, "name,population,period,target,satisfied,valid,"
		      "not_applicable,set_aside,n1,n2,n3,n4,n5,share,lo,hi,"
		      "verdict,more_needed,lean,reason,unusual,"
		      "share_without,verified,share_with_aside,"
		      "aside_reasons\r\n");
	for (size_t i = 0; i < rows->count; i++) {
		const struct score *row = &rows->rows[i];
		const struct judgement *j = &row->judgement;

		if (row->few) {
			buf_printf(out, "%s,%s,%s,%.12g%s\r\n", score_name(row),
			    row->population, rows->period,
			    (double)row->percent4 / 1e4,
			    ",,,,,,,,,,,,,suppressed,,,,,,,,");
			continue;
		}
		buf_printf(out, "%s,%s,%s,%.12g,%lld,%lld,%lld,%lld",
		    score_name(row), row->population, rows->period,
		    (double)row->percent4 / 1e4, (long long)j->satisfied,
		    (long long)j->valid, (long long)row->values[0],
		    (long long)row->aside);
		for (int k = 1; k <= 5; k++)
			buf_printf(out, ",%lld", (long long)row->values[k]);
		score_json_cell(out, j->share);
		score_json_cell(out, row->judged.lo);
		score_json_cell(out, row->judged.hi);
		buf_printf(out, ",%s,", verdict_name(j->verdict));
		if (j->more_needed >= 0)
			buf_printf(out, "%lld", (long long)j->more_needed);
		buf_printf(out, ",%s,%s,%lld",
		    word_or_empty(lean_name(row->lean)),
		    word_or_empty(row->reason), (long long)row->unusual.valid);
		score_json_cell(out, row->without.share);
		buf_printf(out, ",%lld", (long long)row->verified.valid);
		score_json_cell(out, row->aside == 0 ? NAN : row->share_with);
		buf_putc(out, ',');
		for (size_t k = 0; k < row->nasides; k++)
			buf_printf(out, "%s%s=%lld", k == 0 ? "" : " ",
			    row->asides[k].reason,
			    (long long)row->asides[k].answers);
		buf_puts(out, "\r\n");
	}
}
