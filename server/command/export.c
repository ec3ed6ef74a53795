/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * export answers --period P … -o FILE: the answers behind the figures,
 * de-identified, one row each, for whoever recomputes them. Taking them along
 * is a deed.
 */
#include "server/command/command.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include "server/core/catalogue/catalogue.h"
#include "server/core/period/closed_period.h"
#include "server/report/answers_file.h"
#include "server/store/answers_export.h"
#include "server/store/catalogue/catalogue.h"
#include "shared/civil.h"
#include "shared/private_file.h"

struct exporting {
	struct answers_file *file;
	const struct catalogue *catalogue;
	const char *unit; /* with those below it; NULL: all */
	int64_t count;
	bool full; /* the file could not be written */
};

static bool
export_row(void *context, const struct answer_row *row)
{
	struct exporting *e = context;
	char day[CIVIL_DATE_TEXT], version[16], overall[16] = "";
	const char *const cells[ANSWERS_COLUMNS] = {day, row->unit, row->desk,
	    row->field, row->channel, row->form, version, overall, row->scores,
	    row->reasons, row->assisted, row->aside};

	if (e->unit != NULL &&
	    !catalogue_within(e->catalogue, row->unit, e->unit))
		return true;
	civil_format_date(row->day, day);
	snprintf(version, sizeof(version), "%d", row->form_version);
	if (row->overall > 0)
		snprintf(overall, sizeof(overall), "%d", row->overall);
	e->count++;
	e->full = !answers_add(e->file, cells);
	return !e->full;
}

static bool
export_deed(const struct command *c, const char *period, int64_t count)
{
	struct db *db = command_db(c, DB_WRITE);
	struct arena a;
	bool ok;

	arena_init(&a);
	ok = db != NULL && db_begin(db) &&
	     command_audit(
		 db, (struct deed){.act = "answer.export",
			 .unit = "",
			 .object = period,
			 .before = "",
			 .after = arena_printf(
			     &a, "{\"answers\":%lld}", (long long)count)}) &&
	     db_commit(db);
	arena_finish(&a);
	db_close(db);
	return ok;
}

/* The rows into the file; the status. */
static int
export_answers(const struct command *c, struct db *db,
    const struct period *period, struct exporting *e, const char *path)
{
	bool read =
	    store_answers_each(db, period->first, period->last, export_row, e);
	bool written = answers_close(e->file);

	if (e->full || (read && !written))
		return command_fail(c, 1, "%s: %s", path, strerror(errno));
	if (!read)
		return command_fail(
		    c, 1, "the database did not answer (see above)");
	public_file(path);
	return 0;
}

static int
export_period(const struct command *c, struct db *db,
    const struct catalogue *catalogue, const char *words, const char *unit,
    const char *path, bool semicolon)
{
	struct exporting e = {.catalogue = catalogue, .unit = unit};
	const struct closed_period *closed;
	struct period period;
	int status;

	if (!closed_period_parse(catalogue, words, &period, &closed))
		return command_fail(c, 1,
		    "period: one of 2026-Q3, 2026-H1, 2026-9M, 2026, 2026-07, "
		    "2026-07-01..2026-09-30");
	if (unit != NULL && catalogue_unit(catalogue, unit) == NULL)
		return command_fail(c, 1, "unit: no such unit");
	e.file = answers_open(path, strrchr(path, '.') + 1, semicolon);
	if (e.file == NULL)
		return command_fail(c, 1, "%s: %s", path, strerror(errno));
	status = export_answers(c, db, &period, &e, path);
	if (status == 0 && !export_deed(c, words, e.count))
		status = command_fail(
		    c, 1, "the deed could not be written down (see above)");
	if (status == 0)
		printf("%lld answers\n", (long long)e.count);
	return status;
}

int
command_export(const struct command *c)
{
	const char *period = NULL, *unit = NULL, *path = NULL,
		   *semicolon = NULL;
	const char *word = NULL, *dot;
	const struct option_row options[] = {{"--period", true, &period},
	    {"--unit", true, &unit}, {"--semicolon", false, &semicolon},
	    {"-o", true, &path}, {NULL, false, NULL}};
	struct catalogue *catalogue;
	struct db *db;
	int n, status;

	if (!command_options(c, options, &word, 1, &n))
		return 2;
	dot = path == NULL ? NULL : strrchr(path, '.');
	if (n != 1 || strcmp(word, "answers") != 0 || period == NULL ||
	    dot == NULL ||
	    (strcmp(dot, ".csv") != 0 && strcmp(dot, ".json") != 0 &&
		strcmp(dot, ".xlsx") != 0))
		return command_fail(c, 2,
		    "export answers --period P [--unit CODE] [--semicolon] -o "
		    "FILE.(csv|json|xlsx)");
	db = command_db(c, DB_READ);
	if (db == NULL)
		return 1;
	catalogue = store_catalogue(db);
	status =
	    catalogue == NULL
		? command_fail(c, 1, "the database did not answer (see above)")
		: export_period(
		      c, db, catalogue, period, unit, path, semicolon != NULL);
	catalogue_destroy(catalogue);
	db_close(db);
	return status;
}
