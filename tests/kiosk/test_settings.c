/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The collector's settings: what is taken, what falls back, what is refused as
 * a whole; and that the last good ones survive on disk.
 */
#include "kiosk/settings.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>
#include "kiosk/durable_file.h"
#include "shared/buf.h"
#include "shared/civil.h"

#define FORM                                                                    \
	"\"form\":{\"code\":\"one-stop\",\"version\":3,"                        \
	"\"overall\":{\"code\":\"overall\",\"vi\":\"Hỏi?\",\"en\":\"Ask?\"}," \
	"\"reasons\":[{\"code\":\"waiting\",\"vi\":\"Chờ lâu\","             \
	"\"en\":\"Waiting\"},{\"code\":\"late\",\"vi\":\"Trễ\"}]}"
#define DESK                                                                   \
	"\"desk\":{\"code\":\"LH1\",\"name\":\"Liên Hương\","               \
	"\"unit\":\"22969\",\"unit_name\":\"UBND\"}"
#define FIELDS                                                                 \
	"\"fields\":[{\"code\":\"dat-dai\",\"vi\":\"Đất đai\","            \
	"\"en\":\"Land\"},{\"code\":\"ho-tich\",\"vi\":\"Hộ tịch\"}]"

static void
test_whole_document(void **state)
{
	struct settings *s = settings_read(
	    "{" DESK "," FORM "," FIELDS
	    ",\"version\":\"9\",\"languages\":[\"en\",\"vi\",\"xx\",\"en\"]"
	    ",\"ask_field\":true,\"lock_ms\":500,\"thanks_ms\":3000"
	    ",\"reasons_idle_s\":30,\"still_there_s\":10"
	    ",\"sms_number\":\"8088\",\"public_url\":\"https://x\""
	    ",\"reasons_to\":3,\"field_first\":true,\"qr_s\":15"
	    ",\"question\":\"result\",\"voice\":false,\"pin\":\"$hash\",\"more_"
	    "key\":\"k\""
	    ",\"hours\":\"Mon-Fri 07:00-11:30 13:30-17:00\"}",
	    LANG_VI);

	(void)state;
	assert_non_null(s);
	assert_string_equal(s->desk, "LH1");
	assert_string_equal(s->desk_name, "Liên Hương");
	assert_string_equal(s->form, "one-stop");
	assert_int_equal(s->form_version, 3);
	assert_int_equal(s->nlangs, 2);
	assert_int_equal(s->langs[0], LANG_EN);
	assert_int_equal(s->flow.lang, LANG_VI);
	assert_int_equal(s->nreasons, 2);
	assert_string_equal(s->reasons[0].words[LANG_EN], "Waiting");
	assert_string_equal(s->reasons[1].words[LANG_EN], "Trễ");
	assert_int_equal(s->nfields, 2);
	assert_int_equal(s->flow.fields, 2);
	assert_string_equal(s->fields[1].code, "ho-tich");
	assert_int_equal(s->flow.lock_ms, 500);
	assert_int_equal(s->flow.thanks_ms, 3000);
	assert_int_equal(s->flow.reasons_idle_ms, 30000);
	assert_int_equal(s->flow.still_there_ms, 10000);
	assert_string_equal(s->sms, "8088");
	assert_string_equal(s->qr, "https://x/f/LH1");
	assert_string_equal(s->more_key, "k");
	assert_int_equal(s->flow.qr_ms, 15000);
	assert_int_equal(s->flow.reasons_to, 3);
	assert_int_equal(s->flow.field_place, FLOW_FIELD_FIRST);
	assert_string_equal(
	    s->question[LANG_VI], text(LANG_VI, "kiosk.question.result"));
	assert_false(s->voice);
	assert_string_equal(s->pin, "$hash");
	assert_int_equal(s->hours.ngroups, 1);
	settings_free(s);
}

