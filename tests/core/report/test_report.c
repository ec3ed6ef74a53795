/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The model of the official report: what stands in it, that it depends on its
 * source alone, and that a verdict's sentence never promises what a period
 * cannot bring.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "tests/core/district.h"

#include <stdlib.h>
#include <string.h>
#include "server/core/report/capitals.h"
#include "server/core/report/report.h"
#include "server/core/report/scheme.h"
#include "server/core/report/sentence.h"
#include "shared/buf.h"

/* A quarter of the district: A misses its target, B reaches it, D is silent. */
struct paper {
	struct said said;
	struct report_source source;
	struct report report;
	struct buf json;
};

static struct dossier_count dossiers[] = {
    {.unit = "A",
	.field = "civil",
	.n = {[DOSSIERS_FINISHED] = 1500, [DOSSIERS_LATE] = 12},
	.tied = 90},
    {.unit = "B", .field = "land", .n = {[DOSSIERS_FINISHED] = 900}},
};
static struct report_aside asides[] = {
    {"A", "civil", "kiosk", "one-stop", "test", {0, 3, 0, 0, 1, 0}},
    {"A", "civil", "sms", "one-stop", "abuse", {0, 5, 0, 0, 0, 0}},
    {"B", "land", "kiosk", "one-stop", "test", {1, 0, 0, 0, 0, 2}},
    {"B", "land", "kiosk", "sipas", "test", {0, 0, 0, 0, 0, 50}},
};
static struct report_asked askeds[] = {{"A", "civil", 200}};
static struct report_text texts[] = {
    {"head.agency", "Ủy ban nhân dân huyện Tuy Phong"},
    {"text.causes", "Thiếu cán bộ."},
    {"text.remedies", "  \n"},
};
static struct report_explanation explanations[] = {
    {"A", "", "tthc", "Phần mềm gián đoạn.", "Lan", "accepted", 20100, 7, 5}};
static struct report_measure measures[] = {
    {"A", "civil", "Bố trí thêm cán bộ", "Ông B", 20095, "open", "", "2024-Q4"},
    {"A", "", "Sửa phần mềm", "Bà C", 20200, "done", "đã xong", "2024-Q3"},
};

#define ROWS(to, from)                                                         \
	do {                                                                   \
		p->source.to = from;                                           \
		p->source.n##to = sizeof(from) / sizeof((from)[0]);            \
	} while (0)

static void
fill(struct paper *p)
{
	struct tally_key key = answer_at("A1", "civil");

	say(&p->said, key, 200, 150);
	key.channel = "sms";
	say(&p->said, key, 100, 70);
	say(&p->said, answer_at("B1", "land"), 400, 396);
	for (size_t i = 0; i < p->said.tallies.count; i++)
		p->said.tallies.rows[i].key.day = 0;
	p->source = (struct report_source){.catalogue = &district,
	    .period = {.day = DISTRICT_DAY + 100,
		.state = REPORT_ENDED,
		.closed_by = "",
		.confirmed_by = ""},
	    .filter = {"", false, "", "", ""},
	    .tallies = p->said.tallies,
	    .dossiers = {dossiers, 2}};
	assert_true(
	    period_parse("2024-Q4", PERIOD_CALENDAR, &p->source.period.period));
	ROWS(aside, asides);
	ROWS(asked, askeds);
	ROWS(texts, texts);
	ROWS(explanations, explanations);
	ROWS(measures, measures);
}

static void
paper_open(struct paper *p)
{
	memset(p, 0, sizeof(*p));
	district_open(&p->said);
	fill(p);
	buf_init(&p->json);
}

static void
paper_make(struct paper *p)
{
	report_source_sort(&p->source);
	report_build(&p->source, LANG_VI, &p->said.arena, &p->report);
	buf_clear(&p->json);
	report_json(&p->report, &p->json);
}

static void
paper_close(struct paper *p)
{
	buf_finish(&p->json);
	p->said.tallies = p->source.tallies;
	district_close(&p->said);
}

static const struct report_table *
table_of(const struct paper *p, const char *key)
{
	for (size_t i = 0; i < p->report.ntables; i++)
		if (strcmp(p->report.tables[i]->key, key) == 0)
			return p->report.tables[i];
	return NULL;
}

/* The printed cell of a row (by code, "" the total) and column. */
static const struct report_cell *
cell_of(const struct paper *p, const char *table, const char *code,
    const char *column)
{
	const struct report_table *t = table_of(p, table);

	assert_non_null(t);
	for (size_t i = 0; i < t->nrows; i++)
		for (size_t k = 0; k < t->ncolumns; k++)
			if (strcmp(t->rows[i].code, code) == 0 &&
			    strcmp(t->columns[k].key, column) == 0)
				return &t->rows[i].cells[k];
	fail_msg("%s: no %s of %s", table, column, code);
	return NULL;
}

