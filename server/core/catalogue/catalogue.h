/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The district as the programs see it: units, fields, targets, desks, forms,
 * and the devices that may speak.
 * Read once from the database (store/catalogue), then unchanged; a newer state
 * is a new struct. Contract, section 4.
 */
#ifndef HAILONG_SERVER_CORE_CATALOGUE_CATALOGUE_H
#define HAILONG_SERVER_CORE_CATALOGUE_CATALOGUE_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "server/core/catalogue/setting.h"
#include "server/core/score/period.h"
#include "shared/limits.h"
#include "shared/arena.h"
#include "shared/keys.h"

struct closed_period;
struct day_off;

#define GROUP_LAND "land-construction-investment"

struct unit {
	const char *code, *parent, *level, *name;
	int32_t valid_from, valid_to; /* days, inclusive; INT32_MAX: open */
};

struct field {
	const char *code, *name, *group;
};

struct target {
	const char *population;
	const char *group; /* of fields it narrows to, "" for all */
	int32_t from;
	int64_t percent4; /* 10,000 times the percentage */
};

struct desk {
	const char *code, *name;
	const struct unit *unit;
	const struct field **fields;
	size_t nfields;
};

struct form {
	const char *code;
	int version;
	const char *population;
	json_t *document;      /* owned by the catalogue */
	const char **criteria; /* without "overall" */
	size_t ncriteria;
	const char **reasons;
	size_t nreasons;
};

/* A device that may speak to us: known by its token's hash
 * (server/secret/token.h). */
struct known_device {
	uint8_t token_hash[TOKEN_HASH];
	const char *id, *kind;
	const char *desk;    /* a kiosk's own, NULL for others */
	const char **former; /* desks where it stood before; NULL: none */
	size_t nformer;
	bool has_key; /* it signs what it sends */
	uint8_t key[KEY_PUBLIC];
};

/* Somebody who may sign in, for pages to name, and for the door to know. */
struct known_person {
	const char *login, *name; /* name "": none */
	bool shared;              /* another one bears the same name */
	uint64_t password;        /* its generation (server/secret/token.h) */
};

struct catalogue {
	struct arena arena;
	int64_t generation; /* of meta, when it was read */
	struct unit *units;
	size_t nunits;
	struct field *fields;
	size_t nfields;
	struct target *targets;
	size_t ntargets;
	struct desk *desks;
	size_t ndesks;
	struct form *forms; /* by code, then version ascending */
	size_t nforms;
	struct known_device *devices; /* not revoked; by hash ascending */
	size_t ndevices;
	struct known_person *people; /* disabled ones too */
	size_t npeople;
	struct kiosk_value *kiosk_values; /* settings of kiosks */
	size_t nkiosk_values;
	struct closed_period *closed; /* core/period/closed_period.h */
	size_t nclosed;
	struct day_off *days_off; /* core/period/workday.h */
	size_t ndays_off;
	const char **desk_codes; /* NULL-closed, for the SMS reader */
	int64_t settings[SETTING_COUNT];
};

/* What the house has set, or its default. */
int64_t catalogue_setting(const struct catalogue *c, enum setting setting);
/* How the house cuts its periods, as the setting has it. */
enum period_cut catalogue_cut(const struct catalogue *c);
/* Finders; NULL when there is none. */
const struct unit *catalogue_unit(const struct catalogue *c, const char *code);
const struct field *catalogue_field(
    const struct catalogue *c, const char *code);
const struct desk *catalogue_desk(const struct catalogue *c, const char *code);
/* Whose answer it is when a dossier of this unit and field ("": not known) is
 * rated and no desk is named: the unit's own desk for the field (of several the
 * one with the fewest others), else its first. NULL: the unit has none, and
 * whoever asks must refuse; there is no desk of another unit for it. */
const struct desk *catalogue_unit_desk(
    const struct catalogue *c, const char *unit, const char *field);
/* The device whose token has this hash, NULL when none or revoked. */
const struct known_device *catalogue_device(
    const struct catalogue *c, const uint8_t hash[TOKEN_HASH]);
/* The person of a login; NULL: there is none. */
const struct known_person *catalogue_person(
    const struct catalogue *c, const char *login);
/* A form by code and version; version 0: the newest. */
const struct form *catalogue_form(
    const struct catalogue *c, const char *code, int version);
/* The target of a population that holds on a day: the newest not after it, or
 * the oldest when all are later. NULL: the plan has none. */
const struct target *catalogue_target(
    const struct catalogue *c, const char *population, int32_t day);
/* True when the form has this criterion ("overall" always) or reason. */
bool form_has_criterion(const struct form *form, const char *code);
bool form_has_reason(const struct form *form, const char *code);
/* True when unit lies in (or is) the unit above. */
bool catalogue_within(
    const struct catalogue *c, const char *unit, const char *above);
/* Fills a form's criteria and reasons from its document (memory of the arena).
 * False with one sentence in error when the document is not a form. */
bool form_read(struct arena *a, json_t *document, struct form *form,
    char *error, size_t size);
/* Frees the catalogue; NULL is allowed. */
void catalogue_destroy(struct catalogue *c);

#endif
