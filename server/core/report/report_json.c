/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The report as JSON, in the order in which it is read. A cell is null, a
 * string, or the number behind the printed words together with these; nothing
 * depends on anything but the report.
 */
#include "server/core/report/report.h"

#include <string.h>
#include "server/core/score/period.h"
#include "shared/buf.h"
#include "shared/civil.h"
#include "shared/json.h"

static const char *const block_names[BLOCK_KIND_COUNT] = {
    [BLOCK_SECTION] = "section",
    [BLOCK_HEADING] = "heading",
    [BLOCK_PARAGRAPH] = "paragraph",
    [BLOCK_SENTENCE] = "sentence",
    [BLOCK_PASSAGE] = "passage",
    [BLOCK_ITEM] = "item",
    [BLOCK_NOTE] = "note",
    [BLOCK_TABLE] = "table",
    [BLOCK_CHART] = "chart",
};

const char *
report_block_name(enum report_block_kind kind)
{
	return block_names[kind];
}

/* "key":"words", behind a comma unless it is the first. */
static void
member(struct buf *out, bool first, const char *key, const char *words)
{
	buf_printf(out, "%s\"%s\":", first ? "" : ",", key);
	json_put(out, words);
}

static void
put_day(struct buf *out, const char *key, int32_t day)
{
	char words[CIVIL_DATE_TEXT];

	civil_format_date(day, words);
	member(out, false, key, words);
}

/* -------------------------------------------------------------------- parts */

static void
put_cell(struct buf *out, const struct report_cell *cell)
{
	switch (cell->kind) {
	case REPORT_CELL_EMPTY:
		buf_puts(out, "null");
		break;
	case REPORT_CELL_TEXT:
		json_put(out, cell->text);
		break;
	case REPORT_CELL_COUNT:
		buf_printf(out, "%lld", (long long)cell->count);
		break;
	case REPORT_CELL_PERCENT:
	case REPORT_CELL_NUMBER:
		buf_printf(out, "{\"%s\":%.12g",
		    cell->kind == REPORT_CELL_PERCENT ? "percent" : "number",
		    cell->number);
		member(out, false, "words", cell->text);
		buf_putc(out, '}');
		break;
	case REPORT_CELL_VERDICT:
		buf_putc(out, '{');
		member(out, true, "verdict", cell->code);
		member(out, false, "words", cell->text);
		buf_putc(out, '}');
		break;
	}
}

static void
put_columns(struct buf *out, const struct report_table *t)
{
	buf_puts(out, ",\"columns\":[");
	for (size_t i = 0; i < t->ncolumns; i++) {
		const struct report_column *c = &t->columns[i];

		buf_puts(out, i == 0 ? "{" : ",{");
		member(out, true, "key", c->key);
		member(out, false, "title", c->title);
		if (c->over != NULL)
			member(out, false, "over", c->over);
		buf_putc(out, '}');
	}
	buf_putc(out, ']');
}

static void
put_row(
    struct buf *out, const struct report_table *t, const struct report_row *row)
{
	static const char *const kinds[] = {
	    [ROW_PLAIN] = "plain", [ROW_HEAD] = "head", [ROW_TOTAL] = "total"};

	buf_putc(out, '{');
	member(out, true, "code", row->code);
	member(out, false, "kind", kinds[row->kind]);
	buf_puts(out, ",\"cells\":{");
	for (size_t i = 0; i < t->ncolumns; i++) {
		buf_printf(
		    out, "%s\"%s\":", i == 0 ? "" : ",", t->columns[i].key);
		put_cell(out, &row->cells[i]);
	}
	buf_puts(out, "}}");
}

static void
put_table(struct buf *out, const struct report_table *t)
{
	buf_putc(out, '{');
	member(out, true, "key", t->key);
	member(out, false, "title", t->title);
	put_columns(out, t);
	buf_puts(out, ",\"rows\":[\n");
	for (size_t i = 0; i < t->nrows; i++) {
		put_row(out, t, &t->rows[i]);
		buf_puts(out, i + 1 < t->nrows ? ",\n" : "\n");
	}
	buf_puts(out, "]}");
}

static void
put_bar(struct buf *out, const struct report_bar *bar)
{
	buf_putc(out, '{');
	member(out, true, "name", bar->name);
	member(out, false, "words", bar->words);
	if (bar->has_share)
		buf_printf(out, ",\"share\":%.12g", bar->share);
	if (bar->has_interval)
		buf_printf(
		    out, ",\"interval\":[%.12g,%.12g]", bar->lo, bar->hi);
	buf_printf(out, ",\"target\":%.12g}", bar->target);
}

