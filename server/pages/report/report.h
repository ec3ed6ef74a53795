/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The official report behind its pages: what an address asks for, made. */
#ifndef HAILONG_SERVER_PAGES_REPORT_REPORT_H
#define HAILONG_SERVER_PAGES_REPORT_REPORT_H

#include <stdbool.h>
#include "server/core/report/report.h"
#include "server/pages/page.h"
#include "server/pages/scores/scope.h"

struct report_page {
	struct scope scope;
	struct report_source source; /* its tallies until report_page_close */
	struct catalogue *frozen;    /* of a closed period, else NULL */
	struct report report;
	const char *unit;   /* whose texts it bears, "" the district's */
	const char *period; /* its name, "2026-Q3" */
	bool whole;         /* of the whole unit: it has passages of its own */
};

/* Reads the address and makes the report; the status of a refusal (404, 503), 0
 * for none, then to be closed. */
int report_page_open(struct report_page *r, const struct page *page);
void report_page_close(struct report_page *r);

#endif
