/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * One-time tokens at the real collector: calls of the desk's software that make
 * a kiosk ask, links of dossiers, comments that are added to a kiosk's answer;
 * and that a dossier has one answer over all channels.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "tests/kit/rig.h"

#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define DOSSIER "H11.35-261102-0001"

static struct rig rig;
static char *kiosk, *import; /* the kiosk is of LH1 */

static int
setup(void **state)
{
	json_t *dossiers;

	(void)state;
	rig_make(&rig, "");
	kiosk = rig_device(&rig, "kiosk", "LH1");
	import = rig_device(&rig, "import", NULL);
	rig_serve(&rig);
	dossiers = json_pack("{s:[{s:s, s:s, s:s, s:s}, {s:s, s:s, s:s}]}",
	    "dossiers", "code", DOSSIER, "unit", "22972", "field", "xay-dung",
	    "received_at", "2026-11-02", "code", "H11.35-261102-0002", "unit",
	    "22972", "received_at", "2026-11-02");
	assert_status(
	    device_ask(&rig, import, "/api/v1/dossiers", dossiers), 200);
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	free(kiosk);
	free(import);
	rig_check(&rig);
	rig_remove(&rig);
	return 0;
}

/* -------------------------------------------------------------------- calls */

static const struct reply *
serve(const char *desk, const char *body)
{
	char path[100];

	snprintf(path, sizeof(path), "/api/v1/desks/%s/serve", desk);
	return device_ask(&rig, import, path, json_loads(body, 0, NULL));
}

/* The call that stands, its token into `token`; false when none does. */
static bool
call(long long after, char token[40], bool *knows_field)
{
	const struct reply *reply;
	char path[100];
	json_t *json;

	snprintf(path, sizeof(path), "/api/v1/kiosk/call?after=%lld", after);
	reply = device_ask(&rig, kiosk, path, NULL);
	if (reply->status != 200)
		return false;
	json = reply_json(reply);
	snprintf(
	    token, 40, "%s", json_string_value(json_object_get(json, "token")));
	*knows_field = json_is_true(json_object_get(json, "knows_field"));
	assert_in_range(
	    json_integer_value(json_object_get(json, "lasts_ms")), 1, 90000);
	json_decref(json);
	return true;
}

/* Gives an answer with that token; its status. */
static const char *
answer(const char *id, const char *token, int overall)
{
	static char status[20];
	json_t *results, *one = new_answer("");

	if (id)
		json_object_set_new(one, "id", json_string(id));
	json_object_set_new(one, "token", json_string(token));
	json_object_set_new(
	    one, "scores", json_pack("{s:i}", "overall", overall));
	if (id) /* what is sent twice is the same */
		json_object_set_new(
		    one, "answered_at", json_string(time_from_now(0)));
	results = post_answers(&rig, kiosk, json_pack("[o]", one));
	snprintf(status, sizeof(status), "%s", result(results, 0, "status"));
	json_decref(results);
	return status;
}

static const char *
row(const char *where)
{
	char sql[400];

	snprintf(sql, sizeof(sql),
	    "SELECT dossier || ' ' || unit || ' ' || field || ' ' || desk ||"
	    " ' ' || aside FROM answer WHERE %s",
	    where);
	return rig_sql(&rig, sql);
}

static void
test_call(void **state)
{
	char token[40], again[40];
	bool knows;

	(void)state;
	assert_status(
	    serve("LH1", "{\"dossier\":\"h11.35-261102-0001\"}"), 200);
	assert_true(call(-1, token, &knows));
	assert_int_equal(strlen(token), 22);
	assert_true(knows);
	assert_true(call(-1, again, &knows)); /* the same while it stands */
	assert_string_equal(token, again);
	assert_string_equal(answer(NULL, token, 5), "stored");
	assert_string_equal(row("scores = 'overall=5'"),
	    "H11352611020001 22972 xay-dung LH1 0");
	/* the dossier has its answer: nobody is called, nothing counts twice */
	assert_problem(serve("LH1", "{\"dossier\":\"" DOSSIER "\"}"), 409,
	    "already_rated");
	assert_string_equal(answer(NULL, token, 1), "stored");
	assert_string_equal(row("scores = 'overall=1'"),
	    "H11352611020001 22972 xay-dung LH1 1");
	assert_string_equal(
	    rig_sql(&rig, "SELECT reason FROM aside"), "dossier");
	rig_check(&rig);
}

