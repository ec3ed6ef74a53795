/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One arena holds a row while it is looked at, so a file may have any number of
 * them. */
#include "server/register/reading.h"

#include <stdio.h>
#include <string.h>
#include "server/table/table.h"

struct file_reading {
	const struct register_file *file;
	const struct register_sink *sink;
	struct register_found *out;
	struct arena arena; /* of a row */
	bool enough;
};

static bool
take_sheet(void *context, const char *name)
{
	struct file_reading *f = context;

	(void)name;
	if (f->out->head.head != NULL)
		return false; /* it was in a sheet before */
	register_sheet(&f->out->head);
	return true;
}

static enum number_kind
number_kind_of(const struct dossier *d)
{
	if (d->no_mobile)
		return NUMBER_NO_MOBILE;
	if (d->phone[0] == '\0')
		return NUMBER_NONE;
	return d->consent ? NUMBER_KEPT : NUMBER_UNWANTED;
}

/* Whether another row has the same code and other words; `why` says so. */
static bool
has_twin(struct file_reading *f, const struct dossier *d, int line,
    char why[LIMIT_ERROR_BYTES])
{
	int other = f->file->twins != NULL
			? twins_other(f->file->twins, d)
			: twins_note(&f->out->twins, d, line);

	if (other == 0)
		return false;
	if (other == line)
		snprintf(why, LIMIT_ERROR_BYTES,
		    "code: stands once more further down (%s), with other "
		    "words",
		    d->code);
	else
		snprintf(why, LIMIT_ERROR_BYTES,
		    "code: the same as on line %d (%s), but other words", other,
		    d->code);
	return true;
}

static void
take_dossier_row(struct file_reading *f, const struct table_row *row,
    const char *const cells[CELL_COUNT], bool fits)
{
	struct register_counts *counts = &f->out->counts;
	char why[LIMIT_ERROR_BYTES];
	struct dossier d;
	bool good = fits;

	counts->rows++;
	if (!fits)
		snprintf(
		    why, sizeof(why), "not as many cells as the header has");
	else
		good = dossier_read(cells, f->file->names, f->file->today,
			   &f->arena, &d, why) &&
		       !has_twin(f, &d, row->line, why);
	if (good) {
		counts->numbers[number_kind_of(&d)]++;
		f->enough = !f->sink->dossier(f->sink->context, &d, row->line);
	} else {
		counts->bad++;
		f->enough = !f->sink->bad(f->sink->context, row, why);
	}
}

static enum table_go
take_row(void *context, const struct table_row *row)
{
	struct file_reading *f = context;
	struct register_reading *head = &f->out->head;
	const char *cells[CELL_COUNT];
	enum table_go go = TABLE_ON;
	bool fits;

	switch (register_take(head, &f->arena, row, cells, &fits)) {
	case REGISTER_ROW:
		take_dossier_row(f, row, cells, fits);
		if (f->enough)
			go = TABLE_STOP;
		break;
	case REGISTER_NONE:
		go = TABLE_NEXT_SHEET;
		break;
	case REGISTER_BAD:
		f->enough = true;
		go = TABLE_STOP;
		break;
	default:
		break;
	}
	arena_reset(&f->arena);
	return go;
}

bool
register_file_read(const struct register_file *file,
    const struct register_sink *sink, struct register_found *out)
{
	struct file_reading f = {file, sink, out, {NULL}, false};
	const struct table_taker taker = {take_sheet, take_row, &f};
	bool ok;

	register_begin(&out->head, file->mappings, file->nmappings);
	arena_init(&f.arena);
	ok = table_read(file->path, &taker, out->error, sizeof(out->error));
	arena_finish(&f.arena);
	if (ok && (f.enough || out->head.head == NULL)) {
		snprintf(out->error, sizeof(out->error), "%s",
		    out->head.head == NULL ? "column \"code\" is missing"
					   : out->head.error);
		ok = false;
	}
	return ok;
}

void
register_found_finish(struct register_found *found)
{
	register_finish(&found->head);
	twins_finish(&found->twins);
}
