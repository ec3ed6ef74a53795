/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The kiosk's one window. It shows one page at a time, built anew when the
 * flow, the language, the settings or the size change; a page is made by the
 * file named for it from the parts below, and depends on nothing but what this
 * struct holds.
 */
#ifndef HAILONG_KIOSK_SCREEN_WINDOW_H
#define HAILONG_KIOSK_SCREEN_WINDOW_H

#include <cairo.h>
#include <gtk/gtk.h>
#include <stdbool.h>
#include "kiosk/enrol.h"
#include "kiosk/fingers.h"
#include "kiosk/pin.h"
#include "kiosk/scale.h"
#include "kiosk/session.h"
#include "shared/limits.h"

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
	void (*refresh)(struct window *w); /* the page's own, or NULL */
	struct service service;
	/* the fingers, and what they hear */
	struct fingers fingers;
	struct voice *voice; /* NULL: this machine cannot speak */
	struct script script;
	bool reading; /* this page is read aloud */
	bool guided;  /* touch to hear, touch again to choose */
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
/* Tells the session what was touched and shows what follows. */
void window_event(struct window *w, enum flow_kind kind, int value);
/* Shows what the session says; cheap when nothing changed. */
void window_show(struct window *w);
/* Shows the current page anew whatever has changed (another leaf). */
void window_rebuild(struct window *w);
/* Words of the fixed texts in the language on the screen. */
const char *window_text(const struct window *w, const char *key);
/* The same with {placeholders} filled, pairs closed by NULL; until the page is
 * built anew. */
const char *window_fill(struct window *w, const char *key, ...)
    __attribute__((sentinel));
/* Screens that are connected now. */
int window_screens(void);

/* touch.c: every finger passes here first. */
void touch_watch(struct window *w);
/* explore.c: reading aloud, and guiding whoever does not see the screen. */
void explore_read(struct window *w);
void explore_guide(struct window *w, bool on);
/* The page was built: read it, if somebody listens. */
void explore_page(struct window *w);
/* A finger at a place of the window; true when nobody else may have it. */
bool explore_touch(struct window *w, GdkEventType type, double x, double y);

/* parts.c */
typedef void part_draw(cairo_t *cr, int value, double size);
/* A label that wraps, centred, with a class of kiosk.css; no short word of it
 * stands alone on a line. */
GtkWidget *part_label(const char *words, const char *css);
/* Other words for such a label. */
void part_set_words(GtkLabel *label, const char *words);
/* The page's heading; it is said aloud first. */
GtkWidget *part_title(struct window *w, const char *key, const char *words);
/* A drawing into a square of so many px. */
GtkWidget *part_picture(part_draw *draw, int value, int size);
/* Gives a button its name for assistive technology and tests, the plain words
 * of what it does, and what a click tells the session. */
void part_act(struct window *w, GtkWidget *button, const char *name,
    enum flow_kind kind, int value);
/* A button of the bar at the bottom; css may be NULL. */
GtkWidget *part_bar_button(
    struct window *w, const char *key, const char *css, enum flow_kind kind);
/* Three equal places at the bottom of a page, NULL leaves one empty; "listen"
 * stands at the very left where the machine can speak, beside `left`.
 * tests/kiosk/press relies on the thirds. On a standing screen there are two
 * rows. */
GtkWidget *part_bar(
    struct window *w, GtkWidget *left, GtkWidget *middle, GtkWidget *right);
/* The button that reads the page; NULL where the machine cannot speak. */
GtkWidget *part_listen(struct window *w);
/* An empty page: a vertical box. */
GtkWidget *part_page(const char *css);
/* A box in the middle of what room the rest of the page leaves. */
GtkWidget *part_middle(const struct window *w);
/* The desk's name at the top of a page; nothing while it is not known. */
void part_add_desk(struct window *w, GtkWidget *page);
/* A grid of equal tiles, two or three abreast, and its next tile. */
GtkWidget *part_tiles(const struct window *w);
void part_add_tile(
    const struct window *w, GtkWidget *tiles, GtkWidget *tile, int place);
/* The words of a tile. */
GtkWidget *part_tile_label(const char *words);
/* Adds to what the page says aloud; key "" where there is no clip. */
void part_say(struct window *w, const char *key, const char *words);
/* A QR code with its address; NULL for an address that is too long. */
GtkWidget *part_qr(struct window *w, const char *address, int size);
/* A label that window.count counts down in, filled by key with {s}. */
GtkWidget *part_count(struct window *w, const char *css);
void part_count_refresh(struct window *w, const char *key);

/* The pages, one file each. */
GtkWidget *rate_page(struct window *w);
GtkWidget *field_page(struct window *w);
GtkWidget *reasons_page(struct window *w);
GtkWidget *factor_page(struct window *w);
GtkWidget *still_there_page(struct window *w);
GtkWidget *thanks_page(struct window *w);
GtkWidget *closed_page(struct window *w);
GtkWidget *cleaning_page(struct window *w);
GtkWidget *trouble_page(struct window *w);
GtkWidget *service_page(struct window *w);
GtkWidget *enrolment_page(struct window *w);

#endif
