/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What stands in tricky.h: instances, and a row of figures. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "tests/pages/tricky.h"
#include "tests/kit/shown_rows.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct rig tricky_rig;
struct person tricky_reader;
static char *import, *kiosk;

/* Who said what. Sums over desks are rows, too. */
static const struct instance {
	const char *desk, *field;
	int satisfied, valid, dossiers;
} instances[] = {
    {"PD1", "ho-tich", 2249, 2500, 0},          /* 89,96 */
    {"PD1", "chung-thuc", 2999, 3000, 3001},    /* 99,97; coverage 99,97 */
    {"PD1", "bao-tro-xa-hoi", 39, 40, 30},      /* n > N */
    {"PD1", "nguoi-co-cong", 90, 100, 0},       /* on the target */
    {"PD1", "cu-tru", 0, 40, 0},                /* 0 */
    {"PD1", "tre-em", 40, 40, 0},               /* 100, met */
    {"PD1", "dat-dai", 170, 200, 0},            /* on that of its group */
    {"PD1", "hoa-giai-co-so", 9, 10, 10},       /* census, on the target */
    {"PD1", "to-hop-tac", 8, 10, 10},           /* census, below */
    {"PD1", "moi-truong", 19, 20, 25},          /* too few */
    {"PD1", "ton-giao", 2, 3, 0},               /* too few to be shown */
    {"PD1", "thi-dua-khen-thuong", 25, 30, 31}, /* out of reach */
    {"PD1", "mam-non-doc-lap", 206, 239, 0},    /* hi 89,9965 */
    {"PD1", "dan-so", 192, 204, 0},             /* lo 90,0011 */
    {"PD1", "the-duc-the-thao", 30, 30, 0},     /* 100, not known */
    {"TPD1", "dat-dai", 86, 100, 0},            /* a desk under 85 */
    {"TPX1", "xay-dung", 87, 100, 0},           /* another */
    {"LH1", "trong-trot", 76, 80, 0},           /* two desks, deff < 1 */
    {"PRC1", "trong-trot", 76, 80, 0},
    {"LH1", "nuoi-con-nuoi", 75, 80, 0}, /* four, deff < 1: few_desks */
    {"PRC1", "nuoi-con-nuoi", 75, 80, 0},
    {"PP1", "nuoi-con-nuoi", 75, 80, 0},
    {"VH1", "nuoi-con-nuoi", 75, 80, 0},
    {"LH1", "van-hoa", 100, 100, 0}, /* five that differ: desks */
    {"PRC1", "van-hoa", 100, 100, 0},
    {"PP1", "van-hoa", 100, 100, 0},
    {"VH1", "van-hoa", 100, 100, 0},
    {"VT1", "van-hoa", 75, 100, 0},
};

/* ----------------------------------------------------------------- database */

static void
import_dossiers(void)
{
	char path[200];
	FILE *f;
	int code = 0;

	snprintf(path, sizeof(path), "%s/dossiers.csv", tricky_rig.folder);
	f = fopen(path, "w");
	assert_non_null(f);
	fputs("code,unit,field,procedure,received_at,due_at,finished_at,"
	      "outcome,phone,consent\n",
	    f);
	for (size_t i = 0; i < COUNT(instances); i++)
		for (int k = 0; k < instances[i].dossiers; k++)
			fprintf(f,
			    "H08.35-260901-%06d,22975,%s,,2026-09-01,,"
			    "2026-09-10,granted,,0\n",
			    code++, instances[i].field);
	assert_int_equal(fclose(f), 0);
	if (rig_run(&tricky_rig, "", "import", "dossiers", path, NULL) != 0)
		fail_msg("%s", tricky_rig.said);
}

/* Desk PD1's first nine of each come from its kiosk: a second channel. Where
 * several desks are asked for a field, also what they thought of the staff. */
static void
give(const struct instance *in)
{
	json_t *lists[2] = {json_array(), json_array()};
	char members[300];

	for (int k = 0; k < in->valid; k++) {
		int way = k < 9 && strcmp(in->desk, "PD1") == 0;
		int score = k < in->satisfied ? 5 : 2;

		snprintf(members, sizeof(members),
		    "{\"desk\":\"%s\",\"field\":\"%s\",\"answered_at\":"
		    "\"" TRICKY_MONTH
		    "-12T09:00:00+07:00\",\"scores\":{\"overall\":%d%s%s"
		    "}}",
		    in->desk, in->field, score,
		    strcmp(in->desk, "PD1") == 0 ? "" : ",\"attitude\":",
		    strcmp(in->desk, "PD1") == 0 ? ""
		    : score == 5                 ? "5"
						 : "2");
		json_array_append_new(lists[way], new_answer(members));
		if (json_array_size(lists[0]) == 500) {
			json_decref(
			    post_answers(&tricky_rig, import, lists[0]));
			lists[0] = json_array();
		}
	}
	for (int way = 0; way < 2; way++)
		if (json_array_size(lists[way]) > 0)
			json_decref(post_answers(&tricky_rig,
			    way == 0 ? import : kiosk, lists[way]));
		else
			json_decref(lists[way]);
}

