/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The whole chain with the real programs: hailong-sms (libGammu, supervisor,
 * worker, courier) on a pty against the modem simulator, and a collector over
 * HTTP. One gateway lives through all cases, since libGammu takes 3.4 s to open
 * a modem; each case leaves the chain at rest.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#include "tests/sms/collector.h"

#define PHONE      "+84912345678"
#define PATIENCE_S 60
#define PATH       200

static char folder[64], simulator[PATH], gateway[PATH];
static char link_path[PATH], control_path[PATH], config_path[PATH];
static pid_t simulator_pid, gateway_pid;

static void
write_file(const char *name, const char *text)
{
	char path[PATH];
	int fd;

	snprintf(path, sizeof(path), "%s/%s", folder, name);
	fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
	assert_true(fd >= 0);
	assert_int_equal(write(fd, text, strlen(text)), strlen(text));
	close(fd);
}

static pid_t
start(char *const argv[])
{
	pid_t pid = fork();

	if (pid == 0) {
		execv(argv[0], argv);
		_exit(127);
	}
	return pid;
}

/* Gives the simulator a command; returns what it said. */
static const char *
modem(const char *command)
{
	static char reply[20000];
	size_t n;
	int ends[2], status;
	pid_t pid;

	assert_int_equal(pipe(ends), 0);
	pid = fork();
	if (pid == 0) {
		dup2(ends[1], STDOUT_FILENO);
		execl(simulator, simulator, "--control", control_path, "--send",
		    command, (char *)NULL);
		_exit(127);
	}
	close(ends[1]);
	for (n = 0; n < sizeof(reply) - 1;) {
		ssize_t got = read(ends[0], reply + n, sizeof(reply) - 1 - n);

		if (got <= 0)
			break;
		n += (size_t)got;
	}
	reply[n] = '\0';
	close(ends[0]);
	waitpid(pid, &status, 0);
	return WIFEXITED(status) && WEXITSTATUS(status) == 0 ? reply : "";
}

/* Waits, patiently, until a condition holds. */
#define WAIT_FOR(condition)                                                    \
	do {                                                                   \
		int tries = PATIENCE_S * 10;                                   \
		while (!(condition) && tries-- > 0)                            \
			usleep(100000);                                        \
		assert_true(condition);                                        \
	} while (0)

static bool
modem_says(const char *command, const char *words)
{
	return strstr(modem(command), words) != NULL;
}

static int
times_sent(const char *text)
{
	const char *at = modem("sent");
	int n = 0;

	while ((at = strstr(at, text)) != NULL) {
		at += strlen(text);
		n++;
	}
	return n;
}

/* The parent of a process, and its name; 0 when it is gone. */
static pid_t
parent_of(const char *pid, char name[20])
{
	char path[64], line[200] = "";
	int parent = 0;
	FILE *f;

	snprintf(path, sizeof(path), "/proc/%.10s/stat", pid);
	f = fopen(path, "re");
	if (f == NULL)
		return 0;
	if (fgets(line, sizeof(line), f) == NULL ||
	    sscanf(line, "%*d (%19[^)]) %*c %d", name, &parent) != 2)
		parent = 0;
	fclose(f);
	return parent;
}

/* The process of the gateway's worker. */
static pid_t
worker_pid(void)
{
	DIR *proc = opendir("/proc");
	struct dirent *entry;
	pid_t found = 0;
	char name[20];

	while (found == 0 && (entry = readdir(proc)) != NULL) {
		if (parent_of(entry->d_name, name) == gateway_pid &&
		    strcmp(name, "modem gsm1") == 0)
			found = atoi(entry->d_name);
	}
	closedir(proc);
	return found;
}

static int
setup(void **state)
{
	const char *bin = getenv("HAILONG_BIN"), *url = collector_start();
	char text[1000];

	(void)state;
	strcpy(folder, "/tmp/hailong-chain-XXXXXX");
	if (bin == NULL || url == NULL || mkdtemp(folder) == NULL)
		return -1;
	snprintf(simulator, PATH, "%s/modem-simulator", bin);
	snprintf(gateway, PATH, "%s/hailong-sms", bin);
	snprintf(link_path, PATH, "%s/tty", folder);
	snprintf(control_path, PATH, "%s/control", folder);
	snprintf(config_path, PATH, "%s/sms.ini", folder);
	write_file("token", COLLECTOR_TOKEN "\n");
	write_file("pin", "1234\n");
	snprintf(text, sizeof(text),
	    "[collector]\nurl = %s/\ntoken_file = %s/token\n"
	    "[spool]\npath = %s/spool.db\n"
	    "[modem gsm1]\ndevice = %s\npin_file = %s/pin\n"
	    "answer_seconds = 4\n",
	    url, folder, folder, link_path, folder);
	write_file("sms.ini", text);
	simulator_pid = start((char *[]){simulator, "--link", link_path,
	    "--control", control_path, "--pin", "1234", "--slots", "5", NULL});
	gateway_pid = start((char *[]){gateway, "--config", config_path, NULL});
	return 0;
}

static int
teardown(void **state)
{
	static const char *const files[] = {"token", "pin", "sms.ini",
	    "spool.db", "spool.db-wal", "spool.db-shm", "spool.db.lock"};
	char path[PATH];
	int status = 0;

	(void)state;
	kill(gateway_pid, SIGTERM);
	waitpid(gateway_pid, &status, 0);
	kill(simulator_pid, SIGTERM);
	waitpid(simulator_pid, NULL, 0);
	collector_stop();
	for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
		snprintf(path, sizeof(path), "%s/%s", folder, files[i]);
		unlink(path);
	}
	/* asked to end, it ends well, and nothing is left lying about */
	return !WIFEXITED(status) || WEXITSTATUS(status) != 0 ||
	       rmdir(folder) != 0;
}

