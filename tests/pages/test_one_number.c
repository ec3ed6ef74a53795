/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * One database of tricky figures, walked through everything that says them: the
 * interface, the commands (text, CSV, JSON, judge), and every table, card and
 * picture of the staff's pages. The same row has the same share, interval,
 * target, verdict, side and reason everywhere, and no number stands on a
 * boundary (0, the target, 100) that it does not touch.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "tests/pages/tricky.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define TRICKY_MONTH "2026-09"

/* ----------------------------------------------------------------- commands */

/* The line that begins so; NULL: there is none. */
static char *
line_of(const char *begin, const char *text)
{
	size_t n = strlen(begin);

	for (const char *at = text; at != NULL; at = strchr(at, '\n')) {
		at += *at == '\n';
		if (strncmp(at, begin, n) == 0)
			return strndup(at, strcspn(at, "\r\n"));
	}
	return NULL;
}

static void
assert_in(const char *what, const char *text, const char *name)
{
	if (strstr(text, what) == NULL)
		fail_msg("%s: no %s in %s", name, what, text);
}

static void
check_text(const struct figures *f)
{
	struct printed p = tricky_printed(f, '.');
	char begin[60], words[200], *line;

	snprintf(begin, sizeof(begin), "%-28s ", f->name);
	line = line_of(begin, tricky_rig.said);
	if (line == NULL)
		fail_msg("no line of %s", f->name);
	snprintf(words, sizeof(words), " %s%% %7lld %7s%% %6s-%7s%%  %s%s%s",
	    p.target, (long long)f->valid, p.share, p.lo, p.hi, f->verdict,
	    f->lean[0] == 'b'   ? ", below now"
	    : f->lean[0] == 'a' ? ", above now"
				: "",
	    f->reason[0] == 'd'   ? " (desks differ)"
	    : f->reason[0] == 'f' ? " (few desks)"
				  : "");
	assert_in(words, line, f->name);
	free(line);
}

static void
check_csv(const struct figures *f)
{
	char begin[60], words[300], *line;

	snprintf(begin, sizeof(begin), "%s,", f->name);
	line = line_of(begin, tricky_rig.said);
	if (line == NULL)
		fail_msg("no line of %s", f->name);
	snprintf(words, sizeof(words), "," TRICKY_MONTH ",%.12g,%lld,%lld,",
	    f->target, (long long)f->satisfied, (long long)f->valid);
	assert_in(words, line, f->name);
	snprintf(words, sizeof(words), ",%.12g,%.12g,%.12g,%s,", f->share,
	    f->lo, f->hi, f->verdict);
	assert_in(words, line, f->name);
	snprintf(words, sizeof(words), ",%s,%s", f->lean, f->reason);
	assert_in(words, line, f->name);
	free(line);
}

/* What anybody makes of the row's counts; null of a hull over desks. */
static void
check_judge(const struct figures *f, json_t *row)
{
	char satisfied[24], valid[24], dossiers[24], target[24];
	json_t *json, *wilson, *interval = json_object_get(row, "interval");
	const char *verdict;

	snprintf(satisfied, sizeof(satisfied), "%lld", (long long)f->satisfied);
	snprintf(valid, sizeof(valid), "%lld", (long long)f->valid);
	snprintf(dossiers, sizeof(dossiers), "%lld", (long long)f->dossiers);
	snprintf(target, sizeof(target), "%g", f->target);
	assert_int_equal(
	    rig_run(&tricky_rig, "", "judge", "--satisfied", satisfied,
		"--valid", valid, "--target", target,
		f->dossiers < 0 ? NULL : "--dossiers", dossiers, NULL),
	    0);
	json = json_loads(tricky_rig.said, 0, NULL);
	assert_non_null(json);
	wilson = json_object_get(json, "wilson");
	verdict = tricky_text(json, "verdict");
	for (size_t i = 0; i < 2; i++)
		if (fabs(100 * json_number_value(json_array_get(wilson, i)) -
			 json_number_value(json_array_get(interval, i))) > 1e-8)
			fail_msg("%s: judge says %s", f->name, tricky_rig.said);
	if (f->reason[0] == '\0')
		assert_string_equal(verdict, f->verdict);
	else
		assert_string_equal(f->verdict, "not_yet_known");
	json_decref(json);
}

/* -------------------------------------------------------------------- pages */

