/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The state of the kiosk in twelve facts: what is unsent, when something was
 * last delivered, disk, clock, network. Read anew once a second. Below them the
 * deeds; what was refused can be sent again.
 */
#include "kiosk/screen/service.h"

#include "kiosk/device.h"
#include "kiosk/identity.h"
#include "kiosk/screen/parts.h"
#include "kiosk/screen/service_parts.h"
#include "kiosk/screen/words.h"
#include "kiosk/session.h"
#include "kiosk/settings.h"
#include "shared/civil.h"
#include "shared/clock.h"

#define FACTS 12

static struct {
	GtkLabel *facts[FACTS];
	int64_t read_at; /* clock_mono */
} board;                 /* there is one such page */

static const char *
time_words(struct window *w, int64_t at)
{
	char time[CIVIL_TIME_TEXT];

	if (at == 0)
		return words_text(w, "service.never");
	civil_format_time(at / 1000 * 1000, civil_offset(at), time);
	time[10] = ' ';
	time[19] = '\0'; /* "2026-11-20 09:15:03" */
	return arena_strdup(&w->script.arena, time);
}

static const char *
unsent_words(struct window *w, const struct session_state *s)
{
	int64_t minutes = s->oldest_ms / 60000;
	struct arena *a = &w->script.arena;

	if (s->unsent == 0)
		return "0";
	return words_fill(w, "service.unsent.age", "n",
	    arena_printf(a, "%lld", (long long)s->unsent), "age",
	    arena_printf(a, "%lld:%02lld h", (long long)(minutes / 60),
		(long long)(minutes % 60)),
	    NULL);
}

static const char *
temperature_words(struct window *w)
{
	int now = device_temperature();

	return now <= -1000 ? words_text(w, "service.unknown")
			    : arena_printf(&w->script.arena, "%d\u00a0°C", now);
}

static const char *
fact(struct window *w, int i, const struct session_state *s)
{
	struct arena *a = &w->script.arena;

	switch (i) {
	case 0:
		return unsent_words(w, s);
	case 1:
		return arena_printf(a, "%lld", (long long)s->refused);
	case 2:
		return time_words(w, s->delivered_at);
	case 3:
		return time_words(w, s->heard_at);
	case 4:
		return words_text(w,
		    s->online ? "service.network.yes" : "service.network.no");
	case 5:
		return arena_printf(a, "%lld\u00a0MB",
		    (long long)(device_disk(w->outbox) / 1000000));
	case 6:
		return temperature_words(w);
	case 7:
		return words_fill(w,
		    clock_synced() ? "service.clock.synced"
				   : "service.clock.alone",
		    "time", time_words(w, clock_now()), NULL);
	case 8:
		return *w->identity->device ? w->identity->device
					    : words_text(w, "service.unknown");
	case 9:
		return w->words->desk ? w->words->desk
				      : words_text(w, "service.unknown");
	case 10:
		return HAILONG_VERSION;
	default:
		return arena_printf(a, "%d", s->damaged);
	}
}

static void
refresh_facts(struct window *w)
{
	struct session_state s = {0};
	int64_t now = clock_mono();

	if (now - board.read_at < 1000)
		return;
	board.read_at = now;
	w->script.n = 0;
	arena_reset(&w->script.arena);
	if (w->session)
		session_state(w->session, &s);
	for (int i = 0; i < FACTS; i++)
		gtk_label_set_text(board.facts[i], fact(w, i, &s));
}

static GtkWidget *
fact_label(const char *words, const char *css)
{
	GtkWidget *label = part_label(words, css);

	gtk_label_set_xalign(GTK_LABEL(label), 0);
	gtk_label_set_justify(GTK_LABEL(label), GTK_JUSTIFY_LEFT);
	gtk_widget_set_hexpand(label, TRUE);
	return label;
}

static GtkWidget *
facts(struct window *w)
{
	static const char *const keys[FACTS] = {"unsent", "refused",
	    "delivered", "heard", "network", "disk", "temperature", "clock",
	    "device", "desk", "version", "damaged"};
	GtkWidget *grid = gtk_grid_new(), *label;
	int columns = w->scale.upright ? 1 : 2;
	int rows = FACTS / columns;

	gtk_grid_set_column_spacing(GTK_GRID(grid), (guint)w->scale.em / 2);
	gtk_grid_set_row_spacing(GTK_GRID(grid), (guint)w->scale.em / 3);
	gtk_widget_set_vexpand(grid, TRUE);
	gtk_widget_set_valign(grid, GTK_ALIGN_CENTER);
	for (int i = 0; i < FACTS; i++) {
		int left = i / rows * 2, top = i % rows;

		label = fact_label(words_text(w, arena_printf(&w->script.arena,
						     "service.%s", keys[i])),
		    "hint");
		gtk_grid_attach(GTK_GRID(grid), label, left, top, 1, 1);
		label = fact_label("", "fact");
		gtk_grid_attach(GTK_GRID(grid), label, left + 1, top, 1, 1);
		board.facts[i] = GTK_LABEL(label);
	}
	return grid;
}

static void
send_refused_again(struct window *w, int leaf)
{
	session_resend(w->session);
	service_go(w, leaf);
}

/* Sending again is offered where something was refused. */
static GtkWidget *
service_deeds(struct window *w)
{
	GtkWidget *buttons[5] = {service_close(w), service_clean(w),
	    service_button(
		w, words_text(w, "service.touch"), service_go, SERVICE_TOUCH),
	    service_button(w, words_text(w, "service.forget"), service_go,
		SERVICE_FORGET)};
	struct session_state s = {0};
	int n = 4;

	if (w->session)
		session_state(w->session, &s);
	if (s.refused > 0)
		buttons[n++] =
		    service_button(w, words_text(w, "service.resend"),
			send_refused_again, SERVICE_FACTS);
	return service_row(w, buttons, n);
}

GtkWidget *
service_facts(struct window *w)
{
	GtkWidget *page = part_page(NULL);

	gtk_box_append(
	    GTK_BOX(page), part_title(w, "", words_text(w, "service.title")));
	gtk_box_append(GTK_BOX(page), facts(w));
	gtk_box_append(GTK_BOX(page), service_deeds(w));
	board.read_at = 0;
	w->refresh = refresh_facts;
	return page;
}
