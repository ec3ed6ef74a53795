/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the pages have in common on which people propose, and decide what was
 * proposed (store/cases/proposals.h).
 */
#ifndef HAILONG_SERVER_PAGES_CASES_PROPOSAL_VIEW_H
#define HAILONG_SERVER_PAGES_CASES_PROPOSAL_VIEW_H

#include <jansson.h>
#include "server/core/cases/proposal.h"
#include "server/http/request.h"
#include "shared/uuid.h"

struct page;
struct proposal;
struct proposing;
struct scope;

/* A proposal as proposal_block.html shows it. */
json_t *proposal_view_document(
    const struct scope *scope, const struct proposal *p);
/* Those that an answer was in: [proposal_block]; *waits: the way to the one
 * that it waits in, NULL: none. NULL when the database does not answer. */
json_t *proposal_view_of_answer(
    const struct scope *scope, const struct uuid *answer, const char **waits);
/* Why a person may not, in words; NULL for one who may. */
const char *proposal_view_barred(
    const struct page *page, enum proposal_right right);
/* The key of what is wrong with the words of a proposal (NULL: too long), which
 * say why; NULL: nothing is. */
const char *proposal_view_wrong(const char *words);

/* Hands a proposal to the writer, in the reader's name and of this moment: its
 * id, act, unit, reason, words, past, answers, count and typed are the caller's
 * and live in the arena. reply asks the next function what became of it.
 * Returns HTTP_LATER. */
int proposal_view_propose(const struct page *page,
    const struct proposing *proposing, request_reply *reply);
/* 303 and the word for done=, or the status of a refusal. */
int proposal_view_proposed(const struct request *req, const char **done);

#endif
