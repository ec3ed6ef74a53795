/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Carries out what the flow decides. The screen's thread writes to the outbox
 * itself and waits for the disk: only then may it say thank you. Everything
 * that waits for the network has a thread of its own.
 *
 * In trouble the store is tried every 5 s; after a minute of it everything is
 * closed and opened again, which sets a damaged file aside.
 */
#include "kiosk/session.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include "kiosk/identity.h"
#include "kiosk/settings.h"
#include "kiosk/sync.h"
#include "kiosk/damaged_outbox.h"
#include "shared/answer.h"
#include "shared/arena.h"
#include "shared/civil.h"
#include "shared/clock.h"
#include "shared/courier.h"
#include "shared/log.h"
#include "shared/more_token.h"
#include "shared/outbox.h"

#define TROUBLE_TRY_MS 5000
#define TROUBLE_REOPEN 12 /* tries before everything is opened again */
#define TOKEN_BYTES    16 /* random, where no key makes the QR's token */

struct session {
	struct arena arena; /* of the strings of setup and keep */
	struct session_settings setup;
	const char *keep; /* the last good settings' file */
	struct flow flow;
	struct settings *words;
	unsigned revision;
	struct outbox *outbox;
	struct courier *courier;
	struct sync *sync;
	int fingers;      /* on the glass now */
	int64_t next_try; /* clock_mono, in trouble */
	int tries;
};

static void
close_store(struct session *s)
{
	sync_stop(s->sync);
	courier_stop(s->courier);
	outbox_close(s->outbox);
	s->sync = NULL;
	s->courier = NULL;
	s->outbox = NULL;
}

/* False with errno when the outbox does not open. Without a courier answers
 * are kept and the next start sends them. */
static bool
open_store(struct session *s)
{
	const struct courier_settings courier = {.url = s->setup.url,
	    .token = s->setup.token,
	    .outbox = s->setup.outbox,
	    .path = "/api/v1/answers",
	    .list = "answers",
	    .clock = true,
	    .key = s->setup.identity->own_key ? &s->setup.identity->key : NULL};
	const struct sync_settings sync = {.url = s->setup.url,
	    .token = s->setup.token,
	    .outbox = s->setup.outbox,
	    .keep = s->keep,
	    .lang = s->setup.lang,
	    .identity = s->setup.identity};

	s->outbox = outbox_open(s->setup.outbox);
	if (!s->outbox)
		return false;
	if (*s->setup.url) {
		s->courier = courier_start(&courier);
		s->sync = sync_start(&sync);
	}
	return true;
}

static void
add_score(struct answer *out, const char *criterion, int value)
{
	out->scores[out->nscores].criterion = criterion;
	out->scores[out->nscores++].value = value;
}

static void
fill_scores(const struct session *s, struct answer *out)
{
	const struct flow_answer *a = &s->flow.answer;
	size_t i;

	add_score(out, "overall", a->face);
	for (i = 0; i < s->words->nfactors; i++)
		if (a->factors[i] >= 0)
			add_score(
			    out, s->words->factors[i].code, a->factors[i]);
	for (i = 0; i < s->words->nreasons; i++)
		if (a->reasons & 1u << i)
			out->reasons[out->nreasons++] =
			    s->words->reasons[i].code;
}

static void
fill_flags(const struct session *s, struct answer *out)
{
	static const struct {
		enum flow_flag flag;
		const char *code;
	} flags[] = {{FLOW_FLAG_BURST, "burst"}, {FLOW_FLAG_BOUNCE, "bounce"},
	    {FLOW_FLAG_MULTI_TOUCH, "multi_touch"},
	    {FLOW_FLAG_CLOSED, "closed_hours"},
	    {FLOW_FLAG_CORRECTED, "corrected"}};

	/* what was chosen before the first correction */
	static const char *const first[] = {
	    NULL, "first_1", "first_2", "first_3", "first_4", "first_5"};

	for (size_t i = 0; i < sizeof(flags) / sizeof(flags[0]); i++)
		if (s->flow.answer.flags & flags[i].flag)
			out->flags[out->nflags++] = flags[i].code;
	if (s->flow.answer.first > 0)
		out->flags[out->nflags++] = first[s->flow.answer.first];
}

