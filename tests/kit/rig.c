/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The program's side of the rig: folder, settings, commands, start and end.
 * Standard error of a serving collector goes to a file in the folder, which is
 * shown when it ends badly (a sanitizer speaks there).
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "tests/kit/rig.h"

#include <fcntl.h>
#include <ftw.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include "tests/db/postgres_server.h"
#include "tests/kit/own_port.h"

#define MOST_WORDS 16

static const char *
program(void)
{
	const char *folder = getenv("HAILONG_BIN");
	static char path[4096];

	snprintf(path, sizeof(path), "%s/hailong-server",
	    folder == NULL ? "../build/bin" : folder);
	return path;
}

static void
rest(void)
{
	const struct timespec pause = {0, 5000000};

	nanosleep(&pause, NULL);
}

/* ------------------------------------------------------------------- folder */

void
rig_config(struct rig *r, const char *listen, const char *more)
{
	FILE *f = fopen(r->config, "w");

	assert_non_null(f);
	if (listen == NULL)
		snprintf(
		    r->listen, sizeof(r->listen), "127.0.0.1:%d", own_port());
	else
		snprintf(r->listen, sizeof(r->listen), "%s", listen);
	fprintf(f, "[server]\nlisten = %s\n[database]\nurl = %s\n%s%s",
	    r->listen, r->url,
	    strstr(more, "patience") == NULL ? "patience = 120\n" : "", more);
	assert_int_equal(fclose(f), 0);
}

static void
make_folder(struct rig *r)
{
	memset(r, 0, sizeof(*r));
	signal(SIGPIPE, SIG_IGN);
	strcpy(r->folder, "/tmp/hailong-server-XXXXXX");
	assert_non_null(mkdtemp(r->folder));
	snprintf(r->config, sizeof(r->config), "%s/server.ini", r->folder);
}

static void
make_database(struct rig *r, const char *more)
{
	rig_config(r, NULL, more);
	if (rig_run(r, "", "init", NULL) != 0)
		fail_msg("init: %s", r->said);
	/* people of tests have no phone at hand, but where they try that */
	if (rig_run(r, "", "setting", "set", "second_factor", "0", NULL) != 0)
		fail_msg("setting: %s", r->said);
}

void
rig_make(struct rig *r, const char *more)
{
	make_folder(r);
	snprintf(r->url, sizeof(r->url), "sqlite:%s/db", r->folder);
	make_database(r, more);
}

void
rig_make_postgres(
    struct rig *r, const struct postgres_server *server, const char *name)
{
	make_folder(r);
	r->postgres = server;
	r->name = name;
	postgres_server_url(server, name, r->url, sizeof(r->url));
	make_database(r, "");
}

static int
remove_one(const char *path, const struct stat *st, int flag, struct FTW *walk)
{
	(void)st;
	(void)flag;
	(void)walk;
	return remove(path);
}

static void
show_log(const struct rig *r)
{
	char path[96], line[512];
	FILE *f;

	snprintf(path, sizeof(path), "%s/log", r->folder);
	f = fopen(path, "r");
	while (f != NULL && fgets(line, sizeof(line), f) != NULL)
		print_error("%s", line);
	if (f != NULL)
		fclose(f);
}

void
rig_remove(struct rig *r)
{
	int status = r->server > 0 ? rig_stop(r) : 0;

	if (status != 0)
		show_log(r);
	nftw(r->folder, remove_one, 16, FTW_DEPTH | FTW_PHYS);
	assert_int_equal(status, 0);
}

/* ----------------------------------------------------------------- commands */

/* The child: standard streams are files, then the program. */
static void
become(const struct rig *r, char **words, int in, int out)
{
	char *all[MOST_WORDS + 4];
	int n = 0;

	all[n++] = (char *)(uintptr_t)program();
	all[n++] = (char *)(uintptr_t) "--config";
	all[n++] = (char *)(uintptr_t)r->config;
	while (*words != NULL)
		all[n++] = *words++;
	all[n] = NULL;
	if (dup2(in, STDIN_FILENO) < 0 || dup2(out, STDERR_FILENO) < 0 ||
	    dup2(out, STDOUT_FILENO) < 0)
		_exit(126);
	execv(all[0], all);
	_exit(127);
}

static int
wait_for(pid_t pid)
{
	int status = 0;

	for (int i = 0; i < RIG_PATIENCE * 200; i++) {
		if (waitpid(pid, &status, WNOHANG) == pid)
			return WIFEXITED(status) ? WEXITSTATUS(status)
						 : 256 + WTERMSIG(status);
		rest();
	}
	kill(pid, SIGKILL);
	waitpid(pid, &status, 0);
	return -1;
}

int
rig_run(struct rig *r, const char *input, ...)
{
	char *words[MOST_WORDS];
	FILE *in = tmpfile(), *out = tmpfile();
	va_list args;
	pid_t pid;
	size_t n = 0;
	int status;

	va_start(args, input);
	do
		words[n] = va_arg(args, char *);
	while (words[n] != NULL && ++n < MOST_WORDS);
	va_end(args);
	assert_true(in != NULL && out != NULL && n < MOST_WORDS);
	fputs(input, in);
	rewind(in);
	pid = fork();
	assert_true(pid >= 0);
	if (pid == 0)
		become(r, words, fileno(in), fileno(out));
	status = wait_for(pid);
	rewind(out);
	n = fread(r->said, 1, sizeof(r->said) - 1, out);
	r->said[n] = '\0';
	fclose(in);
	fclose(out);
	return status;
}

void
rig_check(struct rig *r)
{
	if (rig_run(r, "", "check", NULL) != 0)
		fail_msg("check: %s", r->said);
}

char *
rig_device(struct rig *r, const char *kind, const char *desk)
{
	char *token;
	json_t *json;

	/* a NULL ends the words earlier */
	assert_int_equal(rig_run(r, "", "device", "add", "--kind", kind,
			     desk == NULL ? NULL : "--desk", desk, NULL),
	    0);
	json = json_loads(r->said, 0, NULL);
	assert_non_null(json);
	token = strdup(json_string_value(json_object_get(json, "token")));
	json_decref(json);
	return token;
}

/* ------------------------------------------------------------------ serving */

void
rig_serve(struct rig *r)
{
	char path[96];
	char *words[] = {(char *)(uintptr_t) "serve", NULL};
	int in, out;

	snprintf(path, sizeof(path), "%s/log", r->folder);
	in = open("/dev/null", O_RDONLY | O_CLOEXEC);
	out = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
	assert_true(in >= 0 && out >= 0);
	r->server = fork();
	assert_true(r->server >= 0);
	if (r->server == 0)
		become(r, words, in, out);
	close(in);
	close(out);
	for (int i = 0; i < RIG_PATIENCE * 200; i++) {
		if (get(r, "/healthz")->status == 200)
			return;
		if (waitpid(r->server, NULL, WNOHANG) == r->server)
			break;
		rest();
	}
	show_log(r);
	r->server = 0;
	fail_msg("the collector does not start");
}

int
rig_stop(struct rig *r)
{
	pid_t pid = r->server;

	assert_true(pid > 0);
	r->server = 0;
	kill(pid, SIGTERM);
	return wait_for(pid);
}

void
rig_kill(struct rig *r)
{
	assert_true(r->server > 0);
	kill(r->server, SIGKILL);
	wait_for(r->server);
	r->server = 0;
}
