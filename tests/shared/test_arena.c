/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The arena and the buffer: what is handed out stays, is zeroed, aligned. */
#include "shared/arena.h"

#include <errno.h>
#include <setjmp.h>
#include <stdalign.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>
#include "shared/buf.h"

/* Sizes around the blocks' edges and larger than any block. */
static const size_t sizes[] = {0, 1, 15, 16, 17, 100, 2047, 2048, 2049, 4095,
    4096, 4097, 8192, 100000, 3, 1048576, 1048577, 5, 3000000, 7};
#define SIZES (sizeof(sizes) / sizeof(sizes[0]))

static void
pieces_do_not_touch(void **state)
{
	unsigned char *pieces[SIZES * 20];
	struct arena a;

	(void)state;
	arena_init(&a);
	for (size_t i = 0; i < SIZES * 20; i++) {
		size_t n = sizes[i % SIZES];

		pieces[i] = arena_alloc(&a, n);
		assert_int_equal(
		    (uintptr_t)pieces[i] % alignof(max_align_t), 0);
		for (size_t k = 0; k < n; k++)
			assert_int_equal(pieces[i][k], 0);
		memset(pieces[i], (int)(i % 251) + 1, n);
	}
	for (size_t i = 0; i < SIZES * 20; i++)
		for (size_t k = 0; k < sizes[i % SIZES]; k++)
			if (pieces[i][k] != i % 251 + 1)
				fail_msg("piece %zu byte %zu", i, k);
	arena_finish(&a);
}

static void
usable_again_after_finish(void **state)
{
	struct arena a;

	(void)state;
	arena_init(&a);
	arena_finish(&a);
	for (int round = 0; round < 3; round++) {
		assert_string_equal(arena_strdup(&a, "x"), "x");
		arena_finish(&a);
	}
}

static void
zeroed_after_reset(void **state)
{
	static const size_t large[] = {10, 3000, 100, 5000, 200000};
	struct arena a;

	(void)state;
	arena_init(&a);
	arena_reset(&a); /* an empty one */
	for (int round = 0; round < 20; round++) {
		for (int i = 0; i < 8; i++) {
			size_t size = large[(round * 3 + i) % 5];
			unsigned char *piece = arena_alloc(&a, size);

			for (size_t k = 0; k < size; k++)
				assert_int_equal(piece[k], 0);
			memset(piece, 0xff, size);
		}
		arena_reset(&a);
	}
	arena_finish(&a);
}

static void
texts(void **state)
{
	struct arena a;
	char *cut, *said;

	(void)state;
	arena_init(&a);
	assert_null(arena_strdup(&a, NULL));
	assert_string_equal(arena_strndup(&a, NULL, 0), "");
	cut = arena_strndup(&a, "Liên Hương", 5);
	said = arena_printf(&a, "%s %d %s", "LH1", 5, "cảm ơn");
	assert_string_equal(cut, "Liên");
	assert_string_equal(said, "LH1 5 cảm ơn");
	assert_int_equal(strlen(arena_printf(&a, "%05000d", 7)), 5000);
	arena_finish(&a);
}

static void
arrays_grow(void **state)
{
	struct pair {
		int32_t n;
		const char *name;
	} *pairs = NULL, *pair;
	size_t count = 0;
	struct arena a;

	(void)state;
	arena_init(&a);
	for (int32_t i = 0; i < 1000; i++) {
		pair = arena_append(&a, &pairs, &count, sizeof(*pairs));
		assert_ptr_equal(pair, &pairs[i]);
		assert_int_equal(pair->n, 0);
		assert_null(pair->name);
		pair->n = i;
		pair->name = "x";
	}
	assert_int_equal(count, 1000);
	for (int32_t i = 0; i < 1000; i++)
		assert_int_equal(pairs[i].n, i);
	arena_finish(&a);
}

static void
buffer_grows(void **state)
{
	struct buf b;

	(void)state;
	buf_init(&b);
	assert_string_equal(buf_text(&b), "");
	buf_add(&b, NULL, 0);
	assert_string_equal(buf_text(&b), "");
	for (int i = 0; i < 5000; i++) {
		buf_putc(&b, 'a');
		assert_int_equal(b.data[b.size], '\0');
	}
	buf_puts(&b, "|");
	buf_printf(&b, "%0300d", 1);
	buf_add(&b, "x\0y", 3);
	assert_int_equal(b.size, 5000 + 1 + 300 + 3);
	assert_memory_equal(b.data + 5000, "|000", 4);
	assert_memory_equal(b.data + b.size - 4, "1x\0y", 5);
	buf_clear(&b);
	assert_int_equal(b.size, 0);
	assert_string_equal(buf_text(&b), "");
	buf_printf(&b, "%s", "");
	buf_puts(&b, "again");
	assert_string_equal(buf_text(&b), "again");
	buf_finish(&b);
	assert_string_equal(buf_text(&b), "");
	buf_finish(&b);
}

static void
buffer_reads_a_file(void **state)
{
	char path[] = "/tmp/hailong-test-XXXXXX";
	char big[20000];
	int fd = mkstemp(path);
	struct buf b;

	(void)state;
	assert_true(fd >= 0);
	memset(big, 'z', sizeof(big));
	assert_int_equal(write(fd, big, sizeof(big)), sizeof(big));
	close(fd);
	buf_init(&b);
	buf_puts(&b, "before ");
	assert_true(buf_read_file(&b, path, sizeof(big)));
	assert_int_equal(b.size, 7 + sizeof(big));
	buf_clear(&b);
	buf_puts(&b, "kept");
	assert_false(buf_read_file(&b, path, sizeof(big) - 1));
	assert_int_equal(errno, EFBIG);
	assert_string_equal(buf_text(&b), "kept");
	unlink(path);
	assert_false(buf_read_file(&b, path, 10));
	assert_int_equal(errno, ENOENT);
	assert_false(buf_read_file(&b, "/tmp", 10));
	assert_int_equal(errno, EISDIR);
	assert_string_equal(buf_text(&b), "kept");
	buf_finish(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(pieces_do_not_touch),
	    cmocka_unit_test(usable_again_after_finish),
	    cmocka_unit_test(zeroed_after_reset),
	    cmocka_unit_test(texts),
	    cmocka_unit_test(arrays_grow),
	    cmocka_unit_test(buffer_grows),
	    cmocka_unit_test(buffer_reads_a_file),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
