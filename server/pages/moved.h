/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Two people at one form: it carries beside each field NAME the value that it
 * was shown with, as "was.NAME". Whoever comes second is told what the first
 * has changed meanwhile, and takes back none of it unasked: a field that was
 * left as it was shown stays what it is by now.
 */
#ifndef HAILONG_SERVER_PAGES_MOVED_H
#define HAILONG_SERVER_PAGES_MOVED_H

#include <jansson.h>
#include <stdbool.h>

struct page;

/* All zero but for the page: nothing has moved. Words are the page's arena's.
 */
struct moved {
	const struct page *page;
	const char *words; /* "Name: A → B; …"; NULL: nothing */
};

/* The name of the field that says what a field was shown with. */
const char *moved_name(const struct page *page, const char *field);
/* The value that a field was shown with; NULL: the form does not say. */
const char *moved_was(const struct page *page, const char *field);
/* True when a field is another by now than it was shown. */
bool moved_is(const struct page *page, const char *field, const char *now);
/* What a field is to become: what was entered; or now's value, where it was
 * left as it was shown. */
const char *moved_value(const struct page *page, const char *field,
    const char *entered, const char *now);
/* Notes a change by another, in words. */
void moved_note(
    struct moved *m, const char *title, const char *before, const char *after);
/* The sentence of a key ({what}) that tells all that was noted; NULL: nothing
 * was. */
const char *moved_sentence(const struct moved *m, const char *key);

#endif
