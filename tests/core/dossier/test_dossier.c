/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Codes in all the ways they are written, and each cell with what is refused in
 * it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "server/core/dossier/dossier.h"
#include "server/core/dossier/dossier_names.h"
#include "shared/arena.h"
#include "tests/core/district.h"

#include <stdlib.h>
#include <string.h>
#include "shared/civil.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

static const struct {
	const char *text, *code, *key; /* code NULL: refused */
} codes[] = {
    {"000.00.BD.H08-230411-0004", "000.00.BD.H08-230411-0004",
	"00000BDH082304110004"},
    {"00000bdh08-230411-0004", "000.00.BD.H08-230411-0004",
	"00000BDH082304110004"},
    {" 000.00.bd.h08 - 230411 - 0004 ", "000.00.BD.H08-230411-0004",
	"00000BDH082304110004"},
    {"000.00.18.H11\u2013230411\u20130004", "000.00.18.H11-230411-0004",
	"0000018H112304110004"},
    {"H08-230411-0004", "H08-230411-0004", "H082304110004"},
    {"H11.35.20-240229-12345", "H11.35.20-240229-12345", "H11352024022912345"},
    {"h11.35.a2c4.1.2.3.4-230411-1234567", "H11.35.A2C4.1.2.3.4-230411-1234567",
	"H1135A2C412342304111234567"},
    {"", NULL, NULL},
    {"H11", NULL, NULL},
    {"H11-230411", NULL, NULL},
    {"H11-230411-004", NULL, NULL},
    {"H11-230411-12345678", NULL, NULL},
    {"H11-230431-0004", NULL, NULL}, /* 31 April */
    {"H11-230229-0004", NULL, NULL}, /* no leap year */
    {"Z11-230411-0004", NULL, NULL}, /* A..Y */
    {"H1-230411-0004", NULL, NULL},
    {"H11.-230411-0004", NULL, NULL},
    {"H11.12345-230411-0004", NULL, NULL},
    {"H11.1.2.3.4.5.6.7-230411-0004", NULL, NULL},
    {"000.00.BDX.H08-230411-0004", NULL, NULL},
    {"00.00.BD.H08-230411-0004", NULL, NULL},
    {"H11-230411-0004x", NULL, NULL},
    {"H11_230411_0004", NULL, NULL},
    {"H11-230411-00\xc4\x91", NULL, NULL},
    {"H11.1.2.3.4.5.6.7.8.9.10.11.12.13.14.15.16.17.18.19.20.21-230411-0004",
	NULL, NULL},
};

static void
test_codes(void **state)
{
	char code[DOSSIER_CODE], key[DOSSIER_CODE];

	(void)state;
	for (size_t i = 0; i < COUNT(codes); i++) {
		bool ok = dossier_code(codes[i].text, code, key);

		if (ok != (codes[i].code != NULL))
			fail_msg("%s: %d", codes[i].text, ok);
		if (!ok)
			continue;
		assert_string_equal(code, codes[i].code);
		assert_string_equal(key, codes[i].key);
	}
}

static const char *const good[CELL_COUNT] = {"H11-240102-0004", "A", "land",
    "1.002425", "2024-01-02", "2024-01-05", "2024-01-04T09:30:00+07:00",
    "granted", "0912 345 678", "1", "A1", ""};

static const struct {
	enum dossier_cell cell;
	const char *text;
	const char *error; /* "" taken */
} cells[] = {
    {CELL_CODE, "x", "code: not a dossier's code (H08.35-230411-0004): \"x\""},
    {CELL_CODE, "0912 345 678",
	"code: not a dossier's code (H08.35-230411-0004)"},
    {CELL_CODE, "", "code: not a dossier's code (H08.35-230411-0004)"},
    {CELL_CODE, "H11-240111-0004",
	"code: its date has not come yet: \"H11-240111-0004\""},
    {CELL_CODE, "H11-240110-0004", ""},
    {CELL_UNIT, "", "unit: no such unit"},
    {CELL_UNIT, "Q", "unit: no such unit: \"Q\""},
    {CELL_UNIT, "N", ""},
    {CELL_FIELD, "sea", "field: no such field: \"sea\""},
    {CELL_FIELD, "", ""},
    {CELL_PROCEDURE, "", ""},
    {CELL_PROCEDURE, "1.000948.H38", ""},
    {CELL_PROCEDURE, "1.000948.H38.A1.22", ""},
    {CELL_PROCEDURE, "1000948",
	"procedure: not a procedure's code (1.002425): \"1000948\""},
    {CELL_PROCEDURE, "1.00094",
	"procedure: not a procedure's code (1.002425): \"1.00094\""},
    {CELL_PROCEDURE, "1.000948.",
	"procedure: not a procedure's code (1.002425): \"1.000948.\""},
    {CELL_RECEIVED_AT, "", "received_at: missing"},
    {CELL_RECEIVED_AT, "02/01/2024", ""},
    {CELL_RECEIVED_AT, "01/22/2024",
	"received_at: neither YYYY-MM-DD nor DD/MM/YYYY nor a time: "
	"\"01/22/2024\""},
    {CELL_RECEIVED_AT, "2024-01-02T08:00:00", ""},
    {CELL_RECEIVED_AT, "0226-01-02",
	"received_at: the year cannot be right: \"0226-01-02\""},
    {CELL_FINISHED_AT, "2062-01-08",
	"finished_at: this day has not come yet: \"2062-01-08\""},
    {CELL_RECEIVED_AT, "2024-01-05",
	"finished_at: before received_at: "
	"\"2024-01-04T09:30:00+07:00\""},
    {CELL_RECEIVED_AT, "2024-01-04T23:00:00+07:00", ""},
    {CELL_DUE_AT, "", ""},
    {CELL_DUE_AT, "2024-01-01", "due_at: before received_at: \"2024-01-01\""},
    {CELL_DUE_AT, "2024-02-30",
	"due_at: neither YYYY-MM-DD nor DD/MM/YYYY nor a time: "
	"\"2024-02-30\""},
    {CELL_FINISHED_AT, "", "finished_at: missing, though it ended"},
    {CELL_OUTCOME, "", "outcome: missing, though it is finished"},
    {CELL_OUTCOME, "done",
	"outcome: one of granted, refused, withdrawn, returned: \"done\""},
    {CELL_OUTCOME, "returned", ""},
    {CELL_PHONE, "", ""},
    {CELL_PHONE, "02523850001", ""},
    {CELL_PHONE, "12345", "phone: not a telephone number"},
    {CELL_PHONE, "Nam", "phone: not a telephone number"},
    {CELL_CONSENT, "0", ""},
    {CELL_CONSENT, "", ""},
    {CELL_CONSENT, "yes", "consent: 0 or 1: \"yes\""},
    {CELL_DESK, "", ""},
    {CELL_DESK, "Z9", "desk: no such desk: \"Z9\""},
    {CELL_AUTHORITY, "Chi nhánh Văn phòng Đăng ký đất đai", ""},
};