static const char *
word_of(const struct figures *f)
{
	static const char *const words[][2] = {{"below", "Đang dưới chỉ tiêu"},
	    {"above", "Đang trên chỉ tiêu"}, {"met", "Đạt"},
	    {"not_met", "Chưa đạt"}, {"not_yet_known", "Chưa đủ căn cứ"},
	    {"too_few", "Quá ít phiếu"}, {"invalid", "Chưa kết luận được"}};
	const char *said = f->lean[0] != '\0' ? f->lean : f->verdict;

	for (size_t i = 0; i < COUNT(words); i++)
		if (strcmp(words[i][0], said) == 0)
			return words[i][1];
	fail_msg("no word for %s", said);
	return "";
}

/* The element around what is to be found in the page. */
static char *
around(const char *html, const char *needle, const char *from, const char *to)
{
	const char *at = strstr(html, needle), *end;

	if (at == NULL)
		return NULL;
	end = strstr(at, to);
	assert_non_null(end);
	while (at > html && strncmp(at, from, strlen(from)) != 0)
		at--;
	return strndup(at, (size_t)(end - at));
}

enum shown { BARE, WITH_TARGET, WITH_CHART };

/* Everything a row or a card says of these figures. */
static void
check_shown(const struct figures *f, const char *part, enum shown shown)
{
	struct printed p = tricky_printed(f, ',');
	char words[200];

	if (f->hidden) {
		if (strstr(part, "Không nêu số liệu") == NULL)
			assert_in("giữ kín", part, f->name);
		assert_null(strstr(part, p.share));
		return;
	}
	assert_in(p.share, part, f->name);
	snprintf(words, sizeof(words), "%s–%s%%", p.lo, p.hi);
	assert_in(words, part, f->name);
	snprintf(words, sizeof(words), "%s%%", p.target);
	if (shown >= WITH_TARGET)
		assert_in(words, part, f->name);
	snprintf(words, sizeof(words), "<span class=\"verdict %s%s%s",
	    f->verdict, f->lean[0] == '\0' ? "" : " ", f->lean);
	assert_in(words, part, f->name);
	assert_in(word_of(f), part, f->name);
	if (f->reason[0] != '\0')
		assert_in(f->reason[0] == 'd'
			      ? "các quầy khác nhau nhiều"
			      : "Số quầy còn ít nên khoảng tin cậy rộng hơn",
		    part, f->name);
	if (strcmp(f->verdict, "invalid") == 0)
		assert_in("danh sách hồ sơ có thể chưa đủ", part, f->name);
	snprintf(words, sizeof(words),
	    ": %s%%, khoảng %s–%s%%, chỉ tiêu %s%%</title>", p.share, p.lo,
	    p.hi, p.target);
	if (shown == WITH_CHART)
		assert_in(words, part, f->name);
}

/* What stands before and behind a row's name, or its code, in a page. */
#define CHANNEL "data-key=\"", "\""
#define FIELD   "role=\"rowheader\"><a href=\"/staff/fields/", "?"
#define UNIT    "role=\"rowheader\"><a href=\"/staff/units/", "?"
#define DESK    "(", ")</th>"
#define ASKED   "\">", "</th>"
#define CARD    "id=\"card-", "\""
#define MONTHS  "<th scope=\"row\">09/2026</th>"

/* Where rows of the interface are seen; those that a page has not are left out,
 * and the number of the others is told. */
static const struct table {
	const char *by, *unit, *path, *before, *behind;
	enum shown shown;
	int rows;
} tables[] = {
    {"unit", "", "/staff/?", UNIT, WITH_CHART, 7},
    {"field", "", "/staff/?", FIELD, WITH_CHART, 19},
    {"field", "22975", "/staff/?unit=22975&", FIELD, WITH_CHART, 15},
    {"field", "22975", "/staff/units/22975?", FIELD, WITH_CHART, 15},
    {"field", "22969", "/staff/units/22969?", FIELD, WITH_CHART, 3},
    {"desk", "22975", "/staff/units/22975?", DESK, WITH_CHART, 1},
    {"desk", "595", "/staff/units/595?", DESK, WITH_CHART, 2},
    {"channel", "22975", "/staff/units/22975?", CHANNEL, WITH_CHART, 2},
    {"criterion", "22969", "/staff/units/22969?", ASKED, WITH_TARGET, 1},
    {"population", "", "/staff/?", CARD, WITH_CHART, 2},
    {"population", "22975", "/staff/units/22975?", CARD, WITH_CHART, 2},
    {"population", "22969", "/staff/units/22969?", CARD, WITH_CHART, 1},
};

