/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Everything runs through one spawn: fork, drop root, die with the parent, the
 * output into a log that is shown when something fails. The server is our
 * direct child (no pg_ctl), so that its end is ours to see.
 */
#include "tests/db/postgres_server.h"

#include <fcntl.h>
#include <ftw.h>
#include <glob.h>
#include <grp.h>
#include <pwd.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define ARGUMENTS_MAX 16
#define CHILDREN_MAX  64
#define START_TRIES   6000 /* of 100 ms */

/* Who runs PostgreSQL; NULL: we do. */
static const struct passwd *
runner(void)
{
	const struct passwd *user = NULL;

	if (geteuid() == 0) {
		user = getpwnam("postgres");
		if (!user)
			user = getpwnam("nobody");
	}
	return user;
}

static bool
find_bin(struct postgres_server *s)
{
	glob_t found = {0};
	bool ok;

	/* sorted: the last is the newest (of two digits) */
	ok = glob("/usr/lib/postgresql/*/bin/initdb", 0, NULL, &found) == 0;
	if (ok) {
		snprintf(s->bin, sizeof(s->bin), "%s",
		    found.gl_pathv[found.gl_pathc - 1]);
		*strrchr(s->bin, '/') = '\0';
	}
	globfree(&found);
	if (!ok)
		fprintf(stderr, "PostgreSQL is missing: install the package "
				"postgresql\n");
	return ok;
}

/* In the child: become the runner, or the whole test fails later. */
static void
drop_root(void)
{
	const struct passwd *user = runner();

	if (user && (setgroups(0, NULL) != 0 || setgid(user->pw_gid) != 0 ||
			setuid(user->pw_uid) != 0))
		_exit(126);
	/* after setuid, which forgets it */
	prctl(PR_SET_PDEATHSIG, SIGQUIT);
}

/* Output goes to a file of the folder. */
static pid_t
spawn_into(const struct postgres_server *s, const char *output,
    const char *program, const char *const *arguments)
{
	char path[320];
	char *argv[ARGUMENTS_MAX + 2];
	pid_t pid;
	int log;
	int i;

	snprintf(path, sizeof(path), "%s/%s", s->bin, program);
	argv[0] = path;
	for (i = 0; i < ARGUMENTS_MAX && arguments[i]; i++)
		argv[i + 1] = strdup(arguments[i]);
	argv[i + 1] = NULL;
	pid = fork();
	if (pid == 0) {
		drop_root();
		if (chdir(s->folder) != 0)
			_exit(126);
		log = open(output, O_WRONLY | O_CREAT | O_APPEND, 0600);
		dup2(log, STDOUT_FILENO);
		dup2(log, STDERR_FILENO);
		execv(path, argv);
		_exit(127);
	}
	for (i = 1; argv[i]; i++)
		free(argv[i]);
	return pid;
}

static pid_t
spawn(const struct postgres_server *s, const char *program,
    const char *const *arguments)
{
	return spawn_into(s, "log", program, arguments);
}

