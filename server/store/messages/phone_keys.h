/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The two secrets of citizens' numbers (secret/phone_seal.h) and where they are
 * kept.
 */
#ifndef HAILONG_SERVER_STORE_MESSAGES_PHONE_KEYS_H
#define HAILONG_SERVER_STORE_MESSAGES_PHONE_KEYS_H

#include <stdbool.h>
#include <stddef.h>

struct db;
struct seal_keys;

/* Makes what is missing (init): new secrets, or those of the database moved
 * into the file that the settings name. Begins and commits by itself. False
 * with one sentence in error. */
bool phone_keys_make(
    struct db *db, const char *key_file, char *error, size_t size);
/* Reads the secrets. False with one sentence in error that says what to do: the
 * file is missing, or is another database's. */
bool phone_keys_read(struct db *db, const char *key_file,
    struct seal_keys *keys, char *error, size_t size);

#endif