/* A field that nobody told is taken from the call, else from the citizen. */
static void
test_call_of_a_ticket(void **state)
{
	char token[40];
	bool knows;

	(void)state;
	assert_status(serve("LH1", "{\"ticket\":\"A12\"}"), 200);
	assert_true(call(-1, token, &knows));
	assert_false(knows);
	assert_string_equal(answer(NULL, token, 4), "stored");
	assert_string_equal(row("scores = 'overall=4'"), " 22969  LH1 0");
	assert_status(
	    serve("LH1", "{\"ticket\":\"A13\",\"field\":\"ho-tich\"}"), 200);
	assert_true(call(1, token, &knows));
	assert_true(knows);
	answer(NULL, token, 3);
	assert_string_equal(
	    row("scores = 'overall=3'"), " 22969 ho-tich LH1 0");
	assert_string_equal(
	    rig_sql(&rig, "SELECT ticket FROM link ORDER BY created_at"),
	    "A12");
}

static void
test_calls_refused(void **state)
{
	static const struct {
		const char *desk, *body;
		int status;
	} table[] = {
	    {"XX9", "{\"ticket\":\"A1\"}", 404},
	    {"LH1", "{\"dossier\":\"H11.35-261102-0009\"}", 404},
	    {"LH1", "{\"dossier\":\"x\"}", 400},
	    {"LH1", "{\"dossier\":\"" DOSSIER "\",\"ticket\":\"A1\"}", 400},
	    {"LH1", "{}", 400},
	    {"LH1", "[]", 400},
	    {"LH1", "{\"ticket\":\"\"}", 400},
	    {"LH1", "{\"ticket\":\"A1\",\"field\":\"x\"}", 400},
	};
	const struct reply *reply;

	(void)state;
	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
		reply = serve(table[i].desk, table[i].body);
		if (reply->status != table[i].status)
			fail_msg(
			    "line %zu: %d %s", i, reply->status, reply->body);
	}
	/* a kiosk calls nobody, an importer waits for no call */
	assert_status(device_ask(&rig, kiosk, "/api/v1/desks/LH1/serve",
			  json_pack("{s:s}", "ticket", "A1")),
	    403);
	assert_status(
	    device_ask(&rig, import, "/api/v1/kiosk/call", NULL), 403);
}

/* A kiosk that stands at the collector: its request is sent, no reply yet. */
static int
stand(void)
{
	char request[300];
	int fd = rig_connect(&rig);

	assert_true(fd >= 0);
	snprintf(request, sizeof(request),
	    "GET /api/v1/kiosk/call?after=-1 HTTP/1.1\r\nHost: x\r\n"
	    "Authorization: Bearer %s\r\n\r\n",
	    kiosk);
	assert_true(rig_send(fd, request, strlen(request)));
	usleep(500000);
	return fd;
}

/* The first line is enough: a 204 has no length that could be waited for. */
static int
reply_status(int fd)
{
	char line[13] = "";
	size_t n = 0;
	ssize_t got;

	while (n < 12 && (got = read(fd, line + n, 12 - n)) > 0)
		n += (size_t)got;
	close(fd);
	assert_int_equal(n, 12);
	return atoi(line + 9);
}

static bool
has_reply(int fd)
{
	struct pollfd p = {fd, POLLIN, 0};

	return poll(&p, 1, 400) > 0;
}

/* The kiosk stands there, and hears the call when it comes. */
static void
test_waiting(void **state)
{
	int fd = stand();

	(void)state;
	assert_status(serve("TP1", "{\"ticket\":\"A1\"}"), 200);
	assert_false(has_reply(fd)); /* another desk's */
	assert_status(serve("LH1", "{\"ticket\":\"A2\"}"), 200);
	assert_int_equal(reply_status(fd), 200);
}

/* A collector that ends keeps nobody standing. */
static void
test_waiting_when_it_stops(void **state)
{
	int fd = stand();

	(void)state;
	assert_int_equal(rig_stop(&rig), 0);
	assert_int_equal(reply_status(fd), 204);
	rig_serve(&rig);
}

/* -------------------------------------------------------------------- links */

/* A new link's path, "/d/…". */
static char *
new_link(const char *dossier)
{
	const char *at;

	if (rig_run(&rig, "", "link", "--dossier", dossier, NULL) != 0)
		fail_msg("%s", rig.said);
	at = strstr(rig.said, "/d/");
	assert_non_null(at);
	return strndup(at, strcspn(at, "\n"));
}

static const struct reply *
fill_in(const char *path, const char *id, int overall)
{
	char body[200];

	snprintf(body, sizeof(body), "id=%s&lang=vi&overall=%d&comment=x", id,
	    overall);
	return rig_post(&rig, path, body);
}