static bool
read_with(struct arena *a, enum dossier_cell cell, const char *text,
    struct dossier *out, char error[LIMIT_ERROR_BYTES])
{
	const char *all[CELL_COUNT];
	struct dossier_names names;

	memcpy(all, good, sizeof(all));
	all[cell] = text;
	dossier_names_make(a, &district, &names);
	return dossier_read(all, &names,
	    civil_to_day((struct civil){2024, 1, 10}), a, out, error);
}

static void
test_cells(void **state)
{
	char error[LIMIT_ERROR_BYTES];
	struct dossier d;
	struct arena a;

	(void)state;
	arena_init(&a);
	for (size_t i = 0; i < COUNT(cells); i++) {
		bool ok =
		    read_with(&a, cells[i].cell, cells[i].text, &d, error);

		if (ok != (cells[i].error[0] == '\0') ||
		    strcmp(error, cells[i].error) != 0)
			fail_msg("%s \"%s\"\nwanted %s\ngot    %s",
			    dossier_cells[cells[i].cell], cells[i].text,
			    cells[i].error, error);
	}
	arena_finish(&a);
}

static void
test_all_of_it(void **state)
{
	char error[LIMIT_ERROR_BYTES];
	struct dossier d;
	struct arena a;

	(void)state;
	arena_init(&a);
	assert_true(read_with(&a, CELL_AUTHORITY, NULL, &d, error));
	assert_string_equal(d.code, "H11-240102-0004");
	assert_string_equal(d.key, "H112401020004");
	assert_string_equal(d.unit, "A");
	assert_string_equal(d.field, "land");
	assert_string_equal(d.desk, "A1");
	assert_string_equal(d.procedure, "1.002425");
	assert_string_equal(d.authority, "");
	assert_int_equal(d.received_at, 1704128400000); /* local midnight */
	assert_int_equal(d.due_at, 1704128400000 + 4 * 86400000LL - 1);
	assert_int_equal(d.finished_at, 1704335400000);
	assert_int_equal(d.outcome, OUTCOME_GRANTED);
	assert_string_equal(d.phone, "+84912345678");
	assert_true(d.consent);
	assert_true(read_with(&a, CELL_PHONE, "0252 3850001", &d, error));
	assert_string_equal(d.phone, ""); /* a landline is not kept */
	arena_finish(&a);
}

static void
test_late(void **state)
{
	static const struct {
		const char *finished;
		bool late;
	} times[] = {
	    {"2024-01-05", false},
	    {"2024-01-05T23:59:59+07:00", false},
	    {"2024-01-05T17:00:00Z", true}, /* midnight here */
	    {"2024-01-06", true},
	    {"2024-01-04", false},
	};
	char error[LIMIT_ERROR_BYTES];
	struct dossier d;
	struct arena a;

	(void)state;
	arena_init(&a);
	for (size_t i = 0; i < COUNT(times); i++) {
		assert_true(read_with(
		    &a, CELL_FINISHED_AT, times[i].finished, &d, error));
		assert_int_equal(dossier_late(&d), times[i].late);
	}
	assert_true(read_with(&a, CELL_DUE_AT, "", &d, error));
	assert_false(dossier_late(&d)); /* nobody said when it was due */
	arena_finish(&a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_codes),
	    cmocka_unit_test(test_cells),
	    cmocka_unit_test(test_all_of_it),
	    cmocka_unit_test(test_late),
	};

	if (!civil_set_zone("Asia/Ho_Chi_Minh"))
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
