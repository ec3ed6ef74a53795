/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One number is read five times a second while an exchange waits, so that a
 * call that another collector took is heard, too; none is asked without need.
 */
#include "server/http/long_poll.h"

#include "server/http/exchange.h"
#include "shared/limits.h"

#define LOOK_MS 200

void
long_poll_add(struct long_poll *h, struct exchange *ex, int64_t now)
{
	if (h->first == NULL)
		h->next = now;
	ex->held_until = now + LIMIT_CALL_HELD_MS;
	ex->next = h->first;
	h->first = ex;
}

int
long_poll_wait(const struct long_poll *h, int64_t now)
{
	if (h->first == NULL)
		return -1;
	return h->next > now ? (int)(h->next - now) : 0;
}

struct exchange *
long_poll_look(struct long_poll *h, int64_t now, int64_t total, bool over,
    bool (*ask)(struct exchange *ex, bool over, void *context), void *context)
{
	struct exchange **link = &h->first, *done = NULL, *ex;
	bool news = total != h->total;

	h->total = total;
	h->next = now + LOOK_MS;
	while ((ex = *link) != NULL) {
		bool late = over || now >= ex->held_until;

		if ((news || late) && ask(ex, late, context)) {
			*link = ex->next;
			ex->next = done;
			done = ex;
		} else {
			link = &ex->next;
		}
	}
	return done;
}
