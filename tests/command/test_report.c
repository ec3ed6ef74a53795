/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The official report by command: every form is written, is whole as its kind
 * demands, says the same words, and is the same file when it is made again.
 * What cannot be made is refused in one sentence.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "tests/kit/rig.h"

#include <archive.h>
#include <archive_entry.h>
#include <ctype.h>
#include <expat.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <utf8proc.h>
#include "server/table/table.h"
#include "shared/buf.h"

#define PERIOD "2026-Q4"

static struct rig rig;
static json_t *model; /* what the JSON says */

/* ------------------------------------------------------------------ helpers */

static const char *
file_path(const char *name)
{
	static char path[4][200];
	static int next;

	next = (next + 1) % 4;
	snprintf(path[next], sizeof(path[next]), "%s/%s", rig.folder, name);
	return path[next];
}

static void
make(const char *name)
{
	if (rig_run(&rig, "", "report", "--period", PERIOD, "-o",
		file_path(name), NULL) != 0)
		fail_msg("%s: %s", name, rig.said);
}

static void
read_made(const char *name, struct buf *out)
{
	buf_init(out);
	assert_true(buf_read_file(out, file_path(name), 16 << 20));
}

/* A command of the shell, in the folder where the files are. */
static void
run_tool(const char *words)
{
	char command[600];

	snprintf(command, sizeof(command), "cd %s && %s", rig.folder, words);
	if (system(command) != 0)
		fail_msg("%s", command);
}

/* Letters and digits alone, in NFC: lines break in other places in each form.
 */
static void
bare(const char *text, struct buf *out)
{
	utf8proc_uint8_t *nfc = utf8proc_NFC((const utf8proc_uint8_t *)text);

	buf_init(out);
	for (const char *c = (const char *)nfc; *c != '\0'; c++)
		if ((unsigned char)*c >= 0x80 || isalnum((unsigned char)*c))
			buf_putc(out, *c);
	free(nfc);
}

static void
must_say(const struct buf *all, const char *name, const char *words)
{
	struct buf what;

	bare(words, &what);
	if (what.size > 0 && strstr(buf_text(all), buf_text(&what)) == NULL)
		fail_msg("%s does not say: %s", name, words);
	buf_finish(&what);
}

/* Every text and every cell of the blocks stands in what a form says; of a
 * percentage the printed words, unless the form has the number itself. */
static void
says_blocks(
    const struct buf *all, const char *name, const char *part, bool printed)
{
	json_t *block, *row, *line, *cell;
	const char *key, *words;
	size_t i, k;

	json_array_foreach (json_object_get(model, part), i, block) {
		words = json_string_value(json_object_get(block, "text"));
		if (words != NULL &&
		    (printed || json_object_get(block, "chart") == NULL))
			/* lines of a passage are paragraphs */
			must_say(all, name, words);
		line = json_object_get(block, "table");
		must_say(all, name,
		    line == NULL
			? ""
			: json_string_value(json_object_get(line, "title")));
		json_array_foreach (json_object_get(line, "rows"), k, row)
			json_object_foreach (
			    json_object_get(row, "cells"), key, cell) {
				words = json_string_value(cell);
				if (printed && json_is_object(cell))
					words = json_string_value(
					    json_object_get(cell, "words"));
				if (words != NULL)
					must_say(all, name, words);
			}
	}
}

static void
says_all(const char *text, const char *name, bool printed)
{
	struct buf all;
	json_t *words;
	const char *key;

	bare(text, &all);
	json_object_foreach (json_object_get(model, "head"), key, words)
		if (json_is_string(words) &&
		    (printed || strcmp(key, "subject") == 0))
			must_say(&all, name, json_string_value(words));
	says_blocks(&all, name, "body", printed);
	says_blocks(&all, name, "annex", printed);
	buf_finish(&all);
}

static int
setup(void **state)
{
	json_error_t error;
	struct buf json;
	(void)state;

	rig_make(&rig, "");
	assert_int_equal(rig_run(&rig, "", "sample", "--answers", "3000",
			     "--days", "50", "--seed", "7", NULL),
	    0);
	make("r.json");
	read_made("r.json", &json);
	model = json_loads(buf_text(&json), 0, &error);
	if (model == NULL)
		fail_msg("%s", error.text);
	buf_finish(&json);
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	json_decref(model);
	rig_remove(&rig);
	return 0;
}

/* -------------------------------------------------------------------- parts */

struct part {
	char name[100];
	struct buf data;
};

