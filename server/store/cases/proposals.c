/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A proposal holds its answers: an answer waits in one at most, which an index
 * keeps true whoever proposes at once. Confirmed, it is carried out answer by
 * answer as every decision is (store/cases/history.h), so that one which was
 * corrected, or decided otherwise, meanwhile is left as it is. An answer is let
 * go in the transaction that carries the proposal out about it; what waits of a
 * confirmed one is therefore exactly what is still to be done, also after the
 * program was stopped in the middle.
 */
#include "server/store/cases/proposals.h"

#include <stdlib.h>
#include <string.h>
#include "server/store/cases/history.h"
#include "server/store/people/audit.h"
#include "server/store/people/staff.h"
#include "server/store/writer.h"
#include "shared/arena.h"
#include "shared/limits.h"

/* ------------------------------------------------------------------ reading */

static const char *
proposal_text(struct arena *a, struct rows *r, int column)
{
	const char *value = rows_text(r, column);

	return arena_strdup(a, value == NULL ? "" : value);
}

static void
read_proposal_id(struct rows *r, int column, struct uuid *id)
{
	size_t size;
	const void *bytes = rows_blob(r, column, &size);

	memset(id, 0, sizeof(*id));
	if (bytes != NULL && size == sizeof(id->bytes))
		memcpy(id->bytes, bytes, size);
}

static void
read_proposal(struct rows *r, struct arena *a, struct proposal *p)
{
	read_proposal_id(r, 0, &p->id);
	p->at = rows_int(r, 1);
	p->login = proposal_text(a, r, 2);
	p->act = proposal_text(a, r, 3);
	read_proposal_id(r, 4, &p->past);
	p->unit = proposal_text(a, r, 5);
	p->reason = proposal_text(a, r, 6);
	p->words = proposal_text(a, r, 7);
	p->answers = rows_int(r, 8);
	p->rest = rows_int(r, 9);
	p->since_at = rows_int(r, 10);
	p->state = proposal_state_find(proposal_text(a, r, 11));
	read_proposal_id(r, 12, &p->form);
	p->decided_at = rows_int(r, 13);
	p->decided_by = proposal_text(a, r, 14);
	p->decided_role = proposal_text(a, r, 15);
	p->decided_words = proposal_text(a, r, 16);
}

enum step
store_proposal(
    struct db *db, struct arena *a, const struct uuid *id, struct proposal *out)
{
	struct rows *r =
	    db_query(db, Q_PROPOSAL_GET, "b", id->bytes, sizeof(id->bytes));
	enum step step = rows_next(r);

	if (step == STEP_ROW)
		read_proposal(r, a, out);
	rows_close(r);
	return step;
}

/* Adds the rows to a list; closes them. */
static bool
read_proposals(
    struct rows *r, struct arena *a, struct proposal **list, size_t *count)
{
	enum step step;

	while ((step = rows_next(r)) == STEP_ROW)
		read_proposal(
		    r, a, arena_append(a, list, count, sizeof(**list)));
	rows_close(r);
	return step == STEP_DONE;
}

bool
store_proposals_waiting(struct db *db, struct arena *a, size_t most,
    struct proposal **list, size_t *count)
{
	*list = NULL;
	*count = 0;
	return read_proposals(
	    db_query(db, Q_PROPOSAL_WAITING, "i", (int64_t)most), a, list,
	    count);
}

static int
compare_proposals(const void *x, const void *y)
{
	const struct proposal *a = x, *b = y;

	if (a->decided_at != b->decided_at)
		return a->decided_at > b->decided_at ? -1 : 1;
	return uuid_compare(&b->id, &a->id);
}

bool
store_proposals_past(struct db *db, struct arena *a, const char *const *units,
    size_t nunits, size_t most, struct proposal **list, size_t *count)
{
	*list = NULL;
	*count = 0;
	for (size_t i = 0; i < nunits; i++)
		if (!read_proposals(db_query(db, Q_PROPOSAL_PAST, "ti",
					units[i], (int64_t)most),
			a, list, count))
			return false;
	if (*count > 1)
		qsort(*list, *count, sizeof(**list), compare_proposals);
	if (*count > most)
		*count = most;
	return true;
}

