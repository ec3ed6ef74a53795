/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Every route x everybody who might ask x own and foreign unit. The routes come
 * from the collector's own table, what is to happen from tests/data/routes.tsv,
 * which a person has written; neither may have a row that the other lacks.
 *
 * "test_matrix rows" compares only the rows; the build runs it.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "tests/kit/people.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "server/http/routes.h"

#define ROWS_MOST 200
#define FORM      "Content-Type: application/x-www-form-urlencoded\r\n"
#define HOME      "22969"

struct row {
	char *method, *path, *who, *own, *other;
};

static struct row rows[ROWS_MOST];
static size_t nrows;

static const char *
method_name(enum method method)
{
	return method == METHOD_POST ? "POST" : "GET";
}

/* ----------------------------------------------------------------- the rows */

/* Cuts the next column off; NULL: there is none. */
static char *
column(char **rest)
{
	char *start = *rest;

	if (start == NULL)
		return NULL;
	*rest = strchr(start, '\t');
	if (*rest != NULL)
		*(*rest)++ = '\0';
	return start;
}

static bool
read_rows(void)
{
	FILE *f = fopen(ROUTES_FILE, "r");
	char line[1000], *rest;

	if (f == NULL)
		return false;
	while (fgets(line, sizeof(line), f) != NULL) {
		line[strcspn(line, "\n")] = '\0';
		if (line[0] == '#' || line[0] == '\0')
			continue;
		if (nrows == ROWS_MOST)
			return false;
		rest = strdup(line);
		rows[nrows] = (struct row){column(&rest), column(&rest),
		    column(&rest), column(&rest), column(&rest)};
		if (rows[nrows++].other == NULL || rest != NULL) {
			fprintf(stderr, "%s: not five columns\n", line);
			return false;
		}
	}
	fclose(f);
	return true;
}

static const struct row *
row_of(const struct route *route)
{
	for (size_t i = 0; i < nrows; i++)
		if (strcmp(rows[i].path, route->path) == 0 &&
		    strcmp(rows[i].method, method_name(route->method)) == 0)
			return &rows[i];
	return NULL;
}

/* Says what is missing on either side; 0: nothing. */
static int
compare_rows(void)
{
	size_t nroutes = 0;
	int missing = 0;

	for (const struct route *r = routes; r->path != NULL; r++, nroutes++)
		if (row_of(r) == NULL) {
			fprintf(stderr,
			    "%s %s: who may use it? No row in routes.tsv\n",
			    method_name(r->method), r->path);
			missing++;
		}
	if (missing == 0 && nroutes != nrows) {
		fprintf(stderr, "routes.tsv: %zu rows for %zu routes\n", nrows,
		    nroutes);
		missing++;
	}
	return missing;
}

/* -------------------------------------------------------------- who asks */

struct asker {
	const char *name; /* as in the column "who" */
	bool local;       /* of the unit HOME only */
	char login[40];   /* a person's */
	char *headers;    /* what shows who it is */
	char csrf[64];
};

/* Two kiosks, one of HOME and one of another unit. */
static char kiosk_own[64], kiosk_other[64];

static struct asker askers[15];
static size_t naskers;
static struct rig rig;

/* A kiosk of this desk, and its id. */
static void
add_kiosk(const char *desk, char id[64])
{
	char sql[100];

	free(rig_device(&rig, "kiosk", desk));
	snprintf(
	    sql, sizeof(sql), "SELECT id FROM device WHERE desk = '%s'", desk);
	snprintf(id, 64, "%s", rig_sql(&rig, sql));
}

static void
add_device(const char *name, const char *kind, const char *desk)
{
	struct asker *a = &askers[naskers++];
	char *token = rig_device(&rig, kind, desk);

	a->name = name;
	assert_true(
	    asprintf(&a->headers, "Authorization: Bearer %s\r\n", token) > 0);
	free(token);
}

/* Signs in, under the name that add_asker gave it. */
static void
sign_in(struct asker *a)
{
	struct person p = person_sign_in(&rig, a->login);

	free(a->headers);
	a->headers = strdup(p.headers);
	snprintf(a->csrf, sizeof(a->csrf), "%s", p.csrf);
}

static void
add_asker(const char *role, bool local)
{
	struct asker *a = &askers[naskers++];

	a->name = role;
	a->local = local;
	snprintf(a->login, sizeof(a->login), "%s%s", role, local ? "-lh" : "");
	person_add(&rig, a->login, role, local ? HOME : NULL);
}

/* A proposal about answers of this unit, whose id ends in its code. */
static void
add_proposal(const char *unit)
{
	char text[400];

	snprintf(text, sizeof(text),
	    "INSERT INTO proposal (id, at, login, act, unit, reason, words, "
	    "answers, rest, since_at, state) VALUES "
	    "(x'01938f5e1000700080000000000%s', 1, 'nobody', 'aside', '%s', "
	    "'test', 'x', 1, 1, 1, 'proposed')",
	    unit, unit);
	rig_sql(&rig, text);
}

