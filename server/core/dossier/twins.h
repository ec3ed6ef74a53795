/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Dossiers that stand twice in a file. Twice the same is one dossier; with
 * other words only the office knows which is right, so none of them is taken.
 * Sixteen bytes a dossier, by hash: two codes of a million that have the same
 * one are met once in 30 million files.
 */
#ifndef HAILONG_SERVER_CORE_DOSSIER_TWINS_H
#define HAILONG_SERVER_CORE_DOSSIER_TWINS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct dossier;

struct twin {
	uint64_t key;
	uint32_t words;
	int32_t line; /* negative: others of it say other words; 0: free */
};

/* Zeroed: none. */
struct twins {
	struct twin *list;
	size_t room, count;
};

/* Notes a dossier of a line. 0 when it is new or the same as before, else the
 * line of one before it with the same code and other words. */
int twins_note(struct twins *t, const struct dossier *d, int line);
/* The line of the first that has this code where others of it have other words;
 * 0: all of them say the same.
 * After all were noted. */
int twins_other(const struct twins *t, const struct dossier *d);
/* Frees. */
void twins_finish(struct twins *t);

#endif
