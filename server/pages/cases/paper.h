/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the page of paper forms shares with the form that is sent. */
#ifndef HAILONG_SERVER_PAGES_CASES_PAPER_H
#define HAILONG_SERVER_PAGES_CASES_PAPER_H

struct page;
struct scope;

#define PAPER_DIGITS 9 /* reasons of a form that a digit can name */

/* What was entered under a name, else what the address says, else "". */
const char *paper_chosen(const struct page *page, const char *name);
/* The form that is typed in, in its newest version: the one asked for, else
 * one-stop; NULL: the catalogue has none. */
const struct form *paper_form(const struct page *page);
/* The way to this page with the same form, desk, day and field, and done=what
 * unless that is NULL. */
const char *paper_again(const struct page *page, const char *done);
/* The page, with a sentence of what is wrong by its key (NULL: nothing) and
 * what was entered. */
int paper_show(const struct scope *scope, int status, const char *wrong);

#endif
