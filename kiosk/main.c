/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * hailong-kiosk: the touchscreen of one desk. Reads kiosk.ini, starts the
 * session (outbox, courier, settings) and the window, and runs until SIGTERM
 * or SIGINT. Exit status: 0 ended when asked to, 1 cannot start, 2 wrong use.
 */
#include <getopt.h>
#include <glib-unix.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "kiosk/session.h"
#include "kiosk/window.h"
#include "shared/buf.h"
#include "shared/civil.h"
#include "shared/config.h"
#include "shared/courier.h"
#include "shared/limits.h"
#include "shared/log.h"

struct config {
	char url[300];
	char token_file[300];
	char outbox[300];
	char language[8];
	bool fullscreen;
};

#define TEXT(section, key, member)                                             \
	{                                                                      \
		section, key, CONFIG_TEXT, offsetof(struct config, member),    \
		    sizeof(((struct config *)0)->member), 0, 0                 \
	}

static const struct config_key keys[] = {
    TEXT("collector", "url", url),
    TEXT("collector", "token_file", token_file),
    TEXT("outbox", "path", outbox),
    TEXT("screen", "language", language),
    {"screen", "fullscreen", CONFIG_BOOL, offsetof(struct config, fullscreen),
	0, 0, 0},
    {NULL, NULL, CONFIG_TEXT, 0, 0, 0, 0},
};

static void
print_help(void)
{
	puts("Usage: hailong-kiosk [--config FILE]\n"
	     "The touchscreen client of one desk.\n"
	     "\n"
	     "  --config FILE  settings, default /etc/hailong/kiosk.ini\n"
	     "  --help         this text\n"
	     "  --version      the version\n"
	     "\n"
	     "See hailong-kiosk(1).");
}

/* The config file's path, or NULL with the exit status. */
static const char *
read_arguments(int argc, char **argv, int *status)
{
	static const struct option options[] = {
	    {"config", required_argument, NULL, 'c'},
	    {"help", no_argument, NULL, 'h'},
	    {"version", no_argument, NULL, 'v'},
	    {NULL, 0, NULL, 0},
	};
	const char *path = "/etc/hailong/kiosk.ini";
	int c;

	*status = 0;
	while ((c = getopt_long(argc, argv, "", options, NULL)) != -1) {
		if (c == 'c') {
			path = optarg;
		} else if (c == 'h') {
			print_help();
			return NULL;
		} else if (c == 'v') {
			puts("hailong-kiosk " HAILONG_VERSION);
			return NULL;
		} else {
			*status = 2;
			return NULL;
		}
	}
	if (optind < argc) {
		fprintf(
		    stderr, "hailong-kiosk: unexpected \"%s\"\n", argv[optind]);
		*status = 2;
		return NULL;
	}
	return path;
}

/* The line of a file that begins with a key; 0 when none does. */
static int
line_of(const char *path, const char *key)
{
	struct buf b;
	const char *at;
	int line = 1, found = 0;

	buf_init(&b);
	if (buf_read_file(&b, path, LIMIT_FORM_BYTES))
		for (at = buf_text(&b); at && !found; line++) {
			if (strncmp(at + strspn(at, " \t"), key, strlen(key)) ==
			    0)
				found = line;
			at = strchr(at, '\n');
			at = at ? at + 1 : NULL;
		}
	buf_finish(&b);
	return found;
}

static bool
check_config(const char *path, const struct config *c, enum lang *lang)
{
	const char *missing = !*c->url          ? "[collector] url"
			      : !*c->token_file ? "[collector] token_file"
			      : !*c->outbox     ? "[outbox] path"
						: NULL;

	if (missing)
		log_error("%s: %s is missing", path, missing);
	else if (!lang_find(c->language, lang))
		log_error("%s:%d: [screen] language: \"%s\" is neither vi "
			  "nor en",
		    path, line_of(path, "language"), c->language);
	else if (strncmp(c->url, "http://", 7) != 0 &&
		 strncmp(c->url, "https://", 8) != 0)
		log_error("%s:%d: [collector] url: must begin with https:// "
			  "or http://",
		    path, line_of(path, "url"));
	else
		return true;
	return false;
}

static void
cut_slashes(char *url)
{
	size_t n = strlen(url);

	while (n > 0 && url[n - 1] == '/')
		url[--n] = '\0';
}

static struct session *
start_session(const char *path, struct config *c)
{
	char error[300], token[LIMIT_TOKEN_BYTES + 2];
	struct session_settings settings = {
	    .url = c->url, .token = token, .outbox = c->outbox};

	if (!config_read(path, keys, NULL, c, error, sizeof(error))) {
		log_error("%s", error);
		return NULL;
	}
	if (!check_config(path, c, &settings.lang) ||
	    !courier_token(c->token_file, token, sizeof(token)))
		return NULL;
	cut_slashes(c->url);
	return session_start(&settings);
}

static gboolean
on_signal(gpointer loop)
{
	g_main_loop_quit(loop);
	return G_SOURCE_REMOVE;
}

static void
run(struct session *session, bool fullscreen)
{
	GMainLoop *loop = g_main_loop_new(NULL, FALSE);
	struct window window;

	window_init(&window, session, fullscreen);
	g_unix_signal_add(SIGTERM, on_signal, loop);
	g_unix_signal_add(SIGINT, on_signal, loop);
	g_signal_connect_swapped(
	    window.gtk, "destroy", G_CALLBACK(g_main_loop_quit), loop);
	log_info("version %s ready", HAILONG_VERSION);
	g_main_loop_run(loop);
	g_main_loop_unref(loop);
}

int
main(int argc, char **argv)
{
	struct config config = {.language = "vi", .fullscreen = true};
	struct session *session;
	const char *path;
	int status;

	path = read_arguments(argc, argv, &status);
	if (!path)
		return status;
	log_init("hailong-kiosk", LOG_LEVEL_INFO);
	if (!civil_set_zone("Asia/Ho_Chi_Minh"))
		log_warn("this machine does not know Asia/Ho_Chi_Minh; "
			 "install tzdata");
	/* Without a GPU the cairo renderer starts five times faster and needs
	 * a sixth of the memory. */
	setenv("GSK_RENDERER", "cairo", 0);
	g_set_prgname("hailong-kiosk"); /* its name for assistive technology */
	if (!gtk_init_check()) {
		log_error("no display: start it under a compositor, e.g. "
			  "cage -- hailong-kiosk");
		return 1;
	}
	session = start_session(path, &config);
	if (!session)
		return 1;
	run(session, config.fullscreen);
	session_stop(session);
	return 0;
}
