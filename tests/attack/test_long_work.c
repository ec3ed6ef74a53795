/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Pages that would take hours, here because another program locks the table
 * that they read: each is broken off, says so, and leaves its thread to the
 * next; and a collector that is told to end does, whatever is being asked.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "tests/kit/rig.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "tests/db/postgres_server.h"
#include "tests/kit/people.h"

static struct postgres_server server;
static struct rig rig;
static struct person person;
static char *viewer;
static pid_t holder;

/* What pages read cannot be read until release; who signed in can. */
static void
hold(void)
{
	holder = postgres_server_sql_begin(&server, "trial",
	    "BEGIN; LOCK TABLE answer, aside, case_work, device, dossier, "
	    "dossier_tally, remark, sms_in, tally, tally_month, work_step; "
	    "SELECT pg_sleep(36000)");
	while (strcmp(rig_sql(&rig, "SELECT count(*) FROM pg_stat_activity "
				    "WHERE wait_event = 'PgSleep'"),
		   "1") != 0)
		usleep(20000);
}

static void
release(void)
{
	assert_true(postgres_server_sql(&server, "trial",
	    "DO $$ BEGIN PERFORM pg_terminate_backend(pid) "
	    "FROM pg_stat_activity WHERE wait_event = 'PgSleep'; END $$"));
	postgres_server_sql_end(holder);
}

static int
begin(void **state)
{
	(void)state;
	assert_true(postgres_server_start(&server));
	assert_true(
	    postgres_server_sql(&server, "postgres", "CREATE DATABASE trial"));
	rig_make_postgres(&rig, &server, "trial");
	person_add(&rig, "lan", "manager", NULL);
	viewer = rig_device(&rig, "viewer", NULL);
	rig_serve(&rig);
	person = person_sign_in(&rig, "lan");
	assert_int_equal(rig_stop(&rig), 0);
	rig_config(&rig, NULL, "patience = 1\n");
	rig_serve(&rig);
	return 0;
}

static int
end(void **state)
{
	(void)state;
	rig_remove(&rig);
	postgres_server_stop(&server);
	free(viewer);
	return 0;
}

static const struct page {
	const char *path;
	bool api;
} pages[] = {
    {"/staff/", false},
    {"/staff/units/22972?lang=en", false},
    {"/staff/comments?q=l%C3%A2u", false},
    {"/staff/queue", false},
    {"/staff/cases", false},
    {"/staff/aside", false},
    {"/staff/messages", false},
    {"/api/v1/scores?period=2026-Q4", true},
};

#define PAGES (sizeof(pages) / sizeof(pages[0]))

static const struct reply *
open_page(const struct page *page)
{
	return page->api ? device_ask(&rig, viewer, page->path, NULL)
			 : person_get(&rig, &person, page->path);
}

static bool
was_broken_off(const struct reply *reply)
{
	return strstr(reply->body, "took too long") != NULL ||
	       strstr(reply->body, "mất quá nhiều thời gian") != NULL;
}

static void
expect_broken_off(const struct page *page, const struct reply *reply)
{
	if (reply->status != 503 || strstr(reply->head, "Retry-After") == NULL)
		fail_msg("%s: %s", page->path, reply->head);
	if (page->api)
		assert_problem(reply, 503, "too_long");
}

/* What one thread asked, and was told. */
struct asked {
	pthread_t thread;
	const struct page *page;
	struct reply reply; /* its own: the thread's is not asked again */
	bool last;          /* once only */
};

static void *
ask_beside(void *arg)
{
	struct asked *a = arg;

	/* with so little patience a slow machine is taken for trouble, too */
	do
		a->reply = *open_page(a->page);
	while (
	    a->reply.status == 503 && !was_broken_off(&a->reply) && !a->last);
	return NULL;
}

static void
ask_all(struct asked list[PAGES], bool once)
{
	for (size_t i = 0; i < PAGES; i++) {
		list[i].last = once;
		list[i].page = &pages[i];
		assert_int_equal(
		    pthread_create(&list[i].thread, NULL, ask_beside, &list[i]),
		    0);
	}
}

static void
hear_all(struct asked list[PAGES])
{
	for (size_t i = 0; i < PAGES; i++)
		pthread_join(list[i].thread, NULL);
}

static void
forget_all(struct asked list[PAGES])
{
	for (size_t i = 0; i < PAGES; i++)
		reply_finish(&list[i].reply);
}

/* More of them than there are readers. Meanwhile what needs none is answered;
 * afterwards they are all there. */
static void
test_broken_off(void **state)
{
	struct asked list[PAGES];

	(void)state;
	hold();
	ask_all(list, false);
	for (int i = 0; i < 20; i++) {
		assert_status(get(&rig, "/login"), 200);
		assert_status(get(&rig, "/f/LH1"), 200);
	}
	hear_all(list);
	for (size_t i = 0; i < PAGES; i++)
		expect_broken_off(&pages[i], &list[i].reply);
	forget_all(list);
	release();
	for (size_t i = 0; i < PAGES; i++) {
		const struct reply *reply;

		while ((reply = open_page(&pages[i]))->status == 503)
			usleep(20000);
		if (reply->status != 200)
			fail_msg("%s: %d", pages[i].path, reply->status);
	}
}

/* Told to end in the middle of them, it ends, with status 0, and those that
 * had asked are answered. */
static void
test_told_to_end(void **state)
{
	struct asked list[PAGES];

	(void)state;
	hold();
	ask_all(list, true);
	assert_status(get(&rig, "/login"), 200);
	assert_int_equal(rig_stop(&rig), 0);
	hear_all(list);
	forget_all(list);
	release();
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_broken_off),
	    cmocka_unit_test(test_told_to_end),
	};

	return cmocka_run_group_tests(tests, begin, end);
}
