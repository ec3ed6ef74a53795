/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Cells that a spreadsheet would calculate get an apostrophe (csv_cell.h),
 * which register.c takes away when the file comes back. */
#include "server/register/bad_rows.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>
#include "server/core/text/csv_cell.h"
#include "shared/log.h"

void
bad_rows_begin(
    struct bad_rows *b, const char *path, const struct register_reading *head)
{
	*b = (struct bad_rows){.path = path, .head = head};
}

static bool
bad_rows_fail(struct bad_rows *b)
{
	if (!b->failed)
		log_error("%s: %s", b->path, strerror(errno));
	b->failed = true;
	return false;
}

/* A row of the header's width, and one cell more. */
static void
print_row(struct buf *out, const struct register_reading *head,
    const char *const *cells, size_t n, const char *last)
{
	for (size_t i = 0; i < head->ncolumns || i < n; i++) {
		csv_cell(out, i < n ? cells[i] : "");
		buf_putc(out, ',');
	}
	csv_cell(out, last);
	buf_puts(out, "\r\n");
}

void
bad_rows_print(struct buf *out, const struct register_reading *head,
    const struct table_row *row, const char *why)
{
	size_t n = row->ncells;

	if (out->size == 0) {
		buf_puts(out, CSV_BOM);
		print_row(
		    out, head, head->head, head->ncolumns, REGISTER_REASON);
	}
	/* cells behind the header's last: where the reason shall stand */
	while (n > head->ncolumns && row->cells[n - 1][0] == '\0')
		n--;
	print_row(out, head, row->cells, n, why);
}

bool
bad_rows_add(struct bad_rows *b, const struct table_row *row, const char *why)
{
	size_t from = b->text.size;
	int fd;

	if (b->file == NULL) {
		fd = open(
		    b->path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
		b->file = fd < 0 ? NULL : fdopen(fd, "w");
	}
	bad_rows_print(&b->text, b->head, row, why);
	if (b->file == NULL ||
	    fwrite(b->text.data + from, 1, b->text.size - from, b->file) !=
		b->text.size - from)
		return bad_rows_fail(b);
	b->text.size = 1; /* the header is out; only rows follow */
	return true;
}

bool
bad_rows_end(struct bad_rows *b)
{
	if (b->file != NULL && fclose(b->file) != 0)
		bad_rows_fail(b);
	b->file = NULL;
	buf_finish(&b->text);
	return !b->failed;
}
