/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Every announcement of a dossier says anew whether there is a number and
 * consent: without either nothing stays of a number that was there. An
 * invitation is planned once, when the result is first heard of; a result that
 * is taken back (or turns out to be a withdrawal) unplans it.
 */
#include "server/messages/contacts.h"

#include <stdlib.h>
#include <string.h>
#include "server/store/messages/invitations.h"
#include "server/store/messages/sms.h"

#define SPREAD_MS (2 * 3600 * 1000LL) /* of those announced late, together */

struct keeping {
	struct db *db;
	const struct seal_keys *keys;
	const struct catalogue *catalogue;
	struct invite_rules rules;
	int64_t now;
};

/* When to ask about it; 0: not (yet), or which desk it was is unknown. */
static int64_t
due(const struct keeping *k, const struct dossier *d)
{
	uint32_t random = token_random(UINT32_MAX);
	int64_t at, soonest;

	if (!invite_wanted(d->outcome, d->finished_at, &k->rules, k->now) ||
	    catalogue_unit_desk(k->catalogue, d->unit, d->field) == NULL)
		return 0;
	at = invite_plan(d->finished_at, random);
	if (at > k->now)
		return at;
	soonest = k->now + token_random((uint32_t)SPREAD_MS);
	return invite_by_day(soonest, random);
}

/* With number and consent. */
static bool
keep(const struct keeping *k, struct invitation *i, const struct dossier *d,
    bool known)
{
	uint8_t sender[TOKEN_HASH];
	char sealed[SEALED_TEXT];
	bool same;

	keyed_hash(k->keys->hash, d->phone, sender);
	same = known && i->phone[0] != '\0' &&
	       memcmp(sender, i->sender, sizeof(sender)) == 0;
	if (same && i->finished_at == d->finished_at)
		return true; /* told before */
	if (known && i->phone[0] == '\0' && strcmp(i->why, "no_consent") != 0)
		return true; /* over for another reason: it stays over */
	if (!same) {
		seal_phone(k->keys, d->phone, sealed);
		i->phone = sealed;
		i->since_at = k->now;
		memcpy(i->sender, sender, sizeof(sender));
	}
	if (i->sent_at == 0 && i->state != INVITE_ANSWERED) {
		i->state = INVITE_PLANNED;
		i->why = "";
		i->due_at = due(k, d);
	}
	i->finished_at = d->finished_at;
	return store_invitation_put(k->db, i);
}

static bool
keep_one(const struct keeping *k, struct arena *a, const struct dossier *d)
{
	struct invitation i;
	enum step step = store_invitation(k->db, a, d->key, &i);

	if (step == STEP_FAIL)
		return false;
	if (d->phone[0] != '\0' && d->consent)
		return keep(k, &i, d, step == STEP_ROW);
	return step != STEP_ROW || i.phone[0] == '\0' ||
	       (store_sms_drop(k->db, i.sender, k->now) &&
		   store_invitation_end(k->db, d->key, "no_consent"));
}

/* By key, those of one code as they came: as store_dossiers has it, so that two
 * collectors never wait for each other in a circle. */
static int
compare_contact_keys(const void *a, const void *b)
{
	const struct dossier *left = *(const struct dossier *const *)a;
	const struct dossier *right = *(const struct dossier *const *)b;
	int order = strcmp(left->key, right->key);

	return order != 0 ? order : (left > right) - (left < right);
}

bool
contacts_keep(struct db *db, const struct seal_keys *keys,
    const struct settings *settings, const struct catalogue *catalogue,
    const struct dossier *list, size_t n, int64_t now)
{
	struct keeping k = {db, keys, catalogue,
	    {settings->sms_invite_days, settings->sms_remind_days}, now};
	const struct dossier **sorted = calloc(n + 1, sizeof(*sorted));
	struct arena a;
	bool ok = true;

	if (sorted == NULL)
		abort();
	for (size_t i = 0; i < n; i++)
		sorted[i] = &list[i];
	qsort(sorted, n, sizeof(*sorted), compare_contact_keys);
	arena_init(&a);
	for (size_t i = 0; ok && i < n; i++) {
		ok = keep_one(&k, &a, sorted[i]);
		arena_reset(&a);
	}
	arena_finish(&a);
	free(sorted);
	return ok;
}
