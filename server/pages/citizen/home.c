/* SPDX-License-Identifier: GPL-2.0-or-later */
/* GET /: the district's public page comes with a later release; until then the
 * way for staff. */
#include "server/pages/pages.h"

#include "server/pages/page.h"

int
get_home(struct ctx *ctx, struct request *req, struct response *res)
{
	struct page page = page_of(ctx, req, res);

	return page_go(&page, "/staff/");
}
