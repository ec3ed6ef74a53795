/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Every code that a page may show has words in every whole language: the
 * enumerations are walked, and the lists and deeds that the sources write are
 * found in them. A new code without words fails here, before an officer reads
 * it raw.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "server/core/catalogue/catalogue_change.h"
#include "server/core/device/device_alarms.h"
#include "server/core/messages/reply.h"
#include "server/core/period/closing.h"
#include "server/core/period/submission.h"
#include "server/core/score/score.h"

#include <ftw.h>
#include <stdio.h>
#include <string.h>
#include "shared/arena.h"
#include "shared/buf.h"
#include "shared/text.h"

static size_t wordless, looked_at;

static void
look_up(const char *family, const char *code)
{
	char key[160];

	snprintf(key, sizeof(key), "%s.%s", family, code);
	for (int i = 0; i < LANG_WHOLE; i++) {
		const char *words = text_find((enum lang)i, key);

		looked_at++;
		if (words != NULL && words[0] != '\0')
			continue;
		print_error(
		    "%s: no words in %s\n", key, lang_code((enum lang)i));
		wordless++;
	}
}

/* ---------------------------------------------------------------- the codes */

/* Codes that stand in no enumeration of the core, by the family of their
 * words. */
static const struct {
	const char *family, *codes[20];
} families[] = {
    {"aside.reason",
	{"corrected", "dossier", "test", "repeated", "burst", "closed", "clock",
	    "staff", "wrong", "abuse", "other"}},
    {"flag", {"burst", "bounce", "multi_touch", "closed_hours", "clock",
		 "clock_uncertain", "clock_corrected", "ahead", "late",
		 "cleaned", "sample", "unusual_fast", "unusual_source",
		 "unusual_unasked", "unusual_equal", "unusual_flow"}},
    {"role", {"viewer", "manager", "caseworker", "admin", "auditor"}},
    {"role.what", {"viewer", "manager", "caseworker", "admin", "auditor"}},
    {"devices.kind", {"kiosk", "sms", "import", "viewer"}},
    {"deed.kind", {"kiosk", "sms", "import", "viewer"}},
    {"level", {"district", "town", "commune", "ward"}},
    {"case.state", {"new", "hand", "done"}},
    {"deed.state", {"new", "hand", "done"}},
    {"people.state", {"active", "start", "disabled"}},
    {"sms.reason",
	{"waiting", "procedure", "guidance", "attitude", "late", "result"}},
    {"step", {"take", "hand", "due", "note", "done", "reopen", "aside",
		 "restore", "count", "undo", "paper"}},
    {"act.case", {"take", "hand", "due", "note", "done", "reopen"}},
    {"act.answer", {"aside", "restore", "count", "undo", "paper"}},
    {"act.user",
	{"add", "change", "disable", "enable", "password", "sessions"}},
    {"act.factor", {"on", "off", "codes", "reset"}},
    {"act.device", {"add", "move", "rename", "revoke", "setting"}},
    /* the members of a deed's before and after */
    {"deed", {"role", "unit", "name", "disabled", "sessions", "start_password",
		 "failed", "new", "changed", "same", "bad", "answers", "days",
		 "person", "due", "aside"}},
};

static void
test_families(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(families) / sizeof(families[0]); i++)
		for (size_t k = 0; k < 16 && families[i].codes[k]; k++)
			look_up(families[i].family, families[i].codes[k]);
	assert_int_equal(wordless, 0);
}

static void
test_enumerations(void **state)
{
	(void)state;
	for (int i = 0; i < VERDICT_COUNT; i++)
		look_up("verdict.word", verdict_name((enum verdict)i));
	for (int i = 0; i < REPLY_KIND_COUNT; i++)
		look_up("deed.kind", reply_kind_name((enum reply_kind)i));
	for (int i = 0; i < DEVICE_ALARMS; i++)
		look_up("devices.alarm", device_alarm_names[i]);
	for (int i = 0; i < CLOSING_DEED_COUNT; i++)
		look_up("act.period", closing_deed_words[i]);
	for (int i = 0; i < SUBMISSION_DEED_COUNT; i++)
		look_up("act.report", submission_deed_words[i]);
	look_up("act", "day.put");
	look_up("act", "day.remove");
	look_up("act.group", "day");
	for (int i = 0; channel_names[i] != NULL; i++)
		look_up("channel", channel_names[i]);
	for (int i = 0; population_names[i] != NULL; i++)
		look_up("population", population_names[i]);
	assert_int_equal(wordless, 0);
}

