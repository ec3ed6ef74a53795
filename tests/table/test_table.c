/* SPDX-License-Identifier: GPL-2.0-or-later */
/* XLSX as spreadsheet programs, exporters and libraries write it: what each
 * cell becomes as text. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "tests/table/workbook.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))
#define STYLES                                                                 \
	"<styleSheet><numFmts>"                                                \
	"<numFmt numFmtId=\"164\" formatCode=\"dd/mm/yyyy\"/>"                 \
	"<numFmt numFmtId=\"165\" formatCode=\"#,##0\\ &quot;ngay&quot;\"/>"   \
	"<numFmt numFmtId=\"166\" formatCode=\"[$-42A]d\\ mmmm;@\"/>"          \
	"<numFmt numFmtId=\"167\" formatCode=\"0000000000\"/></numFmts>"       \
	"<cellStyleXfs><xf numFmtId=\"14\"/></cellStyleXfs><cellXfs>"          \
	"<xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"22\"/>"       \
	"<xf numFmtId=\"164\"/><xf numFmtId=\"165\"/><xf numFmtId=\"166\"/>"   \
	"<xf numFmtId=\"167\"/></cellXfs></styleSheet>"
#define TEXTS                                                                  \
	"<sst><si><t>mot</t></si><si><r><t>h</t></r><r><t>ai</t></r>"          \
	"<rPh><t>x</t></rPh></si><si><t xml:space=\"preserve\"> ba "           \
	"</t></si><si/></sst>"

static const struct {
	const char *name, *workbook, *sheet, *second, *rows;
} books[] = {
    {"shared texts", ONE_SHEET,
	SHEET("<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\" "
	      "t=\"s\"><v>1</v></c><c r=\"C1\" t=\"s\"><v>2</v></c></row>"),
	NULL, "=S1\n1|mot|hai| ba \n"},
    {"inline texts", ONE_SHEET,
	SHEET("<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>Đất "
	      "đai</t></is></c><c r=\"B1\" t=\"inlineStr\"><is><r><t>a</t></r>"
	      "<r><t>b</t></r></is></c></row>"),
	NULL, "=S1\n1|Đất đai|ab\n"},
    {"a formula's text", ONE_SHEET,
	SHEET("<row r=\"1\"><c r=\"A1\" t=\"str\"><f>A2&amp;\"x\"</f><v>yx</v>"
	      "</c></row>"),
	NULL, "=S1\n1|yx\n"},
    {"numbers", ONE_SHEET,
	SHEET("<row r=\"1\"><c r=\"A1\"><v>912345678</v></c><c r=\"B1\">"
	      "<v>912345678.0</v></c><c r=\"C1\"><v>9.12345678E8</v></c>"
	      "<c r=\"D1\"><v>1.0024250000000001</v></c><c r=\"E1\" s=\"6\">"
	      "<v>912345678</v></c><c r=\"F1\" s=\"4\"><v>46328</v></c></row>"),
	NULL,
	"=S1\n1|912345678|912345678|912345678|1.002425|912345678|46328\n"},
    {"days and times by their formats", ONE_SHEET,
	SHEET("<row r=\"1\"><c r=\"A1\" s=\"1\"><v>46328</v></c><c r=\"B1\" "
	      "s=\"2\"><v>46328.340277777781</v></c><c r=\"C1\" s=\"3\">"
	      "<v>46328</v></c><c r=\"D1\" s=\"5\"><v>46328</v></c>"
	      "<c r=\"E1\" s=\"0\"><v>46328</v></c></row>"),
	NULL,
	"=S1\n1|2026-11-02|2026-11-02 08:10:00|2026-11-02|2026-11-02|46328\n"},
    {"a second before midnight is not the day after", ONE_SHEET,
	SHEET("<row r=\"1\"><c r=\"A1\" s=\"2\"><v>46328.999988425923</v></c>"
	      "<c r=\"B1\" s=\"2\"><v>46328.999999999</v></c></row>"),
	NULL, "=S1\n1|2026-11-02 23:59:59|2026-11-03\n"},
    {"the years from 1904", "<workbookPr date1904=\"1\"/>" ONE_SHEET,
	SHEET("<row r=\"1\"><c r=\"A1\" s=\"1\"><v>44866</v></c></row>"), NULL,
	"=S1\n1|2026-11-02\n"},
    {"the day that was none", ONE_SHEET,
	SHEET("<row r=\"1\"><c r=\"A1\" s=\"1\"><v>59</v></c><c r=\"B1\" "
	      "s=\"1\"><v>60</v></c><c r=\"C1\" s=\"1\"><v>61</v></c><c "
	      "r=\"D1\" s=\"1\"><v>-3</v></c></row>"),
	NULL, "=S1\n1|1900-02-28|60|1900-03-01|-3\n"},
    {"an ISO day", ONE_SHEET,
	SHEET("<row r=\"1\"><c r=\"A1\" t=\"d\"><v>2026-11-02T08:10:00</v></c>"
	      "</row>"),
	NULL, "=S1\n1|2026-11-02T08:10:00\n"},
    {"truth and errors", ONE_SHEET,
	SHEET("<row r=\"1\"><c r=\"A1\" t=\"b\"><v>1</v></c><c r=\"B1\" "
	      "t=\"b\"><v>0</v></c><c r=\"C1\" t=\"e\"><v>#N/A</v></c></row>"),
	NULL, "=S1\n1|1|0|#N/A\n"},
    {"cells and rows left out", ONE_SHEET,
	SHEET("<row r=\"3\"><c r=\"B3\"><v>1</v></c><c r=\"D3\"><v>2</v></c>"
	      "</row><row r=\"9\"><c r=\"A9\"><v>3</v></c></row>"),
	NULL, "=S1\n3||1||2\n9|3|||\n"},
    {"without places", ONE_SHEET,
	SHEET("<row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c>"
	      "<c t=\"s\"><v>0</v></c></row>"),
	NULL, "=S1\n1|1|2\n2|3|mot\n"},
    {"formats to the sheet's edge", ONE_SHEET,
	SHEET("<row r=\"1\"><c r=\"A1\"><v>1</v></c><c r=\"XFD1\" s=\"1\"/>"
	      "</row><row r=\"1048576\"><c r=\"B1048576\" s=\"1\"/></row>"),
	NULL, "=S1\n1|1\n"},
    {"merged titles", ONE_SHEET,
	SHEET("<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\"/>"
	      "</row><row r=\"2\"><c r=\"A2\"><v>1</v></c><c r=\"B2\"><v>2"
	      "</v></c></row>") "<!-- mergeCells -->",
	NULL, "=S1\n1|mot\n2|1|2\n"},
    {"two sheets", TWO_SHEETS,
	SHEET("<row r=\"1\"><c r=\"A1\"><v>1</v></c></row>"),
	SHEET("<row r=\"1\"><c r=\"A1\"><v>2</v></c></row>"),
	"=S1\n1|1\n=S2\n1|2\n"},
    {"prefixes of namespaces", ONE_SHEET,
	"<x:worksheet xmlns:x=\"u\"><x:sheetData><x:row r=\"1\"><x:c r=\"A1\">"
	"<x:v>7</x:v></x:c></x:row></x:sheetData></x:worksheet>",
	NULL, "=S1\n1|7\n"},
    {"an empty sheet", ONE_SHEET, SHEET(""), NULL, "=S1\n"},
    {"text of marks", ONE_SHEET,
	SHEET("<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>&lt;b&gt;&amp;"
	      "&#233;</t></is></c></row>"),
	NULL, "=S1\n1|<b>&é\n"},
    {"comments beside cells", ONE_SHEET,
	"<worksheet><sheetViews><t>no</t></sheetViews><sheetData><row r=\"1\">"
	"<c r=\"A1\"><v>1</v></c></row></sheetData><legacy><v>no</v></legacy>"
	"</worksheet>",
	NULL, "=S1\n1|1\n"},
    {"a broken reference", ONE_SHEET,
	SHEET("<row r=\"4\"><c r=\"A4\" t=\"s\"><v>99</v></c></row>"), NULL,
	"! row 4: the file is damaged: a cell's text is missing; export it "
	"again"},
    {"too many columns", ONE_SHEET,
	SHEET("<row r=\"1\"><c r=\"XFD1\"><v>1</v></c></row>"), NULL,
	"! row 1: it has more than 256 columns with values"},
};

static void
test_workbooks(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(books); i++) {
		char workbook[2000];
		struct part parts[8] = {{"[Content_Types].xml", "<Types/>"},
		    /* the sheet before what it refers to */
		    {"xl/worksheets/sheet1.xml", books[i].sheet},
		    {"xl/sharedStrings.xml", TEXTS}, {"xl/styles.xml", STYLES},
		    {"xl/workbook.xml", workbook},
		    {"xl/_rels/workbook.xml.rels", RELATIONS},
		    {"xl/worksheets/sheet2.xml", books[i].second}};

		strcpy(workbook, WORKBOOK("@"));
		memmove(strchr(workbook, '@') + strlen(books[i].workbook),
		    strchr(workbook, '@') + 1,
		    strlen(strchr(workbook, '@') + 1) + 1);
		memcpy(strchr(workbook, '@'), books[i].workbook,
		    strlen(books[i].workbook));
		workbook_pack(parts);
		assert_workbook(books[i].name, books[i].rows);
	}
}

