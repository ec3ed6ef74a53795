/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The other parts: criteria below their factors, channels, how many of the
 * dossiers were rated, and why people were not satisfied. A factor's figure
 * pools the answers to its criteria (DOMAIN 2.4). Criteria of one-stop forms
 * and of surveys are never added up.
 */
#include "server/core/report/build_private.h"

#include <jansson.h>
#include <stdio.h>
#include <string.h>
#include "server/core/catalogue/catalogue.h"
#include "server/core/score/formula.h"

/* ----------------------------------------------------------------- criteria */

/* What the newest form that knows a criterion or reason says of it. */
static const json_t *
question(const struct building *b, const char *list, const char *code,
    const struct form **form)
{
	const struct catalogue *c = b->source->catalogue;
	const json_t *one;
	size_t k;

	for (size_t i = c->nforms; i-- > 0;)
		json_array_foreach (
		    json_object_get(c->forms[i].document, list), k, one)
			if (strcmp(
				json_string_value(json_object_get(one, "code")),
				code) == 0) {
				*form = &c->forms[i];
				return one;
			}
	return NULL;
}

static const char *
question_words(const struct building *b, const json_t *one, const char *code)
{
	const char *words =
	    json_string_value(json_object_get(one, lang_code(b->lang)));

	return words == NULL ? code : words;
}

/* The factor a criterion stands under; NULL: none. */
static const json_t *
question_factor(const struct form *form, const json_t *one)
{
	const char *code = json_string_value(json_object_get(one, "factor"));
	const json_t *factor;
	size_t i;

	json_array_foreach (
	    json_object_get(form->document, "factors"), i, factor)
		if (code != NULL &&
		    strcmp(json_string_value(json_object_get(factor, "code")),
			code) == 0)
			return factor;
	return NULL;
}

static void
criteria_columns(struct building *b, struct report_table *t)
{
	static const char *const keys[] = {"n1", "n2", "n3", "n4", "n5"};

	table_column(b, t, "name", text(b->lang, "report.column.criterion"),
	    NULL, 32, true);
	table_column(b, t, "answers", text(b->lang, "report.column.answers"),
	    NULL, 9, false);
	for (int level = 5; level >= 1; level--) {
		char key[16];

		snprintf(key, sizeof(key), "face.%d", level);
		table_column(
		    b, t, keys[level - 1], text(b->lang, key), NULL, 10, false);
	}
	table_column(
	    b, t, "top2", text(b->lang, "report.column.share"), NULL, 9, false);
	table_column(b, t, "mean5", text(b->lang, "report.column.mean5"), NULL,
	    12, false);
}

static void
criterion_row(struct building *b, struct report_table *t,
    enum report_row_kind kind, const char *code, const char *name,
    const int64_t values[FORMULA_VALUES])
{
	struct report_cell *cell = table_row(b, t, kind, code);
	int64_t valid = formula_valid(values);

	cell[0] = cell_words(name);
	if (valid < b->source->least && valid > 0) {
		cell[1] = cell_words(sentence_few(&b->to, valid));
		return;
	}
	cell[1] = cell_count(b, valid);
	for (int i = 0; i < 5; i++)
		cell[2 + i] = cell_count(b, values[5 - i]);
	cell[7] = cell_share(b, values[4] + values[5], valid, 0);
	cell[8] =
	    cell_percent(b, formula_percent(formula_find("mean5"), values), 0);
}

/* A factor's criteria come one after the other: the rows from i on that stand
 * under the same one. */
static size_t
criteria_of_factor(const struct building *b, const struct score_rows *rows,
    size_t i, const json_t **factor, int64_t sum[FORMULA_VALUES])
{
	size_t n = 0;

	*factor = NULL;
	memset(sum, 0, FORMULA_VALUES * sizeof(*sum));
	for (; i + n < rows->count; n++) {
		const struct form *form = NULL;
		const json_t *one =
		    question(b, "criteria", rows->rows[i + n].name, &form);
		const json_t *under =
		    one == NULL ? NULL : question_factor(form, one);

		if (n > 0 && under != *factor)
			break;
		*factor = under;
		formula_add(sum, rows->rows[i + n].values);
	}
	return n;
}

static void
criteria_rows(
    struct building *b, struct report_table *t, const struct score_rows *rows)
{
	int64_t all[FORMULA_VALUES] = {0}, sum[FORMULA_VALUES];
	const struct form *form;
	const json_t *factor;
	size_t n;