#define ID_A "01938f5e-7c1a-7f00-9a51-3f0d3c1f8a11"
#define ID_B "01938f5e-7c1a-7f00-9a51-3f0d3c1f8a12"

static void
test_link(void **state)
{
	char *link = new_link(DOSSIER), *other = new_link(DOSSIER);
	const struct reply *reply = get(&rig, link);

	(void)state;
	assert_int_equal(strlen(link), 3 + 22);
	assert_status(reply, 200);
	assert_non_null(strstr(reply->body, "gắn với một hồ sơ"));
	assert_null(strstr(reply->body, DOSSIER));
	assert_null(strstr(reply->body, "<select")); /* the dossier tells */
	assert_status(fill_in(link, ID_A, 0), 422);
	reply = fill_in(link, ID_A, 4);
	assert_status(reply, 200);
	assert_non_null(strstr(reply->body, "class=\"receipt\""));
	/* the unit has a desk of its own */
	assert_string_equal(
	    row("channel = 'web'"), "H11352611020001 22972 xay-dung PRC1 0");
	/* pressed twice it is thanked for twice; a second answer is refused */
	assert_status(fill_in(link, ID_A, 4), 200);
	assert_status(fill_in(link, ID_B, 1), 410);
	assert_status(fill_in(other, ID_B, 1), 410);
	assert_status(get(&rig, link), 410);
	assert_status(get(&rig, other), 410);
	assert_string_equal(rig_sql(&rig, "SELECT count(*) FROM answer"), "1");
	assert_int_equal(
	    rig_run(&rig, "", "link", "--dossier", DOSSIER, NULL), 1);
	assert_non_null(strstr(rig.said, "has its answer already"));
	free(link);
	free(other);
}

/* A dossier is rated at its own unit's desk for its field, and not at all where
 * the unit has no desk: neither is a link made, nor does one serve any more. */
static void
test_whose_answer(void **state)
{
	char *link;

	(void)state;
	assert_status(
	    device_ask(&rig, import, "/api/v1/dossiers",
		json_pack("{s:[{s:s, s:s, s:s, s:s}, {s:s, s:s, s:s, s:s}]}",
		    "dossiers", "code", "H11.35-261102-0003", "unit", "595",
		    "field", "dat-dai", "received_at", "2026-11-02", "code",
		    "H11.35-261102-0004", "unit", "22969-2025", "field",
		    "dat-dai", "received_at", "2026-11-02")),
	    200);
	link = new_link("H11.35-261102-0003");
	assert_status(fill_in(link, ID_A, 4), 200);
	assert_string_equal(
	    row("channel = 'web'"), "H11352611020003 595 dat-dai TPD1 0");
	free(link);
	assert_int_equal(
	    rig_run(&rig, "", "link", "--dossier", "H11.35-261102-0004", NULL),
	    1);
	assert_non_null(strstr(rig.said,
	    "is of the unit 22969-2025, which has no desk that an answer "
	    "could be about; add one to the catalogue first"));
	assert_string_equal(rig_sql(&rig, "SELECT count(*) FROM link"), "1");
	/* as if the desk had gone since */
	assert_string_equal(
	    rig_sql(&rig, "UPDATE dossier SET unit = '22969-2025' "
			  "WHERE key = 'H11352611020001'"),
	    "");
	assert_int_equal(
	    rig_run(&rig, "", "link", "--dossier", DOSSIER, NULL), 1);
	assert_string_equal(rig_sql(&rig, "UPDATE dossier SET unit = '22972' "
					  "WHERE key = 'H11352611020001'"),
	    "");
	link = new_link(DOSSIER);
	assert_string_equal(
	    rig_sql(&rig, "UPDATE dossier SET unit = '22969-2025' "
			  "WHERE key = 'H11352611020001'"),
	    "");
	assert_status(get(&rig, link), 410);
	assert_status(fill_in(link, ID_B, 4), 410);
	free(link);
}

/* Used, expired, unknown: nobody learns which. */
static void
test_links_are_alike(void **state)
{
	char *link = new_link(DOSSIER), *unknown, *malformed;
	const struct reply *reply;

	(void)state;
	assert_string_equal(
	    rig_sql(&rig, "UPDATE link SET expires_at = 1"), "");
	reply = get(&rig, link);
	assert_status(reply, 410);
	malformed = strdup(reply->body);
	reply = get(&rig, "/d/0123456789abcdefghijkl");
	assert_status(reply, 410);
	unknown = strdup(reply->body);
	/* the address of the other language differs, the rest does not */
	assert_string_equal(
	    strstr(unknown, "<main"), strstr(malformed, "<main"));
	assert_status(get(&rig, "/d/x"), 410);
	assert_status(fill_in(link, ID_A, 5), 410);
	free(unknown);
	free(malformed);
	free(link);
}

