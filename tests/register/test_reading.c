/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Registers as offices export them, from files: how many dossiers are taken, or
 * the words with which the table or its first bad row is refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "server/core/catalogue/catalogue.h"
#include "server/register/reading.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "shared/arena.h"
#include "shared/buf.h"
#include "shared/civil.h"
#include "shared/utf8.h"

#define HEAD                                                                   \
	"code,unit,field,procedure,received_at,due_at,finished_at,outcome,"    \
	"phone,consent"
#define ONE                                                                    \
	"H11.35-261102-0001,22969,dat-dai,1.002425,2026-11-02,2026-11-12,"     \
	"2026-11-10,granted,0912345678,1"
#define TWO                                                                    \
	"H11.35-261102-0002,22969,ho-tich,1.002426,2026-11-02,2026-11-12,,,"   \
	",0"
/* with one cell another */
#define RECEIVED(day)                                                          \
	"H11.35-261102-0001,22969,dat-dai,1.002425," day                       \
	",2026-11-12,2026-11-10,granted,0912345678,1"
#define FINISHED(day)                                                          \
	"H11.35-261102-0001,22969,dat-dai,1.002425,2026-11-02,2026-11-12," day \
	",granted,0912345678,1"
#define UNIT(words)                                                            \
	"H11.35-261102-0001," words                                            \
	",dat-dai,1.002425,2026-11-02,2026-11-12,2026-11-10,granted,"          \
	"0912345678,1"
#define PHONE(words)                                                           \
	"H11.35-261102-0001,22969,dat-dai,1.002425,2026-11-02,2026-11-12,"     \
	"2026-11-10,granted," words ",1"
#define SEMICOLONS                                                             \
	"code;unit;field;procedure;received_at;due_at;finished_at;outcome;"    \
	"phone;consent\r\nH11.35-261102-0001;22969;dat-dai;1.002425;"          \
	"2026-11-02;2026-11-12;2026-11-10;granted;0912345678;1\r\n"
#define TABS                                                                   \
	"code\tunit\tfield\tprocedure\treceived_at\tdue_at\tfinished_at\t"     \
	"outcome\tphone\tconsent\nH11.35-261102-0001\t22969\tdat-dai\t"        \
	"1.002425\t2026-11-02\t2026-11-12\t2026-11-10\tgranted\t"              \
	"0912345678\t1\n"
#define OUTCOME(words)                                                         \
	"H11.35-261102-0001,22969,dat-dai,1.002425,2026-11-02,2026-11-12,"     \
	"2026-11-10," words ",0912345678,1"
#define VIETNAMESE_NAMES                                                                       \
	"STT;Mã hồ sơ;Đơn vị giải quyết;Lĩnh vực;Mã TTHC;Ngày tiếp nhận;" \
	"Ngày hẹn trả (dd/mm/yyyy);NGÀY TRẢ KẾT QUẢ;Trạng thái hồ sơ;"       \
	"Số điện thoại *;Đồng ý nhắn tin"
#define VIETNAMESE VIETNAMESE_NAMES "\n"
#define VIETNAMESE_ONE                                                          \
	"1;H11.35-261102-0001;Thị trấn Liên Hương;Đất đai;1.002425;" \
	"02/11/2026 08:10:00;12/11/2026;10/11/2026;Đã trả kết quả;"     \
	"912345678;Có\n"
#define NBSP "\xC2\xA0"

static struct unit units[] = {
    {"22969", "", "town", "Thị trấn Liên Hương", 0, INT32_MAX},
    {"22972", "", "commune", "Xã Phan Dũng", 0, INT32_MAX}};
static struct field fields[] = {
    {"dat-dai", "Đất đai", "land-construction-investment"},
    {"ho-tich", "Hộ tịch", ""}};
static const struct catalogue known = {
    .units = units, .nunits = 2, .fields = fields, .nfields = 2};

