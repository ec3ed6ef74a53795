/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The tables that offices have, as rows of text: CSV (comma, semicolon, tab or
 * upright stroke; UTF-8 or UTF-16), XLSX and old XLS, told apart by their bytes
 * and not by their names. A file is read once from front to end and never held
 * whole in memory. Macros are not looked at; entities do not exist.
 */
#ifndef HAILONG_SERVER_TABLE_TABLE_H
#define HAILONG_SERVER_TABLE_TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include "server/core/text/table_row.h"

/* What becomes of the rest: more rows; nothing more of this sheet; nothing more
 * at all, which the taker has reasons for. */
enum table_go { TABLE_ON, TABLE_NEXT_SHEET, TABLE_STOP };

/* Who gets the rows. */
struct table_taker {
	/* A sheet begins ("" where a file has none); false: it is skipped. */
	bool (*sheet)(void *context, const char *name);
	/* A row, also an empty one; its cells live until the next. */
	enum table_go (*row)(void *context, const struct table_row *row);
	void *context;
};

/* Reads a file. False with one sentence in error (what it is and what to do)
 * when it is no such table, is damaged, locked by a password or larger than is
 * read; rows that came before are then to be forgotten. True also when the
 * taker had it stop. */
bool table_read(const char *path, const struct table_taker *taker, char *error,
    size_t error_size);

#endif
