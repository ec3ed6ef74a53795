/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * libGammu's AT driver, used with the care that its faults taught (each was
 * seen with Debian's 1.42 against the simulator of tests/modem):
 *   - Every call runs under a deadline (modem_gammu_call.c).
 *   - CNMIParams must be -1 when a GSM_Config is filled by hand: zero turns the
 *     announcements off. Announced messages stay in the modem (mt=1), because
 *     libGammu's handling of +CMT leaves their place unset. Delivery reports
 *     are taken as they come (ds=1) where the modem offers it.
 *   - GSM_SendSMS returns before the network answered. The answer comes to a
 *     callback with a reference; an "OK" without one is the stale answer of
 *     another command and means nothing.
 *   - GSM_DecodeMultiPartSMS is never called: it writes outside its memory. One
 *     part's Text is all we need, sms/text/join.c does the rest.
 *   - UnicodeCoding is chosen by counting: left to itself, libGammu takes some
 *     Vietnamese accents off and leaves others on.
 *   - Callbacks copy and set flags, nothing else; the library is not reentrant.
 *   - A Multi structure takes 266 kB: one, on the heap.
 *   - A line that was pulled out is not noticed by reading from it: the name of
 *     the device is looked at before each wait.
 */
#include "sms/modem/modem_gammu.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <stdio.h>
#include <unistd.h>
#include "shared/clock.h"
#include "sms/modem/at_line.h"
#include "sms/modem/modem_gammu_private.h"

#define INIT_SPARE_S 15  /* libGammu takes 3.4 s when all is well */
#define SWALLOW_MS   400 /* for the answer to an empty command */

static void
modem_gammu_configure(struct modem_gammu *g)
{
	GSM_Config *c = GSM_GetConfig(g->machine, 0);

	c->Device = strdup(g->settings->device);
	c->Connection = strdup(g->settings->connection);
	snprintf(c->Model, sizeof(c->Model), "%s", g->settings->model);
	c->SyncTime = FALSE;
	c->LockDevice = FALSE;
	c->StartInfo = FALSE;
	c->UseGlobalDebugFile = FALSE;
	for (size_t i = 0; i < 5; i++)
		c->CNMIParams[i] = -1;
	if (g->direct)
		c->CNMIParams[3] = 1;
	GSM_SetConfigNum(g->machine, 1);
}

/* Opens a SIM that asks for its PIN; the PIN is tried once. */
static enum modem_result
unlock(struct modem_gammu *g)
{
	const struct modem_gammu_settings *set = g->settings;
	GSM_SecurityCode code = {.Type = SEC_None};
	enum modem_result r;
	const char *pin;

	gammu_deadline(g, set->patience_s);
	r = gammu_judge(g, GSM_GetSecurityStatus(g->machine, &code.Type));
	if (r == MODEM_LOST || (r == MODEM_OK && code.Type == SEC_None))
		return r;
	if (r != MODEM_OK || code.Type != SEC_Pin) {
		snprintf(g->modem.error, sizeof(g->modem.error),
		    "the SIM is missing or asks for another code than its PIN");
		return r == MODEM_OK ? MODEM_REFUSED : r;
	}
	pin = set->pin == NULL ? NULL : set->pin(set->context, false);
	if (pin == NULL || strlen(pin) >= sizeof(code.Code)) {
		snprintf(g->modem.error, sizeof(g->modem.error),
		    "the SIM asks for its PIN: write the right one to "
		    "pin_file (a refused one is not tried again)");
		return MODEM_REFUSED;
	}
	memcpy(code.Code, pin, strlen(pin) + 1);
	gammu_deadline(g, set->patience_s);
	r = gammu_judge(g, GSM_EnterSecurityCode(g->machine, &code));
	if (r == MODEM_OK)
		set->pin(set->context, true);
	return r;
}

static bool
gammu_present(struct modem *m)
{
	struct modem_gammu *g = (struct modem_gammu *)m;
	enum at_line_state state;

	/* a connection that is no serial line is libGammu's own matter */
	if (strncmp(g->settings->connection, "at", 2) != 0 ||
	    strspn(g->settings->connection + 2, "0123456789") !=
		strlen(g->settings->connection + 2))
		return true;
	state = at_line_probe(
	    g->settings->device, g->settings->connection, &g->direct);
	snprintf(m->error, sizeof(m->error), "%s",
	    state == AT_LINE_ABSENT ? "there is no such device"
				    : "the device does not answer AT");
	return state == AT_LINE_READY;
}

