/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Forms with a file: as browsers send them, and broken in every place. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "server/core/text/multipart.h"
#include "server/core/text/urlencoded.h"
#include "shared/arena.h"

#include <string.h>

#define TYPE "multipart/form-data; boundary=----x7"
#define PART(name, value)                                                      \
	"------x7\r\nContent-Disposition: form-data; name=\"" name             \
	"\"\r\n\r\n" value "\r\n"
#define FILE_PART(value)                                                       \
	"------x7\r\nContent-Disposition: form-data; name=\"file\"; "          \
	"filename=\"../../etc/passwd\"\r\nContent-Type: application/zip\r\n"   \
	"\r\n" value "\r\n"
#define END "------x7--\r\n"

static struct arena arena;
static struct pairs form;
static struct upload upload;

static bool
reads(const char *type, const char *body, size_t size)
{
	/* exactly so many bytes, that the sanitizer sees any step beyond */
	char *copy = test_malloc(size + 1);
	bool ok;

	memcpy(copy, body, size);
	ok = multipart_read(&arena, type, copy, size, &form, &upload);
	if (ok && upload.data != NULL)
		upload.data = arena_strndup(&arena, upload.data, upload.size);
	test_free(copy);
	return ok;
}

static bool
reads_text(const char *body)
{
	return reads(TYPE, body, strlen(body));
}

static void
test_good(void **state)
{
	static const char binary[] = FILE_PART("P\0K\r\n--\r\n-----x7") END;

	(void)state;
	assert_true(reads_text(PART("csrf", "abc") PART("words", "Đất\r\nđai")
		FILE_PART("PK...") END));
	assert_string_equal(pairs_get(&form, "csrf"), "abc");
	assert_string_equal(pairs_get(&form, "words"), "Đất\r\nđai");
	assert_int_equal(upload.size, 5);
	assert_memory_equal(upload.data, "PK...", 5);
	assert_true(reads(TYPE, binary, sizeof(binary) - 1));
	assert_int_equal(upload.size, 16);
	assert_true(reads_text(PART("empty", "") FILE_PART("") END));
	assert_string_equal(pairs_get(&form, "empty"), "");
	assert_null(upload.data);
	assert_true(reads("multipart/form-data; boundary=\"----x7\"",
	    PART("a", "1") END, strlen(PART("a", "1") END)));
	assert_true(reads_text(END));
}

static void
test_bad(void **state)
{
	static const char *const bad[] = {"", "--", "------x7", "------x7\r\n",
	    "x" END, PART("a", "1"), PART("a", "1") "------x7",
	    FILE_PART("one") FILE_PART("two") END,
	    "------x7\r\nContent-Disposition: form-data\r\n\r\nx\r\n" END,
	    "------x7\r\nno headers\r\n" END,
	    "------x7\r\nContent-Disposition: form-data; "
	    "name=\"a\r\n\r\nx\r\n" END,
	    NULL};

	(void)state;
	for (int i = 0; bad[i] != NULL; i++)
		if (reads_text(bad[i]))
			fail_msg("taken: %d", i);
	assert_false(reads("multipart/form-data", END, strlen(END)));
	assert_false(reads("multipart/form-data; boundary=", END, strlen(END)));
	assert_false(multipart_is(NULL));
	assert_false(multipart_is("application/x-www-form-urlencoded"));
	assert_true(multipart_is("Multipart/Form-Data; boundary=x"));
}

/* What is no text is taken for words, and is no code. */
static void
test_no_text(void **state)
{
	static const char nul[] = PART("a", "1\0002") END;

	(void)state;
	assert_true(reads(TYPE, nul, sizeof(nul) - 1));
	assert_string_equal(pairs_get(&form, "a"), PAIR_NO_TEXT);
	assert_string_equal(pairs_words(&arena, &form, "a", NULL), "12");
	assert_true(reads_text(PART("a", "\xff") END));
	assert_string_equal(pairs_get(&form, "a"), PAIR_NO_TEXT);
	assert_string_equal(pairs_words(&arena, &form, "a", NULL), "");
}

/* Cut anywhere it is refused, and nothing beyond the cut is read. */
static void
test_cut(void **state)
{
	const char *body = PART("csrf", "abc") FILE_PART("PK") END;
	size_t whole = strlen(body) - 2; /* the last line end may be missing */

	(void)state;
	for (size_t n = 0; n < whole; n++)
		assert_false(reads(TYPE, body, n));
	assert_true(reads(TYPE, body, whole));
}

static void
test_many(void **state)
{
	char *body = test_malloc(70 * sizeof(PART("a", "1")) + 20);

	(void)state;
	body[0] = '\0';
	for (int i = 0; i < 65; i++)
		strcat(body, PART("a", "1"));
	strcat(body, END);
	assert_false(reads_text(body));
	test_free(body);
}

static int
teardown(void **state)
{
	(void)state;
	arena_finish(&arena);
	return 0;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_good),
	    cmocka_unit_test(test_bad),
	    cmocka_unit_test(test_no_text),
	    cmocka_unit_test(test_cut),
	    cmocka_unit_test(test_many),
	};

	return cmocka_run_group_tests(tests, NULL, teardown);
}
