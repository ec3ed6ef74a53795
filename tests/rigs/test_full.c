/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The real collector on a small file system that fills up, and on one that
 * turns read-only: nothing is acknowledged that is not stored, whoever is
 * refused is told when to come again, /healthz says why, and when the trouble
 * is over it goes on without a hand. In a mount namespace of its own; skipped
 * where mounting is not permitted.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "tests/kit/clients.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#define CLIENTS 4
#define BATCH   10

static char disk[80];

/* A rig whose database stands on a tmpfs of this size ("4m"). */
static void
make(struct rig *rig, const char *size)
{
	char options[40], path[100], there[100];

	rig_make(rig, "");
	snprintf(disk, sizeof(disk), "%s/disk", rig->folder);
	snprintf(options, sizeof(options), "size=%s", size);
	assert_int_equal(mkdir(disk, 0700), 0);
	assert_int_equal(mount("none", disk, "tmpfs", 0, options), 0);
	snprintf(path, sizeof(path), "%s/db", rig->folder);
	assert_int_equal(unlink(path), 0);
	snprintf(there, sizeof(there), "%s/db", disk);
	assert_int_equal(symlink(there, path), 0);
	assert_int_equal(rig_run(rig, "", "init", NULL), 0);
}

static void
take_away(struct rig *rig)
{
	if (rig->server > 0)
		assert_int_equal(rig_stop(rig), 0);
	assert_int_equal(umount2(disk, MNT_DETACH), 0);
	rig_remove(rig);
}

/* Leaves so many bytes free. */
static void
fill(size_t leave)
{
	static const char zeros[4096];
	char path[100];
	struct statvfs st;
	int fd;

	snprintf(path, sizeof(path), "%s/filler", disk);
	fd = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
	assert_true(fd >= 0);
	while (fstatvfs(fd, &st) == 0 && st.f_bavail * st.f_bsize > leave &&
	       write(fd, zeros, sizeof(zeros)) > 0)
		;
	close(fd);
}

static void
empty(void)
{
	char path[100];

	snprintf(path, sizeof(path), "%s/filler", disk);
	assert_int_equal(unlink(path), 0);
}

static void
wait_for_refusals(struct clients *clients, size_t more)
{
	size_t later, goal = clients_refused(clients, &later) + more;

	for (int i = 0; i < RIG_PATIENCE * 1000; i++) {
		if (clients_refused(clients, &later) >= goal)
			return;
		usleep(1000);
	}
	fail_msg("nobody is refused on a full disk");
}

/* Nobody writes meanwhile: it finds out by itself. */
static void
wait_for_health(const struct rig *rig)
{
	for (int i = 0; i < RIG_PATIENCE * 20; i++) {
		if (get(rig, "/healthz")->status == 200)
			return;
		usleep(50000);
	}
	fail_msg("it works again and does not say so");
}

static void
expect_trouble(const struct rig *rig)
{
	assert_status(get(rig, "/healthz"), 503);
	assert_non_null(
	    strstr(get(rig, "/healthz")->body, "the last write failed"));
}

/* Filled up at many points, freed again, killed while full. */
static void
test_full(void **state)
{
	static struct rig rig;
	size_t refused, later;
	struct clients *clients;
	char *token;

	(void)state;
	make(&rig, "96m"); /* a whole WAL takes 40 */
	token = rig_device(&rig, "import", NULL);
	rig_serve(&rig);
	clients = clients_start(&rig, token, CLIENTS, BATCH);
	for (size_t round = 0; round < 12; round++) {
		clients_wait(clients, 50);
		fill(round * round * 2500);
		wait_for_refusals(clients, 20);
		expect_trouble(&rig);
		if (round % 4 == 3) {
			rig_kill(&rig);
			empty();
			rig_serve(&rig);
		} else {
			empty();
		}
		clients_wait(clients, 50);
		clients_judge(clients, &rig, round % 4 == 0);
	}
	assert_status(get(&rig, "/healthz"), 200);
	clients_stop(clients);
	clients_judge(clients, &rig, true);
	refused = clients_refused(clients, &later);
	printf("full 12 times: %zu acknowledged, %s stored, %zu refused\n",
	    clients_acknowledged(clients),
	    rig_sql(&rig, "SELECT count(*) FROM answer"), refused);
	assert_int_equal(refused, later);
	clients_free(clients);
	free(token);
	take_away(&rig);
}

