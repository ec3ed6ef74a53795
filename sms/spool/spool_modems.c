/* SPDX-License-Identifier: GPL-2.0-or-later */
/* How the modems are, what the operator shall be asked, and the figures
 * of the spool itself: for the heartbeat and for `hailong-sms status`. */
#include <string.h>
#include "sms/spool/spool.h"
#include "sms/spool/spool_db.h"

static const char *const networks[MODEM_NETWORK_COUNT] = {
    "", "home", "roaming", "searching", "denied", "none"};

bool
spool_modem_start(struct spool *s, const struct spool_turn *turn, int64_t now)
{
	sqlite3_stmt *st = spool_statement(s, S_MODEM_START);

	spool_bind_text(st, ":name", turn->modem);
	spool_bind_int(st, ":rate", turn->rate);
	spool_bind_int(st, ":cap", turn->cap);
	spool_bind_int(st, ":now", now);
	return spool_run(s, st);
}

bool
spool_modem_state(struct spool *s, const char *modem, const char *state,
    const char *error, unsigned stuck, int64_t now)
{
	sqlite3_stmt *st = spool_statement(s, S_MODEM_STATE);

	spool_bind_text(st, ":name", modem);
	spool_bind_text(st, ":state", state);
	spool_bind_text(st, ":error", error);
	spool_bind_int(st, ":stuck", stuck);
	spool_bind_int(st, ":now", now);
	return spool_run(s, st);
}

bool
spool_modem_look(
    struct spool *s, const char *modem, const struct modem_state *state)
{
	sqlite3_stmt *st = spool_statement(s, S_MODEM_LOOK);

	spool_bind_text(st, ":name", modem);
	spool_bind_int(st, ":signal", state->signal);
	spool_bind_text(st, ":network", networks[state->network]);
	spool_bind_text(st, ":operator", state->operator);
	spool_bind_text(st, ":model", state->model);
	spool_bind_text(st, ":imei", state->imei);
	spool_bind_text(st, ":sim", state->sim);
	spool_bind_int(st, ":sim_used", state->sim_used);
	spool_bind_int(st, ":sim_size", state->sim_size);
	spool_bind_int(st, ":own_used", state->own_used);
	spool_bind_int(st, ":own_size", state->own_size);
	return spool_run(s, st);
}

static void
read_modem(struct arena *a, sqlite3_stmt *st, struct spool_modem *m)
{
	const char **texts[] = {&m->name, &m->state, &m->error};
	const char **more[] = {&m->network, &m->operator, & m->model, &m->imei};

	for (int i = 0; i < 3; i++)
		*texts[i] =
		    arena_strdup(a, (const char *)sqlite3_column_text(st, i));
	m->heard_at = sqlite3_column_int64(st, 3);
	m->starts = sqlite3_column_int64(st, 4);
	m->stuck = sqlite3_column_int64(st, 5);
	m->signal = sqlite3_column_int(st, 6);
	for (int i = 0; i < 4; i++)
		*more[i] = arena_strdup(
		    a, (const char *)sqlite3_column_text(st, 7 + i));
	m->sim_used = sqlite3_column_int(st, 11);
	m->sim_size = sqlite3_column_int(st, 12);
	m->own_used = sqlite3_column_int(st, 13);
	m->own_size = sqlite3_column_int(st, 14);
	m->rate = sqlite3_column_int(st, 15);
	m->cap = sqlite3_column_int(st, 16);
	m->sent_today = sqlite3_column_int64(st, 17);
	m->sent_minute = sqlite3_column_int64(st, 18);
}

bool
spool_modems(struct spool *s, struct arena *a, int64_t midnight, int64_t now,
    struct spool_modem **out, size_t *n)
{
	sqlite3_stmt *st = spool_statement(s, S_MODEM_LIST);
	bool ok = true;

	spool_bind_int(st, ":midnight", midnight);
	spool_bind_int(st, ":now", now);
	*out = NULL;
	*n = 0;
	while (spool_step(s, st, &ok))
		read_modem(a, st, arena_append(a, out, n, sizeof(**out)));
	sqlite3_reset(st);
	return ok;
}

bool
spool_figures(struct spool *s, struct spool_figures *out)
{
	int64_t *const into[] = {&out->waiting, &out->oldest_at, &out->parts,
	    &out->queued, &out->refused, &out->dropped, &out->poison};
	sqlite3_stmt *st = spool_statement(s, S_FIGURES);
	bool ok = true;

	memset(out, 0, sizeof(*out));
	if (spool_step(s, st, &ok)) {
		for (int i = 0; i < 7; i++)
			*into[i] = sqlite3_column_int64(st, i);
	}
	sqlite3_reset(st);
	return ok;
}

/* ------------------------------------------------------------------- wishes */

int64_t
spool_ussd(struct spool *s, const char *modem, const char *code, int64_t now)
{
	sqlite3_stmt *st = spool_statement(s, S_WISH_ADD);
	bool ok = true;
	int64_t id = -1;

	spool_bind_text(st, ":modem", modem);
	spool_bind_text(st, ":code", code);
	spool_bind_int(st, ":now", now);
	if (spool_step(s, st, &ok)) {
		id = sqlite3_column_int64(st, 0);
		ok = !spool_step(s, st, &ok) && ok;
	}
	return ok ? id : -1;
}

bool
spool_ussd_next(
    struct spool *s, const char *modem, int64_t now, struct spool_ussd *out)
{
	sqlite3_stmt *st = spool_statement(s, S_WISH_NEXT);
	bool ok = true;

	spool_bind_text(st, ":modem", modem);
	spool_bind_int(st, ":now", now);
	out->id = 0;
	if (spool_step(s, st, &ok)) {
		out->id = sqlite3_column_int64(st, 0);
		spool_copy(out->code, sizeof(out->code), st, 1);
	}
	sqlite3_reset(st);
	return ok;
}

bool
spool_ussd_answer(struct spool *s, int64_t id, const char *answer, int64_t now)
{
	sqlite3_stmt *st = spool_statement(s, S_WISH_ANSWER);

	spool_bind_int(st, ":id", id);
	spool_bind_text(st, ":answer", answer);
	spool_bind_int(st, ":now", now);
	return spool_run(s, st);
}

const char *
spool_ussd_read(struct spool *s, int64_t id, struct arena *a)
{
	sqlite3_stmt *st = spool_statement(s, S_WISH_READ);
	const char *answer = NULL;
	bool ok = true;

	spool_bind_int(st, ":id", id);
	if (spool_step(s, st, &ok))
		answer =
		    arena_strdup(a, (const char *)sqlite3_column_text(st, 0));
	sqlite3_reset(st);
	return answer;
}
