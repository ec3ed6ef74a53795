/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Two forms of code are in use (DOMAIN, section 4.2):
 *
 *   000.00.BD.H08-230411-0004      agency in four groups of fixed width
 *   H08.35.20-230411-0004          agency from the province downwards
 *
 * In the first the dots can be put back where people left them out; in the
 * second they cannot, so there they must stand. The comparison ignores them in
 * both: one export with and one without them is the same dossier.
 *
 * Reading goes cell by cell, each with its own sentence.
 */
#include "server/core/dossier/dossier.h"

#include <stdio.h>
#include <string.h>
#include "server/core/catalogue/catalogue.h"
#include "server/core/dossier/dossier_names.h"
#include "server/core/dossier/dossier_time.h"
#include "shared/arena.h"
#include "shared/civil.h"
#include "shared/utf8.h"

#define FIRST_DAY  10957 /* 2000-01-01: codes of this kind are younger */
#define CODE_APART 30    /* days between a code's own date and received_at */

const char *const dossier_cells[CELL_COUNT + 1] = {"code", "unit", "field",
    "procedure", "received_at", "due_at", "finished_at", "outcome", "phone",
    "consent", "desk", "authority", NULL};

/* --------------------------------------------------------------------- code */

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool
is_upper(char c)
{
	return c >= 'A' && c <= 'Z';
}

/* Matches text against a pattern: 9 a digit, X a digit or letter, P a letter
 * A..Y, anything else itself. The end of what matched, or NULL. */
static const char *
dossier_match(const char *text, const char *pattern)
{
	for (; *pattern != '\0'; pattern++, text++) {
		bool fits = *pattern == '9' ? is_digit(*text)
			    : *pattern == 'X'
				? is_digit(*text) || is_upper(*text)
			    : *pattern == 'P' ? *text >= 'A' && *text <= 'Y'
					      : *text == *pattern;

		if (!fits)
			return NULL;
	}
	return text;
}

/* Upper case without spaces; the hyphens of a word processor become plain.
 * False when it is too long. */
static bool
tidy(const char *text, char out[DOSSIER_CODE])
{
	static const char *const dashes[] = {
	    "\u2010", "\u2011", "\u2012", "\u2013", "\u2014", "\u2212"};
	size_t n = 0;

	while (*text != '\0') {
		char c = *text;
		size_t length = 1;

		for (size_t i = 0; i < sizeof(dashes) / sizeof(dashes[0]); i++)
			if (strncmp(text, dashes[i], strlen(dashes[i])) == 0) {
				c = '-';
				length = strlen(dashes[i]);
			}
		text += length;
		if (c == ' ' || c == '\t')
			continue;
		if (n == DOSSIER_CODE - 1)
			return false;
		out[n++] = c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
	}
	out[n] = '\0';
	return true;
}

/* Puts the dots of the first form back: 0000000BDH08 is 000.00.BD.H08. */
static void
restore_dots(char code[DOSSIER_CODE])
{
	static const size_t places[] = {3, 6, 9};
	size_t n = strlen(code);

	if (dossier_match(code, "99999XXP99-") == NULL ||
	    n + 3 > DOSSIER_CODE - 1)
		return;
	for (size_t i = 0; i < 3; i++, n++) {
		memmove(
		    code + places[i] + 1, code + places[i], n - places[i] + 1);
		code[places[i]] = '.';
	}
}

/* The end of the agency's identifier at the head of a code, or NULL. */
static const char *
agency(const char *code)
{
	const char *end = dossier_match(code, "999.99.XX.P99");

	if (end != NULL)
		return end;
	end = dossier_match(code, "P99");
	for (int groups = 0; end != NULL && *end == '.' && groups < 6;
	     groups++) {
		int letters = 0;

		for (end++; letters < 4 && dossier_match(end, "X") != NULL;
		     end++)
			letters++;
		if (letters == 0)
			return NULL;
	}
	return end;
}

static bool
valid_date(const char *yymmdd, int32_t *day)
{
	struct civil date = {
	    .year = 2000 + (yymmdd[0] - '0') * 10 + (yymmdd[1] - '0'),
	    .month = (yymmdd[2] - '0') * 10 + (yymmdd[3] - '0'),
	    .day = (yymmdd[4] - '0') * 10 + (yymmdd[5] - '0'),
	};

	if (!civil_valid(date))
		return false;
	*day = civil_to_day(date);
	return true;
}

/* Splits a tidy code; day is that of its second part. */
static bool
check_code(const char *code, int32_t *day)
{
	const char *at = agency(code);
	int digits = 0;

	if (at == NULL || dossier_match(at, "-999999-") == NULL ||
	    !valid_date(at + 1, day))
		return false;
	for (at += 8; is_digit(*at); at++)
		digits++;
	return *at == '\0' && digits >= 4 && digits <= 7;
}

static bool
read_dossier_code(const char *text, char code[DOSSIER_CODE],
    char key[DOSSIER_CODE], int32_t *day)
{
	size_t n = 0;

	if (!tidy(text, code))
		return false;
	restore_dots(code);
	if (!check_code(code, day))
		return false;
	for (const char *c = code; *c != '\0'; c++)
		if (*c != '.' && *c != '-')
			key[n++] = *c;
	key[n] = '\0';
	return true;
}

