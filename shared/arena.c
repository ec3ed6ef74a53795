/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A chain of blocks, the newest first, from which memory is cut one piece
 * after the other. The first block is 4 KiB (a small request needs no second
 * one), each next is twice as large up to 1 MiB. A piece of more than half a
 * block gets a block of its own, put behind the current one so that the rest
 * of the current one is not wasted. Blocks come from calloc, so pieces are
 * zeroed without our touching them.
 *
 * Under AddressSanitizer the part of a block not handed out is poisoned and a
 * small gap follows each piece: overruns inside the arena are reported like
 * overruns of malloc'ed memory.
 */
#include "shared/arena.h"

#include <stdalign.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#if defined(__SANITIZE_ADDRESS__)
#define ARENA_ASAN 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define ARENA_ASAN 1
#endif
#endif

#ifdef ARENA_ASAN
#include <sanitizer/asan_interface.h>
#define ARENA_GAP 16
#else
#define ASAN_POISON_MEMORY_REGION(address, size)   ((void)0)
#define ASAN_UNPOISON_MEMORY_REGION(address, size) ((void)0)
#define ARENA_GAP                                  0
#endif

#define ARENA_FIRST   4096
#define ARENA_LARGEST (1024 * 1024)

struct arena_block {
	struct arena_block *next;
	size_t size; /* bytes of data */
	size_t used;
	size_t grow; /* size of the block that will follow */
	alignas(max_align_t) unsigned char data[];
};

static _Noreturn void
out_of_memory(void)
{
	fputs("out of memory\n", stderr);
	abort();
}

static struct arena_block *
block_new(size_t size, size_t grow)
{
	struct arena_block *block;

	if (size > SIZE_MAX / 2)
		out_of_memory();
	block = calloc(1, sizeof(*block) + size);
	if (block == NULL)
		out_of_memory();
	block->size = size;
	block->grow = grow;
	ASAN_POISON_MEMORY_REGION(block->data, size);
	return block;
}

/* Makes room for size bytes and answers the block that has it. */
static struct arena_block *
block_with_room(struct arena *a, size_t size)
{
	struct arena_block *head = a->blocks, *block;
	size_t grow = head != NULL ? head->grow : ARENA_FIRST;

	if (head != NULL && size <= head->size - head->used)
		return head;
	if (size > grow / 2) {
		block = block_new(size, grow);
		if (head != NULL) {
			block->next = head->next;
			head->next = block;
			return block;
		}
	} else {
		block = block_new(grow, grow < ARENA_LARGEST ? grow * 2 : grow);
		block->next = head;
	}
	a->blocks = block;
	return block;
}

void
arena_init(struct arena *a)
{
	a->blocks = NULL;
}

void
arena_finish(struct arena *a)
{
	struct arena_block *block = a->blocks, *next;

	for (; block != NULL; block = next) {
		next = block->next;
		ASAN_UNPOISON_MEMORY_REGION(block->data, block->size);
		free(block);
	}
	a->blocks = NULL;
}

/* The oldest block stands last in the chain; only what was handed out of it
 * needs to be zeroed again. */
void
arena_reset(struct arena *a)
{
	struct arena_block *block = a->blocks;
	struct arena newer = {NULL};

	if (block == NULL)
		return;
	while (block->next != NULL) {
		struct arena_block *next = block->next;

		block->next = newer.blocks;
		newer.blocks = block;
		block = next;
	}
	a->blocks = block;
	arena_finish(&newer);
	if (block->size > ARENA_FIRST) { /* made for one large piece */
		arena_finish(a);
		return;
	}
	ASAN_UNPOISON_MEMORY_REGION(block->data, block->size);
	memset(block->data, 0, block->used);
	ASAN_POISON_MEMORY_REGION(block->data, block->size);
	block->used = 0;
	block->grow = ARENA_FIRST * 2;
}

void *
arena_alloc(struct arena *a, size_t size)
{
	const size_t align = alignof(max_align_t);
	struct arena_block *block;
	unsigned char *piece;
	size_t taken;

	if (size > SIZE_MAX / 4)
		out_of_memory();
	if (size == 0)
		size = 1;
	taken = (size + ARENA_GAP + align - 1) / align * align;
	block = block_with_room(a, taken);
	piece = block->data + block->used;
	block->used += taken;
	ASAN_UNPOISON_MEMORY_REGION(piece, size);
	return piece;
}

char *
arena_strndup(struct arena *a, const char *text, size_t n)
{
	char *copy;

	if (n == SIZE_MAX)
		out_of_memory();
	copy = arena_alloc(a, n + 1);
	if (n > 0)
		memcpy(copy, text, n);
	return copy;
}

char *
arena_strdup(struct arena *a, const char *text)
{
	return text == NULL ? NULL : arena_strndup(a, text, strlen(text));
}

char *
arena_printf(struct arena *a, const char *format, ...)
{
	va_list args;
	char *text;
	int n;

	va_start(args, format);
	n = vsnprintf(NULL, 0, format, args);
	va_end(args);
	if (n < 0)
		out_of_memory();
	text = arena_alloc(a, (size_t)n + 1);
	va_start(args, format);
	vsnprintf(text, (size_t)n + 1, format, args);
	va_end(args);
	return text;
}

void *
arena_append(struct arena *a, void *array, size_t *count, size_t size)
{
	char *base, *grown;

	/* the caller's pointer has a type of its own: copy it, byte for byte */
	memcpy(&base, array, sizeof(base));
	/* full at every power of two: an array of n elements has room for the
	 * next power of two, and what is left behind is freed with the arena */
	if ((*count & (*count - 1)) == 0) {
		if (*count > SIZE_MAX / 8 / size)
			out_of_memory();
		grown = arena_alloc(a, (*count == 0 ? 1 : *count * 2) * size);
		if (*count > 0)
			memcpy(grown, base, *count * size);
		base = grown;
		memcpy(array, &base, sizeof(base));
	}
	return base + (*count)++ * size;
}
