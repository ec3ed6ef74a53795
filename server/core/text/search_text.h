/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Text as people search for it. */
#ifndef HAILONG_SERVER_CORE_TEXT_SEARCH_TEXT_H
#define HAILONG_SERVER_CORE_TEXT_SEARCH_TEXT_H

#include "shared/arena.h"

/* Lower case, without diacritics, d for đ, one blank where any space was: "Chờ
 * LÂU" and "cho  lau" are the same. NULL gives ""; what is not UTF-8 too. */
const char *search_text(struct arena *a, const char *text);

/* As it stands, but without diacritics, D for Đ: what a 7-bit phone shows. NULL
 * when letters of other scripts are left. */
const char *bare_text(struct arena *a, const char *text);

/* The same text with its letters in one piece each (Unicode's NFC): keyboards
 * make "ế" of one sign or of three. What is not UTF-8 stays as it is. */
const char *composed_text(struct arena *a, const char *text);

#endif
