/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * hailong-kiosk: the touchscreen of one desk. Reads kiosk.ini; a device that
 * is not approved yet shows its code until an administrator approves it; then
 * the session
 * (outbox, courier, settings) runs in the window until SIGTERM or SIGINT. Exit
 * status: 0 ended when asked to, 1 cannot start, 2 wrong use.
 *
 * The watchdog of systemd is told that all is well only while this loop turns,
 * the threads move and pictures reach the screen (kiosk/watchdog.h).
 */
#include <getopt.h>
#include <glib-unix.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <systemd/sd-daemon.h>
#include <unistd.h>
#include "kiosk/enrol.h"
#include "kiosk/identity.h"
#include "kiosk/pin_kept.h"
#include "kiosk/screen/voice.h"
#include "kiosk/screen/window.h"
#include "kiosk/session.h"
#include "kiosk/watchdog.h"
#include "shared/buf.h"
#include "shared/civil.h"
#include "shared/clock.h"
#include "shared/config.h"
#include "shared/http_client.h"
#include "shared/limits.h"
#include "shared/log.h"
#include "shared/plain_http.h"
#include "shared/private_file.h"
#include "shared/text.h"

#define LOOK_MS     500  /* between two looks at an enrolment */
#define APPROVED_MS 4000 /* its end stays on the screen */

struct config {
	char url[300];
	char insecure[8];
	char token_file[300];
	char outbox[300];
	char language[8];
	bool fullscreen;
	char inches[8];
	char clips[300];
	char languages[300];
	char log_level[16];
};

#define TEXT(section, key, member)                                             \
	{                                                                      \
		section, key, CONFIG_TEXT, offsetof(struct config, member),    \
		    sizeof(((struct config *)0)->member), 0, 0                 \
	}

static const struct config_key keys[] = {
    TEXT("collector", "url", url),
    TEXT("collector", "insecure", insecure),
    TEXT("collector", "token_file", token_file),
    TEXT("outbox", "path", outbox),
    TEXT("screen", "language", language),
    {"screen", "fullscreen", CONFIG_BOOL, offsetof(struct config, fullscreen),
	0, 0, 0},
    TEXT("screen", "inches", inches),
    TEXT("screen", "languages", languages),
    TEXT("voice", "clips", clips),
    TEXT("log", "level", log_level),
    {NULL, NULL, CONFIG_TEXT, 0, 0, 0, 0},
};

/* The program, whatever phase it is in. */
struct kiosk {
	const char *path; /* of kiosk.ini */
	bool windowed;    /* --window */
	int width, height;
	struct config config;
	enum lang lang;
	struct identity identity;
	struct window window;
	struct enrol *enrol;
	int64_t approved_at; /* clock_mono, 0: not yet */
	struct session *session;
	GMainLoop *loop;
	int status;
	struct watchdog watch;
};

/* ---------------------------------------------------------------- arguments */

static void
print_help(void)
{
	puts(
	    "Usage: hailong-kiosk [--config FILE] [--window[=WIDTHxHEIGHT]]\n"
	    "The touchscreen client of one desk.\n"
	    "\n"
	    "  --config FILE  settings, default /etc/hailong/kiosk.ini\n"
	    "  --window       in a window that can be closed, 1280x800 unless\n"
	    "                 told otherwise: for a developer's screen\n"
	    "  --help         this text\n"
	    "  --version      the version\n"
	    "\n"
	    "See hailong-kiosk(1).");
}

static bool
read_size(struct kiosk *k, const char *text)
{
	char rest;

	k->windowed = true;
	return !text ||
	       (sscanf(text, "%dx%d%c", &k->width, &k->height, &rest) == 2 &&
		   k->width >= 320 && k->height >= 240 && k->width <= 8192 &&
		   k->height <= 8192);
}

static int
wrong_use(const char *what, const char *word)
{
	fprintf(stderr, "hailong-kiosk: %s \"%s\"\n", what, word);
	return 2;
}

/* -1: go on; else the exit status. */
static int
read_arguments(struct kiosk *k, int argc, char **argv)
{
	static const struct option options[] = {
	    {"config", required_argument, NULL, 'c'},
	    {"window", optional_argument, NULL, 'w'},
	    {"help", no_argument, NULL, 'h'},
	    {"version", no_argument, NULL, 'v'},
	    {NULL, 0, NULL, 0},
	};
	int c;

	while ((c = getopt_long(argc, argv, "", options, NULL)) != -1) {
		if (c == 'c') {
			k->path = optarg;
		} else if (c == 'w') {
			if (!read_size(k, optarg))
				return wrong_use(
				    "no size of a window:", optarg);
		} else if (c == 'h') {
			print_help();
			return 0;
		} else if (c == 'v') {
			puts("hailong-kiosk " HAILONG_VERSION);
			return 0;
		} else {
			return 2;
		}
	}
	return optind < argc ? wrong_use("unexpected", argv[optind]) : -1;
}

