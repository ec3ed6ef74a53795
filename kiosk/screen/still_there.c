/* SPDX-License-Identifier: GPL-2.0-or-later */
/* After a question was left untouched: asks for a touch, shows the seconds left
 * and then sends what was chosen (flow.c). */
#include "kiosk/screen/pages.h"

#include "kiosk/flow.h"
#include "kiosk/screen/parts.h"
#include "kiosk/screen/words.h"

static void
refresh_still_there(struct window *w)
{
	part_count_refresh(w, "kiosk.idle.count");
}

GtkWidget *
still_there_page(struct window *w)
{
	GtkWidget *page = part_page(NULL), *box = part_middle(w);

	gtk_box_append(GTK_BOX(box),
	    part_title(w, "kiosk.idle", words_text(w, "kiosk.idle")));
	gtk_box_append(GTK_BOX(box), part_count(w, "say"));
	gtk_box_append(GTK_BOX(page), box);
	gtk_box_append(GTK_BOX(page),
	    part_bar(w,
		part_bar_button(w, "button.continue", NULL, FLOW_CONTINUE),
		part_next(w),
		part_bar_button(w, "button.send", "send", FLOW_SEND)));
	w->refresh = refresh_still_there;
	return page;
}
