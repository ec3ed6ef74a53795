/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * GET /metrics: the collector's figures in Prometheus's text format (0.0.4).
 * Counters begin at 0 with each start. Who may read them is the proxy's
 * matter (server/nginx.conf, server/haproxy.cfg): no caller from outside.
 */
#include "server/api/api.h"

#include <inttypes.h>
#include "server/api/metrics_sms.h"
#include "server/db/db.h"
#include "server/http/counters.h"
#include "server/http/health.h"
#include "server/http/request.h"
#include "shared/buf.h"
#include "shared/limits.h"

static void
put_head(struct buf *out, const char *name, const char *type, const char *help)
{
	buf_printf(out, "# HELP %s %s\n# TYPE %s %s\n", name, help, name, type);
}

static void
put_one(struct buf *out, const char *name, const char *type, const char *help,
    int64_t value)
{
	put_head(out, name, type, help);
	buf_printf(out, "%s %" PRId64 "\n", name, value);
}

static void
put_answers(struct buf *out, const struct counters *f)
{
	put_head(out, "hailong_answers_total", "counter",
	    "Answers by the channel they came on and what became of them.");
	for (int c = 0; c < CHANNEL_COUNT; c++)
		for (int r = 0; r < RESULT_COUNT; r++)
			buf_printf(out,
			    "hailong_answers_total{channel=\"%s\",result=\"%s"
			    "\"} %" PRId64 "\n",
			    counter_channels[c], counter_results[r],
			    f->answers[c][r]);
	put_head(out, "hailong_sms_messages_total", "counter",
	    "SMS handed over by gateways, by what became of them.");
	for (int r = 0; r < RESULT_COUNT; r++)
		buf_printf(out,
		    "hailong_sms_messages_total{result=\"%s\"} %" PRId64 "\n",
		    counter_results[r], f->messages[r]);
	put_head(out, "hailong_sms_sent_total", "counter",
	    "SMS to citizens, by how the gateway says their sending ended.");
	for (int i = 0; i < SENDING_COUNT; i++)
		buf_printf(out,
		    "hailong_sms_sent_total{state=\"%s\"} %" PRId64 "\n",
		    counter_sendings[i], f->sent[i]);
}

static void
put_http(struct buf *out, const struct counters *f)
{
	put_head(out, "hailong_http_responses_total", "counter",
	    "Responses by the class of their status.");
	for (int i = 1; i <= 5; i++)
		buf_printf(out,
		    "hailong_http_responses_total{class=\"%dxx\"} %" PRId64
		    "\n",
		    i, f->responses[i]);
	put_one(out, "hailong_http_ambiguous_total", "counter",
	    "Requests whose framing was ambiguous or unusual; their connection "
	    "was closed.",
	    f->ambiguous);
	put_one(out, "hailong_http_slow_total", "counter",
	    "Connections ended because they took too long.", f->cut);
	put_one(out, "hailong_http_connections", "gauge",
	    "Connections open now.", f->connections);
}

/* Prometheus counts what is at most a bound, all lower ones included. */
static void
put_histogram(struct buf *out, const char *name, const char *help,
    const struct histogram *h)
{
	int64_t all = histogram_up_to(h, h->nbounds);

	put_head(out, name, "histogram", help);
	for (size_t i = 0; i < h->nbounds; i++)
		buf_printf(out, "%s_bucket{le=\"%g\"} %" PRId64 "\n", name,
		    h->bounds[i], histogram_up_to(h, i));
	buf_printf(out, "%s_bucket{le=\"+Inf\"} %" PRId64 "\n", name, all);
	buf_printf(out, "%s_sum %.9g\n%s_count %" PRId64 "\n", name, h->sum,
	    name, all);
}

static void
put_writer(struct buf *out, const struct writer_figures *w)
{
	put_one(out, "hailong_queue_jobs", "gauge",
	    "Requests that wait for the writer or are being committed.",
	    w->waiting);
	put_one(out, "hailong_queue_jobs_limit", "gauge",
	    "As many may wait; above it 503.", LIMIT_QUEUE_JOBS);
	put_one(out, "hailong_line_jobs", "gauge",
	    "Strangers' forms that wait in their line.", w->in_line);
	put_one(out, "hailong_line_jobs_limit", "gauge",
	    "As many may wait; above it 503, of the source that has most.",
	    LIMIT_LINE_JOBS);
	put_one(out, "hailong_line_late_total", "counter",
	    "Forms that were given back since they waited too long.", w->late);
	put_one(out, "hailong_jobs_failed_total", "counter",
	    "Requests that the database refused; their senders were told.",
	    w->failed);
	put_histogram(out, "hailong_commit_duration_seconds",
	    "From the beginning of a batch until it is on disk.", &w->seconds);
	put_histogram(out, "hailong_batch_jobs", "Requests committed together.",
	    &w->sizes);
}

static void
put_state(struct buf *out, struct db *db, const struct health *health)
{
	int64_t size = db_size(db);

	put_one(out, "hailong_healthy", "gauge",
	    "1: healthy, 0: /healthz says what is wrong.", health->ok);
	if (size >= 0)
		put_one(out, "hailong_database_size_bytes", "gauge",
		    "Bytes of the database.", size);
	if (health->disk_bytes >= 0)
		put_one(out, "hailong_disk_free_bytes", "gauge",
		    "Bytes that may still be written to the database's disk.",
		    health->disk_bytes);
	put_one(out, "hailong_database_damaged", "gauge",
	    "1: pages of the database cannot be read, nothing is taken.",
	    health->sound.damaged);
	put_one(out, "hailong_database_counts_differ", "gauge",
	    "Counts that differed from the answers when both were counted.",
	    health->sound.differences);
	put_one(out, "hailong_database_looked_over_seconds", "gauge",
	    "When that was looked at last, in seconds since 1970; 0: not yet.",
	    health->sound.looking ? 0 : health->sound.checked_at / 1000);
	put_one(out, "hailong_clock_off_seconds", "gauge",
	    "By how much this machine's clock is ahead of what it should "
	    "show; 0: it is believed.",
	    health->clock_off / 1000);
	put_head(out, "hailong_build_info", "gauge",
	    "1, with what is running as labels.");
	buf_printf(out, "hailong_build_info{version=\"%s\",engine=\"%s\"} 1\n",
	    HAILONG_VERSION, db_engine(db));
	put_head(out, "process_start_time_seconds", "gauge",
	    "When it was started, in seconds since 1970.");
	buf_printf(out, "process_start_time_seconds %.3f\n",
	    (double)health->started_at / 1000);
}

int
api_metrics(struct ctx *ctx, struct request *req, struct response *res)
{
	const struct counters *figures = ctx->counters;
	struct health health;

	health_read(ctx, &health);
	res->type = "text/plain; version=0.0.4; charset=utf-8";
	put_answers(&res->body, figures);
	put_http(&res->body, figures);
	put_writer(&res->body, &health.writer);
	put_state(&res->body, ctx->db, &health);
	metrics_sms(&res->body, ctx->db, &req->arena, req->now);
	return 200;
}