static enum modem_result
begin_modem_gammu(struct modem_gammu *g)
{
	enum modem_result r;

	stat(g->settings->device, &g->device);
	g->machine = GSM_AllocStateMachine();
	if (g->machine == NULL)
		abort();
	modem_gammu_configure(g);
	gammu_deadline(g, g->settings->patience_s + INIT_SPARE_S);
	r = gammu_judge(g, GSM_InitConnection(g->machine, 1));
	if (r != MODEM_OK)
		return r;
	GSM_SetSendSMSStatusCallback(g->machine, gammu_sent, g);
	return unlock(g);
}

static enum modem_result
gammu_open(struct modem *m)
{
	struct modem_gammu *g = (struct modem_gammu *)m;
	enum modem_result r;

	gammu_watch_deadlines();
	GSM_InitLocales(NULL);
	r = begin_modem_gammu(g);
	if (r != MODEM_OK)
		return r;
	GSM_SetIncomingSMSCallback(g->machine, gammu_incoming, g);
	GSM_SetIncomingUSSDCallback(g->machine, gammu_service, g);
	gammu_deadline(g, g->settings->patience_s);
	r = gammu_judge_question(g, GSM_SetIncomingSMS(g->machine, TRUE));
	/* without announcements there is still the polling; a SIM that is not
	 * ready to name its centre is asked again before the first sending */
	if (r != MODEM_LOST)
		r = gammu_find_center(g);
	if (r != MODEM_LOST)
		r = gammu_sweep_reports(g);
	return r == MODEM_LOST ? r : MODEM_OK;
}

/* The device's name is gone, or means another device now. */
static bool
pulled_out(struct modem_gammu *g)
{
	struct stat now;

	if (stat(g->settings->device, &now) == 0 &&
	    now.st_rdev == g->device.st_rdev && now.st_ino == g->device.st_ino)
		return false;
	snprintf(g->modem.error, sizeof(g->modem.error),
	    "the device was pulled out");
	return true;
}

static bool
something_came(const struct modem_gammu *g)
{
	return g->announced || g->ring_in != g->ring_out;
}

/*
 * libGammu keeps a line that it does not know (+CIEV, +QIND, ^PORTSEL) in front
 * of the next answer, which it then does not recognise, and waits in vain. An
 * empty command, said behind its back, gives such lines an end: their "answer"
 * belongs to no question and is forgotten.
 */
static void
swallow_notice(struct modem_gammu *g)
{
	static const char empty[] = "AT\r";
	int fd = open(
	    g->settings->device, O_WRONLY | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);
	int64_t until = clock_mono() + SWALLOW_MS;

	if (fd < 0)
		return; /* pulled out: seen by the next wait */
	if (write(fd, empty, sizeof(empty) - 1) != (ssize_t)sizeof(empty) - 1)
		until = 0;
	close(fd);
	/* the answer, and the silence after it */
	while (clock_mono() < until && !gammu_expired()) {
		if (GSM_ReadDevice(g->machine, FALSE) > 0)
			until = clock_mono() + SWALLOW_MS / 4;
		usleep(GAMMU_PAUSE_US / 5);
	}
}

static enum modem_result
gammu_wait(struct modem *m, int ms)
{
	struct modem_gammu *g = (struct modem_gammu *)m;
	int64_t until = clock_mono() + ms;
	bool said = false;

	if (pulled_out(g))
		return MODEM_LOST;
	gammu_deadline(g, g->settings->patience_s);
	while (!something_came(g) && clock_mono() < until && !gammu_expired()) {
		said = GSM_ReadDevice(g->machine, FALSE) > 0 || said;
		usleep(GAMMU_PAUSE_US);
	}
	if (said)
		swallow_notice(g);
	gammu_deadline(g, 0);
	return gammu_expired()     ? MODEM_LOST
	       : something_came(g) ? MODEM_OK
				   : MODEM_EMPTY;
}

static void
gammu_close(struct modem *m)
{
	struct modem_gammu *g = (struct modem_gammu *)m;

	if (g == NULL)
		return;
	gammu_deadline(g, 5);
	if (g->machine != NULL && GSM_IsConnected(g->machine))
		GSM_TerminateConnection(g->machine);
	gammu_deadline(g, 0);
	if (g->machine != NULL)
		GSM_FreeStateMachine(g->machine);
	free(g->sms);
	free(g);
}

struct modem *
modem_gammu_create(const struct modem_gammu_settings *settings)
{
	static const struct modem_ops ops = {gammu_present, gammu_open,
	    gammu_next, gammu_remove, gammu_rescue, gammu_send, gammu_report,
	    gammu_look, gammu_ask, gammu_wait, gammu_close};
	struct modem_gammu *g = calloc(1, sizeof(*g));

	if (g == NULL || (g->sms = calloc(1, sizeof(*g->sms))) == NULL)
		abort();
	g->modem.ops = &ops;
	g->settings = settings;
	return &g->modem;
}