/* ----------------------------------------------------------------- settings */

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
bad_value(const struct kiosk *k, const char *section, const char *key,
    const char *what)
{
	log_error("%s:%d: [%s] %s: %s", k->path, line_of(k->path, key), section,
	    key, what);
	return false;
}

static bool
check_way(const struct kiosk *k)
{
	const struct plain_http_wish wish = {
	    k->path, k->config.url, k->config.insecure, k->config.outbox};
	char error[700];

	if (plain_http_allowed(&wish, error, sizeof(error)))
		return true;
	log_error("%s", error);
	return false;
}

static bool
check_config(struct kiosk *k)
{
	struct config *c = &k->config;
	enum log_level level;
	char *end;

	if (!*c->url || !*c->outbox) {
		log_error("%s: %s is missing", k->path,
		    *c->url ? "[outbox] path" : "[collector] url");
		return false;
	}
	if (!lang_find(c->language, &k->lang))
		return bad_value(
		    k, "screen", "language", "no language that is translated");
	if (!log_level_find(c->log_level, &level))
		return bad_value(
		    k, "log", "level", "one of error, warning, info, debug");
	log_set_level(level);
	if (!check_way(k))
		return false;
	k->window.inches = g_ascii_strtod(c->inches, &end);
	if (*end || k->window.inches < 0 || k->window.inches > 60)
		return bad_value(
		    k, "screen", "inches", "the panel's diagonal, e.g. 10.1");
	return true;
}

static bool
read_config(struct kiosk *k)
{
	struct config *c = &k->config;
	char error[300];
	size_t n;

	*c = (struct config){.language = "vi",
	    .fullscreen = true,
	    .inches = "0",
	    .clips = "/usr/share/hailong/voice",
	    .languages = "/usr/share/hailong/languages",
	    .log_level = "info"};
	if (!config_read(k->path, keys, NULL, c, error, sizeof(error))) {
		log_error("%s", error);
		return false;
	}
	text_add_folder(c->languages);
	if (!check_config(k))
		return false;
	for (n = strlen(c->url); n > 0 && c->url[n - 1] == '/'; n--)
		c->url[n - 1] = '\0';
	if (k->windowed)
		c->fullscreen = false;
	return true;
}

/* Who this device is: a token of kiosk.ini's in place, or an enrolment's. */
static bool
read_identity(struct kiosk *k)
{
	struct identity *id = &k->identity;
	const char *file = k->config.token_file;

	identity_load(id, k->config.outbox);
	if (!*file)
		return true;
	if (access(file, F_OK) == 0)
		return http_client_token(file, id->token, sizeof(id->token));
	if (!*id->token)
		log_info("token file %s is not there: this device asks to be "
			 "enrolled",
		    file);
	k->config.token_file[0] = '\0';
	return true;
}

/* ------------------------------------------------------------------- phases */

static bool
begin_session(struct kiosk *k)
{
	const struct session_settings settings = {.url = k->config.url,
	    .token = k->identity.token,
	    .outbox = k->config.outbox,
	    .lang = k->lang,
	    .identity = &k->identity};

	k->session = session_start(&settings);
	if (k->session)
		window_attach(&k->window, k->session);
	return k->session != NULL;
}

static bool
begin_enrolment(struct kiosk *k)
{
	if (!identity_need_key(&k->identity, k->config.outbox))
		return false;
	k->enrol = enrol_start(k->config.url, k->config.outbox, &k->identity);
	if (k->enrol)
		window_enrol(&k->window, k->enrol);
	return k->enrol != NULL;
}

static gboolean
look_at_enrolment(gpointer user)
{
	struct kiosk *k = user;
	struct enrol_view view;

	if (!k->enrol)
		return G_SOURCE_REMOVE;
	enrol_look(k->enrol, &view);
	if (view.state != ENROL_APPROVED)
		return G_SOURCE_CONTINUE;
	if (k->approved_at == 0)
		k->approved_at = clock_mono();
	if (clock_mono() - k->approved_at < APPROVED_MS)
		return G_SOURCE_CONTINUE;
	window_enrol(&k->window, NULL);
	enrol_stop(k->enrol);
	k->enrol = NULL;
	if (!begin_session(k)) {
		k->status = 1;
		g_main_loop_quit(k->loop);
	}
	return G_SOURCE_REMOVE;
}

