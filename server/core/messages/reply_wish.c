/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A wish to be left alone (DOMAIN.md 6.1), in a clause between marks or after
 * "nhưng":
 *
 *   1. a word of stopping ("đừng", "từ chối", "không nhận") must stand in it;
 *      one that is undone by what follows ("không nhận được", "đúng rồi",
 *      "đừng quên") is none;
 *   2. the wish is plain when every word of the clause is known: the stopping,
 *      what is sent (tin nhắn, sms), manners, and "cho tôi nữa"; a word that is
 *      clear by itself ("tc", "unsubscribe") needs nothing sent;
 *   3. with other words in a short clause it is only likely: "nhắn hoài phiền
 *      quá", "tc hết đi mấy cha";
 *   4. without anything that is sent it is about something else: "từ chối hồ
 *      sơ", "đừng hành dân nữa".
 */
#include "server/core/messages/reply_wish.h"

#include <string.h>
#include "server/core/messages/reply_phrase.h"
#include "server/core/messages/reply_words.h"

/* A likely wish has at most so many words; with a clear word so many. */
#define WISH_WORDS       8
#define WISH_ALONE_WORDS 4

/* What stands in a clause. */
struct clause {
	size_t words;
	bool stop, alone, message;
	bool other; /* a word that belongs to no wish */
};

/* A word of stopping at piece i that is meant so. */
static size_t
stop_at(const struct pieces *p, size_t i, const struct word **row)
{
	const struct word *next = NULL;
	size_t n = word_at(p, i, W_STOP, row);

	if (n == 0 || word_at(p, i, W_OTHER, NULL) > n ||
	    word_at(p, i + n, W_ALREADY, NULL) > 0)
		return 0;
	if (word_at(p, i + n, W_CORE, &next) > 0 && next->core == CORE_CAN)
		return 0;
	return n;
}

static size_t
clause_word(const struct pieces *p, size_t i, struct clause *c)
{
	const struct word *row = NULL;
	size_t n = stop_at(p, i, &row), sent = word_at(p, i, W_MESSAGE, NULL);

	if (n > 0 && n >= sent) {
		c->stop = true;
		c->alone = c->alone || row->classes & W_STOP_ALONE;
		return n;
	}
	if (sent > 0) {
		c->message = c->message || c->stop;
		return sent;
	}
	n = word_at(p, i, W_WISH | W_POLITE | W_SELF, NULL);
	c->other = c->other || n == 0;
	return n > 0 ? n : 1;
}

/* The end of the clause that begins at i. */
static size_t
clause_end(const struct pieces *p, size_t i)
{
	while (i < p->count && p->list[i].kind != PIECE_MARK &&
	       word_at(p, i, W_BUT, NULL) == 0)
		i++;
	return i;
}

static enum wish
clause_wish(const struct pieces *p, size_t i, size_t end)
{
	struct clause c = {0};

	while (i < end) {
		size_t n = 1;

		if (p->list[i].kind == PIECE_WORD) {
			n = clause_word(p, i, &c);
			c.words += n;
		} else if (p->list[i].kind == PIECE_NUMBER) {
			c.other = true;
		}
		i += n;
	}
	if (!c.stop || question_at(p, end))
		return WISH_NONE;
	if (!c.other)
		return c.message || c.alone ? WISH_PLAIN : WISH_LIKELY;
	return (c.message && c.words <= WISH_WORDS) ||
		       (c.alone && c.words <= WISH_ALONE_WORDS)
		   ? WISH_LIKELY
		   : WISH_NONE;
}

enum wish
wish_read(const struct pieces *p, size_t i)
{
	enum wish wish = WISH_NONE, one;
	size_t end;

	for (; i < p->count; i = end + 1) {
		end = clause_end(p, i);
		one = clause_wish(p, i, end);
		wish = one > wish ? one : wish;
	}
	return wish;
}

void
wish_cut(struct pieces *p, size_t i)
{
	while (i < p->count) {
		size_t end = clause_end(p, i), next = end;

		if (clause_wish(p, i, end) != WISH_PLAIN) {
			i = end + 1;
			continue;
		}
		next += end < p->count; /* its mark, or "nhưng" */
		if (next < p->count)
			p->list[next].glued = false;
		memmove(&p->list[i], &p->list[next],
		    (p->count - next) * sizeof(*p->list));
		p->count -= next - i;
	}
}
