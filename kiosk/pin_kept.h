/* SPDX-License-Identifier: GPL-2.0-or-later */
/* How many PINs were wrong in a row, kept beside the outbox (PATH.pin): to
 * start the device anew wins no tries. */
#ifndef HAILONG_KIOSK_PIN_KEPT_H
#define HAILONG_KIOSK_PIN_KEPT_H

#include <stdbool.h>
#include <stdint.h>

struct pin;

/* Takes over what was kept when the device was started; now is clock_mono. */
void pin_kept_begin(struct pin *p, const char *outbox, int64_t now);
/* pin_try, counted on the disk before it is looked at: pulling the plug undoes
 * nothing. */
bool pin_kept_try(
    struct pin *p, const char *outbox, const char *hash, int64_t now);

#endif