/* The name under which the page has the row. */
static const char *
shown_name(const char *name)
{
	static const char *const names[][2] = {{"api", "Phần mềm một cửa"},
	    {"kiosk", "Máy đánh giá"},
	    {"attitude", "Thái độ và hướng dẫn của cán bộ"}};

	for (size_t i = 0; i < COUNT(names); i++)
		if (strcmp(names[i][0], name) == 0)
			return names[i][1];
	return name;
}

static void
test_pages(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(tables); i++) {
		const struct table *t = &tables[i];
		bool card = strcmp(t->by, "population") == 0;
		json_t *rows = tricky_facts(card ? "" : t->by, t->unit), *row;
		char path[200], needle[200], *html, *part;
		int seen = 0;
		size_t k;

		snprintf(path, sizeof(path), "%speriod=" TRICKY_MONTH, t->path);
		html =
		    strdup(person_get(&tricky_rig, &tricky_reader, path)->body);
		assert_null(strstr(html, "(–%)"));
		assert_null(strstr(html, "cần thêm"));
		json_array_foreach (rows, k, row) {
			struct figures f = tricky_figures(row, t->by);

			if (card)
				f.name = tricky_text(row, "population");
			if (f.valid == 0)
				continue;
			snprintf(needle, sizeof(needle), "%s%s%s", t->before,
			    shown_name(f.name), t->behind);
			part = card ? around(html, needle, "<article",
					  "</article>")
				    : around(html, needle, "<tr", "</tr>");
			if (part == NULL)
				continue;
			check_shown(&f, part, t->shown);
			free(part);
			seen++;
		}
		if (seen != t->rows)
			fail_msg("table %zu: %d rows", i, seen);
		free(html);
		json_decref(rows);
	}
}

/* A field's own page: its card, and in the page of its year the month. */
static void
test_fields_apart(void **state)
{
	static const char *const fields[] = {
	    "ho-tich", "nuoi-con-nuoi", "van-hoa", "trong-trot", "dat-dai"};
	json_t *rows = tricky_facts("field", ""), *row;
	char path[200], *html, *part;
	size_t k;
	int seen = 0;

	(void)state;
	json_array_foreach (rows, k, row) {
		struct figures f = tricky_figures(row, "field");

		for (size_t i = 0; i < COUNT(fields); i++) {
			if (strcmp(f.name, fields[i]) != 0)
				continue;
			snprintf(path, sizeof(path),
			    "/staff/fields/%s?period=" TRICKY_MONTH, f.name);
			html =
			    strdup(person_get(&tricky_rig, &tricky_reader, path)
				       ->body);
			part = around(
			    html, "id=\"card-tthc\"", "<article", "</article>");
			check_shown(&f, part, WITH_CHART);
			free(part);
			free(html);
			snprintf(path, sizeof(path),
			    "/staff/fields/%s?period=2026", f.name);
			html =
			    strdup(person_get(&tricky_rig, &tricky_reader, path)
				       ->body);
			part = around(html, MONTHS, "<tr", "</tr>");
			assert_non_null(part);
			check_shown(&f, part, BARE);
			free(part);
			free(html);
			seen++;
		}
	}
	assert_int_equal(seen, COUNT(fields));
	json_decref(rows);
}

/* Units by fields: a sign and the share, and nothing of too few. */
static void
test_heat(void **state)
{
	json_t *rows = tricky_facts("field", "22975"), *row;
	char *html = strdup(person_get(
	    &tricky_rig, &tricky_reader, "/staff/?period=" TRICKY_MONTH)
				->body);
	char *part = around(strstr(html, "class=\"heat\""),
	    "data-key=\"Xã Phan Dũng\"", "<tr", "</tr>");
	size_t k;

	(void)state;
	json_array_foreach (rows, k, row) {
		struct figures f = tricky_figures(row, "field");
		char words[100];

		if (f.valid == 0 || f.hidden ||
		    strcmp(f.verdict, "too_few") == 0)
			continue;
		snprintf(words, sizeof(words), "</span>%s<",
		    tricky_printed(&f, ',').share);
		assert_in(words, part, f.name);
		snprintf(words, sizeof(words), "#mark-%s\"",
		    f.lean[0] != '\0' ? f.lean : f.verdict);
		assert_in(words, part, f.name);
	}
	free(part);
	free(html);
	json_decref(rows);
}

