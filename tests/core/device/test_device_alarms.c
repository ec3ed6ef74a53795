/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Each alarm by itself, and a kiosk with which nothing is wrong. */
#include "server/core/device/device_alarms.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include "shared/limits.h"

#define NOW   1795140903000LL /* 2026-11-20T09:15:03+07:00 */
#define CLOCK "\"clock\":\"2026-11-20T09:15:00+07:00\""

static void
test_alarms(void **state)
{
	static const struct {
		struct device_report look;
		unsigned alarms;
	} table[] = {
	    {{NOW,
		 "{\"outbox\":0,\"oldest_ms\":0,\"refused\":0,\"damaged\":0,"
		 "\"free_bytes\":7000000000,\"temperature\":50,"
		 "\"touched_at\":\"2026-11-20T09:00:00+07:00\","
		 "\"slowest_ms\":80," CLOCK "}",
		 0, 0, NULL},
		0},
	    {{NOW, "{}", 0, 0, NULL}, 0},
	    {{NOW, "not JSON", 0, 0, NULL}, 0},
	    {{0, NULL, 0, 0, NULL}, 1u << DEVICE_NEVER},
	    {{NOW - 16 * 60000, "{}", 0, 0, NULL}, 1u << DEVICE_SILENT},
	    {{NOW - 14 * 60000, "{}", 0, 0, NULL}, 0},
	    {{NOW, "{\"oldest_ms\":3600001}", 0, 0, NULL}, 1u << DEVICE_UNSENT},
	    {{NOW, "{\"damaged\":1}", 0, 0, NULL}, 1u << DEVICE_DAMAGED},
	    {{NOW, "{\"refused\":1}", 0, 0, NULL}, 1u << DEVICE_REFUSED},
	    {{NOW, "{\"outbox\":0}", 2, 0, NULL}, 1u << DEVICE_MISSING},
	    {{NOW, "{\"outbox\":2}", 2, 0, NULL},
		0}, /* they may be on their way */
	    {{NOW, "{}", 0, 1, NULL}, 1u << DEVICE_TWICE},
	    {{NOW + 121000, "{" CLOCK "}", 0, 0, NULL}, 1u << DEVICE_CLOCK},
	    {{NOW, "{\"clock\":\"1970-01-01T07:00:00+07:00\"}", 0, 0, NULL},
		1u << DEVICE_CLOCK},
	    {{NOW, "{\"free_bytes\":199999999}", 0, 0, NULL},
		1u << DEVICE_DISK},
	    {{NOW, "{\"temperature\":80}", 0, 0, NULL}, 1u << DEVICE_HOT},
	    {{NOW, "{\"touched_at\":\"2026-11-19T09:15:02+07:00\"}", 0, 0,
		 NULL},
		1u << DEVICE_UNTOUCHED},
	    {{NOW, "{\"slowest_ms\":501}", 0, 0, NULL}, 1u << DEVICE_SLOW},
	    {{NOW, "{\"insecure\":true}", 0, 0, NULL}, 1u << DEVICE_PLAIN},
	    {{NOW, "{\"insecure\":true}", 0, 0, "sms"}, 1u << DEVICE_PLAIN},
	    {{NOW, "{\"insecure\":false}", 0, 0, NULL}, 0},
	    /* an SMS gateway */
	    {{NOW,
		 "{\"time\":\"2026-11-20T09:15:00+07:00\",\"spool\":{"
		 "\"waiting\":2,\"oldest_at\":null,\"refused\":0,"
		 "\"poison\":0},\"modems\":[{\"state\":\"ready\"}]}",
		 0, 0, "sms"},
		0},
	    {{NOW, "{\"modems\":[{\"state\":\"lost\"}]}", 0, 0, "sms"},
		1u << DEVICE_MODEM},
	    {{NOW,
		 "{\"spool\":{\"oldest_at\":\"2026-11-20T08:15:02+07:00\","
		 "\"poison\":1}}",
		 0, 0, "sms"},
		1u << DEVICE_UNSENT | 1u << DEVICE_REFUSED},
	    {{NOW - 4 * 60000, "{}", 0, 0, "sms"}, 1u << DEVICE_SILENT},
	    {{NOW - 2 * 60000, "{}", 0, 0, "sms"}, 0},
	    /* nobody expects a word of these */
	    {{0, NULL, 0, 0, "import"}, 0},
	    {{0, NULL, 0, 0, "viewer"}, 0},
	};
	struct device_facts facts;

	(void)state;
	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++)
		if (device_alarms_find(&table[i].look, NOW, &facts) !=
		    table[i].alarms)
			fail_msg("line %zu", i);
}

