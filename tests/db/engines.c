/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The state of a test program is one: which engine is tried now. SQLite's
 * files live in a folder that is removed at the end.
 */
#include "tests/db/engines.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "shared/log.h"

static struct {
	bool postgres;
	struct postgres_server server;
	char folder[64]; /* SQLite's files */
	int databases;   /* made so far */
	char url[160];
	int stderr_kept; /* while the log is caught */
	FILE *log;
	char caught[4096];
} here;

static int
remove_one(const char *path, const struct stat *st, int flag, struct FTW *walk)
{
	(void)st;
	(void)flag;
	(void)walk;
	return remove(path);
}

static int
start_sqlite(void **state)
{
	(void)state;
	here.postgres = false;
	strcpy(here.folder, "/tmp/hailong-sqlite-XXXXXX");
	return mkdtemp(here.folder) ? 0 : -1;
}

static int
stop_sqlite(void **state)
{
	(void)state;
	return nftw(here.folder, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

static int
start_postgres(void **state)
{
	(void)state;
	here.postgres = true;
	return postgres_server_start(&here.server) ? 0 : -1;
}

static int
stop_postgres(void **state)
{
	(void)state;
	postgres_server_stop(&here.server);
	return 0;
}

int
run_on_engines(const char *name, const struct CMUnitTest *tests, size_t count)
{
	char title[80];
	int failed;

	snprintf(title, sizeof(title), "%s on SQLite", name);
	failed = _cmocka_run_group_tests(
	    title, tests, count, start_sqlite, stop_sqlite);
	snprintf(title, sizeof(title), "%s on PostgreSQL", name);
	failed += _cmocka_run_group_tests(
	    title, tests, count, start_postgres, stop_postgres);
	return failed;
}

const char *
fresh_url(void)
{
	char name[16];
	char sql[48];

	snprintf(name, sizeof(name), "t%d", ++here.databases);
	if (!here.postgres) {
		snprintf(here.url, sizeof(here.url), "sqlite:%s/%s",
		    here.folder, name);
		return here.url;
	}
	snprintf(sql, sizeof(sql), "CREATE DATABASE %s", name);
	assert_true(postgres_server_sql(&here.server, "postgres", sql));
	postgres_server_url(&here.server, name, here.url, sizeof(here.url));
	return here.url;
}

struct postgres_server *
tried_server(void)
{
	return here.postgres ? &here.server : NULL;
}

void
catch_log(void)
{
	log_init("hailong", LOG_LEVEL_INFO); /* a repeat is said again */
	here.log = tmpfile();
	assert_non_null(here.log);
	here.stderr_kept = dup(STDERR_FILENO);
	dup2(fileno(here.log), STDERR_FILENO);
}

const char *
caught_log(void)
{
	size_t n;

	dup2(here.stderr_kept, STDERR_FILENO);
	close(here.stderr_kept);
	rewind(here.log);
	n = fread(here.caught, 1, sizeof(here.caught) - 1, here.log);
	here.caught[n] = '\0';
	fclose(here.log);
	return here.caught;
}