static void
shows_the_figures(void **state)
{
	static const struct {
		const char *table, *row, *column, *words;
	} cells[] = {
	    {"targets", "tthc", "valid", "700"},
	    {"targets", "tthc", "dossiers", "2.400"},
	    {"targets", "tthc", "share", "88,0"},
	    {"targets", "tthc-land", "target", "85"},
	    {"targets", "tthc-land", "verdict", "Đạt"},
	    {"targets", "agency", "verdict", "Chưa có dữ liệu"},
	    {"units", "A", "dossiers", "1.500"},
	    {"units", "A", "asked", "200"},
	    {"units", "B", "asked", ""},
	    {"units", "A", "valid", "300"},
	    {"units", "A", "n5", "220"},
	    {"units", "A", "p5", "73,3"},
	    {"units", "A", "n2", "80"},
	    {"units", "A", "n1", "0"},
	    {"units", "A", "share", "73,3"},
	    {"units", "A", "verdict", "Chưa đạt"},
	    {"units", "B", "share", "99,0"},
	    {"units", "B", "verdict", "Đạt"},
	    {"units", "D", "verdict", "Chưa có dữ liệu"},
	    {"units", "D", "share", ""},
	    {"units", "", "name", "Tổng cộng"},
	    {"units", "", "valid", "700"},
	    {"units", "", "share", "88,0"}, /* not (73,3 + 99) / 2 */
	    {"fields", "civil", "share", "73,3"},
	    {"fields", "land", "target", "85"},
	    {"channels", "sms", "part", "14,3"},
	    {"channels", "sms", "share", "70,0"},
	    {"channels", "paper", "valid", "0"},
	    {"coverage", "A", "late", "12"},
	    {"coverage", "A", "coverage", "20,0"},
	    {"coverage", "A", "tied", "90"},
	    {"coverage", "", "coverage", "29,2"},
	    {"aside", "abuse", "answers", "5"},
	    {"aside", "test", "answers", "7"}, /* sipas is another population */
	    {"aside", "", "answers", "12"},
	    {"measures", "A", "state", "Đã hoàn thành: đã xong"},
	    {"explanations", "A", "words",
		"Phần mềm gián đoạn.\nHồ sơ trễ hẹn: 7; đã xin lỗi: 5; chưa "
		"xin "
		"lỗi: 2."},
	};
	struct paper p;
	(void)state;

	paper_open(&p);
	paper_make(&p);
	for (size_t i = 0; i < sizeof(cells) / sizeof(cells[0]); i++)
		assert_string_equal(
		    cell_of(&p, cells[i].table, cells[i].row, cells[i].column)
			->text,
		    cells[i].words);
	assert_null(table_of(&p, "criteria.tthc"));
	paper_close(&p);
}

static void
has_words_around_them(void **state)
{
	static const char *const words[] = {"ỦY BAN NHÂN DÂN HUYỆN TUY PHONG",
	    "\"period\":\"Quý IV năm 2024\"", "ngày 12 tháng 01 năm 2025",
	    "I. TÌNH HÌNH TRIỂN KHAI", "II. KẾT QUẢ", "III. NHẬN XÉT, ĐÁNH GIÁ",
	    "IV. GIẢI PHÁP, KIẾN NGHỊ", "Thiếu cán bộ.",
	    "Yêu cầu các đơn vị phụ trách",
	    "- Các đơn vị chưa đạt chỉ tiêu: Thị trấn.",
	    "- Có 12 hồ sơ trả kết quả trễ hạn",
	    "Có 12 phiếu để ngoài, không tính vào kết quả",
	    "nếu tính cả các phiếu để ngoài: 87,1%", "Quá hạn",
	    "Số liệu chưa chốt", "- Lưu: VT."};
	static const char *const never[] = {
	    "có ý nghĩa thống kê", "cần thêm khoảng", "{", "}"};
	struct paper p;
	(void)state;

	paper_open(&p);
	paper_make(&p);
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (strstr(buf_text(&p.json), words[i]) == NULL)
			fail_msg(
			    "%s\nis not in %s", words[i], buf_text(&p.json));
	for (size_t i = 0; i < p.report.nblocks; i++)
		for (size_t k = 0; k < sizeof(never) / sizeof(never[0]); k++)
			assert_null(strstr(p.report.blocks[i].text, never[k]));
	paper_close(&p);
}

