/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One program in another's rooms. */
#include "server/http/request.h"
#include <sqlite3.h>
