/* SPDX-License-Identifier: GPL-2.0-or-later */
/* report --period P … -o FILE: the official report as a file. */
#include "server/command/command.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include "server/core/catalogue/catalogue.h"
#include "server/core/period/closed_period.h"
#include "server/core/report/report.h"
#include "server/core/score/score.h"
#include "server/report/forms.h"
#include "server/store/catalogue/catalogue.h"
#include "server/store/report.h"
#include "shared/buf.h"
#include "shared/civil.h"
#include "shared/clock.h"
#include "shared/private_file.h"

/* What the command was told, NULL where nothing was said. */
struct told {
	const char *period, *unit, *field, *channel, *path, *semicolon;
	const struct report_form *form;
};

static const char *
or_empty(const char *word)
{
	return word == NULL ? "" : word;
}

/* A word for a question to the store; the status of a refusal, 0 for none. */
static int
understand_report(const struct command *c, const struct catalogue *catalogue,
    const struct told *told, struct report_ask *ask)
{
	memset(ask, 0, sizeof(*ask));
	if (!period_parse(told->period, catalogue_cut(catalogue), &ask->period))
		return command_fail(c, 1,
		    "period: one of 2026-Q3, 2026-H1, 2026-9M, 2026, 2026-07, "
		    "2026-07-01..2026-09-30");
	if (told->unit != NULL && catalogue_unit(catalogue, told->unit) == NULL)
		return command_fail(c, 1, "unit: no such unit");
	if (told->field != NULL &&
	    catalogue_field(catalogue, told->field) == NULL)
		return command_fail(c, 1, "field: no such field");
	if (told->channel != NULL && !channel_known(told->channel))
		return command_fail(
		    c, 1, "channel: one of kiosk, web, sms, paper, api");
	ask->filter = (struct report_filter){.unit = or_empty(told->unit),
	    .within = "",
	    .field = or_empty(told->field),
	    .channel = or_empty(told->channel)};
	ask->least = catalogue_setting(catalogue, SETTING_CELL_LEAST);
	ask->today = civil_local_day(clock_now());
	return 0;
}

static int
save_report(const struct command *c, const char *path, const struct buf *file)
{
	FILE *f = fopen(path, "wb");
	bool ok;

	if (f == NULL)
		return command_fail(c, 1, "%s: %s", path, strerror(errno));
	ok = fwrite(file->data, 1, file->size, f) == file->size;
	if (fclose(f) != 0 || !ok)
		return command_fail(c, 1, "%s: %s", path, strerror(errno));
	public_file(path);
	return 0;
}

static int
write_report(const struct command *c, struct arena *a,
    const struct report_source *source, const struct told *told)
{
	const struct report_choice choice = {
	    .semicolon = told->semicolon != NULL};
	struct report report;
	struct buf file;
	int status;

	report_build(source, LANG_VI, a, &report);
	buf_init(&file);
	status =
	    told->form->write(&report, &choice, &file)
		? save_report(c, told->path, &file)
		: command_fail(c, 1, "the file could not be made (see above)");
	buf_finish(&file);
	return status;
}

static int
make_report(const struct command *c, struct db *db, const struct told *told)
{
	struct catalogue *catalogue = store_catalogue(db), *frozen;
	struct report_source source;
	struct report_ask ask;
	struct arena a;
	int status;

	if (catalogue == NULL)
		return command_fail(
		    c, 1, "the database did not answer (see above)");
	arena_init(&a);
	status = understand_report(c, catalogue, told, &ask);
	if (status == 0 &&
	    !store_report_source(db, catalogue, &a, &ask, &source, &frozen))
		status = command_fail(
		    c, 1, "the database did not answer (see above)");
	else if (status == 0) {
		status = write_report(c, &a, &source, told);
		tallies_finish(&source.tallies);
		catalogue_destroy(frozen);
	}
	arena_finish(&a);
	catalogue_destroy(catalogue);
	return status;
}

int
command_report(const struct command *c)
{
	struct told told = {0};
	const struct option_row options[] = {{"--period", true, &told.period},
	    {"--unit", true, &told.unit}, {"--field", true, &told.field},
	    {"--channel", true, &told.channel},
	    {"--semicolon", false, &told.semicolon}, {"-o", true, &told.path},
	    {NULL, false, NULL}};
	struct db *db;
	int n, status;

	if (!command_options(c, options, NULL, 0, &n))
		return 2;
	if (told.period == NULL || told.path == NULL)
		return command_fail(c, 2,
		    "report --period P [--unit CODE] -o "
		    "FILE.(docx|pdf|xlsx|csv|json)");
	told.form = strrchr(told.path, '.') == NULL
			? NULL
			: report_form_find(told.path);
	if (told.form == NULL)
		return command_fail(c, 2,
		    "-o: the file must end in .docx, .pdf, .xlsx, .csv or "
		    ".json");
	db = command_db(c, DB_READ);
	if (db == NULL)
		return 1;
	status = make_report(c, db, &told);
	db_close(db);
	return status;
}
