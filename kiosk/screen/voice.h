/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The kiosk's voice: a recorded clip where there is one (FOLDER/LANG/KEY.wav,
 * played by aplay), else espeak-ng. Both run as children, so a sound card that
 * hangs never stops the screen.
 */
#ifndef HAILONG_KIOSK_SCREEN_VOICE_H
#define HAILONG_KIOSK_SCREEN_VOICE_H

#include <stdbool.h>
#include "shared/text.h"

struct voice;

/* Folders of clips, looked through in this order, "" for none. NULL, logged
 * once, when this machine can neither play nor speak. */
struct voice *voice_new(const char *clips, const char *languages);
/* Falls silent and forgets what was still to be said; NULL is allowed. */
void voice_stop(struct voice *v);
/* Adds something to say after what is being said; key "" when there is no clip
 * of it. */
void voice_say(
    struct voice *v, enum lang lang, const char *key, const char *words);
/* True while something is said. */
bool voice_busy(const struct voice *v);
/* Silent, freed; NULL is allowed. */
void voice_free(struct voice *v);

#endif
