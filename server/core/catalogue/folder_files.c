/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Files to cells and back. A form is one file whatever its name; written, it is
 * named for its code and version, so that all versions stand side by side.
 */
#include "server/core/catalogue/folder.h"

#include <stdlib.h>
#include <string.h>
#include "shared/buf.h"
#include "shared/csv.h"

/* Without it a spreadsheet program takes a table for Windows' own letters, and
 * some editors put it before everything. */
#define BYTE_ORDER_MARK "\xef\xbb\xbf"

static const struct folder_file *
find_folder_file(const struct folder_file *files, size_t n, const char *name)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(files[i].name, name) == 0)
			return &files[i];
	return NULL;
}

static bool
refuse_file(struct refusals *r, const char *file, int line, const char *key,
    const char *value)
{
	const struct sheet_row row = {.file = file, .line = line};

	return refuse_row(r, &row, key, value);
}

static bool
read_table_file(struct arena *a, const struct folder_file *files, size_t n,
    enum sheet_name sheet, struct folder *out, struct refusals *refusals)
{
	const struct sheet_kind *kind = &sheet_kinds[sheet];
	const char *name = arena_printf(a, "%s.csv", kind->name);
	const struct folder_file *file = find_folder_file(files, n, name);
	char why[300];
	struct csv *t;

	if (file == NULL)
		return refuse_file(refusals, name, 0, "refuse.file", "");
	t = csv_parse(
	    a, file->data, file->size, kind->columns, why, sizeof(why));
	if (t == NULL)
		return refuse_file(
		    refusals, name, 0, "refuse.csv", arena_strdup(a, why));
	for (size_t i = 0; i < t->nrows; i++) {
		struct sheet_row *row = folder_add(a, out, sheet);

		for (size_t k = 0; k < kind->ncolumns; k++)
			row->cells[k] = t->rows[i].cells[k];
		row->file = name;
		row->line = t->rows[i].line;
	}
	return true;
}

static bool
read_form_file(struct arena *a, const struct folder_file *file,
    struct folder *out, struct refusals *refusals)
{
	size_t mark = strncmp(file->data, BYTE_ORDER_MARK, 3) == 0 ? 3 : 0;
	json_error_t where;
	json_t *document = json_loadb(file->data + mark, file->size - mark,
	    JSON_REJECT_DUPLICATES, &where);
	struct sheet_row *row;

	if (document == NULL)
		return refuse_file(refusals, file->name,
		    where.line < 0 ? 0 : where.line, "refuse.json",
		    arena_strdup(a, where.text));
	row = folder_add(a, out, SHEET_FORMS);
	row->file = file->name;
	form_row(a, document, row); /* without a code it is refused later */
	json_decref(document);
	return true;
}

static bool
file_is_form(const char *name)
{
	const char *dot = strrchr(name, '.');

	return strncmp(name, "forms/", 6) == 0 && dot != NULL &&
	       strcmp(dot, ".json") == 0;
}

bool
folder_read(struct arena *a, const struct folder_file *files, size_t n,
    struct folder *out, struct refusals *refusals)
{
	bool ok = true;
	size_t forms = 0;

	*out = (struct folder){0};
	for (int s = 0; s < SHEET_FORMS; s++)
		ok &= read_table_file(
		    a, files, n, (enum sheet_name)s, out, refusals);
	for (size_t i = 0; i < n; i++)
		if (file_is_form(files[i].name)) {
			forms++;
			ok &= read_form_file(a, &files[i], out, refusals);
		}
	if (forms == 0 && ok)
		ok = refuse_file(refusals, "forms", 0, "refuse.forms", "");
	return ok;
}

/* ------------------------------------------------------------------ writing */

static void
put_cell(struct buf *out, const char *cell)
{
	if (cell[strcspn(cell, ",;\"\r\n")] == '\0') {
		buf_puts(out, cell);
		return;
	}
	buf_putc(out, '"');
	for (; *cell != '\0'; cell++) {
		if (*cell == '"')
			buf_putc(out, '"');
		buf_putc(out, *cell);
	}
	buf_putc(out, '"');
}

static void
add_folder_file(struct arena *a, struct folder_file **files, size_t *n,
    const char *name, struct buf *content)
{
	struct folder_file *file = arena_append(a, files, n, sizeof(*file));

	file->name = name;
	file->size = content->size;
	file->data = arena_strndup(a, buf_text(content), content->size);
	buf_clear(content);
}

static void
write_table_file(
    struct buf *out, const struct sheet_kind *kind, const struct sheet *sheet)
{
	buf_puts(out, BYTE_ORDER_MARK);
	for (size_t k = 0; k < kind->ncolumns; k++)
		buf_printf(out, "%s%s", k == 0 ? "" : ",", kind->columns[k]);
	buf_putc(out, '\n');
	for (size_t i = 0; i < sheet->count; i++) {
		for (size_t k = 0; k < kind->ncolumns; k++) {
			if (k > 0)
				buf_putc(out, ',');
			put_cell(out, sheet->rows[i].cells[k]);
		}
		buf_putc(out, '\n');
	}
}

static void
write_form(struct buf *out, const struct sheet_row *row)
{
	json_t *document = json_loads(row->cells[FORM_DOCUMENT], 0, NULL);
	char *dump = json_dumps(document, JSON_INDENT(2));

	buf_puts(out, dump == NULL ? row->cells[FORM_DOCUMENT] : dump);
	buf_putc(out, '\n');
	free(dump);
	json_decref(document);
}

void
folder_write(struct arena *a, const struct folder *f,
    struct folder_file **files, size_t *n)
{
	struct buf content;

	*files = NULL;
	*n = 0;
	buf_init(&content);
	for (int s = 0; s < SHEET_FORMS; s++) {
		write_table_file(&content, &sheet_kinds[s], &f->sheets[s]);
		add_folder_file(a, files, n,
		    arena_printf(a, "%s.csv", sheet_kinds[s].name), &content);
	}
	for (size_t i = 0; i < f->sheets[SHEET_FORMS].count; i++) {
		const struct sheet_row *row = &f->sheets[SHEET_FORMS].rows[i];

		write_form(&content, row);
		add_folder_file(a, files, n,
		    arena_printf(a, "forms/%s.%s.json", row->cells[FORM_CODE],
			row->cells[FORM_VERSION]),
		    &content);
	}
	buf_finish(&content);
}
