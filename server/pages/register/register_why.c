/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The reader of rows says why in one plain sentence, "CELL: WHY: "VALUE"", for
 * the command line and for programs (core/dossier/dossier.c); here it becomes
 * the reader's language. A sentence that is not known stays as it is. */
#include "server/pages/register/register.h"

#include <string.h>
#include "server/pages/page.h"

static const struct {
	const char *sentence, *key;
} reasons[] = {
    {"no such unit", "unit"},
    {"no such field", "field"},
    {"no such desk", "desk"},
    {"not a dossier's code (H08.35-230411-0004)", "code"},
    {"its date has not come yet", "code_ahead"},
    {"not a procedure's code (1.002425)", "procedure"},
    {"neither YYYY-MM-DD nor DD/MM/YYYY nor a time", "time"},
    {"this day has not come yet", "ahead"},
    {"the year cannot be right", "year"},
    {"missing", "missing"},
    {"missing, though it is finished", "missing_outcome"},
    {"missing, though it ended", "missing_end"},
    {"more than 30 days from the date in the code (day and month changed "
     "about?)",
	"apart"},
    {"before received_at", "before"},
    {"one of granted, refused, withdrawn, returned", "outcome"},
    {"not a telephone number", "phone"},
    {"0 or 1", "consent"},
    {"too long", "long"},
};

/* The words of a reason; NULL: it has none. */
static const char *
reason_found(const struct page *page, const char *sentence, size_t n)
{
	for (size_t i = 0; i < sizeof(reasons) / sizeof(reasons[0]); i++)
		if (strlen(reasons[i].sentence) == n &&
		    strncmp(reasons[i].sentence, sentence, n) == 0)
			return page_text_of(
			    page, "register.why.%s", reasons[i].key);
	return NULL;
}

const char *
register_why(const struct page *page, const char *why)
{
	static const char twin[] = "code: the same as on line ",
			  other[] = "code: stands once more ";
	const char *sentence = strstr(why, ": "), *value, *words;
	struct arena *a = page->arena;
	size_t n;

	if (strncmp(why, "not as many cells", 17) == 0)
		return page_text(page, "register.why.cells");
	if (strncmp(why, twin, strlen(twin)) == 0 ||
	    strncmp(why, other, strlen(other)) == 0)
		return page_text(page, "register.why.twin");
	if (sentence == NULL)
		return why;
	sentence += 2;
	value = strstr(sentence, ": \"");
	n = value == NULL ? strlen(sentence) : (size_t)(value - sentence);
	words = reason_found(page, sentence, n);
	if (words == NULL)
		return why;
	words = arena_printf(a, "%s: %s",
	    page_text_of(page, "register.column.%s",
		arena_strndup(a, why, (size_t)(sentence - 2 - why))),
	    words);
	if (value == NULL)
		return words;
	value += 3;
	return arena_printf(
	    a, "%s: “%.*s”", words, (int)(strlen(value) - 1), value);
}