/* The parts of a zip; returns how many. */
static size_t
unpack(const char *name, struct part *parts, size_t most)
{
	struct archive *archive = archive_read_new();
	struct archive_entry *entry;
	char chunk[8192];
	la_ssize_t got;
	size_t n = 0;

	archive_read_support_format_zip(archive);
	assert_int_equal(
	    archive_read_open_filename(archive, file_path(name), 8192), 0);
	while (archive_read_next_header(archive, &entry) == ARCHIVE_OK) {
		assert_true(n < most);
		snprintf(parts[n].name, sizeof(parts[n].name), "%s",
		    archive_entry_pathname(entry));
		buf_init(&parts[n].data);
		while ((got = archive_read_data(
			    archive, chunk, sizeof(chunk))) > 0)
			buf_add(&parts[n].data, chunk, (size_t)got);
		assert_int_equal(got, 0);
		n++;
	}
	archive_read_free(archive);
	return n;
}

static const struct buf *
part_named(const struct part *parts, size_t n, const char *name)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(parts[i].name, name) == 0)
			return &parts[i].data;
	return NULL;
}

static void
finish_parts(struct part *parts, size_t n)
{
	for (size_t i = 0; i < n; i++)
		buf_finish(&parts[i].data);
}

struct reading {
	const struct part *parts;
	size_t n;
	const char *folder; /* where relations of this part lead from */
	struct buf text;
};

static void
start(void *data, const XML_Char *name, const XML_Char **attributes)
{
	struct reading *r = data;
	char path[200];

	if (strcmp(name, "w:p") == 0 || strcmp(name, "w:tc") == 0)
		buf_putc(&r->text, '\n');
	if (strcmp(name, "Relationship") != 0)
		return;
	for (int i = 0; attributes[i] != NULL; i += 2)
		if (strcmp(attributes[i], "Target") == 0) {
			snprintf(path, sizeof(path), "%s%s", r->folder,
			    attributes[i + 1]);
			if (part_named(r->parts, r->n, path) == NULL)
				fail_msg("no part %s", path);
		}
}

static void
characters(void *data, const XML_Char *text, int n)
{
	struct reading *r = data;

	buf_add(&r->text, text, (size_t)n);
}

/* Well formed; relations lead to parts that are there; the text of it. */
static void
read_part(const struct part *parts, size_t n, const struct part *part,
    struct buf *text)
{
	struct reading r = {
	    parts, n, strstr(part->name, "word/_rels") ? "word/" : "", {0}};
	XML_Parser parser = XML_ParserCreate("UTF-8");

	if (strncmp(part->name, "xl/_rels", 8) == 0)
		r.folder = "xl/";
	buf_init(&r.text);
	XML_SetUserData(parser, &r);
	XML_SetElementHandler(parser, start, NULL);
	XML_SetCharacterDataHandler(parser, characters);
	if (XML_Parse(parser, buf_text(&part->data), (int)part->data.size, 1) !=
	    XML_STATUS_OK)
		fail_msg("%s: %s", part->name,
		    XML_ErrorString(XML_GetErrorCode(parser)));
	XML_ParserFree(parser);
	*text = r.text;
}

/* -------------------------------------------------------------------- tests */

static void
word_opens(void **state)
{
	struct part parts[40];
	const struct buf *document;
	struct buf text;
	size_t n;
	(void)state;

	make("r.docx");
	n = unpack("r.docx", parts, 40);
	assert_true(n >= 12);
	assert_string_equal(parts[0].name, "[Content_Types].xml");
	for (size_t i = 0; i < n; i++) {
		if (strstr(parts[i].name, ".png") != NULL)
			continue;
		read_part(parts, n, &parts[i], &text);
		if (strcmp(parts[i].name, "word/document.xml") == 0)
			says_all(buf_text(&text), parts[i].name, true);
		buf_finish(&text);
	}
	document = part_named(parts, n, "word/document.xml");
	assert_non_null(document);
	/* ND 30/2020: A4, margins, page number from page 2 on */
	assert_non_null(strstr(document->data,
	    "w:w=\"11906\" w:h=\"16838\"/><w:pgMar w:top=\"1134\" "
	    "w:right=\"850\" w:bottom=\"1134\" w:left=\"1701\""));
	assert_non_null(strstr(document->data, "<w:titlePg/>"));
	assert_non_null(strstr(document->data, "<w:tblHeader/>"));
	assert_non_null(strstr(document->data, "sdtContentLocked"));
	assert_non_null(
	    strstr(buf_text(part_named(parts, n, "word/styles.xml")),
		"Times New Roman"));
	finish_parts(parts, n);
}

static void
pdf_can_be_read(void **state)
{
	struct buf text;
	(void)state;

	make("r.pdf");
	/* without the page's number, which stands between a paragraph's lines
	 */
	run_tool(
	    "pdftotext -raw -nopgbrk -x 0 -y 50 -W 900 -H 900 r.pdf r.txt");
	read_made("r.txt", &text);
	says_all(buf_text(&text), "r.pdf", true);
	buf_finish(&text);
	/* every page can be drawn; all fonts are in it, no other one in use */
	run_tool("pdftoppm -r 20 -png r.pdf page");
	run_tool("! pdffonts r.pdf | tail -n +3 | "
		 "grep -v '+LiberationSerif.* yes yes yes '");
	run_tool("pdfinfo -struct r.pdf | grep -q Table");
}