static void
put_chart(struct buf *out, const struct report_chart *c)
{
	buf_putc(out, '{');
	member(out, true, "key", c->key);
	member(out, false, "title", c->title);
	buf_puts(out, ",\"bars\":[");
	for (size_t i = 0; i < c->nbars; i++) {
		buf_puts(out, i == 0 ? "" : ",");
		put_bar(out, &c->bars[i]);
	}
	buf_puts(out, "]}");
}

static void
put_block(struct buf *out, const struct report_block *block)
{
	buf_putc(out, '{');
	member(out, true, "kind", block_names[block->kind]);
	if (block->key != NULL)
		member(out, false, "key", block->key);
	if (block->text[0] != '\0')
		member(out, false, "text", block->text);
	if (block->edited)
		buf_puts(out, ",\"edited\":true");
	if (block->table != NULL) {
		buf_puts(out, ",\"table\":");
		put_table(out, block->table);
	}
	if (block->chart != NULL) {
		buf_puts(out, ",\"chart\":");
		put_chart(out, block->chart);
	}
	buf_putc(out, '}');
}

static void
put_blocks(struct buf *out, const char *key, const struct report_block *blocks,
    size_t n)
{
	buf_printf(out, ",\n\"%s\":[\n", key);
	for (size_t i = 0; i < n; i++) {
		put_block(out, &blocks[i]);
		buf_puts(out, i + 1 < n ? ",\n" : "\n");
	}
	buf_putc(out, ']');
}

/* --------------------------------------------------------------------- head */

static void
put_period(struct buf *out, const struct report_period *p)
{
	static const char *const states[] = {[REPORT_OPEN] = "open",
	    [REPORT_ENDED] = "ended",
	    [REPORT_CLOSED] = "closed"};
	char name[PERIOD_TEXT];

	period_name(&p->period, name);
	buf_putc(out, '{');
	member(out, true, "name", name);
	put_day(out, "first", p->period.first);
	put_day(out, "last", p->period.last);
	member(out, false, "cutoff", period_cut_words[p->period.cut]);
	member(out, false, "state", states[p->state]);
	put_day(out, "read", p->day);
	if (p->state == REPORT_CLOSED) {
		put_day(out, "closed", p->closed);
		buf_printf(out, ",\"revision\":%d", p->revision);
	}
	buf_putc(out, '}');
}

static void
put_filter(struct buf *out, const struct report_filter *f)
{
	const struct {
		const char *key, *value;
	} parts[] = {{"unit", f->unit}, {"within", f->within},
	    {"field", f->field}, {"channel", f->channel}};
	bool first = true;

	buf_putc(out, '{');
	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++)
		if (parts[i].value[0] != '\0') {
			member(out, first, parts[i].key, parts[i].value);
			first = false;
		}
	if (f->alone)
		buf_printf(out, "%s\"alone\":true", first ? "" : ",");
	buf_putc(out, '}');
}

static void
put_head(struct buf *out, const struct report_head *h)
{
	const struct {
		const char *key, *words;
	} lines[] = {{"superior", h->superior}, {"agency", h->agency},
	    {"number", h->number}, {"place_date", h->place_date},
	    {"kind", h->kind}, {"subject", h->subject},
	    {"period", h->subject_period}, {"filter", h->filter},
	    {"draft", h->draft}, {"addressee", h->addressee},
	    {"authority", h->authority}, {"post", h->post},
	    {"signer", h->signer}};

	buf_putc(out, '{');
	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++)
		member(out, i == 0, lines[i].key, lines[i].words);
	buf_puts(out, ",\"receivers\":[");
	for (size_t i = 0; i < h->nreceivers; i++) {
		buf_puts(out, i == 0 ? "" : ",");
		json_put(out, h->receivers[i]);
	}
	buf_puts(out, "]}");
}

void
report_json(const struct report *report, struct buf *out)
{
	buf_putc(out, '{');
	member(out, true, "report", "hailong");
	buf_puts(out, ",\"version\":1");
	member(out, false, "lang", lang_code(report->lang));
	buf_puts(out, ",\n\"period\":");
	put_period(out, &report->source->period);
	buf_puts(out, ",\n\"filter\":");
	put_filter(out, &report->source->filter);
	buf_puts(out, ",\n\"head\":");
	put_head(out, &report->head);
	put_blocks(out, "body", report->blocks, report->nblocks);
	put_blocks(out, "annex", report->annex, report->nannex);
	buf_puts(out, "}\n");
}
