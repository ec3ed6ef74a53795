/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Free text as it is kept; and that what is kept stays as it is. */
#include "shared/clean_text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>
#include "shared/utf8.h"
#include "tests/kit/typed_texts.h"

/* Of a copy of exactly that size, so that a sanitizer sees a byte too far. */
static const char *
clean(struct arena *a, const char *bytes, size_t size, bool *cleaned)
{
	char *copy = malloc(size + (size == 0));
	const char *kept;

	assert_non_null(copy);
	memcpy(copy, bytes, size);
	kept = clean_text(a, copy, size, cleaned);
	free(copy);
	return kept;
}

static void
each_text(void **state)
{
	struct arena a;

	(void)state;
	arena_init(&a);
	for (size_t i = 0; i < typed_text_count; i++) {
		const struct typed_text *t = &typed_texts[i];
		bool cleaned = false;
		const char *kept = clean(&a, t->bytes, t->size, &cleaned);

		if (strcmp(kept, t->kept) != 0 || cleaned != t->cleaned)
			fail_msg("%zu: %s: %s, %d", i, t->bytes, kept, cleaned);
		assert_true(utf8_valid(kept, strlen(kept)));
		cleaned = false;
		assert_string_equal(
		    clean(&a, kept, strlen(kept), &cleaned), kept);
		assert_false(cleaned);
	}
	arena_finish(&a);
}

/* Any two bytes between two letters. */
static void
any_bytes(void **state)
{
	char text[4] = "a..b";
	struct arena a;

	(void)state;
	arena_init(&a);
	for (int pair = 0; pair < 0x10000; pair++) {
		const char *kept;

		text[1] = (char)(pair >> 8);
		text[2] = (char)pair;
		kept = clean_text(&a, text, sizeof(text), NULL);
		if (!utf8_valid(kept, strlen(kept)) || kept[0] == '\0' ||
		    kept[strlen(kept) - 1] != 'b')
			fail_msg("%04x", pair);
		if (pair % 1000 == 0)
			arena_reset(&a);
	}
	arena_finish(&a);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
	    cmocka_unit_test(each_text),
	    cmocka_unit_test(any_bytes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
