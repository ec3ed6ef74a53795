/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The first sentence stays: what follows a failure is its consequence. */
#include <stdarg.h>
#include "server/table/table_private.h"

bool
table_refuse(struct table_reading *t, const char *format, ...)
{
	va_list args;

	if (t->error[0] != '\0')
		return false;
	va_start(args, format);
	vsnprintf(t->error, t->error_size, format, args);
	va_end(args);
	return false;
}