/* Whatever order the rows came in, and however often it is made. */
static void
depends_on_its_source_alone(void **state)
{
	struct paper p;
	struct buf first;
	(void)state;

	paper_open(&p);
	paper_make(&p);
	buf_init(&first);
	buf_puts(&first, buf_text(&p.json));
	for (int round = 0; round < 20; round++) {
		struct report_aside row = asides[round % 3];
		struct tally t = p.source.tallies.rows[0];

		asides[round % 3] = asides[3];
		asides[3] = row;
		p.source.tallies.rows[0] = p.source.tallies.rows[round % 3];
		p.source.tallies.rows[round % 3] = t;
		paper_make(&p);
		assert_string_equal(buf_text(&p.json), buf_text(&first));
	}
	buf_finish(&first);
	paper_close(&p);
}

static void
says_what_narrows_it(void **state)
{
	static const struct {
		struct report_filter filter;
		const char *words, *share;
	} rows[] = {
	    {{"", false, "", "", ""}, "", "88,0"},
	    {{"A", false, "", "", ""}, "(Phạm vi số liệu: Thị trấn)", "73,3"},
	    {{"D", true, "", "", ""},
		"(Phạm vi số liệu: Huyện, không gồm đơn vị trực thuộc)", ""},
	    {{"", false, "B", "", ""}, "(Phạm vi số liệu: Xã)", "99,0"},
	    {{"", false, "", "civil", ""},
		"(Phạm vi số liệu: lĩnh vực Hộ tịch)", "73,3"},
	    {{"", false, "", "", "sms"}, "(Phạm vi số liệu: chỉ kênh Tin nhắn)",
		"70,0"},
	    {{"A", false, "", "civil", "kiosk"},
		"(Phạm vi số liệu: Thị trấn; lĩnh vực Hộ tịch; chỉ kênh Máy "
		"đánh giá)",
		"75,0"},
	};
	struct paper p;
	(void)state;

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		paper_open(&p);
		p.source.filter = rows[i].filter;
		paper_make(&p);
		assert_string_equal(p.report.head.filter, rows[i].words);
		assert_string_equal(
		    cell_of(&p, "targets", "tthc", "share")->text,
		    rows[i].share);
		paper_close(&p);
	}
}

/* Fewer than the setting: no figure of them anywhere, in any form. */
static void
hides_small_groups(void **state)
{
	struct paper p;
	(void)state;

	paper_open(&p);
	say(&p.said, answer_at("D1", "crop"), 4, 1);
	p.source.tallies = p.said.tallies;
	p.source.tallies.rows[p.source.tallies.count - 1].key.day = 0;
	p.source.least = 5;
	paper_make(&p);
	assert_string_equal(
	    cell_of(&p, "units", "D", "valid")->text, "giữ kín");
	assert_int_equal(
	    cell_of(&p, "units", "D", "valid")->kind, REPORT_CELL_TEXT);
	assert_string_equal(cell_of(&p, "units", "D", "n5")->text, "");
	assert_string_equal(cell_of(&p, "fields", "crop", "share")->text, "");
	paper_close(&p);
}

/* How many answers are still needed is said only of an open period, and only
 * up to what it can bring; never of one that has ended. */
static void
promises_nothing_of_an_ended_period(void **state)
{
	static const struct {
		int64_t x, n, dossiers; /* -1: not known */
		bool more;              /* said while it is open */
		bool hard;
	} rows[] = {
	    {95, 100, -1, true, false},
	    {91, 100, -1, false, true}, /* 3.358 of ten times 100 */
	    {91, 100, 1000, true, false},
	    {91, 100, 500, true, false},
	    {899, 1000, -1, false, true}, /* 288.357, as a page once said */
	    {899, 1000, 200000, true, false},
	    {899, 1000, 1100, true, false},
	    {90, 100, 400, false, false}, /* just the target */
	    {27, 30, -1, false, false},
	    {30, 30, -1, true, false},
	    {366, 400, -1, true, false},
	    {183, 200, -1, true, false},
	    {9, 10, -1, false, false}, /* too few */
	    {0, 0, 50, false, false},
	    {50, 50, 40, false, false}, /* invalid */
	    {300, 300, 900, false, false},
	};
	(void)state;

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		for (int ended = 0; ended < 2; ended++) {
			struct dossier_count d = {.unit = "A",
			    .field = "civil",
			    .n = {rows[i].dossiers}};
			struct dossier_counts counts = {&d, 1};
			struct score_query query = {.by = BY_POPULATION,
			    .population = "tthc",
			    .ended = ended};
			struct sentence_to to = {.lang = LANG_VI};
			struct said s;
			const char *words;

			district_open(&s);
			to.arena = &s.arena;
			say(&s, answer_at("A1", "civil"), rows[i].n, rows[i].x);
			scores_make(&s.tallies,
			    rows[i].dossiers < 0 ? NULL : &counts, &district,
			    &query, &s.arena, &s.rows);
			words = sentence_verdict(&to, &s.rows.rows[0]);
			if ((strstr(words, "cần thêm khoảng") != NULL) !=
				(rows[i].more && !ended) ||
			    (strstr(words, "Khó kết luận") != NULL) !=
				(rows[i].hard && !ended))
				fail_msg("%d of %d (%s): %s", (int)rows[i].x,
				    (int)rows[i].n, ended ? "ended" : "open",
				    words);
			district_close(&s);
		}
}

