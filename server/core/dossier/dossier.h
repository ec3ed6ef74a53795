/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The dossier (hồ sơ): what a citizen handed in and got a result for, as the
 * one-stop software announces it. Dossiers finished in a period are the
 * denominator of everything: coverage, finite population, bounds. Contract,
 * section 4; the code's two forms by DOMAIN, section 4.2.
 */
#ifndef HAILONG_SERVER_CORE_DOSSIER_DOSSIER_H
#define HAILONG_SERVER_CORE_DOSSIER_DOSSIER_H

#include <stdbool.h>
#include <stdint.h>
#include "shared/phone.h"
#include "shared/limits.h"

struct arena;
struct dossier_names;

#define DOSSIER_CODE  64        /* room for a code and its NUL */
#define DOSSIER_NEVER INT64_MIN /* a time that was not given */

enum outcome {
	OUTCOME_NONE, /* not finished yet */
	OUTCOME_GRANTED,
	OUTCOME_REFUSED,
	OUTCOME_WITHDRAWN,
	OUTCOME_RETURNED,
	OUTCOME_COUNT
};

/* What is told about a dossier, in the order of the CSV's columns. The last two
 * may be left out of a file. */
enum dossier_cell {
	CELL_CODE,
	CELL_UNIT,
	CELL_FIELD,
	CELL_PROCEDURE,
	CELL_RECEIVED_AT,
	CELL_DUE_AT,
	CELL_FINISHED_AT,
	CELL_OUTCOME,
	CELL_PHONE,
	CELL_CONSENT,
	CELL_DESK,      /* where it was handed in */
	CELL_AUTHORITY, /* who decides, where that is not the unit */
	CELL_COUNT
};
#define CELL_REQUIRED CELL_DESK /* columns before this one must be there */

/* Names of the columns and of the JSON members, closed by NULL. */
extern const char *const dossier_cells[CELL_COUNT + 1];

struct dossier {
	const char *key;  /* what tells it from others: dossier_code */
	const char *code; /* as it is printed */
	const char *unit, *field, *procedure; /* field, procedure: "" unknown */
	const char *desk, *authority;         /* "" not said */
	int64_t received_at, due_at, finished_at; /* ms, or DOSSIER_NEVER */
	enum outcome outcome;
	char phone[PHONE_TEXT]; /* a mobile in E.164, else "" */
	bool no_mobile; /* there was a number, but one that gets no SMS */
	bool consent;
};

/* Brings a dossier's code into its one form: upper case, its dots where the
 * form fixes their places, no spaces. key gets it without dots and hyphens:
 * that is what people type, and what is compared. False for anything that is
 * not a dossier's code, or bears a date that does not exist. */
bool dossier_code(
    const char *text, char code[DOSSIER_CODE], char key[DOSSIER_CODE]);
/* Reads one dossier from its cells ("" or NULL: not said). A date alone means
 * the day's beginning, for due_at its end. False with one sentence in error
 * that names the cell and its value, but never repeats what may be a phone
 * number; also for what cannot be right: a day that has not come, a year before
 * 2000 or after the next, an end before the beginning, and a code whose own
 * date is more than 30 days from received_at. today is the local day. Strings
 * are the arena's or the catalogue's. */
bool dossier_read(const char *const cells[CELL_COUNT],
    const struct dossier_names *names, int32_t today, struct arena *a,
    struct dossier *out, char error[LIMIT_ERROR_BYTES]);
/* True for the code of a procedure (TTHC): 1.002425, 1.000948.H38. */
bool dossier_procedure(const char *text);
/* True when it was finished after it was due. */
bool dossier_late(const struct dossier *d);

#endif
