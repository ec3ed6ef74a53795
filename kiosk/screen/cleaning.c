/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Shown while the glass is wiped: nothing on this page can be touched, and it
 * ends by itself (FLOW_CLEAN_MS). */
#include "kiosk/screen/pages.h"

#include "kiosk/flow.h"
#include "kiosk/screen/parts.h"

static void
refresh_cleaning(struct window *w)
{
	part_count_refresh(w, "kiosk.cleaning");
}

GtkWidget *
cleaning_page(struct window *w)
{
	GtkWidget *page = part_page("night"), *box = part_middle(w);

	gtk_box_append(GTK_BOX(box), part_count(w, "title"));
	gtk_box_append(GTK_BOX(page), box);
	w->refresh = refresh_cleaning;
	return page;
}
