/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What is JSON for us, what is refused and with which words, and what stands in
 * the nodes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "shared/json.h"

#include <stdlib.h>
#include <string.h>
#include "shared/limits.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

static const struct {
	const char *text;
	const char *error; /* NULL: taken */
} cases[] = {
    {"{}", NULL},
    {" [ ] ", NULL},
    {"null", NULL},
    {"-0", NULL},
    {"1e999", NULL},
    {"\"\\ud83d\\ude00\"", NULL},
    {"\"\\\\ud83d\"", NULL}, /* an escaped backslash, then letters */
    {"\"\\u0000\"", NULL},
    {"{\"a\":1,\"b\":[1,{\"a\":2}]}", NULL},
    {"", "not JSON (line 1, column 1)"},
    {"  ", "not JSON (line 1, column 3)"},
    {"{", "not JSON (line 1, column 2)"},
    {"[1,]", "not JSON (line 1, column 4)"},
    {"{\"a\":1,}", "not JSON"},
    {"{'a':1}", "not JSON"},
    {"[1] [2]", "not JSON"},
    {"[1]x", "not JSON"},
    {"[1]\"", "not JSON"},
    {"[1,\f2]", "not JSON (line 1, column 4)"},
    {"\v1", "not JSON (line 1, column 1)"},
    {"[1] \"abc]", "not JSON"},
    {"\"a\"\"b", "not JSON"},
    {"01", "not JSON"},
    {"+1", "not JSON"},
    {"NaN", "not JSON"},
    {"\"a\nb\"", "not JSON"},
    {"\"\\x\"", "not JSON"},
    {"[1,\n 2,\n  x]", "not JSON (line 3, column 3)"},
    {"/* */ 1", "not JSON"},
    {"\"\\ud83d\"", "half a surrogate pair (line 1, column 2)"},
    {"\"\\ud83dx\"", "half a surrogate pair"},
    {"\"\\ude00\\ud83d\"", "half a surrogate pair"},
    {"[\n\"\\\\\\udfff\"]", "half a surrogate pair (line 2, column 4)"},
    {"\"\xc0\x80\"", "not UTF-8"},
    {"\"\xed\xa0\x80\"", "not UTF-8"},
    {"\"\xf5\x80\x80\x80\"", "not UTF-8"},
    {"\"\xe1\xba\"", "not UTF-8"},
    {"{\"\xff\":1}", "not UTF-8"},
    {"{\"a\":1,\"a\":2}",
	"a key occurs twice in one object (line 1, column 10)"},
    {"{\"a\":1,\"\\u0061\":2}", "a key occurs twice in one object"},
    {"{\"a\\u0000\":1}", "a key holds a NUL"},
    {"[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]", NULL},
    {"[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]", "nested too deep"},
    {"{\"a\":[[[[[[[[[[[[[[[{}]]]]]]]]]]]]]]]}", "nested too deep"},
    {"[\"[[[[[[[[[[[[[[[[[[\"]", NULL},
};

static void
each_case(void **state)
{
	char error[LIMIT_ERROR_BYTES];
	const struct node *node;
	struct arena a;

	(void)state;
	arena_init(&a);
	for (size_t i = 0; i < COUNT(cases); i++) {
		/* exactly as long as the text, for the sanitizer */
		size_t size = strlen(cases[i].text);
		char *text = malloc(size + 1);

		memcpy(text, cases[i].text, size);
		error[0] = '\0';
		node = json_read(&a, text, size, error, sizeof(error));
		free(text);
		if ((node != NULL) != (cases[i].error == NULL))
			fail_msg("%s: %s", cases[i].text, error);
		if (cases[i].error != NULL &&
		    strncmp(error, cases[i].error, strlen(cases[i].error)) != 0)
			fail_msg("%s\nwanted %s\ngot    %s", cases[i].text,
			    cases[i].error, error);
	}
	arena_finish(&a);
}