bool
store_proposals_of(struct db *db, struct arena *a, const struct uuid *answer,
    struct proposal **list, size_t *count)
{
	*list = NULL;
	*count = 0;
	return read_proposals(db_query(db, Q_PROPOSAL_HISTORY, "b",
				  answer->bytes, sizeof(answer->bytes)),
	    a, list, count);
}

bool
store_proposal_answers(struct db *db, struct arena *a, const struct uuid *id,
    size_t most, struct doubt **list, size_t *count)
{
	*list = NULL;
	*count = 0;
	return store_doubt_rows(
	    db_query(db, Q_PROPOSAL_ANSWERS, "bi", id->bytes, sizeof(id->bytes),
		(int64_t)most),
	    a, list, count);
}

struct proposal_about
store_proposal_about(const struct proposal *p)
{
	return (struct proposal_about){.unit = p->unit,
	    .proposer = p->login,
	    .state = p->state,
	    .since_at = p->since_at};
}

enum step
store_proposal_person(struct db *db, struct arena *a, const char *login,
    struct proposal_person *out)
{
	struct proposal_post *former = NULL, *post;
	struct staff s;
	enum step step = store_staff(db, a, login, &s);
	struct rows *r;

	if (step != STEP_ROW)
		return step;
	if (s.disabled_at != 0)
		return STEP_DONE;
	*out = (struct proposal_person){
	    .login = s.login, .post = {.role = s.role, .unit = s.unit}};
	r = db_query(db, Q_STAFF_POSTS, "t", login);
	while ((step = rows_next(r)) == STEP_ROW) {
		post = arena_append(a, &former, &out->nformer, sizeof(*post));
		post->role = proposal_text(a, r, 0);
		post->unit = proposal_text(a, r, 1);
		post->until_at = rows_int(r, 2);
	}
	rows_close(r);
	out->former = former;
	return step == STEP_DONE ? STEP_ROW : step;
}

/* ---------------------------------------------------------------- proposing */

static bool
log_proposal(struct db *db, struct arena *a, const struct deed *whose,
    const struct proposal *p, const char *act)
{
	struct deed deed = *whose;
	char id[UUID_TEXT];

	uuid_format(&p->id, id);
	memset(&deed.id, 0, sizeof(deed.id));
	deed.act = act;
	deed.unit = p->unit;
	deed.object = id;
	deed.after = arena_printf(a, "{\"answers\":%lld,\"proposed\":\"%s\"}",
	    (long long)p->answers, p->act);
	deed.reason = p->reason;
	return store_audit(db, &deed);
}

static void
take_row(const void *context, size_t i, struct db_value *v)
{
	const struct proposing *p = context;

	*v++ = db_blob(p->p.id.bytes, sizeof(p->p.id.bytes));
	*v++ = db_blob(p->answers[i].bytes, sizeof(p->answers[i].bytes));
	*v++ = db_text(p->p.act);
	*v++ = db_blob(p->p.past.bytes, sizeof(p->p.past.bytes));
}

static int
compare_taken(const void *a, const void *b)
{
	return uuid_compare(a, b);
}

/* Puts the answers in, everyone in one order, and counts them. */
static bool
take_answers(struct db *db, struct arena *a, struct proposing *p)
{
	const struct uuid *id = &p->p.id;
	struct uuid *sorted = arena_alloc(a, (p->count + 1) * sizeof(*sorted));
	struct proposal kept;

	if (p->count > 0)
		memcpy(sorted, p->answers, p->count * sizeof(*sorted));
	qsort(sorted, p->count, sizeof(*sorted), compare_taken);
	p->answers = sorted;
	if (!db_run_rows(db, Q_PROPOSAL_TAKE, p->count, take_row, p, NULL) ||
	    !db_run(db, Q_PROPOSAL_COUNT, NULL, "b", id->bytes,
		sizeof(id->bytes)) ||
	    store_proposal(db, a, id, &kept) != STEP_ROW)
		return false;
	p->p.answers = kept.answers;
	return kept.answers > 0 || db_run(db, Q_PROPOSAL_DROP_EMPTY, NULL, "b",
				       id->bytes, sizeof(id->bytes));
}