/* What stands in a CSV, as rows. */
static const struct {
	const char *name, *text, *rows;
} texts[] = {
    {"commas", "a,b\n1,2\n", "1|a|b\n2|1|2\n"},
    {"no end of line", "a,b\n1,2", "1|a|b\n2|1|2\n"},
    {"quotes over lines", "a,b\n\"1\n2\",\"3\"\"4\"\n5,6\n",
	"1|a|b\n2|1\n2|3\"4\n4|5|6\n"},
    {"empty lines", "a,b\n\n\n1,2\n", "1|a|b\n4|1|2\n"},
    {"UTF-16 without a mark", NULL, "1|a|b\n2|1|2\n"},
    {"upright strokes", "a|b|c\n1|2|3\n", "1|a|b|c\n2|1|2|3\n"},
    {"a quote inside", "a,b\n1,2\"3\n4,5\n", "! line 2: a quote inside a cell"},
    {"a quote never closed", "a,b\n\"1,2\n",
	"! line 2: a quote is opened and never closed"},
};

static void
test_texts(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(texts); i++) {
		if (texts[i].text == NULL)
			workbook_bytes("a\0,\0b\0\n\0001\0,\0002\0\n\0", 16);
		else
			workbook_bytes(texts[i].text, strlen(texts[i].text));
		assert_workbook(texts[i].name, texts[i].rows);
	}
}

/* Cells and characters that end just at, before and behind a block. */
static void
test_blocks(void **state)
{
	(void)state;
	for (int size = 65530; size < 65545; size++) {
		char *text = malloc(200000);
		struct buf out, wanted;
		int n = 0;

		memset(text, 'x', 200000);
		n = size;
		n += sprintf(text + n, ",\u1ea5\r\n\"1\n2\",3\r\n4,5\r\n");
		workbook_bytes(text, (size_t)n);
		buf_init(&out);
		buf_init(&wanted);
		buf_puts(&wanted, "1|");
		buf_add(&wanted, text, (size_t)size);
		buf_puts(&wanted, "|\u1ea5\n2|1\n2|3\n4|4|5\n");
		workbook_rows(&out);
		if (strcmp(buf_text(&out), buf_text(&wanted)) != 0)
			fail_msg("%d: %s", size, buf_text(&out) + size);
		buf_finish(&out);
		buf_finish(&wanted);
		free(text);
	}
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_workbooks),
	    cmocka_unit_test(test_texts),
	    cmocka_unit_test(test_blocks),
	};
	int failed;

	workbook_open();
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	workbook_remove();
	return failed;
}
