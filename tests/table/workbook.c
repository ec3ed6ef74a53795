/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Parts are packed by libarchive, as exporters do; rows are told as text. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "tests/table/workbook.h"

#include <archive.h>
#include <archive_entry.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "server/table/table.h"

char workbook_path[] = "/tmp/hailong-table-XXXXXX";

void
workbook_open(void)
{
	int fd = mkstemp(workbook_path);

	if (fd < 0)
		abort();
	close(fd);
}

void
workbook_remove(void)
{
	unlink(workbook_path);
}

void
workbook_bytes(const void *data, size_t size)
{
	FILE *f = fopen(workbook_path, "wb");

	assert_non_null(f);
	assert_int_equal(fwrite(data, 1, size, f), size);
	assert_int_equal(fclose(f), 0);
}

void
workbook_pack(const struct part *parts)
{
	struct archive *zip = archive_write_new();

	assert_int_equal(archive_write_set_format_zip(zip), ARCHIVE_OK);
	assert_int_equal(
	    archive_write_open_filename(zip, workbook_path), ARCHIVE_OK);
	for (; parts->text != NULL; parts++) {
		struct archive_entry *entry = archive_entry_new();
		size_t n = strlen(parts->text);

		archive_entry_set_pathname(entry, parts->name);
		archive_entry_set_size(entry, (la_int64_t)n);
		archive_entry_set_filetype(entry, AE_IFREG);
		archive_entry_set_perm(entry, 0644);
		assert_int_equal(archive_write_header(zip, entry), ARCHIVE_OK);
		assert_int_equal(archive_write_data(zip, parts->text, n), n);
		archive_entry_free(entry);
	}
	assert_int_equal(archive_write_free(zip), ARCHIVE_OK);
}

static bool
dump_sheet(void *context, const char *name)
{
	if (name[0] != '\0')
		buf_printf(context, "=%s\n", name);
	return true;
}

static enum table_go
dump_row(void *context, const struct table_row *row)
{
	struct buf *out = context;
	bool any = false;

	for (size_t i = 0; i < row->ncells; i++)
		any |= row->cells[i][0] != '\0';
	if (!any)
		return TABLE_ON;
	buf_printf(out, "%d", row->line);
	for (size_t i = 0; i < row->ncells; i++)
		buf_printf(out, "|%s", row->cells[i]);
	buf_putc(out, '\n');
	return TABLE_ON;
}

void
workbook_rows(struct buf *out)
{
	const struct table_taker taker = {dump_sheet, dump_row, out};
	char error[200];

	if (table_read(workbook_path, &taker, error, sizeof(error)))
		return;
	/* what came before a refusal is forgotten */
	buf_clear(out);
	buf_printf(out, "! %s", error);
}

void
assert_workbook(const char *name, const char *wanted)
{
	struct buf out;

	buf_init(&out);
	workbook_rows(&out);
	if (strcmp(buf_text(&out), wanted) != 0)
		fail_msg(
		    "%s\nwanted %s\ngot    %s", name, wanted, buf_text(&out));
	buf_finish(&out);
}
