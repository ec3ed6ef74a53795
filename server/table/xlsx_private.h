/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the reader of XLSX knows of a workbook before it reads a sheet. */
#ifndef HAILONG_SERVER_TABLE_XLSX_PRIVATE_H
#define HAILONG_SERVER_TABLE_XLSX_PRIVATE_H

#include <stdint.h>
#include "server/table/table_private.h"
#include "server/table/xml.h"
#include "server/table/zip_parts.h"
#include "shared/arena.h"
#include "shared/buf.h"

struct xlsx_sheet {
	const char *name, *id; /* id: of the relation that leads to it */
	const char *part;      /* its name in the zip, NULL: none */
};

struct xlsx_relation {
	const char *id, *target;
};

struct xlsx {
	struct table_reading *t;
	struct arena arena;
	struct xlsx_sheet *sheets;
	size_t nsheets;
	struct xlsx_relation *relations;
	size_t nrelations;
	bool from_1904;
	/* texts that cells share, one behind the other, each with its NUL */
	struct buf texts;
	uint32_t *text_at;
	size_t ntexts, text_room;
	/* by the number of a cell's style: whether it shows a time */
	bool *dated;
	size_t nstyles, style_room;
};

/* Reads the parts that sheets refer to. False with a sentence. */
bool xlsx_read_parts(struct xlsx *x);
/* Reads one sheet to its end, or as far as the taker wants; *go is what it said
 * last. */
bool xlsx_read_sheet(
    struct xlsx *x, const struct xlsx_sheet *sheet, enum table_go *go);
/* Feeds a part of the zip, which was just found, to an XML taker; *stopped,
 * unless NULL: the taker's own end is no failure. */
bool xlsx_feed(struct xlsx *x, struct zip_parts *zip, struct xml *xml,
    const bool *stopped);
/* The sentence for a zip that cannot be read; always false. */
bool xlsx_refuse_zip(struct xlsx *x, enum zip_step why);
/* True for a number format whose number is a time: built in, or by its code. */
bool xlsx_format_dated(long id, const char *code);
/* A number as text: a time as "YYYY-MM-DD" with " HH:MM:SS" when it has one,
 * another without an end of zeros. */
void xlsx_number(const char *text, bool dated, bool from_1904, struct buf *out);

#endif
