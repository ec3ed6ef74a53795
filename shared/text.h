/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The words for people, from the .po files of shared/po/, compiled by msgfmt
 * and embedded; msgid is a key such as "kiosk.thanks". gettext's own lookup
 * follows one locale for the whole process; a server answers each visitor in
 * the visitor's language, so we look up in the embedded .mo files ourselves.
 */
#ifndef HAILONG_SHARED_TEXT_H
#define HAILONG_SHARED_TEXT_H

#include <stdbool.h>
#include <stddef.h>

struct arena;

/* Vietnamese and English are whole; the others are prepared for local
 * translators: Eastern Cham, Northern Roglai, Koho. */
enum lang { LANG_VI, LANG_EN, LANG_CJM, LANG_ROG, LANG_KPM, LANG_COUNT };
#define LANG_WHOLE LANG_CJM /* those before it have all the words */

/* "vi", "en", "cjm", … */
const char *lang_code(enum lang lang);
/* True when it is translated: only then may it be offered. */
bool lang_offered(enum lang lang);
/* Finds a language that may be offered by its code; false for others. */
bool lang_find(const char *code, enum lang *lang);
/* The words for a key; where they are missing the Vietnamese ones, and a key
 * without any words gives the key itself (a test sees that no key used in
 * the sources is missing). Static memory. */
const char *text(enum lang lang, const char *key);
/* The words, or NULL when the catalogue lacks the key. */
const char *text_find(enum lang lang, const char *key);
/* The words with {placeholders} filled: pairs of name and value, closed by
 * NULL: text_fill(a, vi, "kiosk.idle.count", "s", "20", NULL). A placeholder
 * without a value stays as it stands. Memory of the arena. */
const char *text_fill(struct arena *a, enum lang lang, const char *key, ...)
    __attribute__((sentinel));
/* The same over any text that has placeholders. */
const char *text_expand(struct arena *a, const char *words, ...)
    __attribute__((sentinel));
/* Takes an .mo file's bytes for the words of a prepared language from now on;
 * they must stay. False, and nothing changes, for vi and en, and for what is
 * not wholly such a file with UTF-8 in it. Only before threads begin. */
bool text_take(enum lang lang, const char *mo, size_t size);
/* text_folder.c: takes what stands in FOLDER/CODE/words.mo for each prepared
 * language (kiosk/README.md); a file that cannot be used is logged. A folder
 * that is not there is none. Only before threads begin. */
void text_add_folder(const char *folder);

#endif