enum proposal_result
store_propose(struct db *db, struct arena *a, struct proposing *p)
{
	const struct proposal *q = &p->p;
	struct proposal_person who;
	int64_t added;
	enum step step = store_proposal_person(db, a, q->login, &who);

	p->right = PROPOSAL_ROLE;
	if (step == STEP_FAIL)
		return PROPOSED_FAILED;
	if (step == STEP_ROW)
		p->right =
		    proposal_may_propose(p->catalogue, &who, q->unit, p->typed);
	if (p->right != PROPOSAL_MAY)
		return PROPOSED_FORBIDDEN;
	if (!db_run(db, Q_PROPOSAL_ADD, &added, "bittbttt", q->id.bytes,
		sizeof(q->id.bytes), q->at, q->login, q->act, q->past.bytes,
		sizeof(q->past.bytes), q->unit, q->reason, q->words))
		return PROPOSED_FAILED;
	if (added == 0)
		return PROPOSED_REPEATED;
	if (!take_answers(db, a, p))
		return PROPOSED_FAILED;
	if (q->answers == 0)
		return PROPOSED_NOTHING;
	return log_proposal(db, a, p->deed, q, "proposal.propose")
		   ? PROPOSED_DONE
		   : PROPOSED_FAILED;
}

/* ----------------------------------------------------------------- deciding */

static const char *const decision_acts[PROPOSAL_STATES] = {
    [PROPOSAL_CONFIRMED] = "proposal.confirm",
    [PROPOSAL_REFUSED] = "proposal.refuse",
    [PROPOSAL_WITHDRAWN] = "proposal.withdraw",
};

/* The next answers that wait in it, into the arena. */
static bool
next_answers(struct db *db, struct arena *a, const struct proposal *p,
    struct uuid **ids, size_t *n)
{
	struct rows *r = db_query(db, Q_PROPOSAL_NEXT, "bi", p->id.bytes,
	    sizeof(p->id.bytes), (int64_t)LIMIT_PROPOSAL_STEP);
	enum step step;

	*ids = NULL;
	*n = 0;
	while ((step = rows_next(r)) == STEP_ROW)
		read_proposal_id(r, 0, arena_append(a, ids, n, sizeof(**ids)));
	rows_close(r);
	return step == STEP_DONE;
}

static bool
let_go(
    struct db *db, const struct proposal *p, const struct uuid *ids, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (!db_run(db, Q_PROPOSAL_DONE, NULL, "bb", p->id.bytes,
			sizeof(p->id.bytes), ids[i].bytes,
			sizeof(ids[i].bytes)))
			return false;
	return db_run(db, Q_PROPOSAL_LESS, NULL, "bi", p->id.bytes,
	    sizeof(p->id.bytes), (int64_t)n);
}

/* Carries a confirmed one out about its next answers. */
static bool
carry_out_next(struct db *db, struct arena *a, struct tallies *tallies,
    const struct proposal *p)
{
	const struct deed deed = {.at = p->decided_at,
	    .login = p->decided_by,
	    .role = p->decided_role,
	    .place = "pages"};
	struct answer_decision d = {.step = {.id = p->id,
					.at = p->decided_at,
					.login = p->decided_by,
					.act = p->act,
					.reason = p->reason,
					.person = p->login,
					.words = p->words},
	    .undo = &p->past,
	    .deed = &deed,
	    .confirmed = true};
	struct uuid *ids;

	if (!next_answers(db, a, p, &ids, &d.count))
		return false;
	if (d.count == 0) /* samples were taken away */
		return db_run(db, Q_PROPOSAL_REST_ANEW, NULL, "");
	d.answers = ids;
	return store_decide(db, a, tallies, &d) && let_go(db, p, ids, d.count);
}

