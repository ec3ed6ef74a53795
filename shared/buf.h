/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The one growing text buffer. data is always NUL-terminated once non-empty. */
#ifndef HAILONG_SHARED_BUF_H
#define HAILONG_SHARED_BUF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct buf {
	char *data;  /* owned; NULL while nothing was added */
	size_t size; /* bytes in use, without the NUL */
	size_t room; /* bytes allocated */
};

/* Makes an empty buffer; allocates nothing. */
void buf_init(struct buf *b);
/* Frees the memory; the buffer is empty and usable again. */
void buf_finish(struct buf *b);
/* Makes room for n more bytes at once, where their number is known. */
void buf_reserve(struct buf *b, size_t n);
/* Appends n bytes. Out of memory aborts the process (see arena.h). */
void buf_add(struct buf *b, const void *bytes, size_t n);
/* Appends a string without its NUL. */
void buf_puts(struct buf *b, const char *text);
/* Appends one byte. */
void buf_putc(struct buf *b, char c);
/* Appends a whole number in decimal; printf's work at a tenth of its cost, for
 * what is done for every answer. */
void buf_int(struct buf *b, int64_t n);
/* Appends printf output. */
void buf_printf(struct buf *b, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* Forgets the content, keeps the memory. */
void buf_clear(struct buf *b);
/* The content as a string, "" when empty; valid until the next change. */
const char *buf_text(const struct buf *b);
/* Reads a whole file (at most max bytes) into the buffer, appending.
 * False with errno set when it cannot be read or is longer. */
bool buf_read_file(struct buf *b, const char *path, size_t max);

#endif
