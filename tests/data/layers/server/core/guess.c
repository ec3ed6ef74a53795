/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A pure file that looks at the clock and the database, and starts a thread. */
#include <stdio.h>
#include "server/core/guess.h"
#include <pthread.h>
#include "server/db/db.h"
#include "shared/clock.h"

static const char mark = '"'; /* "SELECT a FROM b" in a comment is fine */
// so is "<b>" here
