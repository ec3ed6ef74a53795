/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A fresh database with the built-in catalogue, and answers to put into it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "tests/kit/store_parts.h"

#include <stdio.h>
#include <string.h>
#include "server/core/score/tally.h"
#include "server/db/db.h"
#include "server/store/catalogue/import.h"
#include "server/store/tallies.h"
#include "shared/buf.h"
#include "tests/db/engines.h"

static char here[200]; /* the address of the database that is tried */

struct db *
fresh_store(void)
{
	char error[400];
	struct db *db;

	snprintf(here, sizeof(here), "%s", fresh_url());
	db = db_open(here, DB_CREATE);
	assert_non_null(db);
	if (!store_import(db, NULL, error, sizeof(error)))
		fail_msg("%s", error);
	return db;
}

const char *
store_address(void)
{
	return here;
}

struct uuid
numbered(unsigned n)
{
	struct uuid id;

	memset(&id, 0, sizeof(id));
	memcpy(id.bytes, &n, sizeof(n));
	id.bytes[15] = 7;
	return id;
}

void
fill_entry(struct entry *e, unsigned n)
{
	memset(e, 0, sizeof(*e));
	e->id = numbered(n);
	e->day = 20000;
	e->unit = "22969";
	e->desk = "LH1";
	e->field = "dat-dai";
	e->channel = "kiosk";
	e->form = "one-stop";
	e->form_version = 1;
	e->scores = "overall=5 attitude=4 feedback=-";
	e->reasons = "waiting";
	e->flags = "";
	e->lang = "vi";
	e->assisted = "none";
	e->dossier = "";
	e->device = "kiosk-1";
	e->answered_at = STORE_NOW;
	e->received_at = STORE_NOW + 1000;
	e->zone = 420;
	memset(e->digest, (int)n, sizeof(e->digest));
}

enum stored
store_one(struct db *db, struct entry *e)
{
	struct tallies tallies;
	enum stored result;

	tallies_init(&tallies);
	assert_true(db_begin(db));
	result = store_answer(db, &tallies, e);
	assert_true(store_tallies_add(db, &tallies));
	assert_true(db_commit(db));
	tallies_finish(&tallies);
	return result;
}

void
set_aside(struct db *db, unsigned n, bool out)
{
	const struct aside why = {"a test", "", 1};
	struct uuid id = numbered(n);
	struct tallies tallies;

	tallies_init(&tallies);
	assert_true(db_begin(db));
	assert_true(store_answer_aside(db, &tallies, &id, out, &why));
	assert_true(store_tallies_add(db, &tallies));
	assert_true(db_commit(db));
	tallies_finish(&tallies);
}

bool
nowhere(const char *words)
{
	static const char *const endings[] = {"", "-wal"};
	char path[220];
	bool found = false;
	struct buf file;

	if (strncmp(here, "sqlite:", 7) != 0)
		return true;
	for (size_t i = 0; i < 2; i++) {
		buf_init(&file);
		snprintf(path, sizeof(path), "%s%s", here + 7, endings[i]);
		if (buf_read_file(&file, path, (size_t)1 << 28))
			found |= memmem(file.data, file.size, words,
				     strlen(words)) != NULL;
		buf_finish(&file);
	}
	return !found;
}
