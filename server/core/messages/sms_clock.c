/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Message centres were seen with 2001, with 2069, and with local time that was
 * labelled +00: each would put an answer into another period, or behind the
 * correction that came after it.
 */
#include "server/core/messages/sms_clock.h"

#include "shared/limits.h"

int64_t
sms_clock_said_at(int64_t received_at, int64_t operator_at, bool *doubted)
{
	*doubted =
	    operator_at != 0 && (operator_at > received_at + LIMIT_AHEAD_MS ||
				    operator_at < received_at - LIMIT_LATE_MS);
	return operator_at == 0 || *doubted ? received_at : operator_at;
}
