/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Settings from an INI file, read through a table of known keys. An unknown
 * section, an unknown key or a bad value is an error that names file, line and
 * key.
 */
#ifndef HAILONG_SHARED_CONFIG_H
#define HAILONG_SHARED_CONFIG_H

#include <stdbool.h>
#include <stddef.h>

enum config_kind {
	CONFIG_TEXT, /* target: char[LIMIT of size], see config_key.size */
	CONFIG_BOOL, /* target: bool; yes/no, true/false, on/off, 1/0 */
	CONFIG_INT   /* target: int, least..most */
};

/* One known key. A section that may occur several times under several names
 * ("[modem gsm1]") is written "modem *"; its target is then an offset into the
 * struct that `section` returned (see config_read). */
struct config_key {
	const char *section;
	const char *name;
	enum config_kind kind;
	size_t offset;   /* of the target in the settings struct */
	size_t size;     /* CONFIG_TEXT: bytes of the target, NUL included */
	int least, most; /* CONFIG_INT */
};

/* Gives the struct of a named section, e.g. "gsm1" of "[modem gsm1]", making
 * it on first sight; NULL with a reason in error refuses it. */
typedef void *config_section(void *settings, const char *kind, const char *name,
    char *error, size_t error_size);

/* Reads path into settings, which already holds the defaults. keys ends with
 * a row whose name is NULL. section may be NULL when no key has "*". False
 * with one sentence ("server.ini:7: [server] listn: unknown key") in error. */
bool config_read(const char *path, const struct config_key *keys,
    config_section *section, void *settings, char *error, size_t error_size);

#endif