	for (size_t i = 0; i < rows->count; i += n) {
		n = criteria_of_factor(b, rows, i, &factor, sum);
		formula_add(all, sum);
		if (factor != NULL)
			criterion_row(b, t, ROW_HEAD,
			    json_string_value(json_object_get(factor, "code")),
			    question_words(b, factor, ""), sum);
		for (size_t k = i; k < i + n; k++) {
			const char *code = rows->rows[k].name;

			criterion_row(b, t, ROW_PLAIN, code,
			    question_words(
				b, question(b, "criteria", code, &form), code),
			    rows->rows[k].values);
		}
	}
	criterion_row(b, t, ROW_TOTAL, "", text(b->lang, "criteria.all"), all);
}

/* Everything but the general question. */
static void
without_overall(struct score_rows *rows)
{
	size_t kept = 0;

	for (size_t i = 0; i < rows->count; i++)
		if (strcmp(rows->rows[i].name, "overall") != 0)
			rows->rows[kept++] = rows->rows[i];
	rows->count = kept;
}

void
build_criteria(struct building *b)
{
	/* tthc-land would show tthc's answers a second time */
	static const struct {
		const char *population, *key;
	} parts[] = {{"tthc", "criteria.tthc"}, {"agency", "criteria.agency"},
	    {"health-education", "criteria.health-education"}};
	struct score_rows rows;
	struct report_table *t;
	char key[64];
	bool any = false;

	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
		figure_rows(b, BY_CRITERION, parts[i].population, &rows);
		without_overall(&rows);
		if (rows.count == 0)
			continue;
		snprintf(
		    key, sizeof(key), "population.%s", parts[i].population);
		t = table_new(b, parts[i].key,
		    text_fill(b->arena, b->lang, "report.table.criteria",
			"population", text(b->lang, key), NULL),
		    false);
		criteria_columns(b, t);
		criteria_rows(b, t, &rows);
		block_table(b, t);
		any = true;
	}
	block_add(b, any ? BLOCK_NOTE : BLOCK_PARAGRAPH,
	    any ? text(b->lang, "criteria.note")
		: text(b->lang, "report.criteria.none"));
}

/* ----------------------------------------------------------------- channels */

void
build_channels(struct building *b)
{
	const struct score *all = figure_population(b, "tthc");
	struct report_table *t = table_new(
	    b, "channels", text(b->lang, "report.table.channels"), false);
	int64_t whole = all == NULL ? 0 : all->judgement.valid;
	struct score_rows rows;

	figure_rows(b, BY_CHANNEL, "tthc", &rows);
	table_column(b, t, "name", text(b->lang, "report.column.channel"), NULL,
	    24, true);
	table_column(b, t, "valid", text(b->lang, "report.column.valid"), NULL,
	    12, false);
	table_column(
	    b, t, "part", text(b->lang, "report.column.part"), NULL, 12, false);
	table_column(b, t, "share", text(b->lang, "report.column.share"), NULL,
	    12, false);
	table_column(b, t, "lo", text(b->lang, "report.column.lo"),
	    text(b->lang, "report.column.interval"), 10, false);
	table_column(b, t, "hi", text(b->lang, "report.column.hi"),
	    text(b->lang, "report.column.interval"), 10, false);
	for (size_t i = 0; i < rows.count; i++) {
		const struct score *row = &rows.rows[i];
		const struct judgement *j = &row->judgement;
		struct report_cell *cell =
		    table_row(b, t, ROW_PLAIN, row->name);

		cell[0] = cell_words(figure_channel(b, row->name));
		if (row->few) {
			cell[1] = cell_words(sentence_answers(&b->to, row));
			continue;
		}
		cell[1] = cell_count(b, j->valid);
		cell[2] = cell_share(b, j->valid, whole, 0);
		cell[3] = cell_share(b, j->satisfied, j->valid, row->percent4);
		cell[4] = cell_low(b, 100 * row->judged.lo, row->percent4);
		cell[5] = cell_high(b, 100 * row->judged.hi, row->percent4);
	}
	t->note = text(b->lang, "report.channels.note");
	block_table(b, t);
}

/* ----------------------------------------------------------------- coverage */

static void
coverage_columns(struct building *b, struct report_table *t)
{
	table_column(
	    b, t, "name", text(b->lang, "report.column.unit"), NULL, 28, true);
	table_column(b, t, "dossiers", text(b->lang, "report.column.dossiers"),
	    NULL, 11, false);
	table_column(
	    b, t, "late", text(b->lang, "report.column.late"), NULL, 10, false);
	table_column(b, t, "refused", text(b->lang, "report.column.refused"),
	    NULL, 10, false);
	table_column(b, t, "valid", text(b->lang, "report.column.valid"), NULL,
	    10, false);
	table_column(
	    b, t, "tied", text(b->lang, "report.column.tied"), NULL, 13, false);
	table_column(b, t, "coverage", text(b->lang, "report.column.coverage"),
	    NULL, 11, false);
}