bool
dossier_code(const char *text, char code[DOSSIER_CODE], char key[DOSSIER_CODE])
{
	int32_t day;

	return read_dossier_code(text, code, key, &day);
}

/* -------------------------------------------------------------------- cells */

struct reading {
	const char *const *cells;
	const struct dossier_names *names;
	struct arena *arena;
	struct dossier *out;
	int32_t today;
	int32_t code_day; /* that the code bears */
	char *error;
};

static const char *
dossier_cell_text(const struct reading *r, enum dossier_cell which)
{
	const char *text = r->cells[which];

	return text == NULL ? "" : text;
}

/* "due_at: before received_at" */
static bool
refuse_dossier(struct reading *r, enum dossier_cell which, const char *why)
{
	snprintf(
	    r->error, LIMIT_ERROR_BYTES, "%s: %s", dossier_cells[which], why);
	return false;
}

/* What may be a telephone or identity number, in whichever cell it stands. */
static bool
may_be_number(const char *value)
{
	size_t digits = 0;

	for (; *value != '\0'; value++) {
		if (is_digit(*value))
			digits++;
		else if (strchr(" .-+()", *value) == NULL)
			return false;
	}
	return digits >= 9;
}

/* The same with the value as it stands, unless that may be a person's number.
 */
static bool
refuse_shown(struct reading *r, enum dossier_cell which, const char *why,
    const char *value)
{
	if (value[0] == '\0' || may_be_number(value))
		return refuse_dossier(r, which, why);
	snprintf(r->error, LIMIT_ERROR_BYTES, "%s: %s: \"%.*s\"",
	    dossier_cells[which], why, (int)utf8_cut(value, 40), value);
	return false;
}

static bool
read_the_code(struct reading *r)
{
	char code[DOSSIER_CODE], key[DOSSIER_CODE];
	int32_t day;

	const char *text = dossier_cell_text(r, CELL_CODE);

	if (!read_dossier_code(text, code, key, &day))
		return refuse_shown(r, CELL_CODE,
		    "not a dossier's code (H08.35-230411-0004)", text);
	if (day > r->today)
		return refuse_shown(
		    r, CELL_CODE, "its date has not come yet", text);
	r->code_day = day;
	r->out->code = arena_strdup(r->arena, code);
	r->out->key = arena_strdup(r->arena, key);
	return true;
}

static bool
read_place(struct reading *r)
{
	const struct unit *unit = dossier_unit_named(
	    r->names, r->arena, dossier_cell_text(r, CELL_UNIT));
	const char *field = dossier_cell_text(r, CELL_FIELD),
		   *desk = dossier_cell_text(r, CELL_DESK);
	const struct field *known =
	    field[0] == '\0' ? NULL
			     : dossier_field_named(r->names, r->arena, field);
	const struct desk *at = catalogue_desk(r->names->catalogue, desk);

	if (unit == NULL)
		return refuse_shown(r, CELL_UNIT, "no such unit",
		    dossier_cell_text(r, CELL_UNIT));
	if (field[0] != '\0' && known == NULL)
		return refuse_shown(r, CELL_FIELD, "no such field", field);
	if (desk[0] != '\0' && at == NULL)
		return refuse_shown(r, CELL_DESK, "no such desk", desk);
	r->out->unit = unit->code;
	r->out->field = known == NULL ? "" : known->code;
	r->out->desk = at == NULL ? "" : at->code;
	return true;
}

/* With or without the province's part: 1.000948.H38. */
bool
dossier_procedure(const char *text)
{
	const char *at = dossier_match(text, "9.999999");

	if (at != NULL && dossier_match(at, ".P99") != NULL)
		at += 4;
	while (at != NULL && at[0] == '.' && dossier_match(at + 1, "X") != NULL)
		for (at++; dossier_match(at, "X") != NULL; at++)
			;
	return at != NULL && *at == '\0';
}

static bool
read_procedure(struct reading *r)
{
	const char *text = dossier_cell_text(r, CELL_PROCEDURE);

	r->out->procedure = arena_strdup(r->arena, text);
	return text[0] == '\0' || dossier_procedure(text) ||
	       refuse_shown(r, CELL_PROCEDURE,
		   "not a procedure's code (1.002425)", text);
}

static int
this_year(const struct reading *r)
{
	return civil_from_day(r->today).year;
}

static bool
read_dossier_time(struct reading *r, enum dossier_cell which, int64_t *out)
{
	const char *text = dossier_cell_text(r, which);
	bool bare;
	int32_t day;

	*out = DOSSIER_NEVER;
	if (text[0] == '\0')
		return true;
	if (!dossier_time(text, out, &bare))
		return refuse_shown(r, which,
		    "neither YYYY-MM-DD nor DD/MM/YYYY nor a time", text);
	day = civil_local_day(*out);
	if (which != CELL_DUE_AT && day > r->today)
		return refuse_shown(
		    r, which, "this day has not come yet", text);
	if (day < FIRST_DAY || civil_from_day(day).year > this_year(r) + 1)
		return refuse_shown(r, which, "the year cannot be right", text);
	/* what is due on a day is in time until that day is over */
	if (bare && which == CELL_DUE_AT)
		*out = civil_day_start(day + 1) - 1;
	return true;
}

