/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Dossiers at the real collector: imported from files as officials save them,
 * announced over the interface; what is refused, and what the scores make of
 * them.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "tests/kit/rig.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include "shared/buf.h"

#define HEAD                                                                   \
	"code,unit,field,procedure,received_at,due_at,finished_at,outcome,"    \
	"phone,consent\n"
#define PERIOD "2024-Q1"

static struct rig rig;
static char *token;

static int
setup(void **state)
{
	(void)state;
	rig_make(&rig, "");
	token = rig_device(&rig, "import", NULL);
	rig_serve(&rig);
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	rig_check(&rig);
	free(token);
	rig_remove(&rig);
	return 0;
}

/* Imports a file of this text; the exit status. */
static int
import(const char *text)
{
	char path[100];
	FILE *f;

	snprintf(path, sizeof(path), "%s/in.csv", rig.folder);
	f = fopen(path, "w");
	assert_non_null(f);
	fputs(text, f);
	fclose(f);
	return rig_run(&rig, "", "import", "dossiers", path, NULL);
}

/* Dossiers that the scores of a unit (NULL: all) have; -1: null. */
static long
dossiers(const char *unit)
{
	json_t *rows, *found;
	long n;

	assert_int_equal(unit == NULL
			     ? rig_run(&rig, "", "scores", "--period", PERIOD,
				   "--format", "json", NULL)
			     : rig_run(&rig, "", "scores", "--period", PERIOD,
				   "--format", "json", "--unit", unit, NULL),
	    0);
	rows = json_loads(rig.said, 0, NULL);
	found = json_object_get(json_array_get(rows, 0), "dossiers");
	n = json_is_null(found) ? -1 : (long)json_integer_value(found);
	json_decref(rows);
	return n;
}

static void
test_import(void **state)
{
	(void)state;
	assert_int_equal(dossiers(NULL), -1);
	assert_int_equal(
	    import(HEAD
		"H11-240102-0001,22969,dat-dai,1.002425,2024-01-02,2024-01-09,"
		"2024-01-08,granted,0912345678,1\n"
		"h11-240102-0002,22969,ho-tich,,2024-01-02,2024-01-09,"
		"2024-01-10T08:00:00+07:00,refused,,0\n"
		"H11-240102-0003,22972,,,2024-01-02,,,,,\n"),
	    0);
	assert_string_equal(rig.said,
	    "3 dossiers: 3 new, 0 changed, 0 as they were\n"
	    "numbers: 1 kept; not kept: 0 without consent, 0 that "
	    "get no SMS; 2 dossiers without a number\n");
	assert_int_equal(dossiers(NULL), 2);
	assert_int_equal(dossiers("22969"), 2);
	assert_int_equal(dossiers("22972"), -1); /* none is finished */
	/* as a spreadsheet saves it, with what is new since */
	assert_int_equal(
	    import("\xef\xbb\xbf"
		   "unit;code;field;procedure;received_at;due_at;finished_at;"
		   "outcome;phone;consent;desk;authority\r\n"
		   "22972;H11-240102-0003;chung-thuc;;2024-01-02;;2024-03-31;"
		   "withdrawn;;;PRC1;\r\n"
		   "22969;H11 - 240102 - 0001;dat-dai;1.002425;2024-01-02;"
		   "2024-01-09;2024-01-08;granted;;0;;\r\n"),
	    0);
	assert_string_equal(rig.said,
	    "2 dossiers: 0 new, 1 changed, 1 as they were\n"
	    "numbers: 0 kept; not kept: 0 without consent, 0 that "
	    "get no SMS; 2 dossiers without a number\n");
	assert_string_equal(
	    rig_sql(&rig, "SELECT place || ' ' || object || ' ' || after FROM "
			  "audit WHERE act = 'dossier.import' ORDER BY id DESC "
			  "LIMIT 1"),
	    "command in.csv {\"new\":0,\"changed\":1,\"same\":1,\"bad\":0,"
	    "\"numbers\":{\"kept\":0,\"unwanted\":0,\"no_mobile\":0,"
	    "\"none\":2}}");
	assert_int_equal(dossiers(NULL), 3);
	assert_int_equal(dossiers("22972"), 1);
	/* no number of a citizen is kept, nor said */
	assert_string_equal(
	    rig_sql(&rig, "SELECT count(*) FROM dossier WHERE code LIKE "
			  "'%912%' OR procedure LIKE '%912%'"),
	    "0");
}

/* One code twice in a file: with the same words it is one dossier, with others
 * only the office knows which are right. */
static void
test_twice_in_a_file(void **state)
{
#define TWICE(outcome)                                                         \
	"H11-240102-0201,22969,dat-dai,1.002425,2024-01-02,2024-01-09,"        \
	"2024-01-08," outcome ",,\n"
	long before = dossiers(NULL);

	(void)state;
	assert_int_equal(
	    import(HEAD TWICE("granted") "\n" TWICE("refused")), 1);
	assert_non_null(strstr(rig.said,
	    "in.csv:4: code: the same as on line 2 (H11-240102-0201), but "
	    "other words\n"));
	assert_int_equal(dossiers(NULL), before);
	assert_int_equal(import(HEAD TWICE("granted") TWICE("granted")), 0);
	assert_int_equal(dossiers(NULL), before + 1);
}