int
tricky_setup(void **state)
{
	(void)state;
	rig_make(&tricky_rig, "");
	person_add(&tricky_rig, "lan", "viewer", NULL);
	import_dossiers();
	rig_serve(&tricky_rig);
	import = rig_device(&tricky_rig, "import", NULL);
	kiosk = rig_device(&tricky_rig, "kiosk", "PD1");
	for (size_t i = 0; i < COUNT(instances); i++)
		give(&instances[i]);
	tricky_reader = person_sign_in(&tricky_rig, "lan");
	return 0;
}

int
tricky_teardown(void **state)
{
	(void)state;
	free(import);
	free(kiosk);
	rig_check(&tricky_rig);
	rig_remove(&tricky_rig);
	return 0;
}

/* -------------------------------------------------------------------- a row */

const char *
tricky_text(json_t *row, const char *member)
{
	const char *text = json_string_value(json_object_get(row, member));

	return text == NULL ? "" : text;
}

struct figures
tricky_figures(json_t *row, const char *by)
{
	json_t *judged = json_object_get(row, "judged");
	json_t *dossiers = json_object_get(row, "dossiers");
	const char *name = tricky_text(json_object_get(row, "scope"), by);

	return (struct figures){.name = name[0] == '\0' ? "-" : name,
	    .share = json_number_value(json_object_get(row, "share")),
	    .lo = json_number_value(json_array_get(judged, 0)),
	    .hi = json_number_value(json_array_get(judged, 1)),
	    .target = json_number_value(json_object_get(row, "target")),
	    .satisfied = json_integer_value(json_object_get(row, "satisfied")),
	    .valid = json_integer_value(json_object_get(row, "valid")),
	    .dossiers =
		json_is_null(dossiers) ? -1 : json_integer_value(dossiers),
	    .verdict = tricky_text(row, "verdict"),
	    .lean = tricky_text(row, "lean"),
	    .reason = tricky_text(row, "reason"),
	    .hidden = json_is_true(json_object_get(row, "suppressed"))};
}

json_t *
tricky_facts(const char *by, const char *unit)
{
	json_t *rows = tricky_rows(by, unit), *facts;
	const char *words[] = {by[0] == '\0' ? NULL : "--by", by, NULL};

	assert_int_equal(
	    unit[0] == '\0'
		? rig_run(&tricky_rig, "", "scores", "--period", TRICKY_MONTH,
		      "--format", "json", words[0], words[1], NULL)
		: rig_run(&tricky_rig, "", "scores", "--period", TRICKY_MONTH,
		      "--format", "json", "--unit", unit, words[0], words[1],
		      NULL),
	    0);
	facts = json_loads(tricky_rig.said, 0, NULL);
	assert_shown_rows(facts, rows);
	json_decref(rows);
	return facts;
}

/* The rows of the interface; by "": those of the populations. */
json_t *
tricky_rows(const char *by, const char *unit)
{
	char path[200];
	json_t *json, *rows;

	snprintf(path, sizeof(path),
	    "/api/v1/scores?period=" TRICKY_MONTH "%s%s%s%s",
	    by[0] == '\0' ? "" : "&by=", by,
	    unit[0] == '\0' ? "" : "&unit=", unit);
	json = reply_json(person_get(&tricky_rig, &tricky_reader, path));
	rows = json_incref(json_object_get(json, "rows"));
	json_decref(json);
	assert_true(json_array_size(rows) > 0);
	return rows;
}

static void
assert_stands(const char *text, double exact, double target)
{
	const double boundaries[] = {0, target, 100};
	char plain[NUMBER_TEXT];
	double shown;

	snprintf(plain, sizeof(plain), "%s", text);
	if (strchr(plain, ',') != NULL)
		*strchr(plain, ',') = '.';
	shown = strtod(plain, NULL);
	for (size_t i = 0; i < COUNT(boundaries); i++) {
		double a = exact - boundaries[i], b = shown - boundaries[i];

		if (fabs(a) < 1e-9)
			a = 0;
		if (fabs(b) < 1e-9)
			b = 0;
		if ((a > 0) - (a < 0) != (b > 0) - (b < 0))
			fail_msg("%s for %.12g, boundary %g", text, exact,
			    boundaries[i]);
	}
}

struct printed
tricky_printed(const struct figures *f, char mark)
{
	struct printed p;
	int t4 = (int)lround(f->target * 1e4);

	number_share(f->satisfied, f->valid, t4, mark, p.share);
	number_low(f->lo, t4, mark, p.lo);
	number_high(f->hi, t4, mark, p.hi);
	number_target(t4, mark, p.target);
	assert_stands(p.share, f->share, f->target);
	assert_stands(p.lo, f->lo, f->target);
	assert_stands(p.hi, f->hi, f->target);
	return p;
}