/* Whatever can become of any sheet, and what the first catalogue counts. */
static void
test_sheets(void **state)
{
	const struct sheet_row row = {.cells = {"", "", "", "", "", ""}};
	struct arena a;

	(void)state;
	arena_init(&a);
	for (int s = 0; s < SHEET_COUNT; s++) {
		struct change c = {.sheet = (enum sheet_name)s, .after = &row};

		for (int k = CHANGE_ADD; k <= CHANGE_ORDER; k++) {
			c.kind = (enum change_kind)k;
			look_up("act", change_act(&a, &c));
		}
		look_up("deed", sheet_kinds[s].name);
		look_up("act.group", sheet_kinds[s].word);
		for (size_t i = 0; i < sheet_kinds[s].ncolumns; i++)
			look_up("deed", sheet_kinds[s].columns[i]);
	}
	arena_finish(&a);
	assert_int_equal(wordless, 0);
}

/* ------------------------------------------------ lists as the sources have */

/* Lists that no header shows: each is read where it stands, so that a code that
 * is added to one is looked up here too. */
static const struct {
	const char *file, *list, *family;
} lists[] = {
    {"server/pages/cases/answer_view.c", "aside_reasons[] = {", "aside.reason"},
    {"server/pages/cases/cases.c", "case_lists[] = {", "cases.list"},
    {"server/core/cases/needs_person.c", "flags[] = {", "flag"},
    {"server/intake/arrival.c", "flags[] = {", "flag"},
    {"server/intake/check.c", "time_flag(", "flag"},
    {"server/pages/people/person_view.c", "roles[] = {", "role"},
    {"server/pages/people/person_view.c", "roles[] = {", "role.what"},
    {"server/pages/people/audit.c", "groups[] = {", "act.group"},
    {"server/pages/account/second_factor.c", "deeds[] = {", "act"},
    {"server/pages/catalogue/row.c", "levels[] = {", "level"},
    {"server/command/device.c", "kinds[] = {", "devices.kind"},
    {"server/core/score/judge.c", "[LEAN_NONE]", "verdict.word"},
    {"kiosk/screen/service_facts.c", "keys[FACTS] = {", "service"},
};

/* The texts of one list: from its beginning to the next closing brace. */
static size_t
check_list(const char *code, const char *list, const char *family)
{
	const char *at = strstr(code, list), *end;
	size_t before = looked_at;
	char word[60];

	end = at == NULL ? NULL : strchr(at, '}');
	while (end != NULL && (at = strchr(at, '"')) != NULL && at < end) {
		size_t n = strcspn(at + 1, "\"");

		snprintf(word, sizeof(word), "%.*s", (int)n, at + 1);
		look_up(family, word);
		at += n + 2;
	}
	return looked_at - before;
}

static void
test_lists(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(lists) / sizeof(lists[0]); i++) {
		char path[160];
		struct buf b;

		snprintf(path, sizeof(path), "../%s", lists[i].file);
		buf_init(&b);
		assert_true(buf_read_file(&b, path, 4 << 20));
		if (check_list(buf_text(&b), lists[i].list, lists[i].family) ==
		    0)
			fail_msg("%s: no list %s", path, lists[i].list);
		buf_finish(&b);
	}
	assert_int_equal(wordless, 0);
}

/* ------------------------------------------------- deeds that sources write */

static void
check_deeds(const char *code)
{
	static const char *const before[] = {"act = \"", "page_deed(page, \"",
	    "page_deed(\n	    &page, \"", "page_deed(&page, \"",
	    "_audit(db, \"", "deed = \""};

	for (size_t i = 0; i < sizeof(before) / sizeof(before[0]); i++)
		for (const char *at = code;
		     (at = strstr(at, before[i])) != NULL;) {
			char act[60];
			size_t n;

			at += strlen(before[i]);
			n = strcspn(at, "\"");
			if (n >= sizeof(act) || memchr(at, '.', n) == NULL)
				continue;
			snprintf(act, sizeof(act), "%.*s", (int)n, at);
			look_up("act", act);
			act[strcspn(act, ".")] = '\0';
			look_up("act.group", act);
		}
}

static int
check_deed_file(
    const char *path, const struct stat *st, int kind, struct FTW *w)
{
	const char *ending = strrchr(path, '.');
	struct buf b;

	(void)st;
	(void)w;
	if (kind != FTW_F || ending == NULL || strcmp(ending, ".c") != 0)
		return 0;
	buf_init(&b);
	assert_true(buf_read_file(&b, path, 4 << 20));
	check_deeds(buf_text(&b));
	buf_finish(&b);
	return 0;
}

static void
test_deeds(void **state)
{
	(void)state;
	looked_at = 0;
	assert_int_equal(nftw("../server", check_deed_file, 16, FTW_PHYS), 0);
	assert_int_equal(wordless, 0);
	assert_true(looked_at >= (size_t)20 * LANG_WHOLE); /* it finds some */
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_families),
	    cmocka_unit_test(test_enumerations),
	    cmocka_unit_test(test_sheets),
	    cmocka_unit_test(test_lists),
	    cmocka_unit_test(test_deeds),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