/* ----------------------------------------------------------------- watchdog */

static gboolean
on_beat(gpointer user)
{
	struct kiosk *k = user;
	int64_t threads = k->session ? session_alive(k->session)
			  : k->enrol ? enrol_alive(k->enrol)
				     : clock_mono();

	if (watchdog_ask(&k->watch, clock_mono(), threads, k->window.frames,
		window_screens()))
		sd_notify(0, "WATCHDOG=1");
	else
		log_error("a thread or the screen stands still; the watchdog "
			  "will start this kiosk anew");
	gtk_widget_queue_draw(k->window.pulse);
	return G_SOURCE_CONTINUE;
}

static void
on_shown(void *context)
{
	(void)context;
	log_info("version %s ready", HAILONG_VERSION);
	sd_notify(0, "READY=1");
}

static void
start_watchdog(struct kiosk *k)
{
	uint64_t us;

	if (sd_watchdog_enabled(0, &us) > 0)
		g_timeout_add((guint)(us / 3000), on_beat, k);
}

/* ------------------------------------------------------------------ running */

static gboolean
on_signal(gpointer loop)
{
	g_main_loop_quit(loop);
	return G_SOURCE_REMOVE;
}

static void
make_window(struct kiosk *k)
{
	const struct window_options options = {
	    .fullscreen = k->config.fullscreen,
	    .width = k->width,
	    .height = k->height,
	    .inches = k->window.inches};
	struct window *w = &k->window;

	w->lang = k->lang;
	w->url = k->config.url;
	w->token_file = k->config.token_file;
	w->outbox = k->config.outbox;
	w->identity = &k->identity;
	pin_kept_begin(&w->service.pin, k->config.outbox, clock_mono());
	w->loop = k->loop;
	w->shown = on_shown;
	w->voice = voice_new(k->config.clips, k->config.languages);
	window_init(w, &options);
	g_signal_connect_swapped(
	    w->gtk, "destroy", G_CALLBACK(g_main_loop_quit), k->loop);
}

static int
run_kiosk(struct kiosk *k)
{
	bool begun;

	k->loop = g_main_loop_new(NULL, FALSE);
	make_window(k);
	begun = *k->identity.token ? begin_session(k) : begin_enrolment(k);
	if (begun) {
		g_unix_signal_add(SIGTERM, on_signal, k->loop);
		g_unix_signal_add(SIGINT, on_signal, k->loop);
		g_timeout_add(LOOK_MS, look_at_enrolment, k);
		start_watchdog(k);
		g_main_loop_run(k->loop);
	}
	sd_notify(0, "STOPPING=1");
	enrol_stop(k->enrol);
	session_stop(k->session);
	voice_free(k->window.voice);
	g_main_loop_unref(k->loop);
	return begun ? k->status : 1;
}

/* Without a GPU the cairo renderer starts five times faster and needs a sixth
 * of the memory; no GL library is then worth loading. */
static void
choose_renderer(void)
{
	setenv("GSK_RENDERER", "cairo", 0);
	setenv("GDK_DEBUG", "gl-disable", 0);
	setenv("GDK_DISABLE", "gl,vulkan", 0); /* the same from GTK 4.16 on */
}

int
main(int argc, char **argv)
{
	static struct kiosk kiosk = {
	    .path = "/etc/hailong/kiosk.ini", .width = 1280, .height = 800};
	int status = read_arguments(&kiosk, argc, argv);

	if (status >= 0)
		return status;
	private_umask();
	log_init("hailong-kiosk", LOG_LEVEL_INFO);
	if (!civil_set_zone("Asia/Ho_Chi_Minh"))
		log_warn("this machine does not know Asia/Ho_Chi_Minh; "
			 "install tzdata");
	choose_renderer();
	g_set_prgname("hailong-kiosk"); /* its name for assistive technology */
	if (!gtk_init_check()) {
		log_error("no display: start it under a compositor, e.g. "
			  "cage -- hailong-kiosk");
		return 1;
	}
	if (!read_config(&kiosk) || !read_identity(&kiosk))
		return 1;
	return run_kiosk(&kiosk);
}
