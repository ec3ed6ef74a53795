/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The report's pages: one click from the board with its filters, printed in the
 * heading; words are edited by a manager, verdicts by nobody; two at one form
 * do not overwrite each other; each file is the one of the command; taking one
 * along and changing words are deeds.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "tests/kit/people.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "shared/buf.h"

static struct rig rig;
static struct person manager, viewer, town;

static int
setup(void **state)
{
	(void)state;
	rig_make(&rig, "");
	assert_int_equal(rig_run(&rig, "", "sample", "--answers", "2000",
			     "--days", "40", "--seed", "5", NULL),
	    0);
	person_add(&rig, "lan", "manager", NULL);
	person_add(&rig, "xem", "viewer", NULL);
	person_add(&rig, "lh", "manager", "22969");
	rig_serve(&rig);
	manager = person_sign_in(&rig, "lan");
	viewer = person_sign_in(&rig, "xem");
	town = person_sign_in(&rig, "lh");
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	rig_remove(&rig);
	return 0;
}

static const struct reply *
open_page(const struct person *who, const char *path, int status)
{
	const struct reply *page = person_get(&rig, who, path);

	if (page->status != status)
		fail_msg("%s: %d, not %d: %s", path, page->status, status,
		    page->body);
	return page;
}

static void
has(const struct reply *page, const char *words)
{
	if (strstr(page->body, words) == NULL)
		fail_msg("not \"%s\": %s", words, page->body);
}

static void
has_not(const struct reply *page, const char *words)
{
	if (strstr(page->body, words) != NULL)
		fail_msg("\"%s\": %s", words, page->body);
}

#define PERIOD "period=2026-Q4"

static void
is_one_click_away(void **state)
{
	const struct reply *page;
	(void)state;

	page = open_page(
	    &viewer, "/staff/?" PERIOD "&field=dat-dai&channel=sms", 200);
	has(page, "href=\"/staff/report?period=2026-Q4&amp;field=dat-dai&amp;"
		  "channel=sms\"");
	page = open_page(
	    &viewer, "/staff/report?" PERIOD "&field=dat-dai&channel=sms", 200);
	has(page, "(Phạm vi số liệu: lĩnh vực Đất đai; chỉ kênh Tin nhắn)");
	has(page, "I. TÌNH HÌNH TRIỂN KHAI");
	has(page, "/staff/report/file/docx?period=2026-Q4&amp;field=dat-dai");
	/* of a part nothing is written, and a viewer writes nothing */
	has_not(page, "/staff/report/edit");
	has_not(open_page(&viewer, "/staff/report?" PERIOD, 200),
	    "/staff/report/edit");
	has(open_page(&manager, "/staff/report?" PERIOD, 200),
	    "/staff/report/edit");
	open_page(&manager, "/staff/report/edit?" PERIOD "&channel=sms", 404);
	open_page(&viewer, "/staff/report/edit?" PERIOD, 403);
}

static void
knows_whose_it_is(void **state)
{
	const struct reply *page;
	(void)state;

	page = open_page(&town, "/staff/report?" PERIOD, 200);
	has(page, "ỦY BAN NHÂN DÂN THỊ TRẤN LIÊN HƯƠNG");
	has(page, "(Phạm vi số liệu: Thị trấn Liên Hương)");
	has_not(page, "Phan Rí Cửa</td>");
	open_page(&town, "/staff/report?" PERIOD "&unit=22972", 404);
	open_page(&town, "/staff/report/file/json?" PERIOD "&unit=22972", 404);
	open_page(&viewer, "/staff/report/file/doc?" PERIOD, 404);
	open_page(&viewer, "/staff/report/file/r.json?" PERIOD, 404);
}

/* The value with which a form shows a field. */
static void
save(const struct person *who, const char *key, const char *was,
    const char *words, int status)
{
	char shown[60];
	const struct reply *page;

	snprintf(shown, sizeof(shown), "was.%s", key);
	page = person_post(&rig, who, "/staff/report/edit?" PERIOD, shown, was,
	    key, words, NULL);
	if (page->status != status)
		fail_msg("%s: %d: %s", key, page->status, page->body);
}

