/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * With [privacy] key_file the secrets stand in that file, of two lines, and the
 * database has only their fingerprint: a stolen database or backup says nothing
 * about a number. Without it they stand in the database itself, so that a trial
 * needs no preparation. init moves them once, never back: the file is on the
 * disk before they leave the database.
 */
#include "server/store/messages/phone_keys.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include "server/db/db.h"
#include "server/secret/phone_seal.h"
#include "server/secret/token.h"
#include "server/store/catalogue/generation.h"
#include "shared/arena.h"
#include "shared/private_file.h"

#define FILE_TEXT (2 * TOKEN_TEXT + 2)

static bool
refuse_phone_key(char *error, size_t size, const char *path, const char *why)
{
	snprintf(error, size, "[privacy] key_file %s: %s", path, why);
	return false;
}

/* ----------------------------------------------------------------- the file */

static bool
file_read(const char *path, struct seal_keys *keys, char *error, size_t size)
{
	char line[2][TOKEN_TEXT + 1] = {"", ""};
	FILE *f = fopen(path, "re");
	bool ok;

	if (f == NULL)
		return refuse_phone_key(error, size, path, strerror(errno));
	for (int i = 0; i < 2; i++) {
		if (fgets(line[i], sizeof(line[i]), f) != NULL)
			line[i][strcspn(line[i], "\r\n")] = '\0';
	}
	fclose(f);
	private_file(path); /* one that came by a copy */
	ok = strlen(line[0]) == TOKEN_TEXT - 1 && seal_key_read(line[1], keys);
	memcpy(keys->hash, line[0], sizeof(keys->hash));
	return ok || refuse_phone_key(error, size, path, "not a key file");
}

/* Written whole and on disk before it bears its name. */
static bool
file_write(
    const char *path, const struct seal_keys *keys, char *error, size_t size)
{
	char text[FILE_TEXT], seal[TOKEN_TEXT], temporary[600];
	int fd;
	bool ok;

	seal_key_text(keys, seal);
	snprintf(text, sizeof(text), "%s\n%s\n", keys->hash, seal);
	snprintf(temporary, sizeof(temporary), "%s.new", path);
	fd = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	if (fd < 0)
		return refuse_phone_key(error, size, path, strerror(errno));
	ok = write(fd, text, strlen(text)) == (ssize_t)strlen(text) &&
	     fsync(fd) == 0;
	ok = close(fd) == 0 && ok && rename(temporary, path) == 0;
	return ok || refuse_phone_key(error, size, path, strerror(errno));
}

/* ------------------------------------------------------------- the database */

/* What the database has of them; false: nothing. */
static bool
meta_read(struct db *db, struct arena *a, struct seal_keys *keys)
{
	const char *hash = store_meta(db, a, "sms_key");
	const char *seal = store_meta(db, a, "phone_key");

	if (hash == NULL || strlen(hash) != TOKEN_TEXT - 1)
		return false;
	memcpy(keys->hash, hash, sizeof(keys->hash));
	return seal != NULL && seal_key_read(seal, keys);
}

static bool
meta_put(struct db *db, const char *key, const char *value)
{
	return db_run(db, Q_META_PUT, NULL, "tt", key, value);
}

/* New ones; a hash's secret that is there (of a former schema) stays. */
static bool
meta_make(struct db *db, struct arena *a, struct seal_keys *keys)
{
	const char *hash = store_meta(db, a, "sms_key");
	char seal[TOKEN_TEXT];

	seal_keys_new(keys);
	if (hash != NULL && strlen(hash) == TOKEN_TEXT - 1)
		memcpy(keys->hash, hash, sizeof(keys->hash));
	seal_key_text(keys, seal);
	return meta_put(db, "sms_key", keys->hash) &&
	       meta_put(db, "phone_key", seal);
}

static bool
move_out(struct db *db, const struct seal_keys *keys)
{
	char print[TOKEN_TEXT];

	seal_fingerprint(keys, print);
	return meta_put(db, "privacy_key", print) &&
	       meta_put(db, "sms_key", "") && meta_put(db, "phone_key", "");
}

/* ----------------------------------------------------------------- together */

static bool
make_phone_key(struct db *db, const char *key_file, struct arena *a,
    char *error, size_t size)
{
	struct seal_keys keys = {0}, there = {0};
	bool moved = store_meta(db, a, "privacy_key") != NULL;

	if (moved)
		return phone_keys_read(db, key_file, &keys, error, size);
	snprintf(error, size, "the database cannot be written");
	if (!meta_read(db, a, &keys) && !meta_make(db, a, &keys))
		return false;
	if (key_file[0] == '\0')
		return true;
	if (access(key_file, F_OK) != 0)
		return file_write(key_file, &keys, error, size) &&
		       move_out(db, &keys);
	/* ours, when an earlier init was cut off behind writing it */
	if (file_read(key_file, &there, error, size) &&
	    memcmp(&there, &keys, sizeof(keys)) == 0)
		return move_out(db, &keys);
	return refuse_phone_key(
	    error, size, key_file, "is there already, and not this database's");
}

bool
phone_keys_make(struct db *db, const char *key_file, char *error, size_t size)
{
	struct arena a;
	bool ok;

	arena_init(&a);
	snprintf(error, size, "the database cannot be written");
	ok = db_begin(db) && make_phone_key(db, key_file, &a, error, size) &&
	     db_commit(db);
	db_rollback(db);
	arena_finish(&a);
	return ok;
}

bool
phone_keys_read(struct db *db, const char *key_file, struct seal_keys *keys,
    char *error, size_t size)
{
	struct arena a;
	const char *print;
	char mine[TOKEN_TEXT];
	bool ok;

	arena_init(&a);
	print = store_meta(db, &a, "privacy_key");
	if (print == NULL) {
		ok = meta_read(db, &a, keys);
		snprintf(error, size,
		    "the database has no secrets of its numbers yet; run "
		    "hailong-server init");
	} else if (key_file[0] == '\0') {
		snprintf(error, size,
		    "[privacy] key_file is missing: this database's numbers "
		    "are sealed by the secrets of a file");
		ok = false;
	} else {
		ok = file_read(key_file, keys, error, size);
		seal_fingerprint(keys, mine);
		if (ok && strcmp(mine, print) != 0)
			ok = refuse_phone_key(
			    error, size, key_file, "is another database's");
	}
	arena_finish(&a);
	return ok;
}