static bool
wait_for(pid_t pid)
{
	int status;

	return pid > 0 && waitpid(pid, &status, 0) == pid &&
	       WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

static void
show_log(const struct postgres_server *s)
{
	char path[96];
	char line[512];
	FILE *file;

	snprintf(path, sizeof(path), "%s/log", s->folder);
	file = fopen(path, "r");
	while (file && fgets(line, sizeof(line), file))
		fputs(line, stderr);
	if (file)
		fclose(file);
}

static bool
run(const struct postgres_server *s, const char *program,
    const char *const *arguments)
{
	if (wait_for(spawn(s, program, arguments)))
		return true;
	fprintf(stderr, "%s failed:\n", program);
	show_log(s);
	return false;
}

static int
remove_one(const char *path, const struct stat *st, int flag, struct FTW *walk)
{
	(void)st;
	(void)flag;
	(void)walk;
	return remove(path);
}

static bool
make_folder(struct postgres_server *s)
{
	const struct passwd *user = runner();

	/* not TMPDIR: a socket's path is 107 bytes at most */
	strcpy(s->folder, "/tmp/hailong-postgres-XXXXXX");
	if (!mkdtemp(s->folder) ||
	    (user && chown(s->folder, user->pw_uid, user->pw_gid) != 0)) {
		perror(s->folder);
		return false;
	}
	return true;
}

static bool
answers(const struct postgres_server *s)
{
	const char *const arguments[] = {
	    "-q", "-h", s->folder, "-U", "hailong", "-d", "postgres", NULL};

	return wait_for(spawn(s, "pg_isready", arguments));
}

/* A server whose predecessor was killed refuses to start, and ends, until the
 * last of that one's children has gone: then it is started again. */
static void
spawn_again(struct postgres_server *s, const char *const *arguments, int *left)
{
	if (s->pid > 0 && waitpid(s->pid, NULL, WNOHANG) != s->pid)
		return;
	s->pid = --*left > 0 ? spawn(s, "postgres", arguments) : 0;
}

bool
postgres_server_launch(struct postgres_server *s)
{
	/* fsync off: the disk is not what these tests try */
	const char *const arguments[] = {"-D", "data", "-c",
	    "listen_addresses=", "-k", s->folder, "-c", "fsync=off", "-c",
	    "deadlock_timeout=100ms", "-c", "shared_buffers=16MB", NULL};
	const struct timespec pause = {0, 100000000};
	int tries, starts = 50;

	s->pid = 0;
	for (tries = 0; tries < START_TRIES && starts > 0; tries++) {
		spawn_again(s, arguments, &starts);
		if (answers(s))
			return true;
		nanosleep(&pause, NULL);
	}
	fprintf(stderr, "PostgreSQL did not start:\n");
	show_log(s);
	return false;
}

bool
postgres_server_start(struct postgres_server *s)
{
	const char *const arguments[] = {"-D", "data", "-U", "hailong", "-A",
	    "trust", "-E", "UTF8", "--locale=C", "--no-sync", NULL};

	memset(s, 0, sizeof(*s));
	if (find_bin(s) && make_folder(s) && run(s, "initdb", arguments) &&
	    postgres_server_launch(s))
		return true;
	postgres_server_stop(s);
	return false;
}

static bool
add_setting(
    const struct postgres_server *s, const char *name, const char *value)
{
	char path[128];
	FILE *file;

	snprintf(path, sizeof(path), "%s/data/postgresql.auto.conf", s->folder);
	file = fopen(path, "a");
	if (!file)
		return false;
	fprintf(file, "%s = '%s'\n", name, value);
	return fclose(file) == 0;
}

bool
postgres_server_standby(struct postgres_server *s,
    const struct postgres_server *of, const char *behind)
{
	const char *const arguments[] = {"-h", of->folder, "-U", "hailong",
	    "-D", "data", "-R", "-X", "stream", "-c", "fast", "--no-sync",
	    NULL};

	memset(s, 0, sizeof(*s));
	if (find_bin(s) && make_folder(s) &&
	    run(s, "pg_basebackup", arguments) &&
	    add_setting(s, "recovery_min_apply_delay", behind) &&
	    postgres_server_launch(s))
		return true;
	postgres_server_stop(s);
	return false;
}

static void
end_with(struct postgres_server *s, int signal)
{
	if (s->pid > 0) {
		kill(s->pid, signal);
		wait_for(s->pid);
		s->pid = 0;
	}
}

void
postgres_server_stop(struct postgres_server *s)
{
	end_with(s, SIGINT); /* fast shutdown */
	if (s->folder[0])
		nftw(s->folder, remove_one, 16, FTW_DEPTH | FTW_PHYS);
	memset(s, 0, sizeof(*s));
}

/* Those that answer, and those that write for them. */
static size_t
children(const struct postgres_server *s, pid_t list[CHILDREN_MAX])
{
	char path[64];
	size_t n = 0;
	FILE *file;

	snprintf(path, sizeof(path), "/proc/%d/task/%d/children", (int)s->pid,
	    (int)s->pid);
	file = fopen(path, "r");
	while (file && n < CHILDREN_MAX && fscanf(file, "%d", &list[n]) == 1)
		n++;
	if (file)
		fclose(file);
	return n;
}

/* All of it at once: left alone, the children of a killed postmaster would
 * answer on until they see that it is gone. */
void
postgres_server_kill(struct postgres_server *s)
{
	const struct timespec pause = {0, 5000000};
	pid_t list[CHILDREN_MAX];
	size_t n = s->pid > 0 ? children(s, list) : 0, i;
	int tries;

	end_with(s, SIGKILL);
	for (i = 0; i < n; i++)
		kill(list[i], SIGKILL);
	for (i = 0; i < n; i++)
		for (tries = 0; tries < 200 && kill(list[i], 0) == 0; tries++)
			nanosleep(&pause, NULL);
}

/* The postmaster first: it makes no further children then. */
void
postgres_server_freeze(const struct postgres_server *s)
{
	pid_t list[CHILDREN_MAX];
	size_t n;

	kill(s->pid, SIGSTOP);
	n = children(s, list);
	while (n-- > 0)
		kill(list[n], SIGSTOP);
}

void
postgres_server_thaw(const struct postgres_server *s)
{
	pid_t list[CHILDREN_MAX];
	size_t n = children(s, list);

	while (n-- > 0)
		kill(list[n], SIGCONT);
	kill(s->pid, SIGCONT);
}

void
postgres_server_abort(struct postgres_server *s)
{
	end_with(s, SIGQUIT);
}

pid_t
postgres_server_sql_begin(
    const struct postgres_server *s, const char *database, const char *sql)
{
	const char *const arguments[] = {"-X", "-q", "-v", "ON_ERROR_STOP=1",
	    "-h", s->folder, "-U", "hailong", "-d", database, "-c", sql, NULL};

	return spawn(s, "psql", arguments);
}

bool
postgres_server_sql_end(pid_t pid)
{
	return wait_for(pid);
}

bool
postgres_server_sql(
    const struct postgres_server *s, const char *database, const char *sql)
{
	if (wait_for(postgres_server_sql_begin(s, database, sql)))
		return true;
	fprintf(stderr, "psql failed:\n");
	show_log(s);
	return false;
}

/* A file of the folder that everyone may read and write. */
static FILE *
open_file(const struct postgres_server *s, const char *name, const char *how)
{
	char path[96];
	FILE *file;

	snprintf(path, sizeof(path), "%s/%s", s->folder, name);
	file = fopen(path, how);
	if (file && *how == 'w')
		chmod(path, 0666);
	return file;
}

static char *
read_file(FILE *file)
{
	char *text = NULL;
	size_t size = 0;

	/* a psql's output has no NUL */
	if (file && getdelim(&text, &size, '\0', file) < 0 && text)
		text[0] = '\0';
	return text;
}

char *
postgres_server_ask(
    const struct postgres_server *s, const char *database, const char *sql)
{
	const char *const arguments[] = {"-X", "-q", "-At", "-v",
	    "ON_ERROR_STOP=1", "-h", s->folder, "-U", "hailong", "-d", database,
	    "-f", "question", NULL};
	FILE *question = open_file(s, "question", "w");
	FILE *answer = open_file(s, "answer", "w");
	char *text = NULL;

	if (question && answer && fputs(sql, question) >= 0 &&
	    fclose(answer) == 0 && fclose(question) == 0 &&
	    wait_for(spawn_into(s, "answer", "psql", arguments))) {
		answer = open_file(s, "answer", "r");
		text = read_file(answer);
		if (answer)
			fclose(answer);
	}
	if (!text)
		show_log(s);
	return text;
}

void
postgres_server_url(const struct postgres_server *s, const char *database,
    char *url, size_t size)
{
	snprintf(
	    url, size, "postgresql://hailong@/%s?host=%s", database, s->folder);
}