static void
words_are_a_persons(void **state)
{
	const struct reply *page;
	char *long_words;
	(void)state;

	page = open_page(&manager, "/staff/report/edit?" PERIOD, 200);
	has(page, "name=\"text.causes\"");
	has(page, "name=\"head.signer\"");
	has(page, "Lý do được người dân nêu nhiều nhất");
	has_not(page, "khoảng tin cậy 95%: ");
	save(&manager, "text.causes", "", "Thiếu cán bộ & <phòng>.", 303);
	save(&manager, "head.signer", "", "Nguyễn Văn A", 303);
	page = open_page(&viewer, "/staff/report?" PERIOD, 200);
	has(page, "Thiếu cán bộ &amp; &lt;phòng&gt;.");
	has(page, "Nguyễn Văn A");
	has_not(page, "Lý do được người dân nêu nhiều nhất");
	/* the head is that of the next report, too; the passage is not */
	page = open_page(&viewer, "/staff/report?period=2026-Q3", 200);
	has(page, "Nguyễn Văn A");
	has_not(page, "Thiếu cán bộ");
	/* another unit has its own */
	has_not(open_page(&town, "/staff/report?" PERIOD, 200), "Nguyễn Văn A");
	/* who comes second is told, and overwrites nothing */
	save(&manager, "text.causes", "", "Khác.", 409);
	has(open_page(&viewer, "/staff/report?" PERIOD, 200), "Thiếu cán bộ");
	long_words = malloc(4002);
	memset(long_words, 'a', 4001);
	long_words[4001] = '\0';
	save(&manager, "text.remedies", "", long_words, 422);
	free(long_words);
	/* points have bounds and a source */
	save(&manager, "scheme.tt01.5", "", "2,5", 422);
	save(&manager, "scheme.tt01.5", "", "1,5", 422);
	assert_int_equal(
	    person_post(&rig, &manager, "/staff/report/edit?" PERIOD,
		"was.scheme.tt01.5", "", "scheme.tt01.5", "1,5",
		"was.scheme.tt01.5.source", "", "scheme.tt01.5.source",
		"Báo cáo Văn phòng", NULL)
		->status,
	    303);
	page = open_page(&viewer, "/staff/report?" PERIOD, 200);
	has(page, "Báo cáo Văn phòng");
	has(page, "Chưa xếp loại vì chưa đủ chín chỉ số.");
	/* taken back: what the figures propose stands again */
	save(&manager, "text.causes", "Thiếu cán bộ & <phòng>.", "", 303);
	has(open_page(&viewer, "/staff/report?" PERIOD, 200),
	    "Lý do được người dân nêu nhiều nhất");
	assert_string_equal(
	    rig_sql(&rig, "SELECT COUNT(*) FROM audit WHERE act = "
			  "'report.text' AND login = 'lan'"),
	    "5");
}

static void
files_are_those_of_the_command(void **state)
{
	static const char *const forms[] = {"json", "docx", "pdf", "xlsx"};
	char path[200], name[20], words[80];
	(void)state;

	for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++) {
		const struct reply *file;
		struct buf made;

		snprintf(path, sizeof(path), "/staff/report/file/%s?" PERIOD,
		    forms[i]);
		file = open_page(&viewer, path, 200);
		snprintf(words, sizeof(words), "bao-cao-2026-Q4.%s", forms[i]);
		assert_non_null(strstr(file->head, words));
		snprintf(name, sizeof(name), "r.%s", forms[i]);
		snprintf(path, sizeof(path), "%s/%s", rig.folder, name);
		assert_int_equal(rig_run(&rig, "", "report", "--period",
				     "2026-Q4", "-o", path, NULL),
		    0);
		buf_init(&made);
		assert_true(buf_read_file(&made, path, 16 << 20));
		if (made.size != file->size ||
		    memcmp(made.data, file->body, made.size) != 0)
			fail_msg("%s differs", forms[i]);
		buf_finish(&made);
	}
	assert_int_equal(
	    strncmp(
		open_page(&viewer, "/staff/report/file/csv?" PERIOD, 200)->body,
		"\xef\xbb\xbf", 3),
	    0);
	assert_string_equal(
	    rig_sql(&rig, "SELECT COUNT(*) FROM audit WHERE act = "
			  "'report.export' AND login = 'xem'"),
	    "5");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(is_one_click_away),
	    cmocka_unit_test(knows_whose_it_is),
	    cmocka_unit_test(words_are_a_persons),
	    cmocka_unit_test(files_are_those_of_the_command),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
