/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The one-stop form, shown and read; used by form.c (a desk's), dossier.c (one
 * dossier's) and late_comment.c. */
#ifndef HAILONG_SERVER_PAGES_CITIZEN_FORM_FILL_H
#define HAILONG_SERVER_PAGES_CITIZEN_FORM_FILL_H

#include "server/core/burst/word_limit.h"
#include "server/intake/check.h"
#include "server/pages/page.h"
#include "server/store/answers.h"

/* Words that came with an answer and do not stand with it (held_words.h). */
struct held_words {
	const char *words; /* as they were entered; NULL: none were */
	enum word_verdict why;
	int64_t wait;      /* ms until they may be sent */
	const char *token; /* by which they can be added … */
	bool offered;      /* … which the answer allows */
};

struct filled {
	const struct desk *desk;
	const struct unit *unit; /* whose name stands on top */
	const struct form *form;
	bool bound;       /* it belongs to a dossier … */
	bool knows_field; /* … that tells the field */
	bool draft;       /* a form to be read, with nothing to send */
	struct answer answer;
	struct entry entry;
	struct held_words held; /* its words, where they are not kept */
};

/* The page of a citizen's request, in the language in which the form was filled
 * in; in Vietnamese where the setting "english" is off. */
struct page form_page(
    struct ctx *ctx, struct request *req, struct response *res);
/* Shows the form, empty or with what was entered; problem: the key of what is
 * wrong, or NULL. Returns status. */
int form_show(const struct page *page, int status, const struct filled *f,
    const char *problem);
/* The address of a desk's form for the answer of this id. */
const char *form_address(
    const struct page *page, const struct filled *f, const char *id);
/* After a form was posted, the other language is a button that sends what was
 * entered along, no link. */
void form_keeps_language(const struct page *page, json_t *doc);
/* True when the form was not sent but only asked for in another language. */
bool form_switched(const struct page *page);
/* Reads what was entered into answer and entry; NULL, or the key of what is
 * wrong. The time of the answer is that of the request. */
const char *form_fill(const struct page *page, struct filled *f);
/* Leaves the words out of the answer. */
void form_leave_words(const struct page *page, struct filled *f);
/* Shows the form again with what is wrong, and counts the refused answer.
 * Returns 422. */
int form_refuse(
    const struct page *page, const struct filled *f, const char *problem);
/* The page after it was stored (req->data: struct filled); 409 for one that was
 * stored before with other content. */
int form_thanks(struct ctx *ctx, struct request *req, struct response *res);
/* A form that was refused before it was read as one (too long, the server too
 * busy, stopping): shown again with what was entered and what to do. Returns
 * status; the response is empty when it was no form of ours. */
int form_again(
    struct ctx *ctx, struct request *req, struct response *res, int status);
/* The same for one dossier's form. */
int dossier_again(const struct page *page, int status, const char *problem);
/* A one-time link that serves no more; unit_name NULL: none stands on top; desk
 * NULL: the way on leads to no desk's form. Returns 410. */
int form_gone(const struct page *page, const char *unit_name, const char *desk);

#endif
