/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Forms and queries as browsers send them, and as attackers do. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "server/core/text/urlencoded.h"
#include "shared/arena.h"
#include "shared/buf.h"

#include <stdlib.h>
#include <string.h>

#define MOST    4
#define NO_TEXT PAIR_NO_TEXT

struct row {
	const char *body;
	size_t size; /* 0: strlen */
	bool taken;
	struct {
		const char *name, *value;
	} pairs[MOST]; /* what is read, closed by a NULL name */
};

static const struct row rows[] = {
    {"", 0, true, {{NULL, NULL}}},
    {"overall=5", 0, true, {{"overall", "5"}, {NULL, NULL}}},
    {"a=1&b=2", 0, true, {{"a", "1"}, {"b", "2"}, {NULL, NULL}}},
    {"&&a=1&&", 0, true, {{"a", "1"}, {NULL, NULL}}},
    {"a", 0, true, {{"a", ""}, {NULL, NULL}}},
    {"a=", 0, true, {{"a", ""}, {NULL, NULL}}},
    {"=b", 0, true, {{"", "b"}, {NULL, NULL}}},
    {"a=b=c", 0, true, {{"a", "b=c"}, {NULL, NULL}}},
    {"c=h%C3%A0i+l%c3%b2ng", 0, true, {{"c", "hài lòng"}, {NULL, NULL}}},
    {"%61+b=%26%3D%2B%25", 0, true, {{"a b", "&=+%"}, {NULL, NULL}}},
    {"c=a%0D%0Ab%09", 0, true, {{"c", "a\r\nb\t"}, {NULL, NULL}}},
    {"r=x&r=y", 0, true, {{"r", "x"}, {"r", "y"}, {NULL, NULL}}},
    {"a=<b>;d", 0, true, {{"a", "<b>;d"}, {NULL, NULL}}},
    /* refused */
    {"a=%", 0, false, {{NULL, NULL}}},
    {"a=%4", 0, false, {{NULL, NULL}}},
    {"a=%4&b=1", 0, false, {{NULL, NULL}}},
    {"a=%G1", 0, false, {{NULL, NULL}}},
    {"a=%1G", 0, false, {{NULL, NULL}}},
    {"a=1&b=%", 0, false, {{NULL, NULL}}},
    /* taken, but no code */
    {"a=%00", 0, true, {{"a", NO_TEXT}, {NULL, NULL}}},
    {"a%00=1", 0, true, {{NO_TEXT, "1"}, {NULL, NULL}}},
    {"a=\0b", 4, true, {{"a", NO_TEXT}, {NULL, NULL}}},
    {"a=%ff", 0, true, {{"a", NO_TEXT}, {NULL, NULL}}},
    {"a=%C3", 0, true, {{"a", NO_TEXT}, {NULL, NULL}}},
    {"a=%C3&b=%A0", 0, true, {{"a", NO_TEXT}, {"b", NO_TEXT}, {NULL, NULL}}},
    {"a=%C0%80", 0, true, {{"a", NO_TEXT}, {NULL, NULL}}},
    {"a=%ED%A0%80", 0, true, {{"a", NO_TEXT}, {NULL, NULL}}},
    {"a=LH%071", 0, true, {{"a", NO_TEXT}, {NULL, NULL}}},
    {"\xff=1", 0, true, {{NO_TEXT, "1"}, {NULL, NULL}}},
};

static void
check(struct arena *a, const struct row *row)
{
	size_t size = row->size == 0 ? strlen(row->body) : row->size;
	char *exact = malloc(size + 1); /* a read beyond it is noticed */
	struct pairs pairs;
	bool taken;
	size_t n = 0;

	memcpy(exact, row->body, size);
	exact[size] = '\0';
	taken = urlencoded_read(a, exact, size, &pairs);
	free(exact); /* what was read is a copy */
	if (taken != row->taken)
		fail_msg("%s: %s", taken ? "taken" : "refused", row->body);
	if (!taken)
		return;
	for (; row->pairs[n].name != NULL; n++) {
		assert_true(n < pairs.count);
		assert_string_equal(pairs.list[n].name, row->pairs[n].name);
		assert_string_equal(pairs.list[n].value, row->pairs[n].value);
	}
	assert_int_equal(pairs.count, n);
}

static void
test_bodies(void **state)
{
	struct arena a;

	(void)state;
	arena_init(&a);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		check(&a, &rows[i]);
	arena_finish(&a);
}

