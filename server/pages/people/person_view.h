/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the pages on which people are kept (people.c, person.c) have in common:
 * who may be seen, what may be given, how a change is shown before it is saved.
 * Documents belong to the caller. */
#ifndef HAILONG_SERVER_PAGES_PEOPLE_PERSON_VIEW_H
#define HAILONG_SERVER_PAGES_PEOPLE_PERSON_VIEW_H

#include <jansson.h>
#include <stdbool.h>

struct page;
struct staff;

/* True when a person of this unit (NULL: the whole district) is the caller's to
 * see: of his unit or below. */
bool person_visible(const struct page *page, const char *unit);
/* {login, name: or null, href, role, unit, state, state_words, factor: bool,
 * seen, created}.
 */
json_t *person_document(const struct page *page, const struct staff *staff);
/* The roles and units that the caller may give: [{value, label, chosen}]. */
json_t *person_roles(const struct page *page, const char *chosen);
json_t *person_units(const struct page *page, const char *chosen);
/* Reads the form's role, unit (NULL: the whole district) and name ("": none).
 * NULL when they may be given, else the key of the sentence that says why not.
 */
const char *person_read(const struct page *page, const char **role,
    const char **unit, const char **name);

/* What others changed of a person since the form was shown, as a sentence;
 * NULL: nothing, or the form does not say what it showed. What the reader left
 * as it was shown becomes in after what it is by now. */
const char *person_moved(
    const struct page *page, const struct staff *now, struct staff *after);

/* A change that is shown before it is saved. */
struct person_preview {
	const char *title; /* words: what is to be done */
	const char *login;
	const char *action; /* the address of its form */
	const char *act;    /* hidden field */
	const char *back;   /* the way out */
	const char *was;    /* hidden: what it is now, NULL: nothing */
	const struct staff *before, *after; /* before NULL: a new person */
	bool gives;        /* role, unit, name travel in the form */
	const char *moved; /* sentence: what others changed; NULL: nothing */
	const char *effects[4]; /* keys, closed by NULL */
	bool sure;              /* wants a tick */
	const char *problem;    /* key, NULL: none */
};

/* Shows it. */
int person_preview(
    const struct page *page, int status, const struct person_preview *p);
/* Shows a start password, this once. */
int person_start(
    const struct page *page, const char *login, const char *password);
/* The JSON of a deed's before or after: role, unit, name. */
const char *person_json(const struct page *page, const struct staff *staff);
/* The address of a person's page. */
const char *person_href(const struct page *page, const char *login);

#endif
