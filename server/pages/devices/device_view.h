/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A device as the pages show it, and who may see it. */
#ifndef HAILONG_SERVER_PAGES_DEVICES_DEVICE_VIEW_H
#define HAILONG_SERVER_PAGES_DEVICES_DEVICE_VIEW_H

#include <jansson.h>
#include <stdbool.h>

struct desk;
struct device_state;
struct page;

/* What there is to say of a device: devices.html tells the members. The caller
 * owns it. *alarms: as device_alarms_find gives them. */
json_t *device_row(const struct page *page, const struct device_state *state,
    unsigned *alarms);
/* True when the device stands in the caller's unit or below it; one that has no
 * desk is the whole district's. Others do not exist for the caller. */
bool device_mine(const struct page *page, const struct device_state *state);
/* The desks where the caller may put a kiosk: [{code, name, chosen}]. */
json_t *device_desks(const struct page *page, const char *chosen);
/* A desk of those by its code; NULL: none of them. */
const struct desk *device_desk(const struct page *page, const char *code);
/* "path?done=WORD", in the reader's language; the request's memory. */
const char *device_address(
    const struct page *page, const char *path, const char *done);

#endif
