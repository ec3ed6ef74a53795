/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * How the modem is. Each question may be refused, and some modems refuse most:
 * what they do not say stays unknown. Only a modem that no longer answers at
 * all is lost.
 */
#include "sms/modem/modem_gammu_private.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include "shared/clock.h"

#define USSD_S 30 /* the operator's time to answer a service code */

void
gammu_service(GSM_StateMachine *s, GSM_USSDMessage *ussd, void *context)
{
	struct modem_gammu *g = context;

	(void)s;
	gammu_text(ussd->Text, g->ussd, sizeof(g->ussd));
	g->answered = 1;
}

static enum modem_network
network_of(GSM_NetworkInfo_State state)
{
	switch (state) {
	case GSM_HomeNetwork:
		return NETWORK_HOME;
	case GSM_RoamingNetwork:
		return NETWORK_ROAMING;
	case GSM_RequestingNetwork:
		return NETWORK_SEARCHING;
	case GSM_RegistrationDenied:
		return NETWORK_DENIED;
	case GSM_NoNetwork:
		return NETWORK_NONE;
	default:
		return NETWORK_UNKNOWN;
	}
}

static enum modem_result
look_network(struct modem_gammu *g, struct modem_state *state)
{
	GSM_NetworkInfo info;
	enum modem_result r;
	const unsigned char *name;

	memset(&info, 0, sizeof(info));
	info.State = GSM_NetworkStatusUnknown;
	gammu_deadline(g, g->settings->patience_s);
	r = gammu_judge_question(g, GSM_GetNetworkInfo(g->machine, &info));
	if (r != MODEM_OK)
		return r;
	state->network = network_of(info.State);
	if (state->network != NETWORK_HOME && state->network != NETWORK_ROAMING)
		return r;
	name = GSM_GetNetworkName(info.NetworkCode);
	if (name != NULL)
		gammu_text(name, state->operator, sizeof(state->operator));
	if (name == NULL || strcmp(state->operator, "unknown") == 0)
		snprintf(state->operator, sizeof(state->operator), "%s",
		    info.NetworkCode);
	return r;
}

static enum modem_result
look_signal(struct modem_gammu *g, struct modem_state *state)
{
	GSM_SignalQuality quality = {-1, -1, -1};
	enum modem_result r;

	gammu_deadline(g, g->settings->patience_s);
	r = gammu_judge_question(g, GSM_GetSignalQuality(g->machine, &quality));
	if (r == MODEM_OK && quality.SignalPercent >= 0 &&
	    quality.SignalPercent <= 100)
		state->signal = quality.SignalPercent;
	return r;
}

static enum modem_result
look_memory(struct modem_gammu *g, struct modem_state *state)
{
	GSM_SMSMemoryStatus memory;
	enum modem_result r;

	memset(&memory, 0, sizeof(memory));
	gammu_deadline(g, g->settings->patience_s);
	r = gammu_judge_question(g, GSM_GetSMSStatus(g->machine, &memory));
	if (r == MODEM_OK) {
		state->sim_used = memory.SIMUsed;
		state->sim_size = memory.SIMSize;
		state->own_used = memory.PhoneUsed;
		state->own_size = memory.PhoneSize;
	}
	return r;
}

/* Who it is; libGammu keeps the answers. */
static enum modem_result
look_names(struct modem_gammu *g, struct modem_state *state)
{
	static GSM_Error (*const ask[])(GSM_StateMachine *, char *) = {
	    GSM_GetModel, GSM_GetIMEI, GSM_GetSIMIMSI};
	char *const into[] = {state->model, state->imei, state->sim};
	char word[GSM_MAX_MODEL_LENGTH + GSM_MAX_IMEI_LENGTH + 100];

	for (size_t i = 0; i < 3; i++) {
		enum modem_result r;

		memset(word, 0, sizeof(word));
		gammu_deadline(g, g->settings->patience_s);
		r = gammu_judge_question(g, ask[i](g->machine, word));
		if (r == MODEM_LOST)
			return r;
		if (r == MODEM_OK)
			snprintf(into[i], MODEM_WORDS, "%.*s", MODEM_WORDS - 1,
			    word);
	}
	return MODEM_OK;
}

enum modem_result
gammu_look(struct modem *m, struct modem_state *state)
{
	struct modem_gammu *g = (struct modem_gammu *)m;
	static enum modem_result (*const looks[])(
	    struct modem_gammu *, struct modem_state *) = {
	    look_signal, look_network, look_memory, look_names};

	memset(state, 0, sizeof(*state));
	state->signal = state->sim_used = state->sim_size = -1;
	state->own_used = state->own_size = -1;
	for (size_t i = 0; i < sizeof(looks) / sizeof(looks[0]); i++) {
		if (looks[i](g, state) == MODEM_LOST)
			return MODEM_LOST;
	}
	return MODEM_OK;
}

/* Only what a service code may have: nothing that could end a command. */
static bool
service_code(const char *code)
{
	return code[0] != '\0' && strlen(code) < 40 &&
	       strspn(code, "0123456789*#") == strlen(code);
}

enum modem_result
gammu_ask(struct modem *m, const char *code, char answer[MODEM_USSD_BYTES])
{
	struct modem_gammu *g = (struct modem_gammu *)m;
	int64_t until = clock_mono() + USSD_S * 1000;
	char dialled[40];
	enum modem_result r;

	answer[0] = '\0';
	if (!service_code(code)) {
		snprintf(m->error, sizeof(m->error), "not a service code");
		return MODEM_REFUSED;
	}
	snprintf(dialled, sizeof(dialled), "%s", code);
	g->answered = 0;
	gammu_deadline(g, g->settings->patience_s);
	r = gammu_judge(g, GSM_SetIncomingUSSD(g->machine, TRUE));
	if (r == MODEM_OK) {
		gammu_deadline(g, USSD_S);
		r = gammu_judge_question(
		    g, GSM_DialService(g->machine, dialled));
	}
	while (r == MODEM_OK && !g->answered && clock_mono() < until) {
		GSM_ReadDevice(g->machine, FALSE);
		usleep(GAMMU_PAUSE_US);
	}
	if (r == MODEM_OK && !g->answered) {
		snprintf(
		    m->error, sizeof(m->error), "the operator said nothing");
		return MODEM_REFUSED;
	}
	if (r == MODEM_OK)
		snprintf(answer, MODEM_USSD_BYTES, "%s", g->ussd);
	return r == MODEM_OK || r == MODEM_LOST ? r : MODEM_REFUSED;
}
