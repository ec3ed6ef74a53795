/* SPDX-License-Identifier: GPL-2.0-or-later */
/* After three wrong tries each further one costs twice the wait, up to ten
 * minutes: a six-digit PIN then takes years. */
#include "kiosk/pin.h"

#include <string.h>
#include "shared/keys.h"

#define WAIT_MS (30 * 1000)
#define MOST_MS (10 * 60 * 1000)

void
pin_digit(struct pin *p, int digit, int64_t now)
{
	size_t n = strlen(p->typed);

	if (digit < 0 || digit > 9 || n == PIN_LONGEST || pin_wait(p, now) > 0)
		return;
	p->typed[n] = (char)('0' + digit);
	p->typed[n + 1] = '\0';
}

void
pin_erase(struct pin *p)
{
	memset(p->typed, 0, sizeof(p->typed));
}

static int64_t
wait_after(int wrong)
{
	int64_t ms = WAIT_MS;

	for (int i = PIN_FREE; i < wrong && ms < MOST_MS; i++)
		ms *= 2;
	return ms < MOST_MS ? ms : MOST_MS;
}

void
pin_begin(struct pin *p, int wrong, int64_t now)
{
	memset(p, 0, sizeof(*p));
	p->wrong = wrong;
	if (wrong >= PIN_FREE)
		p->locked_until = now + wait_after(wrong);
}

bool
pin_try(struct pin *p, const char *hash, int64_t now)
{
	bool right = pin_wait(p, now) == 0 && *hash != '\0' &&
		     *p->typed != '\0' && pin_check(p->typed, hash);

	pin_erase(p);
	if (right) {
		memset(p, 0, sizeof(*p));
	} else if (pin_wait(p, now) == 0) {
		p->wrong += p->wrong < PIN_COUNTED;
		if (p->wrong >= PIN_FREE)
			p->locked_until = now + wait_after(p->wrong);
	}
	return right;
}

int
pin_wait(const struct pin *p, int64_t now)
{
	return p->locked_until > now
		   ? (int)((p->locked_until - now + 999) / 1000)
		   : 0;
}
