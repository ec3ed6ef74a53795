/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * One page on its way: who asks, in which language, and the ways to read what
 * was entered, to say things in the reader's words and to answer. Every staff
 * page begins with page_of and ends with page_show, page_go or page_write.
 * Texts that are returned live in the request's arena.
 */
#ifndef HAILONG_SERVER_PAGES_PAGE_H
#define HAILONG_SERVER_PAGES_PAGE_H

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>
#include "server/http/request.h"
#include "server/pages/document.h"
#include "shared/text.h"
#include "shared/uuid.h"

struct deed;

struct page {
	struct ctx *ctx;
	struct request *req;
	struct response *res;
	struct arena *arena; /* the request's */
	enum lang lang;
};

/* The page of a request; in a handler and again in its reply. */
struct page page_of(struct ctx *ctx, struct request *req, struct response *res);

/* ------------------------------------------------------------------- words */

/* Words of a key in the reader's language (shared/text.h). */
#define page_text(p, key) text((p)->lang, key)
/* The same with names filled in: page_fill(p, key, "n", count). */
#define page_fill(p, key, ...)                                                 \
	text_fill((p)->arena, (p)->lang, key, __VA_ARGS__, NULL)
/* Words of a key that is put together: page_text_of(p, "role.%s", role). */
#define page_text_of(p, ...) page_text(p, arena_printf((p)->arena, __VA_ARGS__))
/* What is wrong, in words: those of a key; NULL for NULL. */
const char *page_problem(const struct page *p, const char *key);
/* Words of "KIND.CODE", else the code itself. */
const char *page_coded(
    const struct page *p, const char *kind, const char *code);
/* "1.204" of a count. */
const char *page_count(const struct page *p, int64_t n);
/* The same of answers in a part of the whole: "dưới 5" where there are too few
 * to be shown apart (SETTING_CELL_LEAST). */
const char *page_few(const struct page *p, int64_t n);
/* The decimal mark of the reader's language. */
char page_mark(const struct page *p);
/* "20/11/2026 14:05" of an instant in ms, local time; 0: "never" in words. */
const char *page_moment(const struct page *p, int64_t ms);
/* "14:05 20/11/2026" of an instant in ms, local time. */
const char *page_time(const struct page *p, int64_t ms);
/* "20/11/2026" of an instant in ms, local time. */
const char *page_day(const struct page *p, int64_t ms);
/* "2026-11-20" of a local day, as a form's date and an address have it. */
const char *page_iso_day(const struct page *p, int32_t day);
/* A unit's name; the code of one that is no more; NULL or "": the whole
 * district in words. */
const char *page_unit_name(const struct page *p, const char *unit);
/* The person of a login as others read it: the name; with the login in brackets
 * where two bear that name; the login of one who has none or is no more, and
 * NULL or "" as they are. */
const char *page_person(const struct page *p, const char *login);
/* The sentence of what was just done: the words of "PREFIX.WORD" where the
 * address says done=WORD; NULL without it, or for a word that has none. */
const char *page_done(const struct page *p, const char *prefix);

/* ----------------------------------------------------------------- address */

/* An address of ours with names and values in its query, in this order, closed
 * by NULL; a value that is NULL or "" is left out. lang= follows where the
 * reader's language is not the first one. The path stands as it is. */
const char *page_address(const struct page *p, const char *path, ...);
/* The same address where it is one of a staff page in plain ASCII, which leads
 * to no other host and bears no second header; NULL for any other. */
const char *page_office_address(const char *address);
/* An id as text. */
const char *page_id(const struct page *p, const struct uuid *id);
/* "/staff/cases/ID" of a folder and an id. */
const char *page_path(
    const struct page *p, const char *folder, const struct uuid *id);
/* What the address says of a name; "" where it says nothing. */
const char *page_asked(const struct page *p, const char *name);
/* A place in a list as an address names it, "NUMBER.ID", and back; false when
 * the text is none. */
const char *page_place(
    const struct page *p, int64_t number, const struct uuid *id);
bool page_place_read(const char *text, int64_t *number, struct uuid *id);

/* -------------------------------------------------------------------- form */

/* A field of the form as it came, for codes and the like: PAIR_NO_TEXT where it
 * is no text, "" where there is none. */
const char *page_field(const struct page *p, const char *name);
/* A text that a person entered, cleaned (shared/clean_text.h); "" for none. */
const char *page_words(const struct page *p, const char *name, bool *cleaned);
/* The same; NULL when it is longer than so many characters. */
const char *page_entered(const struct page *p, const char *name, size_t most);
/* The id that the form bears, so that sent twice it counts once; false when it
 * is none. */
bool page_form_id(const struct page *p, struct uuid *id);
/* A new one for a form that is shown, as text. */
const char *page_new_id(const struct page *p);
/* What every form that is shown begins with, {action, csrf, id: a new one}, to
 * be filled in further; the caller owns it. action: an address of page_address.
 */
json_t *page_form(const struct page *p, const char *action);
/* Adds one option of a select to a list: {value, label, chosen}. */
void page_option(
    json_t *list, const char *value, const char *label, bool chosen);
/* Adds one select of filters.html to its choices: {name, title, options}; takes
 * the options. */
void page_choice(
    json_t *choices, const char *name, const char *title, json_t *options);

/* ------------------------------------------------------------------- rights */

/* True when the reader's role is one of these bits of enum who. */
bool page_may(const struct page *p, unsigned who);
/* True when there is such a unit and it is the reader's to see (core/catalogue/
 * visibility.h); otherwise the answer is 404, whether it exists or not. */
bool page_may_see(const struct page *p, const char *unit);

/* ------------------------------------------------- answers, page_document.c */

/* The document of a citizen's page: the members of form_head.html; unit_name
 * NULL: none stands on top. */
json_t *page_citizen(const struct page *p, const char *unit_name);
/* The document of a staff page: the members of staff_head.html, and csrf. */
json_t *page_document(const struct page *p);
/* Shows a template over its document, which is freed; returns the status, 500
 * when it cannot be rendered. */
int page_show(
    const struct page *p, int status, const char *template, json_t *document);
/* Sends the browser to another address of ours; returns 303. */
int page_go(const struct page *p, const char *address);
/* Hands the page's write to the writer thread: write runs in its transaction
 * over data, reply on the loop after the commit. Returns HTTP_LATER. */
int page_write(const struct page *p, void *data, request_write *write,
    request_reply *reply);

/* ------------------------------------------------------------------- audit */

/* A deed of the reader's at the time of the request, with an id of its own:
 * made once by the handler, so that a write that is run again adds it once. */
struct deed page_deed(const struct page *p, const char *act, const char *unit,
    const char *object);
/* The JSON of a deed's before or after: compact, keys sorted; frees json. */
const char *page_json(const struct page *p, json_t *json);

#endif
