/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The door: how many of one login may wait, which browsers are known; and at
 * the real collector, that whoever floods one login keeps neither its owner,
 * who was here before, nor anybody else from signing in.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "server/http/login_queue.h"
#include "tests/kit/people.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "server/secret/token.h"

#define WORD     PASSWORD_FORM
#define FLOODERS 24

static void
test_lanes(void **state)
{
	static struct login_queue door;
	int lane = -1;

	(void)state;
	for (int i = 0; i < LOGIN_QUEUE_EACH; i++) {
		lane = login_queue_enter(&door, "lan", false);
		assert_true(lane >= 0);
	}
	assert_int_equal(login_queue_enter(&door, "lan", false), -1);
	/* others, and a known browser of the same login, are not concerned */
	assert_true(login_queue_enter(&door, "binh", false) >= 0);
	assert_true(login_queue_enter(&door, "lan", true) >= 0);
	login_queue_leave(&door, lane);
	assert_int_equal(login_queue_enter(&door, "lan", false), lane);
	assert_int_equal(login_queue_enter(&door, "lan", false), -1);
}

static void
test_many_logins(void **state)
{
	static struct login_queue door;
	char login[16];

	(void)state;
	for (int i = 0; i < LOGIN_QUEUE_LANES; i++) {
		snprintf(login, sizeof(login), "u%d", i);
		assert_true(login_queue_enter(&door, login, false) >= 0);
	}
	assert_int_equal(login_queue_enter(&door, "one more", false), -1);
	login_queue_leave(&door, 7);
	assert_int_equal(login_queue_enter(&door, "one more", false), 7);
}

static void
test_cookie(void **state)
{
	char key[TOKEN_TEXT], other[TOKEN_TEXT], bent[200];
	const uint64_t one = password_generation("one");
	const char *value;
	struct arena a;

	(void)state;
	arena_init(&a);
	token_new(key);
	token_new(other);
	value = login_queue_cookie(&a, key, "lan", one, 1000);
	assert_true(login_queue_knows(key, "lan", one, 1000, value));
	assert_false(login_queue_knows(key, "binh", one, 1000, value));
	assert_false(login_queue_knows(other, "lan", one, 1000, value));
	assert_false(login_queue_knows(NULL, "lan", one, 1000, value));
	assert_false(login_queue_knows(key, "lan", one, 1000, NULL));
	assert_false(login_queue_knows(key, "lan", one, 1000, ""));
	assert_false(login_queue_knows(key, "lan", one, 1000, "."));
	for (size_t i = 0; value[i] != '\0'; i++) {
		snprintf(bent, sizeof(bent), "%s", value);
		bent[i] = bent[i] == 'a' ? 'b' : 'a';
		assert_false(login_queue_knows(key, "lan", one, 1000, bent));
	}
	arena_finish(&a);
}

/* ----------------------------------------------------------- the collector */

static struct rig rig;
static atomic_bool flooding;
static atomic_int refused, wrong;

static int
setup(void **state)
{
	(void)state;
	rig_make(&rig, "");
	person_add(&rig, "lan", "viewer", NULL);
	person_add(&rig, "binh", "viewer", NULL);
	rig_serve(&rig);
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	rig_remove(&rig);
	return 0;
}

static void *
flood(void *unused)
{
	static const char request[] =
	    "POST /login HTTP/1.1\r\nHost: x\r\nContent-Length: 25\r\n"
	    "Content-Type: application/x-www-form-urlencoded\r\n\r\n"
	    "login=lan&password=not+it";
	struct reply reply = {0};
	int fd = rig_connect(&rig);

	(void)unused;
	while (atomic_load(&flooding)) {
		if (!rig_send(fd, request, sizeof(request) - 1) ||
		    !rig_read(fd, &reply))
			break;
		atomic_fetch_add(reply.status == 429 ? &refused : &wrong, 1);
		reply_finish(&reply);
	}
	close(fd);
	return NULL;
}

/* The cookie by which the door knows the browser. */
static char *
known_cookie(const struct reply *reply)
{
	const char *at = strstr(reply->head, "hailong_known=");
	char *header;

	assert_non_null(at);
	assert_true(asprintf(&header,
			"Cookie: %.*s\r\n"
			"Content-Type: application/x-www-form-urlencoded\r\n",
			(int)strcspn(at, ";"), at) > 0);
	return header;
}

static void
test_flood(void **state)
{
	pthread_t threads[FLOODERS];
	char *known = known_cookie(rig_post(&rig, "/login", "login=lan&" WORD));

	(void)state;
	atomic_store(&flooding, true);
	for (int i = 0; i < FLOODERS; i++)
		pthread_create(&threads[i], NULL, flood, NULL);
	while (atomic_load(&refused) == 0)
		assert_status(get(&rig, "/f/LH1"), 200);
	assert_status(ask(&rig, "POST", "/login", known, "login=lan&" WORD,
			  strlen("login=lan&" WORD)),
	    303);
	assert_status(rig_post(&rig, "/login", "login=binh&" WORD), 303);
	/* what is known opens nothing */
	assert_status(
	    ask(&rig, "POST", "/login", known, "login=lan&password=x", 20),
	    403);
	atomic_store(&flooding, false);
	for (int i = 0; i < FLOODERS; i++)
		pthread_join(threads[i], NULL);
	assert_true(atomic_load(&wrong) > 0);
	/* it is over: anybody of that login, from anywhere */
	assert_status(rig_post(&rig, "/login", "login=lan&" WORD), 303);
	free(known);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_lanes),
	    cmocka_unit_test(test_many_logins),
	    cmocka_unit_test(test_cookie),
	    cmocka_unit_test_setup_teardown(test_flood, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
