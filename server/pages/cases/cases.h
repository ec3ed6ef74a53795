/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the list of cases shares with one case and with the board. */
#ifndef HAILONG_SERVER_PAGES_CASES_CASES_H
#define HAILONG_SERVER_PAGES_CASES_CASES_H

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

struct page;
struct remark_place;
struct scope;
struct staff;

/* True for a person who may have a case of this unit in hand; unit NULL: of any
 * that the reader may see. */
bool cases_worker(
    const struct scope *scope, const struct staff *s, const char *unit);
/* Those people as options: [{value, label, chosen}]; the caller owns them. NULL
 * when the database does not answer. */
json_t *cases_people(
    const struct scope *scope, const char *unit, const char *chosen);
/* Open cases of a scope's units (below: as answer_view_units), and how many are
 * overdue: {open, late: counts in words; any, any_late, several: bools; href;
 * units: [{name, href, open, late, any_late}]}; NULL when the database does not
 * answer. */
json_t *cases_counts(const struct scope *scope, bool below);
/* The local day by which a case is due: the one agreed on, else (0) some days
 * after that of the answer. */
int32_t cases_due(int32_t agreed, int32_t day);
/* Where a case stands, a key of words: "done", "new" or "hand". */
const char *cases_state(bool done, const char *person);
/* An address that keeps which list it came from (list=, unit=, person=), in the
 * reader's language, and with done=what unless that is NULL. */
const char *cases_address(
    const struct page *page, const char *path, const char *done);
/* The way to the case behind this place in that list, NULL: there is none.
 * False when the database does not answer. */
bool cases_next(const struct scope *scope, const struct remark_place *place,
    const char **next);

/* The list with a sentence of what is wrong, by its key (NULL: nothing). */
int cases_show(const struct scope *scope, int status, const char *wrong);

#endif
