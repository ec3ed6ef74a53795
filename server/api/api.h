/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One resource = one file. Contract: shared/protocol.md. */
#ifndef HAILONG_SERVER_API_API_H
#define HAILONG_SERVER_API_API_H

struct ctx;
struct request;
struct response;

/* answers.c: POST /api/v1/answers */
int api_answers(struct ctx *ctx, struct request *req, struct response *res);
/* kiosk.c: GET /api/v1/kiosk, POST /api/v1/kiosk/heartbeat */
int api_kiosk(struct ctx *ctx, struct request *req, struct response *res);
int api_heartbeat(struct ctx *ctx, struct request *req, struct response *res);
/* enrol.c: POST /api/v1/kiosk/enrol */
int api_enrol(struct ctx *ctx, struct request *req, struct response *res);
/* damaged_outbox.c: POST /api/v1/kiosk/wreck */
int api_damaged_outbox(
    struct ctx *ctx, struct request *req, struct response *res);
/* desks.c: POST /api/v1/desks/DESK/serve, GET /api/v1/kiosk/call */
int api_serve(struct ctx *ctx, struct request *req, struct response *res);
int api_kiosk_call(struct ctx *ctx, struct request *req, struct response *res);
/* sms.c: POST messages, GET outbox, POST reports */
int api_sms_messages(
    struct ctx *ctx, struct request *req, struct response *res);
int api_sms_outbox(struct ctx *ctx, struct request *req, struct response *res);
int api_sms_reports(struct ctx *ctx, struct request *req, struct response *res);
/* sms_heartbeat.c: POST /api/v1/sms/heartbeat */
int api_sms_heartbeat(
    struct ctx *ctx, struct request *req, struct response *res);
/* dossiers.c: POST /api/v1/dossiers */
int api_dossiers(struct ctx *ctx, struct request *req, struct response *res);
/* scores.c: GET /api/v1/scores */
int api_scores(struct ctx *ctx, struct request *req, struct response *res);
/* healthz.c: GET /healthz */
int api_healthz(struct ctx *ctx, struct request *req, struct response *res);
/* metrics.c: GET /metrics */
int api_metrics(struct ctx *ctx, struct request *req, struct response *res);

#endif
