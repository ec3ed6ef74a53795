/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What every call of libGammu needs: a deadline around it, its result in the
 * words of modem.h, its texts and times in ours. The deadline is alarm(); the
 * handler aborts the operation, and an aborted state machine is never used
 * again (libGammu does not clear it).
 */
#include "sms/modem/modem_gammu_private.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include "shared/buf.h"
#include "shared/civil.h"
#include "sms/text/utf16.h"

/* What the alarm aborts; one modem a process. */
static GSM_StateMachine *volatile under_deadline;
static volatile sig_atomic_t expired;

static void
on_alarm(int signal)
{
	(void)signal;
	expired = 1;
	if (under_deadline != NULL)
		GSM_AbortOperation(under_deadline);
}

void
gammu_watch_deadlines(void)
{
	struct sigaction act = {.sa_handler = on_alarm};

	sigaction(SIGALRM, &act, NULL);
}

void
gammu_deadline(struct modem_gammu *g, int seconds)
{
	under_deadline = seconds > 0 ? g->machine : NULL;
	if (seconds > 0)
		expired = 0;
	alarm((unsigned)seconds);
}

bool
gammu_expired(void)
{
	return expired != 0;
}

enum modem_result
gammu_judge(struct modem_gammu *g, GSM_Error error)
{
	gammu_deadline(g, 0);
	if (error == ERR_NONE && !expired)
		return MODEM_OK;
	snprintf(g->modem.error, sizeof(g->modem.error), "%s",
	    expired ? "no answer in time" : GSM_ErrorString(error));
	if (expired)
		return MODEM_LOST;
	switch (error) {
	case ERR_EMPTY:
		return MODEM_EMPTY;
	case ERR_CORRUPTED:
	case ERR_UNKNOWN:
	case ERR_INVALIDDATA:
		return MODEM_UNREADABLE;
	case ERR_INVALIDLOCATION:
	case ERR_NOTSUPPORTED:
	case ERR_FULL:
	case ERR_PERMISSION:
	case ERR_MEMORY:
	case ERR_BUSY:
	case ERR_PHONE_INTERNAL:
		return MODEM_REFUSED;
	default:
		return MODEM_LOST;
	}
}

bool
gammu_line_failed(GSM_Error error)
{
	return expired != 0 ||
	       (error >= ERR_DEVICEOPENERROR && error <= ERR_UNKNOWNFRAME) ||
	       error == ERR_NOTCONNECTED || error == ERR_WORKINPROGRESS ||
	       error == ERR_ABORTED;
}

enum modem_result
gammu_judge_question(struct modem_gammu *g, GSM_Error error)
{
	enum modem_result r = gammu_judge(g, error);

	return r == MODEM_LOST && !gammu_line_failed(error) ? MODEM_REFUSED : r;
}

void
gammu_text(const unsigned char *unicode, char *out, size_t size)
{
	struct buf text;

	buf_init(&text);
	utf16_to_utf8(&text, unicode, 2 * UnicodeLength(unicode), size / 2);
	out[0] = '\0';
	strncat(out, buf_text(&text), size - 1);
	buf_finish(&text);
}

int64_t
gammu_time(const GSM_DateTime *at, int *offset)
{
	struct civil date = {at->Year, at->Month, at->Day};

	if (!civil_valid(date))
		return 0;
	*offset = at->Timezone / 60;
	return ((int64_t)civil_to_day(date) * 86400 + at->Hour * 3600 +
		   at->Minute * 60 + at->Second - at->Timezone) *
	       1000;
}

enum modem_result
gammu_find_center(struct modem_gammu *g)
{
	enum modem_result r;

	if (UnicodeLength(g->center.Number) > 0)
		return MODEM_OK;
	g->center.Location = 1;
	gammu_deadline(g, g->settings->patience_s);
	r = gammu_judge_question(g, GSM_GetSMSC(g->machine, &g->center));
	/* no SMS was begun: it may be tried again */
	return r == MODEM_OK ? MODEM_OK : r == MODEM_LOST ? r : MODEM_REFUSED;
}