static void
test_commands(void **state)
{
	static const char *const bys[] = {
	    "unit", "field", "group", "channel", "criterion", "day", "desk"};
	static const char *const formats[] = {"text", "csv", "json"};

	(void)state;
	for (size_t b = 0; b < COUNT(bys); b++)
		for (size_t i = 0; i < COUNT(formats); i++) {
			json_t *rows = tricky_facts(bys[b], ""), *row;
			size_t k;

			assert_int_equal(
			    rig_run(&tricky_rig, "", "scores", "--period",
				TRICKY_MONTH, "--by", bys[b], "--format",
				formats[i], NULL),
			    0);
			json_array_foreach (rows, k, row) {
				struct figures f = tricky_figures(row, bys[b]);

				if (f.valid > 0 && i == 0)
					check_text(&f);
				if (f.valid > 0 && i == 1)
					check_csv(&f);
			}
			json_decref(rows);
		}
}

static void
test_judge(void **state)
{
	json_t *rows = tricky_facts("field", ""), *row;
	size_t k;

	(void)state;
	json_array_foreach (rows, k, row) {
		struct figures f = tricky_figures(row, "field");

		if (f.valid > 0)
			check_judge(&f, row);
	}
	json_decref(rows);
}

/* What the instances are there for, in the words of the interface. */
static void
test_kinds(void **state)
{
	static const struct {
		const char *by, *name, *verdict, *lean, *reason;
	} kinds[] = {
	    {"field", "ho-tich", "not_yet_known", "below", ""},
	    {"field", "chung-thuc", "met", "", ""},
	    {"field", "bao-tro-xa-hoi", "invalid", "", ""},
	    {"field", "nguoi-co-cong", "not_yet_known", "", ""},
	    {"field", "cu-tru", "not_met", "", ""},
	    {"field", "tre-em", "met", "", ""},
	    {"field", "hoa-giai-co-so", "met", "", ""},
	    {"field", "to-hop-tac", "not_met", "", ""},
	    {"field", "moi-truong", "too_few", "", ""},
	    {"field", "ton-giao", "too_few", "", ""},
	    {"field", "thi-dua-khen-thuong", "not_met", "", ""},
	    {"field", "mam-non-doc-lap", "not_met", "", ""},
	    {"field", "dan-so", "met", "", ""},
	    {"field", "the-duc-the-thao", "not_yet_known", "above", ""},
	    {"field", "trong-trot", "met", "", ""},
	    {"field", "nuoi-con-nuoi", "not_yet_known", "above", "few_desks"},
	    {"field", "van-hoa", "not_yet_known", "above", "desks"},
	    {"desk", "TPD1", "not_yet_known", "above", ""}, /* 86 : 85 */
	    {"desk", "TPX1", "not_yet_known", "above", ""},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(kinds); i++) {
		json_t *rows = tricky_facts(kinds[i].by, ""), *row;
		bool seen = false;
		size_t k;

		json_array_foreach (rows, k, row) {
			struct figures f = tricky_figures(row, kinds[i].by);

			if (strcmp(f.name, kinds[i].name) != 0)
				continue;
			seen = true;
			if (strcmp(f.verdict, kinds[i].verdict) != 0 ||
			    strcmp(f.lean, kinds[i].lean) != 0 ||
			    strcmp(f.reason, kinds[i].reason) != 0)
				fail_msg("%s: %s %s %s", f.name, f.verdict,
				    f.lean, f.reason);
		}
		assert_true(seen);
		json_decref(rows);
	}
}

/* Of a unit and of a period without one before it, and of what is tied. */
static void
test_beside(void **state)
{
	const char *page = person_get(&tricky_rig, &tricky_reader,
	    "/staff/units/22975?period=" TRICKY_MONTH)
			       ->body;

	(void)state;
	assert_in("Tháng 8 năm 2026 chưa đủ phiếu để so sánh", page, "change");
	assert_in("Chưa có mốc so sánh", page, "warning");
	page = person_get(&tricky_rig, &tricky_reader,
	    "/staff/fields/chung-thuc?period=" TRICKY_MONTH)
		   ->body;
	assert_in("99,97% của 3.001 hồ sơ; 0 hồ sơ có phiếu gắn kèm", page,
	    "coverage");
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_kinds),
	    cmocka_unit_test(test_commands),
	    cmocka_unit_test(test_judge),
	    cmocka_unit_test(test_pages),
	    cmocka_unit_test(test_fields_apart),
	    cmocka_unit_test(test_heat),
	    cmocka_unit_test(test_beside),
	};

	return cmocka_run_group_tests(tests, tricky_setup, tricky_teardown);
}
