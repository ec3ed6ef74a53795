/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Markup in a string; an arrow and a comparison are none. */
#include "server/http/http.h"
#include "server/db/db.h"

static const char *const markup = "<p class=\"a\">";
static const char *const fine = "a <- b, 1 < 2";
