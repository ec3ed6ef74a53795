/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The state is put together by hand: the pages depend on nothing but it. */
#include "tests/kiosk/scenes.h"

#include <string.h>
#include "kiosk/enrol.h"
#include "kiosk/settings.h"
#include "shared/buf.h"

static struct flow flow;
static struct settings *words;
static struct identity identity = {.device = "kiosk-LH1-x7k2", .desk = "LH1"};
static struct enrol *enrol;

static void
go(struct window *w, enum flow_screen screen, enum lang lang)
{
	w->flow = &flow;
	w->enrol = NULL;
	memset(&flow, 0, sizeof(flow));
	flow.settings = words->flow;
	flow.lang = lang;
	flow.screen = screen;
	flow.page = w->page + 1;
	flow.answer.face = 2;
	w->service.leaf = SERVICE_LOCKED;
}

static void
set_rate(struct window *w, enum lang lang)
{
	go(w, FLOW_RATE, lang);
}

static void
set_bound(struct window *w, enum lang lang)
{
	go(w, FLOW_RATE, lang);
	strcpy(flow.call.token, "x");
}

static void
set_field_first(struct window *w, enum lang lang)
{
	go(w, FLOW_RATE, lang);
	flow.settings.field_place = FLOW_FIELD_FIRST;
}

static void
set_field(struct window *w, enum lang lang)
{
	go(w, FLOW_FIELD, lang);
	flow.open = true;
	w->leaf = 0;
}

static void
set_reasons(struct window *w, enum lang lang)
{
	go(w, FLOW_REASONS, lang);
	flow.open = true;
	flow.answer.reasons = 1u << 1 | 1u << 3;
}

static void
set_factor(struct window *w, enum lang lang)
{
	go(w, FLOW_FACTOR, lang);
	flow.open = true;
	flow.factor = 4;
}

static void
set_still_there(struct window *w, enum lang lang)
{
	go(w, FLOW_STILL_THERE, lang);
	flow.open = true;
}

static void
set_thanks(struct window *w, enum lang lang)
{
	go(w, FLOW_THANKS, lang);
	flow.open = true;
	flow.answer.face = 5;
	flow.settings.qr_ms = 0;
}

static void
set_thanks_qr(struct window *w, enum lang lang)
{
	go(w, FLOW_THANKS, lang);
	flow.open = true;
	flow.settings.qr_ms = 20000;
	strcpy(flow.answer.token, "0123456789abcdefghijkl");
}

static void
set_closed(struct window *w, enum lang lang)
{
	go(w, FLOW_CLOSED, lang);
}

static void
set_cleaning(struct window *w, enum lang lang)
{
	go(w, FLOW_CLEANING, lang);
}

static void
set_trouble(struct window *w, enum lang lang)
{
	go(w, FLOW_TROUBLE, lang);
}

static void
set_pin(struct window *w, enum lang lang)
{
	go(w, FLOW_SERVICE, lang);
	strcpy(w->service.pin.typed, "2718");
	w->service.wrong = true;
}

static void
set_facts(struct window *w, enum lang lang)
{
	go(w, FLOW_SERVICE, lang);
	w->service.leaf = SERVICE_FACTS;
}

static void
set_touch(struct window *w, enum lang lang)
{
	go(w, FLOW_SERVICE, lang);
	w->service.leaf = SERVICE_TOUCH;
}

static void
set_forget(struct window *w, enum lang lang)
{
	go(w, FLOW_SERVICE, lang);
	w->service.leaf = SERVICE_FORGET;
}

static void
set_enrol(struct window *w, enum lang lang)
{
	(void)lang;
	if (!enrol)
		enrol = enrol_start(
		    "http://127.0.0.1:9", "/nowhere/outbox", &identity);
	w->flow = NULL;
	w->enrol = enrol;
}

const struct scene scenes[] = {
    {"rate", set_rate},
    {"rate-bound", set_bound},
    {"rate-after-field", set_field_first},
    {"field", set_field},
    {"reasons", set_reasons},
    {"factor", set_factor},
    {"still-there", set_still_there},
    {"thanks", set_thanks},
    {"thanks-qr", set_thanks_qr},
    {"closed", set_closed},
    {"cleaning", set_cleaning},
    {"trouble", set_trouble},
    {"service-pin", set_pin},
    {"service-facts", set_facts},
    {"service-touch", set_touch},
    {"service-forget", set_forget},
    {"enrolment", set_enrol},
    {NULL, NULL},
};

bool
scenes_read(const char *path)
{
	struct buf b;

	buf_init(&b);
	if (buf_read_file(&b, path, SETTINGS_BYTES))
		words = settings_read(buf_text(&b), LANG_VI);
	buf_finish(&b);
	key_make(&identity.key);
	identity.own_key = true;
	return words != NULL;
}

void
scenes_begin(struct window *w)
{
	w->words = words;
	w->url = "https://danhgia.tuyphong.gov.vn";
	w->token_file = "";
	w->outbox = "/tmp/outbox.db";
	w->identity = &identity;
}

void
scenes_end(void)
{
	enrol_stop(enrol);
	settings_free(words);
}