static const struct {
	const char *name, *text;
	int taken; /* -1: refused */
	const char
	    *refused; /* how the sentence begins, "LINE: words" of a row */
} cases[] = {
    {"plain", HEAD "\n" ONE "\n" TWO "\n", 2, ""},
    {"mark", "\xEF\xBB\xBF" HEAD "\n" ONE "\n", 1, ""},
    {"semicolons", SEMICOLONS, 1, ""},
    {"tabs", TABS, 1, ""},
    {"sep=;", "sep=;\r\n" SEMICOLONS, 1, ""},
    {"SEP=;", "SEP=;\n" SEMICOLONS, 1, ""},
    {"sep= behind a mark", "\xEF\xBB\xBFsep=;\r\n" SEMICOLONS, 1, ""},
    {"sep= a tab", "sep=\t\n" TABS, 1, ""},
    {"lines behind sep= are counted",
	"sep=,\n" HEAD "\n" ONE "\n" UNIT("1") "\n", -1, "4: unit: no such"},
    {"empty columns", HEAD ",,,\n" ONE ",,,\n" TWO ",,,\n", 2, ""},
    {"empty columns of the header alone", HEAD ",\n" ONE ",\n", 1, ""},
    {"cells beyond the header, empty", HEAD "\n" ONE ",,\n", 1, ""},
    {"a cell beyond the header", HEAD "\n" ONE ",x\n", -1,
	"2: not as many cells"},
    {"a row too short", HEAD "\nH11.35-261102-0001,22969\n", -1,
	"2: not as many cells"},
    {"empty rows", HEAD "\n" ONE "\n,,,,,,,,,\n\n , ,,,,,,,,\n" TWO "\n", 2,
	""},
    {"capitals",
	"Code,UNIT,Field,Procedure,Received_At,DUE_AT,finished_at,OUTCOME,"
	"Phone,Consent\n" ONE "\n",
	1, ""},
    {"blanks in the header",
	" code ,unit" NBSP ",field,procedure,received_at,due_at,finished_at,"
	"outcome,phone,consent\n" ONE "\n",
	1, ""},
    {"a column of their own", HEAD ",ghi chú\n" ONE ",abc\n" TWO ",\n", 2, ""},
    {"title lines",
	"DANH SÁCH HỒ SƠ,,,,,,,,,\n,,,,,,,,,\n" HEAD "\n" ONE "\n" TWO "\n", 2,
	""},
    {"title lines of one cell",
	"DANH SÁCH HỒ SƠ\n\nTháng 11\n" HEAD "\n" ONE "\n", 1, ""},
    {"blank behind a value", HEAD "\n" UNIT("22969 ") "\n", 1, ""},
    {"no-break space", HEAD "\n" UNIT("22969" NBSP) "\n", 1, ""},
    {"no width",
	HEAD "\n" UNIT("\xE2\x80\x8B"
		       "22969") "\n",
	1, ""},
    {"unit by name", HEAD "\n" UNIT("Thị trấn Liên Hương") "\n", 1, ""},
    {"unit by name, as typed", HEAD "\n" UNIT("thi tran LIEN HUONG") "\n", 1,
	""},
    {"no such name", HEAD "\n" UNIT("Xã Không Có") "\n", -1,
	"2: unit: no such unit: \"Xã Không Có\""},
    {"day first", HEAD "\n" RECEIVED("2/11/2026") "\n", 1, ""},
    {"day first, two digits", HEAD "\n" RECEIVED("02/11/2026") "\n", 1, ""},
    {"day first, hyphens", HEAD "\n" RECEIVED("02-11-2026") "\n", 1, ""},
    {"day first, a time", HEAD "\n" RECEIVED("02/11/2026 08:10") "\n", 1, ""},
    {"SQL", HEAD "\n" RECEIVED("2026-11-02 08:10:00") "\n", 1, ""},
    {"month first", HEAD "\n" RECEIVED("11/22/2026") "\n", -1,
	"2: received_at: neither"},
    {"two digits of a year", HEAD "\n" RECEIVED("02/11/26") "\n", -1,
	"2: received_at: neither"},
    {"mixed signs", HEAD "\n" RECEIVED("02/11-2026") "\n", -1,
	"2: received_at: neither"},
    {"hour 25", HEAD "\n" RECEIVED("2026-11-02 25:10") "\n", -1,
	"2: received_at: neither"},
    {"year 226", HEAD "\n" RECEIVED("0226-11-02") "\n", -1,
	"2: received_at: the year cannot be right: \"0226-11-02\""},
    {"year 1900", HEAD "\n" RECEIVED("01/01/1900") "\n", -1,
	"2: received_at: the year"},
    {"finished in 2062", HEAD "\n" FINISHED("2062-11-10") "\n", -1,
	"2: finished_at: this day has not come yet: \"2062-11-10\""},
    {"received tomorrow", HEAD "\n" RECEIVED("2026-12-02") "\n", -1,
	"2: received_at: this day"},
    {"an amount", HEAD "\n" PHONE("912345678.0") "\n", 1, ""},
    {"an amount without zero", HEAD "\n" PHONE("912345678") "\n", 1, ""},
    {"upright strokes",
	"code|unit|field|procedure|received_at|due_at|finished_at|outcome|"
	"phone|consent\nH11.35-261102-0001|22969|dat-dai|1.002425|2026-11-02|"
	"2026-11-12|2026-11-10|granted|0912345678|1\n",
	1, ""},
    {"header in Vietnamese", VIETNAMESE VIETNAMESE_ONE, 1, ""},
    {"header in Vietnamese below titles",
	"UBND HUYỆN TUY PHONG;;;\n;;;\nDANH SÁCH HỒ SƠ THÁNG 11;;;\n" VIETNAMESE
	    VIETNAMESE_ONE,
	1, ""},
    {"the surer of two names", HEAD ",Ngày trả\n" ONE ",01/01/2020\n", 1, ""},
    {"two names equally sure", VIETNAMESE_NAMES ";Mã hồ sơ\n", -1,
	"column \"Mã hồ sơ\" is there"},
    {"outcome in words", HEAD "\n" OUTCOME("Đã trả kết quả") "\n", 1, ""},
    {"outcome in capitals", HEAD "\n" OUTCOME("GRANTED") "\n", 1, ""},
    {"no such outcome", HEAD "\n" OUTCOME("xong") "\n", -1,
	"2: outcome: one of granted, refused, withdrawn, returned: \"xong\""},
    {"Excel's days", HEAD "\n" RECEIVED("46328") "\n", 1, ""},
    {"Excel's days and hours", HEAD "\n" RECEIVED("46328.34") "\n", 1, ""},
    {"a number that is no day", HEAD "\n" RECEIVED("20261102") "\n", -1,
	"2: received_at: neither YYYY-MM-DD nor DD/MM/YYYY nor a time: "
	"\"20261102\""},
    {"a telephone number among days is not told",
	HEAD "\n" RECEIVED("0912345678") "\n", -1,
	"2: received_at: neither YYYY-MM-DD nor DD/MM/YYYY nor a time"},
    {"before the year 2000", HEAD "\n" RECEIVED("31/12/1999") "\n", -1,
	"2: received_at: the year cannot be right: \"31/12/1999\""},
    {"day and month changed about", HEAD "\n" RECEIVED("11/02/2026") "\n", -1,
	"2: received_at: more than 30 days from the date in the code (day and "
	"month changed about?): \"11/02/2026\""},
    {"31 days before the code's date", HEAD "\n" RECEIVED("02/10/2026") "\n",
	-1, "2: received_at: more than 30 days"},
    {"due in two years",
	HEAD "\nH11.35-261102-0001,22969,dat-dai,1.002425,2026-11-02,"
	     "2028-11-12,,,,0\n",
	-1, "2: due_at: the year cannot be right: \"2028-11-12\""},
    {"finished before it was received", HEAD "\n" FINISHED("01/11/2026") "\n",
	-1, "2: finished_at: before received_at: \"01/11/2026\""},
    {"twice the same", HEAD "\n" ONE "\n" ONE "\n", 2, ""},
    {"twice with other words", HEAD "\n" ONE "\n" FINISHED("2026-11-09") "\n",
	-1,
	"3: code: the same as on line 2 (H11.35-261102-0001), but other words"},
    {"an apostrophe against calculating", HEAD "\n" PHONE("'+84912345678") "\n",
	1, ""},
    {"a quote never closed", HEAD "\n" ONE "\n\"abc\n", -1,
	"line 3: a quote is opened"},
    {"not UTF-8", HEAD "\n" UNIT("\xE1\xBB") "\n", -1, "line 2: not UTF-8"},
    {"a PDF", "%PDF-1.7\n", -1, "this is a PDF"},
    {"XML of 2003", "<?xml version=\"1.0\"?><Workbook>", -1,
	"this is a web page's table"},
    {"web page", "<html><table><tr><td>code</td></tr></table></html>", -1,
	"this is a web page's table"},
    {"web page behind blanks", "\xEF\xBB\xBF\r\n <!DOCTYPE html>\n", -1,
	"this is a web page's table"},
    {"nothing", "", -1, "the table is empty"},
    {"no header", ONE "\n" TWO "\n", -1, "column \"code\" is missing"},
    {"a column less", "code,unit\nH11.35-261102-0001,22969\n", -1,
	"column \"field\" is missing"},
    {"a column twice", HEAD ",Unit\n" ONE ",22969\n", -1,
	"column \"Unit\" is there twice"},
};

