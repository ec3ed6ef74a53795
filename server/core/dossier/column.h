/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a column of a register means: by its name, ours or one of those that
 * one-stop software uses, and, where a person is asked, by what stands in it.
 */
#ifndef HAILONG_SERVER_CORE_DOSSIER_COLUMN_H
#define HAILONG_SERVER_CORE_DOSSIER_COLUMN_H

#include <stdbool.h>
#include <stddef.h>
#include "server/core/dossier/dossier.h"

struct arena;
struct dossier_names;

#define COLUMN_NOT_OURS CELL_COUNT

/* A column's name without what makes no difference: capitals, diacritics, signs
 * between words, and what stands in brackets behind it ("Ngày nhận
 * (dd/mm/yyyy) *" is "ngay nhan"). Into the arena. */
const char *column_folded(struct arena *a, const char *name);
/* What a name means; COLUMN_NOT_OURS: none that we know. *rank says how sure
 * that is, 0 our own name, then the less the higher. */
enum dossier_cell column_named(struct arena *a, const char *name, int *rank);
/* What n columns mean by their names, into place[]. Of several names for the
 * same the surest goes, the others are not ours. False when two are equally
 * sure: *twice is the latter. */
bool columns_named(struct arena *a, const char *const *names, size_t n,
    enum dossier_cell *place, size_t *twice);
/* Proposes a meaning for columns that have none yet, by the values of some
 * rows: row k's cells are rows[k][0..n-1]. A proposal is for a person to
 * look at: three columns of days are taken for received, due and finished in
 * their order. */
void columns_guessed(struct arena *a, const struct dossier_names *names,
    const char *const *const *rows, size_t nrows, enum dossier_cell *place,
    size_t n);

#endif
