/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The one-stop form, shown and read; used by form.c (a desk's) and dossier.c
 * (one dossier's). */
#ifndef HAILONG_SERVER_PAGES_CITIZEN_FORM_FILL_H
#define HAILONG_SERVER_PAGES_CITIZEN_FORM_FILL_H

#include "server/intake/check.h"
#include "server/http/request.h"
#include "server/store/answers.h"

struct filled {
	const struct desk *desk;
	const struct unit *unit; /* whose name stands on top */
	const struct form *form;
	bool bound;       /* it belongs to a dossier … */
	bool knows_field; /* … that tells the field */
	bool draft;       /* only to look at */
	struct answer answer;
	struct entry entry;
};

/* Shows the form, empty or with what was entered; problem: what is wrong, one
 * sentence, or NULL. Returns status. */
int form_show(struct request *req, struct response *res, int status,
    const struct filled *f, const char *problem);
/* Reads what was entered into answer and entry; NULL, or the key of what is
 * wrong. The time of the answer is ours. */
const char *form_fill(struct ctx *ctx, struct request *req, struct filled *f);
/* The page after it was stored (req->data: struct filled); 409 for one that was
 * stored before with other content. */
int form_thanks(struct ctx *ctx, struct request *req, struct response *res);
/* What was written, without blanks at its ends; NULL for nothing. */
const char *form_comment(struct request *req);
/* Vietnamese only, where the house offers no other language. */
void form_languages(const struct ctx *ctx, struct request *req);
/* The language that the form was filled in. */
enum lang form_language(const struct request *req);

#endif
