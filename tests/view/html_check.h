/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Is a page well formed, and can it be used without seeing it? Not HTML's whole
 * grammar, but what our own templates could get wrong: every tag is closed in
 * its order, attributes are quoted and stand once, ids are unique and what
 * refers to one finds it, controls have labels, pictures words, headings their
 * order, cells of a head their scope.
 */
#ifndef HAILONG_TESTS_VIEW_HTML_CHECK_H
#define HAILONG_TESTS_VIEW_HTML_CHECK_H

#include <stdbool.h>

/* True for a good page; else one sentence in error (200 bytes). whole: it has
 * all it refers to, and one h1; a part of a page has not. */
bool html_check(const char *html, bool whole, char *error);

#endif
