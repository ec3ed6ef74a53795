/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Workbooks made part by part, as programs write them and as none would, and
 * what table.h reads in them. cmocka.h must be included before this.
 */
#ifndef HAILONG_TESTS_TABLE_WORKBOOK_H
#define HAILONG_TESTS_TABLE_WORKBOOK_H

#include <stdbool.h>
#include <stddef.h>
#include "shared/buf.h"

/* A part of a zip; text NULL closes the list. */
struct part {
	const char *name, *text;
};

/* The parts that every workbook has, as C strings: SHEETS(…) in workbook.xml,
 * and the relations rId1 and rId2 to sheet1.xml and sheet2.xml. */
#define WORKBOOK(inner)                                                        \
	"<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>"        \
	"<workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/"   \
	"2006/main\" xmlns:r=\"http://schemas.openxmlformats.org/"             \
	"officeDocument/2006/relationships\">" inner "</workbook>"
#define ONE_SHEET                                                              \
	"<sheets><sheet name=\"S1\" sheetId=\"1\" r:id=\"rId1\"/></sheets>"
#define TWO_SHEETS                                                             \
	"<sheets><sheet name=\"S1\" sheetId=\"1\" r:id=\"rId1\"/>"             \
	"<sheet name=\"S2\" sheetId=\"2\" r:id=\"rId2\"/></sheets>"
#define RELATIONS                                                              \
	"<Relationships><Relationship Id=\"rId1\" "                            \
	"Target=\"worksheets/sheet1.xml\"/><Relationship Id=\"rId2\" "         \
	"Target=\"/xl/worksheets/sheet2.xml\"/></Relationships>"
#define SHEET(rows) "<worksheet><sheetData>" rows "</sheetData></worksheet>"

/* The file of the test, made by mkstemp before the first use. */
extern char workbook_path[];

void workbook_open(void);
void workbook_remove(void);
/* Writes bytes as they are. */
void workbook_bytes(const void *data, size_t size);
/* Packs parts into the file. */
void workbook_pack(const struct part *parts);
/* Reads the file; out gets a line for each row that is not empty:
 * "NUMBER|cell|cell", "=NAME" where a sheet begins, or the sentence of a
 * refusal, with "! " in front. */
void workbook_rows(struct buf *out);
/* Fails, naming the case, unless it reads so. */
void assert_workbook(const char *name, const char *wanted);

#endif
