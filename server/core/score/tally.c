/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A growing array of rows beside an open-addressing hash of indexes into it.
 * The array keeps the rows together for sorting and writing; the hash finds the
 * row of a key in one or two probes. A commit's batch has some ten to a few
 * hundred different keys, a recount some hundred thousand; most of these are
 * read from a table in the order of their keys, so that a key has most of its
 * words in common with the one before.
 */
#include "server/core/score/tally.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "server/core/score/period.h"
#include "shared/hash.h"

#define TALLY_CRITERION TALLY_NAME
#define ASIDE_NAME      (sizeof(TALLY_ASIDE_OF) + 2 * TALLY_NAME)

void
tallies_init(struct tallies *t)
{
	memset(t, 0, sizeof(*t));
	arena_init(&t->arena);
}

void
tallies_finish(struct tallies *t)
{
	arena_finish(&t->arena);
	free(t->rows);
	free(t->slots);
	tallies_init(t);
}

void
tallies_clear(struct tallies *t)
{
	arena_finish(&t->arena);
	memset(&t->last, 0, sizeof(t->last));
	t->count = 0;
	if (t->nslots > 0)
		memset(t->slots, 0, t->nslots * sizeof(*t->slots));
}

/* The hash of a key. Words that the last row has too become that row's: they
 * need not be hashed, compared or copied again. */
static uint64_t
recall(struct tallies *t, struct tally_key *key)
{
	uint64_t hash = (uint64_t)key->day;

	for (int i = 0; i < TALLY_WORDS; i++) {
		const char *last = t->last.words[i];

		if (last != NULL && strcmp(last, key->words[i]) == 0)
			key->words[i] = last;
		else
			t->hashes[i] = hash_add(
			    HASH_START, key->words[i], strlen(key->words[i]));
		/* the place of a word counts too */
		hash = (hash ^ t->hashes[i]) * 0x9e3779b97f4a7c15ULL;
		hash ^= hash >> 32;
	}
	return hash;
}

int
tally_key_compare(const struct tally_key *a, const struct tally_key *b)
{
	int order;

	if (a->day != b->day)
		return a->day < b->day ? -1 : 1;
	for (int i = 0; i < TALLY_WORDS; i++) {
		if (a->words[i] == b->words[i])
			continue;
		order = strcmp(a->words[i], b->words[i]);
		if (order != 0)
			return order;
	}
	return 0;
}

static void *
grow(void *memory, size_t count, size_t size)
{
	void *grown = reallocarray(memory, count, size);

	if (grown == NULL)
		abort(); /* as in shared/arena.h */
	return grown;
}

/* The slot of a key: the one that holds it, or the free one it would take. */
static uint32_t *
slot_of(struct tallies *t, const struct tally_key *key, uint64_t hash)
{
	size_t at = (size_t)hash & (t->nslots - 1);
	const struct tally *row;

	for (; t->slots[at] != 0; at = (at + 1) & (t->nslots - 1)) {
		row = &t->rows[t->slots[at] - 1];
		if (row->hash == hash && tally_key_compare(&row->key, key) == 0)
			break;
	}
	return &t->slots[at];
}

static void
rehash(struct tallies *t)
{
	t->nslots = t->nslots == 0 ? 64 : t->nslots * 2;
	free(t->slots);
	t->slots = calloc(t->nslots, sizeof(*t->slots));
	if (t->slots == NULL)
		abort();
	for (size_t i = 0; i < t->count; i++)
		*slot_of(t, &t->rows[i].key, t->rows[i].hash) =
		    (uint32_t)(i + 1);
}

static struct tally *
add_tally_row(struct tallies *t, const struct tally_key *key, uint64_t hash)
{
	struct tally *row;

	if (t->count == t->room) {
		t->room = t->room == 0 ? 32 : t->room * 2;
		t->rows = grow(t->rows, t->room, sizeof(*t->rows));
	}
	row = &t->rows[t->count++];
	memset(row, 0, sizeof(*row));
	row->key = *key;
	row->hash = hash;
	for (int i = 0; i < TALLY_WORDS; i++)
		if (key->words[i] != t->last.words[i])
			row->key.words[i] =
			    arena_strdup(&t->arena, key->words[i]);
	return row;
}

struct tally *
tallies_row(struct tallies *t, const struct tally_key *asked)
{
	struct tally_key key = *asked;
	uint64_t hash = recall(t, &key);
	uint32_t *slot;
	struct tally *row;

	if (t->count * 2 >= t->nslots)
		rehash(t);
	slot = slot_of(t, &key, hash);
	if (*slot == 0) {
		row = add_tally_row(t, &key, hash);
		*slot = (uint32_t)t->count;
	} else {
		row = &t->rows[*slot - 1];
	}
	t->last = row->key;
	return row;
}

static void
add_to_part(struct tally_part *part, int score, int64_t by)
{
	part->valid += score > 0 ? by : 0;
	part->satisfied += score >= 4 ? by : 0;
}

void
tallies_add(struct tallies *t, const struct tally_key *key, int score,
    unsigned marks, int64_t by)
{
	struct tally *row = tallies_row(t, key);

	if (marks & TALLY_ASIDE) {
		row->aside += by;
		return;
	}
	row->n[score] += by;
	if (marks & TALLY_UNUSUAL)
		add_to_part(&row->unusual, score, by);
	if (marks & TALLY_VERIFIED)
		add_to_part(&row->verified, score, by);
}

/* Cuts the next "criterion=score" off the text; NULL: it is not of that form.
 * *score is 0 for n/a. */