/* With --partial the good rows are taken; the bad ones stand in a file of their
 * own, which is mended and brought in as it is. */
static void
test_partial(void **state)
{
	char path[100], bad[120];
	long before = dossiers(NULL);
	struct stat st;
	struct buf rows;
	FILE *f;

	(void)state;
	snprintf(path, sizeof(path), "%s/part.csv", rig.folder);
	snprintf(bad, sizeof(bad), "%s.bad.csv", path);
	f = fopen(path, "w");
	assert_non_null(f);
	fputs("S\u1ed4\n\n" HEAD
	      "H11-240102-0301,22969,dat-dai,,2024-01-02,,2024-01-08,granted,"
	      ",\n"
	      "H11-240102-0302,Nowhere,dat-dai,,2024-01-02,,2024-01-08,"
	      "granted,+84912345678,1\n"
	      "H11-240102-0303,22969,dat-dai,,2024-01-02,,2024-01-08,granted,,"
	      "\n"
	      "H11-240102-0303,22969,dat-dai,,2024-01-02,,2024-01-09,granted,,"
	      "\n",
	    f);
	fclose(f);
	assert_int_equal(
	    rig_run(&rig, "", "import", "dossiers", path, NULL), 1);
	assert_int_not_equal(stat(bad, &st), 0);
	assert_int_equal(dossiers(NULL), before);
	assert_int_equal(
	    rig_run(&rig, "", "import", "dossiers", path, "--partial", NULL),
	    0);
	assert_non_null(strstr(rig.said, "1 dossiers: 1 new"));
	assert_non_null(strstr(rig.said, "part.csv: 3 rows left out: "));
	assert_int_equal(dossiers(NULL), before + 1);
	assert_int_equal(stat(bad, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	buf_init(&rows);
	assert_true(buf_read_file(&rows, bad, 10000));
	assert_string_equal(buf_text(&rows),
	    "\xef\xbb\xbf"
	    "code,unit,field,procedure,received_at,due_at,finished_at,outcome,"
	    "phone,consent,reason\r\n"
	    "H11-240102-0302,Nowhere,dat-dai,,2024-01-02,,2024-01-08,granted,"
	    "+84912345678,1,\"unit: no such unit: \"\"Nowhere\"\"\"\r\n"
	    "H11-240102-0303,22969,dat-dai,,2024-01-02,,2024-01-08,granted,,,"
	    "\"code: stands once more further down (H11-240102-0303), with "
	    "other words\"\r\n"
	    "H11-240102-0303,22969,dat-dai,,2024-01-02,,2024-01-09,granted,,,"
	    "\"code: the same as on line 6 (H11-240102-0303), but other "
	    "words\"\r\n");
	/* mended: the unit's name, and which of the two is right */
	memcpy(strstr(rows.data, "Nowhere"), "  22969", 7);
	rows.size = (size_t)(strstr(rows.data, "H11-240102-0303,22969,dat-dai,,"
					       "2024-01-02,,2024-01-09") -
			     rows.data);
	f = fopen(path, "w");
	assert_int_equal(fwrite(rows.data, 1, rows.size, f), rows.size);
	fclose(f);
	assert_int_equal(
	    rig_run(&rig, "", "import", "dossiers", path, NULL), 0);
	assert_null(strstr(rig.said, "left aside"));
	assert_int_equal(dossiers(NULL), before + 3);
	buf_finish(&rows);
	/* nothing good: nothing done */
	f = fopen(path, "w");
	fputs(HEAD "x,,,,,,,,,\n", f);
	fclose(f);
	assert_int_equal(
	    rig_run(&rig, "", "import", "dossiers", path, "--partial", NULL),
	    1);
	assert_int_equal(dossiers(NULL), before + 3);
}

/* A column that is not ours is named, and nothing of it is kept. */
static void
test_left_aside(void **state)
{
	(void)state;
	assert_int_equal(
	    import("code,unit,field,procedure,received_at,due_at,finished_at,"
		   "outcome,phone,consent,họ tên\n"
		   "H11-240102-0202,22969,dat-dai,,2/1/2024,,,,,,Nguyễn Văn A"
		   "\n"),
	    0);
	assert_non_null(strstr(rig.said, "left aside: \"họ tên\"\n"));
	assert_null(strstr(rig.said, "Nguyễn"));
}

/* Every bad row is named, and nothing of the file is taken. */
static void
test_refused_whole(void **state)
{
	long before = dossiers(NULL);

	(void)state;
	assert_int_equal(
	    import(HEAD
		"H11-240102-0101,22969,dat-dai,1.002425,2024-01-02,2024-01-09,"
		"2024-01-08,granted,0912345678,1\n"
		"H11-240102-0102,22969,bien,,2024-01-02,,,,,\n"
		"H11-240102-0103,22969,dat-dai\n"
		"\n"
		"H11-240102-0104,22969,dat-dai,,2024-01-02,,,,12345,\n"),
	    1);
	assert_non_null(
	    strstr(rig.said, "in.csv:3: field: no such field: \"bien\"\n"));
	assert_non_null(strstr(
	    rig.said, "in.csv:4: not as many cells as the header has\n"));
	assert_non_null(
	    strstr(rig.said, "in.csv:6: phone: not a telephone number\n"));
	assert_non_null(strstr(
	    rig.said, "3 of 4 rows are bad (above); nothing was imported"));
	assert_null(strstr(rig.said, "12345"));
	assert_int_equal(dossiers(NULL), before);
	assert_int_equal(import(""), 1);
	assert_non_null(strstr(rig.said, "empty"));
	assert_int_equal(import("code,unit\nx,y\n"), 1);
	assert_non_null(strstr(rig.said, "column \"field\" is missing"));
	assert_int_equal(
	    rig_run(&rig, "", "import", "dossiers", "/nowhere", NULL), 1);
	assert_int_equal(rig_run(&rig, "", "import", "answers", "x", NULL), 2);
}

static json_t *
announce(json_t *list)
{
	const struct reply *reply = device_ask(&rig, token, "/api/v1/dossiers",
	    json_pack("{s:o}", "dossiers", list));

	assert_status(reply, 200);
	return reply_json(reply);
}

static void
assert_result(json_t *reply, size_t i, const char *status, const char *error)
{
	json_t *one = json_array_get(json_object_get(reply, "results"), i);
	const char *said = json_string_value(json_object_get(one, "error"));

	assert_string_equal(
	    json_string_value(json_object_get(one, "status")), status);
	if (error != NULL)
		assert_string_equal(said, error);
	else
		assert_null(said);
}

static json_t *
received(const char *code)
{
	return json_pack("{s:s, s:s, s:s, s:s}", "code", code, "unit", "22975",
	    "field", "ho-tich", "received_at", "2024-02-01T08:00:00+07:00");
}

static void
test_interface(void **state)
{
	json_t *one, *reply;

	(void)state;
	reply = announce(json_pack("[o, o, s, {s:s, s:s}]",
	    received("h11-240201-0001"), received("nonsense"), "x", "code",
	    "H11-240201-0009", "colour", "red"));
	assert_result(reply, 0, "stored", NULL);
	assert_result(reply, 1, "invalid",
	    "code: not a dossier's code (H08.35-230411-0004): \"nonsense\"");
	assert_result(reply, 2, "invalid", "not an object");
	assert_result(reply, 3, "invalid", "unknown key \"colour\"");
	json_decref(reply);
	reply = announce(json_pack("[o]", received("H11-240201-0001")));
	assert_result(reply, 0, "duplicate", NULL);
	json_decref(reply);
	assert_int_equal(dossiers("22975"), -1);
	one = received("H11-240201-0001");
	json_object_set_new(one, "finished_at", json_string("2024-02-05"));
	json_object_set_new(one, "outcome", json_string("returned"));
	json_object_set_new(one, "consent", json_true());
	json_object_set_new(one, "phone", json_string("0912 345 678"));
	reply = announce(json_pack("[o]", one));
	assert_result(reply, 0, "updated", NULL);
	json_decref(reply);
	assert_int_equal(dossiers("22975"), 1);
	/* a deed for what was announced, none for what was sent again */
	assert_string_equal(
	    rig_sql(&rig, "SELECT group_concat(after, ' ') FROM (SELECT after "
			  "FROM audit WHERE act = 'dossier.announce' AND place "
			  "= 'api' AND object LIKE 'import-%' ORDER BY id)"),
	    "{\"new\":1,\"changed\":0,\"same\":0,\"bad\":3} "
	    "{\"new\":0,\"changed\":1,\"same\":0,\"bad\":0}");
}

static void
test_who_may(void **state)
{
	char *kiosk = rig_device(&rig, "kiosk", "LH1");

	(void)state;
	assert_problem(device_ask(&rig, kiosk, "/api/v1/dossiers",
			   json_pack("{s:[o]}", "dossiers", received("x"))),
	    403, "forbidden");
	assert_problem(device_ask(&rig, "wrong", "/api/v1/dossiers",
			   json_pack("{s:[o]}", "dossiers", received("x"))),
	    401, "unauthorized");
	assert_problem(device_ask(&rig, token, "/api/v1/dossiers",
			   json_pack("{s:[]}", "dossiers")),
	    400, "bad_shape");
	free(kiosk);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_import),
	    cmocka_unit_test(test_twice_in_a_file),
	    cmocka_unit_test(test_partial),
	    cmocka_unit_test(test_left_aside),
	    cmocka_unit_test(test_refused_whole),
	    cmocka_unit_test(test_interface),
	    cmocka_unit_test(test_who_may),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
