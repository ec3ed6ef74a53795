/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Nothing is kept on the server: what was shown comes back with the form. */
#include "server/pages/moved.h"

#include <string.h>
#include "server/pages/page.h"

const char *
moved_name(const struct page *page, const char *field)
{
	return arena_printf(page->arena, "was.%s", field);
}

const char *
moved_was(const struct page *page, const char *field)
{
	return pairs_get(&page->req->form, moved_name(page, field));
}

bool
moved_is(const struct page *page, const char *field, const char *now)
{
	const char *was = moved_was(page, field);

	return was != NULL && strcmp(was, now) != 0;
}

const char *
moved_value(const struct page *page, const char *field, const char *entered,
    const char *now)
{
	const char *was = moved_was(page, field);

	return was != NULL && strcmp(was, entered) == 0 ? now : entered;
}

static const char *
or_nothing(const char *words)
{
	return words == NULL || words[0] == '\0' ? "–" : words;
}

void
moved_note(
    struct moved *m, const char *title, const char *before, const char *after)
{
	m->words = arena_printf(m->page->arena, "%s%s%s: %s → %s",
	    m->words == NULL ? "" : m->words, m->words == NULL ? "" : "; ",
	    title, or_nothing(before), or_nothing(after));
}

const char *
moved_sentence(const struct moved *m, const char *key)
{
	return m->words == NULL ? NULL
				: page_fill(m->page, key, "what", m->words);
}
