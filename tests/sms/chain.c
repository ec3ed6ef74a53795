/* SPDX-License-Identifier: GPL-2.0-or-later */
/* See chain.h. Each chain has a folder of its own, so that many may run side by
 * side; a child of it dies with it. */
#include "tests/sms/chain.h"

#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>
#include "shared/buf.h"
#include "shared/clock.h"
#include "tests/sms/collector.h"

#define PATH  300
#define WORDS 24

static struct {
	char folder[64], simulator[PATH], gateway[PATH], config[PATH];
	int modems;
	pid_t simulators[CHAIN_MODEMS], gateway_pid;
} c;

static _Noreturn void
give_up(const char *what)
{
	fprintf(stderr, "%s\n", what);
	exit(2);
}

int64_t
chain_now(void)
{
	return clock_mono();
}

void
chain_pause(int64_t began, const char *what)
{
	char text[400];

	if (chain_now() - began > CHAIN_S * 1000LL) {
		snprintf(text, sizeof(text), "never: %s", what);
		give_up(text);
	}
	usleep(50000);
}

static void
write_file(const char *name, const char *text)
{
	char path[PATH];
	int fd;

	snprintf(path, sizeof(path), "%s/%s", c.folder, name);
	fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	if (fd < 0 || write(fd, text, strlen(text)) != (ssize_t)strlen(text))
		give_up(path);
	close(fd);
}

static pid_t
start(char *const argv[])
{
	pid_t pid = fork();

	if (pid == 0) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		execv(argv[0], argv);
		_exit(127);
	}
	return pid;
}

/* Runs a program; what it wrote, static memory, "" when it failed. */
static const char *
run(char *const argv[])
{
	static char reply[400000];
	int ends[2], status = -1;
	size_t n = 0;
	ssize_t got;
	pid_t pid;

	if (pipe2(ends, O_CLOEXEC) != 0)
		give_up("pipe");
	pid = fork();
	if (pid == 0) {
		dup2(ends[1], STDOUT_FILENO);
		execv(argv[0], argv);
		_exit(127);
	}
	close(ends[1]);
	while (n < sizeof(reply) - 1 &&
	       (got = read(ends[0], reply + n, sizeof(reply) - 1 - n)) > 0)
		n += (size_t)got;
	reply[n] = '\0';
	close(ends[0]);
	waitpid(pid, &status, 0);
	return WIFEXITED(status) && WEXITSTATUS(status) == 0 ? reply : "";
}

const char *
chain_modem(int which, const char *format, ...)
{
	char control[PATH], command[60000];
	va_list args;

	va_start(args, format);
	vsnprintf(command, sizeof(command), format, args);
	va_end(args);
	snprintf(control, sizeof(control), "%s/control%d", c.folder, which);
	if (access(control, F_OK) != 0)
		return "";
	return run((char *[]){
	    c.simulator, "--control", control, "--send", command, NULL});
}

const char *
chain_ask(const char *command, const char *word)
{
	return run((char *[]){c.gateway, "--config", c.config, (char *)command,
	    (char *)word, NULL});
}

bool
chain_status(int which, const char *words)
{
	return strstr(chain_modem(which, "status"), words) != NULL;
}

