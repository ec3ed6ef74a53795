/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Files that are no tables, or mean harm: each is refused with one sentence
 * that says what to do. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "tests/table/workbook.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))
#define BOMB     "! it unpacks to more than a table can be; nothing of it is read"
#define DAMAGED                                                                \
	"! the file is damaged (it was perhaps not copied whole); export it "  \
	"again"
#define BOOK                                                                   \
	{                                                                      \
		"xl/workbook.xml", WORKBOOK(ONE_SHEET)                         \
	}
#define WAYS                                                                   \
	{                                                                      \
		"xl/_rels/workbook.xml.rels", RELATIONS                        \
	}
#define ROW SHEET("<row r=\"1\"><c r=\"A1\"><v>1</v></c></row>")
#define PART                                                                   \
	{                                                                      \
		"xl/worksheets/sheet1.xml", ROW                                \
	}

static const struct {
	const char *name;
	struct part parts[6];
	const char *rows;
} zips[] = {
    {"a zip of files", {{"a.csv", "code\n"}, {"b.csv", "x"}},
	"! this is a packed file (zip) and no workbook; unpack it first"},
    {"a binary workbook", {{"xl/workbook.bin", "x"}},
	"! this is a binary workbook (XLSB); save it as XLSX"},
    {"OpenDocument", {{"mimetype", "x"}, {"content.xml", "<x/>"}},
	"! this is an OpenDocument file; save it as XLSX"},
    {"Word", {{"word/document.xml", "<x/>"}},
	"! this is a Word document; have the software export XLSX"},
    {"macros are a part like others",
	{BOOK, WAYS, PART, {"xl/vbaProject.bin", "x"}}, "=S1\n1|1\n"},
    {"a million laughs",
	{{"xl/workbook.xml",
	     "<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\">]><x>&a;</x>"},
	    WAYS, PART},
	DAMAGED},
    {"a foreign entity",
	{BOOK, WAYS,
	    {"xl/worksheets/sheet1.xml",
		"<!DOCTYPE x [<!ENTITY a SYSTEM \"file:///etc/passwd\">]>"
		"<worksheet><sheetData><row><c "
		"t=\"str\"><v>&a;</v></c></row></sheetData></worksheet>"}},
	DAMAGED},
    {"no XML", {BOOK, WAYS, {"xl/worksheets/sheet1.xml", "<worksheet><row>"}},
	DAMAGED},
    {"a sheet that is not there", {BOOK, WAYS}, DAMAGED},
    {"a relation out of the file",
	{BOOK, {"xl/_rels/workbook.xml.rels",
		   "<R><Relationship Id=\"rId1\" "
		   "Target=\"../../../etc/passwd\"/></R>"}},
	DAMAGED},
    {"no relations", {BOOK, PART}, ""},
};

static void
test_zips(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(zips); i++) {
		workbook_pack(zips[i].parts);
		assert_workbook(zips[i].name, zips[i].rows);
	}
}

/* A sheet of one byte over and over, and one of elements in elements. */
static void
test_bombs(void **state)
{
	size_t n = 40 * 1024 * 1024;
	char *blank = malloc(n + 100);
	const struct part bomb[] = {
	    BOOK, WAYS, {"xl/worksheets/sheet1.xml", blank}, {NULL, NULL}};

	(void)state;
	memset(blank, ' ', n);
	strcpy(blank, "<worksheet><sheetData>");
	blank[strlen(blank)] = ' ';
	strcpy(blank + n, "</sheetData></worksheet>");
	workbook_pack(bomb);
	assert_workbook("a bomb", BOMB);
	blank[0] = '\0';
	for (int i = 0; i < 5000; i++)
		memcpy(blank + (size_t)i * 3, "<a>", 4);
	workbook_pack(bomb);
	assert_workbook("nested", DAMAGED);
	strcpy(blank, "<worksheet><sheetData><row r=\"7\"><c r=\"A7\" "
		      "t=\"str\"><v>");
	memset(blank + strlen(blank), 'x', 200000);
	strcpy(blank + 200000, "</v></c></row></sheetData></worksheet>");
	workbook_pack(bomb);
	assert_workbook("a cell too long",
	    "! row 7: a cell holds more text than a cell can");
	free(blank);
}