/* A message of a unit that waits for a person. */
static void
add_message(const char *unit)
{
	char sql[400];

	snprintf(sql, sizeof(sql),
	    "INSERT INTO sms_in (id, device, sender, text, partial, "
	    "received_at, digest, kind, unit, person) VALUES "
	    "(X'01938f5e000070008000%012d', '', X'01', '4/5', 0, 1, X'01', "
	    "'ambiguous', '%s', 1)",
	    atoi(unit), unit);
	rig_sql(&rig, sql);
}

/* Two cases, one of HOME and one of another unit. */
static char low_own[UUID_TEXT], low_other[UUID_TEXT];

static void
make_answers(void)
{
	char *token = rig_device(&rig, "import", NULL);
	json_t *own = new_answer("{\"desk\":\"LH1\",\"reasons\":[\"late\"],"
				 "\"scores\":{\"overall\":1}}");
	json_t *other = new_answer("{\"desk\":\"PRC1\",\"reasons\":[\"late\"],"
				   "\"scores\":{\"overall\":1}}");

	snprintf(low_own, sizeof(low_own), "%s",
	    json_string_value(json_object_get(own, "id")));
	snprintf(low_other, sizeof(low_other), "%s",
	    json_string_value(json_object_get(other, "id")));
	json_decref(post_answers(&rig, token, json_pack("[o, o]", own, other)));
	free(token);
}

static int
setup(void **state)
{
	static const char *const roles[] = {
	    "viewer", "manager", "caseworker", "admin", "auditor"};
	struct asker *nobody = &askers[naskers++];

	(void)state;
	rig_make(&rig, "");
	nobody->name = "nobody";
	nobody->headers = strdup("");
	add_kiosk("PRC1", kiosk_other);
	add_kiosk("LH1", kiosk_own);
	add_device("kiosk", "kiosk", "LH1");
	add_device("sms", "sms", NULL);
	add_device("import", "import", NULL);
	add_device("screen", "viewer", NULL);
	for (size_t i = 0; i < 10; i++)
		add_asker(roles[i / 2], i % 2 != 0);
	add_message(HOME);
	add_message("22972");
	add_proposal(HOME);
	add_proposal("22972");
	/* somebody of the other unit, for addresses of people */
	person_add(&rig, "stranger", "viewer", "22972");
	rig_serve(&rig);
	make_answers();
	for (size_t i = 5; i < naskers; i++)
		sign_in(&askers[i]);
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	rig_check(&rig);
	rig_remove(&rig);
	return 0;
}

/* ----------------------------------------------------------------- asking */

static bool
has_word(const char *words, const char *word)
{
	size_t length = strlen(word);

	for (; *words != '\0'; words += strcspn(words, " ")) {
		words += strspn(words, " ");
		if (strcspn(words, " ") == length &&
		    strncmp(words, word, length) == 0)
			return true;
	}
	return false;
}

static bool
is_person(const struct asker *a)
{
	return a->csrf[0] != '\0';
}

static bool
admitted(const struct row *row, const struct asker *a)
{
	char district[40];

	snprintf(district, sizeof(district), "district-%s", a->name);
	return strcmp(row->who, "anyone") == 0 || has_word(row->who, a->name) ||
	       (is_person(a) && has_word(row->who, "staff")) ||
	       (is_person(a) && !a->local && has_word(row->who, district));
}

/* Words in capitals are filled in. */
static void
fill_in(const char *address, char *out, size_t size)
{
	static const struct {
		const char *word, *value;
	} words[] = {{"LOW_OWN", low_own}, {"LOW_OTHER", low_other},
	    {"FRESH_ID", "01938f5e-7c1a-7f00-9a51-3f0d3c1f8a11"},
	    {"KIOSK_OWN", kiosk_own}, {"KIOSK_OTHER", kiosk_other}};
	size_t n = 0;

	while (*address != '\0' && n + UUID_TEXT < size) {
		bool found = false;

		for (size_t i = 0;
		     i < sizeof(words) / sizeof(words[0]) && !found; i++) {
			size_t length = strlen(words[i].word);

			if (strncmp(address, words[i].word, length) == 0) {
				n += (size_t)snprintf(
				    out + n, size - n, "%s", words[i].value);
				address += length;
				found = true;
			}
		}
		if (!found)
			out[n++] = *address++;
	}
	out[n] = '\0';
}

