/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What is read is the page's script, in order (window.h). */
#include "kiosk/screen/aloud.h"

#include "kiosk/flow.h"
#include "kiosk/screen/voice.h"
#include "kiosk/screen/words.h"

void
aloud_say(struct window *w, const char *key, const char *words)
{
	if (w->voice)
		voice_say(w->voice, w->lang, key, words);
}

void
aloud_text(struct window *w, const char *key)
{
	aloud_say(w, key, words_text(w, key));
}

void
aloud_page(struct window *w)
{
	for (size_t i = 0; w->voice && i < w->script.n; i++)
		aloud_say(w, w->script.items[i].key, w->script.items[i].words);
}

void
aloud_listen(struct window *w)
{
	if (!w->voice)
		return;
	voice_stop(w->voice);
	aloud_page(w);
	if (w->flow && flow_home(w->flow))
		aloud_text(w, "voice.hold");
}
