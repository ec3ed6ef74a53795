/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A catalogue as its folder has it (shared/catalogue/README.md): tables of text
 * cells, and the forms. The one shape in which a catalogue is read, looked
 * over, compared, changed, shown and written; what the programs work with is
 * made of it (folder_catalogue). Cells are canonical: dates as YYYY-MM-DD, a
 * percentage as short as it can be, no blanks at a desk's fields. Pure; all
 * memory is the arena's.
 */
#ifndef HAILONG_SERVER_CORE_CATALOGUE_FOLDER_H
#define HAILONG_SERVER_CORE_CATALOGUE_FOLDER_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "shared/text.h"

struct arena;
struct catalogue;

#define SHEET_COLUMNS  6
#define SHEET_KEY_TEXT 96 /* room for the longest key and its NUL */
#define REFUSALS_MOST  20 /* as many are told at once */

enum sheet_name {
	SHEET_UNITS,
	SHEET_SUCCESSORS,
	SHEET_FIELDS,
	SHEET_TARGETS,
	SHEET_DESKS,
	SHEET_FORMS,
	SHEET_COUNT
};

/* The columns, in the order of the files. */
enum { UNIT_CODE, UNIT_PARENT, UNIT_LEVEL, UNIT_NAME, UNIT_FROM, UNIT_TO };
enum { SUCCESSOR_UNIT, SUCCESSOR_NEXT, SUCCESSOR_FROM };
enum { FIELD_CODE, FIELD_NAME, FIELD_GROUP };
enum { TARGET_POPULATION, TARGET_GROUP, TARGET_FROM, TARGET_PERCENT };
enum { DESK_CODE, DESK_UNIT, DESK_NAME, DESK_FIELDS };
enum { FORM_CODE, FORM_VERSION, FORM_DOCUMENT };

struct sheet_kind {
	const char *name; /* "units", of units.csv and of its page */
	const char *word; /* "unit", of acts such as unit.change */
	const char *columns[SHEET_COLUMNS + 1]; /* closed by NULL */
	size_t ncolumns;
	int key[2];   /* the columns a row is found again by */
	size_t nkeys; /* 1 or 2 */
	bool ordered; /* the order of its rows is kept, and means something */
};

extern const struct sheet_kind sheet_kinds[SHEET_COUNT];

struct sheet_row {
	const char *cells[SHEET_COLUMNS];
	const char *file; /* where it was read, NULL: not from a file */
	int line;
};

struct sheet {
	struct sheet_row *rows;
	size_t count;
};

struct folder {
	struct sheet sheets[SHEET_COUNT];
};

/* ------------------------------------------------------------- folder.c */

/* The sheet of a name ("units"); false: there is none. */
bool sheet_find(const char *name, enum sheet_name *out);
/* The key of a row: its code, or "tthc.2026-01-01" of two columns. */
const char *sheet_key(
    struct arena *a, enum sheet_name sheet, const struct sheet_row *row);
/* The row of a key, NULL when there is none. */
const struct sheet_row *folder_row(
    const struct folder *f, enum sheet_name sheet, const char *key);
/* Appends a row; its cells are not copied. */
struct sheet_row *folder_add(
    struct arena *a, struct folder *f, enum sheet_name sheet);
/* Has a cell of codes, separated by '|', this one? */
bool cell_has(const char *cell, const char *code);
/* The codes of a cell, those that are also in another one first and as they
 * stand there. */
const char *cell_in_order(
    struct arena *a, const char *cell, const char *before);
/* A folder whose rows may be changed without changing those of `from`; cells
 * are shared. */
struct folder folder_copy(struct arena *a, const struct folder *from);
/* Takes the row of a key away; false: there is none. */
bool folder_remove(struct folder *f, enum sheet_name sheet, const char *key);
/* Brings sheets whose order means nothing into the order of their keys. */
void folder_sort(struct folder *f);
/* A number of all its cells, to see whether two folders are the same. */
uint64_t folder_mark(const struct folder *f);
/* A row as the audit log keeps it: an object of its cells by column; a form as
 * its document. The caller owns it. */
json_t *sheet_row_json(enum sheet_name sheet, const struct sheet_row *row);
/* Fills a form's row from its document; false: it has no code. */
bool form_row(struct arena *a, const json_t *document, struct sheet_row *row);
/* The whole in one line of JSON, and back (false: it is none of ours). */
json_t *folder_json(const struct folder *f);
bool folder_from_json(struct arena *a, const json_t *json, struct folder *out);

/* -------------------------------------------------------- folder_clean.c */

/* Makes every cell and every text of a form canonical, so that what nobody sees
 * is no change: letters in one piece (NFC), no blanks at the ends, dates of
 * spreadsheets (31/12/2026) as YYYY-MM-DD, "87,5 %" as 87.5. What cannot be
 * read so stays as it is. */
void folder_clean(struct arena *a, struct folder *f);

/* -------------------------------------------------------- folder_check.c */

/* Why a folder cannot be taken. */
struct refusal {
	const char *file; /* NULL: not of a file */
	int line;         /* 0: of the whole file */
	const char *key;  /* of its words, with {value} in them */
	const char *value;
};

struct refusals {
	struct refusal list[REFUSALS_MOST];
	size_t count; /* more than that are not told */
};

/* Adds one, of a row (NULL: of none). False, so that a check may end with it.
 */
bool refuse_row(struct refusals *r, const struct sheet_row *row,
    const char *key, const char *value);
/* Its sentence, "units.csv:3: not a code: 22 969". */
const char *refusal_words(
    struct arena *a, enum lang lang, const struct refusal *refusal);
/* Makes a folder canonical (folder_clean) and looks it over: codes, names,
 * dates, references, circles. True: nothing refused. */
bool folder_check(struct arena *a, struct folder *f, struct refusals *out);
/* A percentage with at most 4 decimals, times 10,000; -1 when it is none or
 * not strictly between 0 and 100 (STATISTICS, section 0). */
int64_t percent4_read(const char *text);
/* "87.5" of 875000. */
const char *percent4_text(struct arena *a, int64_t percent4);

/* -------------------------------------------------------- folder_files.c */

struct folder_file {
	const char *name; /* "units.csv", "forms/one-stop.json" */
	const char *data; /* a NUL follows the last byte */
	size_t size;
};

/* Reads the files of a folder, in any order. False, with refusals, when one is
 * missing or cannot be read as what it is; rows are not looked over. */
bool folder_read(struct arena *a, const struct folder_file *files, size_t n,
    struct folder *out, struct refusals *refusals);
/* Writes them: the same folder gives the same bytes. Line ends are LF; a table
 * begins with a byte-order mark, for spreadsheet programs. */
void folder_write(struct arena *a, const struct folder *f,
    struct folder_file **files, size_t *n);

/* ---------------------------------------------------- folder_catalogue.c */

/* Makes of a folder that was looked over what the programs work with: units,
 * fields, targets, desks, forms, into an empty catalogue, whose memory it is
 * then. False with a sentence when it does not hang together. */
bool folder_catalogue(
    const struct folder *f, struct catalogue *out, char *error, size_t size);

#endif
