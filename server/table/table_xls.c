/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Old XLS by libfreexl, which reads a file by its path and holds it in memory;
 * such a sheet has at most 65,536 rows. The same container (OLE) holds an XLSX
 * that is locked by a password, and the files of old word processors.
 */
#include <freexl.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include "server/table/table_private.h"
#include "shared/arena.h"
#include "shared/limits.h"

static const char locked[] = "it is locked by a password; save it without one";

/* The name of the stream that holds a locked XLSX, in UTF-16. */
static bool
holds_locked(const char *path)
{
	static const char name[] = "E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k";
	char block[65536 + sizeof(name)];
	size_t kept = 0, n;
	FILE *file = fopen(path, "rbe");
	bool found = false;

	while (file != NULL && !found &&
	       (n = fread(block + kept, 1, 65536, file)) > 0) {
		n += kept;
		found = memmem(block, n, name, sizeof(name)) != NULL;
		kept = n < sizeof(name) ? n : sizeof(name);
		memmove(block, block + n - kept, kept);
	}
	if (file != NULL)
		fclose(file);
	return found;
}

static const char *
xls_cell(struct arena *a, const FreeXL_CellValue *v)
{
	switch (v->type) {
	case FREEXL_CELL_INT:
		return arena_printf(a, "%d", v->value.int_value);
	case FREEXL_CELL_DOUBLE:
		if (v->value.double_value == floor(v->value.double_value) &&
		    fabs(v->value.double_value) < 1e15)
			return arena_printf(a, "%.0f", v->value.double_value);
		return arena_printf(a, "%.15g", v->value.double_value);
	case FREEXL_CELL_TEXT:
	case FREEXL_CELL_SST_TEXT:
	case FREEXL_CELL_DATE:
	case FREEXL_CELL_DATETIME:
	case FREEXL_CELL_TIME:
		return v->value.text_value == NULL
			   ? ""
			   : arena_strdup(a, v->value.text_value);
	default:
		return "";
	}
}

static enum table_go
take_xls_row(struct table_reading *t, struct arena *a, const void *handle,
    unsigned int row, unsigned short columns)
{
	const char *cells[TABLE_COLUMNS];
	FreeXL_CellValue value;

	for (unsigned short i = 0; i < columns; i++) {
		value.type = FREEXL_CELL_NULL;
		cells[i] =
		    freexl_get_cell_value(handle, row, i, &value) == FREEXL_OK
			? xls_cell(a, &value)
			: "";
	}
	return t->taker->row(t->taker->context,
	    &(struct table_row){cells, columns, (int)row + 1});
}

static bool
read_xls_sheet(struct table_reading *t, const void *handle, unsigned short i,
    enum table_go *go)
{
	const char *name = "";
	unsigned int rows;
	unsigned short columns;
	struct arena a;

	if (freexl_get_worksheet_name(handle, i, &name) != FREEXL_OK ||
	    freexl_select_active_worksheet(handle, i) != FREEXL_OK ||
	    freexl_worksheet_dimensions(handle, &rows, &columns) != FREEXL_OK)
		return table_refuse(
		    t, "the file is damaged; export it again as XLSX");
	if (!t->taker->sheet(t->taker->context, name == NULL ? "" : name))
		return true;
	columns = columns > TABLE_COLUMNS ? TABLE_COLUMNS : columns;
	arena_init(&a);
	for (unsigned int row = 0; row < rows && *go == TABLE_ON; row++) {
		*go = take_xls_row(t, &a, handle, row, columns);
		arena_reset(&a);
	}
	arena_finish(&a);
	return true;
}

bool
table_read_xls(struct table_reading *t)
{
	unsigned int sheets = 0, password = FREEXL_BIFF_PLAIN;
	enum table_go go = TABLE_ON;
	const void *handle = NULL;
	bool ok = true;

	if (t->size > LIMIT_TABLE_XLS_BYTES)
		return table_refuse(t,
		    "an XLS larger than %d MB; save it as XLSX",
		    LIMIT_TABLE_XLS_BYTES >> 20);
	if (holds_locked(t->path))
		return table_refuse(t, "%s", locked);
	if (freexl_open(t->path, &handle) != FREEXL_OK) {
		freexl_close(handle);
		return table_refuse(
		    t, "no XLS that can be read; save it as XLSX or CSV UTF-8");
	}
	freexl_get_info(handle, FREEXL_BIFF_PASSWORD, &password);
	freexl_get_info(handle, FREEXL_BIFF_SHEET_COUNT, &sheets);
	if (password == FREEXL_BIFF_OBFUSCATED)
		ok = table_refuse(t, "%s", locked);
	for (unsigned int i = 0; ok && i < sheets && go != TABLE_STOP; i++) {
		go = TABLE_ON;
		ok = read_xls_sheet(t, handle, (unsigned short)i, &go);
	}
	freexl_close(handle);
	return ok;
}