static void
test_factors(void **state)
{
	struct settings *s =
	    settings_read("{\"form\":{\"code\":\"one-stop\",\"version\":1,"
			  "\"overall\":{\"vi\":\"?\"},\"criteria\":["
			  "{\"code\":\"access\",\"vi\":\"Nơi\"},"
			  "{\"code\":\"result\",\"vi\":\"Kết quả\"}]},"
			  "\"ask_factors\":true}",
		LANG_VI);

	(void)state;
	assert_non_null(s);
	assert_int_equal(s->flow.factors, 2);
	assert_string_equal(s->factors[1].code, "result");
	settings_free(s);
}

/* Closed only by hours that were set, and only by a clock that was set. */
static void
test_hours(void **state)
{
	static const struct {
		const char *hours;
		int64_t now;
		bool open;
	} table[] = {
	    {"Mon-Fri 07:00-11:30", 1795140903000, true}, /* Fri 09:15 */
	    {"Mon-Fri 07:00-09:15", 1795140903000, false},
	    {"Sat 07:00-11:30", 1795140903000, false},
	    {"Sat 07:00-11:30", 60000, true}, /* 1970 */
	    {"at times", 1795140903000, true},
	    {"", 1795140903000, true},
	};
	char json[600];
	struct settings *s;

	(void)state;
	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
		snprintf(json, sizeof(json), "{" FORM ",\"hours\":\"%s\"}",
		    table[i].hours);
		s = settings_read(json, LANG_VI);
		assert_non_null(s);
		assert_int_equal(settings_open(s, table[i].now), table[i].open);
		settings_free(s);
	}
}

static void
test_defaults(void **state)
{
	struct settings *s = settings_read(
	    "{" DESK "," FORM "," FIELDS ",\"thanks_ms\":-4,\"lock_ms\":\"x\","
	    "\"reasons_idle_s\":100000,\"still_there_s\":1.5}",
	    LANG_EN);

	(void)state;
	assert_non_null(s);
	assert_int_equal(s->nfields, 0); /* not asked */
	assert_int_equal(s->nlangs, 1);
	assert_int_equal(s->flow.lang, LANG_EN);
	assert_int_equal(s->flow.lock_ms, 800);
	assert_int_equal(s->flow.thanks_ms, 4000);
	assert_int_equal(s->flow.reasons_idle_ms, 25000);
	assert_int_equal(s->flow.still_there_ms, 20000);
	assert_string_equal(s->sms, "");
	assert_string_equal(s->qr, "");
	assert_string_equal(s->more_key, "");
	assert_int_equal(s->flow.qr_ms, 0);
	assert_int_equal(s->flow.reasons_to, 2);
	assert_int_equal(s->flow.factors, 0);
	assert_string_equal(s->pin, "");
	settings_free(s);
}

static void
test_refused(void **state)
{
	static const char *const documents[] = {
	    "",
	    "null",
	    "[]",
	    "{}",
	    "<html>",
	    "{" DESK "}",
	    "{\"desk\":{\"code\":\"L H\"}," FORM "}",
	    "{\"desk\":7," FORM "}",
	    "{\"form\":{\"code\":\"x\",\"version\":1}}",
	    "{\"form\":{\"code\":\"x\",\"version\":0,"
	    "\"overall\":{\"vi\":\"?\"}}}",
	    "{\"form\":{\"code\":\"\",\"version\":1,"
	    "\"overall\":{\"vi\":\"?\"}}}",
	    "{\"form\":{\"code\":\"x\",\"version\":1,\"overall\":{\"vi\":\"?\"}"
	    ",\"reasons\":[{\"code\":\"a\"}]}}",
	    "{" FORM ",\"ask_field\":true,\"fields\":[{\"vi\":\"Đất\"}]}",
	    "{" FORM "," DESK "," DESK "}",
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(documents) / sizeof(*documents); i++)
		if (settings_read(documents[i], LANG_VI))
			fail_msg("taken: %s", documents[i]);
}

