/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What one SMS says becomes an answer: one for a number, dossier and form;
 * without a dossier one for a number, desk and local day. The last one counts,
 * those before it are set aside as corrected and kept.
 */
#ifndef HAILONG_SERVER_MESSAGES_SMS_ANSWER_H
#define HAILONG_SERVER_MESSAGES_SMS_ANSWER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "shared/limits.h"
#include "shared/uuid.h"

struct db;
struct sms_read;
struct tallies;

/* Where it is written. */
struct sms_answer_place {
	struct db *db; /* the writer's, in a transaction */
	struct tallies *tallies;
	const struct catalogue *catalogue;
	struct arena *arena;
	int64_t now;
	const char *device; /* the gateway */
};

/* What was said. */
struct sms_opinion {
	const uint8_t *sender;
	const char *desk;         /* NULL with a dossier: its own */
	const char *dossier;      /* key; NULL: none */
	const char *unit, *field; /* of the dossier */
	int score;
	const char *reasons[LIMIT_REASONS];
	size_t nreasons;
	const char *comment; /* NULL: none */
	int64_t at;          /* when it was written */
	int zone;
	bool clock_doubted; /* by the gateway's clock, not the operator's */
	const struct uuid *corrects; /* an answer it replaces; NULL: none */
	bool first_only; /* words: where an answer stands nothing is stored */
};

/* What came of it. */
struct sms_answer_outcome {
	struct uuid answer, replaced;
	bool has_replaced;
	bool stands;    /* first_only, and one stands */
	bool overtaken; /* a later answer stands: it is stored, not counted */
};

/* Stores the answer and sets aside whose place it takes. False when the
 * database, or a check, refused (logged). */
bool sms_answer_store(const struct sms_answer_place *s,
    const struct sms_opinion *o, struct sms_answer_outcome *out);
/* Takes it back: the answer is set aside for that reason by that login ("" a
 * rule), and the one it replaced counts again. */
bool sms_answer_undo(const struct sms_answer_place *s, const struct sms_read *m,
    const char *reason, const char *login);
/* The desk of a dossier: where it was handed in, else the unit's for its
 * field (catalogue_unit_desk); NULL: the unit has none. */
const struct desk *sms_answer_desk(const struct catalogue *c, const char *desk,
    const char *unit, const char *field);

#endif
