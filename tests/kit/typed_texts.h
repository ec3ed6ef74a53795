/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What people paste, and what programs cut: texts as they come, and as they are
 * kept by every entrance alike. */
#ifndef HAILONG_TESTS_KIT_TYPED_TEXTS_H
#define HAILONG_TESTS_KIT_TYPED_TEXTS_H

#include <stdbool.h>
#include <stddef.h>

struct typed_text {
	const char *bytes;
	size_t size;
	const char *kept; /* what is left of it */
	bool cleaned;     /* something of it was no text */
};

extern const struct typed_text typed_texts[];
extern const size_t typed_text_count;

#endif