/* The answer as JSON text; the caller frees it. */
static char *
answer_text(const struct session *s)
{
	const struct flow_answer *a = &s->flow.answer;
	struct answer out = {.id = a->id,
	    .form = s->words->form,
	    .form_version = s->words->form_version,
	    .desk = s->words->desk,
	    .answered_at = a->answered_at,
	    .offset = civil_offset(a->answered_at),
	    .lang = lang_code(a->lang),
	    .assisted = "none",
	    .token = *a->token ? a->token : NULL,
	    .seq = a->seq,
	    .clock = {.mono = a->mono, .synced = clock_synced()}};
	json_t *json;
	char *text;

	if (a->field >= 0 && (size_t)a->field < s->words->nfields)
		out.field = s->words->fields[a->field].code;
	if (code_valid(clock_boot()))
		out.clock.boot = clock_boot();
	fill_scores(s, &out);
	fill_flags(s, &out);
	json = answer_write(&out);
	text = json_dumps(json, JSON_COMPACT);
	json_decref(json);
	return text;
}

static bool
save_answer(struct session *s)
{
	char *text;
	bool ok;

	if (!s->outbox)
		return false;
	if (s->sync)
		outbox_raise_seq(s->outbox, sync_seq(s->sync));
	if (s->flow.answer.seq == 0)
		s->flow.answer.seq = outbox_next_seq(s->outbox);
	text = answer_text(s);
	ok = text && outbox_put(s->outbox, &s->flow.answer.id, text,
			 flow_hold(&s->flow.settings));
	free(text);
	return ok;
}

static unsigned
send_event(struct session *s, enum flow_kind kind, int value)
{
	struct flow_event e = {.kind = kind,
	    .value = value,
	    .now = clock_mono(),
	    .wall = clock_now(),
	    .fingers = s->fingers};
	_Static_assert(KEY_CODE(TOKEN_BYTES) == MORE_TOKEN, "as long");
	char token[MORE_TOKEN];

	if (kind == FLOW_FACE) {
		uuid_new(&e.id);
		if (*s->words->more_key)
			more_token_make(s->words->more_key, NULL, token);
		else
			key_random_text(token, TOKEN_BYTES);
		e.token = s->words->flow.qr_ms > 0 ? token : NULL;
	}
	return flow_handle(&s->flow, &e);
}

/* True when the screen must be shown anew. */
static bool
apply_effects(struct session *s, unsigned effects)
{
	if ((effects & FLOW_SAVE) && !save_answer(s)) {
		s->next_try = clock_mono() + TROUBLE_TRY_MS;
		s->tries = 0;
		send_event(s, FLOW_FAILED, 0);
		return true;
	}
	if (effects & FLOW_RELEASE) {
		outbox_release(s->outbox, &s->flow.answer.id);
		if (s->courier)
			courier_wake(s->courier);
	}
	return effects & FLOW_SHOW;
}

static void
look_for_recovery(struct session *s)
{
	if (clock_mono() < s->next_try)
		return;
	s->next_try = clock_mono() + TROUBLE_TRY_MS;
	if (s->outbox && ++s->tries >= TROUBLE_REOPEN) {
		s->tries = 0;
		close_store(s);
	}
	if (!s->outbox && !open_store(s))
		return;
	if (outbox_usable(s->outbox)) {
		log_info("answers can be stored again");
		apply_effects(s, send_event(s, FLOW_RECOVERED, 0));
	}
}

static bool
take_settings(struct session *s)
{
	struct settings *fresh = s->sync ? sync_take(s->sync) : NULL;

	if (!fresh)
		return false;
	settings_free(s->words);
	s->words = fresh;
	s->revision++;
	flow_apply(&s->flow, &fresh->flow, clock_mono());
	log_info("settings of desk %s", fresh->desk ? fresh->desk : "-");
	return true;
}

/* A call of the desk's software that has arrived goes to the flow; true when
 * the screen must be shown anew. */
static bool
bring_call(struct session *s)
{
	struct flow_call call;
	struct flow_event e = {.kind = FLOW_CALL, .now = clock_mono()};

	if (!s->sync || !sync_call(s->sync, &call))
		return false;
	e.token = call.token;
	e.knows_field = call.knows_field;
	e.lasts_ms = call.until - e.now;
	log_info("called: the next answer is tied to what was just served");
	return apply_effects(s, flow_handle(&s->flow, &e));
}

