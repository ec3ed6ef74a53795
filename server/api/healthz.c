/* SPDX-License-Identifier: GPL-2.0-or-later */
/* GET /healthz: 200 "ok", or 503 with the reason in one sentence. What will be
 * wrong soon is a warning on a further line and no reason to be taken out. */
#include "server/api/api.h"

#include "server/http/health.h"
#include "server/http/request.h"
#include "shared/buf.h"

int
api_healthz(struct ctx *ctx, struct request *req, struct response *res)
{
	struct health health;

	(void)req;
	health_read(ctx, &health);
	res->type = "text/plain; charset=utf-8";
	buf_printf(&res->body, "%s\n", health.ok ? "ok" : health.reason);
	for (int i = 0; i < health.nwarnings; i++)
		buf_printf(&res->body, "warning: %s\n", health.warnings[i]);
	return health.ok ? 200 : 503;
}