static const char *
next_score(const char *text, char criterion[TALLY_CRITERION], int *score)
{
	const char *equals = strchr(text, '=');
	size_t length = equals == NULL ? 0 : (size_t)(equals - text);

	if (length == 0 || length >= TALLY_CRITERION)
		return NULL;
	memcpy(criterion, text, length);
	criterion[length] = '\0';
	*score = equals[1] == '-' ? 0 : equals[1] - '0';
	if (*score < 0 || *score > 5 || equals[1] == '0')
		return NULL;
	if (equals[2] == '\0')
		return equals + 2;
	return equals[2] == ' ' ? equals + 3 : NULL;
}

static bool
add_reasons(struct tallies *t, struct tally_key *key, const char *reasons,
    int overall, unsigned marks, int64_t by)
{
	char criterion[TALLY_CRITERION] = TALLY_REASON;
	const size_t prefix = strlen(TALLY_REASON);
	size_t length;

	key->criterion = criterion;
	while (*reasons != '\0') {
		length = strcspn(reasons, " ");
		if (length == 0 || length >= TALLY_CRITERION - prefix)
			return false;
		memcpy(criterion + prefix, reasons, length);
		criterion[prefix + length] = '\0';
		tallies_add(t, key, overall, marks, by);
		reasons += length;
		reasons += *reasons == ' ';
	}
	return true;
}

/* What an answer that is set aside had said, under the reason. */
static void
add_aside_score(struct tallies *t, const struct tally_key *key, const char *why,
    int score, int64_t by)
{
	struct tally_key under = *key;
	char name[ASIDE_NAME];

	if (why == NULL || why[0] == '\0' || strchr(why, '.') != NULL ||
	    strlen(why) >= TALLY_NAME)
		why = "other";
	snprintf(
	    name, sizeof(name), TALLY_ASIDE_OF "%s.%s", why, key->criterion);
	under.criterion = name;
	tallies_row(t, &under)->n[score] += by;
}

bool
tally_aside_of(
    const char *name, char reason[TALLY_NAME], const char **criterion)
{
	const size_t prefix = strlen(TALLY_ASIDE_OF);
	size_t n;

	if (strncmp(name, TALLY_ASIDE_OF, prefix) != 0)
		return false;
	name += prefix;
	n = strcspn(name, ".");
	if (name[n] == '\0' || n >= TALLY_NAME)
		return false;
	memcpy(reason, name, n);
	reason[n] = '\0';
	*criterion = name + n + 1;
	return true;
}

bool
tallies_add_answer(struct tallies *t, struct tally_key key, const char *scores,
    const char *reasons, unsigned marks, const char *why, int64_t by)
{
	char criterion[TALLY_CRITERION];
	int score, overall = 0;

	key.criterion = criterion;
	while (*scores != '\0') {
		scores = next_score(scores, criterion, &score);
		if (scores == NULL)
			return false;
		tallies_add(t, &key, score, marks, by);
		if (marks & TALLY_ASIDE)
			add_aside_score(t, &key, why, score, by);
		if (strcmp(criterion, "overall") == 0)
			overall = score;
	}
	return add_reasons(t, &key, reasons, overall, marks, by);
}

static int
compare_tally_rows(const void *a, const void *b)
{
	return tally_key_compare(
	    &((const struct tally *)a)->key, &((const struct tally *)b)->key);
}

/* What comes in order (one answer, one day by month) is left alone. */
static bool
sorted(const struct tallies *t)
{
	for (size_t i = 1; i < t->count; i++)
		if (compare_tally_rows(&t->rows[i - 1], &t->rows[i]) > 0)
			return false;
	return true;
}

void
tallies_sort(struct tallies *t)
{
	if (!sorted(t))
		qsort(t->rows, t->count, sizeof(*t->rows), compare_tally_rows);
}

static void
add_part(struct tally_part *to, const struct tally_part *from)
{
	to->valid += from->valid;
	to->satisfied += from->satisfied;
}

void
tally_add(struct tally *to, const struct tally *from)
{
	for (int i = 0; i < 6; i++)
		to->n[i] += from->n[i];
	to->aside += from->aside;
	add_part(&to->unusual, &from->unusual);
	add_part(&to->verified, &from->verified);
}

/* Rows of equal keys, which stand together, become one. */
static void
merge_equal(struct tallies *t)
{
	size_t kept = 0;

	for (size_t i = 1; i < t->count; i++)
		if (compare_tally_rows(&t->rows[kept], &t->rows[i]) == 0)
			tally_add(&t->rows[kept], &t->rows[i]);
		else
			t->rows[++kept] = t->rows[i];
	if (t->count > 0)
		t->count = kept + 1;
}

/* How many rows of a sorted set lie before a day. */
static size_t
rows_before(const struct tallies *t, int64_t day)
{
	size_t from = 0, to = t->count;

	while (from < to) {
		size_t middle = from + (to - from) / 2;

		if (t->rows[middle].key.day < day)
			from = middle + 1;
		else
			to = middle;
	}
	return from;
}

struct tallies
tallies_part(const struct tallies *sorted, int64_t first, int64_t last)
{
	size_t from = rows_before(sorted, first);
	size_t end = rows_before(sorted, last + 1);

	return (struct tallies){.rows = end > from ? &sorted->rows[from] : NULL,
	    .count = end > from ? end - from : 0};
}

void
tallies_months(const struct tallies *days, struct tallies *out)
{
	tallies_init(out);
	if (days->count == 0)
		return;
	out->rows = grow(NULL, days->count, sizeof(*out->rows));
	out->room = out->count = days->count;
	memcpy(out->rows, days->rows, days->count * sizeof(*out->rows));
	for (size_t i = 0; i < out->count; i++)
		out->rows[i].key.day =
		    period_month((int32_t)days->rows[i].key.day);
	tallies_sort(out);
	merge_equal(out);
}