/* Lines of the collector's log that are errors. */
static int
errors_logged(const struct rig *rig)
{
	char path[100], line[1100];
	int n = 0;
	FILE *f;

	snprintf(path, sizeof(path), "%s/log", rig->folder);
	f = fopen(path, "r");
	assert_non_null(f);
	while (fgets(line, sizeof(line), f) != NULL)
		n += strstr(line, ": error: ") != NULL;
	fclose(f);
	return n;
}

static void
test_health_returns(void **state)
{
	static struct rig rig;
	const struct reply *reply;
	char *later;
	int i;

	(void)state;
	make(&rig, "4m");
	rig_serve(&rig);
	fill(0);
	/* what the WAL already has on the disk may still be used */
	for (i = 0; i < 1000; i++) {
		reply = rig_post(&rig, "/f/LH1", "overall=5");
		if (reply->status == 503)
			break;
		assert_status(reply, 200);
	}
	assert_status(reply, 503);
	later = reply_header(reply, "Retry-After");
	assert_non_null(later);
	free(later);
	expect_trouble(&rig);
	/* the same error again and again is counted, not written */
	for (i = 0; i < 2000; i++)
		rig_post(&rig, "/f/LH1", "overall=5");
	printf("%d errors in the log of a full disk\n", errors_logged(&rig));
	assert_true(errors_logged(&rig) <= 200); /* 2001 without */
	empty();
	wait_for_health(&rig);
	assert_status(rig_post(&rig, "/f/LH1", "overall=4"), 200);
	rig_check(&rig);
	take_away(&rig);
}

static void
test_starts_on_a_full_disk(void **state)
{
	static struct rig rig;
	struct clients *before, *after;
	char *token;

	(void)state;
	make(&rig, "4m");
	token = rig_device(&rig, "import", NULL);
	rig_serve(&rig);
	before = clients_start(&rig, token, CLIENTS, BATCH);
	clients_wait(before, 200);
	rig_kill(&rig);
	fill(0);
	clients_stop(before);
	rig_serve(&rig);
	after = clients_start(&rig, token, CLIENTS, BATCH);
	wait_for_refusals(after, 20);
	empty();
	clients_wait(after, 50);
	clients_stop(after);
	clients_judge(before, &rig, true);
	clients_judge(after, &rig, true);
	clients_free(before);
	clients_free(after);
	free(token);
	take_away(&rig);
}

/* --------------------------------------------------------------- read-only */

static void
remount(unsigned long flags)
{
	assert_int_equal(
	    mount("none", disk, "tmpfs", MS_REMOUNT | flags, NULL), 0);
}

static void
test_read_only(void **state)
{
	static struct rig rig;

	(void)state;
	make(&rig, "4m");
	rig_serve(&rig);
	assert_status(rig_post(&rig, "/f/LH1", "overall=5"), 200);
	rig_kill(&rig);
	remount(MS_RDONLY);
	assert_int_equal(rig_run(&rig, "", "serve", NULL), 1);
	assert_non_null(strstr(rig.said, "can only be read"));
	remount(0);
	rig_serve(&rig);
	assert_status(rig_post(&rig, "/f/LH1", "overall=5"), 200);
	assert_string_equal(rig_sql(&rig, "SELECT count(*) FROM answer"), "2");
	take_away(&rig);
}

static int
own_mounts(void **state)
{
	(void)state;
	if (unshare(CLONE_NEWNS) == 0 &&
	    mount("none", "/", NULL, MS_REC | MS_PRIVATE, NULL) == 0)
		return 0;
	printf(
	    "SKIPPED: mounting is not permitted here (%s)\n", strerror(errno));
	exit(0);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_full),
	    cmocka_unit_test(test_health_returns),
	    cmocka_unit_test(test_starts_on_a_full_disk),
	    cmocka_unit_test(test_read_only),
	};

	return cmocka_run_group_tests(tests, own_mounts, NULL);
}
