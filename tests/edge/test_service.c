/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The collector as a service: what it tells systemd, and when it does not;
 * SIGHUP and the settings it may and may not change. We are systemd: a socket
 * that is told.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "tests/kit/rig.h"

#include <poll.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>
#include "shared/clock.h"

#define BEAT_US "300000" /* of the watchdog: a beat each 150 ms */

struct service {
	struct rig rig;
	int told; /* the notification socket */
};

static int
setup(void **state)
{
	struct service *s = calloc(1, sizeof(*s));
	struct sockaddr_un address = {.sun_family = AF_UNIX};

	rig_make(&s->rig, "");
	s->told = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	snprintf(address.sun_path, sizeof(address.sun_path), "%s/notify",
	    s->rig.folder);
	assert_int_equal(bind(s->told, (void *)&address, sizeof(address)), 0);
	setenv("NOTIFY_SOCKET", address.sun_path, 1);
	*state = s;
	return 0;
}

static int
teardown(void **state)
{
	struct service *s = *state;

	unsetenv("NOTIFY_SOCKET");
	unsetenv("WATCHDOG_USEC");
	rig_remove(&s->rig);
	close(s->told);
	free(s);
	return 0;
}

/* The next message within so many ms, cut at its first line; "" for none. */
static const char *
next_message(struct service *s, int ms)
{
	static char text[256];
	struct pollfd fd = {s->told, POLLIN, 0};
	ssize_t n = 0;

	if (poll(&fd, 1, ms) > 0)
		n = recv(s->told, text, sizeof(text) - 1, 0);
	text[n < 0 ? 0 : n] = '\0';
	text[strcspn(text, "\n")] = '\0';
	return text;
}

static void
wait_for_message(struct service *s, const char *wanted)
{
	int64_t end = clock_mono() + RIG_PATIENCE * 1000LL;

	while (strcmp(next_message(s, 100), wanted) != 0)
		if (clock_mono() > end)
			fail_msg("never told: %s", wanted);
}

/* ----------------------------------------------------------------- systemd */

static void
test_ready_and_stopping(void **state)
{
	struct service *s = *state;

	rig_serve(&s->rig);
	assert_string_equal(next_message(s, RIG_PATIENCE * 1000), "READY=1");
	assert_string_equal(next_message(s, 500), ""); /* no watchdog asked */
	assert_int_equal(rig_stop(&s->rig), 0);
	assert_string_equal(next_message(s, 0), "STOPPING=1");
}

static sqlite3 *
lock_database(const struct rig *rig)
{
	char path[96];
	sqlite3 *db;

	snprintf(path, sizeof(path), "%s/db", rig->folder);
	assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
	sqlite3_busy_timeout(db, RIG_PATIENCE * 1000);
	assert_int_equal(
	    sqlite3_exec(db, "BEGIN IMMEDIATE", NULL, NULL, NULL), SQLITE_OK);
	return db;
}

static bool
silent(struct service *s, int ms)
{
	while (next_message(s, 0)[0] != '\0')
		continue;
	return next_message(s, ms)[0] == '\0';
}

/* It beats also when there is nothing to do. When the writer hangs, here on a
 * lock that another program holds, it is silent although the loop still
 * answers; it beats again when the writer is free. */
static void
test_watchdog(void **state)
{
	static const char request[] =
	    "POST /f/LH1 HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n"
	    "Content-Type: application/x-www-form-urlencoded\r\n\r\noverall=5";
	struct service *s = *state;
	struct reply reply = {0};
	sqlite3 *lock;
	int fd;

	setenv("WATCHDOG_USEC", BEAT_US, 1);
	rig_serve(&s->rig);
	for (int i = 0; i < 3; i++)
		wait_for_message(s, "WATCHDOG=1");
	lock = lock_database(&s->rig);
	fd = rig_connect(&s->rig);
	assert_true(rig_send(fd, request, sizeof(request) - 1));
	for (int i = 0; !silent(s, 1000); i++)
		assert_true(i < 10);
	assert_status(get(&s->rig, "/healthz"), 200);
	sqlite3_exec(lock, "ROLLBACK", NULL, NULL, NULL);
	sqlite3_close(lock);
	wait_for_message(s, "WATCHDOG=1");
	assert_true(rig_read(fd, &reply)); /* 200, or 503 if it gave up */
	reply_finish(&reply);
	close(fd);
}

/* ------------------------------------------------------------------ SIGHUP */

static void
reload(struct service *s, const char *more)
{
	char listen[128];

	strcpy(listen, s->rig.listen);
	rig_config(&s->rig, listen, more);
	kill(s->rig.server, SIGHUP);
	wait_for_message(s, "RELOADING=1");
	assert_string_equal(next_message(s, RIG_PATIENCE * 1000), "READY=1");
}

/* True when the log, so far, has this. */
static bool
logged(const struct service *s, const char *words)
{
	static char log[65536];
	char path[96];
	FILE *f;

	snprintf(path, sizeof(path), "%s/log", s->rig.folder);
	f = fopen(path, "r");
	assert_non_null(f);
	log[fread(log, 1, sizeof(log) - 1, f)] = '\0';
	fclose(f);
	return strstr(log, words) != NULL;
}

static void
assert_number(const struct service *s, const char *token, const char *number)
{
	json_t *json =
	    reply_json(device_ask(&s->rig, token, "/api/v1/kiosk", NULL));

	assert_string_equal(
	    json_string_value(json_object_get(json, "sms_number")), number);
	json_decref(json);
}

static void
test_reload(void **state)
{
	struct service *s = *state;
	char *token = rig_device(&s->rig, "kiosk", "LH1");

	rig_serve(&s->rig);
	assert_number(s, token, "0900000000");
	reload(s, "[sms]\nnumber = 0911111111\n");
	assert_number(s, token, "0911111111");
	assert_true(logged(s, "settings read anew"));

	/* a bad file changes nothing and says why */
	reload(s, "[sms]\nnumber = 0922222222\n[limits]\nconection = 3\n");
	assert_number(s, token, "0911111111");
	assert_true(logged(s, "[limits] conection: unknown key; the settings "
			      "stay as they were"));
	reload(s, "[sms]\nnumber = 0922222222\n[log]\nlevel = loud\n");
	assert_number(s, token, "0911111111");
	assert_true(logged(s, "[log] level: error, warning, info or debug"));

	/* what is only used at the start says so, the rest is taken over */
	reload(s, "[sms]\nnumber = 0933333333\n[limits]\nconnections = 9\n");
	assert_number(s, token, "0933333333");
	assert_true(logged(s, "[limits] connections: changed; takes effect "
			      "when the collector is started anew"));
	free(token);
}

static void
test_reload_level_and_deadlines(void **state)
{
	struct service *s = *state;
	struct pollfd idle;
	char byte;

	rig_serve(&s->rig);
	idle = (struct pollfd){rig_connect(&s->rig), POLLIN, 0};
	reload(s, "[log]\nlevel = warning\n[limits]\nconnection_seconds = 1\n");
	assert_false(logged(s, "settings read anew"));
	assert_int_equal(poll(&idle, 1, RIG_PATIENCE * 500), 1);
	assert_int_equal(recv(idle.fd, &byte, 1, 0), 0);
	close(idle.fd);
	assert_int_equal(rig_stop(&s->rig), 0);
	assert_false(logged(s, "stopping"));
}

int
main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
	static const struct CMUnitTest tests[] = {
	    TEST(test_ready_and_stopping),
	    TEST(test_watchdog),
	    TEST(test_reload),
	    TEST(test_reload_level_and_deadlines),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
