/* SPDX-License-Identifier: GPL-2.0-or-later */
/* serve: runs the collector until SIGTERM. */
#include "server/command/command.h"

#include <signal.h>
#include <sys/resource.h>
#include <systemd/sd-daemon.h>
#include "server/http.h"
#include "server/server.h"
#include "shared/log.h"

static void
ready(void)
{
	sd_notify(0, "READY=1");
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

int
command_serve(const struct command *c)
{
	const struct option_row options[] = {{NULL, false, NULL}};
	struct server *server;
	sigset_t signals;
	bool ok;
	int n;

	if (!command_options(c, options, NULL, 0, &n))
		return 2;
	/* before any thread: they inherit the mask, the loop's signalfd gets
	 * the signals */
	sigemptyset(&signals);
	sigaddset(&signals, SIGTERM);
	sigaddset(&signals, SIGINT);
	sigprocmask(SIG_BLOCK, &signals, NULL);
	signal(SIGPIPE, SIG_IGN);
	raise_files();
	server = server_create(c->settings);
	if (server == NULL)
		return command_fail(c, 1, "cannot start (see above)");
	ok = http_run(c->settings, server, ready);
	sd_notify(0, "STOPPING=1");
	server_destroy(server);
	log_info("stopped");
	return ok ? 0 : 1;
}