static void
test_get(void **state)
{
	const char *body = "r=first&r=second&empty=";
	struct pairs pairs;
	struct arena a;

	(void)state;
	arena_init(&a);
	assert_true(urlencoded_read(&a, body, strlen(body), &pairs));
	assert_string_equal(pairs_get(&pairs, "r"), "first");
	assert_string_equal(pairs_get(&pairs, "empty"), "");
	assert_null(pairs_get(&pairs, "absent"));
	arena_finish(&a);
}

/* The same value, read as a code and as words. */
static void
test_words(void **state)
{
	const char *body = "a=LH%071&b=%00%C3&c=h%C3%A0i";
	struct pairs pairs;
	bool cleaned = false;
	struct arena a;

	(void)state;
	arena_init(&a);
	assert_true(urlencoded_read(&a, body, strlen(body), &pairs));
	assert_string_equal(pairs_words(&a, &pairs, "c", &cleaned), "hài");
	assert_false(cleaned);
	assert_string_equal(pairs_words(&a, &pairs, "a", &cleaned), "LH1");
	assert_true(cleaned);
	assert_string_equal(pairs_get(&pairs, "a"), NO_TEXT);
	assert_string_equal(pairs_words(&a, &pairs, "b", NULL), "");
	assert_null(pairs_words(&a, &pairs, "d", NULL));
	arena_finish(&a);
}

static void
test_many(void **state)
{
	char body[2 * URLENCODED_PAIRS + 8];
	struct pairs pairs;
	struct arena a;

	(void)state;
	arena_init(&a);
	for (size_t i = 0; i < sizeof(body); i += 2)
		memcpy(body + i, "a&", 2);
	assert_true(
	    urlencoded_read(&a, body, (size_t)2 * URLENCODED_PAIRS, &pairs));
	assert_int_equal(pairs.count, URLENCODED_PAIRS);
	assert_false(urlencoded_read(
	    &a, body, (size_t)2 * URLENCODED_PAIRS + 2, &pairs));
	arena_finish(&a);
}

static void
test_add(void **state)
{
	struct pairs pairs = {NULL, 0};
	struct arena a;

	(void)state;
	arena_init(&a);
	assert_true(pairs_add(&a, &pairs, "lang", "en"));
	assert_false(pairs_add(&a, &pairs, "lang", "\xff"));
	assert_false(pairs_add(&a, &pairs, "\xff", ""));
	assert_false(pairs_add(&a, &pairs, NULL, ""));
	assert_false(pairs_add(&a, &pairs, "x", NULL));
	assert_int_equal(pairs.count, 1);
	arena_finish(&a);
}

/* What is put is read back, byte for byte. */
static void
test_put(void **state)
{
	static const char *const values[] = {"", "a b", "a&b=c?d#e", "Đất đai",
	    "100%", "../x\\y", "\r\nSet-Cookie: x", "a+b", "-._~"};
	struct pairs in = {0}, out;
	struct arena a;
	struct buf b;

	(void)state;
	arena_init(&a);
	buf_init(&b);
	pairs_put(&b, &in);
	assert_string_equal(buf_text(&b), "");
	for (size_t i = 0; i < sizeof(values) / sizeof(values[0]); i++)
		assert_true(pairs_add(&a, &in, "n&", values[i]));
	pairs_put(&b, &in);
	assert_int_equal(buf_text(&b)[0], '?');
	for (size_t i = 0; i < b.size; i++)
		assert_true(buf_text(&b)[i] > ' ' && buf_text(&b)[i] < 0x7f);
	assert_true(urlencoded_read(&a, buf_text(&b) + 1, b.size - 1, &out));
	assert_int_equal(out.count, in.count);
	for (size_t i = 0; i < out.count; i++) {
		assert_string_equal(out.list[i].name, "n&");
		assert_string_equal(out.list[i].value, values[i]);
	}
	buf_clear(&b);
	urlencoded_put(&b, "/staff/a b", true);
	assert_string_equal(buf_text(&b), "/staff/a%20b");
	buf_finish(&b);
	arena_finish(&a);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_bodies),
	    cmocka_unit_test(test_get),
	    cmocka_unit_test(test_words),
	    cmocka_unit_test(test_many),
	    cmocka_unit_test(test_add),
	    cmocka_unit_test(test_put),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