/* Whether this person may make it so. */
static enum proposal_right
right_to(const struct deciding *d, const struct proposal *p,
    const struct proposal_person *who)
{
	const struct proposal_about about = store_proposal_about(p);

	return d->state == PROPOSAL_WITHDRAWN
		   ? proposal_may_withdraw(who, &about)
		   : proposal_may_decide(d->catalogue, who, &about);
}

static bool
write_decided(struct db *db, struct arena *a, struct tallies *tallies,
    const struct deciding *d, struct proposal *p, const char *role)
{
	const struct uuid *id = &d->id;

	return db_run(db, Q_PROPOSAL_DECIDE, NULL, "btbittt", id->bytes,
		   sizeof(id->bytes), proposal_state_name(d->state),
		   d->form.bytes, sizeof(d->form.bytes), d->at, d->login, role,
		   d->words) &&
	       log_proposal(db, a, d->deed, p, decision_acts[d->state]) &&
	       store_proposal(db, a, id, p) == STEP_ROW &&
	       (d->state == PROPOSAL_CONFIRMED
		       ? carry_out_next(db, a, tallies, p)
		       : db_run(db, Q_PROPOSAL_LET_GO, NULL, "b", id->bytes,
			     sizeof(id->bytes)));
}

enum proposal_result
store_proposal_decide(
    struct db *db, struct arena *a, struct tallies *tallies, struct deciding *d)
{
	struct proposal_person who;
	struct proposal p;
	enum step step;

	d->right = PROPOSAL_ROLE;
	d->rest = 0;
	if (!db_run(db, Q_PROPOSAL_LOCK, NULL, "b", d->id.bytes,
		sizeof(d->id.bytes)))
		return PROPOSED_FAILED;
	step = store_proposal(db, a, &d->id, &p);
	if (step != STEP_ROW)
		return step == STEP_DONE ? PROPOSED_MISSING : PROPOSED_FAILED;
	if (p.state != PROPOSAL_PROPOSED)
		return uuid_compare(&p.form, &d->form) == 0 ? PROPOSED_REPEATED
							    : PROPOSED_CHANGED;
	step = store_proposal_person(db, a, d->login, &who);
	if (step == STEP_FAIL)
		return PROPOSED_FAILED;
	if (step == STEP_ROW)
		d->right = right_to(d, &p, &who);
	if (d->right != PROPOSAL_MAY)
		return PROPOSED_FORBIDDEN;
	if (!write_decided(db, a, tallies, d, &p, who.post.role) ||
	    store_proposal(db, a, &d->id, &p) != STEP_ROW)
		return PROPOSED_FAILED;
	d->rest = p.rest;
	return PROPOSED_DONE;
}

/* ------------------------------------------------------- in several steps */

/* The first that is not carried out whole; STEP_DONE: none. */
static enum step
unfinished(struct db *db, struct arena *a, struct proposal *p)
{
	struct rows *r = db_query(db, Q_PROPOSAL_UNFINISHED, "");
	enum step step = rows_next(r);
	struct uuid id;

	if (step == STEP_ROW)
		read_proposal_id(r, 0, &id);
	rows_close(r);
	if (step != STEP_ROW)
		return step;
	if (!db_run(db, Q_PROPOSAL_LOCK, NULL, "b", id.bytes, sizeof(id.bytes)))
		return STEP_FAIL;
	return store_proposal(db, a, &id, p);
}

static bool
run_proposals(struct db *db, struct tallies *tallies, void *data)
{
	struct job *job = data;
	struct proposal p;
	struct arena a;
	enum step step;
	bool ok;

	arena_init(&a);
	step = unfinished(db, &a, &p);
	job->again = step == STEP_ROW;
	ok = step == STEP_DONE ||
	     (step == STEP_ROW && carry_out_next(db, &a, tallies, &p));
	arena_finish(&a);
	return ok;
}

struct job *
proposals_job(void)
{
	struct job *job = calloc(1, sizeof(*job));

	if (job == NULL)
		return NULL;
	job->run = run_proposals;
	job->data = job;
	job->errand = true;
	return job;
}

void
proposals_carry_on(struct job_list *errands)
{
	job_list_add(errands, proposals_job());
}
