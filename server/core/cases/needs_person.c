/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Rules over the texts of an answer's columns. A citizen who agrees to be
 * called back will be a third cause of a case: it belongs into
 * needs_person_case. */
#include "server/core/cases/needs_person.h"

#include <stdlib.h>
#include <string.h>
#include "server/core/score/tally.h"
#include "shared/limits.h"

#define UNUSUAL "unusual_" /* core/burst/burst.h */
#define OVERALL "overall=" /* what every answer's scores begin with */

int
needs_person_overall(const char *scores)
{
	size_t n = strlen(OVERALL);

	if (scores == NULL || strncmp(scores, OVERALL, n) != 0 ||
	    scores[n] < '1' || scores[n] > '5')
		return 0;
	return scores[n] - '0';
}

enum matter
needs_person_case(const char *scores, const char *reasons, bool has_comment)
{
	int overall = needs_person_overall(scores);

	return overall >= 1 && overall <= 2 &&
		       (has_comment || reasons[0] != '\0')
		   ? MATTER_OPEN
		   : MATTER_NONE;
}

static bool
tells_unusual(const char *flags)
{
	return strncmp(flags, UNUSUAL, strlen(UNUSUAL)) == 0 ||
	       strstr(flags, " " UNUSUAL) != NULL;
}

enum matter
needs_person_doubt(const char *flags)
{
	if (tells_unusual(flags))
		return MATTER_BURST;
	return flags[0] == '\0' || strcmp(flags, "sample") == 0 ||
		       strcmp(flags, "cleaned") == 0
		   ? MATTER_NONE
		   : MATTER_OPEN;
}

unsigned
needs_person_marks(
    bool aside, enum matter doubt, const char *channel, const char *dossier)
{
	unsigned marks = 0;

	if (aside)
		marks |= TALLY_ASIDE;
	if (doubt == MATTER_BURST)
		marks |= TALLY_UNUSUAL;
	if (dossier[0] != '\0' || strcmp(channel, "kiosk") == 0)
		marks |= TALLY_VERIFIED;
	return marks;
}

/* ------------------------------------------------------------------- groups */

/* One child who drums gives "bounce", "burst bounce", "multi_touch bounce" in
 * turn: how a screen was pressed is one kind, whatever the single press was. */
static bool
tells_pressing(const char *word, size_t n)
{
	static const char *const flags[] = {"burst", "bounce", "multi_touch"};

	for (size_t i = 0; i < sizeof(flags) / sizeof(flags[0]); i++)
		if (strlen(flags[i]) == n && strncmp(word, flags[i], n) == 0)
			return true;
	return false;
}

static bool
tells_correction(const char *word, size_t n)
{
	return (n == strlen("corrected") &&
		   strncmp(word, "corrected", n) == 0) ||
	       strncmp(word, "first_", strlen("first_")) == 0;
}

static bool
is_pressed(const char *flags)
{
	size_t n;

	for (; *flags != '\0'; flags += n + (flags[n] == ' ')) {
		n = strcspn(flags, " ");
		if (tells_pressing(flags, n))
			return true;
	}
	return false;
}

/* The next flag that tells neither pressing nor correction, *n its length, and
 * *at behind it; n = 0: there is none. */
static const char *
next_other(const char **at, size_t *n)
{
	const char *word;

	do {
		word = *at + strspn(*at, " ");
		*n = strcspn(word, " ");
		*at = word + *n;
	} while (
	    *n > 0 && (tells_pressing(word, *n) || tells_correction(word, *n)));
	return word;
}

static int
compare_flags(const char *a, const char *b)
{
	int order = tells_unusual(b) - tells_unusual(a);
	const char *x, *y;
	size_t m = 1, n = 1;

	if (order != 0 || tells_unusual(a))
		return order; /* a burst is one, however it was recognized */
	order = is_pressed(b) - is_pressed(a);
	while (order == 0 && m > 0 && n > 0) {
		x = next_other(&a, &m);
		y = next_other(&b, &n);
		order = strncmp(x, y, m < n ? m : n);
		if (order == 0)
			order = (m > n) - (m < n);
	}
	return order;
}

/* What must be the same in a group, but for the time. */
static int
compare_kinds(const struct doubt *x, const struct doubt *y)
{
	int order = strcmp(x->desk, y->desk);

	if (order == 0)
		order = strcmp(x->unit, y->unit);
	if (order == 0)
		order = strcmp(x->channel, y->channel);
	return order != 0 ? order : compare_flags(x->flags, y->flags);
}

/* Neighbours are those that may belong together. */
static int
compare_doubts(const void *a, const void *b)
{
	const struct doubt *x = a, *y = b;
	int order = compare_kinds(x, y);

	if (order == 0)
		order = (x->answered_at > y->answered_at) -
			(x->answered_at < y->answered_at);
	return order != 0 ? order : uuid_compare(&x->id, &y->id);
}

static bool
together(const struct doubt *a, const struct doubt *b)
{
	return compare_kinds(a, b) == 0 && a->day == b->day &&
	       (tells_unusual(a->flags) ||
		   b->answered_at - a->answered_at <= LIMIT_GROUP_GAP_MS);
}

static int
compare_groups(const void *a, const void *b)
{
	const struct doubt *x = ((const struct doubt_group *)a)->list;
	const struct doubt *y = ((const struct doubt_group *)b)->list;

	if (x->answered_at != y->answered_at)
		return x->answered_at < y->answered_at ? -1 : 1;
	return uuid_compare(&x->id, &y->id);
}

size_t
needs_person_group(struct doubt *list, size_t n, struct doubt_group *groups)
{
	size_t count = 0;

	if (n == 0)
		return 0;
	qsort(list, n, sizeof(*list), compare_doubts);
	for (size_t i = 0; i < n; i++) {
		struct doubt_group *last =
		    count > 0 ? &groups[count - 1] : NULL;

		if (last != NULL &&
		    (last->count < LIMIT_GROUP ||
			tells_unusual(list[i].flags)) &&
		    together(&list[i - 1], &list[i]))
			last->count++;
		else
			groups[count++] = (struct doubt_group){&list[i], 1};
	}
	qsort(groups, count, sizeof(*groups), compare_groups);
	return count;
}
