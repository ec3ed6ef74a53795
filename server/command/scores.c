/* SPDX-License-Identifier: GPL-2.0-or-later */
/* scores --period P …: the rows of a report, from the tallies. */
#include "server/core/catalogue/catalogue.h"
#include "server/core/score/score.h"
#include "server/core/score/score_write.h"
#include "server/store/catalogue/catalogue.h"
#include "server/store/scores.h"

#include <stdio.h>
#include <string.h>
#include "server/command/command.h"
#include "server/command/scores_text.h"
#include "shared/arena.h"
#include "shared/buf.h"

static int
print_score(const struct command *c, struct db *db, const char *format,
    const struct scores_query *query)
{
	struct catalogue *catalogue = store_catalogue(db), *frozen;
	struct score_rows rows;
	struct arena a;
	struct buf out;
	char error[200] = "the database did not answer (see above)";
	int status = 0;

	if (catalogue == NULL)
		return command_fail(c, 1, "%s", error);
	arena_init(&a);
	buf_init(&out);
	if (scores_read(db, catalogue, &a, query, &rows, &frozen, error,
		sizeof(error)) != SCORES_READ) {
		status = command_fail(c, 1, "%s", error);
	} else {
		if (strcmp(format, "json") == 0)
			scores_json(&rows, &out);
		else if (strcmp(format, "csv") == 0)
			scores_csv(&rows, &out);
		else
			scores_text(&rows, &out);
		fwrite(buf_text(&out), 1, out.size, stdout);
		if (strcmp(format, "json") == 0)
			putchar('\n');
	}
	buf_finish(&out);
	catalogue_destroy(frozen);
	arena_finish(&a);
	catalogue_destroy(catalogue);
	return status;
}

int
command_scores(const struct command *c)
{
	struct scores_query query = {0};
	const char *format = "text";
	const struct option_row options[] = {{"--period", true, &query.period},
	    {"--unit", true, &query.unit},
	    {"--population", true, &query.population},
	    {"--by", true, &query.by}, {"--format", true, &format},
	    {NULL, false, NULL}};
	struct db *db;
	int n, status;

	if (!command_options(c, options, NULL, 0, &n))
		return 2;
	if (query.period == NULL)
		return command_fail(c, 2, "--period is missing");
	if (strcmp(format, "text") != 0 && strcmp(format, "json") != 0 &&
	    strcmp(format, "csv") != 0)
		return command_fail(c, 2, "--format: text, json or csv");
	db = command_db(c, DB_READ);
	if (db == NULL)
		return 1;
	status = print_score(c, db, format, &query);
	db_close(db);
	return status;
}
