/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The growing buffer: room doubles, so adding byte after byte costs a constant
 * on average. The NUL after the content is kept at every change, so that
 * buf_text is free. As in the arena, a process out of memory ends with one
 * line: half-way through a page there is no better answer.
 */
#include "shared/buf.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define BUF_FIRST 256
#define BUF_READ  8192

static _Noreturn void
out_of_memory(void)
{
	fputs("out of memory\n", stderr);
	abort();
}

/* Makes room for n more bytes and the NUL. */
void
buf_reserve(struct buf *b, size_t n)
{
	size_t room = b->room != 0 ? b->room : BUF_FIRST, need;
	char *data;

	if (n > SIZE_MAX / 2 - b->size - 1)
		out_of_memory();
	need = b->size + n + 1;
	if (need <= b->room)
		return;
	while (room < need)
		room *= 2;
	data = realloc(b->data, room);
	if (data == NULL)
		out_of_memory();
	b->data = data;
	b->room = room;
}

void
buf_init(struct buf *b)
{
	memset(b, 0, sizeof(*b));
}

void
buf_finish(struct buf *b)
{
	free(b->data);
	buf_init(b);
}

void
buf_add(struct buf *b, const void *bytes, size_t n)
{
	if (n == 0)
		return;
	buf_reserve(b, n);
	memcpy(b->data + b->size, bytes, n);
	b->size += n;
	b->data[b->size] = '\0';
}

void
buf_puts(struct buf *b, const char *text)
{
	buf_add(b, text, strlen(text));
}

void
buf_putc(struct buf *b, char c)
{
	buf_add(b, &c, 1);
}

void
buf_int(struct buf *b, int64_t n)
{
	uint64_t rest = n < 0 ? 0 - (uint64_t)n : (uint64_t)n;
	char digits[20];
	size_t at = sizeof(digits);

	if (n < 0)
		buf_putc(b, '-');
	do {
		digits[--at] = (char)('0' + rest % 10);
		rest /= 10;
	} while (rest > 0);
	buf_add(b, digits + at, sizeof(digits) - at);
}

void
buf_printf(struct buf *b, const char *format, ...)
{
	va_list args;
	int n;

	va_start(args, format);
	n = vsnprintf(NULL, 0, format, args);
	va_end(args);
	if (n < 0)
		out_of_memory();
	buf_reserve(b, (size_t)n);
	va_start(args, format);
	vsnprintf(b->data + b->size, (size_t)n + 1, format, args);
	va_end(args);
	b->size += (size_t)n;
}

void
buf_clear(struct buf *b)
{
	b->size = 0;
	if (b->data != NULL)
		b->data[0] = '\0';
}

const char *
buf_text(const struct buf *b)
{
	return b->data != NULL ? b->data : "";
}

/* Reads to the end of fd; one byte more than max proves "longer". */
static bool
read_all(struct buf *b, int fd, size_t max)
{
	char piece[BUF_READ];
	size_t total = 0;
	ssize_t n;

	for (;;) {
		n = read(fd, piece, sizeof(piece));
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return n == 0;
		if ((size_t)n > max - total) {
			errno = EFBIG;
			return false;
		}
		total += (size_t)n;
		buf_add(b, piece, (size_t)n);
	}
}

bool
buf_read_file(struct buf *b, const char *path, size_t max)
{
	size_t before = b->size;
	int fd = open(path, O_RDONLY | O_CLOEXEC), saved;
	bool ok;

	if (fd < 0)
		return false;
	ok = read_all(b, fd, max);
	saved = errno;
	close(fd);
	if (!ok) {
		b->size = before;
		if (b->data != NULL)
			b->data[before] = '\0';
		errno = saved;
	}
	return ok;
}
