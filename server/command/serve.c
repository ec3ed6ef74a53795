/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * serve: runs the collector until SIGTERM, and speaks with systemd: ready, the
 * beat of the watchdog, reloading, stopping. Without systemd all of that is
 * silent.
 *
 * At SIGHUP the settings are read anew. Threads may still be using the former
 * ones, which are small and rarely replaced: they stay until the end.
 */
#include "server/command/command.h"

#include <inttypes.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <systemd/sd-daemon.h>
#include <time.h>
#include "server/http/http.h"
#include "server/http/server.h"
#include "server/store/people/audit_chain.h"
#include "shared/log.h"

/* The settings that hold, and those that held before. */
struct version {
	struct settings settings;
	struct version *former;
};

static const struct settings *current;
static struct version *versions;

static void
serve_ready(void)
{
	sd_notify(0, "READY=1");
}

static void
stopping(void)
{
	sd_notify(0, "STOPPING=1");
}

static void
serve_beat(void)
{
	sd_notify(0, "WATCHDOG=1");
}

static void
use(const struct settings *settings)
{
	enum log_level level = LOG_LEVEL_INFO;

	log_level_find(settings->log_level, &level);
	log_set_level(level);
	settings_warn(settings);
	current = settings;
}

static const struct settings *
serve_reload(void)
{
	struct version *new = calloc(1, sizeof(*new));
	char error[400] = "no memory";
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	sd_notifyf(0, "RELOADING=1\nMONOTONIC_USEC=%" PRId64,
	    (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000);
	if (new != NULL &&
	    settings_reload(current, &new->settings, error, sizeof(error))) {
		new->former = versions;
		versions = new;
		use(&new->settings);
		log_info("settings read anew");
	} else {
		free(new);
		log_error("%s; the settings stay as they were", error);
	}
	sd_notify(0, "READY=1");
	return current;
}

static void
forget_versions(void)
{
	for (struct version *former; versions != NULL; versions = former) {
		former = versions->former;
		free(versions);
	}
}

/* Half of what the watchdog allows, so that one late beat does no harm. */
static int
beat_time(void)
{
	uint64_t us;

	if (sd_watchdog_enabled(0, &us) <= 0)
		return 0;
	return us / 2000 > 3600000 ? 3600000 : us < 2000 ? 1 : (int)(us / 2000);
}

/* A connection is a file: raise the soft limit to the hard one. */
static void
raise_files(void)
{
	struct rlimit files;

	if (getrlimit(RLIMIT_NOFILE, &files) == 0) {
		files.rlim_cur = files.rlim_max;
		setrlimit(RLIMIT_NOFILE, &files);
	}
}

/* Before any thread: they inherit the mask, the loop's signalfd gets the
 * signals. */
static void
block_signals(void)
{
	sigset_t signals;

	sigemptyset(&signals);
	sigaddset(&signals, SIGTERM);
	sigaddset(&signals, SIGINT);
	sigaddset(&signals, SIGHUP);
	sigprocmask(SIG_BLOCK, &signals, NULL);
	signal(SIGPIPE, SIG_IGN);
}

int
command_serve(const struct command *c)
{
	const struct option_row options[] = {{NULL, false, NULL}};
	const struct http_events events = {.ready = serve_ready,
	    .stopping = stopping,
	    .beat = serve_beat,
	    .beat_ms = beat_time(),
	    .reload = serve_reload};
	struct server *server;
	bool ok;
	int n;

	if (!command_options(c, options, NULL, 0, &n))
		return 2;
	block_signals();
	raise_files();
	use(c->settings);
	audit_chain_tell();
	server = server_create(c->settings);
	if (server == NULL)
		return command_fail(c, 1, "cannot start (see above)");
	ok = http_run(c->settings, server, &events);
	server_destroy(server);
	forget_versions();
	log_info("stopped");
	return ok ? 0 : 1;
}
