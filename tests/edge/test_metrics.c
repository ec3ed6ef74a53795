/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * /metrics counts what was done, promtool finds nothing to say against its
 * form, and nothing in it is of a person. /healthz says why.
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
#include <sys/mount.h>
#include <sys/wait.h>
#include <sched.h>
#include <unistd.h>

static int
setup(void **state)
{
	struct rig *rig = calloc(1, sizeof(*rig));

	rig_make(rig, "");
	*state = rig;
	return 0;
}

static int
teardown(void **state)
{
	rig_remove(*state);
	free(*state);
	return 0;
}

/* The value of a series, named with its labels; -1: it is not there. */
static double
metric(const struct rig *rig, const char *series)
{
	const struct reply *reply = get(rig, "/metrics");
	size_t n = strlen(series);

	assert_status(reply, 200);
	for (const char *line = reply->body; line != NULL && *line != '\0';) {
		if (strncmp(line, series, n) == 0 && line[n] == ' ')
			return strtod(line + n, NULL);
		line = strchr(line, '\n');
		line = line == NULL ? NULL : line + 1;
	}
	return -1;
}

static void
assert_metric(const struct rig *rig, const char *series, double value)
{
	double found = metric(rig, series);

	if (found != value)
		fail_msg("%s is %g instead of %g", series, found, value);
}

/* ----------------------------------------------------------------- answers */

/* Stored, repeated, with other content, and nonsense. */
static void
send_answers(const struct rig *rig, const char *token)
{
	json_t *list = json_array(), *one = new_answer("");
	json_t *other = json_deep_copy(one);

	json_object_set_new(
	    json_object_get(other, "scores"), "overall", json_integer(1));
	json_array_append(list, one);
	json_array_append(list, one);
	json_array_append_new(list, one);
	json_array_append_new(list, other);
	json_array_append_new(list, new_answer("{\"lang\": 7}"));
	json_decref(post_answers(rig, token, list));
}

static void
send_messages(const struct rig *rig, const char *token)
{
	json_t *json =
	    json_pack("{s:[{s:s,s:s,s:s,s:s},{s:s,s:s,s:s,s:s},{s:s}]}",
		"messages", "id", "01938f5e-b000-7000-8000-000000000001",
		"from", "+84987654321", "text", "LH1 5, toi ten la Nguyen",
		"received_at", time_from_now(0), "id",
		"01938f5e-b000-7000-8000-000000000002", "from", "+84987654321",
		"text", "TG", "received_at", time_from_now(0), "id", "none");

	assert_status(
	    device_ask(rig, token, "/api/v1/sms/messages", json), 200);
}

static void
test_answers(void **state)
{
	static const struct {
		const char *series;
		double value;
	} cases[] = {
	    {"hailong_answers_total{channel=\"kiosk\",result=\"stored\"}", 1},
	    {"hailong_answers_total{channel=\"kiosk\",result=\"duplicate\"}",
		2},
	    {"hailong_answers_total{channel=\"kiosk\",result=\"conflict\"}", 1},
	    {"hailong_answers_total{channel=\"kiosk\",result=\"invalid\"}", 1},
	    {"hailong_answers_total{channel=\"api\",result=\"duplicate\"}", 0},
	    {"hailong_answers_total{channel=\"web\",result=\"stored\"}", 1},
	    {"hailong_answers_total{channel=\"web\",result=\"invalid\"}", 1},
	    {"hailong_answers_total{channel=\"sms\",result=\"stored\"}", 1},
	    {"hailong_sms_messages_total{result=\"stored\"}", 2},
	    {"hailong_sms_messages_total{result=\"invalid\"}", 1},
	    {"hailong_commit_duration_seconds_count", 3},
	    {"hailong_commit_duration_seconds_bucket{le=\"+Inf\"}", 3},
	    {"hailong_batch_jobs_sum", 3},
	    {"hailong_batch_jobs_bucket{le=\"1\"}", 3},
	    {"hailong_queue_jobs", 0},
	    {"hailong_queue_jobs_limit", 4096},
	    {"hailong_line_jobs", 0},
	    {"hailong_line_jobs_limit", 4096},
	    {"hailong_line_late_total", 0},
	    {"hailong_jobs_failed_total", 0},
	    {"hailong_healthy", 1},
	    {"hailong_http_connections", 1},
	    {"hailong_http_responses_total{class=\"4xx\"}", 2},
	    {"hailong_http_responses_total{class=\"5xx\"}", 0},
	    {"hailong_build_info{version=\"" HAILONG_VERSION
	     "\",engine=\"sqlite\"}",
		1},
	};
	struct rig *rig = *state;
	char *kiosk = rig_device(rig, "kiosk", "LH1");
	char *sms = rig_device(rig, "sms", NULL);

	rig_serve(rig);
	send_answers(rig, kiosk);
	assert_status(rig_post(rig, "/f/LH1", "overall=5"), 200);
	assert_status(rig_post(rig, "/f/LH1", "overall=9"), 422);
	send_messages(rig, sms);
	assert_status(get(rig, "/nowhere"), 404);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		assert_metric(rig, cases[i].series, cases[i].value);
	assert_true(metric(rig, "hailong_database_size_bytes") > 100000);
	assert_true(metric(rig, "hailong_disk_free_bytes") > 0);
	assert_true(metric(rig, "process_start_time_seconds") > 1.7e9);
	free(kiosk);
	free(sms);
}

