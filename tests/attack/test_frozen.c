/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A PostgreSQL that stands still (SIGSTOP for all of it), and a network that
 * swallows what is sent: whoever asks the collector is answered while it lasts,
 * with 503 where the database is needed; when it is over the collector goes on
 * by itself; no acknowledged answer is missing or counted twice. On the former
 * collector the first question of this test waited until the server went on.
 *
 * How long it lasts is decided by the questions: it ends when all of them have
 * been answered. HAILONG_FROZEN=N has it last N seconds more.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "tests/kit/clients.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "shared/clock.h"
#include "tests/attack/swallower.h"
#include "tests/db/postgres_server.h"
#include "tests/kit/people.h"

#define FORM    "Content-Type: application/x-www-form-urlencoded\r\n"
#define CLIENTS 4

static struct postgres_server server;
static struct swallower *way; /* to the server; NULL: there is none between */
static struct rig rig;
static char *kiosk, *import;
static struct person person;
static struct clients *clients;

enum asker { ANYBODY, KIOSK, IMPORT, PERSON };

/* What is asked while it lasts, and what must be said. */
static const struct question {
	const char *method, *path, *body;
	enum asker who;
	int status;
} questions[] = {
    {"GET", "/healthz", NULL, ANYBODY, 503},
    {"GET", "/metrics", NULL, ANYBODY, 200},
    {"GET", "/login", NULL, ANYBODY, 200},
    {"GET", "/", NULL, ANYBODY, 200},
    {"GET", "/static/style.css", NULL, ANYBODY, 200},
    {"GET", "/f/LH1?id=01938f5e-7c1a-7f00-9a51-3f0d3c1f8b50", NULL, ANYBODY,
	200},
    {"POST", "/f/LH1?id=01938f5e-7c1a-7f00-9a51-3f0d3c1f8b50",
	"id=01938f5e-7c1a-7f00-9a51-3f0d3c1f8b50&overall=4&comment=t%E1%BB%91t",
	ANYBODY, 503},
    {"POST", "/login", "login=lan&" PASSWORD_FORM, ANYBODY, 503},
    {"POST", "/login/code", "login=lan&code=123456", ANYBODY, 422},
    {"GET", "/staff/", NULL, PERSON, 503},
    {"GET", "/staff/comments", NULL, PERSON, 503},
    {"GET", "/staff/account", NULL, PERSON, 503},
    {"GET", "/api/v1/kiosk", NULL, KIOSK, 503},
    {"POST", "/api/v1/kiosk/heartbeat", "{\"version\":\"1\",\"waiting\":0}",
	KIOSK, 503},
    {"POST", "/api/v1/answers", "", IMPORT, 503},
    {"GET", "/healthz", NULL, ANYBODY, 503},
};

#define QUESTIONS (sizeof(questions) / sizeof(questions[0]))

static long
seconds_asked_for(void)
{
	const char *text = getenv("HAILONG_FROZEN");

	return text == NULL ? 0 : strtol(text, NULL, 10);
}

static void
freeze(void)
{
	if (way == NULL)
		postgres_server_freeze(&server);
	else
		swallower_hold(way, true);
}

static void
thaw(void)
{
	if (way == NULL)
		postgres_server_thaw(&server);
	else
		swallower_hold(way, false);
}

static const struct reply *
put_question(const struct question *q)
{
	char headers[600] = "", *body = NULL;
	const struct reply *reply;
	json_t *json;

	if (q->who == PERSON)
		snprintf(headers, sizeof(headers), "%s", person.headers);
	else if (q->who != ANYBODY)
		snprintf(headers, sizeof(headers),
		    "Authorization: Bearer %s\r\n",
		    q->who == KIOSK ? kiosk : import);
	if (q->body != NULL)
		strcat(headers, q->who == ANYBODY
				    ? FORM
				    : "Content-Type: application/json\r\n");
	if (q->who == IMPORT) {
		json = json_pack("{s:[o]}", "answers", new_answer(""));
		body = json_dumps(json, JSON_COMPACT);
		json_decref(json);
	}
	reply = ask(&rig, q->method, q->path, headers,
	    body != NULL ? body : q->body,
	    body != NULL      ? strlen(body)
	    : q->body != NULL ? strlen(q->body)
			      : 0);
	free(body);
	return reply;
}