/* The longest field list of the country does not fit; its head does. */
static void
test_too_many_fields(void **state)
{
	static char json[20000];
	struct settings *s;
	int i;

	(void)state;
	strcpy(json, "{" FORM ",\"ask_field\":true,\"fields\":[");
	for (i = 0; i < 150; i++)
		sprintf(json + strlen(json),
		    "%s{\"code\":\"f%d\",\"vi\":\"Lĩnh vực %d\"}", i ? "," : "",
		    i, i);
	strcat(json, "]}");
	s = settings_read(json, LANG_VI);
	assert_non_null(s);
	assert_int_equal(s->nfields, SETTINGS_FIELDS);
	settings_free(s);
}

static void
test_other_form_asks_its_own(void **state)
{
	struct settings *s =
	    settings_read("{\"form\":{\"code\":\"health\",\"version\":1,"
			  "\"overall\":{\"vi\":\"Khám thế nào?\"}}}",
		LANG_VI);

	(void)state;
	assert_non_null(s);
	assert_string_equal(s->question[LANG_EN], "Khám thế nào?");
	assert_null(s->desk);
	settings_free(s);
}

static void
test_builtin(void **state)
{
	struct settings *s = settings_builtin(LANG_VI);

	(void)state;
	assert_string_equal(s->form, "one-stop");
	assert_int_equal(s->nreasons, 6);
	assert_string_equal(s->reasons[0].code, "waiting");
	assert_null(s->desk);
	assert_string_equal(s->desk_name, "");
	assert_int_equal(s->nlangs, 1);
	assert_int_equal(s->flow.fields, 0);
	settings_free(s);
}

static void
test_last_good(void **state)
{
	char folder[] = "/tmp/hailong-settings-XXXXXX", path[64], away[80];
	struct settings *s;

	(void)state;
	assert_non_null(mkdtemp(folder));
	snprintf(path, sizeof(path), "%s/o.settings", folder);
	assert_null(settings_load(path, LANG_VI, NULL));
	assert_true(durable_file_write(path, "{" DESK "," FORM "}"));
	assert_true(durable_file_write(path, "{" DESK "," FORM ",\"x\":1}"));
	s = settings_load(path, LANG_VI, NULL);
	assert_non_null(s);
	assert_string_equal(s->desk, "LH1");
	settings_free(s);
	assert_int_equal(truncate(path, 30), 0);
	assert_null(settings_load(path, LANG_VI, NULL));
	snprintf(away, sizeof(away), "%s/no/where", folder);
	assert_false(durable_file_write(away, "{}"));
	unlink(path);
	assert_int_equal(rmdir(folder), 0); /* no .new was left behind */
}

/* On a device that knows its collector, only that one's settings count. */
static void
test_signed(void **state)
{
	char folder[] = "/tmp/hailong-settings-XXXXXX", path[64];
	struct key collector, other;
	struct settings *s;
	struct buf b;

	(void)state;
	assert_non_null(mkdtemp(folder));
	snprintf(path, sizeof(path), "%s/o.settings", folder);
	key_make(&collector);
	key_make(&other);
	buf_init(&b);
	buf_puts(&b, "{" DESK "," FORM "}");
	assert_true(durable_file_write(path, buf_text(&b)));
	assert_null(settings_load(path, LANG_VI, collector.public));
	key_sign_json(&collector, &b);
	assert_true(durable_file_write(path, buf_text(&b)));
	s = settings_load(path, LANG_VI, collector.public);
	assert_non_null(s);
	settings_free(s);
	assert_null(settings_load(path, LANG_VI, other.public));
	assert_true(durable_file_remove(path));
	assert_true(durable_file_remove(path));
	assert_int_equal(rmdir(folder), 0);
	buf_finish(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_whole_document),
	    cmocka_unit_test(test_factors),
	    cmocka_unit_test(test_hours),
	    cmocka_unit_test(test_defaults),
	    cmocka_unit_test(test_refused),
	    cmocka_unit_test(test_too_many_fields),
	    cmocka_unit_test(test_other_form_asks_its_own),
	    cmocka_unit_test(test_builtin),
	    cmocka_unit_test(test_last_good),
	    cmocka_unit_test(test_signed),
	};

	if (!civil_set_zone("Asia/Ho_Chi_Minh"))
		return 1;
	return cmocka_run_group_tests_name("settings", tests, NULL, NULL);
}