static char path[] = "/tmp/hailong-register-XXXXXX";

struct taking {
	int taken;
	char *sentence;
};

static bool
take_good(void *context, const struct dossier *d, int line)
{
	struct taking *t = context;

	(void)line;
	/* every mobile of the table is the same one */
	if (d->phone[0] != '\0')
		assert_string_equal(d->phone, "+84912345678");
	assert_int_equal(civil_local_day(d->received_at),
	    civil_to_day((struct civil){2026, 11, 2}));
	t->taken++;
	return true;
}

/* The first one is told. */
static bool
take_bad(void *context, const struct table_row *row, const char *why)
{
	struct taking *t = context;

	if (t->sentence[0] == '\0')
		snprintf(t->sentence, 400, "%d: %s", row->line, why);
	return true;
}

static void
write_register(const void *data, size_t size)
{
	FILE *f = fopen(path, "wb");

	assert_non_null(f);
	assert_int_equal(fwrite(data, 1, size, f), size);
	assert_int_equal(fclose(f), 0);
}

/* Reads all of it; the number of dossiers, or -1 with the sentence. */
static int
take_register(const char *text, size_t size, char sentence[400])
{
	struct taking t = {0, sentence};
	struct register_found found = {0};
	struct dossier_names names;
	struct arena a;
	const struct register_file file = {.path = path,
	    .names = &names,
	    .today = civil_to_day((struct civil){2026, 12, 1})};
	const struct register_sink sink = {take_good, take_bad, &t};
	bool ok;

	arena_init(&a);
	dossier_names_make(&a, &known, &names);
	sentence[0] = '\0';
	write_register(text, size);
	ok = register_file_read(&file, &sink, &found);
	if (!ok)
		snprintf(sentence, 400, "%s", found.error);
	register_found_finish(&found);
	arena_finish(&a);
	return ok && sentence[0] == '\0' ? t.taken : -1;
}