/* Asks for an address of the table: a path, or a path, a blank and a form. */
static const struct reply *
ask_as(const struct asker *a, const struct row *row, const char *written)
{
	char address[500], path[500], headers[500], form[600];
	size_t length;

	fill_in(written, address, sizeof(address));
	length = strcspn(address, " ");
	snprintf(path, sizeof(path), "%.*s", (int)length, address);
	if (strcmp(row->method, "GET") == 0)
		return ask(&rig, "GET", path, a->headers, NULL, 0);
	snprintf(headers, sizeof(headers), "%s" FORM, a->headers);
	snprintf(form, sizeof(form), "csrf=%s%s%s", a->csrf,
	    address[length] == '\0' ? "" : "&",
	    address[length] == '\0' ? "" : address + length + 1);
	return ask(&rig, "POST", path, headers, form, strlen(form));
}

static bool
to_login(const struct reply *reply)
{
	char *where = reply_header(reply, "Location");
	bool login = where != NULL && strncmp(where, "/login", 6) == 0;

	free(where);
	return reply->status == 303 && login;
}

/* What happens to those who may not: a page sends somebody who is not signed
 * in to the login, everything else is refused. */
static bool
refused(const struct asker *a, const struct row *row, const struct reply *reply)
{
	if (strcmp(a->name, "nobody") == 0 && strcmp(row->method, "GET") == 0 &&
	    strncmp(row->path, "/staff/", 7) == 0)
		return to_login(reply);
	if (is_person(a) && strncmp(row->path, "/staff/", 7) == 0)
		return reply->status == 403;
	return reply->status == 401 || reply->status == 403;
}

/* Let in: whatever it then says of an empty form. */
static bool
served(const struct row *row, const struct reply *reply)
{
	return reply->status >= 200 && reply->status < 500 &&
	       reply->status != 401 && reply->status != 403 &&
	       reply->status != 404 && reply->status != 405 &&
	       (!to_login(reply) || strcmp(row->path, "/logout") == 0 ||
		   strcmp(row->path, "/staff") == 0);
}

static int failures;

/* A foreign unit reads as one that does not exist: an unknown address, or in
 * the interface for programs an unknown word. */
static bool
unknown(const struct row *row, const struct reply *reply)
{
	return reply->status ==
	       (strncmp(row->path, "/api/", 5) == 0 ? 400 : 404);
}

static void
expect(bool right, const struct asker *a, const struct row *row,
    const char *address, const struct reply *reply)
{
	if (right)
		return;
	failures++;
	print_error("%s %s as %s%s: %d\n", row->method, address, a->name,
	    a->local ? " of " HOME : "", reply->status);
}

static void
try_row(struct asker *a, const struct row *row)
{
	bool may = admitted(row, a);
	const struct reply *reply = ask_as(a, row, row->own);

	expect(may ? served(row, reply) : refused(a, row, reply), a, row,
	    row->own, reply);
	if (may && strcmp(row->path, "/logout") == 0)
		sign_in(a);
	if (strcmp(row->other, "-") == 0)
		return;
	reply = ask_as(a, row, row->other);
	expect(!may       ? refused(a, row, reply)
	       : a->local ? unknown(row, reply)
			  : served(row, reply),
	    a, row, row->other, reply);
}

static void
test_matrix(void **state)
{
	size_t asked = 0;

	(void)state;
	failures = 0;
	for (size_t r = 0; r < nrows; r++)
		for (size_t i = 0; i < naskers; i++) {
			try_row(&askers[i], &rows[r]);
			asked += strcmp(rows[r].other, "-") == 0 ? 1 : 2;
		}
	print_message(
	    "%zu routes, %zu askers, %zu requests\n", nrows, naskers, asked);
	assert_int_equal(failures, 0);
}

/* A person's request without the session's csrf value changes nothing. */
static void
test_without_csrf(void **state)
{
	char headers[500];

	(void)state;
	failures = 0;
	for (size_t r = 0; r < nrows; r++) {
		const struct row *row = &rows[r];
		char *path = strndup(row->own, strcspn(row->own, " "));

		for (size_t i = 5; i < naskers; i++) {
			if (strcmp(row->method, "POST") != 0 ||
			    strcmp(row->who, "anyone") == 0 ||
			    strncmp(row->path, "/api/", 5) == 0)
				continue;
			snprintf(headers, sizeof(headers), "%s" FORM,
			    askers[i].headers);
			expect(ask(&rig, "POST", path, headers, "csrf=x", 6)
				       ->status == 403,
			    &askers[i], row, path,
			    ask(&rig, "POST", path, headers, "", 0));
		}
		free(path);
	}
	assert_int_equal(failures, 0);
}

int
main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_matrix),
	    cmocka_unit_test(test_without_csrf),
	};

	if (!read_rows()) {
		fprintf(stderr, "%s cannot be read\n", ROUTES_FILE);
		return 1;
	}
	if (argc > 1 && strcmp(argv[1], "rows") == 0)
		return compare_rows() != 0;
	return compare_rows() != 0 ||
	       cmocka_run_group_tests(tests, setup, teardown);
}
