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
static bool
write_bad_row(
    struct bad_rows *b, const char *const *cells, size_t n, const char *last)
{
	struct buf out;
	bool ok;

	buf_init(&out);
	for (size_t i = 0; i < b->head->ncolumns || i < n; i++) {
		csv_cell(&out, i < n ? cells[i] : "");
		buf_putc(&out, ',');
	}
	csv_cell(&out, last);
	buf_puts(&out, "\r\n");
	ok = fwrite(out.data, 1, out.size, b->file) == out.size;
	buf_finish(&out);
	return ok || bad_rows_fail(b);
}

static bool
open_bad_rows(struct bad_rows *b)
{
	int fd = open(b->path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);

	b->file = fd < 0 ? NULL : fdopen(fd, "w");
	if (b->file == NULL)
		return bad_rows_fail(b);
	return (fputs(CSV_BOM, b->file) >= 0 || bad_rows_fail(b)) &&
	       write_bad_row(
		   b, b->head->head, b->head->ncolumns, REGISTER_REASON);
}

bool
bad_rows_add(struct bad_rows *b, const struct table_row *row, const char *why)
{
	size_t n = row->ncells;

	if (b->file == NULL && !open_bad_rows(b))
		return false;
	/* cells behind the header's last: where the reason shall stand */
	while (n > b->head->ncolumns && row->cells[n - 1][0] == '\0')
		n--;
	return write_bad_row(b, row->cells, n, why);
}

bool
bad_rows_end(struct bad_rows *b)
{
	if (b->file != NULL && fclose(b->file) != 0)
		bad_rows_fail(b);
	b->file = NULL;
	return !b->failed;
}
