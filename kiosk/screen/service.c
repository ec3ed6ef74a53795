/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The operator's page, opened by ten seconds in the corner: the keypad for the
 * PIN, then the facts, from which the touch test and enrolling anew are
 * reached. Wiping the glass needs no PIN, since cleaners do not know it.
 * Untouched for FLOW_SERVICE_MS the page closes.
 */
#include "kiosk/screen/service.h"

#include "kiosk/flow.h"
#include "kiosk/screen/pages.h"

GtkWidget *
service_page(struct window *w)
{
	switch (w->service.leaf) {
	case SERVICE_FACTS:
		return service_facts(w);
	case SERVICE_TOUCH:
		return service_touch(w);
	case SERVICE_FORGET:
		return service_forget(w);
	default:
		return service_lock(w);
	}
}
