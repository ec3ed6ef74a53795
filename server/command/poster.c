/* SPDX-License-Identifier: GPL-2.0-or-later */
/* poster --desk CODE -o FILE.svg: the A4 poster with the desk's QR. */
#include "server/command/command.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include "server/core/catalogue/catalogue.h"
#include "server/report/poster.h"
#include "server/store/catalogue/catalogue.h"
#include "shared/private_file.h"

static int
save_poster(const struct command *c, const char *path, const struct buf *svg)
{
	FILE *f = fopen(path, "w");
	bool ok;

	if (f == NULL)
		return command_fail(c, 1, "%s: %s", path, strerror(errno));
	ok = fwrite(svg->data, 1, svg->size, f) == svg->size;
	if (fclose(f) != 0 || !ok)
		return command_fail(c, 1, "%s: %s", path, strerror(errno));
	public_file(path);
	return 0;
}

static int
draw_poster(const struct command *c, const struct catalogue *catalogue,
    const char *code, const char *path)
{
	const struct desk *desk = catalogue_desk(catalogue, code);
	char url[POSTER_URL_BYTES + 200];
	struct poster poster = {.url = url, .lang = LANG_VI};
	struct buf svg;
	int status;

	if (desk == NULL)
		return command_fail(c, 1, "--desk: no such desk: %s", code);
	snprintf(url, sizeof(url), "%s/f/%s", c->settings->public_url, code);
	poster.desk = desk->code;
	poster.desk_name = desk->name;
	poster.unit_name = desk->unit->name;
	poster.sms =
	    c->settings->sms_number[0] == '\0' ? NULL : c->settings->sms_number;
	buf_init(&svg);
	status = poster_svg(&poster, &svg)
		     ? save_poster(c, path, &svg)
		     : command_fail(c, 1,
			   "the address is too long for a QR: set a shorter "
			   "[server] public_url");
	buf_finish(&svg);
	return status;
}

int
command_poster(const struct command *c)
{
	const char *desk = NULL, *path = NULL, *dot;
	const struct option_row options[] = {
	    {"--desk", true, &desk}, {"-o", true, &path}, {NULL, false, NULL}};
	struct catalogue *catalogue = NULL;
	struct db *db;
	int n, status = 1;

	if (!command_options(c, options, NULL, 0, &n))
		return 2;
	if (desk == NULL || path == NULL)
		return command_fail(c, 2, "poster --desk CODE -o FILE.svg");
	dot = strrchr(path, '.');
	if (dot == NULL || strcmp(dot, ".svg") != 0)
		return command_fail(c, 2,
		    "-o: the file must end in .svg (png and pdf come later)");
	db = command_db(c, DB_READ);
	if (db != NULL)
		catalogue = store_catalogue(db);
	if (catalogue != NULL)
		status = draw_poster(c, catalogue, desk, path);
	catalogue_destroy(catalogue);
	db_close(db);
	return status;
}
