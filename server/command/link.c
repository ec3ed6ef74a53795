/* SPDX-License-Identifier: GPL-2.0-or-later */
/* link --dossier CODE [-o FILE.(svg|png|pdf)]: the one-time address of a
 * dossier's form, and its QR for the receipt. The database keeps only its
 * hash, so it is shown this once; another one may be made at any time. */
#include "server/command/command.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include "server/core/catalogue/catalogue.h"
#include "server/core/dossier/dossier.h"
#include "server/report/qr.h"
#include "server/secret/token.h"
#include "server/store/catalogue/catalogue.h"
#include "server/store/dossier/dossier_links.h"
#include "shared/arena.h"
#include "shared/clock.h"

static int
save_link(const struct command *c, const char *path, const struct buf *b)
{
	FILE *f = fopen(path, "w");
	bool ok;

	if (f == NULL)
		return command_fail(c, 1, "%s: %s", path, strerror(errno));
	ok = fwrite(b->data, 1, b->size, f) == b->size;
	if (fclose(f) != 0 || !ok)
		return command_fail(c, 1, "%s: %s", path, strerror(errno));
	return 0;
}

static int
draw_link(const struct command *c, const char *address, const char *path)
{
	enum qr_kind kind;
	struct buf b;
	int status;

	if (path == NULL)
		return 0;
	qr_kind_of(path, &kind);
	buf_init(&b);
	status = qr_draw(address, kind, &b)
		     ? save_link(c, path, &b)
		     : command_fail(c, 1, "the address is too long for a QR");
	buf_finish(&b);
	return status;
}

static bool
store_link(struct db *db, const char *key, const char *token, int64_t now)
{
	struct link_row link = {.kind = "link",
	    .dossier = key,
	    .ticket = "",
	    .desk = "",
	    .field = "",
	    .created_at = now,
	    .expires_at = now + LIMIT_LINK_MS};

	token_hash(token, link.token_hash);
	return db_begin(db) && store_link_add(db, &link) && db_commit(db);
}

/* The key of a dossier that somebody may be asked about; false after a message
 * that says why not. */
static bool
may_ask(const struct command *c, struct db *db, struct arena *a,
    const char *dossier, char key[DOSSIER_CODE])
{
	struct catalogue *catalogue;
	char code[DOSSIER_CODE];
	const char *unit, *field;
	bool rated, has_desk;
	enum step step;

	if (!dossier_code(dossier, code, key)) {
		command_fail(c, 1,
		    "--dossier: not a dossier's code (H08.35-230411-0004)");
		return false;
	}
	step = store_dossier_of(db, a, key, &rated, &unit, &field);
	catalogue = step == STEP_ROW ? store_catalogue(db) : NULL;
	if (catalogue == NULL) {
		command_fail(c, 1,
		    step == STEP_DONE ? "no such dossier: %s; import it first"
				      : "cannot be read (see above): %s",
		    code);
		return false;
	}
	has_desk = catalogue_unit_desk(catalogue, unit, field) != NULL;
	catalogue_destroy(catalogue);
	if (rated)
		command_fail(c, 1, "%s has its answer already", code);
	else if (!has_desk)
		command_fail(c, 1,
		    "%s is of the unit %s, which has no desk that an answer "
		    "could be about; add one to the catalogue first",
		    code, unit);
	return !rated && has_desk;
}

static int
make_link(const struct command *c, struct db *db, const char *dossier,
    const char *path)
{
	char key[DOSSIER_CODE], token[LINK_TOKEN];
	char address[sizeof(c->settings->public_url) + LINK_TOKEN + 8];
	struct arena a;
	bool open;

	arena_init(&a);
	open = may_ask(c, db, &a, dossier, key);
	arena_finish(&a);
	if (!open)
		return 1;
	link_token(token);
	if (!store_link(db, key, token, clock_now()))
		return command_fail(c, 1, "not stored (see above)");
	snprintf(address, sizeof(address), "%s/d/%s", c->settings->public_url,
	    token);
	puts(address);
	return draw_link(c, address, path);
}

int
command_link(const struct command *c)
{
	const char *dossier = NULL, *path = NULL;
	const struct option_row options[] = {{"--dossier", true, &dossier},
	    {"-o", true, &path}, {NULL, false, NULL}};
	enum qr_kind kind;
	struct db *db;
	int n, status;

	if (!command_options(c, options, NULL, 0, &n))
		return 2;
	if (dossier == NULL)
		return command_fail(
		    c, 2, "link --dossier CODE [-o FILE.svg|png|pdf]");
	if (path != NULL && !qr_kind_of(path, &kind))
		return command_fail(
		    c, 2, "-o: the file must end in .svg, .png or .pdf");
	db = command_db(c, DB_WRITE);
	if (db == NULL)
		return 1;
	status = make_link(c, db, dossier, path);
	db_close(db);
	return status;
}