/* All of them, one after the other; told: the longest of each. */
static void
put_all(int64_t longest[QUESTIONS])
{
	for (size_t i = 0; i < QUESTIONS; i++) {
		const struct question *q = &questions[i];
		int64_t began = clock_mono(), took;
		const struct reply *reply = put_question(q);

		took = clock_mono() - began;
		longest[i] = took > longest[i] ? took : longest[i];
		if (reply->status != q->status)
			fail_msg("%s %s: %d and not %d", q->method, q->path,
			    reply->status, q->status);
		if (q->status == 503 && strcmp(q->path, "/healthz") != 0 &&
		    strstr(reply->head, "Retry-After") == NULL)
			fail_msg("%s %s does not say when to come again",
			    q->method, q->path);
	}
}

static void
wait_until_it_goes_on(void)
{
	for (int i = 0; i < RIG_PATIENCE * 20; i++) {
		if (get(&rig, "/healthz")->status == 200 &&
		    person_get(&rig, &person, "/staff/")->status == 200)
			return;
		usleep(50000);
	}
	fail_msg("it is over, and the collector does not go on");
}

static void
begin(bool between)
{
	assert_true(postgres_server_start(&server));
	assert_true(
	    postgres_server_sql(&server, "postgres", "CREATE DATABASE trial"));
	rig_make_postgres(&rig, &server, "trial");
	import = rig_device(&rig, "import", NULL);
	kiosk = rig_device(&rig, "kiosk", "LH1");
	person_add(&rig, "lan", "manager", NULL);
	rig_serve(&rig);
	person = person_sign_in(&rig, "lan");
	assert_int_equal(rig_stop(&rig), 0);
	way = between ? swallower_start(server.folder) : NULL;
	if (way != NULL)
		snprintf(rig.url, sizeof(rig.url),
		    "postgresql://hailong@/trial?host=%s",
		    swallower_folder(way));
	rig_config(&rig, NULL, "patience = 1\n");
	rig_serve(&rig);
	clients = clients_start(&rig, import, CLIENTS, 20);
}

static void
end(void)
{
	clients_wait(clients, 50);
	clients_stop(clients);
	clients_judge(clients, &rig, true);
	clients_free(clients);
	rig_remove(&rig);
	swallower_stop(way);
	postgres_server_stop(&server);
	free(import);
	free(kiosk);
}

static void
stand_still(const char *what)
{
	int64_t longest[QUESTIONS] = {0}, until;
	size_t with;

	for (int round = 0; round < 2; round++) {
		clients_wait(clients, 50);
		freeze();
		until = clock_mono() + seconds_asked_for() * 1000;
		do
			put_all(longest);
		while (clock_mono() < until);
		thaw();
		wait_until_it_goes_on();
		clients_wait(clients, 50);
		clients_judge(clients, &rig, false);
	}
	for (size_t i = 0; i < QUESTIONS; i++)
		printf("%s: %-4s %-26.26s %lld ms at most\n", what,
		    questions[i].method, questions[i].path,
		    (long long)longest[i]);
	printf("%s: %zu refused meanwhile, %zu acknowledged\n", what,
	    clients_refused(clients, &with), clients_acknowledged(clients));
}

static void
test_server_stands_still(void **state)
{
	(void)state;
	begin(false);
	stand_still("server");
	end();
}

static void
test_network_swallows(void **state)
{
	(void)state;
	begin(true);
	stand_still("network");
	end();
}

/* SIGTERM while it stands still: the collector ends, and well. */
static void
test_stopped_meanwhile(void **state)
{
	(void)state;
	begin(false);
	clients_wait(clients, 50);
	freeze();
	assert_int_equal(rig_stop(&rig), 0);
	clients_stop(clients);
	thaw();
	rig_serve(&rig);
	clients_judge(clients, &rig, true);
	clients_free(clients);
	rig_remove(&rig);
	postgres_server_stop(&server);
	free(import);
	free(kiosk);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_server_stands_still),
	    cmocka_unit_test(test_network_swallows),
	    cmocka_unit_test(test_stopped_meanwhile),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