static void
test_many_parts(void **state)
{
	static struct part many[5001];
	static char names[5000][16];

	(void)state;
	for (int i = 0; i < 5000; i++) {
		snprintf(names[i], sizeof(names[i]), "p%d", i);
		many[i] = (struct part){names[i], "x"};
	}
	workbook_pack(many);
	assert_workbook("many parts", BOMB);
}

/* A workbook cut off after every so many bytes, and with bytes changed: rows or
 * a sentence, never anything else. */
static void
test_halves(void **state)
{
	const struct part good[] = {BOOK, WAYS, PART, {NULL, NULL}};
	unsigned chance = 7;
	struct buf whole, out;

	(void)state;
	workbook_pack(good);
	buf_init(&whole);
	buf_init(&out);
	assert_true(buf_read_file(&whole, workbook_path, 1 << 20));
	for (size_t n = 4; n < whole.size; n += 7) {
		workbook_bytes(whole.data, n);
		buf_clear(&out);
		workbook_rows(&out);
		if (buf_text(&out)[0] != '!' &&
		    strcmp(buf_text(&out), "=S1\n1|1\n") != 0)
			fail_msg("%zu bytes: %s", n, buf_text(&out));
	}
	for (int i = 0; i < 300; i++) {
		char *bytes = malloc(whole.size);

		memcpy(bytes, whole.data, whole.size);
		for (int k = 0; k < 4; k++)
			bytes[(size_t)rand_r(&chance) % whole.size] =
			    (char)rand_r(&chance);
		workbook_bytes(bytes, whole.size);
		free(bytes);
		buf_clear(&out);
		workbook_rows(&out);
	}
	buf_finish(&whole);
	buf_finish(&out);
}

static const struct {
	const char *name;
	const char *bytes;
	size_t size;
	const char *rows;
} others[] = {
    {"nothing", "", 0, "! the table is empty"},
    {"a PDF", "%PDF-1.4\n", 9,
	"! this is a PDF, not a table; have the software export XLSX or CSV"},
    {"a web page", "<html><table><tr><td>code</td></tr></table></html>", 50,
	"! this is a web page's table under another name; open it in the "
	"spreadsheet program and save it as XLSX or CSV UTF-8"},
    {"a web page in UTF-16", "\xff\xfe<\0h\0t\0m\0l\0>\0", 14,
	"! this is a web page's table under another name; open it in the "
	"spreadsheet program and save it as XLSX or CSV UTF-8"},
    {"no OLE file", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1garbage", 15,
	"! no XLS that can be read; save it as XLSX or CSV UTF-8"},
    {"a locked workbook",
	"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
	"E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0",
	40, "! it is locked by a password; save it without one"},
    {"a picture", "\x89PNG\r\n\x1a\n\0\0\0\rIHDR", 16,
	"! line 1: not UTF-8 text; save the table as CSV UTF-8"},
};

static void
test_other_files(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(others); i++) {
		workbook_bytes(others[i].bytes, others[i].size);
		assert_workbook(others[i].name, others[i].rows);
	}
}

/* Two gigabytes (of nothing: the file has holes), a folder, no file. */
static void
test_sizes(void **state)
{
	char kept[64];

	(void)state;
	workbook_bytes("code\n", 5);
	assert_int_equal(truncate(workbook_path, INT64_C(2) << 30), 0);
	assert_workbook("2 GB", "! larger than 512 MB; export a shorter time");
	workbook_bytes("", 0);
	strcpy(kept, workbook_path);
	strcpy(workbook_path, "/tmp");
	assert_workbook("a folder", "! not a file");
	strcpy(workbook_path, "/nowhere/x");
	assert_workbook("no file", "! No such file or directory");
	strcpy(workbook_path, kept);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_zips),
	    cmocka_unit_test(test_bombs),
	    cmocka_unit_test(test_many_parts),
	    cmocka_unit_test(test_halves),
	    cmocka_unit_test(test_other_files),
	    cmocka_unit_test(test_sizes),
	};
	int failed;

	workbook_open();
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	workbook_remove();
	return failed;
}