static void
assert_taken(size_t i, const char *text, size_t size, const char *how)
{
	char sentence[400];
	int taken = take_register(text, size, sentence);

	if (taken != cases[i].taken ||
	    strncmp(sentence, cases[i].refused, strlen(cases[i].refused)) != 0)
		fail_msg("%s%s: %d, %s", cases[i].name, how, taken, sentence);
}

static void
test_registers(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		assert_taken(i, cases[i].text, strlen(cases[i].text), "");
}

/* Each of them as the spreadsheet's "Unicode text", both ways round. */
static void
test_utf16(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		for (int little = 0; little < 2; little++) {
			const char *at = cases[i].text;
			struct buf out;

			if (!utf8_whole(at, strlen(at)) || *at == '%')
				continue; /* there is no such UTF-16 */

			if (strncmp(at, "\xEF\xBB\xBF", 3) == 0)
				at += 3;
			buf_init(&out);
			buf_add(&out, little ? "\xFF\xFE" : "\xFE\xFF", 2);
			while (*at != '\0') {
				uint32_t c;

				at += utf8_next(at, &c);
				buf_putc(&out, (char)(little ? c : c >> 8));
				buf_putc(&out, (char)(little ? c >> 8 : c));
			}
			assert_taken(
			    i, out.data, out.size, little ? ", LE" : ", BE");
			buf_finish(&out);
		}
}

static void
test_left_aside(void **state)
{
	static const char text[] = HEAD ",ghi chú,,Người nhận\n" ONE ",,,\n";
	static char sentence[400];
	struct taking t = {0, sentence};
	struct register_found found = {0};
	struct dossier_names names;
	struct arena a;
	const struct register_file file = {.path = path,
	    .names = &names,
	    .today = civil_to_day((struct civil){2026, 12, 1})};
	const struct register_sink sink = {take_good, take_bad, &t};

	(void)state;
	arena_init(&a);
	dossier_names_make(&a, &known, &names);
	write_register(text, strlen(text));
	assert_true(register_file_read(&file, &sink, &found));
	assert_string_equal(
	    found.head.left_aside, "\"ghi chú\", \"Người nhận\"");
	register_found_finish(&found);
	arena_finish(&a);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_registers),
	    cmocka_unit_test(test_utf16),
	    cmocka_unit_test(test_left_aside),
	};

	int failed, fd = mkstemp(path);

	if (fd < 0)
		return 1;
	close(fd);
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	unlink(path);
	return failed;
}
