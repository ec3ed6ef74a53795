/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What every page does alike: the document's common members, rendering, and
 * the addresses of style sheets. */
#ifndef HAILONG_SERVER_PAGES_DOCUMENT_H
#define HAILONG_SERVER_PAGES_DOCUMENT_H

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

struct ctx;
struct request;
struct response;

/* One member of a document, or of a part of one, a line: a text (NULL: null), a
 * text of which "" is nothing too (null), a flag, a number, and another part,
 * which the document owns from then on (NULL: null). */
void put_text(json_t *document, const char *name, const char *text);
void put_words(json_t *document, const char *name, const char *words);
void put_flag(json_t *document, const char *name, bool flag);
void put_number(json_t *document, const char *name, int64_t number);
void put_part(json_t *document, const char *name, json_t *part);

/* A document with the members of form_head (citizens) or staff_head (staff).
 * The caller fills in the rest and hands it to document_show. */
json_t *document_citizen(struct request *req, const char *unit_name);
json_t *document_staff(struct ctx *ctx, struct request *req);
/* Renders the template, frees the document, returns status; 500 when the
 * template refuses (logged: it is a bug). */
int document_show(struct request *req, struct response *res, int status,
    const char *page, json_t *document);
/* A one-time link that serves no more; desk NULL: of no desk. Returns 410. */
int document_gone(struct ctx *ctx, struct request *req, struct response *res,
    const char *unit_name, const char *desk);
/* Sends the browser to another address of ours (303). */
int document_go(struct response *res, const char *location);
/* "/static/form.1f0c2d3e.css" for "form.css"; static memory. */
const char *asset_url(const char *name);

#endif
