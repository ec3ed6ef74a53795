/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the page of paper forms shares with the form that is sent. */
#ifndef HAILONG_SERVER_PAGES_CASES_PAPER_H
#define HAILONG_SERVER_PAGES_CASES_PAPER_H

#include "server/pages/scores/scope.h"

/* What was entered under a name, else what the address says, else "". */
const char *paper_chosen(const struct request *req, const char *name);
/* The form that is typed in, in its newest version: the one asked for, else
 * one-stop; NULL: the catalogue has none. */
const struct form *paper_form(const struct scope *scope);
/* The way to this page with the same form, desk, day and field, and done=what
 * unless that is NULL. */
const char *paper_again(const struct scope *scope, const char *done);
/* The page, with a sentence of what is wrong (NULL: nothing) and what was
 * entered. */
int paper_show(
    struct scope *scope, struct response *res, int status, const char *problem);

#endif
