/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A disk that can lose its power, in memory. SQLite keeps its files on it
 * through a VFS of ours, so the programs' own code runs unchanged: what it
 * writes is pending until it syncs, and a cut drops, keeps or tears what is
 * pending. Names of files are pending too, until their folder is synced.
 *
 * What is modelled: writes and truncations in any order or not at all, sectors
 * of 512 bytes torn within a write, garbage where a file grew but its bytes
 * never came, files that were made or deleted without a sync of the folder, the
 * shared memory gone, and Linux's failed fsync: the error is told once, what
 * was pending is forgotten, the next fsync succeeds.
 *
 * One disk for each test program. Not for two threads.
 */
#ifndef HAILONG_TESTS_RIGS_DISK_H
#define HAILONG_TESTS_RIGS_DISK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What survives a cut of all that was pending. */
enum survival {
	SURVIVES_NOTHING,
	SURVIVES_ALL_BUT_LAST,
	SURVIVES_A_QUARTER, /* each write by chance */
	SURVIVES_TORN,      /* each sector by chance, garbage between */
	SURVIVALS
};

/* What can be made to fail. */
enum fault {
	FAULT_NONE,
	FAULT_WRITE,         /* write and truncate: input/output error */
	FAULT_FULL,          /* write: half of it, then no space */
	FAULT_SYNC,          /* fsync; pending bytes are lost for ever */
	FAULT_SYNC_DATABASE, /* that of the database's file: a checkpoint's */
	FAULT_READ,
	FAULT_OPEN,
	FAULT_MEMORY, /* SQLite's own allocations */
	FAULTS
};

/* Makes this the disk of every SQLite connection; before any other call of
 * SQLite. */
void disk_install(void);
/* Removes every file and every setting; all connections are closed. */
void disk_clear(void);
/* Chance from here on: equal seeds, equal disks. */
void disk_seed(uint64_t seed);
/* A number below n, from the same chance. */
uint64_t disk_chance(uint64_t n);

/* What is safe on the disk now, to be put back later; disk_image_free frees. */
struct disk_image;
struct disk_image *disk_image(void);
void disk_restore(const struct disk_image *image);
void disk_image_free(struct disk_image *image);

/* Changes (writes, truncations, files made or deleted, syncs) so far. */
int64_t disk_changes(void);
/* The power goes at the n-th change from now (1: the next), which still is
 * pending; after it every call fails. 0: never. */
void disk_dark_at(int64_t n);
/* True once it went. */
bool disk_dark(void);
/* The power comes back, on what survived. All connections are closed. */
void disk_cut(enum survival survival);

/* The process died: its connections are no more, what it wrote is seen by the
 * next one, synced or not. */
void disk_abandon(void);

/* The n-th call of that kind from now fails, or all from then on. */
void disk_fail(enum fault fault, int64_t nth, bool for_ever);
/* How often it failed since. */
int64_t disk_failures(void);

/* Every connection gets `PRAGMA name=value` when it is opened, and whoever sets
 * that pragma later is not heard. NULL: no more. Two at most. */
void disk_pragma(const char *name, const char *value);

#endif
