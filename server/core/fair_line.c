/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Sources share a fixed number of queues by their hash, which nobody outside
 * can aim at. Queues that have something stand in a ring; whoever is taken
 * sends his queue to its end. The first of each queue is its oldest, so those
 * who are late are found at the heads.
 */
#include "server/core/fair_line.h"

#include <stdlib.h>

#define LINE_QUEUES 1024

struct line_queue {
	struct line_place *first, *last;
	size_t count;
	struct line_queue *next, *before; /* in the ring; not empty */
};

struct fair_line {
	struct line_queue queues[LINE_QUEUES];
	struct line_queue *turn; /* whose it is; NULL: all are empty */
	size_t count, most;
};

struct fair_line *
fair_line_create(size_t most)
{
	struct fair_line *l = calloc(1, sizeof(*l));

	if (l == NULL)
		abort();
	l->most = most;
	return l;
}

void
fair_line_destroy(struct fair_line *l)
{
	free(l);
}

size_t
fair_line_count(const struct fair_line *l)
{
	return l->count;
}

/* Before whose turn it is: at the end of the ring. */
static void
enter_ring(struct fair_line *l, struct line_queue *q)
{
	if (l->turn == NULL) {
		q->next = q->before = l->turn = q;
		return;
	}
	q->next = l->turn;
	q->before = l->turn->before;
	q->before->next = q;
	l->turn->before = q;
}

static void
leave_ring(struct fair_line *l, struct line_queue *q)
{
	if (l->turn == q)
		l->turn = q->next == q ? NULL : q->next;
	q->next->before = q->before;
	q->before->next = q->next;
}

static void
leave_line(struct fair_line *l, struct line_queue *q, struct line_place *p)
{
	if (p->before == NULL)
		q->first = p->next;
	else
		p->before->next = p->next;
	if (p->next == NULL)
		q->last = p->before;
	else
		p->next->before = p->before;
	q->count--;
	l->count--;
	if (q->count == 0)
		leave_ring(l, q);
}

static struct line_queue *
longest_queue(struct fair_line *l)
{
	struct line_queue *longest = &l->queues[0];

	for (size_t i = 1; i < LINE_QUEUES; i++)
		if (l->queues[i].count > longest->count)
			longest = &l->queues[i];
	return longest;
}

struct line_place *
fair_line_join(struct fair_line *l, struct line_place *p)
{
	struct line_queue *q = &l->queues[p->source % LINE_QUEUES];
	struct line_place *out = NULL;

	if (l->count >= l->most) {
		struct line_queue *longest = longest_queue(l);

		if (longest->count <= q->count + 1)
			return p;
		out = longest->last;
		leave_line(l, longest, out);
	}
	p->next = NULL;
	p->before = q->last;
	if (q->last == NULL)
		q->first = p;
	else
		q->last->next = p;
	q->last = p;
	q->count++;
	l->count++;
	if (q->count == 1)
		enter_ring(l, q);
	return out;
}

struct line_place *
fair_line_take(struct fair_line *l)
{
	struct line_queue *q = l->turn;
	struct line_place *p;

	if (q == NULL)
		return NULL;
	p = q->first;
	l->turn = q->next;
	leave_line(l, q, p);
	return p;
}

struct line_place *
fair_line_late(struct fair_line *l, int64_t before)
{
	struct line_queue *q = l->turn;

	if (q == NULL)
		return NULL;
	do {
		struct line_place *p = q->first;

		if (p->since < before) {
			leave_line(l, q, p);
			return p;
		}
		q = q->next;
	} while (q != l->turn);
	return NULL;
}
