/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Reads a C file as far as the house rules need: its includes, its strings. */
#ifndef HAILONG_TESTS_LAYERS_SCAN_H
#define HAILONG_TESTS_LAYERS_SCAN_H

#include <stddef.h>
#include "shared/arena.h"

/* Something that stands in a file, and where. */
struct found {
	int line;
	const char *text;
};

struct scan {
	struct found *includes; /* "shared/buf.h", "<stdio.h>" */
	size_t nincludes;
	struct found *strings; /* neighbours joined, escapes as written */
	size_t nstrings;
	int lines;
};

/* Reads a whole C text; everything found lives in the arena. */
void scan_text(struct arena *a, const char *text, struct scan *out);

#endif