/* -------------------------------------------------------------------- form */

static void
test_promtool(void **state)
{
	struct rig *rig = *state;
	char command[256];
	FILE *promtool;

	if (system("command -v promtool >/dev/null") != 0) {
		print_message("promtool (package prometheus) is missing\n");
		skip();
	}
	rig_serve(rig);
	assert_status(rig_post(rig, "/f/LH1", "overall=5"), 200);
	snprintf(command, sizeof(command),
	    "out=$(promtool check metrics 2>&1) && [ -z \"$out\" ] || "
	    "{ echo \"$out\"; exit 1; }");
	promtool = popen(command, "w");
	assert_non_null(promtool);
	assert_status(get(rig, "/metrics"), 200);
	fputs(get(rig, "/metrics")->body, promtool);
	assert_int_equal(pclose(promtool), 0);
}

/* Whoever sees the figures learns of no number, name, comment or desk. */
static void
test_nothing_personal(void **state)
{
	static const char *const secrets[] = {
	    "987654321", "Nguyen", "LH1", "127.0.0.1", "comment", "kiosk-"};
	struct rig *rig = *state;
	char *sms = rig_device(rig, "sms", NULL);
	const struct reply *reply;
	char *type;

	rig_serve(rig);
	send_messages(rig, sms);
	rig_post(rig, "/f/LH1", "overall=2&comment=toi+la+Nguyen");
	reply = get(rig, "/metrics");
	for (size_t i = 0; i < sizeof(secrets) / sizeof(secrets[0]); i++)
		if (strstr(reply->body, secrets[i]) != NULL)
			fail_msg("/metrics holds %s", secrets[i]);
	type = reply_header(reply, "Content-Type");
	assert_string_equal(type, "text/plain; version=0.0.4; charset=utf-8");
	free(type);
	free(sms);
}

/* ------------------------------------------------------------------ health */

static bool
write_file(const char *path, const char *text)
{
	FILE *f = fopen(path, "w");
	bool ok = f != NULL && fputs(text, f) >= 0;

	return f != NULL && fclose(f) == 0 && ok;
}

/* Root as far as our own mounts go, where the system lets users have that. */
static bool
become_root(void)
{
	char user[32], group[32];

	snprintf(user, sizeof(user), "0 %u 1", (unsigned)geteuid());
	snprintf(group, sizeof(group), "0 %u 1", (unsigned)getegid());
	return unshare(CLONE_NEWUSER | CLONE_NEWNS) == 0 &&
	       write_file("/proc/self/setgroups", "deny") &&
	       write_file("/proc/self/uid_map", user) &&
	       write_file("/proc/self/gid_map", group);
}

/* A file system of our own that is small; false where there can be none. */
static bool
small_disk(const char *folder)
{
	return (geteuid() == 0 ? unshare(CLONE_NEWNS) == 0 : become_root()) &&
	       mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) == 0 &&
	       mount("tmpfs", folder, "tmpfs", 0, "size=16m") == 0;
}

/* Last, because the process keeps its own view of the disks. */
static void
test_disk_nearly_full(void **state)
{
	struct rig rig = {0};
	char folder[] = "/tmp/hailong-small-XXXXXX";

	(void)state;
	assert_non_null(mkdtemp(folder));
	if (!small_disk(folder)) {
		rmdir(folder);
		print_message("no small disk can be mounted here\n");
		skip();
	}
	snprintf(rig.folder, sizeof(rig.folder), "%s", folder);
	snprintf(rig.config, sizeof(rig.config), "%s/server.ini", folder);
	snprintf(rig.url, sizeof(rig.url), "sqlite:%s/db", folder);
	rig_config(&rig, NULL, "");
	assert_int_equal(rig_run(&rig, "", "init", NULL), 0);
	rig_serve(&rig);
	assert_string_equal(get(&rig, "/healthz")->body,
	    "ok\nwarning: the database's disk is nearly full (less than 256 "
	    "MiB are free)\n");
	assert_true(metric(&rig, "hailong_disk_free_bytes") < 16 << 20);
	assert_int_equal(rig_stop(&rig), 0);
	umount2(folder, MNT_DETACH);
	rmdir(folder);
}

int
main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
	static const struct CMUnitTest tests[] = {
	    TEST(test_answers),
	    TEST(test_promtool),
	    TEST(test_nothing_personal),
	    cmocka_unit_test(test_disk_nearly_full),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
