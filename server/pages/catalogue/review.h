/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a change of the catalogue will do, shown before it is saved. */
#ifndef HAILONG_SERVER_PAGES_CATALOGUE_REVIEW_H
#define HAILONG_SERVER_PAGES_CATALOGUE_REVIEW_H

#include <jansson.h>

struct catalogue_page;
struct page;
struct revision;

/* A revision and where its form leads; addresses live as long as the request.
 */
struct catalogue_review {
	struct revision *revision;
	const char *action; /* where the form goes */
	const char *back;   /* where one goes who does not save it */
	const char *saved;  /* where one goes when it is saved … */
	const char *stale;  /* … and when the catalogue was another by then */
	const char *moved;  /* a sentence that tells what others changed while
			     * this was written, NULL: nothing */
};

/* Shows what the revision changes and what it does to the quarter that runs,
 * and asks whether to save it. hidden: [{name, value}] that the form carries
 * (freed); problem: the key of a sentence or NULL. Returns status; 503 when the
 * database does not answer. */
int catalogue_review_show(const struct catalogue_page *c, int status,
    const struct catalogue_review *review, json_t *hidden, const char *problem);
/* NULL when what was shown may be saved now: it is still what would change, and
 * what is grave was affirmed; else the key of what is wrong. */
const char *catalogue_review_refusal(
    const struct page *page, const struct revision *revision);
/* Saves the revision on the writer thread and goes on to saved or stale.
 * Returns HTTP_LATER. */
int catalogue_review_save(
    const struct page *page, const struct catalogue_review *review);
/* Adds {name, value} of a hidden input to a list. */
void catalogue_review_hide(json_t *hidden, const char *name, const char *value);

#endif
