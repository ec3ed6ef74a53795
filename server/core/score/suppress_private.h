/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the files of suppress share: a set of answers by its dimensions. No
 * other file includes this. */
#ifndef HAILONG_SERVER_CORE_SCORE_SUPPRESS_PRIVATE_H
#define HAILONG_SERVER_CORE_SCORE_SUPPRESS_PRIVATE_H

#include "server/core/score/suppress.h"

enum suppress_dimension {
	OF_UNIT,
	OF_FIELD,
	OF_CHANNEL,
	OF_DESK,
	OF_CLASS, /* open, verified (tally.h) */
	OF_BURST, /* usual, in an undecided burst */
	DIMENSIONS
};
#define KEYED 4 /* the first of them are words of a tally's key */

/* The values of a dimension, as a tree: the leaves that every answer has one
 * of, and above them what they add up to. Nodes 0..nleaves-1 are the leaves,
 * the last one is the root: everything. */
struct axis {
	const char **codes; /* of the leaves */
	size_t nleaves, nnodes;
	size_t *parent; /* of each node but the root */
	size_t *order;  /* all nodes, parents before their children */
};

struct atom {
	int32_t day;
	size_t leaf[KEYED];
	int64_t valid, verified, unusual;
};

/* One population's answers to one question. */
struct cube {
	const char *population, *criterion; /* which */
	struct axis axes[DIMENSIONS];
	struct atom *months; /* by the month's first day */
	size_t nmonths;
	struct atom *days[SUPPRESS_DAYS];
	size_t ndays[SUPPRESS_DAYS];
	struct moment *moments; /* asked about so far, the last one first */
};

/* What has been decided about a quarter, or a cut within it. */
struct moment {
	struct moment *next;
	int32_t quarter, end; /* its first and last day */
	int32_t cut;          /* the day after which; end: none */
	const struct atom *atoms;
	size_t natoms;
	int64_t *counts[DIMENSIONS]; /* of the quarter, by node */
	bool *hidden[DIMENSIONS];    /* by node */
	struct pair *pairs[DIMENSIONS][DIMENSIONS];
	enum {
		NOT_ASKED,
		NONE_SMALL,
		SOME_SMALL
	} parted[DIMENSIONS][DIMENSIONS][DIMENSIONS];
};

/* A table of two dimensions, leaf by leaf. */
struct pair {
	int64_t *counts;
	bool *hidden;
};

struct suppress {
	struct arena *arena;
	const struct catalogue *catalogue;
	const struct suppress_source *source;
	struct cube **cubes;
	size_t ncubes;
};

/* The cube of a population's form and a question, made when it is first asked
 * for. */
struct cube *suppress_cube(
    struct suppress *s, const char *population, const char *criterion);
/* The node of a value; SIZE_MAX: no answer has it. */
size_t suppress_unit_node(const struct suppress *s, const struct cube *cube,
    const char *unit, bool alone);
size_t suppress_leaf(const struct axis *axis, const char *code);
size_t suppress_group_node(
    const struct suppress *s, const struct cube *cube, const char *group);
/* What an atom counts for the leaf of a dimension: a class and a burst are
 * parts of it. */
int64_t suppress_count(
    const struct atom *atom, enum suppress_dimension of, size_t leaf);

/* The decisions about the quarter around a day, and the cut after it. */
struct moment *suppress_moment(
    struct suppress *s, struct cube *cube, int32_t day);
/* The table of two dimensions (a < b) at a moment. */
const struct pair *suppress_pair(struct suppress *s, struct cube *cube,
    struct moment *m, enum suppress_dimension a, enum suppress_dimension b);
/* True when a cell of three dimensions (a < b < by) is small: then none of them
 * may be shown. For whole quarters. */
bool suppress_parts(struct suppress *s, struct cube *cube, struct moment *m,
    enum suppress_dimension a, enum suppress_dimension b,
    enum suppress_dimension by);

#endif
