/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Statements in strings, whole and broken. */
#include "server/pages/pages.h"
#	include	<microhttpd.h>

static const char *const whole = "select a from b";
static const char *const broken = "Insert " /* half */
				  "into b values (1)";
static const char *const alone = "COMMIT;";
static const char *const fine = "commit the selection, updated from above";
