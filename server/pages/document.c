/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Each is one call of jansson; what is NULL becomes null. */
#include "server/pages/document.h"

void
put_part(json_t *document, const char *name, json_t *part)
{
	json_object_set_new(document, name, part == NULL ? json_null() : part);
}

void
put_text(json_t *document, const char *name, const char *text)
{
	put_part(document, name, text == NULL ? NULL : json_string(text));
}

void
put_words(json_t *document, const char *name, const char *words)
{
	put_text(
	    document, name, words == NULL || words[0] == '\0' ? NULL : words);
}

void
put_flag(json_t *document, const char *name, bool flag)
{
	put_part(document, name, json_boolean(flag));
}

void
put_number(json_t *document, const char *name, int64_t number)
{
	put_part(document, name, json_integer(number));
}
