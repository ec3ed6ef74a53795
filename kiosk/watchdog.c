/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The first question only notes where things stand. */
#include "kiosk/watchdog.h"

bool
watchdog_ask(struct watchdog *w, int64_t now, int64_t threads, unsigned frames,
    int screens)
{
	bool painted = !w->asked || frames != w->frames || screens == 0;

	w->asked = true;
	w->frames = frames;
	return painted && now - threads <= WATCHDOG_THREADS_MS;
}
