/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The examples of the protocol are only as strict as the comparison: what must
 * not pass stands here beside what must. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "tests/docs/document.h"
#include "tests/docs/match.h"

struct match_case {
	bool same;
	const char *pattern, *value;
};

static const struct match_case texts[] = {
    {true, "", ""},
    {true, "ok", "ok"},
    {false, "ok", "ok "},
    {false, "ok", "o"},
    {true, "…", ""},
    {true, "a … b", "a c d b"},
    {false, "a … b", "a c d"},
    {true, "token={T}; x", "token=abc; x"},
    {false, "token={T}; x", "token=; x"},
    {true, "{A}-{A}", "ab-ab"},
    {false, "{A}-{A}", "ab-ac"},
    {true, "{a} {}", "{a} {}"},
};

static const struct match_case values[] = {
    {true, "{\"a\":1,\"b\":[1,2]}", "{\"b\":[1,2],\"a\":1}"},
    {false, "{\"a\":1}", "{\"a\":2}"},
    {false, "{\"a\":1}", "{\"a\":1,\"b\":2}"},
    {true, "{\"a\":1,\"…\":\"…\"}", "{\"a\":1,\"b\":2}"},
    {false, "{\"a\":1,\"b\":\"…\"}", "{\"a\":1}"},
    {false, "{\"a\":null}", "{\"a\":0}"},
    {false, "{\"a\":\"1\"}", "{\"a\":1}"},
    {true, "{\"a\":1}", "{\"a\":1.0}"},
    {true, "[1,\"…\"]", "[1,2,3]"},
    {true, "[1,\"…\"]", "[1]"},
    {false, "[1,\"…\"]", "[]"},
    {false, "[1]", "[1,2]"},
    {true, "{\"a\":\"x: …\"}", "{\"a\":\"x: y\"}"},
    {true, "[{\"a\":\"{N}\"},{\"b\":\"{N}\"}]",
	"[{\"a\":\"x\"},{\"b\":\"x\"}]"},
    {false, "[{\"a\":\"{N}\"},{\"b\":\"{N}\"}]",
	"[{\"a\":\"x\"},{\"b\":\"y\"}]"},
};

static void
texts_match(void **state)
{
	struct names names;

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		const struct match_case *c = &texts[i];

		names_init(&names);
		if (match_text(&names, c->pattern, c->value) != c->same)
			fail_msg("%s | %s", c->pattern, c->value);
		names_finish(&names);
	}
}

static void
json_matches(void **state)
{
	struct names names;

	(void)state;
	for (size_t i = 0; i < sizeof(values) / sizeof(values[0]); i++) {
		const struct match_case *c = &values[i];
		json_t *pattern = json_loads(c->pattern, 0, NULL);
		json_t *value = json_loads(c->value, 0, NULL);

		names_init(&names);
		assert_non_null(pattern);
		assert_non_null(value);
		if (match_json(&names, pattern, value) != c->same)
			fail_msg("%s | %s", c->pattern, c->value);
		names_finish(&names);
		json_decref(pattern);
		json_decref(value);
	}
}

static void
names_are_filled_in(void **state)
{
	struct names names;

	(void)state;
	names_init(&names);
	assert_null(names_fill(&names, "Bearer {KIOSK}"));
	assert_true(match_text(&names, "\"{KIOSK}\"", "\"abc\""));
	assert_string_equal(
	    names_fill(&names, "Bearer {KIOSK} {x}"), "Bearer abc {x}");
	names_finish(&names);
}

static void
blocks_are_cut(void **state)
{
	struct arena a;
	struct document d;
	struct message m;

	(void)state;
	arena_init(&a);
	document_read(&a,
	    "x\n```http\nGET /\nA: b\n\nbody\nmore\n```\n```\n```\ny\n", &d);
	assert_int_equal(d.count, 2);
	assert_string_equal(d.blocks[0].kind, "http");
	assert_int_equal(d.blocks[0].line, 3);
	assert_string_equal(d.blocks[1].text, "");
	message_read(&a, d.blocks[0].text, &m);
	assert_string_equal(m.first, "GET /");
	assert_string_equal(m.headers[0], "A: b");
	assert_null(m.headers[1]);
	assert_string_equal(m.body, "body\nmore");
	arena_finish(&a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(texts_match),
	    cmocka_unit_test(json_matches),
	    cmocka_unit_test(names_are_filled_in),
	    cmocka_unit_test(blocks_are_cut),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
