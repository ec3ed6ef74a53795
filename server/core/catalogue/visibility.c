/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The rule stands here once; pages, messages and scores ask it. */
#include "server/core/catalogue/visibility.h"

#include <stddef.h>

#include "server/core/catalogue/catalogue.h"

bool
unit_visible(const struct catalogue *c, const char *own, const char *unit)
{
	if (own == NULL)
		return true;
	return unit != NULL && unit[0] != '\0' &&
	       catalogue_within(c, unit, own);
}
