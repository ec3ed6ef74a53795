/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The rules stand here once; the store asks them inside the transaction, the
 * pages before they show a button.
 *
 * A figure is made of the answers of a unit and of those below it. So an answer
 * changes the figures of its unit and of every unit above; whoever belongs to
 * one of these has a figure of his own in it. The one exception is the district
 * as a whole: somebody must be able to decide, and the contract names whom.
 */
#include "server/core/cases/proposal.h"

#include <string.h>

#include "server/core/catalogue/catalogue.h"
#include "server/core/catalogue/visibility.h"

static const char *const state_names[PROPOSAL_STATES] = {
    [PROPOSAL_PROPOSED] = "proposed",
    [PROPOSAL_CONFIRMED] = "confirmed",
    [PROPOSAL_REFUSED] = "refused",
    [PROPOSAL_WITHDRAWN] = "withdrawn",
};

const char *
proposal_state_name(enum proposal_state state)
{
	return state_names[state];
}

enum proposal_state
proposal_state_find(const char *name)
{
	int state = 0;

	while (state < PROPOSAL_STATES && strcmp(state_names[state], name) != 0)
		state++;
	return (enum proposal_state)state;
}

/* True for the district itself: a unit above which there is none and below
 * which there are others, or that is the only one. The communes of 2025, which
 * are below none, are plain units. */
static bool
is_district(const struct catalogue *c, const char *unit)
{
	const struct unit *u = catalogue_unit(c, unit);

	if (u == NULL || catalogue_unit(c, u->parent) != NULL)
		return false;
	for (size_t i = 0; i < c->nunits; i++)
		if (strcmp(c->units[i].parent, unit) == 0)
			return true;
	return c->nunits == 1;
}

static bool
is_bound(const struct proposal_post *post)
{
	return post->unit != NULL && post->unit[0] != '\0';
}

/* True for a post that is bound to no unit, or to the district itself. */
static bool
of_the_district(const struct catalogue *c, const struct proposal_post *post)
{
	return !is_bound(post) || is_district(c, post->unit);
}

static bool
has_role(const struct proposal_post *post, const char *role)
{
	return strcmp(post->role, role) == 0;
}

/* The unit's figure is that of the post: of any post of the district but an
 * auditor's, where the unit is the district itself. */
static bool
answers_for(const struct catalogue *c, const struct proposal_post *post,
    const char *unit)
{
	if (is_district(c, unit))
		return of_the_district(c, post) && !has_role(post, "auditor");
	return !of_the_district(c, post) && unit_visible(c, post->unit, unit);
}

static bool
post_sees(const struct catalogue *c, const struct proposal_post *post,
    const char *unit)
{
	return !is_bound(post) || unit_visible(c, post->unit, unit);
}

enum proposal_right
proposal_may_propose(const struct catalogue *c,
    const struct proposal_person *who, const char *unit, const char *typed)
{
	if (!post_sees(c, &who->post, unit))
		return PROPOSAL_UNSEEN;
	return has_role(&who->post, "manager") || strcmp(who->login, typed) == 0
		   ? PROPOSAL_MAY
		   : PROPOSAL_ROLE;
}

enum proposal_right
proposal_may_decide(const struct catalogue *c,
    const struct proposal_person *who, const struct proposal_about *about)
{
	const struct proposal_post *post = &who->post;
	const char *unit = about->unit;

	if (!post_sees(c, post, unit))
		return PROPOSAL_UNSEEN;
	if (!has_role(post, "manager") && !has_role(post, "auditor"))
		return PROPOSAL_ROLE;
	if (about->state != PROPOSAL_PROPOSED)
		return PROPOSAL_OVER;
	if (strcmp(who->login, about->proposer) == 0)
		return PROPOSAL_SAME;
	if (answers_for(c, post, unit))
		return is_district(c, unit) ? PROPOSAL_AUDITOR : PROPOSAL_OWN;
	for (size_t i = 0; i < who->nformer; i++)
		if (who->former[i].until_at > about->since_at &&
		    answers_for(c, &who->former[i], unit))
			return PROPOSAL_OWN;
	return PROPOSAL_MAY;
}

enum proposal_right
proposal_may_withdraw(
    const struct proposal_person *who, const struct proposal_about *about)
{
	if (about->state != PROPOSAL_PROPOSED)
		return PROPOSAL_OVER;
	return strcmp(who->login, about->proposer) == 0 ? PROPOSAL_MAY
							: PROPOSAL_OTHERS;
}
