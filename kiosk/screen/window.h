/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The kiosk's one window. It shows one page at a time, built anew when the
 * flow, the language, the settings or the size change; a page is made by the
 * file named for it (pages.h) from parts (parts.h), and depends on nothing but
 * what this struct holds.
 */
#ifndef HAILONG_KIOSK_SCREEN_WINDOW_H
#define HAILONG_KIOSK_SCREEN_WINDOW_H

#include <gtk/gtk.h>
#include <stdbool.h>
#include "kiosk/fingers.h"
#include "kiosk/heartbeat.h"
#include "kiosk/pin.h"
#include "kiosk/scale.h"
#include "shared/arena.h"
#include "shared/limits.h"
#include "shared/text.h"

struct enrol;
struct flow;
struct identity;
struct session;
struct settings;
struct voice;

#define SCRIPT_ITEMS 48

/* What the page says aloud, in order. A key names the recorded clip. */
struct script {
	struct {
		const char *key; /* "": there is no clip */
		const char *words;
	} items[SCRIPT_ITEMS];
	size_t n;
	struct arena arena; /* of the strings */
};

enum service_leaf {
	SERVICE_LOCKED,
	SERVICE_FACTS,
	SERVICE_TOUCH,
	SERVICE_FORGET
};

/* The operator's page: what is typed, and which of its leaves is shown. */
struct service {
	struct pin pin;
	bool wrong; /* the last try */
	enum service_leaf leaf;
	int untouched; /* fields of the touch test */
};

struct window {
	GtkWindow *gtk;
	GtkScrolledWindow *frame;  /* holds the page */
	GtkWidget *pulse;          /* drawn now and then, to see frames pass */
	GtkCssProvider *scale_css; /* the sizes that everything follows */
	bool fullscreen;
	double inches; /* the panel's diagonal, 0: unknown */
	struct scale scale;
	/* whose state it shows; session is NULL while the kiosk is enrolled */
	struct session *session;
	struct enrol *enrol;
	const struct flow *flow; /* NULL while the kiosk is enrolled */
	const struct settings *words;
	const char *url;        /* of the collector */
	const char *token_file; /* kiosk.ini's, "" */
	const char *outbox;
	const struct identity *identity;
	/* what is on the screen */
	enum lang lang;
	unsigned page, revision;
	int leaf;                          /* of the fields, from 0 */
	GtkWidget *toggles[LIMIT_REASONS]; /* of the reasons page, or NULL */
	GtkLabel *count;                   /* counts down, or NULL */
	GtkWidget *title;                  /* the page's heading, or NULL */
	GtkWidget *(*make_page)(struct window *w); /* of the present state */
	void (*refresh)(struct window *w);         /* the page's own, or NULL */
	struct service service;
	/* the fingers, and what they hear */
	struct fingers fingers;
	struct voice *voice; /* NULL: this machine cannot speak */
	struct script script;
	bool guided; /* touch to hear, touch again to choose */
	GtkWidget *heard;
	/* how fast it is, and that it lives */
	int64_t pressed_us; /* g_get_monotonic_time of a touch not shown yet */
	struct heartbeat note;
	unsigned frames;
	void (*shown)(void *context); /* called at the first frame */
	void *context;
	GMainLoop *loop; /* quit when the device was forgotten */
	bool leaving;
};

struct window_options {
	bool fullscreen;
	int width, height; /* of a window that is not full */
	double inches;
};

/* Makes and shows the window; w must outlive it. */
void window_init(struct window *w, const struct window_options *options);
/* Shows an enrolment, or (NULL) no longer. */
void window_enrol(struct window *w, struct enrol *enrol);
/* Shows a session from now on. */
void window_attach(struct window *w, struct session *session);
/* Screens that are connected now. */
int window_screens(void);

#endif
