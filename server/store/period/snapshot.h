/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Snapshots: what was counted of a period when it was closed or revised. Only
 * ever added to; whatever comes later changes none of it.
 */
#ifndef HAILONG_SERVER_STORE_PERIOD_SNAPSHOT_H
#define HAILONG_SERVER_STORE_PERIOD_SNAPSHOT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "server/core/period/closed_period.h"
#include "server/core/score/period.h"

struct aside_count;
struct arena;
struct catalogue;
struct db;
struct dossier_counts;
struct tallies;

struct snapshot {
	int64_t id, revision;
	struct period period; /* and its days */
	int64_t at;           /* when it was taken */
	const char *proposed_by, *reason, *confirmed_by, *words;
	const char *formula; /* name and version, "top2 1" */
};

/* Citizens invited by SMS about dossiers that were finished in a period. */
struct asked_count {
	const char *unit, *field;
	int64_t invited;
};

/* Freezes what is counted now of the period's days, in the open transaction;
 * *id gets its number. False when the database refused, or when counts and
 * reasons of what is set aside do not agree (another collector wrote between
 * the two: to be tried again). */
bool store_snapshot_take(
    struct db *db, const struct snapshot *snapshot, int64_t *id);
/* The snapshots of a period, in order. */
bool store_snapshots(struct db *db, struct arena *a, const struct period *p,
    struct snapshot **list, size_t *count);

/* The frozen counts of the days first..last, as store_tallies_sum,
 * store_dossier_counts with store_dossiers_tied, and store_asides give those
 * that move. */
bool store_snapshot_tallies(struct db *db, int64_t id, int32_t first,
    int32_t last, bool by_day, struct tallies *out);
bool store_snapshot_dossiers(struct db *db, struct arena *a, int64_t id,
    int32_t first, int32_t last, bool by_day, struct dossier_counts *out);
bool store_snapshot_asides(struct db *db, struct arena *a, int64_t id,
    struct aside_count **list, size_t *count);
bool store_snapshot_asked(struct db *db, struct arena *a, int64_t id,
    struct asked_count **list, size_t *count);
/* Units, fields, targets, desks and forms as they stood; people, devices and
 * settings are borrowed from the catalogue of now, which must outlive it. NULL,
 * logged, when it cannot be read. catalogue_destroy frees. */
struct catalogue *store_snapshot_catalogue(
    struct db *db, int64_t id, const struct catalogue *now);

/* The counts of a period as they are to be read: those of its closing, or
 * (closed NULL) those that move. Dossiers with those that are tied. */
bool store_period_counts(struct db *db, struct arena *a,
    const struct period *period, const struct closed_period *closed,
    bool by_day, struct tallies *tallies, struct dossier_counts *dossiers);

#endif
