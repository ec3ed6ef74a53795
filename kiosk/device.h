/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Facts about the machine the kiosk runs on, for the people who look after
 * it. */
#ifndef HAILONG_KIOSK_DEVICE_H
#define HAILONG_KIOSK_DEVICE_H

#include <stdint.h>

/* Bytes free on the disk that holds a file, -1 when it cannot be told. */
int64_t device_disk(const char *path);
/* The hottest of its sensors in degrees Celsius, -1000 without any. */
int device_temperature(void);

#endif
