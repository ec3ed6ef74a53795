/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The official report, before it is a file: what stands on the paper, in order.
 * Five writers (server/report) and the page put the same blocks into their
 * forms and decide nothing. Every cell has its printed words and the number
 * behind them, so that a spreadsheet gets the unrounded one. Pure; all memory
 * is the arena's and the source's, which must outlive it.
 *
 * Sections I to IV and the columns are those of DOMAIN 5.3, the head and tail
 * those of ND 30/2020 (DOMAIN 5.2).
 */
#ifndef HAILONG_SERVER_CORE_REPORT_REPORT_H
#define HAILONG_SERVER_CORE_REPORT_REPORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "server/core/report/source.h"
#include "shared/text.h"

enum report_cell_kind {
	REPORT_CELL_EMPTY,
	REPORT_CELL_TEXT,
	REPORT_CELL_COUNT,   /* count */
	REPORT_CELL_PERCENT, /* number, 0..100, not rounded */
	REPORT_CELL_NUMBER,  /* number, of points */
	REPORT_CELL_VERDICT, /* code: "met", … */
};

struct report_cell {
	enum report_cell_kind kind;
	const char *text; /* as it is printed, "" where nothing is */
	int64_t count;
	double number;
	const char *code;
};

struct report_column {
	const char *key;   /* in JSON and CSV: "valid" */
	const char *title; /* "Số phiếu hợp lệ" */
	const char *over;  /* a title above this and its neighbours; NULL */
	int width;         /* its part of the line, relative */
	bool words;        /* left, else centred (numbers, short words) */
};

enum report_row_kind {
	ROW_PLAIN,
	ROW_HEAD,  /* a group's name, or a factor above its criteria */
	ROW_TOTAL, /* pooled counts of the rows above */
};

struct report_row {
	enum report_row_kind kind;
	const char *code;          /* of unit, field, …; "" of a total */
	struct report_cell *cells; /* as many as columns */
};

struct report_table {
	const char *key;   /* "units" */
	const char *title; /* "Bảng 2. Kết quả theo đơn vị" */
	const char *note;  /* below it, NULL: none */
	struct report_column *columns;
	size_t ncolumns;
	struct report_row *rows;
	size_t nrows;
	bool wide; /* on a page across */
};

/* A share beside its target, percent. */
struct report_bar {
	const char *name, *words; /* words: "91,5%" or why there is none */
	bool has_share, has_interval;
	double share, lo, hi, target;
};

struct report_chart {
	const char *key, *title, *alt; /* alt: what it says, for those who
					  cannot see it */
	struct report_bar *bars;
	size_t nbars;
	double from; /* left edge of the scale, percent */
};

enum report_block_kind {
	BLOCK_SECTION,   /* "I. TÌNH HÌNH TRIỂN KHAI" */
	BLOCK_HEADING,   /* "1. Kết quả chung so với chỉ tiêu" */
	BLOCK_PARAGRAPH, /* made of the figures */
	BLOCK_SENTENCE,  /* a verdict: never edited */
	BLOCK_PASSAGE,   /* proposed, or what staff made of it (key) */
	BLOCK_ITEM,      /* of a list */
	BLOCK_NOTE,      /* small, below a table */
	BLOCK_TABLE,
	BLOCK_CHART,
	BLOCK_KIND_COUNT
};

struct report_block {
	enum report_block_kind kind;
	const char *key;  /* of a passage: "text.causes"; else NULL */
	const char *text; /* lines of a passage are apart by '\n' */
	const struct report_table *table;
	const struct report_chart *chart;
	bool edited; /* a passage: by staff */
};

/* What stands above and below; each a line of words, "" where staff have not
 * entered it and nothing can be proposed. */
struct report_head {
	const char *superior, *agency; /* capitals */
	const char *number;            /* "Số:     /BC-UBND" */
	const char *nation, *motto;    /* quốc hiệu, tiêu ngữ */
	const char *place_date; /* "Tuy Phong, ngày 05 tháng 02 năm …" */
	const char *kind, *subject; /* "BÁO CÁO", trích yếu */
	const char *subject_period; /* its second line: the period */
	const char *filter;         /* what narrows it; "" nothing */
	const char *draft; /* "Số liệu tạm tính …", "" of a closed */
	const char *addressee; /* "Kính gửi: …" or "" */
	const char *authority; /* "TM. ỦY BAN NHÂN DÂN" */
	const char *post;      /* "CHỦ TỊCH" */
	const char *signer;
	const char *receivers_title; /* "Nơi nhận:" */
	const char **receivers;      /* "- Như trên;", … */
	size_t nreceivers;
	const char *annex;       /* "(Kèm theo Báo cáo số …)" */
	const char *annex_title; /* "Phụ lục" */
};

struct report {
	enum lang lang;
	const struct report_source *source;
	struct report_head head;
	struct report_block *blocks; /* the body, ended by "./." */
	size_t nblocks;
	struct report_block *annex; /* wide tables, and how figures are made */
	size_t nannex;
	struct report_table **tables; /* all of them, in order */
	size_t ntables;
};

/* Makes the report. Its order and words depend on nothing but source and
 * language. */
void report_build(const struct report_source *source, enum lang lang,
    struct arena *a, struct report *out);

/* The keys of the head that staff may enter, "head.superior", …, closed by
 * NULL; and of the passages, "text.plan", …, likewise. Their titles are words
 * of the key "report.KEY". */
extern const char *const report_head_keys[];
extern const char *const report_passage_keys[];
/* Of the nine indices of TT 01/2018 ("1,8"); each with its source at
 * "KEY.source". */
extern const char *const report_scheme_keys[];

/* The whole as JSON (shared/protocol.md, "report"): the same report gives the
 * same bytes, numbers with 12 significant digits. `verify` compares these. */
struct buf;
void report_json(const struct report *report, struct buf *out);
/* The name of a block's kind in JSON, "section", … */
const char *report_block_name(enum report_block_kind kind);

#endif
