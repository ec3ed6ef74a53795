/* SPDX-License-Identifier: GPL-2.0-or-later */
/* GET /api/v1/scores?period=…&by=…&unit=…&population=…: the rows of the
 * command "scores --format json". A person of one unit sees that unit only, and
 * nobody sees small numbers (core/score/suppress). */
#include "server/api/api.h"

#include "server/core/catalogue/catalogue.h"
#include "server/core/score/score.h"
#include "server/core/score/score_write.h"
#include "server/http/problem.h"
#include "server/store/scores.h"

int
api_scores(struct ctx *ctx, struct request *req, struct response *res)
{
	struct scores_query query = {
	    .period = pairs_get(&req->query, "period"),
	    .by = pairs_get(&req->query, "by"),
	    .unit = pairs_get(&req->query, "unit"),
	    .population = pairs_get(&req->query, "population"),
	    .within = req->caller.unit,
	    .least = catalogue_setting(ctx->catalogue, SETTING_CELL_LEAST),
	};
	struct score_rows rows;
	char why[200];

	switch (scores_read(ctx->db, ctx->catalogue, &req->arena, &query, &rows,
	    &req->frozen, why, sizeof(why))) {
	case SCORES_REFUSED:
		return problem(res, 400, "bad_query", why);
	case SCORES_FAILED:
		return 503;
	default:
		break;
	}
	res->type = "application/json";
	buf_puts(&res->body, "{\"rows\":");
	scores_json(&rows, &res->body);
	buf_puts(&res->body, "}");
	return 200;
}