static void
test_facts(void **state)
{
	struct device_report look = {.heard_at = NOW,
	    .heartbeat = "{\"version\":\"0.1.0\",\"outbox\":3,"
			 "\"touched_at\":\"2026-11-20T09:15:03+07:00\"}"};
	struct device_facts facts;

	(void)state;
	device_alarms_find(&look, NOW, &facts);
	assert_int_equal(facts.outbox, 3);
	assert_int_equal(facts.touched_at, NOW);
	assert_string_equal(facts.version, "0.1.0");
	assert_false(facts.tells_clock);
	look.heartbeat = "{\"clock\":\"2026-11-20T09:15:13+07:00\"}";
	device_alarms_find(&look, NOW, &facts);
	assert_true(facts.tells_clock);
	assert_int_equal(facts.ahead_ms, 10000);
	look.heartbeat = "{\"spool\":{\"waiting\":7},\"modems\":["
			 "{\"state\":\"ready\"},{\"state\":\"\"}]}";
	device_alarms_find(&look, NOW, &facts);
	assert_int_equal(facts.outbox, 7);
	assert_int_equal(facts.refused, 0);
	assert_int_equal(facts.modems, 2);
	assert_int_equal(facts.ready, 1);
	look.heartbeat = "{\"refused\":4}";
	device_alarms_find(&look, NOW, &facts);
	assert_int_equal(facts.refused, 4);
	look.heartbeat = "{\"spool\":{\"refused\":2,\"poison\":1}}";
	device_alarms_find(&look, NOW, &facts);
	assert_int_equal(facts.refused, 2);
	look.heartbeat = NULL;
	device_alarms_find(&look, NOW, &facts);
	assert_int_equal(facts.outbox, -1);
	assert_int_equal(facts.touched_at, 0);
	assert_string_equal(facts.version, "");
}

static void
test_rank(void **state)
{
	(void)state;
	assert_int_equal(device_alarms_rank(1u << DEVICE_NEVER), 0);
	assert_int_equal(
	    device_alarms_rank(1u << DEVICE_SILENT | 1u << DEVICE_HOT), 0);
	assert_int_equal(device_alarms_rank(1u << DEVICE_HOT), 1);
	assert_int_equal(device_alarms_rank(0), 2);
}

/* One rule for the pages, the metrics and the alarms. */
static void
test_quiet(void **state)
{
	static const struct {
		const char *kind;
		int64_t heard_at;
		bool silent;
	} table[] = {{"sms", NOW - LIMIT_GATEWAY_SILENT_MS, false},
	    {"sms", NOW - LIMIT_GATEWAY_SILENT_MS - 1, true},
	    {"sms", NOW + 60000, false}, {"sms", 0, true},
	    {"kiosk", NOW - LIMIT_KIOSK_SILENT_MS, false},
	    {"kiosk", NOW - LIMIT_KIOSK_SILENT_MS - 1, true},
	    {NULL, NOW - LIMIT_KIOSK_SILENT_MS - 1, true}, {"import", 1, false},
	    {"viewer", 1, false}};

	(void)state;
	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++)
		if (device_silent(table[i].kind, table[i].heard_at, NOW) !=
		    table[i].silent)
			fail_msg("line %zu", i);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_alarms),
	    cmocka_unit_test(test_facts),
	    cmocka_unit_test(test_rank),
	    cmocka_unit_test(test_quiet),
	};

	return cmocka_run_group_tests_name("device_alarms", tests, NULL, NULL);
}
