/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The catalogue in the reader's words: its cells, columns, rows, and what was
 * done to them. Texts live in the request's arena. */
#ifndef HAILONG_SERVER_PAGES_CATALOGUE_WORDS_H
#define HAILONG_SERVER_PAGES_CATALOGUE_WORDS_H

#include <jansson.h>
#include "server/core/catalogue/folder.h"

struct catalogue_page;
struct page;

/* What a cell says to people: names for codes, 31/12/2026, 87,5%. */
const char *catalogue_words_cell(const struct catalogue_page *c,
    enum sheet_name sheet, int column, const char *cell);
/* The words over a column. */
const char *catalogue_words_column(
    const struct page *page, enum sheet_name sheet, int column);
/* What a row is called: a unit's name, a target's population and day; row NULL:
 * its key. */
const char *catalogue_words_row(const struct catalogue_page *c,
    enum sheet_name sheet, const struct sheet_row *row, const char *key);
/* The deeds of an object, newest first, as catalogue/history.html has them;
 * acts that begin so ("unit."); object NULL: of any. NULL when the database
 * does not answer. */
json_t *catalogue_words_history(
    const struct catalogue_page *c, const char *act, const char *object);
/* What is wrong, as catalogue/problems.html has it; NULL for none. */
json_t *catalogue_words_problems(
    const struct page *page, const struct refusals *refusals);

#endif
