/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Any text as a template over any JSON: the input is the template, a NUL and
 * the document. The template can name itself, as "t".
 */
#include <stdint.h>
#include <string.h>
#include "server/view/template.h"
#include "shared/arena.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char error[LIMIT_ERROR_BYTES];
	struct arena a;
	struct buf out;
	arena_init(&a);
	buf_init(&out);
	char *words = arena_strndup(&a, (const char *)data, size);
	size_t cut = strlen(words);
	json_t *doc = cut < size ? json_loadb((const char *)data + cut + 1,
				       size - cut - 1, 0, NULL)
				 : NULL;
	const struct template_file file = {"t", words};
	const struct template_set set = {&file, 1};
	template_check(&set, "t", error);
	template_render(&set, "t", doc, LANG_VI, &out, error);
	json_decref(doc);
	buf_finish(&out);
	arena_finish(&a);
	return 0;
}