static void
coverage_row(struct building *b, struct report_table *t,
    enum report_row_kind kind, const char *code, const char *name,
    const struct score *row)
{
	struct report_cell *cell = table_row(b, t, kind, code);
	int64_t valid = row->judgement.valid;

	cell[0] = cell_words(name);
	cell[4] = row->few ? cell_words(sentence_answers(&b->to, row))
			   : cell_count(b, valid);
	if (!row->has_dossiers)
		return;
	cell[1] = cell_count(b, row->dossiers[DOSSIERS_FINISHED]);
	cell[2] = cell_count(b, row->dossiers[DOSSIERS_LATE]);
	cell[3] = cell_count(b, row->dossiers[DOSSIERS_REFUSED]);
	if (row->few)
		return;
	cell[5] = cell_count(b, row->tied);
	/* more answers than dossiers: the register is not whole, and a part
	 * above 100 says nothing */
	if (valid <= row->dossiers[DOSSIERS_FINISHED])
		cell[6] =
		    cell_share(b, valid, row->dossiers[DOSSIERS_FINISHED], 0);
}

static void
coverage_sentence(struct building *b, const struct score *all)
{
	int64_t valid = all->judgement.valid;
	int64_t returned = valid + all->values[0] + all->aside;
	int64_t dossiers = all->dossiers[DOSSIERS_FINISHED];
	int64_t asked = figure_asked(b, NULL, NULL);

	block_add(b, BLOCK_PARAGRAPH,
	    text_fill(b->arena, b->lang,
		!all->has_dossiers  ? "report.returned.alone"
		: valid <= dossiers ? "report.returned"
				    : "report.returned.more",
		"dossiers", figure_number(b, dossiers), "returned",
		figure_number(b, returned), "valid", figure_number(b, valid),
		"coverage",
		dossiers > 0 && valid <= dossiers
		    ? figure_words(b, valid, dossiers, 0)
		    : "",
		"tied", figure_number(b, all->tied), NULL));
	if (asked > 0)
		block_add(b, BLOCK_PARAGRAPH,
		    text_fill(b->arena, b->lang, "report.asked", "n",
			figure_number(b, asked), NULL));
}

void
build_coverage(struct building *b)
{
	const struct score *all = figure_population(b, "tthc");
	struct report_table *t;

	if (all == NULL)
		return;
	coverage_sentence(b, all);
	t = table_new(
	    b, "coverage", text(b->lang, "report.table.coverage"), false);
	coverage_columns(b, t);
	for (size_t i = 0; i < b->units.count; i++)
		coverage_row(b, t, ROW_PLAIN, b->units.rows[i].name,
		    figure_unit(b, b->units.rows[i].name), &b->units.rows[i]);
	coverage_row(b, t, ROW_TOTAL, "", text(b->lang, "report.total"), all);
	block_table(b, t);
}

/* ------------------------------------------------------------------ reasons */

void
build_reasons(struct building *b)
{
	const struct score *all = figure_population(b, "tthc");
	struct report_table *t;
	struct score_rows rows;
	const struct form *form;
	int64_t asked =
	    all == NULL ? 0 : all->values[1] + all->values[2] + all->values[3];

	figure_rows(b, BY_REASON, "tthc", &rows);
	if (rows.count == 0 || asked < b->source->least || asked == 0) {
		block_add(
		    b, BLOCK_PARAGRAPH, text(b->lang, "report.reasons.none"));
		return;
	}
	t = table_new(
	    b, "reasons", text(b->lang, "report.table.reasons"), false);
	table_column(b, t, "name", text(b->lang, "report.column.reason"), NULL,
	    40, true);
	table_column(b, t, "answers", text(b->lang, "report.column.chosen"),
	    NULL, 14, false);
	table_column(
	    b, t, "part", text(b->lang, "report.column.part"), NULL, 14, false);
	for (size_t i = 0; i < rows.count; i++) {
		const struct score *row = &rows.rows[i];
		int64_t n = row->values[1] + row->values[2] + row->values[3];
		struct report_cell *cell =
		    table_row(b, t, ROW_PLAIN, row->name);

		cell[0] = cell_words(question_words(
		    b, question(b, "reasons", row->name, &form), row->name));
		cell[1] = n > 0 && n < b->source->least
			      ? cell_words(sentence_few(&b->to, n))
			      : cell_count(b, n);
		if (cell[1].kind == REPORT_CELL_COUNT)
			cell[2] = cell_share(b, n, asked, 0);
	}
	t->note = text_fill(b->arena, b->lang, "reasons.note", "asked",
	    figure_number(b, asked), NULL);
	block_table(b, t);
}