/* A time of the same day is not before a bare date of it. */
static bool
before(int64_t time, int64_t other)
{
	return time != DOSSIER_NEVER && other != DOSSIER_NEVER &&
	       civil_local_day(time) < civil_local_day(other);
}

/* The code's own date is that of the reception. */
static bool
near_code(const struct reading *r)
{
	int32_t apart = civil_local_day(r->out->received_at) - r->code_day;

	return apart >= -CODE_APART && apart <= CODE_APART;
}

static bool
read_times(struct reading *r)
{
	struct dossier *d = r->out;

	if (!read_dossier_time(r, CELL_RECEIVED_AT, &d->received_at) ||
	    !read_dossier_time(r, CELL_DUE_AT, &d->due_at) ||
	    !read_dossier_time(r, CELL_FINISHED_AT, &d->finished_at))
		return false;
	if (d->received_at == DOSSIER_NEVER)
		return refuse_dossier(r, CELL_RECEIVED_AT, "missing");
	if (!near_code(r))
		return refuse_shown(r, CELL_RECEIVED_AT,
		    "more than 30 days from the date in the code (day and "
		    "month changed about?)",
		    dossier_cell_text(r, CELL_RECEIVED_AT));
	if (before(d->due_at, d->received_at))
		return refuse_shown(r, CELL_DUE_AT, "before received_at",
		    dossier_cell_text(r, CELL_DUE_AT));
	if (before(d->finished_at, d->received_at))
		return refuse_shown(r, CELL_FINISHED_AT, "before received_at",
		    dossier_cell_text(r, CELL_FINISHED_AT));
	return true;
}

static bool
read_outcome(struct reading *r)
{
	const char *text = dossier_cell_text(r, CELL_OUTCOME);
	enum outcome i;

	if (!dossier_outcome_named(r->arena, text, &i))
		return refuse_shown(r, CELL_OUTCOME,
		    "one of granted, refused, withdrawn, returned", text);
	r->out->outcome = i;
	if (i == OUTCOME_NONE && r->out->finished_at != DOSSIER_NEVER)
		return refuse_dossier(
		    r, CELL_OUTCOME, "missing, though it is finished");
	if (i != OUTCOME_NONE && r->out->finished_at == DOSSIER_NEVER)
		return refuse_dossier(
		    r, CELL_FINISHED_AT, "missing, though it ended");
	return true;
}

/* The number as it was before a spreadsheet took it for an amount: 0912345678
 * became 912345678 or 912345678.0. */
static const char *
phone_cell(const struct reading *r)
{
	const char *text = dossier_cell_text(r, CELL_PHONE);
	size_t n = strspn(text, "0123456789");

	if (n != 9 || text[0] == '0' ||
	    (text[n] != '\0' && strcmp(text + n, ".0") != 0))
		return text;
	return arena_printf(r->arena, "0%.9s", text);
}

static bool
read_person(struct reading *r)
{
	const char *phone = phone_cell(r);
	const char *consent = dossier_cell_text(r, CELL_CONSENT);
	enum phone_kind kind = PHONE_LANDLINE;

	if (phone[0] != '\0')
		kind = phone_read(phone, r->out->phone);
	if (kind == PHONE_NOT_A_CITIZEN)
		return refuse_dossier(r, CELL_PHONE, "not a telephone number");
	if (kind != PHONE_CITIZEN) /* it gets no SMS: not ours to keep */
		r->out->phone[0] = '\0';
	r->out->no_mobile = phone[0] != '\0' && kind != PHONE_CITIZEN;
	return dossier_consent_named(r->arena, consent, &r->out->consent) ||
	       refuse_shown(r, CELL_CONSENT, "0 or 1", consent);
}

static bool
read_authority(struct reading *r)
{
	const char *text = dossier_cell_text(r, CELL_AUTHORITY);

	if (strlen(text) > LIMIT_NAME_BYTES)
		return refuse_dossier(r, CELL_AUTHORITY, "too long");
	r->out->authority = arena_strdup(r->arena, text);
	return true;
}

bool
dossier_read(const char *const cells[CELL_COUNT],
    const struct dossier_names *names, int32_t today, struct arena *a,
    struct dossier *out, char error[LIMIT_ERROR_BYTES])
{
	struct reading r = {.cells = cells,
	    .names = names,
	    .arena = a,
	    .out = out,
	    .today = today,
	    .error = error};

	memset(out, 0, sizeof(*out));
	error[0] = '\0';
	return read_the_code(&r) && read_place(&r) && read_procedure(&r) &&
	       read_times(&r) && read_outcome(&r) && read_person(&r) &&
	       read_authority(&r);
}

bool
dossier_late(const struct dossier *d)
{
	return d->finished_at != DOSSIER_NEVER && d->due_at != DOSSIER_NEVER &&
	       d->finished_at > d->due_at;
}
