/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the pages on which the house is kept in order have in common. The
 * catalogue is the whole district's: somebody with a unit of his own does not
 * get here (403). Admins change, auditors read.
 */
#ifndef HAILONG_SERVER_PAGES_CATALOGUE_INDEX_H
#define HAILONG_SERVER_PAGES_CATALOGUE_INDEX_H

#include <jansson.h>
#include <stdbool.h>
#include "server/core/catalogue/folder.h"
#include "server/pages/office.h"
#include "server/http/request.h"
#include "shared/text.h"

struct revision;

struct admin {
	struct ctx *ctx;
	struct request *req;
	struct arena *arena;
	enum lang lang;
	struct folder folder; /* the catalogue as it is */
};

/* Begins: 0, or the status of the answer (403, 503). */
int admin_open(struct admin *a, struct ctx *ctx, struct request *req);
/* The page's document: that of staff_head, and may: bool, the reader may
 * change; done: what was just done, in words, or null; up: the way to the index
 * of these pages. */
json_t *admin_document(struct admin *a);
/* An address of ours in the reader's language; done: word of admin.done.*, NULL
 * none. Of a sheet, or of one of its rows. */
const char *admin_address(struct admin *a, const char *path, const char *done);
const char *admin_sheet_address(
    struct admin *a, enum sheet_name sheet, const char *key, const char *done);

/* ------------------------------------------------------------
 * catalogue/words.c */

#define admin_text(a, key) text((a)->lang, key)
#define admin_fill(a, key, ...)                                                \
	text_fill((a)->arena, (a)->lang, key, __VA_ARGS__, NULL)

/* A string; null for NULL and "". */
json_t *admin_string(const char *words);
/* "1.204". */
const char *admin_count(struct admin *a, int64_t n);
/* What a cell says to people: names for codes, 31/12/2026, 87,5%. */
const char *admin_cell(
    struct admin *a, enum sheet_name sheet, int column, const char *cell);
/* The words over a column. */
const char *admin_column(struct admin *a, enum sheet_name sheet, int column);
/* What a row is called: a unit's name, a target's population and day. */
const char *admin_name(struct admin *a, enum sheet_name sheet,
    const struct sheet_row *row, const char *key);
/* The deeds of an object, newest first, as catalogue/history.html has them;
 * acts that begin so ("unit."). NULL when the database does not answer. */
json_t *admin_history(struct admin *a, const char *act, const char *object);

/* --------------------------------------------------------------
 * catalogue/row.c */

/* The page of a row with its form: as it stands, or with what was entered and
 * what is wrong with it. row: the cells to show; was: as it stands, NULL: it is
 * a new one; problems NULL: none. */
int admin_row_show(struct admin *a, struct response *res, int status,
    enum sheet_name sheet, const struct sheet_row *row,
    const struct sheet_row *was, const struct refusals *problems);

/* -------------------------------------------------------------
 * catalogue/form.c */

/* The same of a form: the page with the questions of a new version. */
int admin_form_show(struct admin *a, struct response *res, int status,
    const struct sheet_row *row, const struct refusals *problems);
/* The row that was entered: the questions of the newest version of a form's
 * code with the entered words and the next number. False: no such form. */
bool admin_form_read(struct admin *a, struct sheet_row *out);

/* -----------------------------------------------------------
 * catalogue/effect.c */

/* The document of catalogue/effect.html and whether there is some; NULL when
 * the database does not answer. */
json_t *admin_effect(struct admin *a, const struct revision *revision);

/* -----------------------------------------------------------
 * catalogue/review.c */

/* Shows what a revision changes, what it does to the quarter that runs, and
 * asks whether to save it. action: where the form goes; hidden: [{name, value}]
 * that it carries (freed); back: where one goes who does not; problem: a
 * sentence or NULL. */
int admin_review(struct admin *a, struct response *res, int status,
    const struct revision *revision, const char *action, json_t *hidden,
    const char *back, const char *problem);
/* True when what was shown may be saved now: it is still what would change, and
 * what is grave was affirmed; else *problem is the words' key. */
bool admin_affirmed(
    struct admin *a, const struct revision *revision, const char **problem);
/* Saves a revision on the writer thread and goes on to an address. */
int admin_save(struct admin *a, struct revision *revision, const char *go,
    const char *stale);
/* {name, value} of a hidden input. */
json_t *admin_hidden(const char *name, const char *value);
/* What is wrong, as a list of sentences; NULL or none: null. */
json_t *admin_problems(struct admin *a, const struct refusals *refusals);

#endif