static bool
look_at_hours(struct session *s)
{
	bool closed = !settings_open(s->words, clock_now());

	return closed != s->flow.closed &&
	       apply_effects(s, send_event(s, FLOW_HOURS, closed));
}

static struct session *
create_session(const struct session_settings *settings)
{
	struct session *s = calloc(1, sizeof(*s));

	if (!s)
		abort();
	arena_init(&s->arena);
	s->setup.url = arena_strdup(&s->arena, settings->url);
	s->setup.token = arena_strdup(&s->arena, settings->token);
	s->setup.outbox = arena_strdup(&s->arena, settings->outbox);
	s->setup.lang = settings->lang;
	s->setup.identity = settings->identity;
	s->keep = arena_printf(&s->arena, "%s.settings", settings->outbox);
	s->words = settings_load(s->keep, settings->lang,
	    settings->identity->knows_collector ? settings->identity->collector
						: NULL);
	if (!s->words)
		s->words = settings_builtin(settings->lang);
	flow_init(&s->flow, &s->words->flow, clock_mono());
	return s;
}

struct session *
session_start(const struct session_settings *settings)
{
	struct session *s = create_session(settings);

	if (open_store(s))
		return s;
	if (errno != ENOSPC && errno != EIO) {
		session_stop(s);
		return NULL;
	}
	send_event(s, FLOW_FAILED, 0);
	return s;
}

bool
session_event(struct session *s, enum flow_kind kind, int value)
{
	return apply_effects(s, send_event(s, kind, value));
}

void
session_fingers(struct session *s, int fingers)
{
	s->fingers = fingers;
}

bool
session_tick(struct session *s)
{
	unsigned before = s->flow.page;
	bool show = look_at_hours(s);

	show = apply_effects(s, send_event(s, FLOW_TICK, 0)) || show;
	if (s->flow.trouble)
		look_for_recovery(s);
	if (flow_idle(&s->flow))
		show = take_settings(s) || show;
	show = bring_call(s) || show;
	return show || s->flow.page != before;
}

const struct flow *
session_flow(const struct session *s)
{
	return &s->flow;
}

const struct settings *
session_words(const struct session *s)
{
	return s->words;
}

unsigned
session_revision(const struct session *s)
{
	return s->revision;
}

int
session_seconds_left(const struct session *s)
{
	return (int)((flow_left(&s->flow, clock_mono()) + 999) / 1000);
}

void
session_state(struct session *s, struct session_state *out)
{
	int waiting;

	memset(out, 0, sizeof(*out));
	if (s->outbox) {
		outbox_depth(s->outbox, &out->unsent, &out->oldest_ms);
		out->refused = outbox_set_aside(s->outbox);
	}
	if (s->courier) {
		out->online = courier_online(s->courier);
		out->delivered_at = courier_delivered(s->courier);
	}
	if (s->sync) {
		out->heard_at = sync_heard(s->sync);
		out->online = out->online || sync_online(s->sync);
	}
	damaged_outbox_count(s->setup.outbox, &waiting, &out->damaged);
}

int64_t
session_resend(struct session *s)
{
	int64_t n = s->outbox ? outbox_resend(s->outbox, 0) : -1;

	if (n > 0)
		log_info("%lld refused answer(s) are sent again", (long long)n);
	if (n > 0 && s->courier)
		courier_wake(s->courier);
	return n;
}

void
session_tell(struct session *s, const struct heartbeat *note)
{
	if (s->sync)
		sync_tell(s->sync, note);
}

int64_t
session_alive(const struct session *s)
{
	int64_t seen = clock_mono();

	if (s->courier && courier_alive(s->courier) < seen)
		seen = courier_alive(s->courier);
	if (s->sync && sync_alive(s->sync) < seen)
		seen = sync_alive(s->sync);
	return seen;
}

bool
session_forget(struct session *s)
{
	close_store(s); /* its threads use the identity */
	return identity_forget(s->setup.outbox);
}

void
session_stop(struct session *s)
{
	if (!s)
		return;
	if (s->outbox && s->flow.open)
		outbox_release(s->outbox, &s->flow.answer.id);
	close_store(s);
	settings_free(s->words);
	arena_finish(&s->arena);
	free(s);
}
