/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The words of a register: units and fields by code or by name, outcomes and
 * consent in the words that one-stop software writes. Capitals, diacritics and
 * blanks make no difference.
 */
#ifndef HAILONG_SERVER_CORE_DOSSIER_DOSSIER_NAMES_H
#define HAILONG_SERVER_CORE_DOSSIER_DOSSIER_NAMES_H

#include <stdbool.h>
#include "server/core/dossier/dossier.h"

struct arena;
struct catalogue;
struct field;
struct unit;

/* Words of the outcomes; "" for OUTCOME_NONE. */
extern const char *const outcome_words[OUTCOME_COUNT];

/* A catalogue with its names folded, once for all rows. */
struct dossier_names {
	const struct catalogue *catalogue;
	const char **units, **fields; /* in the catalogue's order */
};

/* Folds the names into the arena; borrows the catalogue. */
void dossier_names_make(struct arena *a, const struct catalogue *catalogue,
    struct dossier_names *out);
/* By code, or by the name of one only; NULL: there is none, or several. The
 * arena is for a moment's work. */
const struct unit *dossier_unit_named(
    const struct dossier_names *n, struct arena *a, const char *words);
const struct field *dossier_field_named(
    const struct dossier_names *n, struct arena *a, const char *words);
/* False: no outcome that we know. */
bool dossier_outcome_named(
    struct arena *a, const char *words, enum outcome *out);
/* False: neither yes nor no; "" is no. */
bool dossier_consent_named(struct arena *a, const char *words, bool *out);

#endif
