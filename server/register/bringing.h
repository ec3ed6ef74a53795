/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A register's file is laid in, or looked at as it would be: both read it twice
 * (reading.h), with the mappings that people kept.
 */
#ifndef HAILONG_SERVER_REGISTER_BRINGING_H
#define HAILONG_SERVER_REGISTER_BRINGING_H

#include "server/register/arriving.h"

struct bringing {
	struct db *db;
	const struct catalogue *catalogue;
	const struct seal_keys *keys;
	const char *path;
	bool partial;                 /* what is bad is left out */
	struct dossier_import import; /* id, file, login, role, place, at */
};

/* Lays it in: it is whole, and waits to be taken. False with a sentence in why
 * when the file is not good, or "" when the database refused (logged); then
 * nothing is there. */
bool bring_file(const struct bringing *b, char *why, size_t why_size);

#endif
