/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A page's words are made while it is built and live in its script's arena. */
#include "kiosk/screen/words.h"

#include <stdarg.h>
#include "shared/text.h"

const char *
words_text(const struct window *w, const char *key)
{
	return text(w->lang, key);
}

const char *
words_fill(struct window *w, const char *key, ...)
{
	const char *pairs[9] = {NULL};
	va_list list;
	size_t n = 0;

	va_start(list, key);
	while (n < 8 && (pairs[n] = va_arg(list, const char *)))
		n++;
	va_end(list);
	return text_fill(&w->script.arena, w->lang, key, pairs[0], pairs[1],
	    pairs[2], pairs[3], pairs[4], pairs[5], pairs[6], pairs[7], NULL);
}