int
chain_sent(const char *text)
{
	int n = 0;

	for (int i = 0; i < c.modems; i++) {
		const char *at = chain_modem(i, "sent");

		for (; (at = strstr(at, text)) != NULL; at += strlen(text))
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

pid_t
chain_process(const char *wanted)
{
	DIR *proc = opendir("/proc");
	struct dirent *entry;
	pid_t found = 0;
	char name[20];

	while (found == 0 && (entry = readdir(proc)) != NULL) {
		if (parent_of(entry->d_name, name) == c.gateway_pid &&
		    strcmp(name, wanted) == 0)
			found = atoi(entry->d_name);
	}
	closedir(proc);
	return found;
}

/* ----------------------------------------------------------- start and stop */

static void
start_modem(int which, const struct chain_wish *wish)
{
	static char words[WORDS][PATH];
	char *argv[WORDS] = {c.simulator}, *more, *rest, *word;
	int n = 1;

	more = rest = strdup(wish->more == NULL ? "" : wish->more);
	snprintf(words[0], PATH, "%s/tty%d", c.folder, which);
	snprintf(words[1], PATH, "%s/control%d", c.folder, which);
	snprintf(words[2], PATH, "%d", wish->slots == 0 ? 20 : wish->slots);
	argv[n++] = "--link";
	argv[n++] = words[0];
	argv[n++] = "--control";
	argv[n++] = words[1];
	argv[n++] = "--slots";
	argv[n++] = words[2];
	snprintf(words[3], PATH, "45204000000000%d", which);
	argv[n++] = "--imsi";
	argv[n++] = words[3];
	argv[n++] = "--dialect";
	argv[n++] = (char *)(wish->dialect == NULL ? "plain" : wish->dialect);
	while ((word = strsep(&rest, " ")) != NULL && n < WORDS - 1) {
		if (word[0] != '\0')
			argv[n++] = word;
	}
	argv[n] = NULL;
	c.simulators[which] = start(argv);
	free(more);
}

static void
write_settings(const struct chain_wish *wish, const char *url)
{
	struct buf ini;

	buf_init(&ini);
	buf_printf(&ini,
	    "[collector]\nurl = %s/\ntoken_file = %s/token\n"
	    "[spool]\npath = %s/spool.db\njoin_seconds = 8\n",
	    url, c.folder, c.folder);
	for (int i = 0; i < c.modems; i++)
		buf_printf(&ini,
		    "[modem gsm%d]\ndevice = %s/tty%d\npin_file = %s/pin\n"
		    "rate_per_minute = 600\n%s",
		    i + 1, c.folder, i, c.folder,
		    wish->ini == NULL
			? "patience_seconds = 4\nanswer_seconds = 4\n"
			: wish->ini);
	write_file("token", COLLECTOR_TOKEN "\n");
	write_file("pin", "1234\n");
	write_file("sms.ini", buf_text(&ini));
	buf_finish(&ini);
}

void
chain_start_gateway(void)
{
	c.gateway_pid =
	    start((char *[]){c.gateway, "--config", c.config, NULL});
}

void
chain_kill_gateway(void)
{
	kill(c.gateway_pid, SIGKILL);
	waitpid(c.gateway_pid, NULL, 0);
}

void
chain_start(const struct chain_wish *wish)
{
	const char *bin = getenv("HAILONG_BIN"), *url = collector_start();

	strcpy(c.folder, "/tmp/hailong-chain-XXXXXX");
	if (bin == NULL || url == NULL || mkdtemp(c.folder) == NULL)
		give_up("no HAILONG_BIN, port or folder");
	c.modems = wish->modems == 0 ? 1 : wish->modems;
	snprintf(c.simulator, PATH, "%s/modem-simulator", bin);
	snprintf(c.gateway, PATH, "%s/hailong-sms", bin);
	snprintf(c.config, PATH, "%s/sms.ini", c.folder);
	write_settings(wish, url);
	for (int i = 0; i < c.modems; i++)
		start_modem(i, wish);
	for (int i = 0; i < c.modems; i++)
		CHAIN_WAIT(chain_status(i, "plugged 1"));
	chain_start_gateway();
	for (int i = 0; i < c.modems; i++) {
		char hello[20];

		snprintf(hello, sizeof(hello), "hello %d", i);
		chain_modem(i, "receive +84900000000 %s", hello);
		CHAIN_WAIT(collector_count(hello) == 1);
		CHAIN_WAIT(chain_status(i, "used 0\n"));
	}
}

bool
chain_stop(void)
{
	static const char *const files[] = {"token", "pin", "sms.ini",
	    "spool.db", "spool.db-wal", "spool.db-shm", "spool.db.lock",
	    "spool.db.way"};
	char path[PATH];
	int status = 0;

	kill(c.gateway_pid, SIGTERM);
	waitpid(c.gateway_pid, &status, 0);
	for (int i = 0; i < c.modems; i++) {
		kill(c.simulators[i], SIGTERM);
		waitpid(c.simulators[i], NULL, 0);
	}
	collector_stop();
	for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
		snprintf(path, sizeof(path), "%s/%s", c.folder, files[i]);
		unlink(path);
	}
	/* asked to end, it ends well, and nothing is left lying about */
	return WIFEXITED(status) && WEXITSTATUS(status) == 0 &&
	       rmdir(c.folder) == 0;
}