/* Waits until nothing lies in the modem and each of these came once. */
static void
came_once(const char *text)
{
	WAIT_FOR(collector_count(text) > 0);
	WAIT_FOR(modem_says("status", "used 0\n"));
	assert_int_equal(collector_count(text), 1);
}

static void
test_receive_and_reply(void **state)
{
	static const char viet[] =
	    "Rất hài lòng 😍, cảm ơn các cô chú ở bộ phận một cửa đã giúp "
	    "tôi làm xong hồ sơ đất đai rất nhanh, sẽ kể cho mọi người";
	char command[400];
	const char *id;

	(void)state;
	WAIT_FOR(modem_says("status", "plugged 1"));
	modem("receive " PHONE " LH1 5 cam on @$_{}");
	came_once("LH1 5 cam on @$_{}");
	assert_true(collector_has(PHONE, "LH1 5 cam on @$_{}"));
	assert_true(modem_says("status", "pin_wrong 0\n"));
	id = collector_queue(PHONE, "Cam on Ong/Ba. Da ghi nhan: 5 @$_[]");
	WAIT_FOR(strcmp(collector_report(id), "sent") == 0);
	assert_true(modem_says("sent",
	    PHONE "\t1/1\tgsm7\tCam on Ong/Ba. Da ghi nhan: 5 @$_[]\n"));
	snprintf(
	    command, sizeof(command), "receive --reverse " PHONE " %s", viet);
	modem(command);
	modem("receive VIETTEL khuyen mai 5");
	modem("receive 191 so du 5");
	came_once(viet);
	assert_int_equal(collector_count("khuyen mai 5"), 0);
	assert_int_equal(collector_count("so du 5"), 0);
	id = collector_queue(PHONE, "Cảm ơn Ông/Bà");
	WAIT_FOR(strcmp(collector_report(id), "sent") == 0);
	assert_true(modem_says("sent", "ucs2\tCảm ơn Ông/Bà\n"));
}

static void
test_more_than_the_sim_holds(void **state)
{
	char command[80];

	(void)state;
	collector_answer(503); /* they wait in the spool meanwhile */
	for (int i = 0; i < 12; i++) {
		snprintf(command, sizeof(command),
		    "receive " PHONE " 4 lan thu %d", i);
		modem(command);
	}
	WAIT_FOR(modem_says("status", "used 0\nwaiting 0\n"));
	assert_int_equal(collector_count("4 lan thu 0"), 0);
	collector_answer(200);
	for (int i = 0; i < 12; i++) {
		snprintf(command, sizeof(command), "4 lan thu %d", i);
		came_once(command);
	}
}

static void
test_deletion_refused(void **state)
{
	(void)state;
	modem("fault refuse CMGD 2 500");
	modem("receive " PHONE " 3 xoa khong duoc");
	came_once("3 xoa khong duoc");
}

static void
test_killed_before_deletion(void **state)
{
	pid_t pid;

	(void)state;
	modem("fault silent CMGD");
	modem("receive " PHONE " 2 cham");
	WAIT_FOR(collector_count("2 cham") == 1);
	assert_false(modem_says("status", "used 0\n"));
	pid = worker_pid();
	assert_true(pid > 0);
	assert_int_equal(kill(pid, SIGKILL), 0);
	came_once("2 cham");
	assert_true(worker_pid() != pid);
}

static void
test_refused_by_network(void **state)
{
	const char *id;

	(void)state;
	modem("fault refuse PDU 1 21");
	id = collector_queue(PHONE, "Bi tu choi");
	WAIT_FOR(strcmp(collector_report(id), "failed 21") == 0);
	assert_int_equal(times_sent("Bi tu choi"), 0);
}

static void
test_answer_lost(void **state)
{
	const char *id, *next;

	(void)state;
	modem("fault deaf PDU");
	id = collector_queue(PHONE, "Khong ro ket qua");
	WAIT_FOR(strcmp(collector_report(id), "unknown") == 0);
	/* the next one goes, after a fresh start; this one never again */
	next = collector_queue(PHONE, "Tin tiep theo");
	WAIT_FOR(strcmp(collector_report(next), "sent") == 0);
	assert_int_equal(times_sent("Khong ro ket qua"), 1);
	assert_int_equal(times_sent("Tin tiep theo"), 1);
}

static void
test_unplugged(void **state)
{
	pid_t before = worker_pid();

	(void)state;
	modem("unplug");
	modem("receive " PHONE " 5 trong luc rut day");
	WAIT_FOR(worker_pid() != before);
	modem("plug");
	came_once("5 trong luc rut day");
}

static void
test_poison(void **state)
{
	(void)state;
	modem("poison");
	modem("receive " PHONE " 4 sau tin doc");
	came_once("4 sau tin doc");
}

static void
test_second_refuses(void **state)
{
	pid_t pid = start((char *[]){gateway, "--config", config_path, NULL});
	int status;

	(void)state;
	waitpid(pid, &status, 0);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_receive_and_reply),
	    cmocka_unit_test(test_more_than_the_sim_holds),
	    cmocka_unit_test(test_deletion_refused),
	    cmocka_unit_test(test_killed_before_deletion),
	    cmocka_unit_test(test_refused_by_network),
	    cmocka_unit_test(test_answer_lost),
	    cmocka_unit_test(test_unplugged),
	    cmocka_unit_test(test_poison),
	    cmocka_unit_test(test_second_refuses),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