static void
writes_capitals(void **state)
{
	static const struct {
		const char *small, *large;
	} rows[] = {
	    {"Ủy ban nhân dân huyện Tuy Phong",
		"ỦY BAN NHÂN DÂN HUYỆN TUY PHONG"},
	    {"đăng ký đất đai – ơ ư ă ĩ ũ", "ĐĂNG KÝ ĐẤT ĐAI – Ơ Ư Ă Ĩ Ũ"},
	    {"ạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ",
		"ẠẢẤẦẨẪẬẮẰẲẴẶẸẺẼẾỀỂỄỆỈỊỌỎỐỒỔỖỘỚỜỞỠỢỤỦỨỪỬỮỰỲỴỶỸ"},
	    {"K'Ho 17/4 ÷ ×", "K'HO 17/4 ÷ ×"},
	    {"\xff broken \xe1\xba", "\xff BROKEN \xe1\xba"},
	    {"", ""},
	};
	struct arena a;
	(void)state;

	arena_init(&a);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		assert_string_equal(capitals(&a, rows[i].small), rows[i].large);
	arena_finish(&a);
}

/* TT 01/2018: 18 points, each boundary belongs to the better grade. */
static void
grades_at_their_boundaries(void **state)
{
	static const struct {
		int points;
		enum scheme_grade grade;
	} rows[] = {{1800, SCHEME_EXCELLENT}, {1500, SCHEME_EXCELLENT},
	    {1499, SCHEME_GOOD}, {1490, SCHEME_GOOD}, {1200, SCHEME_GOOD},
	    {1199, SCHEME_FAIR}, {900, SCHEME_FAIR}, {899, SCHEME_AVERAGE},
	    {600, SCHEME_AVERAGE}, {599, SCHEME_WEAK}, {590, SCHEME_WEAK},
	    {0, SCHEME_WEAK}};
	static const struct {
		int points;
		enum scheme_official grade;
	} officials[] = {{1000, SCHEME_FULL}, {500, SCHEME_FULL},
	    {499, SCHEME_PART}, {350, SCHEME_PART}, {349, SCHEME_NOT},
	    {0, SCHEME_NOT}};
	static const struct {
		const char *text;
		int points;
	} entered[] = {{"0", 0}, {"2", 200}, {"1,8", 180}, {"1.75", 175},
	    {" 2,00 ", 200}, {"2,01", -1}, {"3", -1}, {"-1", -1}, {"1,", -1},
	    {"1,755", -1}, {"", -1}, {"một", -1}, {"1 8", -1}};
	static const struct {
		int64_t values[6];
		int points;
	} attitudes[] = {{{0, 0, 0, 0, 0, 0}, -1}, {{9, 0, 0, 0, 0, 0}, -1},
	    {{0, 0, 0, 0, 3, 7}, 200}, {{0, 1, 1, 0, 1, 1}, 100},
	    {{0, 0, 0, 3, 0, 0}, 100}, {{0, 1, 0, 0, 0, 2}, 133}};
	(void)state;

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		assert_int_equal(scheme_grade(rows[i].points), rows[i].grade);
	for (size_t i = 0; i < sizeof(officials) / sizeof(officials[0]); i++)
		assert_int_equal(
		    scheme_official(officials[i].points), officials[i].grade);
	for (size_t i = 0; i < sizeof(entered) / sizeof(entered[0]); i++)
		assert_int_equal(
		    scheme_points_read(entered[i].text), entered[i].points);
	for (size_t i = 0; i < sizeof(attitudes) / sizeof(attitudes[0]); i++)
		assert_int_equal(
		    scheme_attitude(attitudes[i].values), attitudes[i].points);
	assert_int_equal(scheme_766(0, 0), -1);
	assert_int_equal(scheme_766(9, 10), 1620);
	assert_int_equal(scheme_766(2, 3), 1200);
	assert_int_equal(scheme_766(565, 565), 1800);
}