static void
integers(void **state)
{
	static const struct {
		const char *text;
		bool integer;
		int64_t value;
	} numbers[] = {
	    {"0", true, 0},
	    {"-0", true, 0},
	    {"5", true, 5},
	    {"-17", true, -17},
	    {"9223372036854775807", true, INT64_MAX},
	    {"-9223372036854775808", true, INT64_MIN},
	    {"9223372036854775808", false, 0},
	    {"-9223372036854775809", false, 0},
	    {"5.0", false, 0},
	    {"5e0", false, 0},
	    {"\"5\"", false, 0},
	    {"true", false, 0},
	};
	char error[LIMIT_ERROR_BYTES];
	struct arena a;
	int64_t value;

	(void)state;
	arena_init(&a);
	for (size_t i = 0; i < COUNT(numbers); i++) {
		const struct node *node = json_read(&a, numbers[i].text,
		    strlen(numbers[i].text), error, sizeof(error));

		assert_non_null(node);
		value = 0;
		assert_int_equal(
		    node_integer(node, &value), numbers[i].integer);
		assert_true(value == numbers[i].value);
	}
	arena_finish(&a);
}

static void
what_stands_in_the_nodes(void **state)
{
	static const char text[] =
	    "{\"answers\":[{\"id\":\"x\",\"n\":null},true,false,\"\\u0000z\"],"
	    "\"t\":\"h\\u00e0i l\xc3\xb2ng\\n\"}";
	char error[LIMIT_ERROR_BYTES];
	const struct node *top, *list, *n;
	struct arena a;

	(void)state;
	arena_init(&a);
	top = json_read(&a, text, sizeof(text) - 1, error, sizeof(error));
	assert_true(node_is(top, NODE_OBJECT));
	assert_int_equal(top->size, 2);
	assert_string_equal(node_text(node_get(top, "t")), "hài lòng\n");
	assert_null(node_get(top, "T"));
	list = node_get(top, "answers");
	assert_int_equal(list->size, 4);
	n = list->first;
	assert_string_equal(node_text(node_get(n, "id")), "x");
	assert_true(node_is(node_get(n, "n"), NODE_NULL));
	n = n->next;
	assert_true(node_is(n, NODE_TRUE));
	n = n->next;
	assert_true(node_is(n, NODE_FALSE));
	n = n->next;
	assert_null(node_text(n)); /* holds a NUL */
	assert_int_equal(n->size, 2);
	assert_null(n->next);
	assert_null(node_get(list, "id"));
	assert_null(node_get(NULL, "id"));
	assert_null(node_text(NULL));
	assert_false(node_is(NULL, NODE_NULL));
	arena_finish(&a);
}

static void
number_of_keys(void **state)
{
	char error[LIMIT_ERROR_BYTES];
	struct arena a;
	struct buf b;

	(void)state;
	arena_init(&a);
	buf_init(&b);
	buf_puts(&b, "{\"k\":0");
	for (int i = 1; i < LIMIT_JSON_KEYS; i++)
		buf_printf(&b, ",\"k%d\":%d", i, i);
	buf_putc(&b, '}');
	assert_non_null(
	    json_read(&a, buf_text(&b), b.size, error, sizeof(error)));
	b.size--;
	buf_puts(&b, ",\"more\":1}");
	assert_null(json_read(&a, buf_text(&b), b.size, error, sizeof(error)));
	assert_non_null(strstr(error, "too many keys in one object"));
	buf_finish(&b);
	arena_finish(&a);
}

static void
written_strings(void **state)
{
	struct buf b;

	(void)state;
	buf_init(&b);
	json_put(&b, "a\"b\\c\n\x01 hài");
	assert_string_equal(buf_text(&b), "\"a\\\"b\\\\c\\u000a\\u0001 hài\"");
	buf_finish(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(each_case),
	    cmocka_unit_test(integers),
	    cmocka_unit_test(what_stands_in_the_nodes),
	    cmocka_unit_test(number_of_keys),
	    cmocka_unit_test(written_strings),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