/* First at the kiosk: the link serves no more; and the other way round. */
static void
test_one_answer_over_all(void **state)
{
	char *link = new_link("H11.35-261102-0002"), token[40];
	bool knows;

	(void)state;
	assert_status(
	    serve("LH1", "{\"dossier\":\"H11.35-261102-0002\"}"), 200);
	assert_true(call(-1, token, &knows));
	assert_status(fill_in(link, ID_A, 5), 200);
	assert_string_equal(answer(NULL, token, 1), "stored");
	assert_string_equal(
	    row("scores = 'overall=1'"), "H11352611020002 22972  LH1 1");
	free(link);
}

static void
test_link_command(void **state)
{
	static const char *const files[] = {"qr.svg", "qr.png", "qr.pdf"};
	static const char *const begin[] = {"<?xml", "\x89PNG", "%PDF"};
	char path[200], head[8];
	FILE *f;

	(void)state;
	for (int i = 0; i < 3; i++) {
		snprintf(path, sizeof(path), "%s/%s", rig.folder, files[i]);
		assert_int_equal(rig_run(&rig, "", "link", "--dossier", DOSSIER,
				     "-o", path, NULL),
		    0);
		f = fopen(path, "r");
		assert_non_null(f);
		assert_int_equal(fread(head, 1, 8, f), 8);
		fclose(f);
		assert_memory_equal(head, begin[i], strlen(begin[i]));
	}
	assert_int_equal(rig_run(&rig, "", "link", NULL), 2);
	assert_int_equal(rig_run(&rig, "", "link", "--dossier", DOSSIER, "-o",
			     "x.doc", NULL),
	    2);
	assert_int_equal(
	    rig_run(&rig, "", "link", "--dossier", "H11", NULL), 1);
	assert_int_equal(
	    rig_run(&rig, "", "link", "--dossier", "H11.35-261102-0077", NULL),
	    1);
	assert_string_equal(rig_sql(&rig, "SELECT count(*) FROM link"), "3");
}

/* ---------------------------------------------------------------- additions */

#define MORE "/f/LH1?more=abcdefghijklmnopqrstuv"

static const struct reply *
add(const char *token, const char *comment)
{
	char body[200];

	snprintf(
	    body, sizeof(body), "more=%s&lang=vi&comment=%s", token, comment);
	return rig_post(&rig, "/f/LH1", body);
}

/* Whichever comes first, the answer has its comment in the end. */
static void
test_addition(void **state)
{
	const char *first = "abcdefghijklmnopqrstuv",
		   *second = "abcdefghijklmnopqrstuw";

	(void)state;
	assert_string_equal(answer(NULL, first, 2), "stored");
	assert_status(get(&rig, MORE), 200);
	assert_status(add(first, "+"), 422);
	assert_status(add(first, "Ch%E1%BB%9D+l%C3%A2u"), 200);
	assert_status(add(first, "again"), 410);
	assert_status(get(&rig, MORE), 410);
	assert_string_equal(
	    rig_sql(&rig, "SELECT comment || ' ' || plain || ' ' || unit "
			  "FROM remark"),
	    "Chờ lâu cho lau 22969");
	assert_status(add(second, "h%E1%BA%BFt+gi%E1%BB%9D"), 200);
	assert_string_equal(rig_sql(&rig, "SELECT count(*) FROM remark"), "1");
	assert_string_equal(answer(NULL, second, 1), "stored");
	assert_string_equal(
	    rig_sql(&rig, "SELECT comment FROM remark r JOIN answer a ON "
			  "a.id = r.answer WHERE scores = 'overall=1'"),
	    "hết giờ");
	assert_string_equal(
	    rig_sql(&rig, "SELECT count(comment) FROM addition"), "0");
	assert_status(get(&rig, "/f/LH1?more=short"), 410);
	assert_status(get(&rig, "/f/XX9?more=abcdefghijklmnopqrstuv"), 404);
}

#define CASE(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    CASE(test_call),
	    CASE(test_call_of_a_ticket),
	    CASE(test_calls_refused),
	    CASE(test_waiting),
	    CASE(test_waiting_when_it_stops),
	    CASE(test_link),
	    CASE(test_whose_answer),
	    CASE(test_links_are_alike),
	    CASE(test_one_answer_over_all),
	    CASE(test_link_command),
	    CASE(test_addition),
	};

	return cmocka_run_group_tests_name("server_calls", tests, NULL, NULL);
}