/* Eight indices of 13 together and citizens' attitude of 2: exactly 15 is
 * excellent; one less and it is not; one missing and there is no grade. */
static void
adds_up_nine_indices(void **state)
{
	static const struct {
		const char *last, *sum, *grade;
	} rows[] = {{"1,62", "15,00", "Xếp loại: Xuất sắc"},
	    {"1,61", "14,99", "Xếp loại: Tốt"}, {"", "13,38", ""}};
	(void)state;

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct report_text points[16];
		struct tally_key key = answer_at("A1", "civil");
		struct paper p;
		size_t n = 0;

		paper_open(&p);
		key.criterion = "attitude";
		key.day = 0;
		say(&p.said, key, 20, 20);
		p.source.tallies = p.said.tallies;
		for (int k = 0; k < 9; k++) {
			if (k == 6)
				continue;
			points[n].key = report_scheme_keys[k];
			points[n++].words = k == 8   ? rows[i].last
					    : k == 0 ? "1,66"
						     : "1,62";
		}
		p.source.texts = points;
		p.source.ntexts = n;
		paper_make(&p);
		assert_string_equal(
		    cell_of(&p, "tt01", "scheme.tt01.7", "points")->text,
		    "2,00");
		assert_string_equal(
		    cell_of(&p, "tt01", "", "points")->text, rows[i].sum);
		assert_string_equal(
		    cell_of(&p, "tt01", "", "source")->text, rows[i].grade);
		paper_close(&p);
	}
}

/* Tuy Phong, 9 months of 2019 (DOMAIN 1.3): the district's desk asked 565 of
 * 3.745, the dossiers were 6.177 of the district and 9.565 of communes. */
static void
prints_2019_to_the_digit(void **state)
{
	static const struct {
		const char *table, *row, *column, *words;
		double number;
	} cells[] = {{"units", "A", "n5", "467", 0},
	    {"units", "A", "n4", "98", 0}, {"units", "A", "p5", "82,7", 82.65},
	    {"units", "A", "p4", "17,3", 17.35},
	    {"units", "A", "share", "100,0", 100},
	    {"units", "A", "verdict", "Đạt", 0},
	    {"coverage", "A", "coverage", "15,1", 15.09},
	    {"coverage", "A", "dossiers", "3.745", 0},
	    {"coverage", "", "dossiers", "15.742", 0},
	    {"coverage", "", "late", "400", 0}};
	static struct dossier_count finished[] = {
	    {.unit = "A", .field = "civil", .n = {3745}},
	    {.unit = "D", .field = "civil", .n = {6177 - 3745}},
	    {.unit = "B",
		.field = "civil",
		.n = {[DOSSIERS_FINISHED] = 9565, [DOSSIERS_LATE] = 400}}};
	struct tally_key key;
	struct paper p;
	(void)state;

	paper_open(&p);
	tallies_clear(&p.said.tallies);
	key = answer_at("A1", "civil");
	key.day = 0;
	tallies_add(&p.said.tallies, &key, 5, 0, 467);
	tallies_add(&p.said.tallies, &key, 4, 0, 98);
	p.source.tallies = p.said.tallies;
	p.source.dossiers = (struct dossier_counts){finished, 3};
	paper_make(&p);
	for (size_t i = 0; i < sizeof(cells) / sizeof(cells[0]); i++) {
		const struct report_cell *cell =
		    cell_of(&p, cells[i].table, cells[i].row, cells[i].column);

		assert_string_equal(cell->text, cells[i].words);
		if (cells[i].number != 0)
			assert_int_equal((int)(cell->number * 100 + 0.5),
			    (int)(cells[i].number * 100 + 0.5));
	}
	paper_close(&p);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(shows_the_figures),
	    cmocka_unit_test(has_words_around_them),
	    cmocka_unit_test(depends_on_its_source_alone),
	    cmocka_unit_test(says_what_narrows_it),
	    cmocka_unit_test(hides_small_groups),
	    cmocka_unit_test(promises_nothing_of_an_ended_period),
	    cmocka_unit_test(writes_capitals),
	    cmocka_unit_test(grades_at_their_boundaries),
	    cmocka_unit_test(adds_up_nine_indices),
	    cmocka_unit_test(prints_2019_to_the_digit),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