/* HAILONG_OFFICE=1: what LibreOffice makes of ours (large, not always there).
 */
static void
office_opens_them(void **state)
{
	struct buf text;
	(void)state;

	if (getenv("HAILONG_OFFICE") == NULL)
		skip();
	make("r.docx");
	make("r.xlsx");
	run_tool(
	    "HOME=$PWD soffice --headless --convert-to pdf --outdir office "
	    "r.docx >office.log 2>&1 && "
	    "pdftotext -raw -nopgbrk -x 0 -y 50 -W 900 -H 900 "
	    "office/r.pdf office.txt");
	read_made("office.txt", &text);
	says_all(buf_text(&text), "r.docx in LibreOffice", true);
	buf_finish(&text);
	run_tool(
	    "HOME=$PWD soffice --headless --convert-to pdf --outdir office "
	    "r.xlsx >office.log 2>&1 && "
	    "test $(pdfinfo office/r.pdf | sed -n 's/Pages: *//p') -ge 9");
}

/* What was made up says so, wherever it is taken. */
static void
a_trial_says_so(void **state)
{
	const char *draft = json_string_value(
	    json_object_get(json_object_get(model, "head"), "draft"));
	(void)state;

	assert_non_null(strstr(draft,
	    "(Dữ liệu mẫu để dùng thử, không phải ý kiến của người dân"));
}

static void
csv_is_safe(void **state)
{
	struct buf text;
	(void)state;

	make("r.csv");
	read_made("r.csv", &text);
	assert_int_equal(strncmp(text.data, "\xef\xbb\xbf", 3), 0);
	says_all(buf_text(&text), "r.csv", false);
	assert_non_null(strstr(text.data, "\r\nTổng cộng,"));
	/* a line of words that would run as a formula does not */
	assert_null(strstr(text.data, "\r\n- "));
	assert_null(strstr(text.data, "\r\n\"- "));
	buf_finish(&text);
	assert_int_equal(rig_run(&rig, "", "report", "--period", PERIOD,
			     "--semicolon", "-o", file_path("s.csv"), NULL),
	    0);
	read_made("s.csv", &text);
	assert_non_null(strstr(text.data, "\r\nTổng cộng;"));
	buf_finish(&text);
}

/* What the reader of the offices' spreadsheets finds in ours. */
struct sheets {
	struct buf words;
	size_t sheets, numbers;
};

static bool
see_sheet(void *context, const char *name)
{
	struct sheets *s = context;

	buf_printf(&s->words, "\n[%s]\n", name);
	s->sheets++;
	return true;
}

static enum table_go
see_row(void *context, const struct table_row *row)
{
	struct sheets *s = context;

	for (size_t i = 0; i < row->ncells; i++) {
		char *end;

		strtod(row->cells[i], &end);
		s->numbers += row->cells[i][0] != '\0' && *end == '\0';
		buf_printf(&s->words, "%s\n", row->cells[i]);
	}
	return TABLE_ON;
}

static void
spreadsheet_has_numbers(void **state)
{
	struct sheets s = {.sheets = 0};
	struct table_taker taker = {see_sheet, see_row, &s};
	struct part parts[60];
	char error[300];
	struct buf text;
	size_t n;
	(void)state;

	make("r.xlsx");
	buf_init(&s.words);
	if (!table_read(file_path("r.xlsx"), &taker, error, sizeof(error)))
		fail_msg("%s", error);
	says_all(buf_text(&s.words), "r.xlsx", false);
	/* the words, the method, and each table on a sheet of its own */
	assert_true(s.sheets >= 10);
	assert_non_null(strstr(s.words.data, "[Báo cáo]"));
	assert_non_null(strstr(s.words.data, "[Bảng 3]"));
	assert_non_null(strstr(s.words.data, "[Cách tính]"));
	assert_true(s.numbers > 500);
	buf_finish(&s.words);
	n = unpack("r.xlsx", parts, 60);
	for (size_t i = 0; i < n; i++) {
		read_part(parts, n, &parts[i], &text);
		buf_finish(&text);
		if (strstr(parts[i].name, "worksheets/sheet3.xml") != NULL)
			assert_non_null(
			    strstr(parts[i].data.data, "state=\"frozen\""));
		assert_null(strstr(buf_text(&parts[i].data), "<f>"));
	}
	finish_parts(parts, n);
}

