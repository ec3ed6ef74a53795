/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Found by name, whatever its days. */
#include "server/core/period/closed_period.h"

#include "server/core/catalogue/catalogue.h"

const struct closed_period *
closed_period_of(const struct catalogue *c, struct period *p)
{
	for (size_t i = 0; i < c->nclosed; i++)
		if (period_same(&c->closed[i].period, p)) {
			*p = c->closed[i].period;
			return &c->closed[i];
		}
	return NULL;
}

bool
closed_period_parse(const struct catalogue *c, const char *text,
    struct period *out, const struct closed_period **closed)
{
	const struct closed_period *found;

	if (!period_parse(text, catalogue_cut(c), out))
		return false;
	found = closed_period_of(c, out);
	if (closed != NULL)
		*closed = found;
	return true;
}