static void
is_the_same_again(void **state)
{
	static const char *const names[] = {
	    "json", "csv", "docx", "pdf", "xlsx"};
	(void)state;

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		char one[20], two[20];
		struct buf a, b;

		snprintf(one, sizeof(one), "one.%s", names[i]);
		snprintf(two, sizeof(two), "two.%s", names[i]);
		make(one);
		make(two);
		read_made(one, &a);
		read_made(two, &b);
		if (a.size != b.size || memcmp(a.data, b.data, a.size) != 0)
			fail_msg("%s differs", names[i]);
		buf_finish(&a);
		buf_finish(&b);
	}
}

/* Every answer once, in a row of its own, without what tells whose it is. */
static void
exports_answers(void **state)
{
	static const char *const kinds[] = {"csv", "json", "xlsx"};
	static const char head[] =
	    "\xef\xbb\xbf"
	    "day,unit,desk,field,channel,form,form_version,overall,scores,"
	    "reasons,assisted,set_aside\r\n2026-";
	struct sheets s = {.sheets = 0};
	struct table_taker taker = {see_sheet, see_row, &s};
	char error[300];
	struct buf file;
	json_t *rows, *row;
	size_t i, lines = 0;
	(void)state;

	for (i = 0; i < 3; i++) {
		char name[20];

		snprintf(name, sizeof(name), "a.%s", kinds[i]);
		if (rig_run(&rig, "", "export", "answers", "--period", "2026",
			"-o", file_path(name), NULL) != 0 ||
		    strstr(rig.said, "3000 answers") == NULL)
			fail_msg("%s", rig.said);
	}
	read_made("a.csv", &file);
	assert_int_equal(strncmp(file.data, head, strlen(head)), 0);
	for (const char *c = file.data; (c = strstr(c, "\r\n")) != NULL; c++)
		lines++;
	assert_int_equal(lines, 3001);
	buf_finish(&file);
	read_made("a.json", &file);
	rows = json_loads(buf_text(&file), 0, NULL);
	assert_int_equal(json_array_size(rows), 3000);
	json_array_foreach (rows, i, row) {
		assert_int_equal(json_object_size(row), 12);
		assert_true(json_is_integer(json_object_get(row, "overall")));
		assert_null(json_object_get(row, "id"));
	}
	json_decref(rows);
	buf_finish(&file);
	buf_init(&s.words);
	if (!table_read(file_path("a.xlsx"), &taker, error, sizeof(error)))
		fail_msg("%s", error);
	assert_true(s.numbers >= 6000);
	buf_finish(&s.words);
	assert_int_equal(rig_run(&rig, "", "export", "answers", "--period",
			     "2026", "-o", file_path("a.pdf"), NULL),
	    2);
	assert_int_equal(rig_run(&rig, "", "export", "answers", "--period",
			     "2026", "-o", "/nowhere/a.csv", NULL),
	    1);
	assert_string_equal(
	    rig_sql(&rig, "SELECT COUNT(*) FROM audit WHERE act = "
			  "'answer.export'"),
	    "3");
}

static void
refuses(void **state)
{
	static const struct {
		const char *words[8];
		int status;
		const char *said;
	} rows[] = {
	    {{"--period", PERIOD}, 2, "FILE.(docx|pdf|xlsx|csv|json)"},
	    {{"-o", "r.pdf"}, 2, "FILE.(docx|pdf|xlsx|csv|json)"},
	    {{"--period", PERIOD, "-o", "r.doc"}, 2, "-o: the file must end"},
	    {{"--period", PERIOD, "-o", "pdf"}, 2, "-o: the file must end"},
	    {{"--period", "2026-Q5", "-o", "r.pdf"}, 1, "period: one of"},
	    {{"--period", PERIOD, "--unit", "0", "-o", "r.pdf"}, 1,
		"unit: no such unit"},
	    {{"--period", PERIOD, "--field", "0", "-o", "r.pdf"}, 1,
		"field: no such field"},
	    {{"--period", PERIOD, "--channel", "fax", "-o", "r.pdf"}, 1,
		"channel: one of"},
	    {{"--period", PERIOD, "-o", "/nowhere/r.json"}, 1,
		"/nowhere/r.json: No such file"},
	};
	(void)state;

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const char *const *w = rows[i].words;

		assert_int_equal(rig_run(&rig, "", "report", w[0], w[1], w[2],
				     w[3], w[4], w[5], NULL),
		    rows[i].status);
		if (strstr(rig.said, rows[i].said) == NULL)
			fail_msg("%s: %s", rows[i].said, rig.said);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(word_opens),
	    cmocka_unit_test(pdf_can_be_read),
	    cmocka_unit_test(office_opens_them),
	    cmocka_unit_test(a_trial_says_so),
	    cmocka_unit_test(csv_is_safe),
	    cmocka_unit_test(spreadsheet_has_numbers),
	    cmocka_unit_test(is_the_same_again),
	    cmocka_unit_test(exports_answers),
	    cmocka_unit_test(refuses),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
